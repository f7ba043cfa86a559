// Package lexicontest holds tables of the lexicon against what they are made of, and writes them for go generate.
package lexicontest

import (
	"os"
	"testing"

	"wenbao/content/lexicon"
)

// Check fails when a file is not the table of some entries; to update, it writes the file.
func Check(t *testing.T, update bool, file string, entries map[string]string) {
	t.Helper()
	table := lexicon.NewTable(entries)
	for key, want := range entries {
		if got, found := table.Find(key); !found || got != want {
			t.Errorf("%s: %q has %q, %v in its table, want %q", file, key, got, found, want)
		}
	}
	if update {
		if err := os.WriteFile(file, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if present, err := os.ReadFile(file); err != nil || string(present) != string(table) {
		t.Errorf("%s is out of date: run go generate in content/lexicon (%v)", file, err)
	}
}
