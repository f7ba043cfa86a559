package bot

import (
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/content"
)

// quoted makes the passage of a quote in a section of the embedded report, with those of the section's figures that have
// the given texts.
func quoted(t *testing.T, b *Bot, label, quote string, figures ...string) answers.Passage {
	t.Helper()
	report := b.Report()
	section := report.Section(label)
	start := section.Span.Start + strings.Index(report.Quote(section.Span), quote)
	passage := answers.Passage{
		Quote: quote, Report: report.Title, Start: start, End: start + len(quote),
		Section: answers.Section{Label: label, Path: section.Path(report)},
	}
	if report.Quote(content.Span{Start: passage.Start, End: passage.End}) != quote {
		t.Fatalf("%s does not say %q", label, quote)
	}
	for _, sentence := range section.Sentences {
		for _, figure := range sentence.Figures {
			for _, text := range figures {
				if report.Quote(figure.Span) == text {
					passage.Figures = append(passage.Figures, answers.Figure{
						Text: text, Value: figure.Value, Unit: figure.Unit, Kind: figure.Kind, Bound: figure.Bound,
						Start: figure.Start, End: figure.End,
					})
				}
			}
		}
	}
	if len(passage.Figures) != len(figures) {
		t.Fatalf("%s has the figures %v, want %v", label, passage.Figures, figures)
	}
	return passage
}

func cut(passage answers.Passage, before, after bool) answers.Passage {
	passage.CutBefore, passage.CutAfter = before, after
	return passage
}

func TestFormat(t *testing.T) {
	b := newBot(t)
	for _, test := range []struct {
		name   string
		answer answers.Answer
		want   string
	}{
		{"a figure", answers.Answer{Kind: answers.Found, Answers: []answers.Passage{
			quoted(t, b, "四(三)", "年内新建开通5G基站10018个,总数达20207个,居全省第一,网络质量全国领先。", "10018个"),
		}}, `
10018个
年内新建开通5G基站10018个,总数达20207个,居全省第一,网络质量全国领先。
—— 四(三) 抢滩“新基建”`},

		{"two figures of a part of a sentence", answers.Answer{Kind: answers.Found, Answers: []answers.Passage{
			cut(quoted(t, b, "四(三)", "年内新建开通5G基站10018个,总数达20207个", "10018个", "20207个"), false, true),
		}}, `
10018个、20207个
年内新建开通5G基站10018个,总数达20207个…
—— 四(三) 抢滩“新基建”`},

		{"bounds", answers.Answer{Kind: answers.Found, Answers: []answers.Passage{
			cut(quoted(t, b, "二(三)", "为新增规上企业兑现奖励超过1亿元", "1亿元"), true, true),
			cut(quoted(t, b, "一(三)", "上拉规上工业增速近1个百分点", "1个百分点"), true, true),
			cut(quoted(t, b, "四(二)", "推动1300余家企业实施网络化、智能化改造", "1300余家"), false, true),
			cut(quoted(t, b, "二(一)", "95家培育企业全年营业收入预计增长13%以上", "13%"), false, true),
		}}, `
1. 超过1亿元
   …为新增规上企业兑现奖励超过1亿元…
   —— 二(三) 围绕培育小微企业
2. 近1个百分点
   …上拉规上工业增速近1个百分点…
   —— 一(三) 创新服务机制
3. 1300余家
   推动1300余家企业实施网络化、智能化改造…
   —— 四(二) 抢占“新赛道”
4. 13%以上
   95家培育企业全年营业收入预计增长13%以上…
   —— 二(一) 围绕做强重点企业`},

		{"a fact without a figure, before the first heading", answers.Answer{Kind: answers.Found, Answers: []answers.Passage{
			cut(quoted(t, b, "引言", "跻身先进制造业百强市(2021)第7位"), true, true),
		}}, `
…跻身先进制造业百强市(2021)第7位…
—— 引言`},

		{"a list", answers.Answer{Kind: answers.Found, Answers: []answers.Passage{
			cut(quoted(t, b, "四(二)", "海尔、青啤入选全球“灯塔工厂”"), false, true),
			quoted(t, b, "五(四)", "推动8家制造业企业成功上市。"),
		}}, `
1. 海尔、青啤入选全球“灯塔工厂”…
   —— 四(二) 抢占“新赛道”
2. 推动8家制造业企业成功上市。
   —— 五(四) 助力产融合作对接`},

		{"a part of the report", answers.Answer{Kind: answers.Found, Answers: []answers.Passage{
			quoted(t, b, "五(五)", "实施“千员万企”行动"),
			quoted(t, b, "五(五)", "选聘281名数字专员深入1700多家企业,解决数字化转型问题250余项。"),
			quoted(t, b, "五(六)", "搭建产业促进平台"),
		}}, `
五(五) 实施“千员万企”行动
选聘281名数字专员深入1700多家企业,解决数字化转型问题250余项。
五(六) 搭建产业促进平台`},

		{"what the report does not say", answers.Answer{Kind: answers.NotFound, Note: "报告里没有上海。", Related: []answers.Passage{
			quoted(t, b, "五(四)", "推动8家制造业企业成功上市。"),
		}}, `
报告里没有上海。

报告里相近的句子：
· 推动8家制造业企业成功上市。
  —— 五(四) 助力产融合作对接`},

		{"what the report does not say, and nothing near", answers.Answer{Kind: answers.NotFound}, `
报告里没有说到这一点。`},

		{"help", answers.Answer{Kind: answers.Help, Note: "您好！"}, `
您好！`},
	} {
		t.Run(test.name, func(t *testing.T) {
			reply := b.Format(test.answer)
			if got := "\n" + reply.Text(); got != test.want {
				t.Errorf("got%s\nwant%s", got, test.want)
			}
			if len(reply.Suggestions) > 0 {
				t.Errorf("suggestions %q", reply.Suggestions)
			}
		})
	}
}

// The quote keeps its letters whatever is marked in it.
func TestFiguresAreMarkedInTheQuote(t *testing.T) {
	b := newBot(t)
	passage := quoted(t, b, "四(三)", "年内新建开通5G基站10018个,总数达20207个,居全省第一,网络质量全国领先。", "10018个", "20207个")
	var text strings.Builder
	var marked []string
	for _, run := range QuoteLine(passage) {
		text.WriteString(run.Text)
		if run.Style == Figure {
			marked = append(marked, run.Text)
		}
	}
	if text.String() != passage.Quote || strings.Join(marked, " ") != "10018个 20207个" {
		t.Errorf("quote %q with %q marked", text.String(), marked)
	}
}
