package content_test

import (
	"strings"
	"testing"

	"wenbao/content"
)

func TestParseOfTextsWithoutMuchInThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text, title string
		sections          int
		sentences         []string
	}{
		{name: "nothing", text: ""},
		{name: "white space", text: " \n\t\r\n　\n"},
		{name: "byte order mark alone", text: "\ufeff"},
		{name: "one line", text: "市工业和信息化局2021年工作总结", title: "市工业和信息化局2021年工作总结"},
		{name: "one line with its end", text: "市工业和信息化局2021年工作总结\n", title: "市工业和信息化局2021年工作总结"},
		{name: "byte order mark before the title", text: "\ufeff工作总结\n成绩显著。", title: "工作总结", sections: 1, sentences: []string{"成绩显著。"}},
		{name: "title behind blank lines", text: "\n\n　工作总结　\n成绩显著。", title: "工作总结", sections: 1, sentences: []string{"成绩显著。"}},
		{name: "headings only", text: "工作总结\n一、回顾\n二、安排", title: "工作总结", sections: 2},
		{name: "marks only", text: "工作总结\n……\n。。。\n！？；；\n()\n——", title: "工作总结", sections: 1},
		{name: "residue behind", text: "工作总结\n成绩显著。\n\n扫一扫在手机打开当前页\n打印本页\n【关闭窗口", title: "工作总结", sections: 1, sentences: []string{"成绩显著。", "【关闭窗口"}},
		{name: "residue before the title", text: "扫一扫在手机打开当前页\n　分享到：\n工作总结\n成绩显著。", title: "工作总结", sections: 1, sentences: []string{"成绩显著。"}},
		{name: "invalid bytes", text: "工作\xff总结\n成绩\xc3\x28显\xe5\xb2著。", title: "工作总结", sections: 1, sentences: []string{"成绩(显著。"}},
		{name: "NUL", text: "工作总结\n成绩\x00显著。", title: "工作总结", sections: 1, sentences: []string{"成绩显著。"}},
		{name: "lines without a mark at their end", text: "工作总结\n成绩显著\n再接再厉", title: "工作总结", sections: 1, sentences: []string{"成绩显著", "再接再厉"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			report := content.Parse(test.text)
			if report.Title != test.title {
				t.Errorf("title %q, want %q", report.Title, test.title)
			}
			if len(report.Sections) != test.sections {
				t.Errorf("%d sections, want %d: %v", len(report.Sections), test.sections, outline(report))
			}
			compareLines(t, test.text, sentencesOf(report), test.sentences)
			for _, problem := range problemsOf(report) {
				t.Error(problem)
			}
		})
	}
}

// The year is the one that the report reports on.
func TestYearOfTheTitle(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]int{
		"市工业和信息化局2021年工作总结":         2021,
		"2005年政府工作报告":               2004, // delivered early in 2005, about the year before
		"中华人民共和国1999年国民经济和社会发展统计公报": 1999,
		"二○二一年工作总结":                 2021,
		"二0二一年工作总结":                 2021,
		"12345热线工作总结":               0,
		"3021年工作设想":                 0,
	} {
		if got := content.Parse(title + "\n成绩显著。").Year; got != want {
			t.Errorf("year of %q is %d, want %d", title, got, want)
		}
	}
}

// A text is kept to the letter but for what is not the report: parsing what came out changes nothing more.
func TestParseKeepsTheText(t *testing.T) {
	t.Parallel()
	report := embedded(t)
	if again := content.Parse(report.Text); again.Text != report.Text {
		t.Error("parsing the embedded report's own text changes it")
	}
	text := "工作总结\n　　一、“回顾”（一）  增长 8.1%，\t居全省第１位！\n\n末行"
	if got := content.Parse(text).Text; got != text {
		t.Errorf("text became %q, want %q", got, text)
	}
	crlf := content.Parse(strings.ReplaceAll(report.Text, "\n", "\r\n"))
	compareLines(t, "the embedded report with CRLF", sentencesOf(crlf), sentencesOf(report))
}
