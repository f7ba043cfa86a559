package telegram

import (
	"strings"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// The question of an answer is read from its button 分享, whichever way that shares.
func TestSharedQuestion(t *testing.T) {
	const question = "多少5G基站 & “多少”家?"
	for _, inline := range []bool{true, false} {
		var m message
		button := links{bot: "b_bot", inline: inline}.share(question)
		m.ReplyMarkup = keyboard{{tgbotapi.NewInlineKeyboardButtonURL("x", "https://t.me/b_bot?start=y")}, {button}}.markup()
		if got, found := sharedQuestion(&m); !found || got != question {
			t.Errorf("inline mode %v: %q, %v", inline, got, found)
		}
		if (button.SwitchInlineQuery != nil) != inline {
			t.Errorf("inline mode %v: the button is %+v", inline, button)
		}
	}
	if _, found := sharedQuestion(nil); found {
		t.Error("no message shares a question")
	}
}

// Where an answer goes: into the forum's topic of the question, but not into what only looks like one.
func TestPlace(t *testing.T) {
	m := message{ThreadID: 5}
	m.Chat = &tgbotapi.Chat{ID: -7, Type: "supergroup"}
	if got := m.place(); got != (place{chat: -7, group: true}) {
		t.Errorf("a thread of replies: %+v", got)
	}
	m.IsTopicMessage = true
	if got := m.place(); got != (place{chat: -7, thread: 5, group: true}) {
		t.Errorf("a forum's topic: %+v", got)
	}
}

// A message in a forum seems to reply to the one that opened its topic, which the bot may have sent.
func TestTopicsAreNoReplies(t *testing.T) {
	b := &Bot{self: tgbotapi.User{ID: 1, UserName: "b_bot"}}
	for raw, want := range map[string]bool{
		`{"message_id":2,"from":{"id":1},"text":"x"}`:                                        true,
		`{"message_id":2,"from":{"id":1},"forum_topic_created":{"name":"x","icon_color":1}}`: false,
		`{"message_id":2,"from":{"id":2},"text":"x"}`:                                        false,
	} {
		u, _, err := parseUpdate([]byte(`{"update_id":1,"message":{"message_id":3,"chat":{"id":-7,"type":"supergroup"},` +
			`"from":{"id":9},"text":"多少","reply_to_message":` + raw + `}}`))
		ok(t, err)
		if _, mine := b.address(u.Message); mine != want {
			t.Errorf("a reply to %s is for the bot: %v", raw, mine)
		}
	}
}

func TestPiecesKeepEveryLetter(t *testing.T) {
	text := strings.Repeat("第一句。😀第二句没有句号", 50) + strings.Repeat("字", 100)
	for _, longest := range []int{2, 7, 50, 10_000} {
		cut := pieces(text, longest)
		if strings.Join(cut, "") != text {
			t.Errorf("pieces of %d lose something", longest)
		}
		for _, piece := range cut {
			if utf16Length(piece) > longest {
				t.Errorf("a piece of %d units, want %d at most", utf16Length(piece), longest)
			}
		}
	}
}
