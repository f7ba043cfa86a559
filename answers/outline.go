package answers

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// Roles of questions about the report's parts.
const (
	asksOutline   role = "outline"    // 目录, 分几部分
	asksContents  role = "contents"   // 讲了什么
	asksWhichPart role = "which-part" // 哪一部分
	asksTitle     role = "title"      // 标题
	asksSubtitles role = "subtitles"  // 小标题
	namesOpening  role = "opening"
	namesClosing  role = "closing"
)

var (
	// 第四部分, 第4章, 第三节; the number of a part and what it is called.
	ordinalPart = compile(`第([一二三四五六七八九十]+|[0-9]+)(大?部分|章|篇|大块|块|大点|小节|节|小点|点|小条|条|小部分)`)
	// 四(三), 五、(四), (三): a label as printed.
	printedLabel = compile(`([一二三四五六七八九十]+)[、.]?\(([一二三四五六七八九十]+|[0-9]+)\)`)
)

// titleMatches is how much of the question's weight a title must hold to be the part that is meant.
const titleMatches = 0.6

// outline answers questions about the report's parts: by number, by title, or about the whole. The second value is
// false when the question is about something else.
func (e *Engine) outline(q *question) (result, bool) {
	if section := e.quotedTitle(q); section != nil && !q.wants.strong && (q.has[asksContents] || q.has[asksWhat] || q.has[asksList] || q.has[asksHow]) {
		return e.sectionAnswer(q, section), true
	}
	if q.asksWithin {
		if passages := e.namedAlike(q); passages != nil {
			return result{kind: Found, passages: passages}, true // 自身建设这块,要建成哪几种政府
		}
	}
	if q.within != nil && q.has[asksList] && q.asksOrganisations(e) {
		return e.organisationList(q.within), true // 第二部分点名了哪些企业
	}
	if q.asksWithin && (q.has[asksContents] || q.has[asksHow] || q.has[asksWhat] || q.has[asksList]) {
		r := e.sectionAnswer(q, q.within)
		if q.has[asksList] && len(r.passages) > 1 {
			r.passages = r.passages[1:] // what was done, and not what it is called
		}
		return r, true
	}
	if section, ok := e.numbered(q); ok && e.asksForPart(q) {
		if section == nil && q.has[asksContents] && q.about() {
			section = e.titled(q) // 第九条讲加强社会管理, where no part is numbered so
		}
		switch {
		case section == nil:
			return result{kind: NotFound, note: "报告没有这一部分。"}, true
		case q.has[asksTitle] && (q.has[asksList] || q.has[asksNumber] || q.has[asksSubtitles]):
			return e.headings(func(s *content.Section) bool { return s.Parent == section }), true
		}
		return e.sectionAnswer(q, section), true
	}
	if section := e.titleWithin(q.text); section != nil && (q.has[asksContents] || strings.Contains(q.text, "要点")) && !q.wants.strong {
		return e.sectionAnswer(q, section), true
	}
	if !q.about() {
		return e.wholeOutline(q)
	}
	if r, ok := e.led(q); ok && e.titled(q) == nil {
		return r, true
	}
	done, asksHowToDo := q.asksHowToDo()
	if !q.has[asksContents] && !q.has[asksWhichPart] && !q.has[asksTitle] && !asksHowToDo {
		return result{}, false
	}
	section := e.titled(q)
	switch {
	case section == nil, asksHowToDo && !q.has[asksContents] && done.inText(retrieval.Normalise(section.Title).Text) == 0:
		return result{}, false
	case q.has[asksWhichPart] && !q.has[asksContents]:
		return result{kind: Found, passages: []Passage{e.headingPassage(section)}}, true
	}
	return e.sectionAnswer(q, section), true
}

// titleWithin is the part whose title a question holds as it is, the one with the longest title; nil without one.
func (e *Engine) titleWithin(text string) *content.Section {
	var found *content.Section
	longest := 0
	for _, section := range e.report.Sections {
		title := retrieval.Normalise(section.Title).Text
		if utf8.RuneCountInString(title) >= shortestTitle && len(title) > longest && strings.Contains(text, title) {
			found, longest = section, len(title)
		}
	}
	return found
}

