package content_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"wenbao/content"
)

const formats = "testdata/formats"

// describe shows all of a report: what it says of itself, its outline and under each heading its sentences. The rows of
// tables are shown with the names of their columns.
func describe(report *content.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %s\nissuer %s\nplace %s\nyear %d\n", dash(report.Title), dash(report.Issuer), dash(report.Place), report.Year)
	lines := outline(report)
	for i, section := range report.Sections {
		fmt.Fprintf(&b, "\n%s\n", lines[i])
		for _, sentence := range section.Sentences {
			fmt.Fprintf(&b, "\t%s\n", report.Quote(sentence.Span))
			if sentence.Row != nil {
				fmt.Fprintf(&b, "\t\tcolumns %q of %s\n", sentence.Row.Table.Header, dash(sentence.Row.Table.Caption))
			}
		}
	}
	return b.String()
}

// TestFormats holds what is read of a file in each format against a golden outline beside it. The files are small and
// written for this test. After a change run
//
//	go test ./content -run TestFormats -update
//
// and look at what git diff shows.
func TestFormats(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"report.md", "page.html", "fragment.html", "gb18030.txt", "big5.txt", "utf16.txt", "numbers.txt",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compareFormat(t, name)
		})
	}
}

func compareFormat(t *testing.T, name string) {
	t.Helper()
	report, err := content.Load(filepath.Join(formats, name))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problemsOf(report) {
		t.Error(problem)
	}
	compareGolden(t, filepath.Join(formats, name+".golden"), describe(report))
}

// A text is the same in all of the encodings of its characters.
func TestEncodings(t *testing.T) {
	t.Parallel()
	of := func(name string) string {
		report, err := content.Load(filepath.Join(formats, name))
		if err != nil {
			t.Fatal(err)
		}
		return describe(report)
	}
	if gb, utf16 := of("gb18030.txt"), of("utf16.txt"); gb != utf16 {
		t.Errorf("in GB18030\n%s\nin UTF-16\n%s", gb, utf16)
	}
}

// write makes a file of a test.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// archive makes a zip archive of files, a name and a text in turn.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for pair := range slices.Chunk(files, 2) {
		file, err := w.Create(pair[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte(pair[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLoadOfWhatIsNoReport(t *testing.T) {
	t.Parallel()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("丂丄丅丆丏")
	if err != nil {
		t.Fatal(err)
	}
	bomb := archive(t, "word/document.xml", "<w:document><w:body><w:p><w:r><w:t>"+strings.Repeat("长", 3*content.LargestReport/3)+"</w:t></w:r></w:p></w:body></w:document>")
	if len(bomb) > content.LargestReport {
		t.Fatal("the zip bomb is as large as what it unpacks to")
	}
	for _, test := range []struct {
		name string
		data string
		want error
		says string
	}{
		{"empty.txt", "", content.ErrEmpty, "请检查"},
		{"blank.md", " \n\t\n", content.ErrEmpty, "请检查"},
		{"english.txt", "The year in review\nNothing happened.", content.ErrNotReport, "没有中文的句子"},
		{"numbers.bin", "\x00\x01\x02\x03", content.ErrBinary, "UTF-8"},
		{"rare.txt", gb, content.ErrBinary, "看不出是哪种编码"},
		{"latin.txt", "D\xe9j\xe0 vu \xe0 No\xebl, l'\xe9t\xe9 et l'\xe2ge. \xc7a va. \xcele de R\xe9.", content.ErrBinary, "看不出是哪种编码"},
		{"large.txt", strings.Repeat("很长。", content.LargestReport/9+1), content.ErrTooLarge, "超过 32 MB"},
		{"bomb.docx", string(bomb), content.ErrTooLarge, "解开后超过"},
		{"cut.docx", string(archive(t, "word/document.xml", "<w:document>"))[:40], content.ErrDamaged, "重新下载"},
		{"broken.docx", string(archive(t, "word/document.xml", "<w:document><w:p>")), content.ErrDamaged, "重新下载"},
		{"sheet.xlsx", string(archive(t, "xl/workbook.xml", "<a/>")), content.ErrUnsupported, "Excel"},
		{"text.odt", string(archive(t, "content.xml", "<a/>")), content.ErrUnsupported, "OpenDocument"},
		{"page.ofd", string(archive(t, "OFD.xml", "<a/>")), content.ErrUnsupported, "OFD"},
		{"things.zip", string(archive(t, "a.txt", "文字")), content.ErrUnsupported, "没有 Word 文档"},
		{"old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", content.ErrUnsupported, "旧版 Word"},
		{"locked.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", content.ErrEncrypted, "去掉密码"},
		{"text.rtf", `{\rtf1\ansi}`, content.ErrUnsupported, "RTF"},
		{"scan.png", "\x89PNG\r\n\x1a\n\x00", content.ErrUnsupported, "图片"},
		{"scan.jpg", "\xff\xd8\xff\xe0", content.ErrUnsupported, "图片"},
		{"page.html", "<html><body><script>一句话。</script></body></html>", content.ErrNotReport, "没有中文的句子"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := write(t, test.name, []byte(test.data))
			_, err := content.Load(path)
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), test.name) {
				t.Errorf("got %v, want %v that names the file and says %q", err, test.want, test.says)
			}
		})
	}
}

// PDFs are read in one test, since making their reader ready takes seconds. report.pdf was printed by LibreOffice, with
// running heads and page numbers; encrypted.pdf was locked by qpdf.
func TestPDF(t *testing.T) {
	t.Parallel()
	compareFormat(t, "report.pdf")
	for _, test := range []struct {
		name, data string
		want       error
		says       string
	}{
		{"scanned.pdf", scannedPDF, content.ErrScanned, "文字识别"},
		{"broken.pdf", "%PDF-1.7\n这不是 PDF", content.ErrDamaged, "重新下载"},
	} {
		if _, err := content.Load(write(t, test.name, []byte(test.data))); !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want %v that says %q", test.name, err, test.want, test.says)
		}
	}
	if _, err := content.Load(filepath.Join(formats, "encrypted.pdf")); !errors.Is(err, content.ErrEncrypted) || !strings.Contains(err.Error(), "去掉密码") {
		t.Errorf("encrypted.pdf: got %v, want %v", err, content.ErrEncrypted)
	}
}

