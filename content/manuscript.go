package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenbao/content/lazy"
)

// paragraph is a line of the canonical text that holds something, without what only lays it out: its span begins behind
// list marks, dashes and blanks.
type paragraph struct {
	Span
	hashes int    // the level of a heading that the format marks as one, 1 to 6
	bold   int    // how many of its bytes, from the first on, are bold
	dash   bool   // begins with ——
	cells  []Span // of a table's row
	table  *Table // of a row
}

// manuscript is a text without its markup, cut into paragraphs: what every format is read into, and what is then taken
// apart into a report.
type manuscript struct {
	text       string
	stated     frontMatter // what the file says of itself outside of the text
	paragraphs []paragraph
}

var (
	// spacedWord finds a label that is set wide, as bulletins do with their shortest ones, so that it is no word: 汽 车.
	spacedWord      = lazy.Compile(`^\p{Han}(?: \p{Han}){1,3}$`)
	footnotePattern = lazy.Compile(`\[\^?[0-9]{1,3}\]`)
	footnoteText    = lazy.Compile(`^[ \t]*\[\^?[0-9]{1,3}\][:：]?`)
	bulletPattern   = lazy.Compile(`^(?:[-*+•·▪■●◆>][ \t]+)+`)
	dashesPattern   = lazy.Compile(`^[—–―─－-]{1,4}[ \t　]*`)
	rulerPattern    = lazy.Compile(`^[-*_=—─\s]{3,}$`)
	separatorRow    = lazy.Compile(`^\|[\s:|-]*-[\s:|-]*$`)
)

// manuscriptWriter writes a manuscript: pieces of a line as they come, whole lines, rows of tables. It drops what no
// report says whatever the format: residue of web pages, rulers, marks of footnotes.
type manuscriptWriter struct {
	text       strings.Builder
	paragraphs []paragraph
	line       []byte
	bold       []Span // of line, in order, without touching each other
	hashes     int    // of the line
	table      *Table // that the next row belongs to
	unnamed    bool   // the table began with an empty row
	titled     bool   // the table began with a single cell, title, which may be its caption
	title      Span
	blocks     []columnBlock // of the table
}

// write adds text to the line; each "\n" in it ends one.
func (w *manuscriptWriter) write(text string, bold bool) {
	for {
		piece, rest, ended := strings.Cut(text, "\n")
		start := len(w.line)
		w.line = append(w.line, piece...)
		switch last := len(w.bold) - 1; {
		case !bold || piece == "":
		case last >= 0 && w.bold[last].End == start:
			w.bold[last].End = len(w.line)
		default:
			w.bold = append(w.bold, Span{start, len(w.line)})
		}
		if !ended {
			return
		}
		w.endLine()
		text = rest
	}
}

// blank keeps an empty line in the text.
func (w *manuscriptWriter) blank(line string) {
	w.table = nil
	w.text.WriteString(line)
}

// endLine ends the line, which is a paragraph, or a row of a table written | a | b |.
func (w *manuscriptWriter) endLine() {
	line, bold, hashes := string(w.line), w.bold, w.hashes
	w.line, w.bold, w.hashes = w.line[:0], nil, 0
	if strings.Contains(line, "[") {
		line, bold = cutFootnotes(line, bold)
	}
	trimmed := strings.TrimSpace(line)
	if trimmed == "" || startsWithAny(trimmed, layoutWords()["residue"]) {
		return
	}
	if strings.HasPrefix(trimmed, "|") {
		line = joinSpaced(line)
	}
	start := w.text.Len()
	w.text.WriteString(line)
	w.text.WriteByte('\n')
	written := w.text.String()
	p := paragraph{Span: trimBlank(written, Span{start, w.text.Len()}), hashes: hashes}
	inside := written[p.Start:p.End]
	switch isRow := strings.HasPrefix(inside, "|") && strings.Count(inside, "|") > 1; {
	case isRow && separatorRow.MatchString(inside):
		return
	case isRow:
		w.addRow(cellsOf(written, p.Span))
		return
	}
	w.table = nil
	if p.Len() == 0 || rulerPattern.MatchString(inside) {
		return
	}
	p.Start += len(bulletPattern.FindString(inside))
	if dashes := dashesPattern.FindString(written[p.Start:p.End]); utf8.RuneCountInString(strings.TrimSpace(dashes)) > 1 {
		p.dash = true
		p.Start += len(dashes)
	}
	p.Start += len(written[p.Start:p.End]) - len(strings.TrimLeft(written[p.Start:p.End], "*"))
	for _, span := range bold {
		if start+span.Start <= p.Start && start+span.End > p.Start {
			p.bold = min(start+span.End, p.End) - p.Start
		}
	}
	if p.Len() > 0 {
		w.paragraphs = append(w.paragraphs, p)
	}
}

