package content_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wenbao/content"
)

// problemsOf checks what must hold for every report, whatever its text: that each span lies inside the text on whole
// characters, that everything lies inside what it belongs to, and that everything stands in the order of the text.
func problemsOf(report *content.Report) []string {
	c := checker{report: report}
	if !utf8.ValidString(report.Text) {
		c.fault("the text is no valid UTF-8")
	}
	labels := make(map[string]bool)
	for i, section := range report.Sections {
		what := "section " + section.Label
		if labels[section.Label] {
			c.fault("two sections are labelled %s", section.Label)
		}
		labels[section.Label] = true
		if report.Section(section.Label) != section {
			c.fault("%s is not found by its label", what)
		}
		c.span(what, section.Span)
		c.span("heading of "+what, section.Heading)
		if section.Heading.Len() > 0 && !section.Span.Contains(section.Heading) {
			c.fault("%s %v does not hold its heading %v", what, section.Span, section.Heading)
		}
		switch {
		case section.Parent == nil && section.Level != 1:
			c.fault("%s has level %d and no parent", what, section.Level)
		case section.Parent != nil && section.Level <= section.Parent.Level:
			c.fault("%s has level %d under level %d", what, section.Level, section.Parent.Level)
		case section.Parent != nil && !section.Parent.Span.Contains(section.Span):
			c.fault("%s %v is not inside of its parent %v", what, section.Span, section.Parent.Span)
		case section.Parent != nil && !slices.Contains(report.Sections[:i], section.Parent):
			c.fault("%s stands before its parent", what)
		}
		if i > 0 && section.Span.Start < report.Sections[i-1].Span.Start {
			c.fault("%s starts before %s", what, report.Sections[i-1].Label)
		}
		for _, other := range report.Sections[:i] {
			if other.Parent == section.Parent && other.Span.End > section.Span.Start {
				c.fault("%s overlaps %s", what, other.Label)
			}
		}
		for _, sentence := range section.Sentences {
			if sentence.Section != section {
				c.fault("a sentence of %s knows another section", what)
			}
			if !section.Span.Contains(sentence.Span) {
				c.fault("%s %v does not hold its sentence %v", what, section.Span, sentence.Span)
			}
			if section.Heading.Len() > 0 && sentence.Span.Start < section.Heading.End {
				c.fault("a sentence of %s overlaps its heading", what)
			}
		}
	}
	end, index := 0, 0
	for sentence := range report.Sentences() {
		if sentence.Index != index {
			c.fault("sentence %d has index %d", index, sentence.Index)
		}
		c.sentence(fmt.Sprintf("sentence %d", index), sentence, end)
		end = sentence.Span.End
		index++
	}
	if _, err := json.Marshal(report.Text); err != nil {
		c.fault("%v", err)
	}
	return c.problems
}

// checker collects what is wrong with a report.
type checker struct {
	report   *content.Report
	problems []string
}

