package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/picture"
	"wenbao/bot/terminal"
)

func newChart() *cobra.Command {
	var file string
	var corpus corpusFlags
	var look chartLook
	cmd := &cobra.Command{
		Use:   "chart [选项] [问题…]",
		Short: "把回答里的数据画成图",
		Long: `把一个回答里单位相同的数据画成条形图：每条旁边是报告原文里的说法、数字和章节。单位不同的数据不放在一起比；
实心的是实际完成的，空心的是目标；下降的向左画。写了 --index，就把几份报告里的回答画在一起，按年份排。

退出状态：0 画好了，1 报告里没有说，2 用法或输入有误，或没有两个单位相同的数据。`,
		Example: `  wenbao chart --out 增长.png 增长超过20%的有哪些
  wenbao chart --out 增长.svg --dark --sort report 增长超过20%的有哪些
  wenbao chart --out 历年.png --index 索引 历年江州生产总值增长多少`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return fmt.Errorf("画到哪里？请写 --out 文件名.png 或 .svg；用法见 %s --help", cmd.CommandPath())
			}
			if err := look.check(cmd, file); err != nil {
				return err
			}
			question, err := questionOf(cmd, args)
			if err != nil {
				return err
			}
			return withSource(cmd, corpus, func(b *bot.Bot) error {
				if b.Report() == nil && !cmd.Flags().Changed("sort") {
					look.order = asStands // a row of years
				}
				return chartAnswer(cmd, b, question, file, look)
			})
		},
	}
	cmd.Flags().StringVar(&file, "out", "", "写到 `FILE`（.png 或 .svg）")
	corpus.add(cmd, "从索引 `INDEX` 里的报告回答，历年的排成一列（用 wenbao index 建）")
	look.addFlags(cmd)
	return cmd
}

// errNoChart tells what to do about an answer that has no chart.
var errNoChart = errors.New("画不成图：回答里没有两个单位相同、可以比长短的数据；看回答请用 wenbao ask")

// chartAnswer draws the answer to a question, or says that there is none.
func chartAnswer(cmd *cobra.Command, b *bot.Bot, question, file string, look chartLook) error {
	answer, err := ask(cmd.Context(), b, []string{question})
	if err != nil {
		return err
	}
	if answer.Kind == answers.NotFound {
		if err := terminal.NewScreen(cmd.OutOrStdout()).Show(b.Format(answer)); err != nil {
			return err
		}
		return exit{status: statusNotSaid}
	}
	chart, err := picture.ChartFrom(cmd.Context(), b, answer)
	if errors.Is(err, picture.ErrNoChart) {
		return errNoChart
	}
	if err != nil {
		return err
	}
	return writeChart(cmd, chart, file, look)
}
