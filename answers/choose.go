package answers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wenbao/retrieval"
)

// choose chooses the reports that a question may be about, the newest first. What is lacking for it is said in a sentence;
// with neither, the question is about nothing.
func (l *Library) choose(ctx context.Context, q inquiry, aims bool) (chosen []retrieval.ReportInfo, lacking string, err error) {
	most := mostAsked
	if q.said.row {
		most = mostInRow
	}
	if len(q.said.places) < 2 {
		return l.chooseAmong(ctx, q, l.ofPlaces(q.said.places), aims, most)
	}
	for _, place := range q.said.places {
		own, lacks, err := l.chooseAmong(ctx, q, l.ofPlaces([]string{place}), aims, max(1, most/len(q.said.places)))
		if err != nil {
			return nil, "", err
		}
		lacking += lacks
		for _, report := range own {
			if !slices.ContainsFunc(chosen, func(r retrieval.ReportInfo) bool { return r.Key == report.Key }) {
				chosen = append(chosen, report)
			}
		}
	}
	slices.SortStableFunc(chosen, func(a, b retrieval.ReportInfo) int { return cmp.Compare(b.Year, a.Year) })
	return chosen, lacking, nil
}

// chooseAmong chooses among the reports of a place.
func (l *Library) chooseAmong(
	ctx context.Context, q inquiry, reports []retrieval.ReportInfo, aims bool, most int,
) (chosen []retrieval.ReportInfo, lacking string, err error) {
	chosen = reports
	plans := 0 // by how many years a report's own year lies before the one that it is asked about
	if aims {
		plans = 1
	}
	switch {
	case q.said.lately > 0 && len(chosen) > 0:
		first := chosen[0].Year - q.said.lately + 1
		chosen = slices.DeleteFunc(slices.Clone(chosen), func(r retrieval.ReportInfo) bool { return r.Year < first })
	case q.said.row && len(q.said.years) == 2:
		chosen = slices.DeleteFunc(slices.Clone(chosen), func(r retrieval.ReportInfo) bool {
			return r.Year+plans < q.said.years[0] || r.Year+plans > q.said.years[1]
		})
		lacking = noReportOf(q.said, chosen, reports)
	case q.said.row:
	case len(q.said.years) > 0:
		chosen = ofYears(q.said.years, chosen, plans)
		lacking = noReportOf(q.said, chosen, reports)
	case q.said.newest:
		chosen = newestOfEach(chosen)
	}
	if len(chosen) > most {
		if chosen, err = l.nearest(ctx, q.normalised+q.subject, chosen, most); err != nil {
			return nil, "", err
		}
	}
	return chosen, lacking, nil
}

// ofYears are the reports on some years, or, for a question about aims, those that plan for them; the others where there are
// none of these.
func ofYears(years []int, reports []retrieval.ReportInfo, plans int) []retrieval.ReportInfo {
	for _, before := range []int{plans, 1 - plans} {
		chosen := slices.DeleteFunc(slices.Clone(reports), func(r retrieval.ReportInfo) bool { return !slices.Contains(years, r.Year+before) })
		if len(chosen) > 0 {
			return chosen
		}
	}
	return nil
}

// nearest are the reports that a search finds the words of a question in, in their order.
func (l *Library) nearest(ctx context.Context, text string, among []retrieval.ReportInfo, most int) ([]retrieval.ReportInfo, error) {
	var terms []retrieval.Term
	roles := generalVocabulary().roles
	for _, token := range retrieval.Analyse(text) {
		light := slices.Contains(roles[token.Text], isEmpty) || slices.Contains(roles[token.Text], isVague)
		if !light && !slices.ContainsFunc(terms, func(t retrieval.Term) bool { return t.Text == token.Text }) {
			terms = append(terms, retrieval.Term{Text: token.Text, Weight: 1})
		}
	}
	query := retrieval.Query{Terms: terms, Limit: mostHits}
	if len(among) < len(l.reports) || len(l.copies) > 0 {
		for _, report := range among {
			query.Reports = append(query.Reports, report.Key)
		}
	}
	found, err := l.corpus.Search(ctx, query)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, hit := range found[0] {
		if len(keys) < most && !slices.Contains(keys, hit.Report) {
			keys = append(keys, hit.Report)
		}
	}
	return slices.DeleteFunc(slices.Clone(among), func(r retrieval.ReportInfo) bool { return !slices.Contains(keys, r.Key) }), nil
}

// newestOfEach keeps of each place the newest report, of reports that stand newest first.
func newestOfEach(reports []retrieval.ReportInfo) []retrieval.ReportInfo {
	seen := make(map[string]bool)
	return slices.DeleteFunc(slices.Clone(reports), func(r retrieval.ReportInfo) bool {
		known := seen[r.Place]
		seen[r.Place] = true
		return known
	})
}

// mentionsAny tells whether a text holds a word of one of some roles.
func mentionsAny(text string, roles ...role) bool {
	return slices.ContainsFunc(retrieval.Analyse(text), func(t retrieval.Token) bool {
		return slices.ContainsFunc(roles, func(r role) bool { return slices.Contains(generalVocabulary().roles[t.Text], r) })
	})
}

// noReportOf says that none of the reports of a place is on the years that a question names, or on one of them, and of which
// there are; empty where nothing is lacking.
func noReportOf(s scope, chosen, reports []retrieval.ReportInfo) string {
	place := ""
	if len(s.places) > 0 && len(reports) > 0 {
		place = reports[0].Place
	}
	isOn := func(year int) func(retrieval.ReportInfo) bool {
		return func(r retrieval.ReportInfo) bool { return r.Year == year || r.Year+1 == year }
	}
	var years string
	switch lacks := slices.DeleteFunc(slices.Clone(s.years), func(year int) bool { return slices.ContainsFunc(chosen, isOn(year)) }); {
	case len(chosen) == 0 && s.row:
		years = fmt.Sprintf("%d年到%d年", s.years[0], s.years[1])
	case len(chosen) == 0:
		years = fmt.Sprintf("%d年", s.years[0])
	case s.each && len(lacks) > 0:
		years = fmt.Sprintf("%d年", lacks[0])
	default:
		return ""
	}
	const shown = 6
	var others []string
	for _, report := range reports {
		if year := strconv.Itoa(report.Year); report.Year > 0 && !slices.Contains(others, year) && len(others) < shown {
			others = append(others, year)
		}
	}
	note := fmt.Sprintf("没有说%s%s的报告。", place, years)
	if len(others) > 0 {
		note += fmt.Sprintf("有的是%s年的。", strings.Join(others, "、"))
	}
	return note
}
