package answers

import (
	"slices"
	"strings"

	"wenbao/content"
)

// # Lists of figures
//
// 增长超过20%的有哪些, 把所有的排名都列出来, 哪些增速比全市高: such a list is made of figures rather than of words. A figure
// belongs to it when it lies within the limits that the question sets, or is of the kind that it asks for, and the sentence
// says of it what else the question names.

// limit is a figure that a list question sets as a limit.
type limit struct {
	content.Figure
	inclusive bool // the limit itself is within it: 不超过20%
}

// includesLimit is the role of words by which a limit itself is within it.
const includesLimit role = "hint-inclusive"

// limits are the limits that a list question sets: 超过20%, 100亿元以上, 在10%到20%之间.
func (q *question) limits() []limit {
	var limits []limit
	figures := q.figures
	if !slices.ContainsFunc(figures, func(f content.Figure) bool { return f.Unit != "" }) && slices.Equal(q.wants.kinds, []content.Kind{content.Money}) {
		figures = content.Figures(barePattern.ReplaceAllString(q.text, "${1}元$2")) // 总投资500亿以上
	}
	for _, figure := range figures {
		switch figure.Bound {
		case content.Over, content.AtLeast, content.AtMost:
			limits = append(limits, limit{figure, q.has[includesLimit]})
		}
	}
	if match := betweenPattern.FindStringSubmatch(q.text); match != nil && len(limits) == 0 {
		low, high := content.Figures(match[1]+match[3]), content.Figures(match[2]+match[3])
		if len(low) == 1 && len(high) == 1 {
			low[0].Bound, high[0].Bound = content.AtLeast, content.AtMost
			limits = append(limits, limit{low[0], true}, limit{high[0], true})
		}
	}
	return limits
}

// barePattern finds an amount that is told without its 元.
var barePattern = compile(`([0-9.]+[万亿])([^元0-9])`)

// betweenPattern finds two limits: 10%到20%之间, 10到20亿元之间.
var betweenPattern = compile(`([0-9.]+)[^0-9]{0,9}?[到至和与~—-]([0-9.]+)([^0-9]{1,12}?)之?间`)

