package content_test

import (
	"slices"
	"strings"
	"testing"

	"wenbao/content"
)

func TestOutlineOfTheEmbeddedReport(t *testing.T) {
	t.Parallel()
	report := embedded(t)
	compareLines(t, report.Title, outline(report), []string{
		"引言 | - | - | 1 | -",
		"一 | 一、 | 聚焦项目落地,拓展增量求突破 | 1 | -",
		"一(一) | (一) | 精准双招双引 | 2 | 一",
		"一(二) | (二) | 加快项目建设 | 2 | 一",
		"一(三) | (三) | 创新服务机制 | 2 | 一",
		"二 | 二、 | 聚焦企业培育,深挖存量上规模 | 1 | -",
		"二(一) | (一) | 围绕做强重点企业 | 2 | 二",
		"二(二) | (二) | 围绕壮大新锐企业 | 2 | 二",
		"二(三) | (三) | 围绕培育小微企业 | 2 | 二",
		"三 | 三、 | 聚焦产业集群,优化结构提能级 | 1 | -",
		"三(一) | (一) | 实施“强基”工程 | 2 | 三",
		"三(二) | (二) | 实施“聚合”工程 | 2 | 三",
		"三(三) | (三) | 实施“锻链”工程 | 2 | 三",
		"四 | 四、 | 聚焦融合发展,示范引领创标杆 | 1 | -",
		"四(一) | (一) | 抢抓“新风口” | 2 | 四",
		"四(二) | (二) | 抢占“新赛道” | 2 | 四",
		"四(三) | (三) | 抢滩“新基建” | 2 | 四",
		"五 | 五、 | 聚焦改革攻坚,贴心服务建生态 | 1 | -",
		"五(一) | (一) | 深化“亩产效益”综合评价改革 | 2 | 五",
		"五(二) | (二) | 创新品牌推广模式 | 2 | 五",
		"五(三) | (三) | 加大创新产品首购首用支持力度 | 2 | 五",
		"五(四) | (四) | 助力产融合作对接 | 2 | 五",
		"五(五) | (五) | 实施“千员万企”行动 | 2 | 五",
		"五(六) | (六) | 搭建产业促进平台 | 2 | 五",
		"五(七) | (七) | 扎实推进企业培训 | 2 | 五",
		"结语 | - | - | 1 | -",
	})
}

