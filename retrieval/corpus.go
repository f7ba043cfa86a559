package retrieval

import (
	"context"
	"errors"

	"wenbao/content"
)

// Why an index over many reports cannot be opened or read. What the errors say tells a person what to do.
var (
	ErrNoIndex   = errors.New("这里没有索引")
	ErrOldFormat = errors.New("索引是别的版本建的")
	ErrDamaged   = errors.New("索引损坏")
	ErrNoReport  = errors.New("索引里没有这份报告")
	// ErrUnavailable tells that no machine that holds the index answers now. Asking again later may help.
	ErrUnavailable = errors.New("连不上放索引的机器")
)

// Corpus is an index over the sentences of many reports. The engines implement it: package retrieval/disk keeps one in a
// folder, package retrieval/weaviate one on a cluster. It is safe for concurrent use; all its calls are about one state of
// the reports, however many there are.
//
// What goes in are words as [Analyse] gives them, so that the one analyser serves whatever the engine.
type Corpus interface {
	// Search answers queries, each with up to its limit of sentences, best first: the nth list is that of the nth query.
	Search(ctx context.Context, queries ...Query) ([][]Found, error)
	// Reports lists the reports in the order of their keys.
	Reports(ctx context.Context) ([]ReportInfo, error)
	// Load gives back reports as they were indexed, sentence for sentence, in the order of the keys. Their sources are not
	// read. ErrNoReport tells that there is none of a key.
	Load(ctx context.Context, keys ...string) ([]*content.Report, error)
	// Statistics counts in how many sentences of the whole corpus each of some words stands.
	Statistics(ctx context.Context, words ...string) (Statistics, error)
	Close() error
}

// Query is words to search for.
type Query struct {
	Terms   []Term
	Reports []string // the keys of the reports to search; nil for all of them
	Limit   int      // how many sentences to find at most
}

// Found is a sentence of a report that holds at least one of the words of a query.
type Found struct {
	Report   string // its key
	Sentence int    // content.Sentence.Index
	Score    float64
}

// ReportInfo is what a corpus knows of a report without loading it.
type ReportInfo struct {
	Key       string `json:"key"`            // names the report in its corpus: its path below the folder, with slashes
	Path      string `json:"path,omitempty"` // where its source was read
	Title     string `json:"title"`
	Issuer    string `json:"issuer"` // may be empty, as in content.Report
	Place     string `json:"place"`  // may be empty
	Year      int    `json:"year"`   // 0 when unknown
	Sentences int    `json:"sentences"`
	Size      int64  `json:"size"`   // of the source, in bytes
	SHA256    string `json:"sha256"` // of the source, in hexadecimal digits
}

// Distinct takes reports and their copies apart: of sources with the same bytes, the first is the report.
func Distinct(all []ReportInfo) (reports, copies []ReportInfo) {
	seen := make(map[string]bool, len(all))
	for _, report := range all {
		if report.SHA256 != "" && seen[report.SHA256] {
			copies = append(copies, report)
			continue
		}
		seen[report.SHA256] = true
		reports = append(reports, report)
	}
	return reports, copies
}

// Statistics are what a ranking needs to know of a corpus.
type Statistics struct {
	Sentences int   // of all reports
	With      []int // how many sentences hold the nth word, headings left out
}
