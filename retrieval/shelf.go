package retrieval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"wenbao/content"
)

// Shelf is a corpus in memory, of some reports that have been loaded. It looks through their text in place of an index, which
// takes a few milliseconds for each hundred reports. It is safe for concurrent use.
type Shelf struct {
	infos   []ReportInfo // in the order of their keys
	reports map[string]*content.Report
	scan    *Scan
	places  []sentencePlace // of each sentence of the scan
}

type sentencePlace struct {
	report   string // key
	sentence int
}

var _ Corpus = (*Shelf)(nil)

// NewShelf makes a corpus of reports, whose keys are their titles; those of the same title are numbered.
func NewShelf(reports []*content.Report) *Shelf {
	s := &Shelf{reports: make(map[string]*content.Report)}
	var sentences, headings []string // as they are
	var parts []int
	for _, report := range reports {
		key := report.Title
		for again := 2; s.reports[key] != nil; again++ {
			key = fmt.Sprintf("%s (%d)", report.Title, again)
		}
		info := Describe(key, report)
		s.reports[key] = report
		for _, section := range report.Sections {
			if len(section.Sentences) == 0 {
				continue
			}
			headings = append(headings, strings.Join(section.Path(report), "\n"))
			for _, sentence := range section.Sentences {
				sentences = append(sentences, report.Quote(sentence.Span))
				parts = append(parts, len(headings)-1)
				s.places = append(s.places, sentencePlace{key, sentence.Index})
			}
		}
		s.infos = append(s.infos, info)
	}
	slices.SortStableFunc(s.infos, func(a, b ReportInfo) int { return strings.Compare(a.Key, b.Key) })
	text, _ := NormaliseLines(append(sentences, headings...))
	s.scan = NewScan(NewLines(text), parts)
	return s
}

// Describe tells of a report in memory what a corpus does of one on disk; the hash is that of its text.
func Describe(key string, report *content.Report) ReportInfo {
	sentences := 0
	for range report.Sentences() {
		sentences++
	}
	sum := sha256.Sum256([]byte(report.Text))
	return ReportInfo{
		Key: key, Path: key, Title: report.Title, Issuer: report.Issuer, Place: report.Place, Year: report.Year,
		Sentences: sentences, Size: int64(len(report.Text)), SHA256: hex.EncodeToString(sum[:]),
	}
}

// Search answers queries, each with up to its limit of sentences, best first.
func (s *Shelf) Search(ctx context.Context, queries ...Query) ([][]Found, error) {
	results := make([][]Found, len(queries))
	for i, query := range queries {
		hits, err := s.scan.Search(ctx, query.Terms, len(s.places))
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		for _, hit := range hits {
			place := s.places[hit.Sentence]
			if len(results[i]) < query.Limit && (query.Reports == nil || slices.Contains(query.Reports, place.report)) {
				results[i] = append(results[i], Found{place.report, place.sentence, hit.Score})
			}
		}
	}
	return results, nil
}

// Reports lists the reports in the order of their keys.
func (s *Shelf) Reports(context.Context) ([]ReportInfo, error) { return slices.Clone(s.infos), nil }

// Load gives the reports of keys.
func (s *Shelf) Load(_ context.Context, keys ...string) ([]*content.Report, error) {
	loaded := make([]*content.Report, len(keys))
	for i, key := range keys {
		if loaded[i] = s.reports[key]; loaded[i] == nil {
			return nil, fmt.Errorf("%s：%w", key, ErrNoReport)
		}
	}
	return loaded, nil
}

// Statistics counts in how many sentences each of some words stands, inside of longer words too.
func (s *Shelf) Statistics(_ context.Context, words ...string) (Statistics, error) {
	statistics := Statistics{Sentences: len(s.places), With: make([]int, len(words))}
	for i, word := range words {
		statistics.With[i] = s.scan.holding(word)
	}
	return statistics, nil
}

// Close has nothing to free.
func (s *Shelf) Close() error { return nil }
