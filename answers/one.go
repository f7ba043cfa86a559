package answers

import (
	"context"

	"wenbao/content"
	"wenbao/retrieval"
)

// Open gives the engine's report, whatever the key: there is but one.
func (e *Engine) Open(context.Context, string) (*content.Report, error) { return e.report, nil }

// Reports lists the engine's report, which has no key.
func (e *Engine) Reports() []ReportInfo { return []ReportInfo{retrieval.Describe("", e.report)} }

// Find gives the engine's report, whatever the words.
func (e *Engine) Find(string) []ReportInfo { return e.Reports() }
