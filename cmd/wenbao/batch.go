package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/terminal"
)

// conversationLimit bounds a line of a batch, in bytes: a conversation of long questions, escaped.
const conversationLimit = 1 << 20

func newBatch() *cobra.Command {
	var corpus corpusFlags
	cmd := &cobra.Command{
		Use:   "batch [选项] [文件…]",
		Short: "成批回答（JSON Lines）",
		Long: `读 JSON Lines，每行一段对话 {"id":…,"turns":["…","…"]}，按顺序每行输出最后一问的回答。

有错的行输出 {"kind":"error","line":行号,"error":"…"}，其余照常回答，退出状态是 2。`,
		Example: `  wenbao batch 问题.jsonl > 回答.jsonl
  echo '{"id":1,"turns":["{问题}"]}' | wenbao batch
  wenbao batch --index 索引 问题.jsonl`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			return withManyQuestions(cmd, corpus, func(b *bot.Bot) error { return answerBatch(cmd, b, paths) })
		},
	}
	corpus.add(cmd, answerFromIndex)
	return cmd
}

// answerBatch answers the lines of files, or of the standard input where there are none.
func answerBatch(cmd *cobra.Command, b *bot.Bot, paths []string) error {
	batch := batch{bot: b, out: bufio.NewWriter(cmd.OutOrStdout())}
	if isTerminal(cmd.ErrOrStderr()) && !isTerminal(cmd.OutOrStdout()) {
		batch.progress = cmd.ErrOrStderr()
	}
	if len(paths) == 0 {
		if err := batch.answer(cmd.Context(), cmd.InOrStdin(), ""); err != nil {
			return err
		}
	}
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("打不开问题文件：%w", err)
		}
		err = batch.answer(cmd.Context(), file, path)
		_ = file.Close() // read only
		if err != nil {
			return err
		}
	}
	return batch.end()
}

// batch answers conversations, a line each, several at a time, and writes the answers in the order of the lines.
type batch struct {
	bot      *bot.Bot
	out      *bufio.Writer
	progress io.Writer // nil where nobody watches
	lines    int
	failed   int
}

// output is what became of a line.
type output struct {
	json   []byte
	failed bool
}

// answer answers the lines of a file.
func (b *batch) answer(ctx context.Context, in io.Reader, path string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the reading when the writing fails
	// Each line's place in the queue is a channel for its output, so that the order stays whoever is ready first. The
	// queue's length bounds how many lines are held and worked on at a time.
	queue := make(chan chan output, 2*runtime.GOMAXPROCS(0))
	var readError error
	go func() {
		defer close(queue)
		read := 0
		for line, err := range terminal.Lines(in, conversationLimit) {
			read++
			number := read // the goroutine's own
			if err != nil && !errors.Is(err, terminal.ErrLineTooLong) {
				readError = fmt.Errorf("第 %d 行读不了：%w", number, err)
				return
			}
			done := make(chan output, 1)
			select {
			case queue <- done:
			case <-ctx.Done():
				return
			}
			go func() { done <- b.line(ctx, line, err, number, path) }()
		}
	}()
	for {
		done, more, err := receive(b.out, queue)
		if err != nil {
			return err
		}
		if !more {
			return readError
		}
		result, _, err := receive(b.out, done)
		if err != nil {
			return err
		}
		if result.json == nil {
			continue // an empty line
		}
		if _, err := b.out.Write(result.json); err != nil {
			return err
		}
		b.lines++
		if result.failed {
			b.failed++
		}
		if b.progress != nil && b.lines%100 == 0 {
			fmt.Fprintf(b.progress, "\r已回答 %d 行", b.lines)
		}
	}
}

// receive waits for the next value, and writes out what is buffered before it waits: whoever sent a line and waits for
// its answer gets it, while a file is written in large pieces.
func receive[T any](out *bufio.Writer, from <-chan T) (value T, more bool, err error) {
	select {
	case value, more = <-from:
		return value, more, nil
	default:
	}
	if err := out.Flush(); err != nil {
		return value, false, err
	}
	value, more = <-from
	return value, more, nil
}

// line answers a line, or tells what is wrong with it.
func (b *batch) line(ctx context.Context, line string, err error, number int, path string) output {
	if err == nil && len(bytes.TrimSpace([]byte(line))) == 0 {
		return output{}
	}
	var asked struct {
		ID    json.RawMessage `json:"id"`
		Turns []string        `json:"turns"`
	}
	if err == nil {
		err = json.Unmarshal([]byte(line), &asked)
	}
	var answer answers.Answer
	switch {
	case errors.Is(err, terminal.ErrLineTooLong):
		err = fmt.Errorf("%w，最多 %d 字节", err, conversationLimit)
	case err != nil:
		err = fmt.Errorf("这一行读不懂，要的是 {\"id\":…,\"turns\":[\"问题\"]}：%w", err)
	case len(asked.Turns) == 0:
		err = errors.New("缺 turns：要有至少一个问题")
	case !isName(asked.ID):
		asked.ID, err = nil, errors.New("id 要是字符串或数字")
	default:
		answer, err = ask(ctx, b.bot, asked.Turns)
	}
	var text bytes.Buffer
	if err == nil {
		// The outer id stands for the answer's: an id that is a number stays one.
		err = writeJSON(&text, struct {
			ID json.RawMessage `json:"id,omitempty"`
			answers.Answer
		}{asked.ID, answer})
	}
	if err == nil {
		return output{json: text.Bytes()}
	}
	text.Reset()
	if err := writeJSON(&text, struct {
		ID    json.RawMessage `json:"id,omitempty"`
		Kind  string          `json:"kind"`
		File  string          `json:"file,omitempty"`
		Line  int             `json:"line"`
		Error string          `json:"error"`
	}{asked.ID, "error", path, number, err.Error()}); err != nil {
		panic(err) // strings and a JSON value that has just been read
	}
	return output{json: text.Bytes(), failed: true}
}

// isName tells whether a JSON value can be an id: a string, a number, or nothing at all.
func isName(id json.RawMessage) bool {
	return len(id) == 0 || id[0] == '"' || id[0] == '-' || id[0] >= '0' && id[0] <= '9'
}

// end writes what is left and tells how it went.
func (b *batch) end() error {
	if b.progress != nil && b.lines >= 100 {
		fmt.Fprintf(b.progress, "\r已回答 %d 行\n", b.lines)
	}
	if err := b.out.Flush(); err != nil {
		return err
	}
	if b.failed > 0 {
		return exit{statusInput, fmt.Sprintf("%d 行里有 %d 行有错，见输出中 \"kind\":\"error\" 的行", b.lines, b.failed)}
	}
	return nil
}
