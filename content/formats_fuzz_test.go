package content_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"wenbao/content"
)

// sample reads a file of testdata/formats.
func sample(f *testing.F, name string) []byte {
	f.Helper()
	data, err := os.ReadFile(filepath.Join(formats, name))
	if err != nil {
		f.Fatal(err)
	}
	return data
}

// loadsWell loads bytes as a file of a name: it gives an error or a report that holds together.
func loadsWell(t *testing.T, name string, data []byte) {
	t.Helper()
	report, err := content.LoadBytes(data, name)
	if err != nil {
		return
	}
	for _, problem := range problemsOf(report) {
		t.Error(problem)
	}
}

func FuzzHTML(f *testing.F) {
	for _, name := range []string{"page.html", "fragment.html"} {
		f.Add(sample(f, name))
	}
	f.Add([]byte("<table><tr><td rowspan=99999 colspan=99999>一<td>二<tr><th>三</table><p>一句话。<sup>1</sup><br><pre>\n\n二。"))
	f.Add([]byte("<meta charset=big5>" + strings.Repeat("<div>", 600) + "一句话。"))
	f.Fuzz(func(t *testing.T, page []byte) { loadsWell(t, "page.html", page) })
}

// FuzzMarkdown checks too that nothing of the text is lost where no mark hides any.
func FuzzMarkdown(f *testing.F) {
	f.Add(string(sample(f, "report.md")))
	f.Add("# 标题\n\n> 引文**粗\n体**。\n\n    缩进\n\t制表\n\n1. 一\n   - 二\n***\n一|二\n-|-\n三|四\n~~~\n代码")
	f.Add("**一**。**二**三****四**\n__五__ *六* _七_\\*八\n\f九\n\v十")
	f.Fuzz(func(t *testing.T, text string) {
		report := content.Parse(text)
		for _, problem := range problemsOf(report) {
			t.Error(problem)
		}
		if strings.ContainsAny(text, "<[&-.:：") || !isPlain(text) {
			return
		}
		if before, after := han(text), han(report.Text); before != after {
			t.Errorf("%d Han characters became %d", before, after)
		}
	})
}

// isPlain tells whether no line of a text could be taken for residue of a web page.
func isPlain(text string) bool {
	return !strings.ContainsAny(text, "扫打关分上下相责信字当")
}

func han(text string) int {
	count := 0
	for _, r := range strings.ToValidUTF8(text, "") {
		if unicode.Is(unicode.Han, r) {
			count++
		}
	}
	return count
}

func FuzzEncoding(f *testing.F) {
	for _, name := range []string{"gb18030.txt", "big5.txt", "utf16.txt", "numbers.txt"} {
		f.Add(sample(f, name))
	}
	f.Add([]byte("\xfe\xff\x4e"))
	f.Add([]byte("\xef\xbb\xbf一句话。\xff"))
	f.Fuzz(func(t *testing.T, data []byte) { loadsWell(t, "report.txt", data) })
}

func FuzzFrontMatter(f *testing.F) {
	f.Add("---\ntitle: 河口县报告\nissuer: '县政府'\nyear: 2021年\n---\n政府工作报告\n新建学校3所。")
	f.Add("---\n标题：\"\n年份：-1\n...\n")
	f.Add("--- \r\n---\r\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		report := content.Parse(text)
		for _, problem := range problemsOf(report) {
			t.Error(problem)
		}
		if report.Year != 0 && (report.Year < 1899 || report.Year > 2100) {
			t.Errorf("the year is %d", report.Year)
		}
	})
}

func FuzzPDF(f *testing.F) {
	f.Add(sample(f, "report.pdf"))
	f.Add([]byte(scannedPDF))
	f.Fuzz(func(t *testing.T, data []byte) { loadsWell(t, "report.pdf", append([]byte("%PDF-1.7\n"), data...)) })
}
