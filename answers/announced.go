package answers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// # Rows that are announced by their number
//
// 重点抓好六个方面工作, 深入实施“五大战略”, 牢牢把握“四个坚持”: reports announce how many things follow, and go through them as headings, as
// numbered sentences or as paragraphs that begin alike (突出甲。… 突出乙。…). Such a row answers a question for the six, five or four
// when it has as many members, and stands behind its announcement or has the announced word in each member.

// row is a number of things that a report goes through.
type row struct {
	members []Passage
	texts   []string         // normalised, by member
	first   *evidence        // that it begins in; nil when its members are headings
	start   int              // of its first member, in the report
	under   *content.Section // whose parts it is made of; nil when its members are sentences
}

var (
	// announcedPattern finds the number and the name of what is announced: 6个“奋勇”, 五大战略, 12个重点工作方面.
	announcedPattern = compile(`([0-9]+|[两二三四五六七八九十]+)(?:个|大|项|条|点|类|种|件)(?:方面)?的?(?:[“"]([^”"]{1,12})[”"]|(\p{Han})[”"]|(\p{Han}{2,10}?)[”"]?(?:的?重大原则|原则)?(?:都|具体|分别|各|到底|究竟|是|有|为|包括|包含|指|落|[,?。: 呢]|哪|怎么|什么|$))`)

	// nameless finds what is no name: the rest of 四个方面各是什么.
	nameless = compile(`^(?:都|具体|分别|各|到底|究竟|是|有|包括|哪)`)

	// someAnnounced finds a question for things of a kind whose number it does not know: 几条经验.
	someAnnounced = compile(`(?:哪些|几|哪几)(?:个|条|点|项|方面|种|件)*的?(?:[\p{Han}]{0,2})(经验|体会|启示|原则|感悟|心得|认识|实事)`)

	// countsThings finds a number of things in a report's text, and the word behind it.
	countsThings = compile(`([0-9]+|[两二三四五六七八九十]+)(?:个|大|项|条|点|类|种|件)`)
)

// announced answers a question for the members of a row; false when it asks for none, or no row fits.
func (e *Engine) announced(q *question) (result, bool) {
	if q.within != nil || q.has[asksCause] || !(q.has[asksList] || q.has[asksWhat] || q.has[asksWhich] || q.has[asksEach] || q.has[asksContents]) {
		return result{}, false
	}
	count, name := 0, ""
	if match := announcedPattern.FindStringSubmatch(q.text); match != nil && !q.wants.figure {
		if count, name = numeral(match[1]), match[2]+match[3]+match[4]; nameless.MatchString(name) {
			name = "方面"
		}
	} else if match := someAnnounced.FindStringSubmatch(q.text); match != nil {
		name = match[1]
	}
	if name == "" || count == 1 {
		return result{}, false
	}
	if p, ok := e.saysWhatItIs(count, name); ok {
		return result{kind: Found, passages: []Passage{p}}, true
	}
	quoted := count >= fewestAlike && slices.Contains(q.quoted, name)
	var chosen *row
	best := 0.0
	for _, r := range append(e.rows(), e.rowsOf(q, name, count)...) {
		if quoted && len(r.texts) > count {
			r = r.only(name)
		}
		if count > 0 && len(r.texts) != count {
			continue
		}
		score := 0.0
		if count > 0 && !slices.ContainsFunc(r.texts, func(text string) bool { return !strings.Contains(text, name) }) {
			score = rowNamed
		}
		score += e.announcement(q, &r, count, name)
		if score == 0 {
			continue
		}
		if q.timing != anyTime && (q.timing == planTime) == r.section().Plan {
			score += rowTimely
		}
		if score > best {
			chosen, best = &r, score
		}
	}
	if chosen == nil {
		return result{}, false
	}
	return result{kind: Found, passages: chosen.members}, true
}

// What speaks for a row: that each member has the announced name, that it is announced, and that it lies in the time asked for.
const (
	rowNamed     = 1.0
	rowAnnounced = 1.0
	rowTimely    = 0.2
)

// only is a row without the members that do not hold a word.
func (r row) only(name string) row {
	some := row{first: r.first, start: r.start, under: r.under}
	for i, text := range r.texts {
		if strings.Contains(text, name) && len(r.members) == len(r.texts) {
			some.texts, some.members = append(some.texts, text), append(some.members, r.members[i])
		}
	}
	return some
}

// section is the part that a row stands in.
func (r *row) section() *content.Section {
	if r.under != nil {
		return r.under
	}
	return r.first.sentence.Section
}

