package picture

import (
	"io"
	"log/slog"
	"testing"

	"wenbao/answers"
	"wenbao/content"
)

// BenchmarkPictures measures what a picture costs, from the chart or card to the file, once the fonts are read.
func BenchmarkPictures(b *testing.B) {
	painter := NewPainter(slog.New(slog.NewTextHandler(io.Discard, nil)), 1)
	list := listCard()
	for _, test := range []struct {
		name string
		draw func(Look) ([]byte, error)
	}{
		{"chart of 3", func(look Look) ([]byte, error) { return painter.Chart(b.Context(), chartWith(3), look) }},
		{"chart of 15", func(look Look) ([]byte, error) { return painter.Chart(b.Context(), chartWith(15), look) }},
		{"longest chart", func(look Look) ([]byte, error) { return painter.Chart(b.Context(), longestChart(), look) }},
		{"card", func(look Look) ([]byte, error) { return painter.Card(b.Context(), figureCard(), look) }},
		{"longest card", func(look Look) ([]byte, error) { return painter.Card(b.Context(), list, look) }},
	} {
		for format, name := range map[Format]string{PNG: "png", SVG: "svg"} {
			b.Run(test.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				var file []byte
				for b.Loop() {
					var err error
					if file, err = test.draw(Look{Format: format}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(len(file)), "bytes")
			})
		}
	}
}

// BenchmarkChartOf measures what it costs to know whether an answer has a chart, and to make it: the embedded report's percentages.
func BenchmarkChartOf(b *testing.B) {
	report, err := content.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	answer := answers.Answer{Answers: []answers.Passage{{Figures: figuresOf(report, content.Percent)}}}
	b.Run("chartable", func(b *testing.B) {
		for b.Loop() {
			Chartable(report, answer)
		}
	})
	b.Run("chart", func(b *testing.B) {
		for b.Loop() {
			if _, err := ChartOf(report, answer); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkReadFonts measures what the first picture costs on top.
func BenchmarkReadFonts(b *testing.B) {
	for b.Loop() {
		if _, err := readFonts(); err != nil {
			b.Fatal(err)
		}
	}
}
