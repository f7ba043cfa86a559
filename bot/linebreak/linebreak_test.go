package linebreak

import (
	"slices"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"wenbao/bot"
)

// columns measures as a terminal does.
func columns(character string, _ bot.Style) int { return displaywidth.String(character) }

func text(line bot.Line) string { return bot.Reply{Lines: []bot.Line{line}}.Text() }

func TestWrap(t *testing.T) {
	number := func(number, text string) bot.Line {
		return bot.Line{{Text: number, Style: bot.Number}, {Text: text, Style: bot.Quote}}
	}
	plain := func(text string) bot.Line { return bot.Line{{Text: text}} }
	for _, test := range []struct {
		name  string
		line  bot.Line
		width int
		want  []string
	}{
		{"fits", plain("新建泊位"), 8, []string{"新建泊位"}},
		{"wide characters take two columns", plain("新建泊位个数"), 9, []string{"新建泊位", "个数"}},
		{"no width", plain("新建泊位个数"), 0, []string{"新建泊位个数"}},
		{"nothing", nil, 8, []string{""}},
		{"no row begins with a closing mark", plain("新建泊位，居全省"), 8, []string{"新建泊", "位，居全", "省"}},
		{"no row ends with an opening mark", plain("新建泊“位个数”"), 7, []string{"新建泊", "“位个", "数”"}},
		{"words and numbers stay whole", plain("新建5G基站20207个"), 12, []string{"新建5G基站", "20207个"}},
		{"a figure stays whole", bot.Line{{Text: "新建泊位"}, {Text: "12个", Style: bot.Figure}}, 10, []string{"新建泊位", "12个"}},
		{"an item hangs under its number", number("1. ", "新建泊位个数"), 11, []string{"1. 新建泊位", "   个数"}},
		{"a number as wide as the window", number("一二三四 ", "新建"), 10, []string{"一二三四", "新建"}},
		{"labels and commands stay whole", plain("也见四(三)或 /目录"), 8, []string{"也见", "四(三)或", "/目录"}},
		{"other brackets may begin a row", plain("新建泊位(全省第一)"), 10, []string{"新建泊位", "(全省第一)"}},
		{"blanks end with the row", plain("port of call today"), 8, []string{"port of", "call", "today"}},
		{"a word longer than the window parts", plain("abcdefghijkl"), 5, []string{"abcde", "fghij", "kl"}},
		{"a window of one column", plain("新建"), 1, []string{"新", "建"}},
	} {
		var got []string
		for _, row := range Wrap(test.line, test.width, columns) {
			got = append(got, text(row))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Wrapping loses no character, and no row is wider than the window as long as a character fits.
func FuzzWrap(f *testing.F) {
	f.Add("年内新建开通5G基站10018个,总数达20207个,居全省第一", 20)
	f.Add("“（《》）”……——", 3)
	f.Add("👨‍👩‍👧 é 한국", 2)
	f.Fuzz(func(t *testing.T, said string, width int) {
		said = bot.Clean(said)
		if width < 2 || width > 200 {
			return
		}
		var together strings.Builder
		for _, row := range Wrap(bot.Line{{Text: "· ", Style: bot.Number}, {Text: said}}, width, columns) {
			if displaywidth.String(text(row)) > width {
				t.Errorf("%q is wider than %d", text(row), width)
			}
			together.WriteString(text(row))
		}
		blankless := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if blankless(together.String()) != blankless("· "+said) {
			t.Errorf("%q became %q", said, together.String())
		}
	})
}
