package telegram

import (
	"encoding/json"
	"errors"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// allowedUpdates are the kinds of updates that the bot asks for.
var allowedUpdates = []string{"message", "edited_message", "callback_query", "inline_query"}

// update is what happened: the library's types, and the threads of forums, which are newer.
type update struct {
	ID            int                   `json:"update_id"`
	Message       *message              `json:"message"`
	EditedMessage *message              `json:"edited_message"`
	CallbackQuery *callbackQuery        `json:"callback_query"`
	InlineQuery   *tgbotapi.InlineQuery `json:"inline_query"`
}

type message struct {
	tgbotapi.Message
	ThreadID       int      `json:"message_thread_id"`
	IsTopicMessage bool     `json:"is_topic_message"`
	ReplyTo        *replied `json:"reply_to_message"`

	update int // the number of the update that told of it; 0 in other messages
}

// replied is the message that another one replies to.
type replied struct {
	tgbotapi.Message
	// TopicCreated is set on the message that opened a forum's topic: all others in the topic seem to reply to it.
	TopicCreated json.RawMessage `json:"forum_topic_created"`
}

type callbackQuery struct {
	tgbotapi.CallbackQuery
	Message *message `json:"message"`

	update int // the number of the update that told of it
}

// asker is who wrote a message, where.
func (m *message) asker() Asker { return Asker{m.place().chat, m.place().thread, m.From.ID} }

var errNotAnUpdate = errors.New("不是 Bot API 的 update")

// parseUpdate reads an update. Where that fails, the identifier is told as far as it can be read, or is 0.
func parseUpdate(raw json.RawMessage) (*update, int, error) {
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		var identified struct {
			ID int `json:"update_id"`
		}
		_ = json.Unmarshal(raw, &identified)
		return nil, identified.ID, errNotAnUpdate
	}
	if u.ID <= 0 {
		return nil, 0, errNotAnUpdate
	}
	for _, m := range []*message{u.Message, u.EditedMessage} {
		if m != nil && m.Chat == nil {
			return nil, u.ID, errNotAnUpdate
		}
		if m != nil {
			m.update = u.ID
		}
	}
	if u.CallbackQuery != nil && u.CallbackQuery.From == nil || u.InlineQuery != nil && u.InlineQuery.From == nil {
		return nil, u.ID, errNotAnUpdate
	}
	if u.CallbackQuery != nil && u.CallbackQuery.Message != nil && u.CallbackQuery.Message.Chat == nil {
		return nil, u.ID, errNotAnUpdate
	}
	if u.CallbackQuery != nil {
		u.CallbackQuery.update = u.ID
	}
	return &u, u.ID, nil
}

// kind is the update's kind as the Bot API calls it.
func (u *update) kind() string {
	switch {
	case u.Message != nil:
		return "message"
	case u.EditedMessage != nil:
		return "edited_message"
	case u.CallbackQuery != nil:
		return "callback_query"
	case u.InlineQuery != nil:
		return "inline_query"
	}
	return "other"
}

// chat is the chat whose updates must be handled in order; that of a person where there is no chat.
func (u *update) chat() int64 {
	switch {
	case u.Message != nil:
		return u.Message.Chat.ID
	case u.EditedMessage != nil:
		return u.EditedMessage.Chat.ID
	case u.CallbackQuery != nil && u.CallbackQuery.Message != nil:
		return u.CallbackQuery.Message.Chat.ID
	case u.CallbackQuery != nil:
		return u.CallbackQuery.From.ID
	case u.InlineQuery != nil:
		return u.InlineQuery.From.ID
	}
	return 0
}

// place is where an answer to a message goes.
type place struct {
	chat   int64
	thread int // of a forum; 0 for none
	group  bool
}

func (m *message) place() place {
	p := place{chat: m.Chat.ID, group: !m.Chat.IsPrivate()}
	if m.IsTopicMessage {
		p.thread = m.ThreadID
	}
	return p
}
