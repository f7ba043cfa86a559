package bot

import (
	"context"
	"fmt"
	"strings"
)

// command is something to do other than answering a question.
type command struct {
	name, twin string // /目录 and /sections
	what       string // for the help
	takesLabel bool
	run        func(b *Bot, label string) Reply
}

// commands lists the commands in the order of the help. It is a function because help, which is one of them, reads it.
func commands() []command {
	return []command{
		{"/目录", "/sections", "报告的章节", false, (*Bot).outline},
		{"/数据", "/figures", "报告里的数据", true, (*Bot).figures},
		{"/原文", "/section", "某一节的原文", true, (*Bot).section},
		{"/帮助", "/help", "这段说明", false, (*Bot).help},
		{"/退出", "/quit", "离开", false, (*Bot).leave},
	}
}

// command runs the command that a message names. A Chinese keyboard types ／ or 、 where a Latin one types /, and a label
// may follow a Chinese name without a blank.
func (b *Bot) command(message string) (reply Reply, isCommand bool) {
	slashed := message
	for _, key := range []string{"／", "、"} {
		if typed, found := strings.CutPrefix(message, key); found {
			slashed = "/" + typed
		}
	}
	if !strings.HasPrefix(slashed, "/") {
		return Reply{}, false
	}
	name, label, _ := strings.Cut(slashed, " ")
	for _, command := range commands() {
		if strings.EqualFold(name, command.twin) || name == command.name {
			return command.run(b, strings.TrimSpace(label)), true
		}
		if label, found := strings.CutPrefix(slashed, command.name); found && command.takesLabel {
			return command.run(b, strings.TrimSpace(label)), true
		}
	}
	if slashed != message {
		return Reply{}, false // a question that happens to begin with the mark
	}
	reply = b.help("")
	reply.Lines = append([]Line{note("没有这个命令。"), {}}, reply.Lines...)
	return reply, true
}

// Complete gives the messages that begin with what has been typed: commands, and section labels behind those that take
// one.
func (b *Bot) Complete(typed string) []string {
	if !strings.HasPrefix(typed, "/") {
		return nil
	}
	var completions []string
	add := func(message string) {
		if strings.HasPrefix(message, typed) {
			completions = append(completions, message)
		}
	}
	for _, command := range commands() {
		for _, name := range []string{command.name, command.twin} {
			if typed == "/" && name == command.twin {
				continue // once is enough until somebody types Latin letters
			}
			if !command.takesLabel || !strings.HasPrefix(typed, name+" ") {
				add(name)
				continue
			}
			for _, section := range b.engine.Report().Sections {
				add(name + " " + section.Label)
			}
		}
	}
	return completions
}

func (b *Bot) outline(string) Reply {
	return Reply{Lines: append(Outline(b.engine.Report()), Line{}, note("看某一节："+b.sample("/原文")))}
}

func (b *Bot) section(label string) Reply {
	section := b.engine.Report().Section(label)
	if section == nil {
		return b.unknownSection("/原文", label)
	}
	return Reply{Lines: Part(b.engine.Report(), section)}
}

// figures lists the figures of a section. A report holds hundreds, so without a label it says where they are.
func (b *Bot) figures(label string) Reply {
	report := b.engine.Report()
	if label == "" {
		return b.figureCounts()
	}
	section := report.Section(label)
	if section == nil {
		return b.unknownSection("/数据", label)
	}
	return Reply{Lines: Figures(report, section)}
}

func (b *Bot) figureCounts() Reply {
	report := b.engine.Report()
	counts, total := FigureCounts(report)
	reply := Reply{Lines: []Line{{{fmt.Sprintf("%s：%d 项数据", report.Title, total), Heading}}}}
	for _, section := range report.Sections {
		if counts[section] > 0 {
			reply.Lines = append(reply.Lines, append(entry(section), Run{fmt.Sprintf(" %d 项", counts[section]), Citation}))
		}
	}
	reply.Lines = append(reply.Lines, Line{}, note("看某一节的数据："+b.sample("/数据")))
	return reply
}

// unknownSection says which labels there are.
func (b *Bot) unknownSection(name, label string) Reply {
	said := "没有这一节。"
	if label == "" {
		said = "要看哪一节？"
	}
	var labels []string
	for _, section := range b.engine.Report().Sections {
		labels = append(labels, section.Label)
	}
	return Reply{Lines: []Line{
		note(said + "请在后面写上章节号，如 " + b.sample(name)),
		note("章节号：" + strings.Join(labels, " ")),
	}}
}

// sample is a command as one could type it, with the label of a section that has a number.
func (b *Bot) sample(name string) string {
	label := ""
	for _, section := range b.engine.Report().Sections {
		if label == "" || section.Level > 1 {
			label = section.Label
		}
		if section.Level > 1 {
			break
		}
	}
	return name + " " + label
}

func (b *Bot) help(string) Reply {
	reply := Reply{
		Lines: []Line{
			note("我用《" + b.engine.Report().Title + "》的原话回答问题，并注明出处；报告里没有的，我会直说。"),
			note("直接打字提问即可，也可以接着上一个问题追问。"),
			{},
		},
		examples: true,
	}
	for _, command := range commands() {
		label := ""
		if command.takesLabel {
			label = " 章节号"
		}
		reply.Lines = append(reply.Lines, Line{{command.name + label, Heading}, {"  " + command.what + "（" + command.twin + "）", Plain}})
	}
	return reply
}

// Greeting opens a chat.
func (b *Bot) Greeting(ctx context.Context, session *Session) Reply {
	reply := Reply{
		Lines: []Line{
			{{b.engine.Report().Title, Heading}},
			note("直接打字提问，我用报告的原话回答。/帮助 看用法，/退出 离开。"),
		},
		Suggestions: b.examples(ctx),
	}
	session.suggestions = reply.Suggestions
	return reply
}

func (b *Bot) leave(string) Reply { return Reply{Lines: []Line{note("再见。")}, Leave: true} }

// examples are questions that show what can be asked.
func (b *Bot) examples(ctx context.Context) []string {
	examples, err := b.engine.Examples(ctx)
	if err != nil {
		return nil // only the context can be at fault, and the next question will say so
	}
	return examples[:min(len(examples), maxSuggestions)]
}
