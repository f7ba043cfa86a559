package content_test

import (
	"strings"
	"testing"

	"wenbao/content"
)

// wrapAt breaks the lines of a text, a paragraph each, at a width in cells. Paragraphs begin with an indent and have
// something between them; lines of Markdown's headings stay whole.
func wrapAt(text string, width int, indent, between string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		b.WriteString(indent)
		at := 2 * len([]rune(indent))
		runes := []rune(line)
		for i, r := range runes {
			cells := 2
			if r < 0x80 {
				cells = 1
			}
			hangs := strings.ContainsRune("，。；、”%", r) || i > 0 && r < 0x80 && runes[i-1] < 0x80 // no line begins with it
			if at+cells > width && !hangs && !strings.HasPrefix(line, "#") {
				b.WriteByte('\n')
				at = 0
			}
			b.WriteRune(r)
			at += cells
		}
		b.WriteString("\n" + between)
	}
	return b.String()
}

const wrappedReport = `江州市2020年工作总结
一、加快发展优势产业
全年新建开通充电桩1200个，比上年增加300个，覆盖全市所有乡镇；新增规模以上企业56家，其中高新技术企业12家。
全市上下坚持稳中求进工作总基调，统筹推进疫情防控和经济社会发展，主要经济指标好于预期，实现了“十三五”圆满收官。
二、推进绿色发展
关停落后生产线8条，实施节能改造项目36个，单位工业增加值能耗比上年下降4.5%，空气质量优良天数比例达到86.1%。
新增造林面积2.3万亩，修复湿地150公顷，完成12条河道的整治，城市建成区绿化覆盖率提高到42.5%，位居全省前列。
全面推行河长制，建立市、县、乡、村四级责任体系，集中式饮用水水源地水质达标率保持百分之百，农村生活污水治理率达到45%。
三、下一步工作
围绕产业升级和民生改善，抓好重点项目建设，力争全年完成投资200亿元，新开工项目30个，确保经济社会平稳健康发展。
`

// A text that is wrapped at a fixed width is read as if it were not.
func TestWrappedText(t *testing.T) {
	t.Parallel()
	plain := content.Parse(wrappedReport)
	for name, text := range map[string]string{
		"indented first lines":        wrapAt(wrappedReport, 40, "　　", ""),
		"wider":                       wrapAt(wrappedReport, 52, "　　", ""),
		"blank lines between":         wrapAt(wrappedReport, 40, "", "\n"),
		"blank lines, indents lost":   strings.ReplaceAll(wrapAt(wrappedReport, 40, "　　", "\n"), "　　", ""),
		"neither":                     wrapAt(wrappedReport, 40, "", ""),
		"a margin":                    strings.ReplaceAll("\n"+wrapAt(wrappedReport, 40, "　　", ""), "\n", "\n    "),
		"line ends of Windows":        strings.ReplaceAll(wrapAt(wrappedReport, 40, "　　", ""), "\n", "\r\n"),
		"blanks at the ends of lines": strings.ReplaceAll(wrapAt(wrappedReport, 40, "　　", ""), "\n", "  \n"),
	} {
		report := content.Parse(text)
		compareLines(t, name, outline(report), outline(plain))
		compareLines(t, name, sentencesOf(report), sentencesOf(plain))
	}
}

// Words of Latin letters keep the blank that a line's end stands for, a page may end in mid-sentence, and marks of
// Markdown begin paragraphs of their own.
func TestBreaksOfWrappedText(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ before, text, quote string }{
		"words":         {"统筹推进\n疫情防控", "统筹推进Open\nSource社区", "统筹推进Open Source社区和经济社会发展，"},
		"a page's end":  {"主要经济指标好于\n", "主要经济指标好于\n\n", "主要经济指标好于预期，实现了“十三五”圆满收官。"},
		"a list's mark": {"三、下一步工作\n", "三、下一步工作\n\n下一步要做好这几项工作，把它们一项一项做\n- 新建公路的第一项任务\n", "新建公路的第一项任务"},
		"a quotation":   {"一、加快", "> （2020年4月）\n\n一、加快", "新增规模以上企业56家，其中高新技术企业12家。"},
	} {
		wrapped := strings.ReplaceAll(wrapAt(wrappedReport, 40, "", "\n"), test.before, test.text)
		if wrapped == wrapAt(wrappedReport, 40, "", "\n") {
			t.Fatalf("%s: the text does not hold %q on a line", name, test.before)
		}
		report := content.Parse(wrapped)
		if !strings.Contains(strings.Join(sentencesOf(report), "\n"), test.quote) {
			t.Errorf("%s: no sentence holds %q:\n%s", name, test.quote, strings.Join(sentencesOf(report), "\n"))
		}
	}
}

// A text that is not wrapped is kept to the letter, also where some of its lines are equally long.
func TestTextThatIsNotWrapped(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a report": wrappedReport,
		"a list":   "江州市2020年工作总结\n" + strings.Repeat("江州市城区东部道路改造工程项目\n", 12) + strings.Repeat("全年完成投资20亿元。\n新开工项目30个。\n", 12),
		"a table":  "江州市2020年统计公报\n" + strings.Repeat("规模以上工业增加值    亿元    184.2    4.2\n", 12),
	} {
		if got := content.Parse(text).Text; got != text {
			t.Errorf("%s: the text is now %q", name, got)
		}
	}
}
