package telegram_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"wenbao/bot/telegram"
	"wenbao/bot/telegram/telegramtest"
)

// newWebhookStage starts a bot that Telegram sends updates to, without a proxy between them.
func newWebhookStage(t *testing.T) (s *stage, hook string) {
	address := freeAddress(t)
	hook = "http://" + address + "/telegram"
	s = newEmptyStage(t, telegramtest.Options{}, func(config *telegram.Config) {
		config.Listen, config.WebhookURL = address, hook
	})
	return s, hook
}

func TestWebhook(t *testing.T) {
	s, hook := newWebhookStage(t)
	alice := s.Person("Alice")
	alice.Private().Type(alice, askedStations)
	s.start()
	_, err := alice.Private().Await(s.ctx, telegramtest.Message.FromBot)
	s.must(err)
	s.asks(alice.Private(), alice, "那总数呢")
	s.confirmed()
	secret := s.Calls("setWebhook")[0].Parameters["secret_token"]
	if len(secret) < 20 {
		t.Errorf("the secret %q can be guessed", secret)
	}
	const again = `{"update_id":900,"message":{"message_id":900,"date":1,"chat":{"id":%d,"type":"private"},` +
		`"from":{"id":%[1]d,"first_name":"Alice"},"text":"你好"}}`
	hello := fmt.Sprintf(again, alice.User().ID)
	before := len(alice.Private().Messages())
	for _, test := range []struct {
		name, method, secret, body string
		status                     int
	}{
		{"a question", http.MethodPost, secret, hello, http.StatusOK},
		{"the same again", http.MethodPost, secret, hello, http.StatusOK},
		{"no update", http.MethodPost, secret, "garbage", http.StatusOK},
		{"too long", http.MethodPost, secret, strings.Repeat(" ", 2<<20), http.StatusRequestEntityTooLarge},
		{"reading", http.MethodGet, secret, "", http.StatusMethodNotAllowed},
		{"no secret", http.MethodPost, "", hello, http.StatusUnauthorized},
		{"wrong secret", http.MethodPost, "guess", hello, http.StatusUnauthorized},
	} {
		request, err := http.NewRequestWithContext(s.ctx, test.method, hook, strings.NewReader(test.body))
		s.must(err)
		request.Header.Set("X-Telegram-Bot-Api-Secret-Token", test.secret)
		response, err := http.DefaultClient.Do(request)
		s.must(err)
		s.must(response.Body.Close())
		if response.StatusCode != test.status {
			t.Errorf("%s: %s, want status %d", test.name, response.Status, test.status)
		}
	}
	if n := len(alice.Private().Messages()) - before; n != 1 {
		t.Errorf("an update that comes twice is answered %d times", n)
	}
	if n := s.Count("getUpdates"); n != 0 {
		t.Errorf("a bot with a webhook polls %d times", n)
	}
}

// A webhook's update counts as received only when it was answered; what comes again is not answered again.
func TestWebhookAnswersOnce(t *testing.T) {
	s, _ := newWebhookStage(t)
	s.Fail("sendMessage", telegramtest.InternalError(), telegramtest.InternalError())
	s.start()
	alice := s.Person("Alice")
	s.asks(alice.Private(), alice, askedStations)
	s.confirmed()
	s.must(s.end())
	s.start()
	s.asks(alice.Private(), alice, askedElsewhere)
	s.confirmed()
	if n := len(alice.Private().Messages()); n != 4 {
		t.Errorf("the chat shows\n%s", screen(alice.Private()))
	}
}

// Whoever goes from a webhook back to polling gets the updates that wait.
func TestPollingAfterAWebhook(t *testing.T) {
	s, _ := newWebhookStage(t)
	s.start()
	alice := s.Person("Alice")
	s.asks(alice.Private(), alice, askedStations)
	s.must(s.end())
	alice.Private().Type(alice, askedElsewhere)
	s.config.WebhookURL = ""
	s.start()
	s.confirmed()
	if n := len(alice.Private().Messages()); n != 4 {
		t.Errorf("the chat shows\n%s", screen(alice.Private()))
	}
}

func TestAddressInUse(t *testing.T) {
	s, _ := newWebhookStage(t)
	s.start()
	alice := s.Person("Alice")
	s.asks(alice.Private(), alice, askedStations)
	config := s.config
	config.State = t.TempDir()
	b, err := telegram.New(config)
	s.must(err)
	if err := b.Run(s.ctx); err == nil || errors.Is(err, telegram.ErrConflict) || !strings.Contains(err.Error(), "--listen") {
		t.Errorf("the run ends with %v", err)
	}
}
