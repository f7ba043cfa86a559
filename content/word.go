package content

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// wordDocument is where a Word file keeps its text.
const wordDocument = "word/document.xml"

// wordText reads the text of a Word document as Markdown: a paragraph a line, bold type between **, headings behind #,
// tables as rows | a | b |.
func wordText(data []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("%w（%w），请重新下载或另存", ErrDamaged, err)
	}
	document, err := archive.Open(wordDocument)
	if err != nil {
		return "", unsupportedError("压缩包，里面没有 Word 文档")
	}
	defer document.Close()
	// What unpacks to more than a report's size is no report.
	bounded := &io.LimitedReader{R: document, N: 2 * LargestReport}
	text, err := readWord(xml.NewDecoder(bounded))
	switch {
	case bounded.N <= 0 || len(text) > LargestReport:
		return "", fmt.Errorf("%w（解开后超过 %d MB），请确认它是一份报告", ErrTooLarge, LargestReport>>20)
	case err != nil:
		return "", fmt.Errorf("%w（%w），请重新下载或另存", ErrDamaged, err)
	}
	return text, nil
}

// wordReader gathers the paragraphs and rows of a Word document.
type wordReader struct {
	out       strings.Builder
	paragraph strings.Builder
	bold      bool // of the run
	marked    bool // the paragraph is inside of **
	hashes    int  // of the paragraph
	inRun     bool
	inText    bool
	tables    int      // how deep in tables
	cells     []string // of the row
	cell      strings.Builder
	rows      int // of the table
}

func readWord(decoder *xml.Decoder) (string, error) {
	var w wordReader
	skipped := 0 // how deep in an element that repeats or deletes text
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return w.out.String(), nil
		}
		if err != nil {
			return w.out.String(), err
		}
		if w.out.Len() > LargestReport {
			return w.out.String(), nil
		}
		switch token := token.(type) {
		case xml.StartElement:
			if name := token.Name.Local; skipped > 0 || name == "Fallback" || name == "del" || name == "moveFrom" {
				skipped++
				continue
			}
			w.start(token)
		case xml.EndElement:
			if skipped > 0 {
				skipped--
				continue
			}
			w.end(token.Name.Local)
		case xml.CharData:
			if w.inText && skipped == 0 {
				w.write(string(token))
			}
		}
	}
}

func (w *wordReader) start(element xml.StartElement) {
	switch element.Name.Local {
	case "r":
		w.inRun, w.bold = true, false
	case "b":
		w.bold = w.inRun && !isOff(attribute(element, "val"))
	case "outlineLvl":
		if level := attribute(element, "val"); len(level) == 1 && level[0] >= '0' && level[0] < '6' {
			w.hashes = int(level[0]-'0') + 1
		}
	case "t":
		w.inText = true
	case "tab":
		if w.inRun {
			w.write(" ")
		}
	case "br", "cr":
		if w.inRun {
			w.write("\n")
		}
	case "tbl":
		w.tables++
		w.rows = 0
	}
}

func (w *wordReader) end(element string) {
	switch element {
	case "r":
		w.inRun = false
	case "t":
		w.inText = false
	case "p":
		w.endParagraph()
	case "tc":
		if w.tables == 1 {
			w.cells = append(w.cells, strings.Join(strings.Fields(w.cell.String()), " "))
			w.cell.Reset()
		}
	case "tr":
		if w.tables == 1 {
			w.endRow()
		}
	case "tbl":
		w.tables--
	}
}

// write adds a run's text to the paragraph, between ** where it is bold.
func (w *wordReader) write(text string) {
	if w.bold != w.marked && strings.TrimSpace(text) != "" && w.tables == 0 {
		w.paragraph.WriteString("**")
		w.marked = w.bold
	}
	w.paragraph.WriteString(text)
}

func (w *wordReader) endParagraph() {
	text := w.paragraph.String()
	if w.marked {
		text += "**"
	}
	if w.tables > 0 {
		w.cell.WriteString(" " + strings.ReplaceAll(text, "|", "｜"))
	} else {
		if w.hashes > 0 {
			text = strings.Repeat("#", w.hashes) + " " + strings.TrimSpace(text)
		}
		w.out.WriteString(text + "\n\n")
	}
	w.paragraph.Reset()
	w.marked, w.hashes = false, 0
}

func (w *wordReader) endRow() {
	w.out.WriteString("| " + strings.Join(w.cells, " | ") + " |\n")
	if w.rows == 0 {
		w.out.WriteString(strings.Repeat("| --- ", len(w.cells)) + "|\n")
	}
	w.rows++
	w.cells = nil
}

func attribute(element xml.StartElement, name string) string {
	for _, attribute := range element.Attr {
		if attribute.Name.Local == name {
			return attribute.Value
		}
	}
	return ""
}

func isOff(value string) bool { return value == "0" || value == "false" || value == "off" }
