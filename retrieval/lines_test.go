package retrieval_test

import (
	"slices"
	"strings"
	"testing"

	"wenbao/retrieval"
)

// Words are found where a search from the beginning finds them.
func TestLines(t *testing.T) {
	t.Parallel()
	lines := []string{"新建5g基站10018个,总数达20207个", "", "企业企业企业家", "aaa🙂aaaa", "个"}
	text := strings.Join(lines, "\n") + "\n"
	l := retrieval.NewLines(text)
	for _, word := range []string{"个", "企业", "企业企业", "企业家", "0", "00", "aa", "aaa", "🙂", "5g基站", "总数达2", "业家", "家", "基地", "学校", "校"} {
		type place struct{ line, start int }
		var want, got []place
		for i, line := range lines {
			for from := 0; ; {
				at := strings.Index(line[from:], word)
				if at < 0 {
					break
				}
				want = append(want, place{i, from + at})
				from += at + len(word)
			}
		}
		for line, start := range l.Each(word) {
			got = append(got, place{line, start})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q stands at %v, want %v", word, got, want)
		}
		var holding []int
		for _, place := range want {
			if n := len(holding); n == 0 || holding[n-1] != place.line {
				holding = append(holding, place.line)
			}
		}
		if got := slices.Collect(l.EachLine(word)); !slices.Equal(got, holding) {
			t.Errorf("%q stands in the lines %v, want %v", word, got, holding)
		}
		if l.Holds(word) != (len(want) > 0) {
			t.Errorf("holds %q: %t", word, l.Holds(word))
		}
		for at := range l.Occurrences(word) {
			if !strings.HasPrefix(text[at:], word) {
				t.Errorf("%q does not occur at %d", word, at)
			}
		}
	}
	for range l.Each("") {
		t.Error("no word stands somewhere")
	}
	for range retrieval.NewLines("").Each("企业") {
		t.Error("a word stands in an empty text")
	}
}
