package redis_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/telegram"
	"wenbao/bot/telegram/redis"
	"wenbao/bot/telegram/telegramtest"
	"wenbao/content"
)

// serverVariable names a redis-server to test against, beside the one in the process.
const serverVariable = "WENBAO_REDIS_SERVER"

// patience is how long a test waits before it gives up on something that should have happened at once.
const patience = time.Minute

const token = "123456:secret"

// open makes the conversations of one more bot.
func open(t testing.TB, address string) *redis.Conversations {
	t.Helper()
	c, err := redis.Open("redis://"+address, "", token)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// stores are the ways to keep conversations, each giving every bot its own view of the same.
func stores(t *testing.T, test func(t *testing.T, bot func() telegram.Conversations)) {
	t.Run("memory", func(t *testing.T) {
		memory := telegram.NewMemory()
		test(t, func() telegram.Conversations { return memory })
	})
	t.Run("miniredis", func(t *testing.T) {
		address := miniredis.RunT(t).Addr()
		test(t, func() telegram.Conversations { return open(t, address) })
	})
	t.Run("redis-server", func(t *testing.T) {
		address := startServer(t)
		test(t, func() telegram.Conversations { return open(t, address) })
	})
}

// startServer starts the redis-server that the environment names, and waits until it says that it is ready.
func startServer(t *testing.T) (address string) {
	t.Helper()
	program := os.Getenv(serverVariable)
	if program == "" {
		t.Skipf("%s names no redis-server", serverVariable)
	}
	address = freeAddress(t)
	_, port, _ := net.SplitHostPort(address)
	server := exec.Command(program, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.TempDir())
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	ready := false
	for !ready && lines.Scan() {
		ready = strings.Contains(lines.Text(), "Ready to accept connections")
	}
	var rest sync.WaitGroup
	rest.Go(func() { _, _ = io.Copy(io.Discard, out) })
	t.Cleanup(func() {
		_ = server.Process.Kill()
		rest.Wait()
		_ = server.Wait()
	})
	if !ready {
		t.Fatalf("%s does not start", program)
	}
	return address
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// What is told of a conversation depends on the numbers of its turns, and not on who tells of them when.
func TestConversations(t *testing.T) {
	stores(t, func(t *testing.T, bot func() telegram.Conversations) {
		one, other := bot(), bot()
		alice := telegram.Asker{Chat: -7, Thread: 3, Person: 1}
		say := func(c telegram.Conversations, who telegram.Asker, update int) []telegram.Turn {
			t.Helper()
			before, err := c.Say(t.Context(), who, telegram.Turn{Update: update, Text: fmt.Sprintf("问题 %d\n", update)})
			if err != nil {
				t.Fatal(err)
			}
			return before
		}
		updates := func(turns []telegram.Turn) (numbers []int) {
			for _, turn := range turns {
				if numbers = append(numbers, turn.Update); turn.Text != fmt.Sprintf("问题 %d\n", turn.Update) {
					t.Errorf("turn %d is %q", turn.Update, turn.Text)
				}
			}
			return numbers
		}
		for _, step := range []struct {
			bot    telegram.Conversations
			update int
			before []int
		}{
			{one, 10, nil}, {other, 12, []int{10}}, {one, 12, []int{10}}, {one, 11, []int{10}}, {other, 14, []int{10, 11, 12}},
			{one, 9, nil}, {one, 15, []int{9, 10, 11, 12, 14}},
		} {
			if before := updates(say(step.bot, alice, step.update)); !slices.Equal(before, step.before) {
				t.Errorf("before %d: %v, want %v", step.update, before, step.before)
			}
		}
		for _, stranger := range []telegram.Asker{{Chat: -7, Thread: 3, Person: 2}, {Chat: -7, Person: 1}, {Chat: 1, Thread: 3, Person: 1}} {
			if before := say(one, stranger, 99); len(before) > 0 {
				t.Errorf("%v is told %v", stranger, before)
			}
		}
		for update := range 3 * telegram.MostTurns {
			say(one, alice, 100+update)
		}
		before := updates(say(other, alice, 200))
		if len(before) != telegram.MostTurns || before[0] != 100+2*telegram.MostTurns {
			t.Errorf("of many turns these are told: %v", before)
		}
		if answer, err := other.Answer(t.Context(), 1, 5); err != nil || answer != 0 {
			t.Errorf("an answer that nobody gave: %d, %v", answer, err)
		}
		if err := one.Answered(t.Context(), 1, 5, 6); err != nil {
			t.Error(err)
		}
		if answer, err := other.Answer(t.Context(), 1, 5); err != nil || answer != 6 {
			t.Errorf("the answer: %d, %v", answer, err)
		}
	})
}

// Bots that write at the same time lose nothing.
func TestConversationsAtOnce(t *testing.T) {
	stores(t, func(t *testing.T, bot func() telegram.Conversations) {
		alice := telegram.Asker{Chat: 1, Person: 1}
		var bots sync.WaitGroup
		for i := range telegram.MostTurns {
			c := bot()
			bots.Go(func() {
				if _, err := c.Say(t.Context(), alice, telegram.Turn{Update: i + 1, Text: "?"}); err != nil {
					t.Error(err)
				}
			})
		}
		bots.Wait()
		before, err := bot().Say(t.Context(), alice, telegram.Turn{Update: 100, Text: "?"})
		if err != nil || len(before) != telegram.MostTurns {
			t.Errorf("%d turns, %v", len(before), err)
		}
		for i, turn := range before {
			if turn.Update != i+1 {
				t.Errorf("turn %d is %d", i+1, turn.Update)
			}
		}
	})
}

func TestConversationsExpire(t *testing.T) {
	server := miniredis.RunT(t)
	c := open(t, server.Addr())
	say := func(update int) int {
		before, err := c.Say(t.Context(), telegram.Asker{Chat: 1}, telegram.Turn{Update: update, Text: "?"})
		if err != nil {
			t.Fatal(err)
		}
		return len(before)
	}
	say(1)
	server.FastForward(telegram.IdleTime - time.Minute)
	if say(2) != 1 {
		t.Error("a conversation is forgotten too soon")
	}
	server.FastForward(telegram.IdleTime)
	if say(3) != 0 {
		t.Error("a conversation is not forgotten")
	}
	if err := c.Answered(t.Context(), 1, 5, 6); err != nil {
		t.Fatal(err)
	}
	server.FastForward(3 * 24 * time.Hour)
	if keys := server.Keys(); len(keys) > 0 {
		t.Errorf("%v stay for ever", keys)
	}
}

// A Redis that is away is said to be so at once, and after some times without asking.
func TestUnavailable(t *testing.T) {
	server := miniredis.RunT(t)
	c := open(t, server.Addr())
	server.SetError("LOADING Redis is loading the dataset in memory")
	for range 4 {
		if _, err := c.Say(t.Context(), telegram.Asker{}, telegram.Turn{Update: 1}); !errors.Is(err, redis.ErrUnavailable) {
			t.Errorf("the error is %v", err)
		}
	}
	asked := server.CommandCount()
	if err := c.Answered(t.Context(), 1, 2, 3); !errors.Is(err, redis.ErrUnavailable) || server.CommandCount() > asked {
		t.Errorf("%d commands, %v", server.CommandCount()-asked, err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := c.Answer(gone, 1, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestAddresses(t *testing.T) {
	for _, address := range []string{"", "10.0.0.1:6379", "http://10.0.0.1", "redis://:s3cret@10.0.0.1", "redis://u:s3cret@h/x/y", "redis://h/x", "redis://%zz"} {
		if _, err := redis.Open(address, "", token); !errors.Is(err, redis.ErrAddress) || strings.Contains(fmt.Sprint(err), "s3cret") {
			t.Errorf("%q: %v", address, err)
		}
	}
	server := miniredis.RunT(t)
	server.RequireAuth("s3cret")
	c, err := redis.Open("redis://"+server.Addr(), "s3cret", token)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Answered(t.Context(), 1, 2, 3); err != nil {
		t.Error(err)
	}
	wrong := open(t, server.Addr())
	if err := wrong.Answered(t.Context(), 1, 2, 3); !errors.Is(err, redis.ErrUnavailable) || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("without the password: %v", err)
	}
}

// replies answers from the embedded report, for all bots.
var replies = sync.OnceValue(func() *bot.Bot {
	report, err := content.Embedded()
	if err != nil {
		panic(err)
	}
	engine := answers.New(report)
	return bot.New(engine)
})

// crew is bots that serve one webhook, behind a proxy that gives the next update to whichever is chosen.
type crew struct {
	*telegramtest.Server
	t       *testing.T
	ctx     context.Context
	log     *lines
	hook    string
	serving atomic.Int32 // who gets the updates
	bots    []*httputil.ReverseProxy
}

func newCrew(t *testing.T, conversations ...telegram.Conversations) *crew {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	c := &crew{Server: telegramtest.New(t, telegramtest.Options{}), t: t, ctx: ctx, log: new(lines)}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.bots[c.serving.Load()].ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	c.hook = proxy.URL + "/telegram"
	for _, conversations := range conversations {
		address := freeAddress(t)
		c.bots = append(c.bots, httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: address}))
		c.start(address, conversations)
	}
	return c
}

// start starts a bot and waits until it has told Telegram of the webhook.
func (c *crew) start(address string, conversations telegram.Conversations) {
	c.t.Helper()
	const most = 1_000_000 // a second, or minute: nobody waits
	b, err := telegram.New(telegram.Config{
		Token: c.Token(), Bot: replies(), State: c.t.TempDir(), Endpoint: c.URL(), Questions: most,
		Rates:  telegram.Rates{PerSecond: most, ChatPerSecond: most, GroupPerMinute: most},
		Listen: address, WebhookURL: c.hook, Conversations: conversations, Log: slog.New(slog.NewTextHandler(c.log, nil)),
	})
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	before := c.Count("setWebhook")
	go func() { ended <- b.Run(ctx) }()
	c.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			c.t.Errorf("a bot ended with %v", err)
		}
	})
	if err := c.Wait(c.ctx, func() bool { return c.Count("setWebhook") > before }); err != nil {
		c.t.Fatal(err)
	}
}

