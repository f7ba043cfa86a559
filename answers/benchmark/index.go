package benchmark

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"wenbao/content"
	"wenbao/retrieval/disk"
)

// generated is at least how many sentences a generated folder has: enough that opening and closing the index, which
// take as long for any folder, do not count for much.
const generated = 10_000

// index measures how fast a folder is indexed, from nothing to an index that can be opened.
func (b *run) index(ctx context.Context) (err error) {
	scratch, err := os.MkdirTemp("", "wenbao-bench-")
	if err != nil {
		return failed("建索引", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	folder := b.Folder
	if folder == "" {
		report, err := b.open()
		if err != nil {
			return err
		}
		folder = filepath.Join(scratch, "reports")
		if err := writeCopies(folder, report, generated); err != nil {
			return failed("建索引", err)
		}
	}
	run := 0
	return b.repeat(ctx, Index, func() error {
		run++
		return b.indexOnce(ctx, folder, filepath.Join(scratch, fmt.Sprint(run)))
	})
}

func (b *run) indexOnce(ctx context.Context, folder, dir string) error {
	debug.FreeOSMemory() // what the run before has left is not this one's
	heap := 0.0
	used, begun := processTime(), time.Now()
	summary, err := disk.Update(ctx, folder, dir, disk.Options{
		Progress: func(disk.Progress) { heap = max(heap, heapNow()) },
	})
	took := time.Since(begun)
	if err != nil {
		return failed("建索引", err)
	}
	b.result.Sentences[Index] = summary.Sentences
	b.add(Measurement{Line: Index, Name: "rate", Unit: PerSecond, Budget: indexBudget, AtLeast: true},
		float64(summary.Sentences)/took.Seconds())
	b.addProcessTime(Index, used, summary.Sentences)
	b.add(Measurement{Line: Index, Name: "heap", Unit: Bytes}, heap)
	return os.RemoveAll(dir)
}

// writeCopies writes a report into a folder so often that it holds so many sentences.
func writeCopies(folder string, report *content.Report, sentences int) error {
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	each := 0
	for range report.Sentences() {
		each++
	}
	for i := range sentences/max(each, 1) + 1 {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.txt", i+1)), []byte(report.Text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// heapNow is how much memory the program's heap takes up, free parts that the system has not got back among it.
func heapNow() float64 {
	samples := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(samples)
	var sum uint64
	for _, sample := range samples {
		sum += sample.Value.Uint64()
	}
	return float64(sum)
}
