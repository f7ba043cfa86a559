package picture

import (
	"errors"
	"fmt"
	"image/color"
	"math"

	"github.com/skip2/go-qrcode"
)

// ErrLink says that a link has no QR code: it is too long.
var ErrLink = errors.New("the link is too long for a QR code")

// qrCode is the modules of a code, rows of black and white, with the quiet zone around them; nil for none.
type qrCode [][]bool

// newQRCode encodes a link so that 15% of the code may be spoilt by what chats do to photos.
func newQRCode(link string) (qrCode, error) {
	if link == "" {
		return nil, nil
	}
	code, err := qrcode.New(link, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLink, err)
	}
	return code.Bitmap(), nil
}

// codeWidth is about how wide a code is drawn, with its quiet zone: 8 pixels a module for a short link.
const codeWidth = 264

// quietZone is how many modules around a code stay white (ISO/IEC 18004).
const quietZone = 4

// moduleOf is the width of a code's modules: whole pixels, so that edges are sharp.
func moduleOf(code qrCode) float64 { return float64(max(1, codeWidth/len(code))) }

// codeSize is how much room a code takes up. On a white page its quiet zone may reach into the margin.
func (p *page) codeSize(code qrCode) float64 {
	modules := len(code)
	if p.palette.background == white {
		modules -= 2 * quietZone
	}
	return moduleOf(code) * float64(modules)
}

var (
	black = color.RGBA{A: 0xff}
	white = color.RGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
)

// code draws a code: black on white in every look, as readers expect it. Neighbours in a row are one box.
func (p *page) code(code qrCode, x, y float64) {
	module, whole := moduleOf(code), moduleOf(code)*float64(len(code))
	x, y = math.Round(x), math.Round(y)
	if p.palette.background == white {
		x, y = x-quietZone*module, y-quietZone*module
	} else {
		p.addBox(box{area: area{x, y, x + whole, y + whole}, radius: 10, fill: white})
	}
	for row, modules := range code {
		top := y + float64(row)*module
		for from := 0; from < len(modules); from++ {
			to := from
			for to < len(modules) && modules[to] {
				to++
			}
			if to > from {
				p.add(box{area: area{x + float64(from)*module, top, x + float64(to)*module, top + module}, fill: black})
				from = to
			}
		}
	}
}
