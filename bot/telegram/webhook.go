package telegram

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Webhooks. A request is answered only when its update was handled: until then Telegram holds the update, and the next
// one of its chat back, and sends it again when the answer does not come.
const (
	longestUpdate   = 1 << 20 // bytes; a message holds 4096 characters
	webhookPatience = 25 * time.Second
	// rememberedUpdates are how many handled updates are known when they come again.
	rememberedUpdates = 10_000
)

// secretHeader is where Telegram shows that a request is its own.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// webhook takes updates that Telegram sends.
type webhook struct {
	bot    *Bot
	secret [sha256.Size]byte // a digest, so that comparing takes the same time whatever is sent
}

// webhookSecret is what Telegram shows with its updates. It is made of the token, so that all bots that serve one webhook
// know it, whichever of them has told Telegram last.
func (b *Bot) webhookSecret() string {
	mac := hmac.New(sha256.New, []byte(b.config.Token))
	_, _ = io.WriteString(mac, "webhook "+b.config.WebhookURL) // which cannot fail
	return hex.EncodeToString(mac.Sum(nil))
}

// setWebhook tells Telegram where to send updates, and with which secret. They may come before Telegram has answered.
func (b *Bot) setWebhook(ctx context.Context) error {
	secret := b.webhookSecret()
	params := tgbotapi.Params{
		"url":             b.config.WebhookURL,
		"allowed_updates": jsonParam(allowedUpdates),
		paramSecretToken:  secret,
	}
	b.hook.Store(&webhook{b, sha256.Sum256([]byte(secret))})
	return b.persist(ctx, "setWebhook", params, nil)
}

// ServeHTTP implements http.Handler.
func (h *webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
		return
	}
	shown := sha256.Sum256([]byte(r.Header.Get(secretHeader)))
	if subtle.ConstantTimeCompare(shown[:], h.secret[:]) != 1 {
		http.Error(w, "not from Telegram", http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestUpdate))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
	case err != nil:
		http.Error(w, "the body cannot be read", http.StatusBadRequest)
	default:
		w.WriteHeader(h.receive(r.Context(), raw))
	}
}

// receive handles an update and gives the status to answer with. What cannot be read is taken all the same: it would come
// again and again.
func (h *webhook) receive(ctx context.Context, raw json.RawMessage) int {
	b := h.bot
	if b.ending.Load() {
		return http.StatusServiceUnavailable
	}
	t, became := b.accept(raw)
	switch became {
	case nothingToDo:
		return http.StatusOK
	case noRoom:
		return http.StatusServiceUnavailable
	}
	wait(ctx, t.handled, webhookPatience)
	select {
	case <-t.handled:
		if err := b.journal.confirmed(t.id - rememberedUpdates); err != nil {
			b.log.Error("日志文件写不了，崩溃后会有问题被重复回答", "error", err)
		}
		return http.StatusOK
	default:
		return http.StatusServiceUnavailable
	}
}
