package telegramtest

import (
	"context"
	"slices"
	"strings"
)

// Chat is a private chat of a person with the bot, or a group. The server's lock guards what changes.
type Chat struct {
	s          *Server
	info       ChatInfo
	person     *Person // whose private chat it is, nil for groups
	members    map[int64]*Person
	membership string // the bot's in a group: member, left, kicked, or "" if it never was in it
	migratedTo int64
	messages   []*Message // by identifier, from 1; what they point to never changes
	topics     map[int]string
	bell       bell
}

// Group makes a group of people with the bot in it.
func (s *Server) Group(title string, members ...*Person) *Chat {
	return s.newGroup(title, "member", members)
}

// GroupWithoutBot makes a group that the bot does not know. People may still share inline results in it.
func (s *Server) GroupWithoutBot(title string, members ...*Person) *Chat {
	return s.newGroup(title, "", members)
}

func (s *Server) newGroup(title, membership string, members []*Person) *Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups++
	chat := &Chat{
		s: s, info: ChatInfo{ID: -4_000_000_000 - s.groups, Type: "group", Title: title}, membership: membership,
		members: map[int64]*Person{},
	}
	for _, member := range members {
		chat.members[member.user.ID] = member
	}
	s.chats[chat.info.ID] = chat
	return chat
}

// Info is the chat as the Bot API names it.
func (c *Chat) Info() ChatInfo { return c.info }

// ID is the chat's identifier.
func (c *Chat) ID() int64 { return c.info.ID }

// message finds a message that is still there, or nil. The caller holds the lock.
func (c *Chat) message(id int) *Message {
	if id < 1 || id > len(c.messages) || c.messages[id-1].Deleted {
		return nil
	}
	return c.messages[id-1]
}

// add puts a message into the chat. The caller holds the lock.
func (c *Chat) add(m Message) *Message {
	m.ID = len(c.messages) + 1
	m.Chat = c.info
	m.IsTopicMessage = c.topics[m.ThreadID] != ""
	m.Date = c.s.clock.Now().Unix()
	c.messages = append(c.messages, &m)
	c.changed()
	return &m
}

// remove takes a message out of the chat. The caller holds the lock.
func (c *Chat) remove(m *Message) {
	gone := *m
	gone.Deleted = true
	c.replace(&gone)
}

// replace puts a new version of a message in its place. The caller holds the lock.
func (c *Chat) replace(m *Message) {
	c.messages[m.ID-1] = m
	c.changed()
}

// Messages are the messages that the chat shows now, in order.
func (c *Chat) Messages() []Message {
	return slices.DeleteFunc(c.History(), func(m Message) bool { return m.Deleted })
}

// History are all messages of the chat, with those that were deleted.
func (c *Chat) History() []Message {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	messages := make([]Message, len(c.messages))
	for i, m := range c.messages {
		messages[i] = *m
	}
	return messages
}

// Message is a message as the chat shows it now; ok is false once it was deleted.
func (c *Chat) Message(id int) (m Message, ok bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if found := c.message(id); found != nil {
		return *found, true
	}
	return Message{}, false
}

// Await blocks until the chat shows a message that a condition holds for, and gives the first.
func (c *Chat) Await(ctx context.Context, condition func(Message) bool) (Message, error) {
	return c.awaitAfter(ctx, 0, condition)
}

// Next blocks until the bot has written something after a message, and gives the first.
func (c *Chat) Next(ctx context.Context, after Message) (Message, error) {
	return c.awaitAfter(ctx, after.ID, Message.FromBot)
}

// ReplyTo blocks until the bot has replied to a message, and gives the first reply.
func (c *Chat) ReplyTo(ctx context.Context, to Message) (Message, error) {
	return c.awaitAfter(ctx, to.ID, func(m Message) bool {
		return m.FromBot() && m.ReplyTo != nil && m.ReplyTo.ID == to.ID
	})
}

// Edited blocks until a message looks different from how it is given, and gives it as it is then.
func (c *Chat) Edited(ctx context.Context, before Message) (Message, error) {
	var now Message
	err := c.s.waitFor(ctx, &c.bell, func() bool {
		c.s.mu.Lock()
		defer c.s.mu.Unlock()
		m := c.message(before.ID)
		if m == nil || m.Edits == before.Edits && m.EditDate == before.EditDate && m.ReplyMarkup == before.ReplyMarkup {
			return false
		}
		now = *m
		return true
	})
	return now, err
}

