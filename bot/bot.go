// Package bot routes a message to a reply and keeps what was said.
//
// A message comes in through [Bot.Reply] together with the [Session] of its asker; a [Reply] goes out, styled text that
// knows no platform. The chats under bot/ show replies, each in its own way.
//
//	b := bot.New(engine)
//	var session bot.Session
//	reply, err := b.Reply(ctx, &session, "/目录")
//	fmt.Println(reply.Text())
//
// [Bot.Ask] answers one question without the commands, for callers that need the answer itself rather than its look.
package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"

	"wenbao/answers"
	"wenbao/content"
)

// maxSuggestions is how many suggestions a reply holds: as many as one digit picks at a glance.
const maxSuggestions = 3

// Bot answers messages over one report. It is safe for concurrent use.
type Bot struct {
	engine *answers.Engine
}

// New makes a bot that answers from an engine.
func New(engine *answers.Engine) *Bot { return &Bot{engine: engine} }

// Report is the report that the bot answers from.
func (b *Bot) Report() *content.Report { return b.engine.Report() }

// Session is what one asker has said and been offered. The zero value is a new one. Two goroutines must not use it at
// once.
type Session struct {
	conversation answers.Conversation
	suggestions  []string
}

// Reply answers a message: a command, a digit that picks a suggestion of the reply before, or a question. Whatever is
// wrong with the message is said in the reply; the error is the context's.
func (b *Bot) Reply(ctx context.Context, session *Session, message string) (Reply, error) {
	message = Clean(message)
	var picked []Line
	for i, suggestion := range session.suggestions {
		if norm.NFKC.String(message) == strconv.Itoa(i+1) {
			message = suggestion
			picked = []Line{note("问：" + suggestion), {}}
			break
		}
	}
	if len(picked) == 0 && isChoice(message) {
		return Reply{Lines: []Line{note("没有这个选项，请直接打字提问。")}, Suggestions: session.suggestions}, nil
	}
	reply, isCommand := b.command(message)
	if reply.examples {
		reply.Suggestions = b.examples(ctx)
	}
	if !isCommand {
		answer, err := b.Ask(ctx, &session.conversation, message)
		switch {
		case errors.Is(err, answers.ErrEmpty):
			reply = Reply{Lines: []Line{note("请用文字问一个关于这份报告的问题。")}, Suggestions: b.examples(ctx)}
		case err != nil:
			return Reply{}, err
		default:
			suggestions, err := b.engine.Suggest(ctx, answer)
			if err != nil {
				return Reply{}, err
			}
			reply = Reply{Lines: b.layout(answer), Suggestions: suggestions, Answer: &answer}
		}
	}
	reply.Lines = append(picked, reply.Lines...)
	reply.Suggestions = reply.Suggestions[:min(len(reply.Suggestions), maxSuggestions)]
	session.suggestions = reply.Suggestions
	return reply, nil
}

// isChoice tells whether a message is a lone digit, which picks a suggestion and asks for nothing.
func isChoice(message string) bool {
	digit := norm.NFKC.String(message)
	return len(digit) == 1 && digit[0] >= '0' && digit[0] <= '9'
}

// Ask answers a question within a conversation (nil for a question that stands alone) and fills in the answer's Text.
// The error is answers.ErrEmpty or the context's.
func (b *Bot) Ask(ctx context.Context, conversation *answers.Conversation, question string) (answers.Answer, error) {
	question = Clean(question)
	answer, err := b.engine.Answer(ctx, conversation, question)
	if err != nil {
		return answers.Answer{}, err
	}
	answer.Text = b.Format(answer).Text()
	return answer, nil
}

// Clean makes a message safe to show: terminal escape sequences, control characters, invisible marks (which can turn the
// direction of a line around) and broken UTF-8 are gone, white space is single blanks.
func Clean(message string) string {
	message = ansi.Strip(strings.ToValidUTF8(message, ""))
	message = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co), r == utf8.RuneError:
			return -1
		}
		return r
	}, message)
	return strings.Join(strings.Fields(message), " ")
}
