package retrieval

import (
	"iter"
	"math/bits"
	"sort"
	"strings"
	"unicode/utf8"
)

// # Where words stand
//
// A question looks up some hundred words, with all that may stand for them, and most of them a report does not hold. To
// search the text for each took the better part of an answer's time. So the places of every pair of characters are noted
// once, and a word is looked for only where its first two stand.

// Lines is a normalised text in lines, each with a line break behind it, in which words are looked up. It is safe for
// concurrent use.
type Lines struct {
	Text string
	ends []int // of the lines, behind their line breaks

	bits uint     // how many of a pair's hash number its bucket
	held []uint64 // a bit for each pair of characters, by more bits of the hash
	// The places of the pairs of characters in buckets by their hash: those of bucket b stand in order in
	// places[starts[b]:starts[b+1]].
	starts, places []int32
}

// There is a bucket for each character or two, up to 2^mostBits, and heldPerBucket bits for each.
const (
	leastBits     = 6 // as many as there are in a word of held
	mostBits      = 20
	heldBits      = 3
	heldPerBucket = 1 << heldBits
)

// NewLines notes where the pairs of characters stand in a text.
func NewLines(text string) *Lines {
	about := len(text) / len("字") // characters: to count them takes as long as to note them
	w := &Lines{Text: text, bits: uint(min(max(bits.Len(uint(about))-1, leastBits), mostBits))}
	w.held = make([]uint64, heldPerBucket<<w.bits/64)
	w.starts = make([]int32, 1<<w.bits+2)
	w.ends = make([]int, 0, strings.Count(text, "\n"))
	var before rune
	for at, r := range text {
		pair := w.hash(before, r)
		w.held[pair/64] |= 1 << (pair % 64)
		w.starts[pair>>heldBits+2]++
		if r == '\n' {
			w.ends = append(w.ends, at+1)
		}
		before = r
	}
	for bucket := 2; bucket < len(w.starts); bucket++ {
		w.starts[bucket] += w.starts[bucket-1]
	}
	w.places = make([]int32, w.starts[len(w.starts)-1])
	before = 0
	last := 0
	for at, r := range text {
		next := &w.starts[w.hash(before, r)>>heldBits+1] // where the next of the bucket goes, and in the end where it ends
		w.places[*next] = int32(last)
		*next++
		before, last = r, at
	}
	return w
}

// hash spreads pairs of characters over the bits, by multiplication with the golden ratio (Knuth, The Art of Computer
// Programming, volume 3, section 6.4).
func (w *Lines) hash(a, b rune) uint32 {
	const golden = 0x9E3779B97F4A7C15
	return uint32((uint64(a)<<21 | uint64(b)) * golden >> (64 - heldBits - w.bits))
}

// occurrences looks for the places where a word begins, in order.
type occurrences struct {
	text, word string
	places     []int32 // that remain to be looked at; of a single character none are noted
	first      rune
	single     bool
	from       int // where to look on for a single character
}

func (w *Lines) find(word string) occurrences {
	first, size := utf8.DecodeRuneInString(word)
	if size == len(word) {
		return occurrences{text: w.Text, word: word, first: first, single: true}
	}
	second, _ := utf8.DecodeRuneInString(word[size:])
	bucket := w.hash(first, second) >> heldBits
	return occurrences{text: w.Text, word: word, places: w.places[w.starts[bucket]:w.starts[bucket+1]]}
}

// next is the next place; false when there is none.
func (o *occurrences) next() (int, bool) {
	if o.single {
		at := -1
		if o.word != "" {
			at = strings.IndexRune(o.text[o.from:], o.first)
		}
		if at < 0 {
			return 0, false
		}
		at += o.from
		o.from = at + len(o.word)
		return at, true
	}
	for i, at := range o.places {
		if strings.HasPrefix(o.text[at:], o.word) {
			o.places = o.places[i+1:]
			return int(at), true
		}
	}
	return 0, false
}

// Occurrences are the places where a word begins, in order.
func (w *Lines) Occurrences(word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		found := w.find(word)
		for at, ok := found.next(); ok && yield(at); at, ok = found.next() {
		}
	}
}

// Holds tells whether a word stands anywhere.
func (w *Lines) Holds(word string) bool {
	if !w.mayHold(word) {
		return false
	}
	found := w.find(word)
	_, ok := found.next()
	return ok || word == ""
}

// mayHold tells whether the text holds every pair of characters of a word.
func (w *Lines) mayHold(word string) bool {
	before, size := utf8.DecodeRuneInString(word)
	for _, r := range word[size:] {
		pair := w.hash(before, r)
		if w.held[pair/64]&(1<<(pair%64)) == 0 {
			return false
		}
		before = r
	}
	return true
}

// Each tells every place where a word stands, as the number of the line and the offset in it, until it is told to stop. Places
// do not overlap.
func (w *Lines) Each(word string) iter.Seq2[int, int] {
	return func(yield func(line, start int) bool) {
		if !w.mayHold(word) {
			return
		}
		line, end, behind := 0, 0, 0
		found := w.find(word)
		for at, ok := found.next(); ok; at, ok = found.next() {
			if at < behind {
				continue
			}
			behind = at + len(word)
			if at >= end {
				line = w.LineAt(at)
				end = w.ends[line]
			}
			if !yield(line, at-w.start(line)) {
				return
			}
		}
	}
}

// EachLine tells every line that holds a word, in order.
func (w *Lines) EachLine(word string) iter.Seq[int] {
	return func(yield func(line int) bool) {
		if !w.mayHold(word) {
			return
		}
		end := 0
		found := w.find(word)
		for at, ok := found.next(); ok; at, ok = found.next() {
			if at < end {
				continue
			}
			line := w.LineAt(at)
			if !yield(line) {
				return
			}
			end = w.ends[line]
			found.from = end
		}
	}
}

// LineAt is the line that a place lies in.
func (w *Lines) LineAt(at int) int {
	return sort.Search(len(w.ends), func(line int) bool { return w.ends[line] > at })
}

// start is where a line begins.
func (w *Lines) start(line int) int {
	if line == 0 {
		return 0
	}
	return w.ends[line-1]
}
