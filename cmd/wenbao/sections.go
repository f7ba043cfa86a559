package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wenbao/bot"
	"wenbao/bot/terminal"
	"wenbao/content"
)

func newSections() *cobra.Command {
	var asJSON bool
	var one oneReport
	cmd := &cobra.Command{
		Use:   "sections [选项] [LABEL]",
		Short: "报告的目录，或某一节的原文",
		Long:  "显示报告的目录；写上章节号，就显示那一节（连同它的下级）的原文。",
		Example: `  wenbao sections
  wenbao sections "一(一)"
  wenbao sections 一 --json
  wenbao sections --index 索引 --pick 江州2021`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("一次看一节；用法见 %s --help", cmd.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return one.completeLabels(cmd, nil, "")
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			report, err := one.open(cmd)
			if err != nil {
				return err
			}
			var section *content.Section
			if len(args) > 0 {
				if section, err = sectionOf(report, args[0]); err != nil {
					return err
				}
			}
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), sectionsJSON(report, section))
			}
			lines := bot.Outline(report)
			if section != nil {
				lines = bot.Part(report, section)
			}
			return terminal.NewScreen(cmd.OutOrStdout()).Show(bot.Reply{Lines: lines})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "输出 JSON 数组，每节一项")
	one.add(cmd)
	return cmd
}

type sectionJSON struct {
	Label     string         `json:"label"`
	Title     string         `json:"title"`
	Level     int            `json:"level"`
	Path      []string       `json:"path"`
	Start     int            `json:"start"`
	End       int            `json:"end"`
	Sentences []sentenceJSON `json:"sentences,omitempty"`
}

type sentenceJSON struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// sectionsJSON is the outline, or a section with its parts and their sentences.
func sectionsJSON(report *content.Report, whole *content.Section) []sectionJSON {
	sections := []sectionJSON{}
	for _, section := range report.Sections {
		if whole != nil && !whole.Span.Contains(section.Span) {
			continue
		}
		out := sectionJSON{section.Label, section.Title, section.Level, section.Path(report), section.Span.Start, section.Span.End, nil}
		if whole != nil {
			for _, sentence := range section.Sentences {
				out.Sentences = append(out.Sentences, sentenceJSON{report.Quote(sentence.Span), sentence.Span.Start, sentence.Span.End})
			}
		}
		sections = append(sections, out)
	}
	return sections
}

// sectionOf finds a section, or says which there are.
func sectionOf(report *content.Report, label string) (*content.Section, error) {
	if section := report.Section(terminal.Decode([]byte(label))); section != nil {
		return section, nil
	}
	var labels []string
	for _, section := range report.Sections {
		labels = append(labels, section.Label)
	}
	return nil, fmt.Errorf("没有“%s”这一节；章节号有：%s", label, strings.Join(labels, " "))
}

// completeLabels offers the labels of the sections to the shell.
func (o *oneReport) completeLabels(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	report, err := o.open(cmd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var labels []string
	for _, section := range report.Sections {
		labels = append(labels, cobra.CompletionWithDesc(section.Label, section.Title))
	}
	return labels, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
