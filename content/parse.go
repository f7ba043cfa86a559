package content

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"wenbao/content/lazy"
	"wenbao/content/lexicon"
)

// Labels of what has no heading in the text.
const (
	introductionLabel  = "引言"
	closingLabel       = "结语"
	continuationSuffix = "(续)"
	paragraphLabel     = "第%d段"
	joint              = "·" // between the title of an unnumbered heading and the number of its part
)

// fewestNumbered is how many paragraphs a text without headings has for their numbers to be worth citing.
const fewestNumbered = 5

// layoutWords are the words by which the parts of a report are recognised, by their role.
var layoutWords = sync.OnceValue(func() map[string][]string {
	words := make(map[string][]string)
	for entry := range lexicon.Entries("layout.txt") {
		words[entry[0]] = append(words[entry[0]], entry[1:]...)
	}
	return words
})

// Parse takes a report's text apart: plain text or Markdown, a paragraph a line. Title, date and speaker on top belong to
// no section; lines that are web page residue, and the marks of Markdown, are dropped, and the lines of a text that is
// wrapped at a fixed width are joined; otherwise the text is kept to the letter, and is what all spans count into. Parse
// never fails: a text without any heading is a report of numbered paragraphs, a short one of an introduction alone.
func Parse(text string) *Report { return parse(unmark(text)) }

// parse takes a manuscript apart.
func parse(m manuscript) *Report {
	front := readFront(m)
	report := &Report{Text: m.text, Title: front.title}
	items := outline(m.text, cutSignature(m.text, m.paragraphs[front.paragraphs:]))
	builder := sectionBuilder{report: report, items: items, numbered: len(items) >= fewestNumbered && !slices.ContainsFunc(items, item.headed)}
	builder.build()
	front.identify(report)
	setPlans(report)
	return report
}

// item is a paragraph of the body and what it may be.
type item struct {
	*paragraph
	text    string
	skip    bool     // neither heading nor text: a salutation, a caption
	heading *heading // nil for text
	maybe   *heading // a heading only where its neighbours are
}

func (i item) headed() bool { return i.heading != nil }

// outline finds the headings among the paragraphs of a body.
func outline(text string, paragraphs []paragraph) []item {
	items := make([]item, len(paragraphs))
	words := layoutWords()
	notes := false
	var appendix *heading // 附件1 alone on its line, whose title is the next line
	caption := ""
	for i := range paragraphs {
		p := &paragraphs[i]
		items[i] = item{paragraph: p, text: text[p.Start:p.End]}
		it := &items[i]
		if p.cells != nil {
			if p.table.Caption == "" {
				p.table.Caption = caption
			}
			continue
		}
		if i+1 < len(paragraphs) && paragraphs[i+1].cells != nil && unitLine.MatchString(it.text) {
			it.skip, caption = true, strings.TrimSpace(caption+" "+it.text)
			continue
		}
		caption = ""
		if isSalutation(it.text) || isSpeaker(it.text) {
			it.skip = true
			continue
		}
		if captionPattern.MatchString(it.text) && utf8.RuneCountInString(it.text) <= longestLineHeading && !strings.ContainsAny(it.text, sentenceEnds) {
			it.skip, caption = true, it.text
			continue
		}
		if back, ok := findBack(it.text); ok && i > 0 {
			notes = back.style == notesLine
			it.heading, appendix = &back, nil
			if back.style == appendixLine && !strings.ContainsFunc(strings.TrimLeft(back.title, strings.Join(words["appendix"], "")), isName) {
				it.heading, it.skip, appendix = nil, true, &back
			}
			continue
		}
		if notes {
			continue
		}
		if appendix != nil && utf8.RuneCountInString(it.text) <= longestLineHeading {
			h := lineHeading(it.text, appendixLine)
			it.heading, appendix = &h, nil
			continue
		}
		appendix = nil
		if h, ok := findHeading(it.text, p); ok && salutationOf(h.title) == "" {
			it.heading = &h
		} else if startsWithAny(it.text, words["aside"]) || startsWithAny(it.text, words["closing"]) {
			continue
		} else if h, ok := findPlainRunIn(it.text, p); ok {
			it.maybe = &h
		} else if mayBeLine(it.text, p) {
			h := lineHeading(it.text, plainLine)
			it.maybe = &h
		}
	}
	dropContents(items)
	dropRows(items)
	dropItems(items)
	acceptLines(items)
	acceptOrdinals(items)
	acceptRunIns(items)
	return items
}

