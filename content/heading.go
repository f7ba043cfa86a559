package content

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenbao/content/lazy"
)

// A numbering is a way of numbering headings. Their order is their rank: a part numbered (一) stands under one numbered
// 一、 whatever else the report does.
type numbering struct {
	pattern *lazy.Pattern // the number is the first group, the whole match what is printed before the title
	label   func(number string) string
}

var numberings = []numbering{
	{lazy.Compile(`^第([一二三四五六七八九十百]+)篇\s*`), func(n string) string { return "第" + n + "篇" }},
	{lazy.Compile(`^第([一二三四五六七八九十百]+)章\s*`), func(n string) string { return "第" + n + "章" }},
	{lazy.Compile(`^第([一二三四五六七八九十百]+)部分[、：:\s]*`), func(n string) string { return n }},
	{lazy.Compile(`^第([一二三四五六七八九十百]+)节\s*`), func(n string) string { return "第" + n + "节" }},
	{lazy.Compile(`^([一二三四五六七八九十]+)[、．.]\s*`), func(n string) string { return n }},
	{lazy.Compile(`^[（(]\s*([一二三四五六七八九十]+)\s*[)）]\s*[、]?`), func(n string) string { return "(" + n + ")" }},
	{lazy.Compile(`^([0-9０-９]{1,2})[、．.]\s*`), func(n string) string { return strings.Map(toASCII, n) }},
	{lazy.Compile(`^[（(]([0-9０-９]{1,2})[)）]\s*[、]?`), func(n string) string { return "(" + strings.Map(toASCII, n) + ")" }},
}

// arabic is the numbering 1., which begins like a number.
const arabic = 6

// Ranks of headings, the higher the deeper; a numbering's is rankStep times its place from 1. A line without a number
// takes its rank from where it stands, see [sectionBuilder.lineRank].
const (
	rankChapter = 5   // a line without a number above all numbers
	rankStep    = 10  // between numberings, so that lines fit in
	rankOrdinal = 90  // 一是…。 第一，…。
	rankBold    = 100 // bold words before the text
	rankRunIn   = 110 // a short first sentence
	rankDash    = 115 // ——…。
)

// ordinalPattern is a number in words before a paragraph's first sentence.
var ordinalPattern = lazy.Compile(`^(?:第([一二三四五六七八九十]+)[，,、：:]\s*|([一二三四五六七八九十]+)是)`)

// Longest headings, in runes. A line of its own may be a long title; a heading that runs into its text is short, since
// a numbered paragraph whose first sentence is long is a numbered paragraph and no heading.
const (
	longestLineHeading  = 60
	longestRunInHeading = 42
	longestBoldHeading  = 80
	longestPlainHeading = 40 // of a line or first sentence that neither a number nor bold type marks
)

// sentenceEnds are the marks that end a sentence; a heading before its text ends at the first of them.
const sentenceEnds = "。！？；;"

// A style is a way of setting a heading without a number.
type style int

const (
	numbered     style = iota
	ordinalStyle       // 一是, 第一
	boldLine
	plainLine
	boldRunIn
	plainRunIn
	dashRunIn
	notesLine    // 名词解释: what follows is notes, without headings of their own
	appendixLine // 附件…
	hashed       // plus the number of #
)

// heading is a heading found at the start of a paragraph. Offsets count bytes of the paragraph.
type heading struct {
	style  style
	rank   int
	number string // as printed: 四、; empty without one
	label  string // 四, or the title
	value  int    // 4; 0 without a number
	title  string
	end    int  // of the printed heading, without a closing mark
	rest   int  // where the text after it begins
	sure   bool // marked by its type, or alone on its line: a gap in the numbers does not speak against it
	above  int  // the rank of the numbers that begin again below a line without a number; 0 otherwise
}

// findHeading recognises a heading that is marked as one: numbered, Markdown #, bold; alone on its line (四、聚焦融合发展)
// or run in before the text ((一)精准双招双引。编制…).
func findHeading(text string, p *paragraph) (heading, bool) {
	if h, ok := findNumbered(text, p); ok {
		return h, true
	}
	if h, ok := findOrdinal(text, p); ok {
		return h, true
	}
	runes := utf8.RuneCountInString(text)
	closed := strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":")
	switch bold := boldPart(text, p); {
	case p.hashes > 0:
		return lineHeading(text, hashed+style(p.hashes)), true
	case bold == 0 || countHan(text[:bold]) < 3:
	case bold == len(text) && isStatement(text):
	case bold == len(text):
		if runes <= longestLineHeading && !closed && !strings.ContainsAny(strings.TrimRight(text, sentenceEnds), sentenceEnds) && !isLeadIn(text) {
			return lineHeading(text, boldLine), true
		}
	case endsHeading(text, bold) && utf8.RuneCountInString(text[:bold]) <= longestLineHeading && !strings.ContainsAny(strings.TrimRight(text[:bold], sentenceEnds), sentenceEnds):
		return runIn(text, 0, bold, boldRunIn, rankBold), true
	}
	return heading{}, false
}

