package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"strconv"
)

// fontFamilies are fonts with the same or similar shapes, as systems name them.
const fontFamilies = "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"

// writeSVG writes a scene as SVG 1.1. Texts stay texts, which can be searched and read aloud; their length is given, so
// that another font does not make them overflow.
func writeSVG(out *bytes.Buffer, s *scene) {
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %[1]s %[2]s" role="img" font-family="%s">`+"\n",
		decimal(s.width), decimal(s.height), fontFamilies)
	fmt.Fprintf(out, "<title>%s</title>\n", escape(s.title))
	fmt.Fprintf(out, `<rect width="100%%" height="100%%" fill="%s"/>`+"\n", hex(s.palette.background))
	for _, shape := range s.shapes {
		switch shape := shape.(type) {
		case box:
			writeBox(out, shape)
		case text:
			writeText(out, shape)
		}
	}
	out.WriteString("</svg>\n")
}

func writeBox(out *bytes.Buffer, b box) {
	inset := b.border / 2 // SVG draws a border half outside
	fmt.Fprintf(out, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"`, decimal(b.left+inset), decimal(b.top+inset),
		decimal(max(0, b.right-b.left-b.border)), decimal(max(0, b.bottom-b.top-b.border)), hex(b.fill))
	if b.radius > 0 {
		fmt.Fprintf(out, ` rx="%s"`, decimal(b.radius))
	}
	if b.border > 0 {
		fmt.Fprintf(out, ` stroke="%s" stroke-width="%s"`, hex(b.line), decimal(b.border))
	}
	out.WriteString("/>\n")
}

func writeText(out *bytes.Buffer, t text) {
	fmt.Fprintf(out, `<text x="%s" y="%s" font-size="%s" fill="%s" textLength="%s"`,
		decimal(t.x), decimal(t.baseline), decimal(t.size), hex(t.fill), decimal(t.width))
	if t.weight == bold {
		out.WriteString(` font-weight="bold"`)
	}
	fmt.Fprintf(out, ">%s</text>\n", escape(t.characters))
}

func escape(said string) string {
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(said)) // a buffer takes everything
	return escaped.String()
}

// decimal is a length in pixels, to a hundredth.
func decimal(length float64) string {
	return strconv.FormatFloat(float64(int(length*100+0.5))/100, 'f', -1, 64)
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
