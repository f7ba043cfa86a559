package answers

import (
	"strings"
	"unicode/utf8"
)

// wholeText is all that a report says, to look words up in. A question looks up some hundred words, with all that may stand
// for them, and most of them the report does not hold: the pairs of characters that it holds tell that without a look at
// the text.
type wholeText struct {
	text string   // the sentences and behind them the headings, normalised, a line each
	ends []int    // of the sentences
	held []uint64 // a bit for each pair of characters, by its hash
}

// pairBits is how many bits tell the pairs of characters, as a power of two: a long report has some 20,000 pairs.
const pairBits = 18

func newWholeText(text string, ends []int) *wholeText {
	w := &wholeText{text: text, ends: ends, held: make([]uint64, 1<<(pairBits-6))}
	var before rune
	for _, r := range text {
		at := pairHash(before, r)
		w.held[at/64] |= 1 << (at % 64)
		before = r
	}
	return w
}

// pairHash spreads pairs of characters over the bits, by multiplication with the golden ratio (Knuth, The Art of Computer
// Programming, volume 3, section 6.4).
func pairHash(a, b rune) uint64 {
	const golden = 0x9E3779B97F4A7C15
	return (uint64(a)<<21 | uint64(b)) * golden >> (64 - pairBits)
}

// holds tells whether the report holds a word.
func (w *wholeText) holds(word string) bool {
	return w.mayHold(word) && strings.Contains(w.text, word)
}

// mayHold tells whether the report holds every pair of characters of a word.
func (w *wholeText) mayHold(word string) bool {
	before, size := utf8.DecodeRuneInString(word)
	for _, r := range word[size:] {
		at := pairHash(before, r)
		if w.held[at/64]&(1<<(at%64)) == 0 {
			return false
		}
		before = r
	}
	return true
}

// frequency is how many sentences hold a word.
func (w *wholeText) frequency(word string) int {
	if word == "" || !w.mayHold(word) {
		return 0
	}
	count, sentence := 0, 0
	for from := 0; ; {
		at := strings.Index(w.text[from:], word)
		if at < 0 {
			return count
		}
		at += from
		for sentence < len(w.ends) && w.ends[sentence] <= at {
			sentence++
		}
		if sentence == len(w.ends) {
			return count
		}
		count++
		from = w.ends[sentence]
	}
}
