package content

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"wenbao/content/lexicon"
)

// A unit of figures, read from lexicon/units.txt.
type unit struct {
	text     string
	kind     Kind
	chinese  bool   // counts behind a Chinese numeral too
	ordinal  bool   // only behind 第
	unlessIn string // runes that make it no unit when one of them follows
}

// figureWords are the words by which figures are read.
type figureWords struct {
	units   []unit // longest first
	before  []boundWord
	after   []boundWord
	article string // runes behind which an 一 counts nothing
	speed   []string
}

type boundWord struct {
	text  string
	bound Bound
}

var figureLexicon = sync.OnceValue(func() *figureWords {
	words := &figureWords{}
	for entry := range lexicon.Entries("units.txt") {
		u := unit{text: entry[0], kind: Kind(entry[1])}
		for _, option := range entry[2:] {
			switch {
			case option == "chinese":
				u.chinese = true
			case option == "ordinal":
				u.ordinal = true
			default:
				u.unlessIn += strings.TrimPrefix(option, "!")
			}
		}
		words.units = append(words.units, u)
	}
	slices.SortStableFunc(words.units, func(a, b unit) int { return len(b.text) - len(a.text) })
	for entry := range lexicon.Entries("bounds.txt") {
		bound, side := Bound(entry[0]), entry[1]
		for _, word := range entry[2:] {
			switch {
			case bound == "article":
				words.article += word
			case bound == "speed":
				words.speed = append(words.speed, word)
			case side == "before":
				words.before = append(words.before, boundWord{word, bound})
			default:
				words.after = append(words.after, boundWord{word, bound})
			}
		}
	}
	longestFirst := func(a, b boundWord) int { return len(b.text) - len(a.text) }
	slices.SortStableFunc(words.before, longestFirst)
	slices.SortStableFunc(words.after, longestFirst)
	return words
})

var (
	digitsPattern     = regexp.MustCompile(`^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?`)
	wideDigitsPattern = regexp.MustCompile(`^[0-9０-９]+(?:[.．][0-9０-９]+)?`)
	chinesePattern    = regexp.MustCompile(`^[` + chineseNumerals + `]+`)
	multiplierPattern = regexp.MustCompile(`^(?:[十百千]?万?亿|[十百千]?万|[十百千])`)
	ratioPattern      = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?(?:[:：∶][0-9]+(?:\.[0-9]+)?){1,2}`)
	slashPattern      = regexp.MustCompile(`^([1-9][0-9]?)/([1-9][0-9]?)`)
	datePattern       = regexp.MustCompile(`^(?:((?:19|20)[0-9]{2})年)?(?:([0-9]{1,2})月(?:份|底|初)?(?:([0-9]{1,2})日)?)?`)
	chineseYear       = regexp.MustCompile(`^[一二][〇零一二三四五六七八九]{3}年`)
	dayPattern        = regexp.MustCompile(`^([0-9]{1,2})日`)
	rangePattern      = regexp.MustCompile(`^[-—–~～至]+(?:[0-9]+(?:\.[0-9]+)?)`)
	latinPattern      = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9.+\-·]*`)
	fractionPattern   = regexp.MustCompile(`^([` + chineseNumerals + `]+|百)分之([` + chineseNumerals + `]+|[0-9.]+)`)
)

// findFigures finds the figures of a sentence: numbers in digits or Chinese numerals together with what they count.
// Numbers that are part of a name are none: 5G, M2, “十四五”, 《…2021—2023年…》, and whatever stands in quotation marks.
func findFigures(text string, sentence Span) []Figure {
	words := figureLexicon()
	var figures []Figure
	for at := sentence.Start; at < sentence.End; {
		rest := text[at:sentence.End]
		r, size := utf8.DecodeRuneInString(rest)
		switch r {
		case '“', '《', '‘', '「': // a name or a slogan; its numbers count nothing
			if closing := strings.IndexRune(rest, closingOf(r)); closing > 0 {
				at += closing
				continue
			}
		}
		if r < utf8.RuneSelf && unicode.IsLetter(r) {
			at += len(latinPattern.FindString(rest))
			continue
		}
		if !beginsNumber(r) {
			at += size
			continue
		}
		figure, consumed := words.figureAt(text, at, sentence)
		if figure != nil {
			figures = append(figures, *figure)
		}
		at += max(size, consumed)
	}
	return figures
}

// beginsNumber tells whether a number, or an ordinal, may begin with a rune.
func beginsNumber(r rune) bool {
	return r >= '0' && r <= '9' || r >= '０' && r <= '９' || r == '第' || strings.ContainsRune(chineseNumerals, r)
}

// Figures finds the figures of a text that stands alone, such as a question: the same as those of a report's sentence.
func Figures(text string) []Figure { return findFigures(text, Span{0, len(text)}) }

