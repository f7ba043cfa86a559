package telegram

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/answers"
)

// Labels of buttons.
const (
	labelContext   = "上下文"
	labelNoContext = "收起上下文"
	labelSection   = "本节全文"
	labelShare     = "分享"
	labelChart     = "图表"
	labelCard      = "图片"
	labelOpen      = "到机器人里看本节"
	labelRelated   = "相近：" // before a sentence that is no answer
)

// Bounds of the Bot API, and of what is worth reading on a button.
const (
	longestSharedQuery = 256 // characters of an inline query
	longestLabel       = 60  // runes
	mostInRow          = 4   // buttons that a phone has room for
)

// links makes what buttons and links carry.
type links struct {
	bot, fingerprint string
	inline           bool // the bot answers inline queries
}

// shareAddress opens Telegram's own choice of a chat to share a text in.
const shareAddress = "https://t.me/share/url?"

// share is the button that shares a question: in inline mode as the query of an answer to choose, otherwise as a text.
func (l links) share(question string) tgbotapi.InlineKeyboardButton {
	if l.inline {
		return tgbotapi.NewInlineKeyboardButtonSwitch(labelShare, question)
	}
	text := url.Values{"url": {"https://t.me/" + l.bot}, "text": {question}}
	return tgbotapi.NewInlineKeyboardButtonURL(labelShare, shareAddress+text.Encode())
}

// start is the address that opens the bot with a payload. A payload of one place always fits.
func (l links) start(p payload) string {
	text, _ := p.encode(l.fingerprint)
	return "https://t.me/" + l.bot + "?start=" + text
}

// button is a button that sends a payload back; none when the payload is too long.
func (l links) button(label string, p payload) []tgbotapi.InlineKeyboardButton {
	data, fits := p.encode(l.fingerprint)
	if !fits {
		return nil
	}
	return []tgbotapi.InlineKeyboardButton{tgbotapi.NewInlineKeyboardButtonData(label, data)}
}

// questions are buttons that ask what stands on them. A whole question is longer than what a button can send back, so it
// is read from the button.
func (l links) questions(questions []string) keyboard {
	var rows keyboard
	for i, question := range questions {
		rows = append(rows, l.button(question, payload{askQuestion, []int{i}}))
	}
	return rows
}

// pager is the row that turns pages: ◀ 2/5 ▶. The payload's number at is the page.
func (l links) pager(p payload, at, page, pages int) keyboard {
	if pages < 2 {
		return nil
	}
	to := func(page int) payload {
		numbers := append([]int(nil), p.numbers...)
		for len(numbers) <= at {
			numbers = append(numbers, 0)
		}
		numbers[at] = page
		return payload{p.action, numbers}
	}
	var row []tgbotapi.InlineKeyboardButton
	if page > 0 {
		row = append(row, l.button("◀", to(page-1))...)
	}
	position := strconv.Itoa(page+1) + "/" + strconv.Itoa(pages)
	row = append(row, l.button(position, payload{showPosition, []int{page}})...)
	if page < pages-1 {
		row = append(row, l.button("▶", to(page+1))...)
	}
	return keyboard{row}
}

// answerButtons are the buttons below an answer that was found.
func (b *Bot) answerButtons(ctx context.Context, answer answers.Answer, question string) keyboard {
	var row []tgbotapi.InlineKeyboardButton
	view := b.views.of(answer.Answers[0])
	if toggle, ok := b.contextOf(answer); ok {
		row = append(row, view.links.button(labelContext, toggle)...)
	}
	if section := view.sectionOf(answer.Answers[0]); section != nil && oneSection(answer.Answers) {
		row = append(row, view.links.button(labelSection, payload{openSection, []int{section.Span.Start}})...)
	}
	if question != "" && utf8.RuneCountInString(question) <= longestSharedQuery {
		row = append(row, b.links.share(question))
	}
	pictures := b.pictureButtons(ctx, answer)
	if len(row)+len(pictures) <= mostInRow {
		return keyboard{append(row, pictures...)}
	}
	return keyboard{row, pictures}
}

// contextOf is the payload that shows an answer with what stands around it; false where nothing does, or where there is
// more to an answer than a button can tell.
func (b *Bot) contextOf(answer answers.Answer) (payload, bool) {
	view := b.views.of(answer.Answers[0])
	if view.reportIndex == nil || !oneReport(answer.Answers) {
		return payload{}, false
	}
	toggle := payload{action: showContext}
	around := false
	for _, p := range answer.Answers {
		numbers, ok := view.numbers(p)
		if !ok || b.replies.IsHeading(p) {
			return payload{}, false
		}
		toggle.numbers = append(toggle.numbers, numbers...)
		before, whole, after := view.context(p)
		around = around || before != "" || after != "" || whole.Quote != p.Quote
	}
	_, fits := toggle.encode(view.links.fingerprint)
	onePage := len(answer.Answers) == 1 || len(paged(b.contextBlocks(answer.Answers))) == 1
	return toggle, fits && around && answer.Note == "" && onePage
}

func oneSection(passages []answers.Passage) bool {
	for _, p := range passages {
		if p.Section.Label != passages[0].Section.Label {
			return false
		}
	}
	return oneReport(passages)
}

// oneReport tells whether passages stand in the same report.
func oneReport(passages []answers.Passage) bool {
	for _, p := range passages {
		if p.Key != passages[0].Key {
			return false
		}
	}
	return true
}

// relatedButtons are near sentences that are no answer: each shows its beginning and sends the sentence.
func (b *Bot) relatedButtons(related []answers.Passage) keyboard {
	var rows keyboard
	for _, p := range related {
		label := labelRelated + shortened(strings.ReplaceAll(p.Quote, "\n", " "), longestLabel)
		if row := b.views.of(p).links.button(label, payload{showPassage, []int{p.Start, p.End}}); row != nil {
			rows = append(rows, row)
		}
	}
	return rows
}

// labelled finds the button of a message that sends a payload back.
func labelled(m *message, data string) (label string, found bool) {
	for _, row := range keyboardOf(m) {
		for _, button := range row {
			if button.CallbackData != nil && *button.CallbackData == data {
				return button.Text, true
			}
		}
	}
	return "", false
}

// sharedQuestion is the question that the button 分享 of a message shares.
func sharedQuestion(m *message) (question string, found bool) {
	switch button := keyboardOf(m).share(); {
	case button == nil:
		return "", false
	case button.SwitchInlineQuery != nil:
		return *button.SwitchInlineQuery, true
	default:
		values, err := url.ParseQuery(strings.TrimPrefix(*button.URL, shareAddress))
		return values.Get("text"), err == nil
	}
}

// share is the button 分享; nil where there is none.
func (k keyboard) share() *tgbotapi.InlineKeyboardButton {
	for _, row := range k {
		for i, button := range row {
			if button.SwitchInlineQuery != nil || button.URL != nil && strings.HasPrefix(*button.URL, shareAddress) {
				return &row[i]
			}
		}
	}
	return nil
}

func keyboardOf(m *message) keyboard {
	if m == nil || m.ReplyMarkup == nil {
		return nil
	}
	return m.ReplyMarkup.InlineKeyboard
}

// replaced is a keyboard with another button in the place of the one that sends a payload back.
func (k keyboard) replaced(data string, with tgbotapi.InlineKeyboardButton) keyboard {
	replaced := make(keyboard, len(k))
	for i, row := range k {
		replaced[i] = append([]tgbotapi.InlineKeyboardButton(nil), row...)
		for j, button := range row {
			if button.CallbackData != nil && *button.CallbackData == data {
				replaced[i][j] = with
			}
		}
	}
	return replaced
}
