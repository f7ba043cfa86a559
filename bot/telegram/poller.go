package telegram

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Polling. The library's channel of updates confirms them before they are handled, so that a crash loses them; this
// poller confirms an update only when it and all before it were handled.
const (
	pollLimit   = 100              // updates in one answer; the Bot API gives no more
	pollTimeout = 50 * time.Second // that a poll waits for an update
	// While updates are in hand a poll does not wait, since Telegram answers with them again. It is repeated as soon as all
	// were handled, or after a pause that grows while nothing changes.
	firstPause   = 20 * time.Millisecond
	longestPause = 200 * time.Millisecond
)

// poll receives updates until the context ends or Telegram will have nothing of us.
func (b *Bot) poll(ctx context.Context) error {
	pause, failures, polled := firstPause, 0, false
	for ctx.Err() == nil {
		_, unconfirmed, moved := b.window.inHand()
		if !b.window.hasRoom(pollLimit) { // not even kept updates may pile up
			wait(ctx, moved, pollTimeout)
			continue
		}
		timeout := pollTimeout
		if unconfirmed > 0 || b.ready.get() != "" { // whether Telegram answers at all is to be known soon
			timeout = 0
		}
		offset := b.window.offset()
		raws, err := b.getUpdates(ctx, offset, pollLimit, timeout)
		if err != nil {
			if err := b.pollFailed(ctx, err, failures); err != nil {
				return err
			}
			failures++
			continue
		}
		failures = 0
		b.ready.set("")
		if !polled && len(raws) < pollLimit { // all that is unconfirmed
			b.journal.onlyUnconfirmed(identifiers(raws))
		}
		polled = true
		if b.received(raws, offset) > 0 || b.window.offset() > offset {
			pause = firstPause
		} else if len(raws) == pollLimit && pause == longestPause {
			b.keepWaiting()
		}
		if _, unconfirmed, _ = b.window.inHand(); unconfirmed > 0 {
			b.awaitHandled(ctx, pause)
			pause = min(2*pause, longestPause)
		}
	}
	return nil
}

// received takes in what a poll from an offset on brought, and counts what is new of it.
func (b *Bot) received(raws []json.RawMessage, offset int) (fresh int) {
	if err := b.journal.confirmed(offset); err != nil {
		b.log.Error("日志文件写不了，崩溃后会有问题被重复回答", "error", err)
	}
	for _, raw := range raws {
		if _, became := b.accept(raw); became == inHandNow {
			fresh++
		}
	}
	return fresh
}

// identifiers are those of updates, as far as they can be read.
func identifiers(raws []json.RawMessage) []int {
	var ids []int
	for _, raw := range raws {
		_, id, _ := parseUpdate(raw)
		ids = append(ids, id)
	}
	return ids
}

// getUpdates asks for updates from an offset on, which confirms those before it.
func (b *Bot) getUpdates(ctx context.Context, offset, limit int, timeout time.Duration) ([]json.RawMessage, error) {
	params := tgbotapi.Params{
		"limit":           strconv.Itoa(limit),
		"timeout":         strconv.Itoa(int(timeout.Seconds())),
		"allowed_updates": jsonParam(allowedUpdates),
	}
	params.AddNonZero("offset", offset)
	ctx, cancel := context.WithTimeout(ctx, timeout+callTimeout)
	defer cancel()
	var raws []json.RawMessage
	err := b.client.call(ctx, "getUpdates", params, &raws)
	return raws, err
}

// pollFailed waits for better times, or says why there will be none.
func (b *Bot) pollFailed(ctx context.Context, err error, failures int) error {
	if ctx.Err() != nil {
		return nil
	}
	if end := ending(err); end != nil {
		return end
	}
	failed := asRequestError(err)
	b.ready.set("收不到消息：" + err.Error())
	b.metrics.retried(failed.reason())
	pause := delay(failed, failures)
	b.log.Warn("收不到消息，稍后再试", "error", err, "after", pause)
	_ = sleep(ctx, pause) // the loop looks at the context
	return nil
}

// keepWaiting makes room: as long as the oldest updates wait for their turn (a group may have as many answers a minute
// as it may), Telegram tells of no new ones. What waits is written down, so that Telegram may forget it.
func (b *Bot) keepWaiting() {
	if err := b.window.keep(b.journal.keep); err != nil {
		b.log.Error("日志文件写不了，新消息要等旧消息处理完", "error", err)
	}
}

// awaitHandled waits until every unconfirmed update was handled, but no longer than a pause.
func (b *Bot) awaitHandled(ctx context.Context, pause time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, pause)
	defer cancel()
	for ctx.Err() == nil {
		_, unconfirmed, moved := b.window.inHand()
		if unconfirmed == 0 {
			return
		}
		select {
		case <-ctx.Done():
		case <-moved:
		}
	}
}

// wait waits for a channel to be closed, but no longer than a time.
func wait(ctx context.Context, closed <-chan struct{}, longest time.Duration) {
	timer := time.NewTimer(longest)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-closed:
	case <-timer.C:
	}
}
