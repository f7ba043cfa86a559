package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/answers/evaluation"
	"wenbao/bot"
)

func newEval() *cobra.Command {
	var minimum float64
	var failures, explain bool
	var textPath string
	cmd := &cobra.Command{
		Use:   "eval [选项] 文件…",
		Short: "给回答打分",
		Long: `按题型给问题文件（JSON Lines：id、turns、type、quotes、figures、section）打分。

退出状态：0 达到 --min，1 没有达到，2 用法或输入有误。`,
		Example: `  wenbao eval 问题.jsonl
  wenbao eval 问题.jsonl --failures --min 95
  wenbao eval 问题.jsonl --report 政府工作报告.md`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("要评哪个问题文件？用法见 %s --help", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, paths []string) error {
			engine, err := openEngine(cmd)
			if err != nil {
				return err
			}
			engine.Prepare()
			text := engine.Report().Text
			if textPath != "" {
				published, err := os.ReadFile(textPath)
				if err != nil {
					return fmt.Errorf("打不开报告原文：%w", err)
				}
				text = string(published)
			}
			about, err := reportName(cmd)
			if err != nil {
				return err
			}
			score := evaluation.NewScore(text)
			for _, path := range paths {
				questions, err := readQuestions(path, about)
				if err != nil {
					return err
				}
				b := bot.New(engine)
				for _, question := range questions {
					answer, err := ask(cmd.Context(), b, question.Turns)
					if cmd.Context().Err() != nil {
						return err
					}
					score.Add(evaluation.FileName(path), question, answer) // an error leaves an answer that claims nothing
				}
			}
			return writeScore(cmd, engine, score, failures || explain, explain, minimum)
		},
	}
	cmd.Flags().BoolVar(&failures, "failures", false, "列出没有答对的题和原因")
	cmd.Flags().BoolVar(&explain, "explain", false, "列出没有答对的题，并说明每题怎样理解、怎样选择、为何不答")
	cmd.Flags().Float64Var(&minimum, "min", 0, "总分低于百分之 `N` 时，退出状态为 1")
	cmd.Flags().StringVar(&textPath, "report-text", "", "引文要逐字见于文件 `FILE`（不写就是报告本身）")
	return cmd
}

// readQuestions reads the questions of a file that are about a report, named by its file; "" is the embedded one.
func readQuestions(path, about string) ([]evaluation.Question, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("打不开问题文件：%w", err)
	}
	defer file.Close()
	questions, err := evaluation.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	// Questions on other reports cannot be answered from this one.
	mine := questions[:0]
	for _, question := range questions {
		if question.Report == about {
			mine = append(mine, question)
		}
	}
	if len(mine) == 0 {
		return nil, errors.New(path + " 里没有问这份报告的题")
	}
	return mine, nil
}

// reportName is the file name of the report that is asked, "" for the embedded one.
func reportName(cmd *cobra.Command) (string, error) {
	paths, err := cmd.Flags().GetStringArray(reportFlag)
	if err != nil || len(paths) == 0 {
		return "", err
	}
	return filepath.Base(paths[0]), nil
}

func writeScore(cmd *cobra.Command, engine *answers.Engine, score *evaluation.Score, failures, explain bool, minimum float64) error {
	var text strings.Builder
	text.WriteString(score.Table())
	if failures {
		for _, failure := range score.Failures() {
			question := failure.Question
			fmt.Fprintf(&text, "\n%s（%s）%s\n  %s\n", question.ID, question.Type, strings.Join(question.Turns, " / "), failure.Why)
			if !explain {
				continue
			}
			explanation, err := engine.Explain(cmd.Context(), question.Turns...)
			if err != nil && !errors.Is(err, answers.ErrEmpty) {
				return err
			}
			for line := range strings.Lines(explanation) {
				text.WriteString("    " + line)
			}
		}
	}
	if _, err := fmt.Fprint(cmd.OutOrStdout(), text.String()); err != nil {
		return err
	}
	if score.Percent() < minimum {
		return exit{statusNotSaid, fmt.Sprintf("总分 %.1f%%，低于 %g%%", score.Percent(), minimum)}
	}
	return nil
}
