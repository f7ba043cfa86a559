package lexicon_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/content/lexicon"
)

// The files of this folder, all but words.txt, which has no comment and is tested on its own.
var lists = []string{
	"abbreviations.txt", "antonyms.txt", "bounds.txt", "contrasts.txt", "deeds.txt", "facts.txt", "layout.txt", "lists.txt", "organisations.txt",
	"pinyin.txt", "places.txt", "reports.txt", "questions.txt", "synonyms.txt", "terms.txt", "traditional.txt", "unit-groups.txt", "units.txt",
}

func entries(name string) [][]string { return slices.Collect(lexicon.Entries(name)) }

func TestEveryListIsTested(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := file.Name(); strings.HasSuffix(name, ".txt") && name != "words.txt" && !slices.Contains(lists, name) {
			t.Errorf("%s is in no test: add it to lists", name)
		}
	}
}

func TestListsParse(t *testing.T) {
	t.Parallel()
	for _, name := range lists {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if !utf8.Valid(text) {
			t.Errorf("%s is no valid UTF-8", name)
		}
		if !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s has no comment on top that says what it holds", name)
		}
		list := entries(name)
		if len(list) == 0 {
			t.Errorf("%s has no entries", name)
		}
		for _, entry := range list {
			if len(entry) < 2 {
				t.Errorf("%s: %q has one field", name, entry)
			}
		}
		for line := range strings.Lines(string(text)) {
			if strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) && r != '\n' || r == '　' || r == '\ufeff' }) {
				t.Errorf("%s: %q holds a tab, a wide space or a control character", name, line)
			}
		}
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	got := slices.Collect(lexicon.Fields("# a comment\n\n= 青啤  青岛啤酒\n \t# another\n  个 count\t!性 \r\n# 家\n末"))
	want := [][]string{{"=", "青啤", "青岛啤酒"}, {"个", "count", "!性"}, {"末"}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %q, want %q", got, want)
	}
	for range lexicon.Fields("一\n二") {
		break // a reader may stop early
	}
}

func TestEntriesOfAnUnknownFilePanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	lexicon.Entries("no-such-file.txt")
}

// A line of synonyms is a sign and at least two different words.
func TestSynonyms(t *testing.T) {
	t.Parallel()
	groups := append(entries("synonyms.txt"), entries("abbreviations.txt")...)
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	groups = append(groups, report.Synonyms...)
	for _, group := range groups {
		if !slices.Contains([]string{"=", "~", ">"}, group[0]) {
			t.Errorf("%q begins with %q, want =, ~ or >", group, group[0])
		}
		if len(group) < 3 {
			t.Errorf("%q has fewer than two words", group)
		}
		words := slices.Clone(group[1:])
		slices.Sort(words)
		if len(slices.Compact(words)) < len(group)-1 {
			t.Errorf("%q holds a word twice", group)
		}
	}
}

// A line of antonyms has words on both sides of its one bar, and no pair of them stands for each other in synonyms.txt.
func TestAntonyms(t *testing.T) {
	t.Parallel()
	contradict := make(map[[2]string]bool)
	for _, line := range entries("antonyms.txt") {
		bar := slices.Index(line, "|")
		if bar <= 0 || bar == len(line)-1 || slices.Contains(line[bar+1:], "|") {
			t.Errorf("%q is not words, one |, words", line)
			continue
		}
		for _, left := range line[:bar] {
			for _, right := range line[bar+1:] {
				if left == right {
					t.Errorf("%q contradicts itself in %s", line, left)
				}
				contradict[[2]string{left, right}] = true
				contradict[[2]string{right, left}] = true
			}
		}
	}
	for _, group := range append(entries("synonyms.txt"), entries("abbreviations.txt")...) {
		words := group[1:]
		for i, word := range words {
			for _, other := range words[i+1:] {
				if (group[0] != ">" || i == 0) && contradict[[2]string{word, other}] {
					t.Errorf("%s and %s contradict each other in antonyms.txt and stand for each other in %q", word, other, group)
				}
			}
		}
	}
}

