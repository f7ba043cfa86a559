package telegramtest

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// place is where a message stands.
type place struct {
	chat *Chat
	id   int
}

// replyParameters is the ReplyParameters of the Bot API.
type replyParameters struct {
	MessageID    int             `json:"message_id"`
	ChatID       json.RawMessage `json:"chat_id"`
	AllowWithout bool            `json:"allow_sending_without_reply"`
	Quote        string          `json:"quote"`
}

// formatted reads a text of a request with its entities, as Telegram keeps it.
func (s *Server) formatted(r *request, name, entitiesName string, limit int) (string, []Entity, *Refusal) {
	var entities []Entity
	if refusal := r.decode(entitiesName, &entities); refusal != nil {
		return "", nil, refusal
	}
	return s.format(r.text(name), r.text("parse_mode"), entities, limit)
}

// format parses a text and refuses what breaks the rules of texts.
func (s *Server) format(text, mode string, entities []Entity, limit int) (string, []Entity, *Refusal) {
	switch strings.ToLower(mode) {
	case "":
		var err error
		if entities, err = checkEntities(text, entities); err != nil {
			return "", nil, malformed("%v", err)
		}
		text, entities = cleanWith(text, entities)
	case "html":
		var err error
		if text, entities, err = parseHTML(text); err != nil {
			return "", nil, malformed("can't parse entities: %v", err)
		}
	default:
		return "", nil, malformed("unsupported parse_mode")
	}
	text, entities = finish(text, entities)
	if utf16Length(text) > limit {
		if limit == maxCaptionUnits {
			return "", nil, malformed("message caption is too long")
		}
		return "", nil, malformed("message is too long")
	}
	for _, entity := range entities {
		address := entity.URL
		if entity.Type == "url" {
			address = entity.of(text)
		}
		if refusal := s.checkDeepLink(address); refusal != nil {
			return "", nil, refusal
		}
	}
	return text, entities, nil
}

// readPreview reads link_preview_options.
func readPreview(r *request) (*LinkPreviewOptions, *Refusal) {
	var preview *LinkPreviewOptions
	if refusal := r.decode("link_preview_options", &preview); refusal != nil {
		return nil, refusal
	}
	return checkPreview(preview)
}

// checkPreview gives the options, or nil if they say nothing.
func checkPreview(preview *LinkPreviewOptions) (*LinkPreviewOptions, *Refusal) {
	if preview == nil || *preview == (LinkPreviewOptions{}) {
		return nil, nil
	}
	if _, err := validURL(preview.URL); err != nil && preview.URL != "" {
		return nil, malformed("WEBPAGE_URL_INVALID")
	}
	return preview, nil
}

func (s *Server) sendMessage(_ context.Context, r *request) (any, *Refusal) {
	text, entities, refusal := s.formatted(r, "text", "entities", maxTextUnits)
	if refusal != nil {
		return nil, refusal
	}
	if text == "" {
		return nil, malformed("text must be non-empty")
	}
	preview, refusal := readPreview(r)
	if refusal != nil {
		return nil, refusal
	}
	return s.post(r, Message{Text: text, Entities: entities, LinkPreview: preview})
}

