package content

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A numbering is a way of numbering headings. Their order is their rank: a part numbered (一) stands under one numbered
// 一、 whatever else the report does.
type numbering struct {
	pattern *regexp.Regexp // the number is the first group, the whole match what is printed before the title
	label   func(number string) string
}

var numberings = []numbering{
	{regexp.MustCompile(`^第([一二三四五六七八九十百]+)[章节篇]\s*`), func(n string) string { return "第" + n + "章" }},
	{regexp.MustCompile(`^第([一二三四五六七八九十百]+)部分[、：:\s]*`), func(n string) string { return n }},
	{regexp.MustCompile(`^([一二三四五六七八九十]+)[、．.]\s*`), func(n string) string { return n }},
	{regexp.MustCompile(`^[（(]([一二三四五六七八九十]+)[)）]\s*[、]?`), func(n string) string { return "(" + n + ")" }},
	{regexp.MustCompile(`^([0-9０-９]{1,2})[、．.]\s*`), func(n string) string { return strings.Map(toASCII, n) }},
	{regexp.MustCompile(`^[（(]([0-9０-９]{1,2})[)）]\s*[、]?`), func(n string) string { return "(" + strings.Map(toASCII, n) + ")" }},
}

// Longest headings, in runes. A line of its own may be a long title; a heading that runs into its text is short, since
// a numbered paragraph whose first sentence is long is a numbered paragraph and no heading.
const (
	longestLineHeading  = 60
	longestRunInHeading = 42
)

// heading is a heading found at the start of a paragraph. Offsets count bytes of the paragraph.
type heading struct {
	rank   int    // index into numberings; unnumberedRank for one that has no number
	number string // as printed: 四、
	label  string // 四
	value  int    // 4
	title  string
	end    int // of the printed heading, without a closing mark
	rest   int // where the text after it begins
}

const unnumberedRank = -1

// findHeading recognises a numbered heading at the start of a paragraph, alone on its line (四、聚焦融合发展) or run in
// before the text ((一)精准双招双引。编制…).
func findHeading(paragraph string) (heading, bool) {
	for rank, numbering := range numberings {
		match := numbering.pattern.FindStringSubmatch(paragraph)
		if match == nil {
			continue
		}
		printed := match[0]
		rest := paragraph[len(printed):]
		if next, _ := utf8.DecodeRuneInString(toASCIIString(rest, 1)); next >= '0' && next <= '9' && rank == len(numberings)-2 {
			return heading{}, false // 1.5倍 is a number
		}
		title, closing := rest, 0
		if at := strings.IndexAny(rest, "。！？；;"); at >= 0 {
			title = rest[:at]
			_, closing = utf8.DecodeRuneInString(rest[at:])
		}
		longest := longestRunInHeading
		if closing == 0 {
			longest = longestLineHeading
		}
		if length := utf8.RuneCountInString(title); length == 0 || length > longest {
			return heading{}, false
		}
		return heading{
			rank:   rank,
			number: strings.TrimSpace(printed),
			label:  numbering.label(match[1]),
			value:  ordinal(match[1]),
			title:  strings.TrimSpace(title),
			end:    len(printed) + len(strings.TrimRight(title, " \t　")),
			rest:   len(printed) + len(title) + closing,
		}, true
	}
	return heading{}, false
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

// normalizeLabel brings a label as a person may type it into the form in which labels are printed.
func normalizeLabel(label string) string {
	return strings.TrimSpace(strings.Map(toASCII, strings.Join(strings.Fields(label), "")))
}
