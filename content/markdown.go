package content

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"wenbao/content/lazy"
)

// markdownParser is goldmark less what reports do not mean: the numbers of lists are numbers of headings (1. …), an
// indented line is a paragraph, no line is code, a line above a ruler is no heading, [1]: … is a footnote and no address.
// Without a parser for indented lines goldmark stops at the first of them, so that none may be left, see [lineMargin].
var markdownParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(emphasisParser{parser.NewEmphasisParser()}, 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(tableTransformer{}, 200),
		),
	)
})

// emphasisParser is goldmark's but for **, which opens bold type where it is closed and closes it where it is open. The
// rules of CommonMark look for blanks and punctuation around words, so that **要快。**编制 would not be bold in a
// language that has no blanks between words.
type emphasisParser struct{ parser.InlineParser }

// Parse reads a run of * or _.
func (p emphasisParser) Parse(parent ast.Node, block text.Reader, context parser.Context) ast.Node {
	node := p.InlineParser.Parse(parent, block, context)
	if run, ok := node.(*parser.Delimiter); ok && run.Char == '*' && run.OriginalLength > 1 {
		run.CanOpen, run.CanClose = true, true
	}
	return node
}

// lineMargin is what stands before a line's text: blanks, and the marks of a quotation.
var lineMargin = lazy.Compile(`(?m)^[ \t\f\v>]+`)

// headingBlank is an ideographic space behind the # of a heading, where Markdown wants another one.
var headingBlank = lazy.Compile(`(?m)^(#{1,6})　`)

// mostLinks bounds how many links a report may have; goldmark looks for the end of each in all of its paragraph.
const mostLinks = 1000

// readMarkdown reads Markdown. A line is a paragraph as in plain text, also where no blank line stands between two.
func readMarkdown(body string) manuscript {
	if strings.Count(body, "](") > mostLinks {
		body = strings.ReplaceAll(body, "](", "] (")
	}
	source := []byte(headingBlank.ReplaceAllString(lineMargin.ReplaceAllString(body, ""), "$1 "))
	reader := markdownReader{source: source}
	reader.blocks(markdownParser().Parse(text.NewReader(source)))
	return reader.finish()
}

type markdownReader struct {
	manuscriptWriter
	source []byte
	tags   int // how deep in <b> and <strong>
	raised bool
	joined bool // the block holds headings in the middle of a line, which has lost its breaks
}

func (r *markdownReader) blocks(parent ast.Node) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.Heading:
			r.hashes = node.Level
			r.inlines(node, false)
		case *ast.ThematicBreak:
		case *ast.HTMLBlock:
			r.html(node)
		case *tables.Table:
			r.tableRows(node)
		default:
			r.joined = r.joinsParts(node)
			r.inlines(node, false)
		}
		r.endLine()
		r.endTable()
		r.tags, r.raised, r.joined = 0, false, false
	}
}

// html writes a block of HTML. A comment that is never closed would hide the rest of the report, and is taken for text.
func (r *markdownReader) html(node *ast.HTMLBlock) {
	raw := string(node.Lines().Value(r.source))
	if node.HasClosure() {
		raw += string(node.ClosureLine.Value(r.source))
	}
	if strings.Contains(raw, "<!--") && !strings.Contains(raw, "-->") {
		r.write(strings.Replace(raw, "<!--", "", 1), false)
		return
	}
	writeHTML(&r.manuscriptWriter, raw)
}

// tableRows writes a table's rows: as they stand in the file where nothing in them is marked, else from their cells.
func (r *markdownReader) tableRows(table *tables.Table) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		if line := r.lineOf(row); strings.HasPrefix(line, "|") && !strings.ContainsAny(line, "<&\\`") && !strings.Contains(line, "](") {
			r.write(strings.ReplaceAll(line, "**", ""), false)
			r.endLine()
			continue
		}
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			inside := markdownReader{source: r.source}
			inside.inlines(cell, false)
			inside.endLine()
			cells = append(cells, inside.text.String())
		}
		r.row(cells)
	}
}

