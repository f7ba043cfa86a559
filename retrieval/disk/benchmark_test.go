package disk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"wenbao/content"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// reportsVariable names a folder of reports for the benchmarks. Without it they take a few copies of the embedded report,
// which is good for seeing that they run.
const reportsVariable = "WENBAO_REPORTS"

// benchmarkFolder is the folder of reports to measure on.
func benchmarkFolder(b *testing.B) string {
	b.Helper()
	if folder := os.Getenv(reportsVariable); folder != "" {
		return folder
	}
	report, err := content.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	folder := b.TempDir()
	for i := range 20 {
		text := fmt.Sprintf("%d年工作总结\n%s", 2001+i, report.Text)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.txt", 2001+i)), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return folder
}

// The index of the folder, made once for all benchmarks that read it.
var (
	benchmarkOnce sync.Once
	benchmarkDir  string
)

func benchmarkCorpus(b *testing.B) *disk.Corpus {
	b.Helper()
	benchmarkOnce.Do(func() {
		dir, err := os.MkdirTemp("", "wenbao-index-")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := disk.Update(context.Background(), benchmarkFolder(b), dir, disk.Options{}); err != nil {
			b.Fatal(err)
		}
		benchmarkDir = dir
	})
	corpus, err := disk.Open(benchmarkDir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = corpus.Close() })
	return corpus
}

// benchmarkQueries are words of sentences of the corpus that hold a figure, as a question about the figure has them: up to
// eight different ones, without the numbers.
func benchmarkQueries(b *testing.B, corpus *disk.Corpus, n int) []retrieval.Query {
	b.Helper()
	ctx := context.Background()
	infos, err := corpus.Reports(ctx)
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2)) // the same questions each time
	var queries []retrieval.Query
	for len(queries) < n {
		reports, err := corpus.Load(ctx, infos[random.IntN(len(infos))].Key)
		if err != nil {
			b.Fatal(err)
		}
		sentences := slices.Collect(reports[0].Sentences())
		sentence := sentences[random.IntN(len(sentences))]
		if len(sentence.Figures) == 0 {
			continue
		}
		var terms []retrieval.Term
		for _, token := range retrieval.Analyse(reports[0].Quote(sentence.Clauses[0].Span)) {
			if token.Tag != "m" && len(terms) < 8 && !slices.ContainsFunc(terms, func(t retrieval.Term) bool { return t.Text == token.Text }) {
				terms = append(terms, retrieval.Term{Text: token.Text, Weight: 1})
			}
		}
		if len(terms) > 1 {
			queries = append(queries, retrieval.Query{Terms: terms, Limit: 50})
		}
	}
	return queries
}

func BenchmarkUpdate(b *testing.B) {
	folder := benchmarkFolder(b)
	sentences, size := 0, int64(0)
	for b.Loop() {
		summary, err := disk.Update(context.Background(), folder, b.TempDir(), disk.Options{})
		if err != nil {
			b.Fatal(err)
		}
		sentences += summary.Sentences
		size = summary.Size
	}
	b.ReportMetric(float64(sentences)/b.Elapsed().Seconds(), "sentences/s")
	b.ReportMetric(float64(sentences)/float64(b.N), "sentences")
	b.ReportMetric(float64(size)/(1<<20), "MiB")
}

func BenchmarkOpen(b *testing.B) {
	_ = benchmarkCorpus(b)
	for b.Loop() {
		corpus, err := disk.Open(benchmarkDir)
		if err != nil {
			b.Fatal(err)
		}
		if err := corpus.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	corpus := benchmarkCorpus(b)
	infos, err := corpus.Reports(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		if _, err := corpus.Load(context.Background(), infos[i%len(infos)].Key); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkSearch tells how long single searches take while one or eight clients search without a pause.
func BenchmarkSearch(b *testing.B) {
	corpus := benchmarkCorpus(b)
	queries := benchmarkQueries(b, corpus, 1000)
	for _, clients := range []int{1, 8} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			took := make([][]time.Duration, clients)
			var group sync.WaitGroup
			b.ResetTimer()
			for client := range clients {
				group.Go(func() {
					for i := client; i < b.N; i += clients {
						start := time.Now()
						if _, err := corpus.Search(context.Background(), queries[i%len(queries)]); err != nil {
							b.Error(err)
							return
						}
						took[client] = append(took[client], time.Since(start))
					}
				})
			}
			group.Wait()
			all := slices.Concat(took...)
			slices.Sort(all)
			b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// BenchmarkRecall tells how many of the first 50 sentences by exhaustive scoring a search finds. A search for as many
// sentences as there are leaves none out.
func BenchmarkRecall(b *testing.B) {
	corpus := benchmarkCorpus(b)
	statistics, err := corpus.Statistics(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	queries := benchmarkQueries(b, corpus, 100)
	found, wanted := 0, 0
	for b.Loop() {
		for _, query := range queries {
			all := query
			all.Limit = statistics.Sentences
			results, err := corpus.Search(context.Background(), query, all)
			if err != nil {
				b.Fatal(err)
			}
			want := results[1][:min(query.Limit, len(results[1]))]
			wanted += len(want)
			for _, hit := range results[0] {
				// Scores added up in another order differ in their last digits.
				if slices.ContainsFunc(want, func(f retrieval.Found) bool { return f.Report == hit.Report && f.Sentence == hit.Sentence }) {
					found++
				}
			}
		}
	}
	b.ReportMetric(float64(found)/float64(wanted), "recall@50")
}