// findNumbered recognises a numbered heading.
func findNumbered(text string, p *paragraph) (heading, bool) {
	opening := text[:min(len(text), longestShape)]
	if first, _ := utf8.DecodeRuneInString(opening); !beginsNumber(first) && first != '(' && first != '（' {
		return heading{}, false
	}
	for rank, numbering := range numberings {
		match := numbering.pattern.FindStringSubmatch(opening)
		if match == nil {
			continue
		}
		printed := match[0]
		rest := text[len(printed):]
		if next, _ := utf8.DecodeRuneInString(toASCIIString(rest, 1)); next >= '0' && next <= '9' && rank == arabic {
			return heading{}, false // 1.5倍 is a number
		}
		title, closing := rest, 0
		if at := strings.IndexAny(rest, sentenceEnds); at >= 0 {
			title = rest[:at]
			_, closing = utf8.DecodeRuneInString(rest[at:])
		}
		whole := len(printed)+len(title)+closing == len(text)
		if whole && closing > 0 && isItem(rest[len(title):], title) {
			return heading{}, false
		}
		longest := longestRunInHeading
		if whole {
			longest = longestLineHeading
		}
		bold := boldPart(text, p)
		if bold > len(printed) && bold < len(text) && endsHeading(text, bold) {
			h := runIn(text, len(printed), bold, numbered, 0)
			title, closing = text[len(printed):h.end], h.rest-h.end
		}
		if bold > len(printed) || p.hashes > 0 {
			longest = longestBoldHeading
		}
		bareNumber := len(printed) == len(text) && rank < arabic // **（一）** above a chapter
		if length := utf8.RuneCountInString(title); length == 0 && !bareNumber || length > longest {
			return heading{}, false
		}
		h := heading{
			style:  numbered,
			rank:   (rank + 1) * rankStep,
			number: strings.TrimSpace(printed),
			label:  numbering.label(match[1]),
			value:  ordinal(match[1]),
			title:  strings.TrimRight(strings.TrimSpace(title), "：:"),
			end:    len(strings.TrimRight(printed+title, "：: \t　")),
			rest:   len(printed) + len(title) + closing,
		}
		h.sure = !bareNumber && (bold >= h.end || p.hashes > 0 || h.end == len(text) && rank < arabic)
		return h, true
	}
	return heading{}, false
}

// isItem tells whether a numbered sentence that is a paragraph of its own is an item of a list rather than a heading: it
// goes on behind a semicolon, or has a figure.
func isItem(mark, title string) bool {
	return strings.HasPrefix(mark, "；") || strings.HasPrefix(mark, ";") || counts(title)
}

// isStatement tells whether a line ends like a sentence and has a figure: it says something itself.
func isStatement(text string) bool { return strings.HasSuffix(text, "。") && counts(text) }

// counts tells whether a text holds a figure other than of time.
func counts(text string) bool {
	return slices.ContainsFunc(Figures(text), func(f Figure) bool { return f.Kind != Date && f.Kind != Period })
}

// findOrdinal recognises 第一，… and 一是… before a short first sentence. The number is no label: 一是 would read as a part
// 一 of the chapter.
func findOrdinal(text string, p *paragraph) (heading, bool) {
	match := ordinalPattern.FindStringSubmatch(text[:min(len(text), longestShape)])
	if match == nil {
		return heading{}, false
	}
	end := len(text)
	if bold := boldPart(text, p); bold > len(match[0]) && endsHeading(text, bold) {
		end = bold
	} else if at := strings.IndexAny(text, sentenceEnds); at >= 0 {
		end = at
	}
	h := runIn(text, len(match[0]), end, ordinalStyle, rankOrdinal)
	h.value = ordinal(match[1] + match[2])
	if length := utf8.RuneCountInString(h.title); length < 4 || length > longestRunInHeading {
		return heading{}, false
	}
	return h, true
}

// runIn is the heading text[:bold] whose title begins at an offset; marks that close it are left out.
func runIn(text string, title, bold int, style style, rank int) heading {
	end := len(strings.TrimRight(text[:bold], "。！？；;：: 　"))
	rest := end
	for rest < len(text) {
		r, size := utf8.DecodeRuneInString(text[rest:])
		if !strings.ContainsRune("。！？；;：: 　", r) {
			break
		}
		rest += size
	}
	h := heading{style: style, rank: rank, title: strings.TrimSpace(text[min(title, end):end]), end: end, rest: rest}
	h.label = h.title
	return h
}

// lineHeading is a heading of the whole line.
func lineHeading(text string, style style) heading {
	h := runIn(text, 0, len(text), style, 0)
	h.rest, h.sure = len(text), true
	return h
}

