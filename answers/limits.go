package answers

import (
	"regexp"
	"slices"
	"strings"

	"wenbao/content"
)

// # Lists of figures
//
// 增长超过20%的有哪些, 把所有的排名都列出来, 哪些增速比全市高: such a list is made of figures rather than of words. A figure
// belongs to it when it lies within the limits that the question sets, or is of the kind that it asks for, and the sentence
// says of it what else the question names.

// limits are the figures that a list question sets as limits: 超过20%, 100亿元以上, 在10%到20%之间.
func (q *question) limits(e *Engine) []content.Figure {
	var limits []content.Figure
	for _, figure := range q.figures {
		switch figure.Bound {
		case content.Over, content.AtLeast, content.AtMost:
			limits = append(limits, figure)
		}
	}
	if match := betweenPattern.FindStringSubmatch(q.text); match != nil && len(limits) == 0 {
		low, high := content.Figures(match[1]+match[3]), content.Figures(match[2]+match[3])
		if len(low) == 1 && len(high) == 1 {
			low[0].Bound, high[0].Bound = content.AtLeast, content.AtMost
			q.has[includesLimit] = true
			limits = append(limits, low[0], high[0])
		}
	}
	return limits
}

// betweenPattern finds two limits: 10%到20%之间, 10到20亿元之间.
var betweenPattern = regexp.MustCompile(`([0-9.]+)[^0-9]{0,9}?[到至和与~—-]([0-9.]+)([^0-9]{1,12}?)之?间`)

// within gives every figure within the limits, or of the kinds asked for when there are none.
func (e *Engine) within(q *question, limits []content.Figure) result {
	r := result{kind: Found}
	unit := q.countedUnit(e)
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		c := newCandidate(q, ev)
		for i := range ev.figures {
			f := &ev.figures[i]
			switch {
			case len(limits) == 0 && unit == "" && !slices.Contains(q.wants.kinds, f.content.Kind):
				continue
			case len(limits) == 0 && unit != "" && (f.content.Kind != content.Count || !e.sameUnit(unit, f.content.Unit)):
				continue
			case f.fact && len(limits) > 0 || slices.ContainsFunc(limits, func(limit content.Figure) bool { return !e.meets(f.content, limit, q.has[includesLimit]) }):
				continue
			}
			if a := e.score(q, &c, f.clause, f); e.listsFigure(q, &a) {
				r.passages = e.addPassages(r.passages, []Passage{e.passage(q, &a)})
			}
		}
	}
	if len(r.passages) == 0 {
		return result{kind: NotFound, note: "报告里没有这样的数据。"}
	}
	return r
}

// listsFigure tells whether all that a question says of its figures was found near one of them.
func (e *Engine) listsFigure(q *question, a *anchor) bool {
	for i, t := range q.terms {
		tellsKind := slices.Contains(e.vocabulary.roles[t.text], "hint-percent")
		// What grew in another clause is not this figure's, unless its own clause only goes on: 增长6%以上,力争达到7%.
		elsewhere := tellsKind && a.clauses[i] != a.clause && (a.clauses[i] > a.clause || a.evidence.hasOtherSubject(a.clause, a.figure, nil))
		if t.class == attribute && strings.ContainsAny(t.text, "增涨升降减跌") && (a.grades[i] < found || a.clauses[i] != a.clause) {
			return false // 增速: not just any percentage
		}
		if t.class == attribute && t.known() && len(q.figures) == 0 && slices.Equal(q.wants.kinds, []content.Kind{content.Money}) && a.grades[i] < found {
			return false // 投资金额: not just any money
		}
		if t.class <= attribute || t.own || t.number || a.grades[i] >= found && !elsewhere {
			continue
		}
		if tellsKind || (!t.answerType || t.class >= noun && t.known()) && len(e.vocabulary.exclusive[t.text]) == 0 {
			return false
		}
	}
	return len(q.inherited) == 0 || a.inherited >= inheritedFound
}

// includesLimit is the role of words by which a limit itself is within it: 不超过, 以内.
const includesLimit role = "hint-inclusive"

// meets tells whether a figure lies on the right side of a limit, or on an inclusive one.
func (e *Engine) meets(f *content.Figure, limit content.Figure, inclusive bool) bool {
	if !e.sameUnit(f.Unit, limit.Unit) {
		return false
	}
	switch limit.Bound {
	case content.AtMost:
		return f.Value < limit.Value || f.Value == limit.Value && inclusive
	case content.AtLeast:
		return f.Value >= limit.Value
	}
	return f.Value > limit.Value || f.Value == limit.Value && f.Bound == content.Over
}

// sameUnit tells whether two units count the same things: 家 and 户.
func (e *Engine) sameUnit(a, b string) bool {
	return a == b || a != "个" && b != "个" && slices.ContainsFunc(e.unitGroups[a], func(group int) bool { return slices.Contains(e.unitGroups[b], group) })
}

// countedUnit is the unit that a word of the question counts in, as 人数 counts 人; empty without one.
func (q *question) countedUnit(e *Engine) string {
	for _, token := range q.tokens {
		if unit, counts := strings.CutSuffix(token.Text, "数"); counts && len(e.unitGroups[unit]) > 0 {
			return unit
		}
	}
	return ""
}

// comparedPattern finds the whole that something is compared with: 比全国或者全市高, 高于全市.
var comparedPattern = regexp.MustCompile(`(?:比|高于|低于|快于|好于|高出)(?:(?:全国|全省|全市|全球)[或和、]?者?)+`)

// wholes finds the wholes in such a phrase.
var wholes = regexp.MustCompile(`全国|全省|全市|全球`)

// asksCompared tells whether a list question asks for what is compared with a whole.
func (q *question) asksCompared() bool { return comparedPattern.MatchString(q.text) }

// compared gives the clauses that compare something with one of the wholes that the question names, in its direction.
func (e *Engine) compared(q *question) result {
	r := result{kind: NotFound}
	asked := wholes.FindAllString(comparedPattern.FindString(q.text), -1)
	below := strings.ContainsAny(q.text, "低慢差")
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		for here, c := range ev.clauses {
			phrase := comparedPattern.FindString(ev.text[c.start:c.end])
			if phrase == "" || strings.HasPrefix(phrase, "低") != below ||
				!slices.ContainsFunc(wholes.FindAllString(phrase, -1), func(whole string) bool { return slices.Contains(asked, whole) }) {
				continue
			}
			first, last := e.widen(ev, here)
			r.kind = Found
			r.passages = e.addPassages(r.passages, []Passage{e.clausePassage(ev, first, last)})
		}
	}
	return r
}
