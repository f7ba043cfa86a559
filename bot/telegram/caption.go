package telegram

import (
	"fmt"

	"wenbao/answers"
	"wenbao/bot"
)

// Lengths of captions, in UTF-16 code units after Telegram has taken the tags out.
const (
	longestCaption  = 1024
	longestRemark   = 24  // that there is more
	longestCiteName = 120 // runes of a section's name
)

// caption is an answer in words below its picture: as many passages as there is room for, each whole, and its note where
// that has room too; of a first passage that is too long alone, its beginning.
func (b *Bot) caption(answer answers.Answer) string {
	blocks := b.answerBlocks(answer)
	shown, length := 0, longestRemark
	for shown < len(blocks) && length+blocks[shown].length+1 <= longestCaption {
		length += blocks[shown].length + 1
		shown++
	}
	if len(blocks) == 0 {
		return ""
	}
	if shown == 0 {
		blocks[0], shown = b.shortBlock(answer.Answers[0]), 1
		length += blocks[0].length
	}
	caption := joined(blocks[:shown])
	if more := len(blocks) - shown; more > 0 {
		caption += fmt.Sprintf("\n还有 %d 条", more)
	}
	if note := utf16Length(answer.Note) + 2; note > 2 && length+note <= longestCaption {
		caption += "\n\n" + escaper.Replace(answer.Note)
	}
	return caption
}

// shortBlock shows the beginning of a passage that is longer than a caption.
func (b *Bot) shortBlock(p answers.Passage) block {
	name := b.nameOf(p)
	cited := "—— " + shortened(name, longestCiteName)
	room := longestCaption - longestRemark - 2*longestCiteName
	var m markup
	if figures := bounded(bot.FigureLine(p), room/3); len(figures) > 0 {
		m.line(figures)
		m.text("\n")
	}
	m.quote(bounded(bot.QuoteLine(p), room-m.length))
	m.text("\n" + cited)
	return m.block()
}
