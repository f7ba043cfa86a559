package content

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"wenbao/content/lazy"
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
	units     map[rune][]unit // by their first rune, longest first
	before    []boundWord     // longest first
	after     []boundWord     // longest first
	article   string          // runes behind which an 一 counts nothing
	vague     string          // runes behind which a 十, 百, 千, 万 or 亿 is no number
	speed     []string
	idioms    []string // words that begin like a figure and count nothing
	predicate []string // see bounds.txt, as for the next ones
	linking   []string
	adverb    []string
	joining   []string
	change    []string
}

type boundWord struct {
	text  string
	bound Bound
}

var figureLexicon = sync.OnceValue(func() *figureWords {
	words := &figureWords{units: make(map[rune][]unit)}
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
		first, _ := utf8.DecodeRuneInString(u.text)
		words.units[first] = append(words.units[first], u)
	}
	for _, units := range words.units {
		slices.SortStableFunc(units, func(a, b unit) int { return len(b.text) - len(a.text) })
	}
	roles := map[string]*[]string{
		"speed": &words.speed, "idiom": &words.idioms, "predicate": &words.predicate, "linking": &words.linking,
		"adverb": &words.adverb, "joining": &words.joining, "change": &words.change,
	}
	for entry := range lexicon.Entries("bounds.txt") {
		role, side := entry[0], entry[1]
		if list := roles[role]; list != nil {
			*list = append(*list, entry[2:]...)
			continue
		}
		for _, word := range entry[2:] {
			switch {
			case role == "article":
				words.article += word
			case role == "vague":
				words.vague += word
			case side == "before":
				words.before = append(words.before, boundWord{word, Bound(role)})
			default:
				words.after = append(words.after, boundWord{word, Bound(role)})
			}
		}
	}
	longestFirst := func(a, b boundWord) int { return len(b.text) - len(a.text) }
	slices.SortStableFunc(words.before, longestFirst)
	slices.SortStableFunc(words.after, longestFirst)
	return words
})

// Two shapes of figures. They look at no more of a text than longestShape, so that reading stays linear.
var (
	ratioPattern = lazy.Compile(`^[0-9]+(?:\.[0-9]+)?(?:[:：∶][0-9]+(?:\.[0-9]+)?){1,2}`)
	slashPattern = lazy.Compile(`^([1-9][0-9]?)/([1-9][0-9]?)`)
)

const longestShape = 64

// findFigures finds the figures of a sentence: numbers in digits or Chinese numerals together with what they count.
// Numbers that are part of a name are none: 5G, M2, “十四五”, 《…2021—2023年…》, and whatever stands in quotation marks.
func findFigures(text string, sentence Span) []Figure {
	words := figureLexicon()
	var figures []Figure
	unclosed := "" // opening marks that nothing closes
	end := sentence.Start
	for at := sentence.Start; at < sentence.End; {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:sentence.End])
		}
		switch {
		case r == '“' || r == '《' || r == '‘' || r == '「': // a name or a slogan; its numbers count nothing
			if strings.ContainsRune(unclosed, r) {
				break
			}
			if closing := strings.IndexRune(text[at:sentence.End], closingOf(r)); closing > 0 {
				size = closing
			} else {
				unclosed += string(r)
			}
		case isLatin(r):
			size = latinLength(text[at:sentence.End])
		case beginsNumber(r):
			figure, consumed := words.figureAt(text, at, sentence)
			if figure != nil {
				signed(text, end, figure)
				figures = append(figures, *figure)
			}
			size = max(size, consumed)
			end = at + size
		}
		at += size
	}
	return figures
}

