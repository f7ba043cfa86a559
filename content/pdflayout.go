package content

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// glyph is a character on a page. Lengths are in points; base is how high above the page's bottom its baseline is.
type glyph struct {
	character               rune
	left, right, base, size float64
	bold                    bool
}

// printedLine is a line on a page.
type printedLine struct {
	page                    int
	text                    string
	cells                   []string // the parts of the text that wide gaps keep apart
	left, right, base, size float64
	bold                    bool
}

// Distances on a page, in the size of the type.
const (
	sameLine   = 0.45 // between the baselines of characters of a line
	blankGap   = 0.55 // between words of Han characters; in Latin ones a third of it
	mixedGap   = 1.2  // between Han and Latin characters, which are set apart without a blank
	cellGap    = 1.8  // between the cells of a table
	indent     = 1.2  // of a paragraph's first line
	shortBy    = 2.6  // by which a paragraph's last line is short; marks that may not begin a line shorten others too
	pitchRatio = 1.5  // of the usual distance of lines, above which a new paragraph begins
	sizeRatio  = 1.12 // of the usual size, above which type counts as large
)

// fewestRows is how many lines below each other have as many cells for them to be a table.
const fewestRows = 3

// layOut joins the lines of pages into paragraphs, without page numbers and running heads.
func layOut(pages [][]glyph) manuscript {
	var lines []printedLine
	for i, page := range pages {
		lines = append(lines, linesOf(page, i)...)
	}
	lines = dropRunning(lines, len(pages))
	layout := measureLayout(lines)
	var w manuscriptWriter
	tables := tableLines(lines)
	for i := range lines {
		line := &lines[i]
		if tables[i] {
			if i == 0 || !tables[i-1] || len(lines[i-1].cells) != len(line.cells) {
				w.endLine()
				w.endTable()
			}
			w.row(line.cells)
			continue
		}
		if i > 0 && (tables[i-1] || layout.begins(&lines[i-1], line)) {
			w.endLine()
			w.endTable()
		} else if i > 0 && !joinsHan(lines[i-1].text, line.text) && !joinsMixed(lines[i-1].text, line.text) {
			w.write(" ", false)
		}
		w.write(line.text, layout.marks(line))
	}
	w.endLine()
	return w.finish()
}

// joinsMixed tells whether a line's end and the next one's beginning meet without a blank: a Han character on one side.
func joinsMixed(before, after string) bool {
	last := []rune(before)[len([]rune(before))-1]
	first := []rune(after)[0]
	return isWide(last) || isWide(first) || unicode.IsDigit(last) && unicode.IsDigit(first)
}

// linesOf sorts a page's characters into lines from top to bottom.
func linesOf(page []glyph, number int) []printedLine {
	type row struct {
		base, size float64
		glyphs     []glyph
	}
	var rows []*row
	for _, g := range page {
		if g.size <= 0 || math.IsNaN(g.left+g.right+g.base+g.size) || math.IsInf(g.left+g.right+g.base+g.size, 0) {
			continue
		}
		var home *row
		for i := len(rows) - 1; i >= max(0, len(rows)-200); i-- {
			if math.Abs(rows[i].base-g.base) <= sameLine*max(rows[i].size, g.size) {
				home = rows[i]
				break
			}
		}
		if home == nil {
			home = &row{base: g.base, size: g.size}
			rows = append(rows, home)
		}
		if g.size > home.size*1.3 { // the first one was a raised one
			home.base, home.size = g.base, g.size
		}
		home.glyphs = append(home.glyphs, g)
	}
	slices.SortStableFunc(rows, func(a, b *row) int { return cmp.Compare(b.base, a.base) })
	var lines []printedLine
	for _, row := range rows {
		if line := lineOf(row.glyphs, row.base, row.size); line.text != "" {
			line.page = number
			lines = append(lines, line)
		}
	}
	return lines
}

// lineOf puts the characters of a line in order, with blanks and without the marks of footnotes.
func lineOf(glyphs []glyph, base, size float64) printedLine {
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.left, b.left) })
	line := printedLine{left: glyphs[0].left, right: glyphs[0].right, base: base, size: size}
	var text, cell strings.Builder
	bold := 0
	var before *glyph
	for i := range glyphs {
		g := &glyphs[i]
		if before != nil && g.character == before.character && g.left-before.left < 0.2*g.size {
			bold++ // printed twice to look bold
			continue
		}
		if g.size < 0.75*size && g.base > base+0.1*size && isFootnoteMark(text.String(), string(g.character)) {
			continue
		}
		if before != nil {
			gap := g.left - before.right
			switch wide := isWide(g.character) || isWide(before.character); {
			case gap > cellGap*size:
				line.cells = append(line.cells, cell.String())
				cell.Reset()
				text.WriteByte(' ')
			case wide && isWide(g.character) != isWide(before.character) && gap <= mixedGap*size,
				wide && gap <= blankGap*size, !wide && gap <= blankGap*size/3:
			default:
				text.WriteByte(' ')
				cell.WriteByte(' ')
			}
		}
		text.WriteRune(g.character)
		cell.WriteRune(g.character)
		line.right = max(line.right, g.right)
		if g.bold {
			bold++
		}
		before = g
	}
	line.cells = append(line.cells, cell.String())
	line.text = text.String()
	line.bold = 2*bold > len(glyphs)
	return line
}

