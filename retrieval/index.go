// Package retrieval finds the sentences of a report that may answer a question.
//
// A report's sentences go in through [NewIndexOf], cut into words; words go in through [Index.Search], and the sentences that hold them
// come out, best first by BM25. Package answers ranks what comes out by its own measure, so an engine need only fetch
// candidates, and every engine gives the same answers.
//
// The words are those of [Analyse], the one analyser: gse over the project's own lexicon, on text in the one normalised
// form of [Normalise]. It is registered with bleve under the name "wenbao".
package retrieval

import (
	"context"
	"fmt"
)

// headingBoost is how much a heading's words count beside the sentence's own: they say what the part is about.
const headingBoost = 0.4

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

// Index holds the words of the sentences of one report in memory, and those of the headings above them. It never changes,
// and is safe for concurrent use.
//
// A report of some hundred sentences has a few thousand places of words. A list of them by word is made and searched in a
// fraction of the time that a search engine's segments take, which are made for millions; those serve many reports, see
// package disk.
type Index struct {
	sentences      int
	text, headings field
}

// NewIndexOf indexes sentences whose words are known already, as [Analyse] gives them; parts is of each sentence the place
// of its headings among all of them.
func NewIndexOf(sentences, headings [][]Token, parts []int) *Index {
	x := &Index{sentences: len(sentences), text: newField(len(sentences)), headings: newField(len(sentences))}
	for i, words := range sentences {
		x.text.add(i, words)
		x.headings.add(i, headings[parts[i]])
	}
	x.text.finish()
	x.headings.finish()
	return x
}

// Search returns up to limit sentences that hold any of the terms, best first.
func (x *Index) Search(ctx context.Context, terms []Term, limit int) ([]Hit, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	hits := x.score(terms)
	return hits[:min(limit, len(hits))], nil
}
