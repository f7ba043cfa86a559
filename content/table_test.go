package content_test

import (
	"fmt"
	"testing"

	"wenbao/content"
)

// rowsOf shows the rows of a report's tables: the caption, and each figure with its name, its column's header, value and unit.
func rowsOf(report *content.Report) []string {
	var lines []string
	for sentence := range report.Sentences() {
		if sentence.Row == nil {
			continue
		}
		line := sentence.Row.Table.Caption
		for _, figure := range sentence.Figures {
			column := ""
			for i, cell := range sentence.Row.Cells {
				if cell.Contains(figure.Span) && i < len(sentence.Row.Table.Header) {
					column = sentence.Row.Table.Header[i]
				}
			}
			line += fmt.Sprintf(" | %s, %s: %s %s", report.Quote(figure.Measure), column, formatNumber(figure.Value), dash(figure.Unit))
		}
		lines = append(lines, line)
	}
	return lines
}

// A figure of a table has its row's name, its column's header, and the unit that the row, the column or the caption gives.
func TestTables(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		rows []string
	}{
		"units of rows and columns": {
			"**表1 主要产品产量**\n\n| 产品 | 单 位 | 产量 | 比上年增长% |\n| --- | --- | --- | --- |\n| 水泥 | 万 吨 | 21.3 | -10.5 |\n| 其中：白水泥 | 万吨 | 1,021 | +3 |\n",
			[]string{
				"表1 主要产品产量 | 水泥, 产量: 213000 吨 | 水泥, 比上年增长%: -10.5 %",
				"表1 主要产品产量 | 白水泥, 产量: 10210000 吨 | 白水泥, 比上年增长%: 3 %",
			},
		},
		"a unit below the caption": {
			"表2：进出口\n\n（单位：亿美元）\n\n| 国家 | 出口额 | 比上年增长（％） |\n| --- | --- | --- |\n| 某国 | 925 | 32.2 |\n",
			[]string{"表2：进出口 （单位：亿美元） | 某国, 出口额: 92500000000 美元 | 某国, 比上年增长（％）: 32.2 ％"},
		},
		"a unit without a caption": {
			"单位：万人\n\n| 指标 | 年末数 |\n| --- | --- |\n| 女性 | 60 |\n",
			[]string{"单位：万人 | 女性, 年末数: 600000 人"},
		},
		"halves beside each other": {
			"| 行业 | 增长（%） | | 行业 | 增长（%） |\n| --- | --- | --- | --- | --- |\n| 制造业 | 9.1 | | 金融业 | 10.5 |\n| 建筑业 | 2.0 | | | |\n",
			[]string{" | 制造业, 增长（%）: 9.1 %", " | 金融业, 增长（%）: 10.5 %", " | 建筑业, 增长（%）: 2 %"},
		},
		"the caption as the first row": {
			"| 表3 专利情况 | | |\n| --- | --- | --- |\n| 指标 | 交易额（亿元） | 比上年增长（%） |\n| 发明专利 | 92.8 | 12.5 |\n",
			[]string{"表3 专利情况 | 发明专利, 交易额（亿元）: 9280000000 元 | 发明专利, 比上年增长（%）: 12.5 %"},
		},
		"numbered rows": {
			"| 序号 | 项目 | 投资（亿元） |\n| --- | --- | --- |\n| 1 | 环城公路 | 12.5 |\n| 2 | 立交桥 | 投资3亿元 |\n",
			[]string{" | 环城公路, 投资（亿元）: 1250000000 元", " | 立交桥, 投资（亿元）: 300000000 元"},
		},
		"columns of years": {
			"| 指标 | 单位 | 2020 | 2021 |\n| --- | --- | --- | --- |\n| 人均收入 | 元 | 6860 | 7703 |\n",
			[]string{" | 人均收入, 2020: 6860 元 | 人均收入, 2021: 7703 元"},
		},
	} {
		report := content.Parse("江州市2021年统计公报\n\n一、综合\n\n全年经济平稳增长。\n\n" + test.text + "\n二、教育\n\n新建学校3所。\n")
		compareLines(t, name, rowsOf(report), test.rows)
		compareLines(t, name, outline(report), []string{"一 | 一、 | 综合 | 1 | -", "二 | 二、 | 教育 | 1 | -"})
	}
}
