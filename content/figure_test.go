package content_test

import (
	"strings"
	"testing"

	"wenbao/content"
)

func TestFigures(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		want []string // text | value unit | kind | bound
	}{
		// Counts, with 余 and 多 inside.
		{"年内新建开通5G基站10018个", []string{"10018个 | 10018 个 | count | exact"}},
		{"认定省首台(套)3台(套)", []string{"3台(套) | 3 台(套) | count | exact"}},
		{"对接走访企业230家次", []string{"230家次 | 230 家次 | count | exact"}},
		{"推动1300余家企业", []string{"1300余家 | 1300 家 | count | over"}},
		{"深入1700多家企业", []string{"1700多家 | 1700 家 | count | over"}},
		{"培训3500多人次", []string{"3500多人次 | 3500 人次 | count | over"}},
		{"惠及3万余人", []string{"3万余人 | 30000 人 | count | over"}},
		{"整车生产15.2万辆", []string{"15.2万辆 | 152000 辆 | count | exact"}},
		{"港口吞吐量2371万标箱", []string{"2371万标箱 | 23710000 标箱 | count | exact"}},
		{"总产量突破3万", []string{"3万 | 30000 - | count | over"}},
		{"是上年的1.5倍", []string{"1.5倍 | 1.5 倍 | count | exact"}},
		{"每百户拥有汽车52辆", []string{"52辆 | 52 辆 | count | exact"}},
		{"新增市场主体1,000户、12,345.6万户", []string{"1,000户 | 1000 户 | count | exact", "12,345.6万户 | 123456000 户 | count | exact"}},

		// Money.
		{"一般公共预算收入1261.7亿元", []string{"1261.7亿元 | 126170000000 元 | money | exact"}},
		{"补偿资金3874万元", []string{"3874万元 | 38740000 元 | money | exact"}},
		{"实际使用外资3000万美元", []string{"3000万美元 | 30000000 美元 | money | exact"}},
		{"人均可支配收入51223元", []string{"51223元 | 51223 元 | money | exact"}},
		{"滚动推进投资过千亿元的项目", []string{"千亿元 | 100000000000 元 | money | over"}},
		{"销售收入4500多亿元、投入3000余万元", []string{"4500多亿元 | 450000000000 元 | money | over", "3000余万元 | 30000000 元 | money | over"}},
		{"生产总值超过1万亿元", []string{"1万亿元 | 1000000000000 元 | money | over"}},
		{"存款余额1.5万亿元", []string{"1.5万亿元 | 1500000000000 元 | money | exact"}},
		{"投资 2.5 亿元", []string{"2.5 亿元 | 250000000 元 | money | exact"}},
		{"年营收10至15亿元", []string{"10至15亿元 | 1000000000 元 | money | exact"}},
		{"补助一亿元", []string{"一亿元 | 100000000 元 | money | exact"}},
		{"营收十二亿元", []string{"十二亿元 | 1200000000 元 | money | exact"}},

		// Percentages, points and fractions.
		{"规上工业增加值增长8.1%", []string{"8.1% | 8.1 % | percent | exact"}},
		{"占比50％", []string{"50％ | 50 % | percent | exact"}},
		{"人口自然增长率3‰", []string{"3‰ | 3 ‰ | percent | exact"}},
		{"比重同比提升1.1个百分点", []string{"1.1个百分点 | 1.1 个百分点 | percentage-point | exact"}},
		{"分别提高2.9和2个百分点", []string{"2.9 | 2.9 个百分点 | percentage-point | exact", "2个百分点 | 2 个百分点 | percentage-point | exact"}},
		{"分别提高2.3个和1.5个百分点", []string{"2.3个 | 2.3 个百分点 | percentage-point | exact", "1.5个百分点 | 1.5 个百分点 | percentage-point | exact"}},
		{"分别达到500、300亿元", []string{"500 | 50000000000 元 | money | exact", "300亿元 | 30000000000 元 | money | exact"}},
		{"回落0.3百分点", []string{"0.3百分点 | 0.3 百分点 | percentage-point | exact"}},
		{"下降百分之六", []string{"百分之六 | 6 % | percent | exact"}},
		{"完成百分之六十五", []string{"百分之六十五 | 65 % | percent | exact"}},
		{"完成百分之百", []string{"百分之百 | 100 % | percent | exact"}},
		{"占全省三分之一", []string{"三分之一 | 33.3333333333 % | percent | exact"}},
		{"超过四分之三", []string{"四分之三 | 75 % | percent | over"}},

		// Ranks.
		{"排名上升到第 7 位", []string{"第 7 位 | 7 位 | rank | exact"}},
		{"位列全省第2位", []string{"第2位 | 2 位 | rank | exact"}},
		{"居全省第一", []string{"第一 | 1 位 | rank | exact"}},
		{"居全国第一位", []string{"第一位 | 1 位 | rank | exact"}},
		{"位列第一,增速第二。", []string{"第一 | 1 位 | rank | exact", "第二 | 2 位 | rank | exact"}},
		{"较上年提升4个位次", []string{"4个位次 | 4 个位次 | rank | exact"}},
		{"省第二批化工生产企业", []string{"第二批 | 2 批 | rank | exact"}},
		{"世界第三大港口", []string{"第三大 | 3 大 | rank | exact"}},
		{"进入全国前10位", []string{"10位 | 10 位 | rank | exact"}},

		// Sizes and speeds.
		{"芯恩8英寸、12英寸芯片制造线", []string{"8英寸 | 8 英寸 | size | exact", "12英寸 | 12 英寸 | size | exact"}},
		{"新增绿地113平方公里", []string{"113平方公里 | 113 平方公里 | size | exact"}},
		{"粮食总产144.8万吨", []string{"144.8万吨 | 1448000 吨 | size | exact"}},
		{"节约标煤300多万吨", []string{"300多万吨 | 3000000 吨 | size | over"}},
		{"装机60万千瓦,发电9.6万千瓦时", []string{"60万千瓦 | 600000 千瓦 | size | exact", "9.6万千瓦时 | 96000 千瓦时 | size | exact"}},
		{"造林2.5万亩", []string{"2.5万亩 | 25000 亩 | size | exact"}},
		{"PM2.5平均浓度为28微克/立方米", []string{"28微克/立方米 | 28 微克/立方米 | size | exact"}},
		{"轨道交通运营里程达到293.1公里", []string{"293.1公里 | 293.1 公里 | size | exact"}},
		{"时速600公里高速磁浮", []string{"600公里 | 600 公里 | speed | exact"}},
		{"设计时速350公里", []string{"350公里 | 350 公里 | speed | exact"}},
		{"最高速度600公里/小时", []string{"600公里/小时 | 600 公里/小时 | speed | exact"}},

		// Periods and dates.
		{"三年攻坚行动", []string{"三年 | 3 年 | period | exact"}},
		{"两年平均增长", []string{"两年 | 2 年 | period | exact"}},
		{"二十余年", []string{"二十余年 | 20 年 | period | over"}},
		{"压缩到6个月、24小时、100天", []string{"6个月 | 6 个月 | period | exact", "24小时 | 24 小时 | period | exact", "100天 | 100 天 | period | exact"}},
		{"每年7月17日", []string{"7月17日 | 717 日 | date | exact"}},
		{"2021年7月17日", []string{"2021年7月17日 | 20210717 日 | date | exact"}},
		{"2021年7月", []string{"2021年7月 | 20210700 月 | date | exact"}},
		{"2021年全面完成", []string{"2021年 | 20210000 年 | date | exact"}},
		{"7月底前", []string{"7月底 | 700 月 | date | exact"}},
		{" 3 月中旬停产，2013 年 7 月投产", []string{"3 月 | 300 月 | date | exact", "2013 年 7 月 | 20130700 月 | date | exact"}},
		{"二〇二一年", []string{"二〇二一年 | 20210000 年 | date | exact"}},

		// Bounds around the figure.
		{"首次超过100家", []string{"100家 | 100 家 | count | over"}},
		{"突破5000人", []string{"5000人 | 5000 人 | count | over"}},
		{"近4000户企业", []string{"4000户 | 4000 户 | count | nearly"}},
		{"接近100个", []string{"100个 | 100 个 | count | nearly"}},
		{"净增200亿元左右", []string{"200亿元 | 20000000000 元 | money | about"}},
		{"约6%", []string{"6% | 6 % | percent | about"}},
		{"增长13%以上", []string{"13% | 13 % | percent | at-least"}},
		{"不低于20%", []string{"20% | 20 % | percent | at-least"}},
		{"不超过3%", []string{"3% | 3 % | percent | at-most"}},
		{"涨幅控制在3%以内", []string{"3% | 3 % | percent | at-most"}},
		{"不到10家", []string{"10家 | 10 家 | count | at-most"}},

		// Ranges take one unit.
		{"增长6%—6.5%", []string{"6%—6.5% | 6 % | percent | exact"}},
		{"增长5—8%", []string{"5—8% | 5 % | percent | exact"}},
		{"增长5.5%～6%", []string{"5.5%～6% | 5.5 % | percent | exact"}},
		{"提高0.5—1个百分点", []string{"0.5—1个百分点 | 0.5 个百分点 | percentage-point | exact"}},
		{"建成3-5个园区", []string{"3-5个 | 3 个 | count | exact"}},
		{"用1至3年时间", []string{"1至3年 | 1 年 | period | exact"}},

		// Chinese numerals before what they count.
		{"国家高端智能化家用电器创新中心一家", []string{"一家 | 1 家 | count | exact"}},
		{"全国唯一一家创新中心", []string{"一家 | 1 家 | count | exact"}},
		{"两家企业、十名劳模", []string{"两家 | 2 家 | count | exact", "十名 | 10 名 | count | exact"}},
		{"共有三百五十家", []string{"三百五十家 | 350 家 | count | exact"}},
		{"两千多人参赛", []string{"两千多人 | 2000 人 | count | over"}},
		{"十余项荣誉", []string{"十余项 | 10 项 | count | over"}},

		// Large Chinese numerals, decimals and fractions with 点.
		{"拨款一亿三千万元", []string{"一亿三千万元 | 130000000 元 | money | exact"}},
		{"总额一万亿零五千万元", []string{"一万亿零五千万元 | 1000050000000 元 | money | exact"}},
		{"下降百分之六点五", []string{"百分之六点五 | 6.5 % | percent | exact"}},
		{"下降百分之零点五以上", []string{"百分之零点五 | 0.5 % | percent | at-least"}},
		{"提高六点五个百分点、投资一点二亿元", []string{"六点五个百分点 | 6.5 个百分点 | percentage-point | exact", "一点二亿元 | 120000000 元 | money | exact"}},
		{"九点三十分、三点一线、第一点", nil},

		// Numbers beyond all numbers.
		{"投资1亿亿亿亿元", nil},
		{"投资1" + strings.Repeat("亿", 100) + "元,共3个", []string{"3个 | 3 个 | count | exact"}},
		{strings.Repeat("九", 400) + "十个", nil},
		{strings.Repeat("九", 400) + "十" + strings.Repeat("亿", 60) + "元", nil},
		{strings.Repeat("9", 400) + "个", nil},
		{strings.Repeat("9", 308) + "万亿元", nil},
		{"百分之" + strings.Repeat("九", 400), nil},
		{"零分之一", nil},

		// Years and dates in other figures, ranges of dates.
		{"二○二一年", []string{"二○二一年 | 20210000 年 | date | exact"}},
		{"二0二一年,二０二一年", []string{"二0二一年 | 20210000 年 | date | exact", "二０二一年 | 20210000 年 | date | exact"}},
		{"２０２１年７月", []string{"２０２１年７月 | 20210700 月 | date | exact"}},
		{"11-12月开工", []string{"11-12月 | 1100 月 | date | exact"}},
		{"2021年11—12月", []string{"2021年11—12月 | 20211100 月 | date | exact"}},
		{"2021—2023年实施", []string{"2021—2023年 | 20210000 年 | date | exact"}},
		{"7月17-20日", []string{"7月17-20日 | 717 日 | date | exact"}},

		// Groups of thousands, with any comma or a space; the rest of one is no number.
		{"新增１，０００家、1，000家、12 345家", []string{"１，０００家 | 1000 家 | count | exact", "1，000家 | 1000 家 | count | exact", "12 345家 | 12345 家 | count | exact"}},
		{"1 000个", []string{"1 000个 | 1000 个 | count | exact"}},
		{"12345，000家", nil},
		{"居第7，100家入选", []string{"第7 | 7 位 | rank | exact", "100家 | 100 家 | count | exact"}},
		{"版本1.2.3个", nil},

		// Ranges whose numbers each have a multiplier.
		{"产能3万—5万吨", []string{"3万—5万吨 | 30000 吨 | size | exact"}},
		{"产能3万吨—5万吨", []string{"3万吨—5万吨 | 30000 吨 | size | exact"}},
		{"产能3—5万吨", []string{"3—5万吨 | 30000 吨 | size | exact"}},
		{"产能8000—1万吨", []string{"8000—1万吨 | 8000 吨 | size | exact"}},

		// What is many, without a number.
		{"数十家、几十个、上亿元、数亿元、上百家、几百万元、上千年", nil},
		{"以上35家", []string{"35家 | 35 家 | count | exact"}},

		// A minus, and a 半 or 多 that belongs to the period.
		{"进出口增长-5%", []string{"-5% | -5 % | percent | exact"}},
		{"增长3-5%", []string{"3-5% | 3 % | percent | exact"}},
		{"用时三个半月、1个半小时、三年半", []string{"三个半月 | 3.5 个月 | period | exact", "1个半小时 | 1.5 个小时 | period | exact", "三年半 | 3.5 年 | period | exact"}},
		{"用时三个多月", []string{"三个多月 | 3 个月 | period | over"}},
		{"一年多,两年多来", []string{"一年 | 1 年 | period | over", "两年 | 2 年 | period | over"}},
		{"三年多次获评", []string{"三年 | 3 年 | period | exact"}},

		// Full width.
		{"新增１２３个", []string{"１２３个 | 123 个 | count | exact"}},
		{"投资８１．７亿元", []string{"８１．７亿元 | 8170000000 元 | money | exact"}},

		// Names and words that count nothing.
		{"5G基站", nil},
		{"５Ｇ基站", nil},
		{"PM2.5浓度持续下降", nil},
		{"M2增速平稳", nil},
		{"C919大型客机、T1航站楼、G20峰会、H7N9疫情", nil},
		{"4A级景区、3D打印、B2B平台、ISO9001认证", nil},
		{"12·5规划、“12·5”规划", nil},
		{"“十四五”规划、“一带一路”建设", nil},
		{"《青岛市2021—2023年行动计划》", nil},
		{"“四年5000亿”政策、“三个一批”", nil},
		{"长征5号、20国集团、12345热线、90年代", nil},
		{"新一代信息技术、一批企业、一系列活动、一体化、统一部署", nil},
		{"每一个、另一家、同一个、任何一家", nil},
		{"一对一帮扶、一次性就业、全市一张网、一条龙服务", nil},
		{"市区两级、三级联动、五星级、三位一体、千兆城市、百强市", nil},
		{"两位数增长、三年级、一件事、第二产业", nil},
		{"万元GDP能耗持续下降", nil},
		{"一网通办、二维码、二氧化硫、零部件、三亚、四川、九江", nil},
		{"", nil},
		{"没有数字", nil},
	} {
		compareLines(t, test.text, figuresOf(test.text), test.want)
	}
}