// announcement grades how well a row is announced by what stands right before it, or by the title over it.
func (e *Engine) announcement(q *question, r *row, count int, name string) float64 {
	for _, text := range e.before(r, mostBefore) {
		if count == 0 {
			clauses := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",。;:", r) })
			if len(clauses) == 0 {
				continue
			}
			if last := clauses[len(clauses)-1]; slices.Contains(lessons, name) && lessonsTold.MatchString(last) || strings.Contains(last, name) && (announcesSome.MatchString(last) || strings.HasSuffix(text, ":")) {
				return rowAnnounced
			}
			continue
		}
		for _, match := range countsThings.FindAllStringSubmatchIndex(text, -1) {
			if numeral(text[match[2]:match[3]]) != count {
				continue
			}
			if behind := text[match[1]:]; strings.HasPrefix(strings.TrimLeft(behind, "“\"的"), name) || e.namesAlike(q, name, behind) {
				return rowAnnounced
			}
		}
	}
	return 0
}

// before is the title over a row, its own first sentence where that holds its first member, and what stands before it, as many texts as
// are asked for.
func (e *Engine) before(r *row, most int) []string {
	before := []string{retrieval.Normalise(r.section().Title).Text}
	if r.first != nil {
		if lead := r.first.normalisedOffset(r.start - r.first.sentence.Span.Start); lead > 0 {
			before = append(before, r.first.text[:lead])
		}
	}
	for i := len(e.evidence) - 1; i >= 0 && len(before) < most; i-- {
		if ev := e.evidence[i]; ev.sentence.Span.End <= r.start && r.section().Span.Contains(ev.sentence.Span) {
			before = append(before, ev.text)
		}
	}
	return before
}

// lessons are the words by which people ask for what was learnt, and lessonsTold how reports begin to tell of it: 我们深刻体会到:.
var (
	lessons     = []string{"经验", "体会", "启示", "感悟", "心得", "认识"}
	lessonsTold = compile(`(?:深[刻切]|深深|进一步|更加|充分|积累|总结|得出|最)[^,;。]{0,12}(?:经验|体会|启示|认识到|感悟|感受)|主要(?:经验|体会)|(?:经验|体会)[是有]|启示我们|告诉我们|使我们[^,;。]{0,6}(?:认识|体会|懂得)`)
)

// announcesSome finds in a clause that things of a kind are about to be told.
var announcesSome = compile(`办好|办成|办实|实施|抓好|积累|总结|得出|深[刻切]|体会|启示|遵循|坚持|把握|认识到|深感|主要是|有以下|如下|:`)

// mostBefore is how many texts may announce a row: the title over it, its own first sentence, and one or two before that.
const mostBefore = 3

// namesAlike tells whether the words of a name stand right behind a number, in whatever order: 12个方面工作 announces the
// 12个重点工作方面.
func (e *Engine) namesAlike(q *question, name, behind string) bool {
	if end := strings.IndexAny(behind, ",。;:"); end >= 0 {
		behind = behind[:end]
	}
	words, held, last := 0, 0, false
	for _, token := range retrieval.Analyse(name) {
		words += utf8.RuneCountInString(token.Text)
		if last = strings.Contains(behind, token.Text); last {
			held += utf8.RuneCountInString(token.Text)
		}
	}
	return held*3 >= words*2 || last && held*2 >= words // 惠民实事 for 民生实事
}

// rows are the rows of a report: the headings of each part, sentences numbered one by one, and paragraphs or sentences that begin
// alike.
func (e *Engine) rows() []row {
	var rows []row
	for _, section := range e.report.Sections {
		for _, children := range runsOf(e.childrenOf(section)) {
			r := row{under: section, start: children[0].Heading.Start}
			for _, child := range children {
				r.members = append(r.members, e.headingPassage(child))
				r.texts = append(r.texts, retrieval.Normalise(child.Title).Text)
			}
			rows = append(rows, r)
		}
	}
	add := func(first *evidence, members []Passage) {
		r := row{first: first, members: members, start: members[0].Start}
		for _, p := range members {
			r.texts = append(r.texts, retrieval.Normalise(p.Quote).Text)
		}
		rows = append(rows, r)
	}
	// In a row so far: sentences that follow each other and begin alike, those whose first clauses end alike, and first ones of their
	// paragraphs, and those that head others.
	var alike, closing, paragraphs, leads []*evidence
	flush := func(run []*evidence) []*evidence {
		if len(run) >= fewestAlike {
			var members []Passage
			for k, ev := range run {
				start := 0
				if k == 0 {
					start = len(ev.text) - len(behindColon(ev.text))
				}
				members = append(members, e.stretch(ev, start, len(ev.text)))
			}
			add(run[0], members)
		}
		return nil
	}
	extend := func(run []*evidence, ev *evidence, of func(string) string) []*evidence {
		if len(run) > 0 && (run[0].sentence.Section != ev.sentence.Section || of(run[0].text) != of(ev.text)) {
			run = flush(run)
		}
		return append(run, ev)
	}
	for i, ev := range e.evidence {
		if len(ev.ordinals(1)) > 0 {
			if members := e.run(i); len(members) > 1 {
				add(ev, members)
			}
		}
		alike = extend(alike, ev, opening)
		closing = extend(closing, ev, firstEnding)
		if ev.previous == nil || strings.Contains(e.report.Text[ev.previous.sentence.Span.End:ev.sentence.Span.Start], "\n") {
			paragraphs = extend(paragraphs, ev, opening)
		} else if e.isLead(i) {
			leads = extend(leads, ev, opening)
		}
	}
	flush(alike)
	flush(closing)
	flush(leads)
	flush(paragraphs)
	return rows
}

