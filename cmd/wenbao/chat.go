package main

import (
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"wenbao/bot"
	"wenbao/bot/terminal"
)

// questionLimit bounds a line that is read as one question, in bytes.
const questionLimit = 64 << 10

func newChat() *cobra.Command {
	var corpus corpusFlags
	cmd := &cobra.Command{
		Use:   "chat [选项]",
		Short: "对话",
		Long: `在终端里对话：↑ 找回问过的，Tab 补全命令和章节号，数字选一条建议，Ctrl-C 取消这一行，Ctrl-D 离开。

标准输入不是终端时，一行一个问题，逐行回答，答案之间空一行。`,
		Example: `  wenbao chat
  wenbao chat < 问题.txt
  wenbao chat --index 索引`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return chat(cmd, corpus) },
	}
	corpus.add(cmd, answerFromIndex)
	return cmd
}

func chat(cmd *cobra.Command, corpus corpusFlags) error {
	return withManyQuestions(cmd, corpus, func(b *bot.Bot) error {
		screen := terminal.NewScreen(cmd.OutOrStdout())
		if isTerminal(cmd.InOrStdin()) && isTerminal(cmd.OutOrStdout()) {
			return terminal.Chat(cmd.Context(), b, screen)
		}
		return terminal.Answer(cmd.Context(), b, screen, terminal.Lines(cmd.InOrStdin(), questionLimit))
	})
}

// isTerminal tells whether a reader or writer is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
