package answers

import (
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # How much of a question was found
//
// Every term of the question weighs something, and its weight counts as found or missing. The sum of what is missing, by the sum of
// all, is what refuse.go judges by. Of 技改投资增速是多少 an anchor that says 技改投资增长12% lacks 增速, whose weight counts
// by seldomSaid only: next to nothing is missing.

// How much the words count that are missing or found. As those of the ranking, the constants were set by hand on the development
// questions.
const (
	// seldomSaid is how much a word counts that names what is asked for (哪个奖项, 增速): the sentence seldom holds it.
	seldomSaid = 0.3
	// missingAside is how much a missing word counts that only leads to the question.
	missingAside = 0.3
	// missingVerb is how much a verb counts that is missing but stands elsewhere in the report: verbs are what people
	// paraphrase most.
	missingVerb = 0.7
	// unknownVerb is how much one counts that the report does not hold at all, nor anything that may stand for it: one of the many
	// ways to say what is done (架设路灯, 圈定名册), since those that say a deed of their own refuse (lexicon/deeds.txt).
	unknownVerb = 0.25
	// missingOne is how much more a noun counts that is one of a row: what is said of another industry is not said of 第二产业.
	missingOne = 1.5
	// missingPart is how much more a word counts that tells which part of a whole is asked for: 意向里签约的有几个.
	missingPart = 2
	// unknownNoun is how much more a noun counts that the whole report lacks: most questions that no report answers ask for
	// an attribute that it does not give.
	unknownNoun = 1.3
	// unknownQualifier is the same for one that says which of the things is meant that the report does speak of: 博士研究生.
	unknownQualifier = 1.6
)

// coverage is how much of a question's words was not found near an anchor.
type coverage struct {
	missing, total float64 // weights
	heaviest       *term   // of those that are missing
	fatal          *term   // missing, and the question is about nothing else
}

// cover weighs what of a question an anchor lacks.
func (e *Engine) cover(q *question, a *anchor) coverage {
	var c coverage
	onlyVague := !q.saysSomething()
	inside := slices.ContainsFunc(q.terms, func(t *term) bool { return t.whole && !t.aside })
	nouns := q.nouns()
	for i, t := range q.terms {
		held := a.grades[i] >= found
		if nouns == 1 && t.class >= noun && a.grades[i] <= nearSection {
			held = false // what the question alone is about was last spoken of some sentences before
		}
		switch {
		case t.own:
			continue
		case t.class == vague && !onlyVague:
			if held {
				c.total += t.weight
			}
			continue
		}
		if !held && t.counted && a.figure != nil && a.countsUnnamed(q) {
			continue // 全国共9个, where 几个城市 is asked
		}
		if q.namesSpan(t) && (held || e.tellsOfPlan(t, a)) {
			continue // 十一五 says when, and nothing of what is asked about
		}
		weight := e.countsAs(t, held, inside)
		c.total += weight
		if held {
			continue
		}
		c.missing += weight
		if c.heaviest == nil || t.weight > c.heaviest.weight {
			c.heaviest = t
		}
		if c.fatal == nil && e.neverMissing(t) {
			c.fatal = t
		}
	}
	return c
}

// namesSpan tells whether a term only says of which years a question asks.
func (q *question) namesSpan(t *term) bool {
	return slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(spansYears) && s.start <= t.start && t.end <= s.end })
}

// tellsOfPlan tells whether what an anchor tells of several years is of the five-year plan that a term names, without naming it: what is
// to grow 年均8% in a report of the plan's first year, and what has grown so in one of its last.
func (e *Engine) tellsOfPlan(t *term, a *anchor) bool {
	ev := a.evidence
	if !ev.horizon.years && !yearlyPattern.MatchString(ev.text) {
		return false
	}
	if ev.sentence.Section.Plan {
		return t.text == planUntil(e.report.PlanYear+4)
	}
	return t.text == planUntil(e.report.Year)
}

// neverMissing tells whether a term refuses when it is missing, whatever else was found.
func (e *Engine) neverMissing(t *term) bool {
	deed := !t.known() && (e.vocabulary.deeds[t.text] || t.class == verb && len(e.vocabulary.exclusive[t.text]) > 0) // 撤销: reports say the opposite
	return !t.answerType && (t.class == name || t.number || deed)
}

// countsAs is what a word weighs in whether an anchor answers; inside tells that parts of a whole are asked for.
func (e *Engine) countsAs(t *term, held, inside bool) float64 {
	weight := t.weight * missedAs(t, held)
	if !held && t.class == noun && e.vocabulary.oneOfRow[t.text] {
		weight *= missingOne
	}
	if !held && !t.whole && t.class >= verb && inside {
		weight *= missingPart
	}
	return weight
}

// missedAs is how much more or less than its weight a word counts in whether an anchor answers.
func missedAs(t *term, held bool) float64 {
	factor := 1.0
	switch {
	case t.answerType || t.class == attribute || !held && t.focus && t.verbal && strings.HasSuffix(t.text, "到"): // 失业率降到多少, of 失业率为4%
		factor = seldomSaid
	case t.class == noun && !t.known() && t.headed != nil && t.headed.known():
		factor = unknownQualifier
	case t.class == noun && !t.known():
		factor = unknownNoun
	}
	if t.aside && !held {
		factor *= missingAside
	}
	switch {
	case held || t.class != verb:
	case t.known():
		factor *= missingVerb
	default:
		factor *= unknownVerb
	}
	return factor
}

// saysSomething tells whether a question has a word that is more than light.
func (q *question) saysSomething() bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool { return t.class > attribute && !t.own })
}

// saysThing tells whether a question has a noun or a name of its own.
func (q *question) saysThing() bool { return slices.ContainsFunc(q.terms, (*term).isThing) }

// countsUnnamed tells whether a figure's clause leaves unsaid what the figure counts: it ends with the figure, and has no noun.
func (a *anchor) countsUnnamed(q *question) bool {
	c := a.evidence.clauses[a.clause]
	if a.figure.content.Kind != content.Count || strings.Trim(a.evidence.text[a.figure.end:c.end], ")。") != "" {
		return false
	}
	return !slices.ContainsFunc(a.evidence.wordsIn(c.start, a.figure.start), func(w retrieval.Token) bool {
		return foreign(w, nil) && !slices.ContainsFunc(q.terms, func(t *term) bool { return t.text == w.Text })
	})
}
