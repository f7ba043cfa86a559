package answers

import (
	"cmp"
	"slices"
	"strings"

	"wenbao/content"
)

// # What may answer
//
// Where a figure is asked for, every figure of the candidates may answer that is of a kind and a unit that is wanted, and that the
// question does not state itself; otherwise every clause. Each is weighed by rank.go, and the best comes first. So
// 新建充电桩10018个,居全省第一 holds one anchor for 新建多少个, 10018个, since 第一 is no count; and two for 新建了什么, the clauses.

// anchors weighs all that may answer, best first.
func (e *Engine) anchors(q *question, candidates []candidate) []anchor {
	most := 0
	for i := range candidates {
		most += len(candidates[i].evidence.figures) + len(candidates[i].evidence.clauses)
	}
	anchors := q.slab.room(most)
	for i := range candidates {
		before := len(anchors)
		if q.wants.figure {
			anchors = e.figureAnchors(anchors, q, &candidates[i])
		}
		if !q.wants.figure || q.wants.fragment && len(anchors) == before {
			anchors = e.clauseAnchors(anchors, q, &candidates[i])
			if len(q.wants.kinds) > 0 {
				for k := range anchors[before:] {
					anchors[before+k].score -= figureless
				}
			}
		}
	}
	return best(anchors)
}

// figureAnchors weighs every figure that could be the answer, and adds it to those of other sentences.
func (e *Engine) figureAnchors(anchors []anchor, q *question, c *candidate) []anchor {
	figures := c.evidence.figures
	for i := range figures {
		f := &figures[i]
		if q.wants.unit == levelUnit {
			break // 几级联动 asks for no 42个
		}
		if q.wants.scale != "" && !strings.Contains(c.evidence.text[f.start:f.end], q.wants.scale) {
			continue // 多少万 asks for no 6家
		}
		amount := q.changedBy(f, c.evidence)
		if !q.wants.accepts(f.content) && !q.asksFirst(f, c.evidence) && !amount || q.states(f, c.evidence) || f.fact && (len(q.wants.kinds) == 0 || exactAsked.MatchString(q.text)) {
			continue
		}
		if f.content.Kind == content.Period && len(q.wants.kinds) == 0 && spanBefore.MatchString(c.evidence.text[:f.start]) {
			continue // 今后五年的目标: 五年 is no answer to 多少
		}
		if q.has[asksEach] && f.content.Kind == content.Count && f.content.Value <= mostItems && countedEach.MatchString(c.evidence.text[f.end:]) && eachAsked.MatchString(q.text) {
			continue // 两个 of 两个档次分别…: how many they are is known
		}
		fit, ok := e.unitFit(q.wants, f.content)
		if !ok && !q.asksFirst(f, c.evidence) {
			continue
		}
		a := e.score(q, c, c.evidence.toldIn(f), f)
		a.score += fit + q.kindFit(f, c.evidence)
		if amount {
			a.score += unitDiffers
		}
		a.weighColumn(q)
		if q.answered[f.content.Start] && q.context != nil {
			a.score -= answeredBefore
		}
		anchors = append(anchors, a)
	}
	if !q.wants.strong {
		return anchors
	}
	named := c.evidence.detail().named
	for i := range named {
		if f := &named[i]; q.asksNamed(f, c.evidence) && !q.states(f, c.evidence) {
			anchors = append(anchors, e.score(q, c, f.clause, f))
		}
	}
	return anchors
}

// spanBefore finds what makes a time of the years behind it.
var spanBefore = compile(`(?:今后|未来|过去|最近|近|前|这|本届)$`)

// countedEach finds behind a figure that it counts the things of which each has a figure of its own: 两个档次分别提高到.
var countedEach = compile(`^[^,;、0-9]{0,8}分别`)

// exactAsked finds a question that 两位数 does not answer.
var exactAsked = compile(`具体|确切|准确|精确`)

// toldIn is the clause that says what a figure is about: its own, and the one behind a date that stands alone.
func (ev *evidence) toldIn(f *figure) int {
	c := ev.clauses[f.clause]
	if f.content.Kind == content.Date && f.end == c.end && f.start-c.start <= len("今年") && f.clause+1 < len(ev.clauses) {
		return f.clause + 1
	}
	return f.clause
}

// states tells whether the question itself names the figure: who asks about the 56个项目 does not ask for 56个.
func (q *question) states(f *figure, ev *evidence) bool {
	text := ev.text[f.start:f.end]
	number := ev.detail().of(f).number
	if f.content.Kind == content.Count && (strings.Contains(q.text, "那几"+f.content.Unit) || strings.Contains(q.text, "这几"+f.content.Unit)) {
		return true // 那几条支线 are spoken of, not counted
	}
	return number != "" && slices.Contains(q.given, number) || number == "" && strings.Contains(q.text, text)
}

// clauseAnchors weighs every clause, and adds it to those of other sentences.
func (e *Engine) clauseAnchors(anchors []anchor, q *question, c *candidate) []anchor {
	for i := range c.evidence.clauses {
		if c.evidence.clauses[i].remark {
			continue // it belongs to the clause that it is on
		}
		a := e.score(q, c, i, nil)
		if q.has[asksNames] && q.namesIn(&a) {
			a.score += namesFit
		}
		if q.asksSense() && definition.MatchString(c.evidence.text[c.evidence.clauses[i].start:c.evidence.clauses[i].end]) {
			a.score += definesFit
		}
		anchors = append(anchors, a)
	}
	return anchors
}

// asksSense tells whether a question asks what a word means.
func (q *question) asksSense() bool {
	if q.sense == nil {
		asks := definitionAsked.MatchString(q.text)
		q.sense = &asks
	}
	return *q.sense
}

var (
	definitionAsked = compile(`指(?:的是)?(?:什么|啥|哪)|[什啥]么?意思|(?:是说|说的是|讲的是)(?:什么|啥)|怎么定义|怎么界定|的定义|定义(?:是|为)|全称|简称`)
	definition      = compile(`是指|指的是|\(即|[:,]即|^\p{Han}{2,12}[:]指|全称|^(?:[0-9]{1,2}[、.])?“[^”]{2,16}”[:]`)
)

// best sorts anchors by score; of equals the one that the index ranks higher comes first.
func best(anchors []anchor) []anchor {
	type place struct { // sorted in place of the anchors, which are large
		score float64
		from  int // where its anchor lies
	}
	places := make([]place, len(anchors))
	for i := range anchors {
		places[i] = place{anchors[i].score, i}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.from, b.from)) })
	for i := range places {
		from := places[i].from
		for from < i { // something else has been put there, and what lay there where that came from
			from = places[from].from
		}
		anchors[i], anchors[from] = anchors[from], anchors[i]
		places[i].from = from
	}
	return anchors
}
