package content_test

import (
	"strings"
	"testing"

	"wenbao/content"
)

func TestChineseNumeral(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"零": 0, "〇": 0, "一": 1, "两": 2, "九": 9, "十": 10, "十九": 19, "二十": 20, "九十九": 99,
		"百": 100, "一百": 100, "一百零五": 105, "一百一十": 110, "三百五十": 350, "两千": 2000, "三千零六": 3006,
		"五千四百三十二": 5432, "一万": 1e4, "两万五千": 25000, "十二万": 120000, "三百万": 3e6, "三千五百万": 3.5e7,
		"亿": 1e8, "一亿": 1e8, "十二亿": 1.2e9, "百亿": 1e10, "千亿": 1e11, "三千亿": 3e11, "万亿": 1e12, "四万亿": 4e12,
		"一亿三千万": 1.3e8, "一万亿零五千万": 1.00005e12, "三千亿零二": 300000000002, "一亿零三十五": 100000035, "亿万": 1e12, "一万万": 1e8,
		"十二亿三千四百五十六万七千八百九十": 1234567890,
		"二〇二一": 2021, "一九四九": 1949, "二零三五": 2035, "二○二一": 2021,
	} {
		if got, ok := content.ChineseNumeral(text); !ok || got != want {
			t.Errorf("ChineseNumeral(%q) is %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "多", "第一", "12", "一a", "十 ", "三年", "\xff", strings.Repeat("九", 400), "一" + strings.Repeat("亿", 40), "九" + strings.Repeat("亿", 40) + "万"} {
		if got, ok := content.ChineseNumeral(text); ok {
			t.Errorf("ChineseNumeral(%q) is %v, want none", text, got)
		}
	}
}

// Every number below a hundred, as it is written: the numbers of sections.
func TestChineseNumeralsBelowHundred(t *testing.T) {
	t.Parallel()
	for n := 1; n < 100; n++ {
		written := chineseNumeral(n)
		if got, ok := content.ChineseNumeral(written); !ok || got != float64(n) {
			t.Errorf("%q is %v, %v; want %d", written, got, ok, n)
		}
	}
}

// chineseNumeral writes 1 to 99 as a Chinese numeral: 19 is 十九.
func chineseNumeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	tens, ones := n/10, digits[n%10]
	switch tens {
	case 0:
		return ones
	case 1:
		return "十" + ones
	default:
		return digits[tens] + "十" + ones
	}
}
