package telegramtest

import "encoding/json"

// User is a person or a bot.
type User struct {
	ID                      int64  `json:"id"`
	IsBot                   bool   `json:"is_bot"`
	FirstName               string `json:"first_name"`
	Username                string `json:"username,omitempty"`
	LanguageCode            string `json:"language_code,omitempty"`
	CanJoinGroups           bool   `json:"can_join_groups,omitempty"`
	CanReadAllGroupMessages bool   `json:"can_read_all_group_messages,omitempty"`
	SupportsInlineQueries   bool   `json:"supports_inline_queries,omitempty"`
}

// inMessages is the user without what only getMe tells.
func (u User) inMessages() *User {
	u.CanJoinGroups, u.CanReadAllGroupMessages, u.SupportsInlineQueries = false, false, false
	return &u
}

// ChatInfo is a chat as the Bot API names it in messages.
type ChatInfo struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"` // private, group or supergroup
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
}

// Entity is a part of a text with a meaning or a look. Offsets and lengths count UTF-16 units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	User          *User  `json:"user,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
}

// LinkPreviewOptions says how a link of the message is shown.
type LinkPreviewOptions struct {
	IsDisabled       bool   `json:"is_disabled,omitempty"`
	URL              string `json:"url,omitempty"`
	PreferSmallMedia bool   `json:"prefer_small_media,omitempty"`
	PreferLargeMedia bool   `json:"prefer_large_media,omitempty"`
	ShowAboveText    bool   `json:"show_above_text,omitempty"`
}

// File is a photo's size, a document, a sticker or a voice message.
type File struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileSize     int    `json:"file_size,omitempty"`
	FileName     string `json:"file_name,omitempty"`
	Width        int    `json:"width,omitempty"`
	Height       int    `json:"height,omitempty"`
	Duration     int    `json:"duration,omitempty"`
	Type         string `json:"type,omitempty"` // of a sticker
	Emoji        string `json:"emoji,omitempty"`
}

// Message is a message as a chat shows it now.
type Message struct {
	ID              int                 `json:"message_id"`
	From            *User               `json:"from,omitempty"`
	Date            int64               `json:"date"` // Unix seconds
	Chat            ChatInfo            `json:"chat"`
	ThreadID        int                 `json:"message_thread_id,omitempty"`
	IsTopicMessage  bool                `json:"is_topic_message,omitempty"`
	ReplyTo         *Message            `json:"reply_to_message,omitempty"` // as it was when this was written
	ViaBot          *User               `json:"via_bot,omitempty"`
	EditDate        int64               `json:"edit_date,omitempty"`
	Text            string              `json:"text,omitempty"`
	Entities        []Entity            `json:"entities,omitempty"`
	LinkPreview     *LinkPreviewOptions `json:"link_preview_options,omitempty"`
	Photo           []File              `json:"photo,omitempty"`
	Document        *File               `json:"document,omitempty"`
	Sticker         *File               `json:"sticker,omitempty"`
	Voice           *File               `json:"voice,omitempty"`
	Caption         string              `json:"caption,omitempty"`
	CaptionEntities []Entity            `json:"caption_entities,omitempty"`
	Left            *User               `json:"left_chat_member,omitempty"`
	MigrateTo       int64               `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64               `json:"migrate_from_chat_id,omitempty"`
	ReplyMarkup     *Keyboard           `json:"reply_markup,omitempty"`

	Deleted  bool            `json:"-"` // gone from the chat; only [Chat.History] shows it
	Edits    int             `json:"-"` // how often its text changed
	InlineID string          `json:"-"` // the inline_message_id of a message shared from inline results
	Keys     json.RawMessage `json:"-"` // a reply keyboard, its removal, or a forced reply
	Reaction string          `json:"-"` // the bot's emoji
}

// Keyboard is an inline keyboard.
type Keyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// Button is a button of an inline keyboard. Exactly one of the pointers is set.
type Button struct {
	Text                    string          `json:"text"`
	IconCustomEmojiID       string          `json:"icon_custom_emoji_id,omitempty"`
	Style                   string          `json:"style,omitempty"`
	URL                     *string         `json:"url,omitempty"`
	Data                    *string         `json:"callback_data,omitempty"`
	WebApp                  *WebApp         `json:"web_app,omitempty"`
	LoginURL                json.RawMessage `json:"login_url,omitempty"`
	SwitchInlineQuery       *string         `json:"switch_inline_query,omitempty"`
	SwitchInlineCurrentChat *string         `json:"switch_inline_query_current_chat,omitempty"`
	SwitchInlineChosenChat  json.RawMessage `json:"switch_inline_query_chosen_chat,omitempty"`
	CopyText                *CopyText       `json:"copy_text,omitempty"`
	CallbackGame            json.RawMessage `json:"callback_game,omitempty"`
	Pay                     bool            `json:"pay,omitempty"`
}

// WebApp is a page that opens within Telegram.
type WebApp struct {
	URL string `json:"url"`
}

// CopyText is what a button copies.
type CopyText struct {
	Text string `json:"text"`
}

// Buttons are the buttons of the message's inline keyboard, row after row.
func (m Message) Buttons() []Button {
	var buttons []Button
	if m.ReplyMarkup != nil {
		for _, row := range m.ReplyMarkup.Rows {
			buttons = append(buttons, row...)
		}
	}
	return buttons
}

// Button finds a button by its label.
func (m Message) Button(label string) (Button, bool) {
	for _, button := range m.Buttons() {
		if button.Text == label {
			return button, true
		}
	}
	return Button{}, false
}

// FromBot tells whether a bot sent the message itself; what people share via a bot is theirs.
func (m Message) FromBot() bool { return m.From != nil && m.From.IsBot }

// Marked are the parts of the text or caption that entities of a type cover.
func (m Message) Marked(kind string) []string {
	text, entities := m.Text, m.Entities
	if m.Text == "" {
		text, entities = m.Caption, m.CaptionEntities
	}
	var parts []string
	for _, entity := range entities {
		if entity.Type == kind {
			parts = append(parts, entity.of(text))
		}
	}
	return parts
}

// callbackQuery is a tap on a button with callback data.
type callbackQuery struct {
	ID              string   `json:"id"`
	From            *User    `json:"from"`
	Message         *Message `json:"message,omitempty"`
	InlineMessageID string   `json:"inline_message_id,omitempty"`
	ChatInstance    string   `json:"chat_instance"`
	Data            string   `json:"data"`
}

type inlineQuery struct {
	ID       string `json:"id"`
	From     *User  `json:"from"`
	Query    string `json:"query"`
	Offset   string `json:"offset"`
	ChatType string `json:"chat_type,omitempty"`
}

type chosenInlineResult struct {
	ResultID        string `json:"result_id"`
	From            *User  `json:"from"`
	InlineMessageID string `json:"inline_message_id,omitempty"`
	Query           string `json:"query"`
}

type chatMember struct {
	Status    string `json:"status"`
	User      *User  `json:"user"`
	UntilDate *int64 `json:"until_date,omitempty"` // only of those who were kicked
}

type chatMemberUpdated struct {
	Chat ChatInfo   `json:"chat"`
	From *User      `json:"from"`
	Date int64      `json:"date"`
	Old  chatMember `json:"old_chat_member"`
	New  chatMember `json:"new_chat_member"`
}
