package picture

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/content"
)

const sampleReport = `某市2021年工作总结

一、工作完成情况

全市生产总值达到141.3亿元，增长8.3%，固定资产投资增长12.5%以上。单位能耗累计下降4.2%。新建泊位12个，总数达80个。
引进企业30家。港口排名第2位。失业率下降到3.1%。

二、2022年工作安排

全市生产总值增长6%左右。新建泊位15个。
`

// figuresOf are the figures of a report that are of some kinds.
func figuresOf(report *content.Report, kinds ...content.Kind) []answers.Figure {
	var figures []answers.Figure
	for sentence := range report.Sentences() {
		for _, f := range sentence.Figures {
			if slices.Contains(kinds, f.Kind) {
				figures = append(figures, answers.Figure{
					Text: report.Quote(f.Span), Value: f.Value, Unit: f.Unit, Kind: f.Kind, Bound: f.Bound, Start: f.Start, End: f.End,
				})
			}
		}
	}
	return figures
}

func TestChartOfFigures(t *testing.T) {
	report := content.Parse(sampleReport)
	for _, test := range []struct {
		name   string
		kinds  []content.Kind
		bars   []Bar
		others int
	}{
		{"growth and fall, results and targets", []content.Kind{content.Percent}, []Bar{
			{"全市生产总值达到…增长", "8.3%", "一 工作完成情况", 8.3, false},
			{"固定资产投资增长", "12.5%以上", "一 工作完成情况", 12.5, false},
			{"单位能耗累计下降", "4.2%", "一 工作完成情况", -4.2, false},
			{"失业率下降到", "3.1%", "一 工作完成情况", 3.1, false},
			{"全市生产总值增长", "6%左右", "二 2022年工作安排", 6, true},
		}, 0},
		{"one unit a scale", []content.Kind{content.Count}, []Bar{
			{"新建泊位", "12个", "一 工作完成情况", 12, false},
			{"新建泊位…总数达", "80个", "一 工作完成情况", 80, false},
			{"新建泊位", "15个", "二 2022年工作安排", 15, true},
		}, 1},
		{"nothing to compare", []content.Kind{content.Money, content.Rank}, nil, 0},
		{"nothing", nil, nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			chart, err := ChartOfFigures(report, "题目", figuresOf(report, test.kinds...))
			if test.bars == nil {
				if !errors.Is(err, ErrNoChart) {
					t.Errorf("error %v, want %v", err, ErrNoChart)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(chart.Bars, test.bars) {
				t.Errorf("bars\n%+v\nwant\n%+v", chart.Bars, test.bars)
			}
			if chart.Others != test.others || chart.Title != "题目" || chart.Source != report.Title {
				t.Errorf("others %d, title %q, source %q", chart.Others, chart.Title, chart.Source)
			}
		})
	}
}

// quotes are the first sentences of sections.
func quotes(report *content.Report, labels ...string) []answers.Passage {
	var passages []answers.Passage
	for _, label := range labels {
		sentence := report.Section(label).Sentences[0]
		passages = append(passages, answers.Passage{Start: sentence.Span.Start, End: sentence.Span.End})
	}
	return passages
}

func TestChartable(t *testing.T) {
	report := content.Parse(sampleReport)
	answer := func(kinds ...content.Kind) answers.Answer {
		return answers.Answer{Kind: answers.Found, Answers: []answers.Passage{{Figures: figuresOf(report, kinds...)}}}
	}
	var counts []answers.Passage
	for _, label := range []string{"一", "二"} {
		for _, sentence := range report.Section(label).Sentences {
			if strings.HasPrefix(report.Quote(sentence.Span), "新建泊位") {
				counts = append(counts, answers.Passage{Start: sentence.Span.Start, End: sentence.Span.End})
			}
		}
	}
	for _, test := range []struct {
		name   string
		answer answers.Answer
		want   bool
	}{
		{"growth rates", answer(content.Percent), true},
		{"a rank and an amount", answer(content.Rank, content.Money), false},
		{"a list without figures of its own", answers.Answer{Kind: answers.Found, Answers: quotes(report, "一", "二")}, true},
		{"a list that only mentions counts", answers.Answer{Kind: answers.Found, Answers: counts}, false},
		{"a quote without figures of its own", answers.Answer{Kind: answers.Found, Answers: quotes(report, "二")}, false},
		{"no answer", answers.Answer{Kind: answers.NotFound}, false},
	} {
		if got := Chartable(report, test.answer); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// A number in a table has its unit in the heading.
func TestChartOfATable(t *testing.T) {
	report := content.Parse("某市2021年统计公报\n\n一、工业\n\n| 指标 | 产值（亿元） |\n| --- | --- |\n| 钢材 | 1,021.5 |\n| 水泥 | 98 |\n" +
		"\n全市水产品产值120亿元。\n")
	chart, err := ChartOfFigures(report, "产值", figuresOf(report, content.Money))
	if err != nil {
		t.Fatal(err)
	}
	var figures []string
	for _, bar := range chart.Bars {
		figures = append(figures, bar.Figure)
	}
	if want := []string{"1,021.5 亿元", "98 亿元", "120亿元"}; !slices.Equal(figures, want) {
		t.Errorf("%q, want %q", figures, want)
	}
}

func TestSorted(t *testing.T) {
	chart := Chart{Bars: []Bar{{Value: 1}, {Value: 9, Target: true}, {Value: -3}, {Value: 5}, {Value: 10, Target: true}}}
	var values []float64
	for _, bar := range chart.Sorted().Bars {
		values = append(values, bar.Value)
	}
	if want := []float64{5, 1, -3, 10, 9}; !slices.Equal(values, want) {
		t.Errorf("%v, want %v", values, want)
	}
	if chart.Bars[0].Value != 1 {
		t.Error("the chart itself was sorted")
	}
}

func TestCardOf(t *testing.T) {
	report := content.Parse(sampleReport)
	section := report.Section("一")
	sentence := section.Sentences[0]
	passage := answers.Passage{
		Report: report.Title, Quote: report.Quote(sentence.Span), Start: sentence.Span.Start, End: sentence.Span.End,
		Section: answers.Section{Label: "一"}, Figures: figuresOf(report, content.Money),
	}
	heading := answers.Passage{
		Report: report.Title, Quote: report.Quote(section.Heading), Start: section.Heading.Start, End: section.Heading.End,
		Section: answers.Section{Label: "一"},
	}
	card, err := CardOf([]*content.Report{report, report}, answers.Answer{Kind: answers.Found, Answers: []answers.Passage{heading, passage}})
	if err != nil {
		t.Fatal(err)
	}
	if len(card.Passages) != 2 || card.Report != report.Title || len(card.Passages[0].Quote) != 0 ||
		card.Passages[1].Section != "一 工作完成情况" || card.Passages[1].Figures[0].Text != "141.3亿元" {
		t.Errorf("%+v", card)
	}
	for _, kind := range []answers.Kind{answers.NotFound, answers.Help} {
		if _, err := CardOf(nil, answers.Answer{Kind: kind}); !errors.Is(err, ErrNoCard) {
			t.Errorf("%s: error %v, want %v", kind, err, ErrNoCard)
		}
	}
}
