// Package redis keeps the conversations of Telegram bots in Redis, for several bots that serve one webhook.
//
//	conversations, err := redis.Open("redis://10.0.0.1:6379/0", password, token)
//	b, err := telegram.New(telegram.Config{Conversations: conversations, …})
//
// A conversation is a sorted set of questions by the numbers of their updates, which is the same whichever bot writes
// first; the bots need not agree on anything. It expires with the idle time of package telegram.
package redis

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/sony/gobreaker/v2"

	"wenbao/bot/telegram"
)

// A question must not wait for its conversation: Redis answers in a fraction of these, or is not asked for a while.
const (
	timeout        = time.Second
	failuresToRest = 3
	restTime       = 5 * time.Second
)

// editTime is how long people can edit a question.
const editTime = 48 * time.Hour

// PasswordVariable is the environment variable for the password. There is no flag for it: every process may read the
// flags of the others.
const PasswordVariable = "WENBAO_REDIS_PASSWORD"

// What is wrong.
var (
	ErrAddress     = errors.New("对话的地址不对")
	ErrUnavailable = errors.New("连不上 Redis")
)

// Conversations are those of one bot. They implement [telegram.Conversations]. All errors are ErrUnavailable or the
// context's.
type Conversations struct {
	client  *redis.Client
	prefix  string
	breaker *gobreaker.CircuitBreaker[[]string]
}

var _ telegram.Conversations = (*Conversations)(nil)

// Open makes conversations in the Redis at an address, redis:// or rediss:// (with TLS), for the bot with a token. It
// does not wait for Redis: the bot answers without it. The password may be empty. The error is ErrAddress, without
// the address.
func Open(address, password, token string) (*Conversations, error) {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "redis" && parsed.Scheme != "rediss" {
		return nil, fmt.Errorf("%w：应该像 redis://10.0.0.1:6379/0", ErrAddress)
	}
	if _, holds := parsed.User.Password(); holds {
		return nil, fmt.Errorf("%w：里面不要写口令，放在环境变量 %s 里", ErrAddress, PasswordVariable)
	}
	options, err := redis.ParseURL(address)
	if err != nil {
		return nil, fmt.Errorf("%w：应该像 redis://10.0.0.1:6379/0", ErrAddress)
	}
	options.Password = password
	quiet()
	options.DialTimeout, options.ReadTimeout, options.WriteTimeout, options.PoolTimeout = timeout, timeout, timeout, timeout
	options.ContextTimeoutEnabled = true
	options.MaxRetries = 1 // for a connection that was closed meanwhile
	options.DialerRetries = 1
	options.DisableIdentity = true
	bot, _, _ := strings.Cut(token, ":")
	return &Conversations{
		client: redis.NewClient(options),
		prefix: "wenbao:" + bot + ":",
		breaker: gobreaker.NewCircuitBreaker[[]string](gobreaker.Settings{
			Timeout:     restTime,
			ReadyToTrip: func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures >= failuresToRest },
			IsExcluded:  func(err error) bool { return errors.Is(err, context.Canceled) },
		}),
	}, nil
}

// quiet keeps the client from writing to the standard error: the bot says in its log when Redis is away, once.
var quiet = sync.OnceFunc(logging.Disable)

// Say implements telegram.Conversations. What it does to the conversation happens at once or not at all.
func (c *Conversations) Say(ctx context.Context, who telegram.Asker, turn telegram.Turn) ([]telegram.Turn, error) {
	key := fmt.Sprintf("%sconversation:%d:%d:%d", c.prefix, who.Chat, who.Thread, who.Person)
	number := strconv.Itoa(turn.Update)
	members, err := c.do(ctx, func() ([]string, error) {
		var before *redis.StringSliceCmd
		_, err := c.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
			p.ZAdd(ctx, key, redis.Z{Score: float64(turn.Update), Member: number + " " + turn.Text})
			p.ZRemRangeByRank(ctx, key, 0, -telegram.MostTurns-2) // all but the last ones and this one
			p.Expire(ctx, key, telegram.IdleTime)
			before = p.ZRangeByScore(ctx, key, &redis.ZRangeBy{Min: "-inf", Max: "(" + number})
			return nil
		})
		if err != nil {
			return nil, err
		}
		return before.Val(), nil
	})
	if err != nil {
		return nil, err
	}
	var turns []telegram.Turn
	for _, member := range members {
		number, text, _ := strings.Cut(member, " ")
		if update, err := strconv.Atoi(number); err == nil { // others are not ours
			turns = append(turns, telegram.Turn{Update: update, Text: text})
		}
	}
	return turns[max(0, len(turns)-telegram.MostTurns):], nil
}

// Answered implements telegram.Conversations.
func (c *Conversations) Answered(ctx context.Context, chat int64, question, answer int) error {
	_, err := c.do(ctx, func() ([]string, error) {
		return nil, c.client.Set(ctx, c.answerKey(chat, question), answer, editTime).Err()
	})
	return err
}

// Answer implements telegram.Conversations.
func (c *Conversations) Answer(ctx context.Context, chat int64, question int) (int, error) {
	found, err := c.do(ctx, func() ([]string, error) {
		value, err := c.client.Get(ctx, c.answerKey(chat, question)).Result()
		if errors.Is(err, redis.Nil) {
			return nil, nil
		}
		return []string{value}, err
	})
	if err != nil || len(found) == 0 {
		return 0, err
	}
	answer, _ := strconv.Atoi(found[0]) // what is no number is no answer of ours
	return answer, nil
}

func (c *Conversations) answerKey(chat int64, question int) string {
	return fmt.Sprintf("%sanswer:%d:%d", c.prefix, chat, question)
}

// do asks Redis, unless it has failed some times in a row.
func (c *Conversations) do(ctx context.Context, ask func() ([]string, error)) ([]string, error) {
	found, err := c.breaker.Execute(ask)
	switch {
	case err == nil:
		return found, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	}
	return nil, fmt.Errorf("%w：%w", ErrUnavailable, err)
}

// Close closes the connections.
func (c *Conversations) Close() error { return c.client.Close() }
