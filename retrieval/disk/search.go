package disk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"wenbao/retrieval"
)

// # Searching
//
// bleve's own searcher is not used here: it takes the number of different words over that of documents for the mean length,
// which is 1 in a large index, and it visits every sentence with any of the words. Here, words are taken in the order of
// the most that they can add to a score, and once those left cannot lift a sentence without the words before into the
// result, only the sentences found so far are looked up (MaxScore, Turtle and Flood 1995). The result is the same as when
// every sentence is scored.

// postings are the sentences with a word, or the sections with it in their headings.
type postings struct {
	reader index.TermFieldReader
	word   string
	field  string
	weight float64 // times idf, which is more than it can add to a score
	of     retrieval.FieldStatistics
}

// score is what a posting adds to a score.
func (p *postings) score(found *index.TermFieldDoc) float64 {
	length := math.Round(1 / (found.Norm * found.Norm)) // bleve keeps the length as the inverse of its root
	return p.of.Score(p.weight, float64(found.Freq), length)
}

// Search answers queries, each with up to its limit of sentences, best first. No more searches are under way than there are
// processors, the others wait for their turn: all of them together would take as long, those that are nearly done longer,
// and each holds a score for every sentence.
func (c *Corpus) Search(ctx context.Context, queries ...retrieval.Query) ([][]retrieval.Found, error) {
	results := make([][]retrieval.Found, len(queries))
	for i, query := range queries {
		select {
		case c.turns <- struct{}{}:
		case <-ctx.Done():
			return nil, fmt.Errorf("search: %w", ctx.Err())
		}
		var err error
		results[i], err = c.search(ctx, query)
		<-c.turns
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
	}
	return results, nil
}

func (c *Corpus) search(ctx context.Context, query retrieval.Query) ([]retrieval.Found, error) {
	if query.Limit <= 0 || query.Reports != nil && len(query.Reports) == 0 {
		return nil, ctx.Err()
	}
	lists, err := c.postings(ctx, query.Terms)
	defer func() {
		for _, p := range lists {
			_ = p.reader.Close() // gives it back to bleve's pool, and cannot fail
		}
	}()
	if err != nil {
		return nil, err
	}
	s := c.takeScores()
	defer c.giveScores(s)
	if query.Reports != nil {
		c.allow(s, query.Reports)
	}
	if err := s.add(ctx, lists, query.Limit); err != nil {
		return nil, err
	}
	return c.best(s, query.Limit), nil
}

// postings opens the postings of the words of a query, those that can add most to a score first.
func (c *Corpus) postings(ctx context.Context, terms []retrieval.Term) ([]*postings, error) {
	var lists []*postings
	open := func(word, field string, of retrieval.FieldStatistics, weight float64) error {
		reader, err := c.reader.TermFieldReader(ctx, []byte(word), field, true, true, false)
		if err != nil {
			return err
		}
		lists = append(lists, &postings{reader, word, field, weight * of.InverseFrequency(int(reader.Count())), of})
		return nil
	}
	for _, term := range terms {
		if term.Weight <= 0 {
			continue
		}
		if err := open(term.Text, textField, c.text, term.Weight); err != nil {
			return lists, err
		}
		if err := open(term.Text, headingField, c.heading, retrieval.HeadingWeight*term.Weight); err != nil {
			return lists, err
		}
	}
	slices.SortFunc(lists, func(a, b *postings) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.word, b.word), strings.Compare(a.field, b.field))
	})
	return lists, nil
}

// scores are the scores of a search under way, by the numbers of the sentences.
type scores struct {
	places  *places
	of      []float64
	found   []int32 // those with a score
	allowed []bool  // nil without a filter
	top     topScores

	candidates []int32 // those of the found that may be among the first
	documents  []int32 // bleve's numbers for them
}

// takeScores gives scores that are all zero.
func (c *Corpus) takeScores() *scores {
	if s, ok := c.scores.Get().(*scores); ok {
		return s
	}
	return &scores{places: &c.places, of: make([]float64, c.manifest.sentences())}
}

// giveScores takes them back.
func (c *Corpus) giveScores(s *scores) {
	for _, number := range s.found {
		s.of[number] = 0
	}
	s.found, s.allowed = s.found[:0], nil
	c.scores.Put(s)
}

// allow marks the sentences of some reports, which are the only ones to score. Keys that there are not are passed over.
func (c *Corpus) allow(s *scores, keys []string) {
	s.allowed = make([]bool, len(s.of))
	for _, key := range keys {
		if i, known := c.manifest.place(key); known {
			for number := c.places.reports[i]; number < c.places.reports[i+1]; number++ {
				s.allowed[number] = true
			}
		}
	}
}

