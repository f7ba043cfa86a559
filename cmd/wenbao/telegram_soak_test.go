//go:build unix

package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"wenbao/answers/evaluation"
	"wenbao/bot/telegram/telegramtest"
)

// The soak's size. The run that the benchmarks' page tells of: go test ./cmd/wenbao -run Soak -v -soak.questions 100000
var (
	soakQuestions = flag.Int("soak.questions", 0, "questions asked in the soak; without any it is skipped")
	soakChats     = flag.Int("soak.chats", 5000, "chats that ask in the soak")
)

const (
	soakSamples  = 50               // of the bot's memory and goroutines, at even distances
	soakPatience = 30 * time.Minute // ends a run that hangs
)

// A day's traffic leaves the bot as it was: once its bounded caches are full, neither its live heap nor its goroutines
// grow. The bot is a process of its own, so that what the server remembers of the chats does not count.
func TestSoak(t *testing.T) {
	if *soakQuestions == 0 {
		t.Skip("takes minutes; a day's traffic is: go test ./cmd/wenbao -run Soak -v -soak.questions 100000")
	}
	ctx, cancel := context.WithTimeout(t.Context(), soakPatience)
	defer cancel()
	server := telegramtest.New(t, telegramtest.Options{})
	soak := newSoak(t, server)
	bot, metrics := soak.start()
	began := time.Now()
	var samples []soakSample
	for i := range soakSamples {
		soak.ask(*soakQuestions*i/soakSamples, *soakQuestions*(i+1)/soakSamples)
		if err := server.Wait(ctx, func() bool { return server.Pending() == 0 }); err != nil {
			t.Fatalf("%v; %d updates are unconfirmed", err, server.Pending())
		}
		samples = append(samples, sampleSoak(t, metrics, *soakQuestions*(i+1)/soakSamples))
	}
	took := time.Since(began)
	if err := bot.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := bot.Wait(); err != nil {
		t.Errorf("the bot ended with %v", err)
	}
	for i, sample := range samples {
		if i%5 == 4 || i == 0 {
			t.Log(sample)
		}
	}
	t.Logf("%d questions from %d chats in %v, %.0f a second", *soakQuestions, *soakChats, took.Round(time.Second),
		float64(*soakQuestions)/took.Seconds())
	for _, grown := range growth(samples) {
		t.Errorf("grown: %s", grown)
	}
	soak.checkAnswered()
	for _, call := range server.Malformed() {
		t.Errorf("malformed: %s: %v", call.Method, call.Refusal)
	}
}

// growth tells what has grown from the second fifth of the samples, by which the caches are full, to the last fifth.
func growth(samples []soakSample) []string {
	fifth := len(samples) / 5
	before, after := samples[fifth:2*fifth], samples[len(samples)-fifth:]
	heap := func(s soakSample) float64 { return s.heap }
	goroutines := func(s soakSample) float64 { return s.goroutines }
	var grown []string
	// A garbage collection finds more or less of what is in hand alive.
	if was, is := medianOf(before, heap), medianOf(after, heap); is > 1.1*was+1<<20 {
		grown = append(grown, fmt.Sprintf("the live heap from %.1f to %.1f MiB", was/(1<<20), is/(1<<20)))
	}
	// A connection that is kept has two.
	if was, is := medianOf(before, goroutines), medianOf(after, goroutines); is > was+8 {
		grown = append(grown, fmt.Sprintf("goroutines from %.0f to %.0f", was, is))
	}
	return grown
}

// What the soak takes for growth: a hundred bytes or a five thousandth of a goroutine left behind by each question, but
// not what comes and goes.
func TestGrowth(t *testing.T) {
	const usual = 24 << 20
	flat := func(int) float64 { return usual }
	leaking := func(q int) float64 { return float64(usual + q*100) }
	left := func(q int) float64 { return 340 + float64(q)/5_000 }
	for _, test := range []struct {
		name             string
		heap, goroutines func(question int) float64
		want             int
	}{
		{"flat", flat, flat, 0},
		{"up and down", func(q int) float64 { return float64(usual + q%3000*1000) }, flat, 0},
		{"connections that come and go", flat, func(q int) float64 { return float64(340 + q%12_000/2_000) }, 0},
		{"caches that fill", func(q int) float64 { return float64(min(q, 10_000) * 2400) }, flat, 0},
		{"a heap that grows", leaking, flat, 1},
		{"goroutines that are left", flat, left, 1},
		{"both", leaking, left, 2},
	} {
		var samples []soakSample
		for i := range soakSamples {
			question := (i + 1) * 100_000 / soakSamples
			samples = append(samples, soakSample{heap: test.heap(question), goroutines: test.goroutines(question)})
		}
		if grown := growth(samples); len(grown) != test.want {
			t.Errorf("%s: %q", test.name, grown)
		}
	}
}