// awaitAfter looks only at messages after an identifier.
func (c *Chat) awaitAfter(ctx context.Context, id int, condition func(Message) bool) (Message, error) {
	var found Message
	err := c.s.waitFor(ctx, &c.bell, func() bool {
		c.s.mu.Lock()
		shown := slices.Clone(c.messages[min(id, len(c.messages)):])
		c.s.mu.Unlock()
		for _, m := range shown {
			if !m.Deleted && condition(*m) {
				found = *m
				return true
			}
		}
		return false
	})
	return found, err
}

// OpenTopic makes a topic of a forum and gives its message_thread_id.
func (c *Chat) OpenTopic(title string) int {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if c.topics == nil {
		c.topics = map[int]string{}
	}
	c.topics[len(c.topics)+1] = title
	return len(c.topics)
}

// RemoveBot throws the bot out of the group.
func (c *Chat) RemoveBot(by *Person) { c.setMembership(by, "kicked") }

// AddBot puts the bot into the group.
func (c *Chat) AddBot(by *Person) { c.setMembership(by, "member") }

func (c *Chat) setMembership(by *Person, status string) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if c.person != nil {
		c.s.fail("%s is no group", c.info.FirstName)
	}
	old := c.membership
	if old == "" {
		old = "left"
	}
	c.membership = status
	c.s.notifyMembership(c, by, old, status)
}

// notifyMembership tells the bot about its place in a chat. The caller holds the lock.
func (s *Server) notifyMembership(c *Chat, by *Person, old, status string) {
	member := func(status string) chatMember {
		m := chatMember{Status: status, User: s.bot.inMessages()}
		if status == "kicked" {
			m.UntilDate = new(int64)
		}
		return m
	}
	s.notify("my_chat_member", c.info.ID, &chatMemberUpdated{
		Chat: c.info, From: &by.user, Date: s.clock.Now().Unix(), Old: member(old), New: member(status),
	})
}

// Migrate makes a supergroup of the group. From then on the group's identifier is answered with the new one.
func (c *Chat) Migrate() *Chat {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if c.info.Type != "group" || c.migratedTo != 0 {
		c.s.fail("only a group becomes a supergroup")
	}
	super := &Chat{
		s: c.s, info: ChatInfo{ID: c.info.ID - 1_000_000_000_000, Type: "supergroup", Title: c.info.Title},
		membership: c.membership, members: c.members,
	}
	c.s.chats[super.info.ID] = super
	c.migratedTo = super.info.ID
	for _, member := range c.members {
		c.s.tell(c, c.add(Message{From: &member.user, MigrateTo: super.info.ID}))
		c.s.tell(super, super.add(Message{From: &member.user, MigrateFrom: c.info.ID}))
		break
	}
	return super
}

// tell lets the bot know of a message, if it may see it. The caller holds the lock.
func (s *Server) tell(c *Chat, m *Message) { s.tellAs("message", c, m) }

func (s *Server) tellAs(kind string, c *Chat, m *Message) {
	if s.sees(c, m) {
		s.notify(kind, c.info.ID, m)
	}
}

// sees tells whether the bot gets a message: never a bot's, in private chats the others, in groups what its privacy
// mode lets through. See https://core.telegram.org/bots/features#privacy-mode.
func (s *Server) sees(c *Chat, m *Message) bool {
	switch {
	case m.From.IsBot:
		return false
	case c.person != nil:
		return !c.person.blocked
	case c.membership != "member":
		return false
	case s.options.NoPrivacy, m.Left != nil, m.MigrateTo != 0, m.MigrateFrom != 0:
		return true
	case m.ViaBot != nil && m.ViaBot.ID == s.bot.ID, m.ReplyTo != nil && m.ReplyTo.From.ID == s.bot.ID:
		return true
	}
	return slices.ContainsFunc(slices.Concat(m.Entities, m.CaptionEntities), func(e Entity) bool {
		switch e.Type {
		case "bot_command":
			_, name, addressed := strings.Cut(e.of(m.Text+m.Caption), "@")
			return !addressed || strings.EqualFold(name, s.bot.Username)
		case "mention":
			return strings.EqualFold(e.of(m.Text+m.Caption), "@"+s.bot.Username)
		}
		return e.User != nil && e.User.ID == s.bot.ID
	})
}
