package retrieval_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"wenbao/retrieval"
)

func TestNormalise(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"plain text stays", "年内新建开通5g基站10018个,总数达20207个。", "年内新建开通5g基站10018个,总数达20207个。"},
		{"quotation marks stay", "“工赋青岛”·《方案》——‘好’", "“工赋青岛”·《方案》——‘好’"},
		{"letters", "5G基站 GDP Handle", "5g基站 gdp handle"},
		{"full-width digits and letters", "５Ｇ基站１００１８个", "5g基站10018个"},
		{"full-width marks", "增长８．１％（全国），对！", "增长8.1%(全国),对!"},
		{"wide space", "青岛　2021", "青岛 2021"},
		{"half-width katakana", "ｶﾞｽ", "ガス"},
		{"Traditional", "規模以上工業增加值", "规模以上工业增加值"},
		{"Traditional beside the rest", "５Ｇ基站總數", "5g基站总数"},
		{"square metre", "113㎡、12㎢", "113m2、12km2"},
		{"circled and Roman numbers", "①、Ⅷ", "1、viii"},
		{"ligature", "ﬁnance", "finance"},
		{"fraction", "½", "1⁄2"},
		{"combining mark composes", "cafe\u0301", "café"},
		{"combining mark alone", "\u0301", "\u0301"},
		{"several combining marks", "a\u0323\u0302", "ậ"},
		{"Hangul letters compose", "\u1100\u1161", "가"},
		{"control characters", "青\x00岛\x1b[31m\t\n", "青 岛 [31m  "},
		{"C1 control character", "青\u0085岛", "青 岛"},
		{"zero-width and direction marks", "青\u200b岛\u202e", "青 岛 "},
		{"byte order mark", "\ufeff青岛", " 青岛"},
		{"invalid bytes", "\xff\xfe青岛\xe5", "  青岛 "},
		{"a character cut in two", "青岛"[:5], "青  "},
		{"emoji", "🙂青岛", "🙂青岛"},
		{"compatibility ideograph", "\uf9dc", "隆"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			n := retrieval.Normalise(test.text)
			if n.Text != test.want {
				t.Errorf("%q becomes %q, want %q", test.text, n.Text, test.want)
			}
			checkOffsets(t, test.text, n)
			if again := retrieval.Normalise(n.Text); again.Text != n.Text {
				t.Errorf("%q, normalised again, becomes %q", n.Text, again.Text)
			}
		})
	}
}

// What is found in the normalised form is quoted from the original.
func TestOriginal(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, found, want string }{
		{"新建５Ｇ基站總數", "5g基站", "５Ｇ基站"},
		{"新建５Ｇ基站總數", "总数", "總數"},
		{"增长８．１％", "8.1%", "８．１％"},
		{"面积113㎡以上", "113m2", "113㎡"},
		{"cafe\u0301好", "café", "cafe\u0301"},
		{"\xff\xfe青岛", "青岛", "青岛"},
		{"年内新建5g基站", "5g基站", "5g基站"},
	} {
		n := retrieval.Normalise(test.text)
		at := strings.Index(n.Text, test.found)
		if at < 0 {
			t.Errorf("%q does not hold %q", n.Text, test.found)
			continue
		}
		if got := test.text[n.Original(at):n.Original(at+len(test.found))]; got != test.want {
			t.Errorf("%q of %q stands in the original as %q, want %q", test.found, test.text, got, test.want)
		}
		if back := n.Offset(strings.Index(test.text, test.want)); back != at {
			t.Errorf("%q of %q maps back to %d, want %d", test.want, test.text, back, at)
		}
	}
}

// Lines that are normalised together are what they are alone.
func TestNormaliseLines(t *testing.T) {
	t.Parallel()
	lines := []string{"新建５Ｇ基站總數，", "", "cafe", "\u0301好", "增长８．１％\n全国"}
	text, normalised := retrieval.NormaliseLines(lines)
	var joined strings.Builder
	for i, line := range lines {
		want := retrieval.Normalise(line)
		joined.WriteString(want.Text + "\n")
		if normalised[i].Text != want.Text {
			t.Errorf("%q becomes %q, want %q", line, normalised[i].Text, want.Text)
		}
		checkOffsets(t, line, normalised[i])
	}
	if text != joined.String() {
		t.Errorf("the lines become %q, want %q", text, joined.String())
	}
}

// checkOffsets checks that every character of a normalised text maps to the start of one of the original, that the two
// begin and end together, and that no offset goes back.
func checkOffsets(t *testing.T, text string, n retrieval.Normalised) {
	t.Helper()
	starts := characterStarts(text)
	if !utf8.ValidString(n.Text) {
		t.Errorf("%q becomes %q, which is no valid UTF-8", text, n.Text)
	}
	if at := strings.IndexFunc(n.Text, unicode.IsControl); at >= 0 {
		t.Errorf("%q keeps a control character: %q", text, n.Text)
	}
	previous := 0
	for i := 0; i <= len(n.Text); i++ {
		at := n.Original(i)
		if at < previous || at > len(text) {
			t.Errorf("offset %d of %q maps to %d of %q: behind the text, or before offset %d", i, n.Text, at, text, previous)
			return
		}
		if (i == len(n.Text) || utf8.RuneStart(n.Text[i])) && !starts[at] {
			t.Errorf("offset %d of %q maps to %d of %q, inside of a character", i, n.Text, at, text)
			return
		}
		if back := n.Offset(at); (i == len(n.Text) || utf8.RuneStart(n.Text[i])) && (back > i || n.Original(back) != at) {
			t.Errorf("offset %d of %q maps to %d of %q, and that to %d", i, n.Text, at, text, back)
			return
		}
		previous = at
	}
	if n.Original(len(n.Text)) != len(text) {
		t.Errorf("the end of %q maps to %d of %q, want its end", n.Text, n.Original(len(n.Text)), text)
	}
}

// characterStarts are the offsets at which a character of a text starts, an invalid byte counting as one, and its end.
func characterStarts(text string) map[int]bool {
	starts := map[int]bool{len(text): true}
	for at := range text {
		starts[at] = true
	}
	return starts
}

func FuzzNormalise(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkOffsets(t, text, retrieval.Normalise(text))
	})
}
