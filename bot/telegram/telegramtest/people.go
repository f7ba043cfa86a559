package telegramtest

import "fmt"

// Person is someone who talks to the bot, or another bot. The server's lock guards what changes.
type Person struct {
	s       *Server
	user    User
	private *Chat
	started bool // the person has written to the bot, so that it may write back
	blocked bool
}

// Person makes a person with a private chat in which nothing was said yet.
func (s *Server) Person(name string) *Person {
	return s.newPerson(User{FirstName: name, LanguageCode: "zh-hans"})
}

// OtherBot makes a bot that people may put into groups. Its messages do not reach the bot unless [Chat.ForceType] makes
// them.
func (s *Server) OtherBot(username string) *Person {
	return s.newPerson(User{FirstName: username, Username: username, IsBot: true})
}

func (s *Server) newPerson(user User) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	user.ID = 5_000_000_001 + int64(len(s.people)) // beyond 32 bits, as new users' are
	if user.Username == "" {
		user.Username = fmt.Sprintf("person_%d", len(s.people)+1)
	}
	p := &Person{s: s, user: user}
	p.private = &Chat{
		s: s, person: p,
		info: ChatInfo{ID: user.ID, Type: "private", FirstName: user.FirstName, Username: user.Username},
	}
	s.people = append(s.people, p)
	s.chats[user.ID] = p.private
	return p
}

// User is the person as the Bot API names it.
func (p *Person) User() User { return p.user }

// Private is the person's chat with the bot.
func (p *Person) Private() *Chat { return p.private }

// Block keeps the bot from writing to the person.
func (p *Person) Block() { p.setBlocked(true, "member", "kicked") }

// Unblock ends what Block began.
func (p *Person) Unblock() { p.setBlocked(false, "kicked", "member") }

func (p *Person) setBlocked(blocked bool, old, status string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.blocked = blocked
	p.s.notifyMembership(p.private, p, old, status)
}

// Type writes a text into the chat. Telegram finds the commands, mentions and links in it.
func (c *Chat) Type(from *Person, text string) Message {
	return c.say(from, textMessage(text), false)
}

// TypeInTopic writes a text into a topic of a forum.
func (c *Chat) TypeInTopic(from *Person, thread int, text string) Message {
	m := textMessage(text)
	m.ThreadID = thread
	return c.say(from, m, false)
}

// ForceType writes a text and makes it reach the bot whoever wrote it and whatever its privacy mode.
func (c *Chat) ForceType(from *Person, text string) Message {
	return c.say(from, textMessage(text), true)
}

// Reply answers a message with a text.
func (c *Chat) Reply(from *Person, to Message, text string) Message {
	m := textMessage(text)
	to.ReplyTo = nil
	m.ReplyTo = &to
	return c.say(from, m, false)
}

// Photo, Sticker and Voice put something other than text into the chat.
func (c *Chat) Photo(from *Person, caption string) Message {
	m := Message{}
	m.Caption, m.CaptionEntities = finish(clean(caption), nil)
	m.Photo = []File{c.s.keep(File{Width: 90, Height: 60}), c.s.keep(File{Width: 1280, Height: 853})}
	return c.say(from, m, false)
}

// Sticker puts a sticker into the chat.
func (c *Chat) Sticker(from *Person) Message {
	file := c.s.keep(File{Width: 512, Height: 512, Type: "regular", Emoji: "👍"})
	return c.say(from, Message{Sticker: &file}, false)
}

// Voice puts a voice message into the chat.
func (c *Chat) Voice(from *Person) Message {
	file := c.s.keep(File{Duration: 3})
	return c.say(from, Message{Voice: &file}, false)
}

func textMessage(text string) Message {
	var m Message
	m.Text, m.Entities = finish(clean(text), nil)
	return m
}

// say puts a person's message into the chat and tells the bot, if it may see it or must.
func (c *Chat) say(from *Person, m Message, force bool) Message {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.mayWrite(from)
	if utf16Length(m.Text) > maxTextUnits {
		c.s.fail("%s cannot type more than %d UTF-16 units at once", from.user.FirstName, maxTextUnits)
	}
	m.From = &from.user
	if c.person != nil {
		from.started = true
	}
	added := c.add(m)
	if force {
		c.s.notify("message", c.info.ID, added)
	} else {
		c.s.tell(c, added)
	}
	return *added
}

// mayWrite fails the script of someone who cannot write here. The caller holds the lock.
func (c *Chat) mayWrite(from *Person) {
	switch {
	case c.migratedTo != 0:
		c.s.fail("the group %s became a supergroup: use the chat that Migrate gave", c.info.Title)
	case c.person != nil && c.person != from, c.person == nil && c.members[from.user.ID] != from:
		c.s.fail("%s is not in the chat %s%s", from.user.FirstName, c.info.Title, c.info.FirstName)
	case c.person != nil && from.blocked:
		c.s.fail("%s blocked the bot and cannot write to it", from.user.FirstName)
	}
}

// Edit changes a person's own message.
func (c *Chat) Edit(from *Person, m Message, text string) Message {
	changed := textMessage(text)
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.mayWrite(from)
	old := c.message(m.ID)
	if old == nil || old.From.ID != from.user.ID {
		c.s.fail("%s cannot edit message %d", from.user.FirstName, m.ID)
	}
	edited := *old
	edited.Text, edited.Entities = changed.Text, changed.Entities
	edited.EditDate = c.s.clock.Now().Unix()
	edited.Edits++
	c.replace(&edited)
	c.s.tellAs("edited_message", c, &edited)
	return edited
}

// Delete takes a message out of the chat. Bots do not learn of it.
func (c *Chat) Delete(m Message) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	found := c.message(m.ID)
	if found == nil {
		c.s.fail("there is no message %d to delete", m.ID)
	}
	c.remove(found)
}
