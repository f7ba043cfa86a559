package telegram

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func newJournal(t *testing.T, text string) (*journal, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state", "journal")
	if text != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	j, err := openJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.file.Close() }) // tests close it in their own ways
	return j, path
}

func reopen(t *testing.T, j *journal, path string) *journal {
	t.Helper()
	if err := j.file.Close(); err != nil { // as a killed process does: nothing is synced or tidied up
		t.Fatal(err)
	}
	again, err := openJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.file.Close() })
	return again
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestJournalRemembersWhatWasHandled(t *testing.T) {
	j, path := newJournal(t, "")
	ok(t, j.markHandled(7))
	ok(t, j.markHandled(9))
	j = reopen(t, j, path)
	if !j.isHandled(7) || j.isHandled(8) || !j.isHandled(9) {
		t.Errorf("handled: %v", j.handled)
	}
	ok(t, j.confirmed(9))
	if j.isHandled(7) || !j.isHandled(9) {
		t.Errorf("handled after 7 and 8 were confirmed: %v", j.handled)
	}
}

func TestJournalKeepsWhatWaits(t *testing.T) {
	j, path := newJournal(t, "")
	ok(t, j.markHandled(10))
	ok(t, j.keep([]*taken{
		{id: 10, raw: json.RawMessage(`{"update_id":10}`)},
		{id: 11, raw: json.RawMessage(`{"update_id":11}`)},
		{id: 12, raw: json.RawMessage("{\n\"update_id\": 12\n}")},
	}))
	ok(t, j.markHandled(12))
	j = reopen(t, j, path)
	waiting := j.waiting()
	if len(waiting) != 1 || string(waiting[0]) != `{"update_id":11}` {
		t.Errorf("waiting: %s", waiting)
	}
}

// A process may be killed in the middle of a line, and disks do lose bytes.
func TestJournalToleratesDamage(t *testing.T) {
	for text, want := range map[string][2]bool{
		"handled 1\nhandled 2":                      {true, false},
		"handled 1\nhandl":                          {true, false},
		"handled 1\nkept 2 {\"update_id\"":          {true, false},
		"garbage\n\x00\x00\nhandled x\nhandled 2\n": {false, true},
		"kept 1 {broken\nhandled 2\n":               {false, true},
	} {
		j, path := newJournal(t, text)
		if j.isHandled(1) != want[0] || j.isHandled(2) != want[1] || len(j.waiting()) > 0 {
			t.Errorf("%q: handled %v, waiting %s", text, j.handled, j.waiting())
		}
		ok(t, j.markHandled(3))
		if j = reopen(t, j, path); !j.isHandled(3) || j.isHandled(1) != want[0] {
			t.Errorf("%q: a line added behind is read as %v", text, j.handled)
		}
	}
}

// However many updates are handled, the file stays small, and forgets nothing that is still unconfirmed.
func TestJournalIsCompacted(t *testing.T) {
	j, path := newJournal(t, "")
	ok(t, j.keep([]*taken{{id: 3, raw: json.RawMessage(`{"update_id":3}`)}}))
	for id := 10; id < 10_000; id++ {
		ok(t, j.markHandled(id))
		ok(t, j.confirmed(id))
	}
	info, err := os.Stat(path)
	ok(t, err)
	if info.Size() > 2*compactAfter*int64(len("handled 9999\n")) {
		t.Errorf("the file has %d bytes", info.Size())
	}
	if j = reopen(t, j, path); !j.isHandled(9999) || len(j.waiting()) != 1 {
		t.Errorf("handled %v, waiting %s", j.handled, j.waiting())
	}
	ok(t, j.markHandled(3))
	for id := 10_000; id < 13_000; id++ {
		ok(t, j.markHandled(id))
	}
	ok(t, j.confirmed(20_000))
	if info, err = os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("with everything confirmed the file has %d bytes, error %v", info.Size(), err)
	}
}

// Numbers of long ago are not taken for new ones.
func TestJournalForgetsWhatIsNotUnconfirmed(t *testing.T) {
	j, path := newJournal(t, "handled 1\nhandled 2\nhandled 900\n")
	j.onlyUnconfirmed([]int{2, 3})
	if j.isHandled(1) || !j.isHandled(2) || j.isHandled(900) {
		t.Errorf("handled: %v", j.handled)
	}
	ok(t, j.confirmed(3))
	ok(t, j.close())
	if text, err := os.ReadFile(path); err != nil || len(text) > 0 {
		t.Errorf("with everything confirmed the file holds %q, error %v", text, err)
	}
}

func TestJournalNeedsAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	ok(t, os.WriteFile(file, nil, 0o600))
	if _, err := openJournal(filepath.Join(file, "journal")); err == nil || !strings.Contains(err.Error(), "--state") {
		t.Errorf("error %v does not tell what to do", err)
	}
}

func FuzzJournal(f *testing.F) {
	f.Add("handled 1\nkept 2 {}\nhandled 2\nkept 3")
	f.Fuzz(func(t *testing.T, text string) {
		j, path := newJournal(t, text)
		handled := len(j.handled)
		if j = reopen(t, j, path); len(j.handled) != handled {
			t.Errorf("%d handled, then %d", handled, len(j.handled))
		}
		for _, raw := range j.waiting() {
			if !json.Valid(raw) {
				t.Errorf("%q waits", raw)
			}
		}
	})
}
