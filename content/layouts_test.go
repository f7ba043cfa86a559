package content_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"wenbao/content"
)

// What stands around the parts of a report is none of them: what is above the salutation, however it is set, and tables of
// contents; and parts are found where the line breaks before them are lost.
func TestLayoutsOfOutlines(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text   string
		labels []string
		year   int
	}{
		"who speaks, behind a colon": {
			"2005年江州市政府工作报告\n\n**——2005年2月19日在江州市第十二届人民代表大会第六次会议上**\n\n**江州市人民政府市长:王小明**\n\n各位代表:\n\n现在，我向大会报告工作。\n\n" +
				"**一、2004年工作回顾**\n\n新建公路10公里。\n\n**二、2005年目标任务**\n\n新建公路20公里。\n",
			[]string{"引言", "一", "二"}, 2004,
		},
		"title, occasion and date in one line": {
			"---\ntitle: 政府工作报告\n---\n关于江州市国民经济和社会发展第十一个五年规划纲要的报告  ——2006年1月16日在江州市第三届人民代表大会第四次会议上\n\n江州市市长 王小明\n\n各位代表：\n\n" +
				"现在，我代表江州市人民政府向大会作报告。\n\n一、发展成就\n\n新建公路10公里。\n\n二、今后五年的任务\n\n新建公路90公里。\n",
			[]string{"引言", "一", "二"}, 2005,
		},
		"the title again, in two lines": {
			"---\ntitle: 2018年国民经济和社会发展统计公报\n---\n**江州市**\n\n**2018年国民经济和社会发展统计公报[1]**\n\n江州市统计局\n\n2019年2月28日\n\n2018年，经济平稳增长。\n\n**一、综合**\n\n全年生产总值100亿元。\n",
			[]string{"引言", "一"}, 2018,
		},
		"a table of contents": {
			"江州市发展规划纲要\n\n目　录\n\n第一篇　指导原则\n\n第一章　发展环境……1\n\n第二章　主要目标……3\n\n第二篇　重点任务\n\n第三章　发展农业……5\n\n" +
				"第一篇　指导原则\n\n第一章　发展环境\n\n环境良好。\n\n第二章　主要目标\n\n生产总值达到100亿元。\n\n第二篇　重点任务\n\n第三章　发展农业\n\n新建农田10万亩。\n",
			[]string{"第一篇", "第一篇第一章", "第一篇第二章", "第二篇", "第二篇第三章"}, 0,
		},
		"a preface beside chapters": {
			"江州市发展规划\n\n## 绪言\n\n这是第一个规划。\n\n## 第一章 任务\n\n新建公路10公里。\n\n## 第二章 投资\n\n投资10亿元。\n",
			[]string{"绪言", "第一章", "第二章"}, 0,
		},
		"parts in one line": {
			"2019年江州市政府工作报告\n\n各位代表： **一、2018年工作回顾** 一年来工作不错。**转型发展迈出步伐。**新建公路10公里。**创新作用增强。**新增企业5家。 **二、2019年工作安排** 今年这样安排。 **（一）发展工业。** 技改投资增长8%。 **（二）发展农业。** 粮食产量9万吨。\n",
			[]string{"一", "转型发展迈出步伐", "创新作用增强", "二", "二(一)", "二(二)"}, 2018,
		},
		"rows of a table in bold type": {
			"江州市2005年统计公报\n\n一、交通\n\n全年客运量184万人。\n\n**- 指 标 单 位 绝对数 比上年增长%\n- 旅客运输总量 万 人 184.2 4.2\n- 铁路 万 人 11.6 3.4\n- 公路 万 人 169.2 4.2**\n\n货运量20万吨。\n\n二、教育\n\n新建学校3所。\n",
			[]string{"一", "二"}, 2005,
		},
		"a table of contents with another dash": {
			"江州市计划纲要\n\n目　录\n\n- 序言\n- 一、1991～2000年的目标\n- 二、主要任务\n- 三、主要措施\n\n## 序言\n\n这是第一个计划。\n\n## 一、1991－2000年的目标\n\n新建农田10万亩。\n\n" +
				"## 二、主要任务\n\n新建公路10公里。\n\n## 三、主要措施\n\n投资10亿元。\n",
			[]string{"序言", "一", "二", "三"}, 0,
		},
		"numbers alone above chapters": {
			"2010年江州市政府工作报告\n\n各位代表：\n\n现在，我作报告。\n\n**（一）**\n\n2009年，新建公路10公里。\n\n**（二）**\n\n2010年，新建公路20公里。\n",
			[]string{"引言", "(一)", "(二)"}, 2009,
		},
		"a list of numbered lines": {
			"江州市机构改革方案\n\n**一、组成部门**\n\n1．江州市财政局\n\n2．江州市教育局\n\n3．江州市卫生局\n\n**二、任务**\n\n精简编制100名。\n",
			[]string{"一", "二"}, 0,
		},
		"numbered headings with text": {
			"江州市机构改革方案\n\n**一、组成部门**\n\n1．组建财政局\n\n编制20名。\n\n2．组建教育局\n\n编制30名。\n\n3．组建卫生局\n\n编制40名。\n",
			[]string{"一", "一1", "一2", "一3"}, 0,
		},
		"a list of sentences": {
			"2019年江州市政府工作报告\n\n一、2018年工作回顾\n\n新建公路10公里。\n\n二、2019年工作安排\n\n办好以下实事：\n\n一是为农村学生免费提供营养午餐。\n\n二是为全市农户免费检测饮用水。\n\n三是新建公厕30座。\n",
			[]string{"一", "二"}, 2018,
		},
		"who speaks, and a remark, behind the report": {
			"2019年江州市政府工作报告\n\n一、2018年工作回顾\n\n新建公路10公里。\n\n（转第四版）\n\n二、2019年工作安排\n\n新建公路20公里。\n\n**市长　王小明**\n",
			[]string{"一", "二"}, 2018,
		},
		"a header in two lines above bold rows": {
			"江州市2005年统计公报\n\n一、价格\n\n价格上涨。\n\n**- 指 标 全 市\n- 城 市 农 村\n- 食 品 3.4 3.4\n- 衣 着 2.2 2.6**\n\n二、教育\n\n新建学校3所。\n",
			[]string{"一", "二"}, 2005,
		},
		"a salutation in bold type": {
			"2019年江州市政府工作报告\n\n各位代表：\n\n**一、2018年工作回顾**\n\n**转型发展迈出步伐。**新建公路10公里。\n\n**各位代表！**成绩来之不易。\n\n**二、2019年工作安排**\n\n新建公路20公里。\n",
			[]string{"一", "转型发展迈出步伐", "一(续)", "二"}, 2018,
		},
		"statements in bold type": {
			"2019年江州市政府工作报告\n\n**一、2018年工作回顾**\n\n**新增上市企业12家，累计66家。**\n\n经济平稳增长。\n\n**二、2019年工作安排**\n\n新建公路20公里。\n",
			[]string{"一", "二"}, 2018,
		},
		"another list of the same numbers behind the report": {
			"2019年江州市政府工作报告\n\n一、2018年工作回顾\n\n新建公路10公里。\n\n二、2019年工作安排\n\n新建公路20公里。\n\n**2019年民生实事**\n\n一、新建学校\n\n新建学校3所。\n\n二、新建医院\n\n新建医院2家。\n",
			[]string{"一", "二", "2019年民生实事", "2019年民生实事·一", "2019年民生实事·二"}, 2018,
		},
		"notes": {
			"2019年江州市政府工作报告\n\n一、2018年工作回顾\n\n新建公路10公里。\n\n二、2019年工作安排\n\n新建公路20公里。\n\n各位代表！让我们共同努力。\n\n《政府工作报告》名词注解（注：按出现的先后排序）\n\n1．四好农村路\n\n建好、管好农村公路。\n",
			[]string{"一", "二", "结语", "《政府工作报告》名词注解（注：按出现的先后排序）"}, 2018,
		},
	} {
		report := content.Parse(test.text)
		var labels []string
		for _, section := range report.Sections {
			labels = append(labels, section.Label)
		}
		if !slices.Equal(labels, test.labels) {
			t.Errorf("%s: %q, want %q", name, labels, test.labels)
		}
		if report.Year != test.year {
			t.Errorf("%s: year %d, want %d", name, report.Year, test.year)
		}
	}
}

