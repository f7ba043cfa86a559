package benchmark

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"wenbao/answers"
	"wenbao/content"
	"wenbao/retrieval/disk"
)

// reportsVariable names a folder of reports, as it does for the benchmarks of package disk. Without it there are some
// copies of the embedded report, which is good for seeing that this runs.
const reportsVariable = "WENBAO_REPORTS"

// BenchmarkMany measures questions over many reports, from the question to the answer, while one or eight clients ask without
// a pause. Few of them are about a report that the question before was about.
func BenchmarkMany(b *testing.B) {
	folder := os.Getenv(reportsVariable)
	if folder == "" {
		report, err := content.Embedded()
		if err != nil {
			b.Fatal(err)
		}
		folder = filepath.Join(b.TempDir(), "reports")
		if err := writeCopies(folder, report, 1000); err != nil {
			b.Fatal(err)
		}
	}
	dir := filepath.Join(b.TempDir(), "index")
	summary, err := disk.Update(b.Context(), folder, dir, disk.Options{})
	if err != nil {
		b.Fatal(err)
	}
	corpus, err := disk.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer corpus.Close()
	questions, err := questionsOfMany(b.Context(), corpus)
	if err != nil {
		b.Fatal(err)
	}
	for _, clients := range []int{1, 8} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			library, err := answers.NewLibrary(b.Context(), corpus)
			if err != nil {
				b.Fatal(err)
			}
			took := make([][]float64, clients)
			var asking sync.WaitGroup
			b.ReportAllocs()
			b.ResetTimer()
			for client := range clients {
				asking.Go(func() {
					for i := client; i < b.N; i += clients {
						begun := time.Now()
						if _, err := library.Answer(context.Background(), nil, questions[i%len(questions)]); err != nil {
							b.Error(err)
							return
						}
						took[client] = append(took[client], float64(time.Since(begun).Nanoseconds()))
					}
				})
			}
			asking.Wait()
			all := slices.Concat(took...)
			slices.Sort(all)
			b.ReportMetric(percentile(all, 50), "p50-ns")
			b.ReportMetric(percentile(all, 99), "p99-ns")
			b.ReportMetric(float64(summary.Sentences), "sentences")
		})
	}
}
