package answers

import (
	"context"
	"fmt"
	"slices"
)

// # What no report answers
//
// Some questions are refused before anything is looked for, by what they ask rather than by what they ask of: opinions and
// forecasts (你觉得怎么样), causes, what went wrong where the report tells of no such thing, and years that it does not speak of.
// Where the report itself uses such a word, it may be answered after all.

// refuseAtOnce refuses what no report answers.
func (e *Engine) refuseAtOnce(ctx context.Context, q *question) (result, bool, error) {
	note := e.unanswerable(q)
	if note == "" {
		return result{}, false, nil
	}
	r, err := e.refuse(ctx, q, note)
	return r, true, err
}

// unanswerable says why no report answers a question, whatever it is about; empty when it may.
func (e *Engine) unanswerable(q *question) string {
	switch {
	case q.has[asksOpinion] && !(q.has[asksNumber] && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(asksOpinion) && e.holds(q.text[s.start:s.end]) })):
		return "报告不作评价和预测，这里只按原文回答。"
	case q.has[asksCause] && !(q.has[asksList] && e.holdsAny(asksCause)):
		return "报告没有说明原因。"
	case q.has[asksProblem] && !e.holdsAny(asksProblem):
		return "报告没有说到问题和不足。"
	case q.has[namesBeforeLast] && !againstBefore.MatchString(q.text), q.has[namesNextYear] && !q.meansPlanYear(e):
		return fmt.Sprintf("这份报告说的是%d年的工作。", e.report.Year)
	}
	for _, year := range q.otherYears(e) {
		if !slices.ContainsFunc(e.evidence, func(ev *evidence) bool { return ev.tellsOf(year) }) {
			return e.onlyYear(year)
		}
	}
	return ""
}

// meansPlanYear tells whether a question itself says that the year that the report plans is the next one: 明年(指2022年)目标是多少.
func (q *question) meansPlanYear(e *Engine) bool {
	return e.report.PlanYear > 0 && slices.Contains(q.years, e.report.PlanYear) && q.has[namesNextYear]
}

// againstBefore finds the year before the last where it is only compared with.
var againstBefore = compile(`[比较跟和与同]前年`)

// holdsAny tells whether the report holds any of the words of a role.
func (e *Engine) holdsAny(r role) bool {
	for word, roles := range e.vocabulary.roles {
		if slices.Contains(roles, r) && e.holds(word) {
			return true
		}
	}
	return false
}