// Names in the middle of a sentence hide none of the figures around them.
func TestFiguresBesideNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"“5G+工业互联网”典型应用案例4个":        {"4个 | 4 个 | count | exact"},
		"协调解决海尔“四年5000亿”政策需求66项":    {"66项 | 66 项 | count | exact"},
		"跻身先进制造业百强市(2021)第7位":       {"第7位 | 7 位 | rank | exact"},
		"PM2.5浓度下降10%":              {"10% | 10 % | percent | exact"},
		"M2增长8.7%":                  {"8.7% | 8.7 % | percent | exact"},
		"4A级旅游景区3家":                 {"3家 | 3 家 | count | exact"},
		"入选《2021名单》2个":              {"2个 | 2 个 | count | exact"},
		"缺一半“引号3个":                  {"3个 | 3 个 | count | exact"},
		"2个案例入选“山东十大优秀案例”,共5个":      {"2个 | 2 个 | count | exact", "5个 | 5 个 | count | exact"},
		"2021年,增长8.1%,居第7位,三年1亿元以上": {"2021年 | 20210000 年 | date | exact", "8.1% | 8.1 % | percent | exact", "第7位 | 7 位 | rank | exact", "三年 | 3 年 | period | exact", "1亿元 | 100000000 元 | money | at-least"},
	} {
		compareLines(t, text, figuresOf(text), want)
	}
}

