package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
)

// reportFlag names the file of the report to be asked, or a folder with it.
const reportFlag = "report"

func newRoot() *cobra.Command {
	var corpus corpusFlags
	root := &cobra.Command{
		Use:   "wenbao",
		Short: "用政府报告的原话回答问题",
		Long: `wenbao（问报）用政府报告的原话和数据回答问题，每句都注明章节；报告里没有的，直说没有。
一份报告，或者很多份（几个 --report，或 --index）都可以问。

在终端里单独运行就开始对话；标准输入不是终端时，一行一个问题，逐行回答。`,
		Example: `  wenbao
  wenbao ask {问题}
  echo {问题} | wenbao
  wenbao --report 政府工作报告.docx
  wenbao --report 各年的报告/
  wenbao --index 索引`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			message := fmt.Sprintf("没有“%s”这个命令；提问请用 wenbao ask 问题", args[0])
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				message += "，或者您要的是 wenbao " + strings.Join(near, "、")
			}
			return errors.New(message + "；命令见 wenbao --help")
		},
		RunE:          func(cmd *cobra.Command, _ []string) error { return chat(cmd, corpus) },
		SilenceErrors: true, // main says them
		SilenceUsage:  true,
		Version:       programVersion(),
	}
	root.PersistentFlags().StringArray(reportFlag, nil, "换成别的报告：`PATH` 是文件（文本、Markdown、网页、Word 的 .docx、PDF）或文件夹；可以写几次，读到几份就问几份（不写就是内置的报告）")
	corpus.add(root, answerFromIndex)
	root.AddCommand(newAsk(), newBatch(), newBench(), newChart(), newChat(), newEval(), newFigures(), newIndex(), newReports(), newSections(), newTelegram(), newVersion())
	inChinese(root)
	return root
}

// answerFromIndex is the help of --index for the commands that answer.
const answerFromIndex = "从索引 `INDEX` 里的报告回答（用 wenbao index 建；索引更新了，不用重新运行）"

// openReport opens the report for the commands that take but one.
func openReport(cmd *cobra.Command) (*content.Report, error) {
	reports, err := loadReports(cmd)
	if err != nil {
		return nil, err
	}
	if len(reports) > 1 {
		return nil, fmt.Errorf("读到 %d 份报告，%s 一次只看一份；请在 --%s 后面写一个文件", len(reports), cmd.CommandPath(), reportFlag)
	}
	return reports[0], nil
}

// loadReports is the one place where reports are loaded: those of --report, or the embedded one. There is at least one.
func loadReports(cmd *cobra.Command) ([]*content.Report, error) {
	paths, err := cmd.Flags().GetStringArray(reportFlag)
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		report, err := content.Embedded()
		if err != nil {
			return nil, fmt.Errorf("打不开内置的报告：%w", err)
		}
		return []*content.Report{report}, nil
	}
	reports, problems := content.LoadAll(cmd.Context(), paths...)
	switch {
	case len(reports) == 0 && len(problems) == 1 && errors.Is(problems[0], fs.ErrNotExist):
		return nil, fmt.Errorf("没有 %s 这个文件或文件夹，请检查 --%s 后面的路径", problems[0].Path, reportFlag)
	case len(reports) == 0 && len(problems) == 1:
		return nil, fmt.Errorf("打不开报告：%w", problems[0])
	}
	warn(cmd, problems)
	if len(reports) == 0 {
		return nil, fmt.Errorf("一份报告也没有读到；请检查 --%s 后面的路径", reportFlag)
	}
	return reports, nil
}

// warn says which files could not be read, while the others go on.
func warn(cmd *cobra.Command, problems []content.Problem) {
	if len(problems) == 0 {
		return
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "有 %d 个文件没有读：\n", len(problems))
	for _, problem := range problems {
		fmt.Fprintln(cmd.ErrOrStderr(), "  "+printable(problem.Error()))
	}
}

