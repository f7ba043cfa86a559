package answers

import (
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// # Where words stand
//
// A question looks up some hundred words, with all that may stand for them, and most of them the report does not hold. To
// search the text for each, sentence by sentence, took the better part of an answer's time. So the places of every pair of
// characters are noted once, and a word is looked for only where its first two stand.

// wholeText is all that a report says, to look words up in.
type wholeText struct {
	text     string // the sentences and behind them the headings, normalised, a line or some lines each
	ends     []int  // of the sentences and then of the headings
	evidence []*evidence
	held     []uint64 // a bit for each pair of characters, by its hash
	// Places of pairs of characters, and of single ones, in buckets by their hash: those of bucket b stand in order in
	// places[starts[b]:starts[b+1]].
	starts, places []int32
}

// pairBits is how many bits tell the pairs of characters, as a power of two: a long report has some 20,000 pairs.
// bucketBits is the same for the buckets.
const (
	pairBits   = 18
	bucketBits = 14
)

// newWholeText notes where the pairs of characters stand in a text. The ends are those of the lines: first one for each
// evidence, then the headings.
func newWholeText(text string, ends []int, evidence []*evidence) *wholeText {
	w := &wholeText{
		text: text, ends: ends, evidence: evidence,
		held: make([]uint64, 1<<(pairBits-6)), starts: make([]int32, 1<<bucketBits+2),
	}
	hashes := make([]uint32, 0, len(text)) // of the pair and of the character at each place
	var before rune
	for _, r := range text {
		pair := pairHash(before, r)
		w.held[pair/64] |= 1 << (pair % 64)
		hashes = append(hashes, uint32(pair), uint32(pairHash(r, 0)))
		before = r
	}
	for _, hash := range hashes {
		w.starts[bucketOf(hash)+2]++
	}
	for bucket := 2; bucket < len(w.starts); bucket++ {
		w.starts[bucket] += w.starts[bucket-1]
	}
	w.places = make([]int32, len(hashes))
	note := func(hash uint32, at int) {
		next := &w.starts[bucketOf(hash)+1]
		w.places[*next] = int32(at)
		*next++
	}
	i, last := 0, 0
	for at := range text {
		note(hashes[i], last)
		note(hashes[i+1], at)
		i, last = i+2, at
	}
	return w
}

// pairHash spreads pairs of characters over the bits, by multiplication with the golden ratio (Knuth, The Art of Computer
// Programming, volume 3, section 6.4).
func pairHash(a, b rune) uint64 {
	const golden = 0x9E3779B97F4A7C15
	return (uint64(a)<<21 | uint64(b)) * golden >> (64 - pairBits)
}

func bucketOf(hash uint32) uint32 { return hash >> (pairBits - bucketBits) }

// occurrences are the places where a word begins, in order.
func (w *wholeText) occurrences(word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		first, size := utf8.DecodeRuneInString(word)
		second := rune(0)
		if size < len(word) {
			second, _ = utf8.DecodeRuneInString(word[size:])
		}
		bucket := bucketOf(uint32(pairHash(first, second)))
		for _, at := range w.places[w.starts[bucket]:w.starts[bucket+1]] {
			if strings.HasPrefix(w.text[at:], word) && !yield(int(at)) {
				return
			}
		}
	}
}

// holds tells whether the report holds a word.
func (w *wholeText) holds(word string) bool {
	if w.mayHold(word) {
		for range w.occurrences(word) {
			return true
		}
	}
	return word == ""
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

// visit tells every place where a word stands: the number of the sentence and the offset in it.
func (w *wholeText) visit(word string, tell func(sentence, start int)) {
	if !w.mayHold(word) {
		return
	}
	behind := 0
	for at := range w.occurrences(word) {
		line := w.lineAt(at)
		if line >= len(w.evidence) {
			return // the headings
		}
		if at < behind {
			continue // places do not overlap
		}
		behind = at + len(word)
		if line > 0 {
			at -= w.ends[line-1]
		}
		tell(line, at)
	}
}

// frequency is how many sentences hold a word.
func (w *wholeText) frequency(word string) int {
	if word == "" || !w.mayHold(word) {
		return 0
	}
	count, end := 0, 0
	for at := range w.occurrences(word) {
		if at < end {
			continue // in the same sentence
		}
		line := w.lineAt(at)
		if line >= len(w.evidence) {
			break
		}
		count++
		end = w.ends[line]
	}
	return count
}

// lineAt is the line that a place lies in.
func (w *wholeText) lineAt(at int) int {
	return sort.Search(len(w.ends), func(line int) bool { return w.ends[line] > at })
}

// termPlaces are the places of a term, or of what may stand for it.
type termPlaces struct {
	term     *term
	class    class // of the term, by which the places are graded
	evidence []*evidence
	lines    []linePlaces
	places   []termPlace
	matches  []match       // of the lines that have been looked at
	headings []headingHold // in no order
}

// linePlaces are the places in a sentence, as a range of termPlaces.places, and what they are worth once they are graded.
type linePlaces struct {
	line, from, to int
	graded         bool
	matches        []match
}

// termPlace is a place where one of a term's variants stands: the offset in its line.
type termPlace struct {
	line, start int
	variant     *variant
}

// headingHold is a heading that holds a term, with the grade.
type headingHold struct {
	line  int
	grade float64
}

// placesOf finds a term, or what may stand for it, in the whole report.
func (w *wholeText) placesOf(t *term) *termPlaces {
	p := &termPlaces{term: t, class: t.class, evidence: w.evidence}
	var places []termPlace
	for i := range t.variants {
		v := &t.variants[i]
		line, end, behind := -1, 0, 0
		for at := range w.occurrences(v.text) {
			if at < behind {
				continue // places do not overlap
			}
			behind = at + len(v.text)
			if at >= end {
				line = w.lineAt(at)
				end = w.ends[line]
			}
			if line >= len(w.evidence) {
				if !slices.ContainsFunc(p.headings, func(h headingHold) bool { return h.line == line }) {
					p.headings = append(p.headings, headingHold{line, v.grade})
				}
				continue
			}
			start := at
			if line > 0 {
				start -= w.ends[line-1]
			}
			places = append(places, termPlace{line, start, v})
		}
	}
	slices.SortStableFunc(places, func(a, b termPlace) int { return a.line - b.line })
	p.places = places
	p.matches = make([]match, 0, len(places))
	for i, place := range places {
		if i == 0 || places[i-1].line != place.line {
			p.lines = append(p.lines, linePlaces{line: place.line, from: i})
		}
		p.lines[len(p.lines)-1].to = i + 1
	}
	return p
}

// in are the places in a sentence. They are graded when they are first asked for: to do so, the sentence is cut into words.
func (p *termPlaces) in(line int) []match {
	at := sort.Search(len(p.lines), func(i int) bool { return p.lines[i].line >= line })
	if at == len(p.lines) || p.lines[at].line != line {
		return nil
	}
	found := &p.lines[at]
	if !found.graded {
		found.graded = true
		from := len(p.matches)
		inLine := p.matches[from:from]
		for _, place := range p.places[found.from:found.to] {
			if m, ok := p.evidence[line].graded(p.term, place.variant, place.start); ok {
				inLine = addMatch(inLine, m)
			}
		}
		p.matches = p.matches[:from+len(inLine)]
		found.matches = inLine[:len(inLine):len(inLine)]
	}
	return found.matches
}

// inHeading grades how well the headings of a line hold the term.
func (p *termPlaces) inHeading(line int) float64 {
	for _, h := range p.headings {
		if h.line == line {
			return h.grade
		}
	}
	return 0
}
