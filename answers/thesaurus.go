package answers

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"wenbao/content/lexicon"
)

// The largest lists of the lexicon, as tables that a start need not read. tables_test.go says what they are made of; go generate in
// content/lexicon makes them.
var (
	// synonymsTable has for a word what may stand for it, each behind the sign of its line: "=江州啤酒 ~啤酒". Under no word
	// it has how many characters the longest one has.
	//
	//go:embed synonyms.table
	synonymsTable lexicon.Table
	// placesTable has the kinds of places.
	//
	//go:embed places.table
	placesTable lexicon.Table
	// organisationsTable has companies and institutions.
	//
	//go:embed organisations.table
	organisationsTable lexicon.Table
)

// thesaurus gives the synonyms of general words, which it reads when they are first asked for. It is safe for concurrent use.
type thesaurus struct {
	longest int // characters of the longest word with synonyms
	mu      sync.RWMutex
	read    map[string][]variant
}

func newThesaurus() *thesaurus {
	t := &thesaurus{read: make(map[string][]variant)}
	longest, _ := synonymsTable.Find("")
	if _, err := fmt.Sscan(longest, &t.longest); err != nil {
		panic(err) // the table is part of the program
	}
	return t
}

// of gives what may stand for a word, in the order of the lines, with the best grade that any line gives it.
func (t *thesaurus) of(word string) []variant {
	listed, found := synonymsTable.Find(word)
	if !found || word == "" {
		return nil
	}
	t.mu.RLock()
	variants, known := t.read[word]
	t.mu.RUnlock()
	if known {
		return variants
	}
	for _, other := range lexicon.Split(listed) {
		variants = append(variants, variant{other[1:], gradeOf(other[:1])})
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.read[strings.Clone(word)] = variants
	return variants
}
