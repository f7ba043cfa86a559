package retrieval_test

import (
	"errors"
	"slices"
	"testing"

	"wenbao/content"
	"wenbao/retrieval"
)

func TestShelf(t *testing.T) {
	shelf := retrieval.NewShelf([]*content.Report{
		content.Parse("政府工作报告\n\n一、教育\n\n新建学校3所。学校食堂改造学校宿舍。\n"),
		content.Parse("政府工作报告\n\n一、交通\n\n新建公路20公里。\n"),
	})
	infos, err := shelf.Reports(t.Context())
	if err != nil || len(infos) != 2 || infos[0].Key != "政府工作报告" || infos[1].Key != "政府工作报告 (2)" {
		t.Fatalf("reports %+v, error %v", infos, err)
	}
	for _, test := range []struct {
		query retrieval.Query
		want  []retrieval.Found
	}{
		{retrieval.Query{Terms: []retrieval.Term{{Text: "学校", Weight: 1}}, Limit: 5},
			[]retrieval.Found{{Report: infos[0].Key, Sentence: 1}, {Report: infos[0].Key, Sentence: 0}}},
		{retrieval.Query{Terms: []retrieval.Term{{Text: "新建", Weight: 1}, {Text: "公路", Weight: 1}}, Limit: 1},
			[]retrieval.Found{{Report: infos[1].Key, Sentence: 0}}},
		{retrieval.Query{Terms: []retrieval.Term{{Text: "新建", Weight: 1}}, Limit: 5, Reports: []string{infos[1].Key}},
			[]retrieval.Found{{Report: infos[1].Key, Sentence: 0}}},
		{retrieval.Query{Terms: []retrieval.Term{{Text: "交通", Weight: 1}}, Limit: 5}, // in the heading only
			[]retrieval.Found{{Report: infos[1].Key, Sentence: 0}}},
		{retrieval.Query{Terms: []retrieval.Term{{Text: "机场", Weight: 1}}, Limit: 5}, nil},
	} {
		found, err := shelf.Search(t.Context(), test.query)
		if err != nil {
			t.Fatal(err)
		}
		same := slices.EqualFunc(found[0], test.want, func(a, b retrieval.Found) bool { return a.Report == b.Report && a.Sentence == b.Sentence })
		if !same {
			t.Errorf("%v: %v, want %v", test.query.Terms, found[0], test.want)
		}
	}
	statistics, err := shelf.Statistics(t.Context(), "新建", "学校", "机场")
	if err != nil || statistics.Sentences != 3 || !slices.Equal(statistics.With, []int{2, 2, 0}) {
		t.Errorf("statistics %+v, error %v", statistics, err)
	}
	loaded, err := shelf.Load(t.Context(), infos[1].Key)
	if err != nil || loaded[0].Sections[len(loaded[0].Sections)-1].Title != "交通" {
		t.Errorf("loaded %v, error %v", loaded, err)
	}
	if _, err := shelf.Load(t.Context(), "nowhere"); !errors.Is(err, retrieval.ErrNoReport) {
		t.Errorf("error %v, want %v", err, retrieval.ErrNoReport)
	}
}

// A scan and an index find the same sentence first.
func TestScanFindsAsAnIndexDoes(t *testing.T) {
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	index := retrieval.NewIndex(report)
	var lines []string
	for sentence := range report.Sentences() {
		lines = append(lines, report.Quote(sentence.Span))
	}
	parts := make([]int, len(lines)) // all below one heading that says nothing
	text, _ := retrieval.NormaliseLines(append(lines, ""))
	scan := retrieval.NewScan(retrieval.NewLines(text), parts)
	same, asked := 0, 0
	for sentence := range report.Sentences() {
		var terms []retrieval.Term
		for _, token := range retrieval.Analyse(report.Quote(sentence.Span)) {
			terms = append(terms, retrieval.Term{Text: token.Text, Weight: 1})
		}
		if len(terms) < 4 {
			continue
		}
		want, err := index.Search(t.Context(), terms, 1)
		if err != nil {
			t.Fatal(err)
		}
		got, err := scan.Search(t.Context(), terms, 1)
		if err != nil {
			t.Fatal(err)
		}
		asked++
		if len(got) == 1 && len(want) == 1 && got[0].Sentence == want[0].Sentence {
			same++
		}
	}
	if asked == 0 || same*100 < asked*95 {
		t.Errorf("%d of %d first sentences are the same, want 95%%", same, asked)
	}
}
