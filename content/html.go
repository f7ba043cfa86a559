package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"wenbao/content/lazy"
)

// readHTML reads a web page, or a part of one. The page's own furniture is dropped: what is no text (scripts, forms),
// what is marked as navigation, and all around the element that holds the report's sentences but for the headings before
// it, which are the report's title. Text densities as readability libraries weigh them are not needed: a report is by far
// the longest text of its page.
func readHTML(page string) manuscript {
	var w manuscriptWriter
	root := parseHTML(page)
	stated := frontMatter{title: statedTitle(root)}
	body := find(root, atom.Body)
	if body == nil {
		return manuscript{stated: stated}
	}
	prune(body, weigh(body))
	main, before := mainElement(body, weigh(body))
	for _, heading := range before {
		(&htmlReader{manuscriptWriter: &w}).children(heading)
		w.endLine()
	}
	(&htmlReader{manuscriptWriter: &w}).element(main)
	m := w.finish()
	m.stated = stated
	return m
}

// writeHTML writes a piece of HTML inside of another format.
func writeHTML(w *manuscriptWriter, fragment string) {
	if body := find(parseHTML(fragment), atom.Body); body != nil {
		prune(body, nil)
		(&htmlReader{manuscriptWriter: w}).children(body)
		w.endLine()
	}
}

// parseHTML never fails on a text in memory but where it is nested too deep; then there is nothing to read.
func parseHTML(page string) *html.Node {
	root, err := html.ParseWithOptions(strings.NewReader(cleanText(page)), html.ParseOptionEnableScripting(false))
	if err != nil {
		return &html.Node{Type: html.DocumentNode}
	}
	return root
}

// neverText are the elements that hold no text of a page, siteElement those that hold the site's rather than the report's.
var (
	neverText = map[atom.Atom]bool{
		atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Select: true, atom.Textarea: true,
		atom.Svg: true, atom.Iframe: true, atom.Object: true, atom.Audio: true, atom.Video: true, atom.Math: true,
	}
	siteElement = map[atom.Atom]bool{atom.Nav: true, atom.Footer: true, atom.Aside: true, atom.Form: true, atom.Button: true}
)

// furniture are the words in classes and ids of what belongs to the site rather than to the page's text.
var furniture = map[string]bool{
	"nav": true, "navi": true, "navbar": true, "navigation": true, "menu": true, "breadcrumb": true, "breadcrumbs": true,
	"crumb": true, "crumbs": true, "position": true, "location": true, "share": true, "print": true, "footer": true, "foot": true,
	"copyright": true, "sidebar": true, "toolbar": true, "tools": true, "qrcode": true, "ewm": true, "related": true,
	"recommend": true, "bdsharebuttonbox": true, "search": true, "login": true, "banner": true, "sitemap": true, "fontsize": true,
}

// prune takes off what is not the report's. What holds more than half of the page's text does not go by its name alone,
// since names can mislead.
func prune(node *html.Node, weights map[*html.Node]weight) {
	var next *html.Node
	for child := node.FirstChild; child != nil; child = next {
		next = child.NextSibling
		drop := child.Type == html.CommentNode
		if child.Type == html.ElementNode {
			drop = neverText[child.DataAtom] || (siteElement[child.DataAtom] || isFurniture(child)) && !isBulk(child, weights)
		}
		if drop {
			node.RemoveChild(child)
		} else {
			prune(child, weights)
		}
	}
}

// isBulk tells whether an element holds most of the page's text; in a piece of HTML, which is not weighed, none does.
func isBulk(node *html.Node, weights map[*html.Node]weight) bool {
	whole := weights[nil].han
	return whole > 0 && 2*weights[node].han > whole
}

var hiddenStyle = lazy.Compile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

// isFurniture tells whether an element is hidden, or named as what belongs to the site.
func isFurniture(node *html.Node) bool {
	for _, attribute := range node.Attr {
		switch attribute.Key {
		case "hidden":
			return true
		case "style":
			if hiddenStyle.MatchString(attribute.Val) {
				return true
			}
		case "class", "id":
			for word := range strings.FieldsFuncSeq(strings.ToLower(attribute.Val), func(r rune) bool { return !unicode.IsLetter(r) }) {
				if furniture[word] {
					return true
				}
			}
		}
	}
	return false
}

// weight is how much text an element holds.
type weight struct {
	han       int // characters outside of links
	sentences int // of them, those in texts that a 。 ends
}

