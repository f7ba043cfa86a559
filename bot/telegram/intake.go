package telegram

import (
	"encoding/json"
	"time"
)

// intake says what became of an update that came in.
type intake int

const (
	inHandNow    intake = iota // it is new
	inHandBefore               // it came again while it is being handled
	nothingToDo                // it was handled, or cannot be read: it would come again and again
	noRoom                     // too many are in hand
)

// accept takes an update in hand, unless there is nothing to do.
func (b *Bot) accept(raw json.RawMessage) (*taken, intake) {
	u, id, err := parseUpdate(raw)
	if err != nil {
		b.log.Error("收到读不懂的消息，跳过", "update", id, "error", err)
		if id > 0 {
			b.window.pass(id)
		}
		return nil, nothingToDo
	}
	t, fresh := b.window.take(id, raw)
	switch {
	case t == nil:
		return nil, noRoom
	case !fresh:
		return t, inHandBefore
	case b.journal.isHandled(id): // asked only now: until it is let go of, the journal may not know it yet
		b.window.done(id)
		return nil, nothingToDo
	}
	b.submit(u, t)
	return t, inHandNow
}

// submit hands an update over to the workers.
func (b *Bot) submit(u *update, t *taken) {
	b.metrics.received(u.kind())
	j := &job{update: u, taken: t, arrived: time.Now()}
	if u.InlineQuery != nil {
		b.inline.submit(j)
		return
	}
	b.chats.submit(j)
}
