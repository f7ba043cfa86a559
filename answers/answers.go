// Package answers turns a question into an answer: it understands the question, chooses the sentences and figures of the
// report that answer it, and refuses what the report does not say.
//
// A question comes in through [Engine.Answer] together with the [Conversation] that it belongs to; an [Answer] goes out.
// Every quote of an answer is a span of the report.
//
//	engine := answers.New(report)
//	var conversation answers.Conversation
//	answer, err := engine.Answer(ctx, &conversation, "2021年新建多少充电桩")
//	fmt.Println(answer.Answers[0].Figures[0].Text) // 10018个
//
// The package knows no chat and no platform; how an answer looks is the business of package bot.
package answers

import (
	"errors"

	"wenbao/content"
)

// ErrEmpty says that a question holds nothing that could be asked: no letter, no digit, no character of any script.
var ErrEmpty = errors.New("the question is empty")

// Kind says what an answer is.
type Kind string

// The kinds of answers.
const (
	Found    Kind = "answer"    // the report says it
	NotFound Kind = "not_found" // the report does not say
	Help     Kind = "help"      // a greeting, thanks, or a question about the program itself
)

// Answer is the answer to one question. Its JSON form is the contract of the command line.
type Answer struct {
	ID       string    `json:"id,omitempty"`
	Question string    `json:"question"`
	Kind     Kind      `json:"kind"`
	Answers  []Passage `json:"answers"` // best first; a list in the report's order
	Related  []Passage `json:"related"` // near sentences of a NotFound, never the answer
	Text     string    `json:"text"`    // plain text, as a chat without styles would show it
	// Series is the answer as a table, for a question over many reports that asks for a row of years; newest first.
	Series []YearFigures `json:"series,omitempty"`

	// Note is one sentence to the reader: what is missing in the report, or the greeting of a Help.
	Note string `json:"-"`
	// Alone is what to ask for the same without the conversation before it, where an answer over many reports took the place
	// or the year from there; empty otherwise.
	Alone string `json:"-"`
}

// Passage is a quoted part of the report with its place and the figures in it that answer the question.
type Passage struct {
	Quote   string   `json:"quote"` // Report.Text[Start:End]
	Report  string   `json:"report"`
	Key     string   `json:"key,omitempty"` // of the report, where there are many
	Section Section  `json:"section"`
	Start   int      `json:"start"` // bytes into the report's text
	End     int      `json:"end"`
	Figures []Figure `json:"figures"`
	// CutBefore and CutAfter tell that the sentence goes on outside the quote; a rendering shows … there.
	CutBefore bool `json:"-"`
	CutAfter  bool `json:"-"`
}

// YearFigures is what a report says of a year.
type YearFigures struct {
	Year  int    `json:"year"`  // that the figures are of, 0 when unknown
	Place string `json:"place"` // may be empty
	// Target tells that the figures are what was aimed at, rather than what was reached.
	Target  bool `json:"target"`
	Passage int  `json:"answer"` // which of the answers it is, from 0
}

// Section is where a passage stands.
type Section struct {
	Label string   `json:"label"`
	Path  []string `json:"path"` // headings from the chapter down, as printed
}

// Figure is a figure that answers the question, with its place in the report's text in bytes.
type Figure struct {
	Text  string        `json:"text"`
	Value float64       `json:"value"`
	Unit  string        `json:"unit"`
	Kind  content.Kind  `json:"kind"`
	Bound content.Bound `json:"bound"`
	Start int           `json:"start"`
	End   int           `json:"end"`
}
