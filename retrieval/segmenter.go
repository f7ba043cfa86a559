package retrieval

import (
	"fmt"
	"math"
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

// buckets is how many buckets there are: more than pairs of characters with which words begin, so that most texts meet
// short buckets.
const buckets = 1 << 15

// dictionary hands out gse with the words of the lexicon that a text holds. It is safe for concurrent use.
type dictionary struct {
	words string  // lines "word frequency part-of-speech" in lower case, no word twice
	total float64 // the frequencies of all words together

	whole   atomic.Pointer[gse.Segmenter] // all words, once so many have been needed
	loading sync.Once                     // of whole

	mu     sync.RWMutex   // held for reading while part segments: no word may come in at that time
	part   *gse.Segmenter // the words loaded so far; nil when there is the whole
	loaded int
	// The words not loaded yet stand in buckets by their first two characters. Words go by number, from 1: first has the
	// first of a bucket, next the one after each, 0 being the end, and starts the place in words where its line begins.
	first  *[buckets]uint16
	next   []uint16
	starts []int32
}

// newDictionary reads through the words once, without loading any.
func newDictionary(words string) (*dictionary, error) {
	const shortLine = 14 // bytes; a little less than the average, so that the lists need not grow
	d := &dictionary{
		words: words, part: newSegmenter(), first: new([buckets]uint16),
		next: make([]uint16, 1, len(words)/shortLine+1), starts: make([]int32, 1, len(words)/shortLine+1),
	}
	for at := 0; at < len(words); {
		line, end, err := lineAt(words, at)
		if err != nil {
			return nil, err
		}
		if len(d.starts) > math.MaxUint16 {
			return nil, fmt.Errorf("the lexicon has more than %d words", math.MaxUint16)
		}
		first, size := utf8.DecodeRuneInString(line.word)
		second, _ := utf8.DecodeRuneInString(line.word[size:])
		bucket := bucketOf(first, second)
		if size == len(line.word) {
			bucket = bucketOf(first, 0)
		}
		d.next = append(d.next, d.first[bucket])
		d.first[bucket] = uint16(len(d.starts))
		d.starts = append(d.starts, int32(at))
		d.total += line.frequency
		at = end
	}
	return d, nil
}

// newSegmenter makes a gse without words.
func newSegmenter() *gse.Segmenter {
	return &gse.Segmenter{Dict: gse.NewDict(), SkipLog: true, NotLoadHMM: true}
}

// bucketOf is the bucket of the words that begin with two characters; those of a single one have 0 for the second.
func bucketOf(first, second rune) int {
	hash := uint32(first)*0x9e3779b1 + uint32(second)*0x85ebca77
	return int(hash >> 9 % buckets)
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

// lineAt reads the line that begins at a place, and tells where the next one begins. It goes by the byte, since it has
// to go through all of the lexicon at the start.
func lineAt(words string, start int) (line, int, error) {
	var l line
	at, count := start, 0
	for at < len(words) && words[at] > ' ' {
		at++
	}
	l.word = words[start:at]
	if at < len(words) && words[at] == ' ' {
		for at++; at < len(words) && words[at] >= '0' && words[at] <= '9'; at++ {
			count = count*10 + int(words[at]-'0')
		}
	}
	tag := at
	for at < len(words) && words[at] != '\n' {
		at++
	}
	var ok bool
	if l.tag, ok = strings.CutPrefix(words[tag:at], " "); !ok || l.word == "" || l.tag == "" || count < leastFrequency {
		return l, at, fmt.Errorf("the lexicon has %q for word, frequency and part of speech", words[start:at])
	}
	l.frequency = float64(count)
	if utf8.RuneCountInString(l.word) == 1 {
		l.frequency = characterFrequency
	}
	return l, at + 1, nil
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
	lacking := false
	d.find(text, func(*uint16) bool {
		lacking = true
		return false
	})
	return lacking
}

// find calls a function with the link to each word that stands in a text and is not loaded, until it returns false. The
// function may take the word out of its bucket.
func (d *dictionary) find(text string, found func(link *uint16) bool) {
	if d.part == nil {
		return
	}
	first, size := utf8.DecodeRuneInString(text)
	for rest := text; rest != ""; {
		second, secondSize := utf8.DecodeRuneInString(rest[size:])
		for _, bucket := range [...]int{bucketOf(first, second), bucketOf(first, 0)} {
			for link := &d.first[bucket]; *link != 0; {
				number := *link
				if d.begins(rest, number) && !found(link) {
					return
				}
				if *link == number {
					link = &d.next[number]
				}
			}
		}
		rest, first, size = rest[size:], second, secondSize
	}
}

// begins tells whether a text begins with a word.
func (d *dictionary) begins(text string, number uint16) bool {
	line := d.words[d.starts[number]:]
	at := 0
	for at < len(text) && text[at] == line[at] && line[at] != ' ' {
		at++
	}
	return line[at] == ' '
}

// load loads the words that a text holds.
func (d *dictionary) load(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var tokens []gse.Token
	d.find(text, func(link *uint16) bool {
		line, _, _ := lineAt(d.words, int(d.starts[*link])) // without an error the first time
		tokens = append(tokens, d.part.ToToken(line.word, line.frequency, line.tag))
		*link = d.next[*link]
		return true
	})
	if len(tokens) == 0 {
		return // somebody else has loaded them
	}
	weigh(tokens, d.total)
	for _, token := range tokens {
		_ = d.part.Dict.AddToken(token) // an error only for 2⁶³ words
	}
	d.loaded += len(tokens)
	if d.loaded > len(d.starts)/wholeFrom {
		d.loading.Do(func() { go d.loadWhole() })
	}
}

// weigh has gse compute the distances of tokens, which count against the frequencies of all words, loaded or not: hence
// in a dictionary of their own, which holds nothing but one word with all those frequencies.
func weigh(tokens []gse.Token, total float64) {
	s := newSegmenter()
	_ = s.AddToken(" ", total) // an error only for 2⁶³ words
	s.Dict.Tokens = tokens
	s.CalcToken()
}

// loadWhole loads the whole lexicon.
func (d *dictionary) loadWhole() {
	s := newSegmenter()
	_ = s.LoadDictStr(d.words) // gse returns no error
	d.mu.Lock()
	defer d.mu.Unlock()
	d.whole.Store(s)
	d.part, d.first, d.next, d.starts = nil, nil, nil, nil
}

// generalDictionary is gse over our own lexicon.
var generalDictionary = sync.OnceValue(func() *dictionary {
	d, err := newDictionary(lexicon.Words)
	if err != nil {
		panic(err) // the lexicon is part of the program
	}
	return d
})