// figureList gives every figure within the limits, or of the kinds asked for when there are none.
func (e *Engine) figureList(q *question, limits []limit) result {
	r := result{kind: Found}
	unit := q.countedUnit(e)
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		c := newCandidate(q, ev)
		for i := range ev.figures {
			f := &ev.figures[i]
			if !e.listable(q, f, limits, unit) {
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

// listable tells whether a figure lies within the limits; without limits, whether it is of the unit or the kinds asked for.
func (e *Engine) listable(q *question, f *figure, limits []limit, unit string) bool {
	switch {
	case len(limits) > 0:
		return !f.fact && !slices.ContainsFunc(limits, func(l limit) bool { return !e.meets(f.content, l) })
	case unit != "":
		return f.content.Kind == content.Count && e.sameUnit(unit, f.content.Unit)
	}
	return slices.Contains(q.wants.kinds, f.content.Kind)
}

// listsFigure tells whether all that a question says of its figures was found near one of them.
func (e *Engine) listsFigure(q *question, a *anchor) bool {
	lists := func(i int) bool {
		switch t := q.terms[i]; {
		case t.own || t.number:
			return true
		case t.class == vague:
			return q.listsKind(t, a, i)
		case t.class == attribute:
			return q.listsAttribute(t, a, i)
		default:
			return e.listsTerm(t, a, i)
		}
	}
	for _, choice := range q.choices() {
		all := func(run []int) bool {
			says := !choice.phrases || slices.ContainsFunc(run, func(i int) bool { return q.terms[i].isThing() }) // and not 金额
			return says && !slices.ContainsFunc(run, func(i int) bool { return !lists(i) || choice.phrases && q.terms[i].isThing() && a.grades[i] < inList })
		}
		if choice.phrases && !slices.ContainsFunc(choice.runs, all) || !choice.phrases && slices.ContainsFunc(choice.runs, func(run []int) bool { return !all(run) }) {
			return false
		}
	}
	return len(q.inherited) == 0 || a.inherited >= inheritedFound
}

// listsAttribute tells whether a figure is one of what a word such as 增速 or 投资金额 asks for, and not just any percentage
// or any money.
func (q *question) listsAttribute(t *term, a *anchor, i int) bool {
	if strings.ContainsAny(t.text, "增涨升降减跌") {
		return a.grades[i] >= found && a.clauses[i] == a.clause
	}
	anyMoney := slices.Equal(q.wants.kinds, []content.Kind{content.Money}) && len(q.figures) == 0
	if !anyMoney {
		return true
	}
	c := a.evidence.clauses[a.clause]
	for _, word := range moneyWords() {
		if strings.HasPrefix(t.text, word) && t.text != word {
			return strings.Contains(a.evidence.text[c.start:c.end], word) // 投资额 is told as 投资
		}
	}
	return !t.known() || a.grades[i] >= found
}

// listsKind tells whether what a list question lists, where the report speaks of it, was found beside a figure: 哪些项目.
func (q *question) listsKind(t *term, a *anchor, i int) bool {
	limited, counted := len(q.figures) > 0, len(q.figures) > 0 && q.figures[0].Unit == anyThing // 哪些项目超过500个
	listed := (!limited || counted) && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(asksList) && (s.end == t.start || s.start == t.end) })
	return !listed || !t.known() || a.grades[i] >= found && (!counted || a.clauses[i] == a.clause)
}

// listsTerm tells whether a word was found near a figure, or need not be.
func (e *Engine) listsTerm(t *term, a *anchor, i int) bool {
	if tellsKind := slices.Contains(e.vocabulary.roles[t.text], "hint-percent"); tellsKind {
		// What grew in another clause is not this figure's, unless its own clause only goes on: 增长6%以上,力争达到7%.
		elsewhere := a.clauses[i] != a.clause && (a.clauses[i] > a.clause || a.evidence.hasOtherSubject(a.clause, a.figure, nil))
		return a.grades[i] >= found && !elsewhere
	}
	if a.grades[i] >= found || len(e.vocabulary.exclusive[t.text]) > 0 {
		return true
	}
	return t.answerType && (t.class < noun || !t.known())
}

// anyThing is the unit in which anything may be counted: 超过500个的项目 may be told as 3016项.
const anyThing = "个"

// meets tells whether a figure lies on the right side of a limit.
func (e *Engine) meets(f *content.Figure, l limit) bool {
	if !e.sameUnit(f.Unit, l.Unit) && !(l.Unit == anyThing && f.Kind == content.Count) {
		return false
	}
	switch l.Bound {
	case content.AtMost:
		return f.Value < l.Value || f.Value == l.Value && l.inclusive
	case content.AtLeast:
		return f.Value >= l.Value
	}
	return f.Value > l.Value || f.Value == l.Value && f.Bound == content.Over
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

// periodAsked finds a list question for what is planned for some years: 以三年为期的, 为期三年的, 按三年来的安排.
var periodAsked = compile(`[以按]([两二三四五六七八九十]年)(?:为|来)|为期([两二三四五六七八九十]年)`)

// Words around a period that is not that of a plan: 连续三年, 三年来.
var (
	notPlanBefore = compile(`(?:连续|近|过去|今后|未来|平均|每|前|后|这|第)$`)
	notPlanBehind = compile(`^(?:来|内|间|平均|年均|以|之|多|前|后|[^\p{Han}])`)
)

// plannedFor gives every clause that names something planned for as many years as the question says: 三年行动计划; false when
// it asks for no such thing.
func (e *Engine) plannedFor(q *question) (result, bool) {
	match := periodAsked.FindStringSubmatch(q.text)
	if match == nil {
		return result{}, false
	}
	period := match[1] + match[2]
	r := result{kind: Found}
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		for here, c := range ev.clauses {
			at := strings.Index(ev.text[c.start:c.end], period)
			if at < 0 || notPlanBefore.MatchString(ev.text[c.start:c.start+at]) || notPlanBehind.MatchString(ev.text[c.start+at+len(period):c.end]) {
				continue
			}
			first, last := e.widen(ev, here)
			r.passages = e.addPassages(r.passages, []Passage{e.clausePassage(ev, first, last)})
		}
	}
	return r, len(r.passages) > 0
}

// comparedPattern finds the whole that something is compared with: 比全国或者全市高, 高于全市.
var comparedPattern = compile(`(?:比|高于|低于|快于|好于|高出)(?:(?:全国|全省|全市|全球)[或和、]?者?)+`)

// wholes finds the wholes in such a phrase.
var wholes = compile(`全国|全省|全市|全球`)

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
