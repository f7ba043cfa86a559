package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/terminal"
)

func newAsk() *cobra.Command {
	var asked askFlags
	cmd := &cobra.Command{
		Use:   "ask [选项] [问题…]",
		Short: "回答一个问题",
		Long: `回答一个问题。几个词会用空格连起来；问题是 - 或不写时，从标准输入读，一行一个问题，各答各的（要接着追问，请用 wenbao chat）。

写了几份报告时，用问题里的地方、年份选报告；“历年”列成表，新的在前。

退出状态：0 都有回答，1 有报告里没有说的，2 用法或输入有误。`,
		Example: `  wenbao ask {问题}
  wenbao ask --json {问题}
  echo {问题} | wenbao ask
  wenbao ask --card 卡片.png {问题}
  wenbao ask --index 索引 江州2021年生产总值增长多少
  wenbao ask --index 索引 --csv 江州历年生产总值增长多少 > 历年.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := asked.check(cmd); err != nil {
				return err
			}
			questions, err := questionsOf(cmd, args)
			if err != nil {
				return err
			}
			if asked.card.file != "" && len(questions) > 1 {
				return errors.New("--card 一次画一个回答；请只写一个问题")
			}
			if !asked.corpus.given() {
				// One report and its first answer take 6 MB. Collected at 4 MB, as Go does, they take 3 ms of 55 longer; with this
				// the first collection comes at 16.
				debug.SetGCPercent(400)
			}
			return withSource(cmd, asked.corpus, func(b *bot.Bot) error { return asked.answer(cmd, b, questions) })
		},
	}
	cmd.Flags().BoolVar(&asked.json, "json", false, "输出 JSON，每个问题一行")
	cmd.Flags().BoolVar(&asked.csv, "csv", false, "输出 CSV（UTF-8，第一行是表头），每项数据一行")
	asked.corpus.add(cmd, answerFromIndex)
	asked.card.add(cmd)
	return cmd
}

// askFlags say how questions are answered.
type askFlags struct {
	json, csv bool
	card      cardFlags
	corpus    corpusFlags
}

func (f *askFlags) check(cmd *cobra.Command) error {
	if f.json && f.csv {
		return errors.New("--json 和 --csv 只能选一个")
	}
	return f.card.check(cmd)
}

// answer answers questions one after the other, each by itself.
func (f *askFlags) answer(cmd *cobra.Command, b *bot.Bot, questions []string) error {
	missing := false
	var all []answers.Answer
	for i, question := range questions {
		answer, err := ask(cmd.Context(), b, []string{question})
		if err != nil {
			return err
		}
		missing = missing || answer.Kind == answers.NotFound
		switch {
		case f.csv:
			all = append(all, answer)
			continue
		case f.json:
			err = writeJSON(cmd.OutOrStdout(), answer)
		case len(questions) > 1:
			err = showNumbered(cmd, b, answer, i > 0)
		default:
			err = terminal.NewScreen(cmd.OutOrStdout()).Show(b.Format(answer))
		}
		if err == nil && f.card.file != "" && answer.Kind == answers.Found {
			err = f.card.write(cmd, b, answer)
		}
		if err != nil {
			return err
		}
	}
	if f.csv {
		if err := writeAnswersCSV(cmd.OutOrStdout(), all); err != nil {
			return err
		}
	}
	if missing {
		return exit{status: statusNotSaid}
	}
	return nil
}

// showNumbered shows an answer of several under its question.
func showNumbered(cmd *cobra.Command, b *bot.Bot, answer answers.Answer, further bool) error {
	reply := b.Format(answer)
	lines := []bot.Line{{{Text: "问：" + answer.Question, Style: bot.Heading}}}
	if further {
		lines = append([]bot.Line{{}}, lines...)
	}
	reply.Lines = append(lines, reply.Lines...)
	return terminal.NewScreen(cmd.OutOrStdout()).Show(reply)
}

// writeAnswersCSV writes the figures of answers, a line each, and the passages that hold none. The year is told where the
// question asked for a row of years.
func writeAnswersCSV(out io.Writer, all []answers.Answer) error {
	records := [][]string{{"问题", "年份", "地方", "结果或目标", "数据", "数值", "单位", "类型", "界限", "报告", "章节", "原句"}}
	for _, answer := range all {
		for i, passage := range answer.Answers {
			year, place, what := "", "", ""
			for _, row := range answer.Series {
				if row.Passage == i {
					place, what = row.Place, bot.WhatOf(row)
					if row.Year > 0 {
						year = strconv.Itoa(row.Year)
					}
				}
			}
			figures := passage.Figures
			if len(figures) == 0 {
				figures = []answers.Figure{{}}
			}
			for _, figure := range figures {
				value := ""
				if figure.Text != "" {
					value = strconv.FormatFloat(figure.Value, 'f', -1, 64)
				}
				records = append(records, []string{
					answer.Question, year, place, what, figure.Text, value, figure.Unit, string(figure.Kind), string(figure.Bound),
					passage.Report, passage.Section.Label, passage.Quote,
				})
			}
		}
	}
	return csv.NewWriter(out).WriteAll(records)
}

// questionsOf are the question of the arguments, or those of the standard input, a line each.
func questionsOf(cmd *cobra.Command, args []string) ([]string, error) {
	text, err := questionOf(cmd, args)
	if err != nil || len(args) > 0 && args[0] != "-" {
		return []string{text}, err
	}
	var questions []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			questions = append(questions, line)
		}
	}
	if len(questions) == 0 {
		questions = []string{""} // which is said to hold nothing
	}
	return questions, nil
}

// questionOf is the question of the arguments, or of the standard input.
func questionOf(cmd *cobra.Command, args []string) (string, error) {
	if len(args) > 0 && !(len(args) == 1 && args[0] == "-") {
		return terminal.Decode([]byte(strings.Join(args, " "))), nil
	}
	if len(args) == 0 && isTerminal(cmd.InOrStdin()) {
		return "", errors.New("要问什么？请写在后面：wenbao ask 问题")
	}
	text, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), questionLimit+1))
	if err != nil {
		return "", fmt.Errorf("读不了标准输入：%w", err)
	}
	if len(text) > questionLimit {
		return "", fmt.Errorf("标准输入超过 %d KiB，不像一个问题；很多问题请用 wenbao batch", questionLimit>>10)
	}
	return terminal.Decode(text), nil
}
