package telegram

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
)

// view is a report as chats see it: its things by what payloads say of them, and the links that lead to them. Where there are
// many reports, each has its own, and the bot's own view is of none: its index is nil.
type view struct {
	*reportIndex
	links links
}

// mostViews is how many views of many reports are kept; one takes some kilobytes besides its report.
const mostViews = 256

// views makes the views of many reports.
type views struct {
	source bot.Source
	own    *view
	kept   *lru.Cache[string, *view] // by fingerprint
}

func newViews(replies *bot.Bot) *views {
	v := &views{source: replies.Source(), own: &view{}, kept: newCache[string, *view](mostViews)}
	if report := replies.Report(); report != nil {
		v.own.reportIndex = newReportIndex(report)
		v.own.links.fingerprint = v.own.reportIndex.fingerprint
	} else {
		v.own.links.fingerprint = fingerprint("")
	}
	return v
}

// of is the view of the report that a passage stands in; the bot's own where there is but one, or it cannot be opened.
func (v *views) of(p answers.Passage) *view {
	if p.Key == "" {
		return v.own
	}
	for _, info := range v.source.Reports() {
		if info.Key == p.Key {
			if found, err := v.open(info); err == nil {
				return found
			}
		}
	}
	return v.own
}

// by is the view of the report with a fingerprint. The error is errStale where there is no such report, or the index's.
func (v *views) by(fingerprint string) (*view, error) {
	if fingerprint == v.own.links.fingerprint {
		return v.own, nil
	}
	if v.own.reportIndex != nil {
		return nil, errStale
	}
	for _, info := range v.source.Reports() {
		if fingerprintOf(info) == fingerprint {
			return v.open(info)
		}
	}
	return nil, errStale
}

// open makes the view of a report. The report is in memory already when it has just been asked, so that nothing is waited for.
// The error is the index's.
func (v *views) open(info answers.ReportInfo) (*view, error) {
	print := fingerprintOf(info)
	if found, known := v.kept.Get(print); known {
		return found, nil
	}
	report, err := v.source.Open(context.Background(), info.Key)
	if err != nil {
		return nil, err
	}
	found := &view{newReportIndex(report), v.linksOf(info)}
	found.key, found.name, found.fingerprint = info.Key, answers.ReportName(info), print
	v.kept.Add(print, found)
	return found, nil
}

// linksOf are the links that lead to a report.
func (v *views) linksOf(info answers.ReportInfo) links {
	l := v.own.links
	l.fingerprint = fingerprintOf(info)
	return l
}

// fingerprintOf tells many reports, and their states, apart by their sources.
func fingerprintOf(info answers.ReportInfo) string {
	sum, err := hex.DecodeString(info.SHA256)
	if err != nil || len(sum) < fingerprintLength {
		return fingerprint(info.Key)
	}
	return base64.RawURLEncoding.EncodeToString(sum)[:fingerprintLength]
}

// sectionOf is the section that a passage stands in, or nil.
func (v *view) sectionOf(p answers.Passage) *content.Section {
	if v.reportIndex == nil {
		return nil
	}
	span := content.Span{Start: p.Start, End: p.End}
	for _, section := range v.report.Sections {
		if section.Label == p.Section.Label && (section.Heading.Contains(span) || section.Span.Contains(span)) {
			return section
		}
	}
	return nil
}

// measureOf is what a passage's first figure measures; "" where that is not known.
func (v *view) measureOf(p answers.Passage) string {
	if v.reportIndex == nil {
		return ""
	}
	return v.measure(p)
}

// mostListed is how many reports a message lists.
const mostListed = 20

// listed lists reports, the newest first, each a link that opens it.
func (b *Bot) listed(reports []answers.ReportInfo, does action) outgoing {
	var title markup
	title.bold(fmt.Sprintf("%d 份报告", len(reports)))
	blocks := []block{title.block()}
	for _, info := range reports[:min(len(reports), mostListed)] {
		var m markup
		m.link(answers.ReportName(info), b.views.linksOf(info).start(payload{does, []int{0}}))
		blocks = append(blocks, m.block())
	}
	if len(reports) > mostListed {
		var m markup
		m.text("还有一些没有列出；命令后面写上地方和年份，就只列那几份。")
		blocks = append(blocks, m.block())
	}
	return outgoing{html: joined(blocks)}
}
