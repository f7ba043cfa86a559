package picture

import "image/color"

// scene is a picture as boxes and texts, in pixels from its upper left corner, drawn in order.
type scene struct {
	title         string // for those who cannot see it
	width, height float64
	palette       palette
	shapes        []shape
}

// shape is a box or a text.
type shape interface {
	// bounds is the area that the shape may mark.
	bounds() area
}

type area struct{ left, top, right, bottom float64 }

// box is a filled rectangle, with rounded corners where it has a radius. Where it has a border, that is drawn inside.
type box struct {
	area
	radius float64
	fill   color.RGBA
	border float64 // its width
	line   color.RGBA
}

func (b box) bounds() area { return b.area }

// text is a row of characters.
type text struct {
	x, baseline float64
	width       float64 // as measured
	size        float64 // of an em
	weight      weight
	fill        color.RGBA
	characters  string
}

// ascent and descent are how far characters reach above and below the baseline, in ems: those of the Han characters and
// the Latin ones with accents in Noto Sans CJK.
const (
	ascent  = 0.90
	descent = 0.22
)

func (t text) bounds() area {
	return area{t.x, t.baseline - ascent*t.size, t.x + t.width, t.baseline + descent*t.size}
}
