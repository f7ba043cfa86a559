package bot

import (
	"strings"

	"wenbao/content"
)

// Outline is a report's title and its sections, a line each.
func Outline(report *content.Report) []Line {
	lines := []Line{{{report.Title, Heading}}}
	for _, section := range report.Sections {
		lines = append(lines, entry(section))
	}
	return lines
}

// entry is a section's line in an outline.
func entry(section *content.Section) Line {
	label := strings.Repeat("  ", section.Level-1) + section.Label
	if titleOf(section) == "" {
		return Line{{label, Number}}
	}
	return Line{{label + " ", Number}, {section.Title, Plain}}
}

// Part is the full text of a section and its parts, under their headings.
func Part(report *content.Report, section *content.Section) []Line {
	var lines []Line
	for _, part := range report.Sections {
		if !section.Span.Contains(part.Span) {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, Line{})
		}
		lines = append(lines, heading(part))
		for _, paragraph := range paragraphs(report, part) {
			lines = append(lines, Line{{paragraph, Quote}})
		}
	}
	return lines
}

// Name is what a section is called: its label and, where that does not tell already, its title.
func Name(section *content.Section) string {
	return strings.TrimSpace(section.Label + " " + titleOf(section))
}

func heading(section *content.Section) Line { return Line{{Name(section), Heading}} }

// Figures lists the figures of a section and its parts, each with what it measures, under the section's heading.
func Figures(report *content.Report, section *content.Section) []Line {
	lines := []Line{heading(section)}
	for sentence := range report.Sentences() {
		if !section.Span.Contains(sentence.Span) {
			continue
		}
		for _, figure := range sentence.Figures {
			line := Line{{"· ", Number}, {PrintedFigure(report, sentence, figure.Span), Figure}}
			if figure.Measure.Len() > 0 {
				line = append(line, Run{" " + report.Quote(figure.Measure), Plain})
			}
			lines = append(lines, line)
		}
	}
	if len(lines) == 1 {
		lines = append(lines, note("这一节没有数据。"))
	}
	return lines
}

// PrintedFigure is a figure of a sentence with the words around it that bound it: 超过1亿元, 13%以上.
func PrintedFigure(report *content.Report, sentence *content.Sentence, figure content.Span) string {
	quote, start := report.Quote(sentence.Span), sentence.Span.Start
	span := content.WithBound(quote, content.Span{Start: figure.Start - start, End: figure.End - start})
	return quote[span.Start:span.End]
}

// FigureCounts counts the figures that stand directly under each section's heading.
func FigureCounts(report *content.Report) (counts map[*content.Section]int, total int) {
	counts = make(map[*content.Section]int)
	for sentence := range report.Sentences() {
		counts[sentence.Section] += len(sentence.Figures)
		total += len(sentence.Figures)
	}
	return counts, total
}

// titleOf is what a section's label does not tell already.
func titleOf(section *content.Section) string {
	if section.Title == section.Label {
		return ""
	}
	return section.Title
}

// paragraphs is the text that stands directly under a section's heading, as the report's line breaks divide it.
func paragraphs(report *content.Report, section *content.Section) []string {
	if len(section.Sentences) == 0 {
		return nil
	}
	first, last := section.Sentences[0].Span, section.Sentences[len(section.Sentences)-1].Span
	var paragraphs []string
	for paragraph := range strings.Lines(report.Quote(content.Span{Start: first.Start, End: last.End})) {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			paragraphs = append(paragraphs, paragraph)
		}
	}
	return paragraphs
}
