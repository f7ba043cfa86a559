package content

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"wenbao/content/lazy"
)

var (
	numberCell  = lazy.Compile(`^[-－−+＋]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?$`)
	headerUnit  = lazy.Compile(`[（(]([^（）()]+)[)）]$|([%％])$`)
	captionUnit = lazy.Compile(`单位[:：]\s*([^\s）)]+)`)
	// unitLine is a line that says no more than the unit of the table below it.
	unitLine = lazy.Compile(`^[（(]?(?:计量|金额)?单位[:：]\s*[^\s）)]{1,12}[)）]?$`)
)

// columnBlock is the part of a table's columns that makes up rows of its own. Most tables have but one; one that is set in
// two halves beside each other, 行业 | 增长 | 行业 | 增长, has two, and each of its lines holds two rows.
type columnBlock struct {
	table      *Table
	start, end int // of the columns; the last block has no end
}

// setHeader names the columns of the open table, whose halves become tables of the same caption.
func (w *manuscriptWriter) setHeader(header []string) {
	w.blocks = nil
	start := 0
	for i := 1; i < len(header); i++ {
		if header[0] == "" || header[i] != header[0] || header[i-1] == header[0] {
			continue // a cell that reaches over several columns names each of them
		}
		w.blocks = append(w.blocks, columnBlock{&Table{Caption: w.table.Caption, Header: header[start:i]}, start, i})
		start = i
	}
	w.table.Header = header[start:]
	w.blocks = append(w.blocks, columnBlock{w.table, start, math.MaxInt})
}

// of are the cells of a row in the block; nil where it is empty there.
func (b columnBlock) of(cells []Span) []Span {
	if b.start >= len(cells) {
		return nil
	}
	row := cells[b.start:min(b.end, len(cells))]
	for len(row) > 0 && row[len(row)-1].Len() == 0 {
		row = row[:len(row)-1]
	}
	return slices.Clip(row)
}

// holdNumber tells whether a row of cells holds a number or a figure.
func holdNumber(text string, cells []Span) bool {
	return slices.ContainsFunc(cells, func(cell Span) bool {
		inside := text[cell.Start:cell.End]
		return numberCell.MatchString(inside) || len(cellFigures(inside, 0, Span{})) > 0 && !headerUnit.MatchString(inside)
	})
}

// nameOf is the cell that names a row: the first one, or the next where the first one numbers the rows, without a word
// that ties it to the row above (其中：住宅).
func nameOf(text string, p *paragraph) Span {
	name := p.cells[0]
	if len(p.cells) > 1 && len(p.table.Header) > 0 && slices.Contains(layoutWords()["row-number"], p.table.Header[0]) {
		name = p.cells[1]
	}
	for _, word := range layoutWords()["of-which"] {
		if strings.HasPrefix(text[name.Start:name.End], word) && name.Len() > len(word) {
			name.Start += len(word)
			return trimBlank(text, name)
		}
	}
	return name
}

// cellFigures are the figures of a cell that carries its own unit, or a text: 21.3亿元.
func cellFigures(text string, start int, measure Span) []Figure {
	figures := slices.DeleteFunc(Figures(text), func(f Figure) bool { return multiplierLength(text[f.Start:f.End]) > 0 }) // 亿元 is a unit
	for i := range figures {
		figures[i].Start += start
		figures[i].End += start
		figures[i].Measure = measure
	}
	return figures
}

// rowFigures are the numbers of a table's row. Their unit stands in the column's header, in the row's cell under 单位, or
// in the caption.
func rowFigures(text string, p *paragraph) []Figure {
	rowUnit := ""
	if match := captionUnit.FindStringSubmatch(p.table.Caption); match != nil {
		rowUnit = match[1]
	}
	for i, header := range p.table.Header {
		if slices.Contains(layoutWords()["unit-column"], header) && i < len(p.cells) {
			rowUnit = strings.Join(strings.Fields(text[p.cells[i].Start:p.cells[i].End]), "")
		}
	}
	var figures []Figure
	name := nameOf(text, p)
	for i, cell := range p.cells {
		printed := text[cell.Start:cell.End]
		if cell.End <= name.End {
			continue
		}
		if !numberCell.MatchString(printed) {
			figures = append(figures, cellFigures(printed, cell.Start, name)...)
			continue
		}
		number := strings.NewReplacer(",", "", "－", "-", "−", "-", "＋", "+").Replace(printed)
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			continue
		}
		unit := rowUnit
		if i < len(p.table.Header) {
			if match := headerUnit.FindStringSubmatch(p.table.Header[i]); match != nil {
				unit = match[1] + match[2]
			}
		}
		figure := Figure{Span: cell, Kind: Count, Bound: Exact, Measure: name}
		multiplier := multiplierLength(unit)
		if scale, ok := ChineseNumeral(unit[:multiplier]); ok {
			value *= scale
		}
		if !isFinite(value) {
			continue
		}
		figure.Value, figure.Unit = value, unit[multiplier:]
		if known, kind, ok := UnitAt(figure.Unit, false); ok && known == figure.Unit {
			figure.Kind = kind
		}
		figures = append(figures, figure)
	}
	return figures
}
