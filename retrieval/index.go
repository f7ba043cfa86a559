// Package retrieval finds the sentences of a report that may answer a question.
//
// A report's sentences go in through [NewIndex]; words go in through [Index.Search], and the sentences that hold them
// come out, best first by BM25. Package answers ranks what comes out by its own measure, so an engine need only fetch
// candidates, and every engine gives the same answers.
//
// The words are those of [Analyse], the one analyser: gse over the project's own lexicon, on text in the one normalised
// form of [Normalise]. It is registered with bleve under the name "wenbao".
package retrieval

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"wenbao/content"
)

// Fields of an indexed sentence. A heading's words count less than the sentence's own: they say what the part is about.
const (
	textField    = "text"
	headingField = "heading"
	headingBoost = 0.4
)

// Term is a word to search for, with its weight.
type Term struct {
	Text   string // as Analyse gives it
	Weight float64
}

// Hit is a sentence that holds at least one of the terms.
type Hit struct {
	Sentence int // content.Sentence.Index
	Score    float64
}

// Index holds the sentences of one report in memory. It is safe for concurrent use.
type Index struct {
	bleve bleve.Index
}

// NewIndex indexes a report's sentences with the headings above them.
func NewIndex(report *content.Report) (*Index, error) {
	index, err := bleve.NewMemOnly(sentenceMapping())
	if err != nil {
		return nil, fmt.Errorf("make the index: %w", err)
	}
	batch := index.NewBatch()
	for sentence := range report.Sentences() {
		document := map[string]any{
			textField:    report.Quote(sentence.Span),
			headingField: strings.Join(sentence.Section.Path(report), "\n"),
		}
		if err := batch.Index(strconv.Itoa(sentence.Index), document); err != nil {
			return nil, fmt.Errorf("index sentence %d: %w", sentence.Index, err)
		}
	}
	if err := index.Batch(batch); err != nil {
		return nil, fmt.Errorf("index the report: %w", err)
	}
	return &Index{bleve: index}, nil
}

// sentenceMapping describes an indexed sentence: two fields through the one analyser, only searched, never stored.
func sentenceMapping() mapping.IndexMapping {
	field := bleve.NewTextFieldMapping()
	field.Analyzer = AnalyserName
	field.Store, field.IncludeInAll, field.IncludeTermVectors, field.DocValues = false, false, false, false
	document := bleve.NewDocumentStaticMapping()
	document.AddFieldMappingsAt(textField, field)
	document.AddFieldMappingsAt(headingField, field)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = document
	m.DefaultAnalyzer = AnalyserName
	m.ScoringModel = index.BM25Scoring
	return m
}

// Search returns up to limit sentences that hold any of the terms, best first.
func (x *Index) Search(ctx context.Context, terms []Term, limit int) ([]Hit, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	var queries []query.Query
	for _, term := range terms {
		for field, boost := range map[string]float64{textField: 1, headingField: headingBoost} {
			q := bleve.NewTermQuery(term.Text)
			q.SetField(field)
			q.SetBoost(boost * term.Weight)
			queries = append(queries, q)
		}
	}
	request := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(queries...), limit, 0, false)
	result, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	hits := make([]Hit, 0, len(result.Hits))
	for _, match := range result.Hits {
		sentence, err := strconv.Atoi(match.ID)
		if err != nil {
			return nil, fmt.Errorf("search: sentence id %q: %w", match.ID, err)
		}
		hits = append(hits, Hit{Sentence: sentence, Score: match.Score})
	}
	return hits, nil
}

// Close frees the index.
func (x *Index) Close() error { return x.bleve.Close() }
