package telegram

import (
	"context"
	"sync"
	"time"
)

// dispatcher handles updates: those of one chat in their order, those of different chats side by side, by a bounded number
// of workers. A worker takes one update of a chat and then puts the chat behind the others, so that a busy chat delays
// its own answers only.
type dispatcher struct {
	handle func(context.Context, *job)

	mu      sync.Mutex
	lanes   map[int64][]*job // of chats with updates in hand; the first is being handled or about to be
	waiting int              // jobs whose handling has not begun
	ready   chan int64       // chats whose next update can be handled; holds each at most once
	workers sync.WaitGroup
}

// job is an update to be handled.
type job struct {
	update  *update
	taken   *taken
	arrived time.Time
	later   func(context.Context) error // what is left to do once the update was handled; nil for nothing
}

// newDispatcher starts the workers. They stop when the context ends; capacity bounds the jobs in hand, which is for
// the callers of submit to respect.
func newDispatcher(ctx context.Context, workers, capacity int, handle func(context.Context, *job)) *dispatcher {
	d := &dispatcher{handle: handle, lanes: make(map[int64][]*job), ready: make(chan int64, capacity)}
	for range workers {
		d.workers.Go(func() { d.work(ctx) })
	}
	return d
}

// submit puts an update behind those of its chat.
func (d *dispatcher) submit(j *job) {
	chat := j.update.chat()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting++
	d.lanes[chat] = append(d.lanes[chat], j)
	if len(d.lanes[chat]) == 1 {
		d.ready <- chat
	}
}

// depth is how many updates wait for their handling to begin.
func (d *dispatcher) depth() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.waiting
}

func (d *dispatcher) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case chat := <-d.ready:
			d.handle(ctx, d.begin(chat))
			d.end(chat)
		}
	}
}

func (d *dispatcher) begin(chat int64) *job {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting--
	return d.lanes[chat][0]
}

func (d *dispatcher) end(chat int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lanes[chat] = d.lanes[chat][1:]; len(d.lanes[chat]) > 0 {
		d.ready <- chat
		return
	}
	delete(d.lanes, chat)
}

// wait waits until the workers have stopped.
func (d *dispatcher) wait() { d.workers.Wait() }
