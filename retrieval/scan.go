package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
)

// Scan searches the sentences of one report without an index, by looking through their text. It is for reports that are
// asked a question or two: an index takes ten milliseconds to build, looking through a report less than one. It finds words
// inside of longer ones too, which an index does not. It is safe for concurrent use.
type Scan struct {
	text, headings lines
	parts          []int // of each sentence, the line of its headings
}

// lines is a text with the ends of its lines, and their mean length in bytes.
type lines struct {
	text string
	ends []int
	mean float64
}

func newLines(texts []string) lines {
	l := lines{text: strings.Join(texts, "\n")}
	end := 0
	for _, text := range texts {
		end += len(text) + 1
		l.ends = append(l.ends, end)
	}
	l.mean = float64(len(l.text)) / float64(max(len(texts), 1))
	return l
}

// NewScan makes a search through sentences in their order, given as [Normalise] gives their texts; parts is of each sentence
// the place of its headings among those given.
func NewScan(sentences, headings []string, parts []int) *Scan {
	return &Scan{newLines(sentences), newLines(headings), parts}
}

// Search returns up to limit sentences that hold any of the terms, best first by BM25 (Robertson and Zaragoza 2009), with
// bytes for lengths. Words of the headings above a sentence count less, as in an [Index].
func (s *Scan) Search(ctx context.Context, terms []Term, limit int) ([]Hit, error) {
	scores := make([]float64, len(s.text.ends))
	under := make([]float64, len(s.headings.ends))
	for _, term := range joined(terms) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.text.add(scores, term.Text, term.Weight)
		s.headings.add(under, term.Text, headingBoost*term.Weight)
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

// add adds what a word gives to the scores of the lines that hold it.
func (l *lines) add(scores []float64, word string, weight float64) {
	found := l.postings(word)
	const k1, b = 1.2, 0.75
	n := float64(len(found))
	idf := math.Log(1 + (float64(len(l.ends))-n+0.5)/(n+0.5))
	for _, f := range found {
		start := 0
		if f.line > 0 {
			start = l.ends[f.line-1]
		}
		length, times := float64(l.ends[f.line]-start), float64(f.times)
		scores[f.line] += weight * idf * times / (times + k1*(1-b+b*length/l.mean))
	}
}

// linePosting is a line that holds a word, and how often.
type linePosting struct{ line, times int }

// postings are the lines that hold a word, in their order.
func (l *lines) postings(word string) []linePosting {
	var found []linePosting
	line := 0
	for from := 0; word != ""; {
		at := strings.Index(l.text[from:], word)
		if at < 0 {
			break
		}
		at += from
		from = at + len(word)
		if l.ends[line] <= at {
			line, _ = slices.BinarySearch(l.ends, at+1)
		}
		if n := len(found); n > 0 && found[n-1].line == line {
			found[n-1].times++
		} else {
			found = append(found, linePosting{line, 1})
		}
	}
	return found
}

// holding counts the lines that hold a word.
func (l *lines) holding(word string) int { return len(l.postings(word)) }
