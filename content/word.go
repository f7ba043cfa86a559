package content

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"
)

// readWord reads a Word document (.docx): its text as it is to be read, with the numbers that Word counts itself, and
// without what is deleted, hidden, repeated for older programs, or a table of contents.
func readWord(data []byte) (manuscript, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return manuscript{}, damaged(err)
	}
	parts := &wordParts{archive: archive, left: 2 * LargestReport}
	main := parts.mainDocument()
	if main == "" {
		return manuscript{}, unsupportedError(archiveKind(archive))
	}
	styles, err := readWordStyles(parts, path.Join(path.Dir(main), "styles.xml"))
	if err != nil {
		return manuscript{}, err
	}
	numbering, err := readWordNumbering(parts, path.Join(path.Dir(main), "numbering.xml"))
	if err != nil {
		return manuscript{}, err
	}
	reader := wordReader{styles: styles, numbering: numbering}
	if err := parts.read(main, &reader); err != nil {
		return manuscript{}, err
	}
	return reader.out.finish(), nil
}

// archiveKinds are the formats that are packed like a Word document, by a file that each holds.
var archiveKinds = []struct{ file, name string }{
	{"xl/workbook.xml", "Excel 表格"},
	{"ppt/presentation.xml", "PowerPoint 演示"},
	{"OFD.xml", "OFD"},
	{"content.xml", "OpenDocument（.odt）"},
	{"META-INF/container.xml", "EPUB"},
}

func archiveKind(archive *zip.Reader) string {
	for _, kind := range archiveKinds {
		for _, file := range archive.File {
			if file.Name == kind.file {
				return kind.name
			}
		}
	}
	return "压缩包，里面没有 Word 文档"
}

// wordParts are the files inside of a Word document.
type wordParts struct {
	archive *zip.Reader
	left    int64 // how many bytes may still be unpacked: what unpacks to more than a report's size is no report
}

// handler takes the elements of an XML file.
type handler interface {
	start(xml.StartElement)
	end(name string)
	text(string)
}

// read hands a part's elements to a handler.
func (p *wordParts) read(name string, to handler) error {
	file, err := p.archive.Open(name)
	if err != nil {
		return damaged(err)
	}
	defer file.Close()
	bounded := &io.LimitedReader{R: file, N: p.left}
	decoder := xml.NewDecoder(bounded)
	for {
		token, err := decoder.Token()
		if bounded.N <= 0 {
			return fmt.Errorf("%w（解开后超过 %d MB），请确认它是一份报告", ErrTooLarge, 2*LargestReport>>20)
		}
		switch {
		case errors.Is(err, io.EOF):
			p.left = bounded.N
			return nil
		case err != nil:
			return damaged(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			to.start(token)
		case xml.EndElement:
			to.end(token.Name.Local)
		case xml.CharData:
			to.text(string(token))
		}
	}
}

// has tells whether there is a part of a name.
func (p *wordParts) has(name string) bool {
	file, err := p.archive.Open(name)
	if err != nil {
		return false
	}
	file.Close()
	return true
}

// relations finds where the package's relations point to for the main document.
type relations struct{ document string }

func (r *relations) start(element xml.StartElement) {
	if element.Name.Local == "Relationship" && strings.HasSuffix(attribute(element, "Type"), "/officeDocument") {
		r.document = strings.TrimPrefix(path.Clean("/"+attribute(element, "Target")), "/")
	}
}

func (*relations) end(string)  {}
func (*relations) text(string) {}

// mainDocument is the name of the part with the document's text; "" without one.
func (p *wordParts) mainDocument() string {
	var found relations
	if p.has("_rels/.rels") && p.read("_rels/.rels", &found) == nil && strings.HasPrefix(found.document, "word/") && p.has(found.document) {
		return found.document
	}
	if p.has("word/document.xml") {
		return "word/document.xml"
	}
	return ""
}

// wordReader writes the paragraphs and tables of a Word document.
type wordReader struct {
	styles    map[string]wordStyle
	numbering *wordNumbering
	out       manuscriptWriter

	skipped   int // how deep in an element that is not to be read
	paragraph wordParagraph
	run       wordRun
	inRun     bool
	inText    bool
	outside   []outerParagraph // around the text box
	tables    []*wordTable     // the open ones; what stands in an inner one belongs to the outer's cell
}

// wordParagraph is what is known of the open paragraph.
type wordParagraph struct {
	style      string
	level      int // of a heading, 1 to 9; 0 for none, -1 for text whatever its style says
	list, item string
	begun      bool
}

type wordRun struct {
	bold, plain    bool // said by the run itself
	style          string
	hidden, raised bool
}

// outerParagraph is a paragraph that a text box interrupts.
type outerParagraph struct {
	paragraph wordParagraph
	run       wordRun
	line      []byte
	bold      []Span
}

type wordTable struct {
	rows   [][]gridCell
	cell   strings.Builder
	span   int
	merged bool // the cell goes on from the row above
	header bool // the row is repeated on each page
	depth  int  // in text boxes
	blocks []string
}

// notRead are the elements whose text nobody reads: deleted or moved away, repeated for older programs, the reading above
// a character, the instructions of fields.
var notRead = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "rt": true, "instrText": true, "delText": true}

