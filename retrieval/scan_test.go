package retrieval_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"wenbao/content"
	"wenbao/retrieval"
)

// newScan makes a report ready to be searched.
func newScan(report *content.Report) *retrieval.Scan {
	var lines, headings []string
	var parts []int
	var section *content.Section
	for sentence := range report.Sentences() {
		if sentence.Section != section {
			section = sentence.Section
			headings = append(headings, strings.Join(section.Path(report), "\n"))
		}
		lines = append(lines, report.Quote(sentence.Span))
		parts = append(parts, len(headings)-1)
	}
	text, _ := retrieval.NormaliseLines(append(lines, headings...))
	return retrieval.NewScan(retrieval.NewLines(text), parts)
}

// termsOf are the words of a text, each with the same weight.
func termsOf(text string) []retrieval.Term {
	var terms []retrieval.Term
	for _, token := range retrieval.Analyse(text) {
		terms = append(terms, retrieval.Term{Text: token.Text, Weight: 1})
	}
	return terms
}

func search(t testing.TB, scan *retrieval.Scan, terms []retrieval.Term, limit int) []retrieval.Hit {
	t.Helper()
	hits, err := scan.Search(context.Background(), terms, limit)
	if err != nil {
		t.Fatalf("Search(%v): %v", terms, err)
	}
	for i, hit := range hits {
		if hit.Score <= 0 || i > 0 && hit.Score > hits[i-1].Score {
			t.Errorf("hits of %v are not best first: %v", terms, hits)
			break
		}
	}
	if len(hits) > limit {
		t.Errorf("%d hits of %v, want at most %d", len(hits), terms, limit)
	}
	return hits
}

func sentencesOf(report *content.Report) []*content.Sentence {
	return slices.Collect(report.Sentences())
}

func TestEverySentenceIsFoundByItsWords(t *testing.T) {
	t.Parallel()
	report := embedded(t)
	scan := newScan(report)
	first := 0
	sentences := sentencesOf(report)
	for _, sentence := range sentences {
		quote := report.Quote(sentence.Span)
		hits := search(t, scan, termsOf(quote), 5)
		rank := slices.IndexFunc(hits, func(hit retrieval.Hit) bool { return hit.Sentence == sentence.Index })
		if rank < 0 {
			t.Errorf("not among the first 5 by its own words: %s", quote)
		}
		if rank == 0 {
			first++
		}
	}
	if first < len(sentences)*95/100 {
		t.Errorf("%d of %d sentences are found first by their own words, want 95%%", first, len(sentences))
	}
}

func TestSearchFindsWhatAPersonAsksFor(t *testing.T) {
	t.Parallel()
	report := embedded(t)
	scan := newScan(report)
	sentences := sentencesOf(report)
	for question, label := range map[string]string{
		"2021年新建多少5G基站":  "四(三)",
		"２０２１年新建５ｇ基站總數":  "四(三)",
		"灯塔工厂有哪些企业":      "四(二)",
		"青岛品牌日是哪天":       "五(二)",
		"磁浮交通系统时速多少":     "三(一)",
		"亩均税收效益居全省第几":    "五(一)",
		"产融合作白名单企业":      "五(四)",
		"新能源汽车整车生产了多少辆":  "三(三)",
		"千亿元项目有多少个":      "一(三)",
		"民爆和食盐专营工作开展得怎样": "结语",
	} {
		hits := search(t, scan, termsOf(question), 5)
		if !slices.ContainsFunc(hits, func(hit retrieval.Hit) bool { return sentences[hit.Sentence].Section.Label == label }) {
			t.Errorf("%s: no sentence of %s among the first %d", question, label, len(hits))
		}
	}
}

// A word of the heading finds the sentences under it, and part of a compound finds the compound.
func TestHeadingsAndPartsAreSearched(t *testing.T) {
	t.Parallel()
	report := content.Parse("总结\n一、基础设施\n(一)抢滩新基建。新建5G基站10018个。\n(二)园区。新增省级园区3家。\n二、企业培育\n推动405户企业升规纳统。")
	scan := newScan(report)
	sentences := sentencesOf(report)
	for _, test := range []struct {
		term string
		want []string // labels of the sentences found
	}{
		{"基站", []string{"一(一)"}},
		{"5g", []string{"一(一)"}},
		{"5g基站", []string{"一(一)"}},
		{"园区", []string{"一(二)"}},
		{"培育", []string{"二"}},
		{"10018", []string{"一(一)"}},
		{"济南", nil},
	} {
		var got []string
		for _, hit := range search(t, scan, []retrieval.Term{{Text: test.term, Weight: 1}}, 10) {
			got = append(got, sentences[hit.Sentence].Section.Label)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s finds sentences of %q, want %q", test.term, got, test.want)
		}
	}
}