// beginsNumber tells whether a number, or an ordinal, may begin with a rune.
func beginsNumber(r rune) bool {
	return r >= '0' && r <= '9' || r >= '０' && r <= '９' || r == '第' || isNumeral(r)
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// latinLength is how many bytes a Latin word has that stands at the start of a text, with the digits in it: PM2.5.
func latinLength(text string) int {
	for at, r := range text {
		if !isLatin(r) && (at == 0 || (r < '0' || r > '9') && !strings.ContainsRune(".+-·", r)) {
			return at
		}
	}
	return len(text)
}

// Figures finds the figures of a text that stands alone, such as a question: the same as those of a report's sentence.
func Figures(text string) []Figure { return findFigures(text, Span{0, len(text)}) }

func closingOf(opening rune) rune {
	at := strings.IndexRune(openingMarks, opening)
	return []rune(closingMarks)[utf8.RuneCountInString(openingMarks[:at])]
}

// signed takes the minus of 增长-5% into a figure, which has to stand behind a word that is none of a figure before.
func signed(text string, from int, figure *Figure) {
	if figure.Kind != Percent && figure.Kind != PercentagePoint {
		return
	}
	sign, size := utf8.DecodeLastRuneInString(text[from:figure.Start])
	if sign != '-' && sign != '－' && sign != '−' {
		return
	}
	if word, _ := utf8.DecodeLastRuneInString(text[from : figure.Start-size]); unicode.Is(unicode.Han, word) {
		figure.Start -= size
		figure.Value = -figure.Value
	}
}

// figureAt reads the figure that starts at an offset. Without one it returns nil and how many bytes to pass over.
func (w *figureWords) figureAt(text string, at int, sentence Span) (*Figure, int) {
	r := reading{words: w, before: text[sentence.Start:at], rest: text[at:sentence.End]}
	if figure, length := readWhole(r.rest); length > 0 {
		return w.finish(text, at, length, sentence, figure), length
	}
	if skipped, ok := r.readNumber(); !ok {
		return nil, skipped
	}
	if skipped, ok := r.readMultiplier(); !ok {
		return nil, skipped
	}
	r.readIndefinite()
	r.readUnit()
	figure, ok := r.figure()
	if !ok {
		return nil, r.length
	}
	return w.finish(text, at, r.length, sentence, figure), r.length
}

// reading is a figure in the making: what has been read of it from left to right.
type reading struct {
	words        *figureWords
	before, rest string // the text around the figure's start, to the edges of the sentence
	length       int    // bytes of rest that were read

	ordinal    bool    // 第3
	numeral    string  // as printed, without 第
	chinese    bool    // in Chinese numerals
	value      float64 // with its multiplier: 81.7亿 is 8170000000
	multiplied bool
	inner      bool // 余 or 多 stands inside: 1300余家

	unit       unit
	hasUnit    bool
	unitLength int // bytes of unit, with what stands inside of it or makes a range of it
}

// readNumber reads the number itself. Where none begins, or one that counts nothing, it tells how many bytes to pass over.
func (r *reading) readNumber() (skipped int, ok bool) {
	start := 0
	if r.ordinal = strings.HasPrefix(r.rest, "第"); r.ordinal {
		start = len("第")
		if spaces := spacesAt(r.rest[start:]); spaces > 0 && beginsWithDigit(r.rest[start+spaces:]) {
			start += spaces // 第 7 位, as some word processors set it
		}
	}
	number := readNumber(r.rest[start:], r.ordinal)
	if number.length == 0 {
		return 0, false
	}
	r.value, r.chinese, r.length = number.value, number.chinese, start+number.length
	r.numeral = r.rest[start:r.length]
	if !number.ok {
		return r.length, false
	}
	if r.chinese && !r.ordinal {
		if skipped := r.words.countsNothing(r.numeral, r.rest, r.before); skipped > 0 {
			return skipped, false
		}
	}
	if next, _ := utf8.DecodeRuneInString(r.rest[r.length:]); isLatin(next) {
		if _, ok := r.words.unitAt(r.rest[r.length:], false, false); !ok {
			return r.length + latinLength(r.rest[r.length:]), false // 5G
		}
	}
	return 0, true
}

// readMultiplier reads the 万 or 亿 behind digits.
func (r *reading) readMultiplier() (skipped int, ok bool) {
	r.multiplied = r.chinese && strings.ContainsAny(r.numeral, "百千万亿")
	if r.ordinal && !r.chinese {
		spaces := spacesAt(r.rest[r.length:])
		if _, ok := r.words.unitAt(r.rest[r.length+spaces:], false, true); ok {
			r.length += spaces
		}
	}
	if r.chinese || r.ordinal {
		return 0, true
	}
	multiplier, passed, inner := r.words.multiplierAt(r.rest[r.length:])
	r.value, r.inner = scaled(r.value, multiplier), inner
	r.length += passed
	r.multiplied = passed > 0 && multiplier > 1
	if next, _ := utf8.DecodeRuneInString(r.rest[r.length:]); r.multiplied && (next == '万' || next == '亿') {
		return r.length + numeralLength(r.rest[r.length:]), false // 1亿亿
	}
	return 0, true
}

// readIndefinite reads the 余 of 1300余家.
func (r *reading) readIndefinite() {
	next, size := utf8.DecodeRuneInString(r.rest[r.length:])
	if r.ordinal || r.inner || next != '余' && next != '多' && next != '来' {
		return
	}
	if u, ok := r.words.unitAt(r.rest[r.length+size:], r.chinese, false); ok && u.kind != Percent {
		r.length += size
		r.inner = true
	}
}

// readUnit reads the unit, with what stands inside of it (三个半月) and the second number of a range (3万—5万吨).
func (r *reading) readUnit() {
	rest := r.rest[r.length:]
	r.unit, r.hasUnit = r.words.unitAt(rest, r.chinese, r.ordinal)
	r.unitLength = len(r.unit.text)
	if whole, size := r.words.splitUnitAt(rest); size > 0 && !r.ordinal {
		r.unit, r.unitLength = whole, len(r.unit.text)+size+len(whole.text)-len("个")
		if rest[len("个"):len("个")+size] == half {
			r.value += 0.5
		} else {
			r.inner = true
		}
	}
	// Of a range each number may have a unit, or the second alone; its multiplier then is the first one's too.
	second := r.words.rangeAt(rest[r.unitLength:])
	switch {
	case second.length == 0:
		return
	case r.hasUnit && second.unit.kind == r.unit.kind:
	case !r.hasUnit && !r.chinese && !r.ordinal:
		if !r.multiplied && r.value <= second.number {
			r.value = scaled(r.value, second.multiplier)
		}
		r.unit, r.hasUnit = second.unit, true
	default:
		return
	}
	r.unitLength += second.length
}

// figure makes a figure of what was read; false when it is none.
func (r *reading) figure() (Figure, bool) {
	figure := Figure{Value: r.value}
	if r.unit.text == halfUnit && !r.ordinal {
		length := r.length
		r.length += len(halfUnit)
		if last, ok := r.sharedUnit(); ok && strings.HasPrefix(last.unit.text, halfUnit) && last.unit.text != halfUnit {
			figure.Unit, figure.Kind = last.unit.text, last.unit.kind // 2.3个和1.5个百分点
			return figure, true
		}
		r.length = length
	}
	switch {
	case r.hasUnit:
		if r.isWord() {
			return Figure{}, false
		}
		r.length += r.unitLength
		figure.Unit, figure.Kind = strings.Map(toASCII, r.unit.text), r.unit.kind
	case r.ordinal && !startsWithHan(r.rest[r.length:]):
		figure.Unit, figure.Kind = "位", Rank // 居全省第一
	case r.multiplied && !r.chinese:
		figure.Kind = Count // 突破3万; 3.3万贫困人口
	default:
		last, ok := r.sharedUnit()
		if !ok {
			return Figure{}, false
		}
		figure.Value = scaled(r.value, last.multiplier)
		figure.Unit, figure.Kind = strings.Map(toASCII, last.unit.text), last.unit.kind
	}
	if figure.Kind == Period && strings.HasPrefix(r.rest[r.length:], half) { // 三年半
		r.length += len(half)
		figure.Value += 0.5
	}
	if figure.Kind == Size && r.words.isSpeed(r.before) {
		figure.Kind = Speed
	}
	if figure.Kind == Count && strings.HasSuffix(r.before, "前") || (figure.Unit == "名" || figure.Unit == "位") && tellsRank(r.before) {
		figure.Kind = Rank // 前10位, 排名由210名上升为31名
	}
	if r.inner {
		figure.Bound = Over
	}
	return figure, true
}

// sharedUnit is the unit that a number without one shares with the last of a row that 分别 opens: 分别提高2.9和2个百分点.
func (r *reading) sharedUnit() (last secondOfRange, ok bool) {
	if r.chinese || r.ordinal || r.multiplied || strings.LastIndex(r.before, eachOf) < max(strings.LastIndexAny(r.before, "，,；;。"), 0) || !strings.Contains(r.before, eachOf) {
		return last, false
	}
	for rest := r.rest[r.length:]; ; rest = rest[last.length:] {
		joint := ""
		for _, word := range []string{"、", "和", "及", "与"} {
			if strings.HasPrefix(rest, word) {
				joint = word
			}
		}
		number := readNumber(rest[len(joint):], false)
		if joint == "" || !number.ok || number.chinese {
			return last, false
		}
		length := len(joint) + number.length
		multiplier, passed, _ := r.words.multiplierAt(rest[length:])
		if unit, ok := r.words.unitAt(rest[length+passed:], false, false); ok {
			return secondOfRange{number.value, multiplier, unit, length + passed + len(unit.text)}, true
		}
		last.length = length
	}
}

// halfUnit is what the unit of 百分点 is told by where it stands again behind another number.
const halfUnit = "个"

// eachOf says that figures are told of several things, one each.
const eachOf = "分别"

// isWord tells whether a numeral and its unit are a word: 百 and 千 alone are numerals only of money, so that 百家 and 千户
// are words, and so is 万元 in 万元产值.
func (r *reading) isWord() bool {
	first, _ := utf8.DecodeRuneInString(r.numeral)
	return r.chinese && r.unit.kind != Money && strings.ContainsRune("百千万亿", first) ||
		r.numeral == "万" && r.words.boundOf(r.before, r.rest[r.length+r.unitLength:]) == Exact
}

// readWhole reads the figures at the start of a text that need no unit behind their number: fractions, dates, ratios.
func readWhole(text string) (Figure, int) {
	if _, size := digitAt(text, 0); size == 0 {
		if figure, length := readFraction(text); length > 0 {
			return figure, length
		}
		return readChineseYear(text)
	}
	if figure, length := readDate(text); length > 0 {
		return figure, length
	}
	return readRatio(text)
}

// countsNothing tells whether a Chinese numeral is a word, or part of one, and how many bytes to pass over then.
func (w *figureWords) countsNothing(numeral, rest, before string) int {
	for _, idiom := range w.idioms {
		if strings.HasPrefix(rest, idiom) {
			return len(idiom)
		}
	}
	// 唯一一家: only a year is written digit by digit, so the last digit is the number.
	if _, last := utf8.DecodeLastRuneInString(numeral); last < len(numeral) && !strings.ContainsAny(numeral, chineseMultipliers+"点") {
		return len(numeral) - last
	}
	first, _ := utf8.DecodeRuneInString(numeral)
	previous, size := utf8.DecodeLastRuneInString(before)
	if size > 0 && (numeral == "一" && strings.ContainsRune(w.article, previous) ||
		strings.ContainsRune(chineseMultipliers, first) && strings.ContainsRune(w.vague, previous)) {
		return len(numeral)
	}
	return 0
}

// half is the 半 of 三个半月 and 三年半.
const half = "半"

// splitUnitAt reads a period whose unit 个 is split by 半 or 多, as in 三个半月, 3个多小时: the whole unit, and how many
// bytes stand inside.
func (w *figureWords) splitUnitAt(text string) (unit, int) {
	inside, cut := strings.CutPrefix(text, "个")
	if !cut || !strings.HasPrefix(inside, half) && !strings.HasPrefix(inside, "多") {
		return unit{}, 0
	}
	rest := inside[len(half):]
	if u, ok := w.unitAt("个"+rest[:min(len(rest), longestShape)], false, false); ok && u.kind == Period {
		return u, len(half)
	}
	return unit{}, 0
}

// secondOfRange is the —5万吨 of 3万—5万吨.
type secondOfRange struct {
	number, multiplier float64
	unit               unit
	length             int
}

// rangeAt reads the second half of a range; its length is 0 without one.
func (w *figureWords) rangeAt(text string) secondOfRange {
	length := rangeMarks(text)
	if length == 0 {
		return secondOfRange{}
	}
	number := readNumber(text[length:], false)
	if !number.ok || number.chinese {
		return secondOfRange{}
	}
	length += number.length
	multiplier, passed, _ := w.multiplierAt(text[length:])
	length += passed
	u, ok := w.unitAt(text[length:], false, false)
	if !ok {
		return secondOfRange{}
	}
	return secondOfRange{number.value, multiplier, u, length + len(u.text)}
}

// rangeMarks is how many bytes of marks stand at the start of a text between the numbers of a range.
func rangeMarks(text string) int { return len(text) - len(strings.TrimLeft(text, "-—–~～至")) }

// multiplierAt reads what stands between a number and its unit: blanks, 余 or 多, and a multiplier: of 3600多亿元 all up to
// 元. A unit that begins like a multiplier (千瓦, 千伏) is none.
func (w *figureWords) multiplierAt(text string) (multiplier float64, length int, inner bool) {
	blank := 0
	if next, size := utf8.DecodeRuneInString(text); next == ' ' || next == '\u00a0' {
		blank = size
	}
	rest := text[blank:]
	if _, ok := w.unitAt(rest, false, false); ok {
		return 1, blank, false
	}
	if next, size := utf8.DecodeRuneInString(rest); next == '余' || next == '多' || next == '来' {
		if match := multiplierLength(rest[size:]); match > 0 {
			multiplier, _ = ChineseNumeral(rest[size : size+match])
			return multiplier, blank + size + match, true
		}
	}
	match := multiplierLength(rest)
	if match == 0 {
		return 1, 0, false
	}
	multiplier, _ = ChineseNumeral(rest[:match])
	return multiplier, blank + match, false
}

// readRatio reads 2.31:1 and 1/3. A ratio's value is its first number over its second one.
func readRatio(text string) (Figure, int) {
	text = text[:min(len(text), longestShape)]
	if rest := strings.TrimLeft(text, "0123456789."); rest == "" || !strings.ContainsAny(rest[:min(len(rest), len("："))], ":：∶/") {
		return Figure{}, 0
	}
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

// finish fills in where the figure stands and what bounds it. A value that is none, of a number beyond all numbers, makes
// no figure.
func (w *figureWords) finish(text string, at, length int, sentence Span, figure Figure) *Figure {
	if !isFinite(figure.Value) {
		return nil
	}
	figure.Span = Span{at, at + length}
	if figure.Bound == "" {
		figure.Bound = w.boundOf(text[sentence.Start:at], text[at+length:sentence.End])
	}
	return &figure
}

func (w *figureWords) boundOf(before, after string) Bound {
	bound, _, _ := w.boundAt(before, after)
	return bound
}

// boundAt is what bounds a figure between two texts, and how many bytes of the one before or behind it say so.
func (w *figureWords) boundAt(before, after string) (bound Bound, ahead, behind int) {
	for _, word := range w.after {
		if strings.HasPrefix(after, word.text) {
			return word.bound, 0, len(word.text)
		}
	}
	if rest, cut := strings.CutPrefix(after, "多"); cut && !startsWithHan(rest) {
		return Over, 0, len("多") // 一年多, while 三年多次 is no more than 三年
	}
	for _, word := range w.before {
		if strings.HasSuffix(before, word.text) {
			return word.bound, len(word.text), 0
		}
	}
	return Exact, 0, 0
}

// WithBound is where a figure stands in a text together with the words that bound it: 突破400家, 7%左右.
func WithBound(text string, figure Span) Span {
	_, ahead, behind := figureLexicon().boundAt(text[:figure.Start], text[figure.End:])
	return Span{figure.Start - ahead, figure.End + behind}
}

func (w *figureWords) isSpeed(before string) bool {
	return slices.ContainsFunc(w.speed, func(word string) bool { return strings.HasSuffix(before, word) })
}

// tellsRank tells whether the clause that a text ends with speaks of a place in an order.
func tellsRank(before string) bool {
	clause := before[strings.LastIndexAny(before, "，,。；;")+1:]
	return strings.Contains(clause, "排名") || strings.Contains(clause, "名次") || strings.Contains(clause, "位次")
}

// unitAt finds the longest unit at the start of a text.
func (w *figureWords) unitAt(text string, chinese, ordinal bool) (unit, bool) {
	first, _ := utf8.DecodeRuneInString(text)
	for _, u := range w.units[first] {
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

// readChineseYear reads 二〇二一年, whose zero may be of any kind.
func readChineseYear(text string) (Figure, int) {
	year, at := 0, 0
	for range yearDigits {
		r, size := utf8.DecodeRuneInString(text[at:])
		digit, ok := digitValue[r]
		ok = ok && r != '两' || r == '0' || r == '０'
		if !ok || at == 0 && digit != 1 && digit != 2 {
			return Figure{}, 0
		}
		year = year*10 + int(digit)
		at += size
	}
	if !strings.HasPrefix(text[at:], "年") {
		return Figure{}, 0
	}
	return Figure{Value: float64(year * 10000), Unit: "年", Kind: Date}, at + len("年")
}

// yearDigits is how many digits a year has.
const yearDigits = 4

// readDate reads 2021年, 2021年7月, 7月17日 or 17日, and the range of 11-12月 or 2021—2023年, which has the value of its
// start. The value is year*10000 + month*100 + day, with 0 for what is not said.
func readDate(text string) (Figure, int) {
	year, length := datePart(text, yearDigits, yearDigits, "年")
	if year/100 != 19 && year/100 != 20 {
		year, length = 0, 0
	}
	figure := Figure{Kind: Date, Unit: "年"}
	month, size := datePart(text[length:], 1, 2, "月")
	day := 0
	if size > 0 {
		figure.Unit = "月"
		length += size
		for _, part := range []string{"份", "底", "初"} {
			if strings.HasPrefix(text[length:], part) {
				length += len(part)
				break
			}
		}
		if day, size = datePart(text[length:], 1, 2, "日"); size > 0 {
			figure.Unit = "日"
			length += size
		}
	} else if length == 0 {
		if day, length = datePart(text, 1, 2, "日"); day > 31 {
			return Figure{}, 0
		}
		figure.Unit = "日"
	}
	figure.Value = float64(year*10000 + month*100 + day)
	return figure, length
}

// datePart reads a number of some digits, or a range of two, before 年, 月 or 日.
func datePart(text string, fewest, most int, unit string) (value, length int) {
	read := func(at int) (value, end int) {
		for digits := 0; ; digits++ {
			digit, size := digitAt(text, at)
			if size == 0 && digits >= fewest {
				return value, at
			}
			if size == 0 || digits == most {
				return 0, 0
			}
			value = value*10 + int(digit-'0')
			at += size
		}
	}
	value, length = read(spacesAt(text))
	if length == 0 {
		return 0, 0
	}
	if marks := rangeMarks(text[length:]); marks > 0 {
		_, length = read(length + marks)
	}
	if length == 0 {
		return 0, 0
	}
	length += spacesAt(text[length:])
	if !strings.HasPrefix(text[length:], unit) {
		return 0, 0
	}
	return value, length + len(unit)
}

// spacesAt is how many bytes of spaces a text begins with.
func spacesAt(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }

// beginsWithDigit tells whether a text begins with a digit.
func beginsWithDigit(text string) bool {
	_, size := digitAt(text, 0)
	return size > 0
}

// readFraction reads 百分之六点五 and 三分之一, in percent.
func readFraction(text string) (Figure, int) {
	length := numeralLength(text)
	rest, cut := strings.CutPrefix(text[length:], "分之")
	if !cut {
		return Figure{}, 0
	}
	below, ok := ChineseNumeral(text[:length])
	above := readNumber(rest, false)
	if !ok || below == 0 || !above.ok {
		return Figure{}, 0
	}
	return Figure{Value: scaled(above.value/below, 100), Unit: "%", Kind: Percent}, length + len("分之") + above.length
}

func startsWithHan(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.Han, r)
}

// UnitAt finds the longest unit of figures at the start of a text, such as 亿元 of "亿元的项目": its text and its kind.
// Behind an ordinal (第几) other units count.
func UnitAt(text string, ordinal bool) (string, Kind, bool) {
	u, ok := figureLexicon().unitAt(text, false, ordinal)
	return u.text, u.kind, ok
}