// asks types a message, which a certain bot gets, and waits for the answer.
func (c *crew) asks(bot int, who *telegramtest.Person, text string) string {
	c.t.Helper()
	c.serving.Store(int32(bot))
	answer, err := who.Private().Next(c.ctx, who.Private().Type(who, text))
	if err == nil {
		err = c.Wait(c.ctx, func() bool { return c.Pending() == 0 })
	}
	if err != nil {
		c.t.Fatalf("%v\n%s", err, c.log)
	}
	return answer.Text
}

// A follow-up is understood by whichever bot gets it, and an edited question edits the answer of another bot.
func TestTwoBots(t *testing.T) {
	stores(t, func(t *testing.T, bot func() telegram.Conversations) {
		c := newCrew(t, bot(), bot())
		alice, bob := c.Person("Alice"), c.Person("Bob")
		for _, turn := range []struct {
			bot        int
			who        *telegramtest.Person
			text, want string
		}{
			{0, alice, "2021年新建多少5G基站", "10018个"},
			{1, bob, "出处在哪", ""}, // of nothing
			{1, alice, "那总数呢", "20207个"},
			{0, alice, "出处在哪", "四(三)"},
			{1, alice, "2021年新建多少5G基站", "10018个"},
			{0, alice, "那总数呢", "20207个"},
		} {
			if got := c.asks(turn.bot, turn.who, turn.text); !strings.Contains(got, turn.want) || turn.want == "" && strings.Contains(got, "四(三)") {
				t.Errorf("bot %d says to %s %s, want %s", turn.bot, turn.text, got, turn.want)
			}
		}
		typed := alice.Private().Type(alice, "2021年新建多少5G基站")
		answer, err := alice.Private().Next(c.ctx, typed)
		if err == nil {
			err = c.Wait(c.ctx, func() bool { return c.Pending() == 0 })
		}
		if err != nil {
			t.Fatal(err)
		}
		c.serving.Store(1)
		alice.Private().Edit(alice, typed, "5G基站总数达多少个")
		if answer, err = alice.Private().Edited(c.ctx, answer); err != nil || !strings.Contains(answer.Text, "20207个") {
			t.Errorf("the edited answer is %s, %v", answer.Text, err)
		}
	})
}

// While Redis is away, bots answer and remember what they heard themselves; the log says so once.
func TestRedisAway(t *testing.T) {
	server := miniredis.RunT(t)
	c := newCrew(t, open(t, server.Addr()))
	alice := c.Person("Alice")
	server.Close()
	for _, turn := range [][2]string{{"2021年新建多少5G基站", "10018个"}, {"那总数呢", "20207个"}, {"出处在哪", "四(三)"}} {
		if got := c.asks(0, alice, turn[0]); !strings.Contains(got, turn[1]) {
			t.Errorf("without Redis, the bot says to %s %s", turn[0], got)
		}
	}
	if n := strings.Count(c.log.String(), "存放对话的地方连不上"); n != 1 {
		t.Errorf("the log says %d times that Redis is away:\n%s", n, c.log)
	}
}

// lines is a log that several goroutines write to.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(text)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
