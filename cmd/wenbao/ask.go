package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/terminal"
)

func newAsk() *cobra.Command {
	var asJSON bool
	var card cardFlags
	var corpus corpusFlags
	cmd := &cobra.Command{
		Use:   "ask [选项] [问题…]",
		Short: "回答一个问题",
		Long: `回答一个问题。几个词会用空格连起来；问题是 - 或不写时，从标准输入读。

退出状态：0 有回答，1 报告里没有说，2 用法或输入有误。`,
		Example: `  wenbao ask {问题}
  wenbao ask --json {问题}
  echo {问题} | wenbao ask
  wenbao ask --card 卡片.png {问题}
  wenbao ask --index 索引 青岛2021年生产总值增长多少`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := card.check(cmd); err != nil {
				return err
			}
			question, err := questionOf(cmd, args)
			if err != nil {
				return err
			}
			if corpus.given() {
				if card.file != "" {
					return fmt.Errorf("--card 画的是一份报告的回答，不能和 --%s、--%s 一起用", indexFlag, engineFlag)
				}
				answer, err := askMany(cmd, corpus, question)
				if err != nil {
					return err
				}
				return showAnswer(cmd, answer, bot.FormatMany(answer), asJSON)
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
			if card.file != "" && answer.Kind == answers.Found {
				if err := card.write(cmd, engine.Report(), answer); err != nil {
					return err
				}
			}
			return showAnswer(cmd, answer, b.Format(answer), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "输出一个 JSON 对象")
	corpus.add(cmd, "从索引 `INDEX` 里的报告回答（用 wenbao index 建）")
	card.add(cmd)
	return cmd
}

// showAnswer writes an answer and gives the exit status of one that the report does not give.
func showAnswer(cmd *cobra.Command, answer answers.Answer, reply bot.Reply, asJSON bool) error {
	var err error
	if asJSON {
		err = writeJSON(cmd.OutOrStdout(), answer)
	} else {
		err = terminal.NewScreen(cmd.OutOrStdout()).Show(reply)
	}
	if err == nil && answer.Kind == answers.NotFound {
		err = exit{status: statusNotSaid}
	}
	return err
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
