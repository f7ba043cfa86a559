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
没有 --folder 时，建索引用的是报告的几十份副本；多份报告要有 --index 才测。
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
