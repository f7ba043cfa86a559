package answers

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// # Lists
//
// A list question (哪些, 列一下, 都有谁) is answered with every clause of the report that holds what it names, in the report's order. Lists of a
// form of their own are tried first: by a limit (超过20%), a comparison, a period, an honour, a figure, names, things counted out in one
// clause, all of a part that is headed by the topic. What remains goes four steps:
//
//	choices.go    what must be found, and what of it is left open: 芯片或软件, 磁浮也算
//	listitems.go  how well each clause holds it; what only comes near is taken out
//	here          the clauses that hold everything, or where none does those that come near the best; with headings that do so
//	here          a refusal where none of them holds a name that is asked about; otherwise they are quoted, neighbours together
//
// Of a kind of things (哪些工程; see kind.go) the names count to the letter, and headings are places like any other.
const (
	inList      = 0.5  // grade × nearness from which a term counts as found in the clause itself
	nearBest    = 0.85 // of the best score, when no clause holds everything
	wholeFloor  = 0.6  // of the best score, for a clause that holds everything
	nearCeiling = 0.7  // of how well a word is found anywhere: beside 园区 itself what is merely near does not belong
	nearLetter  = 0.97 // the same for words that are meant by the letter: verbs (编制 is not 制定), kinds and quoted words
	mostList    = 40   // longer lists are cut; nobody reads them
)

// asksData is the role of words that ask for the figures of what is listed.
const asksData role = "data"

// list collects all that belongs to a list question's answer, by the kind of list that it asks for.
func (e *Engine) list(q *question) (result, bool) {
	if !q.asksForList() {
		return result{}, false
	}
	if limits := q.limits(); len(limits) > 0 {
		return e.figureList(q, limits), true
	}
	if q.asksCompared() {
		if r := e.compared(q); r.kind == Found {
			return r, true
		}
	}
	if r, ok := e.plannedFor(q); ok {
		return r, true
	}
	if r, ok := e.honours(q); ok {
		return r, true
	}
	if len(q.wants.kinds) > 0 || q.countedUnit(e) != "" {
		if r := e.figureList(q, nil); r.kind == Found {
			return r, true
		}
	}
	if q.has[asksTitled] {
		return e.titledList(), true
	}
	if q.asksOrganisations(e) {
		return e.organisationList(q.within), true
	}
	if r, ok := e.countedOut(q); ok {
		return r, true
	}
	if r, ok := e.topicList(q); ok {
		return r, true
	}
	return e.clauseList(q)
}

// countedOut answers a question for things of a kind with the clause that counts them out and closes with their kind: of 在哪些领域
// 取得突破 the 在航天、深海、量子信息等领域取得突破. It is false when no clause does so and holds all else that the question is about.
func (e *Engine) countedOut(q *question) (result, bool) {
	at := slices.IndexFunc(q.terms, func(t *term) bool {
		return slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(asksList) && s.end == t.start })
	})
	if at < 0 || q.wants.figure || q.takesAllIn(at) {
		return result{}, false
	}
	var chosen *anchor
	for _, ev := range e.evidence {
		closing := -1 // of the last clause that counts out
		for from, kind := 0, listEnd+q.terms[at].text; from < len(ev.text); {
			next := strings.Index(ev.text[from:], kind)
			if next < 0 {
				break
			}
			if place := from + next; strings.Contains(ev.groupText(ev.clauses[ev.clauseAt(place)].group), "、") {
				closing = place
			}
			from += next + len(kind)
		}
		if closing < 0 || q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		here := ev.clauseAt(closing)
		c := newCandidate(q, ev)
		a := e.score(q, &c, here, nil)
		tells := false // something of what the question is about, in the sentence itself
		for i, t := range q.terms {
			tells = tells || i != at && t.isThing() && a.clauses[i] >= 0
		}
		if tells && !a.untimely && (chosen == nil || a.score > chosen.score) && e.refusal(q, &a) == "" {
			chosen = &a
		}
	}
	if chosen == nil {
		return result{}, false
	}
	first, last := e.widen(chosen.evidence, chosen.clause)
	for i, t := range q.terms {
		if here := chosen.clauses[i]; here >= 0 && t.isThing() {
			last = max(last, chosen.evidence.clauses[here].source) // 通过甲、乙等办法,切实增加…
		}
	}
	return result{kind: Found, passages: []Passage{e.clausePassage(chosen.evidence, first, last)}}, true
}

// topicPattern finds a question for all that is told on a topic.
var topicPattern = compile(`方面|这块|这一块|有关|相关|关于|领域`)

