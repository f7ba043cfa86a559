package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
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

// call calls a method once, with files to upload, and reads its result, unless that is nil. The error is a *requestError,
// or the context's.
func (c *client) call(
	ctx context.Context, method string, params tgbotapi.Params, result any, files ...tgbotapi.RequestFile,
) error {
	started := time.Now()
	attempt := &exchange{ctx: ctx, http: c.http}
	api := tgbotapi.BotAPI{Token: c.token, Client: attempt}
	api.SetAPIEndpoint(c.endpoint)
	response, err := makeRequest(&api, method, params, files)
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

func makeRequest(
	api *tgbotapi.BotAPI, method string, params tgbotapi.Params, files []tgbotapi.RequestFile,
) (*tgbotapi.APIResponse, error) {
	if len(files) == 0 {
		return api.MakeRequest(method, params)
	}
	return api.UploadFiles(method, params, files)
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
	methodSend  = "sendMessage"
	methodPhoto = "sendPhoto"
	methodEdit  = "editMessageText"
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