// post puts the bot's message into the chat of a request.
func (s *Server) post(r *request, m Message) (any, *Refusal) {
	var refusal *Refusal
	if m.ReplyMarkup, m.Keys, refusal = s.readMarkup(r); refusal != nil {
		return nil, refusal
	}
	var reply replyParameters
	if refusal := r.decode("reply_parameters", &reply); refusal != nil {
		return nil, refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, refusal := s.writable(r.text("chat_id"))
	if refusal != nil {
		return nil, refusal
	}
	m.From = s.bot.inMessages()
	if thread := int(r.number("message_thread_id")); thread != 0 {
		if chat.topics[thread] == "" {
			return nil, badRequest("message thread not found")
		}
		m.ThreadID = thread
	}
	if r.has("reply_parameters") {
		if m.ReplyTo, refusal = s.replied(chat, reply); refusal != nil {
			return nil, refusal
		}
	}
	return chat.add(m), nil
}

// replied finds the message that a reply quotes. The caller holds the lock.
func (s *Server) replied(chat *Chat, reply replyParameters) (*Message, *Refusal) {
	if len(reply.ChatID) > 0 {
		var refusal *Refusal
		if chat, refusal = s.writable(strings.Trim(string(reply.ChatID), `"`)); refusal != nil {
			return nil, refusal
		}
	}
	to := chat.message(reply.MessageID)
	switch {
	case to == nil && reply.AllowWithout:
		return nil, nil
	case to == nil:
		return nil, badRequest("message to be replied not found")
	case reply.Quote != "" && !strings.Contains(to.Text+to.Caption, reply.Quote):
		return nil, badRequest("QUOTE_TEXT_INVALID")
	}
	quoted := *to
	quoted.ReplyTo = nil
	return &quoted, nil
}

// writable finds a chat to which the bot may write. The caller holds the lock.
func (s *Server) writable(id string) (*Chat, *Refusal) {
	chat, refusal := s.known(id)
	if refusal != nil {
		return nil, refusal
	}
	switch {
	case chat.migratedTo != 0:
		refusal := badRequest("group chat was upgraded to a supergroup chat")
		refusal.MigrateTo = chat.migratedTo
		return nil, refusal
	case chat.person != nil && chat.person.blocked:
		return nil, forbidden("bot was blocked by the user")
	case chat.person != nil && chat.person.user.IsBot:
		return nil, forbidden("bots can't send messages to bots")
	case chat.person != nil && !chat.person.started:
		return nil, forbidden("bot can't initiate conversation with a user")
	case chat.membership == "kicked":
		return nil, forbidden("bot was kicked from the " + chat.info.Type + " chat")
	case chat.membership == "left":
		return nil, forbidden("bot is not a member of the " + chat.info.Type + " chat")
	}
	return chat, nil
}

// known finds a chat of which the bot knows. The caller holds the lock.
func (s *Server) known(id string) (*Chat, *Refusal) {
	n, err := strconv.ParseInt(id, 10, 64)
	chat := s.chats[n]
	if err != nil || chat == nil || chat.person == nil && chat.membership == "" {
		return nil, badRequest("chat not found")
	}
	return chat, nil
}

// editable finds the bot's message that a request would change. The caller holds the lock.
func (s *Server) editable(r *request) (place, *Message, *Refusal) {
	if id := r.text("inline_message_id"); id != "" {
		at, ok := s.inlined[id]
		if !ok || at.chat.message(at.id) == nil {
			return place{}, nil, badRequest("MESSAGE_ID_INVALID")
		}
		return at, at.chat.message(at.id), nil
	}
	if !r.has("chat_id") || !r.has("message_id") {
		return place{}, nil, malformed("message identifier is not specified")
	}
	chat, refusal := s.writable(r.text("chat_id"))
	if refusal != nil {
		return place{}, nil, refusal
	}
	m := chat.message(int(r.number("message_id")))
	switch {
	case m == nil:
		return place{}, nil, badRequest("message to edit not found")
	case m.From == nil || m.From.ID != s.bot.ID:
		return place{}, nil, badRequest("message can't be edited")
	}
	return place{chat: chat, id: m.ID}, m, nil
}

func (s *Server) editMessageText(_ context.Context, r *request) (any, *Refusal) {
	text, entities, refusal := s.formatted(r, "text", "entities", maxTextUnits)
	if refusal != nil {
		return nil, refusal
	}
	if text == "" {
		return nil, malformed("text must be non-empty")
	}
	preview, refusal := readPreview(r)
	if refusal != nil {
		return nil, refusal
	}
	return s.edit(r, func(m *Message) *Refusal {
		if m.Text == "" {
			return badRequest("there is no text in the message to edit")
		}
		m.Text, m.Entities, m.LinkPreview = text, entities, preview
		return nil
	})
}

func (s *Server) editMessageReplyMarkup(_ context.Context, r *request) (any, *Refusal) {
	return s.edit(r, func(*Message) *Refusal { return nil })
}

// edit changes the message that a request names. Its keyboard becomes the request's; without one it goes.
func (s *Server) edit(r *request, change func(*Message) *Refusal) (any, *Refusal) {
	keyboard, _, refusal := s.readMarkup(r)
	if refusal != nil {
		return nil, refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at, old, refusal := s.editable(r)
	if refusal != nil {
		return nil, refusal
	}
	edited := *old
	edited.ReplyMarkup = keyboard
	if refusal := change(&edited); refusal != nil {
		return nil, refusal
	}
	if reflect.DeepEqual(edited, *old) {
		return nil, badRequest("message is not modified: specified new message content and reply markup are exactly " +
			"the same as a current content and reply markup of the message")
	}
	if edited.Text != old.Text || !reflect.DeepEqual(edited.Entities, old.Entities) {
		edited.Edits++
	}
	edited.EditDate = s.clock.Now().Unix()
	at.chat.replace(&edited)
	if r.has("inline_message_id") {
		return true, nil
	}
	return &edited, nil
}

func (s *Server) deleteMessage(_ context.Context, r *request) (any, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, refusal := s.writable(r.text("chat_id"))
	if refusal != nil {
		return nil, refusal
	}
	m := chat.message(int(r.number("message_id")))
	switch {
	case m == nil:
		return nil, badRequest("message to delete not found")
	case chat.person == nil && m.From.ID != s.bot.ID, s.clock.Now().Unix()-m.Date > 48*60*60:
		return nil, badRequest("message can't be deleted")
	}
	chat.remove(m)
	return true, nil
}

func (s *Server) setMessageReaction(_ context.Context, r *request) (any, *Refusal) {
	var reactions []struct {
		Type, Emoji string
	}
	if refusal := r.decode("reaction", &reactions); refusal != nil {
		return nil, refusal
	}
	emoji := ""
	switch {
	case len(reactions) > 1:
		return nil, malformed("REACTIONS_TOO_MANY")
	case len(reactions) == 1 && (reactions[0].Type != "emoji" || utf8.RuneCountInString(reactions[0].Emoji) > 2):
		return nil, malformed("REACTION_INVALID")
	case len(reactions) == 1:
		emoji = reactions[0].Emoji
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, refusal := s.writable(r.text("chat_id"))
	if refusal != nil {
		return nil, refusal
	}
	m := chat.message(int(r.number("message_id")))
	if m == nil {
		return nil, badRequest("message to react not found")
	}
	reacted := *m
	reacted.Reaction = emoji
	chat.replace(&reacted)
	return true, nil
}

// chatActions are the actions of sendChatAction.
var chatActions = []string{
	"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
	"choose_sticker", "find_location", "record_video_note", "upload_video_note",
}

func (s *Server) sendChatAction(_ context.Context, r *request) (any, *Refusal) {
	if !slices.Contains(chatActions, r.text("action")) {
		return nil, malformed("wrong parameter action in request")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, refusal := s.writable(r.text("chat_id")); refusal != nil {
		return nil, refusal
	}
	return true, nil
}
