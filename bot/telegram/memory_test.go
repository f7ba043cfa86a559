package telegram

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestConversationsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newConversations()
		alice, bob := asker{chat: 1, person: 1}, asker{chat: 1, person: 2}
		first := c.with(alice)
		time.Sleep(idleTime - time.Minute)
		if c.with(alice) != first || c.with(bob) == first {
			t.Error("Alice's conversation is not hers, or was forgotten too soon")
		}
		time.Sleep(idleTime - time.Minute)
		c.with(alice)
		time.Sleep(2 * time.Minute)
		c.with(alice)
		if n := c.cache.Len(); n != 1 {
			t.Errorf("%d conversations are remembered, want Alice's alone", n)
		}
		for i := range 2 * mostConversations {
			c.with(asker{chat: int64(i)})
		}
		if n := c.cache.Len(); n > mostConversations {
			t.Errorf("%d conversations are remembered", n)
		}
	})
}

func TestLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(0)
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
