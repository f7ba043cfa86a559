package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/answers"
	"wenbao/bot"
)

// Bounds of what is offered while somebody types @bot in a chat.
const (
	inlinePage         = 10
	inlineCache        = 300 // seconds; what the report says does not change
	longestTitle       = 80  // runes
	longestDescription = 200
	shortestText       = 2 // runes that are looked for to the letter
)

// startFromInline is what the button above empty results sends to the bot.
const startFromInline = "inline"

// article is an InlineQueryResultArticle whose message has link_preview_options.
type article struct {
	Type        string                         `json:"type"`
	ID          string                         `json:"id"`
	Title       string                         `json:"title"`
	Description string                         `json:"description,omitempty"`
	Content     messageContent                 `json:"input_message_content"`
	ReplyMarkup *tgbotapi.InlineKeyboardMarkup `json:"reply_markup,omitempty"`
}

// photo is an InlineQueryResultCachedPhoto.
type photo struct {
	Type        string                         `json:"type"`
	ID          string                         `json:"id"`
	FileID      string                         `json:"photo_file_id"`
	Title       string                         `json:"title,omitempty"`
	Description string                         `json:"description,omitempty"`
	Caption     string                         `json:"caption,omitempty"`
	ParseMode   string                         `json:"parse_mode,omitempty"`
	ReplyMarkup *tgbotapi.InlineKeyboardMarkup `json:"reply_markup,omitempty"`
}

// suggest offers answers to what somebody types behind the bot's name, the report's headline figures when that is nothing.
// What is posted is the answer with its quote, its place, and a button into the bot.
func (b *Bot) suggest(ctx context.Context, q *tgbotapi.InlineQuery) error {
	var answer answers.Answer
	var passages []answers.Passage
	empty, cache := "报告里没有找到，看看可以怎样问", inlineCache
	if b.isAllowed(q.From.ID) {
		var err error
		answer, passages, err = b.offered(ctx, q.Query)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			empty, cache, passages = b.apology(err), 0, nil
		}
	}
	from, err := strconv.Atoi(q.Offset)
	if err != nil || from < 0 {
		from = 0
	}
	from = min(from, len(passages))
	to := min(from+inlinePage, len(passages))
	results := []any{}
	if from == 0 {
		for _, p := range b.offeredPhotos(ctx, answer) {
			results = append(results, p)
		}
	}
	for i, passage := range passages[from:to] {
		results = append(results, b.article(fmt.Sprintf("%s-%d", b.links.fingerprint, from+i), passage))
	}
	params := tgbotapi.Params{
		"inline_query_id": q.ID,
		"results":         jsonParam(results),
		"cache_time":      strconv.Itoa(cache),
	}
	if to < len(passages) {
		params["next_offset"] = strconv.Itoa(to)
	}
	if len(b.allowed) > 0 {
		params["is_personal"] = "true" // what one may see must not be shown to others
	}
	if len(passages) == 0 {
		params[paramResultsButton] = jsonParam(resultsButton{empty, startFromInline})
	}
	b.metrics.answered("inline")
	return b.answerQuery(ctx, "answerInlineQuery", params)
}

// offered are the answer to a query and the passages that it brings, best first: those that answer it, the sentences that hold it to the
// letter, and those that answer questions near by. The related sentences of a refused question are not offered: posted
// under a name they would look like its answer.
func (b *Bot) offered(ctx context.Context, query string) (answers.Answer, []answers.Passage, error) {
	query = bot.Clean(query)
	answer, err := b.replies.Ask(ctx, nil, query)
	switch {
	case errors.Is(err, answers.ErrEmpty), err == nil && answer.Kind == answers.Help:
		return b.headlines(ctx, answer)
	case err != nil:
		return answer, nil, err
	}
	var offered offer
	offered.add(b, answer.Answers)
	if own := b.views.own; own.reportIndex != nil && utf8.RuneCountInString(query) >= shortestText {
		offered.add(b, own.containing(query, inlinePage))
	}
	if len(offered) == 0 || len(offered) > inlinePage/2 {
		return answer, offered, nil
	}
	questions, err := b.replies.Suggest(ctx, answer)
	if err != nil {
		return answer, nil, err
	}
	for _, question := range questions {
		near, err := b.replies.Ask(ctx, nil, question)
		if err != nil {
			return answer, nil, err
		}
		offered.add(b, near.Answers)
	}
	return answer, offered, nil
}