func TestMeasures(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		want []string // a measure for each figure
	}{
		{"规上工业增加值增长8.1%,两年平均增长6.8%。", []string{"规上工业增加值增长", "平均增长", "平均增长"}},
		{"年内新建开通5G基站10018个,总数达20207个。", []string{"年内新建开通5G基站", "总数达"}},
		{"9家企业入选国家级单项冠军,12家企业入选省级单项冠军。", []string{"企业入选国家级单项冠军", "企业入选省级单项冠军"}},
		{"滚动推进重点项目835个、竣工199个。", []string{"滚动推进重点项目", "竣工"}},
		{"上拉规上工业增速近1个百分点。", []string{"上拉规上工业增速"}},
		{"净增200亿元左右。", []string{"净增"}},
		{"为新增规上企业兑现奖励超过1亿元。", []string{"为新增规上企业兑现奖励"}},
		{"高于全国(6.1%)。", []string{"高于全国"}},
		{"推动1300余家企业上云。", []string{"企业上云"}},

		// Behind 的.
		{"贡献了15.3%的税收。", []string{"税收"}},
		{"投资120亿元的奇瑞汽车实现开工。", []string{"奇瑞汽车"}},
		{"占全国30%以上的企业。", []string{"企业"}},
		{"投资1150亿元的56个项目。", []string{"投资", "项目"}},

		// Up to the words that lead to the next figure.
		{"近4000户规上企业以占全省9.9%的用地。", []string{"规上企业", "用地"}},
		{"10个集聚区主导产业集聚度为84.66%。", []string{"集聚区主导产业集聚度", "集聚区主导产业集聚度为"}},
		{"5个集聚区同比增长均超过30%。", []string{"集聚区", "集聚区同比增长"}},
		{"选聘281名数字专员深入1700多家企业。", []string{"数字专员", "企业"}},
		{"补助标准由202元提高到209元。", []string{"补助标准由", "提高到"}},
		{"全省2个均在我市。", []string{"全省"}},

		// Over the marks inside of a name, and over those of a list that is a part of it.
		{"新增45个省首台(套)技术装备及关键零部件(居全省首位)。", []string{"省首台(套)技术装备及关键零部件"}},
		{"筹集4.5万套（间）保障性租赁住房。", []string{"保障性租赁住房"}},
		{"推动1300余家企业实施网络化、智能化改造。", []string{"企业实施网络化、智能化改造"}},
		{"12家“白名单、灰名单”企业。", []string{"“白名单、灰名单”企业"}},

		// Neither a bound nor a conjunction measures anything.
		{"接近100个。", []string{"接近100个。"}},
		{"收入、支出分别增长6.5%和8.9%。", []string{"收入、支出分别增长", "收入、支出分别增长"}},
		{"投资、消费分别增长5%、6%。", []string{"投资、消费分别增长", "投资、消费分别增长"}},
		{"新建4所中心和5所园。", []string{"中心", "园"}},
	} {
		report := content.Parse(title + test.text)
		var got []string
		for sentence := range report.Sentences() {
			for _, figure := range sentence.Figures {
				got = append(got, report.Quote(figure.Measure))
			}
		}
		compareLines(t, test.text, got, test.want)
	}
}

