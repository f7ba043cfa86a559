package retrieval

import (
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"math"
	"sync"

	"wenbao/content/lexicon"
)

// # Scoring over many reports
//
// A sentence scores for each word of the query that stands in it, and less for each that stands in the headings above it,
//
//	weight · idf · tf / (tf + k1·(1 - b + b·length/mean))
//	idf = ln(1 + (N - n + 0.5)/(n + 0.5))
//
// which is BM25 as Lucene has it since version 8: tf is how often the word stands there, length how many words there are and
// mean how many on average, N how many sentences there are, and n how many of them have the word; for headings, how many
// sections there are and have it. N, n and mean are those of the whole corpus, whichever reports are searched and on
// whichever machine they are, so that all engines give the same scores.
const (
	BM25K1        = 1.2 // the values that Lucene, bleve and Weaviate have too
	BM25B         = 0.75
	HeadingWeight = 0.4 // of a heading's words, as for a single report
)

// FieldStatistics are what scoring needs of the sentences of a corpus, or of its headings.
type FieldStatistics struct {
	Count float64 // sentences, or sections
	Mean  float64 // words of each
}

// InverseFrequency is the idf of a word that stands in some of the sentences.
func (f FieldStatistics) InverseFrequency(with int) float64 {
	n := float64(with)
	return math.Log(1 + (f.Count-n+0.5)/(n+0.5))
}

// Score is what a word adds to a score, of a weight that holds its idf. The weight is more than it can add.
func (f FieldStatistics) Score(weight, frequency, length float64) float64 {
	return weight * frequency / (frequency + BM25K1*(1-BM25B+BM25B*length/f.Mean))
}

// IndexedWords are the words under which a text is found, in order: those of [Analyse], each followed by its parts.
func IndexedWords(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, token := range Analyse(text) {
			if !yield(token.Text) {
				return
			}
			for _, part := range token.Parts {
				if !yield(part) {
					return
				}
			}
		}
	}
}

// LexiconSum is the SHA-256 of the lexicon, in hexadecimal digits: with other words, texts are cut in other places, and an
// index of before no longer fits.
var LexiconSum = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(lexicon.Words))
	return hex.EncodeToString(sum[:])
})