// openEngine opens the report to be asked, for the commands that take but one.
func openEngine(cmd *cobra.Command) (*answers.Engine, error) {
	report, err := openReport(cmd)
	if err != nil {
		return nil, err
	}
	return answers.New(report), nil
}

// ask answers the last of the turns of a conversation.
func ask(ctx context.Context, b *bot.Bot, turns []string) (answers.Answer, error) {
	var conversation answers.Conversation
	var answer answers.Answer
	var err error
	for _, turn := range turns {
		if answer, err = b.Ask(ctx, &conversation, turn); ctx.Err() != nil {
			break
		}
	}
	if errors.Is(err, answers.ErrEmpty) {
		err = errors.New("问题里没有文字，请写上要问的内容")
	}
	return answer, err
}

// writeJSON writes a value on a line of its own, with <, > and & as they are: this is no web page.
func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// inChinese makes what cobra itself says Chinese, and puts questions that the report answers into the examples.
func inChinese(root *cobra.Command) {
	root.SetHelpCommand(newHelp())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetUsageTemplate(usageTemplate)
	root.SetFlagErrorFunc(flagError)
	showHelp := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		cmd.Example = strings.ReplaceAll(cmd.Example, "{问题}", exampleQuestion())
		showHelp(cmd, args)
	})
	root.Flags().BoolP("version", "v", false, "显示版本")
	for _, cmd := range append(root.Commands(), root) {
		cmd.DisableFlagsInUseLine = true
		cmd.Flags().BoolP("help", "h", false, "显示帮助")
		cmd.Flags().VisitAll(sayDefault)
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Short = "生成 shell 的补全脚本"
		cmd.Long = "生成 shell 的补全脚本。"
		cmd.Example = "  source <(wenbao completion bash)"
		cmd.Args = nil
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("没有“%s”的补全脚本；有 bash、zsh、fish 和 powershell 的", args[0])
			}
			return cmd.Help()
		}
		for _, shell := range cmd.Commands() {
			shell.DisableFlagsInUseLine = true
			shell.Short = shell.Name() + " 的补全脚本"
			shell.Long = "生成 " + shell.Name() + " 的补全脚本。"
			shell.Flags().BoolP("help", "h", false, "显示帮助")
			if flag := shell.Flags().Lookup("no-descriptions"); flag != nil {
				flag.Usage = "补全时不带说明"
			}
		}
	}
}

// sayDefault says what a flag is where it is not given, in place of pflag's English.
func sayDefault(flag *pflag.Flag) {
	nothing := ""
	switch flag.Value.Type() {
	case "string":
	case "int":
		nothing = "0"
	default:
		return
	}
	if flag.DefValue != nothing {
		flag.Usage += "（不写就是 " + flag.DefValue + "）"
		flag.DefValue = nothing
	}
}

func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [命令]",
		Short: "某个命令的帮助",
		Long:  "显示一个命令的帮助。",
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return fmt.Errorf("没有“%s”这个命令；命令见 wenbao --help", strings.Join(args, " "))
			}
			return target.Help()
		},
	}
}

// exampleQuestion is a question for the examples of the help.
func exampleQuestion() string { return content.EmbeddedExamples()[0] }

func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var badValue *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedShortnames()
		}
		err = fmt.Errorf("没有 %s 这个选项", name)
	case errors.As(err, &noValue):
		err = fmt.Errorf("--%s 后面要有一个值", noValue.GetFlag().Name)
	case errors.As(err, &badValue):
		err = fmt.Errorf("--%s 的值“%s”不对", badValue.GetFlag().Name, badValue.GetValue())
	}
	return fmt.Errorf("%w；用法见 %s --help", err, cmd.CommandPath())
}

// noArguments is cobra.NoArgs in Chinese.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s 后面不要写“%s”；用法见 %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	return nil
}

const usageTemplate = `用法：{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [命令]{{end}}{{if .HasExample}}

例子：
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

通用选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

某个命令的帮助：{{.CommandPath}} 命令 --help{{end}}
`
