package answers

import (
	"slices"
	"testing"

	"wenbao/content"
)

func TestKeepOneKind(t *testing.T) {
	for name, test := range map[string]struct {
		kinds []content.Kind // of the passages; "" for one without figures
		want  []int          // the years that stay, as places among the kinds
	}{
		"alike":         {[]content.Kind{content.Percent, content.Percent}, []int{0, 1}},
		"one of three":  {[]content.Kind{content.Percent, content.Money, content.Percent}, []int{0, 2}},
		"no most":       {[]content.Kind{content.Percent, content.Money}, []int{0, 1}},
		"beside a fact": {[]content.Kind{"", content.Percent, content.Money, content.Percent}, []int{1, 3}},
	} {
		var a Answer
		for i, kind := range test.kinds {
			p := Passage{Start: i}
			if kind != "" {
				p.Figures = []Figure{{Kind: kind}}
				a.Series = append(a.Series, YearFigures{Year: i, Passage: i})
			}
			a.Answers = append(a.Answers, p)
		}
		a.keepOneKind()
		var years []int
		for _, row := range a.Series {
			years = append(years, row.Year)
			if a.Answers[row.Passage].Start != row.Year {
				t.Errorf("%s: the row of %d points at the passage of %d", name, row.Year, a.Answers[row.Passage].Start)
			}
		}
		if !slices.Equal(years, test.want) {
			t.Errorf("%s: %v stay, want %v", name, years, test.want)
		}
		figures := slices.DeleteFunc(slices.Clone(test.kinds), func(kind content.Kind) bool { return kind == "" })
		if told := a.Note != ""; told != (len(years) < len(figures)) {
			t.Errorf("%s: the note is %q", name, a.Note)
		}
	}
}