// topicList answers a question for all that is told on a topic, or for its figures, with the part that is headed by it; false
// when no title holds the topic.
func (e *Engine) topicList(q *question) (result, bool) {
	if q.within != nil || !q.has[asksData] && !topicPattern.MatchString(q.text) {
		return result{}, false
	}
	section := e.titled(q)
	if section == nil || len(section.Sentences) == 0 || len(e.childrenOf(section)) > 0 || !q.spokenOf(retrieval.Normalise(section.Title).Text) {
		return result{}, false
	}
	r := result{kind: Found}
	for _, ev := range e.evidence {
		if ev.sentence.Section != section || q.has[asksData] && len(ev.sentence.Figures) == 0 {
			continue
		}
		p := e.spanPassage(section, ev.sentence.Span)
		for here := range ev.clauses {
			p.Figures = append(p.Figures, e.clauseFigures(q, ev, here)...)
		}
		r.passages = append(r.passages, p)
	}
	return r, len(r.passages) > 0
}

// topicDataAsked finds a question for all figures of a topic that has no word for a list: 金融方面的数据.
var topicDataAsked = compile(`(?:方面|这块|这一块|有关|相关)的?(?:所有|全部)?(?:数据|数字|指标|数值)[呢啊?。]*$`)

// asksForList tells whether a question asks for a list, rather than for one figure of those that it speaks of.
func (q *question) asksForList() bool {
	data := q.has[asksData] && topicDataAsked.MatchString(q.text)
	return (q.has[asksList] || q.has[asksContents] || data) && !q.asksSense() && (q.about() || q.inherited == nil) &&
		!q.wants.strong && (!q.wants.fragment || data) && !q.has[asksNumber]
}

// clauseList collects the clauses that hold what the question names.
func (e *Engine) clauseList(q *question) (result, bool) {
	groups := q.alternatives()
	if len(groups) == 0 {
		return result{}, false
	}
	items := e.listItems(q, groups)
	if said := q.saidOfKind(groups, items); len(said) < len(groups) {
		groups = said
		items = e.listItems(q, groups)
	}
	top := 0.0
	for _, item := range items {
		top = max(top, item.score)
	}
	if top < inList*0.8 {
		return result{}, false
	}
	headings := e.listHeadings(q, groups, nil)
	kind := slices.ContainsFunc(q.terms, func(t *term) bool { return t.kind })
	prune(q, groups, items, kind && len(headings) > 0)
	anyWhole := slices.ContainsFunc(items, func(i listItem) bool { return i.whole })
	var anchors []anchor
	for _, i := range items {
		if anyWhole && i.whole && i.score >= top*wholeFloor || !anyWhole && i.score >= top*nearBest {
			anchors = append(anchors, i.anchor)
		}
	}
	if kind && len(headings) > 1 && !anyWhole {
		return result{kind: Found, passages: headings}, true // the parts of a chapter are its 工程
	}
	if q.has[asksData] {
		anchors = withFigures(anchors)
	}
	if len(anchors) == 0 || len(anchors) > mostList {
		return result{}, false
	}
	if note := e.listRefusal(q, groups, anchors); note != "" {
		return result{kind: NotFound, note: note}, true
	}
	named := q.named(anchors)
	passages := e.listPassages(q, named)
	if anyWhole && len(named) == len(anchors) {
		passages = append(passages, e.listHeadings(q, groups, anchors)...)
		slices.SortStableFunc(passages, func(a, b Passage) int { return cmp.Compare(a.Start, b.Start) })
	}
	return result{kind: Found, passages: passages}, true
}

// listHeadings are the headings that hold all that a list question names. A heading may be what is listed (哪些工程);
// otherwise it is left out where text under it is listed already.
func (e *Engine) listHeadings(q *question, groups [][]int, listed []anchor) []Passage {
	var passages []Passage
	mayBeListed := slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.kind || t.class > attribute && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(asksList) && s.end <= t.start })
	})
	kind := slices.ContainsFunc(groups, func(group []int) bool { return slices.ContainsFunc(group, func(i int) bool { return q.terms[i].kind }) })
	for _, section := range e.report.Sections {
		if !mayBeListed && slices.ContainsFunc(listed, func(a anchor) bool { return section.Span.Contains(a.evidence.sentence.Span) }) {
			continue
		}
		title := retrieval.Normalise(section.Title).Text
		above := "" // the heading of a chapter holds what is about its 工程
		if section.Parent != nil {
			above = retrieval.Normalise(section.Parent.Title).Text
		}
		whole := title != "" && (q.within == nil || q.within.Span.Contains(section.Span))
		for _, group := range groups {
			ofKind := slices.ContainsFunc(group, func(i int) bool { return q.terms[i].kind })
			whole = whole && slices.ContainsFunc(group, func(i int) bool {
				return slices.ContainsFunc(q.terms[i].variants, func(v variant) bool {
					if ofKind {
						return v.grade >= nearLetter && strings.Contains(title, v.text)
					}
					return v.grade >= nearCeiling && (strings.Contains(title, v.text) || kind && strings.Contains(above, v.text))
				})
			})
		}
		if whole {
			passages = append(passages, e.headingPassage(section))
		}
	}
	return passages
}

