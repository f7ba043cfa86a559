package bot

import (
	"fmt"
	"slices"
	"strings"

	"wenbao/answers"
	"wenbao/content"
)

// Format lays out an answer that stands alone. Suggestions belong to a chat, where they can be picked.
func (b *Bot) Format(answer answers.Answer) Reply { return Reply{Lines: b.layout(answer)} }

// layout puts the figure first, the quote below it, the place at the end.
func (b *Bot) layout(answer answers.Answer) []Line {
	if b.report == nil {
		return b.layoutMany(answer)
	}
	switch answer.Kind {
	case answers.Found:
		lines := b.passages(answer.Answers)
		if answer.Note != "" { // what of several questions the report does not say
			lines = append(lines, Line{}, note(answer.Note))
		}
		return lines
	case answers.NotFound:
		lines := []Line{note(either(answer.Note, "报告里没有说到这一点。"))}
		if len(answer.Related) > 0 {
			lines = append(lines, Line{}, note("报告里相近的句子："))
		}
		for _, passage := range answer.Related {
			lines = append(lines, prefixed("· ", QuoteLine(passage)), b.citation(passage, "  "))
		}
		return lines
	default:
		return []Line{note(either(answer.Note, "我用这份报告的原话回答问题。"))}
	}
}

// passages lays out the passages of an answer. A quoted heading stands as a heading, and sentences of its part follow it
// without a citation of their own; everything else is cited, and numbered when there are several.
func (b *Bot) passages(passages []answers.Passage) []Line {
	var lines []Line
	numbered := len(passages) > 1 && !slices.ContainsFunc(passages, b.IsHeading)
	under := "" // the label of the heading above
	for i, passage := range passages {
		if b.IsHeading(passage) {
			under = passage.Section.Label
			lines = append(lines, heading(b.Section(passage)))
			continue
		}
		number := ""
		if numbered {
			number = fmt.Sprintf("%d. ", i+1)
		}
		if len(passage.Figures) > 0 {
			lines = append(lines, prefixed(number, FigureLine(passage)))
			number = strings.Repeat(" ", len(number))
		}
		lines = append(lines, prefixed(number, QuoteLine(passage)))
		if passage.Section.Label != under {
			lines = append(lines, b.citation(passage, strings.Repeat(" ", len(number))))
		}
	}
	return lines
}

// IsHeading tells whether a passage quotes a heading of the report: the answer to a question about its parts.
func (b *Bot) IsHeading(passage answers.Passage) bool {
	if passage.Key != "" {
		path := passage.Section.Path
		return len(passage.Figures) == 0 && len(path) > 0 && strings.HasSuffix(path[len(path)-1], passage.Quote)
	}
	section := b.Section(passage)
	return section != nil && section.Heading.Contains(content.Span{Start: passage.Start, End: passage.End})
}

func (b *Bot) citation(passage answers.Passage, indent string) Line {
	cited := passage.Section.Label
	if section := b.Section(passage); section != nil {
		cited = Name(section)
	}
	return prefixed(indent, Line{{"—— " + cited, Citation}})
}

// QuoteLine is a passage's quote with its figures marked, and … where the sentence goes on.
func QuoteLine(passage answers.Passage) Line {
	var line Line
	add := func(text string, style Style) {
		if text != "" {
			line = append(line, Run{text, style})
		}
	}
	if passage.CutBefore {
		add("…", Quote)
	}
	rest, at := passage.Quote, passage.Start
	for _, figure := range passage.Figures {
		if figure.Start < at || figure.End > passage.End {
			continue
		}
		add(rest[:figure.Start-at], Quote)
		add(figure.Text, Figure)
		rest, at = rest[figure.End-at:], figure.End
	}
	if passage.CutAfter {
		rest += "…"
	}
	add(rest, Quote)
	return line
}

// FigureLine is the figures that answer, each with the report's own words for its bound (突破400家, 7%左右), as they stand
// above a quote; empty when there are none. A figure alone would claim more than the report does.
func FigureLine(passage answers.Passage) Line {
	var line Line
	for i, figure := range passage.Figures {
		if i > 0 {
			line = append(line, Run{"、", Plain})
		}
		text := figure.Text
		if figure.Start >= passage.Start && figure.End <= passage.End {
			span := content.WithBound(passage.Quote, content.Span{Start: figure.Start - passage.Start, End: figure.End - passage.Start})
			text = passage.Quote[span.Start:span.End]
		}
		line = append(line, Run{text, Figure})
	}
	return line
}

func prefixed(prefix string, line Line) Line {
	if prefix == "" {
		return line
	}
	return append(Line{{prefix, Number}}, line...)
}

func either(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
