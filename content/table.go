package content

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	numberCell  = regexp.MustCompile(`^[-－−]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?$`)
	headerUnit  = regexp.MustCompile(`[（(]([^（）()]+)[)）]$`)
	captionUnit = regexp.MustCompile(`单位[:：]\s*([^\s）)]+)`)
)

// unitHeader is the header of a column that holds the units of the row's numbers.
const unitHeader = "单位"

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
		if i == 0 || !numberCell.MatchString(printed) {
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