// asksForPart tells whether a question that names a part by its number asks for the part itself.
func (e *Engine) asksForPart(q *question) bool {
	switch {
	case q.has[asksTitle]:
		return true
	case q.wants.strong:
		return false
	case q.has[asksContents]:
		return true
	case q.has[asksWhat], q.has[asksList]:
		return !e.aboutMore(q) || e.onlyReference(q.text)
	}
	return e.onlyReference(q.text)
}

// wholeOutline answers a question that is about no thing in particular: the chapters, the opening, the closing.
func (e *Engine) wholeOutline(q *question) (result, bool) {
	asksForOthers := func(s roleSpan) bool { return s.is(asksOutline) && q.asked(s.start) } // 哪几个目录
	chapters := func(s *content.Section) bool { return s.Level == 1 }
	switch {
	case q.has[asksOutline] && !slices.ContainsFunc(q.spans, asksForOthers):
		return e.headings(chapters), true
	case q.has[namesOpening]:
		return e.edge(q, e.report.Sections[0]), true
	case q.has[namesClosing]:
		return e.edge(q, e.report.Sections[len(e.report.Sections)-1]), true
	case q.has[asksContents] && q.context == nil:
		return e.headings(chapters), true // 报告主要讲什么
	}
	return result{}, false
}

// aboutMore tells whether a question that names a part asks for something in it: 第三部分要打好什么攻坚战.
func (e *Engine) aboutMore(q *question) bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool {
		at := ordinalPart.FindStringIndex(q.text)
		return t.class >= noun && t.known() && !t.own && (at == nil || t.start >= at[1] || t.end <= at[0])
	})
}

// about tells whether a question has a term that says what it is about.
func (q *question) about() bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool { return t.class >= noun && !t.own })
}

// onlyReference tells whether a question is nothing but the number of a part.
func (e *Engine) onlyReference(text string) bool {
	rest := ordinalPart.ReplaceAllString(printedLabel.ReplaceAllString(text, ""), "")
	rest = strings.Trim(rest, " ?的。!,")
	return rest == "" || !slices.ContainsFunc(retrieval.Analyse(rest), func(t retrieval.Token) bool {
		return !slices.Contains(e.vocabulary.roles[t.Text], isEmpty) && !slices.Contains(e.vocabulary.roles[t.Text], isVague)
	})
}

// numbered finds the part that a question names by number. The section is nil when the report has no such part.
func (e *Engine) numbered(q *question) (*content.Section, bool) {
	var numbers []int
	text := q.text
	if match := printedLabel.FindStringSubmatch(text); match != nil {
		numbers = []int{numeral(match[1]), numeral(match[2])}
	} else {
		for _, match := range ordinalPart.FindAllStringSubmatch(text, 2) {
			numbers = append(numbers, numeral(match[1]))
		}
	}
	if len(numbers) == 0 {
		return nil, false
	}
	var parent *content.Section
	if match := ordinalPart.FindStringSubmatch(text); len(numbers) == 1 && match != nil && q.section != nil && !chapterWord(match[2]) {
		parent = q.section // 第三部分讲什么?第二小节呢?
		if parent.Parent != nil {
			parent = parent.Parent
		}
	}
	for _, number := range numbers {
		parent = e.child(parent, number)
		if parent == nil {
			return nil, true
		}
	}
	return parent, true
}

// quotedTitle is the part whose title the question quotes, word by word, and speaks of nothing else; nil without one.
func (e *Engine) quotedTitle(q *question) *content.Section {
	for _, quoted := range q.quoted {
		at := strings.Index(q.text, quoted)
		if slices.ContainsFunc(q.terms, func(t *term) bool {
			return t.class >= noun && t.known() && !t.own && (t.end <= at || t.start >= at+len(quoted))
		}) {
			continue
		}
		for _, section := range e.report.Sections {
			title := retrieval.Normalise(section.Title).Text
			long := utf8.RuneCountInString(quoted) >= shortestTitle
			if long && strings.Contains(wordsOnly(title), wordsOnly(quoted)) || !long && q.has[asksContents] && wordsOnly(title) == wordsOnly(quoted) {
				return section
			}
		}
	}
	return nil
}

// shortestTitle is how long, in runes, a quoted title must be: a shorter one is a name like any other.
const shortestTitle = 6

