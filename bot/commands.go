package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"wenbao/answers"
	"wenbao/content"
)

// command is something to do other than answering a question.
type command struct {
	name, twin string // /目录 and /sections
	what       string // for the help
	takes      string // what may follow the name, for the help; "" for nothing
	overMany   bool   // is only there where there are many reports
	run        func(b *Bot, c call) Reply
}

// call is a command with what was said behind it.
type call struct {
	ctx     context.Context
	session *Session
	said    string
}

// What may follow the name of a command.
const (
	takesLabel  = "章节号"
	takesReport = "地方或年份"
)

// allCommands lists the commands in the order of the help. It is a function because help, which is one of them, reads it.
func allCommands() []command {
	return []command{
		{"/报告", "/reports", "有哪些报告，或选定一份", takesReport, true, (*Bot).reports},
		{"/目录", "/sections", "报告的章节", "", false, (*Bot).outline},
		{"/数据", "/figures", "报告里的数据", takesLabel, false, (*Bot).figures},
		{"/原文", "/section", "某一节的原文", takesLabel, false, (*Bot).section},
		{"/帮助", "/help", "这段说明", "", false, (*Bot).help},
		{"/退出", "/quit", "离开", "", false, (*Bot).leave},
	}
}

// commands lists those that the bot has.
func (b *Bot) commands() []command {
	return slices.DeleteFunc(allCommands(), func(c command) bool { return c.overMany && b.report != nil })
}

// command runs the command that a message names. A Chinese keyboard types ／ or 、 where a Latin one types /, and a label
// may follow a Chinese name without a blank.
func (b *Bot) command(ctx context.Context, session *Session, message string) (reply Reply, isCommand bool) {
	slashed := message
	for _, key := range []string{"／", "、"} {
		if typed, found := strings.CutPrefix(message, key); found {
			slashed = "/" + typed
		}
	}
	if !strings.HasPrefix(slashed, "/") {
		return Reply{}, false
	}
	name, said, _ := strings.Cut(slashed, " ")
	for _, command := range b.commands() {
		if strings.EqualFold(name, command.twin) || name == command.name {
			return command.run(b, call{ctx, session, strings.TrimSpace(said)}), true
		}
		if said, found := strings.CutPrefix(slashed, command.name); found && command.takes != "" {
			return command.run(b, call{ctx, session, strings.TrimSpace(said)}), true
		}
	}
	if slashed != message {
		return Reply{}, false // a question that happens to begin with the mark
	}
	reply = b.help(call{ctx, session, ""})
	reply.Lines = append([]Line{note("没有这个命令。"), {}}, reply.Lines...)
	return reply, true
}

// Complete gives the messages that begin with what has been typed: commands, and behind those that take one the section
// labels of the report that they would be about.
func (b *Bot) Complete(ctx context.Context, session *Session, typed string) []string {
	if !strings.HasPrefix(typed, "/") {
		return nil
	}
	var completions []string
	add := func(message string) {
		if strings.HasPrefix(message, typed) {
			completions = append(completions, message)
		}
	}
	for _, command := range b.commands() {
		for _, name := range []string{command.name, command.twin} {
			if typed == "/" && name == command.twin {
				continue // once is enough until somebody types Latin letters
			}
			if command.takes != takesLabel || !strings.HasPrefix(typed, name+" ") {
				add(name)
				continue
			}
			report, _ := b.chosen(call{ctx: ctx, session: session})
			if report == nil {
				continue // the command will say what to do
			}
			for _, section := range report.Sections {
				add(name + " " + section.Label)
			}
		}
	}
	return completions
}

// chosen is the report that commands are about: the only one, or the one of many that was chosen or quoted last. Where there
// is none, the reply asks for it.
func (b *Bot) chosen(c call) (*content.Report, Reply) {
	if b.report != nil {
		return b.report, Reply{}
	}
	if c.session.report == "" {
		return nil, Reply{Lines: []Line{note("先选一份报告：/报告 后面写上地方和年份，如 " + b.sampleReport())}}
	}
	report, err := b.source.Open(c.ctx, c.session.report)
	if Unavailable(err) {
		return nil, Reply{Lines: []Line{note(Apology(err))}}
	}
	if err != nil {
		return nil, Reply{Lines: []Line{note("打不开这份报告，请用 /报告 另选一份。")}}
	}
	return report, Reply{}
}

// mostListed is how many reports a reply lists.
const mostListed = 20

// reports lists the reports, or those that words name; one that is named alone is chosen.
func (b *Bot) reports(c call) Reply {
	reports := b.source.Find(c.said)
	switch {
	case len(reports) == 0:
		return Reply{Lines: []Line{note("没有这样的报告。/报告 看有哪些。")}}
	case len(reports) == 1 && c.said != "":
		c.session.report = reports[0].Key
		return Reply{Lines: []Line{
			{{answers.ReportName(reports[0]), Heading}}, note("选好了。/目录 看章节，/原文 后面写上章节号看原文，提问照旧。"),
		}}
	}
	reply := Reply{Lines: []Line{{{fmt.Sprintf("%d 份报告", len(reports)), Heading}}}}
	for _, name := range ReportNames(reports)[:min(len(reports), mostListed)] {
		reply.Lines = append(reply.Lines, Line{{"· ", Number}, {name, Plain}})
	}
	if len(reports) > mostListed {
		reply.Lines = append(reply.Lines, note("……新的在前，还有一些没有列出。"))
	}
	reply.Lines = append(reply.Lines, Line{}, note("选一份：/报告 后面写上地方和年份，如 "+b.sampleReport()))
	return reply
}

