// Package linebreak breaks paragraphs into rows by the rules of Chinese print.
//
// A [bot.Line] comes in with the width of a row, in whatever unit the caller measures characters in (the columns of a
// terminal, the pixels of a picture), and the rows go out, each of them a line again.
package linebreak

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"wenbao/bot"
)

// Measure is how wide a character is: a grapheme cluster, as a reader sees it, in the style of its run.
type Measure func(character string, style bot.Style) int

// cell is a character as a reader sees it, in one style.
type cell struct {
	text  string
	style bot.Style
	width int
}

func cells(line bot.Line, measure Measure) []cell {
	var cells []cell
	for _, run := range line {
		graphemes := displaywidth.StringGraphemes(run.Text)
		for graphemes.Next() {
			cells = append(cells, cell{graphemes.Value(), run.Style, measure(graphemes.Value(), run.Style)})
		}
	}
	return cells
}

// Wrap breaks a line into rows of at most a width: any two characters may part, but no row begins with a closing mark or
// ends with an opening one, and words, numbers and figures stay whole unless they are longer than a row. Rows after the
// first are indented under what follows the item's number, by blanks. A width of 0 means without end.
func Wrap(line bot.Line, width int, measure Measure) []bot.Line {
	if width <= 0 {
		return []bot.Line{line}
	}
	indent := 0
	if len(line) > 0 && line[0].Style == bot.Number {
		for _, c := range cells(line[:1], measure) {
			indent += c.width
		}
	}
	if indent > width/2 {
		indent = 0
	}
	blanks := strings.Repeat(" ", indent/max(1, measure(" ", bot.Number)))
	var rows []bot.Line
	row, column := []cell(nil), 0
	next := func() {
		rows = append(rows, join(row))
		row, column = nil, indent
		if indent > 0 {
			row = []cell{{blanks, bot.Number, indent}}
		}
	}
	for rest := cells(line, measure); len(rest) > 0; {
		whole, length := 1, rest[0].width
		for whole < len(rest) && !mayPart(rest[whole-1], rest[whole]) {
			length += rest[whole].width
			whole++
		}
		if column+length > width && column > indent {
			next()
			if rest[0].text == " " {
				rest = rest[1:]
				continue
			}
		}
		for _, c := range rest[:whole] {
			if column+c.width > width && column > indent { // longer than a row: it parts where the row ends
				next()
			}
			row, column = append(row, c), column+c.width
		}
		rest = rest[whole:]
	}
	if len(row) > 0 || len(rows) == 0 {
		rows = append(rows, join(row))
	}
	return rows
}

// join turns cells back into runs, without the blanks at the end.
func join(row []cell) bot.Line {
	for len(row) > 0 && row[len(row)-1].text == " " {
		row = row[:len(row)-1]
	}
	var line bot.Line
	for _, c := range row {
		if len(line) > 0 && line[len(line)-1].Style == c.style {
			line[len(line)-1].Text += c.text
			continue
		}
		line = append(line, bot.Run{Text: c.text, Style: c.style})
	}
	return line
}

func mayPart(before, after cell) bool {
	a, _ := utf8.DecodeLastRuneInString(before.text)
	b, _ := utf8.DecodeRuneInString(after.text)
	switch {
	case before.style == bot.Figure && after.style == bot.Figure:
		return false
	case closes(b) || opens(a):
		return false
	case inWord(a) && inWord(b):
		return false
	case a == b && (a == '—' || a == '…'):
		return false
	case b == '(' && strings.ContainsRune("一二三四五六七八九十", a), a == '/': // 四(三), /目录
		return false
	}
	return true
}

func opens(r rune) bool { return unicode.In(r, unicode.Ps, unicode.Pi) }

func closes(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pf) || strings.ContainsRune("，。；：、！？,;:!?…·%％‰℃", r)
}

func inWord(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("+-./_", r))
}
