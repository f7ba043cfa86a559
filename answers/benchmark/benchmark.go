// Package benchmark measures how fast and how small the program is on the machine that it runs on, and holds what it
// measures against the budgets.
//
// In go a report, a command that asks the program one question, and, if there are any, a folder of reports and an index
// over many; out come measurements, each with a sample a run:
//
//	result, err := benchmark.Run(ctx, benchmark.Options{Runs: 10, Command: command, Report: open})
//	for _, m := range result.Measurements {
//		fmt.Println(m.Line, m.Name, m.Median(), m.Unit, m.Budget, m.Holds())
//	}
//
// The questions are made of the report itself, so that every report can be measured; see [Result].
package benchmark

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"wenbao/content"
)

// Line names what is measured: a line of the budgets, with one or several numbers.
type Line string

// The lines, in the order in which they are measured.
const (
	Start   Line = "start"   // the program from exec to exit with one question
	Answer  Line = "answer"  // a question answered in process, on one core
	Hostile Line = "hostile" // questions made to be slow, on one core
	Index   Line = "index"   // a folder of reports indexed
	Many    Line = "many"    // a question over the reports of an index
)

// Lines are all lines in their order.
var Lines = []Line{Start, Answer, Hostile, Index, Many}

// The budgets, as the project's design states them for a machine with two cores.
const (
	startBudget    = 50e6     // ns
	residentBudget = 40 << 20 // bytes
	answerP50      = 0.25e6   // ns
	answerP99      = 1e6      // ns
	hostileBudget  = 20e6     // ns
	indexBudget    = 20_000   // sentences a second
	manyP50        = 5e6      // ns
	manyP99        = 20e6     // ns
)

// Units of measurements, as benchstat knows them.
const (
	Nanoseconds = "ns"
	Bytes       = "B"
	Allocations = "allocs"
	PerSecond   = "sentences/s"
)

// Measurement is one number of a line, measured in each run.
type Measurement struct {
	Line    Line      `json:"line"`
	Name    string    `json:"name"` // wall, cpu, resident, p50, p99, slowest, allocations, allocated, rate, heap
	Unit    string    `json:"unit"`
	Budget  float64   `json:"budget,omitempty"` // in the unit; 0 when there is none
	AtLeast bool      `json:"at_least,omitempty"`
	Samples []float64 `json:"samples"` // a run each
}

