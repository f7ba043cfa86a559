package content

import "strings"

// Chinese numerals, in the only three shapes that reports print: single digits and zeros (二〇二一), positional ones
// (三百五十), and the large multipliers (千亿).
const (
	chineseDigits      = "〇零一二两三四五六七八九"
	chineseMultipliers = "十百千万亿"
	chineseNumerals    = chineseDigits + chineseMultipliers
)

var digitValue = map[rune]float64{
	'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

var multiplierValue = map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '亿': 1e8}

// ChineseNumeral returns the value of a Chinese numeral such as 十九, 三百五十, 二〇二一 or 千亿; false when the text is
// none. 十 and 千亿 alone count as one ten and one thousand times 亿.
func ChineseNumeral(text string) (float64, bool) {
	if text == "" {
		return 0, false
	}
	var total, section, digit float64
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
		if multiplier >= 1e4 {
			section += digit
			if section == 0 && total == 0 {
				section = 1
			}
			total = (total + section) * multiplier
			section, digit = 0, 0
			continue
		}
		if digit == 0 {
			digit = 1
		}
		section += digit * multiplier
		digit = 0
	}
	return total + section + digit, true
}

// FormatChinese writes 0 to 99 as a Chinese numeral: 19 is 十九.
func FormatChinese(n int) string {
	const digits = "〇一二三四五六七八九"
	digit := func(n int) string { return string([]rune(digits)[n]) }
	switch {
	case n < 0 || n > 99:
		return ""
	case n < 10:
		return digit(n)
	}
	var b strings.Builder
	if n >= 20 {
		b.WriteString(digit(n / 10))
	}
	b.WriteString("十")
	if n%10 > 0 {
		b.WriteString(digit(n % 10))
	}
	return b.String()
}

// toASCII maps a full-width digit or mark to its ASCII twin and leaves every other rune alone.
func toASCII(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}
