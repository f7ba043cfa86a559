package telegramtest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxCallbackText is how long the answer to a tap may be, in UTF-16 units.
const maxCallbackText = 200

// query is a callback or inline query that the bot may answer once, in time.
type query struct {
	at       time.Time
	tap      *Tap
	inline   *InlineQuery
	answered bool
}

// open makes a query known and gives its identifier. The caller holds the lock.
func (s *Server) open(q *query) string {
	s.sequence++
	q.at = s.clock.Now()
	id := strconv.FormatInt(4_400_000_000_000_000_000+s.sequence, 10)
	s.queries[id] = q
	return id
}

// answerable finds a query that still waits for its answer. The caller holds the lock.
func (s *Server) answerable(id string, inline bool) (*query, *Refusal) {
	q := s.queries[id]
	if q == nil || q.answered || (q.inline != nil) != inline || s.clock.Now().Sub(q.at) > s.options.QueryLifetime {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	q.answered = true
	delete(s.queries, id)
	return q, nil
}

// CallbackAnswer is what a person sees after a tap.
type CallbackAnswer struct {
	Text      string
	ShowAlert bool
	URL       string
}

// Tap is a button that someone tapped. Of its parts only those are set that belong to the button.
type Tap struct {
	s        *Server
	answered chan struct{}
	answer   CallbackAnswer

	// Sent is the message that a link into the bot made the person send.
	Sent *Message
	// Inline is the inline query that a switch_inline_query button began.
	Inline *InlineQuery
	// URL is the link that was opened, Copied the text that was copied.
	URL, Copied string
}

// Answer waits until the bot has answered the tap.
func (t *Tap) Answer(ctx context.Context) (CallbackAnswer, error) {
	select {
	case <-t.answered:
		return t.answer, nil
	case <-ctx.Done():
		return CallbackAnswer{}, fmt.Errorf("telegramtest: the tap was not answered: %w", context.Cause(ctx))
	}
}

// Answered tells whether the bot has answered the tap.
func (t *Tap) Answered() bool {
	select {
	case <-t.answered:
		return true
	default:
		return false
	}
}

// Tap taps the button of a message, by its label. A callback button asks the bot; a link into the bot sends "/start"
// with its payload in the private chat; a switch_inline_query button begins an inline query.
func (c *Chat) Tap(from *Person, m Message, label string) *Tap {
	now, ok := c.Message(m.ID)
	button, found := now.Button(label)
	if !ok || !found {
		var labels []string
		for _, button := range now.Buttons() {
			labels = append(labels, button.Text)
		}
		c.s.fail("message %d has no button %q, but %q", m.ID, label, labels)
	}
	return c.press(from, now, button)
}

// TapData sends a callback query with data that the message need not offer, as buttons of an older version do.
func (c *Chat) TapData(from *Person, m Message, data string) *Tap {
	return c.press(from, m, Button{Data: &data})
}

func (c *Chat) press(from *Person, m Message, button Button) *Tap {
	s := c.s
	tap := &Tap{s: s, answered: make(chan struct{})}
	switch {
	case button.Data != nil:
		s.mu.Lock()
		defer s.mu.Unlock()
		asked := &callbackQuery{
			From: &from.user, Data: *button.Data, ChatInstance: strconv.FormatInt(c.info.ID*31, 10),
		}
		if m.InlineID != "" {
			asked.InlineMessageID = m.InlineID
		} else {
			asked.Message = &m
		}
		asked.ID = s.open(&query{tap: tap})
		s.notify("callback_query", c.info.ID, asked)
		return tap
	case button.URL != nil:
		tap.URL = *button.URL
		tap.Sent = from.openLink(tap.URL)
	case button.SwitchInlineCurrentChat != nil:
		tap.Inline = from.Inline(*button.SwitchInlineCurrentChat, "")
	case button.SwitchInlineQuery != nil:
		tap.Inline = from.Inline(*button.SwitchInlineQuery, "")
	case button.CopyText != nil:
		tap.Copied = button.CopyText.Text
	default:
		s.fail("a tap on %q does nothing that this server knows", button.Text)
	}
	close(tap.answered)
	return tap
}

// Open opens a link. If it leads into the bot, the person presses START there, and the message is what was sent.
func (p *Person) Open(link string) (Message, bool) {
	if sent := p.openLink(link); sent != nil {
		return *sent, true
	}
	return Message{}, false
}

func (p *Person) openLink(link string) *Message {
	into, ok := p.s.deepLink(link)
	if !ok || into.group {
		return nil
	}
	payload := into.payload
	if !validStart(payload) { // clients drop it
		payload = ""
	}
	sent := p.private.Type(p, strings.TrimSpace("/start "+payload))
	return &sent
}

func (s *Server) answerCallbackQuery(_ context.Context, r *request) (any, *Refusal) {
	if utf16Length(r.text("text")) > maxCallbackText {
		return nil, malformed("MESSAGE_TOO_LONG")
	}
	if address := r.text("url"); address != "" {
		if _, ok := s.deepLink(address); !ok {
			return nil, malformed("URL_INVALID")
		}
		if refusal := s.checkDeepLink(address); refusal != nil {
			return nil, refusal
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	q, refusal := s.answerable(r.text("callback_query_id"), false)
	if refusal != nil {
		return nil, refusal
	}
	q.tap.answer = CallbackAnswer{Text: r.text("text"), ShowAlert: r.truth("show_alert"), URL: r.text("url")}
	close(q.tap.answered)
	s.changed()
	return true, nil
}
