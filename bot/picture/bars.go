package picture

import (
	"fmt"
	"math"

	"wenbao/bot"
)

// mostBars is how many bars a chart shows. Telegram scales photos down to 2560 pixels; higher charts cannot be read there.
const mostBars = 24

// Measures of a chart, in pixels.
const (
	labelWidth  = 400.0
	barLeft     = margin + labelWidth + 28
	barRight    = pictureWidth - margin
	barRoom     = barRight - barLeft
	valueRoom   = barRoom * 0.6 // of the room for bars, what a figure takes up at most
	barHeight   = 34.0
	valueGap    = 14.0 // between a bar and its figure
	rowGap      = 26.0
	labelSize   = 28.0
	sectionSize = 22.0
	valueSize   = 30.0
	leastSize   = 16.0 // of a figure that would leave no room for its bar
	leastBar    = 3.0
)

// Words on a chart.
const (
	resultWord = "实际"
	targetWord = "目标"
)

// chart lays out a chart on an empty page.
func (p *page) chart(c Chart) {
	p.scene.title = c.Title + "，" + c.Source
	p.y = margin
	p.put(paragraph{line: bot.Line{{Text: c.Title}}, size: 46, height: 1.3, ink: p.palette.ink, most: 3, even: true})
	p.y += 8
	if c.Source != c.Title {
		p.put(plain(c.Source, 26, p.palette.muted, 2))
	}
	p.y += 20
	bars := c.Bars[:c.Shown()]
	p.legend(bars)
	p.rule()
	p.y += rowGap
	p.bars(bars)
	p.rule()
	p.y += 18
	for _, said := range []string{chartNote(c), "文字和数字都出自报告原文"} {
		if said != "" {
			p.put(plain(said, sectionSize, p.palette.muted, 2))
		}
	}
	p.finish()
}

// chartNote says what the chart does not show.
func chartNote(c Chart) string {
	note := ""
	if len(c.Bars) > mostBars {
		note = fmt.Sprintf("共 %d 项，这里是前 %d 项。", len(c.Bars), mostBars)
	}
	if c.Others > 0 {
		note += fmt.Sprintf("另有 %d 项单位不同，不能放在一起比。", c.Others)
	}
	return note
}

// legend tells results and targets apart where there are targets.
func (p *page) legend(bars []Bar) {
	results, targets := 0, 0
	for _, bar := range bars {
		if bar.Target {
			targets++
		} else {
			results++
		}
	}
	if targets == 0 {
		return
	}
	x := margin
	entry := func(word string, target bool) {
		para := plain(word, 24, p.palette.ink, 1)
		p.addBox(p.bar(area{x, p.y + 4, x + 40, p.y + 28}, target))
		x += 52
		p.set(para, x, p.y-1, 200)
		x += p.width(word, regular)*para.size + 36
	}
	if results > 0 {
		entry(resultWord, false)
	}
	entry(targetWord, true)
	p.y += 50
}

// bar is full for a result and hollow for a target, so that they differ without colours too.
func (p *page) bar(a area, target bool) box {
	b := box{area: a, radius: 5, fill: p.palette.bar}
	if target {
		b.fill, b.border, b.line = p.palette.mark, 3, p.palette.bar
	}
	return b
}

// axis places values on a line.
type axis struct {
	zero      float64 // x of the value 0
	scale     float64 // pixels a unit
	valueSize float64 // of the figures beside the bars
}

// axisOf finds the greatest scale at which every bar and the figure at its end have room. Where figures are so long that
// bars would have less than two fifths of it, they are set smaller.
func (p *page) axisOf(bars []Bar) axis {
	longest, widest := 0.0, 0.0
	for _, bar := range bars {
		longest, widest = max(longest, math.Abs(bar.Value)), max(widest, p.width(bar.Figure, bold))
	}
	size := min(valueSize, max(leastSize, valueRoom/max(widest, 1)))
	// sides is how much room is taken on either side of 0.
	sides := func(scale float64) (left, right float64) {
		for _, bar := range bars {
			taken := math.Max(leastBar, math.Abs(bar.Value)*scale) + valueGap + p.valueWidth(bar, size)
			if bar.Value < 0 {
				left = max(left, taken)
			} else {
				right = max(right, taken)
			}
		}
		return left, right
	}
	low, high := 0.0, 1.0 // of room for the longest bar
	for range 20 {
		middle := (low + high) / 2
		if left, right := sides(middle * barRoom / max(longest, math.SmallestNonzeroFloat64)); left+right <= barRoom {
			low = middle
		} else {
			high = middle
		}
	}
	if longest == 0 {
		low, longest = 0, 1
	}
	a := axis{scale: low * barRoom / longest, valueSize: size}
	left, _ := sides(a.scale)
	a.zero = barLeft + left
	return a
}

// valueWidth is how much room the figure at a bar's end takes up.
func (p *page) valueWidth(bar Bar, size float64) float64 {
	return min(valueRoom, p.width(bar.Figure, bold)*size+1)
}

// bars lays out the bars, each with its label and section on the left and its figure at its end.
func (p *page) bars(bars []Bar) {
	bars = append([]Bar(nil), bars...)
	for i := range bars {
		bars[i].Figure = p.printable(bars[i].Figure)
		if math.IsNaN(bars[i].Value) || math.IsInf(bars[i].Value, 0) {
			bars[i].Value = 0
		}
	}
	axis, top := p.axisOf(bars), p.y
	line := len(p.scene.shapes)
	p.addBox(box{}) // the line at 0, whose length is known at the end
	for _, bar := range bars {
		p.barRow(bar, axis)
		p.y += rowGap
	}
	p.scene.shapes[line] = box{area: area{axis.zero - 2, top, axis.zero, p.y - rowGap}, fill: p.palette.rule}
}

func (p *page) barRow(bar Bar, axis axis) {
	label := plain(bar.Label, labelSize, p.palette.ink, 3)
	label.height, label.even = 1.3, true
	height := p.set(label, margin, p.y, labelWidth)
	height += p.set(plain(bar.Section, sectionSize, p.palette.muted, 1), margin, p.y+height+2, labelWidth) + 2
	height = max(height, barHeight)
	top := p.y + (height-barHeight)/2
	length := max(leastBar, math.Abs(bar.Value)*axis.scale)
	wide := p.valueWidth(bar, axis.valueSize)
	value := paragraph{
		line: bot.Line{{Text: bar.Figure, Style: bot.Figure}}, size: axis.valueSize, height: 1, figure: p.palette.ink, most: 1,
	}
	valueTop := top + (barHeight-axis.valueSize)/2
	if bar.Value < 0 {
		p.addBox(p.bar(area{axis.zero - length, top, axis.zero, top + barHeight}, bar.Target))
		p.set(value, axis.zero-length-valueGap-wide, valueTop, wide)
	} else {
		p.addBox(p.bar(area{axis.zero, top, axis.zero + length, top + barHeight}, bar.Target))
		p.set(value, axis.zero+length+valueGap, valueTop, wide)
	}
	p.y += height
}