// saysWhatItIs quotes the sentence that says what an announced number of things is: 十大流域包括…, “四大中心”:….
func (e *Engine) saysWhatItIs(count int, name string) (Passage, bool) {
	if count == 0 || utf8.RuneCountInString(name) < 2 {
		return Passage{}, false
	}
	for _, ev := range e.evidence {
		if !strings.Contains(ev.text, name) {
			continue
		}
		at := countsThings.FindStringSubmatchIndex(ev.text)
		if at == nil || numeral(ev.text[at[2]:at[3]]) != count || strings.Trim(ev.text[:at[0]], "0123456789.、 “\"*—(") != "" {
			continue
		}
		if behind := strings.Trim(ev.text[at[1]:], "“\""); comprises(behind, name) && len(behind) > len(name)+len(":包括")*2 {
			return e.spanPassage(ev.sentence.Section, ev.sentence.Span), true
		}
	}
	return Passage{}, false
}

// rowsOf are the rows inside of one sentence, of clauses that each hold the announced word: 发展一批企业、培育一批人才、….
func (e *Engine) rowsOf(q *question, name string, count int) []row {
	if count < fewestAlike || !slices.ContainsFunc(q.quoted, func(quoted string) bool { return strings.HasSuffix(quoted, name) }) {
		return nil
	}
	var rows []row
	for _, ev := range e.evidence {
		if strings.Count(ev.text, name) < count {
			continue
		}
		var apart []string // clauses, each with one of them
		first, last := -1, -1
		for here, c := range ev.clauses {
			if c.remark || here > 0 && ev.clauses[here-1].group == c.group {
				continue
			}
			text := ev.groupText(c.group)
			if strings.Count(text, name) == count && utf8.RuneCountInString(name) > 1 {
				rows = append(rows, row{first: ev, start: ev.sentence.Span.Start, texts: slices.Repeat([]string{name}, count),
					members: []Passage{e.stretch(ev, c.start, c.start+len(text))}})
			}
			if namesInRow(text, name) {
				if apart = append(apart, text); first < 0 {
					first = c.start
				}
				last = c.start + len(text)
			}
		}
		if len(apart) == count {
			rows = append(rows, row{first: ev, start: ev.sentence.Span.Start, texts: apart, members: []Passage{e.stretch(ev, first, last)}})
		}
	}
	return rows
}

// namesInRow tells whether a clause has a word as a member of a row has it: a single character must begin or end what it is in, as the
// 一 of “一个部门管市场” does.
func namesInRow(text, name string) bool {
	if utf8.RuneCountInString(name) > 1 {
		return strings.Contains(text, name)
	}
	return strings.HasPrefix(text, name) || strings.Contains(text, "“"+name) || strings.Contains(text, name+"”") || strings.HasSuffix(text, name)
}

// runsOf cuts the parts of a part into those that follow each other with numbers and without; more than one each.
func runsOf(children []*content.Section) [][]*content.Section {
	var runs [][]*content.Section
	for from := 0; from < len(children); {
		to := from + 1
		for to < len(children) && (children[to].Number == "") == (children[from].Number == "") {
			to++
		}
		if to-from > 1 {
			runs = append(runs, children[from:to])
		}
		from = to
	}
	return runs
}

// opening is the first word of a sentence, as far as it tells of a row: two characters, without the dash or the number before it, or what announces it.
func opening(text string) string {
	return firstRunes(rowMark.ReplaceAllString(behindColon(text), ""), 2)
}

// behindColon is a sentence without what announces a row in it: 我们体会到:必须…;必须….
func behindColon(text string) string {
	if at := strings.Index(text, ":"); at >= 0 && at+1 < len(text) {
		return text[at+1:]
	}
	return text
}

// firstEnding is the end of its first clause: 新材料产业,要重点…;生物产业,要着力….
func firstEnding(text string) string {
	clause, _, _ := strings.Cut(text, ",")
	_, last := utf8.DecodeLastRuneInString(clause)
	_, beforeLast := utf8.DecodeLastRuneInString(clause[:len(clause)-last])
	return clause[len(clause)-last-beforeLast:]
}

// rowMark is what may stand before it.
var rowMark = compile(`^(?:[—\- ]+|[0-9]{1,2}[.、] ?)+`)
