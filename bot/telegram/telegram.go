// Package telegram is the chat on Telegram: private chats, groups, and answers shared from any chat.
//
// Updates come in by long polling or by webhook, are handled in order within a chat and side by side between chats, and
// go out as messages, edits and answers to queries:
//
//	getUpdates or POST → accept → dispatcher → handle → bot.Bot.Reply → outgoing → sender → Bot API
//
// Pictures are drawn and sent behind that, by a dispatcher of their own, so that nobody in the chat waits for them; an
// update that asked for one counts as handled when it was sent.
//
// Nothing is lost when the network, Telegram or the process fails: an update is confirmed only when it and all before it
// were handled (or, where a hundred wait for their turn, written down), a small journal on disk remembers what was handled
// since, and a message is sent until Telegram takes it or refuses it.
//
//	b, err := telegram.New(telegram.Config{Token: token, Bot: bot.New(engine), State: folder})
//	err = b.Run(ctx) // until the context ends
//
// Everything that a button or a link needs is in the button or the link: a bot that was started anew answers to those of
// before.
package telegram

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/bot"
	"wenbao/content/lazy"
)

// DefaultEndpoint is where Telegram serves the Bot API.
const DefaultEndpoint = "https://api.telegram.org"

// Bounds of what is in hand at once.
const (
	capacity      = 1024 // updates
	workers       = 128  // most of them wait for Telegram
	inlineWorkers = 8    // of their own: who types must not wait for those who wait for a chat's turn
)

// Config says how a bot runs.
type Config struct {
	Token string   // from @BotFather
	Bot   *bot.Bot // who answers
	State string   // the folder of the journal

	Endpoint   string  // base of a Bot API server, such as http://127.0.0.1:8081; DefaultEndpoint when empty
	AllowChats []int64 // the only chats and people that are answered; everybody when empty
	WebhookURL string  // where Telegram sends updates; polled for when empty
	Listen     string  // address for health, metrics and the webhook; none when empty

	Rates     Rates // zeros stand for Telegram's public limits
	Questions int   // that a person may ask a minute; 20 when 0

	Log          *slog.Logger // nothing is logged when nil
	LogQuestions bool         // log what people ask
	Version      string       // of the program, for /about

	// Painter draws the pictures; a picture.Painter when nil.
	Painter Painter

	// Conversations keeps what people have said lately; a Memory when nil. Bots that serve one webhook share one.
	Conversations Conversations

	// Transport carries the requests; http.DefaultTransport with more connections when nil.
	Transport http.RoundTripper
}

// What is wrong with a configuration.
var (
	ErrToken    = errors.New("token 不对：应该像 123456:ABC-DEF…，向 @BotFather 要（/token）")
	ErrEndpoint = errors.New("API 地址不对：应该像 http://127.0.0.1:8081")
	ErrWebhook  = errors.New("webhook 地址不对：应该像 https://example.org/telegram，并且要有监听地址")
)

// Bot is the chat on Telegram. It is made with New and runs once.
type Bot struct {
	config  Config
	replies *bot.Bot
	log     *slog.Logger
	views   *views

	client  *client
	sender  *sender
	metrics *metrics
	ready   readiness
	hook    atomic.Pointer[webhook] // nil until Telegram is about to know of it
	self    tgbotapi.User
	links   links

	journal *journal
	window  *window
	chats   *dispatcher
	inline  *dispatcher
	later   *dispatcher // what is left to do for updates out of the order of their chats: pictures
	ending  atomic.Bool
	fail    context.CancelCauseFunc

	conversations Conversations
	unshared      atomic.Bool // conversations cannot be kept now
	sessions      *sessions
	people        *limiter
	groups        *limiter
	taps          *limiter
	allowed       map[int64]bool
	pictures      *pictures
}

var tokenPattern = lazy.Compile(`^[0-9]+:[A-Za-z0-9_-]+$`)

// New makes a bot. The error tells what is wrong with the configuration, and holds no token.
func New(config Config) (*Bot, error) {
	if !tokenPattern.MatchString(config.Token) {
		return nil, ErrToken
	}
	if config.Endpoint == "" {
		config.Endpoint = DefaultEndpoint
	}
	if base, err := url.Parse(config.Endpoint); err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, ErrEndpoint
	}
	if config.WebhookURL != "" {
		if hook, err := url.Parse(config.WebhookURL); err != nil || hook.Host == "" || config.Listen == "" {
			return nil, ErrWebhook
		}
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	config.Rates = config.Rates.orDefault()
	if config.Questions <= 0 {
		config.Questions = defaultQuestions
	}
	if config.Conversations == nil {
		config.Conversations = NewMemory()
	}
	if config.Transport == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 2*workers, 2*workers
		config.Transport = transport
	}
	b := &Bot{
		config:        config,
		replies:       config.Bot,
		views:         newViews(config.Bot),
		metrics:       newMetrics(),
		window:        newWindow(capacity),
		conversations: config.Conversations,
		sessions:      newSessions(),
		people:        newLimiter(config.Questions, config.Questions),
		groups:        newLimiter(config.Rates.GroupPerMinute, groupBacklog*config.Rates.GroupPerMinute),
		taps:          newLimiter(tapsPerQuestion*config.Questions, tapsPerQuestion*config.Questions),
		allowed:       make(map[int64]bool),
	}
	b.client = newClient(config.Token, config.Endpoint, config.Transport, b.metrics)
	b.sender = newSender(b.client, config.Rates)
	b.log = b.client.redactor.logger(config.Log)
	b.pictures = newPictures(config.Painter, b.metrics, b.log)
	for _, chat := range config.AllowChats {
		b.allowed[chat] = true
	}
	b.ready.set("还没有连上 Telegram")
	return b, nil
}
