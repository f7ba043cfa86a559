package content_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"wenbao/content"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata from what the code does now")

var (
	digitNumber   = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)
	chineseNumber = regexp.MustCompile(`[〇零一二两三四五六七八九十百千万亿]+`)
)

// TestFiguresOfTheEmbeddedReport holds every number of the embedded report against testdata/figures.golden: the figure
// that it belongs to, or why it belongs to none. A line of that file is only right when a person has found it so in the
// report; after a change run
//
//	go test ./content -run TestFiguresOfTheEmbeddedReport -update
//
// and look at what git diff shows.
func TestFiguresOfTheEmbeddedReport(t *testing.T) {
	t.Parallel()
	report := embedded(t)

	var b strings.Builder
	b.WriteString("# Every number of the embedded report, in its order: number, section, figure, value unit kind bound, measure;\n" +
		"# or, for a number that is no figure, why not and where it stands. Written by go test ./content -update.\n")
	digits := digitNumber.FindAllStringIndex(report.Text, -1)
	if len(digits) != 116 {
		t.Errorf("the embedded report has %d numbers in digits, want 116: is its text still the published one?", len(digits))
	}
	fmt.Fprintf(&b, "\n## %d numbers in digits\n", len(digits))
	for _, at := range digits {
		line, ok := describeNumber(report, content.Span{Start: at[0], End: at[1]})
		if !ok {
			t.Errorf("no figure and no reason why not: %s", line)
		}
		b.WriteString(line + "\n")
	}
	chinese := chineseNumber.FindAllStringIndex(report.Text, -1)
	b.WriteString("\n## Runs of Chinese numerals; \"word\" is one that counts nothing\n")
	for _, at := range chinese {
		span := content.Span{Start: at[0], End: at[1]}
		if figure, _ := figureAt(report, span); figure != nil && digitNumber.MatchString(report.Quote(figure.Span)) {
			continue // the 万 of 15.2万辆
		}
		line, _ := describeNumber(report, span)
		b.WriteString(line + "\n")
	}
	compareGolden(t, filepath.Join("testdata", "figures.golden"), b.String())
}

// describeNumber writes the golden line of a number. It is false for a number in digits that is no figure although
// nothing about it says why.
func describeNumber(report *content.Report, number content.Span) (string, bool) {
	text := report.Quote(number)
	figure, section := figureAt(report, number)
	if figure != nil {
		return fmt.Sprintf("%s\t%s\t%s\t%s %s %s %s\t%s", text, section.Label, report.Quote(figure.Span),
			formatNumber(figure.Value), dash(figure.Unit), figure.Kind, figure.Bound, report.Quote(figure.Measure)), true
	}
	label := "-"
	for _, s := range report.Sections {
		if s.Span.Contains(number) {
			label = s.Label
		}
	}
	reason := whyNone(report, number)
	return fmt.Sprintf("%s\t%s\tnone: %s\t%s", text, label, reason, around(report.Text, number)), reason != "word" || !digitNumber.MatchString(text)
}

// whyNone says why a number is no figure, from what stands around it alone.
func whyNone(report *content.Report, number content.Span) string {
	line := report.Text[strings.LastIndexByte(report.Text[:number.Start], '\n')+1 : number.Start]
	before, _ := utf8.DecodeLastRuneInString(line)
	after, _ := utf8.DecodeRuneInString(report.Text[number.End:])
	isLatin := func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }
	inHeading := false
	for _, section := range report.Sections {
		inHeading = inHeading || section.Heading.Contains(number) && number.End-section.Heading.Start <= len(section.Number)
	}
	switch {
	case number.Start < len(report.Title):
		return "title"
	case inHeading:
		return "heading"
	case strings.Count(line, "“") > strings.Count(line, "”"):
		return "in quotation marks"
	case strings.Count(line, "《") > strings.Count(line, "》"):
		return "name"
	case isLatin(before) || isLatin(after):
		return "name"
	case before == '(' && after == ')' && len(report.Quote(number)) == len("2021"):
		return "year"
	}
	return "word"
}

func figureAt(report *content.Report, number content.Span) (*content.Figure, *content.Section) {
	for sentence := range report.Sentences() {
		for i := range sentence.Figures {
			if f := sentence.Figures[i]; f.Start < number.End && number.Start < f.End {
				return &sentence.Figures[i], sentence.Section
			}
		}
	}
	return nil, nil
}

// around shows a number with up to six runes to each side, the number itself between ‹ and ›.
func around(text string, number content.Span) string {
	before, after := []rune(text[:number.Start]), []rune(text[number.End:])
	before, after = before[max(0, len(before)-6):], after[:min(6, len(after))]
	return strings.ReplaceAll(string(before)+"‹"+text[number.Start:number.End]+"›"+string(after), "\n", "⏎")
}

// formatNumber prints a value without an exponent, and without the noise of floating point: 8190000000.
func formatNumber(value float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'g', 12, 64), 64)
	if err != nil {
		rounded = value
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// compareGolden compares with a golden file, line by line so that a failure shows the lines that differ, or rewrites it.
func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(want, []byte(got)) {
		return
	}
	wantLines, gotLines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	shown := 0
	for i := range max(len(wantLines), len(gotLines)) {
		var w, g string
		if i < len(wantLines) {
			w = wantLines[i]
		}
		if i < len(gotLines) {
			g = gotLines[i]
		}
		if w == g {
			continue
		}
		t.Errorf("%s:%d\n got %s\nwant %s", path, i+1, g, w)
		if shown++; shown == 10 {
			break
		}
	}
	t.Error("if the new lines are right, rewrite the file with -update")
}
