package content

import (
	"strconv"
	"strings"

	"wenbao/content/lazy"
)

var (
	numberCell  = lazy.Compile(`^[-－−]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?$`)
	headerUnit  = lazy.Compile(`[（(]([^（）()]+)[)）]$`)
	captionUnit = lazy.Compile(`单位[:：]\s*([^\s）)]+)`)
)

// unitHeader is the header of a column that holds the units of the row's numbers.
const unitHeader = "单位"

// cellFigures are the figures of a cell that carries its own unit, or a text: 21.3亿元.
func cellFigures(text string, start int, measure Span) []Figure {
	figures := Figures(text)
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
		if header == unitHeader && i < len(p.cells) {
			rowUnit = text[p.cells[i].Start:p.cells[i].End]
		}
	}
	var figures []Figure
	for i, cell := range p.cells {
		printed := text[cell.Start:cell.End]
		if i == 0 {
			continue
		}
		if !numberCell.MatchString(printed) {
			figures = append(figures, cellFigures(printed, cell.Start, p.cells[0])...)
			continue
		}
		number := strings.NewReplacer(",", "", "－", "-", "−", "-").Replace(printed)
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			continue
		}
		unit := rowUnit
		if i < len(p.table.Header) {
			if match := headerUnit.FindStringSubmatch(p.table.Header[i]); match != nil {
				unit = match[1]
			}
		}
		figure := Figure{Span: cell, Kind: Count, Bound: Exact, Measure: p.cells[0]}
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
