package telegramtest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"wenbao/bot/telegram/telegramtest"
)

// hook is a bot's webhook that answers what a test says.
type hook struct {
	mu     sync.Mutex
	bodies []string
	secret string
	answer func(body string) (status int, contentType, answer string)
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.bodies = append(h.bodies, string(body))
	h.secret = r.Header.Get(telegramtest.SecretHeader)
	status, contentType, answer := h.answer(string(body))
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, answer)
}

func (h *hook) received() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.bodies
}

func TestAWebhookGetsEveryUpdateOfAChatInOrder(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	bot := &hook{answer: func(string) (int, string, string) { return http.StatusOK, "", "" }}
	listening := httptest.NewServer(bot)
	defer listening.Close()
	alice, bob := server.Person("Alice"), server.Person("Bob")
	alice.Private().Type(alice, "before the webhook")

	must[bool](t, server, "setWebhook", parameters{"url": listening.URL, "secret_token": "a-secret_1"})
	got := call(t, server, "getUpdates", nil)
	want := "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
	if got.ErrorCode != http.StatusConflict || got.Description != want {
		t.Errorf("getUpdates: %+v", got)
	}
	for i := range 10 {
		alice.Private().Type(alice, fmt.Sprint("a", i))
		bob.Private().Type(bob, fmt.Sprint("b", i))
	}
	if err := server.Wait(ctx, func() bool { return server.Pending() == 0 }); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(bot.received(), "\n")
	for _, person := range []string{"a", "b"} {
		at := -1
		for i := range 10 {
			next := strings.Index(all, fmt.Sprintf(`"text":"%s%d"`, person, i))
			if next < at {
				t.Errorf("%s%d came before its time", person, i)
			}
			at = next
		}
	}
	if bot.secret != "a-secret_1" || len(bot.received()) != 21 {
		t.Errorf("secret %q, %d deliveries", bot.secret, len(bot.received()))
	}
	must[bool](t, server, "deleteWebhook", nil)
	alice.Private().Type(alice, "after the webhook")
	if got := texts(news(t, server)); got != "after the webhook" {
		t.Errorf("polled: %q", got)
	}
}

func TestAWebhookIsTriedUntilItTakesTheUpdate(t *testing.T) {
	ctx := within(t)
	clock := telegramtest.NewManualClock(time.Unix(1_700_000_000, 0))
	server := telegramtest.New(t, telegramtest.Options{Clock: clock})
	attempts := 0
	bot := &hook{}
	bot.answer = func(string) (int, string, string) {
		if attempts++; attempts < 3 {
			return http.StatusInternalServerError, "", ""
		}
		return http.StatusNoContent, "", ""
	}
	listening := httptest.NewServer(bot)
	defer listening.Close()
	must[bool](t, server, "setWebhook", parameters{"url": listening.URL})
	alice := server.Person("Alice")
	alice.Private().Type(alice, "news")
	for _, pause := range []time.Duration{time.Second, 2 * time.Second} {
		if err := clock.Timers(ctx, 1); err != nil {
			t.Fatal(err)
		}
		info := must[struct {
			Pending int    `json:"pending_update_count"`
			Error   string `json:"last_error_message"`
		}](t, server, "getWebhookInfo", nil)
		if info.Pending != 1 || info.Error != "Wrong response from the webhook: 500 Internal Server Error" {
			t.Errorf("getWebhookInfo: %+v", info)
		}
		clock.Advance(pause)
	}
	if err := server.Wait(ctx, func() bool { return server.Pending() == 0 }); err != nil {
		t.Fatal(err)
	}
	if bodies := bot.received(); len(bodies) != 3 || bodies[0] != bodies[2] {
		t.Errorf("deliveries: %q", bodies)
	}
}

func TestAWebhookAnswersWithACall(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	bot := &hook{answer: func(body string) (int, string, string) {
		if strings.Contains(body, "as a form") {
			return http.StatusOK, "application/x-www-form-urlencoded",
				fmt.Sprintf("method=sendMessage&chat_id=%d&text=formed", alice.User().ID)
		}
		return http.StatusOK, "application/json",
			fmt.Sprintf(`{"method":"sendMessage","chat_id":%d,"text":"<i>answered</i>","parse_mode":"HTML"}`, alice.User().ID)
	}}
	listening := httptest.NewServer(bot)
	defer listening.Close()
	must[bool](t, server, "setWebhook", parameters{"url": listening.URL})
	for said, want := range map[string]string{"as JSON": "answered", "as a form": "formed"} {
		message := alice.Private().Type(alice, said)
		if got, err := alice.Private().Next(ctx, message); err != nil || got.Text != want {
			t.Errorf("%s: %+v, %v", said, got, err)
		}
	}
	if refused := server.Refused(); len(refused) > 0 {
		t.Errorf("refused: %+v", refused)
	}
}

// An update that comes in just as the one before it has been taken is delivered once, and not by two deliveries side by side.
func TestAWebhookGetsAnUpdateOnce(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	const updates = 2000
	bot := &hook{answer: func(string) (int, string, string) { return http.StatusOK, "", "" }}
	listening := httptest.NewServer(bot)
	defer listening.Close()
	must[bool](t, server, "setWebhook", parameters{"url": listening.URL})
	alice := server.Person("Alice")
	chat := alice.Private()
	for i := range updates {
		chat.Type(alice, fmt.Sprint("update ", i))
		if err := server.Wait(ctx, func() bool { return server.Pending() == 0 }); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(bot.received()); got != updates {
		t.Errorf("%d deliveries of %d updates", got, updates)
	}
}
