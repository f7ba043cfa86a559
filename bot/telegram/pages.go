package telegram

import (
	"fmt"
	"strings"

	"wenbao/bot"
	"wenbao/content"
)

// page is what a payload shows that is read page by page; false for a payload that shows none, or of something that is
// not in the report.
func (b *Bot) page(view *view, p payload) (outgoing, bool) {
	report := view.report
	at, page := 1, p.number(1)
	var blocks []block
	var buttons keyboard
	switch p.action {
	case openSection, showSection, showFigures:
		section := view.section(p.number(0))
		if section == nil {
			return outgoing{}, false
		}
		if p.action == openSection {
			p.action = showSection // further pages come in place
		}
		other := payload{showFigures, []int{section.Span.Start}}
		label, lines := "本节数据", bot.Part(report, section)
		if p.action == showFigures {
			other.action = showSection
			label, lines = labelSection, bot.Figures(report, section)
		}
		blocks = lineBlocks(lines)
		buttons = keyboard{view.links.button(label, other)}
	case showOutline:
		at, page, blocks = 0, p.number(0), view.outline()
	case showCounts:
		at, page, blocks = 0, p.number(0), view.counts()
	default:
		return outgoing{}, false
	}
	pages := paged(blocks)
	page = min(page, len(pages)-1)
	return outgoing{html: pages[page], keyboard: append(view.links.pager(p, at, page, len(pages)), buttons...)}, true
}

// outline lists the sections, each a link that opens it.
func (v *view) outline() []block {
	var title markup
	title.bold(v.title())
	blocks := []block{title.block()}
	for _, section := range v.report.Sections {
		blocks = append(blocks, v.entry(section, showSection, ""))
	}
	return blocks
}

// counts lists the sections with figures, each a link that opens its figures.
func (v *view) counts() []block {
	report := v.report
	counts, total := bot.FigureCounts(report)
	var title markup
	title.bold(fmt.Sprintf("%s：%d 项数据", v.title(), total))
	blocks := []block{title.block()}
	for _, section := range report.Sections {
		if counts[section] > 0 {
			blocks = append(blocks, v.entry(section, showFigures, fmt.Sprintf(" %d 项", counts[section])))
		}
	}
	return blocks
}

func (v *view) entry(section *content.Section, does action, remark string) block {
	var m markup
	m.text(strings.Repeat("　", section.Level-1))
	m.link(bot.Name(section), v.links.start(payload{does, []int{section.Span.Start}}))
	m.text(remark)
	return m.block()
}
