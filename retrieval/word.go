package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"
)

// # Searching in memory
//
// To open bleve's searchers for the fifty words of a question takes far longer than to read what they find in a report of
// some hundred sentences. What bleve finds for a word, and how it scores it, is the same every time: so a word is looked up
// once, and a question adds up what its words found, as bleve's disjunction would.

// word is what bleve finds for a word in the fields of the sentences.
type word struct{ text, heading matches }

// matches are the sentences that hold a word in one field.
type matches struct {
	weight float64 // the word's rarity, by which bleve weighs it against others
	list   []scored
}

// scored is a sentence with bleve's score for a word alone.
type scored struct {
	sentence int
	score    float64
}

// wordCache keeps the words that the report holds; of others there may be any number.
type wordCache struct {
	mu    sync.RWMutex
	words map[string]*word
}

// word looks a word up.
func (x *Index) word(ctx context.Context, text string) (*word, error) {
	x.words.mu.RLock()
	found := x.words.words[text]
	x.words.mu.RUnlock()
	if found != nil {
		return found, nil
	}
	found = &word{}
	var err error
	if found.text, err = x.matches(ctx, text, textField); err != nil {
		return nil, err
	}
	if found.heading, err = x.matches(ctx, text, headingField); err != nil {
		return nil, err
	}
	if len(found.text.list)+len(found.heading.list) > 0 {
		x.words.mu.Lock()
		if x.words.words == nil {
			x.words.words = make(map[string]*word)
		}
		x.words.words[text] = found
		x.words.mu.Unlock()
	}
	return found, nil
}

// matches has bleve search a field for one word.
func (x *Index) matches(ctx context.Context, text, field string) (matches, error) {
	// A search of bleve's own would put the mapping's scoring model into the context.
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey, search.GetScoringModelCallbackFn(func() string {
		return index.BM25Scoring
	}))
	q := bleve.NewTermQuery(text)
	q.SetField(field)
	searcher, err := q.Searcher(ctx, x.reader, x.bleve.Mapping(), search.SearcherOptions{})
	if err != nil {
		return matches{}, err
	}
	defer searcher.Close()
	m := matches{weight: math.Sqrt(searcher.Weight())}
	found := &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0), IndexReader: x.reader,
	}
	for {
		match, err := searcher.Next(found)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return matches{}, err
		}
		if match == nil {
			return m, nil
		}
		id := x.ids[string(match.IndexInternalID)]
		sentence, err := strconv.Atoi(id)
		if err != nil {
			return matches{}, fmt.Errorf("sentence id %q: %w", id, err)
		}
		m.list = append(m.list, scored{sentence, match.Score})
		found.DocumentMatchPool.Put(match)
	}
}

// scoreSteps is to how many parts of one scores are told apart. bleve adds a document's scores up in any order, which moves
// their last digits, and numbers documents as its workers finish them: without it ties would fall differently each time.
const scoreSteps = 1e9

// score adds up what the words of terms found, as bleve scores a disjunction: each score times the term's weight, scaled so
// that the squares of the weights add up to 1, and the sum times the share of the words that were found. The hits come best
// first.
func (x *Index) score(terms []Term, words []*word) []Hit {
	sum := 0.0
	for i, term := range terms {
		text, heading := term.Weight*words[i].text.weight, headingBoost*term.Weight*words[i].heading.weight
		sum += text*text + heading*heading
	}
	scale := 1 / math.Sqrt(sum)
	type total struct {
		score float64
		found int
	}
	totals := make([]total, len(x.ids))
	hit := 0
	add := func(m *matches, weight float64) {
		weight *= m.weight * scale
		for _, s := range m.list {
			t := &totals[s.sentence]
			if t.found == 0 {
				hit++
			}
			t.score += s.score * weight
			t.found++
		}
	}
	for i, term := range terms {
		add(&words[i].text, term.Weight)
		add(&words[i].heading, headingBoost*term.Weight)
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
