package telegram

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/answers"
	"wenbao/content"
)

// reportIndex finds things of the report by what payloads say of them.
type reportIndex struct {
	report      *content.Report
	fingerprint string
	key, name   string // where there are many reports
	sentences   []*content.Sentence
	headlines   []answers.Passage
}

func newReportIndex(report *content.Report) *reportIndex {
	x := &reportIndex{report: report, fingerprint: fingerprint(report.Text)}
	for sentence := range report.Sentences() {
		x.sentences = append(x.sentences, sentence)
	}
	x.headlines = x.findHeadlines()
	return x
}

// section is the section that begins at an offset, or nil.
func (x *reportIndex) section(start int) *content.Section {
	for _, section := range x.report.Sections {
		if section.Span.Start == start {
			return section
		}
	}
	return nil
}

// covering are the numbers of the first sentence that a span touches and of the one after the last.
func (x *reportIndex) covering(span content.Span) (first, end int) {
	first, _ = slices.BinarySearchFunc(x.sentences, span.Start, func(s *content.Sentence, start int) int {
		if s.Span.End <= start {
			return -1
		}
		return 1
	})
	end = first
	for end < len(x.sentences) && x.sentences[end].Span.Start < span.End {
		end++
	}
	return first, end
}

// numbers are the three numbers from which passage makes a passage again: start, length, and bits for where it was cut
// and which of its sentences' figures answer. False for one that is made of more.
func (x *reportIndex) numbers(p answers.Passage) ([]int, bool) {
	bits, bit := 0, 2
	if p.CutBefore {
		bits |= 1
	}
	if p.CutAfter {
		bits |= 2
	}
	answering := make(map[int]bool)
	for _, figure := range p.Figures {
		answering[figure.Start] = true
	}
	first, end := x.covering(content.Span{Start: p.Start, End: p.End})
	for _, sentence := range x.sentences[first:end] {
		for _, figure := range sentence.Figures {
			if answering[figure.Start] {
				if bit > 29 {
					return nil, false
				}
				bits |= 1 << bit
				delete(answering, figure.Start)
			}
			bit++
		}
	}
	return []int{p.Start, p.End - p.Start, bits}, end > first && len(answering) == 0
}

// passage is what numbers tells; false when there is no such thing in the report.
func (x *reportIndex) passage(start, length, bits int) (answers.Passage, bool) {
	span := content.Span{Start: start, End: start + length}
	if start < 0 || length <= 0 || span.End > len(x.report.Text) || !x.isBoundary(span.Start) || !x.isBoundary(span.End) {
		return answers.Passage{}, false
	}
	first, end := x.covering(span)
	if first == end {
		return answers.Passage{}, false
	}
	p := x.quoted(span, x.sentences[first].Section)
	p.CutBefore, p.CutAfter = bits&1 != 0, bits&2 != 0
	bit := 2
	for _, sentence := range x.sentences[first:end] {
		for i := range sentence.Figures {
			if bit < 31 && bits&(1<<bit) != 0 {
				p.Figures = append(p.Figures, x.figure(&sentence.Figures[i]))
			}
			bit++
		}
	}
	return p, true
}

// passages are what some numbers tell, three for each; false when there are none, or one is not in the report.
func (x *reportIndex) passages(numbers []int) ([]answers.Passage, bool) {
	var passages []answers.Passage
	for three := range slices.Chunk(numbers, 3) {
		if len(three) < 3 {
			return nil, false
		}
		passage, ok := x.passage(three[0], three[1], three[2])
		if !ok {
			return nil, false
		}
		passages = append(passages, passage)
	}
	return passages, len(passages) > 0
}

func (x *reportIndex) isBoundary(offset int) bool {
	return offset == len(x.report.Text) || utf8.RuneStart(x.report.Text[offset])
}

func (x *reportIndex) quoted(span content.Span, section *content.Section) answers.Passage {
	return answers.Passage{
		Quote: x.report.Quote(span), Report: x.title(), Key: x.key, Start: span.Start, End: span.End,
		Section: answers.Section{Label: section.Label, Path: section.Path(x.report)},
	}
}

// title is what the report is called.
func (x *reportIndex) title() string {
	if x.name != "" {
		return x.name
	}
	return x.report.Title
}

func (x *reportIndex) figure(f *content.Figure) answers.Figure {
	return answers.Figure{
		Text: x.report.Quote(f.Span), Value: f.Value, Unit: f.Unit, Kind: f.Kind, Bound: f.Bound, Start: f.Start, End: f.End,
	}
}

// context is a passage grown to whole sentences, with the sentences before and after it in its section, "" where it has
// none.
func (x *reportIndex) context(p answers.Passage) (before string, whole answers.Passage, after string) {
	first, end := x.covering(content.Span{Start: p.Start, End: p.End})
	section := x.sentences[first].Section
	whole = p
	whole.Start, whole.End = min(p.Start, x.sentences[first].Span.Start), max(p.End, x.sentences[end-1].Span.End)
	whole.Quote = x.report.Text[whole.Start:whole.End]
	whole.CutBefore, whole.CutAfter = false, false
	if first > 0 && x.sentences[first-1].Section == section {
		before = x.report.Quote(x.sentences[first-1].Span)
	}
	if end < len(x.sentences) && x.sentences[end].Section == section {
		after = x.report.Quote(x.sentences[end].Span)
	}
	return before, whole, after
}

// findHeadlines collects what the report has to tell in figures: of each sentence the first figure that says what it
// measures. Dates and periods measure nothing.
func (x *reportIndex) findHeadlines() []answers.Passage {
	var headlines []answers.Passage
	for _, sentence := range x.sentences {
		if sentence.Row != nil || sentence.Section.Plan {
			continue
		}
		for i := range sentence.Figures {
			figure := &sentence.Figures[i]
			if figure.Measure.Len() == 0 || figure.Kind == content.Date || figure.Kind == content.Period {
				continue
			}
			p := x.quoted(sentence.Span, sentence.Section)
			p.Figures = []answers.Figure{x.figure(figure)}
			headlines = append(headlines, p)
			break
		}
	}
	return headlines
}

// measure is what a passage's first figure measures, in the report's words.
func (x *reportIndex) measure(p answers.Passage) string {
	if len(p.Figures) == 0 {
		return ""
	}
	first, end := x.covering(content.Span{Start: p.Start, End: p.End})
	for _, sentence := range x.sentences[first:end] {
		for _, figure := range sentence.Figures {
			if figure.Start == p.Figures[0].Start {
				return x.report.Quote(figure.Measure)
			}
		}
	}
	return ""
}

// containing are the sentences that hold a text to the letter, but for its case: what somebody who is still typing may be
// after. The figures of a sentence are those of the clause that holds the text.
func (x *reportIndex) containing(text string, most int) []answers.Passage {
	text = strings.ToLower(text)
	var passages []answers.Passage
	for _, sentence := range x.sentences {
		if len(passages) == most {
			break
		}
		clause := slices.IndexFunc(sentence.Clauses, func(c content.Clause) bool {
			return strings.Contains(strings.ToLower(x.report.Quote(c.Span)), text)
		})
		if clause < 0 {
			continue
		}
		p := x.quoted(sentence.Span, sentence.Section)
		for i := range sentence.Figures {
			if figure := &sentence.Figures[i]; sentence.Clauses[clause].Contains(figure.Span) {
				p.Figures = append(p.Figures, x.figure(figure))
			}
		}
		passages = append(passages, p)
	}
	return passages
}
