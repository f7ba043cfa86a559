package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Rates bound what the bot sends, by number. A zero stands for the default.
type Rates struct {
	PerSecond      int // messages to all chats together; 30 by default
	ChatPerSecond  int // messages to one chat; 1 by default
	GroupPerMinute int // messages to one group; 20 by default
}

// defaultRates are Telegram's public limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
var defaultRates = Rates{PerSecond: 30, ChatPerSecond: 1, GroupPerMinute: 20}

func (r Rates) orDefault() Rates {
	either := func(n, otherwise int) int {
		if n <= 0 {
			return otherwise
		}
		return n
	}
	return Rates{
		either(r.PerSecond, defaultRates.PerSecond),
		either(r.ChatPerSecond, defaultRates.ChatPerSecond),
		either(r.GroupPerMinute, defaultRates.GroupPerMinute),
	}
}

// Backoff of requests that failed and may succeed later.
const (
	firstDelay   = 250 * time.Millisecond
	longestDelay = 30 * time.Second
	queryTries   = 3                // of answers to queries, which Telegram forgets soon
	queryTimeout = 10 * time.Second // all tries together
)

// mostChats bounds the chats whose rates and moves are remembered.
const mostChats = 4096

// sender sends requests as fast as Telegram allows and no faster, and as often as it takes.
type sender struct {
	client *client
	rates  Rates
	all    *rate.Limiter
	chats  *lru.Cache[int64, *pace]
	moved  *lru.Cache[int64, int64] // groups that became supergroups
}

// pace holds the limits of one chat.
type pace struct{ second, minute *rate.Limiter }

func newSender(client *client, rates Rates) *sender {
	return &sender{
		client: client,
		rates:  rates,
		all:    within(rates.PerSecond, time.Second),
		chats:  newCache[int64, *pace](mostChats),
		moved:  newCache[int64, int64](mostChats),
	}
}

func newCache[K comparable, V any](size int) *lru.Cache[K, V] {
	cache, err := lru.New[K, V](size)
	if err != nil {
		panic(err) // the sizes are positive constants
	}
	return cache
}

// within lets n events pass in any period. A token bucket lets its burst pass on top of what flows in, so the two share
// the n.
func within(n int, period time.Duration) *rate.Limiter {
	burst := max(1, n/10)
	return rate.NewLimiter(rate.Limit(float64(max(1, n-burst))/period.Seconds()), burst)
}

// wait waits until a message may be sent to a chat. Edits count among all messages, but not among those of their chat:
// nobody is disturbed by them, and who taps a button wants to see something.
func (s *sender) wait(ctx context.Context, chat int64, group bool, method string) error {
	waits := []*rate.Limiter{s.all}
	if method != methodEdit {
		limits, known := s.chats.Get(chat)
		if !known {
			limits = &pace{within(s.rates.ChatPerSecond, time.Second), within(s.rates.GroupPerMinute, time.Minute)}
			s.chats.Add(chat, limits)
		}
		waits = append(waits, limits.second)
		if group {
			waits = append(waits, limits.minute)
		}
	}
	for _, limit := range slices.Backward(waits) { // what all share is taken last, when it will be used
		if err := limit.Wait(ctx); err != nil {
			return errors.Join(context.Cause(ctx), err)
		}
	}
	return nil
}

// message calls a method that shows something in a chat, until Telegram takes or refuses it. The error is a *requestError
// that trying again would not help, or the context's.
func (s *sender) message(
	ctx context.Context, to place, method string, params tgbotapi.Params, result any, files ...tgbotapi.RequestFile,
) error {
	chat := to.chat
	for try := 0; ; try++ {
		if moved, known := s.moved.Get(chat); known {
			chat = moved
		}
		params["chat_id"] = strconv.FormatInt(chat, 10)
		if err := s.wait(ctx, chat, to.group, method); err != nil {
			return err
		}
		failed, err := s.try(ctx, method, params, result, files...)
		switch {
		case failed == nil:
			return err
		case failed.migratedTo != 0 && failed.migratedTo != chat:
			s.moved.Add(chat, failed.migratedTo)
		case !failed.temporary():
			return failed
		default:
			s.client.metrics.retried(failed.reason())
			if err := sleep(ctx, delay(failed, try)); err != nil {
				return err
			}
		}
	}
}

// query answers a query of a person who waits, a few times at most: later nobody would see it.
func (s *sender) query(ctx context.Context, method string, params tgbotapi.Params) error {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	for try := 1; ; try++ {
		failed, err := s.try(ctx, method, params, nil)
		if failed == nil {
			return err
		}
		if !failed.temporary() || try == queryTries {
			return failed
		}
		s.client.metrics.retried(failed.reason())
		if sleep(ctx, delay(failed, try-1)) != nil {
			return failed
		}
	}
}

// try calls once. An error that is not Telegram's or the network's is the context's.
func (s *sender) try(
	ctx context.Context, method string, params tgbotapi.Params, result any, files ...tgbotapi.RequestFile,
) (*requestError, error) {
	within, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	err := s.client.call(within, method, params, result, files...)
	var failed *requestError
	if ctx.Err() == nil && errors.As(err, &failed) {
		return failed, nil
	}
	if ctx.Err() != nil && err != nil {
		return nil, context.Cause(ctx)
	}
	return nil, err
}

// delay is how long to wait before trying again: as long as Telegram says, or longer every time, and never at the same
// moment as others.
func delay(failed *requestError, try int) time.Duration {
	if failed.retryAfter > 0 {
		return failed.retryAfter
	}
	ceiling := min(longestDelay, firstDelay<<min(try, 10))
	return ceiling/2 + rand.N(ceiling/2)
}

// sleep waits for a time or for the context's end, whose cause it returns.
func sleep(ctx context.Context, duration time.Duration) error {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