func (w *wordReader) start(element xml.StartElement) {
	name := element.Name.Local
	if w.skipped > 0 || notRead[name] {
		w.skipped++
		return
	}
	value := attribute(element, "val")
	switch name {
	case "p":
		w.paragraph = wordParagraph{}
	case "pStyle":
		w.paragraph.style = value
	case "outlineLvl":
		if len(value) == 1 && value[0] >= '0' && value[0] <= '9' {
			w.paragraph.level = int(value[0]-'0') + 1
		}
		if w.paragraph.level > 6 {
			w.paragraph.level = -1
		}
	case "ilvl":
		w.paragraph.item = value
	case "numId":
		w.paragraph.list = value
	case "r":
		w.inRun, w.run = true, wordRun{}
	case "t":
		w.inText = true
	case "txbxContent":
		w.outside = append(w.outside, outerParagraph{w.paragraph, w.run, w.out.line, w.out.bold})
		w.out.line, w.out.bold = nil, nil
	case "tbl", "tblHeader", "gridSpan", "vMerge":
		w.startTable(name, value)
	default:
		if w.inRun {
			w.startInRun(name, value, element)
		}
	}
}

func (w *wordReader) startInRun(name, value string, element xml.StartElement) {
	switch name {
	case "b":
		w.run.bold, w.run.plain = !isOff(value), isOff(value)
	case "rStyle":
		w.run.style = value
	case "vanish":
		w.run.hidden = !isOff(value)
	case "vertAlign":
		w.run.raised = value == "superscript"
	case "rFonts":
		if isBoldFont(attribute(element, "eastAsia")) {
			w.run.bold = true
		}
	case "tab", "ptab":
		w.write(" ")
	case "noBreakHyphen":
		w.write("-")
	case "br", "cr":
		if kind := attribute(element, "type"); kind == "" || kind == "textWrapping" {
			w.write("\n")
		}
	}
}

func (w *wordReader) startTable(name, value string) {
	if name == "tbl" {
		w.tables = append(w.tables, &wordTable{depth: len(w.outside), span: 1})
		return
	}
	if len(w.tables) != 1 {
		return
	}
	switch table := w.tables[0]; name {
	case "tblHeader":
		table.header = !isOff(value)
	case "gridSpan":
		table.span = spanValue(value)
	case "vMerge":
		table.merged = value != "restart"
	}
}