func closingOf(opening rune) rune {
	at := strings.IndexRune(openingMarks, opening)
	return []rune(closingMarks)[utf8.RuneCountInString(openingMarks[:at])]
}

// figureAt reads the figure that starts at an offset. Without one it returns nil and how many bytes to pass over.
func (w *figureWords) figureAt(text string, at int, sentence Span) (*Figure, int) {
	rest := text[at:sentence.End]
	if match := fractionPattern.FindStringSubmatch(rest); match != nil && !isDigit(rest[0]) {
		return w.finish(text, at, len(match[0]), sentence, Figure{Value: fraction(match[1], match[2]), Unit: "%", Kind: Percent}), len(match[0])
	}
	if match := chineseYear.FindString(rest); match != "" {
		year, _ := ChineseNumeral(strings.TrimSuffix(match, "年"))
		return w.finish(text, at, len(match), sentence, Figure{Value: year * 10000, Unit: "年", Kind: Date}), len(match)
	}
	if isDigit(rest[0]) {
		if date, length := readDate(rest); length > 0 {
			return w.finish(text, at, length, sentence, date), length
		}
		if figure, length := readRatio(rest); length > 0 {
			return w.finish(text, at, length, sentence, figure), length
		}
	}

	ordinalLength := 0
	if strings.HasPrefix(rest, "第") {
		ordinalLength = len("第")
	}
	value, length, chinese := readNumber(rest[ordinalLength:])
	if length == 0 {
		return nil, 0
	}
	length += ordinalLength
	numeral := rest[ordinalLength:length]
	if chinese && ordinalLength == 0 {
		// 唯一一家: only a year is written digit by digit, so the last digit is the number.
		if runes := []rune(numeral); len(runes) > 1 && !strings.ContainsAny(numeral, chineseMultipliers) {
			skipped := len(string(runes[:len(runes)-1]))
			return nil, skipped
		}
		if previous, _ := utf8.DecodeLastRuneInString(text[sentence.Start:at]); numeral == "一" && strings.ContainsRune(w.article, previous) {
			return nil, length
		}
	}
	if next, _ := utf8.DecodeRuneInString(rest[length:]); next < utf8.RuneSelf && unicode.IsLetter(next) {
		if _, ok := w.unitAt(rest[length:], false, false); !ok {
			return nil, length + len(latinPattern.FindString(rest[length:])) // 5G
		}
	}
	multiplied := chinese && strings.ContainsAny(numeral, "百千万亿")
	inner := false
	if !chinese && ordinalLength == 0 {
		var multiplier float64
		var passed int
		multiplier, passed, inner = w.multiplierAt(rest[length:])
		value = scaled(value, multiplier)
		length += passed
		multiplied = passed > 0 && multiplier > 1
	}
	if next, size := utf8.DecodeRuneInString(rest[length:]); ordinalLength == 0 && !inner && (next == '余' || next == '多' || next == '来') {
		if u, ok := w.unitAt(rest[length+size:], chinese, false); ok && u.kind != Percent {
			length += size
			inner = true
		}
	}

	figure := Figure{Value: value}
	u, ok := w.unitAt(rest[length:], chinese, ordinalLength > 0)
	switch {
	case ok:
		// 百 and 千 alone are numerals only of money; 百家, 千户 are words, and so is 万元 in 万元产值.
		if first, _ := utf8.DecodeRuneInString(numeral); chinese && u.kind != Money && strings.ContainsRune("百千万亿", first) ||
			numeral == "万" && w.boundOf(text[sentence.Start:at], rest[length+len(u.text):]) == Exact {
			return nil, length
		}
		length += len(u.text)
		figure.Unit, figure.Kind = strings.Map(toASCII, u.text), u.kind
	case ordinalLength > 0 && !startsWithHan(rest[length:]):
		figure.Unit, figure.Kind = "位", Rank // 居全省第一
	case multiplied && !chinese:
		figure.Kind = Count // 突破3万; 3.3万贫困人口
	default:
		if match := rangePattern.FindString(rest[length:]); match != "" && !chinese {
			// 6%—6.5% is handled below; 3—5年, 11-12月 and the like take the unit of the second number.
			multiplier, passed, _ := w.multiplierAt(rest[length+len(match):])
			if u, ok := w.unitAt(rest[length+len(match)+passed:], false, false); ok {
				figure.Unit, figure.Kind, figure.Value = strings.Map(toASCII, u.text), u.kind, scaled(value, multiplier)
				length += len(match) + passed + len(u.text)
				break
			}
		}
		return nil, length
	}
	if match := rangePattern.FindString(rest[length:]); match != "" {
		if second, ok := w.unitAt(rest[length+len(match):], false, false); ok && second.kind == figure.Kind {
			length += len(match) + len(second.text)
		}
	}
	if figure.Kind == Size && w.isSpeed(text[sentence.Start:at]) {
		figure.Kind = Speed
	}
	if figure.Kind == Count && strings.HasSuffix(text[sentence.Start:at], "前") {
		figure.Kind = Rank // 前10位
	}
	if inner {
		figure.Bound = Over
	}
	return w.finish(text, at, length, sentence, figure), length
}

