package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/picture"
)

func newChart() *cobra.Command {
	var file, indexDir string
	var look chartLook
	cmd := &cobra.Command{
		Use:   "chart [选项] [问题…]",
		Short: "把回答里的数据画成图",
		Long: `把一个回答里单位相同的数据画成条形图：每条旁边是报告原文里的说法、数字和章节。单位不同的数据不放在一起比；
实心的是实际完成的，空心的是目标；下降的向左画。写了 --index，就把几份报告里的回答画在一起，按年份排。

退出状态：0 画好了，1 报告里没有说，2 用法或输入有误，或没有两个单位相同的数据。`,
		Example: `  wenbao chart --out 增长.png 增长超过20%的有哪些
  wenbao chart --out 增长.svg --dark --sort report 增长超过20%的有哪些
  wenbao chart --out 历年.png --index 索引 历年青岛生产总值增长多少`,
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
			draw := chartAnswer
			if indexDir != "" {
				draw = func(cmd *cobra.Command, question string) (picture.Chart, error) {
					return chartSeries(cmd, indexDir, question)
				}
				if !cmd.Flags().Changed("sort") {
					look.order = asStands // a row of years
				}
			}
			chart, err := draw(cmd, question)
			if err != nil {
				return err
			}
			return writeChart(cmd, chart, file, look)
		},
	}
	cmd.Flags().StringVar(&file, "out", "", "写到 `FILE`（.png 或 .svg）")
	cmd.Flags().StringVar(&indexDir, indexFlag, "", "从索引 `INDEX` 里的报告回答，历年的排成一列（用 wenbao index 建）")
	cobra.CheckErr(cmd.MarkFlagDirname(indexFlag))
	look.addFlags(cmd)
	return cmd
}

// errNoChart tells what to do about an answer that has no chart.
var errNoChart = errors.New("画不成图：回答里没有两个单位相同、可以比长短的数据；看回答请用 wenbao ask")

// chartAnswer is the chart of an answer over one report.
func chartAnswer(cmd *cobra.Command, question string) (picture.Chart, error) {
	engine, err := openEngine(cmd)
	if err != nil {
		return picture.Chart{}, err
	}
	b := bot.New(engine)
	answer, err := ask(cmd.Context(), b, []string{question})
	if err != nil {
		return picture.Chart{}, err
	}
	if answer.Kind == answers.NotFound {
		return picture.Chart{}, showAnswer(cmd, answer, b.Format(answer), false)
	}
	chart, err := picture.ChartOf(engine.Report(), answer)
	if err != nil {
		return picture.Chart{}, errNoChart
	}
	return chart, nil
}

// chartSeries is the chart of an answer over the reports of an index.
func chartSeries(cmd *cobra.Command, dir, question string) (picture.Chart, error) {
	answer, reports, err := askSeries(cmd, dir, question)
	if err != nil {
		return picture.Chart{}, err
	}
	if answer.Kind == answers.NotFound {
		return picture.Chart{}, showAnswer(cmd, answer, bot.FormatMany(answer), false)
	}
	chart, err := picture.SeriesOf(reports, answer)
	if err != nil {
		return picture.Chart{}, errNoChart
	}
	return chart, nil
}
