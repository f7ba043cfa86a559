package weaviate

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"wenbao/retrieval"
)

// # Searching
//
// Weaviate scores by the statistics of a shard, and cannot score a sentence by the headings above it as well. So it
// is asked for the sentences whose own words score highest and for the sections whose headings do, and what it finds
// is scored here, as on disk. Then the sections are read whose headings could lift another of their sentences into
// the result. No sentence that has not been seen scores more than the last one found by its words and the last
// section found together (the threshold algorithm of Fagin, Lotem and Naor 2001); while that could matter, more is
// asked for.
const (
	firstSentences = 200 // asked for, at least
	perLimit       = 4   // sentences asked for, for each one wanted
	firstSections  = 100
	deeper         = 4      // by which more is asked for
	mostSentences  = 10_000 // Weaviate gives no more (QUERY_MAXIMUM_RESULTS)
	mostSections   = 1_600
	mostRead       = 4_000 // sentences of sections that are read whole, in one request
	mostRepeated   = 8     // how often a word is said, to weigh more
	rounding       = 1e-5  // of Weaviate's scores, which are of single precision
)

// weighed is a word of a query in a field, with what it weighs there.
type weighed struct {
	word    string
	heading bool
	weight  float64 // times idf
}

// Search answers queries, each with up to its limit of sentences, best first.
func (c *Corpus) Search(ctx context.Context, queries ...retrieval.Query) ([][]retrieval.Found, error) {
	results := make([][]retrieval.Found, len(queries))
	for i, query := range queries {
		s, err := c.searching(ctx, query)
		if err == nil && s != nil {
			results[i], err = s.run(ctx)
		}
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
	}
	return results, nil
}

// searching is a search under way.
type searching struct {
	corpus  *Corpus
	limit   int
	reports []int     // to search; nil for all
	words   []weighed // in the order in which they are added up on disk, so that not even the last digits differ
	asked   map[string]bool
	query   string // for Weaviate

	found    map[place]*candidate
	sections map[int]bool // read whole

	// What Weaviate's scores are to be multiplied with to be no less than ours.
	textFactor, headingFactor float64
}

// place is where a sentence stands: the number of its report, and its own there.
type place struct{ report, sentence int }

type candidate struct {
	place
	score float64
}

// searching prepares a search; nil when nothing can be found.
func (c *Corpus) searching(ctx context.Context, query retrieval.Query) (*searching, error) {
	s := &searching{
		corpus: c, limit: query.Limit,
		asked: make(map[string]bool), found: make(map[place]*candidate), sections: make(map[int]bool),
	}
	var words []string
	lightest := math.Inf(1)
	for _, term := range query.Terms {
		if term.Weight > 0 {
			words = append(words, term.Text)
			s.asked[term.Text] = true
			lightest = min(lightest, term.Weight)
		}
	}
	if query.Reports != nil {
		s.reports = c.numbersOf(query.Reports)
	}
	if query.Limit <= 0 || len(words) == 0 || query.Reports != nil && len(s.reports) == 0 {
		return nil, ctx.Err()
	}
	counts, err := c.countsOf(ctx, words)
	if err != nil {
		return nil, err
	}
	var said []string
	for _, term := range query.Terms {
		if term.Weight <= 0 {
			continue
		}
		with := counts[term.Text]
		s.words = append(s.words,
			weighed{term.Text, false, term.Weight * c.text.InverseFrequency(with.Sentences)},
			weighed{term.Text, true, retrieval.HeadingWeight * term.Weight * c.heading.InverseFrequency(with.Sections)})
		times := math.Min(math.Round(term.Weight/lightest), mostRepeated)
		said = append(said, slices.Repeat([]string{term.Text}, int(times))...)
	}
	slices.SortFunc(s.words, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.word, b.word), compareFields(a.heading, b.heading))
	})
	s.query = strings.Join(said, " ")
	return s, nil
}

