package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"wenbao/bot"
	"wenbao/bot/telegram"
)

// tokenVariable holds the token. There is no flag for it: every process may read the flags of the others.
const tokenVariable = "TELEGRAM_BOT_TOKEN"

// conversationsFlag says where several bots share their conversations.
const conversationsFlag = "conversations"

// longestTokenFile bounds the file of --token-file, in bytes.
const longestTokenFile = 1 << 10

func newTelegram() *cobra.Command {
	var config telegram.Config
	var tokenFile, logFormat, conversations string
	var corpus corpusFlags
	cmd := &cobra.Command{
		Use:   "telegram [选项]",
		Short: "Telegram 机器人",
		Long: `运行 Telegram 机器人：私聊、群组，以及在任何聊天里输入 @机器人 分享答案。

token 向 @BotFather 要，放在环境变量 TELEGRAM_BOT_TOKEN 里，或用 --token-file 指定文件；没有直接写 token 的选项。
默认用长轮询接收消息；写了 --webhook-url 就用 webhook。Ctrl-C 或 SIGTERM 把手上的消息处理完再退出。`,
		Example: `  TELEGRAM_BOT_TOKEN=… wenbao telegram
  wenbao telegram --token-file /etc/wenbao/token --listen 127.0.0.1:8080
  wenbao telegram --token-file token --listen 127.0.0.1:8080 --webhook-url https://example.org/telegram`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if config.Token, err = readToken(tokenFile); err != nil {
				return err
			}
			if config.Log, err = newLogger(cmd.ErrOrStderr(), logFormat); err != nil {
				return err
			}
			if config.State == "" {
				if config.State, err = stateFolder(); err != nil {
					return err
				}
			}
			if conversations != "" {
				var closeConversations func() error
				if config.Conversations, closeConversations, err = openConversations(conversations, config.Token); err != nil {
					return err
				}
				defer func() { err = errors.Join(err, closeConversations()) }()
			}
			return withManyQuestions(cmd, corpus, func(replies *bot.Bot) error {
				config.Bot, config.Version = replies, programVersion()
				b, err := telegram.New(config)
				if err != nil {
					return err
				}
				ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
				defer stop()
				return b.Run(ctx)
			})
		},
	}
	corpus.add(cmd, answerFromIndex)
	flags := cmd.Flags()
	flags.StringVar(&tokenFile, "token-file", "", "从文件 `FILE` 读 token（不写就用环境变量 "+tokenVariable+"）")
	flags.StringVar(&config.Endpoint, "api-endpoint", "", "Bot API 服务器的地址 `URL`（不写就是 "+telegram.DefaultEndpoint+"）")
	flags.Int64SliceVar(&config.AllowChats, "allow-chat", nil, "只回答这个聊天或这个人 `ID`；可以写几次")
	flags.Lookup("allow-chat").DefValue = "" // or the help would show []
	flags.StringVar(&config.WebhookURL, "webhook-url", "", "让 Telegram 把消息送到 `URL`（要同时写 --listen）")
	flags.StringVar(&config.Listen, "listen", "", "在 `ADDRESS` 提供 /healthz、/readyz、/metrics 和 webhook，如 127.0.0.1:8080")
	flags.StringVar(&conversations, conversationsFlag, "", "几个机器人共用一个 webhook 时，对话放在 `redis://地址`（口令在环境变量 WENBAO_REDIS_PASSWORD）")
	flags.StringVar(&config.State, "state", "", "状态文件夹 `DIR`（不写就是 $STATE_DIRECTORY 或 ~/.local/state/wenbao）")
	flags.StringVar(&logFormat, "log-format", "", "日志的 `FORMAT`：text（不写就是）或 json")
	flags.BoolVar(&config.LogQuestions, "log-questions", false, "把问题也写进日志")
	flags.IntVar(&config.Rates.PerSecond, "rate", 0, "每秒最多发 `N` 条消息（不写就是 30）")
	flags.IntVar(&config.Rates.ChatPerSecond, "chat-rate", 0, "每个聊天每秒最多 `N` 条（不写就是 1）")
	flags.IntVar(&config.Rates.GroupPerMinute, "group-rate", 0, "每个群每分钟最多 `N` 条（不写就是 20）")
	flags.IntVar(&config.Questions, "questions", 0, "每人每分钟最多问 `N` 个问题（不写就是 20）")
	return cmd
}

// readToken reads the token from a file, or from the environment when there is none. Errors do not repeat it.
func readToken(path string) (string, error) {
	if path == "" {
		if token := os.Getenv(tokenVariable); token != "" {
			return token, nil
		}
		return "", errors.New("缺 token：请设环境变量 " + tokenVariable + "，或用 --token-file 指定文件；token 向 @BotFather 要（/newbot）")
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("打不开 token 文件：%w", err)
	}
	defer file.Close()
	token, err := io.ReadAll(io.LimitReader(file, longestTokenFile))
	if err != nil {
		return "", fmt.Errorf("读不了 token 文件：%w", err)
	}
	return string(bytes.TrimSpace(token)), nil
}

func newLogger(out io.Writer, format string) (*slog.Logger, error) {
	switch format {
	case "", "text":
		return slog.New(slog.NewTextHandler(out, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(out, nil)), nil
	}
	return nil, fmt.Errorf("没有“%s”这种日志格式；--log-format 要 text 或 json", format)
}

// stateFolder is where state is kept unless a flag says otherwise: where systemd says, or in the folder that the XDG base
// directory specification gives to it.
func stateFolder() (string, error) {
	if folder := os.Getenv("STATE_DIRECTORY"); filepath.IsAbs(folder) {
		return folder, nil
	}
	folder := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(folder) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("不知道状态放在哪里，请写 --state：%w", err)
		}
		folder = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(folder, "wenbao"), nil
}
