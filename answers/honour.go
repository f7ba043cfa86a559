package answers

import (
	"slices"
	"strings"
)

// # What a place has been named
//
// 江州获得了哪些称号, 入选了哪些城市榜单: a report tells of such things by the verbs that go with them (获评, 跻身, 入选), in as
// many places as there are, and never calls them 称号. Where a question names something else (某厂获得了哪些荣誉), that must be
// found as in any list; where it names the place alone, what counts is what a place can be named: a city.

// Roles of the words for honours, and of the verbs by which they are told.
const (
	asksHonours   role = "hint-honour"
	tellsAwarding role = "hint-awarded"
)

var awardingWords = wordsOf(tellsAwarding)

// cityNamed finds a name that a city bears: 千兆城市, 百强市, 啤酒之都, but not the 市级 of 市级示范园区.
var cityNamed = compile(`(?:城市|之都|之城|[^全我本各]市)(?:[”"·(),。;]|第|$)`)

// cityWord finds a word that ends such names.
var cityWord = compile(`^(?:市|城市|之都|之城)$`)

// honours lists what the report's place has been named; false when the question asks for something else.
func (e *Engine) honours(q *question) (result, bool) {
	if !q.has[asksHonours] || !q.namesOwnPlace() {
		return result{}, false
	}
	r := result{kind: Found}
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		for here, c := range ev.clauses {
			text := ev.text[c.start:c.end]
			if ev.words().organisations[here] || !cityNamed.MatchString(text) ||
				!slices.ContainsFunc(awardingWords(), func(word string) bool { return strings.Contains(text, word) }) {
				continue
			}
			first, last := e.widen(ev, here)
			r.passages = e.addPassages(r.passages, []Passage{e.clausePassage(ev, first, last)})
		}
	}
	return r, len(r.passages) > 0
}

// namesOwnPlace tells whether a question is about the report's own place, and nothing else but honours.
func (q *question) namesOwnPlace() bool {
	own := false
	for _, t := range q.terms {
		switch {
		case t.own, t.text == "城市":
			own = true
		case t.place && own, cityWord.MatchString(t.text):
			// a part of it that is named as well: 江州和河阳获评的“某某之都”
		case t.class >= noun && !slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(asksHonours) && s.start <= t.start && t.end <= s.end }):
			return false
		}
	}
	return own
}
