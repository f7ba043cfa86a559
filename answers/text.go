package answers

import (
	"slices"
	"sort"

	"wenbao/retrieval"
)

// # Words in the text
//
// The places of a term in the report are looked up once, and what they are worth is found out sentence by sentence.

// wholeText is all that a report says, to look words up in: the sentences and behind them the headings, normalised, a line
// each.
type wholeText struct {
	*retrieval.Lines
	evidence []*evidence
}

// visit tells every place where a word stands: the number of the sentence and the offset in it.
func (w *wholeText) visit(word string, tell func(sentence, start int)) {
	for line, start := range w.Each(word) {
		if line >= len(w.evidence) {
			return // the headings
		}
		tell(line, start)
	}
}

// frequency is how many sentences hold a word.
func (w *wholeText) frequency(word string) int {
	count := 0
	for line := range w.EachLine(word) {
		if line >= len(w.evidence) {
			break
		}
		count++
	}
	return count
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
	const usual = 32
	var room [usual]termPlace
	places := room[:0]
	for i := range t.variants {
		v := &t.variants[i]
		for line, start := range w.Each(v.text) {
			if line < len(w.evidence) {
				places = append(places, termPlace{line, start, v})
			} else if !slices.ContainsFunc(p.headings, func(h headingHold) bool { return h.line == line }) {
				p.headings = append(p.headings, headingHold{line, v.grade})
			}
		}
	}
	slices.SortStableFunc(places, func(a, b termPlace) int { return a.line - b.line })
	lines := 0
	for i := range places {
		if i == 0 || places[i-1].line != places[i].line {
			lines++
		}
	}
	p.places = slices.Clone(places)
	p.matches = make([]match, 0, len(places))
	p.lines = make([]linePlaces, 0, lines)
	for i, place := range p.places {
		if i == 0 || p.places[i-1].line != place.line {
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
