// Package retrieval finds the sentences of a report that may answer a question.
//
// A report's sentences go in through [NewIndex]; words go in through [Index.Search], and the sentences that hold them
// come out, best first by BM25. Package answers ranks what comes out by its own measure, so an engine need only fetch
// candidates, and every engine gives the same answers.
//
// The words are those of [Analyse], the one analyser: gse over the project's own lexicon, on text in the one normalised
// form of [Normalise]. It is registered with bleve under the name "wenbao".
package retrieval

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"wenbao/content"
)

// Fields of an indexed sentence. A heading's words count less than the sentence's own: they say what the part is about.
const (
	textField    = "text"
	headingField = "heading"
	headingBoost = 0.4
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

// Index holds the sentences of one report in memory. It is safe for concurrent use.
type Index struct {
	bleve   bleve.Index
	reader  index.IndexReader // the index never changes, so that one reader serves all searches
	ids     map[string]string // of the documents, by bleve's number for them
	words   wordCache
	cleanup runtime.Cleanup
}

// NewIndex indexes a report's sentences with the headings above them.
func NewIndex(report *content.Report) (*Index, error) {
	// bleve's own choice for an index in memory takes twice the time to build and twice the time to search.
	index, err := bleve.NewUsing("", indexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make the index: %w", err)
	}
	batch := index.NewBatch()
	headings := make(map[*content.Section]headingAnalyser)
	for sentence := range report.Sentences() {
		heading, known := headings[sentence.Section]
		if !known {
			heading.words = tokenStream(strings.Join(sentence.Section.Path(report), "\n"))
			headings[sentence.Section] = heading
		}
		document := document.NewDocument(strconv.Itoa(sentence.Index))
		document.AddField(newField(textField, report.Quote(sentence.Span), textAnalyser{}))
		document.AddField(newField(headingField, "", heading))
		if err := batch.IndexAdvanced(document); err != nil {
			return nil, fmt.Errorf("index sentence %d: %w", sentence.Index, err)
		}
	}
	if err := index.Batch(batch); err != nil {
		return nil, fmt.Errorf("index the report: %w", err)
	}
	x := &Index{bleve: index}
	if err := x.open(); err != nil {
		return nil, errors.Join(fmt.Errorf("read the index: %w", err), index.Close())
	}
	// A goroutine of bleve's holds on to an index until it is closed, but an index that nobody has any more is closed.
	x.cleanup = runtime.AddCleanup(x, func(forgotten bleve.Index) { _ = forgotten.Close() }, index)
	return x, nil
}

// open opens the reader and notes the documents' ids, which bleve would otherwise look up for each hit.
func (x *Index) open() error {
	advanced, err := x.bleve.Advanced()
	if err != nil {
		return err
	}
	if x.reader, err = advanced.Reader(); err != nil {
		return err
	}
	numbers, err := x.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer numbers.Close()
	x.ids = make(map[string]string)
	for {
		number, err := numbers.Next()
		if err != nil || number == nil {
			return err
		}
		if x.ids[string(number)], err = x.reader.ExternalID(number); err != nil {
			return err
		}
	}
}

// indexMapping describes nothing but how to score, the documents being made by hand.
func indexMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	m.DefaultAnalyzer = AnalyserName
	m.ScoringModel = index.BM25Scoring
	return m
}

// newField makes a field that is only searched, never stored.
func newField(name, text string, analyser analysis.Analyzer) document.Field {
	return document.NewTextFieldCustom(name, nil, []byte(text), index.IndexField, analyser)
}

// textAnalyser is the one analyser, without the detour through bleve's registry.
type textAnalyser struct{}

func (textAnalyser) Analyze(text []byte) analysis.TokenStream { return tokenStream(string(text)) }

// headingAnalyser gives the words of a heading, which all sentences below it share, without analysing it again.
type headingAnalyser struct{ words analysis.TokenStream }

func (a headingAnalyser) Analyze([]byte) analysis.TokenStream { return a.words }

// Search returns up to limit sentences that hold any of the terms, best first.
func (x *Index) Search(ctx context.Context, terms []Term, limit int) ([]Hit, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	words := make([]*word, len(terms))
	for i, term := range terms {
		var err error
		if words[i], err = x.word(ctx, term.Text); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
	}
	hits := x.score(terms, words)
	return hits[:min(limit, len(hits))], nil
}

// Close frees the index, which must not be searched afterwards.
func (x *Index) Close() error {
	x.cleanup.Stop()
	return errors.Join(x.reader.Close(), x.bleve.Close())
}
