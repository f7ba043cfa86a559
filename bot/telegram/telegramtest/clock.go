package telegramtest

import (
	"context"
	"sync"
	"time"
)

// Clock tells the server the time and wakes it.
type Clock interface {
	Now() time.Time
	// Timer makes a channel that gets a value once the duration has passed. stop frees what is behind it.
	Timer(duration time.Duration) (fired <-chan time.Time, stop func())
}

// realClock is the machine's clock.
type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) Timer(duration time.Duration) (<-chan time.Time, func()) {
	timer := time.NewTimer(duration)
	return timer.C, func() { timer.Stop() }
}

// ManualClock stands still until a test moves it. It is safe for concurrent use.
type ManualClock struct {
	mu      sync.Mutex
	now     time.Time
	timers  map[chan time.Time]time.Time
	changed chan struct{} // closed when a timer is set
}

// NewManualClock makes a clock that shows a time.
func NewManualClock(now time.Time) *ManualClock {
	return &ManualClock{now: now, timers: map[chan time.Time]time.Time{}, changed: make(chan struct{})}
}

// Now is the time that the clock shows.
func (c *ManualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Timer implements [Clock].
func (c *ManualClock) Timer(duration time.Duration) (<-chan time.Time, func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fired := make(chan time.Time, 1)
	if duration <= 0 {
		fired <- c.now
		return fired, func() {}
	}
	c.timers[fired] = c.now.Add(duration)
	close(c.changed)
	c.changed = make(chan struct{})
	return fired, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.timers, fired)
	}
}

// Advance moves the clock on and fires the timers that are due.
func (c *ManualClock) Advance(duration time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(duration)
	for fired, at := range c.timers {
		if !at.After(c.now) {
			fired <- c.now
			delete(c.timers, fired)
		}
	}
}

// Timers waits until at least so many timers run, so that a test can advance the clock knowing who waits for it.
func (c *ManualClock) Timers(ctx context.Context, count int) error {
	for {
		c.mu.Lock()
		running, changed := len(c.timers), c.changed
		c.mu.Unlock()
		if running >= count {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
