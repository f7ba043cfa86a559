package answers

import (
	"slices"
	"strings"

	"wenbao/content"
)

// # What fell, and what rose
//
// 哪几类零售额是下降的: reports tell of such things in a row (甲类增长9.3%,乙类下降5.7%,…), and the question asks for those of one
// direction. The row is the one that speaks of what the question names; where it names nothing, every clause of the report counts.

var (
	fallingAsked = compile(`负增长|没有?(?:增长|涨)|(?:同比|都|在|是|有所|出现了?)?(?:往下[掉走降滑]|下降|下滑|下跌|减少|回落|走低|萎缩|缩水|降低|[降跌掉])了?的|哪[^,?。]{0,8}(?:下降|下滑|下跌|减少|回落|负增长|[降跌]了)`)
	risingAsked  = compile(`正增长|(?:都|在|是|有所|出现了?)(?:往上[涨走]|增长|上涨|上升|增加|[升涨])了?的`)

	fell = compile(`(?:下降|下滑|下跌|减少|回落|降低|降)(?:了)?[0-9.]+(?:%|个百分点)|负增长|增长-[0-9.]+%`)
	rose = compile(`(?:增长|上涨|上升|增加|提高)(?:了)?[0-9.]+(?:%|个百分点|倍)`)
)

// falling answers a list question for what fell, or rose; false when it asks for something else, or no row tells of it.
func (e *Engine) falling(q *question) (result, bool) {
	if !q.asksForList() || len(q.figures) > 0 && len(q.limits()) > 0 {
		return result{}, false
	}
	told, at := fell, fallingAsked.FindStringIndex(q.text)
	if at == nil {
		if told, at = rose, risingAsked.FindStringIndex(q.text); at == nil {
			return result{}, false
		}
	}
	var things, light []*term
	for _, t := range q.terms {
		if t.class == vague && t.known() && !t.own {
			light = append(light, t) // 哪些行业, 哪些地区: of two rows the one that is told so
		}
		if t.isThing() && t.known() && !(at[0] <= t.start && t.end <= at[1]) && !strings.Contains("指标数据方面", t.text) {
			things = append(things, t)
		}
	}
	if len(things) == 0 && told == rose {
		return result{}, false // that would be half of the report
	}
	type row struct {
		ev     *evidence
		groups []int // of the clauses that tell so
		held   float64
	}
	var rows []row
	best := 0.0
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) || ev.sentence.Section.Plan || !told.MatchString(ev.text) {
			continue
		}
		text := ev.text + "\n" + ev.heading
		r := row{ev: ev, held: heldOf(things, text)}
		changes := 0
		for here, c := range ev.clauses {
			text := ev.text[c.start:c.end]
			if fell.MatchString(text) || rose.MatchString(text) {
				changes++
			}
			if told.MatchString(text) && !slices.Contains(r.groups, ev.clauses[here].group) {
				r.groups = append(r.groups, c.group)
			}
		}
		if len(r.groups) == 0 || len(things) > 0 && (changes < shortestRow || r.held < titleMatches) {
			continue
		}
		if len(light) > 0 && len(things) > 0 {
			r.held += heldOf(light, text) / 10
		}
		rows = append(rows, r)
		best = max(best, r.held)
	}
	r := result{kind: Found}
	for _, row := range rows {
		if row.held < best {
			continue
		}
		for _, group := range row.groups {
			first, last := row.ev.goingBack(slices.IndexFunc(row.ev.clauses, func(c clause) bool { return c.group == group }), func(text string) bool { return tellsNoSubject.MatchString(text) })
			r.passages = append(r.passages, e.clausePassage(row.ev, first, last))
		}
	}
	return r, len(r.passages) > 0 && len(r.passages) <= mostList
}

// shortestRow is how many changes a sentence must tell of to be a row of them.
const shortestRow = 3

// heldOf is the share of the weight of some terms that a text holds; 1 without terms.
func heldOf(terms []*term, text string) float64 {
	var all mean
	for _, t := range terms {
		all.add(t.inText(text), t.weight)
	}
	if all.total == 0 {
		return 1
	}
	return all.sum / all.total
}

// exactlyAsked finds in a list question that a figure is meant to be just so.
var exactlyAsked = compile(`(?:正好|刚好|恰好|恰恰|同为|同是|均为|都是|等于|同样是)[^,?。]{0,8}[0-9]`)

// exactly answers a list question for what has one very figure: 哪些指标正好是2014年的2倍; false when it asks for no such thing, or nothing
// has it.
func (e *Engine) exactly(q *question) (result, bool) {
	if !exactlyAsked.MatchString(q.text) || !q.asksForList() {
		return result{}, false
	}
	at := slices.IndexFunc(q.figures, func(f content.Figure) bool {
		return f.Unit == multiple || f.Kind == content.Percent || f.Kind == content.PercentagePoint || f.Kind == content.Money
	})
	if at < 0 || q.figures[at].Bound != content.Exact {
		return result{}, false
	}
	wanted := q.figures[at]
	r := result{kind: Found}
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		for i := range ev.figures {
			f := &ev.figures[i]
			if f.content.Value != wanted.Value || !e.sameUnit(f.content.Unit, wanted.Unit) || f.content.Kind != wanted.Kind {
				continue
			}
			text := ev.text[ev.clauses[f.clause].start:ev.clauses[f.clause].end]
			if base := baseYear.FindStringSubmatch(q.text); base != nil && !strings.Contains(text, base[1]) {
				continue
			}
			if slices.ContainsFunc(q.terms, func(t *term) bool {
				return t.isThing() && t.known() && !strings.Contains("指标数据方面", t.text) && t.inText(ev.text) < inList
			}) {
				continue
			}
			first, last := ev.goingBack(f.clause, func(text string) bool { return goesOnSo.MatchString(text) })
			r.passages = e.addPassages(r.passages, []Passage{e.clausePassage(ev, first, last)})
		}
	}
	return r, len(r.passages) > 0
}

// baseYear finds the year that something is measured by: 2014年的2倍.
var baseYear = compile(`((?:19|20)[0-9]{2})年的[0-9.]+倍`)

// goesOnSo finds a clause that only tells how much of what was named before it.
var goesOnSo = compile(`^(?:是|为|相当于|约?为|达|增长|下降|比|较|同比)`)
