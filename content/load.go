package content

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Why a file cannot be loaded as a report. A file that is not there gives the errors of package os.
var (
	ErrTooLarge    = errors.New("文件太大")
	ErrEmpty       = errors.New("文件是空的")
	ErrBinary      = errors.New("文件不是文本")
	ErrUnsupported = errors.New("还不能读这种格式")
	ErrNotReport   = errors.New("不是一份报告")
	ErrDamaged     = errors.New("文档损坏")
)

// LargestReport bounds a report's file, and the text inside of a packed one, in bytes. The longest reports have some
// hundred thousand.
const LargestReport = 32 << 20

// unsupported are the formats that a report often comes in and that cannot be read, by what their files begin with.
var unsupported = []struct{ name, magic string }{
	{"PDF", "%PDF-"},
	{"旧版 Word（.doc）、WPS 或 Excel", "\xd0\xcf\x11\xe0"},
	{"RTF", `{\rtf`},
	{"网页（HTML）", "<!doctype html"},
	{"网页（HTML）", "<html"},
}

// Load reads a report from a file: plain text or Markdown in UTF-8 or GB18030, or a Word document (.docx). The errors are
// the Err… of this package and those of package os; what they say tells a person what to do.
func Load(path string) (*Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s：%w，是文件夹；请写出其中的报告文件", path, ErrNotReport)
	}
	data, err := io.ReadAll(io.LimitReader(file, LargestReport+1))
	if err != nil {
		return nil, err
	}
	text, err := textOf(data, path)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	report := Parse(text)
	if !hasSentence(report) {
		return nil, fmt.Errorf("%s：%w，里面没有中文的句子；请换成报告的正文（文本、Markdown 或 .docx）", path, ErrNotReport)
	}
	if report.Title == "" {
		name := filepath.Base(path)
		report.Title = strings.TrimSuffix(name, filepath.Ext(name))
	}
	return report, nil
}

// textOf reads the text of a file in any of the formats.
func textOf(data []byte, path string) (string, error) {
	switch extension := strings.ToLower(filepath.Ext(path)); {
	case len(data) > LargestReport:
		return "", fmt.Errorf("%w（超过 %d MB），请确认它是一份报告", ErrTooLarge, LargestReport>>20)
	case len(bytes.TrimSpace(data)) == 0:
		return "", fmt.Errorf("%w，请检查是不是保存时出了错", ErrEmpty)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return wordText(data)
	case extension == ".html" || extension == ".htm" || extension == ".mhtml":
		return "", unsupportedError("网页（HTML）")
	}
	head := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 512)])))
	for _, format := range unsupported {
		if strings.HasPrefix(head, strings.ToLower(format.magic)) {
			return "", unsupportedError(format.name)
		}
	}
	return decode(data)
}

func unsupportedError(format string) error {
	return fmt.Errorf("%w：%s；请把正文另存为文本（.txt）或 .docx 再试", ErrUnsupported, format)
}

// decode reads text in UTF-8 or GB18030.
func decode(data []byte) (string, error) {
	if bytes.IndexByte(data, 0) >= 0 {
		return "", fmt.Errorf("%w，请换成 UTF-8 或 GBK 编码的文本", ErrBinary)
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", fmt.Errorf("%w，或者不是 UTF-8、GBK 编码，请另存为 UTF-8 文本", ErrBinary)
	}
	return string(decoded), nil
}

// hasSentence tells whether a report holds anything to quote, in Chinese.
func hasSentence(report *Report) bool {
	for sentence := range report.Sentences() {
		if countHan(report.Quote(sentence.Span)) > 1 {
			return true
		}
	}
	return false
}