// A file without a title that is named after a year is on that year.
func TestYearOfTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "1982.md")
	if err := os.WriteFile(path, []byte("机构改革后，部门精简为61个。人员减少2万名，共保留3万名。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	report, err := content.Load(path)
	if err != nil || report.Title != "1982" || report.Year != 1982 {
		t.Errorf("%q of %d, error %v; want 1982 of 1982", report.Title, report.Year, err)
	}
}

// The year that a report is on, however its front writes dates; a plan knows the year before it begins.
func TestYearsOfFronts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		front      string
		year, plan int
	}{
		{"江州市国民经济和社会发展第十四个五年规划和2035年远景目标纲要", 2020, 2021},
		{"江州市发展国民经济的第一个五年计划（一九五三—一九五七）\n（一九五五年七月三十日江州市第一届人民代表大会第二次会议通过）", 1952, 1953},
		{"江州市国民经济和社会发展十年规划和第八个五年计划纲要\n（1991 年 4 月江州市第七届人民代表大会第四次会议批准）", 1990, 1991},
		{"江州市农业发展规划（2016-2020年）", 2015, 2016},
		{"江州市“十三五”旅游业发展规划（草案）", 2015, 2016},
		{"江州市2016—2020年工作总结", 2020, 0},
		{"关于江州市第十一个五年规划纲要的报告\n——2006年1月16日在江州市第三届人民代表大会第四次会议上", 2005, 2006},
		{"政府工作报告\n——二〇二二年一月六日在江州市第三届人民代表大会第四次会议上", 2021, 2022},
		{"政府工作报告\n2022 年 1 月 6 日在江州市第三届人民代表大会第四次会议上", 2021, 2022},
		{"江州市工作总结\n二〇二二年十二月三十日", 2022, 0},
		{"江州市二〇一九年统计公报", 2019, 0},
	} {
		report := content.Parse(test.front + "\n\n一、主要情况\n\n新建公路10公里。\n\n二、主要目标\n\n今后五年，新建公路90公里。\n")
		if report.Year != test.year || test.plan > 0 && report.PlanYear != test.plan {
			t.Errorf("%q: year %d, plan for %d; want %d and %d", test.front, report.Year, report.PlanYear, test.year, test.plan)
		}
	}
}

// Who issues a report is an office or a place, and not the occasion at which it is read.
func TestIssuersOfTitles(t *testing.T) {
	t.Parallel()
	for title, issuer := range map[string]string{
		"江州市第三届人民代表大会第四次会议政府工作报告":             "江州市",
		"王小明市长在江州市第三届人民代表大会第四次会议上的政府工作报告":     "江州市",
		"2019年4月1日在江州市第八届人民代表大会第二次会议上的政府工作报告": "江州市",
		"江州市市政府工作报告（2016年1月27日 王小明）":          "江州市",
		"2021年江州市《政府工作报告》":                    "江州市",
		"2 0 1 4 年 政府工作报告":                    "",
		"2001年省政府工作报告":                        "",
		"江州市工业和信息化局2021年工作总结":                 "江州市工业和信息化局",
		"江州市中级人民法院工作报告":                       "江州市中级人民法院",
		"江州州政府工作报告":                           "江州州",
	} {
		report := content.Parse(title + "\n\n各位代表：\n\n新建公路10公里。\n")
		if report.Issuer != issuer {
			t.Errorf("%q: issuer %q, want %q", title, report.Issuer, issuer)
		}
	}
}
