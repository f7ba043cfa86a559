package telegramtest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// Bounds of getUpdates.
const (
	maxUpdates  = 100
	maxPollTime = 50 * time.Second
	updateLife  = 24 * time.Hour
)

// quiet are the kinds of updates that bots get only if they ask for them.
var quiet = []string{"chat_member", "message_reaction", "message_reaction_count"}

// update is news for the bot. It never changes but for done.
type update struct {
	id      int64
	kind    string
	payload any
	chat    int64 // its updates reach a webhook one after the other
	at      time.Time
	done    bool // confirmed, or taken by a webhook
}

// MarshalJSON gives the Update of the Bot API.
func (u *update) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"update_id": u.id, u.kind: u.payload})
}

// updateQueue holds the updates that the bot has not confirmed, without gaps between their identifiers. The server's
// lock guards it.
type updateQueue struct {
	items   []*update
	next    int64
	pending int
	allowed []string // nil for all but the quiet ones
	arrived chan struct{}
	poll    *poll
}

// poll is a getUpdates that waits.
type poll struct {
	ended   chan struct{} // closed when another request ended it
	refusal *Refusal      // why, readable once ended is closed
}

func newUpdateQueue() updateQueue {
	return updateQueue{next: 300_000_001, arrived: make(chan struct{})}
}

// notify queues an update, if the bot wants its kind. The caller holds the lock.
func (s *Server) notify(kind string, chat int64, payload any) {
	q := &s.updates
	wanted := !slices.Contains(quiet, kind)
	if q.allowed != nil {
		wanted = slices.Contains(q.allowed, kind)
	}
	if wanted {
		u := &update{id: q.next, kind: kind, payload: payload, chat: chat, at: s.clock.Now()}
		q.next++
		q.pending++
		q.items = append(q.items, u)
		if s.webhook != nil {
			s.push(s.webhook, u)
		}
		close(q.arrived)
		q.arrived = make(chan struct{})
	}
	s.changed()
}

// confirm forgets the updates before an offset.
func (q *updateQueue) confirm(offset int64) {
	if len(q.items) == 0 {
		return
	}
	drop := min(max(offset-q.items[0].id, 0), int64(len(q.items)))
	for _, u := range q.items[:drop] {
		q.finish(u)
	}
	clear(q.items[:drop])
	q.items = q.items[drop:]
}

// finish marks an update that nobody needs to get any more.
func (q *updateQueue) finish(u *update) {
	if !u.done {
		u.done = true
		q.pending--
	}
}

// confirmOld forgets what is older than a day.
func (q *updateQueue) confirmOld(now time.Time) {
	for len(q.items) > 0 && now.Sub(q.items[0].at) > updateLife {
		q.confirm(q.items[0].id + 1)
	}
}

// take gives the first updates that are not done.
func (q *updateQueue) take(limit int) []*update {
	batch := make([]*update, 0, min(limit, len(q.items)))
	for _, u := range q.items {
		if len(batch) == limit {
			break
		}
		if !u.done {
			batch = append(batch, u)
		}
	}
	return batch
}

// supersede ends the getUpdates that waits, if any. The caller holds the lock.
func (s *Server) supersede(refusal *Refusal) {
	if p := s.updates.poll; p != nil {
		p.refusal = refusal
		close(p.ended)
		s.updates.poll = nil
	}
}

// allow sets the kinds of updates that the bot wants from now on; without the parameter they stay as they are.
func (s *Server) allow(r *request) *Refusal {
	if !r.has("allowed_updates") {
		return nil
	}
	var allowed []string
	if refusal := r.decode("allowed_updates", &allowed); refusal != nil {
		return refusal
	}
	if len(allowed) == 0 {
		allowed = nil
	}
	s.updates.allowed = allowed
	return nil
}

// getUpdates is long polling. Of two that wait at once the older ends with a conflict.
func (s *Server) getUpdates(ctx context.Context, r *request) (any, *Refusal) {
	limit := int(r.number("limit"))
	if limit < 1 || limit > maxUpdates {
		limit = maxUpdates
	}
	timeout := min(max(time.Duration(r.number("timeout"))*time.Second, 0), maxPollTime)

	s.mu.Lock()
	if s.webhook != nil {
		s.mu.Unlock()
		return nil, conflict("can't use getUpdates method while webhook is active; " +
			"use deleteWebhook to delete the webhook first")
	}
	s.supersede(conflict("terminated by other getUpdates request; make sure that only one bot instance is running"))
	if refusal := s.allow(r); refusal != nil {
		s.mu.Unlock()
		return nil, refusal
	}
	own := &poll{ended: make(chan struct{})}
	s.updates.poll = own
	s.updates.confirmOld(s.clock.Now())
	switch offset := r.number("offset"); {
	case offset > 0:
		s.updates.confirm(offset)
	case offset < 0:
		s.updates.confirm(s.updates.next + offset)
	}
	s.changed()
	batch, arrived := s.updates.take(limit), s.updates.arrived
	s.mu.Unlock()
	if len(batch) > 0 || timeout == 0 {
		return s.endPoll(own, batch)
	}

	fired, stop := s.clock.Timer(timeout)
	defer stop()
	for len(batch) == 0 {
		select {
		case <-arrived:
		case <-own.ended:
			return []*update{}, own.refusal
		case <-fired:
			return s.endPoll(own, batch)
		case <-ctx.Done():
			return s.endPoll(own, nil)
		case <-s.closing.Done():
			return nil, &Refusal{Code: http.StatusBadGateway, Description: "Bad Gateway"}
		}
		s.mu.Lock()
		batch, arrived = s.updates.take(limit), s.updates.arrived
		s.mu.Unlock()
	}
	return s.endPoll(own, batch)
}

// endPoll answers a getUpdates that no other has ended.
func (s *Server) endPoll(own *poll, batch []*update) (any, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.updates.poll != own {
		return []*update{}, own.refusal
	}
	s.updates.poll = nil
	if batch == nil {
		batch = []*update{}
	}
	return batch, nil
}

// Pending is how many updates the bot has not confirmed yet.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.updates.pending
}

// Polling tells whether a getUpdates waits for news.
func (s *Server) Polling() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.updates.poll != nil
}
