package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/picture"
	"wenbao/bot/terminal"
)

func newChart() *cobra.Command {
	var file string
	var look chartLook
	cmd := &cobra.Command{
		Use:   "chart [选项] [问题…]",
		Short: "把回答里的数据画成图",
		Long: `把一个回答里单位相同的数据画成条形图：每条旁边是报告原文里的说法、数字和章节。单位不同的数据不放在一起比；
实心的是实际完成的，空心的是目标；下降的向左画。

退出状态：0 画好了，1 报告里没有说，2 用法或输入有误，或没有两个单位相同的数据。`,
		Example: `  wenbao chart --out 增长.png 增长超过20%的有哪些
  wenbao chart --out 增长.svg --dark --sort report 增长超过20%的有哪些`,
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
			engine, err := openEngine(cmd)
			if err != nil {
				return err
			}
			b := bot.New(engine)
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
			chart, err := picture.ChartOf(engine.Report(), answer)
			if err != nil {
				return fmt.Errorf("画不成图：回答里没有两个单位相同、可以比长短的数据；看回答请用 wenbao ask")
			}
			return writeChart(cmd, chart, file, look)
		},
	}
	cmd.Flags().StringVar(&file, "out", "", "写到 `FILE`（.png 或 .svg）")
	look.addFlags(cmd)
	return cmd
}

// The orders of a chart's bars.
const (
	byValue  = "value"
	asStands = "report"
)

// chartLook is how a chart is to look.
type chartLook struct {
	dark  bool
	order string
}

func (l *chartLook) addFlags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&l.dark, "dark", false, "图用深色")
	cmd.Flags().StringVar(&l.order, "sort", byValue, "图里各项的 `ORDER`：value 从大到小，report 按报告的顺序")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("sort", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{byValue, asStands}, cobra.ShellCompDirectiveNoFileComp
	}))
}

// check tells before anything is read whether the flags make sense; the file is empty when no chart is asked for.
func (l *chartLook) check(cmd *cobra.Command, file string) error {
	if !slices.Contains([]string{byValue, asStands}, l.order) {
		return fmt.Errorf("没有“%s”这种顺序；--sort 要 %s 或 %s", l.order, byValue, asStands)
	}
	if file == "" {
		for _, name := range []string{"dark", "sort"} {
			if cmd.Flags().Changed(name) {
				return fmt.Errorf("--%s 要和 --chart 一起用", name)
			}
		}
		return nil
	}
	_, err := pictureFormat(file)
	return err
}

func writeChart(cmd *cobra.Command, chart picture.Chart, file string, look chartLook) error {
	if look.order == byValue {
		chart = chart.Sorted()
	}
	return writePicture(cmd, file, look.dark, func(painter *picture.Painter, look picture.Look) ([]byte, error) {
		return painter.Chart(cmd.Context(), chart, look)
	})
}

// pictureFormat is the format that a file's name asks for.
func pictureFormat(file string) (picture.Format, error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".png":
		return picture.PNG, nil
	case ".svg":
		return picture.SVG, nil
	}
	return 0, fmt.Errorf("“%s”要以 .png 或 .svg 结尾", file)
}

// writePicture draws a picture into a file.
func writePicture(
	cmd *cobra.Command, file string, dark bool, draw func(*picture.Painter, picture.Look) ([]byte, error),
) error {
	format, err := pictureFormat(file)
	if err != nil {
		return err
	}
	painter := picture.NewPainter(slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)), 1)
	drawn, err := draw(painter, picture.Look{Dark: dark, Format: format})
	if err != nil {
		return fmt.Errorf("画不出来：%w", err)
	}
	if err := os.WriteFile(file, drawn, 0o644); err != nil {
		return fmt.Errorf("写不了图：%w", err)
	}
	return nil
}
