package weaviate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/weaviate/weaviate-go-client/v5/weaviate/connection"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/except"
	"github.com/weaviate/weaviate/entities/models"
)

// # Questions to Weaviate
//
// Several searches go in one GraphQL request, each under a name of its own, which the client's builders cannot do.

// sentenceObject is a sentence as Weaviate gives it back.
type sentenceObject struct {
	Report     int    `json:"report"`
	Section    int    `json:"section"`
	Sentence   int    `json:"sentence"`
	Words      string `json:"words"`
	Heading    string `json:"heading"`
	Additional additional
}

// sectionObject is a section as Weaviate gives it back.
type sectionObject struct {
	Section    int    `json:"section"`
	Count      int    `json:"count"`
	Words      string `json:"words"`
	Additional additional
}

// additional is what Weaviate says of an object that it found. The score is a number in a string.
type additional struct {
	Score string `json:"score"`
}

func (a additional) score() float64 {
	score, _ := strconv.ParseFloat(a.Score, 64) // without one it is zero, as of what no search found
	return score
}

const (
	sentenceFields = "report section sentence words heading"
	sectionFields  = "section count words"
	scoreField     = " Additional:_additional{score}"
)

// search is one search of a request.
type search struct {
	name, collection, fields string
	words                    string // to find any of; all objects when empty
	property                 string // that the numbers are of; not filtered when empty
	numbers                  []int
	limit                    int
}

func (s search) String() string {
	arguments := []string{"limit:" + strconv.Itoa(s.limit)}
	fields := s.fields
	if s.words != "" {
		arguments = append(arguments, fmt.Sprintf("bm25:{query:%s,properties:[%q]}", quoted(s.words), wordsProperty))
		fields += scoreField
	}
	if s.property != "" {
		numbers := make([]string, len(s.numbers))
		for i, number := range s.numbers {
			numbers[i] = strconv.Itoa(number)
		}
		arguments = append(arguments,
			fmt.Sprintf("where:{path:[%q],operator:ContainsAny,valueInt:[%s]}", s.property, strings.Join(numbers, ",")))
	}
	return fmt.Sprintf("%s:%s(%s){%s}", s.name, s.collection, strings.Join(arguments, ","), fields)
}

// quoted is a string of GraphQL, which are those of JSON.
func quoted(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err) // every string can be
	}
	return string(encoded)
}

// get runs searches, whose results go into the fields of a struct with their names.
func (s *server) get(ctx context.Context, found any, searches ...search) error {
	var query strings.Builder
	for _, one := range searches {
		query.WriteString(one.String() + " ")
	}
	return ask(ctx, s.rest, "{Get{"+query.String()+"}}", &struct{ Get any }{found})
}

// ask asks Weaviate's GraphQL interface. The client's own way reads the answer into maps first, which takes longer
// than the search.
func ask(ctx context.Context, through *connection.Connection, query string, found any) error {
	response, err := through.RunREST(ctx, "/graphql", http.MethodPost, models.GraphQLQuery{Query: query})
	if err = except.CheckResponseDataErrorAndStatusCode(response, err, http.StatusOK); err != nil {
		return explained(err)
	}
	answer := struct {
		Data   any
		Errors []struct{ Message string }
	}{Data: found}
	if err := json.Unmarshal(response.Body, &answer); err != nil {
		return fmt.Errorf("读不懂 Weaviate 的回答：%w", err)
	}
	if len(answer.Errors) > 0 {
		return damaged(errors.New(shortened(answer.Errors[0].Message)))
	}
	return nil
}
