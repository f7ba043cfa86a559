package telegram

import (
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"wenbao/bot"
)

// Bounds of what is remembered of people.
const (
	mostConversations = 4096
	idleTime          = 30 * time.Minute // after which a conversation is forgotten
	mostAnswered      = 8192             // questions whose answers can still be edited
)

// asker is a person in a chat (and a forum's thread): whom a conversation belongs to.
type asker struct {
	chat   int64
	thread int
	person int64
}

// conversations keeps what people have said lately, in bounded memory. A conversation must not be used by two goroutines
// at once; the dispatcher handles one update of a chat at a time.
type conversations struct {
	mu    sync.Mutex
	cache *lru.Cache[asker, *conversation]
}

type conversation struct {
	session bot.Session
	last    string // the question before
	used    time.Time
}

func newConversations() *conversations {
	return &conversations{cache: newCache[asker, *conversation](mostConversations)}
}

// with gives an asker's conversation, a new one after an idle time.
func (c *conversations) with(who asker) *conversation {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.forget(now)
	found, known := c.cache.Get(who)
	if !known {
		found = new(conversation)
		c.cache.Add(who, found)
	}
	found.used = now
	return found
}

// forget drops what has been idle for too long; the least recently used come first.
func (c *conversations) forget(now time.Time) {
	for {
		_, oldest, any := c.cache.GetOldest()
		if !any || now.Sub(oldest.used) < idleTime {
			return
		}
		c.cache.RemoveOldest()
	}
}

// answeredQuestions knows which message answered which question, so that an edited question edits its answer.
type answeredQuestions struct {
	cache *lru.Cache[questionMessage, int]
}

type questionMessage struct {
	chat    int64
	message int
}

func newAnsweredQuestions() *answeredQuestions {
	return &answeredQuestions{newCache[questionMessage, int](mostAnswered)}
}

func (a *answeredQuestions) by(m *message) (answer int, known bool) {
	return a.cache.Get(questionMessage{m.Chat.ID, m.MessageID})
}

func (a *answeredQuestions) remember(m *message, answer int) {
	a.cache.Add(questionMessage{m.Chat.ID, m.MessageID}, answer)
}
