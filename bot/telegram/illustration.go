package telegram

import (
	"context"
	"errors"
	"net/http"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/answers"
	"wenbao/bot/picture"
)

// illustration is an answer as a picture with the answer in words below it.
type illustration struct {
	picture  drawable
	caption  string // HTML
	keyboard keyboard
}

// illustrationOf is an answer as a chart or card, with the button 分享 of a keyboard; false for an answer that has no such picture.
func (b *Bot) illustrationOf(ctx context.Context, answer answers.Answer, as action, buttons keyboard) (illustration, bool) {
	shown := illustration{caption: b.caption(answer)}
	if share := buttons.share(); share != nil {
		shown.keyboard = keyboard{{*share}}
	}
	if as == drawCard {
		card, ok := b.cardOf(ctx, answer)
		shown.picture = b.pictures.card(card)
		return shown, ok
	}
	chart, err := picture.ChartFrom(ctx, b.replies, answer)
	shown.picture = b.pictures.chart(chart)
	return shown, err == nil
}

// cardOf is the card of an answer, with a code that opens the bot at its first section; false for an answer that is no
// more than headings.
func (b *Bot) cardOf(ctx context.Context, answer answers.Answer) (picture.Card, bool) {
	if !b.cites(answer) {
		return picture.Card{}, false
	}
	card, err := picture.CardFrom(ctx, b.replies, answer)
	if err != nil {
		return picture.Card{}, false
	}
	view := b.views.of(answer.Answers[0])
	if section := view.sectionOf(answer.Answers[0]); section != nil {
		card.Link = view.links.start(payload{showSection, []int{section.Span.Start}})
		card.LinkName = "@" + b.links.bot
	}
	return card, true
}

// cites tells whether an answer quotes sentences of the report, rather than its headings only.
func (b *Bot) cites(answer answers.Answer) bool {
	for _, p := range answer.Answers {
		if !b.replies.IsHeading(p) {
			return answer.Kind == answers.Found
		}
	}
	return false
}

// illustrate sends a picture. Illustrated is false where there will be none, which has been logged; the error is the
// context's, or one that ends the run.
func (b *Bot) illustrate(ctx context.Context, to place, i illustration, replyTo int) (illustrated bool, err error) {
	if id, known := b.pictures.files.Get(i.picture.name); known {
		err := b.sendPhoto(ctx, to, i, replyTo, tgbotapi.FileID(id))
		if err == nil || !unknownFile(err) {
			return b.illustrated("again", to, err)
		}
		b.pictures.files.Remove(i.picture.name) // and draw it anew
	}
	file, err := b.pictures.drawn(ctx, i.picture)
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	if err != nil {
		b.metrics.pictured("failed")
		b.log.Error("图没有画成", "chat", to.chat, "error", err)
		return false, nil
	}
	err = b.sendPhoto(ctx, to, i, replyTo, tgbotapi.FileBytes{Name: "wenbao.png", Bytes: file})
	return b.illustrated("drawn", to, err)
}

// illustrated tells what became of a picture. Who blocked the bot gets nothing in its place.
func (b *Bot) illustrated(result string, to place, err error) (bool, error) {
	var failed *requestError
	if err == nil || errors.As(err, &failed) && failed.code == http.StatusForbidden {
		b.metrics.pictured(result)
		return true, b.refused(to, err)
	}
	b.metrics.pictured("failed")
	return false, b.refused(to, err)
}

// unknownFile tells whether Telegram does not know a file, or not any more.
func unknownFile(err error) bool {
	var failed *requestError
	return errors.As(err, &failed) && failed.code == http.StatusBadRequest && strings.Contains(failed.description, "file")
}

// sendPhoto sends a file as a photo, and remembers what Telegram calls it.
func (b *Bot) sendPhoto(ctx context.Context, to place, i illustration, replyTo int, file tgbotapi.RequestFileData) error {
	params := tgbotapi.Params{"caption": i.caption, "parse_mode": tgbotapi.ModeHTML}
	if markup := i.keyboard.markup(); markup != nil {
		params["reply_markup"] = jsonParam(markup)
	}
	params.AddNonZero(paramThread, to.thread)
	if replyTo != 0 {
		params[paramReply] = jsonParam(replyParameters{MessageID: replyTo, AllowSendingWithoutReply: true})
	}
	var sent struct {
		Photo []struct {
			FileID string `json:"file_id"`
		} `json:"photo"`
	}
	err := b.sender.message(ctx, to, methodPhoto, params, &sent, tgbotapi.RequestFile{Name: "photo", Data: file})
	if sizes := len(sent.Photo); err == nil && sizes > 0 {
		b.pictures.files.Add(i.picture.name, sent.Photo[sizes-1].FileID) // the largest
	}
	return err
}