// add adds up what the postings add to the scores, as far as it can matter for the first sentences up to the limit.
func (s *scores) add(ctx context.Context, lists []*postings, limit int) error {
	remaining := 0.0 // the most that the lists from here on can add
	for _, p := range lists {
		remaining += p.weight
	}
	threshold := 0.0 // what a sentence must have to be among the first
	for i, p := range lists {
		if threshold > remaining {
			return s.addToFound(ctx, lists[i:], remaining, threshold, limit)
		}
		if err := s.read(ctx, p, s.addTo); err != nil {
			return err
		}
		remaining -= p.weight
		threshold = s.top.least(s.of, s.found, limit)
	}
	return nil
}

// addTo adds to the score of a sentence.
func (s *scores) addTo(number int32, score float64) {
	if s.allowed != nil && !s.allowed[number] {
		return
	}
	if s.of[number] == 0 {
		s.found = append(s.found, number)
	}
	s.of[number] += score
}

// addIfFound adds to the score of a sentence that has one.
func (s *scores) addIfFound(number int32, score float64) {
	if s.of[number] > 0 {
		s.of[number] += score
	}
}

// readPostings is how many postings are read between two looks at the context.
const readPostings = 1024

// read reads all of a word's postings, and tells what each adds to the score of which sentence.
func (s *scores) read(ctx context.Context, p *postings, add func(number int32, score float64)) error {
	var posting index.TermFieldDoc
	for i := 1; ; i++ {
		next, err := p.reader.Next(&posting)
		if err != nil || next == nil {
			return err
		}
		if i%readPostings == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		place := s.places.of[next.ID.Value()]
		if place >= 0 {
			add(place, p.score(next))
			continue
		}
		score := p.score(next)
		for number, to := s.places.sentencesOf(^place); number < to; number++ {
			add(number, score)
		}
	}
}

// addToFound adds scores to those of the sentences found that may still be among the first. What it adds to the others does
// no harm: they are out.
func (s *scores) addToFound(ctx context.Context, lists []*postings, remaining, threshold float64, limit int) error {
	s.candidates = append(s.candidates[:0], s.found...)
	for _, p := range lists {
		s.candidates = slices.DeleteFunc(s.candidates, func(number int32) bool { return s.of[number]+remaining < threshold })
		var err error
		if p.field == textField && lookUpCost*uint64(len(s.candidates)) < p.reader.Count() {
			err = s.lookUp(ctx, p)
		} else {
			err = s.read(ctx, p, s.addIfFound)
		}
		if err != nil {
			return err
		}
		remaining -= p.weight
		threshold = max(threshold, s.top.least(s.of, s.candidates, limit))
	}
	return nil
}

// lookUpCost is how many postings are read in the time in which one is looked up, about.
const lookUpCost = 20

// lookUp adds a word's scores to those of the candidates.
func (s *scores) lookUp(ctx context.Context, p *postings) error {
	documents := s.documents[:0]
	for _, number := range s.candidates {
		documents = append(documents, s.places.documents[number])
	}
	slices.Sort(documents)
	s.documents = documents
	var posting index.TermFieldDoc
	var name index.IndexInternalID
	for i := 0; i < len(documents); {
		if i%readPostings == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		name = index.NewIndexInternalID(name, uint64(documents[i]))
		next, err := p.reader.Advance(name, &posting)
		if err != nil || next == nil {
			return err
		}
		at := int32(next.ID.Value())
		for i < len(documents) && documents[i] < at {
			i++
		}
		if i < len(documents) && documents[i] == at {
			s.of[s.places.of[at]] += p.score(next)
			i++
		}
	}
	return nil
}

// topScores is a heap of the highest scores, the least of them first.
type topScores []float64

// least is the score of the last of the first sentences up to the limit; 0 when there are fewer.
func (t *topScores) least(scores []float64, numbers []int32, limit int) float64 {
	if len(numbers) < limit {
		return 0
	}
	h := (*t)[:0]
	for _, number := range numbers {
		score := scores[number]
		switch {
		case len(h) < limit:
			h = append(h, score)
			if len(h) == limit {
				slices.Sort(h) // which is a heap
			}
		case score > h[0]:
			h[0] = score
			h.sink()
		}
	}
	*t = h
	return h[0]
}

// sink puts the first score in its place.
func (t topScores) sink() {
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(t) {
			return
		}
		if child+1 < len(t) && t[child+1] < t[child] {
			child++
		}
		if t[i] <= t[child] {
			return
		}
		t[i], t[child] = t[child], t[i]
		i = child
	}
}

// best are the sentences with the highest scores; among equals, those that come first in the corpus.
func (c *Corpus) best(s *scores, limit int) []retrieval.Found {
	threshold := s.top.least(s.of, s.found, limit)
	var numbers []int32
	for _, number := range s.found {
		if s.of[number] >= threshold {
			numbers = append(numbers, number)
		}
	}
	slices.SortFunc(numbers, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.of[b], s.of[a]), cmp.Compare(a, b))
	})
	numbers = numbers[:min(limit, len(numbers))]
	best := make([]retrieval.Found, len(numbers))
	for i, number := range numbers {
		report, sentence := c.places.reportOf(number)
		best[i] = retrieval.Found{Report: c.manifest.Reports[report].Key, Sentence: sentence, Score: s.of[number]}
	}
	return best
}
