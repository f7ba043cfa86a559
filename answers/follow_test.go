package answers_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"wenbao/answers"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// writeReport writes a small report of 江州市 on a year into a folder.
func writeReport(t *testing.T, folder, delivered, reviewed, growth string) {
	t.Helper()
	text := reportOf("江州市", delivered, reviewed, "1000", growth, "5%").Text
	if err := os.WriteFile(filepath.Join(folder, delivered+".txt"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func updateIndex(t *testing.T, folder, dir string) {
	t.Helper()
	if _, err := disk.Update(t.Context(), folder, dir, disk.Options{}); err != nil {
		t.Fatal(err)
	}
}

// Who has an index open sees what an update has made of it, with the next question; conversations go on; and an index that
// cannot be opened again leaves the one before in use.
func TestFollow(t *testing.T) {
	folder, dir := t.TempDir(), filepath.Join(t.TempDir(), "index")
	writeReport(t, folder, "2022", "2021", "8.2%")
	updateIndex(t, folder, dir)
	var failures []error
	follower, err := answers.Follow(t.Context(),
		func(context.Context) (retrieval.Corpus, error) { return disk.Open(dir) },
		func(err error) { failures = append(failures, err) })
	if err != nil {
		t.Fatal(err)
	}
	var conversation answers.Conversation
	ask := func(question, want string) {
		t.Helper()
		answer, err := follower.Answer(t.Context(), &conversation, question)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if answer.Kind == answers.Found {
			got = answer.Answers[0].Figures[0].Text
		}
		if got != want {
			t.Errorf("%s: %q, want %q (%s)", question, got, want, answer.Note)
		}
	}
	ask("江州2021年生产总值增长多少", "8.2%")
	ask("那2022年呢", "5%") // what was aimed at
	writeReport(t, folder, "2023", "2022", "4.4%")
	updateIndex(t, folder, dir)
	ask("那2022年呢", "4.4%")
	if n := len(follower.Reports()); n != 2 {
		t.Errorf("%d reports, want 2", n)
	}
	manifest := filepath.Join(dir, "manifest.json")
	if err := os.WriteFile(manifest, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	ask("那2021年呢", "8.2%")
	ask("那2022年呢", "4.4%")
	if len(failures) != 1 || !errors.Is(failures[0], retrieval.ErrDamaged) {
		t.Errorf("told %v, want once that it is damaged", failures)
	}
	if err := follower.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// Questions that are under way while the index changes are answered from one state each.
func TestFollowWhileAsked(t *testing.T) {
	folder, dir := t.TempDir(), filepath.Join(t.TempDir(), "index")
	writeReport(t, folder, "2022", "2021", "8.2%")
	updateIndex(t, folder, dir)
	follower, err := answers.Follow(t.Context(), func(context.Context) (retrieval.Corpus, error) { return disk.Open(dir) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				answer, err := follower.Answer(context.Background(), nil, "江州历年生产总值增长多少")
				if err != nil || answer.Kind != answers.Found {
					t.Errorf("%v, error %v", answer, err)
					return
				}
			}
		})
	}
	for _, growth := range []string{"1.1%", "2.2%", "3.3%"} {
		writeReport(t, folder, "2023", "2022", growth)
		updateIndex(t, folder, dir)
	}
	close(stop)
	group.Wait()
	answer, err := follower.Answer(t.Context(), nil, "江州2022年生产总值增长多少")
	if err != nil || answer.Kind != answers.Found || answer.Answers[0].Figures[0].Text != "3.3%" {
		t.Errorf("%v, error %v; want 3.3%%", answer, err)
	}
	if err := follower.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// ageing is a corpus that may have been replaced.
type ageing struct {
	shelf
	old *atomic.Bool
}

func (a ageing) IsCurrent(context.Context) bool { return !a.old.Load() }

// While one question waits for the new state, the others are answered from the one before.
func TestFollowWhileOpening(t *testing.T) {
	opening, opened := make(chan struct{}), make(chan struct{})
	states := []ageing{
		{shelf{reportOf("江州市", "2023", "2022", "1200", "4.4%", "5%")}, new(atomic.Bool)},
		{shelf{reportOf("江州市", "2023", "2022", "1200", "4.6%", "5%")}, new(atomic.Bool)},
	}
	next := 0
	follower, err := answers.Follow(t.Context(), func(context.Context) (retrieval.Corpus, error) {
		next++
		if next == 2 {
			close(opening)
			<-opened
		}
		return states[next-1], nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ask := func() string {
		answer, err := follower.Answer(t.Context(), nil, "江州2022年生产总值增长多少")
		if err != nil || answer.Kind != answers.Found {
			t.Errorf("%v, error %v", answer, err)
			return ""
		}
		return answer.Answers[0].Figures[0].Text
	}
	states[0].old.Store(true)
	waited := make(chan string)
	go func() { waited <- ask() }()
	<-opening
	if got := ask(); got != "4.4%" {
		t.Errorf("meanwhile %q, want 4.4%%", got)
	}
	close(opened)
	if got := <-waited; got != "4.6%" {
		t.Errorf("the question that found the change is told %q, want 4.6%%", got)
	}
	if got := ask(); got != "4.6%" {
		t.Errorf("afterwards %q, want 4.6%%", got)
	}
	if err := follower.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}
