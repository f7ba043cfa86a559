package answers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// # The items of a list
//
// A clause becomes an item by how well it holds each of the choices that the question leaves open, in its own clause or in one of the same
// row of subjects. Then what only comes near is taken out: where a word itself is found somewhere, what stands for it elsewhere does not
// belong. Last, those that are counted give way to those that are named where names are asked for, and to those with figures where data is.

// listItem is a clause that may belong to a list.
type listItem struct {
	anchor anchor
	score  float64
	whole  bool      // holds all that the question is about
	grades []float64 // by group of alternatives
}

// withFigures keeps those of a list that give figures, for a question that asks for data; all of them where none does.
func withFigures(anchors []anchor) []anchor {
	told := slices.DeleteFunc(slices.Clone(anchors), func(a anchor) bool {
		return len(a.evidence.groupFigures(a.evidence.clauses[a.clause].group)) == 0
	})
	if len(told) == 0 {
		return anchors
	}
	return told
}

// named keeps those of a list that are named rather than counted, for a question that asks for names: of 甲、乙等项目加快建设 and
// 177个项目加快建设 the first; all of them where none is named or names are not asked for.
func (q *question) named(anchors []anchor) []anchor {
	if !q.has[asksNames] && !q.has[asksWho] && !namesAsked.MatchString(q.text) {
		return anchors
	}
	named := slices.DeleteFunc(slices.Clone(anchors), func(a anchor) bool {
		ev := a.evidence
		return slices.ContainsFunc(ev.figures, func(f figure) bool {
			return f.clause == a.clause && f.content.Kind == content.Count && !strings.Contains(ev.text[ev.clauses[a.clause].start:f.start], "、")
		})
	})
	if len(named) == 0 {
		return anchors
	}
	return named
}

// namesAsked finds a list question for names, by what does not say so alone.
var namesAsked = compile(`点名|点了.{0,3}名|点到|有谁|是谁|名字`)

// listItems weighs every clause of the report, or of the part that the question names, where any of the alternatives is near.
func (e *Engine) listItems(q *question, groups [][]int) []listItem {
	var items []listItem
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		before := q.slab.presences
		c := newCandidate(q, ev)
		if !c.holdsAny(groups) {
			q.slab.presences.backTo(before.items, before.used) // as though it had not been looked at
			continue
		}
		for here := range ev.clauses {
			if a := e.score(q, &c, here, nil); a.conflict == nil && !a.untimely {
				items = append(items, q.listItem(groups, a))
			}
		}
	}
	return items
}

// holdsAny tells whether a term of any group is present in or around a sentence; otherwise each is found nowhere near.
func (c *candidate) holdsAny(groups [][]int) bool {
	return slices.ContainsFunc(groups, func(group []int) bool {
		return slices.ContainsFunc(group, func(i int) bool { return c.terms[i].somewhere() })
	})
}

// listItem grades how well an anchor's own clause holds each group of alternatives.
func (q *question) listItem(groups [][]int, a anchor) listItem {
	item := listItem{anchor: a, whole: true, grades: q.slab.grades.take(len(groups), len(groups)*slabAnchors)}
	clear(item.grades)
	total := 0.0
	for g, group := range groups {
		weight := 0.0
		for _, i := range group {
			own := a.grades[i]
			switch at := a.clauses[i]; {
			case at < 0 || a.evidence.clauses[at].group == a.evidence.clauses[a.clause].group:
			case a.evidence.sameRun(at, a.clause):
				own = max(own, a.evidence.gradeIn(q.terms[i], at)) // beyond a comma, but said of this as well
			default:
				own = min(own, found) // elsewhere in the sentence: it only leans on this clause
			}
			if q.terms[i].kind {
				own = min(own, a.evidence.namesKind(q.terms[i], a.clause))
			}
			for _, other := range q.terms[i].with {
				own = min(own, a.grades[other])
			}
			item.grades[g] = max(item.grades[g], own)
			weight = max(weight, q.terms[i].weight)
		}
		item.score += weight * item.grades[g]
		total += weight
		item.whole = item.whole && item.grades[g] >= inList
	}
	item.score /= total
	return item
}

