package retrieval

import (
	_ "embed"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"wenbao/content/lexicon"
)

// # Loading the lexicon
//
// To load all of the lexicon into gse takes far longer than to answer a question, and a report with the questions on it
// holds but a tenth of the words. So a word is loaded when it first occurs in a text: before gse segments a text, all
// words of the lexicon that begin at any of its characters are looked up and loaded. The others could not match, so that
// every text is segmented as if the whole lexicon were there.
//
// Who segments many texts comes to need most words. When a good part has been loaded, all of them are, in a gse of their
// own and beside the work, which from then on needs neither lock nor look-up.

// wholeFrom is the part of the lexicon, as 1/wholeFrom, with which the rest is loaded.
const wholeFrom = 4

// wordsTable has the lines of the lexicon by the one or two characters with which their words begin, and under no character
// how many words there are and the sum of their frequencies. go generate in content/lexicon makes it.
//
//go:embed words.table
var wordsTable lexicon.Table

// dictionary hands out gse with the words of the lexicon that a text holds. It is safe for concurrent use.
type dictionary struct {
	words lexicon.Table // lines "word frequency part-of-speech" in lower case, no word twice
	total float64       // the frequencies of all words together

	whole   atomic.Pointer[gse.Segmenter] // all words, once so many have been needed
	loading sync.Once                     // of whole

	mu     sync.RWMutex   // held for reading while part segments: no word may come in at that time
	part   *gse.Segmenter // the words loaded so far; nil when there is the whole
	loaded map[string]bool
	most   int            // so many words loaded are a good part
	scale  *gse.Segmenter // weighs words as if they were loaded with all others
}

// newDictionary loads no word yet.
func newDictionary(words lexicon.Table) (*dictionary, error) {
	totals, _ := words.Find("")
	var count int
	var total float64
	if _, err := fmt.Sscan(totals, &count, &total); err != nil {
		return nil, fmt.Errorf("the table of the lexicon does not tell how many words it has: %w", err)
	}
	d := &dictionary{words: words, total: total, part: newSegmenter(), loaded: make(map[string]bool), most: count / wholeFrom, scale: newSegmenter()}
	_ = d.scale.AddToken(" ", total) // an error only for 2⁶³ words
	return d, nil
}

// newSegmenter makes a gse without words.
func newSegmenter() *gse.Segmenter {
	return &gse.Segmenter{Dict: gse.NewDict(), SkipLog: true, NotLoadHMM: true}
}

// line is a line of the lexicon.
type line struct {
	word, tag string
	frequency float64 // as gse takes it
}

// leastFrequency is the frequency below which gse leaves a word out.
const leastFrequency = 2

// characterFrequency is what gse takes for the frequency of a word of one character, whatever the lexicon says.
const characterFrequency = 2

// lineOf reads a line of the lexicon.
func lineOf(text string) (line, error) {
	word, rest, _ := strings.Cut(text, " ")
	frequency, tag, _ := strings.Cut(rest, " ")
	count, err := strconv.Atoi(frequency)
	if err != nil || word == "" || tag == "" || count < leastFrequency {
		return line{}, fmt.Errorf("the lexicon has %q for word, frequency and part of speech", text)
	}
	l := line{word, tag, float64(count)}
	if utf8.RuneCountInString(word) == 1 {
		l.frequency = characterFrequency
	}
	return l, nil
}

// use hands gse with all words that a text holds to a function, which must not keep it. The second argument tells whether
// gse has the whole lexicon; only then are the parts of its tokens set.
func (d *dictionary) use(text string, with func(s *gse.Segmenter, whole bool)) {
	if s := d.whole.Load(); s != nil {
		with(s, true)
		return
	}
	d.mu.RLock()
	if d.lacks(text) {
		d.mu.RUnlock()
		d.load(text)
		d.mu.RLock()
	}
	defer d.mu.RUnlock()
	if d.part == nil {
		with(d.whole.Load(), true)
		return
	}
	with(d.part, false)
}

// lacks tells whether a text holds a word that is not loaded.
func (d *dictionary) lacks(text string) bool {
	for range d.missing(text) {
		return true
	}
	return false
}

// missing yields the lines of the words that stand in a text and are not loaded.
func (d *dictionary) missing(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if d.part == nil {
			return
		}
		_, size := utf8.DecodeRuneInString(text)
		for rest := text; rest != ""; {
			_, second := utf8.DecodeRuneInString(rest[size:])
			for _, beginning := range [...]int{size, size + second} {
				lines, _ := d.words.Find(rest[:beginning])
				for line := range strings.Lines(lines) {
					word := line[:strings.IndexByte(line, ' ')]
					if strings.HasPrefix(rest, word) && !d.loaded[word] && !yield(line) {
						return
					}
				}
				if second == 0 {
					break
				}
			}
			rest, size = rest[size:], second
		}
	}
}

// load loads the words that a text holds.
func (d *dictionary) load(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var tokens []gse.Token
	for text := range d.missing(text) {
		line, err := lineOf(strings.TrimSuffix(text, "\n"))
		if err != nil {
			panic(err) // a test reads every line
		}
		tokens = append(tokens, d.part.ToToken(line.word, line.frequency, line.tag))
		d.loaded[line.word] = true
	}
	if len(tokens) == 0 {
		return // somebody else has loaded them
	}
	d.weigh(tokens)
	for _, token := range tokens {
		_ = d.part.Dict.AddToken(token) // an error only for 2⁶³ words
	}
	if len(d.loaded) > d.most {
		d.loading.Do(func() { go d.loadWhole() })
	}
}

// weigh has gse compute the distances of tokens, which count against the frequencies of all words, loaded or not: hence
// in a dictionary of their own, which holds nothing but one word with all those frequencies.
func (d *dictionary) weigh(tokens []gse.Token) {
	d.scale.Dict.Tokens = tokens
	d.scale.CalcToken()
}

// loadWhole loads the whole lexicon.
func (d *dictionary) loadWhole() {
	s := newSegmenter()
	_ = s.LoadDictStr(lexicon.Words) // gse returns no error
	d.mu.Lock()
	defer d.mu.Unlock()
	d.whole.Store(s)
	d.part, d.loaded, d.scale = nil, nil, nil
}

// generalDictionary is gse over our own lexicon.
var generalDictionary = sync.OnceValue(func() *dictionary {
	d, err := newDictionary(wordsTable)
	if err != nil {
		panic(err) // the lexicon is part of the program
	}
	return d
})