// placesAsked finds a list question for places.
var placesAsked = compile(`(?:在|到|于)(?:哪些|哪几个)(?:区|市|县|城市|地方|地区|国家|省)`)

// listRefusal refuses a list when a group of alternatives that names something is found in none of its clauses.
func (e *Engine) listRefusal(q *question, groups [][]int, anchors []anchor) string {
	if (q.has[asksNames] || q.has[asksWho] || len(anchors) == 1 && q.asksCompanies(e)) && !slices.ContainsFunc(anchors, func(a anchor) bool { return q.namesIn(&a) }) {
		return "报告没有列出名称。"
	}
	if placesAsked.MatchString(q.text) && !slices.ContainsFunc(anchors, func(a anchor) bool { return e.placeIn(q, &a) }) {
		return "报告没有说在哪里。"
	}
	for _, group := range groups {
		held := false
		var heaviest *term
		for _, i := range group {
			if t := q.terms[i]; heaviest == nil || t.weight > heaviest.weight {
				heaviest = t
			}
			held = held || slices.ContainsFunc(anchors, func(a anchor) bool { return a.grades[i] >= found })
		}
		if !held && (heaviest.class == name || heaviest.class == noun && !heaviest.known() && !heaviest.answerType) {
			return notSaid(heaviest)
		}
	}
	return ""
}

// listPassages quotes the anchors' clauses, neighbouring ones together, short sentences whole.
func (e *Engine) listPassages(q *question, anchors []anchor) []Passage {
	var passages []Passage
	for i := 0; i < len(anchors); {
		ev := anchors[i].evidence
		first, last := e.widen(ev, anchors[i].clause)
		figures := e.clauseFigures(q, ev, anchors[i].clause)
		j := i + 1
		for ; j < len(anchors) && anchors[j].evidence == ev; j++ {
			from, to := e.widen(ev, anchors[j].clause)
			if from > last+1 {
				break
			}
			last = max(last, to)
			if anchors[j].clause != anchors[j-1].clause {
				figures = append(figures, e.clauseFigures(q, ev, anchors[j].clause)...)
			}
		}
		p := e.clausePassage(ev, first, last)
		p.Figures = append(p.Figures, figures...)
		passages = append(passages, p)
		i = j
	}
	return passages
}

// widen returns the clauses to be quoted for one: the whole sentence where it is short, otherwise those between the same
// two commas.
func (e *Engine) widen(ev *evidence, here int) (first, last int) {
	if utf8.RuneCountInString(e.report.Quote(ev.sentence.Span)) <= longestQuote {
		return 0, len(ev.sentence.Clauses) - 1
	}
	if ev.itemAlone(here) {
		return ev.clauses[here].source, ev.clauses[here].source
	}
	return ev.quotable(here, here)
}

// itemAlone tells whether a list item can be quoted without the others: it holds more than its figure, and no 分别 ties it
// to them.
func (ev *evidence) itemAlone(here int) bool {
	c := ev.clauses[here]
	return !slices.ContainsFunc(listWords().apart, func(word string) bool { return strings.Contains(ev.text[c.start:c.end], word) }) &&
		utf8.RuneCountInString(ev.text[c.start:c.end]) >= shortestItem
}

// shortestItem is the shortest list item, in runes, that is understood without its neighbours.
const shortestItem = 8

func (e *Engine) clausePassage(ev *evidence, first, last int) Passage {
	clauses := ev.sentence.Clauses
	span := content.Span{Start: clauses[first].Start, End: clauses[last].End}
	p := e.spanPassage(ev.sentence.Section, span)
	p.CutBefore, p.CutAfter = first > 0, last+1 < len(clauses)
	return p
}

// clauseFigures are the figures of a clause, for a list that asks for data.
func (e *Engine) clauseFigures(q *question, ev *evidence, here int) []Figure {
	var figures []Figure
	if !q.wants.figure && !q.has[asksData] {
		return nil
	}
	for i := range ev.figures {
		if f := &ev.figures[i]; f.clause == here && !f.fact && f.content.Kind != content.Date && q.wants.accepts(f.content) {
			figures = append(figures, e.figure(f.content))
		}
	}
	return figures
}
