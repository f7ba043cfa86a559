package picture

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
	"wenbao/content/lexicon"
)

// ErrNoChart says that there are no two figures of the same kind and unit which could be compared by length.
var ErrNoChart = errors.New("no two figures share a unit")

// Chart is figures of one kind and unit, each a bar.
type Chart struct {
	Title  string // what was asked, or what the figures are of
	Source string // the report's title
	Bars   []Bar  // in the report's order as ChartOf makes them
	Others int    // figures of other units, which have no place on the same scale
}

// Shown is how many bars a picture of the chart shows: the first of them, where they are many.
func (c Chart) Shown() int { return min(len(c.Bars), mostBars) }

// Bar is a figure of a chart.
type Bar struct {
	Label   string  // what the figure measures, in the report's words; … stands where words were left out
	Figure  string  // as printed, with the word for its bound; a number in a table with its unit behind it
	Section string  // the name of the section that it stands in
	Value   float64 // how long the bar is; negative where the report says that something fell
	Target  bool    // what is to be reached, rather than what was
}

// ChartOf makes a chart of the figures of an answer: those of the kind and unit that most of them have. A list that was
// asked for without figures (增长的有哪些) gives those that stand in its quotes. The error is ErrNoChart.
func ChartOf(report *content.Report, answer answers.Answer) (Chart, error) {
	figures, _ := figuresIn(report, answer)
	return ChartOfFigures(report, answer.Question, figures)
}

// Chartable tells whether an answer has a chart worth offering: one that shows most of its figures. Counts that merely
// stand in the quotes of a list count one thing each, and do not.
func Chartable(report *content.Report, answer answers.Answer) bool {
	figures, answering := figuresIn(report, answer)
	figures = inOrder(figures)
	common, many := commonScale(figures)
	return many > 1 && many > len(figures)-many && (answering || common.kind != content.Count)
}

// figuresIn are the figures that answer or, in a list that was asked for without, those in its quotes.
func figuresIn(report *content.Report, answer answers.Answer) (figures []answers.Figure, answering bool) {
	for _, passage := range answer.Answers {
		figures = append(figures, passage.Figures...)
	}
	if len(figures) == 0 && len(answer.Answers) > 1 {
		return quotedFigures(report, answer.Answers), false
	}
	return figures, true
}

// quotedFigures are all figures in the quotes of passages.
func quotedFigures(report *content.Report, passages []answers.Passage) []answers.Figure {
	var figures []answers.Figure
	for sentence := range report.Sentences() {
		for _, figure := range sentence.Figures {
			if slices.ContainsFunc(passages, func(passage answers.Passage) bool {
				return content.Span{Start: passage.Start, End: passage.End}.Contains(figure.Span)
			}) {
				figures = append(figures, answers.Figure{
					Text: report.Quote(figure.Span), Value: figure.Value, Unit: figure.Unit, Kind: figure.Kind,
					Bound: figure.Bound, Start: figure.Start, End: figure.End,
				})
			}
		}
	}
	return figures
}

// ChartOfFigures makes a chart of figures of a report. The error is ErrNoChart.
func ChartOfFigures(report *content.Report, title string, figures []answers.Figure) (Chart, error) {
	figures = inOrder(figures)
	scale, many := commonScale(figures)
	if many < 2 {
		return Chart{}, ErrNoChart
	}
	chart := Chart{Title: title, Source: report.Title, Others: len(figures) - many}
	places := placesOf(report, figures)
	for _, figure := range figures {
		if scaleOf(figure) == scale {
			chart.Bars = append(chart.Bars, barOf(report, figure, places[figure.Start]))
		}
	}
	return chart, nil
}

// inOrder are figures in the report's order, each once.
func inOrder(figures []answers.Figure) []answers.Figure {
	figures = slices.Clone(figures)
	slices.SortStableFunc(figures, func(a, b answers.Figure) int { return cmp.Compare(a.Start, b.Start) })
	return slices.CompactFunc(figures, func(a, b answers.Figure) bool { return a.Start == b.Start })
}

// Sorted is the chart with the greatest values first, those of what was reached before those of what is to be reached.
func (c Chart) Sorted() Chart {
	c.Bars = slices.Clone(c.Bars)
	slices.SortStableFunc(c.Bars, func(a, b Bar) int {
		if a.Target != b.Target {
			if a.Target {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.Value, a.Value)
	})
	return c
}

// scale is what figures have to share to be compared.
type scale struct {
	kind content.Kind
	unit string
}

func scaleOf(figure answers.Figure) scale { return scale{figure.Kind, figure.Unit} }

// compared are the kinds whose figures a bar's length can tell: a rank, a date or a name of years is no amount.
var compared = []content.Kind{content.Count, content.Money, content.Percent, content.PercentagePoint, content.Size, content.Speed}

// commonScale is the scale of most figures that can be compared, and how many have it.
func commonScale(figures []answers.Figure) (common scale, many int) {
	counts := make(map[scale]int)
	for _, figure := range figures {
		if slices.Contains(compared, figure.Kind) && figure.Unit != "" { // numbers in tables may lack theirs
			counts[scaleOf(figure)]++
		}
	}
	for _, figure := range figures { // in their order, so that the first of equals wins
		if count := counts[scaleOf(figure)]; count > many {
			common, many = scaleOf(figure), count
		}
	}
	return common, many
}

// place is where a figure stands in the report.
type place struct {
	sentence *content.Sentence
	at       int // of the sentence's figures
}

func placesOf(report *content.Report, figures []answers.Figure) map[int]place {
	wanted := make(map[int]bool, len(figures))
	for _, figure := range figures {
		wanted[figure.Start] = true
	}
	places := make(map[int]place, len(figures))
	for sentence := range report.Sentences() {
		for at, figure := range sentence.Figures {
			if wanted[figure.Start] {
				places[figure.Start] = place{sentence, at}
			}
		}
	}
	return places
}

func barOf(report *content.Report, figure answers.Figure, at place) Bar {
	bar := Bar{Figure: figure.Text, Value: figure.Value}
	if at.sentence == nil {
		return bar // a figure of another report, which has no words here
	}
	bar.Figure = report.Quote(content.WithBound(report.Text, content.Span{Start: figure.Start, End: figure.End})) + cellUnit(figure)
	bar.Label = labelOf(report, at)
	bar.Section = bot.Name(at.sentence.Section)
	bar.Target = at.sentence.Section.Plan
	measure := strings.TrimSpace(report.Quote(at.sentence.Figures[at.at].Measure))
	if slices.ContainsFunc(fallWords(), func(word string) bool { return strings.HasSuffix(measure, word) }) {
		bar.Value = -bar.Value
	}
	return bar
}

// multiples are the words by which units are counted in tens of thousands and more.
var multiples = map[float64]string{1: "", 1e4: "万", 1e8: "亿", 1e12: "万亿"}

// cellUnit is the unit of a number in a table, which stands above it or beside it: 亿元 of 1210207. It is empty for a figure
// that is printed with its unit.
func cellUnit(figure answers.Figure) string {
	number, err := strconv.ParseFloat(strings.ReplaceAll(figure.Text, ",", ""), 64)
	if err != nil || number == 0 {
		return ""
	}
	multiple, known := multiples[math.Round(figure.Value/number)]
	if !known {
		return ""
	}
	return " " + multiple + figure.Unit
}

// fallWords are the words that say that something became less: those on the right of the antonyms' first line, which is
// that of rising and falling.
var fallWords = sync.OnceValue(func() []string {
	for fields := range lexicon.Entries("antonyms.txt") {
		return fields[slices.Index(fields, "|")+1:]
	}
	return nil
})
