package answers

import (
	"context"

	"wenbao/content"
)

// Engine answers questions over one report. It is safe for concurrent use.
type Engine struct {
	report *content.Report
}

// New prepares an engine for a report.
func New(report *content.Report) (*Engine, error) {
	return &Engine{report: report}, nil
}

// Report is the report that the engine answers from.
func (e *Engine) Report() *content.Report { return e.report }

// Conversation is what an engine remembers of the questions asked before. The zero value is a new conversation. It is
// small and bounded, and belongs to one asker: it must not be used by two goroutines at once.
type Conversation struct{}

// Answer answers a question, taking the conversation before it into account and updating it; a nil conversation is a
// question that stands alone. The error is ErrEmpty or the context's.
func (e *Engine) Answer(ctx context.Context, conversation *Conversation, question string) (Answer, error) {
	return Answer{Question: question, Kind: NotFound, Answers: []Passage{}, Related: []Passage{}}, ctx.Err()
}
