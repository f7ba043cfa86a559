package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
)

func messageOf(id int, chat int64) *job {
	return &job{update: &update{ID: id, Message: &message{Message: tgbotapi.Message{Chat: &tgbotapi.Chat{ID: chat, Type: "private"}}}}}
}

// One chat that waits holds up none but itself, and no more workers run than there are.
func TestDispatcher(t *testing.T) {
	const workers, chats, each = 4, 10, 20
	ctx, cancel := context.WithCancel(t.Context())
	var mu sync.Mutex
	running, most := 0, 0
	handled := make(map[int64][]int)
	release := make(chan struct{})
	var all sync.WaitGroup
	all.Add(chats*each - each)
	d := newDispatcher(ctx, workers, chats*each, func(_ context.Context, j *job) {
		mu.Lock()
		running++
		most = max(most, running)
		mu.Unlock()
		chat := j.update.chat()
		if chat == 0 {
			<-release
		}
		mu.Lock()
		defer mu.Unlock()
		running--
		handled[chat] = append(handled[chat], j.update.ID)
		if chat != 0 {
			all.Done()
		}
	})
	for i := range chats * each {
		d.submit(messageOf(i, int64(i%chats)))
	}
	all.Wait() // for all but the chat that waits
	mu.Lock()
	if len(handled[0]) != 0 || most > workers {
		t.Errorf("chat 0 handled %v, %d workers ran at once", handled[0], most)
	}
	mu.Unlock()
	if d.depth() != each-1 {
		t.Errorf("%d updates wait, want all but one of the chat", d.depth())
	}
	all.Add(each)
	close(release)
	for range each {
		all.Done() // nobody else counts chat 0
	}
	cancel()
	d.wait()
	for chat, ids := range handled {
		if !slices.IsSorted(ids) {
			t.Errorf("chat %d: %v", chat, ids)
		}
	}
}

// A panic costs the update that caused it, is logged with its place, and holds up nothing.
func TestPanicCostsOneUpdate(t *testing.T) {
	report, err := content.Embedded()
	ok(t, err)
	engine := answers.New(report)
	var log strings.Builder
	b, err := New(Config{Token: "123:secret", Bot: bot.New(engine), Log: slog.New(slog.NewTextHandler(&log, nil)), Transport: new(scripted)})
	ok(t, err)
	b.journal, _ = newJournal(t, "")
	b.replies = nil // the mistake in the program
	j := messageOf(7, 1)
	j.update.Message.From = &tgbotapi.User{ID: 1}
	j.update.Message.Text = "secret"
	j.taken, _ = b.window.take(7, nil)
	b.work(t.Context(), j)
	if !b.journal.isHandled(7) || b.window.offset() != 8 {
		t.Error("the update would come again and again")
	}
	if !strings.Contains(log.String(), "update=7") || !strings.Contains(log.String(), "handle.go") {
		t.Errorf("logged is %s", log.String())
	}
}

func TestRedactor(t *testing.T) {
	const token = "123456:AA-secret_0"
	var log strings.Builder
	logger := newRedactor(token).logger(slog.New(slog.NewJSONHandler(&log, nil))).With("with", token)
	wrapped := fmt.Errorf("Post %q: %w", "http://x/bot"+token+"/getMe", errors.New("AA-secret_0 alone"))
	logger.Error("said "+token, "error", wrapped, "number", 7, slog.Group("group", "in", []string{token}))
	logger.WithGroup("named").Info("x", "escaped", "123456%3AAA-secret_0")
	if strings.Contains(log.String(), "AA-secret_0") || !strings.Contains(log.String(), `"number":7`) {
		t.Errorf("logged is %s", log.String())
	}
}

func FuzzParseUpdate(f *testing.F) {
	f.Add(`{"update_id":1,"message":{"message_id":1,"chat":{"id":1,"type":"private"},"from":{"id":1},"text":"/a@b c",` +
		`"entities":[{"type":"bot_command","offset":0,"length":4},{"type":"mention","offset":2,"length":99}]}}`)
	f.Add(`{"update_id":2,"callback_query":{"from":{"id":1},"data":"x"}}`)
	f.Add(`{"update_id":"x"}`)
	b := &Bot{self: tgbotapi.User{ID: 1, UserName: "b_bot"}}
	f.Fuzz(func(t *testing.T, raw string) {
		u, _, err := parseUpdate([]byte(raw))
		if err != nil {
			return
		}
		_, _ = u.kind(), u.chat()
		for _, m := range []*message{u.Message, u.EditedMessage} {
			if m != nil {
				said, _ := b.address(m)
				if len(said.text) > len(m.Text) {
					t.Errorf("%q says %q to the bot", m.Text, said.text)
				}
			}
		}
	})
}