// cutFootnotes takes the marks of footnotes, [12], off a line and moves what is bold along.
func cutFootnotes(line string, bold []Span) (string, []Span) {
	marks := footnotePattern.FindAllStringIndex(line, -1)
	if marks == nil {
		return line, bold
	}
	if opening := footnoteText.FindStringIndex(line); opening != nil {
		marks[0] = opening
	}
	var b strings.Builder
	last := 0
	for _, mark := range marks {
		b.WriteString(line[last:mark[0]])
		last = mark[1]
	}
	b.WriteString(line[last:])
	moved := func(at int) int {
		back := 0
		for _, mark := range marks {
			back += max(0, min(at, mark[1])-mark[0])
		}
		return at - back
	}
	var left []Span
	for _, span := range bold {
		span = Span{moved(span.Start), moved(span.End)}
		if last := len(left) - 1; last >= 0 && left[last].End == span.Start {
			left[last].End = span.End
		} else if span.Len() > 0 {
			left = append(left, span)
		}
	}
	return b.String(), left
}

// row adds a row to the open table, or opens one with it as the header. Empty cells keep the others in their columns.
func (w *manuscriptWriter) row(cells []string) {
	w.endLine()
	table := w.table
	start := w.text.Len()
	w.text.WriteString("|")
	for _, cell := range cells {
		cell = footnotePattern.ReplaceAllString(strings.Join(strings.Fields(cell), " "), "")
		if spacedWord.MatchString(cell) {
			cell = strings.ReplaceAll(cell, " ", "")
		}
		w.text.WriteString(" " + strings.ReplaceAll(cell, "|", "｜") + " |")
	}
	w.text.WriteByte('\n')
	w.table = table
	w.addRow(cellsOf(w.text.String(), Span{start, w.text.Len() - 1}))
}

// joinSpaced puts labels that are set wide together in the cells of a row | a | b |.
func joinSpaced(row string) string {
	cells := strings.Split(row, "|")
	for i, cell := range cells {
		if word := strings.Join(strings.Fields(cell), " "); spacedWord.MatchString(word) {
			cells[i] = " " + strings.ReplaceAll(word, " ", "") + " "
		}
	}
	return strings.Join(cells, "|")
}

// unread ends a line that the text holds and that is no paragraph: what stands in several rows of a header.
func (w *manuscriptWriter) unread() {
	w.text.Write(w.line)
	w.text.WriteByte('\n')
	w.line, w.bold, w.hashes = w.line[:0], nil, 0
}

// header opens a table whose columns are named by labels that the text holds before it.
func (w *manuscriptWriter) header(labels []string) {
	w.endLine()
	w.table, w.titled = &Table{}, false
	w.setHeader(labels)
}

// endTable ends the open table.
func (w *manuscriptWriter) endTable() { w.table = nil }

func (w *manuscriptWriter) addRow(cells []Span) {
	text := w.text.String()
	if w.table == nil {
		w.table, w.unnamed, w.titled = &Table{}, false, false
	}
	span := Span{cells[0].Start, cells[len(cells)-1].End}
	switch {
	case strings.Trim(text[span.Start:span.End], "| ") == "":
		w.unnamed = w.table.Header == nil // the next row may be the header
		return
	case w.table.Header == nil && w.unnamed && holdNumber(text, cells):
		w.setHeader(make([]string, len(cells)))
	case w.table.Header == nil:
		w.setHeader(headerOf(text, cells))
		w.titled = len(cells) == 1
		w.title = cells[0]
		return
	case w.titled && len(cells) > 1 && !holdNumber(text, cells):
		w.table.Caption, w.titled = text[w.title.Start:w.title.End], false
		w.setHeader(headerOf(text, cells))
		return
	}
	w.titled = false
	for _, block := range w.blocks {
		if row := block.of(cells); row != nil {
			w.paragraphs = append(w.paragraphs, paragraph{Span: Span{row[0].Start, row[len(row)-1].End}, cells: row, table: block.table})
		}
	}
}

// finish ends the last line and hands the manuscript out.
func (w *manuscriptWriter) finish() manuscript {
	w.endLine()
	return manuscript{text: w.text.String(), paragraphs: w.paragraphs}
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

// headerOf are the texts of a header's cells, without blanks.
func headerOf(text string, cells []Span) []string {
	header := make([]string, 0, len(cells))
	for _, cell := range cells {
		header = append(header, strings.Join(strings.Fields(text[cell.Start:cell.End]), ""))
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
