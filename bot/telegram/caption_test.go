package telegram

import (
	"strings"
	"testing"

	"wenbao/bot"
)

// However long a line may be, it shows no half of a number and is never longer.
func TestBoundedLines(t *testing.T) {
	line := bot.Line{
		{Text: "货物吞吐量123,456.78万吨,", Style: bot.Quote}, {Text: "20207个", Style: bot.Figure},
		{Text: ",同比增长5.2%😀,总数1001个。", Style: bot.Quote},
	}
	whole := bot.Reply{Lines: []bot.Line{line}}.Text()
	for longest := 1; longest <= utf16Length(whole); longest++ {
		shown := bot.Reply{Lines: []bot.Line{bounded(line, longest)}}.Text()
		if utf16Length(shown) > longest {
			t.Errorf("%d units: %q has %d", longest, shown, utf16Length(shown))
		}
		kept, cut := strings.CutSuffix(shown, "…")
		if cut != (longest < utf16Length(whole)) || !strings.HasPrefix(whole, kept) {
			t.Errorf("%d units: %q", longest, shown)
		}
		if digits := strings.TrimRight(kept, ".,"); cut && digits != "" && digits[len(digits)-1] >= '0' && digits[len(digits)-1] <= '9' {
			t.Errorf("%d units: %q ends within a number", longest, shown)
		}
	}
}