// findPlainRunIn recognises a short first sentence that may be a heading: 加快发展优势制造业。实施…, and whether it does
// stand as one its neighbours tell. One with a figure says something itself.
func findPlainRunIn(text string, p *paragraph) (heading, bool) {
	at := strings.IndexAny(text, sentenceEnds)
	if at < 0 || !strings.HasPrefix(text[at:], "。") || len(text) < 2*at {
		return heading{}, false
	}
	first := text[:at]
	if runes := utf8.RuneCountInString(first); runes > longestPlainHeading || runes < 4 || strings.ContainsAny(first, "：:") || counts(first) || startsWithAny(first, layoutWords()["statement"]) {
		return heading{}, false
	}
	if p.dash {
		return runIn(text, 0, at, dashRunIn, rankDash), true
	}
	return runIn(text, 0, at, plainRunIn, rankRunIn), true
}

// mayBeLine tells whether a line without any mark may be a heading: short, without the marks and figures of a sentence.
func mayBeLine(text string, p *paragraph) bool {
	if p.dash || p.cells != nil || utf8.RuneCountInString(text) > longestPlainHeading || countHan(text) < 4 || isLeadIn(text) {
		return false
	}
	if strings.ContainsAny(text, sentenceEnds+"：:|") || strings.HasSuffix(text, "，") || strings.HasSuffix(text, "、") {
		return false
	}
	return !counts(text) && strings.ContainsFunc(remarks.ReplaceAllString(text, ""), unicode.IsLetter)
}

// isLeadIn tells whether a line leads to what follows it (重点抓好以下八个方面工作) instead of naming it.
func isLeadIn(text string) bool { return containsAny(text, layoutWords()["lead-in"]) }

// backMarks are set around the headings of notes and appendices.
const backMarks = "：:《》〈〉【】[]()（） 　"

// findBack recognises the headings behind the report: notes and appendices.
func findBack(text string) (heading, bool) {
	if utf8.RuneCountInString(text) > longestPlainHeading {
		return heading{}, false
	}
	bare := strings.Trim(text, backMarks)
	words := layoutWords()
	if strings.ContainsAny(bare, sentenceEnds+"，,") && !isNotes(text) {
		return heading{}, false
	}
	for _, word := range words["appendix"] {
		rest, cut := strings.CutPrefix(bare, word)
		if !cut {
			continue
		}
		number := strings.TrimLeft(rest, "0123456789一二三四五六七八九十")
		rest = strings.TrimLeft(number, "：:.、 　")
		switch {
		case startsWithAny(rest, words["notes"]):
			return lineHeading(text, notesLine), true
		case rest == number && rest != "" && !strings.ContainsAny(text, "：: 　"):
			return heading{}, false // 附加值…
		}
		return lineHeading(text, appendixLine), true
	}
	if isNotes(text) {
		return lineHeading(text, notesLine), true
	}
	return heading{}, false
}

// longestNotes is how long a line above notes may be, in runes, without a remark in brackets.
const longestNotes = 20

// isNotes tells whether a line stands above notes: 名词解释, 注 释, 《政府工作报告》名词解释（按出现的先后排序）.
func isNotes(line string) bool {
	if without := remarks.ReplaceAllString(line, ""); strings.ContainsFunc(without, unicode.IsLetter) {
		line = without
	}
	line = strings.Trim(strings.Join(strings.Fields(line), ""), backMarks)
	if utf8.RuneCountInString(line) > longestNotes || isNumberedLine(line, &paragraph{}) {
		return false
	}
	return slices.ContainsFunc(layoutWords()["notes"], func(word string) bool {
		return strings.HasPrefix(line, word) || strings.HasSuffix(line, word)
	})
}

// boldPart is how many bytes of a paragraph are bold from its start.
func boldPart(text string, p *paragraph) int {
	return len(strings.TrimRightFunc(text[:min(p.bold, len(text))], unicode.IsSpace))
}

// endsHeading tells whether a heading may end at an offset: a mark closes it there.
func endsHeading(text string, at int) bool {
	if at >= len(text) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(text[:at])
	next, _ := utf8.DecodeRuneInString(text[at:])
	return strings.ContainsRune("。！？：:", last) || strings.ContainsRune("。！？：: 　", next)
}

func countHan(text string) int {
	count := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			count++
		}
	}
	return count
}

// toASCIIString narrows the first n runes of a text.
func toASCIIString(text string, n int) string {
	var b strings.Builder
	for _, r := range text {
		if n--; n < 0 {
			break
		}
		b.WriteRune(toASCII(r))
	}
	return b.String()
}

// ordinal is the value of a heading's number in either script.
func ordinal(number string) int {
	if value, err := strconv.Atoi(strings.Map(toASCII, number)); err == nil {
		return value
	}
	value, _ := ChineseNumeral(number)
	return int(value)
}

// normalizeLabel brings a label as a person may type it, or as it is printed, into one form.
func normalizeLabel(label string) string {
	return strings.TrimSpace(strings.Map(toASCII, strings.Join(strings.Fields(label), "")))
}
