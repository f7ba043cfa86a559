package terminal

import (
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"wenbao/bot"
	"wenbao/bot/picture"
)

func TestBarLines(t *testing.T) {
	bars := []picture.Bar{
		{Label: "全市生产总值增长", Figure: "8%", Value: 8},
		{Label: "规模以上工业企业营业收入和利润总额同比增长", Figure: "超过4.5%", Value: 4.5},
		{Label: "单位能耗下降", Figure: "2%", Value: -2},
		{Label: "泊位增长", Figure: "0.01%", Value: 0.01},
		{Label: "全市生产总值增长", Figure: "6%以上", Value: 6, Target: true},
	}
	for _, test := range []struct {
		width int
		want  string
	}{
		{44, `
全市生产总值增长   ███████████████ 8%
规模以上工业企业…  ████████▌ 超过4.5%
单位能耗下降      ◄███▊ 2%
泊位增长           ▏ 0.01%
全市生产总值增长   ▒▒▒▒▒▒▒▒▒▒▒ 6%以上
▒ 目标`},
		{20, ""},
	} {
		got := bot.Reply{Lines: barLines(bars, test.width)}.Text()
		if got != strings.TrimPrefix(test.want, "\n") {
			t.Errorf("at %d columns\n%s\nwant%s", test.width, got, test.want)
		}
		for line := range strings.Lines(got) {
			if width := displaywidth.String(strings.TrimSuffix(line, "\n")); width > test.width {
				t.Errorf("%q is %d columns wide, more than %d", line, width, test.width)
			}
		}
	}
}

func TestBarsStandBelowAnswersThatHaveAChart(t *testing.T) {
	b, session := newBot(t), new(bot.Session)
	for _, test := range []struct {
		message string
		want    bool
	}{
		{"增长超过20%的有哪些", true},
		{"2021年新建多少5G基站", false},
		{"青岛市长是谁", false},
		{"/目录", false},
	} {
		reply, err := b.Reply(t.Context(), session, test.message)
		if err != nil {
			t.Fatal(err)
		}
		before := len(reply.Lines)
		shown := withBars(t.Context(), b, reply, 80)
		if drawn := strings.Contains(shown.Text(), "█"); drawn != test.want {
			t.Errorf("%s: bars %v, want %v:\n%s", test.message, drawn, test.want, shown.Text())
		}
		if len(reply.Lines) != before {
			t.Errorf("%s: the reply itself was changed", test.message)
		}
	}
}
