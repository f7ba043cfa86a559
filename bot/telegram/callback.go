package telegram

import (
	"context"
	"errors"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/answers"
)

// What is said to who taps a button that leads nowhere any more.
const (
	saidStale = "这个按钮来自旧的版本或另一份报告，请重新提问。"
	saidOld   = "这条消息太旧了，请重新提问。"
)

// tapped does what a button says.
func (b *Bot) tapped(ctx context.Context, j *job, q *callbackQuery) error {
	m := q.Message
	if m == nil || !b.isAllowed(m.Chat.ID) {
		return b.notice(ctx, q, saidOld)
	}
	if b.taps.ask(q.From.ID) != allowed {
		return b.notice(ctx, q, saidTooOften)
	}
	p, view, err := b.decoded(q.Data)
	switch {
	case errors.Is(err, errStale):
		return b.notice(ctx, q, saidStale)
	case errors.Is(err, errPayload):
		return b.notice(ctx, q, saidOld)
	case err != nil:
		return b.notice(ctx, q, b.apology(err))
	}
	switch p.action {
	case showPosition:
		return b.notice(ctx, q, "")
	case showContext, hideContext:
		return b.toggleContext(ctx, q, view, p)
	case showList:
		return b.turnList(ctx, q, p)
	case askQuestion:
		return b.askTapped(ctx, q)
	case drawChart, drawCard:
		return b.drawTapped(ctx, j, q, view, p)
	}
	out, ok := b.opened(view, p)
	if !ok {
		return b.notice(ctx, q, saidStale)
	}
	if err := b.notice(ctx, q, ""); err != nil {
		return err
	}
	if p.action != openSection && p.action != showPassage { // an answer stays where it is, pages are turned in place
		if edited, err := b.edit(ctx, m.place(), m.MessageID, out); err != nil || edited {
			return err
		}
	}
	out.replyTo = m.MessageID
	_, err = b.send(ctx, m.place(), out)
	return err
}

// decoded reads a payload and finds the report that it is about. The errors are those of decodePayload, and the index's.
func (b *Bot) decoded(text string) (payload, *view, error) {
	const from, to = len(payloadVersion), len(payloadVersion) + fingerprintLength
	if len(text) <= to {
		return payload{}, nil, errPayload
	}
	view, err := b.views.by(text[from:to])
	if err != nil {
		return payload{}, nil, err
	}
	p, err := decodePayload(text, view.links.fingerprint)
	return p, view, err
}

// notice answers a callback query, with a text to be read or without.
func (b *Bot) notice(ctx context.Context, q *callbackQuery, text string) error {
	params := tgbotapi.Params{"callback_query_id": q.ID}
	params.AddNonEmpty("text", text)
	params.AddBool("show_alert", text != "")
	return b.answerQuery(ctx, "answerCallbackQuery", params)
}

// toggleContext shows an answer with what stands around it, or without.
func (b *Bot) toggleContext(ctx context.Context, q *callbackQuery, view *view, p payload) error {
	passages, ok := view.passages(p.numbers)
	if !ok {
		return b.notice(ctx, q, saidStale)
	}
	blocks, label, back := b.contextBlocks(passages), labelNoContext, payload{hideContext, p.numbers}
	if p.action == hideContext {
		blocks, label, back = b.passageBlocks(passages), labelContext, payload{showContext, p.numbers}
	}
	if err := b.notice(ctx, q, ""); err != nil {
		return err
	}
	out := outgoing{html: paged(blocks)[0]}
	if button := view.links.button(label, back); button != nil {
		out.keyboard = keyboardOf(q.Message).replaced(q.Data, button[0])
	}
	_, err := b.edit(ctx, q.Message.place(), q.Message.MessageID, out)
	return err
}

// turnList turns to another page of a list. The list is found again by its question, which the button 分享 holds.
func (b *Bot) turnList(ctx context.Context, q *callbackQuery, p payload) error {
	question, found := sharedQuestion(q.Message)
	if !found {
		return b.notice(ctx, q, saidOld)
	}
	answer, err := b.replies.Ask(ctx, nil, question)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return b.notice(ctx, q, b.apology(err))
	}
	if answer.Kind != answers.Found || answer.Answers[0].Start != p.number(1) {
		return b.notice(ctx, q, saidOld) // it was an answer to what was said before
	}
	if err := b.notice(ctx, q, ""); err != nil {
		return err
	}
	out := b.found(ctx, answer, question, p.number(0))
	for _, row := range keyboardOf(q.Message) { // the suggestions stay
		if p, err := decodePayload(dataOf(row), b.links.fingerprint); err == nil && p.action == askQuestion {
			out.keyboard = append(out.keyboard, row)
		}
	}
	_, err = b.edit(ctx, q.Message.place(), q.Message.MessageID, out)
	return err
}

// askTapped asks the question that stands on the tapped button.
func (b *Bot) askTapped(ctx context.Context, q *callbackQuery) error {
	question, found := labelled(q.Message, q.Data)
	if !found {
		return b.notice(ctx, q, saidOld)
	}
	to := q.Message.place()
	if b.mayAsk(to, q.From.ID) != allowed {
		return b.notice(ctx, q, saidTooMuch)
	}
	if err := b.notice(ctx, q, ""); err != nil {
		return err
	}
	out, _, err := b.question(ctx, Asker{to.chat, to.thread, q.From.ID}, Turn{q.update, question}, true)
	if err != nil {
		return err
	}
	_, err = b.send(ctx, to, out)
	return err
}

// dataOf is what the first button of a row sends back.
func dataOf(row []tgbotapi.InlineKeyboardButton) string {
	if len(row) == 0 || row[0].CallbackData == nil {
		return ""
	}
	return *row[0].CallbackData
}
