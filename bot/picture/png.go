package picture

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// writePNG draws a scene pixel by pixel. The error is the context's, the font's or the writer's.
func writePNG(ctx context.Context, out io.Writer, s *scene, fonts *fonts) error {
	canvas := &raster{
		image: image.NewRGBA(image.Rect(0, 0, int(math.Ceil(s.width)), int(math.Ceil(s.height)))),
		fonts: fonts, faces: make(map[faceKey]font.Face),
	}
	draw.Draw(canvas.image, canvas.image.Bounds(), image.NewUniform(s.palette.background), image.Point{}, draw.Src)
	for _, shape := range s.shapes {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch shape := shape.(type) {
		case box:
			canvas.box(shape)
		case text:
			if err := canvas.text(shape); err != nil {
				return err
			}
		}
	}
	// Better compression saves a tenth of the file and takes half as long again.
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	return encoder.Encode(out, reduce(canvas.image, s.palette))
}

// raster draws shapes on an image.
type raster struct {
	image *image.RGBA
	fonts *fonts
	faces map[faceKey]font.Face
}

type faceKey struct {
	weight weight
	size   float64
}

func (r *raster) text(t text) error {
	key := faceKey{t.weight, t.size}
	face := r.faces[key]
	if face == nil {
		var err error
		options := &opentype.FaceOptions{Size: t.size, DPI: 72, Hinting: font.HintingNone}
		if face, err = opentype.NewFace(r.fonts[t.weight], options); err != nil {
			return err
		}
		r.faces[key] = face
	}
	drawer := font.Drawer{Dst: r.image, Src: image.NewUniform(t.fill), Face: face, Dot: fixed.Point26_6{
		X: fixed.Int26_6(t.x * 64), Y: fixed.Int26_6(math.Round(t.baseline) * 64),
	}}
	drawer.DrawString(t.characters)
	return nil
}

func (r *raster) box(b box) {
	if b.border > 0 {
		r.fill(b.area, b.radius, b.line)
		b.left, b.top, b.right, b.bottom = b.left+b.border, b.top+b.border, b.right-b.border, b.bottom-b.border
		b.radius = max(0, b.radius-b.border)
		if b.right <= b.left || b.bottom <= b.top {
			return
		}
	}
	r.fill(b.area, b.radius, b.fill)
}

// fill draws an area with rounded corners. The rasterizer counts from the area's own corner, so that it stays small.
func (r *raster) fill(a area, radius float64, fill color.RGBA) {
	bounds := image.Rect(int(math.Floor(a.left)), int(math.Floor(a.top)), int(math.Ceil(a.right)), int(math.Ceil(a.bottom)))
	left, top := float32(a.left)-float32(bounds.Min.X), float32(a.top)-float32(bounds.Min.Y)
	right, bottom := float32(a.right)-float32(bounds.Min.X), float32(a.bottom)-float32(bounds.Min.Y)
	round := float32(min(radius, (a.right-a.left)/2, (a.bottom-a.top)/2))
	near := round * (1 - 0.5523) // of the control points of a cubic Bézier curve that comes closest to a quarter circle
	path := vector.NewRasterizer(bounds.Dx(), bounds.Dy())
	path.MoveTo(left+round, top)
	path.LineTo(right-round, top)
	path.CubeTo(right-near, top, right, top+near, right, top+round)
	path.LineTo(right, bottom-round)
	path.CubeTo(right, bottom-near, right-near, bottom, right-round, bottom)
	path.LineTo(left+round, bottom)
	path.CubeTo(left+near, bottom, left, bottom-near, left, bottom-round)
	path.LineTo(left, top+round)
	path.CubeTo(left, top+near, left+near, top, left+round, top)
	path.ClosePath()
	path.Draw(r.image, bounds, image.NewUniform(fill), image.Point{})
}
