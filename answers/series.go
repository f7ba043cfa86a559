package answers

import (
	"fmt"
	"slices"

	"wenbao/content"
)

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
