// Package terminal is the chat in a terminal: line editing, styles, and Chinese line breaks.
//
// [Chat] talks to a person at a terminal, [Answer] to a pipe, one question a line. Both show replies on a [Screen].
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/peterh/liner"

	"wenbao/bot"
)

// Chat talks with the person at the terminal until they leave, the terminal is closed, or the context ends.
//
// The line editor is peterh/liner. Tried in tmux with Chinese text, it alone put the cursor right everywhere:
// reeflective/readline loses a column when text is typed in front of a wide character (请问二 becomes 请二问), and
// bubbles' text input neither wraps a long line nor keeps a history.
func Chat(ctx context.Context, b *bot.Bot, screen *Screen) error {
	// A closed window or a kill must leave the terminal as it was and the history written. Ctrl-C is a key to the editor;
	// where it comes as a signal (dumb terminals), the terminal itself has thrown the line away.
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	signal.Ignore(os.Interrupt)
	defer signal.Reset(os.Interrupt)

	editor := liner.NewLiner()
	defer editor.Close()
	editor.SetCtrlCAborts(true)
	editor.SetMultiLineMode(true)
	editor.SetTabCompletionStyle(liner.TabPrints)
	var session bot.Session
	editor.SetCompleter(func(typed string) []string { return b.Complete(ctx, &session, typed) })
	loadHistory(editor)
	var visit []string // what was asked
	defer func() { saveHistory(visit) }()

	reply := b.Greeting(ctx, &session)
	for {
		if err := screen.Show(reply); err != nil || reply.Leave {
			return err
		}
		if err := screen.write([]bot.Line{{}}); err != nil {
			return err
		}
		message, err := prompt(ctx, editor)
		switch {
		case errors.Is(err, io.EOF), ctx.Err() != nil:
			return screen.write([]bot.Line{{}}) // off the prompt's line
		case err != nil:
			return fmt.Errorf("无法从终端读入：%w", err)
		}
		reply, err = b.Reply(ctx, &session, message)
		if bot.Unavailable(err) {
			reply = apology(err)
		} else if err != nil {
			return err
		}
		if asked := askedBy(reply, message); asked != "" {
			editor.AppendHistory(asked)
			visit = append(visit, asked)
		}
		reply = withBars(ctx, b, reply, screen.Width())
	}
}

// askedBy is what the history keeps of a message: a question, the one that a digit picked in place of the digit, and no command,
// which says nothing a day later.
func askedBy(reply bot.Reply, message string) string {
	switch {
	case reply.Answer == nil:
		return ""
	case reply.Picked != "":
		return reply.Picked
	}
	return message
}

// prompt reads a line that holds something. It returns when the context ends even though the editor still waits for a
// key; the program is about to end then.
func prompt(ctx context.Context, editor *liner.State) (string, error) {
	type line struct {
		text string
		err  error
	}
	lines := make(chan line, 1)
	for {
		go func() {
			text, err := editor.Prompt("问> ")
			lines <- line{text, err}
		}()
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case line := <-lines:
			text := strings.TrimSpace(line.text)
			if line.err == nil && text != "" || line.err != nil && !errors.Is(line.err, liner.ErrPromptAborted) {
				return text, line.err
			}
		}
	}
}

// historyFile is where the questions asked before are kept, in the folder that the XDG base directory specification
// gives to such state; "" where there is none.
func historyFile() string {
	folder := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(folder) {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		folder = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(folder, "wenbao", "history")
}

// loadHistory and saveHistory do what they can: a chat without a history is a chat all the same.
func loadHistory(editor *liner.State) {
	file, err := os.Open(historyFile())
	if err != nil {
		return
	}
	defer file.Close()
	_, _ = editor.ReadHistory(file)
}

// saveHistory adds the questions of a visit to those of before, which are read again: another chat may have ended
// since.
func saveHistory(visit []string) {
	path := historyFile()
	if path == "" || len(visit) == 0 || os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return
	}
	// Written beside and moved over it, so that a full disk costs no history. Questions are private: a temporary file
	// is readable by its owner only.
	file, err := os.CreateTemp(filepath.Dir(path), "history-*")
	if err != nil {
		return
	}
	_, err = file.WriteString(withVisit(string(before), visit))
	if errors.Join(err, file.Close()) == nil && os.Rename(file.Name(), path) == nil {
		return
	}
	_ = os.Remove(file.Name())
}

// withVisit is a history, a question a line, with those of a visit behind: as many as the editor keeps, and none twice
// in a row.
func withVisit(history string, visit []string) string {
	before := strings.FieldsFunc(history, func(r rune) bool { return r == '\n' })
	questions := slices.Compact(append(before, visit...))
	return strings.Join(questions[max(0, len(questions)-liner.HistoryLimit):], "\n") + "\n"
}

// Answer answers questions that come line by line, each with a block of lines that an empty line ends. The lines are
// one conversation. Lines that are too long, or that nobody could answer, are told in their place and reported by the error
// at the end.
func Answer(ctx context.Context, b *bot.Bot, screen *Screen, lines iter.Seq2[string, error]) error {
	var session bot.Session
	tooLong, failed := 0, 0
	var failure error // the last one
	for message, err := range lines {
		var reply bot.Reply
		switch {
		case errors.Is(err, ErrLineTooLong):
			tooLong++
			reply.Lines = []bot.Line{{{Text: "这一行太长，没有读。", Style: bot.Note}}}
		case err != nil:
			return fmt.Errorf("读不了标准输入：%w", err)
		case strings.TrimSpace(message) == "":
			continue
		default:
			reply, err = b.Reply(ctx, &session, message)
			if bot.Unavailable(err) {
				reply, failure = apology(err), err
				failed++
			} else if err != nil {
				return err
			}
		}
		if err := screen.showBlock(reply); err != nil {
			return err
		}
		if reply.Leave {
			break
		}
	}
	var errs []error
	if tooLong > 0 {
		errs = append(errs, fmt.Errorf("有 %d 行太长，没有回答；请一行写一个问题", tooLong))
	}
	if failed > 0 {
		errs = append(errs, fmt.Errorf("有 %d 行没能回答：%w", failed, failure))
	}
	return errors.Join(errs...)
}

// apology is a reply that says that a message was not answered.
func apology(err error) bot.Reply {
	return bot.Reply{Lines: []bot.Line{{{Text: bot.Apology(err), Style: bot.Note}}}}
}
