package telegram_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/telegram"
	"wenbao/bot/telegram/telegramtest"
	"wenbao/content"
)

var update = flag.Bool("update", false, "write what chats show into the golden files")

// patience is how long a test waits before it gives up on something that should have happened at once.
const patience = time.Minute

// fast are rates under which nobody waits.
var fast = telegram.Rates{PerSecond: 1_000_000, ChatPerSecond: 1_000_000, GroupPerMinute: 1_000_000}

// replies answers from the embedded report, for all tests.
var replies = sync.OnceValue(func() *bot.Bot {
	report, err := content.Embedded()
	if err != nil {
		panic(err)
	}
	engine := answers.New(report)
	return bot.New(engine)
})

// stage is a bot on a server with people.
type stage struct {
	*telegramtest.Server
	t      testing.TB
	ctx    context.Context
	config telegram.Config
	log    *syncBuffer
	stop   context.CancelFunc // asks the bot to end
	ended  chan error
}

// newStage starts a server and a bot on it. At the test's end the bot must end well and must have asked for nothing that
// the Bot API does not know.
func newStage(t testing.TB, change func(*telegram.Config)) *stage {
	t.Helper()
	s := newEmptyStage(t, telegramtest.Options{}, change)
	s.start()
	return s
}

// newEmptyStage starts a server, and no bot yet.
func newEmptyStage(t testing.TB, options telegramtest.Options, change func(*telegram.Config)) *stage {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	s := &stage{Server: telegramtest.New(t, options), t: t, ctx: ctx, log: new(syncBuffer)}
	s.config = telegram.Config{
		Token: s.Token(), Bot: replies(), State: t.TempDir(), Endpoint: s.URL(), Rates: fast, Questions: 1_000_000,
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Version: "(test)",
	}
	if change != nil {
		change(&s.config)
	}
	t.Cleanup(func() {
		for _, call := range s.Malformed() {
			t.Errorf("malformed: %s %v: %v", call.Method, call.Parameters, call.Refusal)
		}
		if strings.Contains(s.log.String(), secretOf(s.Token())) {
			t.Error("the log holds the token")
		}
	})
	return s
}

// secretOf is the half of a token that nobody may know.
func secretOf(token string) string {
	_, secret, _ := strings.Cut(token, ":")
	return secret
}

// start starts the bot.
func (s *stage) start() {
	s.t.Helper()
	b, err := telegram.New(s.config)
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	s.stop, s.ended = stop, ended
	go func() { ended <- b.Run(ctx) }()
	s.t.Cleanup(func() {
		stop()
		if err, open := <-ended; open && err != nil {
			s.t.Errorf("the bot ended with %v", err)
		}
	})
}

// end ends the bot and waits for it.
func (s *stage) end() error {
	s.stop()
	return s.result()
}

// result waits until the bot ends by itself.
func (s *stage) result() error {
	err := <-s.ended
	close(s.ended)
	return err
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("%v\nlog:\n%s", err, s.log)
	}
}

// asks types a message in a chat and waits for what the bot says to it.
func (s *stage) asks(chat *telegramtest.Chat, who *telegramtest.Person, text string) telegramtest.Message {
	s.t.Helper()
	answer, err := chat.Next(s.ctx, chat.Type(who, text))
	s.must(err)
	return answer
}

// taps taps a button and waits until the bot has said something to that.
func (s *stage) taps(chat *telegramtest.Chat, who *telegramtest.Person, m telegramtest.Message, label string) telegramtest.CallbackAnswer {
	s.t.Helper()
	answer, err := chat.Tap(who, m, label).Answer(s.ctx)
	s.must(err)
	return answer
}

// edited waits until a message looks different.
func (s *stage) edited(chat *telegramtest.Chat, before telegramtest.Message) telegramtest.Message {
	s.t.Helper()
	now, err := chat.Edited(s.ctx, before)
	s.must(err)
	return now
}

// next waits for the bot's first message after another.
func (s *stage) next(chat *telegramtest.Chat, after telegramtest.Message) telegramtest.Message {
	s.t.Helper()
	m, err := chat.Next(s.ctx, after)
	s.must(err)
	return m
}

