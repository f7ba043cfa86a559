package content

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// wordLevels is how many levels a list of Word has.
const wordLevels = 9

// wordNumbering counts the items of a document's lists, whose numbers stand nowhere in its text.
type wordNumbering struct {
	lists  map[string]*wordList // by what paragraphs name them by
	shapes map[string]*wordList // by what lists name their shape by
}

// wordList is a list, or the shape that lists share; lists of one shape count on from one another.
type wordList struct {
	levels [wordLevels]wordLevel
	counts *[wordLevels]int
}

type wordLevel struct {
	format, pattern string // pattern: %1、
	start           int
}

// readWordNumbering reads the part with the lists; there may be none.
func readWordNumbering(parts *wordParts, name string) (*wordNumbering, error) {
	reader := wordNumberingReader{wordNumbering: wordNumbering{make(map[string]*wordList), make(map[string]*wordList)}}
	if parts.has(name) {
		if err := parts.read(name, &reader); err != nil {
			return nil, err
		}
	}
	return &reader.wordNumbering, nil
}

type wordNumberingReader struct {
	wordNumbering
	list  *wordList // that is being read
	id    string
	level int
}

func (r *wordNumberingReader) start(element xml.StartElement) {
	value := attribute(element, "val")
	switch element.Name.Local {
	case "abstractNum":
		r.list = &wordList{counts: new([wordLevels]int)}
		r.shapes[attribute(element, "abstractNumId")] = r.list
	case "num":
		r.id, r.list = attribute(element, "numId"), nil
	case "abstractNumId":
		if shape, ok := r.shapes[value]; ok && r.id != "" {
			list := *shape
			r.list = &list
			r.lists[r.id] = r.list
		}
	case "lvl", "lvlOverride":
		r.level = levelValue(attribute(element, "ilvl"))
		if element.Name.Local == "lvlOverride" && r.list != nil {
			r.list.counts = new([wordLevels]int)
		}
	case "start", "startOverride":
		if start, err := strconv.Atoi(value); err == nil && r.list != nil {
			r.list.levels[r.level].start = start
		}
	case "numFmt":
		if r.list != nil {
			r.list.levels[r.level].format = value
		}
	case "lvlText":
		if r.list != nil {
			r.list.levels[r.level].pattern = value
		}
	}
}

func (*wordNumberingReader) end(string)  {}
func (*wordNumberingReader) text(string) {}

func levelValue(value string) int {
	level, err := strconv.Atoi(value)
	if err != nil || level < 0 || level >= wordLevels {
		return 0
	}
	return level
}

func spanValue(value string) int {
	span, err := strconv.Atoi(value)
	if err != nil || span < 1 {
		return 1
	}
	return min(span, widestTable)
}

// next counts an item of a list and returns its number as printed: 一、; "" where the paragraph is none, or has a bullet.
func (n *wordNumbering) next(id, item string) string {
	list, ok := n.lists[id]
	if !ok {
		return ""
	}
	at := levelValue(item)
	list.counts[at]++
	clear(list.counts[at+1:])
	level := list.levels[at]
	if level.format == "bullet" || level.format == "none" || level.format == "" {
		return ""
	}
	printed := level.pattern
	for i := range at + 1 {
		number := list.levels[i].start + max(list.counts[i], 1) - 1
		printed = strings.ReplaceAll(printed, "%"+strconv.Itoa(i+1), wordNumber(list.levels[i].format, number))
	}
	if last, _ := utf8.DecodeLastRuneInString(printed); printed != "" && last < utf8.RuneSelf && last != ')' {
		printed += " "
	}
	return printed
}

// wordNumber writes a number in a format of Word.
func wordNumber(format string, number int) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand", "taiwaneseCounting", "ideographDigital":
		return printChinese(number)
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(max(number, 0)))
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if number >= 1 && number <= 20 {
			return string(rune('①' + number - 1))
		}
	case "upperLetter":
		return string(rune('A' + (max(number, 1)-1)%26))
	case "lowerLetter":
		return string(rune('a' + (max(number, 1)-1)%26))
	}
	return strconv.Itoa(number)
}

// printChinese writes a number below a hundred in Chinese numerals, 二十一, as the numbers of headings are.
func printChinese(number int) string {
	const digits = "〇一二三四五六七八九"
	digit := func(n int) string { return digits[3*n : 3*n+3] }
	switch {
	case number < 0 || number >= 100:
		return strconv.Itoa(number)
	case number < 10:
		return digit(number)
	}
	printed := "十"
	if number >= 20 {
		printed = digit(number/10) + printed
	}
	if number%10 > 0 {
		printed += digit(number % 10)
	}
	return printed
}