func TestTextOfTheEmbeddedReport(t *testing.T) {
	t.Parallel()
	report := embedded(t)
	if want := "市工业和信息化局2021年工作总结"; report.Title != want {
		t.Errorf("title %q, want %q", report.Title, want)
	}
	if report.Year != 2021 {
		t.Errorf("year %d, want 2021", report.Year)
	}
	if strings.Contains(report.Text, "扫一扫") {
		t.Error("the text holds the web page's 扫一扫在手机打开当前页")
	}
	for _, name := range []string{"青岛", "全市", "我市", "市工信局"} {
		if !slices.Contains(report.OwnNames, name) {
			t.Errorf("OwnNames lacks %s", name)
		}
	}
	for _, test := range []struct {
		label     string
		sentences int
		first     string // how the first sentence begins
		last      string // how the last one ends
	}{
		{"引言", 3, "2021年,面对严峻复杂的经济形势", "近年来首次实现提升。"},
		{"一", 1, "制定实施全市工信领域“双招双引”指导意见", "加快集聚项目资源。"},
		{"一(二)", 7, "滚动推进重点项目835个", "智能化绿色化技改优秀案例”。"},
		{"四(三)", 3, "出台《争创千兆城市实施方案》", "网络质量全国领先。"},
		{"五(六)", 1, "创新举办世界工业互联网产业大会", "聚合新资源。"},
		{"结语", 1, "此外,民爆、无线电", "稳妥有序推进。"},
	} {
		section := report.Section(test.label)
		if section == nil {
			t.Errorf("no section %s", test.label)
			continue
		}
		var quotes []string
		for _, sentence := range section.Sentences {
			quotes = append(quotes, report.Quote(sentence.Span))
		}
		if len(quotes) != test.sentences || !strings.HasPrefix(quotes[0], test.first) || !strings.HasSuffix(quotes[len(quotes)-1], test.last) {
			t.Errorf("section %s: want %d sentences from %q to %q, got %d:\n\t%s", test.label, test.sentences, test.first, test.last,
				len(quotes), strings.Join(quotes, "\n\t"))
		}
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	report := embedded(t)
	for label, want := range map[string][]string{
		"四(三)": {"四、聚焦融合发展,示范引领创标杆", "(三)抢滩“新基建”"},
		"五":    {"五、聚焦改革攻坚,贴心服务建生态"},
		"引言":   {"引言"},
		"结语":   {"结语"},
	} {
		compareLines(t, label, report.Section(label).Path(report), want)
	}
}

func TestSectionByLabel(t *testing.T) {
	t.Parallel()
	report := embedded(t)
	for typed, want := range map[string]string{
		"四(三)": "四(三)", "四（三）": "四(三)", "四（三)": "四(三)", " 四 (三) ": "四(三)", "四　（三）": "四(三)",
		"四": "四", "引言": "引言", " 结语\n": "结语",
	} {
		if section := report.Section(typed); section == nil || section.Label != want {
			t.Errorf("Section(%q) is %v, want the one labelled %s", typed, section, want)
		}
	}
	for _, typed := range []string{"", "六", "四(四)", "(三)", "四三", "总结"} {
		if section := report.Section(typed); section != nil {
			t.Errorf("Section(%q) is %s, want none", typed, section.Label)
		}
	}
}

func TestHeadings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"chapters 第一章 alone", "第一章 总则\n为促进发展,制定本办法。\n第二章　目标任务\n到2025年建成。\n第三章附则\n自发布之日起施行。", []string{
			"第一章 | 第一章 | 总则 | 1 | -", "第二章 | 第二章 | 目标任务 | 1 | -", "第三章 | 第三章 | 附则 | 1 | -",
		}},
		{"sections 第一节 in chapters", "第一章 总则\n第一节 目的\n为促进发展,制定本办法。\n第二节　范围\n本市适用。\n一、企业\n各类企业。\n第二章 任务\n第一节 目标\n到2025年建成。", []string{
			"第一章 | 第一章 | 总则 | 1 | -", "第一章第一节 | 第一节 | 目的 | 2 | 第一章", "第一章第二节 | 第二节 | 范围 | 2 | 第一章",
			"第一章第二节一 | 一、 | 企业 | 3 | 第一章第二节", "第二章 | 第二章 | 任务 | 1 | -", "第二章第一节 | 第一节 | 目标 | 2 | 第二章",
		}},
		{"parts 第一部分", "第一部分 2021年工作回顾\n成绩显著。\n第二部分：2022年重点工作\n继续努力。", []string{
			"一 | 第一部分 | 2021年工作回顾 | 1 | -", "二 | 第二部分： | 2022年重点工作 | 1 | -",
		}},
		{"一、 and （一） alone on their lines", "一、2021年工作回顾\n（一）经济运行稳中向好\n生产总值增长8.3%。\n（二）改革开放纵深推进\n成效明显。\n二、2022年工作安排\n（一）稳增长\n抓项目。", []string{
			"一 | 一、 | 2021年工作回顾 | 1 | -", "一(一) | （一） | 经济运行稳中向好 | 2 | 一", "一(二) | （二） | 改革开放纵深推进 | 2 | 一",
			"二 | 二、 | 2022年工作安排 | 1 | -", "二(一) | （一） | 稳增长 | 2 | 二",
		}},
		{"(一) run in", "一、聚焦项目落地\n(一)精准双招双引。编制招商目录。\n(二)加快项目建设。竣工199个。", []string{
			"一 | 一、 | 聚焦项目落地 | 1 | -", "一(一) | (一) | 精准双招双引 | 2 | 一", "一(二) | (二) | 加快项目建设 | 2 | 一",
		}},
		{"brackets of both widths in one row", "(一)稳就业。新增30万人。\n（二）保民生。提标8%。", []string{
			"(一) | (一) | 稳就业 | 1 | -", "(二) | （二） | 保民生 | 1 | -",
		}},
		{"1. and 1、 and １．", "1. 加快转型升级。新增10家。\n2、扩大对外开放\n增长9%。\n３．改善民生。办成十件实事。", []string{
			"1 | 1. | 加快转型升级 | 1 | -", "2 | 2、 | 扩大对外开放 | 1 | -", "3 | ３． | 改善民生 | 1 | -",
		}},
		{"（1） and four levels", "一、重点工作\n（一）产业\n1.工业。增长5%。\n（1）技改。投资增长32.4%。\n（2）培育。新增9家。\n2.农业。丰收。\n（二）城市\n更新。", []string{
			"一 | 一、 | 重点工作 | 1 | -", "一(一) | （一） | 产业 | 2 | 一", "一(一)1 | 1. | 工业 | 3 | 一(一)",
			"一(一)1(1) | （1） | 技改 | 4 | 一(一)1", "一(一)1(2) | （2） | 培育 | 4 | 一(一)1", "一(一)2 | 2. | 农业 | 3 | 一(一)", "一(二) | （二） | 城市 | 2 | 一",
		}},
		{"a skipped level", "一、重点工作\n1.工业。增长5%。\n2.农业。丰收。\n二、保障措施\n1.组织。加强领导。", []string{
			"一 | 一、 | 重点工作 | 1 | -", "一1 | 1. | 工业 | 2 | 一", "一2 | 2. | 农业 | 2 | 一",
			"二 | 二、 | 保障措施 | 1 | -", "二1 | 1. | 组织 | 2 | 二",
		}},
		{"more than ten", "一、甲类\n二、乙类\n三、丙类\n四、丁类\n五、戊类\n六、己类\n七、庚类\n八、辛类\n九、壬类\n十、癸类\n十一、子类\n十二、丑类\n完成。", []string{
			"一 | 一、 | 甲类 | 1 | -", "二 | 二、 | 乙类 | 1 | -", "三 | 三、 | 丙类 | 1 | -", "四 | 四、 | 丁类 | 1 | -", "五 | 五、 | 戊类 | 1 | -", "六 | 六、 | 己类 | 1 | -",
			"七 | 七、 | 庚类 | 1 | -", "八 | 八、 | 辛类 | 1 | -", "九 | 九、 | 壬类 | 1 | -", "十 | 十、 | 癸类 | 1 | -", "十一 | 十一、 | 子类 | 1 | -", "十二 | 十二、 | 丑类 | 1 | -",
		}},
		{"indented with wide spaces", "　　一、聚焦企业培育\n　　实施倍增工程。\n　　二、聚焦产业集群\n　　打好攻坚战。", []string{
			"一 | 一、 | 聚焦企业培育 | 1 | -", "二 | 二、 | 聚焦产业集群 | 1 | -",
		}},
		{"CRLF and CR", "一、聚焦企业培育\r\n实施倍增工程。\r\n二、聚焦产业集群\r打好攻坚战。", []string{
			"一 | 一、 | 聚焦企业培育 | 1 | -", "二 | 二、 | 聚焦产业集群 | 1 | -",
		}},
		{"引言 and 结语", "过去一年,成绩来之不易。\n一、工作回顾\n经济稳中向好。\n此外,民爆等工作稳妥推进。\n请予审议。", []string{
			"引言 | - | - | 1 | -", "一 | 一、 | 工作回顾 | 1 | -", "结语 | - | - | 1 | -",
		}},
		{"各位代表 closes", "一、工作回顾\n经济稳中向好。\n各位代表,让我们奋力前行!", []string{
			"一 | 一、 | 工作回顾 | 1 | -", "结语 | - | - | 1 | -",
		}},
		{"此外 right behind a heading is its text", "一、工作回顾\n此外,民爆等工作稳妥推进。", []string{
			"一 | 一、 | 工作回顾 | 1 | -",
		}},
		{"no heading at all", "此外,民爆等工作稳妥推进。\n成绩来之不易。", []string{
			"引言 | - | - | 1 | -",
		}},
		{"a stray 3. of a list", "一、工作回顾\n主要做了以下工作。\n3. 落实减税降费。\n二、工作安排\n继续努力。", []string{
			"一 | 一、 | 工作回顾 | 1 | -", "二 | 二、 | 工作安排 | 1 | -",
		}},
		{"1.5倍 is a number", "一、工作回顾\n1.5倍于上年。\n2.6万户受益。\n1．5倍于上年。", []string{
			"一 | 一、 | 工作回顾 | 1 | -",
		}},
		{"a stray （五）", "一、工作回顾\n（五）是空的。\n二、工作安排\n继续努力。", []string{
			"一 | 一、 | 工作回顾 | 1 | -", "二 | 二、 | 工作安排 | 1 | -",
		}},
		{"backwards and far ahead", "一、工作回顾\n二、工作安排\n七、远在前头。\n一百、更远。\n三、组织保障\n完成。\n二、回头看。", []string{
			"一 | 一、 | 工作回顾 | 1 | -", "二 | 二、 | 工作安排 | 1 | -", "三 | 三、 | 组织保障 | 1 | -",
		}},
		{"a numbered paragraph with a long first sentence", "一、工作回顾\n1.我们坚持以供给侧结构性改革为主线,持续优化营商环境,深入推进放管服改革,企业开办时间压缩到一个工作日以内,群众满意度不断提升。成效明显。", []string{
			"一 | 一、 | 工作回顾 | 1 | -",
		}},
		{"words that begin with a numeral", "一、工作回顾\n一是加快发展。\n一年来,成绩显著。\n三大攻坚战取得决定性成就。\n十四五开局良好。", []string{
			"一 | 一、 | 工作回顾 | 1 | -",
		}},
		{"headings only", "一、工作回顾\n（一）经济\n（二）社会\n二、工作安排", []string{
			"一 | 一、 | 工作回顾 | 1 | -", "一(一) | （一） | 经济 | 2 | 一", "一(二) | （二） | 社会 | 2 | 一", "二 | 二、 | 工作安排 | 1 | -",
		}},
		{"blank lines between", "\n\n一、工作回顾\n\n　　\n经济稳中向好。\n\n\n二、工作安排\n\n", []string{
			"一 | 一、 | 工作回顾 | 1 | -", "二 | 二、 | 工作安排 | 1 | -",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			report := content.Parse(title + test.text)
			compareLines(t, test.text, outline(report), test.want)
			for _, problem := range problemsOf(report) {
				t.Error(problem)
			}
		})
	}
}

