package telegramtest

import (
	"context"
	"errors"
	"fmt"
)

// bell wakes those who listen. The server's lock guards it.
type bell struct {
	rung chan struct{} // nil while nobody listens
}

func (b *bell) ring() {
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}

// listen gives a channel that is closed when the bell rings next.
func (b *bell) listen() <-chan struct{} {
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung
}

// changed wakes everyone who waits for a condition on the server. The caller holds the lock.
func (s *Server) changed() { s.bell.ring() }

// changed wakes everyone who waits for a condition on the chat or the server. The caller holds the lock.
func (c *Chat) changed() {
	c.bell.ring()
	c.s.changed()
}

// Wait blocks until a condition holds. It is looked at now and whenever anything has changed: a message, an answer to a
// query, a call. The condition may ask the server, its people and chats for whatever it needs.
func (s *Server) Wait(ctx context.Context, condition func() bool) error {
	return s.waitFor(ctx, &s.bell, condition)
}

// waitFor looks at a condition whenever a bell has rung.
func (s *Server) waitFor(ctx context.Context, bell *bell, condition func() bool) error {
	for {
		s.mu.Lock()
		rung := bell.listen()
		s.mu.Unlock()
		if condition() {
			return nil
		}
		select {
		case <-rung:
		case <-ctx.Done():
			return fmt.Errorf("telegramtest: waited in vain: %w", context.Cause(ctx))
		case <-s.closing.Done():
			return errors.New("telegramtest: the server was closed")
		}
	}
}
