package lexicon_test

import (
	"fmt"
	"testing"

	"wenbao/content/lexicon"
)

func TestTable(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, 2, 3, 1000} {
		entries := make(map[string]string)
		for i := range size {
			entries[fmt.Sprint("词", i)] = fmt.Sprint("value ", i)
		}
		table := lexicon.NewTable(entries)
		for key, want := range entries {
			if got, found := table.Find(key); !found || got != want {
				t.Errorf("%d entries: %s has %q, %v, want %q", size, key, got, found, want)
			}
		}
		for _, key := range []string{"", "词", "词1000", "value 1"} {
			if got, found := table.Find(key); found {
				t.Errorf("%d entries: %q has %q, want nothing", size, key, got)
			}
		}
	}
}
