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
		"历年江州市生产总值达到多少":      {"1200亿元 江州市2023年政府工作报告", "1100亿元 江州市2022年政府工作报告", "1000亿元 江州市2021年政府工作报告"},
		"2022年生产总值增长多少":      {"4.4% 江州市2023年政府工作报告", "5.9% 河阳市2023年政府工作报告"},
		"江州市1999年生产总值增长多少":   nil,
		"江州市2021年新建多少个足球场":   nil,
		"河阳市2021年生产总值增长目标多少": nil,
	} {
		answer, err := library.Answer(t.Context(), nil, question)
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

// testLibrary is a library of four small reports, the ones of TestLibrary.
func testLibrary(t *testing.T) *answers.Library {
	t.Helper()
	library, err := answers.NewLibrary(t.Context(), shelf{
		reportOf("江州市", "2021", "2020", "1000", "3.1%", "6%"),
		reportOf("江州市", "2022", "2021", "1100", "8.2%", "5.5%"),
		reportOf("江州市", "2023", "2022", "1200", "4.4%", "5%"),
		reportOf("河阳市", "2023", "2022", "700", "5.9%", "6.5%"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// Follow-ups change the year, the place or the subject, and keep the rest.
func TestLibraryFollowUps(t *testing.T) {
	library := testLibrary(t)
	for _, turns := range [][]struct{ question, want string }{
		{{"江州2021年生产总值增长多少", "8.2% 江州市2022年政府工作报告"}, {"那2020年呢", "3.1% 江州市2021年政府工作报告"}, {"达到多少亿元", "1000亿元 江州市2021年政府工作报告"}},
		{{"江州去年生产总值增长多少", "4.4% 江州市2023年政府工作报告"}, {"那前年呢", "8.2% 江州市2022年政府工作报告"}, {"前一年呢", "3.1% 江州市2021年政府工作报告"}, {"次年呢？", "8.2% 江州市2022年政府工作报告"}},
		{{"江州2021年生产总值增长多少", "8.2% 江州市2022年政府工作报告"}, {"那前年呢", "3.1% 江州市2021年政府工作报告"}},
		{{"江州2022年生产总值增长多少", "4.4% 江州市2023年政府工作报告"}, {"河阳呢", "5.9% 河阳市2023年政府工作报告"}, {"那江州市呢", "4.4% 江州市2023年政府工作报告"}},
		{
			{"江州2022年生产总值增长多少", "4.4% 江州市2023年政府工作报告"},
			{"历年呢", "4.4% 江州市2023年政府工作报告, 8.2% 江州市2022年政府工作报告, 3.1% 江州市2021年政府工作报告"},
		},
		{{"江州2022年生产总值增长多少", "4.4% 江州市2023年政府工作报告"}, {"生产总值达到多少", "1200亿元 江州市2023年政府工作报告"}},
		{{"江州2022年生产总值增长多少", "4.4% 江州市2023年政府工作报告"}, {"2021年生产总值达到多少", "1100亿元 江州市2022年政府工作报告"}},
		{{"江州2022年生产总值增长多少", "4.4% 江州市2023年政府工作报告"}, {"1999年呢", ""}, {"那2021年呢", "8.2% 江州市2022年政府工作报告"}},
	} {
		var conversation answers.Conversation
		for _, turn := range turns {
			answer, err := library.Answer(t.Context(), &conversation, turn.question)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, passage := range answer.Answers {
				for _, figure := range passage.Figures {
					got = append(got, figure.Text+" "+passage.Report)
				}
			}
			if got := strings.Join(got, ", "); got != turn.want {
				t.Errorf("%s … %s: %q, want %q (%s)", turns[0].question, turn.question, got, turn.want, answer.Note)
			}
		}
	}
}

// A row of years is a table of its own, results and targets told apart, the newest first.
func TestLibrarySeries(t *testing.T) {
	library := testLibrary(t)
	for question, want := range map[string][]answers.YearFigures{
		"江州历年生产总值增长多少":      {{2022, "江州市", false, 0}, {2021, "江州市", false, 1}, {2020, "江州市", false, 2}},
		"江州历年生产总值增长目标":      {{2023, "江州市", true, 0}, {2022, "江州市", true, 1}, {2021, "江州市", true, 2}},
		"江州2020年到2021年生产总值": {{2021, "江州市", false, 0}, {2020, "江州市", false, 1}},
		"江州2021年生产总值":       nil,
	} {
		answer, err := library.Answer(t.Context(), nil, question)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(answer.Series, want) {
			t.Errorf("%s: %v, want %v", question, answer.Series, want)
		}
	}
}

func TestLibraryFind(t *testing.T) {
	library := testLibrary(t)
	for words, want := range map[string]string{
		"江州":             "江州市2023年政府工作报告 江州市2022年政府工作报告 江州市2021年政府工作报告",
		"江州2021":         "江州市2022年政府工作报告",
		"河阳 工作报告":        "河阳市2023年政府工作报告",
		"江州市2021年政府工作报告": "江州市2021年政府工作报告",
		"江州 统计公报":        "",
	} {
		var got []string
		for _, report := range library.Find(words) {
			got = append(got, report.Title)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
}

func TestLibraryExamplesAndSuggestions(t *testing.T) {
	library := testLibrary(t)
	examples, err := library.Examples(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range examples {
		if answer, err := library.Answer(t.Context(), nil, example); err != nil || answer.Kind != answers.Found || len(answer.Answers) != 1 {
			t.Errorf("%s: %v, error %v", example, answer, err)
		}
	}
	hello, err := library.Answer(t.Context(), nil, "你好")
	if err != nil || hello.Kind != answers.Help {
		t.Errorf("你好: %v, error %v", hello, err)
	}
}

// What a question says of places and years may be meant in two ways, and something may be lacking for it.
func TestLibraryReadings(t *testing.T) {
	nation := content.Parse("2023年政府工作报告\n\n——2023年3月5日在第十四届全国人民代表大会第一次会议上\n\n一、2022年工作回顾\n\n" +
		"国内生产总值达到1200000亿元，增长3%。粮食产量1.37万亿斤。\n\n二、2023年工作安排\n\n国内生产总值增长5%左右。\n")
	town := content.Parse("江州市2023年政府工作报告\n\n——2023年1月5日在江州市第八届人民代表大会上\n\n一、2022年工作回顾\n\n" +
		"全市生产总值达到1200亿元，增长4.4%。过去五年，全市生产总值年均增长6.1%。新增全国文明城市2个。\n\n二、2023年工作安排\n\n全市生产总值增长5%以上。\n")
	library, err := answers.NewLibrary(t.Context(), shelf{
		nation, town,
		reportOf("江州市", "2021", "2020", "1000", "3.1%", "6%"),
		reportOf("江州市", "2022", "2021", "1100", "8.2%", "5.5%"),
		reportOf("河阳市", "2023", "2022", "700", "5.9%", "6.5%"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ question, want, note string }{
		{"江州近两年生产总值增长多少", "4.4% 8.2%", ""},
		{"江州近年来生产总值增长多少", "4.4% 8.2% 3.1%", ""},
		{"江州最近2年生产总值增长目标", "5% 5.5%", ""},
		{"江州过去五年生产总值年均增长多少", "6.1%", ""},
		{"江州2021年到2022年生产总值增长目标", "5.5% 6%", ""},
		{"河阳近五年生产总值增长多少", "5.9%", ""},
		{"江州和河阳2022年生产总值增长多少", "4.4% 5.9%", ""},
		{"江州和河阳2021年生产总值增长多少", "8.2%", "没有说河阳市2021年的报告。有的是2022年的。"},
		{"江州与海口2022年生产总值增长多少", "4.4%", "没有海口的报告。"},
		{"日照、河阳2022年生产总值增长多少", "5.9%", "没有日照的报告。"},
		{"海口2022年生产总值增长多少", "", "没有海口的报告，别的报告也没有说到这个问题。"},
		{"江州和河阳2019年生产总值增长多少", "", "没有说江州市2019年的报告。有的是2022、2021、2020年的。没有说河阳市2019年的报告。有的是2022年的。"},
		{"江州2021年和2020年生产总值增长多少", "8.2% 3.1%", ""},
		{"江州2021年和2016年生产总值增长多少", "8.2%", "没有说江州市2016年的报告。有的是2022、2021、2020年的。"},
		{"全国2022年国内生产总值增长多少", "3%", ""},
		{"我国粮食产量多少", "1.37万亿斤", ""},
		{"国务院2021年粮食产量多少", "", "没有说全国2021年的报告。有的是2022年的。"},
		{"全国文明城市新增几个", "2个", ""},
	} {
		answer, err := library.Answer(t.Context(), nil, test.question)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, passage := range answer.Answers {
			for _, figure := range passage.Figures {
				got = append(got, figure.Text)
			}
		}
		if got := strings.Join(got, " "); got != test.want || answer.Kind == answers.Found && answer.Note != test.note || test.note != "" && answer.Note != test.note {
			t.Errorf("%s: %q %q, want %q %q", test.question, got, answer.Note, test.want, test.note)
		}
	}
}

// Copies are asked once, whatever they are called; what two editions say alike is told once.
func TestLibraryCopies(t *testing.T) {
	report := reportOf("江州市", "2023", "2022", "1200", "4.4%", "5%")
	edition := content.Parse(report.Text + "\n\n特此报告，请予审议。\n")
	library, err := answers.NewLibrary(t.Context(), retrieval.NewShelf([]*content.Report{report, report, edition}))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(library.Reports()); n != 2 {
		t.Errorf("%d reports, want the one and its edition", n)
	}
	for _, question := range []string{"江州2022年生产总值增长多少", "历年生产总值增长多少", "江州2023年生产总值增长目标"} {
		answer, err := library.Answer(t.Context(), nil, question)
		if err != nil || len(answer.Answers) != 1 {
			t.Errorf("%s: %d answers, error %v; want one", question, len(answer.Answers), err)
		}
	}
	if found := library.Find(report.Title + " (2)"); len(found) != 1 {
		t.Errorf("a copy is found %d times by its key, want once", len(found))
	}
}
