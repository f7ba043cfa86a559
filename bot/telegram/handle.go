package telegram

import (
	"context"
	"time"

	"wenbao/answers"
	"wenbao/bot"
)

// handle handles an update. An error means that it was not handled: the context ended, or Telegram will have nothing of
// us. All else that can go wrong is dealt with here. What takes long is left to the job's later.
func (b *Bot) handle(ctx context.Context, j *job) error {
	switch u := j.update; {
	case u.Message != nil:
		return b.message(ctx, j, u.Message, false)
	case u.EditedMessage != nil:
		return b.message(ctx, j, u.EditedMessage, true)
	case u.CallbackQuery != nil:
		return b.tapped(ctx, j, u.CallbackQuery)
	case u.InlineQuery != nil:
		return b.suggest(ctx, u.InlineQuery)
	}
	return nil
}

// isAllowed tells whether a chat or person may use the bot.
func (b *Bot) isAllowed(id int64) bool { return len(b.allowed) == 0 || b.allowed[id] }

// message answers a message that is for the bot.
func (b *Bot) message(ctx context.Context, j *job, m *message, edited bool) error {
	if !isFromPerson(m) {
		return nil
	}
	if !b.isAllowed(m.Chat.ID) {
		b.log.Info("聊天不在 --allow-chat 里，不回答", "chat", m.Chat.ID)
		return nil
	}
	said, mine := b.address(m)
	if m.Text == "" {
		mine = m.Chat.IsPrivate() && holdsMedia(m) && !edited
	}
	if !mine {
		return nil
	}
	switch verdict := b.mayAsk(m.place(), m.From.ID); {
	case verdict == ignore || verdict == refuse && edited:
		return nil
	case verdict == refuse:
		return b.answer(ctx, m, outgoing{html: saidTooMuch})
	}
	out, err := b.replyTo(ctx, m, said)
	if err != nil {
		return err
	}
	if out.illustration == nil {
		return b.answer(ctx, m, out)
	}
	j.later = func(ctx context.Context) error { return b.answerIllustrated(ctx, m, out) }
	return nil
}

// What is said to who asks, or taps, too much.
const (
	saidTooMuch  = "问得太快了，请过一会儿再问。"
	saidTooOften = "点得太快了，请过一会儿再点。"
)

// mayAsk counts a question of a person, and of the group that it is asked in.
func (b *Bot) mayAsk(in place, person int64) verdict {
	verdict := b.people.ask(person)
	if verdict == allowed && in.group {
		return b.groups.ask(in.chat)
	}
	return verdict
}

// replyTo is what the bot says to a message that is for it.
func (b *Bot) replyTo(ctx context.Context, m *message, said addressed) (outgoing, error) {
	switch {
	case m.Text == "":
		return outgoing{html: "我只读得懂文字，请打字提问。"}, nil
	case said.command == commandChart && said.text == "":
		return outgoing{html: saidNothingToDraw}, nil
	case said.command == commandChart:
		return b.charted(ctx, m.asker(), Turn{m.update, said.text})
	case said.command != "" && said.command != commandAsk:
		return b.command(ctx, said), nil
	case said.text == "":
		return outgoing{html: "要问什么？请把问题写在后面。", keyboard: b.links.questions(b.replies.Examples(ctx))}, nil
	}
	out, _, err := b.question(ctx, m.asker(), Turn{m.update, said.text}, false)
	return out, err
}

// question answers a question. One that nobody sees in the chat is repeated above its answer. The answer is nil where the
// text was no question.
func (b *Bot) question(ctx context.Context, who Asker, turn Turn, repeated bool) (outgoing, *answers.Answer, error) {
	started := time.Now()
	session, err := b.joined(ctx, who, turn)
	if err != nil {
		return b.sorry(ctx, err)
	}
	reply, err := b.replies.Reply(ctx, &session.Session, turn.Text)
	if err != nil {
		return b.sorry(ctx, err)
	}
	kind := "command"
	asked := turn.Text
	if reply.Answer != nil {
		kind, asked = string(reply.Answer.Kind), reply.Answer.Question
		repeated = repeated || reply.Picked != ""
	}
	out := b.reply(ctx, reply, asked, session.last)
	session.hear(turn, askedIn(reply))
	if repeated {
		out.html = "<i>问：" + escaper.Replace(shortened(asked, longestSharedQuery)) + "</i>\n" + out.html
	}
	b.metrics.answered(kind)
	attrs := []any{"kind", kind, "chat", who.Chat, "took", time.Since(started)}
	if b.config.LogQuestions {
		attrs = append(attrs, "question", turn.Text)
	}
	b.log.Info("回答了问题", attrs...)
	return out, reply.Answer, nil
}

// sorry tells an asker that a question could not be answered, and the log why. The error is the context's.
func (b *Bot) sorry(ctx context.Context, err error) (outgoing, *answers.Answer, error) {
	if ctx.Err() != nil {
		return outgoing{}, nil, context.Cause(ctx)
	}
	return outgoing{html: b.apology(err)}, nil, nil
}

// apology is what an asker is told of an error that is not the context's; the log is told the error.
func (b *Bot) apology(err error) string {
	b.log.Error("没能回答", "error", err)
	b.metrics.answered("failed")
	return bot.Apology(err)
}

// answer answers a message: in a group as a reply that quotes it, and by editing the answer that it had.
func (b *Bot) answer(ctx context.Context, m *message, out outgoing) error {
	to := m.place()
	if before := b.answerTo(ctx, m); before != 0 {
		edited, err := b.edit(ctx, to, before, out)
		if err != nil || edited {
			return err
		}
	}
	if to.group {
		out.replyTo = m.MessageID
	}
	sent, err := b.send(ctx, to, out)
	if err == nil && sent != 0 {
		b.rememberAnswer(ctx, m, sent)
	}
	return err
}

// answerIllustrated answers a message with a picture, or in words where there will be none. The answer to an edited
// question is a new picture: a message's text cannot become one.
func (b *Bot) answerIllustrated(ctx context.Context, m *message, out outgoing) error {
	replyTo := 0
	if m.place().group {
		replyTo = m.MessageID
	}
	illustrated, err := b.illustrate(ctx, m.place(), *out.illustration, replyTo)
	if err != nil || illustrated {
		return err
	}
	out.html = saidNoPicture + "\n" + out.html
	return b.answer(ctx, m, out)
}

// holdsMedia tells whether somebody sent something other than text, rather than Telegram telling of an event.
func holdsMedia(m *message) bool {
	return m.Photo != nil || m.Sticker != nil || m.Voice != nil || m.Video != nil || m.VideoNote != nil || m.Audio != nil ||
		m.Document != nil || m.Animation != nil || m.Location != nil || m.Contact != nil || m.Poll != nil || m.Dice != nil ||
		m.Venue != nil
}
