package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"wenbao/retrieval/disk"
)

// statusInterrupted is what shells give a program that an interrupt ended.
const statusInterrupted = 130

func newIndex() *cobra.Command {
	var target indexTarget
	cmd := &cobra.Command{
		Use:   "index [选项] 文件夹",
		Short: "给一个文件夹的报告建索引",
		Long: `读一个文件夹（连同下级文件夹）里的全部报告，在 --out 的文件夹里建索引，供以后查找，不必再读原文件。

再运行一次，只处理新增、改动和删除的文件。可以随时中断（Ctrl-C、断电都不要紧），再运行一次就接着做；
做完之前，别的程序看到的一直是原来的索引。写 --engine 就把索引放到 Weaviate 集群上。读不了的文件会列出原因，不影响其他文件。

退出状态：0 全部读了，1 有文件读不了，2 用法或输入有误，130 被中断。`,
		Example: `  wenbao index 报告 --out 索引
  wenbao index 报告 --engine weaviate=http://10.0.0.1:8080,http://10.0.0.2:8080,http://10.0.0.3:8080 --replicas 3
  wenbao reports --index 索引`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("要写一个放报告的文件夹；用法见 %s --help", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed(reportFlag) {
				return fmt.Errorf("给 %s 里的报告建索引，不用写 --%s；用法见 %s --help", args[0], reportFlag, cmd.CommandPath())
			}
			if (target.out == "") == (target.engine == "") {
				return fmt.Errorf("索引放在哪里？请写 --out 文件夹，或 --%s 集群；用法见 %s --help", engineFlag, cmd.CommandPath())
			}
			if err := target.spread.check(cmd, target.engine); err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
			return updateIndex(ctx, cmd, args[0], target)
		},
	}
	cmd.Flags().StringVar(&target.out, "out", "", "索引放进文件夹 `INDEX`（没有就新建）")
	cobra.CheckErr(cmd.MarkFlagDirname("out"))
	addEngine(cmd.Flags(), &target.engine)
	cmd.Flags().IntVar(&target.spread.shards, shardsFlag, 1, "集群上的索引分成 `N` 片，大到一台放不下时用")
	cmd.Flags().IntVar(&target.spread.replicas, replicasFlag, 1, "集群上的索引存 `N` 份，每份在不同的机器上；3 份时坏一台不要紧")
	return cmd
}

// indexTarget is where an index goes: into a folder or onto a cluster.
type indexTarget struct {
	out, engine string
	spread      spread
}

// spread is how an index is spread over a cluster.
type spread struct{ shards, replicas int }

const (
	shardsFlag   = "shards"
	replicasFlag = "replicas"
)

func (s spread) check(cmd *cobra.Command, engine string) error {
	if s.shards < 1 || s.replicas < 1 {
		return fmt.Errorf("--%s 和 --%s 至少是 1", shardsFlag, replicasFlag)
	}
	if engine == "" && (cmd.Flags().Changed(shardsFlag) || cmd.Flags().Changed(replicasFlag)) {
		return fmt.Errorf("--%s 和 --%s 要和 --%s 一起用", shardsFlag, replicasFlag, engineFlag)
	}
	return nil
}

// update brings the index up to date with a folder.
func (t indexTarget) update(ctx context.Context, folder string, progress func(disk.Progress)) (disk.Summary, error) {
	if t.engine == "" {
		return disk.Update(ctx, folder, t.out, disk.Options{Progress: progress})
	}
	addresses, err := clusterAddresses(t.engine)
	if err != nil {
		return disk.Summary{}, err
	}
	return updateCluster(ctx, folder, addresses, t.spread, progress)
}

func updateIndex(ctx context.Context, cmd *cobra.Command, folder string, target indexTarget) error {
	start := time.Now()
	progress := newProgress(cmd.ErrOrStderr())
	summary, err := target.update(ctx, folder, progress.show)
	progress.end()
	for _, problem := range summary.Problems {
		fmt.Fprintln(cmd.ErrOrStderr(), "读不了 "+printable(problem.Error()))
	}
	switch {
	case ctx.Err() != nil && err != nil:
		return exit{statusInterrupted, "已中断，做完的都留着；再运行一次同样的命令就接着做"}
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("没有 %s 这个文件夹，请检查路径", folder)
	case errors.Is(err, fs.ErrInvalid):
		return fmt.Errorf("%s 不是文件夹；一份报告不用建索引，用 --report 就行", folder)
	case err != nil:
		return fmt.Errorf("建不成索引：%w", err)
	}
	if err := writeSummary(cmd.OutOrStdout(), summary, progress.last.Sentences, time.Since(start)); err != nil {
		return err
	}
	if len(summary.Problems) > 0 {
		return exit{status: statusNotSaid}
	}
	return nil
}

// writeSummary says what has been done: plain lines, whatever the output.
func writeSummary(out io.Writer, s disk.Summary, indexed int, took time.Duration) error {
	text := fmt.Sprintf("新增 %d 份，更新 %d 份，删除 %d 份，没有变化 %d 份", s.Added, s.Changed, s.Removed, s.Unchanged)
	if s.Resumed > 0 {
		text += fmt.Sprintf("（其中 %d 份上次中断前已经做完）", s.Resumed)
	}
	if indexed > 0 {
		text += fmt.Sprintf("\n处理 %d 句，用时 %.1f 秒，每秒 %.0f 句", indexed, took.Seconds(), float64(indexed)/took.Seconds())
	}
	text += fmt.Sprintf("\n索引共 %d 份报告，%d 句", s.Reports, s.Sentences)
	if s.Size > 0 { // which a cluster does not tell
		text += fmt.Sprintf("，%.1f MB", float64(s.Size)/1e6)
	}
	if s.Copies > 0 {
		text += fmt.Sprintf("\n有 %d 份和另一份完全相同，回答时只用一份（见 wenbao reports）", s.Copies)
	}
	if len(s.Problems) > 0 {
		text += fmt.Sprintf("\n有 %d 个文件读不了，原因见上", len(s.Problems))
	}
	_, err := fmt.Fprintln(out, text)
	return err
}

// progress shows how far an index has come: a bar on a terminal, a line now and then elsewhere.
type progress struct {
	out   io.Writer
	bar   *progressbar.ProgressBar // nil where there is no terminal
	start time.Time
	last  disk.Progress
	told  int // tenths of the work for which there has been a line
}

func newProgress(out io.Writer) *progress {
	p := &progress{out: out, start: time.Now()}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(out), progressbar.OptionSetPredictTime(true),
			progressbar.OptionShowCount(), progressbar.OptionSetElapsedTime(true), progressbar.OptionFullWidth(),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetDescription("建索引"))
	}
	return p
}

func (p *progress) show(now disk.Progress) {
	p.last = now
	rate := fmt.Sprintf("每秒 %.0f 句", float64(now.Sentences)/time.Since(p.start).Seconds())
	if p.bar != nil {
		p.bar.ChangeMax(now.OfFiles)
		p.bar.Describe(rate)
		_ = p.bar.Set(now.Files) // what cannot be shown is not worth an end
		return
	}
	if tenths := now.Files * 10 / max(now.OfFiles, 1); tenths > p.told {
		p.told = tenths
		fmt.Fprintf(p.out, "已处理 %d/%d 个文件，%s\n", now.Files, now.OfFiles, rate)
	}
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
