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
	"wenbao/content/lazy"
)

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
	cmd.Flags().StringVar(&l.order, "sort", byValue, "图里各项的 `ORDER`：value 从大到小（目标在实际之后），report 按报告的顺序")
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
	err := writePicture(cmd, file, look.dark, func(painter *picture.Painter, look picture.Look) ([]byte, error) {
		return painter.Chart(cmd.Context(), chart, look)
	})
	if err == nil {
		tellDrawn(cmd, chart, file)
	}
	return err
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

// tellDrawn says what was drawn where, on the standard error: the standard output is the answer's.
func tellDrawn(cmd *cobra.Command, chart picture.Chart, file string) {
	said := fmt.Sprintf("画好了：%s，%d 项", file, chart.Shown())
	if chart.Others > 0 {
		said += fmt.Sprintf("；另有 %d 项单位不同，没有画", chart.Others)
	}
	fmt.Fprintln(cmd.ErrOrStderr(), said)
}

// cardFlags say how to draw an answer as a card.
type cardFlags struct {
	file, bot string
	dark      bool
}

func (c *cardFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.file, "card", "", "把回答画成一张卡片，写到 `FILE`（.png 或 .svg）")
	cmd.Flags().StringVar(&c.bot, "bot", "", "卡片上放 Telegram 机器人 `NAME` 的二维码")
	cmd.Flags().BoolVar(&c.dark, "dark", false, "卡片用深色")
}

// botName is a name that a Telegram bot can have (core.telegram.org/bots/features#creating-a-new-bot).
var botName = lazy.Compile(`^[A-Za-z][A-Za-z0-9_]{4,31}$`)

// check tells before the question is answered whether a card can be drawn.
func (c *cardFlags) check(cmd *cobra.Command) error {
	if c.file == "" {
		for _, name := range []string{"bot", "dark"} {
			if cmd.Flags().Changed(name) {
				return fmt.Errorf("--%s 要和 --card 一起用", name)
			}
		}
		return nil
	}
	c.bot = strings.TrimPrefix(c.bot, "@")
	if c.bot != "" && !botName.MatchString(c.bot) {
		return fmt.Errorf("“%s”不是 Telegram 机器人的名字：名字是 5 到 32 个字母、数字或下划线", c.bot)
	}
	_, err := pictureFormat(c.file)
	return err
}

func (c *cardFlags) write(cmd *cobra.Command, b *bot.Bot, answer answers.Answer) error {
	drawn, err := picture.CardFrom(cmd.Context(), b, answer)
	if err != nil {
		return fmt.Errorf("画不成卡片：%w", err)
	}
	if c.bot != "" {
		drawn.Link, drawn.LinkName = "https://t.me/"+c.bot, "@"+c.bot
	}
	return writePicture(cmd, c.file, c.dark, func(painter *picture.Painter, look picture.Look) ([]byte, error) {
		return painter.Card(cmd.Context(), drawn, look)
	})
}
