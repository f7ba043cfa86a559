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
