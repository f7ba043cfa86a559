package telegram

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"runtime/debug"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"wenbao/bot/picture"
)

// Bounds of what is drawn.
const (
	pictureWorkers = 16   // send pictures; most of them wait for Telegram
	painters       = 2    // draw at once
	mostFiles      = 4096 // pictures whose files Telegram has, and whose identifiers are remembered
)

// Painter draws pictures; a [picture.Painter] does.
type Painter interface {
	Chart(context.Context, picture.Chart, picture.Look) ([]byte, error)
	Card(context.Context, picture.Card, picture.Look) ([]byte, error)
}

// pictures draws pictures and remembers what Telegram calls those that it has, so that none is drawn or uploaded twice.
// Two chats that ask for one at the same moment wait for the same drawing, and each upload it.
type pictures struct {
	painter Painter
	metrics *metrics
	files   *lru.Cache[string, string] // file identifiers by the pictures' names
	drawing singleflight.Group
}

func newPictures(painter Painter, metrics *metrics, log *slog.Logger) *pictures {
	if painter == nil {
		painter = picture.NewPainter(log, painters)
	}
	return &pictures{painter: painter, metrics: metrics, files: newCache[string, string](mostFiles)}
}

// drawable is a picture that need not have been drawn yet.
type drawable struct {
	name string // the same for pictures that look the same
	draw func(context.Context) ([]byte, error)
}

func (p *pictures) chart(chart picture.Chart) drawable {
	return drawable{nameOf(chart), func(ctx context.Context) ([]byte, error) {
		return p.painter.Chart(ctx, chart, picture.Look{})
	}}
}

func (p *pictures) card(card picture.Card) drawable {
	return drawable{nameOf(card), func(ctx context.Context) ([]byte, error) {
		return p.painter.Card(ctx, card, picture.Look{})
	}}
}

// nameOf tells charts and cards apart by all that they show.
func nameOf(shown any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%#v", shown))
	return string(sum[:])
}

// drawn is a picture's file. A panic of the painter is an error, so that the answer can be told in words.
func (p *pictures) drawn(ctx context.Context, d drawable) ([]byte, error) {
	file, err, _ := p.drawing.Do(d.name, func() (file any, err error) {
		defer func() {
			if failure := recover(); failure != nil {
				p.metrics.panicked()
				err = fmt.Errorf("the painter panicked: %v\n%s", failure, debug.Stack())
			}
		}()
		return d.draw(ctx)
	})
	if err != nil {
		return nil, err
	}
	return file.([]byte), nil
}
