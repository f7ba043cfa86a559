package content

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// longestSpan is how many rows a cell may reach over.
const longestSpan = 512

// isData tells whether a table holds data rather than lays out the page: two rows and columns or more, short cells, no
// table inside.
func isData(table *html.Node) bool {
	rows, wide := 0, false
	for node := range table.Descendants() {
		switch node.DataAtom {
		case atom.Table:
			return false
		case atom.Tr:
			rows++
			cells := 0
			for cell := range node.ChildNodes() {
				if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
					cells++
				}
			}
			wide = wide || cells > 1
		case atom.Td, atom.Th:
			if utf8.RuneCountInString(strings.TrimSpace(textContent(node))) > longestCell {
				return false
			}
		}
	}
	return rows > 1 && wide
}

// dataTable writes the rows of a table.
func (r *htmlReader) dataTable(table *html.Node) {
	r.endTable()
	if caption := find(table, atom.Caption); caption != nil {
		r.children(caption)
		r.newLine()
	}
	r.grid(gridOf(table))
}

// gridOf lays out a table's cells in rows and columns.
func gridOf(table *html.Node) [][]gridCell {
	var grid [][]gridCell
	type pending struct {
		cell gridCell
		rows int
	}
	var below []pending // by column: what reaches down from the rows above
	for row := range table.Descendants() {
		if row.DataAtom != atom.Tr {
			continue
		}
		var cells []gridCell
		reach := func() {
			for at := len(cells); at < len(below) && below[at].rows > 0; at = len(cells) {
				below[at].rows--
				cells = append(cells, below[at].cell)
			}
		}
		for node := range row.ChildNodes() {
			if node.DataAtom != atom.Td && node.DataAtom != atom.Th {
				continue
			}
			reach()
			cell := gridCell{text: cellText(node), header: node.DataAtom == atom.Th || node.Parent.Parent.DataAtom == atom.Thead}
			rows := spanOf(node, "rowspan", longestSpan)
			for range spanOf(node, "colspan", widestTable) {
				if len(cells) >= widestTable {
					break
				}
				at := len(cells)
				cells = append(cells, cell)
				for len(below) <= at {
					below = append(below, pending{})
				}
				below[at] = pending{cell, rows - 1}
				below[at].cell.above = true
				cell.repeats = true
			}
		}
		reach()
		if len(cells) > 0 {
			grid = append(grid, cells)
		}
	}
	return grid
}

func spanOf(node *html.Node, key string, most int) int {
	span, err := strconv.Atoi(strings.TrimSpace(attributeOf(node, key)))
	if err != nil || span < 1 {
		return 1
	}
	return min(span, most)
}

// cellText is the text of a cell on one line.
func cellText(cell *html.Node) string {
	var w manuscriptWriter
	reader := htmlReader{manuscriptWriter: &w}
	reader.children(cell)
	reader.newLine()
	return strings.TrimSpace(w.text.String())
}
