package content_test

import (
	"strings"
	"testing"

	"wenbao/content"
)

// BenchmarkHostile reads texts made of one thing over and over. Reading takes time in proportion to the text, whatever it
// is made of: each of these takes less than 0.1 s, and would take many seconds if reading looked at the rest of the text
// for each number.
func BenchmarkHostile(b *testing.B) {
	for name, text := range map[string]string{
		"digits":         strings.Repeat("9", 10_000),
		"numerals":       strings.Repeat("九", 10_000),
		"list items":     strings.Repeat("1个、", 10_000),
		"numbered":       strings.Repeat("一、", 10_000),
		"numbered lines": strings.Repeat("一、\n", 10_000),
		"headings":       strings.Repeat("一、回顾\n", 10_000),
		"fractions":      strings.Repeat("百分之", 100_000),
		"multipliers":    "投资1" + strings.Repeat("亿", 100_000) + "元",
		"quotations":     strings.Repeat("“1个", 10_000),
		"brackets":       strings.Repeat("1个(", 10_000),
		"pairs":          strings.Repeat("1个(a)", 10_000),
		"list marks":     "1个" + strings.Repeat("、", 100_000),
		"ranges":         strings.Repeat("1—", 10_000),
		"dashes":         "1" + strings.Repeat("—", 100_000),
		"groups":         strings.Repeat("1,000", 10_000),
		"points":         strings.Repeat("1.", 10_000),
		"colons":         strings.Repeat("1:", 10_000),
		"Latin":          strings.Repeat("1a", 10_000),
		"ordinals":       strings.Repeat("第一", 10_000),
		"years":          strings.Repeat("2021", 10_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				content.Parse(title + text)
				content.Figures(text)
			}
		})
	}
}
