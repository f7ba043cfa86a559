package content_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"

	"wenbao/content"
)

// What the bytes of a page tell for sure goes before what the page says of itself.
func TestCharsetOfPages(t *testing.T) {
	t.Parallel()
	const simplified, traditional = "全县新建学校3所，人民的生活越来越好。", "全縣新建學校3所，人民的生活越來越好。"
	page := func(head, text string) string {
		return "<html><head>" + head + "</head><body><p>" + text + "</p></body></html>"
	}
	for _, test := range []struct {
		name     string
		page     string
		encoding encoding.Encoding
		want     string
	}{
		{"meta charset", page(`<meta charset="gbk">`, simplified), simplifiedchinese.GBK, simplified},
		{"http-equiv", page(`<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=gb2312'>`, simplified), simplifiedchinese.GB18030, simplified},
		{"behind a long head", page("<style>"+strings.Repeat("p{margin:0}", 500)+"</style><meta charset=big5>", traditional), traditionalchinese.Big5, traditional},
		{"said wrongly, UTF-8", page(`<meta charset="gb2312">`, simplified), encoding.Nop, simplified},
		{"said wrongly, GBK", page(`<meta charset="utf-8">`, simplified), simplifiedchinese.GBK, simplified},
		{"said wrongly, Big5", page(`<meta charset="gb2312">`, traditional), traditionalchinese.Big5, traditional},
		{"unknown name", page(`<meta charset="zhongwen">`, simplified), simplifiedchinese.GBK, simplified},
		{"not said", page("", traditional), traditionalchinese.Big5, traditional},
		{"XML declaration", `<?xml version="1.0" encoding="GB2312"?>` + page("", simplified), simplifiedchinese.GBK, simplified},
		{"UTF-16", page(`<meta charset="gbk">`, simplified), utf16.UTF16(utf16.LittleEndian, utf16.UseBOM), simplified},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			data, err := test.encoding.NewEncoder().Bytes([]byte(test.page))
			if err != nil {
				t.Fatal(err)
			}
			report, err := content.LoadBytes(data, "page.html")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(report.Text, test.want) {
				t.Errorf("the text is %q", report.Text)
			}
		})
	}
}

// Names of classes can mislead: what holds most of the page's text is the report whatever its name is.
func TestPagesThatMislead(t *testing.T) {
	t.Parallel()
	const text = "<p>全县新建学校3所。</p><p>新修公路20公里。</p>"
	want := []string{"全县新建学校3所。", "新修公路20公里。"}
	for name, page := range map[string]string{
		"in a form":                 "<h1>工作总结</h1><form id=aspnetForm>" + text + "</form>",
		"in a class of another use": "<h1>工作总结</h1><div class='print-area'>" + text + "</div><div class=share>分享这一页。</div>",
		"in a table of the page":    "<h1>工作总结</h1><table><tr><td width=100><a href=/>首页</a></td><td>" + text + "</td></tr></table>",
		"never closed":              "<h1>工作总结<div><p>全县新建学校3所。<p>新修公路20公里。",
		"upper case and entities":   "<H1>工作总结</H1><DIV><P>&nbsp;&nbsp;全县&#26032;建学校3所。</P><P>&emsp;新修公路20公里。</P></DIV>",
		"a site's own sentence":     "<h1>工作总结</h1><div>" + text + "</div><div class=foot>本站由县政府主办。</div>",
		"lines of the file":         "<h1>工作总结</h1><p>全县\n  新建学校3所。</p>\n<p>新修\n公路20公里。</p>",
		"line breaks":               "<h1>工作总结</h1><div>全县新建学校3所。<br><br/>&nbsp;新修公路20公里。</div>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, err := content.LoadBytes([]byte(page), "page.html")
			if err != nil {
				t.Fatal(err)
			}
			if report.Title != "工作总结" {
				t.Errorf("title %q", report.Title)
			}
			compareLines(t, page, sentencesOf(report), want)
		})
	}
}
