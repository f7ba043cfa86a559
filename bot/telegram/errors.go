package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// What ends a run: nothing that the bot could do by itself would help.
var (
	ErrUnauthorized = errors.New("这个 token 无效：Telegram 不认它；请向 @BotFather 核对（/token），再检查 TELEGRAM_BOT_TOKEN 或 --token-file")
	ErrNoSuchBot    = errors.New("这个地址没有这个机器人；请检查 token 是否完整，--api-endpoint 是否是 Bot API 服务器的地址")
	ErrConflict     = errors.New("同一个机器人正在别处运行，或者设了 webhook；请先停掉那一个再启动，两处要用两个机器人")
)

// requestError is a request that failed. It wraps no error of the network or the library: their texts hold the token.
type requestError struct {
	method      string
	code        int // of the Bot API, or the HTTP status; 0 when there was no answer
	description string
	retryAfter  time.Duration
	migratedTo  int64 // the chat's new identifier
	broken      bool  // an answer that cannot be read, though the server says that it is one
}

func (e *requestError) Error() string {
	if e.code == 0 {
		return fmt.Sprintf("%s：%s", e.method, e.description)
	}
	return fmt.Sprintf("%s：%d %s", e.method, e.code, e.description)
}

func (e *requestError) Is(target error) bool {
	switch target {
	case ErrUnauthorized:
		return e.code == http.StatusUnauthorized
	case ErrNoSuchBot:
		return e.code == http.StatusNotFound
	case ErrConflict:
		return e.code == http.StatusConflict
	}
	return false
}

// temporary tells whether the same request may succeed later.
func (e *requestError) temporary() bool {
	return e.code == 0 || e.broken || e.code/100 == 3 || e.code == http.StatusTooManyRequests || e.code >= 500
}

// reason is a word for the metrics.
func (e *requestError) reason() string {
	switch {
	case e.code == 0:
		return "network"
	case e.broken:
		return "malformed"
	}
	return fmt.Sprint(e.code)
}

// ending is what an error ends the run with: a sentinel that says what to do, or nil.
func ending(err error) error {
	for _, sentinel := range []error{ErrUnauthorized, ErrConflict} {
		if errors.Is(err, sentinel) {
			return fmt.Errorf("%w（%s）", sentinel, err)
		}
	}
	return nil
}

// asRequestError is an error of a request as what it is, or as one whose text is all that is known.
func asRequestError(err error) *requestError {
	var failed *requestError
	if errors.As(err, &failed) {
		return failed
	}
	return &requestError{method: "Bot API", description: err.Error(), broken: true}
}
