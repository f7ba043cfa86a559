package benchmark

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteBenchstat writes a result in the format of Go's benchmarks (golang.org/design/14313-benchmark-format), a line
// for each run of a line, so that benchstat can compare two results.
func (r Result) WriteBenchstat(out io.Writer) error {
	var text strings.Builder
	goos, goarch, _ := strings.Cut(r.Machine.System, "/")
	fmt.Fprintf(&text, "goos: %s\ngoarch: %s\npkg: wenbao\n", goos, goarch)
	if r.Machine.Processor != "" {
		fmt.Fprintf(&text, "cpu: %s\n", r.Machine.Processor)
	}
	for _, m := range r.Measurements {
		if m.AtLeast {
			fmt.Fprintf(&text, "Unit %s better=higher\n", m.benchstatUnit())
		}
	}
	for _, line := range Lines {
		for run := range r.Runs {
			r.writeRun(&text, line, run)
		}
	}
	_, err := io.WriteString(out, text.String())
	return err
}

// writeRun writes what a run of a line has measured, if anything.
func (r Result) writeRun(text *strings.Builder, line Line, run int) {
	var values strings.Builder
	for _, m := range r.Measurements {
		if m.Line == line && run < len(m.Samples) {
			fmt.Fprintf(&values, " %s %s", strconv.FormatFloat(m.Samples[run], 'f', -1, 64), m.benchstatUnit())
		}
	}
	if values.Len() > 0 {
		name := strings.ToUpper(string(line[:1])) + string(line[1:])
		fmt.Fprintf(text, "Benchmark%s-%d %d%s\n", name, r.Machine.Cores, max(r.Questions[line], 1), values.String())
	}
}

// benchstatUnit names a measurement as Go's benchmarks do: ns/op, B/op, p99-ns.
func (m Measurement) benchstatUnit() string {
	switch m.Name {
	case "wall":
		return "ns/op"
	case "allocations", "allocated":
		return m.Unit + "/op"
	case "rate":
		return m.Unit
	}
	return m.Name + "-" + m.Unit
}
