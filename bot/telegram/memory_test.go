package telegram

import (
	"testing"
	"testing/synctest"
	"time"
)

// The sleeps below are of a synctest bubble: they pass in no time.

func TestConversationsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewMemory()
		alice, bob := Asker{Chat: 1, Person: 1}, Asker{Chat: 1, Person: 2}
		update := 0
		say := func(who Asker) int {
			update++
			before, err := m.Say(t.Context(), who, Turn{update, "?"})
			if err != nil {
				t.Fatal(err)
			}
			return len(before)
		}
		say(alice)
		time.Sleep(idleTime - time.Minute)
		if say(alice) != 1 || say(bob) != 0 {
			t.Error("Alice's conversation is not hers, or was forgotten too soon")
		}
		time.Sleep(idleTime - time.Minute)
		say(alice)
		time.Sleep(2 * time.Minute)
		say(alice)
		if n := m.turns.Len(); n != 1 {
			t.Errorf("%d conversations are remembered, want Alice's alone", n)
		}
		for i := range 2 * mostConversations {
			say(Asker{Chat: int64(i)})
		}
		if n := m.turns.Len(); n > mostConversations {
			t.Errorf("%d conversations are remembered", n)
		}
	})
}

func TestLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(20, 20)
		for i := range 20 {
			if got := l.ask(1); got != allowed {
				t.Fatalf("question %d: %v", i+1, got)
			}
		}
		if first, second := l.ask(1), l.ask(1); first != refuse || second != ignore {
			t.Errorf("too many questions: %v, %v; want one notice", first, second)
		}
		if l.ask(2) != allowed {
			t.Error("another person is refused")
		}
		time.Sleep(time.Minute)
		for i := range 20 {
			if got := l.ask(1); got != allowed {
				t.Fatalf("a minute later, question %d: %v", i+1, got)
			}
		}
		if l.ask(1) != refuse {
			t.Error("the second time too many, nothing is said")
		}
	})
}

// A group may not fill up with questions that nobody could be answered in time, whoever asks them.
func TestGroupLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &Bot{people: newLimiter(20, 20), groups: newLimiter(20, 40)}
		group, person := place{chat: -7, group: true}, int64(0)
		asked := func(in place) (most int) {
			for ; ; most++ {
				person++ // another one each time
				if b.mayAsk(in, person) != allowed {
					return most
				}
			}
		}
		if most := asked(group); most != 40 {
			t.Errorf("%d questions are taken at once, want the answers of two minutes", most)
		}
		if b.mayAsk(place{chat: -8, group: true}, person) != allowed || b.mayAsk(place{chat: person}, person) != allowed {
			t.Error("other chats are refused too")
		}
		time.Sleep(time.Minute)
		if most := asked(group); most != 20 {
			t.Errorf("a minute later %d are taken, want 20", most)
		}
	})
}
