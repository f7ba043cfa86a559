package telegram_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"wenbao/bot/telegram"
	"wenbao/bot/telegram/telegramtest"
)

// Whatever fails, nothing that a person or a program may read holds the token.
func TestTokenIsNeverTold(t *testing.T) {
	const token = "123456:AAsecret-of-the-bot_0"
	answering := func(status int, body string) func(*testing.T) string {
		return func(t *testing.T) string {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "http://127.0.0.1:1"+r.URL.Path) // of the redirects
				w.WriteHeader(status)
				_, _ = io.WriteString(w, strings.ReplaceAll(body, "PATH", r.URL.Path)) // nobody is left to tell
			}))
			t.Cleanup(server.Close)
			return server.URL
		}
	}
	for name, endpoint := range map[string]func(*testing.T) string{
		"no such host": func(*testing.T) string { return "http://bot-api.invalid" },
		"refused": func(t *testing.T) string {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			return "http://" + listener.Addr().String()
		},
		"bad TLS": func(t *testing.T) string {
			server := httptest.NewUnstartedServer(http.NotFoundHandler())
			server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
			server.StartTLS()
			t.Cleanup(server.Close)
			return server.URL
		},
		"dropped": func(t *testing.T) string {
			server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
			t.Cleanup(server.Close)
			return server.URL
		},
		"401":            answering(401, `{"ok":false,"error_code":401,"description":"Unauthorized: PATH"}`),
		"404":            answering(404, `{"ok":false,"error_code":404,"description":"Not Found: PATH"}`),
		"404 of a web":   answering(404, "404 PATH not found"),
		"409":            answering(409, `{"ok":false,"error_code":409,"description":"Conflict: PATH"}`),
		"500":            answering(500, `{"ok":false,"error_code":500,"description":"Internal Server Error PATH"}`),
		"502":            answering(502, "<html>PATH</html>"),
		"no JSON":        answering(200, "PATH"),
		"other JSON":     answering(200, `{"ok":true,"result":"PATH"}`),
		"found":          answering(302, "PATH"),
		"redirected":     answering(307, "PATH"),
		"400":            answering(400, `{"ok":false,"error_code":400,"description":"Bad Request: PATH"}`),
		"nothing at all": answering(200, ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := freeAddress(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			log := &noticing{noticed: make(chan struct{}, 1)}
			b, err := telegram.New(telegram.Config{
				Token: token, Bot: replies(), State: t.TempDir(), Endpoint: endpoint(t), Listen: address,
				Log: slog.New(slog.NewJSONHandler(log, nil)),
			})
			if err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- b.Run(ctx) }()
			told := ""
			select {
			case err := <-ended:
				told = fmt.Sprintf("%v %+v", err, err)
				if err == nil {
					t.Error("it ended without saying why")
				}
			case <-log.noticed: // it keeps trying
				told = get(t, "http://"+address+"/readyz", http.StatusServiceUnavailable) + get(t, "http://"+address+"/metrics", http.StatusOK)
				cancel()
				if err := <-ended; err != nil {
					t.Errorf("asked to end, it says %v", err)
				}
			}
			if told += log.String(); strings.Contains(told, secretOf(token)) {
				t.Errorf("the token is told:\n%s", told)
			}
		})
	}
}

// noticing is a log that tells when the first warning is written to it.
type noticing struct {
	syncBuffer
	noticed chan struct{}
}

func (n *noticing) Write(line []byte) (int, error) {
	size, err := n.syncBuffer.Write(line)
	if strings.Contains(string(line), `"WARN"`) {
		select {
		case n.noticed <- struct{}{}:
		default:
		}
	}
	return size, err
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

// get reads a page that must have a status.
func get(t *testing.T, url string, status int) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != status {
		t.Errorf("%s: %s, %v, want status %d: %s", url, response.Status, err, status, body)
	}
	return string(body)
}

