package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wenbao/content"
)

// title stands on top of the texts of the tables, since the first line of a report is its title.
const title = "青岛市2021年工作总结\n"

// embedded parses the report that the program carries.
func embedded(t testing.TB) *content.Report {
	t.Helper()
	report, err := content.Embedded()
	if err != nil {
		t.Fatalf("Embedded: %v", err)
	}
	return report
}

// outline shows a report's sections, a line each: label, number as printed, title, level, parent's label.
func outline(report *content.Report) []string {
	var lines []string
	for _, section := range report.Sections {
		parent := "-"
		if section.Parent != nil {
			parent = section.Parent.Label
		}
		lines = append(lines, fmt.Sprintf("%s | %s | %s | %d | %s", section.Label, dash(section.Number), dash(section.Title), section.Level, parent))
	}
	return lines
}

// sentencesOf quotes all sentences of a report.
func sentencesOf(report *content.Report) []string {
	var quotes []string
	for sentence := range report.Sentences() {
		quotes = append(quotes, report.Quote(sentence.Span))
	}
	return quotes
}

// figuresOf shows the figures of a text that stands alone: text, value, unit, kind, bound.
func figuresOf(text string) []string {
	var lines []string
	for _, figure := range content.Figures(text) {
		lines = append(lines, fmt.Sprintf("%s | %s %s | %s | %s", text[figure.Start:figure.End],
			formatNumber(figure.Value), dash(figure.Unit), figure.Kind, figure.Bound))
	}
	return lines
}

// compareLines fails with both lists printed when they differ.
func compareLines(t *testing.T, of string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%q\n got:\n\t%s\nwant:\n\t%s", of, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
