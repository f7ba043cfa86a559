// Package picture draws answers: charts of figures that share a unit, and cards to share.
//
// A [Chart] or a [Card] is made of an answer and its report by [ChartOf] and [CardOf], which draw nothing and are cheap
// enough to find out whether there is anything to draw; a [Painter] turns it into a PNG or SVG file.
//
//	painter := picture.NewPainter(slog.Default(), 2)
//	chart, err := picture.ChartOf(report, answer)
//	if err == nil { // otherwise ErrNoChart
//		file, err = painter.Chart(ctx, chart.Sorted(), picture.Look{Dark: true})
//	}
//
// A picture is laid out as a scene of boxes and texts first, which the files are then written from. Pictures are 1080
// pixels wide and as high as they need to be, at most [mostHeight].
//
// Texts are drawn with the fonts of folder font, which are read when the first picture is drawn. A character that they
// lack is drawn as □ and counted in the log.
//
// The drawing is that of golang.org/x/image, which the fonts need anyway. The chart libraries at hand (go-analyze/charts,
// gonum/plot) neither break Chinese labels nor print a value as the report does, and bring fonts of their own.
package picture

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"sync"
)

// Format is a kind of picture file.
type Format int

// The formats.
const (
	PNG Format = iota
	// SVG names its fonts and does not hold them: what shows it draws the texts with the Chinese font that it has.
	SVG
)

// Look is how a picture looks.
type Look struct {
	Dark   bool
	Format Format
}

// Bounds of a picture.
const (
	pictureWidth = 1080.0
	mostHeight   = 6000.0 // Telegram refuses photos whose width and height add up to more than 10,000 pixels
)

// Painter draws pictures, no more at once than it has workers. It is safe for concurrent use.
type Painter struct {
	log   *slog.Logger
	slots chan struct{}
	fonts func() (*fonts, error)
}

// NewPainter makes a painter that draws up to a number of pictures at once, each of which takes up to 40 MB while it is
// drawn.
func NewPainter(log *slog.Logger, workers int) *Painter {
	return &Painter{log: log, slots: make(chan struct{}, max(1, workers)), fonts: sync.OnceValues(readFonts)}
}

// Chart draws a chart with its bars in their order. The error is the context's, or tells of a defect of the program.
func (p *Painter) Chart(ctx context.Context, chart Chart, look Look) ([]byte, error) {
	return p.draw(ctx, look, func(page *page) { page.chart(chart) })
}

// Card draws a card. The error is the context's, ErrLink for a link that is too long for a QR code, or tells of a defect
// of the program.
func (p *Painter) Card(ctx context.Context, card Card, look Look) ([]byte, error) {
	code, err := newQRCode(card.Link)
	if err != nil {
		return nil, err
	}
	return p.draw(ctx, look, func(page *page) { page.card(card, code) })
}

func (p *Painter) draw(ctx context.Context, look Look, layout func(*page)) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting to draw: %w", ctx.Err())
	}
	fonts, err := p.fonts()
	if err != nil {
		return nil, fmt.Errorf("reading the embedded fonts: %w", err)
	}
	page := newPage(fonts, look)
	layout(page)
	if page.scene.height > mostHeight {
		return nil, fmt.Errorf("the picture is %.0f pixels high, more than %.0f", page.scene.height, mostHeight)
	}
	if lacking := len(page.missing); lacking > 0 {
		p.log.Warn("characters that the font lacks are drawn as □", "count", lacking)
	}
	var file bytes.Buffer
	if look.Format == SVG {
		writeSVG(&file, page.scene)
		return file.Bytes(), nil
	}
	if err := writePNG(ctx, &file, page.scene, fonts); err != nil {
		return nil, fmt.Errorf("drawing: %w", err)
	}
	return file.Bytes(), nil
}
