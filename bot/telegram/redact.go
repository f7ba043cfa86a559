package telegram

import (
	"context"
	"log/slog"
	"net/url"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// redactor takes a token out of texts. The token is part of every request's address, so that every error of the network
// tells it. Its secret half alone is taken out too, and the form that it has in an address.
type redactor struct{ replacer *strings.Replacer }

func newRedactor(token string) redactor {
	const instead = "[token]"
	_, secret, _ := strings.Cut(token, ":")
	return redactor{strings.NewReplacer(
		token, instead, url.QueryEscape(token), instead, url.PathEscape(token), instead, secret, instead,
	)}
}

func (r redactor) text(text string) string { return r.replacer.Replace(text) }

// logger makes a logger all of whose lines are redacted.
func (r redactor) logger(logger *slog.Logger) *slog.Logger {
	return slog.New(redactingHandler{logger.Handler(), r})
}

type redactingHandler struct {
	slog.Handler
	redactor redactor
}

func (h redactingHandler) Handle(ctx context.Context, record slog.Record) error {
	redacted := slog.NewRecord(record.Time, record.Level, h.redactor.text(record.Message), record.PC)
	record.Attrs(func(attr slog.Attr) bool {
		redacted.AddAttrs(h.redactor.attr(attr))
		return true
	})
	return h.Handler.Handle(ctx, redacted)
}

func (h redactingHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	redacted := make([]slog.Attr, len(attrs))
	for i, attr := range attrs {
		redacted[i] = h.redactor.attr(attr)
	}
	return redactingHandler{h.Handler.WithAttrs(redacted), h.redactor}
}

func (h redactingHandler) WithGroup(name string) slog.Handler {
	return redactingHandler{h.Handler.WithGroup(name), h.redactor}
}

// attr redacts whatever could be a text. Errors and the like are turned into their text, since a handler would do so
// behind our back.
func (r redactor) attr(attr slog.Attr) slog.Attr {
	value := attr.Value.Resolve()
	switch value.Kind() {
	case slog.KindString, slog.KindAny:
		return slog.String(attr.Key, r.text(value.String()))
	case slog.KindGroup:
		var group []any
		for _, member := range value.Group() {
			group = append(group, r.attr(member))
		}
		return slog.Group(attr.Key, group...)
	default:
		return slog.Attr{Key: attr.Key, Value: value}
	}
}

// noLog stands for the library's logger, which is global, would write addresses with the token to the standard error, and
// has nothing to say that our errors do not.
type noLog struct{}

func (noLog) Println(...any)        {}
func (noLog) Printf(string, ...any) {}

func init() { _ = tgbotapi.SetLogger(noLog{}) }
