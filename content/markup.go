package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// paragraph is a line of the canonical text that holds something, without what only lays it out: its span begins behind
// list marks, dashes and blanks.
type paragraph struct {
	Span
	hashes int    // of a Markdown heading
	bold   int    // how many of its bytes, from the first on, are bold
	dash   bool   // begins with ——
	cells  []Span // of a table's row
	table  *Table // of a row
}

// manuscript is a text without its markup, cut into paragraphs.
type manuscript struct {
	text       string
	title      string // of the front matter, "" without one
	paragraphs []paragraph
}

var (
	commentPattern  = regexp.MustCompile(`(?s)<!--.*?-->`)
	imagePattern    = regexp.MustCompile(`!\[[^\]\n]*\]\([^)\n]*\)`)
	linkPattern     = regexp.MustCompile(`\[([^\]\n]+)\]\([^)\n]*\)`)
	footnotePattern = regexp.MustCompile(`^\[[0-9]{1,3}\]`)
	hashesPattern   = regexp.MustCompile(`^(#{1,6})[ \t　]+`)
	bulletPattern   = regexp.MustCompile(`^(?:[-*+•·▪■●◆>][ \t]+)+`)
	dashesPattern   = regexp.MustCompile(`^[—–―─－-]{1,4}[ \t　]*`)
	rulerPattern    = regexp.MustCompile(`^[-*_=—─\s]{3,}$`)
	separatorRow    = regexp.MustCompile(`^\|[\s:|-]*-[\s:|-]*$`)
	titleField      = regexp.MustCompile(`(?m)^title[ \t]*[:：][ \t]*(.+?)[ \t]*$`)
	breakTag        = regexp.MustCompile(`(?i)<br\s*/?>`)
)

// unmark takes a text's markup off: front matter, comments, pictures, marks of headings, of bold type and of footnotes.
// All other text stays to the letter, so that a quote stands verbatim in the file too.
func unmark(text string) manuscript {
	text = strings.ToValidUTF8(text, "")
	text = strings.NewReplacer("\ufeff", "", "\r\n", "\n", "\r", "\n", "\x00", "").Replace(text)
	var m manuscript
	text, m.title = cutFrontMatter(text)
	if strings.Contains(text, "<!--") {
		text = commentPattern.ReplaceAllString(text, "")
	}
	if strings.Contains(text, "](") {
		text = imagePattern.ReplaceAllString(text, "")
		text = linkPattern.ReplaceAllString(text, "$1")
	}
	var b strings.Builder
	b.Grow(len(text))
	bold := false
	var table *Table
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		if startsWithAny(trimmed, layoutWords()["residue"]) {
			continue
		}
		start := b.Len()
		if trimmed == "" {
			bold = false // a mark without its partner marks no more than its paragraph
		}
		hashes := 0
		if match := hashesPattern.FindStringSubmatch(trimmed); match != nil {
			hashes = len(match[1])
			line = strings.TrimPrefix(trimmed, match[0]) + "\n"
		}
		var boldFrom, boldTo int
		bold, boldFrom, boldTo = unmarkLine(&b, line, bold)
		written := b.String()
		p := paragraph{Span: trimBlank(written, Span{start, b.Len()}), hashes: hashes}
		inside := written[p.Start:p.End]
		isRow := strings.HasPrefix(inside, "|") && strings.Count(inside, "|") > 1
		switch {
		case !isRow:
			table = nil
		case separatorRow.MatchString(inside):
			continue
		case table == nil:
			table = &Table{}
		}
		if isRow {
			p.table = table
			p.cells = cellsOf(written, p.Span)
			if table.Header == nil {
				table.Header = headerOf(written, p.cells)
				continue
			}
			p.Span = Span{p.cells[0].Start, p.cells[len(p.cells)-1].End}
			m.paragraphs = append(m.paragraphs, p)
			continue
		}
		if p.Len() == 0 || rulerPattern.MatchString(inside) {
			continue
		}
		p.Start += len(bulletPattern.FindString(inside))
		if dashes := dashesPattern.FindString(written[p.Start:p.End]); utf8.RuneCountInString(strings.TrimSpace(dashes)) > 1 {
			p.dash = true
			p.Start += len(dashes)
		}
		p.Start += len(written[p.Start:p.End]) - len(strings.TrimLeft(written[p.Start:p.End], "*"))
		if boldFrom <= p.Start && boldTo > p.Start {
			p.bold = min(boldTo, p.End) - p.Start
		}
		if p.Len() > 0 {
			m.paragraphs = append(m.paragraphs, p)
		}
	}
	m.text = b.String()
	return m
}

