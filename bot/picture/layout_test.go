package picture

import (
	"context"
	"flag"
	"io"
	"log/slog"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
)

var reports = flag.String("reports", "", "a folder of reports whose figures are laid out too")

func silent() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func laidOut(t testing.TB, look Look, layout func(*page)) *scene {
	t.Helper()
	fonts, err := readFonts()
	if err != nil {
		t.Fatal(err)
	}
	page := newPage(fonts, look)
	layout(page)
	return page.scene
}

// checkScene checks that everything stands inside the margins, no two texts on one another, and no row begins or ends
// with a mark that must not.
func checkScene(t testing.TB, s *scene) {
	t.Helper()
	if s.height > mostHeight {
		t.Errorf("%.0f pixels high, more than %.0f", s.height, mostHeight)
	}
	var texts []text
	for _, shape := range s.shapes {
		a := shape.bounds()
		if !(a.left >= 0 && a.top >= 0 && a.right <= s.width && a.bottom <= s.height && a.left <= a.right && a.top <= a.bottom) {
			t.Errorf("%+v is not on the page of %.0f × %.0f", shape, s.width, s.height)
		}
		said, isText := shape.(text)
		if !isText {
			continue
		}
		if a.left < margin-1 || a.right > s.width-margin+1 {
			t.Errorf("%q reaches from %.1f to %.1f, into the margin", said.characters, a.left, a.right)
		}
		texts = append(texts, said)
	}
	for i, one := range texts {
		for _, other := range texts[i+1:] {
			if a, b := one.bounds(), other.bounds(); a.left+1 < b.right && b.left+1 < a.right && a.top < b.bottom && b.top < a.bottom &&
				one.baseline != other.baseline && math.Abs(one.baseline-other.baseline) < 0.9*min(one.size, other.size) {
				t.Errorf("%q stands on %q", one.characters, other.characters)
			}
		}
	}
	checkRows(t, texts)
}

func checkRows(t testing.TB, texts []text) {
	t.Helper()
	for i, said := range texts {
		first, _ := utf8.DecodeRuneInString(said.characters)
		last, _ := utf8.DecodeLastRuneInString(said.characters)
		begins := i == 0 || texts[i-1].baseline != said.baseline
		ends := i == len(texts)-1 || texts[i+1].baseline != said.baseline
		if begins && i > 0 && strings.ContainsRune("，。、；：！？）》”", first) && texts[i-1].x == said.x {
			t.Errorf("a row begins with %c: %q", first, said.characters)
		}
		if ends && i < len(texts)-1 && strings.ContainsRune("（《“", last) {
			t.Errorf("a row ends with %c: %q", last, said.characters)
		}
	}
}

func TestNothingOverflows(t *testing.T) {
	strange := chartWith(6)
	strange.Title = "<b>&\"'" + strings.Repeat("A", 300)
	strange.Bars[0].Label = strings.Repeat("supercalifragilistic", 9)
	strange.Bars[1].Label = ""
	strange.Bars[2].Figure = strings.Repeat("超过3500多人次", 9)
	strange.Bars[3].Value = math.Inf(1)
	strange.Bars[4].Value = math.MaxFloat64
	strange.Bars[5].Label = "“" + strings.Repeat("说（《“一”》），。、二", 20)
	nothing := chartWith(2)
	nothing.Bars[0].Value, nothing.Bars[1].Value = 0, 0
	for name, chart := range map[string]Chart{
		"3 bars": chartWith(3), "15 bars": chartWith(15), "longest": longestChart(), "strange": strange, "zero": nothing,
	} {
		t.Run(name, func(t *testing.T) { checkScene(t, laidOut(t, Look{}, func(p *page) { p.chart(chart) })) })
	}
	code, err := newQRCode("https://t.me/example_bot?start=" + strings.Repeat("a", 64))
	if err != nil {
		t.Fatal(err)
	}
	for name, card := range map[string]Card{"figure": figureCard(), "list": listCard()} {
		for _, dark := range []bool{false, true} {
			t.Run(name, func(t *testing.T) { checkScene(t, laidOut(t, Look{Dark: dark}, func(p *page) { p.card(card, code) })) })
		}
	}
}