// headlines are what is offered to who has not typed anything: what the report has to tell in figures, or, of many reports,
// the answers to the examples.
func (b *Bot) headlines(ctx context.Context, answer answers.Answer) (answers.Answer, []answers.Passage, error) {
	if own := b.views.own; own.reportIndex != nil {
		return answer, own.reportIndex.headlines, nil
	}
	var offered offer
	for _, question := range b.replies.Examples(ctx) {
		example, err := b.replies.Ask(ctx, nil, question)
		if err != nil {
			return answer, nil, err
		}
		offered.add(b, example.Answers)
	}
	return answer, offered, nil
}

// offer is passages of which no two say the same.
type offer []answers.Passage

// add adds what is not offered yet. A heading says nothing by itself.
func (o *offer) add(b *Bot, passages []answers.Passage) {
	for _, p := range passages {
		known := slices.ContainsFunc(*o, func(other answers.Passage) bool {
			return p.Key == other.Key && p.Start < other.End && other.Start < p.End
		})
		if !known && !b.replies.IsHeading(p) {
			*o = append(*o, p)
		}
	}
}

// article offers a passage: the figure and what it measures, or the sentence's beginning, with the sentence below.
func (b *Bot) article(id string, p answers.Passage) article {
	quote := bot.Reply{Lines: []bot.Line{bot.QuoteLine(p)}}.Text()
	title := quote
	if len(p.Figures) > 0 {
		title = bot.Reply{Lines: []bot.Line{bot.FigureLine(p)}}.Text() + " " + b.views.of(p).measureOf(p)
	}
	offered := article{
		Type: "article", ID: id,
		Title:       shortened(strings.TrimSpace(title), longestTitle),
		Description: shortened(quote, longestDescription),
		Content: messageContent{
			MessageText:        paged([]block{b.passageBlock("", p)})[0],
			ParseMode:          tgbotapi.ModeHTML,
			LinkPreviewOptions: linkPreviewOptions{IsDisabled: true},
		},
	}
	offered.ReplyMarkup = b.openButton(p).markup()
	return offered
}

// openButton is the button that opens a passage's section in the bot.
func (b *Bot) openButton(p answers.Passage) keyboard {
	view := b.views.of(p)
	section := view.sectionOf(p)
	if section == nil {
		return nil
	}
	open := tgbotapi.NewInlineKeyboardButtonURL(labelOpen, view.links.start(payload{showSection, []int{section.Span.Start}}))
	return keyboard{{open}}
}

// offeredPhotos are the pictures of an answer that Telegram has. Nothing is drawn for somebody who is still typing.
func (b *Bot) offeredPhotos(ctx context.Context, answer answers.Answer) []photo {
	if b.pictures.files.Len() == 0 || answer.Kind != answers.Found {
		return nil
	}
	var photos []photo
	for _, as := range []action{drawChart, drawCard} {
		shown, ok := b.illustrationOf(ctx, answer, as, nil)
		if !ok {
			continue
		}
		if id, known := b.pictures.files.Get(shown.picture.name); known {
			photos = append(photos, photo{
				Type: "photo", ID: b.links.fingerprint + "-" + string(as), FileID: id,
				Title:       map[action]string{drawChart: labelChart, drawCard: labelCard}[as],
				Description: shortened(answer.Question, longestDescription), Caption: shown.caption, ParseMode: tgbotapi.ModeHTML,
				ReplyMarkup: b.openButton(answer.Answers[0]).markup(),
			})
		}
	}
	return photos
}
