//go:build unix

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"wenbao/bot/telegram/telegramtest"
)

// The program as a service runs it: the token in a file, JSON in the log, ended by SIGTERM.
func TestTelegram(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	folder := t.TempDir()
	token := filepath.Join(folder, "token")
	if err := os.WriteFile(token, []byte(server.Token()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("wenbao", "telegram", "--token-file", token, "--api-endpoint", server.URL()+"/", "--log-format", "json")
	command.Env = append(os.Environ(), "STATE_DIRECTORY="+folder)
	var log strings.Builder
	command.Stderr = &log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	alice := server.Person("Alice")
	answer, err := alice.Private().Next(ctx, alice.Private().Type(alice, "2021年新建多少5G基站"))
	if err != nil || !strings.HasPrefix(answer.Text, "10018个\n") {
		t.Errorf("answered with %q, error %v", answer.Text, err)
	}
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	if server.Pending() != 0 {
		t.Error("what was answered is not confirmed")
	}
	if journals, err := filepath.Glob(filepath.Join(folder, "telegram-*.journal")); err != nil || len(journals) != 1 {
		t.Errorf("journals %q, error %v", journals, err)
	}
	_, secret, _ := strings.Cut(server.Token(), ":")
	if !strings.Contains(log.String(), `"kind":"answer"`) || strings.Contains(log.String(), secret) || strings.Contains(log.String(), "5G") {
		t.Errorf("the log is\n%s", log.String())
	}
}

// A token that Telegram does not know ends the program with what to do.
func TestTelegramWithAWrongToken(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	command := exec.Command("wenbao", "telegram", "--api-endpoint", server.URL(), "--state", t.TempDir())
	command.Env = append(os.Environ(), tokenVariable+"=123456:s3cret")
	output, err := command.CombinedOutput()
	if command.ProcessState.ExitCode() != statusInput || !strings.Contains(string(output), "@BotFather") || strings.Contains(string(output), "s3cret") {
		t.Errorf("%v: %s", err, output)
	}
}
