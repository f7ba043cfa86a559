package answers

import (
	"slices"
	"strings"

	"wenbao/retrieval"
)

// # Figures that a question may mean as well
//
// 充电桩数量 may be the 新建 or the 总数 of one sentence, and 从多大扩大到多大 asks for two figures at once. Then both are given. Where a
// word of the question tells (现有 for the 总数), only the one that it stands for is.

// before are the figures that the answering one changed from, for a question that asks for both: 从多大扩大到多大.
func (q *question) before(top *anchor, anchors []anchor) []*anchor {
	if top.figure == nil || !q.asksFromTo {
		return nil
	}
	told := top.evidence.detail()
	for i := range anchors {
		other := &anchors[i]
		if other.figure != nil && other.evidence == top.evidence && other.figure.content.Unit == top.figure.content.Unit &&
			told.of(other.figure).formerly != told.of(top.figure).formerly {
			return []*anchor{other}
		}
	}
	return nil
}

// ofEach are the figures that stand in one 分别 list with the answering one, for a question that asks for each: 两档分别是多少, of
// 两个档次分别提高到1100元和950元. A question that names the things has been taken apart before.
func (q *question) ofEach(top *anchor, anchors []anchor) []*anchor {
	if top.figure == nil || !q.has[asksEach] || !eachAsked.MatchString(q.text) {
		return nil
	}
	ev := top.evidence
	group := ev.clauses[top.figure.clause].group
	each := strings.Index(ev.text[ev.groupStart(group):], sharedOut)
	if each < 0 || each+ev.groupStart(group) > top.figure.start {
		return nil
	}
	var others []*anchor
	for i := range anchors {
		if other := &anchors[i]; other.figure != nil && other.evidence == ev && other.figure != top.figure && ev.clauses[other.figure.clause].group == group &&
			other.figure.start > each+ev.groupStart(group) && other.figure.content.Unit == top.figure.content.Unit {
			others = append(others, other)
		}
	}
	return others
}

// sharedOut says that figures are told of several things, one each.
const sharedOut = "分别"

// eachAsked finds a question for the figure of each of so many things.
var eachAsked = compile(`[两二三四五六七八九十0-9](?:个|项|类|种|档|级|者|样|家|块|头)?[^,?]{0,6}(?:分别|各|各自)`)

// otherReadings are the figures of the same sentence that a question may mean as well: 充电桩数量 may be the 新建 or the
// 总数. It is so when two clauses stand on the two sides of a contrast, and the question, which holds but one word, names
// neither.
func (e *Engine) otherReadings(q *question, top *anchor, anchors []anchor) []*anchor {
	subjects := 0
	for _, t := range q.terms {
		if t.class >= verb && !t.own {
			subjects++
		}
	}
	if top.figure == nil || subjects != 1 || len(q.inherited) > 0 {
		return nil
	}
	for i, t := range q.terms {
		if t.class == vague && !t.own && top.clauses[i] == top.clause && top.grades[i] >= sameMeaning*nearOwn {
			return nil // 新开了几个: 新 tells
		}
	}
	var others []*anchor
	for i := range anchors {
		other := &anchors[i]
		if other.figure == nil || other.figure == top.figure || other.evidence != top.evidence ||
			other.figure.content.Unit != top.figure.content.Unit || other.conflict != nil || other.opposed || !q.holdsIn(other) {
			continue
		}
		if !q.asksChange && comparedTold.MatchString(other.before()) {
			continue // 比年初增加10亿元 says itself that it is no balance
		}
		if e.contrasted(q, top, other) {
			others = append(others, other)
		}
	}
	return others
}

// comparedTold finds what says that it tells of a change.
var comparedTold = compile(`[比较](?:年初|期初|上一?年|去年|上月|上季)[^,;]{0,6}(?:增|减|提|上升|下降|多|少)`)

// holdsIn tells whether all nouns of a question stand in an anchor's clause, or in those whose subject it takes over.
func (q *question) holdsIn(a *anchor) bool {
	var places []match
	for i, t := range q.terms {
		if !t.isThing() {
			continue
		}
		if a.grades[i] < nearBefore2 {
			return false
		}
		if at := slices.IndexFunc(a.evidence.find(t), func(m match) bool { return m.clause == a.clause }); at >= 0 {
			place := a.evidence.find(t)[at]
			if a.evidence.qualifies(place, nil, a.figure) {
				return false // 万元GDP能耗 is something else
			}
			places = append(places, place)
		}
	}
	return len(places) > 0 || !a.evidence.hasOtherSubject(a.clause, a.figure, places)
}

// tells tells whether a light word of the question stands for one of an anchor's own clause, and for none of another's: 现有 for
// the 总数.
func (q *question) tells(a, other *anchor) bool {
	for i, t := range q.terms {
		if t.class == vague && !t.own && a.clauses[i] == a.clause && a.grades[i] >= sameMeaning && other.grades[i] < inList {
			return true
		}
	}
	return false
}

// contrasted tells whether the clauses of two anchors hold words that exclude each other, and the question neither.
func (e *Engine) contrasted(q *question, a, b *anchor) bool {
	left, right := a.clauseText(), b.clauseText()
	for _, token := range retrieval.Analyse(left) {
		if q.speaksOf(a, token) {
			continue // 农民 is 农村居民
		}
		for _, opposite := range e.vocabulary.exclusive[token.Text] {
			if strings.Contains(right, opposite) && !strings.Contains(left, opposite) &&
				!strings.Contains(q.text, opposite) && !strings.Contains(q.text, token.Text) {
				return true
			}
		}
	}
	return false
}

// speaksOf tells whether a word of an anchor's clause is part of what stands for a term of the question there.
func (q *question) speaksOf(a *anchor, token retrieval.Token) bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.class >= noun && slices.ContainsFunc(t.variants, func(v variant) bool {
			c := a.evidence.clauses[a.clause]
			return v.grade >= sameMeaning && strings.Contains(v.text, token.Text) && strings.Contains(a.evidence.text[c.start:c.end], v.text)
		})
	})
}