func TestBadConfigurations(t *testing.T) {
	good := telegram.Config{Token: "123:abc", Bot: replies(), State: t.TempDir()}
	for name, test := range map[string]struct {
		change func(*telegram.Config)
		want   error
	}{
		"no token":             {func(c *telegram.Config) { c.Token = "" }, telegram.ErrToken},
		"a name for a token":   {func(c *telegram.Config) { c.Token = "my_bot" }, telegram.ErrToken},
		"a broken token":       {func(c *telegram.Config) { c.Token = "123:abc def" }, telegram.ErrToken},
		"no address":           {func(c *telegram.Config) { c.Endpoint = "127.0.0.1:8081" }, telegram.ErrEndpoint},
		"another protocol":     {func(c *telegram.Config) { c.Endpoint = "ftp://example.org" }, telegram.ErrEndpoint},
		"webhook to nowhere":   {func(c *telegram.Config) { c.WebhookURL = "https://example.org/x" }, telegram.ErrWebhook},
		"webhook of no server": {func(c *telegram.Config) { c.WebhookURL, c.Listen = "/x", ":0" }, telegram.ErrWebhook},
	} {
		config := good
		test.change(&config)
		if _, err := telegram.New(config); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func TestWrongTokenEndsTheRun(t *testing.T) {
	s := newEmptyStage(t, telegramtest.Options{}, func(config *telegram.Config) { config.Token = "123:another-token" })
	s.start()
	if err := s.result(); !errors.Is(err, telegram.ErrUnauthorized) || !strings.Contains(err.Error(), "@BotFather") {
		t.Errorf("the run ends with %v", err)
	}
}

func TestRevokedTokenEndsTheRun(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	s.asks(alice.Private(), alice, askedStations)
	s.RevokeToken()
	if err := s.result(); !errors.Is(err, telegram.ErrUnauthorized) {
		t.Errorf("the run ends with %v", err)
	}
}

func TestSecondPollerEndsTheRun(t *testing.T) {
	s := newStage(t, nil)
	s.must(s.Wait(s.ctx, s.Polling))
	response, err := http.Get(s.URL() + "/bot" + s.Token() + "/getUpdates?timeout=0")
	s.must(err)
	s.must(response.Body.Close())
	if err := s.result(); !errors.Is(err, telegram.ErrConflict) || !strings.Contains(err.Error(), "停掉") {
		t.Errorf("the run ends with %v", err)
	}
}

// Without a network at the start, and with one that goes away, the bot keeps trying and says that it is not ready.
func TestNetworkComesAndGoes(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	log := &noticing{noticed: make(chan struct{}, 1)}
	s := newEmptyStage(t, telegramtest.Options{}, func(config *telegram.Config) {
		config.Listen = address
		config.Log = slog.New(slog.NewJSONHandler(log, nil))
	})
	alice := s.Person("Alice")
	chat := alice.Private()
	s.NetworkDown()
	s.start()
	for range 2 {
		<-log.noticed
		get(t, "http://"+address+"/healthz", http.StatusOK)
		get(t, "http://"+address+"/readyz", http.StatusServiceUnavailable)
		s.NetworkUp()
		s.asks(chat, alice, askedStations)
		s.must(s.Wait(s.ctx, s.Polling))
		get(t, "http://"+address+"/readyz", http.StatusOK)
		select {
		case <-log.noticed: // of this time
		default:
		}
		s.NetworkDown()
	}
	s.NetworkUp()
	metrics := get(t, "http://"+address+"/metrics", http.StatusOK)
	for _, want := range []string{
		`wenbao_telegram_updates_total{kind="message"} 2`, `wenbao_telegram_answers_total{kind="answer"} 2`,
		`wenbao_telegram_retries_total{reason="network"}`, "wenbao_telegram_queue_depth 0", "wenbao_telegram_handling_seconds_bucket",
		`wenbao_telegram_request_seconds_count{method="sendMessage",result="ok"} 2`, "wenbao_telegram_panics_total 0",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in\n%s", want, metrics)
		}
	}
}

func TestAnswersOutliveFailures(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	alice := s.Person("Alice")
	s.Fail("sendMessage", telegramtest.InternalError(), telegramtest.DropBefore(), telegramtest.BadGateway())
	answer := s.asks(alice.Private(), alice, askedStations)
	s.Fail("editMessageText", telegramtest.InternalError())
	s.Fail("answerCallbackQuery", telegramtest.InternalError())
	s.taps(alice.Private(), alice, answer, "上下文")
	s.edited(alice.Private(), answer)
	s.Fail("answerInlineQuery", telegramtest.DropBefore())
	if offered, err := alice.Inline("5G基站", "").Answer(s.ctx); err != nil || len(offered.Results) == 0 {
		t.Errorf("%+v, %v", offered, err)
	}
}

// What Telegram refuses for good costs that answer and holds up nobody.
func TestRefusalsHoldUpNobody(t *testing.T) {
	s := newStage(t, nil)
	alice, bob := s.Person("Alice"), s.Person("Bob")
	group := s.Group("Team", alice)
	s.Fail("sendMessage",
		telegramtest.Refuse(telegramtest.Refusal{Code: 403, Description: "Forbidden: bot was blocked by the user"}),
		telegramtest.Refuse(telegramtest.Refusal{Code: 400, Description: "Bad Request: chat not found"}),
		telegramtest.Refuse(telegramtest.Refusal{Code: 403, Description: "Forbidden: bot was kicked from the group chat"}))
	alice.Private().Type(alice, askedStations)
	s.confirmed()
	bob.Private().Type(bob, askedStations)
	s.confirmed()
	group.Type(alice, "/ask "+askedStations)
	s.confirmed()
	s.asks(bob.Private(), bob, askedStations)
	if n := s.Count("sendMessage"); n != 4 {
		t.Errorf("%d messages were sent, want one for each question", n)
	}
}

func TestGroupBecomesSupergroup(t *testing.T) {
	s := newEmptyStage(t, telegramtest.Options{}, nil)
	alice := s.Person("Alice")
	group := s.Group("Team", alice)
	group.Type(alice, "/ask "+askedStations)
	super := group.Migrate()
	s.start()
	if _, err := super.Await(s.ctx, telegramtest.Message.FromBot); err != nil {
		t.Errorf("%v: the question asked before is not answered after", err)
	}
}

// An update is confirmed only when it was handled: what was in hand when the bot was cut off is answered after the next
// start, and what was answered is not answered again.
func TestNothingIsLostBetweenRuns(t *testing.T) {
	t.Parallel()
	s := newEmptyStage(t, telegramtest.Options{}, nil)
	alice, bob := s.Person("Alice"), s.Person("Bob")
	s.Fail("sendMessage", telegramtest.FloodWait(3600))
	alice.Private().Type(alice, askedStations) // held up for an hour
	s.start()
	s.must(s.Wait(s.ctx, func() bool { return s.Count("sendMessage") == 1 }))
	s.asks(bob.Private(), bob, askedStations) // handled behind it
	if s.Pending() != 2 {
		t.Errorf("%d updates are unconfirmed, want both: the first was not handled", s.Pending())
	}
	s.must(s.end())
	if s.Pending() != 2 {
		t.Errorf("%d updates are unconfirmed after the end, want both", s.Pending())
	}
	s.start()
	_, err := alice.Private().Await(s.ctx, telegramtest.Message.FromBot)
	s.must(err)
	s.confirmed()
	if n := len(bob.Private().Messages()); n != 2 {
		t.Errorf("Bob's chat shows\n%s", screen(bob.Private()))
	}
}

// A group that must wait for its turn does not keep Telegram from telling of others, however many wait.
func TestWaitingUpdatesMakeRoom(t *testing.T) {
	t.Parallel()
	s := newEmptyStage(t, telegramtest.Options{}, nil)
	alice, bob := s.Person("Alice"), s.Person("Bob")
	s.Fail("sendMessage", telegramtest.FloodWait(3600))
	for range 150 { // more than a poll tells of
		alice.Private().Type(alice, askedStations)
	}
	s.start()
	s.asks(bob.Private(), bob, askedStations)
	s.must(s.end())
	s.start()
	s.confirmed()
	answers := 0
	s.must(s.Wait(s.ctx, func() bool {
		answers = len(alice.Private().Messages()) - 150
		return answers >= 150
	}))
	s.asks(bob.Private(), bob, askedElsewhere)
	if answers = len(alice.Private().Messages()) - 150; answers != 150 {
		t.Errorf("150 questions are answered %d times", answers)
	}
}

// The end waits for what is in hand.
func TestEndFinishesWhatIsInHand(t *testing.T) {
	s := newStage(t, nil)
	people := make([]*telegramtest.Person, 30)
	for i := range people {
		people[i] = s.Person(fmt.Sprint("Person ", i))
		people[i].Private().Type(people[i], askedStations)
	}
	s.must(s.Wait(s.ctx, func() bool { return s.Count("sendMessage") > 0 }))
	s.must(s.end())
	answered := 0
	for _, person := range people {
		answered += len(person.Private().Messages()) - 1
	}
	if pending := s.Pending(); answered+pending != len(people) {
		t.Errorf("%d answered and %d unconfirmed of %d", answered, pending, len(people))
	}
}

// Updates of one chat are answered in order, whatever befalls them.
func TestOrderWithinAChat(t *testing.T) {
	t.Parallel()
	s := newEmptyStage(t, telegramtest.Options{}, nil)
	s.FailRandomly(1, telegramtest.Chance{Method: "sendMessage", Probability: 0.3, Fault: telegramtest.InternalError()})
	alice := s.Person("Alice")
	group := s.Group("Team", alice)
	var asked []int
	for range 20 {
		asked = append(asked, group.Type(alice, "/ask "+askedStations).ID)
	}
	s.start()
	s.confirmed()
	var answered []int
	for _, m := range group.Messages() {
		if m.FromBot() {
			answered = append(answered, m.ReplyTo.ID)
		}
	}
	if fmt.Sprint(asked) != fmt.Sprint(answered) {
		t.Errorf("asked %v, answered %v", asked, answered)
	}
}

func TestQuestionsAreNotLogged(t *testing.T) {
	for _, log := range []bool{false, true} {
		s := newStage(t, func(config *telegram.Config) { config.LogQuestions = log })
		alice := s.Person("Alice")
		s.asks(alice.Private(), alice, askedStations)
		s.confirmed()
		if strings.Contains(s.log.String(), askedStations) != log {
			t.Errorf("LogQuestions %v: the log is\n%s", log, s.log)
		}
	}
}

// Whatever comes in the place of an update, the updates around it are handled.
func TestBrokenUpdates(t *testing.T) {
	const good = `{"update_id":%d,"message":{"message_id":%d,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"A"},"text":"你好"}}`
	updates := []string{
		fmt.Sprintf(good, 1, 1), `{"update_id":2,"message":"no object"}`, `"no update"`, `{}`, `{"update_id":3}`,
		`{"update_id":4,"message":{"message_id":1}}`, `{"update_id":5,"callback_query":{"id":"1"}}`,
		`{"update_id":6,"message":{"message_id":6,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"A"},` +
			`"text":"/x","entities":[{"type":"bot_command","offset":0,"length":900},{"type":"mention","offset":-5,"length":3}]}}`,
		`{"update_id":7,"inline_query":{"id":"1"}}`, fmt.Sprintf(good, 8, 8),
	}
	confirmed := make(chan struct{})
	var once sync.Once
	var sent atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		result := "true"
		switch method := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]; method {
		case "getMe":
			result = `{"id":1,"is_bot":true,"first_name":"B","username":"b_bot"}`
		case "sendMessage":
			sent.Add(1)
			result = `{"message_id":100}`
		case "getUpdates":
			result = "[" + strings.Join(updates, ",") + "]"
			if r.PostFormValue("offset") == "9" {
				result = "[]"
				once.Do(func() { close(confirmed) })
				if r.PostFormValue("timeout") != "0" {
					<-r.Context().Done()
					return
				}
			}
		}
		if !json.Valid([]byte(result)) {
			t.Errorf("not JSON: %s", result)
		}
		fmt.Fprintf(w, `{"ok":true,"result":%s}`, result)
	}))
	t.Cleanup(server.Close)
	b, err := telegram.New(telegram.Config{
		Token: "1:x", Bot: replies(), State: t.TempDir(), Endpoint: server.URL, Rates: fast,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	<-confirmed
	if n := sent.Load(); n != 3 {
		t.Errorf("%d messages are answered, want the 3 that can be read", n)
	}
	server.CloseClientConnections()
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the run ends with %v", err)
	}
}
