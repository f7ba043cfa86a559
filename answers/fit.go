package answers

import (
	"slices"
	"strings"

	"wenbao/content"
)

// # How well a figure's kind and unit go with the question
//
// 多少家 is answered by 31家 rather than by 405户, and by 405户 rather than by 56个; by no 12亿元 at all. Units that count the same
// things stand in lexicon/unit-groups.txt. What a fit is worth is among the constants of rank.go: enough to decide between figures of
// one sentence, and too little to outweigh a word of the question.

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

// changedBy tells whether a figure is the amount that something changed by (提高120元), where a question leaves open whether it asks
// for that or for a rate: 涨了多少.
func (q *question) changedBy(f *figure, ev *evidence) bool {
	if !q.changeOpen || q.wants.accepts(f.content) {
		return false
	}
	switch f.content.Kind {
	case content.Money, content.Count, content.Size:
		told := ev.detail().of(f)
		return told.changed && !told.level && !told.formerly && !toPattern.MatchString(ev.text[ev.clauses[f.clause].start:f.start])
	}
	return false
}

// openChange finds a bare question for a change.
var openChange = compile(`[涨升增减降跌低高加少长](?:了|到)?多少[呢啊?。]*$`)

// sameUnits tells whether two units are used for each other.
func (e *Engine) sameUnits(a, b string) bool {
	return slices.ContainsFunc(e.unitGroups[a], func(group int) bool { return slices.Contains(e.unitGroups[b], group) })
}

// countedBy tells whether a word stands right behind a figure, with at most 的 between them.
func countedBy(text string, f *figure, m match) bool {
	return m.start >= f.end && strings.TrimPrefix(text[f.end:m.start], "的") == ""
}

// kindFit is how well a figure's kind goes with the question, among those that it accepts.
func (q *question) kindFit(f *figure, ev *evidence) float64 {
	if slices.ContainsFunc(q.vaguely, func(i interval) bool { return i.low <= f.content.Value && f.content.Value < i.high }) {
		return vaguelyFits
	}
	kinds := q.wants.kinds
	switch kind := f.content.Kind; {
	case len(kinds) > 1 && kind == content.Rank && strings.HasPrefix(ev.text[f.start:], ordinals):
		return -unitFits // 前进了几位 does not ask for 第7位
	case q.has[asksComparison] && kind == content.PercentagePoint:
		return comparisonFits
	case q.wants.prefersUnit != "" && f.content.Unit == q.wants.prefersUnit:
		switch {
		case len(kinds) > 0:
			return hintFits
		case thoseWho.MatchString(q.text):
			return sameAsBefore
		}
		return unitFits
	case q.wants.asksAgain && slices.Contains(q.wants.prefers, kind):
		return sameAsBefore
	case slices.Contains(q.wants.prefers, kind) || q.hintsAt(kind) || len(kinds) > 1 && kinds[0] == kind:
		return hintFits
	}
	return 0
}

// thoseWho finds a follow-up that asks how many of those there were who did something: 拿到贷款的呢.
var thoseWho = compile(`\p{Han}{2}的呢[?。]*$`)

// first is the kind of words such as 首批 and 首套, which answer 第几批 and 第几套.
const first content.Kind = "first"

// asksFirst tells whether a question asks for the place in a row of which a word says that it is the first.
func (q *question) asksFirst(f *figure, ev *evidence) bool {
	return f.content.Kind == first && q.wants.unit != "" && slices.Contains(q.wants.kinds, content.Rank) &&
		strings.HasSuffix(ev.text[f.start:f.end], q.wants.unit)
}
