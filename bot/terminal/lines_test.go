package terminal

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestLines(t *testing.T) {
	gb18030, err := simplifiedchinese.GB18030.NewEncoder().String("新建泊位多少个")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, in string
		want     []string
	}{
		{"two lines", "一\n二\n", []string{"一", "二"}},
		{"no end of line at the end", "一\n二", []string{"一", "二"}},
		{"Windows", "一\r\n二\r\n", []string{"一", "二"}},
		{"a byte order mark", "\ufeff一\n", []string{"一"}},
		{"empty lines count", "\n\n一\n", []string{"", "", "一"}},
		{"nothing", "", nil},
		{"GB18030", gb18030 + "\n二\n", []string{"新建泊位多少个", "二"}},
		{"neither", "\xff\xff多少\n", []string{"多少"}},
		{"just fits", strings.Repeat("x", 100) + "\n二\n", []string{strings.Repeat("x", 100), "二"}},
		{"too long", strings.Repeat("x", 101) + "\n二\n", []string{"too long", "二"}},
		{"much too long", "一\n" + strings.Repeat("x", 100_000) + "\n二\n", []string{"一", "too long", "二"}},
		{"too long without an end", strings.Repeat("x", 100_000), []string{"too long"}},
	} {
		var got []string
		for line, err := range Lines(strings.NewReader(test.in), 100) {
			switch {
			case errors.Is(err, ErrLineTooLong):
				line = "too long"
			case err != nil:
				t.Errorf("%s: %v", test.name, err)
			}
			got = append(got, line)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestLinesEndWithAReadError(t *testing.T) {
	broken := errors.New("broken")
	var got []error
	for _, err := range Lines(io.MultiReader(strings.NewReader("一\n"), iotest.ErrReader(broken)), 100) {
		got = append(got, err)
	}
	if len(got) != 2 || got[0] != nil || !errors.Is(got[1], broken) {
		t.Errorf("errors %v, want none and then %v", got, broken)
	}
}
