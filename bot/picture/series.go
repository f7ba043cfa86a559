package picture

import (
	"fmt"
	"slices"

	"wenbao/answers"
	"wenbao/content"
)

// SeriesOf makes a chart of an answer whose passages are of several reports, in their order: of the answering figures of
// the kind and unit that most of them have, each labelled with its year. A report holds the report of each passage, nil
// for one that is not known, whose figures are left out. The error is ErrNoChart.
func SeriesOf(reports []*content.Report, answer answers.Answer) (Chart, error) {
	type printed struct {
		figure  answers.Figure
		passage int
	}
	var all []printed
	var figures []answers.Figure
	for i, passage := range answer.Answers {
		if reports[i] == nil {
			continue
		}
		for _, figure := range inOrder(passage.Figures) {
			all, figures = append(all, printed{figure, i}), append(figures, figure)
		}
	}
	scale, many := commonScale(figures)
	if many < 2 {
		return Chart{}, ErrNoChart
	}
	chart := Chart{Title: answer.Question, Source: sourcesOf(answer), Others: len(all) - many}
	places := placesNamed(reports)
	for _, p := range all {
		if scaleOf(p.figure) != scale {
			continue
		}
		report, passage := reports[p.passage], answer.Answers[p.passage]
		bar := barOf(report, p.figure, placesOf(report, passage.Figures)[p.figure.Start])
		bar.Section = passage.Report + " " + passage.Section.Label
		bar.Label = seriesLabel(report, bar, len(places) > 1)
		chart.Bars = append(chart.Bars, bar)
	}
	return chart, nil
}

// seriesLabel puts the year that a figure is of before what it measures, and the place where there are several. What a
// report plans is for the year after the one that it reports on.
func seriesLabel(report *content.Report, bar Bar, withPlace bool) string {
	label := bar.Label
	if year := report.Year; year > 0 {
		if bar.Target {
			year++
		}
		label = fmt.Sprintf("%d年 %s", year, label)
	}
	if withPlace && report.Place != "" {
		label = report.Place + " " + label
	}
	return label
}

// placesNamed are the places of reports, each once.
func placesNamed(reports []*content.Report) []string {
	var places []string
	for _, report := range reports {
		if report != nil && !slices.Contains(places, report.Place) {
			places = append(places, report.Place)
		}
	}
	return places
}

// sourcesOf names the reports of an answer: the only one, or the first and how many there are.
func sourcesOf(answer answers.Answer) string {
	var names []string
	for _, passage := range answer.Answers {
		if !slices.Contains(names, passage.Report) {
			names = append(names, passage.Report)
		}
	}
	if len(names) == 1 {
		return names[0]
	}
	return fmt.Sprintf("《%s》等 %d 份报告", names[0], len(names))
}