func TestSearchWeighsTerms(t *testing.T) {
	t.Parallel()
	report := content.Parse("总结\n海尔入选名单。\n海信入选名单。")
	scan := newScan(report)
	for sentence, weights := range [][2]float64{{2, 1}, {1, 2}} {
		hits := search(t, scan, []retrieval.Term{{Text: "海尔", Weight: weights[0]}, {Text: "海信", Weight: weights[1]}}, 5)
		if len(hits) != 2 || hits[0].Sentence != sentence {
			t.Errorf("海尔 with weight %v and 海信 with %v find %v, want sentence %d first", weights[0], weights[1], hits, sentence)
		}
	}
}

func TestSearchForNothing(t *testing.T) {
	t.Parallel()
	scan := newScan(embedded(t))
	for name, terms := range map[string][]retrieval.Term{
		"no terms":      nil,
		"unknown words": {{Text: "比亚迪", Weight: 1}, {Text: "xyz", Weight: 1}},
		"an empty word": {{Text: "", Weight: 1}},
	} {
		if hits := search(t, scan, terms, 5); len(hits) != 0 {
			t.Errorf("%s finds %v", name, hits)
		}
	}
}

func TestScanOfAnEmptyReport(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "总结", "总结\n一、回顾\n二、安排"} {
		scan := newScan(content.Parse(text))
		if hits := search(t, scan, termsOf("回顾"), 5); len(hits) != 0 {
			t.Errorf("%q has no sentence, and finds %v", text, hits)
		}
	}
}

func TestSearchIsCancelled(t *testing.T) {
	t.Parallel()
	scan := newScan(embedded(t))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if hits, err := scan.Search(ctx, termsOf("5G基站"), 5); err == nil {
		t.Errorf("a cancelled search finds %v, want an error", hits)
	}
}

// Many goroutines ask one scan, and every one gets the same answer.
func TestSearchIsConcurrent(t *testing.T) {
	t.Parallel()
	scan := newScan(embedded(t))
	terms := termsOf("年内新建开通5G基站多少个")
	want := search(t, scan, terms, 5)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				hits, err := scan.Search(context.Background(), terms, 5)
				if err != nil || len(hits) != len(want) || hits[0].Sentence != want[0].Sentence {
					t.Errorf("got %v, %v; want %v", hits, err, want)
					return
				}
			}
		})
	}
	group.Wait()
}

// The analyser serves any bleve index under its name, with offsets into the original text.
func TestAnalyserIsRegisteredWithBleve(t *testing.T) {
	t.Parallel()
	field := bleve.NewTextFieldMapping()
	field.Analyzer = retrieval.AnalyserName
	field.IncludeTermVectors = true
	mapping := bleve.NewIndexMapping()
	mapping.DefaultMapping.AddFieldMappingsAt("text", field)
	mapping.DefaultAnalyzer = retrieval.AnalyserName
	if err := mapping.Validate(); err != nil {
		t.Fatalf("a mapping with the analyser %q: %v", retrieval.AnalyserName, err)
	}
	index, err := bleve.NewMemOnly(mapping)
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	text := "投資８１７亿元,年内新建開通５Ｇ基站10018个。"
	if err := index.Index("1", map[string]string{"text": text}); err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string][2]string{ // the word as indexed, and as it stands in the text
		"5g基站的情况":  {"5g基站", "５Ｇ基站"},
		"基站":       {"基站", "５Ｇ基站"},
		"投资":       {"投资", "投資"},
		"817":      {"817", "８１７"},
		"有10018个吗": {"10018", "10018"},
	} {
		query := bleve.NewMatchQuery(question)
		query.SetField("text")
		request := bleve.NewSearchRequest(query)
		request.IncludeLocations = true
		result, err := index.Search(request)
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Hits) != 1 {
			t.Errorf("%s finds %d documents, want 1", question, len(result.Hits))
			continue
		}
		locations := result.Hits[0].Locations["text"][want[0]]
		if len(locations) != 1 {
			t.Errorf("%s: word %s is not located: %v", question, want[0], result.Hits[0].Locations)
			continue
		}
		if got := text[locations[0].Start:locations[0].End]; got != want[1] {
			t.Errorf("%s: word %s is located at %q, want %q", question, want[0], got, want[1])
		}
	}
	query := bleve.NewMatchQuery("济南比亚迪")
	query.SetField("text")
	if result, err := index.Search(bleve.NewSearchRequest(query)); err != nil || result.Total != 0 {
		t.Errorf("济南比亚迪 finds %v, %v; want nothing", result, err)
	}
}

func BenchmarkNewScan(b *testing.B) {
	report := embedded(b)
	b.ReportAllocs()
	for b.Loop() {
		newScan(report)
	}
}

func BenchmarkSearch(b *testing.B) {
	scan := newScan(embedded(b))
	terms := termsOf("2021年新建多少5G基站")
	b.ReportAllocs()
	for b.Loop() {
		if hits := search(b, scan, terms, 10); len(hits) == 0 {
			b.Fatal("nothing found")
		}
	}
}