// sameRun tells whether two clauses stand between the same two commas, or in a row of subjects that one verb is said of, with commas
// between them: 甲厂8英寸、12英寸生产线,乙厂6英寸线建成投产.
func (ev *evidence) sameRun(one, other int) bool {
	from, to := min(ev.clauses[one].group, ev.clauses[other].group), max(ev.clauses[one].group, ev.clauses[other].group)
	for group := from; group < to; group++ {
		if !ev.onlyNames(group) {
			return false
		}
	}
	return true
}

// gradeIn is how well a clause holds a term.
func (ev *evidence) gradeIn(t *term, here int) float64 {
	best := 0.0
	for _, m := range ev.find(t) {
		if m.clause == here {
			best = max(best, m.grade)
		}
	}
	return best
}

// onlyNames tells whether the text between two commas is but a row of nouns, so that what is said of them stands behind the next comma.
func (ev *evidence) onlyNames(group int) bool {
	text := ev.groupText(group)
	if !strings.Contains(text, "、") {
		return false
	}
	start := ev.groupStart(group)
	tokens := ev.wordsIn(start, start+len(text))
	if len(tokens) < 2 || !strings.HasPrefix(tokens[len(tokens)-1].Tag, "n") {
		return false
	}
	last := len(tokens) - 1
	if utf8.RuneCountInString(tokens[last].Text) == 1 {
		last-- // 制造线 is one noun
	}
	return !slices.ContainsFunc(tokens[:last], func(t retrieval.Token) bool { return strings.HasPrefix(t.Tag, "v") && t.Tag != "vn" })
}

// prune takes out what only comes near: where a word itself is found somewhere, what stands for it elsewhere does not
// belong (headed tells that headings hold all of them), and of the clauses about a company those alone that tell of what is listed (哪些荣誉), where there are any.
func prune(q *question, groups [][]int, items []listItem, headed bool) {
	ceiling := make([]float64, len(groups)) // how well each group is found anywhere
	for g, group := range groups {
		if headed && q.terms[group[0]].kind {
			ceiling[g] = 1 // in headings
		}
	}
	for _, item := range items {
		for g, grade := range item.grades {
			ceiling[g] = max(ceiling[g], grade)
		}
	}
	ofKind := slices.ContainsFunc(q.terms, func(t *term) bool { return t.kind })
	for k := range items {
		for g, grade := range items[k].grades {
			least := nearCeiling
			for _, i := range groups[g] {
				switch t := q.terms[i]; {
				case t.class == verb && i+1 < len(q.terms) && q.terms[i+1].start == t.end && q.terms[i+1].class == vague && q.terms[i+1].known():
					// the 示范 of 示范项目 is nothing that is done
				case t.class == verb && ofKind:
					least = max(least, sameMeaning) // a 联盟 that was 组建 or 成立 is there either way
				case t.class == verb, t.kind, slices.Contains(q.quoted, t.text):
					least = nearLetter
				}
			}
			if grade < ceiling[g]*least {
				items[k].whole = false
			}
		}
	}
	listed := q.listed()
	if listed < 0 {
		return
	}
	tells := func(i listItem) bool { return i.whole && i.anchor.grades[listed] >= inList }
	if slices.ContainsFunc(items, tells) {
		for k := range items {
			items[k].whole = tells(items[k])
		}
	}
}

// listed is the term behind the interrogative of a list question, which names what is listed; -1 when there is none, or when it stands
// beside a word that takes all in: 有哪些项目和进展.
func (q *question) listed() int {
	listed := slices.IndexFunc(q.terms, func(t *term) bool {
		return t.class == vague && t.known() && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.end == t.start && (s.is(asksList) || s.is(asksWhat)) })
	})
	if listed >= 0 && q.takesAllIn(listed) {
		return -1
	}
	return listed
}

// takesAllIn tells whether a word that no report lists anything by stands beside a term, so that all that is told belongs: the 进展 of 有哪些项目和进展.
func (q *question) takesAllIn(at int) bool {
	next := at + 1
	return next < len(q.terms) && q.terms[next].class == vague && !q.terms[next].known() && joint.MatchString(q.text[q.terms[at].end:q.terms[next].start])
}
