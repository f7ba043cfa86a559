// Package disk keeps an index over the sentences of many reports in a folder, with bleve.
//
// A folder of reports goes in through [Update], which brings an index up to date with it; words go in through
// [Corpus.Search], and the sentences of all reports that hold them come out, best first by BM25. [Corpus.Load] gives back a
// report as it was indexed.
//
//	summary, err := disk.Update(ctx, "reports", "index", disk.Options{})
//	corpus, err := disk.Open("index")
//	found, err := corpus.Search(ctx, retrieval.Query{Terms: terms, Limit: 50})
//	reports, err := corpus.Load(ctx, found[0][0].Report)
package disk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"

	"wenbao/content"
	"wenbao/retrieval"
)

// Corpus is an index on disk, open for reading. It implements [retrieval.Corpus]. Its contents stay the same while it is
// open, whatever becomes of the index.
type Corpus struct {
	dir      string
	file     fs.FileInfo // of the manifest
	manifest manifest
	bleve    bleve.Index
	reader   index.IndexReader // the index never changes, so that one reader serves all searches
	places   places
	text     retrieval.FieldStatistics // of the field of that name
	heading  retrieval.FieldStatistics
	scores   sync.Pool     // of *scores
	turns    chan struct{} // holds one for each search under way
}

var _ retrieval.Corpus = (*Corpus)(nil)

// openings is how often an index is tried to be opened. A writer may take a generation away between the reading of its
// manifest and the opening, but only once it has put the next one in place.
const openings = 5

// Open opens the index in a folder. The errors are ErrNoIndex, ErrOldFormat and ErrDamaged of package retrieval, and those
// of package os; what they say tells a person what to do.
func Open(dir string) (*Corpus, error) {
	var tried manifest
	for range openings {
		m, file, err := readManifestFile(dir)
		if err != nil {
			return nil, err
		}
		c, err := openCorpus(dir, m)
		if err == nil {
			c.dir, c.file = dir, file
		}
		if err == nil || m.Generation == tried.Generation || !errors.Is(err, fs.ErrNotExist) {
			return c, err
		}
		tried = m
	}
	return nil, fmt.Errorf("%s：索引一直在更新，请稍后再试", dir)
}

func openCorpus(dir string, m manifest) (*Corpus, error) {
	if err := m.checkFiles(dir); err != nil {
		return nil, fmt.Errorf("%s：%w", dir, err)
	}
	opened, err := openBleve(generationDir(dir, m.Generation), true)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", dir, damaged(err))
	}
	c := &Corpus{manifest: m, bleve: opened, turns: make(chan struct{}, runtime.GOMAXPROCS(0))}
	if err := c.open(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s：%w", dir, damaged(err)), opened.Close())
	}
	return c, nil
}

// open opens the reader and adds up what scoring needs.
func (c *Corpus) open() error {
	advanced, err := c.bleve.Advanced()
	if err != nil {
		return err
	}
	if c.reader, err = advanced.Reader(); err != nil {
		return err
	}
	textWords, headingWords := 0, 0
	for i := range c.manifest.Reports {
		e := &c.manifest.Reports[i]
		e.Path = filepath.Join(c.manifest.Folder, filepath.FromSlash(e.Key))
		textWords += e.TextWords
		headingWords += e.HeadingWords
	}
	c.text = retrieval.FieldStatistics{Count: float64(c.manifest.sentences()), Mean: float64(textWords) / float64(c.manifest.sentences())}
	c.heading = retrieval.FieldStatistics{Count: float64(c.manifest.sections()), Mean: float64(headingWords) / float64(c.manifest.sections())}
	c.places, err = findPlaces(c.reader, c.manifest.Reports)
	return err
}

// Reports lists the reports in the order of their keys.
func (c *Corpus) Reports(context.Context) ([]retrieval.ReportInfo, error) {
	return c.manifest.infos(), nil
}

// Load gives back reports as they were indexed, in the order of the keys.
func (c *Corpus) Load(ctx context.Context, keys ...string) ([]*content.Report, error) {
	reports := make([]*content.Report, len(keys))
	for i, key := range keys {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e, known := c.manifest.find(key)
		if !known {
			return nil, fmt.Errorf("%s：%w", key, retrieval.ErrNoReport)
		}
		packed, err := storedValue(c.reader, id{e.Number, recordKind, 0}.String(), packedField)
		if err != nil {
			return nil, damaged(err)
		}
		if reports[i], err = retrieval.Unpack(packed); err != nil {
			return nil, damaged(fmt.Errorf("%s：%w", key, err))
		}
	}
	return reports, nil
}

// Statistics counts in how many sentences each of some words stands.
func (c *Corpus) Statistics(ctx context.Context, words ...string) (retrieval.Statistics, error) {
	statistics := retrieval.Statistics{Sentences: c.manifest.sentences(), With: make([]int, len(words))}
	for i, word := range words {
		postings, err := c.reader.TermFieldReader(ctx, []byte(word), textField, false, false, false)
		if err != nil {
			return retrieval.Statistics{}, fmt.Errorf("count the sentences with a word: %w", err)
		}
		statistics.With[i] = int(postings.Count())
		if err := postings.Close(); err != nil {
			return retrieval.Statistics{}, fmt.Errorf("count the sentences with a word: %w", err)
		}
	}
	return statistics, nil
}

// IsCurrent tells whether the index is still in the state that the corpus is open in. It takes some microseconds.
func (c *Corpus) IsCurrent(context.Context) bool {
	info, err := os.Stat(filepath.Join(c.dir, manifestName))
	// A new manifest is a new file, but may be given the number of the one before.
	return err != nil || os.SameFile(info, c.file) && info.ModTime().Equal(c.file.ModTime()) && info.Size() == c.file.Size()
}

// Close frees the index, which must not be used afterwards.
func (c *Corpus) Close() error {
	return errors.Join(c.reader.Close(), c.bleve.Close())
}