func TestUnitAt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text    string
		ordinal bool
		unit    string
		kind    content.Kind
	}{
		{"个百分点", false, "个百分点", content.PercentagePoint},
		{"家企业", false, "家", content.Count},
		{"位", true, "位", content.Rank},
		{"位", false, "位", content.Count},
		{"批企业", true, "批", content.Rank},
		{"批企业", false, "", ""},
		{"位数增长", false, "", ""},
		{"企业", false, "", ""},
		{"", false, "", ""},
	} {
		unit, kind, ok := content.UnitAt(test.text, test.ordinal)
		if unit != test.unit || kind != test.kind || ok != (test.unit != "") {
			t.Errorf("UnitAt(%q, %v) is %q, %q, %v; want %q, %q", test.text, test.ordinal, unit, kind, ok, test.unit, test.kind)
		}
	}
}

// A span tells whether it holds another, touching ends included.
func TestSpan(t *testing.T) {
	t.Parallel()
	span := content.Span{Start: 3, End: 9}
	if span.Len() != 6 {
		t.Errorf("length %d, want 6", span.Len())
	}
	for other, want := range map[content.Span]bool{
		{Start: 3, End: 9}: true, {Start: 4, End: 8}: true, {Start: 3, End: 3}: true,
		{Start: 2, End: 9}: false, {Start: 3, End: 10}: false, {Start: 9, End: 12}: false,
	} {
		if got := span.Contains(other); got != want {
			t.Errorf("%v.Contains(%v) is %v, want %v", span, other, got, want)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	text := embedded(b).Text
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		content.Parse(text)
	}
}

// A cell of a table may carry its unit itself.
func TestCellsWithUnits(t *testing.T) {
	report := content.Parse(title + "\n| 指标 | 数值 | 增长 |\n|---|---|---|\n| 进出口总额 | 21.3亿元 | 35.2% |\n")
	var got []string
	for sentence := range report.Sentences() {
		for _, figure := range sentence.Figures {
			got = append(got, report.Quote(figure.Measure)+" "+report.Quote(figure.Span)+" "+string(figure.Kind))
		}
	}
	compareLines(t, "cells", got, []string{"进出口总额 21.3亿元 money", "进出口总额 35.2% percent"})
}
