package content

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"wenbao/content/lexicon"
)

// Labels of the text before the first heading and of the closing words.
const (
	introductionLabel = "引言"
	closingLabel      = "结语"
)

// layoutWords are the words by which the parts of a report are recognised, by their role.
var layoutWords = sync.OnceValue(func() map[string][]string {
	words := make(map[string][]string)
	for entry := range lexicon.Entries("layout.txt") {
		words[entry[0]] = append(words[entry[0]], entry[1:]...)
	}
	return words
})

func startsWithAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(text, word) })
}

// Parse takes a report's plain text apart. The first line is the title; every further line is a paragraph. Lines that
// are web page residue are dropped, otherwise the text is kept to the letter, and is what all spans count into. Parse
// never fails: a text without any heading is a report of one section.
func Parse(text string) *Report {
	text = clean(text)
	report := &Report{Text: text}
	builder := sectionBuilder{report: report}
	for _, paragraph := range paragraphs(text) {
		if report.Title == "" {
			report.Title = text[paragraph.Start:paragraph.End]
			continue
		}
		builder.add(paragraph)
	}
	builder.finish()
	report.Year, report.Issuer = identify(report.Title)
	return report
}

// clean drops what is not the report: invalid bytes, a byte order mark, carriage returns, and residue lines.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "")
	text = strings.NewReplacer("\ufeff", "", "\r\n", "\n", "\r", "\n", "\x00", "").Replace(text)
	lines := strings.SplitAfter(text, "\n")
	lines = slices.DeleteFunc(lines, func(line string) bool {
		return startsWithAny(strings.TrimSpace(line), layoutWords()["residue"])
	})
	return strings.Join(lines, "")
}

// paragraphs are the lines that hold something, without the white space around them.
func paragraphs(text string) []Span {
	var spans []Span
	for start := 0; start < len(text); {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		line := text[start:end]
		trimmed := strings.TrimSpace(line)
		if trimmed != "" {
			at := start + strings.Index(line, trimmed)
			spans = append(spans, Span{at, at + len(trimmed)})
		}
		start = end + 1
	}
	return spans
}

var (
	yearPattern   = regexp.MustCompile(`((?:19|20)[0-9]{2})年`)
	issuerPattern = regexp.MustCompile(`^(.*?)(?:(?:19|20)[0-9]{2}年|工作|政府)`)
)

// identify reads year and issuer off a title such as 市工业和信息化局2021年工作总结.
func identify(title string) (year int, issuer string) {
	if match := yearPattern.FindStringSubmatch(title); match != nil {
		year, _ = strconv.Atoi(match[1])
	}
	if match := issuerPattern.FindStringSubmatch(title); match != nil {
		issuer = strings.TrimSpace(match[1])
	}
	return year, issuer
}

// sectionBuilder sorts paragraphs into sections.
type sectionBuilder struct {
	report *Report
	open   []openSection // from the chapter down to the section that paragraphs go into
}

type openSection struct {
	section *Section
	rank    int
	value   int
	text    bool // holds a paragraph behind its heading
}

func (b *sectionBuilder) add(paragraph Span) {
	text := b.report.Quote(paragraph)
	if found, ok := findHeading(text); ok && b.inSequence(found) {
		b.enter(found, paragraph)
		b.fill(Span{paragraph.Start + found.rest, paragraph.End})
		return
	}
	if b.closes(text) {
		b.open = nil
		b.push(&Section{Label: closingLabel, Level: 1, Span: paragraph}, unnumberedRank, 0)
	} else if len(b.open) == 0 {
		b.push(&Section{Label: introductionLabel, Level: 1, Span: paragraph}, unnumberedRank, 0)
	}
	b.fill(paragraph)
}

// inSequence tells whether a number may follow the headings so far: it opens a new row, or is the next of its row. That
// keeps 3. of a quoted list or a stray (二) from becoming a heading.
func (b *sectionBuilder) inSequence(found heading) bool {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].rank == found.rank {
			return found.value == 1 || found.value == b.open[i].value+1 || found.value == b.open[i].value+2
		}
	}
	return found.value == 1
}

// closes tells whether a paragraph begins the closing words: it says so itself, and stands where nothing but closing
// words can come, behind a part that ran into its text or at the end of a chapter.
func (b *sectionBuilder) closes(text string) bool {
	if len(b.open) == 0 || b.open[len(b.open)-1].section.Label == closingLabel {
		return false
	}
	last := b.open[len(b.open)-1]
	return last.text && last.rank >= 0 && startsWithAny(text, layoutWords()["closing"])
}

// enter opens the section of a heading under the nearest open one of a lower rank.
func (b *sectionBuilder) enter(found heading, paragraph Span) {
	for len(b.open) > 0 && (b.open[len(b.open)-1].rank >= found.rank || b.open[len(b.open)-1].rank == unnumberedRank) {
		b.open = b.open[:len(b.open)-1]
	}
	section := &Section{
		Label:   found.label,
		Number:  found.number,
		Title:   found.title,
		Level:   len(b.open) + 1,
		Heading: Span{paragraph.Start, paragraph.Start + found.end},
		Span:    paragraph,
	}
	if len(b.open) > 0 {
		section.Parent = b.open[len(b.open)-1].section
		section.Label = section.Parent.Label + section.Label
	}
	b.push(section, found.rank, found.value)
}

func (b *sectionBuilder) push(section *Section, rank, value int) {
	b.open = append(b.open, openSection{section: section, rank: rank, value: value})
	b.report.Sections = append(b.report.Sections, section)
}

// fill puts a paragraph's text into the open section and widens the spans of the sections around it.
func (b *sectionBuilder) fill(span Span) {
	for i := range b.open {
		b.open[i].section.Span.End = span.End
	}
	if span.Len() == 0 {
		return
	}
	current := &b.open[len(b.open)-1]
	current.text = true
	for _, sentence := range splitSentences(b.report.Text, span) {
		figures := findFigures(b.report.Text, sentence)
		clauses := splitClauses(b.report.Text, sentence, figures)
		setMeasures(b.report.Text, clauses, figures)
		current.section.Sentences = append(current.section.Sentences, &Sentence{
			Section: current.section, Span: sentence, Clauses: clauses, Figures: figures,
		})
	}
}

// finish closes the report: labels are made unique and sentences numbered.
func (b *sectionBuilder) finish() {
	seen := make(map[string]int)
	for _, section := range b.report.Sections {
		seen[section.Label]++
		if n := seen[section.Label]; n > 1 {
			section.Label += "#" + strconv.Itoa(n)
		}
	}
	index := 0
	for sentence := range b.report.Sentences() {
		sentence.Index = index
		index++
	}
}
