package picture

import (
	"image"
	"image/color"
)

// blends is how many steps there are between two colours of a palette, where the edge of one lies on the other. Eight
// pairs of them fit the 256 colours of an indexed PNG.
const blends = 30

// reduce brings an image to the palette's colours and the blends between those that meet. An indexed PNG is a third of
// the size of one with full colours, and is written in a third of the time.
func reduce(drawn *image.RGBA, p palette) *image.Paletted {
	var colours color.Palette
	for _, pair := range [][2]color.RGBA{
		{p.background, p.ink}, {p.background, p.muted}, {p.background, p.bar}, {p.background, p.rule},
		{p.background, p.mark}, {p.background, white}, {p.mark, p.bar}, {white, black},
	} {
		for step := range blends {
			colours = append(colours, blend(pair[0], pair[1], float64(step)/(blends-1)))
		}
	}
	reduced := image.NewPaletted(drawn.Bounds(), colours)
	known := make(map[[4]uint8]uint8)
	var last [4]uint8
	lastIndex, any := uint8(0), false
	for i := range reduced.Pix {
		pixel := [4]uint8(drawn.Pix[4*i : 4*i+4])
		if !any || pixel != last {
			index, seen := known[pixel]
			if !seen {
				index = uint8(colours.Index(color.RGBA{pixel[0], pixel[1], pixel[2], pixel[3]}))
				known[pixel] = index
			}
			last, lastIndex, any = pixel, index, true
		}
		reduced.Pix[i] = lastIndex
	}
	return reduced
}

func blend(from, to color.RGBA, share float64) color.RGBA {
	between := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*share + 0.5) }
	return color.RGBA{R: between(from.R, to.R), G: between(from.G, to.G), B: between(from.B, to.B), A: 0xff}
}
