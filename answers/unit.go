package answers

import (
	"slices"
	"strings"

	"wenbao/content"
)

// unitFit tells how well a figure's unit goes with the one asked for, and whether it can be the answer at all.
func (e *Engine) unitFit(w want, f *content.Figure) (float64, bool) {
	const anyThing = "个"
	switch {
	case f.Unit == "" && f.Kind == content.Rank && w.unit != "":
		return 0, e.sameUnits(w.unit, "名") // 首位 answers 第几名, not 第几批
	case w.unit == "":
		return 0, true
	case w.unit == f.Unit || strings.HasSuffix(w.unit, f.Unit) || strings.HasPrefix(f.Unit, w.unit+"/"): // 微克/立方米
		return unitFits, true
	case f.Kind != content.Count && f.Kind != content.Rank && f.Kind != content.Size && f.Kind != content.Period:
		return 0, true
	case w.unit == anyThing || f.Unit == "":
		return 0, true
	}
	switch {
	case e.sameUnits(w.unit, f.Unit):
		if f.Kind == content.Rank && len(w.kinds) > 1 {
			return unitFits + unitSameGroup, true // 前进了几位 asks for 4个位次, not for 第7位
		}
		return unitSameGroup, true
	case f.Kind == content.Rank:
		return 0, true
	case len(e.unitGroups[w.unit]) > 0 && len(e.unitGroups[f.Unit]) > 0:
		return 0, false
	}
	return unitDiffers, f.Kind == content.Count
}

// sameUnits tells whether two units are used for each other.
func (e *Engine) sameUnits(a, b string) bool {
	return slices.ContainsFunc(e.unitGroups[a], func(group int) bool { return slices.Contains(e.unitGroups[b], group) })
}

// countedBy tells whether a word stands right behind a figure, with at most 的 between them.
func countedBy(text string, f *figure, m match) bool {
	return m.start >= f.end && strings.TrimPrefix(text[f.end:m.start], "的") == ""
}