// wordsOnly is a text without its marks and spaces.
func wordsOnly(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// chapterWord tells whether a word names a chapter rather than a part of one.
func chapterWord(word string) bool {
	return strings.HasSuffix(word, "部分") && !strings.HasPrefix(word, "小") || word == "章" || word == "篇" || word == "块" || word == "大块"
}

func numeral(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	value, _ := content.ChineseNumeral(text)
	return int(value)
}

// child is the n-th headed section under a parent, or the n-th chapter.
func (e *Engine) child(parent *content.Section, n int) *content.Section {
	for _, section := range e.report.Sections {
		if section.Parent == parent && section.Heading.Len() > 0 {
			if n--; n == 0 {
				return section
			}
		}
	}
	return nil
}

// asksHowToDo tells whether a question asks how something is done, and not how it is, and what: 保护 in 怎么保护环境, 加快 in
// 准备怎样加快建设, but nothing in 环境怎么样.
func (q *question) asksHowToDo() (*term, bool) {
	if q.wants.figure {
		return nil, false
	}
	for _, s := range q.spans {
		if i := slices.IndexFunc(q.terms, func(t *term) bool { return t.start >= s.end && t.class != vague }); i >= 0 && s.is(asksHow) {
			return q.terms[i], true
		}
	}
	return nil, false
}

// titled finds the section whose title holds what the question is about: one of the time that is asked about before
// others, then the best.
func (e *Engine) titled(q *question) *content.Section {
	var found *content.Section
	best, timely := titleMatches, false
	for _, section := range e.report.Sections {
		title := retrieval.Normalise(section.Title).Text
		fits := q.timing == anyTime || (q.timing == planTime) == section.Plan
		if held := q.heldBy(title); title != "" && held > titleMatches && (fits && !timely || fits == timely && held > best) {
			best, timely, found = held, fits, section
		}
	}
	return found
}

// inText grades how well a text holds a term, as a whole or by its parts.
func (t *term) inText(text string) float64 {
	for _, v := range t.variants {
		if strings.Contains(text, v.text) {
			return v.grade
		}
	}
	if strings.Contains(text, t.text) {
		return 1
	}
	var sum, total float64
	for _, part := range t.parts {
		sum += part.weight * part.inText(text)
		total += part.weight
	}
	if total == 0 {
		return 0
	}
	return byParts * sum / total
}

// sectionAnswer gives a part's heading, or with its text: every sentence under it, those of its own parts too.
func (e *Engine) sectionAnswer(q *question, section *content.Section) result {
	r := result{kind: Found, section: section}
	if section.Heading.Len() > 0 {
		r.passages = append(r.passages, e.headingPassage(section))
	}
	if q.has[asksTitle] && !q.has[asksContents] {
		return r
	}
	for _, under := range e.report.Sections {
		if !section.Span.Contains(under.Span) {
			continue
		}
		if under != section {
			r.passages = append(r.passages, e.headingPassage(under))
		}
		for _, sentence := range under.Sentences {
			r.passages = append(r.passages, e.spanPassage(under, sentence.Span))
		}
	}
	return r
}

// edge gives the text of the first or the last section, or what stands under it when it has none of its own.
func (e *Engine) edge(q *question, section *content.Section) result {
	if len(section.Sentences) == 0 {
		return e.sectionAnswer(q, section)
	}
	r := result{kind: Found}
	for _, sentence := range section.Sentences {
		r.passages = append(r.passages, e.spanPassage(section, sentence.Span))
	}
	return r
}

// headings gives the headings of all sections that a test picks.
func (e *Engine) headings(pick func(*content.Section) bool) result {
	r := result{kind: Found}
	for _, section := range e.report.Sections {
		if section.Heading.Len() > 0 && pick(section) {
			r.passages = append(r.passages, e.headingPassage(section))
		}
	}
	if len(r.passages) == 0 {
		return result{kind: NotFound, note: "这份报告没有分章节。"}
	}
	return r
}

func (e *Engine) headingPassage(section *content.Section) Passage {
	return e.spanPassage(section, section.Heading)
}

func (e *Engine) spanPassage(section *content.Section, span content.Span) Passage {
	return Passage{
		Quote: e.report.Quote(span), Report: e.report.Title, Start: span.Start, End: span.End, Figures: []Figure{},
		Section: Section{Label: section.Label, Path: section.Path(e.report)},
	}
}
