package telegram

import (
	"strings"
	"unicode/utf8"

	"wenbao/answers"
	"wenbao/bot"
)

// Lengths in UTF-16 code units after Telegram has taken the tags out. Telegram takes 4096 in a message; the longest quote
// with what stands around it stays below.
const (
	pageLength       = 700 // as much as a phone shows without much scrolling
	longestQuote     = 2400
	longestNeighbour = 300 // of a sentence beside a quote, in runes
)

// block is a piece of a message's HTML that stays in one piece when messages are paged.
type block struct {
	html   string
	length int  // UTF-16 code units without tags
	leads  bool // a heading, or the empty line before it: stands on the same page as the next
}

// markup writes HTML as Telegram reads it (https://core.telegram.org/bots/api#html-style) and counts what it will show.
// Every tag it opens it closes; tags never stand inside one of their own kind.
type markup struct {
	html   strings.Builder
	length int
}

// escaper escapes what Telegram's HTML needs to have escaped, in texts and in values of attributes.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func (m *markup) text(text string) {
	_, _ = escaper.WriteString(&m.html, text)
	m.length += utf16Length(text)
}

func (m *markup) bold(text string) { m.tagged("b", text) }

func (m *markup) tagged(tag, text string) {
	m.html.WriteString("<" + tag + ">")
	m.text(text)
	m.html.WriteString("</" + tag + ">")
}

func (m *markup) link(text, address string) {
	m.html.WriteString(`<a href="` + escaper.Replace(address) + `">`)
	m.text(text)
	m.html.WriteString("</a>")
}

// line writes runs, figures and headings bold.
func (m *markup) line(line bot.Line) {
	for _, run := range line {
		switch {
		case run.Text == "":
		case run.Style == bot.Figure || run.Style == bot.Heading:
			m.bold(run.Text)
		default:
			m.text(run.Text)
		}
	}
}

// quote writes runs as a quote.
func (m *markup) quote(line bot.Line) {
	m.html.WriteString("<blockquote>")
	m.line(line)
	m.html.WriteString("</blockquote>")
}

func (m *markup) block() block { return block{html: m.html.String(), length: m.length} }

func utf16Length(text string) int {
	length := 0
	for _, r := range text {
		length++
		if r > 0xFFFF {
			length++
		}
	}
	return length
}

// paged divides blocks into pages, each a text of lines.
func paged(blocks []block) []string { return pagedBy(len(blocks), blocks) }

// pagedBy divides blocks into pages of at most so many.
func pagedBy(most int, blocks []block) []string {
	var pages []string
	var page []block
	length := 0
	for _, next := range blocks {
		if length > 0 && (length+next.length > pageLength || len(page) >= most) {
			full, leading := page, len(page)
			for leading > 0 && page[leading-1].leads {
				leading--
			}
			if leading > 0 {
				full = page[:leading]
				page = append([]block(nil), page[leading:]...)
			} else {
				page = nil
			}
			pages, length = append(pages, joined(full)), 0
			for _, lead := range page {
				length += lead.length + 1
			}
		}
		page = append(page, next)
		length += next.length + 1
	}
	return append(pages, joined(page))
}