var captionPattern = lazy.Compile(`^[表图][ 　]*[0-9０-９一二三四五六七八九十]`)

// isName tells whether a rune names something, as no digit, numeral or mark does.
func isName(r rune) bool { return countHan(string(r)) > 0 && !strings.ContainsRune(chineseNumerals, r) }

// acceptLines decides which short lines without a mark are headings: those that stand behind a finished paragraph and
// before text. Two may follow each other, a chapter's and its first part's; more are a list.
func acceptLines(items []item) {
	accepted := make([]bool, len(items)+2)
	for i := len(items) - 2; i >= 0; i-- {
		it, next := &items[i], &items[i+1]
		if it.maybe == nil || it.maybe.style != plainLine {
			continue
		}
		finished := i == 0 || items[i-1].skip || items[i-1].headed() || accepted[i] || endsParagraph(items[i-1].text) ||
			items[i-1].maybe != nil && items[i-1].maybe.style == plainLine
		follows := next.headed() || next.cells == nil && !next.skip && (next.maybe == nil || next.maybe.style != plainLine) && endsParagraph(next.text) ||
			accepted[i+1] && !accepted[i+2]
		accepted[i] = finished && follows
	}
	for i := range items {
		if accepted[i] && (i == 0 || items[i-1].skip || items[i-1].headed() || endsParagraph(items[i-1].text)) {
			items[i].heading = items[i].maybe
		}
		if items[i].maybe != nil && items[i].maybe.style == plainLine {
			items[i].maybe = nil
		}
	}
}

// endsParagraph tells whether a text is finished at its end.
func endsParagraph(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(sentenceEnds+"!?：:…"+closingMarks, last)
}

// fewestContents is how many headings in a row make a table of contents.
const fewestContents = 4

// withoutPage takes the dots, and the page's number, off the end of an entry of a table of contents.
func withoutPage(text string) string {
	if before, closed := strings.CutSuffix(text, ")"); closed {
		text = before
	} else {
		text = strings.TrimSuffix(text, "）")
	}
	text = strings.TrimRight(text, "0123456789０１２３４５６７８９")
	return strings.TrimRight(text, ".．…· \t\n\f\r　")
}

// dashes writes what stands between two years in one way.
var dashes = strings.NewReplacer("－", "-", "—", "-", "–", "-", "―", "-", "～", "-", "~", "-")

// dropContents passes over tables of contents: lines in a row each of which comes again, as a heading, behind them.
func dropContents(items []item) {
	entry := func(text string) string {
		return strings.Join(strings.Fields(dashes.Replace(withoutPage(text))), "")
	}
	last := make(map[string]int) // the last heading of a text
	for i, it := range items {
		if it.headed() {
			last[entry(it.text[:it.heading.end])] = i
		}
	}
	for i := 0; i < len(items); i++ {
		end := i
		for end < len(items) && items[end].cells == nil && last[entry(items[end].text)] > end {
			end++
		}
		if end-i < fewestContents || last[entry(items[i].text)] < end {
			continue
		}
		if i > 0 && slices.Contains(layoutWords()["contents"], entry(items[i-1].text)) {
			i--
		}
		for ; i < end; i++ {
			items[i].heading, items[i].maybe, items[i].skip = nil, nil, true
		}
	}
}

// numbersAtEnd finds the cells of a row that is written as a line: 旅客运输总量 亿人 184.2 4.2.
var numbersAtEnd = lazy.Compile(`\s[-－−]?[0-9]+(?:\.[0-9]+)?[ 　]+[-－−]?[0-9]+(?:\.[0-9]+)?$`)

