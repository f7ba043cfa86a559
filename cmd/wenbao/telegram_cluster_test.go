//go:build cluster && unix

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

// redisVariable names a Redis that the test may use, as --conversations does: redis://127.0.0.1:6379/0.
const redisVariable = "WENBAO_REDIS"

// A bot over a cluster understands a follow-up on what another one answered, as the README starts them.
func TestTelegramOverACluster(t *testing.T) {
	engine, conversations := os.Getenv(weaviateVariable), os.Getenv(redisVariable)
	if engine == "" || conversations == "" {
		t.Skipf("%s and %s name no Weaviate and no Redis", weaviateVariable, redisVariable)
	}
	folder := t.TempDir()
	for delivered, growth := range map[int]string{2022: "8.2%", 2023: "4.4%"} {
		text := fmt.Sprintf("江州市%d年政府工作报告\n\n一、%d年工作回顾\n\n全市生产总值增长%s。\n", delivered, delivered-1, growth)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.txt", delivered)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if output, err := exec.Command("wenbao", "index", folder, "--engine", engine).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, asked := range []struct{ question, want string }{{"江州2021年生产总值增长多少", "8.2%\n"}, {"那2022年呢", "4.4%\n"}} {
		command := exec.Command("wenbao", "telegram", "--engine", engine, "--conversations", conversations,
			"--api-endpoint", server.URL(), "--state", t.TempDir())
		command.Env = append(os.Environ(), tokenVariable+"="+server.Token())
		var log strings.Builder
		command.Stderr = &log
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		answer, err := alice.Private().Next(ctx, alice.Private().Type(alice, asked.question))
		if err != nil || !strings.HasPrefix(answer.Text, asked.want) {
			t.Errorf("%s: answered with %q, error %v; want %s", asked.question, answer.Text, err, asked.want)
		}
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := command.Wait(); err != nil {
			t.Errorf("it ended with %v\n%s", err, log.String())
		}
	}
}
