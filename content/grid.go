package content

import "strings"

const (
	longestCell = 200 // in runes; a longer one is text that a table lays out on the page
	widestTable = 64  // columns
)

// gridCell is a cell of a table, in each of the columns and rows that it reaches over.
type gridCell struct {
	text    string
	header  bool
	repeats bool // it reaches here from the column before
	above   bool // it reaches here from the row above
}

// grid writes a table, laid out in rows and columns. A cell that reaches over several columns names each of them in the
// header and is written once in a row; one that reaches over several rows is written in each, so that a row says by itself
// what it is about.
func (w *manuscriptWriter) grid(rows [][]gridCell) {
	w.endTable()
	if header := headerRows(rows); header > 1 {
		for _, row := range rows[:header] {
			w.line = append(w.line, strings.Join(strings.Fields(strings.Join(printed(row), " ")), " ")...)
			w.unread()
		}
		w.header(joinHeader(rows[:header]))
		rows = rows[header:]
	}
	for _, row := range rows {
		w.row(printed(row))
	}
	w.endTable()
}

// headerRows is how many rows at the top name the columns: those of header cells; otherwise the first, and with it those
// that its cells reach down to.
func headerRows(grid [][]gridCell) int {
	rows := 0
	for _, row := range grid {
		if !row[len(row)-1].header || !row[min(1, len(row)-1)].header {
			break
		}
		rows++
	}
	if rows > 0 || len(grid) == 0 {
		return min(rows, len(grid))
	}
	rows = 1
	for rows < len(grid) {
		reached := false
		for _, cell := range grid[rows] {
			reached = reached || cell.above
		}
		if !reached || hasNumber(grid[rows]) {
			break
		}
		rows++
	}
	return rows
}

func hasNumber(row []gridCell) bool {
	for _, cell := range row {
		if numberCell.MatchString(cell.text) {
			return true
		}
	}
	return false
}

// printed are the texts of a row, each in the first of its columns.
func printed(row []gridCell) []string {
	texts := make([]string, len(row))
	for i, cell := range row {
		if !cell.repeats {
			texts[i] = cell.text
		}
	}
	return texts
}

// joinHeader names each column by what stands above it: 地区生产总值 绝对数（亿元）.
func joinHeader(rows [][]gridCell) []string {
	var labels []string
	for _, row := range rows {
		for i, cell := range row {
			for len(labels) <= i {
				labels = append(labels, "")
			}
			label := strings.Join(strings.Fields(cell.text), "")
			if !strings.HasSuffix(labels[i], label) {
				labels[i] += label
			}
		}
	}
	return labels
}
