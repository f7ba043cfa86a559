package weaviate

import (
	"context"
	"encoding/json"
	"hash/fnv"
	"io"

	"golang.org/x/sync/errgroup"
)

// wordCounts tell in how many sentences and sections each word stands.
type wordCounts map[string]wordCount

type wordCount struct {
	Sentences int `json:"s,omitempty"`
	Sections  int `json:"h,omitempty"`
}

// countsRecords is to how many records the counts are spread: a search reads a few of them, rather than those of all
// words.
const countsRecords = 256

// countsNumber is the number of the record with a word's counts.
func countsNumber(word string) int {
	hash := fnv.New32a()
	_, _ = io.WriteString(hash, word) // which cannot fail
	return int(hash.Sum32() % countsRecords)
}

// countsOf tells in how many sentences and sections words stand. What has been read once is kept.
func (c *Corpus) countsOf(ctx context.Context, words []string) (wordCounts, error) {
	group, reading := errgroup.WithContext(ctx)
	group.SetLimit(loadsAtOnce)
	for number := range c.missingCounts(words) {
		group.Go(func() error { return c.readCounts(reading, number) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	counts := make(wordCounts, len(words))
	for _, word := range words {
		counts[word] = c.counts[countsNumber(word)][word]
	}
	return counts, nil
}

// missingCounts are the numbers of the records with the counts of words that have not been read yet.
func (c *Corpus) missingCounts(words []string) map[int]bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	missing := make(map[int]bool)
	for _, word := range words {
		if number := countsNumber(word); c.counts[number] == nil {
			missing[number] = true
		}
	}
	return missing
}

// readCounts reads one record of counts.
func (c *Corpus) readCounts(ctx context.Context, number int) error {
	text, err := c.server.record(ctx, c.names, countsRecord(number))
	if err != nil {
		return err
	}
	read := make(wordCounts)
	if err := json.Unmarshal(text, &read); err != nil {
		return damaged(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[number] = read
	return nil
}
