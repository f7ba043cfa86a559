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

func heading(section *content.Section) Line {
	return Line{{strings.TrimSpace(section.Label + " " + titleOf(section)), Heading}}
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
