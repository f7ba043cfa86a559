package answers_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/content"
	"wenbao/retrieval"
)

// shelf is a corpus in memory, whose search finds every sentence that holds a word.
type shelf []*content.Report

func (s shelf) Reports(context.Context) ([]retrieval.ReportInfo, error) {
	var infos []retrieval.ReportInfo
	for _, report := range s {
		infos = append(infos, retrieval.ReportInfo{Key: report.Title, Title: report.Title, Issuer: report.Issuer, Place: report.Place, Year: report.Year})
	}
	return infos, nil
}

func (s shelf) Search(_ context.Context, queries ...retrieval.Query) ([][]retrieval.Found, error) {
	found := make([][]retrieval.Found, len(queries))
	for i, query := range queries {
		for _, report := range s {
			for sentence := range report.Sentences() {
				holds := func(term retrieval.Term) bool { return strings.Contains(report.Quote(sentence.Span), term.Text) }
				if (query.Reports == nil || slices.Contains(query.Reports, report.Title)) && slices.ContainsFunc(query.Terms, holds) {
					found[i] = append(found[i], retrieval.Found{Report: report.Title, Sentence: sentence.Index, Score: 1})
				}
			}
		}
	}
	return found, nil
}

func (s shelf) Load(_ context.Context, keys ...string) ([]*content.Report, error) {
	var loaded []*content.Report
	for _, report := range s {
		if slices.Contains(keys, report.Title) {
			loaded = append(loaded, report)
		}
	}
	return loaded, nil
}

func (s shelf) Statistics(context.Context, ...string) (retrieval.Statistics, error) {
	return retrieval.Statistics{}, nil
}

func (s shelf) Close() error { return nil }

// reportOf is a small report of a place on a year.
func reportOf(place, delivered, reviewed, product, growth, aim string) *content.Report {
	return content.Parse(place + delivered + "年政府工作报告\n\n——" + delivered + "年1月5日在" + place + "第八届人民代表大会上\n\n一、" + reviewed +
		"年工作回顾\n\n全市生产总值达到" + product + "亿元，增长" + growth + "。\n\n二、" + delivered + "年工作安排\n\n全市生产总值增长" + aim + "以上。\n")
}

func TestLibrary(t *testing.T) {
	library, err := answers.NewLibrary(t.Context(), shelf{
		reportOf("江州市", "2021", "2020", "1000", "3.1%", "6%"),
		reportOf("江州市", "2022", "2021", "1100", "8.2%", "5.5%"),
		reportOf("江州市", "2023", "2022", "1200", "4.4%", "5%"),
		reportOf("河阳市", "2023", "2022", "700", "5.9%", "6.5%"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string][]string{
		"江州市2021年生产总值增长多少":   {"8.2% 江州市2022年政府工作报告"},
		"江州2020年生产总值达到多少":    {"1000亿元 江州市2021年政府工作报告"},
		"江州2021年生产总值增长目标":    {"6% 江州市2021年政府工作报告"},
		"河阳生产总值增长目标是多少":      {"6.5% 河阳市2023年政府工作报告"},
		"江州去年生产总值增长多少":       {"4.4% 江州市2023年政府工作报告"},
		"历年江州市生产总值达到多少":      {"1000亿元 江州市2021年政府工作报告", "1100亿元 江州市2022年政府工作报告", "1200亿元 江州市2023年政府工作报告"},
		"2022年生产总值增长多少":      {"4.4% 江州市2023年政府工作报告", "5.9% 河阳市2023年政府工作报告"},
		"江州市1999年生产总值增长多少":   nil,
		"江州市2021年新建多少个足球场":   nil,
		"河阳市2021年生产总值增长目标多少": nil,
	} {
		answer, err := library.Answer(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, passage := range answer.Answers {
			for _, figure := range passage.Figures {
				got = append(got, figure.Text+" "+passage.Report)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q (%s)", question, got, want, answer.Note)
		}
		if (len(want) == 0) != (answer.Kind == answers.NotFound) {
			t.Errorf("%s: %s", question, answer.Kind)
		}
	}
}