// weigh weighs an element and all in it; nil stands for the element itself.
func weigh(node *html.Node) map[*html.Node]weight {
	weights := make(map[*html.Node]weight)
	weights[nil] = weighInto(weights, node)
	return weights
}

func weighInto(weights map[*html.Node]weight, node *html.Node) weight {
	var w weight
	switch {
	case node.Type == html.TextNode:
		w.han = countHan(node.Data)
		if strings.Contains(node.Data, "。") {
			w.sentences = w.han
		}
		return w
	case node.Type != html.ElementNode || node.DataAtom == atom.A || neverText[node.DataAtom]:
		return w
	}
	for child := range node.ChildNodes() {
		inside := weighInto(weights, child)
		w.han += inside.han
		w.sentences += inside.sentences
	}
	weights[node] = w
	return w
}

// strayShare is which share of an element's sentences, one in so many characters, may stand outside of the part that holds
// the report: the site's own 本网站由…主办。
const strayShare = 30

// mainElement finds the element that holds the report's sentences and the headings before it.
func mainElement(body *html.Node, weights map[*html.Node]weight) (main *html.Node, before []*html.Node) {
	main = body
	for {
		whole := weights[main]
		var inner *html.Node
		for child := range main.ChildNodes() {
			if child.Type != html.ElementNode || !isBlock(child) {
				continue
			}
			if m := weights[child]; m.sentences > 0 && whole.sentences-m.sentences <= whole.sentences/strayShare {
				inner = child
			}
		}
		if inner == nil || isParagraph(inner) || inner.DataAtom == atom.Table && isData(inner) {
			return main, before
		}
		for child := range main.ChildNodes() {
			if child == inner {
				break
			}
			before = append(before, headingsOf(child)...)
		}
		main = inner
	}
}

func isParagraph(node *html.Node) bool { return node.DataAtom == atom.P || headingLevel(node) > 0 }

// headingsOf are the headings h1 to h4 in an element.
func headingsOf(node *html.Node) []*html.Node {
	var headings []*html.Node
	if level := headingLevel(node); level > 0 && level < 5 {
		return append(headings, node)
	}
	for child := range node.ChildNodes() {
		headings = append(headings, headingsOf(child)...)
	}
	return headings
}

func headingLevel(node *html.Node) int {
	if node.Type == html.ElementNode && len(node.Data) == 2 && node.Data[0] == 'h' && node.Data[1] >= '1' && node.Data[1] <= '6' {
		return int(node.Data[1] - '0')
	}
	return 0
}

// holdsBlock tells whether there are blocks in an element, as there are in a heading that was never closed.
func holdsBlock(node *html.Node) bool {
	for inside := range node.Descendants() {
		if isBlock(inside) {
			return true
		}
	}
	return false
}

// statedTitle is the title that the head of a page of a government site states: <meta name="ArticleTitle" …>.
func statedTitle(root *html.Node) string {
	for node := range root.Descendants() {
		if node.DataAtom == atom.Meta && strings.EqualFold(attributeOf(node, "name"), "ArticleTitle") {
			return strings.Join(strings.Fields(attributeOf(node, "content")), " ")
		}
	}
	return ""
}

func find(node *html.Node, kind atom.Atom) *html.Node {
	for at := range node.Descendants() {
		if at.Type == html.ElementNode && at.DataAtom == kind {
			return at
		}
	}
	return nil
}

func attributeOf(node *html.Node, key string) string {
	for _, attribute := range node.Attr {
		if attribute.Key == key {
			return attribute.Val
		}
	}
	return ""
}

// isBlock tells whether an element has lines of its own.
func isBlock(node *html.Node) bool {
	switch node.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Center, atom.Ul, atom.Ol, atom.Li,
		atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption,
		atom.Blockquote, atom.Pre, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form, atom.Fieldset,
		atom.Figure, atom.Figcaption, atom.Body, atom.Address, atom.Details, atom.Summary:
		return true
	}
	return false
}

// htmlReader writes the text of elements.
type htmlReader struct {
	*manuscriptWriter
	heavy bool // the type is bold
	level int  // of the heading
	pre   bool
	cell  bool // in a table, where a dash says that there is no figure
	blank bool // white space is due before the next word
	wraps bool // and it broke the line in the file
}

