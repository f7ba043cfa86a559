//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/telegram/telegramtest"
	"wenbao/content"
)

// The fault run's size. The run that the README tells of: go test ./cmd/wenbao -run Faults -v -faults.updates 10000
// -faults.chats 500 -faults.kills 5
var (
	faultUpdates = flag.Int("faults.updates", 400, "questions asked in the fault run")
	faultChats   = flag.Int("faults.chats", 20, "chats that ask in the fault run")
	faultKills   = flag.Int("faults.kills", 2, "times that the bot is killed in the fault run")
)

// faultPatience ends a run that hangs.
const faultPatience = 9 * time.Minute

// While the server answers 5% of the calls with 429 and 5% with 500, drops the connection of 2%, and the bot is killed
// again and again, every question is answered, and those of a chat in their order. Answers given twice are counted: a
// connection dropped behind a message, or a kill between sending and writing it down, cannot be told from one before.
func TestFaults(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), faultPatience)
	defer cancel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.FailRandomly(1,
		telegramtest.Chance{Probability: 0.05, Fault: telegramtest.FloodWait(1)},
		telegramtest.Chance{Probability: 0.05, Fault: telegramtest.InternalError()},
		telegramtest.Chance{Probability: 0.01, Fault: telegramtest.DropBefore()},
		telegramtest.Chance{Probability: 0.01, Fault: telegramtest.DropAfter()},
	)
	run := newFaultRun(t, server)
	bot := run.start()
	for kill := range *faultKills {
		answered := *faultUpdates * (kill + 1) / (*faultKills + 1)
		if err := server.Wait(ctx, func() bool { return server.Count("sendMessage") >= answered }); err != nil {
			t.Fatal(err)
		}
		if err := bot.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = bot.Wait() // killed
		bot = run.start()
	}
	if err := server.Wait(ctx, func() bool { return server.Pending() == 0 }); err != nil {
		t.Fatalf("%v; %d updates are unconfirmed", err, server.Pending())
	}
	took := time.Since(run.began)
	resident := memory(bot.Process.Pid)
	if err := bot.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := bot.Wait(); err != nil {
		t.Errorf("the bot ended with %v", err)
	}
	var count faultCount
	for _, chat := range run.chats {
		count.add(chat)
	}
	dropped := 0
	for _, call := range server.Calls("sendMessage") {
		if call.Fault == "dropped after" {
			dropped++
		}
	}
	t.Logf("%d questions from %d chats, %d kills, in %v: %d unanswered, %d answered twice (%d connections were dropped behind "+
		"a message), %d out of order; memory of the last process: %s",
		*faultUpdates, *faultChats, *faultKills, took.Round(time.Second), count.unanswered, count.twice, dropped, count.disordered, resident)
	if count.unanswered > 0 || count.disordered > 0 {
		t.Errorf("%d unanswered, %d out of order; want none", count.unanswered, count.disordered)
	}
	// Kept out of the bound of chance: each kill finds at most as many messages in the air as the bot has workers.
	if most := dropped + *faultKills*128; count.twice > most {
		t.Errorf("%d answered twice, want at most %d", count.twice, most)
	}
	for _, call := range server.Malformed() {
		t.Errorf("malformed: %s: %v", call.Method, call.Refusal)
	}
}

type faultRun struct {
	t      *testing.T
	server *telegramtest.Server
	state  string
	chats  []*faultChat
	began  time.Time
}

// faultChat is a chat with what was asked in it, in order.
type faultChat struct {
	*telegramtest.Chat
	asked []telegramtest.Message
	want  []string // first lines of the answers
}

