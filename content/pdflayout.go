package content

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"wenbao/content/lazy"
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
	cells                   []printedCell
	left, right, base, size float64
	word                    float64 // how wide what may not be broken at its beginning is
	bold                    bool
}

// printedCell is a part of a line that wide gaps keep apart from the others.
type printedCell struct {
	text        string
	left, right float64
}

// Distances on a page, in the size of the type.
const (
	sameLine   = 0.45 // between the baselines of characters of a line
	blankGap   = 0.55 // between words of Han characters; in Latin ones a third of it
	mixedGap   = 1.2  // between Han and Latin characters, which are set apart without a blank
	cellGap    = 1.8  // between the cells of a table
	cellPitch  = 1.35 // of the lines in a cell
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
	fresh := true // the line begins a paragraph whatever stands before it
	for i := 0; i < len(lines); i++ {
		if rows, next := tableAt(lines, i); rows != nil {
			w.endLine()
			if w.endTable(); slices.ContainsFunc(rows[0], isQuantity) {
				w.header(make([]string, len(rows[0]))) // what names the columns stands on another page, or too close together
			}
			for _, row := range rows {
				w.row(row)
			}
			w.endTable()
			i, fresh = next-1, true
			continue
		}
		line := &lines[i]
		switch {
		case fresh:
		case layout.begins(&lines[i-1], line):
			w.endLine()
		case !joinsBlankless(lines[i-1].text, line.text):
			w.write(" ", false)
		}
		w.write(line.text, layout.marks(line))
		fresh = false
	}
	return w.finish()
}

// joinsBlankless tells whether a line's end and the next one's beginning meet without a blank: a Han character on one
// side, or a number on both.
func joinsBlankless(before, after string) bool {
	last, first := lastRune([]byte(before)), firstRune(after)
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
	var text strings.Builder
	cell := printedCell{left: line.left}
	bold := 0
	mark, behind := 0, 0 // the ends of the mark of a footnote, and of the raised characters that were looked at
	edge := line.left
	var before *glyph
	for i := range glyphs {
		g := &glyphs[i]
		if before != nil && g.character == before.character && g.left-before.left < 0.2*g.size {
			bold++ // printed twice to look bold
			continue
		}
		if i >= behind && isRaised(g, base, size) {
			mark, behind = markEnd(glyphs, i, base, size, before)
		}
		if i < mark {
			edge = g.right
			continue
		}
		if before != nil {
			gap := g.left - edge
			switch wide := isWide(g.character) || isWide(before.character); {
			case gap > cellGap*size:
				line.cells = append(line.cells, cell)
				cell = printedCell{left: g.left}
				text.WriteByte(' ')
			case wide && isWide(g.character) != isWide(before.character) && gap <= mixedGap*size,
				wide && gap <= blankGap*size, !wide && gap <= blankGap*size/3:
			default:
				text.WriteByte(' ')
				cell.text += " "
			}
		}
		text.WriteRune(g.character)
		cell.text += string(g.character)
		cell.right = max(cell.right, g.right)
		edge = g.right
		line.right = max(line.right, g.right)
		if g.bold {
			bold++
		}
		before = g
	}
	line.cells = append(line.cells, cell)
	line.word = wordWidth(glyphs)
	line.text = text.String()
	line.bold = 2*bold > len(glyphs)
	return line
}

func isRaised(g *glyph, base, size float64) bool { return g.size < 0.75*size && g.base > base+0.1*size }

// markEnd is where the mark of a footnote ends that begins with a raised character, and where the raised characters end.
func markEnd(glyphs []glyph, start int, base, size float64, before *glyph) (mark, raised int) {
	var text strings.Builder
	raised = start
	for raised < len(glyphs) && isRaised(&glyphs[raised], base, size) {
		text.WriteRune(glyphs[raised].character)
		raised++
	}
	if before != nil && isFootnoteMark(before.character, text.String()) {
		return raised, raised
	}
	return start, raised
}

// wordWidth is how wide the part of a line's beginning is that may not be broken: a number, a Latin word, with the marks
// behind it.
func wordWidth(glyphs []glyph) float64 {
	for i, g := range glyphs {
		if isWide(g.character) && (i == 0 || !unicode.IsPunct(g.character)) {
			if i == 0 {
				return 0
			}
			return glyphs[i-1].right - glyphs[0].left
		}
	}
	return glyphs[len(glyphs)-1].right - glyphs[0].left
}

var (
	pageNumber  = lazy.Compile(`^[-—–－·\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*[0-9０-９]{1,4}\s*页?)?[-—–－·\s]*$`)
	digitsOfAny = lazy.Compile(`[0-9０-９]+`)
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
	seen := make(map[string]int) // on how many pages
	last := make(map[string]int) // the page before, from 1
	for i := range lines {
		if text := digitsOfAny.ReplaceAllString(lines[i].text, "#"); ends[i] && last[text] != lines[i].page+1 {
			seen[text]++
			last[text] = lines[i].page + 1
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
	case before.right < l.right-max(shortBy*size, line.word+size):
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

// tableAt reads a table that begins with a line: rows of cells in the columns of its first one, three at least. A line
// that begins behind the first column goes on in the cells above it. It returns the rows, nil for none, and the line behind.
func tableAt(lines []printedLine, start int) (rows [][]string, next int) {
	columns := slices.Clone(lines[start].cells)
	if len(columns) < 2 {
		return nil, start
	}
	rows = [][]string{make([]string, len(columns))}
	for i, cell := range columns {
		rows[0][i] = cell.text
	}
	for next = start + 1; next < len(lines); next++ {
		line, before := &lines[next], &lines[next-1]
		places := placesIn(columns, line.cells)
		switch {
		case places == nil, len(places) == 1 && places[0] == 0:
			return enoughRows(rows), next
		case places[0] == 0:
			rows = append(rows, make([]string, len(columns)))
		case line.page != before.page || before.base-line.base > cellPitch*line.size || !liesIn(columns, places, line.cells):
			return enoughRows(rows), next
		}
		row := rows[len(rows)-1]
		for i, place := range places {
			row[place] += line.cells[i].text
			columns[place].left = min(columns[place].left, line.cells[i].left)
			columns[place].right = max(columns[place].right, line.cells[i].right)
		}
	}
	return enoughRows(rows), next
}

// liesIn tells whether cells reach into no other column than theirs.
func liesIn(columns []printedCell, places []int, cells []printedCell) bool {
	for i, place := range places {
		if place > 0 && cells[i].left < columns[place-1].right || place+1 < len(columns) && cells[i].right > columns[place+1].left {
			return false
		}
	}
	return true
}

// isQuantity tells whether a cell holds a number other than a year, which may name a column.
func isQuantity(cell string) bool {
	number, err := strconv.Atoi(cell)
	return numberCell.MatchString(cell) && (err != nil || number < 1900 || number > 2100)
}

func enoughRows(rows [][]string) [][]string {
	if len(rows) < fewestRows {
		return nil
	}
	return rows
}

// placesIn finds the column of each cell: that which it stands below, or the nearest. It is nil where two cells share one.
func placesIn(columns, cells []printedCell) []int {
	var places []int
	for _, cell := range cells {
		best, least := 0, math.Inf(1)
		for i, column := range columns {
			apart := max(column.left, cell.left) - min(column.right, cell.right) // negative where they overlap
			if apart < least {
				best, least = i, apart
			}
		}
		if len(places) > 0 && best <= places[len(places)-1] {
			return nil
		}
		places = append(places, best)
	}
	return places
}
