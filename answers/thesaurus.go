package answers

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"wenbao/content/lexicon"
	"wenbao/retrieval"
)

// # Synonyms when they are asked for
//
// The lexicon has synonyms of some ten thousand words, a question needs those of a dozen, and to spread them all out took
// longer at the start than to answer a hundred questions. So a start only notes which words stand on which line, and the
// lines of a word are read when it is first looked up.

// thesaurus gives the synonyms of general words. It is safe for concurrent use.
type thesaurus struct {
	lines   []string // of the synonym files, in order
	seed    maphash.Seed
	starts  []int32      // of the buckets in words, by hash, and the end of the last one
	words   []wordOnLine // by bucket, in the order of the lines
	longest int          // runes of the longest word with synonyms
	mu      sync.RWMutex
	read    map[string][]variant
}

// wordOnLine tells that a word with synonyms stands on a line.
type wordOnLine struct {
	hash uint32
	line int32
}

// thesaurusBits is how many buckets there are, as a power of two: about as many as words.
const thesaurusBits = 14

// newThesaurus notes the words of synonym files of the lexicon.
func newThesaurus(names ...string) *thesaurus {
	t := &thesaurus{seed: maphash.MakeSeed(), starts: make([]int32, 1<<thesaurusBits+1), read: make(map[string][]variant)}
	words := make([]wordOnLine, 0, 1<<thesaurusBits)
	for _, name := range names {
		for line := range lexicon.Lines(name) {
			line = strings.ReplaceAll(line, "\t", " ")
			plain := retrieval.Normalise(line).Text == line
			sign, rest, _ := strings.Cut(line, " ")
			for several := false; rest != ""; several = true {
				var word string
				word, rest, _ = strings.Cut(strings.TrimLeft(rest, " \t"), " ")
				if !several && rest == "" {
					break // alone on its line
				}
				if !plain {
					word = retrieval.Normalise(word).Text
				}
				t.longest = max(t.longest, utf8.RuneCountInString(word))
				words = append(words, wordOnLine{t.hash(word), int32(len(t.lines))})
				if sign == ">" {
					break // only the general word has synonyms
				}
			}
			t.lines = append(t.lines, line)
		}
	}
	for _, w := range words {
		t.starts[w.hash>>(32-thesaurusBits)+1]++
	}
	for i := 1; i < len(t.starts); i++ {
		t.starts[i] += t.starts[i-1]
	}
	t.words = make([]wordOnLine, len(words))
	filled := slices.Clone(t.starts)
	for _, w := range words {
		next := &filled[w.hash>>(32-thesaurusBits)]
		t.words[*next] = w
		*next++
	}
	return t
}

func (t *thesaurus) hash(word string) uint32 { return uint32(maphash.String(t.seed, word)) }

// synonymsOn are the sign and the words of a line, normalised.
func synonymsOn(line string) []string {
	fields := lexicon.Split(line)
	if retrieval.Normalise(line).Text != line {
		for i := range fields[1:] {
			fields[i+1] = retrieval.Normalise(fields[i+1]).Text
		}
	}
	return fields
}

// of gives what may stand for a word, in the order of the lines, with the best grade that any line gives it.
func (t *thesaurus) of(word string) []variant {
	hash := t.hash(word)
	bucket := hash >> (32 - thesaurusBits)
	on := t.words[t.starts[bucket]:t.starts[bucket+1]]
	if !slices.ContainsFunc(on, func(w wordOnLine) bool { return w.hash == hash }) {
		return nil
	}
	t.mu.RLock()
	variants, known := t.read[word]
	t.mu.RUnlock()
	if known {
		return variants
	}
	last := int32(-1)
	for _, w := range on {
		if w.hash != hash || w.line == last {
			continue
		}
		last = w.line
		fields := synonymsOn(t.lines[w.line])
		grade, words := gradeOf(fields[0]), fields[1:]
		for i := range words {
			if words[i] == word && (i == 0 || fields[0] != ">") {
				variants = addVariants(variants, words, i, grade)
			}
		}
	}
	if len(variants) == 0 {
		return nil // another word with the same hash
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.read[strings.Clone(word)] = variants
	return variants
}