func (c *checker) fault(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// span checks that a span can be quoted; it is false when it cannot.
func (c *checker) span(what string, span content.Span) bool {
	return spanFits(c.report.Text, span, func(problem string) { c.fault("%s: %s", what, problem) })
}

func (c *checker) sentence(what string, sentence *content.Sentence, previousEnd int) {
	if !c.span(what, sentence.Span) {
		return
	}
	if sentence.Span.Len() == 0 {
		c.fault("%s is empty", what)
	}
	if sentence.Span.Start < previousEnd {
		c.fault("%s overlaps the one before", what)
	}
	if quote := c.report.Quote(sentence.Span); quote != strings.TrimSpace(quote) {
		c.fault("%s has white space around it: %q", what, quote)
	}
	end := sentence.Span.Start
	for i, clause := range sentence.Clauses {
		clauseIs := fmt.Sprintf("clause %d of %s", i, what)
		c.span(clauseIs, clause.Span)
		if clause.Len() == 0 || clause.Start < end || clause.End > sentence.Span.End {
			c.fault("%s %v is empty, overlaps the one before or leaves the sentence %v", clauseIs, clause.Span, sentence.Span)
		}
		end = clause.End
	}
	end = sentence.Span.Start
	for i, figure := range sentence.Figures {
		figureIs := fmt.Sprintf("figure %d of %s", i, what)
		if !c.span(figureIs, figure.Span) || !c.span("measure of "+figureIs, figure.Measure) {
			continue
		}
		if figure.Start < end || figure.End > sentence.Span.End {
			c.fault("%s %v overlaps the one before or leaves the sentence %v", figureIs, figure.Span, sentence.Span)
		}
		end = figure.End
		at := slices.IndexFunc(sentence.Clauses, func(clause content.Clause) bool { return clause.Contains(figure.Span) })
		if at < 0 {
			c.fault("%s %q lies in no clause of %q", figureIs, c.report.Quote(figure.Span), c.report.Quote(sentence.Span))
			continue
		}
		if figure.Measure.Len() > 0 && !sentence.Clauses[at].Contains(figure.Measure) {
			c.fault("%s measures %q, outside of its clause", figureIs, c.report.Quote(figure.Measure))
		}
		figureFits(figure, sentence.Row != nil, func(problem string) { c.fault("%s %q: %s", figureIs, c.report.Quote(figure.Span), problem) })
	}
}

// spanFits checks that a span lies inside a text, on whole characters.
func spanFits(text string, span content.Span, fault func(string)) bool {
	if span.Start < 0 || span.Start > span.End || span.End > len(text) {
		fault(fmt.Sprintf("%v is no span of a text of %d bytes", span, len(text)))
		return false
	}
	for _, at := range []int{span.Start, span.End} {
		if !startsCharacter(text, at) {
			fault(fmt.Sprintf("%v cuts a character in two", span))
			return false
		}
	}
	return true
}

// startsCharacter tells whether a character starts at an offset of a text, an invalid byte counting as one, or the text
// ends there.
func startsCharacter(text string, at int) bool {
	if at == len(text) || utf8.RuneStart(text[at]) {
		return true
	}
	for start := at - 1; start >= max(0, at-utf8.UTFMax+1); start-- {
		if utf8.RuneStart(text[start]) {
			_, size := utf8.DecodeRuneInString(text[start:])
			return start+size <= at
		}
	}
	return true
}

// figureFits checks what a figure says about itself. Its value must be one that JSON can hold. In a row of a table any
// figure may be below zero.
func figureFits(figure content.Figure, row bool, fault func(string)) {
	if figure.Len() == 0 {
		fault("is empty")
	}
	if !slices.Contains(content.Kinds, figure.Kind) {
		fault(fmt.Sprintf("has kind %q", figure.Kind))
	}
	if !slices.Contains([]content.Bound{content.Exact, content.About, content.Over, content.Nearly, content.AtLeast, content.AtMost}, figure.Bound) {
		fault(fmt.Sprintf("has bound %q", figure.Bound))
	}
	signed := row || figure.Kind == content.Percent || figure.Kind == content.PercentagePoint // 增长-5%
	if math.IsNaN(figure.Value) || math.IsInf(figure.Value, 0) || figure.Value < 0 && !signed {
		fault(fmt.Sprintf("has value %v", figure.Value))
	}
}

func TestPropertiesOfTheEmbeddedReport(t *testing.T) {
	t.Parallel()
	for _, problem := range problemsOf(embedded(t)) {
		t.Error(problem)
	}
}

// A piece of the report, cut wherever, is a text to parse too.
func TestPropertiesOfCutReports(t *testing.T) {
	t.Parallel()
	text := embedded(t).Text
	for at := 0; at < len(text); at += 397 {
		for _, cut := range []string{text[at:min(len(text), at+997)], title + text[at:min(len(text), at+997)]} {
			if problems := problemsOf(content.Parse(cut)); len(problems) > 0 {
				t.Fatalf("the report cut at byte %d: %s", at, strings.Join(problems, "\n"))
			}
		}
	}
}

// seeds are pieces of the report and of other layouts to start fuzzing from.
func seeds(f *testing.F) {
	report := embedded(f)
	for line := range strings.Lines(report.Text) {
		f.Add(line)
	}
	for sentence := range report.Sentences() {
		f.Add(report.Quote(sentence.Span))
	}
	for _, text := range []string{
		"", "\n", "标题\n一、甲\n（一）乙。丙，1,000家、2户；三年\n（1）丁\n1.5倍", "第一章 甲\r\n第一部分：乙\r１．丙\x00",
		"他说“要快。”（缺一半。《名》5G基站１２．３万辆、第二批；百分之六,三分之一", "6%—6.5%、3-5年,2021—2023年，7月17日至20日",
		"超过3万，近四年，1亿元以上、200亿元左右，千亿元，二〇二一年", "\xff\xfe一、\xe4", "此外，各位代表：\n扫一扫", "、、、，，，。。。；；；((（“",
	} {
		f.Add(text)
		f.Add(title + text)
	}
}

func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		report := content.Parse(text)
		for _, problem := range problemsOf(report) {
			t.Error(problem)
		}
		for _, section := range report.Sections {
			_ = section.Path(report)
		}
	})
}

func FuzzFigures(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, figure := range content.Figures(text) {
			fault := func(problem string) { t.Errorf("figure %v: %s", figure.Span, problem) }
			if !spanFits(text, figure.Span, fault) {
				continue
			}
			if figure.Start < end {
				fault("overlaps the one before")
			}
			end = figure.End
			figureFits(figure, false, fault)
		}
	})
}