func joined(blocks []block) string {
	var lines []string
	for _, block := range blocks {
		lines = append(lines, block.html)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// lineBlocks makes a block of each line, and several of one that is longer than a page.
func lineBlocks(lines []bot.Line) []block {
	var blocks []block
	for _, line := range lines {
		if length := utf16Length(bot.Reply{Lines: []bot.Line{line}}.Text()); length <= pageLength {
			var m markup
			m.line(line)
			whole := m.block()
			whole.leads = len(line) == 0 || line[0].Style == bot.Heading
			blocks = append(blocks, whole)
			continue
		}
		for _, run := range line {
			for _, piece := range pieces(run.Text, pageLength) {
				var m markup
				m.line(bot.Line{{Text: piece, Style: run.Style}})
				blocks = append(blocks, m.block())
			}
		}
	}
	return blocks
}

// pieces cuts a text into pieces of at most so many UTF-16 code units, behind a sentence where there is one.
func pieces(text string, longest int) []string {
	var pieces []string
	for utf16Length(text) > longest {
		cut, length, sentence := 0, 0, 0
		for i, r := range text {
			if length += utf16Length(string(r)); length > longest {
				break
			}
			cut = i + utf8.RuneLen(r)
			if strings.ContainsRune("。！？；", r) {
				sentence = cut
			}
		}
		if sentence > 0 {
			cut = sentence
		}
		pieces, text = append(pieces, text[:cut]), text[cut:]
	}
	if text != "" {
		pieces = append(pieces, text)
	}
	return pieces
}

// shortened is a text of at most so many runes, with … where it was cut.
func shortened(text string, longest int) string {
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	return string([]rune(text)[:longest-1]) + "…"
}

// passageBlock shows a passage: the figure first, the quote below it, the place at the end as a link that opens it.
func (b *Bot) passageBlock(number string, p answers.Passage) block {
	var m markup
	m.quote(bounded(append(b.figure(&m, number, p), bot.QuoteLine(p)...), longestQuote))
	m.text("\n")
	b.cite(&m, p)
	return m.block()
}

// figure writes the figures that answer behind the number of an item. Where there are none, the number is left for the
// quote to begin with.
func (b *Bot) figure(m *markup, number string, p answers.Passage) (left bot.Line) {
	figures := bot.FigureLine(p)
	if len(figures) == 0 {
		return bot.Line{{Text: number, Style: bot.Number}}
	}
	m.text(number)
	m.line(figures)
	m.text("\n")
	return nil
}

func (b *Bot) cite(m *markup, p answers.Passage) {
	m.text("—— ")
	b.citeAs(m, p)
}

// citeAs writes where a passage stands, as a link that opens it.
func (b *Bot) citeAs(m *markup, p answers.Passage) {
	view := b.views.of(p)
	section := view.sectionOf(p)
	if section == nil {
		m.text(b.nameOf(p))
		return
	}
	m.link(b.nameOf(p), view.links.start(payload{showSection, []int{section.Span.Start}}))
}

// nameOf names the place of a passage: the section, behind the report where there are many.
func (b *Bot) nameOf(p answers.Passage) string {
	if p.Key != "" {
		return bot.CitationOf(p)
	}
	if section := b.views.own.sectionOf(p); section != nil {
		return bot.Name(section)
	}
	return p.Section.Label
}

// contextBlock shows a passage as passageBlock does, with the sentences around it.
func (b *Bot) contextBlock(number string, p answers.Passage) block {
	before, whole, after := b.views.of(p).context(p)
	var m markup
	lead := b.figure(&m, number, p)
	if before != "" {
		m.text(shortened(before, longestNeighbour) + "\n")
	}
	m.quote(bounded(append(lead, bot.QuoteLine(whole)...), longestQuote))
	m.text("\n")
	if after != "" {
		m.text(shortened(after, longestNeighbour) + "\n")
	}
	b.cite(&m, p)
	return m.block()
}

// bounded cuts a line that is longer than so many UTF-16 code units, and puts … where it was cut. Numbers stay whole: half
// a number would be another one.
func bounded(line bot.Line, longest int) bot.Line {
	if utf16Length(bot.Reply{Lines: []bot.Line{line}}.Text()) <= longest {
		return line
	}
	rest := longest - 1 // for …
	for i, run := range line {
		length := utf16Length(run.Text)
		if length <= rest {
			rest -= length
			continue
		}
		kept := ""
		if rest >= 2 && run.Style != bot.Figure { // a piece has room for any character
			kept = strings.TrimRight(pieces(run.Text, rest)[0], "0123456789.,%")
		}
		return append(append(bot.Line{}, line[:i]...), bot.Run{Text: kept + "…", Style: bot.Quote})
	}
	return line
}