// scannedPDF is a page with a grey rectangle on it and no text.
const scannedPDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj
4 0 obj<</Length 27>>stream
0.5 g 20 20 160 160 re f   
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
`

// Front matter says what the text does not, and goes before what it says.
func TestFrontMatter(t *testing.T) {
	t.Parallel()
	const body = "政府工作报告\n——2022年1月6日在河口县第九届人民代表大会第二次会议上\n各位代表：\n新建学校3所。\n"
	for _, test := range []struct {
		name, matter, title, issuer string
		year                        int
	}{
		{"none", "", "政府工作报告", "", 2021},
		{"title", "---\ntitle: 河口县报告\n---\n", "河口县报告", "河口县报告", 2021},
		{"all", "---\ntitle: \"河口县：一年\"\nissuer: 河口县人民政府\nyear: 2019\n---\n", "河口县：一年", "河口县人民政府", 2019},
		{"in Chinese", "---\n标题：河口县报告\n发布机关：县政府\n年份：2018年\n---\n", "河口县报告", "县政府", 2018},
		{"unknown fields", "---\ntags: [a, b]\n\t- x\ntitle: 河口县报告\nyear: 很久以前\n...\n", "河口县报告", "河口县报告", 2021},
		{"byte order mark and CRLF", "\ufeff---\r\ntitle: 河口县报告\r\n---\r\n", "河口县报告", "河口县报告", 2021},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			report := content.Parse(test.matter + body)
			issuer := test.issuer
			if issuer == "" || issuer == test.title {
				issuer = report.Issuer // as the text has it
			}
			if report.Title != test.title || report.Issuer != issuer || report.Year != test.year {
				t.Errorf("title %q, issuer %q, year %d; want %q, %q, %d", report.Title, report.Issuer, report.Year, test.title, issuer, test.year)
			}
			compareLines(t, test.name, sentencesOf(report), []string{"新建学校3所。"})
		})
	}
	open := content.Parse("工作总结\n---\ntitle: 不是前言\n新建学校3所。\n")
	if open.Title != "工作总结" {
		t.Errorf("a ruler in the text is taken for front matter: title %q", open.Title)
	}
}
