package telegram

import (
	"context"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/answers"
	"wenbao/bot/picture"
)

// What is said where there is no picture.
const (
	saidNothingToDraw = "要画什么？请把问题写在后面。"
	saidNoChart       = "回答里没有两个单位相同、可以比长短的数据，画不成图："
	saidNoPicture     = "图没有画成，先看文字："
)

// pictureButtons are the buttons that draw an answer.
func (b *Bot) pictureButtons(ctx context.Context, answer answers.Answer) []tgbotapi.InlineKeyboardButton {
	if !b.cites(answer) {
		return nil
	}
	view := b.views.of(answer.Answers[0])
	if view.reportIndex == nil {
		return nil // it cannot be opened
	}
	numbers := view.drawnFrom(answer)
	card := view.links.button(labelCard, payload{drawCard, numbers})
	if !picture.ChartableFrom(ctx, b.replies, answer) {
		return card
	}
	return append(view.links.button(labelChart, payload{drawChart, numbers}), card...)
}

// drawnFrom are the numbers of a payload that draws an answer: three for each passage where they fit and tell it all,
// otherwise the number of passages and where the first begins. Then the answer is found again by its question, as the pages
// of a list are; so is one of several reports, of which a payload names but one.
func (v *view) drawnFrom(answer answers.Answer) []int {
	found := []int{len(answer.Answers), answer.Answers[0].Start}
	if !oneReport(answer.Answers) {
		return found
	}
	var numbers []int
	for _, p := range answer.Answers {
		three, ok := v.numbers(p)
		numbers = append(numbers, three...)
		if _, fits := (payload{drawChart, numbers}).encode(v.links.fingerprint); !ok || !fits || answer.Note != "" {
			return found
		}
	}
	return numbers
}

// drawnAnswer is the answer that a payload draws, to the question that the button 分享 holds; false where it cannot be
// found again. The error is the context's or the index's.
func (b *Bot) drawnAnswer(ctx context.Context, m *message, view *view, p payload) (answers.Answer, bool, error) {
	question, shared := sharedQuestion(m)
	if len(p.numbers) == 2 {
		if !shared {
			return answers.Answer{}, false, nil
		}
		answer, err := b.replies.Ask(ctx, nil, question)
		if err != nil {
			return answers.Answer{}, false, err
		}
		same := answer.Kind == answers.Found && len(answer.Answers) == p.number(0) &&
			answer.Answers[0].Start == p.number(1) &&
			b.views.of(answer.Answers[0]).links.fingerprint == view.links.fingerprint
		return answer, same, nil
	}
	if view.reportIndex == nil {
		return answers.Answer{}, false, nil
	}
	passages, ok := view.passages(p.numbers)
	if question == "" {
		question = view.title()
	}
	return answers.Answer{Question: question, Kind: answers.Found, Answers: passages}, ok, nil
}

// drawTapped draws the answer above a button. The tap is answered at once; the picture comes when it is drawn.
func (b *Bot) drawTapped(ctx context.Context, j *job, q *callbackQuery, view *view, p payload) error {
	answer, ok, err := b.drawnAnswer(ctx, q.Message, view, p)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return b.notice(ctx, q, b.apology(err))
	}
	shown, drawn := b.illustrationOf(ctx, answer, p.action, keyboardOf(q.Message))
	if !ok || !drawn {
		return b.notice(ctx, q, saidOld)
	}
	to := q.Message.place()
	if b.mayAsk(to, q.From.ID) != allowed {
		return b.notice(ctx, q, saidTooMuch)
	}
	if err := b.notice(ctx, q, ""); err != nil {
		return err
	}
	j.later = func(ctx context.Context) error {
		illustrated, err := b.illustrate(ctx, to, shown, q.Message.MessageID)
		if err != nil || illustrated {
			return err
		}
		question, _ := sharedQuestion(q.Message)
		out := b.found(ctx, answer, question, 0)
		out.html, out.replyTo = saidNoPicture+"\n"+out.html, q.Message.MessageID
		_, err = b.send(ctx, to, out)
		return err
	}
	return nil
}

// charted answers a question with a chart, or in words where there is nothing to draw.
func (b *Bot) charted(ctx context.Context, who Asker, turn Turn) (outgoing, error) {
	out, answer, err := b.question(ctx, who, turn, false)
	if err != nil || answer == nil || answer.Kind != answers.Found {
		return out, err
	}
	shown, ok := b.illustrationOf(ctx, *answer, drawChart, out.keyboard)
	if !ok {
		out.html = saidNoChart + "\n" + out.html
		return out, nil
	}
	out.illustration = &shown
	return out, nil
}
