package content

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"wenbao/content/lazy"
)

// tableTransformer takes the tables of GitHub's Markdown out of paragraphs: a row, a line of dashes with no fewer cells,
// and the rows that follow. Goldmark's own extension does that too, and takes 4 ms of every start of a program that
// holds it, for the expressions that find links.
type tableTransformer struct{}

// Transform puts a table behind the paragraph, which keeps the lines that stand before it.
func (tableTransformer) Transform(paragraph *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines, source := paragraph.Lines(), reader.Source()
	for at := 1; at < lines.Len(); at++ {
		columns, ok := dashedColumns(lines.At(at), source)
		if !ok {
			continue
		}
		header := splitRow(lines.At(at-1), source)
		if len(header) > columns {
			return
		}
		table := tables.NewTable()
		table.AppendChild(table, tables.NewTableHeader(tableRow(header, columns)))
		for row := at + 1; row < lines.Len(); row++ {
			table.AppendChild(table, tableRow(splitRow(lines.At(row), source), columns))
		}
		parent := paragraph.Parent()
		parent.InsertAfter(parent, paragraph, table)
		lines.SetSliced(0, at-1)
		if lines.Len() == 0 {
			parent.RemoveChild(parent, paragraph)
			return
		}
		last := lines.At(at - 2)
		lines.Set(at-2, last.TrimRightSpace(source))
		return
	}
}

// dashedCell is a cell of the line between a table's head and its rows; colons tell how the column is aligned.
var dashedCell = lazy.Compile(`^:?-+:?$`)

// dashedColumns counts the cells of the line of dashes.
func dashedColumns(line text.Segment, source []byte) (int, bool) {
	cells := splitRow(line, source)
	for _, cell := range cells {
		if !dashedCell.MatchString(string(cell.Value(source))) {
			return 0, false
		}
	}
	return len(cells), len(cells) > 0
}

// tableRow makes a row of as many cells as the table has columns.
func tableRow(cells []text.Segment, columns int) *tables.TableRow {
	row := tables.NewTableRow(nil)
	for column := range columns {
		cell := tables.NewTableCell()
		if column < len(cells) {
			cell.Lines().Append(cells[column])
		}
		row.AppendChild(row, cell)
	}
	return row
}

// splitRow splits a row at its bars, but for those behind a backslash.
func splitRow(line text.Segment, source []byte) []text.Segment {
	line = line.TrimLeftSpace(source)
	line = line.TrimRightSpace(source)
	row := line.Value(source)
	start, end := 0, len(row)
	if bytes.HasPrefix(row, []byte("|")) {
		start++
	}
	if end > start && row[end-1] == '|' {
		end--
	}
	var cells []text.Segment
	for start < end {
		stop := start
		for stop < end && (row[stop] != '|' || stop > 0 && row[stop-1] == '\\') {
			stop++
		}
		cell := text.NewSegment(line.Start+start, line.Start+stop)
		cell = cell.TrimLeftSpace(source)
		cells = append(cells, cell.TrimRightSpace(source))
		start = stop + 1
	}
	return cells
}
