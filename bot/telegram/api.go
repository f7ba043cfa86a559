package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// What ends a run: nothing that the bot could do by itself would help.
var (
	ErrUnauthorized = errors.New("这个 token 无效：Telegram 不认它；请向 @BotFather 核对（/token），再检查 TELEGRAM_BOT_TOKEN 或 --token-file")
	ErrNoSuchBot    = errors.New("这个地址没有这个机器人；请检查 token 是否完整，--api-endpoint 是否是 Bot API 服务器的地址")
	ErrConflict     = errors.New("同一个机器人正在别处运行，或者设了 webhook；请先停掉那一个再启动，两处要用两个机器人")
)

// Limits of requests.
const (
	callTimeout     = 30 * time.Second
	longestResponse = 16 << 20 // bytes; a hundred updates at their longest take up less
)

// client calls methods of the Bot API. It is the one place that uses the library's requests, and so the one where the
// token meets the network: no error of it holds the token.
type client struct {
	token    string
	endpoint string // a format that takes the token and the method
	http     *http.Client
	redactor redactor
	metrics  *metrics
}

func newClient(token, base string, transport http.RoundTripper, metrics *metrics) *client {
	return &client{
		token:    token,
		endpoint: strings.ReplaceAll(strings.TrimRight(base, "/"), "%", "%%") + "/bot%s/%s",
		http: &http.Client{
			Transport: transport,
			// Whoever redirects is no Bot API server, and following would tell the token to somebody else.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		redactor: newRedactor(token),
		metrics:  metrics,
	}
}

// call calls a method once and reads its result, unless that is nil. The error is a *requestError, or the context's.
func (c *client) call(ctx context.Context, method string, params tgbotapi.Params, result any) error {
	started := time.Now()
	attempt := &exchange{ctx: ctx, http: c.http}
	api := tgbotapi.BotAPI{Token: c.token, Client: attempt}
	api.SetAPIEndpoint(c.endpoint)
	response, err := api.MakeRequest(method, params)
	if err == nil && result != nil {
		err = json.Unmarshal(response.Result, result)
	}
	if err != nil && ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ctx.Err()
	}
	err = c.explain(method, attempt, err)
	c.metrics.called(method, err, time.Since(started))
	return err
}

// explain turns an error of the library into one that may be shown.
func (c *client) explain(method string, attempt *exchange, err error) error {
	if err == nil {
		return nil
	}
	failed := &requestError{method: method, code: attempt.status}
	var refused *tgbotapi.Error
	switch {
	case errors.As(err, &refused):
		if refused.Code != 0 {
			failed.code = refused.Code
		}
		failed.description = refused.Message
		failed.retryAfter = time.Duration(refused.RetryAfter) * time.Second
		failed.migratedTo = refused.MigrateToChatID
	case attempt.status == 0:
		failed.description = "连不上：" + err.Error()
	case attempt.status/100 == 3:
		failed.description = "服务器要转到别的地址；请检查 --api-endpoint"
	default:
		failed.broken = attempt.status/100 == 2
		failed.description = "服务器的回答不是 Bot API 的：" + err.Error()
	}
	failed.description = c.redactor.text(failed.description)
	return failed
}

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

// exchange sends one request of the library within a context, and reads its answer whole: the library neither knows
// contexts nor bounds what it reads, and leaves bodies unread so that their connections cannot serve again.
type exchange struct {
	ctx    context.Context
	http   *http.Client
	status int
}

// Do implements tgbotapi.HTTPClient.
func (e *exchange) Do(request *http.Request) (*http.Response, error) {
	response, err := e.http.Do(request.WithContext(e.ctx))
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, longestResponse))
	if err != nil {
		return nil, err
	}
	e.status = response.StatusCode
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// The library stops at Bot API 5. What is newer has its types and names here.

// linkPreviewOptions (Bot API 7.0) stand in the place of disable_web_page_preview.
type linkPreviewOptions struct {
	IsDisabled bool `json:"is_disabled"`
}

// replyParameters (Bot API 7.0) stand in the place of reply_to_message_id.
type replyParameters struct {
	MessageID                int  `json:"message_id"`
	AllowSendingWithoutReply bool `json:"allow_sending_without_reply"`
}

// messageContent is an InputTextMessageContent with link_preview_options.
type messageContent struct {
	MessageText        string             `json:"message_text"`
	ParseMode          string             `json:"parse_mode"`
	LinkPreviewOptions linkPreviewOptions `json:"link_preview_options"`
}

// resultsButton is an InlineQueryResultsButton (Bot API 6.7).
type resultsButton struct {
	Text           string `json:"text"`
	StartParameter string `json:"start_parameter"`
}

// Methods that show something in a chat.
const (
	methodSend = "sendMessage"
	methodEdit = "editMessageText"
)

// Names of parameters that are newer than the library.
const (
	paramLinkPreview   = "link_preview_options"
	paramReply         = "reply_parameters"
	paramThread        = "message_thread_id"
	paramResultsButton = "button"
	paramSecretToken   = "secret_token"
)

// jsonParam is a parameter's value that the Bot API takes as JSON.
func jsonParam(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // our own types
	}
	return string(text)
}
