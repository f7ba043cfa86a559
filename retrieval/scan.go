// Package retrieval finds the sentences of reports that may answer a question.
//
// The text of one report, or of a few, goes in through [NewScan]; words go in through [Scan.Search], and the sentences that
// hold them come out, best first by BM25. A [Corpus] of many reports, on disk or on a cluster, has them indexed. Package answers
// ranks what comes out by its own measure, so that whatever searches need only fetch candidates.
//
// The words are those of [Analyse], the one analyser: gse over the project's own lexicon, on text in the one normalised
// form of [Normalise]. It is registered with bleve under the name "wenbao".
package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Term is a word to search for, with its weight.
type Term struct {
	Text   string // as Analyse gives it
	Weight float64
}

// Hit is a sentence that holds at least one of the terms.
type Hit struct {
	Sentence int // content.Sentence.Index
	Score    float64
}

// headingBoost is how much a heading's words count beside the sentence's own: they say what the part is about.
const headingBoost = 0.4

// scoreSteps is to how many parts of one scores are told apart. The last digits of a sum depend on its order: without it
// ties would fall differently where other searchers add up otherwise.
const scoreSteps = 1e9

// Scan searches the sentences of a report, or of a few, without an index of words, by looking them up in the text: [Lines] notes
// where characters stand, in a tenth of the time that cutting the text into words takes, and a question's words are found
// in microseconds. It finds words inside of longer ones too, which an index does not. It is safe for concurrent use.
type Scan struct {
	lines     *Lines
	sentences stretch // of the lines, which come first
	headings  stretch
	parts     []int // of each sentence, the place of its headings among them
}

// stretch is some lines in a row, with their mean length in bytes.
type stretch struct {
	first, count int
	mean         float64
}

// NewScan makes a search through lines. The first of them are sentences, as many as there are parts, the others headings;
// parts is of each sentence the place of its headings among these.
func NewScan(lines *Lines, parts []int) *Scan {
	s := &Scan{lines: lines, parts: parts}
	s.sentences = s.stretch(0, len(parts))
	s.headings = s.stretch(len(parts), len(lines.ends)-len(parts))
	return s
}

func (s *Scan) stretch(first, count int) stretch {
	bytes := max(s.lines.start(first+count)-s.lines.start(first)-len("\n"), 0)
	return stretch{first, count, float64(bytes) / float64(max(count, 1))}
}

// Search returns up to limit sentences that hold any of the terms, best first by BM25 (Robertson and Zaragoza 2009), with
// bytes for lengths. Words of the headings above a sentence count less.
func (s *Scan) Search(ctx context.Context, terms []Term, limit int) ([]Hit, error) {
	scores := make([]float64, s.sentences.count)
	under := make([]float64, s.headings.count)
	var found []linePosting
	for _, term := range joined(terms) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found = s.postings(found[:0], term.Text)
		inSentences := found[:s.sentencesOf(found)]
		s.add(scores, s.sentences, inSentences, term.Weight)
		s.add(under, s.headings, found[len(inSentences):], headingBoost*term.Weight)
	}
	var hits []Hit
	for i, score := range scores {
		if score += under[s.parts[i]]; score > 0 {
			hits = append(hits, Hit{i, math.Round(score*scoreSteps) / scoreSteps})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Sentence, b.Sentence))
	})
	return hits[:min(limit, len(hits))], nil
}

// joined are terms with those of the same word made one.
func joined(terms []Term) []Term {
	var one []Term
	at := make(map[string]int, len(terms))
	for _, term := range terms {
		i, known := at[term.Text]
		if !known {
			i = len(one)
			at[term.Text] = i
			one = append(one, Term{Text: term.Text})
		}
		one[i].Weight += term.Weight
	}
	return one
}

// add adds what a word gives to the scores of the lines of a stretch that hold it.
func (s *Scan) add(scores []float64, of stretch, found []linePosting, weight float64) {
	const k1, b = 1.2, 0.75
	n := float64(len(found))
	idf := math.Log(1 + (float64(of.count)-n+0.5)/(n+0.5))
	for _, f := range found {
		length, times := float64(s.lines.ends[f.line]-s.lines.start(f.line)), float64(f.times)
		scores[f.line-of.first] += weight * idf * times / (times + k1*(1-b+b*length/of.mean))
	}
}

// linePosting is a line that holds a word, and how often.
type linePosting struct{ line, times int }

// postings appends the lines that hold a word, in their order.
func (s *Scan) postings(found []linePosting, word string) []linePosting {
	for line := range s.lines.Each(word) {
		if n := len(found); n > 0 && found[n-1].line == line {
			found[n-1].times++
		} else {
			found = append(found, linePosting{line, 1})
		}
	}
	return found
}

// sentencesOf is how many of some postings are of sentences, which come first.
func (s *Scan) sentencesOf(found []linePosting) int {
	n, _ := slices.BinarySearchFunc(found, s.sentences.count, func(p linePosting, first int) int { return cmp.Compare(p.line, first) })
	return n
}

// holding counts the sentences that hold a word.
func (s *Scan) holding(word string) int { return s.sentencesOf(s.postings(nil, word)) }
