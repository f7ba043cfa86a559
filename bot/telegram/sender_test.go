package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// In a synctest bubble time stands still until everybody waits, and then jumps: hours pass in no time, to the second.

// scripted is a server that answers one request after the other as it was told, and remembers when they came.
type scripted struct {
	answers  []string // status and body, such as "429 {…}"; "broken" for no answer; "" for success
	requests []request
}

type request struct {
	method string
	params url.Values
	at     time.Time
}

func (s *scripted) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	params, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	answer := ""
	if n := len(s.requests); n < len(s.answers) {
		answer = s.answers[n]
	}
	s.requests = append(s.requests, request{r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:], params, time.Now()})
	if answer == "broken" {
		return nil, io.ErrUnexpectedEOF
	}
	status, text := http.StatusOK, `{"ok":true,"result":{"message_id":1}}`
	if answer != "" {
		if _, err := fmt.Sscanf(answer, "%d", &status); err != nil {
			return nil, err
		}
		_, text, _ = strings.Cut(answer, " ")
	}
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(text)), Header: http.Header{}, Request: r}, nil
}

func newTestSender(server *scripted, rates Rates) *sender {
	return newSender(newClient("123:secret", DefaultEndpoint, server, newMetrics()), rates.orDefault())
}

const flood = `429 {"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}`

func TestFloodWaitIsObeyed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &scripted{answers: []string{flood, flood}}
		ok(t, newTestSender(server, Rates{}).message(t.Context(), place{chat: 1}, "sendMessage", tgbotapi.Params{"text": "x"}, nil))
		if len(server.requests) != 3 {
			t.Fatalf("%d requests", len(server.requests))
		}
		for i := 1; i < 3; i++ {
			if waited := server.requests[i].at.Sub(server.requests[i-1].at); waited != 7*time.Second {
				t.Errorf("waited %v, want the 7 seconds that Telegram asks for", waited)
			}
		}
	})
}

func TestFailuresAreRetriedLessAndLessOften(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &scripted{answers: []string{
			"broken", `500 {"ok":false,"error_code":500,"description":"Internal Server Error"}`, "502 <html>Bad Gateway</html>",
			"200 {not JSON", "302 moved", "broken", "broken", "broken", "broken", "broken", "broken",
		}}
		ok(t, newTestSender(server, Rates{}).message(t.Context(), place{chat: 1}, "sendMessage", tgbotapi.Params{}, nil))
		if len(server.requests) != 12 {
			t.Fatalf("%d requests, want one for each failure and one more", len(server.requests))
		}
		for i := 1; i < 12; i++ {
			waited := server.requests[i].at.Sub(server.requests[i-1].at)
			ceiling := min(longestDelay, firstDelay<<(i-1))
			if waited < ceiling/2 || waited > max(ceiling, time.Second)+time.Millisecond { // a chat's second may be the longer wait
				t.Errorf("waited %v before try %d, want %v at most", waited, i+1, ceiling)
			}
		}
	})
}

func TestRefusalsAreNotRetried(t *testing.T) {
	for name, answer := range map[string]string{
		"blocked":   `403 {"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`,
		"chat gone": `400 {"ok":false,"error_code":400,"description":"Bad Request: chat not found"}`,
		"token":     `401 {"ok":false,"error_code":401,"description":"Unauthorized"}`,
	} {
		server := &scripted{answers: []string{answer}}
		err := newTestSender(server, Rates{}).message(t.Context(), place{chat: 1}, "sendMessage", tgbotapi.Params{}, nil)
		if err == nil || len(server.requests) != 1 {
			t.Errorf("%s: %d requests, error %v", name, len(server.requests), err)
		}
		if errors.Is(err, ErrUnauthorized) != (name == "token") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMigratedGroupIsFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &scripted{answers: []string{`400 {"ok":false,"error_code":400,"description":` +
			`"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001}}`}}
		s := newTestSender(server, Rates{})
		for range 2 {
			ok(t, s.message(t.Context(), place{chat: -1, group: true}, "sendMessage", tgbotapi.Params{}, nil))
		}
		var chats []string
		for _, r := range server.requests {
			chats = append(chats, r.params.Get("chat_id"))
		}
		if got := strings.Join(chats, " "); got != "-1 -1001 -1001" {
			t.Errorf("sent to %s", got)
		}
	})
}

// No minute and no second may see more messages than Telegram allows.
func TestRates(t *testing.T) {
	for name, test := range map[string]struct {
		to     func(i int) place
		most   int
		period time.Duration
		least  int // sent in ten periods
	}{
		"a chat":    {func(int) place { return place{chat: 1} }, 1, time.Second, 9},
		"a group":   {func(int) place { return place{chat: -1, group: true} }, 20, time.Minute, 170},
		"all chats": {func(i int) place { return place{chat: int64(i)} }, 30, time.Second, 250},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := new(scripted)
				s := newTestSender(server, Rates{})
				ctx, cancel := context.WithTimeout(t.Context(), 10*test.period)
				defer cancel()
				for i := 0; ctx.Err() == nil; i++ {
					if s.message(ctx, test.to(i), "sendMessage", tgbotapi.Params{}, nil) != nil {
						break
					}
				}
				if len(server.requests) < test.least {
					t.Errorf("%d messages in %v, want at least %d", len(server.requests), 10*test.period, test.least)
				}
				for i := test.most; i < len(server.requests); i++ {
					if took := server.requests[i].at.Sub(server.requests[i-test.most].at); took < test.period-time.Millisecond {
						t.Fatalf("%d messages in %v", test.most+1, took)
					}
				}
			})
		})
	}
}

func TestQueriesAreGivenUpSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &scripted{answers: []string{"broken", "broken", "broken", "broken"}}
		began := time.Now()
		err := newTestSender(server, Rates{}).query(t.Context(), "answerInlineQuery", tgbotapi.Params{})
		if err == nil || len(server.requests) != queryTries || time.Since(began) > queryTimeout {
			t.Errorf("%d requests in %v, error %v", len(server.requests), time.Since(began), err)
		}
	})
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		server := &scripted{answers: []string{flood}}
		err := newTestSender(server, Rates{}).message(ctx, place{chat: 1}, "sendMessage", tgbotapi.Params{}, nil)
		if !errors.Is(err, context.DeadlineExceeded) || len(server.requests) != 1 {
			t.Errorf("%d requests, error %v", len(server.requests), err)
		}
	})
}

func TestNewerParameters(t *testing.T) {
	params := outgoing{html: "x"}.params()
	var preview struct {
		IsDisabled bool `json:"is_disabled"`
	}
	if err := json.Unmarshal([]byte(params["link_preview_options"]), &preview); err != nil || !preview.IsDisabled {
		t.Errorf("link_preview_options %q", params["link_preview_options"])
	}
}
