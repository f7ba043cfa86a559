package telegram

import (
	"context"
	"fmt"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/bot"
)

// The commands. In a private chat they have Chinese names too, as in other chats.
const (
	commandStart    = "start"
	commandAsk      = "ask"
	commandChart    = "chart"
	commandSections = "sections"
	commandFigures  = "figures"
	commandHelp     = "help"
	commandAbout    = "about"
)

// command is a command as Telegram's menus show it.
type command struct {
	name, what string
	inGroups   bool     // shown in the menus of groups too
	chinese    []string // names that Telegram takes for no command
}

var commandList = []command{
	{commandStart, "从头开始，看几个例子", false, nil},
	{commandAsk, "提问：/ask 后面写上问题", true, nil},
	{commandChart, "画成图：/chart 后面写上问题", true, []string{"图表", "画图"}},
	{commandSections, "报告的章节", true, []string{"目录", "原文"}},
	{commandFigures, "报告里的数据", true, []string{"数据"}},
	{commandHelp, "怎样使用", true, []string{"帮助"}},
	{commandAbout, "关于这个机器人", true, nil},
}

// setCommands sets the commands in the menus: of private chats, of groups, and of what else there may be. A bot without
// menus is a bot all the same, so only what ends the run is an error.
func (b *Bot) setCommands(ctx context.Context) error {
	var everywhere, groups []tgbotapi.BotCommand
	for _, c := range commandList {
		shown := tgbotapi.BotCommand{Command: c.name, Description: c.what}
		everywhere = append(everywhere, shown)
		if c.inGroups {
			groups = append(groups, shown)
		}
	}
	for _, menu := range []struct {
		scope    tgbotapi.BotCommandScope
		commands []tgbotapi.BotCommand
	}{
		{tgbotapi.NewBotCommandScopeDefault(), everywhere},
		{tgbotapi.NewBotCommandScopeAllPrivateChats(), everywhere},
		{tgbotapi.NewBotCommandScopeAllGroupChats(), groups},
	} {
		params := tgbotapi.Params{"commands": jsonParam(menu.commands), "scope": jsonParam(menu.scope)}
		if err := b.answerQuery(ctx, "setMyCommands", params); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

// command answers a command.
func (b *Bot) command(ctx context.Context, said addressed) outgoing {
	switch said.command {
	case commandStart:
		return b.start(ctx, said.text)
	case commandSections:
		return b.section(said.text, showSection, showOutline)
	case commandFigures:
		return b.section(said.text, showFigures, showCounts)
	case commandHelp:
		return b.help(ctx)
	case commandAbout:
		return b.about()
	}
	out := b.help(ctx)
	out.html = "没有这个命令。\n\n" + out.html
	return out
}

// start greets, or opens what a link points at.
func (b *Bot) start(ctx context.Context, text string) outgoing {
	greeting := outgoing{
		html: "<b>" + escaper.Replace(b.replies.Heading()) + "</b>\n" +
			"直接打字提问，我用报告的原话回答，并注明出处；报告里没有的，我会直说。/help 看用法。\n比如：",
		keyboard: b.links.questions(b.replies.Examples(ctx)),
	}
	if text == "" || text == startFromInline {
		return greeting
	}
	p, view, err := b.decoded(text)
	if err == nil {
		if shown, ok := b.opened(view, p); ok {
			return shown
		}
	} else if bot.Unavailable(err) {
		return outgoing{html: b.apology(err)}
	}
	greeting.html = "这个链接来自旧的版本或另一份报告，打不开了。\n\n" + greeting.html
	return greeting
}

// opened is what a payload shows as a message of its own.
func (b *Bot) opened(view *view, p payload) (outgoing, bool) {
	if view.reportIndex == nil {
		return outgoing{}, false
	}
	if p.action != showPassage {
		return b.page(view, p)
	}
	passage, ok := view.passage(p.number(0), p.number(1)-p.number(0), 0)
	if !ok {
		return outgoing{}, false
	}
	out := outgoing{html: paged([]block{b.passageBlock("", passage)})[0]}
	if section := view.sectionOf(passage); section != nil {
		out.keyboard = keyboard{view.links.button(labelSection, payload{openSection, []int{section.Span.Start}})}
	}
	return out, true
}

// section is the section that a label names, or all of them; of many reports, those of the one that is named before it.
func (b *Bot) section(said string, one, all action) outgoing {
	if b.views.own.reportIndex == nil {
		return b.picked(bot.Clean(said), one, all)
	}
	return b.sectionIn(b.views.own, bot.Clean(said), one, all)
}

// sectionIn is the section of a report that a label names, or all of them where there is no label.
func (b *Bot) sectionIn(view *view, label string, one, all action) outgoing {
	if label != "" {
		if section := view.report.Section(label); section != nil {
			out, _ := b.page(view, payload{one, []int{section.Span.Start}})
			return out
		}
	}
	out, _ := b.page(view, payload{all, []int{0}})
	if label != "" {
		out.html = "没有这一节。\n\n" + out.html
	}
	return out
}

// picked shows the one of many reports that words name, or lists those that they do. A section's label may follow the words.
func (b *Bot) picked(words string, one, all action) outgoing {
	find := b.replies.Source().Find
	found, label := find(words), ""
	if cut := strings.LastIndexByte(words, ' '); len(found) == 0 && cut > 0 {
		found, label = find(words[:cut]), words[cut+1:]
	}
	switch len(found) {
	case 0:
		out := b.listed(b.replies.Source().Reports(), all)
		out.html = "没有这样的报告。\n\n" + out.html
		return out
	case 1:
		view, err := b.views.open(found[0])
		if err != nil {
			return outgoing{html: b.apology(err)}
		}
		return b.sectionIn(view, label, one, all)
	}
	return b.listed(found, all)
}

// typedCommand takes a command apart that Telegram did not mark: a Chinese name, behind the / of either width. The
// command is "" where there is none, and the whole text where there is no such command.
func typedCommand(text string) (command, label string) {
	typed, slashed := strings.CutPrefix(strings.Replace(text, "／", "/", 1), "/")
	if !slashed {
		return "", ""
	}
	for _, c := range commandList {
		for _, name := range append(c.chinese, c.name) {
			if label, found := strings.CutPrefix(typed, name); found {
				return c.name, strings.TrimSpace(label)
			}
		}
	}
	return text, ""
}

func (b *Bot) help(ctx context.Context) outgoing {
	var m markup
	name := "@" + b.self.UserName
	m.text(b.replies.Self() + "\n\n")
	m.bold("私聊")
	m.text("：直接打字提问，也可以接着上一个问题追问。改了问题，答案也跟着改。\n")
	m.bold("群里")
	m.text("：/ask 加上问题，或提到 " + name + "，或回复我的消息。\n")
	m.bold("任何聊天")
	m.text("：输入 " + name + " 和几个词，选一条答案发出去。\n")
	for _, c := range commandList {
		m.text("\n/" + c.name + " " + c.what)
	}
	return outgoing{html: m.html.String(), keyboard: b.links.questions(b.replies.Examples(ctx))}
}

func (b *Bot) about() outgoing {
	var m markup
	m.bold("问报")
	m.text(strings.TrimRight(" "+b.config.Version, " ") + "\n")
	if report := b.replies.Report(); report != nil {
		_, figures := bot.FigureCounts(report)
		m.text("只用一份政府报告的原话回答问题，每句注明出处。没有语言模型，不会编造。\n\n")
		m.text(fmt.Sprintf("报告：%s（%d 节，%d 句，%d 项数据）\n", report.Title, len(report.Sections), len(b.views.own.sentences), figures))
	} else {
		m.text("只用政府报告的原话回答问题，每句注明出处。没有语言模型，不会编造。\n\n")
		m.text(fmt.Sprintf("报告：%d 份，/sections 看有哪些\n", len(b.replies.Source().Reports())))
	}
	m.text("对话在半小时没有新问题后忘掉。")
	if b.config.LogQuestions {
		m.text("您的问题会写进这个机器人的日志。")
	}
	return outgoing{html: m.html.String()}
}
