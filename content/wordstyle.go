package content

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordStyle is what a style of a Word document says about its paragraphs, with what it takes from the style that it is
// based on.
type wordStyle struct {
	level      int // of a heading; 0 for none
	bold       bool
	contents   bool // lines of a table of contents
	list, item string
	base       string
}

// readWordStyles reads the part with the styles, by their ids; there may be none.
func readWordStyles(parts *wordParts, name string) (map[string]wordStyle, error) {
	reader := wordStyleReader{styles: make(map[string]wordStyle)}
	if !parts.has(name) {
		return nil, nil
	}
	if err := parts.read(name, &reader); err != nil {
		return nil, err
	}
	for id := range reader.styles {
		reader.inherit(id, 0)
	}
	return reader.styles, nil
}

type wordStyleReader struct {
	styles map[string]wordStyle
	id     string
	style  wordStyle
	plain  map[string]bool // styles that take bold type back
}

func (r *wordStyleReader) start(element xml.StartElement) {
	value := attribute(element, "val")
	switch element.Name.Local {
	case "style":
		r.id, r.style = attribute(element, "styleId"), wordStyle{}
	case "name":
		r.style.contents = strings.HasPrefix(strings.ToLower(value), "toc ")
	case "basedOn":
		r.style.base = value
	case "outlineLvl":
		if level, err := strconv.Atoi(value); err == nil && level >= 0 && level < 6 {
			r.style.level = level + 1
		}
	case "b":
		r.style.bold = !isOff(value)
		if isOff(value) {
			if r.plain == nil {
				r.plain = make(map[string]bool)
			}
			r.plain[r.id] = true
		}
	case "rFonts":
		r.style.bold = r.style.bold || isBoldFont(attribute(element, "eastAsia"))
	case "numId":
		r.style.list = value
	case "ilvl":
		r.style.item = value
	}
}

func (r *wordStyleReader) end(name string) {
	if name == "style" && r.id != "" {
		r.styles[r.id] = r.style
		r.id = ""
	}
}

func (*wordStyleReader) text(string) {}

// deepestStyle bounds how many styles are based on one another; some files go round in circles.
const deepestStyle = 12

// inherit fills in what a style takes from the one that it is based on.
func (r *wordStyleReader) inherit(id string, depth int) wordStyle {
	style, ok := r.styles[id]
	if !ok || style.base == "" || depth > deepestStyle {
		return style
	}
	base := r.inherit(style.base, depth+1)
	if style.level == 0 {
		style.level = base.level
	}
	if style.list == "" {
		style.list, style.item = base.list, base.item
	}
	style.bold = style.bold || base.bold && !r.plain[id]
	style.base = ""
	r.styles[id] = style
	return style
}

// isBoldFont tells whether a font is one of those in which Chinese is set bold.
func isBoldFont(name string) bool {
	return strings.Contains(name, "黑体") || strings.Contains(name, "SimHei") || strings.Contains(name, "小标宋")
}
