package answers

import "context"

// # What a refusal offers instead
//
// A refusal says what is missing and shows the few sentences that come nearest, as related and never as the answer: of 充电桩占地多少亩
// the sentence that says how many 充电桩 there are. A sentence is near from a score of found on, as a word is.

// mostRelated is how many near sentences a refusal offers.
const mostRelated = 3

// refuse says what is missing and offers the sentences that come near.
func (e *Engine) refuse(ctx context.Context, q *question, note string) (result, error) {
	candidates, err := e.candidates(ctx, q, mostCandidates)
	if err != nil {
		return result{}, err
	}
	return e.refuseWith(q, note, candidates), nil
}

// refuseWith offers those of some candidates that come near.
func (e *Engine) refuseWith(q *question, note string, candidates []candidate) result {
	r := result{kind: NotFound, note: note}
	most := 0
	for i := range candidates {
		most += len(candidates[i].evidence.clauses)
	}
	anchors := q.slab.room(most)
	for i := range candidates {
		anchors = e.clauseAnchors(anchors, q, &candidates[i])
	}
	seen := make(map[*evidence]bool)
	for _, a := range best(anchors) {
		if len(r.related) == mostRelated || a.score < found {
			break
		}
		if !seen[a.evidence] {
			seen[a.evidence] = true
			r.related = append(r.related, e.passage(q, &a))
		}
	}
	return r
}
