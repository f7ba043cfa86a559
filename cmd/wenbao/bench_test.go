package main

import (
	"errors"
	"strings"
	"testing"

	"wenbao/answers/benchmark"
)

// benchResult is a result in which one budget is missed.
func benchResult() benchmark.Result {
	return benchmark.Result{
		Machine:   benchmark.Machine{System: "linux/amd64", Processor: "AMD EPYC", Cores: 2, Go: "go1.26"},
		Runs:      3,
		Questions: map[benchmark.Line]int{benchmark.Start: 1, benchmark.Many: 200},
		Sentences: map[benchmark.Line]int{benchmark.Index: 10_010, benchmark.Many: 256_972},
		Measurements: []benchmark.Measurement{
			{
				Line: benchmark.Start, Name: "wall", Unit: benchmark.Nanoseconds, Budget: 50e6,
				Samples: []float64{90e6, 38.25e6, 30e6},
			},
			{
				Line: benchmark.Start, Name: "resident", Unit: benchmark.Bytes, Budget: 40 << 20,
				Samples: []float64{35 << 20, 34 << 20, 36 << 20},
			},
			{Line: benchmark.Answer, Name: "allocated", Unit: benchmark.Bytes, Samples: []float64{2048}},
			{Line: benchmark.Hostile, Name: "slowest", Unit: benchmark.Nanoseconds, Budget: 20e6, Samples: []float64{20e6}},
			{
				Line: benchmark.Index, Name: "rate", Unit: benchmark.PerSecond, Budget: 20_000, AtLeast: true,
				Samples: []float64{19_000},
			},
		},
	}
}

func TestBenchTable(t *testing.T) {
	const want = `项目                     指标           实测         达标
启动 用时                ≤ 50 毫秒      38.2 毫秒    是
启动 内存                ≤ 40.0 MiB     35.0 MiB     是
回答 分配的内存，每问                   2.0 KiB
刁难的问题 用时，最慢的  ≤ 20 毫秒      20 毫秒      是
建索引 速度              ≥ 20000 句/秒  19000 句/秒  否

每项测 3 次，取中位数。AMD EPYC linux/amd64，2 核，go1.26，`
	const notes = `
多份报告：200 个问题，索引里有 256972 句
建索引：10010 句，是报告的副本；真实的报告请用 --folder
Telegram：用源码测，go test ./bot/telegram -run '^$' -bench Updates
`
	shown := benchTable(benchResult(), true)
	if !strings.HasPrefix(shown, want) || !strings.HasSuffix(shown, notes) {
		t.Errorf("shown is\n%s\nwant\n%s…%s", shown, want, notes)
	}
}

func TestCheckBudgets(t *testing.T) {
	result := benchResult()
	var ended exit
	err := checkBudgets(result)
	if !errors.As(err, &ended) || ended.status != statusNotSaid || ended.message != "不达标：建索引 速度" {
		t.Errorf("a missed budget ends with %v", err)
	}
	result.Measurements = result.Measurements[:4]
	if err := checkBudgets(result); err != nil {
		t.Errorf("all budgets hold, but it ends with %v", err)
	}
}