// newFaultRun lets people ask everything, half of them in groups.
func newFaultRun(t *testing.T, server *telegramtest.Server) *faultRun {
	run := &faultRun{t: t, server: server, state: t.TempDir(), began: time.Now()}
	questions, lines := questionsWithAnswers(t)
	var people []*telegramtest.Person
	for i := range *faultChats {
		person := server.Person(fmt.Sprintf("Person %d", i))
		chat := person.Private()
		if i%2 == 1 {
			chat = server.Group(fmt.Sprintf("Group %d", i), person)
		}
		people = append(people, person)
		run.chats = append(run.chats, &faultChat{Chat: chat})
	}
	for i := range *faultUpdates {
		at := i % *faultChats
		chat := run.chats[at]
		question := len(chat.asked) % len(questions)
		chat.asked = append(chat.asked, chat.Type(people[at], "/ask "+questions[question]))
		chat.want = append(chat.want, lines[question])
	}
	return run
}

// questionsWithAnswers are questions whose answers begin differently, whatever was asked before.
func questionsWithAnswers(t *testing.T) (questions, lines []string) {
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	engine := answers.New(report)
	b := bot.New(engine)
	seen := make(map[string]bool)
	for _, question := range content.EmbeddedExamples() {
		answer, err := b.Ask(t.Context(), nil, question)
		if err != nil {
			t.Fatal(err)
		}
		line, _, _ := strings.Cut(answer.Text, "\n")
		if len(answer.Answers) == 1 && len(answer.Answers[0].Figures) > 0 && !seen[line] {
			seen[line] = true
			questions, lines = append(questions, question), append(lines, line)
		}
	}
	if len(questions) < 2 {
		t.Fatal("there are no two examples with different answers")
	}
	return questions, lines
}

// start starts the program as a person would, but faster than Telegram would let it.
func (r *faultRun) start() *exec.Cmd {
	r.t.Helper()
	command := exec.Command("wenbao", "telegram", "--api-endpoint", r.server.URL(), "--state", r.state,
		"--rate", "1000000", "--chat-rate", "1000000", "--group-rate", "1000000", "--questions", "1000000")
	command.Env = append(os.Environ(), tokenVariable+"="+r.server.Token())
	var log bytes.Buffer
	command.Stderr = &log
	if err := command.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() {
		_ = command.Process.Kill() // has ended already unless the test failed
		_, secret, _ := strings.Cut(r.server.Token(), ":")
		if command.ProcessState != nil && strings.Contains(log.String(), secret) {
			r.t.Error("the log holds the token")
		}
	})
	return command
}

// faultCount counts what became of questions.
type faultCount struct{ unanswered, twice, disordered int }

// add counts a chat's questions. In a group an answer quotes its question; in a private chat neighbouring questions have
// different answers, so that a repeated answer is one given twice. It may come late: a request of a killed process can
// still be under way when the next process answers on. Whatever runs ahead of the answer that is due is out of order.
func (c *faultCount) add(chat *faultChat) {
	group := chat.Info().Type != "private"
	next := 0 // the question whose answer is due
	for _, m := range chat.Messages() {
		if !m.FromBot() {
			continue
		}
		line, _, _ := strings.Cut(m.Text, "\n")
		answers := func(question int) bool {
			if question < 0 || question >= len(chat.asked) || chat.want[question] != line {
				return false
			}
			return !group || m.ReplyTo != nil && m.ReplyTo.ID == chat.asked[question].ID
		}
		repeats := false
		for question := range next {
			repeats = repeats || answers(question)
		}
		switch {
		case answers(next):
			next++
		case repeats:
			c.twice++
		default:
			c.disordered++
		}
	}
	c.unanswered += len(chat.asked) - next
}

// memory is what a process holds and has held at most, where the system tells.
func memory(pid int) string {
	status, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "unknown"
	}
	defer status.Close()
	var found []string
	for lines := bufio.NewScanner(status); lines.Scan(); {
		if name, value, _ := strings.Cut(lines.Text(), ":"); name == "VmRSS" || name == "VmHWM" {
			found = append(found, name+" "+strings.TrimSpace(value))
		}
	}
	return strings.Join(found, ", ")
}
