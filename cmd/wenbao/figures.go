package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/picture"
	"wenbao/bot/terminal"
	"wenbao/content"
)

func newFigures() *cobra.Command {
	var label, kind, chartFile string
	var asJSON, asCSV bool
	var one oneReport
	var look chartLook
	cmd := &cobra.Command{
		Use:   "figures [选项]",
		Short: "报告里的全部数据",
		Long:  "列出报告里的每个数据：在哪一节，说的是什么，出自哪一句。\n\n类型：" + kindList() + "。",
		Example: `  wenbao figures
  wenbao figures --section 一 --kind 百分比
  wenbao figures --csv > 数据.csv
  wenbao figures --kind percent --chart 百分比.png`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON && asCSV || chartFile != "" && (asJSON || asCSV) {
				return errors.New("--json、--csv 和 --chart 只能选一个")
			}
			if err := look.check(cmd, chartFile); err != nil {
				return err
			}
			ofKind, known := kindOf(kind)
			if !known {
				return fmt.Errorf("没有“%s”这个类型；类型有：%s", kind, kindList())
			}
			report, err := one.open(cmd)
			if err != nil {
				return err
			}
			var section *content.Section
			if label != "" {
				if section, err = sectionOf(report, label); err != nil {
					return err
				}
			}
			figures := figuresOf(report, section, ofKind)
			switch out := cmd.OutOrStdout(); {
			case chartFile != "":
				return chartFigures(cmd, report, section, figures, chartFile, look)
			case asJSON:
				return writeJSON(out, figures)
			case asCSV:
				return writeCSV(out, figures)
			case len(figures) == 0:
				fmt.Fprintln(cmd.ErrOrStderr(), "没有这样的数据。")
				return nil
			default:
				return writeColumns(out, figures)
			}
		},
	}
	cmd.Flags().StringVar(&label, "section", "", "只列一节 `LABEL`（连同它的下级）")
	cmd.Flags().StringVar(&kind, "kind", "", "只列一个类型 `KIND`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "输出 JSON 数组")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "输出 CSV（UTF-8，第一行是表头）")
	cmd.Flags().StringVar(&chartFile, "chart", "", "画成图，写到 `FILE`（.png 或 .svg）")
	look.addFlags(cmd)
	one.add(cmd)
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("section", one.completeLabels))
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("kind", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, kind := range content.Kinds {
			names = append(names, kindNames[kind], string(kind))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}))
	return cmd
}

// kindNames are what the kinds of figures are called.
var kindNames = map[content.Kind]string{
	content.Count: "数量", content.Money: "金额", content.Percent: "百分比", content.PercentagePoint: "百分点", content.Rank: "名次",
	content.Size: "规格", content.Speed: "速度", content.Period: "时长", content.Date: "日期",
}

// kindOf is the kind that a flag names, in Chinese or as in JSON; "" for any.
func kindOf(name string) (content.Kind, bool) {
	for _, kind := range content.Kinds {
		if name == string(kind) || name == kindNames[kind] {
			return kind, true
		}
	}
	return "", name == ""
}

// kindList lists the kinds by both names.
func kindList() string {
	var names []string
	for _, kind := range content.Kinds {
		names = append(names, fmt.Sprintf("%s（%s）", kindNames[kind], kind))
	}
	return strings.Join(names, " ")
}

// figureRow is a figure with what it measures and where it stands.
type figureRow struct {
	answers.Figure
	Measure  string          `json:"measure"`
	Sentence string          `json:"sentence"`
	Section  answers.Section `json:"section"`

	printed string // the figure with the report's own words for its bound
}

// figuresOf collects the figures of a section (nil for the whole report) that are of a kind ("" for any).
func figuresOf(report *content.Report, section *content.Section, kind content.Kind) []figureRow {
	rows := []figureRow{}
	for sentence := range report.Sentences() {
		if section != nil && !section.Span.Contains(sentence.Span) {
			continue
		}
		for _, figure := range sentence.Figures {
			if kind != "" && figure.Kind != kind {
				continue
			}
			rows = append(rows, figureRow{
				Figure: answers.Figure{
					Text: report.Quote(figure.Span), Value: figure.Value, Unit: figure.Unit, Kind: figure.Kind,
					Bound: figure.Bound, Start: figure.Start, End: figure.End,
				},
				printed:  bot.PrintedFigure(report, sentence, figure.Span),
				Measure:  report.Quote(figure.Measure),
				Sentence: report.Quote(sentence.Span),
				Section:  answers.Section{Label: sentence.Section.Label, Path: sentence.Section.Path(report)},
			})
		}
	}
	return rows
}

// chartFigures draws the figures of a section (nil for the whole report), under its name.
func chartFigures(
	cmd *cobra.Command, report *content.Report, section *content.Section, rows []figureRow, path string, look chartLook,
) error {
	title := report.Title
	if section != nil {
		title = bot.Name(section)
	}
	figures := make([]answers.Figure, 0, len(rows))
	for _, row := range rows {
		figures = append(figures, row.Figure)
	}
	chart, err := picture.ChartOfFigures(report, title, figures)
	if err != nil {
		return errors.New("画不成图：这里没有两个单位相同、可以比长短的数据；换一个 --section 或 --kind 试试")
	}
	return writeChart(cmd, chart, path, look)
}

func writeCSV(out io.Writer, rows []figureRow) error {
	writer := csv.NewWriter(out)
	records := [][]string{{"章节", "数据", "数值", "单位", "类型", "界限", "说的是", "原句"}}
	for _, row := range rows {
		records = append(records, []string{
			row.Section.Label, row.Text, strconv.FormatFloat(row.Value, 'f', -1, 64), row.Unit, string(row.Kind),
			string(row.Bound), row.Measure, row.Sentence,
		})
	}
	return writer.WriteAll(records)
}

// writeColumns aligns by what characters take up on a screen, where Chinese ones are two columns wide. On a terminal
// the sentences end with the window.
func writeColumns(out io.Writer, rows []figureRow) error {
	var widths [3]int
	for _, row := range rows {
		for i, cell := range row.columns() {
			widths[i] = max(widths[i], lipgloss.Width(cell))
		}
	}
	screen := terminal.NewScreen(out).Width()
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row.columns() {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-lipgloss.Width(cell)+2))
		}
		line.WriteString(row.Sentence)
		text := line.String()
		if screen > 0 {
			text = ansi.Truncate(text, screen, "…")
		}
		if _, err := fmt.Fprintln(out, text); err != nil {
			return err
		}
	}
	return nil
}

func (r figureRow) columns() [3]string { return [3]string{r.Section.Label, r.printed, r.Measure} }
