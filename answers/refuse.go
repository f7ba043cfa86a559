package answers

import (
	"fmt"
	"slices"
	"strings"
)

// # When the report does not say
//
// The best anchor answers unless something that the question demands was not found. It is judged in three steps, and the first
// that objects gives the reason that the reader is told:
//
//	unmet.go    what it says or leaves unsaid, however well the words agree: another year, no name where one is asked for
//	cover.go    how much of the question's words it lacks
//	here        how much may be lacking, and what a follow-up need not say again
//
// A term is missing when neither it nor anything that may stand for it was found with a grade × nearness of at least the constant
// found. Then
//
//   - a name that is missing always refuses: what the report says about one company is nothing said about another;
//   - so does a figure that the question states and a verb whose opposite reports say (撤销);
//   - otherwise the missing terms' share of the weight decides, since people paraphrase verbs and common nouns. What only
//     names what is asked for (哪个奖项) hardly counts, a noun that the whole report lacks counts more.
//
// So 充电桩占地多少亩 is refused where the report tells of 充电桩 and not of 占地: more of the weight is missing than mostMissing, and
// the reader is told that 占地 is what it does not speak of.

const (
	// mostMissing is the share of the weight that may be missing. Below a quarter even one paraphrased verb refuses
	// questions of four words; above a half 占地多少亩 would be answered with an investment.
	mostMissing = 0.34
	// saysEnough is the weight from which a follow-up that is found whole needs nothing of the question before.
	saysEnough = 1.5
)

// refusal says why an anchor does not answer; empty when it does: first what it says or fails to say of what the question
// demands, then how much of the question's words it lacks.
func (e *Engine) refusal(q *question, a *anchor) string {
	if note := e.unmet(q, a); note != "" {
		return note
	}
	c := e.cover(q, a)
	if c.fatal != nil {
		return notSaid(c.fatal)
	}
	if q.context != nil {
		if note, settled := q.followsUp(a, &c); settled {
			return note
		}
	}
	switch enough := c.total > 0 && c.missing/c.total <= mostMissing; {
	case enough && q.asksOfficer() && !a.evidence.namesPerson():
		return "报告没有列出名称。"
	case enough:
		return ""
	case c.heaviest != nil:
		return notSaid(c.heaviest)
	}
	return "报告没有说到这个问题。"
}

// followsUp judges an anchor for a question that leans on the one before; settled tells that the note, empty for an answer,
// is the last word. What the question inherits counts as found where it stands.
func (q *question) followsUp(a *anchor, c *coverage) (note string, settled bool) {
	if !q.saysSomething() {
		switch {
		case !q.asksAnything():
			return notUnderstood, true // 啊, 不对
		case q.context[a.evidence] >= inSameSentence:
			return "", true // 一共投了多少 is answered where the answer before stood
		case q.timing != anyTime && !a.astray && a.inherited >= inheritedFound:
			return "", true // 今年的目标呢 is the same for another time
		}
	}
	if a.astray && !q.saysThing() && q.context[a.evidence] < inSameSentence {
		return "报告没有说到这个问题。", true // 去年呢,涨了多少: of what was asked about before
	}
	if q.context[a.evidence] > 0 {
		for _, t := range q.inherited {
			c.total += t.weight * inheritedWeight * a.inherited
		}
	}
	if q.context[a.evidence] < inSameSentence && a.inherited < inheritedFound && (c.missing > 0 || c.total < saysEnough) {
		return "报告没有说到这个问题。", true
	}
	return "", c.total == 0
}

// notUnderstood is said where a question says nothing that could be looked for.
const notUnderstood = "没有看懂，请再问得完整一些。"

// asksAnything tells whether a question without a subject asks at all: 多少, 增速, 投资呢, 哪个.
func (q *question) asksAnything() bool {
	return q.elliptical() || q.has[asksNames] || slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return s.asks(q.text) || kindOf(s) || s.is(asksList) || s.is(asksEach) || s.is(asksBoth) || s.is(asksCheck) && !s.is(isEmpty) || slices.ContainsFunc(s.roles, isHint)
	})
}

// recalls tells whether an anchor stands where the question before was answered.
func (q *question) recalls(a *anchor) bool { return q.context[a.evidence] >= inSameSentence }

func notSaid(t *term) string {
	if t.known() {
		return fmt.Sprintf("报告提到了“%s”，但没有说到所问的内容。", strings.ToUpper(t.text))
	}
	return fmt.Sprintf("报告没有提到“%s”。", strings.ToUpper(t.text))
}
