//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"wenbao/bot/telegram/telegramtest"
)

// From a folder of reports to a bot, as the README tells: the index is built, the bot answers from it, the index is brought up
// to date, and the bot answers from the new state without being started again.
func TestTelegramOverAnIndex(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	folder, index := t.TempDir(), filepath.Join(t.TempDir(), "index")
	write := func(delivered, reviewed int, growth string) {
		t.Helper()
		text := fmt.Sprintf("江州市%d年政府工作报告\n\n——%d年1月5日在江州市第八届人民代表大会上\n\n一、%d年工作回顾\n\n全市生产总值增长%s。\n",
			delivered, delivered, reviewed, growth)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.txt", delivered)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if output, err := exec.Command("wenbao", "index", folder, "--out", index).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, output)
		}
	}
	write(2022, 2021, "8.2%")
	command := exec.Command("wenbao", "telegram", "--index", index, "--api-endpoint", server.URL(), "--state", t.TempDir())
	command.Env = append(os.Environ(), tokenVariable+"="+server.Token())
	var log strings.Builder
	command.Stderr = &log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	alice := server.Person("Alice")
	ask := func(question, want string) {
		t.Helper()
		answer, err := alice.Private().Next(ctx, alice.Private().Type(alice, question))
		if err != nil || !strings.HasPrefix(answer.Text, want) {
			t.Errorf("%s: answered with %q, error %v; want %s", question, answer.Text, err, want)
		}
	}
	ask("江州2021年生产总值增长多少", "8.2%\n")
	ask("那2022年呢", "报告没有说到2022年")
	write(2023, 2022, "4.4%")
	ask("那2022年呢", "4.4%\n")
	ask("历年呢", "2022年 4.4% 结果")
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err != nil {
		t.Errorf("it ended with %v\n%s", err, log.String())
	}
}