// Median is the median of the samples: other work on the machine moves it less than it moves a mean.
func (m Measurement) Median() float64 {
	sorted := slices.Sorted(slices.Values(m.Samples))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// Holds tells whether the median is within the budget; without a budget everything is.
func (m Measurement) Holds() bool {
	switch {
	case m.Budget == 0:
		return true
	case m.AtLeast:
		return m.Median() >= m.Budget
	}
	return m.Median() <= m.Budget
}

// MarshalJSON adds the median and whether it holds.
func (m Measurement) MarshalJSON() ([]byte, error) {
	type measurement Measurement
	return json.Marshal(struct {
		measurement
		Median float64 `json:"median"`
		Holds  bool    `json:"holds"`
	}{measurement(m), m.Median(), m.Holds()})
}

// Result is what has been measured, on which machine and with what.
type Result struct {
	Machine      Machine       `json:"machine"`
	Runs         int           `json:"runs"`
	Questions    map[Line]int  `json:"questions"`         // how many were asked in each run
	Sentences    map[Line]int  `json:"sentences"`         // how many were indexed, or searched
	Slowest      string        `json:"slowest,omitempty"` // how the slowest hostile question of the last run begins
	Measurements []Measurement `json:"measurements"`
}

// Machine is what the figures depend on besides the program.
type Machine struct {
	System    string `json:"system"` // as Go names it: linux/amd64
	Processor string `json:"processor,omitempty"`
	Cores     int    `json:"cores"` // that the program may use
	Go        string `json:"go"`
}

// Options are what to measure, and with what.
type Options struct {
	Lines   []Line                          // those to measure; nil for all that can be
	Runs    int                             // how often to measure each, at least 1
	Command func(context.Context) *exec.Cmd // asks the program one question, for [Start]
	Report  func() (*content.Report, error) // for [Answer], [Hostile] and a generated folder; called once, when needed
	Folder  string                          // of reports, for [Index]; "" for one made of copies of the report
	Index   string                          // over many reports, for [Many], which is left out without one
	// Progress is called when a run of a line begins, counted from 1. May be nil.
	Progress func(line Line, run int)
}

// ErrRuns tells that there is no run to measure in.
var ErrRuns = errors.New("至少要测 1 次")

// Run measures. The error is ErrRuns, the context's, or says what could not be measured.
func Run(ctx context.Context, options Options) (Result, error) {
	if options.Runs < 1 {
		return Result{}, ErrRuns
	}
	b := &run{
		Options: options,
		result: Result{
			Machine: thisMachine(), Runs: options.Runs, Questions: make(map[Line]int), Sentences: make(map[Line]int),
		},
	}
	measure := map[Line]func(context.Context) error{
		Start: b.start, Answer: b.answer, Hostile: b.hostile, Index: b.index, Many: b.many,
	}
	for _, line := range Lines {
		if !b.wants(line) {
			continue
		}
		if err := measure[line](ctx); err != nil {
			return Result{}, err
		}
	}
	return b.result, nil
}

// run is one measuring of all lines.
type run struct {
	Options
	result  Result
	report  *content.Report // nil until it is needed
	warming bool            // what is measured does not count
}

func (b *run) wants(line Line) bool {
	if line == Many && b.Options.Index == "" {
		return false
	}
	return b.Options.Lines == nil || slices.Contains(b.Options.Lines, line)
}

// open opens the report once.
func (b *run) open() (*content.Report, error) {
	if b.report != nil {
		return b.report, nil
	}
	report, err := b.Report()
	b.report = report
	return report, err
}

// repeat measures a line once without counting, so that caches are as warm as they get, and then as often as asked for.
func (b *run) repeat(ctx context.Context, line Line, once func() error) error {
	for i := range b.Runs + 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if b.Progress != nil {
			b.Progress(line, max(i, 1))
		}
		b.warming = i == 0
		if err := once(); err != nil {
			return errors.Join(ctx.Err(), err)
		}
	}
	return nil
}

// add adds a sample to the measurement of its line and name.
func (b *run) add(m Measurement, sample float64) {
	if b.warming {
		return
	}
	at := slices.IndexFunc(b.result.Measurements, func(o Measurement) bool { return o.Line == m.Line && o.Name == m.Name })
	if at < 0 {
		at = len(b.result.Measurements)
		b.result.Measurements = append(b.result.Measurements, m)
	}
	b.result.Measurements[at].Samples = append(b.result.Measurements[at].Samples, sample)
}

// addProcessTime adds the processor time since begun, of so many things done, where the system tells.
func (b *run) addProcessTime(line Line, begun time.Duration, of int) {
	if used := processTime() - begun; used > 0 && of > 0 {
		b.add(Measurement{Line: line, Name: "cpu", Unit: Nanoseconds}, float64(used.Nanoseconds())/float64(of))
	}
}

func thisMachine() Machine {
	return Machine{
		System: runtime.GOOS + "/" + runtime.GOARCH, Processor: processor(),
		Cores: runtime.GOMAXPROCS(0), Go: runtime.Version(),
	}
}

// processor is the processor's name where Linux tells it, else "".
func processor() string {
	file, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, value, _ := strings.Cut(lines.Text(), ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// percentile is the sample that so many percent of them do not exceed. The samples are sorted.
func percentile(sorted []float64, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// failed says which line could not be measured.
func failed(what string, err error) error { return fmt.Errorf("测不了%s：%w", what, err) }
