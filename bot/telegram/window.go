package telegram

import (
	"cmp"
	"encoding/json"
	"slices"
	"sync"
)

// window knows the updates that were taken and are not handled yet, and from that how far Telegram may be told that
// updates were received: up to the first that was not handled, and not beyond.
type window struct {
	capacity int // updates in hand at most, but for those that are restored

	mu    sync.Mutex
	taken map[int]*taken
	next  int // one above the highest identifier taken
	// moved is closed, and made anew, whenever an update is handled.
	moved chan struct{}
}

// taken is an update in hand.
type taken struct {
	id      int
	raw     json.RawMessage
	kept    bool          // in the journal, so that Telegram may forget it
	handled chan struct{} // closed when it was handled
}

func newWindow(capacity int) *window {
	return &window{capacity: capacity, taken: make(map[int]*taken), moved: make(chan struct{})}
}

// take takes an update in hand. Fresh is false for one that is in hand already; t is nil where there is no room for it.
func (w *window) take(id int, raw json.RawMessage) (t *taken, fresh bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t, known := w.taken[id]; known {
		w.next = max(w.next, id+1)
		return t, false
	}
	if len(w.taken) >= w.capacity {
		return nil, false
	}
	w.next = max(w.next, id+1)
	t = &taken{id: id, raw: raw, handled: make(chan struct{})}
	w.taken[id] = t
	return t, true
}

// restore takes an update in hand that the journal kept. It says nothing about those before it: the process may have been
// killed before it could keep them too.
func (w *window) restore(id int, raw json.RawMessage) *taken {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := &taken{id: id, raw: raw, kept: true, handled: make(chan struct{})}
	w.taken[id] = t
	return t
}

// pass counts an update as handled that never was in hand.
func (w *window) pass(id int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.next = max(w.next, id+1)
}

// done lets go of an update that was handled.
func (w *window) done(id int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t, known := w.taken[id]; known {
		delete(w.taken, id)
		close(t.handled)
		close(w.moved)
		w.moved = make(chan struct{})
	}
}

// hasRoom tells whether so many updates more can be taken.
func (w *window) hasRoom(more int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.taken)+more <= w.capacity
}

// inHand counts the updates in hand, and gives a channel that is closed as soon as one of them is handled.
func (w *window) inHand() (all, unconfirmed int, moved <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range w.taken {
		if !t.kept {
			unconfirmed++
		}
	}
	return len(w.taken), unconfirmed, w.moved
}

// offset is the first update that Telegram must go on holding; 0 before there was any.
func (w *window) offset() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	offset := w.next
	for id, t := range w.taken {
		if !t.kept {
			offset = min(offset, id)
		}
	}
	return offset
}

// keep lets every update in hand be confirmed, once save has written them down, the oldest first.
func (w *window) keep(save func([]*taken) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var unconfirmed []*taken
	for _, t := range w.taken {
		if !t.kept {
			unconfirmed = append(unconfirmed, t)
		}
	}
	slices.SortFunc(unconfirmed, func(a, b *taken) int { return cmp.Compare(a.id, b.id) })
	if err := save(unconfirmed); err != nil {
		return err
	}
	for _, t := range unconfirmed {
		t.kept = true
	}
	return nil
}
