package retrieval

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"wenbao/content"
)

// A word scores as it does in bleve's index of the same sentences.
func TestFieldsScoreAsBleveDoes(t *testing.T) {
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = AnalyserName
	mapping.ScoringModel = index.BM25Scoring
	reference, err := bleve.NewUsing("", mapping, scorch.Name, scorch.Name, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer reference.Close()
	batch := reference.NewBatch()
	sentences := 0
	for sentence := range report.Sentences() {
		sentences++
		fields := map[string]string{"text": report.Quote(sentence.Span), "heading": strings.Join(sentence.Section.Path(report), "\n")}
		if err := batch.Index(strconv.Itoa(sentence.Index), fields); err != nil {
			t.Fatal(err)
		}
	}
	if err := reference.Batch(batch); err != nil {
		t.Fatal(err)
	}
	x := NewIndex(report)
	for name, f := range map[string]*field{"text": &x.text, "heading": &x.headings} {
		for word := range f.numbers {
			query := bleve.NewTermQuery(word)
			query.SetField(name)
			request := bleve.NewSearchRequestOptions(query, sentences, 0, false)
			want, err := reference.Search(request)
			if err != nil {
				t.Fatal(err)
			}
			scores := make(map[string]float64)
			for _, hit := range want.Hits {
				scores[hit.ID] = hit.Score
			}
			found, rarity := f.find(word)
			if len(found) != len(scores) {
				t.Errorf("%s %s stands in %d sentences, bleve finds %d", name, word, len(found), len(scores))
			}
			for _, p := range found {
				got, want := f.score(p, rarity), scores[strconv.Itoa(int(p.sentence))]
				if math.Abs(got-want) > 1/scoreSteps {
					t.Errorf("%s %s in sentence %d scores %v, in bleve %v", name, word, p.sentence, got, want)
				}
			}
		}
	}
}