// dropRows takes rows of a table that are set in bold type, and the header above them, for text.
func dropRows(items []item) {
	below := false // a row, or a line of the header
	for i := len(items) - 1; i >= 0; i-- {
		below = numbersAtEnd.MatchString(items[i].text) || below && strings.ContainsAny(items[i].text, " 　")
		if h := items[i].heading; h != nil && h.style == boldLine && below {
			items[i].heading = nil
		}
	}
}

// dropItems takes numbered sentences for items of a list where the next paragraph is numbered in the same way: a heading
// of its own paragraph that ends like a sentence has text behind it.
func dropItems(items []item) {
	for i := range items {
		h := items[i].heading
		if h == nil || h.style != numbered || h.rest < len(items[i].text) || h.end == len(items[i].text) {
			continue
		}
		if i+1 == len(items) || items[i+1].headed() && items[i+1].heading.rank <= h.rank {
			items[i].heading = nil
		}
	}
	dropLists(items)
	for i := len(items) - 2; i >= 0; i-- { // and those before one that is an item
		h, next := items[i].heading, items[i+1]
		if h != nil && h.style == numbered && h.rest == len(items[i].text) && h.end < h.rest && !next.headed() && next.maybe == nil {
			if other, ok := findNumbered(next.text, next.paragraph); ok && other.rank == h.rank {
				items[i].heading = nil
			}
		}
	}
}

// fewestListed is how many numbered lines in a row, without text behind them, make a list.
const fewestListed = 3

// dropLists takes numbered lines for items of a list where they follow each other without text between them (1. 外交部
// 2. 国防部). What is marked as a heading by its type, or is numbered as chapters and their parts are, stays one.
func dropLists(items []item) {
	listed := func(i int) bool {
		h := items[i].heading
		return h != nil && h.style == numbered && h.rank > arabic*rankStep && items[i].hashes == 0 && items[i].bold < h.end && h.rest == len(items[i].text)
	}
	for i := 0; i < len(items); {
		end := i
		for end < len(items) && listed(end) && (end == i || items[end].heading.rank == items[i].heading.rank && items[end].heading.value == items[end-1].heading.value+1) {
			end++
		}
		if end-i >= fewestListed {
			for j := i; j < end; j++ {
				items[j].heading = nil
			}
		}
		i = max(end, i+1)
	}
}

// acceptOrdinals keeps 一是… and 第一，… as headings where 二是 follows at the start of another paragraph, and has text: a
// row of them of which one is followed by the next without any is a list.
func acceptOrdinals(items []item) {
	var row []int // the accepted ones, in order
	listed := false
	end := func() {
		for _, i := range row {
			if listed {
				items[i].heading = nil
			}
		}
		row, listed = nil, false
	}
	isOrdinal := func(it item) bool { return it.headed() && it.heading.style == ordinalStyle }
	for i := range items {
		if !isOrdinal(items[i]) {
			continue
		}
		h := items[i].heading
		next := slices.IndexFunc(items[i+1:], isOrdinal)
		begins := h.value == 1 && next >= 0 && items[i+1+next].heading.value == 2
		if begins || len(row) == 0 || h.value != items[row[len(row)-1]].heading.value+1 {
			end()
		}
		if !begins && len(row) == 0 {
			items[i].heading = nil
			continue
		}
		row = append(row, i)
		listed = listed || next == 0 && h.rest == len(items[i].text)
	}
	end()
}

// acceptRunIns decides which short first sentences are headings: those of paragraphs that follow each other in a part, with
// at most one between them that begins otherwise. A single one is a sentence as any other.
func acceptRunIns(items []item) {
	before := make(map[style]int) // the last candidate of a style in this part
	for i := range items {
		if items[i].headed() {
			clear(before)
			continue
		}
		h := items[i].maybe
		if h == nil {
			continue
		}
		if last, ok := before[h.style]; ok && i-last <= 2 {
			items[last].heading, items[i].heading = items[last].maybe, h
		}
		before[h.style] = i
	}
}

// sectionBuilder sorts paragraphs into sections.
type sectionBuilder struct {
	report   *Report
	items    []item
	numbered bool          // there is no heading: each paragraph is a section
	open     []openSection // from the chapter down to the section that paragraphs go into
	back     int           // the first item behind the report: notes, appendices
	last     int           // the last heading before that
}

