package telegram

import (
	"context"
	"slices"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"wenbao/bot"
)

// # Conversations
//
// A conversation is what was asked in it: a bot that has not heard a part of it asks itself the questions again, and
// then knows what a follow-up leans on. So what several bots share is nothing but questions, each under the number of
// its update, and it is all the same in which order they are told of them.

// Bounds of what is remembered of people.
const (
	mostConversations = 4096
	mostTurns         = 12               // of a conversation; a follow-up leans on no more
	idleTime          = 30 * time.Minute // after which a conversation is forgotten
	mostAnswered      = 8192             // questions whose answers can still be edited
)

// Conversations keeps what people have said lately, and which message answered which question, for one bot or for
// several that serve one webhook. It is safe for concurrent use.
type Conversations interface {
	// Say notes what somebody says, and tells the last turns before it by their updates, at most MostTurns, the oldest
	// first. Saying the same again changes nothing. A conversation is forgotten when nothing has been said for half an
	// hour.
	Say(ctx context.Context, who Asker, turn Turn) (before []Turn, err error)
	// Answered notes which message answered a question, which is a message too.
	Answered(ctx context.Context, chat int64, question, answer int) error
	// Answer is the message that answered a question; 0 when that is not known any more.
	Answer(ctx context.Context, chat int64, question int) (answer int, err error)
}

// Bounds for those who keep conversations.
const (
	MostTurns = mostTurns
	IdleTime  = idleTime
)

// Asker is a person in a chat (and a forum's thread): whom a conversation belongs to.
type Asker struct {
	Chat   int64
	Thread int
	Person int64
}

// Turn is a question in a conversation.
type Turn struct {
	Update int // the number of its update: higher ones came later
	Text   string
}

// Memory keeps conversations in this process, in bounded memory.
type Memory struct {
	mu       sync.Mutex
	turns    *lru.Cache[Asker, *remembered]
	answered *lru.Cache[questionMessage, int]
}

var _ Conversations = (*Memory)(nil)

type remembered struct {
	turns []Turn
	used  time.Time
}

type questionMessage struct {
	chat    int64
	message int
}

// NewMemory makes an empty memory.
func NewMemory() *Memory {
	return &Memory{
		turns: newCache[Asker, *remembered](mostConversations), answered: newCache[questionMessage, int](mostAnswered),
	}
}

// Say implements Conversations.
func (m *Memory) Say(_ context.Context, who Asker, turn Turn) ([]Turn, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	m.forget(now)
	found, known := m.turns.Get(who)
	if !known {
		found = new(remembered)
		m.turns.Add(who, found)
	}
	found.used = now
	at, again := slices.BinarySearchFunc(found.turns, turn, func(a, b Turn) int { return a.Update - b.Update })
	before := slices.Clone(found.turns[max(0, at-mostTurns):at])
	if !again {
		found.turns = slices.Insert(found.turns, at, turn)
		found.turns = found.turns[max(0, len(found.turns)-mostTurns-1):]
	}
	return before, nil
}

// forget drops what has been idle for too long; the least recently used come first.
func (m *Memory) forget(now time.Time) {
	for {
		_, oldest, any := m.turns.GetOldest()
		if !any || now.Sub(oldest.used) < idleTime {
			return
		}
		m.turns.RemoveOldest()
	}
}

// Answered implements Conversations.
func (m *Memory) Answered(_ context.Context, chat int64, question, answer int) error {
	m.answered.Add(questionMessage{chat, question}, answer)
	return nil
}

// Answer implements Conversations.
func (m *Memory) Answer(_ context.Context, chat int64, question int) (int, error) {
	answer, _ := m.answered.Get(questionMessage{chat, question})
	return answer, nil
}

// sessions keeps what this bot knows of conversations. One must not be used by two goroutines at once; the dispatcher
// handles one update of a chat at a time.
type sessions struct {
	mu    sync.Mutex
	cache *lru.Cache[Asker, *session]
}

type session struct {
	bot.Session
	turns []Turn // that it has heard, the last of them
	last  string // the question before
}

func newSessions() *sessions {
	return &sessions{cache: newCache[Asker, *session](mostConversations)}
}

// with gives an asker's session.
func (s *sessions) with(who Asker) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, known := s.cache.Get(who)
	if !known {
		found = new(session)
		s.cache.Add(who, found)
	}
	return found
}

// hear notes a turn.
func (s *session) hear(turn Turn, asked string) {
	s.turns = append(s.turns, turn)
	s.turns = slices.Clone(s.turns[max(0, len(s.turns)-mostTurns):])
	if asked != "" {
		s.last = asked
	}
}

// joined is an asker's session after all turns before this one, whoever heard them. Where nobody knows of others,
// those that this bot has heard count.
func (b *Bot) joined(ctx context.Context, who Asker, turn Turn) (*session, error) {
	s := b.sessions.with(who)
	before, err := b.conversations.Say(ctx, who, turn)
	b.noteShared(err)
	if err != nil || slices.Equal(before, s.turns) {
		return s, nil
	}
	*s = session{}
	for _, turn := range before {
		reply, err := b.replies.Reply(ctx, &s.Session, turn.Text)
		if err != nil {
			*s = session{} // half of it would be taken for all
			return nil, err
		}
		s.hear(turn, askedIn(reply))
	}
	return s, nil
}

// askedIn is the question that a reply answers; empty when it was none.
func askedIn(reply bot.Reply) string {
	if reply.Answer == nil {
		return ""
	}
	return reply.Answer.Question
}

// noteShared says in the log when conversations can no longer be kept, and when they can again.
func (b *Bot) noteShared(err error) {
	if failed := err != nil; b.unshared.Swap(failed) != failed {
		if failed {
			b.log.Error("存放对话的地方连不上，机器人照常回答，但只记得自己听到的话", "error", err)
		} else {
			b.log.Info("存放对话的地方又连上了")
		}
	}
}

// answerTo is the message that answered one; 0 when that is not known.
func (b *Bot) answerTo(ctx context.Context, m *message) int {
	answer, err := b.conversations.Answer(ctx, m.Chat.ID, m.MessageID)
	b.noteShared(err)
	return answer
}

// rememberAnswer notes which message answered one, so that an edited question edits its answer.
func (b *Bot) rememberAnswer(ctx context.Context, m *message, answer int) {
	b.noteShared(b.conversations.Answered(ctx, m.Chat.ID, m.MessageID, answer))
}
