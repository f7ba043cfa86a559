package answers

import (
	"fmt"
	"slices"
	"strings"
)

// # When the report does not say
//
// An anchor answers only when what the question is about has been found near it. A term is missing when neither it nor
// anything that may stand for it was found with a grade × nearness of at least the constant found. Then
//
//   - a name that is missing always refuses: what the report says about one company is nothing said about another;
//   - a noun that the whole report lacks refuses too, unless it only names what is asked for (哪个奖项);
//   - otherwise the missing terms' share of the weight decides, since people paraphrase verbs and common nouns.
const (
	// mostMissing is the share of the weight that may be missing. Below a quarter even one paraphrased verb refuses
	// questions of four words; above a half 占地多少亩 would be answered with an investment.
	mostMissing = 0.36
)

// refusal says why an anchor does not answer; empty when it does.
func (e *Engine) refusal(q *question, a *anchor) string {
	if a.conflict != nil {
		return fmt.Sprintf("报告没有提到“%s”的这项内容。", a.conflict.text)
	}
	var missing, total float64
	var heaviest *term
	for i, t := range q.terms {
		if t.class == vague || t.own {
			continue
		}
		weight := t.weight
		if t.answerType || t.class == attribute {
			weight *= 0.3
		}
		total += weight
		if a.grades[i] >= found {
			continue
		}
		missing += weight
		if heaviest == nil || t.weight > heaviest.weight {
			heaviest = t
		}
		switch {
		case t.answerType:
		case t.class == name:
			return notSaid(t)
		case t.class == noun && !t.known():
			return notSaid(t)
		}
	}
	if total == 0 && q.context[a.evidence] >= inSameSentence {
		return ""
	}
	if q.context != nil && q.context[a.evidence] < inSameSentence && a.inherited < inheritedFound {
		return "报告没有说到这个问题。"
	}
	if total == 0 && q.context != nil {
		return ""
	}
	if total == 0 || missing/total > mostMissing {
		if heaviest != nil {
			return notSaid(heaviest)
		}
		return "报告没有说到这个问题。"
	}
	return ""
}

// unanswerable says why no report answers a question, whatever it is about; empty when it may.
func (e *Engine) unanswerable(q *question) string {
	switch {
	case q.has[asksOpinion]:
		return "报告不作评价和预测,这里只按原文回答。"
	case q.has[asksCause]:
		return "报告没有说明原因。"
	case q.has[asksProblem] && !e.holdsAny(asksProblem):
		return "报告没有说到问题和不足。"
	case q.has["before-last"], q.has["next-year"]:
		return fmt.Sprintf("这份报告说的是%d年的工作。", e.report.Year)
	}
	for _, year := range q.years {
		if year != e.report.Year && !e.holds(fmt.Sprint(year)) {
			return fmt.Sprintf("报告没有提到%d年,说的是%d年的工作。", year, e.report.Year)
		}
	}
	return ""
}

// holdsAny tells whether the report holds any of the words of a role.
func (e *Engine) holdsAny(r role) bool {
	for word, roles := range e.vocabulary.roles {
		if slices.Contains(roles, r) && e.holds(word) {
			return true
		}
	}
	return false
}

func notSaid(t *term) string {
	if t.known() {
		return fmt.Sprintf("报告提到了“%s”,但没有说到所问的内容。", strings.ToUpper(t.text))
	}
	return fmt.Sprintf("报告没有提到“%s”。", strings.ToUpper(t.text))
}
