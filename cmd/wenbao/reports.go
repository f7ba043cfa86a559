package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"wenbao/bot/terminal"
	"wenbao/content"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

func newReports() *cobra.Command {
	var corpus corpusFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "reports [选项] [文件或文件夹…]",
		Short: "列出报告",
		Long: `列出一个索引里的报告，或写出的文件和文件夹里的报告：年份、地方、句数、题目、来源。

退出状态：0 全部读了，1 有文件读不了，2 用法或输入有误。`,
		Example: `  wenbao reports --index 索引
  wenbao reports 报告 2022年政府工作报告.docx --json`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			flagged, err := cmd.Flags().GetStringArray(reportFlag)
			if err != nil {
				return err
			}
			paths = append(flagged, paths...)
			if corpus.given() && len(paths) > 0 {
				return fmt.Errorf("--%s 和文件、文件夹只能写一种：列索引里的报告，还是文件里的？", indexFlag)
			}
			if !corpus.given() && len(paths) == 0 {
				return fmt.Errorf("要列出什么？请写 --%s 索引，或者报告的文件、文件夹；用法见 %s --help", indexFlag, cmd.CommandPath())
			}
			infos, problems, err := reportInfos(cmd, corpus, paths)
			if err != nil {
				return err
			}
			for _, problem := range problems {
				fmt.Fprintln(cmd.ErrOrStderr(), "读不了 "+printable(problem.Error()))
			}
			switch {
			case asJSON:
				err = writeJSON(cmd.OutOrStdout(), infos)
			case len(infos) == 0:
				fmt.Fprintln(cmd.ErrOrStderr(), "没有报告。")
			default:
				err = writeReports(cmd.OutOrStdout(), infos)
			}
			if err == nil && len(problems) > 0 {
				return exit{status: statusNotSaid}
			}
			return err
		},
	}
	corpus.add(cmd, "列出索引 `INDEX` 里的报告")
	cmd.Flags().BoolVar(&asJSON, "json", false, "输出 JSON 数组，每份报告一项")
	return cmd
}

// reportInfos describes the reports of an index, or those that can be read of files and folders.
func reportInfos(cmd *cobra.Command, flags corpusFlags, paths []string) ([]retrieval.ReportInfo, []content.Problem, error) {
	ctx := cmd.Context()
	if flags.given() {
		corpus, err := openCorpus(cmd, flags)
		if err != nil {
			return nil, nil, err
		}
		infos, err := corpus.Reports(ctx)
		return infos, nil, errors.Join(err, corpus.Close())
	}
	infos := []retrieval.ReportInfo{}
	var problems []content.Problem
	for _, path := range paths {
		described, notRead, err := disk.Describe(ctx, path)
		if err != nil {
			return nil, nil, err
		}
		infos = append(infos, described...)
		problems = append(problems, notRead...)
	}
	return infos, problems, nil
}

// writeReports aligns by what characters take up on a screen. On a terminal the lines end with the window.
func writeReports(out io.Writer, infos []retrieval.ReportInfo) error {
	rows := [][]string{{"年份", "地方", "句数", "题目", "来源"}}
	first := make(map[string]string) // the keys of the first of all copies
	for _, info := range infos {
		source := info.Key
		if other, copied := first[info.SHA256]; copied {
			source += "（和 " + other + " 相同）"
		} else {
			first[info.SHA256] = info.Key
		}
		year := ""
		if info.Year > 0 {
			year = strconv.Itoa(info.Year)
		}
		rows = append(rows, []string{year, info.Place, strconv.Itoa(info.Sentences), info.Title, source})
	}
	widths := make([]int, len(rows[0])-1) // the last column ends with the line
	for _, row := range rows {
		for i := range widths {
			widths[i] = max(widths[i], lipgloss.Width(row[i]))
		}
	}
	screen := terminal.NewScreen(out).Width()
	var text strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, width := range widths {
			line.WriteString(row[i] + strings.Repeat(" ", width-lipgloss.Width(row[i])+2))
		}
		line.WriteString(row[len(widths)])
		printed := printable(line.String())
		if screen > 0 {
			printed = ansi.Truncate(printed, screen, "…")
		}
		text.WriteString(printed + "\n")
	}
	_, err := io.WriteString(out, text.String())
	return err
}