// Every figure of the embedded report, and of the reports of -reports, as a bar and on a card.
func TestFiguresOfReportsFit(t *testing.T) {
	embedded, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	all := []*content.Report{embedded}
	if *reports != "" {
		paths, err := filepath.Glob(filepath.Join(*reports, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			report, err := content.Load(path)
			if err != nil {
				t.Logf("%s: %v", path, err)
				continue
			}
			all = append(all, report)
		}
	}
	for _, report := range all {
		units := make(map[string][]answers.Figure)
		for sentence := range report.Sentences() {
			var figures []answers.Figure
			for _, f := range sentence.Figures {
				figure := answers.Figure{
					Text: report.Quote(f.Span), Value: f.Value, Unit: f.Unit, Kind: f.Kind, Bound: f.Bound, Start: f.Start, End: f.End,
				}
				figures = append(figures, figure)
				units[string(f.Kind)+f.Unit] = append(units[string(f.Kind)+f.Unit], figure)
			}
			card, err := CardOf([]*content.Report{report}, answers.Answer{Kind: answers.Found, Answers: []answers.Passage{{
				Quote: report.Quote(sentence.Span), Section: answers.Section{Label: sentence.Section.Label},
				Start: sentence.Span.Start, End: sentence.Span.End, Figures: figures,
			}}})
			if err != nil {
				t.Fatal(err)
			}
			checkScene(t, laidOut(t, Look{}, func(p *page) { p.card(card, nil) }))
		}
		for _, figures := range units {
			for len(figures) > 0 {
				some := figures[:min(len(figures), mostBars)]
				figures = figures[len(some):]
				if chart, err := ChartOfFigures(report, report.Title, some); err == nil {
					checkScene(t, laidOut(t, Look{}, func(p *page) { p.chart(chart) }))
				}
			}
		}
	}
}

func TestCardShowsTheFigureOfALongQuote(t *testing.T) {
	card := figureCard()
	card.Passages[0].Figures = nil
	card.Passages[0].Quote[0].Text = strings.Repeat("推动传统产业转型升级,培育壮大新兴产业;", 30)
	for _, passages := range [][]CardPassage{card.Passages, {card.Passages[0], card.Passages[0]}} {
		card.Passages = passages
		scene := laidOut(t, Look{}, func(p *page) { p.card(card, nil) })
		figures := 0
		for _, shape := range scene.shapes {
			if said, isText := shape.(text); isText && said.characters == "12.5万吨" {
				figures++
			}
		}
		if figures != len(passages) {
			t.Errorf("%d figures are shown, want %d", figures, len(passages))
		}
	}
}

func FuzzChart(f *testing.F) {
	f.Add("各项指标增长多少", "规上工业增加值增长", "8.1%", "一(一) 工业", 8.1, -3.0)
	f.Add("“（《》）”……——", "👨‍👩‍👧 é 한국\u202e", "", "\x00\xff", 0.0, math.NaN())
	f.Fuzz(func(t *testing.T, title, label, figure, section string, one, other float64) {
		bars := []Bar{{label, figure, section, one, false}, {section, label, figure, other, true}}
		scene := laidOut(t, Look{}, func(p *page) { p.chart(Chart{Title: title, Source: section, Bars: bars}) })
		for _, shape := range scene.shapes {
			a := shape.bounds()
			if !(a.left >= 0 && a.top >= 0 && a.right <= scene.width && a.bottom <= scene.height) {
				t.Errorf("%+v is not on the page of %.0f × %.0f", shape, scene.width, scene.height)
			}
			if said, isText := shape.(text); isText && strings.ContainsFunc(said.characters, unicode.IsControl) {
				t.Errorf("%q holds a control character", said.characters)
			}
		}
	})
}

func FuzzCard(f *testing.F) {
	f.Add("年内新建泊位", "12个", ",居全省第一。", "一(一) 港口", "某市2021年工作总结")
	f.Fuzz(func(t *testing.T, before, figure, after, section, report string) {
		card := Card{Report: report, Passages: []CardPassage{{
			Figures: bot.Line{{Text: figure, Style: bot.Figure}},
			Quote:   bot.Line{{Text: before, Style: bot.Quote}, {Text: figure, Style: bot.Figure}, {Text: after, Style: bot.Quote}},
			Section: section,
		}}}
		scene := laidOut(t, Look{}, func(p *page) { p.card(card, nil) })
		for _, shape := range scene.shapes {
			if a := shape.bounds(); a.right > scene.width-margin+3 && a.left > 0 || a.bottom > scene.height {
				t.Errorf("%+v is not on the page of %.0f × %.0f", shape, scene.width, scene.height)
			}
		}
	})
}

func TestPainterStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewPainter(silent(), 1).Chart(ctx, chartWith(3), Look{}); err == nil {
		t.Error("a chart was drawn after the context had ended")
	}
	busy := NewPainter(silent(), 1)
	busy.slots <- struct{}{} // somebody else draws
	if _, err := busy.Card(ctx, figureCard(), Look{}); err == nil {
		t.Error("a card was drawn although all workers were busy")
	}
}

func TestMissingCharactersAreShownAndCounted(t *testing.T) {
	var log strings.Builder
	painter := NewPainter(slog.New(slog.NewTextHandler(&log, nil)), 1)
	chart := chartWith(2)
	chart.Bars[0].Label = "新建🚢𠮷泊位"
	file, err := painter.Chart(t.Context(), chart, Look{Format: SVG})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(file), "新建□□泊位") {
		t.Errorf("the missing characters are not shown:\n%s", file)
	}
	if !strings.Contains(log.String(), "count=2") || strings.Contains(log.String(), "泊位") {
		t.Errorf("log %q, want a count of 2 and nothing of the text", log.String())
	}
}

// Half a number is another number.
func TestNoNumberIsCut(t *testing.T) {
	fonts, err := readFonts()
	if err != nil {
		t.Fatal(err)
	}
	page := newPage(fonts, Look{})
	for width := 100.0; width < 800; width += 7 {
		for _, line := range []bot.Line{
			{{Text: "全年新建开通基站20207个,货物吞吐量123,456.78万吨,同比增长5.2%,位居全省第一"}},
			{{Text: "全年"}, {Text: "20207个", Style: bot.Figure}, {Text: "位居全省第一位居全省第一"}},
		} {
			rows := page.rows(paragraph{line: line, size: 30, height: 1.4, most: 1}, width)
			said := bot.Reply{Lines: rows}.Text()
			shown, cut := strings.CutSuffix(said, "…")
			if cut && shown != "" && strings.ContainsAny(shown[len(shown)-1:], "0123456789.,") {
				t.Errorf("%q at %.0f pixels", said, width)
			}
		}
	}
}
