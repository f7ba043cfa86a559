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
// It answers from one report or from many, which is up to its [Source]: an engine, or a library.
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
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/text/unicode/norm"

	"wenbao/answers"
	"wenbao/content"
)

// maxSuggestions is how many suggestions a reply holds: as many as one digit picks at a glance.
const maxSuggestions = 3

// Bounds of what is kept because it is asked for again and again.
const (
	mostSuggested = 1024 // places of the report with their suggestions
	mostAlone     = 1024 // questions that stand alone, with their answers
	longestKept   = 256  // bytes of such a question
)

// Source is what a bot answers from: an [answers.Engine] over one report, an [answers.Library] or an [answers.Follower] over
// many. It is safe for concurrent use.
type Source interface {
	// Answer answers a question within a conversation; nil is a question that stands alone.
	Answer(ctx context.Context, conversation *answers.Conversation, question string) (answers.Answer, error)
	// Suggest offers questions that lie near an answer, Examples some that show what can be asked.
	Suggest(ctx context.Context, answer answers.Answer) ([]string, error)
	Examples(ctx context.Context) ([]string, error)
	// Reports lists the reports, the newest first; a single report has no key. Find lists those that words name.
	Reports() []answers.ReportInfo
	Find(words string) []answers.ReportInfo
	// Open gives the report of a key.
	Open(ctx context.Context, key string) (*content.Report, error)
}

// Bot answers messages over one report or many. It is safe for concurrent use.
type Bot struct {
	source Source
	report *content.Report // the only one; nil where there are many
	// suggested keeps what is suggested behind an answer: every suggestion is tried, which takes ten times as long as the
	// answer itself, and depends on nothing but the answer's place.
	suggested *lru.Cache[string, []string]
	// alone keeps answers to questions that stand alone: the report does not change, and people ask alike. Of many reports,
	// which may change, it keeps none.
	alone *lru.Cache[string, answers.Answer]
	// sections are the only report's, by the labels that passages give.
	sections map[string]*content.Section
}

// New makes a bot that answers from a source.
func New(source Source) *Bot {
	suggested, err := lru.New[string, []string](mostSuggested)
	if err != nil {
		panic(err) // the size is positive
	}
	alone, err := lru.New[string, answers.Answer](mostAlone)
	if err != nil {
		panic(err) // the size is positive
	}
	b := &Bot{source: source, suggested: suggested, alone: alone, sections: make(map[string]*content.Section)}
	if one, ok := source.(interface{ Report() *content.Report }); ok {
		b.report = one.Report()
		for _, section := range b.report.Sections {
			if _, known := b.sections[section.Label]; !known {
				b.sections[section.Label] = section
			}
		}
	}
	return b
}

// Section is the section that a passage stands in, where there is one report; nil for a passage of another.
func (b *Bot) Section(passage answers.Passage) *content.Section {
	if passage.Key != "" {
		return nil
	}
	return b.sections[passage.Section.Label]
}

// Report is the only report that the bot answers from, or nil where there are many.
func (b *Bot) Report() *content.Report { return b.report }

// Source is what the bot answers from.
func (b *Bot) Source() Source { return b.source }

// Session is what one asker has said and been offered. The zero value is a new one. Two goroutines must not use it at
// once.
type Session struct {
	conversation answers.Conversation
	suggestions  []string
	report       string // key of the one of many reports that was chosen, or quoted last
}

// Reply answers a message: a command, a digit that picks a suggestion of the reply before, or a question. Whatever is
// wrong with the message is said in the reply. The error is the context's or that of an index which could not be read, for
// which [Apology] has words; the message can be sent again then, after what was said before it.
func (b *Bot) Reply(ctx context.Context, session *Session, message string) (Reply, error) {
	message = Clean(message)
	picked := ""
	for i, suggestion := range session.suggestions {
		if norm.NFKC.String(message) == strconv.Itoa(i+1) {
			message, picked = suggestion, suggestion
			break
		}
	}
	if picked == "" && isChoice(message) {
		return Reply{Lines: []Line{note("没有这个选项，请直接打字提问。")}, Suggestions: session.suggestions}, nil
	}
	reply, isCommand := b.command(ctx, session, message)
	if reply.examples {
		reply.Suggestions = b.Examples(ctx)
	}
	if !isCommand {
		before := session.conversation
		answer, err := b.Ask(ctx, &session.conversation, message)
		switch {
		case errors.Is(err, answers.ErrEmpty):
			reply = Reply{Lines: []Line{note("请用文字问一个关于报告的问题。")}, Suggestions: b.Examples(ctx)}
		case err != nil:
			session.conversation = before
			return Reply{}, err
		default:
			suggestions, err := b.Suggest(ctx, answer)
			if err != nil && !Unavailable(err) { // the answer stands without them
				return Reply{}, err
			}
			reply = Reply{Lines: b.layout(answer), Suggestions: suggestions, Answer: &answer}
			if answer.Kind == answers.Found {
				session.report = answer.Answers[0].Key
			}
		}
	}
	if picked != "" {
		reply.Picked = picked
		reply.Lines = append([]Line{note("问：" + picked), {}}, reply.Lines...)
	}
	reply.Suggestions = reply.Suggestions[:min(len(reply.Suggestions), maxSuggestions)]
	session.suggestions = reply.Suggestions
	return reply, nil
}

// isChoice tells whether a message is a lone digit, which picks a suggestion and asks for nothing.
func isChoice(message string) bool {
	digit := norm.NFKC.String(message)
	return len(digit) == 1 && digit[0] >= '0' && digit[0] <= '9'
}

// Suggest offers up to three questions that the report answers and that lie near an answer. The error is the context's or
// the index's.
func (b *Bot) Suggest(ctx context.Context, answer answers.Answer) ([]string, error) {
	place := placeOf(answer)
	if suggestions, known := b.suggested.Get(place); known {
		return suggestions, nil
	}
	suggestions, err := b.source.Suggest(ctx, answer)
	if err != nil {
		return nil, err
	}
	b.suggested.Add(place, suggestions)
	return suggestions, nil
}

// placeOf names what suggestions depend on: where the first passage stands, and the figures that have been told.
func placeOf(answer answers.Answer) string {
	passages := answer.Answers
	if len(passages) == 0 {
		passages = answer.Related
	}
	var place []byte
	for i, passage := range passages {
		if i == 0 {
			place = strconv.AppendInt(append(place, passage.Key...), int64(passage.Start), 10)
		}
		for _, figure := range passage.Figures {
			place = strconv.AppendInt(append(place, ' '), int64(figure.Start), 10)
		}
	}
	return string(place)
}

// Ask answers a question within a conversation (nil for a question that stands alone) and fills in the answer's Text.
// The answer is not to be changed. The error is answers.ErrEmpty, the context's or the index's.
func (b *Bot) Ask(ctx context.Context, conversation *answers.Conversation, question string) (answers.Answer, error) {
	question = Clean(question)
	if answer, known := b.alone.Get(question); known && conversation == nil {
		return answer, nil
	}
	answer, err := b.source.Answer(ctx, conversation, question)
	if err != nil {
		return answers.Answer{}, err
	}
	answer.Text = b.Format(answer).Text()
	if conversation == nil && len(question) <= longestKept && b.report != nil {
		b.alone.Add(question, answer)
	}
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
