package answers

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// explained is how many anchors an explanation shows.
const explained = 6

// Explain tells why the last of a conversation's questions is answered as it is: what was asked for, the terms with their
// class, weight and what may stand for them, the stage that answered and with what, and of a single answer the best anchors
// with the parts of their score and the reason why one does not answer. Messages that ask several questions are explained as
// one.
func (e *Engine) Explain(ctx context.Context, turns ...string) (string, error) {
	if len(turns) == 0 {
		return "", ErrEmpty
	}
	var conversation Conversation
	for _, turn := range turns[:len(turns)-1] {
		if _, err := e.Answer(ctx, &conversation, turn); err != nil && !errors.Is(err, ErrEmpty) {
			return "", err
		}
	}
	q := e.understand(turns[len(turns)-1])
	var b strings.Builder
	if conversation.evidence != nil && q.leans() {
		q = conversation.inherit(e, q)
		for _, t := range q.inherited {
			fmt.Fprintf(&b, "inherited %s weight=%.2f %v\n", t.text, t.weight, t.variants)
		}
	}
	fmt.Fprintf(&b, "question  %s\n", q.text)
	for _, span := range q.spans {
		fmt.Fprintf(&b, "  role    %s %v %s\n", q.text[span.start:span.end], span.roles, span.unit)
	}
	fmt.Fprintf(&b, "wants     figure=%v kinds=%v unit=%s strong=%v years=%v given=%v\n", q.wants.figure, q.wants.kinds, q.wants.unit, q.wants.strong, q.years, q.given)
	for _, t := range q.terms {
		fmt.Fprintf(&b, "  term    %s class=%s weight=%.2f own=%v type=%v %v\n", t.text, t.class, t.weight, t.own, t.answerType, t.variants)
	}
	r, stage, err := e.pass(ctx, q)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "stage     %s: %s %s\n", stage, r.kind, r.note)
	for _, p := range r.passages {
		fmt.Fprintf(&b, "  passage %s [%s]\n", p.Section.Label, p.Quote)
	}
	candidates, err := e.candidates(ctx, q, mostCandidates)
	if err != nil {
		return "", err
	}
	anchors := e.anchors(q, candidates)
	for i := range anchors[:min(explained, len(anchors))] {
		a := &anchors[i]
		c := a.evidence.clauses[a.clause]
		fmt.Fprintf(&b, "  anchor  %.3f", a.score)
		if a.figure != nil {
			fmt.Fprintf(&b, " %s", a.evidence.text[a.figure.start:a.figure.end])
		}
		fmt.Fprintf(&b, " [%s]", a.evidence.text[c.start:c.end])
		for i, t := range q.terms {
			fmt.Fprintf(&b, " %s=%.2f", t.text, a.grades[i])
		}
		if a.inherited > 0 || q.context[a.evidence] > 0 {
			fmt.Fprintf(&b, " inherited=%.2f context=%.2f", a.inherited, q.context[a.evidence])
		}
		if note := e.refusal(q, a); note != "" {
			fmt.Fprintf(&b, " REFUSED %s", note)
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

func (c class) String() string {
	return map[class]string{vague: "vague", attribute: "attribute", modifier: "modifier", verb: "verb", noun: "noun", name: "name"}[c]
}
