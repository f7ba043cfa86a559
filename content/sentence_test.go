package content_test

import (
	"testing"

	"wenbao/content"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"full stops", "启动实施规划。制定出台政策。", []string{"启动实施规划。", "制定出台政策。"}},
		{"marks of both widths", "奋力前行！怎么办？好!是吗?成。", []string{"奋力前行！", "怎么办？", "好!", "是吗?", "成。"}},
		{"several marks are one end", "真的吗？！太好了！！！好。", []string{"真的吗？！", "太好了！！！", "好。"}},
		{"semicolons stand between, not in", "增长8.1%；两年平均增长6.8%;总数达20207个。", []string{"增长8.1%", "两年平均增长6.8%", "总数达20207个。"}},
		{"no mark at the end", "增长8.1%。继续努力", []string{"增长8.1%。", "继续努力"}},
		{"decimal points end nothing", "增长8.1%,达81.7亿元。", []string{"增长8.1%,达81.7亿元。"}},
		{"ASCII full stops end nothing", "出台V2.0版.继续努力.", []string{"出台V2.0版.继续努力."}},
		{"a point behind a percentage ends a sentence", "收入下降25.7%.投资下降1.5%.", []string{"收入下降25.7%.", "投资下降1.5%."}},
		{"a quotation in a sentence", "入选“山东十大优秀案例”。获评“工赋强国奖”。", []string{"入选“山东十大优秀案例”。", "获评“工赋强国奖”。"}},
		{"a quotation's own end, text behind", "他说：“要快。”然后动工。", []string{"他说：“要快。”", "然后动工。"}},
		{"a quotation of several sentences", "他说“要快。要稳。要好。”大家鼓掌。", []string{"他说“要快。要稳。要好。”", "大家鼓掌。"}},
		{"a question in quotation marks", "直面“怎么办？”的问题。找到答案。", []string{"直面“怎么办？”", "的问题。", "找到答案。"}},
		{"marks inside brackets", "入选先进集群（全国共25个。全省2个均在我市；青岛独占）。再创佳绩。", []string{"入选先进集群（全国共25个。全省2个均在我市；青岛独占）。", "再创佳绩。"}},
		{"semicolons inside brackets and names", "印发《甲;乙》(含丙;丁)。", []string{"印发《甲;乙》(含丙;丁)。"}},
		{"an opening bracket without its end", "入选集群（全国共25个。再创佳绩。还要努力。", []string{"入选集群（全国共25个。", "再创佳绩。", "还要努力。"}},
		{"a closing bracket without its start", "入选集群）全国共25个。再创佳绩。", []string{"入选集群）全国共25个。", "再创佳绩。"}},
		{"a missing bracket stays in its line", "入选集群（全国。\n再创佳绩（全省）。还要努力。", []string{"入选集群（全国。", "再创佳绩（全省）。", "还要努力。"}},
		{"nested", "发布《“工赋青岛”（2021）方案》。推广。", []string{"发布《“工赋青岛”（2021）方案》。", "推广。"}},
		{"lines", "增长8.1%\n增长6.8%\n", []string{"增长8.1%", "增长6.8%"}},
		{"CRLF", "增长8.1%。\r\n增长6.8%。\r\n", []string{"增长8.1%。", "增长6.8%。"}},
		{"wide spaces around", "　　增长8.1%。　　增长6.8%。　", []string{"增长8.1%。", "增长6.8%。"}},
		{"full-width letters and digits", "增长８．１％。ＧＤＰ总量居第１位。", []string{"增长８．１％。", "ＧＤＰ总量居第１位。"}},
		{"marks alone are none", "。增长8.1%。……。！；；", []string{"增长8.1%。"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			report := content.Parse(title + test.text)
			compareLines(t, test.text, sentencesOf(report), test.want)
			for _, problem := range problemsOf(report) {
				t.Error(problem)
			}
		})
	}
}

func TestClauses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string // a list item has a 、 before it
	}{
		{"commas of both widths", "年内新建开通5G基站10018个,总数达20207个，居全省第一,网络质量全国领先。",
			[]string{"年内新建开通5G基站10018个", "总数达20207个", "居全省第一", "网络质量全国领先。"}},
		{"one clause", "推动8家制造业企业成功上市。", []string{"推动8家制造业企业成功上市。"}},
		{"commas in brackets", "2个产业集群入选国家先进制造业集群(全国共25个,全省2个均在我市),实现突破。",
			[]string{"2个产业集群入选国家先进制造业集群(全国共25个,全省2个均在我市)", "实现突破。"}},
		{"commas in quotation marks and names", "实现“当年签约,当年开工”，发布《甲，乙》。", []string{"实现“当年签约,当年开工”", "发布《甲，乙》。"}},
		{"unbalanced brackets are not believed", "入选集群(全国共25个,全省2个。", []string{"入选集群(全国共25个", "全省2个。"}},
		{"thousands", "新增企业1,000家,合计12,345家。", []string{"新增企业1,000家", "合计12,345家。"}},
		{"thousands with a wide comma", "新增企业1，000家，合计9个。", []string{"新增企业1，000家", "合计9个。"}},
		{"items with thousands", "重点项目835个、竣工1,199个。", []string{"、重点项目835个", "、竣工1,199个。"}},
		{"marks alone", "居全省第2位,。", []string{"居全省第2位"}},
		{"a comma behind a number", "第7位,较上年提升4个位次。", []string{"第7位", "较上年提升4个位次。"}},
		{"items that each hold a figure", "滚动推进重点项目835个、竣工199个。", []string{"、滚动推进重点项目835个", "、竣工199个。"}},
		{"three items", "1家工业园区、6家工厂、9款产品入选,获好评。", []string{"、1家工业园区", "、6家工厂", "、9款产品入选", "获好评。"}},
		{"items without figures", "推动网络化、智能化改造。", []string{"推动网络化、智能化改造。"}},
		{"one figure among the items", "推动1300余家企业实施网络化、智能化改造。", []string{"推动1300余家企业实施网络化、智能化改造。"}},
		{"two sizes of one thing", "芯恩8英寸、12英寸芯片制造线。", []string{"芯恩8英寸、12英寸芯片制造线。"}},
		{"items in brackets", "认定项目(智能工厂3个、数字化车间5个)103个。", []string{"认定项目(智能工厂3个、数字化车间5个)103个。"}},
		{"white space around the commas", "增长8.1% , 居全省第2位 ，创新高。", []string{"增长8.1%", "居全省第2位", "创新高。"}},
		{"nothing between the commas", "增长8.1%,,，居全省第2位。", []string{"增长8.1%", "居全省第2位。"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			report := content.Parse(title + test.text)
			var got []string
			for sentence := range report.Sentences() {
				for _, clause := range sentence.Clauses {
					mark := ""
					if clause.Item {
						mark = "、"
					}
					got = append(got, mark+report.Quote(clause.Span))
				}
			}
			compareLines(t, test.text, got, test.want)
			for _, problem := range problemsOf(report) {
				t.Error(problem)
			}
		})
	}
}
