package telegram

import (
	"context"
	"fmt"
	"slices"

	"wenbao/answers"
	"wenbao/bot"
)

// reply is a reply of the bot to what somebody asked, after what they asked before, as a message.
func (b *Bot) reply(ctx context.Context, reply bot.Reply, asked, before string) outgoing {
	if reply.Answer == nil {
		return b.plain(reply)
	}
	answer := *reply.Answer
	var out outgoing
	switch answer.Kind {
	case answers.Found:
		out = b.found(ctx, answer, b.shared(ctx, answer, asked, before), 0)
		out.keyboard = append(out.keyboard, b.links.questions(reply.Suggestions)...)
	case answers.NotFound:
		out.html = escaper.Replace(either(answer.Note, "报告里没有说到这一点。"))
		out.keyboard = b.relatedButtons(answer.Related)
		if len(out.keyboard) == 0 {
			out.keyboard = b.links.questions(reply.Suggestions)
		}
	default:
		out.html = escaper.Replace(either(answer.Note, "我用这份报告的原话回答问题。"))
		out.keyboard = b.links.questions(reply.Suggestions)
	}
	return out
}

// plain is a reply that answers no question.
func (b *Bot) plain(reply bot.Reply) outgoing {
	return outgoing{html: paged(lineBlocks(reply.Lines))[0], keyboard: b.links.questions(reply.Suggestions)}
}

// listItems is how many passages stand on a page of a list.
const listItems = 5

// found is a page of an answer that the report gives.
func (b *Bot) found(ctx context.Context, answer answers.Answer, question string, page int) outgoing {
	blocks := b.answerBlocks(answer)
	if answer.Note != "" { // what of several questions the report does not say
		var m markup
		m.text("\n" + answer.Note)
		blocks[len(blocks)-1].html += "\n" + m.block().html
	}
	pages := pagedBy(listItems, blocks)
	page = min(page, len(pages)-1)
	out := outgoing{html: pages[page], keyboard: b.answerButtons(ctx, answer, question)}
	turn := payload{showList, []int{page, answer.Answers[0].Start}}
	out.keyboard = append(out.keyboard, b.links.pager(turn, 0, page, len(pages))...)
	return out
}

// answerBlocks are the rows of an answer that is a row of years, the passages of any other.
func (b *Bot) answerBlocks(answer answers.Answer) []block {
	if len(answer.Series) > 1 {
		return b.seriesBlocks(answer)
	}
	return b.passageBlocks(answer.Answers)
}

// passageBlocks are the passages of an answer. A quoted heading stands as a heading, and sentences of its part follow it
// without a citation of their own; everything else is cited, and numbered when there are several.
func (b *Bot) passageBlocks(passages []answers.Passage) []block {
	var blocks []block
	numbered := len(passages) > 1 && !slices.ContainsFunc(passages, b.replies.IsHeading)
	under := "" // the label of the heading above
	for i, p := range passages {
		var m markup
		switch {
		case b.replies.IsHeading(p):
			under = p.Key + p.Section.Label
			b.citeAs(&m, p)
			blocks = append(blocks, m.block())
		case p.Key+p.Section.Label == under:
			m.quote(bounded(bot.QuoteLine(p), longestQuote))
			blocks = append(blocks, m.block())
		case numbered:
			blocks = append(blocks, b.passageBlock(fmt.Sprintf("%d. ", i+1), p))
		default:
			blocks = append(blocks, b.passageBlock("", p))
		}
	}
	return blocks
}

// seriesBlocks are the rows of a series, a line each: letters of a chat are not of one width, so that there are no columns.
func (b *Bot) seriesBlocks(answer answers.Answer) []block {
	var blocks []block
	for _, year := range answer.Series {
		p := answer.Answers[year.Passage]
		var m markup
		m.text(bot.YearText(year.Year) + " ")
		m.line(bot.FigureLine(p))
		m.text(" " + bot.WhatOf(year) + " —— ")
		b.citeAs(&m, p)
		blocks = append(blocks, m.block())
	}
	return blocks
}

// contextBlocks are the passages of an answer with what stands around them.
func (b *Bot) contextBlocks(passages []answers.Passage) []block {
	var blocks []block
	for i, p := range passages {
		number := ""
		if len(passages) > 1 {
			number = fmt.Sprintf("%d. ", i+1)
		}
		blocks = append(blocks, b.contextBlock(number, p))
	}
	return blocks
}

// shared is the question to share: one that is answered the same way without what was said before. A follow-up is shared
// together with the question before it; one that makes no sense elsewhere is shared as it is.
func (b *Bot) shared(ctx context.Context, answer answers.Answer, asked, before string) string {
	if before == "" {
		return asked
	}
	for _, question := range []string{asked, answer.Alone, before + " " + asked} {
		if question == "" {
			continue
		}
		alone, err := b.replies.Ask(ctx, nil, question)
		if err == nil && samePassages(alone.Answers, answer.Answers) {
			return question
		}
	}
	return asked
}

func samePassages(a, b []answers.Passage) bool {
	return slices.EqualFunc(a, b, func(p, q answers.Passage) bool {
		return p.Start == q.Start && p.End == q.End && p.Key == q.Key &&
			slices.EqualFunc(p.Figures, q.Figures, func(f, g answers.Figure) bool { return f.Start == g.Start })
	})
}

func either(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