var (
	pageNumber  = regexp.MustCompile(`^[-—–－·\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*[0-9０-９]{1,4}\s*页?)?[-—–－·\s]*$`)
	digitsOfAny = regexp.MustCompile(`[0-9０-９]+`)
)

// runningLines is how many lines at the top and at the bottom of a page may be running heads.
const runningLines = 2

// dropRunning takes off page numbers, and the lines that stand on top or at the bottom of most pages but for their
// numbers.
func dropRunning(lines []printedLine, pages int) []printedLine {
	ends := make([]bool, len(lines))
	for i := range lines {
		for j := 1; j <= runningLines; j++ {
			ends[i] = ends[i] || i-j < 0 || lines[i-j].page != lines[i].page || i+j >= len(lines) || lines[i+j].page != lines[i].page
		}
	}
	seen := make(map[string]int)
	for i := range lines {
		if ends[i] {
			seen[digitsOfAny.ReplaceAllString(lines[i].text, "#")]++
		}
	}
	var kept []printedLine
	for i, line := range lines {
		repeated := seen[digitsOfAny.ReplaceAllString(line.text, "#")]
		if ends[i] && (pageNumber.MatchString(line.text) || repeated > 2 && repeated > pages/3) {
			continue
		}
		kept = append(kept, line)
	}
	return kept
}

// pageLayout is how a document's text is set.
type pageLayout struct {
	left, right, size, pitch float64
	bold                     bool // the text itself, so that bold type marks nothing
}

// measureLayout finds how most of the text is set.
func measureLayout(lines []printedLine) pageLayout {
	lefts, rights, sizes, pitches := make(map[int]int), make(map[int]int), make(map[int]int), make(map[int]int)
	bold, all := 0, 0
	for i, line := range lines {
		weight := len(line.text)
		sizes[round(line.size, 2)] += weight
		lefts[round(line.left, 0.5)] += weight
		rights[round(line.right, 0.25)] += weight
		if i > 0 && lines[i-1].page == line.page {
			pitches[round(lines[i-1].base-line.base, 1)] += weight
		}
		if line.bold {
			bold += weight
		}
		all += weight
	}
	return pageLayout{
		left: float64(mostFrequent(lefts)) * 2, right: float64(mostFrequent(rights)) * 4, size: float64(mostFrequent(sizes)) / 2,
		pitch: float64(mostFrequent(pitches)), bold: 2*bold > all,
	}
}

func round(value, scale float64) int { return int(math.Round(max(-1e6, min(value, 1e6)) * scale)) }

func mostFrequent(counts map[int]int) int {
	best, most := 0, 0
	for value, count := range counts {
		if count > most || count == most && value < best {
			best, most = value, count
		}
	}
	return best
}

// begins tells whether a line begins a paragraph: it is set off from the line before, or that one ends early.
func (l pageLayout) begins(before, line *printedLine) bool {
	size := max(l.size, 1)
	larger := max(before.size, line.size) > sizeRatio*min(before.size, line.size)
	centred := l.centred(before) && l.centred(line)
	switch {
	case larger || before.bold != line.bold && !l.bold && endsParagraph(before.text):
		return true
	case centred:
		return line.size <= sizeRatio*l.size || before.base-line.base > pitchRatio*1.5*line.size
	case line.left > l.left+indent*size:
		return true
	case before.right < l.right-shortBy*size:
		return true
	}
	return line.page == before.page && l.pitch > 0 && before.base-line.base > pitchRatio*l.pitch
}

// centred tells whether a line stands in the middle of the page.
func (l pageLayout) centred(line *printedLine) bool {
	left, right := line.left-l.left, l.right-line.right
	return left > indent*l.size && right > indent*l.size && math.Abs(left-right) < 2*l.size
}

// marks tells whether a line is set so that it stands out from the text.
func (l pageLayout) marks(line *printedLine) bool {
	return line.bold && !l.bold || line.size > sizeRatio*l.size
}

// tableLines tells which lines are rows of tables: several below each other with as many cells.
func tableLines(lines []printedLine) []bool {
	rows := make([]bool, len(lines))
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && len(lines[start].cells) > 1 && len(lines[end].cells) == len(lines[start].cells) {
			end++
		}
		if end-start >= fewestRows {
			for i := start; i < end; i++ {
				rows[i] = true
			}
		}
		start = end
	}
	return rows
}