// compareFields has headings stand before sentences, as heading does before text.
func compareFields(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// numbersOf are the numbers of reports. Keys that there are not are passed over.
func (c *Corpus) numbersOf(keys []string) []int {
	var numbers []int
	for _, key := range keys {
		if e, known := c.manifest.find(key); known {
			numbers = append(numbers, e.Number)
		}
	}
	return numbers
}

// run asks for more until nothing that has not been seen can be among the first.
func (s *searching) run(ctx context.Context) ([]retrieval.Found, error) {
	sentences, sections := max(firstSentences, perLimit*s.limit), firstSections
	for {
		textLeft, headingLeft, err := s.look(ctx, min(sentences, mostSentences), min(sections, mostSections))
		if err != nil {
			return nil, err
		}
		if textLeft == 0 && headingLeft == 0 || textLeft+headingLeft < s.threshold() {
			break
		}
		if sentences >= mostSentences && sections >= mostSections {
			break // as far as it goes
		}
		sentences, sections = deeper*sentences, deeper*sections
	}
	return s.best(), nil
}

// look asks for so many sentences and sections. It tells the most that the words of another sentence can score, and
// those of the headings of another section; 0 when there are no others.
func (s *searching) look(ctx context.Context, sentences, sections int) (textLeft, headingLeft float64, err error) {
	var found struct {
		Sentences []sentenceObject
		Sections  []sectionObject
	}
	names := s.corpus.names
	bySentence := search{
		name: "Sentences", collection: names.collection(sentenceCollection), fields: sentenceFields,
		words: s.query, limit: sentences,
	}
	bySection := search{
		name: "Sections", collection: names.collection(sectionCollection), fields: sectionFields,
		words: s.query, limit: sections,
	}
	if s.reports != nil {
		bySentence.property, bySentence.numbers = reportProperty, s.reports
		bySection.property, bySection.numbers = reportProperty, s.reports
	}
	if err := s.corpus.server.get(ctx, &found, bySentence, bySection); err != nil {
		return 0, 0, err
	}
	for _, o := range found.Sentences {
		text := s.add(o)
		s.textFactor = max(s.textFactor, ratio(text, o.Additional.score()))
	}
	headings := make(map[int]float64, len(found.Sections))
	for _, o := range found.Sections {
		headings[o.Section] = s.score("", o.Words)
		s.headingFactor = max(s.headingFactor, ratio(headings[o.Section], o.Additional.score()))
	}
	if n := len(found.Sentences); n == sentences {
		textLeft = s.textFactor * found.Sentences[n-1].Additional.score()
	}
	if n := len(found.Sections); n == sections {
		headingLeft = s.headingFactor * found.Sections[n-1].Additional.score()
	}
	return textLeft, headingLeft, s.readSections(ctx, found.Sections, headings, textLeft)
}

// ratio is by how much our score is more than Weaviate's.
func ratio(ours, theirs float64) float64 {
	if theirs <= 0 {
		return 0
	}
	return ours / theirs * (1 + rounding)
}

// readSections reads the sections whose headings, together with words that score as much as any others, may lift a
// sentence into the result, those with the best headings first.
func (s *searching) readSections(
	ctx context.Context, sections []sectionObject, headings map[int]float64, textLeft float64,
) error {
	slices.SortStableFunc(sections, func(a, b sectionObject) int {
		return cmp.Compare(headings[b.Section], headings[a.Section])
	})
	for len(sections) > 0 {
		threshold := s.threshold()
		var numbers []int
		count := 0
		for len(sections) > 0 && (count == 0 || count+sections[0].Count <= mostRead) {
			if headings[sections[0].Section]+textLeft < threshold {
				sections = nil
				break
			}
			if !s.sections[sections[0].Section] {
				s.sections[sections[0].Section] = true
				numbers = append(numbers, sections[0].Section)
				count += sections[0].Count
			}
			sections = sections[1:]
		}
		if len(numbers) == 0 {
			continue
		}
		var found struct{ Sentences []sentenceObject }
		err := s.corpus.server.get(ctx, &found, search{
			name: "Sentences", collection: s.corpus.names.collection(sentenceCollection), fields: sentenceFields,
			property: sectionProperty, numbers: numbers, limit: count,
		})
		if err != nil {
			return err
		}
		for _, o := range found.Sentences {
			s.add(o)
		}
	}
	return nil
}

// add scores a sentence, and tells what its own words have scored.
func (s *searching) add(o sentenceObject) (text float64) {
	at := place{o.Report, o.Sentence}
	if _, known := s.found[at]; !known {
		if score := s.score(o.Words, o.Heading); score > 0 {
			s.found[at] = &candidate{at, score}
		}
	}
	return s.score(o.Words, "")
}

// score is what the words of a sentence, and of its headings, score for the query.
func (s *searching) score(text, heading string) float64 {
	inText, textWords := s.frequencies(text)
	inHeading, headingWords := s.frequencies(heading)
	score := 0.0
	for _, w := range s.words {
		if w.heading {
			score += frequencyScore(s.corpus.heading, w, inHeading, headingWords)
		} else {
			score += frequencyScore(s.corpus.text, w, inText, textWords)
		}
	}
	return score
}

func frequencyScore(of retrieval.FieldStatistics, w weighed, frequencies map[string]int, length int) float64 {
	if frequencies[w.word] == 0 {
		return 0
	}
	return of.Score(w.weight, float64(frequencies[w.word]), float64(length))
}

// frequencies counts the words of the query in a text, and all its words.
func (s *searching) frequencies(text string) (of map[string]int, words int) {
	for word := range strings.FieldsSeq(text) {
		words++
		if s.asked[word] {
			if of == nil {
				of = make(map[string]int)
			}
			of[word]++
		}
	}
	return of, words
}

// threshold is the score of the last of the first sentences up to the limit; 0 when there are fewer.
func (s *searching) threshold() float64 {
	if len(s.found) < s.limit {
		return 0
	}
	return s.ranked()[s.limit-1].score
}

// ranked are the sentences found, best first; among equals, those that come first in the corpus.
func (s *searching) ranked() []*candidate {
	ranked := make([]*candidate, 0, len(s.found))
	for _, c := range s.found {
		ranked = append(ranked, c)
	}
	slices.SortFunc(ranked, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.report, b.report), cmp.Compare(a.sentence, b.sentence))
	})
	return ranked
}

func (s *searching) best() []retrieval.Found {
	ranked := s.ranked()
	best := make([]retrieval.Found, min(s.limit, len(ranked)))
	for i := range best {
		c := ranked[i]
		key := s.corpus.manifest.Reports[s.corpus.numbers[c.report]].Key
		best[i] = retrieval.Found{Report: key, Sentence: c.sentence, Score: c.score}
	}
	return best
}