func TestUnits(t *testing.T) {
	t.Parallel()
	kinds := slices.DeleteFunc(slices.Clone(content.Kinds), func(k content.Kind) bool { return k == content.Date })
	seen := make(map[string]bool)
	for _, entry := range entries("units.txt") {
		if !slices.Contains(kinds, content.Kind(entry[1])) {
			t.Errorf("%q has kind %s, want one of %v", entry, entry[1], kinds)
		}
		for _, option := range entry[2:] {
			if option != "chinese" && option != "ordinal" && (option[0] != '!' || utf8.RuneCountInString(option) != 2) {
				t.Errorf("%q has option %s, want chinese, ordinal or ! and one character", entry, option)
			}
		}
		key := entry[0]
		if slices.Contains(entry, "ordinal") {
			key += " behind 第"
		}
		if seen[key] {
			t.Errorf("unit %s stands there twice", key)
		}
		seen[key] = true
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	roles := []string{
		string(content.About), string(content.Over), string(content.Nearly), string(content.AtLeast), string(content.AtMost), "article", "speed", "vague",
		"idiom", "predicate", "linking", "adverb", "joining", "change",
	}
	sides := []string{"before", "after", "behind", "between", "whole"}
	for _, entry := range entries("bounds.txt") {
		if !slices.Contains(roles, entry[0]) {
			t.Errorf("%q has role %s, want one of %v", entry, entry[0], roles)
		}
		if !slices.Contains(sides, entry[1]) {
			t.Errorf("%q has side %s, want one of %v", entry, entry[1], sides)
		}
		if len(entry) < 3 {
			t.Errorf("%q holds no word", entry)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, kinds := range map[string][]string{
		"places.txt":        {"province", "city", "district", "country", "region"},
		"organisations.txt": {"company", "bank", "university", "agency"},
	} {
		seen := make(map[string]string)
		for _, entry := range entries(name) {
			if ofProvince := len(entry) == 3 && entry[1] == "city"; len(entry) != 2 && !ofProvince || !slices.Contains(kinds, entry[1]) {
				t.Errorf("%s: %q is not a name and one of %v, with its province behind a city at most", name, entry, kinds)
				continue
			}
			if entry[0] != strings.ToLower(entry[0]) {
				t.Errorf("%s: %s is not in lower case", name, entry[0])
			}
			if kind, ok := seen[entry[0]]; ok && kind == entry[1] {
				t.Errorf("%s: %s stands there twice as a %s", name, entry[0], kind)
			}
			seen[entry[0]] = entry[1]
		}
	}
}

func TestCharacterTables(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for _, entry := range entries("traditional.txt") {
		if len(entry) != 2 || utf8.RuneCountInString(entry[0]) != 1 || utf8.RuneCountInString(entry[1]) != 1 || entry[0] == entry[1] {
			t.Errorf("traditional.txt: %q is not two different characters", entry)
		}
		if seen[entry[0]] {
			t.Errorf("traditional.txt: %s stands there twice", entry[0])
		}
		seen[entry[0]] = true
	}
	for _, entry := range entries("pinyin.txt") {
		if len(entry) != 2 || strings.Trim(entry[0], "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("pinyin.txt: %q is not a syllable and its characters", entry)
		}
	}
}

// words is the dictionary, its words with their parts of speech; it fails on a line that is not one.
func words(t *testing.T) map[string]string {
	t.Helper()
	tags := make(map[string]string)
	previous := ""
	for line := range strings.Lines(lexicon.Words) {
		fields := strings.Fields(line)
		if len(fields) != 3 || strings.Join(fields, " ")+"\n" != line {
			t.Errorf("words.txt: %q is not three fields with single spaces", line)
			continue
		}
		if fields[0] <= previous {
			t.Errorf("words.txt: %s stands behind %s, so that the words are not sorted", fields[0], previous)
		}
		if strings.Trim(fields[1], "0123456789") != "" || fields[1] == "0" {
			t.Errorf("words.txt: %s has frequency %s", fields[0], fields[1])
		}
		if fields[0] != strings.ToLower(fields[0]) {
			t.Errorf("words.txt: %s is not in lower case, so that it is never found", fields[0])
		}
		previous = fields[0]
		tags[fields[0]] = fields[2]
	}
	return tags
}

func TestWords(t *testing.T) {
	t.Parallel()
	tags := words(t)
	// What refusing and finding depend on: terms of the report, and places and companies that it does not hold.
	for _, word := range []string{
		"5g基站", "规上工业增加值", "灯塔工厂", "双招双引", "卡奥斯", "工赋", "头雁工程", "新金花", "千兆城市", "京东方", "奇瑞汽车", "富士康",
		"海尔", "海信", "青啤", "极视角", "创新奇智", "董家口", "中德生态园", "磁浮", "直联点", "专精特新", "单项冠军", "独角兽", "工业互联网",
	} {
		if tags[word] == "" {
			t.Errorf("words.txt lacks %s", word)
		}
	}
	for tag, names := range map[string][]string{
		"ns": {"济南", "烟台", "潍坊", "北京", "上海", "深圳", "杭州", "苏州", "广东", "美国"},
		"nt": {"比亚迪", "华为", "格力", "腾讯", "阿里巴巴", "富士康"},
	} {
		for _, name := range names {
			if tags[name] != tag {
				t.Errorf("words.txt has %s as %q, want %s", name, tags[name], tag)
			}
		}
	}
}

// After a change to one of the lists, go generate makes words.txt anew.
func TestWordsHoldTheLists(t *testing.T) {
	t.Parallel()
	tags := words(t)
	text, err := os.ReadFile("../report/terms.txt")
	if err != nil {
		t.Fatal(err)
	}
	terms := append(entries("terms.txt"), slices.Collect(lexicon.Fields(string(text)))...)
	for _, entry := range terms {
		if len(entry) != 2 {
			t.Errorf("%q is not a term and its part of speech", entry)
			continue
		}
		if listed := tags[entry[0]] != ""; listed != (entry[1] != "-") {
			t.Errorf("%q: in words.txt %v; run go generate", entry, listed)
		}
	}
	for _, name := range []string{"places.txt", "organisations.txt"} {
		for _, entry := range entries(name) {
			if tags[entry[0]] == "" {
				t.Errorf("words.txt lacks %s of %s; run go generate", entry[0], name)
			}
		}
	}
}

// Roles of questions.txt are many lines of one word each or more; a word stands in a role once.
func TestQuestions(t *testing.T) {
	t.Parallel()
	roles := make(map[string][]string)
	for _, entry := range entries("questions.txt") {
		roles[entry[0]] = append(roles[entry[0]], entry[1:]...)
	}
	for _, role := range []string{"number", "money", "percent", "rank", "who", "which", "what", "list", "empty", "vague", "outline", "contents", "source", "pointer", "greeting"} {
		if len(roles[role]) == 0 {
			t.Errorf("no words of the role %s", role)
		}
	}
}
