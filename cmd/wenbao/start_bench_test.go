//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"wenbao/content"
)

// BenchmarkStart measures the program as it is installed from exec to exit: one question about the embedded report, and
// a command that needs no report. How much memory it takes is told by wenbao bench: see answers/benchmark.
func BenchmarkStart(b *testing.B) {
	program := installed(b)
	for name, arguments := range map[string][]string{"ask": {"ask", content.EmbeddedExamples()[0]}, "help": {"--help"}} {
		b.Run(name, func(b *testing.B) {
			var used time.Duration
			for b.Loop() {
				command := exec.Command(program, arguments...)
				if output, err := command.CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, output)
				}
				used += command.ProcessState.UserTime() + command.ProcessState.SystemTime()
			}
			b.ReportMetric(float64(used.Nanoseconds())/float64(b.N), "cpu-ns/op")
		})
	}
}

// BenchmarkPrompt measures the chat at a terminal from exec until its prompt stands there.
func BenchmarkPrompt(b *testing.B) {
	program, state := installed(b), b.TempDir()
	for b.Loop() {
		chat := exec.Command(program)
		chat.Env = append(os.Environ(), "XDG_STATE_HOME="+state, "TERM=xterm")
		terminal, err := pty.StartWithSize(chat, &pty.Winsize{Rows: 24, Cols: 60})
		if err != nil {
			b.Fatal(err)
		}
		sees(b, bufio.NewReader(terminal), "问> ")
		b.StopTimer()
		if _, err := terminal.WriteString("\x04"); err != nil { // Ctrl-D leaves
			b.Fatal(err)
		}
		if err := chat.Wait(); err != nil {
			b.Fatal(err)
		}
		if err := terminal.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// sees reads until a text has been shown.
func sees(b *testing.B, shown *bufio.Reader, text string) {
	b.Helper()
	var before strings.Builder
	for !strings.HasSuffix(before.String(), text) {
		next, err := shown.ReadByte()
		if err != nil {
			b.Fatalf("%v; shown was %q", err, before.String())
		}
		before.WriteByte(next)
	}
}

// installed builds the program as the README tells to install it.
func installed(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "wenbao")
	build := exec.Command("go", "build", "-tags", "ne", "-ldflags=-s", "-o", program, ".")
	if output, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, output)
	}
	if info, err := os.Stat(program); err == nil {
		b.Logf("the program is of %.1f MB", float64(info.Size())/1e6)
	}
	return program
}
