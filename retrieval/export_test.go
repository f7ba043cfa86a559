package retrieval

import (
	"strings"

	"wenbao/content"
)

// NewIndex indexes a report's sentences with the headings above them.
func NewIndex(report *content.Report) *Index {
	var sentences, headings [][]Token
	var parts []int
	var section *content.Section
	for sentence := range report.Sentences() {
		if sentence.Section != section {
			section = sentence.Section
			headings = append(headings, Analyse(strings.Join(section.Path(report), "\n")))
		}
		sentences = append(sentences, Analyse(report.Quote(sentence.Span)))
		parts = append(parts, len(headings)-1)
	}
	return NewIndexOf(sentences, headings, parts)
}
