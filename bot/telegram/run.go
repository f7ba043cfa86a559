package telegram

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// shutdownTime is how long updates in hand may take once the bot is to end, and confirmTime what is left to tell
// Telegram.
const (
	shutdownTime = 8 * time.Second
	confirmTime  = time.Second
)

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
	// What a run before kept comes on top of what is received.
	b.chats = newDispatcher(work, workers, 2*capacity, b.work)
	b.inline = newDispatcher(work, inlineWorkers, 2*capacity, b.work)
	b.later = newDispatcher(work, pictureWorkers, 2*capacity, b.workLater)
	b.metrics.watch(func() int { return b.chats.depth() + b.inline.depth() + b.later.depth() })
	for _, raw := range b.journal.waiting() {
		if u, id, err := parseUpdate(raw); err == nil {
			b.submit(u, b.window.restore(id, raw))
		}
	}
	received := b.receive(receiving)
	b.drain(work, fail, received == nil)
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
	b.links = links{bot: b.self.UserName, fingerprint: b.views.own.links.fingerprint, inline: b.self.SupportsInlineQueries}
	b.views.own.links = b.links
	b.log.Info("已连上 Telegram", "bot", b.self.UserName, "report", b.replies.Heading())
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
		b.metrics.retried(failed.reason())
		pause := delay(failed, try)
		b.log.Warn("还没有连上 Telegram，稍后再试", "error", failed, "after", pause)
		_ = sleep(ctx, pause) // the loop looks at the context
	}
	return nil
}

// work handles an update, and writes down that it did unless there is something left to do later.
func (b *Bot) work(ctx context.Context, j *job) {
	b.attempt(ctx, j, func() error { return b.handle(ctx, j) })
}

// workLater does what is left to do for an update, and writes down that it was handled.
func (b *Bot) workLater(ctx context.Context, j *job) {
	later := j.later
	j.later = nil
	b.attempt(ctx, j, func() error { return later(ctx) })
}

// attempt does something for an update. A panic costs this update and no other.
func (b *Bot) attempt(ctx context.Context, j *job, do func() error) {
	defer func() {
		if failure := recover(); failure != nil {
			b.metrics.panicked()
			b.log.Error("程序出错，放弃这条消息", "update", j.update.ID, "error", fmt.Sprint(failure), "stack", string(debug.Stack()))
			b.finish(j)
		}
	}()
	switch err := do(); {
	case err == nil && j.later != nil:
		b.later.submit(j)
		return
	case err == nil:
	case ending(err) != nil:
		b.fail(ending(err))
		return // it will come again
	case ctx.Err() != nil:
		return // it will come again
	default: // nothing that waiting would mend
		b.log.Error("没能回答", "update", j.update.ID, "error", err)
	}
	b.metrics.handled(j.update.kind(), time.Since(j.arrived))
	b.finish(j)
}

func (b *Bot) finish(j *job) {
	if err := b.journal.markHandled(j.update.ID); err != nil {
		b.log.Error("日志文件写不了，崩溃后会有问题被重复回答", "error", err)
	}
	b.window.done(j.update.ID)
}

// drain finishes what is in hand, or gives up on it when the time is up, and confirms what was handled; not where
// somebody else receives updates.
func (b *Bot) drain(work context.Context, fail context.CancelCauseFunc, confirm bool) {
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
	if confirm && work.Err() == nil && b.config.WebhookURL == "" && offset > 0 {
		confirming, cancel := context.WithTimeout(work, confirmTime)
		defer cancel()
		if _, err := b.getUpdates(confirming, offset, 1, 0); err == nil {
			_ = b.journal.confirmed(offset) // the journal will be read again, or not at all
		}
	}
	fail(nil)
	b.chats.wait()
	b.inline.wait()
	b.later.wait()
	if all, _, _ := b.window.inHand(); all > 0 {
		b.log.Warn("退出时还有消息没有处理，下次启动后再处理", "updates", all)
	}
}