type openSection struct {
	section *Section
	style   style
	rank    int
	value   int
	text    bool // holds a paragraph behind its heading
	bare    bool // has no heading in the text
}

func (b *sectionBuilder) build() {
	b.back = slices.IndexFunc(b.items, func(it item) bool {
		return it.headed() && (it.heading.style == notesLine || it.heading.style == appendixLine)
	})
	if b.back < 0 {
		b.back = len(b.items)
	}
	b.last = -1
	for i, it := range b.items[:b.back] {
		if it.headed() {
			b.last = i
		}
	}
	for i := range b.items {
		b.add(i)
	}
	b.finish()
}

func (b *sectionBuilder) add(i int) {
	it := &b.items[i]
	if it.skip {
		return
	}
	if h := it.heading; h != nil && (h.style != numbered || b.inSequence(*h)) {
		if i+1 < len(b.items) && b.items[i+1].headed() && b.beginsAgain(*b.items[i+1].heading) {
			h.above = b.items[i+1].heading.rank
		}
		b.enter(*h, it.paragraph)
		b.fill(Span{it.Start + h.rest, it.End}, nil)
		return
	}
	if b.numbered {
		b.open = nil
		label := fmt.Sprintf(paragraphLabel, len(b.report.Sections)+1)
		b.push(&Section{Label: label, Level: 1, Span: it.Span}, openSection{bare: true})
		b.fill(it.Span, it.paragraph)
		return
	}
	switch {
	case b.closes(i):
		b.open = nil
		b.push(&Section{Label: closingLabel, Level: 1, Span: it.Span}, openSection{bare: true})
	case len(b.open) == 0:
		b.push(&Section{Label: introductionLabel, Level: 1, Span: it.Span}, openSection{bare: true})
	case it.cells == nil && b.current().style == dashRunIn && len(b.open) > 1:
		b.resume(it.Span, len(b.open)-1)
	case it.cells == nil && i < b.back && len(b.open) > 1 && startsWithAny(it.text, layoutWords()["aside"]):
		b.resume(it.Span, 1)
	}
	b.fill(it.Span, it.paragraph)
}

func (b *sectionBuilder) current() *openSection { return &b.open[len(b.open)-1] }

// inSequence tells whether a number may follow the headings so far: it opens a new row, or is the next of its row. That
// keeps 3. of a quoted list or a stray (二) from becoming a heading.
func (b *sectionBuilder) inSequence(found heading) bool {
	for i := len(b.open) - 1; i >= 0; i-- {
		if before := b.open[i].value; b.open[i].style == numbered && b.open[i].rank == found.rank {
			return found.value == 1 || found.value == before+1 || found.value == before+2 || found.sure && found.value > before
		}
	}
	return found.value == 1 || found.sure
}

// beginsAgain tells whether the numbers of an open row begin again with a heading.
func (b *sectionBuilder) beginsAgain(next heading) bool {
	return next.style == numbered && next.value == 1 && slices.ContainsFunc(b.open, func(o openSection) bool {
		return o.style == numbered && o.rank == next.rank && o.value > 1
	})
}

// closes tells whether a paragraph begins the closing words: it says so itself, stands where nothing but closing words can
// come, behind the last part, and is the last to say so, since a speaker turns to the audience with other matters too.
func (b *sectionBuilder) closes(i int) bool {
	if len(b.open) == 0 || i < b.last || i >= b.back || b.current().bare && b.current().section.Parent == nil {
		return false
	}
	opens := func(it item) bool { return startsWithAny(it.text, layoutWords()["closing"]) }
	return b.current().text && opens(b.items[i]) && !slices.ContainsFunc(b.items[i+1:b.back], opens)
}

