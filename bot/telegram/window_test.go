package telegram

import (
	"errors"
	"slices"
	"testing"
)

func TestWindowConfirmsOnlyWhatWasHandled(t *testing.T) {
	w := newWindow(10)
	for id := 10; id < 15; id++ {
		w.take(id, nil)
	}
	for _, step := range []struct{ done, offset int }{{11, 10}, {10, 12}, {14, 12}, {12, 13}, {13, 15}} {
		if w.done(step.done); w.offset() != step.offset {
			t.Errorf("after %d the offset is %d, want %d", step.done, w.offset(), step.offset)
		}
	}
	if w.pass(20); w.offset() != 21 {
		t.Errorf("after 20 was passed over the offset is %d", w.offset())
	}
}

func TestWindowKeeps(t *testing.T) {
	w := newWindow(10)
	for id := range 8 {
		w.take(8-id, nil)
	}
	full := errors.New("disk full")
	if err := w.keep(func([]*taken) error { return full }); !errors.Is(err, full) || w.offset() != 1 {
		t.Errorf("nothing could be kept: error %v, offset %d", err, w.offset())
	}
	var kept []int
	err := w.keep(func(updates []*taken) error {
		for _, t := range updates {
			kept = append(kept, t.id)
		}
		return nil
	})
	if err != nil || w.offset() != 9 || !slices.Equal(kept, []int{1, 2, 3, 4, 5, 6, 7, 8}) {
		t.Errorf("everything was kept: error %v, offset %d, in the order %v", err, w.offset(), kept)
	}
	if all, unconfirmed, _ := w.inHand(); all != 8 || unconfirmed != 0 {
		t.Errorf("in hand: %d, %d unconfirmed", all, unconfirmed)
	}
}

// What was kept before a crash must not confirm what could not be kept any more.
func TestWindowRestores(t *testing.T) {
	w := newWindow(10)
	w.restore(5, nil)
	if w.offset() != 0 {
		t.Errorf("the first poll asks from %d on, want all that is unconfirmed", w.offset())
	}
	if _, fresh := w.take(5, nil); fresh {
		t.Error("what was restored is taken again")
	}
	if w.take(4, nil); w.offset() != 4 {
		t.Errorf("offset %d, want 4, which was not kept", w.offset())
	}
}

func TestWindowIsBounded(t *testing.T) {
	w := newWindow(2)
	w.take(1, nil)
	w.take(2, nil)
	if t3, _ := w.take(3, nil); t3 != nil || w.hasRoom(1) || w.offset() != 1 {
		t.Errorf("a third update was taken: %v, offset %d", t3, w.offset())
	}
	w.done(1)
	if _, fresh := w.take(3, nil); !fresh || w.offset() != 2 {
		t.Errorf("there is no room for 3, offset %d", w.offset())
	}
}