func (w *wordReader) end(name string) {
	if w.skipped > 0 {
		w.skipped--
		return
	}
	switch name {
	case "r":
		w.inRun = false
	case "t":
		w.inText = false
	case "p":
		w.endParagraph()
	case "txbxContent":
		if last := len(w.outside) - 1; last >= 0 {
			outer := w.outside[last]
			w.outside = w.outside[:last]
			w.paragraph, w.run, w.inRun = outer.paragraph, outer.run, true
			w.out.line, w.out.bold = outer.line, outer.bold
		}
	case "tc", "tr", "tbl":
		w.endInTable(name)
	}
}

func (w *wordReader) text(text string) {
	if w.inText && w.skipped == 0 {
		w.write(text)
	}
}

// write adds a run's text to the paragraph.
func (w *wordReader) write(text string) {
	if w.run.hidden || w.run.raised && isFootnoteMark(lastRune(w.out.line), text) {
		return
	}
	style := w.styles[w.paragraph.style]
	bold := w.run.bold || !w.run.plain && (style.bold || w.styles[w.run.style].bold)
	if !w.paragraph.begun && strings.TrimSpace(text) != "" {
		w.paragraph.begun = true
		list, item := w.paragraph.list, w.paragraph.item
		if list == "" {
			list, item = style.list, style.item
		}
		w.out.write(w.numbering.next(list, item), bold)
	}
	w.out.write(text, bold && strings.TrimSpace(text) != "")
}

func (w *wordReader) endParagraph() {
	style := w.styles[w.paragraph.style]
	level := w.paragraph.level
	if level == 0 {
		level = style.level
	}
	switch {
	case style.contents:
		w.out.line, w.out.bold = w.out.line[:0], nil
	case len(w.tables) > 0 && w.tables[0].depth <= len(w.outside):
		text := strings.TrimSpace(string(w.out.line))
		w.out.line, w.out.bold = w.out.line[:0], nil
		w.tables[0].cell.WriteString(text + "\n")
	default:
		if level > 0 {
			w.out.hashes = level
		}
		w.out.endLine()
		w.out.endTable()
	}
	w.paragraph = wordParagraph{}
}

func (w *wordReader) endInTable(name string) {
	if len(w.tables) == 0 {
		return
	}
	if name == "tbl" {
		if len(w.tables) == 1 {
			w.writeTable(w.tables[0])
		}
		w.tables = w.tables[:len(w.tables)-1]
		return
	}
	if len(w.tables) > 1 {
		return
	}
	table := w.tables[0]
	if name == "tr" {
		table.header = false
		table.rows = append(table.rows, nil)
		return
	}
	if len(table.rows) == 0 {
		table.rows = append(table.rows, nil)
	}
	row := &table.rows[len(table.rows)-1]
	block := strings.TrimSpace(table.cell.String())
	cell := gridCell{text: block, header: table.header, above: table.merged}
	if above := len(table.rows) - 2; table.merged && above >= 0 && len(*row) < len(table.rows[above]) {
		cell.text = table.rows[above][len(*row)].text
	}
	for range min(table.span, widestTable-len(*row)) {
		*row = append(*row, cell)
		cell.repeats = true
	}
	table.blocks = append(table.blocks, block)
	table.cell.Reset()
	table.span, table.merged = 1, false
}

// writeTable writes the rows of a table with data, and the paragraphs of one that lays out text.
func (w *wordReader) writeTable(table *wordTable) {
	rows := table.rows[:0]
	wide, long := false, false
	for _, row := range table.rows {
		if len(row) == 0 {
			continue
		}
		for i := range row {
			long = long || utf8.RuneCountInString(row[i].text) > longestCell
			row[i].text = strings.Join(strings.Fields(row[i].text), " ")
		}
		wide = wide || len(row) > 1
		rows = append(rows, row)
	}
	if wide && !long && len(rows) > 1 {
		w.out.grid(rows)
		return
	}
	for _, block := range table.blocks {
		w.out.write(block, false)
		w.out.endLine()
	}
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
