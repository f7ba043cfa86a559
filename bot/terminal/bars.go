package terminal

import (
	"context"
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"

	"wenbao/bot"
	"wenbao/bot/picture"
)

// Widths of bars, in columns.
const (
	mostLabel   = 28
	mostBar     = 40
	leastBar    = 8  // below which a bar tells nothing
	usualScreen = 80 // where the width is not known
)

// eighths are the block characters of a column that is filled from the left, by eighths.
var eighths = []rune(" ▏▎▍▌▋▊▉█")

// withBars is a reply with its answer's figures as bars below, where they share a unit.
func withBars(ctx context.Context, b *bot.Bot, reply bot.Reply, width int) bot.Reply {
	if reply.Answer == nil || !picture.ChartableFrom(ctx, b, *reply.Answer) {
		return reply
	}
	chart, err := picture.ChartFrom(ctx, b, *reply.Answer)
	if err != nil {
		return reply // has no chart after all
	}
	if bars := barLines(chart.Bars, width); len(bars) > 0 {
		reply.Lines = append(append(reply.Lines[:len(reply.Lines):len(reply.Lines)], bot.Line{}), bars...)
	}
	return reply
}

// barLines draws bars in the order given: label, bar, figure. What fell has an arrow to the left before it, and a target
// is shaded. Where the screen is too narrow there are none.
func barLines(bars []picture.Bar, width int) []bot.Line {
	if width <= 0 {
		width = usualScreen
	}
	labels, figures, longest, arrows, targets := 0, 0, 0.0, 0, false
	for _, bar := range bars {
		labels = max(labels, displaywidth.String(bar.Label))
		figures = max(figures, displaywidth.String(bar.Figure))
		longest = max(longest, math.Abs(bar.Value))
		targets = targets || bar.Target
		if bar.Value < 0 {
			arrows = 1
		}
	}
	labels = min(labels, mostLabel, width*2/5)
	room := min(mostBar, width-labels-figures-arrows-3)
	if room < leastBar || longest == 0 {
		return nil
	}
	var lines []bot.Line
	for _, bar := range bars {
		label := ansi.Truncate(bar.Label, labels, "…")
		label += strings.Repeat(" ", labels-displaywidth.String(label)+1)
		arrow := strings.Repeat(" ", arrows)
		if bar.Value < 0 {
			arrow = "◄"
		}
		drawn := blocks(math.Abs(bar.Value)/longest*float64(room), bar.Target)
		lines = append(lines, bot.Line{
			{Text: label, Style: bot.Quote}, {Text: arrow + drawn + " ", Style: bot.Plain}, {Text: bar.Figure, Style: bot.Figure},
		})
	}
	if targets {
		lines = append(lines, bot.Line{{Text: "▒ 目标", Style: bot.Citation}})
	}
	return lines
}

// blocks is a bar of some columns, by eighths; that of a target is shaded, by whole columns. A bar is never empty.
func blocks(columns float64, target bool) string {
	if target {
		return strings.Repeat("▒", max(1, int(math.Round(columns))))
	}
	parts := max(1, int(math.Round(columns*8)))
	drawn := strings.Repeat(string(eighths[8]), parts/8)
	if parts%8 > 0 {
		drawn += string(eighths[parts%8])
	}
	return drawn
}
