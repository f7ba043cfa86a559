//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"testing"

	"github.com/creack/pty"
)

// An interrupt at the terminal ends a measuring, which leaves nothing behind.
func TestBenchInterrupted(t *testing.T) {
	scratch := t.TempDir()
	bench := exec.Command("wenbao", "bench", "--only", "index", "--runs", "1000000")
	bench.Env = append(os.Environ(), "TMPDIR="+scratch, "TERM=xterm")
	terminal, err := pty.StartWithSize(bench, &pty.Winsize{Rows: 24, Cols: 60})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	p := typist{t, terminal, bufio.NewReader(terminal)}
	p.sees("测建索引")
	p.types("\x03")
	p.sees("wenbao: 已中断")
	_ = bench.Wait() // the status tells
	if status := bench.ProcessState.ExitCode(); status != statusInterrupted {
		t.Errorf("it ended with status %d, want %d", status, statusInterrupted)
	}
	if left, err := os.ReadDir(scratch); err != nil || len(left) > 0 {
		t.Errorf("it left %v behind, error %v", left, err)
	}
}
