package benchmark

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wenbao/content"
)

func TestMedianAndBudget(t *testing.T) {
	for _, test := range []struct {
		name    string
		m       Measurement
		median  float64
		holding bool
	}{
		{"the middle one of three", Measurement{Budget: 2, Samples: []float64{9, 1, 2}}, 2, true},
		{"between the middle two of four", Measurement{Budget: 2, Samples: []float64{9, 1, 2, 3}}, 2.5, false},
		{"as fast as it has to be", Measurement{Budget: 2, AtLeast: true, Samples: []float64{2}}, 2, true},
		{"too slow", Measurement{Budget: 2, AtLeast: true, Samples: []float64{1}}, 1, false},
		{"no budget", Measurement{Samples: []float64{1e9}}, 1e9, true},
		{"not measured", Measurement{Budget: 2}, 0, true},
	} {
		if median, holds := test.m.Median(), test.m.Holds(); median != test.median || holds != test.holding {
			t.Errorf("%s: median %v, holds %v; want %v, %v", test.name, median, holds, test.median, test.holding)
		}
	}
}

func TestPercentile(t *testing.T) {
	sorted := make([]float64, 200)
	for i := range sorted {
		sorted[i] = float64(i)
	}
	for percent, want := range map[int]float64{0: 0, 50: 100, 99: 198, 100: 199} {
		if got := percentile(sorted, percent); got != want {
			t.Errorf("%d%%: %v, want %v", percent, got, want)
		}
	}
}

// The questions are about all of a report, and the same ones each time.
func TestQuestions(t *testing.T) {
	const text = "河口县2021年政府工作报告\n一、公路建设\n新建公路20公里，居全省第一。\n二、学校\n新建学校3所。\n"
	report := content.Parse(text)
	report.Examples = []string{"新建了几所学校"}
	got := strings.Join(questionsOf(report), "\n")
	for _, want := range []string{"新建了几所学校", "公路建设", "学校", "新建公路", "新建学校"} {
		if !strings.Contains(got, want) {
			t.Errorf("no question is about %q:\n%s", want, got)
		}
	}
	if strings.ContainsAny(got, "{}") {
		t.Errorf("a placeholder was left:\n%s", got)
	}
	if again := strings.Join(questionsOf(report), "\n"); again != got {
		t.Errorf("the questions differ the second time:\n%s\n\n%s", got, again)
	}
}

func TestHostileQuestions(t *testing.T) {
	questions := hostileQuestions(content.Parse("报告\n一、学校\n新建学校3所。\n"))
	longest := 0
	for _, question := range questions {
		longest = max(longest, len(question))
	}
	if want := len(patterns("hostile"))*len(hostileLengths) + 2; len(questions) != want || longest < 1_000_000 {
		t.Errorf("%d questions of up to %d bytes, want %d of up to a million", len(questions), longest, want)
	}
}

func TestWriteCopies(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "reports")
	report := content.Parse("报告\n一、学校\n新建学校3所。改建学校4所。\n")
	if err := writeCopies(folder, report, 100); err != nil {
		t.Fatal(err)
	}
	reports, problems := content.LoadAll(t.Context(), folder)
	sentences := 0
	for _, report := range reports {
		for range report.Sentences() {
			sentences++
		}
	}
	if len(problems) > 0 || sentences < 100 {
		t.Errorf("%d sentences in %d reports, want 100; problems %v", sentences, len(reports), problems)
	}
}

func TestRunErrors(t *testing.T) {
	if _, err := Run(t.Context(), Options{}); !errors.Is(err, ErrRuns) {
		t.Errorf("without runs: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	command := func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, os.Args[0]) }
	if _, err := Run(ended, Options{Runs: 1, Lines: []Line{Start}, Command: command}); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
	failing := errors.New("no such file")
	open := func() (*content.Report, error) { return nil, failing }
	if _, err := Run(t.Context(), Options{Runs: 1, Lines: []Line{Answer}, Report: open}); !errors.Is(err, failing) {
		t.Errorf("without a report: %v", err)
	}
}

// Every line has a line a run, which benchstat reads as it reads those of Go's benchmarks.
func TestWriteBenchstat(t *testing.T) {
	result := Result{
		Machine: Machine{System: "linux/amd64", Processor: "AMD EPYC", Cores: 2}, Runs: 2,
		Questions: map[Line]int{Start: 1, Answer: 203},
		Measurements: []Measurement{
			{Line: Start, Name: "wall", Unit: Nanoseconds, Samples: []float64{38e6, 37.5e6}},
			{Line: Start, Name: "resident", Unit: Bytes, Samples: []float64{1 << 20, 1 << 21}},
			{Line: Answer, Name: "p99", Unit: Nanoseconds, Samples: []float64{950_000.5, 1e6}},
			{Line: Answer, Name: "allocations", Unit: Allocations, Samples: []float64{12, 13}},
			{Line: Index, Name: "rate", Unit: PerSecond, AtLeast: true, Samples: []float64{20_000, 30_000}},
		},
	}
	const want = `goos: linux
goarch: amd64
pkg: wenbao
cpu: AMD EPYC
Unit sentences/s better=higher
BenchmarkStart-2 1 38000000 ns/op 1048576 resident-B
BenchmarkStart-2 1 37500000 ns/op 2097152 resident-B
BenchmarkAnswer-2 203 950000.5 p99-ns 12 allocs/op
BenchmarkAnswer-2 203 1000000 p99-ns 13 allocs/op
BenchmarkIndex-2 1 20000 sentences/s
BenchmarkIndex-2 1 30000 sentences/s
`
	var text strings.Builder
	if err := result.WriteBenchstat(&text); err != nil || text.String() != want {
		t.Errorf("written is\n%s\nwant\n%s\nerror %v", text.String(), want, err)
	}
}