// enter opens the section of a heading under the nearest open one of a lower rank.
func (b *sectionBuilder) enter(found heading, paragraph *paragraph) {
	for len(b.open) > 0 && b.current().bare {
		b.open = b.open[:len(b.open)-1]
	}
	if at := slices.IndexFunc(b.open, func(o openSection) bool { return paragraph.hashes > 0 && o.style == hashed+style(paragraph.hashes) }); at >= 0 {
		b.open = b.open[:at] // ## 第一章 stands beside ## 绪言
	}
	switch found.style {
	case notesLine, appendixLine:
		b.open, found.rank = nil, rankChapter
	case boldLine, plainLine:
		found.rank = b.lineRank(found)
	default:
		if found.style > hashed {
			found.rank = b.lineRank(found)
		}
	}
	for len(b.open) > 0 && b.current().rank >= found.rank {
		b.open = b.open[:len(b.open)-1]
	}
	section := &Section{
		Label:   found.label,
		Number:  found.number,
		Title:   found.title,
		Level:   len(b.open) + 1,
		Heading: Span{paragraph.Start, paragraph.Start + found.end},
		Span:    paragraph.Span,
	}
	if len(b.open) > 0 {
		section.Parent = b.current().section
		if found.style == numbered {
			between := ""
			if section.Parent.Number == "" {
				between = joint
			}
			section.Label = section.Parent.Label + between + section.Label
		}
	}
	b.push(section, openSection{style: found.style, rank: found.rank, value: found.value})
}

// lineRank is the rank of a heading without a number that has its line to itself: that of the open one that is set in the
// same way; without one, it is a part of the deepest numbered one, or a chapter.
func (b *sectionBuilder) lineRank(found heading) int {
	for _, open := range b.open {
		if open.style == found.style || found.style > hashed && open.style >= found.style {
			return open.rank
		}
	}
	if found.above > 0 && found.style <= hashed {
		return found.above - rankStep/2 // what is numbered below it is no part of what was numbered before
	}
	if len(b.open) > 0 && b.open[0].style != numbered && b.open[0].rank == rankChapter && namesTime(found.title) && found.style <= hashed {
		return rankChapter // a chapter that is set in another way than the others
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].rank < rankOrdinal {
			return b.open[i].rank + rankStep/2
		}
	}
	return rankChapter
}

// resume goes back to an open section, whose text goes on behind that of its parts.
func (b *sectionBuilder) resume(span Span, depth int) {
	b.open = b.open[:depth]
	if b.current().bare {
		return
	}
	parent := b.current().section
	section := &Section{Label: parent.Label + continuationSuffix, Level: parent.Level + 1, Parent: parent, Span: span}
	b.push(section, openSection{rank: b.current().rank + 1, bare: true})
}

func (b *sectionBuilder) push(section *Section, open openSection) {
	open.section = section
	b.open = append(b.open, open)
	b.report.Sections = append(b.report.Sections, section)
}

// fill puts a paragraph's text into the open section and widens the spans of the sections around it.
func (b *sectionBuilder) fill(span Span, p *paragraph) {
	for i := range b.open {
		b.open[i].section.Span.End = span.End
	}
	if span.Len() == 0 {
		return
	}
	current := b.current()
	current.text = true
	if p != nil && p.cells != nil {
		current.section.Sentences = append(current.section.Sentences, b.row(p))
		return
	}
	span.Start += len(salutationOf(b.report.Quote(span)))
	for _, sentence := range splitSentences(b.report.Text, span) {
		for _, piece := range cutLong(b.report.Text, sentence) {
			current.section.Sentences = append(current.section.Sentences, b.sentence(piece))
		}
	}
}

func (b *sectionBuilder) sentence(span Span) *Sentence {
	figures := findFigures(b.report.Text, span)
	clauses := splitClauses(b.report.Text, span, figures)
	setMeasures(b.report.Text, clauses, figures)
	return &Sentence{Section: b.current().section, Span: span, Clauses: clauses, Figures: figures}
}

// row makes a sentence of a table's row.
func (b *sectionBuilder) row(p *paragraph) *Sentence {
	return &Sentence{
		Section: b.current().section, Span: p.Span, Clauses: []Clause{{Span: p.Span}},
		Figures: rowFigures(b.report.Text, p), Row: &Row{Table: p.table, Cells: p.cells},
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
