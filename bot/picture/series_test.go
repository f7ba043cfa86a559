package picture

import (
	"errors"
	"slices"
	"testing"

	"wenbao/answers"
	"wenbao/content"
)

// yearly is a small report of a place on a year.
func yearly(place, delivered, reviewed, product, growth, aim string) *content.Report {
	return content.Parse(place + delivered + "年政府工作报告\n\n——" + delivered + "年1月5日在" + place + "第八届人民代表大会上\n\n一、" + reviewed +
		"年工作回顾\n\n全市生产总值达到" + product + "，增长" + growth + "。\n\n二、" + delivered + "年工作安排\n\n全市生产总值增长" + aim + "以上。\n")
}

// overYears is an answer with the figures of some kinds of each report, section by section.
func overYears(reports []*content.Report, kinds ...content.Kind) (of []*content.Report, answer answers.Answer) {
	answer = answers.Answer{Question: "历年生产总值", Kind: answers.Found}
	for _, report := range reports {
		for _, label := range []string{"一", "二"} {
			sentence := report.Section(label).Sentences[0]
			passage := answers.Passage{
				Report: report.Title, Key: report.Title, Quote: report.Quote(sentence.Span), Start: sentence.Span.Start, End: sentence.Span.End,
				Section: answers.Section{Label: label},
			}
			for _, figure := range figuresOf(report, kinds...) {
				if sentence.Span.Contains(content.Span{Start: figure.Start, End: figure.End}) {
					passage.Figures = append(passage.Figures, figure)
				}
			}
			if len(passage.Figures) > 0 {
				of, answer.Answers = append(of, report), append(answer.Answers, passage)
			}
		}
	}
	return of, answer
}

func TestSeriesOf(t *testing.T) {
	older := yearly("江州市", "2021", "2020", "1000.5亿元", "3.1%", "6%")
	newer := yearly("江州市", "2022", "2021", "1100亿元", "8.2%", "5.5%")
	dollars := yearly("江州市", "2023", "2022", "200亿美元", "4.4%", "5%")
	elsewhere := yearly("河阳市", "2022", "2021", "700亿元", "5.9%", "6.5%")
	for _, test := range []struct {
		name    string
		reports []*content.Report
		kinds   []content.Kind
		bars    []Bar
		others  int
	}{
		{"results and targets of the years", []*content.Report{older, newer}, []content.Kind{content.Percent}, []Bar{
			{"2020年 全市生产总值达到…增长", "3.1%", "江州市2021年政府工作报告 一", 3.1, false},
			{"2021年 全市生产总值增长", "6%以上", "江州市2021年政府工作报告 二", 6, true},
			{"2021年 全市生产总值达到…增长", "8.2%", "江州市2022年政府工作报告 一", 8.2, false},
			{"2022年 全市生产总值增长", "5.5%以上", "江州市2022年政府工作报告 二", 5.5, true},
		}, 0},
		{"one unit a scale", []*content.Report{older, newer, dollars}, []content.Kind{content.Money}, []Bar{
			{"2020年 全市生产总值达到", "1000.5亿元", "江州市2021年政府工作报告 一", 1000.5e8, false},
			{"2021年 全市生产总值达到", "1100亿元", "江州市2022年政府工作报告 一", 1100e8, false},
		}, 1},
		{"two places", []*content.Report{newer, elsewhere}, []content.Kind{content.Money}, []Bar{
			{"江州市 2021年 全市生产总值达到", "1100亿元", "江州市2022年政府工作报告 一", 1100e8, false},
			{"河阳市 2021年 全市生产总值达到", "700亿元", "河阳市2022年政府工作报告 一", 700e8, false},
		}, 0},
		{"one year is no series", []*content.Report{newer}, []content.Kind{content.Money}, nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			of, answer := overYears(test.reports, test.kinds...)
			chart, err := SeriesOf(of, answer)
			if test.bars == nil {
				if !errors.Is(err, ErrNoChart) {
					t.Errorf("error %v, want %v", err, ErrNoChart)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(chart.Bars, test.bars) || chart.Others != test.others {
				t.Errorf("bars\n%+v\nwant\n%+v\nothers %d, want %d", chart.Bars, test.bars, chart.Others, test.others)
			}
		})
	}
	of, answer := overYears([]*content.Report{older, newer}, content.Money)
	of[0] = nil
	if _, err := SeriesOf(of, answer); !errors.Is(err, ErrNoChart) {
		t.Errorf("a figure of a report that is not known is drawn: %v", err)
	}
}

// A card of several reports says of each quote which one it stands in.
func TestCardOfSeveralReports(t *testing.T) {
	of, answer := overYears([]*content.Report{
		yearly("江州市", "2021", "2020", "1000.5亿元", "3.1%", "6%"), yearly("江州市", "2022", "2021", "1100亿元", "8.2%", "5.5%"),
	}, content.Money)
	card, err := CardOf(of, answer)
	if err != nil {
		t.Fatal(err)
	}
	var sections []string
	for _, passage := range card.Passages {
		sections = append(sections, passage.Section)
	}
	want := []string{"《江州市2021年政府工作报告》一 2020年工作回顾", "《江州市2022年政府工作报告》一 2021年工作回顾"}
	if !slices.Equal(sections, want) || card.Report != "《江州市2021年政府工作报告》等 2 份报告" {
		t.Errorf("sections %q, want %q; reports %q", sections, want, card.Report)
	}
}
