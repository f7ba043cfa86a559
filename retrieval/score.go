package retrieval

import (
	"cmp"
	"math"
	"slices"
)

// scoreSteps is to how many parts of one scores are told apart. The last digits of a sum depend on its order: without it
// ties would fall differently where other searchers add up otherwise.
const scoreSteps = 1e9

// score adds up what the words of terms find: each score times the term's weight, scaled so that the squares of the weights
// add up to 1, and the sum times the share of the words that were found. The hits come best first.
func (x *Index) score(terms []Term) []Hit {
	type match struct {
		in     *field
		found  []posting
		rarity float64
		weight float64
	}
	matches := make([]match, 0, 2*len(terms))
	sum := 0.0
	for _, term := range terms {
		add := func(in *field, boost float64) float64 {
			found, rarity := in.find(term.Text)
			m := match{in, found, rarity, boost * term.Weight * rarity}
			matches = append(matches, m)
			return m.weight * m.weight
		}
		sum += add(&x.text, 1) + add(&x.headings, headingBoost)
	}
	scale := 1 / math.Sqrt(sum)
	type total struct {
		score float64
		found int
	}
	totals := make([]total, x.sentences)
	hit := 0
	for _, m := range matches {
		weight := m.weight * scale
		for _, p := range m.found {
			t := &totals[p.sentence]
			if t.found == 0 {
				hit++
			}
			t.score += m.in.score(p, m.rarity) * weight
			t.found++
		}
	}
	hits := make([]Hit, 0, hit)
	for sentence, t := range totals {
		if t.found > 0 {
			score := t.score * float64(t.found) / float64(2*len(terms))
			hits = append(hits, Hit{Sentence: sentence, Score: math.Round(score*scoreSteps) / scoreSteps})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Sentence, b.Sentence))
	})
	return hits
}
