package retrieval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wenbao/content"
	"wenbao/retrieval"
)

func embedded(t testing.TB) *content.Report {
	t.Helper()
	report, err := content.Embedded()
	if err != nil {
		t.Fatalf("Embedded: %v", err)
	}
	return report
}

func textsOf(tokens []retrieval.Token) []string {
	var texts []string
	for _, token := range tokens {
		texts = append(texts, token.Text)
	}
	return texts
}

func TestAnalyse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{ // the words, / between them
		{"", ""},
		{"。、“”……!?", ""},
		{"🙂👍🏽", ""},
		{"  \t\n　", ""},
		{"2021年新建多少5G基站", "2021/年/新建/多少/5g基站"},
		{"规上工业增加值增长8.1%", "规上工业增加值/增长/8.1"},
		{"投资81.7亿元的京东方", "投资/81.7/亿/元/的/京东方"},
		{"占比84.66%,提升1.1个百分点", "占比/84.66/提升/1.1/个/百分点"},
		{"投资８１．７亿元", "投资/81.7/亿/元"},
		{"占比８４．66%，1．5", "占比/84.66/1.5"},
		{"1.5.2", "1.5/2"},
		{"１．５．２", "1.5/2"},
		{"8.", "8"},
		{"10018个", "10018/个"},
		{"Handle全球根节点", "handle/全球/根/节点"},
		{"C919与PM2.5", "c919/与/pm2.5"},
		{"海尔、青啤入选全球“灯塔工厂”", "海尔/青啤/入选/全球/灯塔工厂"},
		{"双招双引", "双招双引"},
		{"卡奥斯的工赋青岛模式", "卡奥斯/的/工赋/青岛/模式"},
		{"濟南的灯塔工廠", "济南/的/灯塔工厂"},
		{"济南有多少比亚迪工厂", "济南/有/多少/比亚迪/工厂"},
	} {
		if got := strings.Join(textsOf(retrieval.Analyse(test.text)), "/"); got != test.want {
			t.Errorf("%q is cut into %s, want %s", test.text, got, test.want)
		}
		checkTokens(t, test.text)
	}
}

// However it is typed, a question has the words of the report.
func TestAnalyseOfWhatPeopleType(t *testing.T) {
	t.Parallel()
	want := textsOf(retrieval.Analyse("2021年新建多少5G基站"))
	for _, text := range []string{
		"２０２１年新建多少５Ｇ基站", "2021年新建多少5g基站？？", "2021年新建多少 5G基站", "2021年，新建，多少，5G基站。", "\u20282021年新建多少5G基站\u0007",
	} {
		if got := textsOf(retrieval.Analyse(text)); !slices.Equal(got, want) {
			t.Errorf("%q is cut into %q, want %q", text, got, want)
		}
	}
}

// A compound is one word that knows its parts.
func TestParts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"5G基站":    {"5g", "基站"},
		"５Ｇ基站":    {"5g", "基站"},
		"规上工业增加值": {"规上", "工业", "增加值"},
		"灯塔工厂":    {"灯塔", "工厂"},
		"青岛":      nil,
		"10018":   nil,
	} {
		tokens := retrieval.Analyse(text)
		if len(tokens) != 1 {
			t.Errorf("%q is cut into %q, want one word", text, textsOf(tokens))
			continue
		}
		if !slices.Equal(tokens[0].Parts, want) {
			t.Errorf("parts of %q are %q, want %q", text, tokens[0].Parts, want)
		}
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	for tag, texts := range map[string][]string{
		"ns":  {"济南", "烟台", "深圳", "上海", "北京", "山东", "董家口"},
		"nt":  {"比亚迪", "华为", "海尔", "海信", "青啤", "卡奥斯", "京东方", "奇瑞汽车"},
		"nz":  {"5G基站"},
		"m":   {"8", "81.7", "10018", "２３"},
		"eng": {"Handle", "xyz123", "q"},
	} {
		for _, text := range texts {
			tokens := retrieval.Analyse(text)
			if len(tokens) != 1 || tokens[0].Tag != tag || tokens[0].Unknown() {
				t.Errorf("%q is %+v, want one word tagged %s", text, tokens, tag)
			}
		}
	}
	for _, text := range []string{"ß", "가", "囍"} {
		if tokens := retrieval.Analyse(text); len(tokens) != 1 || !tokens[0].Unknown() {
			t.Errorf("%q is %+v, want one unknown word", text, tokens)
		}
	}
}

// Refusing depends on it: whatever the report says, the lexicon knows.
func TestEveryWordOfTheReportIsKnown(t *testing.T) {
	t.Parallel()
	report := embedded(t)
	for _, token := range retrieval.Analyse(report.Text) {
		if token.Unknown() {
			t.Errorf("unknown word %q at byte %d", token.Text, token.Start)
		}
	}
	checkTokens(t, report.Text)
}

// checkTokens checks the words of a text: whole characters of it, in its order, without overlap, each with its parts
// inside of it.
func checkTokens(t *testing.T, text string) {
	t.Helper()
	starts := characterStarts(text)
	end := 0
	for i, token := range retrieval.Analyse(text) {
		what := fmt.Sprintf("word %d of %q, %+v", i, text, token)
		if token.Start < 0 || token.Start > token.End || token.End > len(text) || !starts[token.Start] || !starts[token.End] {
			t.Errorf("%s: its offsets are not those of characters of the text", what)
			continue
		}
		if token.Start < end {
			t.Errorf("%s: it overlaps the word before", what)
		}
		end = token.End
		if token.Text == "" || token.Tag == "" {
			t.Errorf("%s: it has no text or no tag", what)
		}
		for _, part := range token.Parts {
			if part == "" || part == token.Text || !strings.Contains(token.Text, part) {
				t.Errorf("%s: %q is no part of it", what, part)
			}
		}
	}
}

// The words of a text that is in its normalised form stand in it as they are.
func TestTokensAreQuotes(t *testing.T) {
	t.Parallel()
	text := strings.ToLower(embedded(t).Text)
	for _, token := range retrieval.Analyse(text) {
		if got := text[token.Start:token.End]; got != token.Text {
			t.Errorf("word %q stands for %q", token.Text, got)
		}
	}
}

// seeds are pieces of the report and hard texts to start fuzzing from.
func seeds(tb testing.TB) []string {
	report := embedded(tb)
	var texts []string
	for sentence := range report.Sentences() {
		texts = append(texts, report.Quote(sentence.Span))
	}
	return append(texts,
		"", " ", "８１．７亿元", "1.5.2", "㎡㍿㋿½ﬁ", "cafe\u0301", "\u0301\u0323", "\u1100\u1161\u11a8", "\xff青\xe5\xb2", "青\x00岛\x1b[31m",
		"ﷺ", "👨\u200d👩\u200d👧", "5Ｇ基站总數", "PM2.5与C919", "İǅß", strings.Repeat("a\u0301", 40), "..1..2..", "1．５.2",
	)
}

func FuzzAnalyse(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(checkTokens)
}

func BenchmarkAnalyse(b *testing.B) {
	text := embedded(b).Text
	retrieval.Analyse(text) // load the lexicon
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		retrieval.Analyse(text)
	}
}