// The number and the title of a heading are no sentence, what runs in behind it is, and so is a stray number's line.
func TestTextBehindHeadings(t *testing.T) {
	t.Parallel()
	report := content.Parse(title + "一、聚焦项目落地\n制定方案。\n(一)精准双招双引。编制目录,走访230家次。成效好。\n(二)加快建设\n竣工199个。\n3. 不是标题。")
	for label, want := range map[string][]string{
		"一":    {"制定方案。"},
		"一(一)": {"编制目录,走访230家次。", "成效好。"},
		"一(二)": {"竣工199个。", "3. 不是标题。"},
	} {
		section := report.Section(label)
		if section == nil {
			t.Fatalf("no section %s in %v", label, outline(report))
		}
		var got []string
		for _, sentence := range section.Sentences {
			got = append(got, report.Quote(sentence.Span))
			if sentence.Section != section {
				t.Errorf("%q knows section %s, want %s", report.Quote(sentence.Span), sentence.Section.Label, label)
			}
		}
		compareLines(t, label, got, want)
	}
	if got, want := report.Quote(report.Section("一(一)").Heading), "(一)精准双招双引"; got != want {
		t.Errorf("heading %q, want %q", got, want)
	}
}

// What the report of a city calls 全省 is the province of that city.
func TestProvinceOfACity(t *testing.T) {
	t.Parallel()
	for title, want := range map[string][]string{
		"遂宁市2021年政府工作报告":   {"=", "四川", "四川省", "全省", "省内"},
		"桂林市2021年政府工作报告":   {"=", "广西", "广西壮族自治区", "广西自治区", "全区", "区内"},
		"四川省2021年政府工作报告":   nil,
		"江州市2021年工业发展情况总结": nil,
	} {
		report := content.Parse(title + "\n\n一、回顾\n\n新增企业5家。\n")
		var got []string
		for _, names := range report.Synonyms {
			got = append(got, names...)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s of %s: %q, want %q", title, report.Place, got, want)
		}
	}
}
