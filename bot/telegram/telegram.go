// Package telegram is the chat on Telegram: private chats, groups, and answers shared from any chat.
//
// Updates come in by long polling or by webhook, are handled in order within a chat and side by side between chats, and
// go out as messages, edits and answers to queries:
//
//	getUpdates / POST → window → dispatcher → Bot.handle → bot.Bot.Reply → outgoing → sender → Bot API
//
// Nothing is lost when the network, Telegram or the process fails: an update is confirmed only when it and all before it
// were handled, a small journal on disk remembers what was handled since, and a message is sent until Telegram takes it or
// refuses it.
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
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/bot"
)

// DefaultEndpoint is where Telegram serves the Bot API.
const DefaultEndpoint = "https://api.telegram.org"

// Bounds of what is in hand at once.
const (
	defaultCapacity = 1024
	workers         = 128 // most of them wait for Telegram
	inlineWorkers   = 8   // of their own: who types must not wait for those who wait for a chat's turn
)

// shutdownTime is how long updates in hand may take once the bot is to end, and confirmTime what is left to tell
// Telegram.
const (
	shutdownTime = 8 * time.Second
	confirmTime  = time.Second
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
	report  *reportIndex

	client  *client
	sender  *sender
	metrics *metrics
	ready   readiness
	hook    atomic.Pointer[webhook] // nil until Telegram is about to know of it
	self    tgbotapi.User
	links   links

	journal  *journal
	window   *window
	chats    *dispatcher
	inline   *dispatcher
	capacity int
	ending   atomic.Bool
	fail     context.CancelCauseFunc

	conversations *conversations
	limiter       *limiter
	answered      *answeredQuestions
	allowed       map[int64]bool
}

var tokenPattern = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)

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
	if config.Transport == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 2*workers, 2*workers
		config.Transport = transport
	}
	b := &Bot{
		config:        config,
		replies:       config.Bot,
		report:        newReportIndex(config.Bot.Report()),
		metrics:       newMetrics(),
		window:        newWindow(),
		capacity:      defaultCapacity,
		conversations: newConversations(),
		limiter:       newLimiter(config.Questions),
		answered:      newAnsweredQuestions(),
		allowed:       make(map[int64]bool),
	}
	b.client = newClient(config.Token, config.Endpoint, config.Transport, b.metrics)
	b.sender = newSender(b.client, config.Rates.orDefault())
	b.log = b.client.redactor.logger(config.Log)
	for _, chat := range config.AllowChats {
		b.allowed[chat] = true
	}
	b.ready.set("还没有连上 Telegram")
	return b, nil
}

// Run runs the bot until the context ends; then it finishes what is in hand, within ten seconds. Without a network it
// keeps trying. The error is ErrUnauthorized, ErrNoSuchBot, ErrConflict, or tells what is wrong with the state folder or
// the address to listen on; nil when the context ended the run.
func (b *Bot) Run(ctx context.Context) (err error) {
	// A journal a bot: the identifiers of two bots' updates have nothing to do with one another.
	number, _, _ := strings.Cut(b.config.Token, ":")
	if b.journal, err = openJournal(filepath.Join(b.config.State, "telegram-"+number+".journal")); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.journal.close()) }()

	// Work goes on when ctx ends, until it is done or its time is up.
	work, fail := context.WithCancelCause(context.WithoutCancel(ctx))
	defer fail(nil)
	b.fail = fail
	receiving, stop := context.WithCancel(ctx)
	defer stop()
	context.AfterFunc(work, stop)

	if b.config.Listen != "" {
		closeServer, err := b.listen()
		if err != nil {
			return err
		}
		defer func() {
			closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), confirmTime)
			defer cancel()
			_ = closeServer(closing) // whoever still waits for metrics does so in vain
		}()
	}
	if err := b.connect(receiving); err != nil || receiving.Err() != nil {
		return err
	}
	b.chats = newDispatcher(work, workers, b.capacity+1, b.work)
	b.inline = newDispatcher(work, inlineWorkers, b.capacity+1, b.work)
	b.metrics.watch(func() int { return b.chats.depth() + b.inline.depth() })
	for _, raw := range b.journal.waiting() {
		if u, id, err := parseUpdate(raw); err == nil {
			b.submit(u, b.window.restore(id, raw))
		}
	}
	received := b.receive(receiving)
	b.drain(work, fail)
	if cause := context.Cause(work); received == nil && ending(cause) != nil {
		received = cause
	}
	return received
}

