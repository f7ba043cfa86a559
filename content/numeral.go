package content

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Chinese numerals, in the only three shapes that reports print: single digits and zeros (二〇二一), positional ones
// (三百五十), and the large multipliers (千亿). The zero of a year is printed in several ways.
const (
	chineseDigits      = "〇○零一二两三四五六七八九"
	chineseMultipliers = "十百千万亿"
	chineseNumerals    = chineseDigits + chineseMultipliers
)

var digitValue = map[rune]float64{
	'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

var multiplierValue = map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '亿': 1e8}

// isNumeral tells whether a rune is one of chineseNumerals. Every character of a report is asked.
func isNumeral(r rune) bool {
	switch r {
	case '〇', '○', '零', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿':
		return true
	}
	return false
}

// ChineseNumeral returns the value of a Chinese numeral such as 十九, 三百五十, 二〇二一, 一亿三千万 or 千亿; false when the
// text is none, or larger than any number. 十 and 千亿 alone count as one ten and one thousand times 亿.
func ChineseNumeral(text string) (float64, bool) {
	var yi, wan, section, digit float64 // the 亿 so far, the 万 behind them, the rest behind these, the last digit
	digits, multipliers := 0, 0
	for _, r := range text {
		if value, ok := digitValue[r]; ok {
			if digits > 0 && multipliers == 0 {
				digit = digit*10 + value // 二〇二一
			} else {
				digit = value
			}
			digits++
			continue
		}
		multiplier, ok := multiplierValue[r]
		if !ok {
			return 0, false
		}
		multipliers++
		switch r {
		case '万':
			wan, yi = multiplied(wan, section+digit, yi, multiplier)
			section, digit = 0, 0
		case '亿':
			yi, _ = multiplied(yi, wan+section+digit, 0, multiplier)
			wan, section, digit = 0, 0, 0
		default:
			section += max(digit, 1) * multiplier
			digit = 0
		}
	}
	value := yi + wan + section + digit
	return value, text != "" && isFinite(value)
}

// multiplied adds to a sum its section times a multiplier. Without a section the multiplier is that of the sum itself
// (亿亿), of what stands above it (亿万), or counts once (亿).
func multiplied(sum, section, above, multiplier float64) (newSum, newAbove float64) {
	switch {
	case section > 0:
		return sum + section*multiplier, above
	case sum > 0:
		return sum * multiplier, above
	case above > 0:
		return 0, above * multiplier
	}
	return multiplier, above
}

func isFinite(value float64) bool { return !math.IsInf(value, 0) && !math.IsNaN(value) }

// A number is what stands at the start of a text, in digits of either width or in Chinese numerals.
type number struct {
	value   float64
	length  int // in bytes; 0 where no number stands
	chinese bool
	ok      bool // has a value: it is no version (1.2.3), and no larger than a number can be
}

// readNumber reads the number at the start of a text. An ordinal's has no groups of thousands, and no 点.
func readNumber(text string, ordinal bool) number {
	if _, size := digitAt(text, 0); size > 0 {
		return readDigits(text, ordinal)
	}
	length := numeralLength(text)
	if length == 0 {
		return number{}
	}
	value, ok := ChineseNumeral(text[:length])
	n := number{value: value, length: length, chinese: true, ok: ok}
	if rest, cut := strings.CutPrefix(text[length:], "点"); cut && ok && !ordinal {
		n.readFraction(rest)
	}
	return n
}

// readFraction reads the 五亿 of 六点五亿. 九点三十分 is a time.
func (n *number) readFraction(text string) {
	length := numeralLength(text)
	digits := length - len(strings.TrimLeft(text[:length], chineseDigits))
	multiplier := 1.0
	if large := text[digits:length]; large != "" {
		value, ok := ChineseNumeral(large)
		if !ok || strings.Trim(large, "万亿") != "" {
			return
		}
		multiplier = value
	}
	if digits == 0 {
		return
	}
	value, place := n.value, 1.0
	for _, r := range text[:digits] {
		place /= 10
		value += digitValue[r] * place
	}
	n.value = scaled(value, multiplier)
	n.length += len("点") + length
}

// numeralLength is how many bytes of Chinese numerals a text begins with.
func numeralLength(text string) int {
	for at, r := range text {
		if !isNumeral(r) {
			return at
		}
	}
	return len(text)
}

// multiplierLength is how many bytes of a multiplier of digits a text begins with: 万 and 亿, and 千万, 百亿, 万亿.
func multiplierLength(text string) int {
	length := 0
	for _, place := range []string{"十百千", "万", "亿"} {
		if r, size := utf8.DecodeRuneInString(text[length:]); size > 0 && strings.ContainsRune(place, r) {
			length += size
		}
	}
	return length
}

// digitAt is the digit, of either width, at an offset, and its length; 0 without one.
func digitAt(text string, at int) (digit byte, size int) {
	if at < len(text) && isDigit(text[at]) {
		return text[at], 1
	}
	if at < len(text) && text[at] == "０"[0] {
		if r, size := utf8.DecodeRuneInString(text[at:]); r >= '０' && r <= '９' {
			return byte(r-'０') + '0', size
		}
	}
	return 0, 0
}

// digitsAt appends the digits at an offset to narrowed, and returns where they end.
func digitsAt(text string, at int, narrowed []byte) (digits []byte, end int) {
	for {
		digit, size := digitAt(text, at)
		if size == 0 {
			return narrowed, at
		}
		narrowed = append(narrowed, digit)
		at += size
	}
}

// readDigits reads 81.7, 1,000, 1，000, 1 000 and ８１．７.
func readDigits(text string, ordinal bool) number {
	digits, end := digitsAt(text, 0, make([]byte, 0, 24))
	padded := len(digits) > 1 && digits[0] == '0' && digits[1] == '0' // 000 is the rest of a number, or no number
	if !ordinal && len(digits) <= groupLength {
		digits, end = groupsAt(text, end, digits)
	}
	points := 0
	for {
		point, size := utf8.DecodeRuneInString(text[end:])
		if point != '.' && point != '．' {
			break
		}
		more, next := digitsAt(text, end+size, append(digits, '.'))
		if next == end+size {
			break
		}
		digits, end = more, next
		points++
	}
	value, err := strconv.ParseFloat(string(digits), 64)
	return number{value: value, length: end, ok: err == nil && points < 2 && !padded}
}

// groupLength is how many digits a group of thousands has.
const groupLength = 3

// groupsAt reads the ,000 behind the first group of a number.
func groupsAt(text string, end int, digits []byte) (all []byte, after int) {
	mark, size := utf8.DecodeRuneInString(text[end:])
	switch mark {
	case ',', '，', ' ', '\u00a0', '\u2009', '\u202f':
	default:
		return digits, end
	}
	for {
		if next, _ := utf8.DecodeRuneInString(text[end:]); next != mark {
			return digits, end
		}
		more, after := digitsAt(text, end+size, digits)
		if len(more)-len(digits) != groupLength {
			return digits, end
		}
		digits, end = more, after
	}
}

// scaled multiplies without the noise of binary fractions: 19.1 times 亿 is 1910000000.
func scaled(value, multiplier float64) float64 {
	product, err := strconv.ParseFloat(strconv.FormatFloat(value*multiplier, 'g', 15, 64), 64)
	if err != nil {
		return value * multiplier
	}
	return product
}

// toASCII maps a full-width digit or mark to its ASCII twin and leaves every other rune alone.
func toASCII(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}
