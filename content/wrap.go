package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenbao/content/lazy"
)

// Bounds of what counts as wrapped, in the cells of a screen, of which a Chinese character takes up two.
const (
	fewestWrapped    = 8       // lines that break off at the same width
	narrowestMeasure = 30      // the names of a list are shorter
	widestMeasure    = 200     // no program wraps later
	mostWrapped      = 1 << 17 // lines that are looked at: fifty times the longest report's
	raggedEdge       = 6       // how far apart wrapped lines end, since punctuation and numbers are not torn
	lostIndent       = 4       // by how much the first line of a paragraph may end earlier, where its indent is lost
)

var (
	// marginPattern is what stands before a line's text, the marks of a quotation aside.
	marginPattern = lazy.Compile(`^[ \t　]*`)
	// blockOpening is a mark of Markdown that begins a paragraph, or the row of a table.
	blockOpening = lazy.Compile("^(?:#|\\||>|<|\\*|[-+•·▪■●◆] |```|---)")
	// columnGap stands between the columns of a table that is set with blanks.
	columnGap = lazy.Compile(`[^\s　](?:\t| {2,}|　+)[^\s　]`)
	// leadingWord is a number or a word that no line is broken in.
	leadingWord = lazy.Compile(`^[!-~]*`)
)

// textLine is a line of a text and what the eye sees of it.
type textLine struct {
	text   string // without what ends it
	inside string // without white space around it
	indent int    // in cells
	width  int    // in cells, with the indent
	flows  bool   // it is text, which may go on in the next line: not blank, no row of a table, no mark of Markdown
}

// unwrap joins the lines of a text that is wrapped at a fixed width, as mail programs, old editors and text recognition
// leave it: a line is a paragraph everywhere else, so that a sentence would be cut at each line's end and short ends of
// paragraphs would look like headings. A text whose lines do not mostly break off in mid-sentence near the same width is
// left to the letter.
func unwrap(text string) string {
	if strings.Count(text, "\n") > mostWrapped {
		return text
	}
	lines := textLinesOf(text)
	measure := measureOf(lines)
	if measure == 0 {
		return text
	}
	margin := marginOf(lines, measure)
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(lines); {
		b.WriteString(lines[i].text)
		last := i
		for next := following(lines, last, i, measure, margin); next > 0; next = following(lines, last, i, measure, margin) {
			b.WriteString(blankBetween(lines[last].inside, lines[next].inside) + lines[next].inside)
			last = next
		}
		b.WriteByte('\n')
		i = last + 1
	}
	return b.String()
}

func textLinesOf(text string) []textLine {
	var lines []textLine
	for line := range strings.Lines(text) {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		margin := marginPattern.FindString(line)
		inside := line[len(margin):]
		lines = append(lines, textLine{
			text: line, inside: inside, indent: cellsWide(margin), width: cellsWide(line),
			flows: inside != "" && !blockOpening.MatchString(inside) && !columnGap.MatchString(inside),
		})
	}
	return lines
}

// cellsWide is how much of a line a text takes up, where half-width characters take one cell and all others two.
func cellsWide(text string) int {
	width := 0
	for _, r := range text {
		switch {
		case r == '\t':
			width += 4
		case r < 0x2000:
			width++
		default:
			width += 2
		}
	}
	return width
}

// measureOf is the width at which a text is wrapped; 0 when it is not: two in five of its lines have to break off there,
// which most do but for the last ones of paragraphs and the headings.
func measureOf(lines []textLine) int {
	var broken [widestMeasure + 1]int
	flowing := 0
	for _, line := range lines {
		if !line.flows {
			continue
		}
		flowing++
		if line.width <= widestMeasure && !endsParagraph(line.inside) {
			broken[line.width]++
		}
	}
	most, measure := 0, 0
	for width := narrowestMeasure; width <= widestMeasure; width++ {
		near := 0
		for _, count := range broken[width-raggedEdge+1 : width+1] {
			near += count
		}
		if near > most {
			most, measure = near, width
		}
	}
	if most < fewestWrapped || most*5 < flowing*2 {
		return 0
	}
	return measure
}

// marginOf is how far the lines are indented that go on with the one before them: as most of those are that stand behind
// a full one.
func marginOf(lines []textLine, measure int) int {
	count := make(map[int]int)
	margin := 0
	for i := 1; i < len(lines); i++ {
		if !lines[i].flows || !lines[i-1].flows || !isFull(lines[i-1], lines[i], measure) {
			continue
		}
		indent := lines[i].indent
		count[indent]++
		if count[indent] > count[margin] || count[indent] == count[margin] && indent < margin {
			margin = indent
		}
	}
	return margin
}

// isFull tells whether a line has no room for what the next one begins with.
func isFull(line, next textLine, measure int) bool {
	return line.width > measure-raggedEdge || line.width+len(leadingWord.FindString(next.inside)) > measure
}

// following is the line that goes on with a paragraph, of which first and last are the lines so far; 0 when it ends. A
// page's end may leave blank lines in mid-sentence; before them a line that is alone could be a heading. Where blank lines
// stand between paragraphs, their indents are often lost.
func following(lines []textLine, last, first, measure, margin int) int {
	if !lines[last].flows {
		return 0
	}
	next := last + 1
	for next < len(lines) && lines[next].inside == "" {
		next++
	}
	if next == len(lines) || !lines[next].flows || lines[next].indent > margin {
		return 0
	}
	if begins := last == first && (first == 0 || lines[first-1].inside == ""); begins && next == last+1 {
		measure -= lostIndent
	}
	if !isFull(lines[last], lines[next], measure) {
		return 0
	}
	finished := endsParagraph(lines[last].inside)
	if next > last+1 && (finished || last == first) {
		return 0
	}
	if finished && opensParagraph(lines[next].inside) {
		return 0
	}
	return next
}

// opensParagraph tells whether a line begins as a numbered part does, or with a dash.
func opensParagraph(text string) bool {
	return strings.HasPrefix(text, "——") || slices.ContainsFunc(numberings, func(n numbering) bool { return n.pattern.MatchString(text) })
}

// blankBetween is what stood between two lines before they were broken: a blank between words of Latin letters.
func blankBetween(before, behind string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(behind)
	isLatin := func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }
	if isLatin(last) && isLatin(first) {
		return " "
	}
	return ""
}
