package telegram

import (
	"strings"
	"unicode/utf16"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// addressed is what a message says to the bot.
type addressed struct {
	command string // without slash, lower case; "" for a question
	text    string // the question, or what follows the command
}

// address tells whether a message is for the bot, and what it says to it. In a private chat everything is. In a group it
// is /ask or /chart, a command with the bot's name, a mention of the bot, or a reply to a message of the bot's.
func (b *Bot) address(m *message) (addressed, bool) {
	if command, text, name := leadingCommand(m); command != "" {
		switch {
		case name != "" && !strings.EqualFold(name, b.self.UserName):
			return addressed{}, false // another bot's
		case m.Chat.IsPrivate() || name != "" || command == commandAsk || command == commandChart:
			return addressed{command, text}, true
		}
	}
	if m.Chat.IsPrivate() {
		if command, text := typedCommand(m.Text); command != "" {
			return addressed{command, text}, true
		}
	}
	text, mentioned := b.withoutMention(m)
	if m.Chat.IsPrivate() || mentioned || b.isReplyToMe(m) {
		return addressed{text: text}, true
	}
	return addressed{}, false
}

// leadingCommand takes a command at the start of a message apart: /ask@bot question. The command is "" where there is none.
func leadingCommand(m *message) (command, text, name string) {
	if len(m.Entities) == 0 || !m.Entities[0].IsCommand() || m.Entities[0].Offset != 0 {
		return "", "", ""
	}
	units := utf16.Encode([]rune(m.Text))
	length := m.Entities[0].Length
	if length < 1 || length > len(units) {
		return "", "", ""
	}
	command, name, _ = strings.Cut(string(utf16.Decode(units[1:length])), "@")
	return strings.ToLower(command), strings.TrimSpace(string(utf16.Decode(units[length:]))), name
}

// withoutMention is a message's text without the mentions of the bot, and whether there were any. Only what Telegram marks
// as a mention is one: not a mail address, not a longer name that begins alike.
func (b *Bot) withoutMention(m *message) (text string, mentioned bool) {
	units := utf16.Encode([]rune(m.Text))
	var rest []uint16
	at := 0
	for _, entity := range m.Entities {
		if entity.Offset < at || entity.Offset > len(units) || entity.Length < 0 || entity.Length > len(units)-entity.Offset ||
			!b.isMe(entity, units) {
			continue
		}
		mentioned = true
		rest = append(append(rest, units[at:entity.Offset]...), ' ')
		at = entity.Offset + entity.Length
	}
	rest = append(rest, units[at:]...)
	return strings.TrimSpace(string(utf16.Decode(rest))), mentioned
}

func (b *Bot) isMe(entity tgbotapi.MessageEntity, units []uint16) bool {
	switch entity.Type {
	case "mention":
		name := string(utf16.Decode(units[entity.Offset : entity.Offset+entity.Length]))
		return strings.EqualFold(name, "@"+b.self.UserName)
	case "text_mention":
		return entity.User != nil && entity.User.ID == b.self.ID
	}
	return false
}

func (b *Bot) isReplyToMe(m *message) bool {
	return m.ReplyTo != nil && m.ReplyTo.TopicCreated == nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == b.self.ID
}

// isFromPerson tells whether a person wrote a message: not a bot, nor this bot through somebody who shared an answer, nor
// a channel that a group belongs to. Administrators who hide their name write in the name of a group.
func isFromPerson(m *message) bool {
	return m.From != nil && (!m.From.IsBot || m.SenderChat != nil) && m.ViaBot == nil && !m.IsAutomaticForward
}
