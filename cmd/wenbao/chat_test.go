//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// typist sits at a terminal in which the chat runs.
type typist struct {
	t        *testing.T
	terminal *os.File
	shown    *bufio.Reader
}

// sees waits until the terminal has shown a text.
func (p typist) sees(text string) {
	p.t.Helper()
	var before []byte
	for !strings.HasSuffix(string(before), text) {
		b, err := p.shown.ReadByte()
		if err != nil {
			p.t.Fatalf("%v while waiting for %q; shown was %q", err, text, before)
		}
		before = append(before, b)
	}
}

func (p typist) types(keys string) {
	p.t.Helper()
	if _, err := p.terminal.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

// One visit to the chat: Tab completes, Ctrl-C cancels a line, Ctrl-D leaves, and at the next visit ↑ recalls the last
// question, commands left out. Chats that are open at the same time keep each other's questions.
func TestChatInATerminal(t *testing.T) {
	const (
		ctrlC, ctrlD, tab, enter, up = "\x03", "\x04", "\t", "\r", "\x1b[A"
		question                     = "问> "
	)
	state := t.TempDir()
	holds := func(questions string) {
		t.Helper()
		history, err := os.ReadFile(filepath.Join(state, "wenbao", "history"))
		if err != nil || string(history) != questions {
			t.Errorf("history %q, error %v; want %q", history, err, questions)
		}
	}
	visit := func(stay func(typist)) {
		chat := exec.Command("wenbao")
		chat.Env = append(os.Environ(), "XDG_STATE_HOME="+state, "TERM=xterm", "NO_COLOR=")
		terminal, err := pty.StartWithSize(chat, &pty.Winsize{Rows: 24, Cols: 60})
		if err != nil {
			t.Fatal(err)
		}
		defer terminal.Close()
		stay(typist{t, terminal, bufio.NewReader(terminal)})
		if err := chat.Wait(); err != nil {
			t.Errorf("the chat ended with %v", err)
		}
	}
	visit(func(p typist) {
		p.sees("市工业和信息化局2021年工作总结")
		p.sees(question)
		p.types("/原" + tab)
		p.sees("/原文")
		p.types(" 五(六" + tab)
		p.sees("/原文 五(六)")
		p.types(enter)
		p.sees("\x1b[1m五(六) 搭建产业促进平台")
		p.sees(question)
		p.types("首批氢能公交有几台" + enter)
		p.sees("50台")
		p.sees(question)
		p.types("/目录")
		p.sees("/目录")
		p.types(ctrlC)
		p.sees("^C")
		p.sees(question)
		p.types(ctrlD)
	})
	holds("首批氢能公交有几台\n") // and neither commands nor what was cancelled
	visit(func(p typist) {
		p.sees(question)
		p.types(up)
		p.sees("首批氢能公交有几台")
		p.types(enter)
		p.sees("50台")
		p.sees(question)
		visit(func(other typist) { // meanwhile, and over before
			other.sees(question)
			other.types("新建多少5G基站" + enter)
			other.sees("10018个")
			other.sees(question)
			other.types(ctrlD)
		})
		p.types("首批氢能公交有几台" + enter)
		p.sees("50台")
		p.sees(question)
		p.types("/退出" + enter)
		p.sees("再见。")
	})
	holds("首批氢能公交有几台\n新建多少5G基站\n首批氢能公交有几台\n")
}
