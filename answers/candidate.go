package answers

import (
	"context"
	"slices"

	"wenbao/retrieval"
)

// # Which sentences are looked at
//
// The scan fetches the sentences that hold the question's words, and those that the conversation was about are added. For each it is
// noted where its terms stand, in the sentence and around it: in the heading, in the sentence before, further up in the part. near.go
// tells what such a place is worth.

// mostCandidates is how many sentences are fetched. The right one is among the first few when the
// question shares any rare word with it; the rest is for questions whose words are common.
const mostCandidates = 40

// candidates fetches the sentences that hold the question's words.
func (e *Engine) candidates(ctx context.Context, q *question, most int) ([]candidate, error) {
	var terms []retrieval.Term
	for _, t := range append(q.terms[:len(q.terms):len(q.terms)], q.inherited...) {
		variants := slices.Clip(t.variants)
		for _, part := range t.parts {
			variants = append(variants, part.variants...)
		}
		for _, v := range variants {
			for _, word := range e.words.of(v.text) {
				terms = append(terms, retrieval.Term{Text: word, Weight: max(t.weight, 0.05) * v.grade})
			}
		}
	}
	hits, err := e.scan.Search(ctx, terms, most)
	if err != nil {
		return nil, err
	}
	candidates := make([]candidate, 0, len(hits))
	for _, hit := range hits {
		candidates = append(candidates, newCandidate(q, e.evidence[hit.Sentence]))
	}
	for _, ev := range e.evidence { // what was talked about is looked at whether or not it shares a word
		if q.context[ev] > 0 && !slices.ContainsFunc(hits, func(h retrieval.Hit) bool { return h.Sentence == ev.sentence.Index }) {
			candidates = append(candidates, newCandidate(q, ev))
		}
	}
	return candidates, nil
}

// candidate is a sentence with the places where the question's terms stand in it.
type candidate struct {
	evidence  *evidence
	terms     []presence // by term
	inherited []presence
}

// presence is where a term is present in and around a sentence.
type presence struct {
	matches  []match
	heading  float64 // grade
	previous float64
	section  float64 // further up in the section
	parts    []presence
}

// somewhere tells whether a term, or a part of it, is present at all.
func (p *presence) somewhere() bool {
	return len(p.matches) > 0 || p.heading > 0 || p.previous > 0 || p.section > 0 ||
		slices.ContainsFunc(p.parts, func(part presence) bool { return part.somewhere() })
}

func newCandidate(q *question, ev *evidence) candidate {
	present := q.slab.presence(len(q.terms) + len(q.inherited))
	c := candidate{evidence: ev, terms: present[:len(q.terms)], inherited: present[len(q.terms):]}
	for i, t := range q.terms {
		c.terms[i] = ev.presence(q.slab, t)
	}
	for i, t := range q.inherited {
		c.inherited[i] = ev.presence(q.slab, t)
	}
	return c
}

func (ev *evidence) presence(s *slab, t *term) presence {
	p := presence{matches: ev.find(t), heading: ev.inHeading(t)}
	if ev.previous != nil {
		for _, m := range ev.previous.find(t) {
			p.previous = max(p.previous, m.grade)
		}
		switch {
		case t.class == name && !t.place && !ev.goesOn():
			p.previous /= 2 // a new sentence is about somebody else
		case ev.previous.open():
			p.previous *= nearBefore2 / nearPrevious // a semicolon does not end what is said of something
		}
	}
	if ev.topic != nil {
		for _, m := range ev.topic.find(t) {
			p.previous = max(p.previous, m.grade*nearBefore2/nearPrevious)
		}
	}
	if t.seldom && t.class == noun && !t.number && ev.previous != nil && len(p.matches) == 0 && p.previous == 0 {
		for before := ev.previous.previous; before != nil; before = before.previous {
			for _, m := range before.find(t) {
				p.section = max(p.section, m.grade)
			}
		}
	}
	if len(t.parts) > 0 {
		p.parts = s.presence(len(t.parts))
		for i, part := range t.parts {
			p.parts[i] = ev.presence(s, part)
		}
	}
	return p
}
