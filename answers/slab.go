package answers

// slab hands out the memory in which a question's anchors are weighed. A question weighs some hundred of them, of which one
// or a few are kept: in blocks they are allocated a few at a time.
type slab struct {
	grades    []float64
	clauses   []int
	presences []presence // what remains of block
	block     []presence
	places    []match
}

// slabAnchors is for how many anchors a block has room.
const slabAnchors = 16

// take gives a slice of n items, zero each, and what remains of a block.
func take[T any](block []T, n int) (items, rest []T) {
	if len(block) < n {
		block = make([]T, n*slabAnchors)
	}
	return block[:n:n], block[n:]
}

// anchor gives room for the grades and the clauses of n terms.
func (s *slab) anchor(n int) (grades []float64, clauses []int) {
	grades, s.grades = take(s.grades, n)
	clauses, s.clauses = take(s.clauses, n)
	return grades, clauses
}

// presence gives room for where n terms are present.
func (s *slab) presence(n int) []presence {
	if len(s.presences) < n {
		s.block = make([]presence, n*slabAnchors)
		s.presences = s.block
	}
	p := s.presences[:n:n]
	s.presences = s.presences[n:]
	return p
}

// forgetPresences takes back the room for presences, of which none are needed any more.
func (s *slab) forgetPresences() {
	clear(s.block)
	s.presences = s.block
}

// scratch gives room for n places, until it is called again.
func (s *slab) scratch(n int) []match {
	if cap(s.places) < n {
		s.places = make([]match, n)
	}
	places := s.places[:n]
	clear(places)
	return places
}
