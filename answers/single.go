package answers

import (
	"context"
	"slices"
	"strings"
)

// # The one best answer
//
// Most questions have one answer: the best anchor, unless refuse.go objects. Then one a little worse may do: of
// 新建充电桩10018个,总数达20207个 the question 充电桩总数 may put 10018个 first, which says 新建 in its place, while 20207个 comes near and does
// not. How near another must come is told by three shares of the best score, which were set by hand on the development questions:
// too low, and a refusal becomes a wrong answer.

// single answers with the best anchor, or refuses.
func (e *Engine) single(ctx context.Context, q *question) (result, bool, error) {
	candidates, err := e.candidates(ctx, q, mostCandidates)
	if err != nil {
		return result{}, false, err
	}
	anchors := e.anchors(q, candidates)
	top, note := e.choose(q, anchors)
	if note != "" {
		return e.refuseWith(q, note, candidates), true, nil
	}
	readings := e.otherReadings(q, top, anchors)
	if told := slices.IndexFunc(readings, func(a *anchor) bool { return q.tells(a, top) }); told >= 0 {
		top, readings = readings[told], nil
	}
	p := e.passage(q, top)
	for _, other := range append(append(readings, q.before(top, anchors)...), q.ofEach(top, anchors)...) {
		e.merge(&p, e.passage(q, other))
	}
	return result{kind: Found, passages: []Passage{p}}, true, nil
}

// choose picks the anchor that answers, or says why none does.
func (e *Engine) choose(q *question, anchors []anchor) (*anchor, string) {
	if len(anchors) == 0 {
		return nil, "报告没有说到这个问题。"
	}
	top := &anchors[0]
	if top.conflict != nil {
		// The sentence may say it a clause further: of 充电桩总数 in 新建充电桩10018个,总数达20207个.
		for i := range anchors {
			other := &anchors[i]
			named := top.conflict.class == name && other.grades[top.conflict.index] >= nearListHead // 甲公司落地投了多少 stands where it does not say 落地
			near := other.evidence == top.evidence || q.context != nil || other.evidence.follows(top.evidence) || named
			enough := besideConflict
			if named && q.context != nil || other.evidence == top.evidence && q.holdsNouns(other) && top.conflict.opens(other.clauseText()) {
				enough = besideNamed
			}
			if near && other.conflict == nil && other.score >= top.score*enough {
				top = other
				break
			}
		}
	}
	if q.recalls(top) && !q.holdsNouns(top) {
		// What is asked anew need not be about what was spoken of: 那个联盟发布了什么宣言, after a question for a day.
		for i := range anchors {
			if other := &anchors[i]; other.conflict == nil && other.score >= top.score*besideRecalled && q.holdsNouns(other) && e.refusal(q, other) == "" {
				top = other
				break
			}
		}
	}
	note := e.refusal(q, top)
	for i := 1; note != "" && top.conflict == nil && i < len(anchors) && anchors[i].score >= top.score*besideLacking; i++ {
		if other := &anchors[i]; other.conflict == nil && (other.score >= top.score*besideRefused || q.holdsNouns(other)) && e.refusal(q, other) == "" {
			return other, ""
		}
	}
	return top, note
}

// opens tells whether a text begins with a word or what may stand for it.
func (t *term) opens(text string) bool {
	return slices.ContainsFunc(t.variants, func(v variant) bool { return strings.HasPrefix(text, v.text) })
}

// besideConflict is how near an anchor must come to one that says something else, to be taken in its place.
const besideConflict = 0.85

// besideNamed is the same for an anchor that speaks of what the top one says otherwise, in the same sentence (一季度增长5.4%,…四季度增长
// 4.5%) or in a follow-up that names another thing (乙公司呢): the top one has what was asked before, which need not be meant to the
// letter.
const besideNamed = 0.7

// besideRecalled is the same for one that holds all nouns of a follow-up, where the top one was only spoken of before.
const besideRecalled = 0.8

// besideLacking is the same for one that holds all nouns of the question, where the better one lacks some: 核电装机容量比上年末增长多少
// is not asked of 发电装机容量…比上年末增长6.5%.
const besideLacking = 0.85

// besideRefused is the same for one that does not answer: of 养老金提高10% and 养老金由1386元增加到1561元 only the second tells
// from how much to how much.
const besideRefused = 0.95

// holdsNouns tells whether all nouns and names that a question is about were found near an anchor, and nearer than in a heading.
func (q *question) holdsNouns(a *anchor) bool {
	nouns := 0
	for i, t := range q.terms {
		if !t.isThing() || t.answerType {
			continue
		}
		if nouns++; a.grades[i] < nearHeading {
			return false
		}
	}
	return nouns > 1
}
