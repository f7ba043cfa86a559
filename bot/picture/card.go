package picture

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
)

// ErrNoCard says that an answer quotes nothing of the report.
var ErrNoCard = errors.New("nothing of the report is quoted")

// Card is an answer to share.
type Card struct {
	Report   string // the report's title
	Passages []CardPassage
	Link     string // what the QR code opens; empty for a card without one
	LinkName string // what stands below the code: the bot's name
}

// CardPassage is a quote of a card.
type CardPassage struct {
	Figures bot.Line // the figures that answer; empty when there are none
	Quote   bot.Line // empty for a heading of the report, which says no more than its section's name
	Section string   // the name of the section that it stands in
}

// CardOf makes a card of an answer, without a link. Reports holds the report of each passage; where they are several, each
// quote names its own. The error is ErrNoCard.
func CardOf(reports []*content.Report, answer answers.Answer) (Card, error) {
	if answer.Kind != answers.Found || len(answer.Answers) == 0 {
		return Card{}, ErrNoCard
	}
	card := Card{Report: sourcesOf(answer)}
	for i, passage := range answer.Answers {
		quoted := CardPassage{Figures: bot.FigureLine(passage), Quote: bot.QuoteLine(passage), Section: passage.Section.Label}
		if section := reports[i].Section(quoted.Section); section != nil {
			quoted.Section = bot.Name(section)
			if section.Heading.Contains(content.Span{Start: passage.Start, End: passage.End}) {
				quoted.Quote = nil
			}
		}
		if !ofOneReport(answer) {
			quoted.Section = "《" + passage.Report + "》" + quoted.Section
		}
		card.Passages = append(card.Passages, quoted)
	}
	return card, nil
}

// Bounds of a card: what more an answer has is read in the chat.
const (
	mostPassages   = 5
	mostQuoteRows  = 14 // of a single quote
	mostListRows   = 5  // of a quote among others
	mostFigureRows = 3
)

// figureSizes are the sizes that a figure is tried in until it fits a row: the first for a card of one quote.
var figureSizes = []float64{148, 128, 112, 96, 80, 68, 56}

// listFigureSize is the size of figures on a card of several quotes.
const listFigureSize = 56.0

// card lays out a card on an empty page.
func (p *page) card(c Card, code qrCode) {
	p.scene.title = c.Report
	p.addBox(box{area: area{0, 0, pictureWidth, 14}, fill: p.palette.bar})
	p.y = margin + 14
	passages := c.Passages[:min(len(c.Passages), mostPassages)]
	under := "" // the heading above
	for i, passage := range passages {
		switch {
		case i == 0:
		case under != "" && under == passage.Section:
			p.y += 20
		default:
			p.y += 34
			p.rule()
			p.y += 30
		}
		if len(passage.Quote) == 0 {
			under = passage.Section
			p.put(plain(under, 42, p.palette.bar, 3))
			continue
		}
		p.passage(passage, len(passages) == 1)
		if passage.Section != under {
			p.y += 18
			p.put(plain("—— "+passage.Section, 30, p.palette.muted, 2))
		}
	}
	if rest := len(c.Passages) - len(passages); rest > 0 {
		p.y += 34
		p.put(plain(fmt.Sprintf("还有 %d 条", rest), 30, p.palette.muted, 1))
	}
	p.y += 52
	p.rule()
	p.y += 36
	p.footer(c, code)
	p.finish()
}

func (p *page) passage(passage CardPassage, alone bool) {
	quoteSize, rows := 36.0, mostListRows
	if alone {
		quoteSize, rows = 42, mostQuoteRows
	}
	if len(passage.Figures) > 0 {
		p.figures(passage.Figures, alone)
	} else if alone {
		quoteSize = 50
	}
	room := float64(rows) * (pictureWidth - 2*margin) / quoteSize
	p.put(paragraph{
		line: p.fromFigure(passage.Quote, room), size: quoteSize, height: 1.6, ink: p.palette.ink, figure: p.palette.bar,
		mark: true, most: rows,
	})
}

// fromFigure is a quote that begins with … nearer to its first figure, where that would not be in the part that there is
// room for. The room is in ems.
func (p *page) fromFigure(quote bot.Line, room float64) bot.Line {
	at := slices.IndexFunc(quote, func(run bot.Run) bool { return run.Style == bot.Figure })
	if at < 0 || p.rowWidth(quote[:at+1]) < 0.8*room { // rows are not quite full
		return quote
	}
	var before []rune
	for _, run := range quote[:at] {
		before = append(before, []rune(run.Text)...)
	}
	for len(before) > 0 && p.width(string(before), regular) > 0.3*room {
		before = before[max(1, len(before)/16):]
	}
	mark := slices.IndexFunc(before, func(r rune) bool { return strings.ContainsRune("，,；;。、", r) })
	before = before[mark+1:] // from a clause on: half a number would be another one
	if mark < 0 {
		before = nil
	}
	return append(bot.Line{{Text: "…" + string(before), Style: bot.Quote}}, quote[at:]...)
}

// figures lays out figures as large as a row has room for.
func (p *page) figures(line bot.Line, alone bool) {
	para := paragraph{line: line, size: listFigureSize, height: 1.25, ink: p.palette.muted, figure: p.palette.bar, most: mostFigureRows}
	if alone {
		for _, para.size = range figureSizes {
			if p.rowWidth(line)*para.size <= pictureWidth-2*margin {
				break
			}
		}
	}
	p.put(para)
	p.y += 14
}

// footer says which report is quoted, and has the code that leads to the bot. Both are centred on one line.
func (p *page) footer(c Card, code qrCode) {
	paragraphs := []paragraph{plain(c.Report, 34, p.palette.ink, 4), plain("文字和数字都出自报告原文", 26, p.palette.muted, 2)}
	if code != nil && c.LinkName != "" {
		paragraphs = append(paragraphs, plain("扫码提问："+c.LinkName, 26, p.palette.muted, 2))
	}
	width, codeHeight := pictureWidth-2*margin, 0.0
	if code != nil {
		codeHeight = p.codeSize(code)
		width -= codeHeight + 40
	}
	height := 0.0
	for _, para := range paragraphs {
		height += float64(len(p.rows(para, width)))*para.size*para.height + footerGap
	}
	bottom := p.y + max(height, codeHeight)
	if code != nil {
		p.code(code, pictureWidth-margin-codeHeight, bottom-(max(height, codeHeight)+codeHeight)/2)
	}
	p.y = bottom - (max(height, codeHeight)+height)/2
	for _, para := range paragraphs {
		p.y += p.set(para, margin, p.y, width) + footerGap
	}
	p.y = bottom
}

// footerGap is what stands between the paragraphs of a footer, in pixels.
const footerGap = 8.0
