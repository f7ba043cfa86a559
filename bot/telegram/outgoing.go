package telegram

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// outgoing is a message as a chat will show it.
type outgoing struct {
	html     string
	keyboard keyboard
	replyTo  int // message that it quotes; 0 for none
	// illustration is what is sent in its place, unless that fails; nil for none.
	illustration *illustration
}

// keyboard is the buttons below a message, row by row.
type keyboard [][]tgbotapi.InlineKeyboardButton

// markup is the keyboard as the Bot API takes it.
func (k keyboard) markup() *tgbotapi.InlineKeyboardMarkup {
	if len(k) == 0 {
		return nil
	}
	return &tgbotapi.InlineKeyboardMarkup{InlineKeyboard: k}
}

func (o outgoing) params() tgbotapi.Params {
	params := tgbotapi.Params{
		"text":           o.html,
		"parse_mode":     tgbotapi.ModeHTML,
		paramLinkPreview: jsonParam(linkPreviewOptions{IsDisabled: true}),
	}
	if markup := o.keyboard.markup(); markup != nil {
		params["reply_markup"] = jsonParam(markup)
	}
	return params
}

// send sends a message and gives its identifier; 0 when Telegram refused it for good, which has been logged.
func (b *Bot) send(ctx context.Context, to place, o outgoing) (int, error) {
	params := o.params()
	params.AddNonZero(paramThread, to.thread)
	if o.replyTo != 0 {
		params[paramReply] = jsonParam(replyParameters{MessageID: o.replyTo, AllowSendingWithoutReply: true})
	}
	var sent struct {
		MessageID int `json:"message_id"`
	}
	err := b.sender.message(ctx, to, methodSend, params, &sent)
	return sent.MessageID, b.refused(to, err)
}

// edit puts a message in the place of one sent before. Edited is false when that is not there any more.
func (b *Bot) edit(ctx context.Context, to place, messageID int, o outgoing) (edited bool, err error) {
	params := o.params()
	params["message_id"] = strconv.Itoa(messageID)
	err = b.sender.message(ctx, to, methodEdit, params, nil)
	var failed *requestError
	if errors.As(err, &failed) && failed.code == http.StatusBadRequest {
		switch {
		case strings.Contains(failed.description, "message is not modified"):
			return true, nil // tapped twice, or done before a crash
		case strings.Contains(failed.description, "message to edit not found"),
			strings.Contains(failed.description, "message can't be edited"):
			return false, nil
		}
	}
	return true, b.refused(to, err)
}

// refused deals with what Telegram refuses for good: who blocked the bot gets no answer, and what it will not take now it
// will never take. Other errors come back.
func (b *Bot) refused(to place, err error) error {
	var failed *requestError
	if !errors.As(err, &failed) || ending(err) != nil {
		return err
	}
	if failed.code == http.StatusForbidden {
		b.log.Info("聊天里没有我了，或者我被屏蔽了", "chat", to.chat, "error", err)
		return nil
	}
	b.log.Error("Telegram 不收这条消息", "chat", to.chat, "error", err)
	return nil
}

// answerQuery answers a query that somebody waits for. What fails is logged: the query is forgotten soon.
func (b *Bot) answerQuery(ctx context.Context, method string, params tgbotapi.Params) error {
	err := b.sender.query(ctx, method, params)
	var failed *requestError
	if !errors.As(err, &failed) || ending(err) != nil {
		return err
	}
	b.log.Warn("没能答复", "error", err)
	return nil
}
