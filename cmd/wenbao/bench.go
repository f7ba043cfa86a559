package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"charm.land/lipgloss/v2"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"wenbao/answers/benchmark"
	"wenbao/content"
)

// benchFlags are the flags of bench.
type benchFlags struct {
	runs          int
	only          []string
	folder, index string
	asJSON        bool
	forBenchstat  bool
	check         bool
}

func newBench() *cobra.Command {
	var flags benchFlags
	cmd := &cobra.Command{
		Use:   "bench [选项]",
		Short: "量一量在这台机器上有多快",
		Long: `在这台机器上测速度和内存，列出指标、实测（各次的中位数）和是否达标。问题由报告自己生成。

测这些项目：` + lineList() + `。
没有 --folder 时，建索引用的是报告的 几十 份副本；多份报告要有 --index 才测。
Telegram 每秒处理多少条消息要用源码测：go test ./bot/telegram -run '^$' -bench Updates

退出状态：0 测完了，1 有 --check 且有项目不达标，2 用法或输入有误，130 被中断。`,
		Example: `  wenbao bench
  wenbao bench --runs 3 --only start,answer
  wenbao bench --folder 报告 --index 索引 --check
  wenbao bench --benchstat > 旧.txt`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
			return flags.run(ctx, cmd)
		},
	}
	cmd.Flags().IntVar(&flags.runs, "runs", 10, "每项测 `N` 次")
	cmd.Flags().StringSliceVar(&flags.only, "only", nil, "只测这些项目：`ITEMS` 是 "+strings.Join(lineNames(), "、")+" 里的，用逗号隔开")
	cmd.Flags().StringVar(&flags.folder, "folder", "", "建索引用文件夹 `DIR` 里的报告")
	cmd.Flags().StringVar(&flags.index, indexFlag, "", "测从索引 `INDEX` 里的报告回答（用 wenbao index 建）")
	cmd.Flags().BoolVar(&flags.asJSON, "json", false, "输出一个 JSON 对象，有每次的数")
	cmd.Flags().BoolVar(&flags.forBenchstat, "benchstat", false, "输出 benchstat 能比较的格式")
	cmd.Flags().BoolVar(&flags.check, "check", false, "有项目不达标时，退出状态为 1")
	cmd.MarkFlagsMutuallyExclusive("json", "benchstat")
	cobra.CheckErr(cmd.MarkFlagDirname("folder"))
	cobra.CheckErr(cmd.MarkFlagDirname(indexFlag))
	return cmd
}

// run measures and writes what has been measured.
func (f *benchFlags) run(ctx context.Context, cmd *cobra.Command) error {
	options, err := f.options(cmd)
	if err != nil {
		return err
	}
	progress := newBenchProgress(cmd.ErrOrStderr(), f.runs)
	options.Progress = progress.show
	result, err := benchmark.Run(ctx, options)
	progress.end()
	switch {
	case ctx.Err() != nil:
		return exit{statusInterrupted, "已中断"}
	case errors.Is(err, benchmark.ErrRuns):
		return fmt.Errorf("--runs %w", err)
	case err != nil:
		return err
	}
	switch out := cmd.OutOrStdout(); {
	case f.asJSON:
		err = writeJSON(out, result)
	case f.forBenchstat:
		err = result.WriteBenchstat(out)
	default:
		_, err = io.WriteString(out, benchTable(result, f.folder == ""))
	}
	if err == nil && f.check {
		err = checkBudgets(result)
	}
	return err
}

// checkBudgets names the budgets that have been missed, if any.
func checkBudgets(result benchmark.Result) error {
	var missed []string
	for _, m := range result.Measurements {
		if !m.Holds() {
			missed = append(missed, titleOf(m))
		}
	}
	if len(missed) == 0 {
		return nil
	}
	return exit{statusNotSaid, "不达标：" + strings.Join(missed, "；")}
}

func (f *benchFlags) options(cmd *cobra.Command) (benchmark.Options, error) {
	options := benchmark.Options{Runs: f.runs, Folder: f.folder, Index: f.index}
	for _, name := range f.only {
		if !slices.Contains(lineNames(), name) {
			return options, fmt.Errorf("--only 里没有“%s”这一项；有 %s", name, strings.Join(lineNames(), "、"))
		}
		options.Lines = append(options.Lines, benchmark.Line(name))
	}
	if slices.Contains(options.Lines, benchmark.Many) && f.index == "" {
		return options, fmt.Errorf("测 %s 要有索引，请写 --%s；用 wenbao index 建", benchmark.Many, indexFlag)
	}
	executable, err := os.Executable()
	if err != nil {
		return options, fmt.Errorf("找不到程序自己：%w", err)
	}
	arguments, err := askingItself(cmd)
	if err != nil {
		return options, err
	}
	options.Command = func(ctx context.Context) *exec.Cmd {
		command := exec.CommandContext(ctx, executable)
		command.Args = append([]string{os.Args[0]}, arguments...)
		return command
	}
	options.Report = func() (*content.Report, error) { return openReport(cmd) }
	return options, nil
}

// askingItself are the arguments with which the program is asked a question about the report.
func askingItself(cmd *cobra.Command) ([]string, error) {
	paths, err := cmd.Flags().GetStringArray(reportFlag)
	arguments := []string{"ask", exampleQuestion()}
	for _, path := range paths {
		arguments = append(arguments, "--"+reportFlag, path)
	}
	return arguments, err
}

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

func lineNames() []string {
	var names []string
	for _, line := range benchmark.Lines {
		names = append(names, string(line))
	}
	return names
}

// lineList names the lines as flags and as people call them.
func lineList() string {
	var list []string
	for _, line := range benchmark.Lines {
		list = append(list, fmt.Sprintf("%s（%s）", line, lineTitles[line]))
	}
	return strings.Join(list, "、")
}

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

// benchProgress shows on a terminal what is being measured; elsewhere nothing.
type benchProgress struct {
	bar  *progressbar.ProgressBar // nil where there is no terminal
	runs int
}

func newBenchProgress(out io.Writer, runs int) *benchProgress {
	p := &benchProgress{runs: runs}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions(max(runs, 1), progressbar.OptionSetWriter(out), progressbar.OptionShowCount(),
			progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(false))
	}
	return p
}

func (p *benchProgress) show(line benchmark.Line, run int) {
	if p.bar != nil {
		p.bar.Describe("测" + lineTitles[line])
		_ = p.bar.Set(run - 1) // what cannot be shown is not worth an end
	}
}

// end takes the bar away.
func (p *benchProgress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
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
