package content

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Why a file cannot be loaded as a report. A file that is not there gives the errors of package os.
var (
	ErrTooLarge    = errors.New("文件太大")
	ErrEmpty       = errors.New("文件是空的")
	ErrBinary      = errors.New("文件不是文本")
	ErrUnsupported = errors.New("还不能读这种格式")
	ErrNotReport   = errors.New("不是一份报告")
	ErrDamaged     = errors.New("文档损坏")
	ErrEncrypted   = errors.New("文档加了密码")
	ErrScanned     = errors.New("PDF 里没有文字，像是扫描件")
)

// LargestReport bounds a report's file, and the text inside of a packed one, in bytes. The longest reports have some
// hundred thousand.
const LargestReport = 32 << 20

// unsupported are the formats that a report often comes in and that cannot be read, by what their files begin with.
var unsupported = []struct{ name, magic string }{
	{"RTF", `{\rtf`},
	{"图片", "\x89PNG\r\n\x1a\n"},
	{"图片", "\xff\xd8\xff"},
	{"图片", "GIF8"},
	{"图片", "II*\x00"},
	{"图片", "MM\x00*"},
	{"压缩包", "Rar!"},
	{"压缩包", "7z\xbc\xaf\x27\x1c"},
	{"压缩包", "\x1f\x8b"},
	{"网页存档（.mht）", "MIME-Version:"},
	{"网页存档（.mht）", "From: <"},
}

// compoundFile begins the files of older office programs, and the Word documents that a password locks.
const compoundFile = "\xd0\xcf\x11\xe0"

// Load reads a report from a file: plain text in UTF-8, UTF-16, GB18030 or Big5, Markdown, a web page, a Word document
// (.docx) or a PDF with a text layer. A named pipe is read too, if somebody writes to it. The errors are the Err… of this package and those of package os; what they say tells
// a person what to do. To load several files, or a folder, see [LoadAll].
func Load(path string) (*Report, error) {
	reader := newFileReader()
	defer reader.close()
	report, err := reader.loadPath(context.Background(), path)
	if pathError := (*fs.PathError)(nil); err != nil && !errors.As(err, &pathError) {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	return report, err
}

// fileReader reads files one after another, and keeps what is dear to make for the next one. It is not safe for use by
// several goroutines at once.
type fileReader struct {
	pdf *pdfReader // nil until the first PDF is read
}

func newFileReader() *fileReader { return &fileReader{} }

func (r *fileReader) close() {
	if r.pdf != nil {
		r.pdf.close()
	}
}

// loadPath reads a report from a file or a pipe that somebody names. It is looked at before it is opened: opening may
// wait for who writes to a pipe, or for a device.
func (r *fileReader) loadPath(ctx context.Context, path string) (*Report, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.Mode()&os.ModeNamedPipe != 0:
		data, err := readPipe(ctx, path)
		if err != nil {
			return nil, err
		}
		return r.report(ctx, data, path)
	case !info.IsDir() && !info.Mode().IsRegular():
		return nil, isDevice()
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return r.load(ctx, file, path)
}

// load reads a report from an open file, of which the name tells the format where the bytes do not.
func (r *fileReader) load(ctx context.Context, file *os.File, name string) (*Report, error) {
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%w，是文件夹；请写出其中的报告文件", ErrNotReport)
	case !info.Mode().IsRegular():
		return nil, isDevice()
	case info.Size() > LargestReport:
		return nil, tooLarge()
	}
	data, err := io.ReadAll(io.LimitReader(file, LargestReport+1))
	if err != nil {
		return nil, err
	}
	return r.report(ctx, data, name)
}

// report reads a report from the bytes of a file.
func (r *fileReader) report(ctx context.Context, data []byte, name string) (*Report, error) {
	m, err := r.read(ctx, data, name)
	if err != nil {
		return nil, err
	}
	report := parse(m)
	if !hasSentence(report) {
		return nil, fmt.Errorf("%w，里面没有中文的句子；请换成报告的正文（文本、Markdown、网页、.docx 或 PDF）", ErrNotReport)
	}
	if report.Title == "" {
		base := filepath.Base(name)
		report.Title = strings.TrimSuffix(base, filepath.Ext(base))
		if year, err := strconv.Atoi(report.Title); err == nil && report.Year == 0 && year >= 1900 && year < 2100 {
			report.Year = year // 1982.md, whose text does not say it
		}
	}
	return report, nil
}

// read reads the text of a file in any of the formats.
func (r *fileReader) read(ctx context.Context, data []byte, name string) (manuscript, error) {
	switch {
	case len(data) > LargestReport:
		return manuscript{}, tooLarge()
	case len(bytes.TrimSpace(data)) == 0:
		return manuscript{}, fmt.Errorf("%w，请检查是不是保存时出了错", ErrEmpty)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readWord(data)
	case bytes.HasPrefix(data, []byte(compoundFile)):
		return manuscript{}, compoundError(data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		if r.pdf == nil {
			r.pdf = &pdfReader{}
		}
		return r.pdf.read(ctx, data)
	}
	for _, format := range unsupported {
		if bytes.HasPrefix(data, []byte(format.magic)) {
			return manuscript{}, unsupportedError(format.name)
		}
	}
	if isPage(data, name) {
		page, err := decodePage(data)
		if err != nil {
			return manuscript{}, err
		}
		return readHTML(page), nil
	}
	text, err := decode(data)
	if err != nil {
		return manuscript{}, err
	}
	return unmark(text), nil
}

var pageExtensions = []string{".html", ".htm", ".shtml", ".xhtml", ".jhtml"}

// isPage tells whether a file is a web page or a part of one: by its name, or because it begins as one.
func isPage(data []byte, name string) bool {
	extension := strings.ToLower(filepath.Ext(name))
	if slices.Contains(pageExtensions, extension) {
		return true
	}
	head := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\ufeff")))))
	if strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") {
		return true
	}
	return extension != ".md" && extension != ".markdown" && startsWithAny(head, []string{"<div", "<p>", "<p ", "<table", "<head", "<body", "<meta"})
}

func isDevice() error {
	return fmt.Errorf("%w，是设备；请换成报告文件", ErrNotReport)
}

func tooLarge() error {
	return fmt.Errorf("%w（超过 %d MB），请确认它是一份报告", ErrTooLarge, LargestReport>>20)
}

func damaged(err error) error {
	return fmt.Errorf("%w（%w），请重新下载或另存", ErrDamaged, err)
}

func unsupportedError(format string) error {
	return fmt.Errorf("%w：%s；请把正文另存为文本（.txt）或 .docx 再试", ErrUnsupported, format)
}

// compoundError says what a file of an older office program is. A Word document with a password is one too, which holds
// the document in a stream of this name.
func compoundError(data []byte) error {
	const stream = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	if bytes.Contains(data, []byte(stream)) {
		return fmt.Errorf("%w，请去掉密码另存再试", ErrEncrypted)
	}
	return unsupportedError("旧版 Word（.doc）、WPS 或 Excel")
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