// connect finds out who the bot is and tells Telegram how it works.
func (b *Bot) connect(ctx context.Context) error {
	if err := b.persist(ctx, "getMe", nil, &b.self); err != nil || ctx.Err() != nil {
		return err
	}
	b.links = links{bot: b.self.UserName, fingerprint: b.report.fingerprint, inline: b.self.SupportsInlineQueries}
	b.log.Info("已连上 Telegram", "bot", b.self.UserName, "report", b.replies.Report().Title)
	if !b.links.inline {
		b.log.Warn("没有打开 inline 模式，不能在别的聊天里分享答案；请向 @BotFather 发 /setinline")
	}
	return b.setCommands(ctx)
}

// receive receives updates until the context ends.
func (b *Bot) receive(ctx context.Context) error {
	if b.config.WebhookURL == "" {
		// Telegram gives nothing to those who poll while a webhook is set. Updates that wait stay. A server that refuses
		// this may know no webhooks; if it does, polling will tell.
		if err := b.persist(ctx, "deleteWebhook", nil, nil); ending(err) != nil {
			return err
		} else if err != nil {
			b.log.Warn("不能确定有没有设 webhook", "error", err)
		}
		return b.poll(ctx)
	}
	if err := b.setWebhook(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	b.ready.set("")
	<-ctx.Done()
	return nil
}

// persist calls a method that the bot cannot do without, until it succeeds or the context ends. The error tells what only
// a person can mend.
func (b *Bot) persist(ctx context.Context, method string, params tgbotapi.Params, result any) error {
	for try := 0; ctx.Err() == nil; try++ {
		failed, err := b.sender.try(ctx, method, params, result)
		if failed == nil && (err == nil || ctx.Err() != nil) {
			return nil
		}
		if failed == nil {
			failed = asRequestError(err)
		}
		if errors.Is(failed, ErrNoSuchBot) {
			return fmt.Errorf("%w（%s）", ErrNoSuchBot, failed)
		}
		if end := ending(failed); end != nil {
			return end
		}
		if !failed.temporary() {
			return failed
		}
		b.ready.set("还没有连上 Telegram：" + failed.Error())
		b.metrics.retries.WithLabelValues(failed.reason()).Inc()
		pause := delay(failed, try)
		b.log.Warn("还没有连上 Telegram，稍后再试", "error", failed, "after", pause)
		_ = sleep(ctx, pause) // the loop looks at the context
	}
	return nil
}

// submit hands an update over to the workers.
func (b *Bot) submit(u *update, t *taken) {
	b.metrics.updates.WithLabelValues(u.kind()).Inc()
	j := &job{update: u, taken: t, arrived: time.Now()}
	if u.InlineQuery != nil {
		b.inline.submit(j)
		return
	}
	b.chats.submit(j)
}

// work handles an update and writes down that it did. A panic costs this update and no other.
func (b *Bot) work(ctx context.Context, j *job) {
	defer func() {
		if failure := recover(); failure != nil {
			b.metrics.panics.Inc()
			b.log.Error("程序出错，放弃这条消息", "update", j.update.ID, "error", fmt.Sprint(failure), "stack", string(debug.Stack()))
			b.finish(j)
		}
	}()
	if err := b.handle(ctx, j.update); err != nil {
		if end := ending(err); end != nil {
			b.fail(end)
		}
		return // not handled: it will come again
	}
	b.metrics.handling.WithLabelValues(j.update.kind()).Observe(time.Since(j.arrived).Seconds())
	b.finish(j)
}

func (b *Bot) finish(j *job) {
	if err := b.journal.markHandled(j.update.ID); err != nil {
		b.log.Error("日志文件写不了，崩溃后会有问题被重复回答", "error", err)
	}
	b.window.done(j.update.ID)
}

func (b *Bot) draining() bool { return b.ending.Load() }

// drain finishes what is in hand, or gives up on it when the time is up, and confirms what was handled.
func (b *Bot) drain(work context.Context, fail context.CancelCauseFunc) {
	b.ending.Store(true)
	b.ready.set("正在退出")
	finishing, cancel := context.WithTimeout(work, shutdownTime)
	defer cancel()
	for {
		all, _, moved := b.window.inHand()
		if all == 0 || finishing.Err() != nil {
			break
		}
		wait(finishing, moved, shutdownTime)
	}
	offset := b.window.offset()
	if work.Err() == nil && b.config.WebhookURL == "" && offset > 0 {
		confirming, cancel := context.WithTimeout(work, confirmTime)
		defer cancel()
		if _, err := b.getUpdates(confirming, offset, 1, 0); err == nil {
			_ = b.journal.confirmed(offset) // the journal will be read again, or not at all
		}
	}
	fail(nil)
	b.chats.wait()
	b.inline.wait()
	if all, _, _ := b.window.inHand(); all > 0 {
		b.log.Warn("退出时还有消息没有处理，下次启动后再处理", "updates", all)
	}
}
