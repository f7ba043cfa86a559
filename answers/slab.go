package answers

import (
	"slices"
	"sync"
)

// slab hands out the memory in which a question's anchors are weighed. A question weighs some hundred of them, of which one
// or a few are kept, and none once it is answered: the next question takes the same memory. What is handed out is not empty
// and has to be filled.
type slab struct {
	grades    block[float64]
	clauses   block[int]
	presences block[presence]
	anchors   block[anchor]
	places    []match
	looked    []*term // of all parts of the question so far, whose places have been looked up
}

// block is memory for many items, of which some are in use.
type block[T any] struct {
	items []T
	used  int
}

// slabAnchors is for how many anchors a block has room at first.
const slabAnchors = 16

// mostKept bounds the items that are kept for the next question, so that a message which needed far more than others does
// not hold its memory for good.
const mostKept = 1 << 13

// take gives n items; a block that is used up gives way to one of the double size.
func (b *block[T]) take(n, atFirst int) []T {
	if len(b.items)-b.used < n {
		b.items, b.used = make([]T, max(n, atFirst, 2*len(b.items))), 0
	}
	items := b.items[b.used : b.used+n : b.used+n]
	b.used += n
	return items
}

// backTo takes back what was taken since there were so many items in use, of a block that may have given way since.
func (b *block[T]) backTo(items []T, used int) {
	if len(items) != len(b.items) {
		used = 0 // none of the larger one was in use then
	}
	clear(b.items[used:b.used])
	b.used = used
}

// forget takes all items back, of which none are needed any more, and lets go what they point at.
func (b *block[T]) forget() {
	if len(b.items) > mostKept {
		b.items = nil
	} else {
		clear(b.items[:b.used])
	}
	b.used = 0
}

// slabs are those that no question is using.
var slabs = sync.Pool{New: func() any { return &slab{} }}

// putBack leaves a slab to the next question.
func (s *slab) putBack() {
	s.grades.forget()
	s.clauses.forget()
	s.presences.forget()
	s.anchors.forget()
	clear(s.looked)
	s.looked = s.looked[:0]
	slabs.Put(s)
}

// sharePlaces gives terms the places of the same terms of other parts of the question.
func (s *slab) sharePlaces(terms []*term) {
	for _, t := range terms {
		known := slices.IndexFunc(s.looked, func(other *term) bool {
			return other.text == t.text && other.class == t.class && other.number == t.number && slices.Equal(other.variants, t.variants)
		})
		if known >= 0 {
			t.places = s.looked[known].places
		} else {
			s.looked = append(s.looked, t)
		}
		s.sharePlaces(t.parts)
	}
}

// anchor gives room for the grades and the clauses of n terms.
func (s *slab) anchor(n int) (grades []float64, clauses []int) {
	return s.grades.take(n, n*slabAnchors), s.clauses.take(n, n*slabAnchors)
}

// room gives room for up to n anchors, none of which is there yet.
func (s *slab) room(n int) []anchor { return s.anchors.take(n, n)[:0] }

// presence gives room for where n terms are present.
func (s *slab) presence(n int) []presence { return s.presences.take(n, n*slabAnchors) }

// scratch gives room for n places, none of them known, until it is called again.
func (s *slab) scratch(n int) []match {
	if cap(s.places) < n {
		s.places = make([]match, n)
	}
	places := s.places[:n]
	clear(places)
	return places
}