// sampleReport is a command that chooses a report.
func (b *Bot) sampleReport() string {
	for _, report := range b.source.Reports() {
		if report.Place != "" && report.Year > 0 {
			return fmt.Sprintf("/报告 %s%d", report.Place, report.Year)
		}
	}
	return "/报告 题目里的字"
}

func (b *Bot) outline(c call) Reply {
	report, reply := b.chosen(c)
	if report == nil {
		return reply
	}
	return Reply{Lines: append(Outline(report), Line{}, note("看某一节："+sample(report, "/原文")))}
}

func (b *Bot) section(c call) Reply {
	report, reply := b.chosen(c)
	if report == nil {
		return reply
	}
	section := report.Section(c.said)
	if section == nil {
		return unknownSection(report, "/原文", c.said)
	}
	return Reply{Lines: Part(report, section)}
}

// figures lists the figures of a section. A report holds hundreds, so without a label it says where they are.
func (b *Bot) figures(c call) Reply {
	report, reply := b.chosen(c)
	if report == nil {
		return reply
	}
	if c.said == "" {
		return figureCounts(report)
	}
	section := report.Section(c.said)
	if section == nil {
		return unknownSection(report, "/数据", c.said)
	}
	return Reply{Lines: Figures(report, section)}
}

func figureCounts(report *content.Report) Reply {
	counts, total := FigureCounts(report)
	reply := Reply{Lines: []Line{{{fmt.Sprintf("%s：%d 项数据", report.Title, total), Heading}}}}
	for _, section := range report.Sections {
		if counts[section] > 0 {
			reply.Lines = append(reply.Lines, append(entry(section), Run{fmt.Sprintf(" %d 项", counts[section]), Citation}))
		}
	}
	reply.Lines = append(reply.Lines, Line{}, note("看某一节的数据："+sample(report, "/数据")))
	return reply
}

// unknownSection says which labels there are.
func unknownSection(report *content.Report, name, label string) Reply {
	said := "没有这一节。"
	if label == "" {
		said = "要看哪一节？"
	}
	var labels []string
	for _, section := range report.Sections {
		labels = append(labels, section.Label)
	}
	return Reply{Lines: []Line{
		note(said + "请在后面写上章节号，如 " + sample(report, name)),
		note("章节号：" + strings.Join(labels, " ")),
	}}
}

// sample is a command as one could type it, with the label of a section that has a number.
func sample(report *content.Report, name string) string {
	label := ""
	for _, section := range report.Sections {
		if label == "" || section.Level > 1 {
			label = section.Label
		}
		if section.Level > 1 {
			break
		}
	}
	return name + " " + label
}

func (b *Bot) help(call) Reply {
	reply := Reply{Lines: []Line{note(b.Self())}, examples: true}
	if b.report == nil {
		reply.Lines = append(reply.Lines, note("问题里写上地方和年份，如"+b.sampleQuestions()+"。"))
	}
	reply.Lines = append(reply.Lines, note("直接打字提问即可，也可以接着上一个问题追问。"), Line{})
	for _, command := range b.commands() {
		said := ""
		if command.takes != "" {
			said = " " + command.takes
		}
		reply.Lines = append(reply.Lines, Line{{command.name + said, Heading}, {"  " + command.what + "（" + command.twin + "）", Plain}})
	}
	return reply
}

// Self is what the bot says of itself.
func (b *Bot) Self() string {
	name := b.Name()
	if b.report == nil {
		name = " " + name
	}
	return "我用" + name + "的原话回答问题，并注明出处；报告里没有的，我会直说。"
}

// Name is what the bot answers from: the report's title, or how many reports there are.
func (b *Bot) Name() string {
	if b.report != nil {
		return "《" + b.report.Title + "》"
	}
	return fmt.Sprintf("%d 份报告", len(b.source.Reports()))
}

// Heading is the name without the marks of a title.
func (b *Bot) Heading() string {
	if b.report != nil {
		return b.report.Title
	}
	return b.Name()
}

// sampleQuestions shows how a question names a report and how it is followed up.
func (b *Bot) sampleQuestions() string {
	for _, report := range b.source.Reports() {
		if report.Place != "" && report.Year > 0 {
			return fmt.Sprintf("“%s%d年生产总值增长多少”，接着“那前年呢”“历年呢”", report.Place, report.Year)
		}
	}
	return "“2021年生产总值增长多少”，接着“那前年呢”“历年呢”"
}

// Greeting opens a chat.
func (b *Bot) Greeting(ctx context.Context, session *Session) Reply {
	reply := Reply{
		Lines: []Line{
			{{b.Heading(), Heading}},
			note("直接打字提问，我用报告的原话回答。/帮助 看用法，/退出 离开。"),
		},
		Suggestions: b.Examples(ctx),
	}
	session.suggestions = reply.Suggestions
	return reply
}

func (b *Bot) leave(call) Reply { return Reply{Lines: []Line{note("再见。")}, Leave: true} }

// Examples are up to three questions that show what can be asked.
func (b *Bot) Examples(ctx context.Context) []string {
	examples, err := b.source.Examples(ctx)
	if err != nil {
		return nil // only the context can be at fault, and the next question will say so
	}
	return examples[:min(len(examples), maxSuggestions)]
}