// multiplierAt reads what stands between a number and its unit: blanks, 余 or 多, and a multiplier: of 3600多亿元 all up to
// 元. A unit that begins like a multiplier (千瓦, 千伏) is none.
func (w *figureWords) multiplierAt(text string) (multiplier float64, length int, inner bool) {
	blank := 0
	if next, size := utf8.DecodeRuneInString(text); next == ' ' || next == '\u00a0' {
		blank = size
	}
	if _, ok := w.unitAt(text[blank:], false, false); ok {
		return 1, blank, false
	}
	rest := text[blank:]
	if next, size := utf8.DecodeRuneInString(rest); next == '余' || next == '多' || next == '来' {
		if match := multiplierPattern.FindString(rest[size:]); match != "" {
			multiplier, _ = ChineseNumeral(match)
			return multiplier, blank + size + len(match), true
		}
	}
	match := multiplierPattern.FindString(rest)
	if match == "" {
		return 1, 0, false
	}
	multiplier, _ = ChineseNumeral(match)
	return multiplier, blank + len(match), false
}

// scaled multiplies without the noise of binary fractions: 19.1 times 亿 is 1910000000.
func scaled(value, multiplier float64) float64 {
	product, err := strconv.ParseFloat(strconv.FormatFloat(value*multiplier, 'g', 15, 64), 64)
	if err != nil {
		return value * multiplier
	}
	return product
}

// readRatio reads 2.31:1 and 1/3. A ratio's value is its first number over its second one.
func readRatio(text string) (Figure, int) {
	if match := slashPattern.FindStringSubmatch(text); match != nil {
		if next, _ := utf8.DecodeRuneInString(text[len(match[0]):]); next != '/' && next != '.' && !strings.ContainsRune("0123456789"+chineseMultipliers, next) {
			above, _ := strconv.ParseFloat(match[1], 64)
			below, _ := strconv.ParseFloat(match[2], 64)
			if above < below {
				return Figure{Value: above / below * 100, Unit: "%", Kind: Percent}, len(match[0])
			}
		}
	}
	match := ratioPattern.FindString(text)
	if match == "" || !strings.Contains(match, ".") && !strings.HasSuffix(match, "1") {
		return Figure{}, 0 // 9:30 is a time
	}
	parts := strings.FieldsFunc(match, func(r rune) bool { return strings.ContainsRune(":：∶", r) })
	first, _ := strconv.ParseFloat(parts[0], 64)
	second, _ := strconv.ParseFloat(parts[1], 64)
	if next, _ := utf8.DecodeRuneInString(text[len(match):]); second == 0 || unicode.IsDigit(next) || next == '%' {
		return Figure{}, 0
	}
	return Figure{Value: first / second, Kind: Count}, len(match)
}

// finish fills in where the figure stands, what bounds it and what it measures.
func (w *figureWords) finish(text string, at, length int, sentence Span, figure Figure) *Figure {
	figure.Span = Span{at, at + length}
	if figure.Bound == "" {
		figure.Bound = w.boundOf(text[sentence.Start:at], text[at+length:sentence.End])
	}
	return &figure
}

func (w *figureWords) boundOf(before, after string) Bound {
	for _, word := range w.after {
		if strings.HasPrefix(after, word.text) {
			return word.bound
		}
	}
	for _, word := range w.before {
		if strings.HasSuffix(before, word.text) {
			return word.bound
		}
	}
	return Exact
}

func (w *figureWords) isSpeed(before string) bool {
	return slices.ContainsFunc(w.speed, func(word string) bool { return strings.HasSuffix(before, word) })
}

// unitAt finds the longest unit at the start of a text.
func (w *figureWords) unitAt(text string, chinese, ordinal bool) (unit, bool) {
	for _, u := range w.units {
		if u.ordinal != ordinal || chinese && !ordinal && !u.chinese || !strings.HasPrefix(text, u.text) {
			continue
		}
		if next, size := utf8.DecodeRuneInString(text[len(u.text):]); size > 0 && strings.ContainsRune(u.unlessIn, next) {
			continue
		}
		return u, true
	}
	return unit{}, false
}

