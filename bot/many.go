package bot

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"wenbao/answers"
)

// layoutMany lays out an answer whose passages are of several reports: each is cited with the report that it stands in.
func (b *Bot) layoutMany(answer answers.Answer) []Line {
	switch {
	case answer.Kind == answers.Found && len(answer.Series) > 1:
		return seriesLines(answer)
	case answer.Kind == answers.Found:
		lines := b.citedMany(answer.Answers)
		if answer.Note != "" {
			lines = append(lines, Line{}, note(answer.Note))
		}
		return lines
	case answer.Kind == answers.NotFound:
		lines := []Line{note(either(answer.Note, "这些报告里没有说到这一点。"))}
		if len(answer.Related) > 0 {
			lines = append(append(lines, Line{}, note("报告里相近的句子：")), b.citedMany(answer.Related)...)
		}
		return lines
	default:
		return []Line{note(answer.Note)}
	}
}

// citedMany lays out passages one below the other, numbered when there are several. Sentences of a part of a report follow
// its heading without a citation of their own.
func (b *Bot) citedMany(passages []answers.Passage) []Line {
	var lines []Line
	under := ""
	for i, passage := range passages {
		place := passage.Key + " " + passage.Section.Label
		if b.IsHeading(passage) {
			under = place
			lines = append(lines, Line{{CitationOf(passage), Heading}})
			continue
		}
		number := ""
		if len(passages) > 1 && under == "" {
			number = fmt.Sprintf("%d. ", i+1)
		}
		indent := strings.Repeat(" ", len(number))
		if len(passage.Figures) > 0 {
			lines = append(lines, prefixed(number, FigureLine(passage)))
			number = indent
		}
		lines = append(lines, prefixed(number, QuoteLine(passage)))
		if place != under {
			lines = append(lines, prefixed(indent, Line{{"—— " + CitationOf(passage), Citation}}))
		}
	}
	return lines
}

// CitationOf names the report and the section of a passage of many reports.
func CitationOf(passage answers.Passage) string {
	return "《" + passage.Report + "》" + passage.Section.Label
}

// ReportNames names reports one below the other. Those of one name, as two copies of a report are, are told apart by
// their keys, which [Source.Find] takes too.
func ReportNames(reports []answers.ReportInfo) []string {
	bearers := make(map[string]int, len(reports))
	for _, report := range reports {
		bearers[answers.ReportName(report)]++
	}
	names := make([]string, len(reports))
	for i, report := range reports {
		names[i] = answers.ReportName(report)
		if bearers[names[i]] > 1 && report.Key != "" {
			names[i] += "（" + report.Key + "）"
		}
	}
	return names
}

// Words for what a figure of a series is.
const (
	saidResult = "结果"
	saidTarget = "目标"
)

// WhatOf says what the figures of a year are: reached, or aimed at.
func WhatOf(year answers.YearFigures) string {
	if year.Target {
		return saidTarget
	}
	return saidResult
}

// seriesLines lays out a series as a table: year, place where there are several, figure, result or target, and where it
// stands. Columns are aligned by what characters take up on a screen, where Chinese ones are two columns wide.
func seriesLines(answer answers.Answer) []Line {
	rows := [][]Run{{{"年份", Note}, {"地方", Note}, {"数据", Note}, {"", Note}, {"出处", Note}}}
	places := make(map[string]bool)
	for _, year := range answer.Series {
		passage := answer.Answers[year.Passage]
		figures := Reply{Lines: []Line{FigureLine(passage)}}.Text()
		rows = append(rows, []Run{
			{YearText(year.Year), Plain}, {year.Place, Plain}, {figures, Figure}, {WhatOf(year), Plain}, {CitationOf(passage), Citation},
		})
		places[year.Place] = true
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell.Text))
		}
	}
	var lines []Line
	for _, row := range rows {
		var line Line
		for i, cell := range row {
			if i == 1 && len(places) < 2 {
				continue
			}
			if i < len(row)-1 {
				gap := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell.Text)+2)
				line = append(line, cell, Run{gap, Plain})
				continue
			}
			line = append(line, cell)
		}
		lines = append(lines, line)
	}
	if more := factsBeside(answer); len(more) > 0 {
		lines = append(append(lines, Line{}), more...)
	}
	if answer.Note != "" {
		lines = append(lines, Line{}, note(answer.Note))
	}
	return lines
}

// YearText is a year as it is shown; that of a report that says none is a dash.
func YearText(year int) string {
	if year == 0 {
		return "—"
	}
	return fmt.Sprintf("%d年", year)
}

// factsBeside are the passages of a series that hold no figure to put into the table.
func factsBeside(answer answers.Answer) []Line {
	var lines []Line
	for _, passage := range answer.Answers {
		if len(passage.Figures) == 0 {
			lines = append(lines, prefixed("· ", QuoteLine(passage)), Line{{"  —— " + CitationOf(passage), Citation}})
		}
	}
	return lines
}