func (r *htmlReader) children(node *html.Node) {
	for child := range node.ChildNodes() {
		switch child.Type {
		case html.TextNode:
			r.words(child.Data)
		case html.ElementNode:
			r.element(child)
		}
	}
}

func (r *htmlReader) element(node *html.Node) {
	switch node.DataAtom {
	case atom.Br:
		r.newLine()
		return
	case atom.Sup:
		if isFootnoteMark(lastRune(r.line), textContent(node)) {
			return
		}
	case atom.Table:
		if isData(node) {
			r.newLine()
			r.dataTable(node)
			return
		}
	case atom.Pre:
		defer func(before bool) { r.pre = before }(r.pre)
		r.pre = true
	}
	heavy := r.heavy
	r.heavy = isBold(node, heavy)
	if !isBlock(node) {
		r.children(node)
		r.heavy = heavy
		return
	}
	r.newLine()
	if level := headingLevel(node); level > 0 && !holdsBlock(node) {
		r.level = level
	}
	r.children(node)
	r.newLine()
	r.heavy, r.level = heavy, 0
}

// newLine ends the line. A date below the title may be set as a heading, and is none; a line of marks alone is a piece of
// broken markup.
func (r *htmlReader) newLine() {
	if !r.cell && !strings.ContainsFunc(string(r.line), isLetterOrNumber) {
		r.line, r.bold = r.line[:0], nil
	}
	if r.level > 0 && !strings.HasPrefix(strings.TrimSpace(string(r.line)), "—") {
		r.hashes = r.level
	}
	r.endLine()
	r.blank, r.wraps = false, false
}

// words writes text as a browser shows it: white space is one blank, none at a line's start, and none between Han
// characters where only the file breaks the line.
func (r *htmlReader) words(text string) {
	if r.pre {
		r.write(text, r.heavy)
		return
	}
	for len(text) > 0 {
		at := strings.IndexFunc(text, isHTMLSpace)
		if at == 0 {
			first, size := utf8.DecodeRuneInString(text)
			r.blank = true
			r.wraps = r.wraps || first == '\n'
			text = text[size:]
			continue
		}
		if at < 0 {
			at = len(text)
		}
		if r.blank && len(r.line) > 0 && !(r.wraps && isWide(lastRune(r.line)) && isWide(firstRune(text))) {
			r.write(" ", r.heavy)
		}
		r.blank, r.wraps = false, false
		r.write(text[:at], r.heavy)
		text = text[at:]
	}
}

func isLetterOrNumber(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func isHTMLSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\f' || r == '\u00a0'
}

func lastRune(text []byte) rune {
	last, _ := utf8.DecodeLastRune(text)
	return last
}

func firstRune(text string) rune {
	first, _ := utf8.DecodeRuneInString(text)
	return first
}

// isWide tells whether a rune is a Han character or a mark that is as wide as one.
func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60 || strings.ContainsRune("“”‘’—…·", r)
}

var boldStyle = lazy.Compile(`(?i)font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)|font-family\s*:[^;]*(黑体|SimHei)`)

// isBold tells whether the text of an element is bold, in what is bold or not around it.
func isBold(node *html.Node, around bool) bool {
	bold := around || node.DataAtom == atom.B || node.DataAtom == atom.Strong || node.DataAtom == atom.Th
	for _, match := range boldStyle.FindAllStringSubmatch(attributeOf(node, "style"), -1) {
		switch weight := strings.ToLower(match[1]); {
		case weight == "normal" || weight == "lighter" || weight != "" && weight[0] < '6':
			return false
		default:
			bold = true
		}
	}
	return bold
}

// isFootnoteMark tells whether raised text behind a character is the mark of a footnote rather than a power: m², 10⁸.
func isFootnoteMark(last rune, raised string) bool {
	raised = strings.TrimSpace(raised)
	if strings.HasPrefix(raised, "[") || strings.HasPrefix(raised, "［") {
		return true
	}
	isPower := last < utf8.RuneSelf && (unicode.IsLetter(last) || unicode.IsDigit(last))
	return !isPower && raised != "" && strings.Trim(raised, "0123456789*①②③④⑤⑥⑦⑧⑨⑩()（）") == ""
}

func textContent(node *html.Node) string {
	var b strings.Builder
	for at := range node.Descendants() {
		if at.Type == html.TextNode {
			b.WriteString(at.Data)
		}
	}
	return b.String()
}