// readNumber reads a number in digits of either width, or in Chinese numerals, at the start of a text.
func readNumber(text string) (value float64, length int, chinese bool) {
	if match := digitsPattern.FindString(text); match != "" {
		value, err := strconv.ParseFloat(strings.ReplaceAll(match, ",", ""), 64)
		if err != nil {
			return 0, 0, false
		}
		// A wide digit or a second point right behind means a number in mixed width, a version, or a date.
		if wide := wideDigitsPattern.FindString(text); len(wide) <= len(match) {
			return value, len(match), false
		}
	}
	if match := wideDigitsPattern.FindString(text); match != "" {
		value, err := strconv.ParseFloat(strings.Map(toASCII, match), 64)
		if err != nil {
			return 0, 0, false
		}
		return value, len(match), false
	}
	if match := chinesePattern.FindString(text); match != "" {
		if value, ok := ChineseNumeral(match); ok {
			return value, len(match), true
		}
	}
	return 0, 0, false
}

// readDate reads 2021年, 2021年7月, 7月17日 or 17日. The value is year*10000 + month*100 + day, with 0 for what is not said.
func readDate(text string) (Figure, int) {
	number := func(digits string) float64 {
		value, _ := strconv.Atoi(digits)
		return float64(value)
	}
	if match := datePattern.FindStringSubmatch(text); match != nil && match[0] != "" {
		unit := "日"
		switch {
		case match[3] != "":
		case match[2] != "":
			unit = "月"
		default:
			unit = "年"
		}
		return Figure{Kind: Date, Unit: unit, Value: number(match[1])*10000 + number(match[2])*100 + number(match[3])}, len(match[0])
	}
	if match := dayPattern.FindStringSubmatch(text); match != nil && number(match[1]) <= 31 {
		return Figure{Kind: Date, Unit: "日", Value: number(match[1])}, len(match[0])
	}
	return Figure{}, 0
}

// fraction is the value in percent of 百分之六 or 三分之一.
func fraction(denominator, numerator string) float64 {
	below, _ := ChineseNumeral(denominator)
	above, ok := ChineseNumeral(numerator)
	if !ok {
		above, _ = strconv.ParseFloat(numerator, 64)
	}
	if below == 0 {
		return 0
	}
	return above / below * 100
}

func startsWithHan(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.Han, r)
}

// setMeasures finds what each figure of a sentence measures: the words behind it when it stands before its noun
// (9家企业…, 45个省首台(套)…), otherwise those before it (工业增加值增长8.1%, 创新产品235个).
func setMeasures(text string, clauses []Clause, figures []Figure) {
	for i := range figures {
		figure := &figures[i]
		at := slices.IndexFunc(clauses, func(c Clause) bool { return c.Contains(figure.Span) })
		if at < 0 {
			continue
		}
		before, after := Span{clauses[at].Start, figure.Start}, Span{figure.End, clauses[at].End}
		for _, other := range figures {
			if other.End <= figure.Start {
				before.Start = max(before.Start, other.End)
			} else if other.Start >= figure.End {
				after.End = min(after.End, other.Start)
			}
		}
		after = cutAtMark(text, after)
		before = trimBound(text, afterMark(text, before))
		switch {
		case after.Len() > 0 && !strings.HasPrefix(text[after.Start:], "的"):
			figure.Measure = after
		case before.Len() > 0:
			figure.Measure = before
		default:
			figure.Measure = clauses[at].Span
		}
	}
}

// cutAtMark keeps the words directly behind a figure: none when a bound or a mark stands there.
func cutAtMark(text string, span Span) Span {
	inside := text[span.Start:span.End]
	for _, word := range figureLexicon().after {
		if strings.HasPrefix(inside, word.text) {
			return Span{span.Start, span.Start}
		}
	}
	if end := strings.IndexAny(inside, "、(（)）。！；;：:,，"); end >= 0 {
		span.End = span.Start + end
	}
	return trimSpan(text, span)
}

// afterMark keeps what stands behind a bracket that the figure is in, and drops the bracket of 高于全国(6.1%).
func afterMark(text string, span Span) Span {
	inside := strings.TrimRight(text[span.Start:span.End], "(（")
	span.End = span.Start + len(inside)
	if at := strings.LastIndexAny(inside, "(（"); at >= 0 && !strings.ContainsAny(inside[at:], ")）") {
		_, size := utf8.DecodeRuneInString(inside[at:])
		span.Start += at + size
	}
	return trimSpan(text, span)
}

// trimBound takes the bound off the end of the words before a figure.
func trimBound(text string, span Span) Span {
	for _, word := range figureLexicon().before {
		if inside := text[span.Start:span.End]; strings.HasSuffix(inside, word.text) && len(inside) > len(word.text) {
			span.End -= len(word.text)
			break
		}
	}
	return span
}

// UnitAt finds the longest unit of figures at the start of a text, such as 亿元 of "亿元的项目": its text and its kind.
// Behind an ordinal (第几) other units count.
func UnitAt(text string, ordinal bool) (string, Kind, bool) {
	u, ok := figureLexicon().unitAt(text, false, ordinal)
	return u.text, u.kind, ok
}
