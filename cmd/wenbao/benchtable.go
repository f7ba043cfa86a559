package main

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"wenbao/answers/benchmark"
)

// lineTitles are the lines' names for people.
var lineTitles = map[benchmark.Line]string{
	benchmark.Start: "启动", benchmark.Answer: "回答", benchmark.Hostile: "刁难的问题",
	benchmark.Index: "建索引", benchmark.Many: "多份报告",
}

// nameTitles are the names of the measurements of a line.
var nameTitles = map[string]string{
	"wall": "用时", "cpu": "处理器时间，平均", "resident": "内存", "p50": "用时，半数以内", "p99": "用时，99% 以内",
	"slowest": "用时，最慢的", "allocations": "分配，每问", "allocated": "分配的内存，每问", "rate": "速度", "heap": "内存，最多时",
}

// titleOf is a measurement's name for people.
func titleOf(m benchmark.Measurement) string { return lineTitles[m.Line] + " " + nameTitles[m.Name] }

// benchTable is the table, aligned by what characters take up on a screen, and below it what was measured with.
func benchTable(result benchmark.Result, generated bool) string {
	rows := [][]string{{"项目", "指标", "实测", "达标"}}
	for _, m := range result.Measurements {
		row := []string{titleOf(m), "", quantity(m.Median(), m.Unit), ""}
		if m.Budget > 0 {
			row[1], row[3] = budgetOf(m), map[bool]string{true: "是", false: "否"}[m.Holds()]
		}
		rows = append(rows, row)
	}
	var text strings.Builder
	text.WriteString(columns(rows))
	text.WriteString("\n" + strings.Join(benchNotes(result, generated), "\n") + "\n")
	return text.String()
}

func budgetOf(m benchmark.Measurement) string {
	if m.AtLeast {
		return "≥ " + quantity(m.Budget, m.Unit)
	}
	return "≤ " + quantity(m.Budget, m.Unit)
}

// quantity is a number with a unit that suits people.
func quantity(value float64, unit string) string {
	switch unit {
	case benchmark.Nanoseconds:
		if value >= 100e6 {
			return fmt.Sprintf("%.0f 毫秒", value/1e6)
		}
		if value < 0.1e6 {
			return fmt.Sprintf("%.3g 微秒", value/1e3)
		}
		return fmt.Sprintf("%.3g 毫秒", value/1e6)
	case benchmark.Bytes:
		if value < 1<<20 {
			return fmt.Sprintf("%.1f KiB", value/(1<<10))
		}
		return fmt.Sprintf("%.1f MiB", value/(1<<20))
	case benchmark.PerSecond:
		return fmt.Sprintf("%.0f 句/秒", value)
	default:
		return fmt.Sprintf("%.0f 次", value)
	}
}

// benchNotes say what the figures rest on.
func benchNotes(result benchmark.Result, generated bool) []string {
	machine := result.Machine
	notes := []string{fmt.Sprintf("每项测 %d 次，取中位数。%s，%d 核，%s，%s", result.Runs,
		strings.TrimSpace(machine.Processor+" "+machine.System), machine.Cores, machine.Go, programVersion())}
	for _, line := range []benchmark.Line{benchmark.Answer, benchmark.Hostile, benchmark.Many} {
		if asked := result.Questions[line]; asked > 0 {
			note := fmt.Sprintf("%s：%d 个问题", lineTitles[line], asked)
			if line == benchmark.Hostile && result.Slowest != "" {
				note += "，最慢的是 " + printable(result.Slowest)
			}
			if searched := result.Sentences[line]; searched > 0 {
				note += fmt.Sprintf("，索引里有 %d 句", searched)
			}
			notes = append(notes, note)
		}
	}
	if indexed := result.Sentences[benchmark.Index]; indexed > 0 {
		note := fmt.Sprintf("%s：%d 句", lineTitles[benchmark.Index], indexed)
		if generated {
			note += "，是报告的副本；真实的报告请用 --folder"
		}
		notes = append(notes, note)
	}
	return append(notes, "Telegram：用源码测，go test ./bot/telegram -run '^$' -bench Updates")
}

// columns aligns rows; the last column ends with the line.
func columns(rows [][]string) string {
	widths := make([]int, len(rows[0])-1)
	for _, row := range rows {
		for i := range widths {
			widths[i] = max(widths[i], lipgloss.Width(row[i]))
		}
	}
	var text strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, width := range widths {
			line.WriteString(row[i] + strings.Repeat(" ", width-lipgloss.Width(row[i])+2))
		}
		line.WriteString(row[len(widths)])
		text.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return text.String()
}
