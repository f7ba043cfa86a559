package picture

import (
	"image/color"
	"math"
	"strings"
	"unicode/utf8"

	"wenbao/bot"
	"wenbao/bot/linebreak"
)

// margin is what stays free at the sides of a page.
const margin = 64.0

// page is a scene that is being laid out from top to bottom.
type page struct {
	*typesetter
	scene   *scene
	palette palette
	y       float64 // where the next thing begins
}

func newPage(fonts *fonts, look Look) *page {
	colours := paletteOf(look.Dark)
	return &page{
		typesetter: newTypesetter(fonts), scene: &scene{width: pictureWidth, palette: colours}, palette: colours,
	}
}

func (p *page) add(s shape) { p.scene.shapes = append(p.scene.shapes, s) }

// addBox adds a box with its edges on whole pixels, so that they are sharp.
func (p *page) addBox(b box) {
	b.left, b.top, b.right, b.bottom = math.Round(b.left), math.Round(b.top), math.Round(b.right), math.Round(b.bottom)
	p.add(b)
}

// finish ends the page below what has been laid out.
func (p *page) finish() { p.scene.height = math.Ceil(p.y + margin) }

// rule draws a line from side to side.
func (p *page) rule() {
	p.addBox(box{area: area{margin, p.y, pictureWidth - margin, p.y + 2}, fill: p.palette.rule})
	p.y += 2
}

// paragraph is text to be broken into rows.
type paragraph struct {
	line   bot.Line // runs of style Figure are bold
	size   float64  // of an em
	height float64  // of a row, in ems
	ink    color.RGBA
	figure color.RGBA // the ink of figures
	mark   bool       // draw a ground behind figures
	most   int        // rows; the last of them ends with … where there would be more
	even   bool       // make the rows about equally long
}

// plain is a paragraph of one style.
func plain(said string, size float64, ink color.RGBA, most int) paragraph {
	return paragraph{line: bot.Line{{Text: said}}, size: size, height: 1.4, ink: ink, figure: ink, most: most}
}

// narrowest is how many of the narrowest characters (i, l, a full stop) fit an em, rounded up.
const narrowest = 5

// unit is what widths are rounded to for breaking lines, in parts of a pixel.
const unit = 64

// rows breaks a paragraph at a width.
func (p *page) rows(para paragraph, width float64) []bot.Line {
	line := make(bot.Line, 0, len(para.line))
	room := para.most * int(width/para.size*narrowest) // for characters that could be shown
	for _, run := range para.line {
		characters := []rune(p.printable(run.Text))
		line = append(line, bot.Run{Text: string(characters[:min(len(characters), room)]), Style: run.Style})
		room -= min(len(characters), room)
	}
	measure := func(character string, style bot.Style) int {
		return int(math.Ceil(p.width(character, weightOf(style)) * para.size * unit))
	}
	rows := linebreak.Wrap(line, int(width*unit), measure)
	if len(rows) > para.most {
		rows = rows[:para.most]
		rows[para.most-1] = p.shorten(rows[para.most-1], width/para.size)
	}
	return rows
}

// evenRows breaks a paragraph of one style at the last blank or the … in it where that gives two rows; otherwise at the
// least width at which it has no more rows, so that none of them holds but a character or two.
func (p *page) evenRows(para paragraph, width float64) []bot.Line {
	rows := p.rows(para, width)
	if len(rows) < 2 || p.isCut(rows) {
		return rows
	}
	for _, mark := range []string{" ", dots} {
		said := p.printable(para.line[0].Text)
		at := strings.LastIndex(said, mark) + len(mark)
		halves := []bot.Line{{{Text: strings.TrimSuffix(said[:at], " ")}}, {{Text: said[at:]}}}
		if at > len(mark) && at < len(said) && len(rows) == 2 &&
			p.rowWidth(halves[0])*para.size <= width && p.rowWidth(halves[1])*para.size <= width {
			return halves
		}
	}
	narrow, wide := width/float64(len(rows)), width
	for wide-narrow > para.size/4 {
		middle := (narrow + wide) / 2
		if narrower := p.rows(para, middle); len(narrower) > len(rows) || p.isCut(narrower) {
			narrow = middle
		} else {
			wide, rows = middle, narrower
		}
	}
	return rows
}

// isCut tells whether the last of some rows ends with …, as that of a paragraph does which has more of them.
func (p *page) isCut(rows []bot.Line) bool {
	last := rows[len(rows)-1]
	return len(last) > 0 && strings.HasSuffix(last[len(last)-1].Text, dots)
}

// dots stand where something was left out.
const dots = "…"

// shorten takes characters off the end of a row until … fits behind it. The width is in ems. What is left does not end
// with a part of a number, which would be another number.
func (p *page) shorten(row bot.Line, width float64) bot.Line {
	for len(row) > 0 {
		last := &row[len(row)-1]
		if p.rowWidth(row)+p.width(dots, regular) <= width && !strings.ContainsAny(last.Text[len(last.Text)-1:], "0123456789.,") {
			break
		}
		_, size := utf8.DecodeLastRuneInString(last.Text)
		last.Text = last.Text[:len(last.Text)-size]
		if last.Text == "" || last.Style == bot.Figure {
			row = row[:len(row)-1]
		}
	}
	return append(row, bot.Run{Text: dots})
}

// rowWidth is how wide a row is in ems.
func (p *page) rowWidth(row bot.Line) float64 {
	sum := 0.0
	for _, run := range row {
		sum += p.width(run.Text, weightOf(run.Style))
	}
	return sum
}

func weightOf(style bot.Style) weight {
	if style == bot.Figure {
		return bold
	}
	return regular
}

// set lays out a paragraph with its upper left corner at a place, and returns its height.
func (p *page) set(para paragraph, x, y, width float64) float64 {
	rows := p.rows(para, width)
	if para.even {
		rows = p.evenRows(para, width)
	}
	for i, row := range rows {
		p.setRow(para, row, x, p.baseline(para, y, i))
	}
	return float64(len(rows)) * para.size * para.height
}

// hanShare is how much of an em a Han character has above the baseline.
const hanShare = 0.88

// baseline is where a row of a paragraph stands: its characters are in the middle of the row's height.
func (p *page) baseline(para paragraph, y float64, row int) float64 {
	return y + para.size*(float64(row)*para.height+(para.height-1)/2+hanShare)
}

func (p *page) setRow(para paragraph, row bot.Line, x, baseline float64) {
	for _, run := range row {
		if run.Text == "" {
			continue
		}
		heavy, ink := p.heaviest(run.Text, weightOf(run.Style)), para.ink
		width := p.width(run.Text, heavy) * para.size
		if run.Style == bot.Figure {
			ink = para.figure
			if para.mark {
				p.addBox(box{
					area:   area{x - 2, baseline - 0.96*para.size, x + width + 2, baseline + 0.24*para.size},
					radius: 6, fill: p.palette.mark,
				})
			}
		}
		p.add(text{x: x, baseline: baseline, width: width, size: para.size, weight: heavy, fill: ink, characters: run.Text})
		x += width
	}
}

// put lays out a paragraph from margin to margin below what is there.
func (p *page) put(para paragraph) { p.y += p.set(para, margin, p.y, pictureWidth-2*margin) }
