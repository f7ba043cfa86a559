package answers

import (
	"context"
	"fmt"
	"slices"

	"wenbao/content"
	"wenbao/retrieval"
)

// askForOneUnit asks again, for the unit that most of the reports answer in, those that answer with another kind of figure: a
// bare 历年生产总值 may be taken for how it grew by one of them and for how much it came to by the others.
func (l *Library) askForOneUnit(ctx context.Context, said []saying, reports []retrieval.ReportInfo, q inquiry, aims bool) {
	if mentionsAny(q.subject, asksNumber, "percent") {
		return // it says itself what is asked for
	}
	units := make(map[string]int)
	most := ""
	for _, one := range said {
		unit := one.unit()
		if units[unit]++; unit != "" && units[unit] > units[most] {
			most = unit
		}
	}
	if most == "" || most == "%" {
		return
	}
	q.subject += "多少" + most
	q.text = ""
	for i, one := range said {
		if one.err != nil || one.answer.Kind != Found || one.unit() == most {
			continue
		}
		if again := l.askOne(ctx, nil, reports[i], q, aims); again.err == nil && again.unit() == most {
			said[i].answer = again.answer
		}
	}
}

// unitless finds the number in front of a figure's unit.
var unitless = compile(`^[0-9０-９.．,，]+`)

// unit is the printed unit of what answers first; empty without a figure.
func (s saying) unit() string {
	if len(s.answer.Answers) == 0 || len(s.answer.Answers[0].Figures) == 0 {
		return ""
	}
	text := retrieval.Normalise(s.answer.Answers[0].Figures[0].Text).Text
	return text[len(unitless.FindString(text)):]
}

// keepOneKind takes those rows out of a series whose figures are of another kind than most: of a row of growth rates, an amount
// is another indicator. Where no kind has more than half of the rows, all stay.
func (a *Answer) keepOneKind() {
	kindOf := func(row YearFigures) content.Kind { return a.Answers[row.Passage].Figures[0].Kind }
	counts := make(map[content.Kind]int)
	for _, row := range a.Series {
		counts[kindOf(row)]++
	}
	var kept content.Kind
	for kind, n := range counts {
		if 2*n > len(a.Series) {
			kept = kind
		}
	}
	if kept == "" || counts[kept] == len(a.Series) {
		return
	}
	others := make(map[int]bool) // places among the answers
	a.Series = slices.DeleteFunc(a.Series, func(row YearFigures) bool {
		others[row.Passage] = kindOf(row) != kept
		return others[row.Passage]
	})
	var answers []Passage
	at := make([]int, len(a.Answers))
	for i, p := range a.Answers {
		at[i] = len(answers)
		if !others[i] {
			answers = append(answers, p)
		}
	}
	a.Note = fmt.Sprintf("另有 %d 项数据单位不同，没有列出。", len(a.Answers)-len(answers))
	a.Answers = answers
	for i := range a.Series {
		a.Series[i].Passage = at[a.Series[i].Passage]
	}
}
