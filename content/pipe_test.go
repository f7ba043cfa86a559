//go:build unix

package content_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"wenbao/content"
)

// namedPipe makes a pipe, to which pieces are written with a pause before each; nobody opens it without any.
func namedPipe(t *testing.T, pause time.Duration, pieces ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "报告.txt")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skipf("this system makes no pipes: %v", err)
	}
	if len(pieces) == 0 {
		return path
	}
	go func() {
		time.Sleep(pause)
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return
		}
		defer file.Close()
		for _, piece := range pieces {
			time.Sleep(pause)
			if _, err := file.WriteString(piece); err != nil {
				return
			}
		}
	}()
	return path
}

// A pipe is read to its end when somebody writes it, however slowly, and given up when nobody does.
func TestLoadFromPipes(t *testing.T) {
	content.SetPipeWait(t, time.Hour) // however busy the machine is
	report, err := content.Load(namedPipe(t, 100*time.Millisecond, "江州市2021年工作总结\n", "新建学校3所。\n", "新建公路10公里。\n"))
	if err != nil || report.Title != "江州市2021年工作总结" || len(report.Sections[0].Sentences) != 2 {
		t.Errorf("a pipe that is written slowly: %v, %v", report, err)
	}
	if _, err := content.Load(namedPipe(t, 0, "")); !errors.Is(err, content.ErrEmpty) {
		t.Errorf("an empty pipe: %v, want %v", err, content.ErrEmpty)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, problems := content.LoadAll(ctx, namedPipe(t, 0)); len(problems) != 1 || !errors.Is(problems[0], context.DeadlineExceeded) {
		t.Errorf("a pipe of a context that ends: %v", problems)
	}
	content.SetPipeWait(t, 50*time.Millisecond)
	if _, err := content.Load(namedPipe(t, 0)); !errors.Is(err, content.ErrNotReport) || !strings.Contains(err.Error(), "是管道") {
		t.Errorf("a pipe that nobody writes: %v, want %v", err, content.ErrNotReport)
	}
}

func TestLoadFromAnEndlessPipe(t *testing.T) {
	content.SetPipeWait(t, time.Hour) // however busy the machine is
	if _, err := content.Load(namedPipe(t, 0, "江州市2021年工作总结\n", strings.Repeat("新", content.LargestReport/3+1))); !errors.Is(err, content.ErrTooLarge) {
		t.Errorf("a pipe without an end: %v, want %v", err, content.ErrTooLarge)
	}
}

// Devices are not opened, and a folder that holds a pipe goes on with the rest.
func TestLoadFromDevicesAndFoldersWithPipes(t *testing.T) {
	t.Parallel()
	if _, err := content.Load(os.DevNull); !errors.Is(err, content.ErrNotReport) || !strings.Contains(err.Error(), "是设备") {
		t.Errorf("a device: %v, want %v", err, content.ErrNotReport)
	}
	pipe := namedPipe(t, 0)
	if err := os.WriteFile(filepath.Join(filepath.Dir(pipe), "总结.txt"), []byte("江州市2021年工作总结\n新建学校3所。"), 0o600); err != nil {
		t.Fatal(err)
	}
	reports, problems := content.LoadAll(t.Context(), filepath.Dir(pipe))
	if len(reports) != 1 || len(problems) != 0 {
		t.Errorf("a folder with a pipe: %d reports and the problems %v, want one and none", len(reports), problems)
	}
}
