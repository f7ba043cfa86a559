package evaluation

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Question is a question with the answer that the report gives to it, a line of a question file.
type Question struct {
	ID      string   `json:"id"`
	Report  string   `json:"report"` // the file name of the report that it asks about; "" for the embedded one
	Turns   []string `json:"turns"`  // the last one is the question, the others lead to it
	Type    string   `json:"type"`
	Quotes  []string `json:"quotes"`
	Figures []string `json:"figures"`
	// Section holds the labels that may be cited. Questions on other reports give headings instead (not nil then), which
	// are counted but not required: which line of another report is a heading can be argued.
	Section oneOrMore `json:"section"`
	Heading oneOrMore `json:"heading"`
}

// UnmarshalJSON implements json.Unmarshaler. An id may be a number, as in a batch.
func (q *Question) UnmarshalJSON(data []byte) error {
	type plain Question
	read := struct {
		*plain
		ID any `json:"id"`
	}{plain: (*plain)(q)}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&read); err != nil {
		return err
	}
	if read.ID != nil {
		q.ID = fmt.Sprint(read.ID)
	}
	return nil
}

// oneOrMore reads a string, a list of strings, or null; it is nil only where nothing was written.
type oneOrMore []string

// UnmarshalJSON implements json.Unmarshaler.
func (o *oneOrMore) UnmarshalJSON(data []byte) error {
	var one *string
	if json.Unmarshal(data, &one) == nil {
		*o = oneOrMore{}
		if one != nil {
			*o = oneOrMore{*one}
		}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(o))
}

// Read reads a question file.
func Read(in io.Reader) ([]Question, error) {
	var questions []Question
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	number := 0
	for lines.Scan() {
		number++
		if len(lines.Bytes()) == 0 {
			continue
		}
		var question Question
		if err := json.Unmarshal(lines.Bytes(), &question); err != nil {
			return nil, fmt.Errorf("第 %d 行不是一道题：%w", number, err)
		}
		if len(question.Turns) == 0 || question.Type == "" {
			return nil, fmt.Errorf("第 %d 行缺 turns 或 type", number)
		}
		questions = append(questions, question)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("第 %d 行太长：%w", number+1, lines.Err())
	}
	return questions, lines.Err()
}