// suggestion is the first question that is suggested below an answer.
func suggestion(m telegramtest.Message) string { return m.ReplyMarkup.Rows[1][0].Text }

// confirmed waits until the bot has handled everything.
func (s *stage) confirmed() {
	s.t.Helper()
	s.must(s.Wait(s.ctx, func() bool { return s.Pending() == 0 }))
}

// golden compares what was shown with a file of testdata.
func golden(t testing.TB, name, shown string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(shown), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != shown {
		t.Errorf("%s: shown is\n%s\nwant\n%s", path, shown, want)
	}
}

// screen is what a chat shows: who says what, marked as HTML would mark it, with the buttons.
func screen(chat *telegramtest.Chat) string {
	var text strings.Builder
	for _, m := range chat.Messages() {
		fmt.Fprintf(&text, "%s\n", looks(m))
	}
	return text.String()
}

func looks(m telegramtest.Message) string {
	var text strings.Builder
	fmt.Fprintf(&text, "#%d %s", m.ID, m.From.FirstName)
	if m.ViaBot != nil {
		text.WriteString(" via @" + m.ViaBot.Username)
	}
	if m.ReplyTo != nil {
		fmt.Fprintf(&text, " ↩#%d", m.ReplyTo.ID)
	}
	if m.ThreadID != 0 {
		fmt.Fprintf(&text, " in topic %d", m.ThreadID)
	}
	if m.Edits > 0 {
		text.WriteString(" (edited)")
	}
	text.WriteString("\n" + indented(marked(m.Text, m.Entities)))
	if m.Photo != nil && m.FromBot() || m.Photo != nil && m.ViaBot != nil {
		text.WriteString("  (a picture)\n" + indented(marked(m.Caption, m.CaptionEntities)))
	} else if m.Photo != nil || m.Sticker != nil || m.Voice != nil {
		text.WriteString("  (something other than text)\n")
	}
	if m.ReplyMarkup != nil {
		for _, row := range m.ReplyMarkup.Rows {
			text.WriteString(" ")
			for _, button := range row {
				text.WriteString(" [" + button.Text + target(button) + "]")
			}
			text.WriteString("\n")
		}
	}
	return text.String()
}

func target(button telegramtest.Button) string {
	switch {
	case button.SwitchInlineQuery != nil:
		return " ➤ " + *button.SwitchInlineQuery
	case button.URL != nil:
		return " ➤ " + *button.URL
	}
	return ""
}

func indented(text string) string {
	var lines strings.Builder
	for line := range strings.Lines(text) {
		lines.WriteString("  " + strings.TrimRight(line, "\n") + "\n")
	}
	return lines.String()
}

// marked puts the entities of a text into it: bold, quotes, italics, links.
func marked(text string, entities []telegramtest.Entity) string {
	marks := map[string][2]string{"bold": {"<b>", "</b>"}, "blockquote": {"“", "”"}, "italic": {"<i>", "</i>"}}
	type mark struct {
		at, order int
		text      string
	}
	var all []mark
	for _, e := range entities {
		tags, known := marks[e.Type]
		if e.Type == "text_link" {
			_, payload, _ := strings.Cut(e.URL, "?start=")
			tags, known = [2]string{"<a " + payload + ">", "</a>"}, true
		}
		if known {
			all = append(all, mark{e.Offset, e.Length, tags[0]}, mark{e.Offset + e.Length, -e.Length, tags[1]})
		}
	}
	slices.SortStableFunc(all, func(a, b mark) int {
		if a.at != b.at {
			return cmp.Compare(a.at, b.at)
		}
		if (a.order < 0) != (b.order < 0) {
			return cmp.Compare(a.order, b.order) // what ends here ends before what begins
		}
		return cmp.Compare(b.order, a.order) // the longer one stands outside
	})
	units := utf16.Encode([]rune(text))
	var out strings.Builder
	at := 0
	for _, m := range all {
		out.WriteString(string(utf16.Decode(units[at:m.at])) + m.text)
		at = m.at
	}
	out.WriteString(string(utf16.Decode(units[at:])))
	return out.String()
}

// syncBuffer is a buffer that several goroutines write to.
type syncBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *syncBuffer) Write(text []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(text)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