// cutFrontMatter takes the front matter (--- … ---) off a text and returns the title that it names.
func cutFrontMatter(text string) (body, title string) {
	opened := strings.TrimLeftFunc(text, unicode.IsSpace)
	if !strings.HasPrefix(opened, "---\n") {
		return text, ""
	}
	matter, rest, closed := strings.Cut(opened[len("---\n"):], "\n---")
	if !closed || strings.Count(matter, "\n") > 40 {
		return text, ""
	}
	if match := titleField.FindStringSubmatch(matter); match != nil {
		title = strings.Trim(match[1], `"'`)
	}
	_, rest, _ = strings.Cut(rest, "\n") // what else stands on the line of the closing ---
	return rest, title
}

// unmarkLine writes a line without its marks. It takes and returns whether the text is bold at the line's start and end,
// and returns which part of what it wrote is bold first.
func unmarkLine(b *strings.Builder, line string, bold bool) (stillBold bool, from, to int) {
	from, to = -1, -1
	letters := false // something is written that can be read
	toggle := func() {
		bold = !bold
		switch {
		case bold && from < 0 && !letters:
			from = b.Len()
		case bold && to == b.Len():
			to = -1 // **bold****bold**
		case !bold && from >= 0 && to < 0 && letters:
			to = b.Len()
		}
	}
	if bold {
		from = b.Len()
	}
	underscores := strings.Count(line, "__")%2 == 0
	for at := 0; at < len(line); {
		rest := line[at:]
		switch {
		case strings.HasPrefix(rest, "**"):
			toggle()
			at += 2
		case underscores && strings.HasPrefix(rest, "__"):
			toggle()
			at += 2
		case rest[0] == '[' && footnotePattern.MatchString(rest):
			at += len(footnotePattern.FindString(rest))
		case rest[0] == '\\' && len(rest) > 1 && strings.IndexByte("\\`*_{}[]()#+-.!|>~", rest[1]) >= 0:
			b.WriteByte(rest[1])
			at += 2
		default:
			r, size := utf8.DecodeRuneInString(rest)
			letters = letters || !unicode.IsSpace(r)
			b.WriteString(rest[:size])
			at += size
		}
	}
	if from >= 0 && to < 0 && bold {
		to = b.Len()
	}
	return bold, from, to
}

// cellsOf are the cells of a row | a | b |, without white space; the last ones may be missing when they are empty.
func cellsOf(text string, row Span) []Span {
	var cells []Span
	start := row.Start + 1
	for at := start; at <= row.End; at++ {
		if at < row.End && text[at] != '|' {
			continue
		}
		cells = append(cells, trimBlank(text, Span{start, at}))
		start = at + 1
	}
	for len(cells) > 1 && cells[len(cells)-1].Len() == 0 {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// headerOf are the texts of a header's cells, without blanks and line breaks.
func headerOf(text string, cells []Span) []string {
	header := make([]string, 0, len(cells))
	for _, cell := range cells {
		label := breakTag.ReplaceAllString(text[cell.Start:cell.End], "")
		header = append(header, strings.Join(strings.Fields(label), ""))
	}
	return header
}

// trimBlank takes white space off both ends of a span.
func trimBlank(text string, span Span) Span {
	return trimFunc(text, span, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\u200b\u200c\u200d", r)
	})
}

// trimFunc takes off both ends of a span what the function names, as strings.TrimFunc does with a text.
func trimFunc(text string, span Span, drop func(rune) bool) Span {
	inside := text[span.Start:span.End]
	trimmed := strings.TrimLeftFunc(inside, drop)
	span.Start += len(inside) - len(trimmed)
	span.End = span.Start + len(strings.TrimRightFunc(trimmed, drop))
	return span
}

func startsWithAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(text, word) })
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}
