package benchmark

import (
	_ "embed"
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/content/lexicon"
)

//go:embed patterns.txt
var patternsText string

// patterns are those of a kind, in the file's order.
func patterns(kind string) []string {
	var found []string
	for fields := range lexicon.Fields(patternsText) {
		if len(fields) == 2 && fields[0] == kind {
			found = append(found, fields[1])
		}
	}
	return found
}

// questionsOf are questions about everything that a report says: its figures, its sections, its sentences. Some ask for
// what it does not say. Examples that somebody has written come first.
func questionsOf(report *content.Report) []string {
	questions := slices.Clone(report.Examples)
	add := func(kind, placeholder string) func(value string) {
		next, all := 0, patterns(kind)
		return func(value string) {
			if value = strings.TrimSpace(value); value == "" {
				return
			}
			questions = append(questions, strings.ReplaceAll(all[next%len(all)], placeholder, value))
			next++
		}
	}
	addSection, addClause, addFigure := add("section", "{title}"), add("clause", "{clause}"), add("figure", "{measure}")
	for _, section := range report.Sections {
		addSection(section.Title)
	}
	for sentence := range report.Sentences() {
		if len(sentence.Clauses) > 0 {
			addClause(report.Quote(sentence.Clauses[0].Span))
		}
		for _, figure := range sentence.Figures {
			addFigure(report.Quote(figure.Measure))
		}
	}
	return questions
}

// How long hostile questions are, in bytes: as a person might type, as a chat lets through, and beyond all reason.
var hostileLengths = []int{100, 1_500, 20_000, 1_000_000}

// hostileQuestions repeat one thing over and over, and ask with the whole report.
func hostileQuestions(report *content.Report) []string {
	questions := []string{report.Text, strings.Repeat("\xff\xfe", 10_000)}
	for _, pattern := range patterns("hostile") {
		for _, length := range hostileLengths {
			questions = append(questions, strings.Repeat(pattern, length/len(pattern)+1))
		}
	}
	return questions
}