func medianOf(samples []soakSample, value func(soakSample) float64) float64 {
	var values []float64
	for _, sample := range samples {
		values = append(values, value(sample))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// soakSample is what the bot tells of itself while nothing is in hand.
type soakSample struct {
	questions                  int // answered before
	heap, resident, goroutines float64
}

func (s soakSample) String() string {
	return fmt.Sprintf("%7d questions: live heap %5.1f MiB, resident %6.1f MiB, %3.0f goroutines",
		s.questions, s.heap/(1<<20), s.resident/(1<<20), s.goroutines)
}

// sampleSoak reads the bot's metrics.
func sampleSoak(t *testing.T, url string, questions int) soakSample {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	told, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	gauge := func(name string) float64 {
		_, after, found := strings.Cut(string(told), "\n"+name+" ")
		line, _, _ := strings.Cut(after, "\n")
		value, err := strconv.ParseFloat(line, 64)
		if !found || err != nil {
			t.Fatalf("the bot does not tell %s", name)
		}
		return value
	}
	return soakSample{
		questions: questions,
		// The next collection is due when the heap is twice of what the last one left (GOGC is 100).
		heap:       gauge("go_memstats_next_gc_bytes") / 2,
		resident:   gauge("process_resident_memory_bytes"),
		goroutines: gauge("go_goroutines"),
	}
}

// soak is the traffic: half of the chats are groups.
type soak struct {
	t             *testing.T
	server        *telegramtest.Server
	conversations [][]string
	chats         []*soakChat
}

// soakChat is a chat with the one who asks in it.
type soakChat struct {
	*telegramtest.Chat
	person       *telegramtest.Person
	asked        int
	conversation int // the next one
	turn         int // of it
}

func newSoak(t *testing.T, server *telegramtest.Server) *soak {
	s := &soak{t: t, server: server}
	file, err := os.Open(filepath.Join("..", "..", "answers", "testdata", "questions", "development.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	questions, err := evaluation.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, question := range questions {
		s.conversations = append(s.conversations, question.Turns)
	}
	for i := range *soakChats {
		person := server.Person(fmt.Sprintf("Person %d", i))
		chat := person.Private()
		if i%2 == 1 {
			chat = server.Group(fmt.Sprintf("Group %d", i), person)
		}
		s.chats = append(s.chats, &soakChat{Chat: chat, person: person, conversation: i % len(s.conversations)})
	}
	return s
}

// ask lets the chats ask questions of the soak in turn, each its own conversations, one after the other.
func (s *soak) ask(from, to int) {
	for i := from; i < to; i++ {
		chat := s.chats[i%len(s.chats)]
		turns := s.conversations[chat.conversation]
		chat.Type(chat.person, "/ask "+turns[chat.turn])
		chat.asked++
		if chat.turn++; chat.turn == len(turns) {
			chat.turn, chat.conversation = 0, (chat.conversation+1)%len(s.conversations)
		}
	}
}

// checkAnswered wants an answer to every question.
func (s *soak) checkAnswered() {
	s.t.Helper()
	unanswered := 0
	for _, chat := range s.chats {
		answers := 0
		for _, m := range chat.Messages() {
			if m.FromBot() {
				answers++
			}
		}
		unanswered += max(chat.asked-answers, 0)
	}
	if unanswered > 0 {
		s.t.Errorf("%d questions are unanswered", unanswered)
	}
}

// start starts the program as a service does, but faster than Telegram would let it, and gives where its metrics are.
func (s *soak) start() (bot *exec.Cmd, metrics string) {
	s.t.Helper()
	bot = exec.Command("wenbao", "telegram",
		"--api-endpoint", s.server.URL(), "--state", s.t.TempDir(), "--listen", "127.0.0.1:0",
		"--rate", "1000000", "--chat-rate", "1000000", "--group-rate", "1000000", "--questions", "1000000")
	bot.Env = append(os.Environ(), tokenVariable+"="+s.server.Token())
	log, err := bot.StderrPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := bot.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = bot.Process.Kill() }) // has ended already unless the test failed
	var before strings.Builder
	for lines := bufio.NewScanner(log); lines.Scan(); {
		before.WriteString(lines.Text() + "\n")
		if match := listensAt.FindStringSubmatch(lines.Text()); match != nil {
			drained := make(chan struct{})
			go func() {
				defer close(drained)
				_, _ = io.Copy(io.Discard, log) // until the bot has ended
			}()
			s.t.Cleanup(func() {
				_ = bot.Process.Kill()
				<-drained
			})
			return bot, "http://" + match[1] + "/metrics"
		}
	}
	s.t.Fatalf("the bot does not listen:\n%s", before.String())
	return nil, ""
}

// listensAt finds the address in the bot's log.
var listensAt = regexp.MustCompile(`address=(\S+)`)