// lineOf is the line of the file that holds a table's row. Written as it stands, the row's quote stands verbatim in the
// file too, with the blanks that align its columns.
func (r *markdownReader) lineOf(row ast.Node) string {
	first := row.FirstChild()
	if first == nil || first.Lines().Len() == 0 {
		return ""
	}
	at := first.Lines().At(0).Start
	start := bytes.LastIndexByte(r.source[:at], '\n') + 1
	end := bytes.IndexByte(r.source[at:], '\n')
	if end < 0 {
		return strings.TrimSpace(string(r.source[start:]))
	}
	return strings.TrimSpace(string(r.source[start : at+end]))
}

func (r *markdownReader) inlines(parent ast.Node, bold bool) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.Text:
			value := node.Value(r.source)
			if !node.IsRaw() {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
				value = []byte(strings.ReplaceAll(string(value), "**", "")) // one without its partner
			}
			r.words(string(value), bold)
			if node.SoftLineBreak() || node.HardLineBreak() {
				r.write("\n", false)
			}
		case *ast.String:
			r.words(string(node.Value), bold)
		case *ast.Emphasis:
			if r.joined && node.Level > 1 && isPartOpening(textOf(node, r.source)) {
				r.write("\n", false)
			}
			r.inlines(node, bold || node.Level > 1)
		case *ast.AutoLink:
			r.words(string(node.Label(r.source)), bold)
		case *ast.RawHTML:
			r.tag(string(node.Segments.Value(r.source)))
		case *ast.Image:
		default:
			r.inlines(node, bold)
		}
	}
}

// fewestJoined is how many numbered headings in the middle of lines tell that the breaks before them are lost.
const fewestJoined = 3

// joinsParts tells whether a block is a text whose parts stand in one line: …好成绩。 **（二）…。** 今年….
func (r *markdownReader) joinsParts(block ast.Node) bool {
	numbered := 0
	for node := block.FirstChild(); node != nil; node = node.NextSibling() {
		bold, ok := node.(*ast.Emphasis)
		before, isText := node.PreviousSibling().(*ast.Text)
		if !ok || bold.Level < 2 || !isText || before.SoftLineBreak() || before.HardLineBreak() {
			continue
		}
		if text := textOf(bold, r.source); chapterOpening.MatchString(text) {
			numbered++
		}
	}
	return numbered >= fewestJoined
}

// chapterOpening finds the number that a heading begins with.
var chapterOpening = lazy.Compile(`^(?:第[一二三四五六七八九十百]+[篇章节]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])`)

// isPartOpening tells whether bold words may begin a part: numbered ones, or a sentence of their own.
func isPartOpening(text string) bool {
	text = strings.TrimSpace(text)
	return chapterOpening.MatchString(text) || strings.HasSuffix(text, "。") || strings.HasSuffix(text, "：")
}

// textOf is the text of a node without its marks.
func textOf(node ast.Node, source []byte) string {
	var text strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if leaf, ok := child.(*ast.Text); ok {
			text.Write(leaf.Value(source))
		} else {
			text.WriteString(textOf(child, source))
		}
	}
	return text.String()
}

// words writes a piece of text; raised digits are the mark of a footnote.
func (r *markdownReader) words(text string, bold bool) {
	if r.raised && isFootnoteMark(lastRune(r.line), text) {
		return
	}
	r.write(text, bold || r.tags > 0)
}

var tagPattern = lazy.Compile(`^<(/?)([A-Za-z0-9]+)`)

// tag reads an HTML tag inside a line.
func (r *markdownReader) tag(tag string) {
	match := tagPattern.FindStringSubmatch(tag)
	if match == nil {
		return
	}
	opens := match[1] == ""
	switch strings.ToLower(match[2]) {
	case "br", "p", "div":
		r.write("\n", false)
	case "sup":
		r.raised = opens
	case "b", "strong":
		if opens {
			r.tags++
		} else if r.tags > 0 {
			r.tags--
		}
	}
}
