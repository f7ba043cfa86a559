package answers

import (
	"slices"
	"strconv"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # The members of a thing
//
// 六大优势产业都是哪六个, 公布了哪4项清单: such a question asks for what one thing consists of, and a report says it in one
// place, in one of two ways. Either it counts the members up beside the thing's name, before it (甲、乙、丙三大行动) or behind
// it (三大行动:甲、乙、丙), or it goes through them one by one (一是…。二是…。). Other sentences that name the thing only mention
// it, and do not belong to the answer.

// membersPattern finds a question for members, and how many it expects where it says so.
var membersPattern = compile(`哪([0-9]+|[两二三四五六七八九十]+)[个家项大条种类块座段件处篇批样方]|(?:包括|包含|都是|都指|分别是|是指|指的是|分成|分为|由)了?哪|(?:指|包括|包含)什么|(?:[0-9]+|[两二三四五六七八九十]+)[个家项大条种类块座段件处].{0,6}(?:是哪几|是什么|有哪些|都有什么|都有啥|都?是些?[什啥]么?|包括什么|是哪些|分别是)|(?:有|是)哪几[个项大条种类块件]|哪几[种类]|(?:分|从)(?:了|的是)?哪(?:几|些)`)

// countedName finds the number in the name of a thing that has members: 七大行动, 十件实事.
var countedName = compile(`([0-9]+|[两二三四五六七八九十]+)[大个项条件类种]`)

// kindsSideBySide finds a question for things of several kinds, which are not the members of one: 有哪几个创新中心、设计中心.
var kindsSideBySide = compile(`哪几[个项条类种件家座][^,?。、]{2,8}、[^,?。、]{2,8}[?。呢啊]*$`)

// asksMembers tells whether a question asks for the members of a thing, and how many it says there are, 0 when it does
// not say.
func (q *question) asksMembers() (count int, ok bool) {
	match := membersPattern.FindStringSubmatch(q.text)
	if match == nil || periodAsked.MatchString(q.text) || countsAsWellPattern.MatchString(q.text) || kindsSideBySide.MatchString(q.text) {
		return 0, false // 按三年来的安排有哪几个 asks for what is alike, and not for the parts of one thing
	}
	for _, number := range append([]string{match[1]}, countedName.FindStringSubmatch(q.text)...) {
		if n := numeral(number); n > 1 {
			return n, true
		}
	}
	return 0, true
}

// members answers with the place that counts the members of the thing up; false when no place does.
func (e *Engine) members(q *question) (result, bool) {
	count, ok := q.asksMembers()
	if !ok || q.within != nil || q.wants.strong {
		return result{}, false
	}
	if !q.about() { // “三个年”活动是哪三个年
		passages := e.namedAlike(q)
		return result{kind: Found, passages: passages}, passages != nil
	}
	if passages := e.oneByOne(q, count); passages != nil {
		return result{kind: Found, passages: passages}, true
	}
	if p, ok := e.comprised(q); ok {
		return result{kind: Found, passages: []Passage{p}}, true
	}
	var best *anchor
	var most float64
	name := q.memberName()
	for _, ev := range e.evidence {
		c := newCandidate(q, ev)
		for here := range ev.clauses {
			a := e.score(q, &c, here, nil)
			if a.conflict != nil || a.untimely || !q.holdsSubject(&a) {
				continue
			}
			items := ev.countedUp(q, &c, here, count)
			if items < 2 || count > 0 && items != count {
				continue
			}
			score := a.score
			if name != "" && strings.Contains(ev.text[ev.clauses[here].start:ev.clauses[here].end], name) {
				score += namedSo
			}
			if score > most {
				best, most = &a, score
			}
		}
	}
	if best == nil {
		passages := e.namedAlike(q)
		return result{kind: Found, passages: passages}, passages != nil
	}
	first, last := e.widen(best.evidence, best.clause)
	return result{kind: Found, passages: []Passage{e.clausePassage(best.evidence, first, last)}}, true
}

// comprised quotes the sentence that says what a thing comprises, where one begins so: 装备业包括甲业,乙业,丙业.
func (e *Engine) comprised(q *question) (Passage, bool) {
	at := comprisesAsked.FindStringIndex(q.text)
	if at == nil {
		return Passage{}, false
	}
	for _, t := range q.terms {
		if strings.Trim(q.text[min(t.end, at[0]):at[0]], "”\",") != "" || t.class < noun {
			continue
		}
		for _, ev := range e.evidence {
			if comprises(ev.text, t.text) {
				return e.spanPassage(ev.sentence.Section, ev.sentence.Span), true
			}
		}
	}
	return Passage{}, false
}

// comprisesAsked finds a question for what a thing comprises.
var comprisesAsked = compile(`(?:具体|都|主要)?(?:包括|包含|涵盖|是指|指的?是?|算的是|说的是|是)(?:了)?(?:哪|什么|啥)`)

// comprises tells whether a sentence begins by saying what a thing is: 装备业包括…; “一园四馆”:….
func comprises(sentence, thing string) bool {
	behind, ok := strings.CutPrefix(strings.TrimLeft(sentence, "0123456789.、 “\""), thing)
	behind = strings.TrimLeft(behind, "”\"")
	return ok && slices.ContainsFunc([]string{"包括", "包含", "涵盖", "是指", "指", ":"}, func(word string) bool { return strings.HasPrefix(behind, word) })
}

// namedSo is what a clause gains that holds the name of the thing as the question has it.
const namedSo = 0.3

// memberName is the name of the thing whose members are asked for, behind its number: the 旅游带 of 三大旅游带是哪三个.
func (q *question) memberName() string {
	if match := memberNamePattern.FindStringSubmatch(q.text); match != nil {
		return match[1]
	}
	return ""
}

var memberNamePattern = compile(`[0-9两二三四五六七八九十][大个项条件类种]([^,的]{2,10}?)(?:都|分别|具体)?(?:是|有|包括|指)`)

// holdsSubject tells whether all that a question is about was found near an anchor, and at least one word of it in the
// anchor's own clause.
func (q *question) holdsSubject(a *anchor) bool {
	own := false
	for i, t := range q.terms {
		if t.class <= attribute || t.own || t.number && len(t.text) < len("10") {
			continue
		}
		quoted := slices.ContainsFunc(q.quoted, func(name string) bool { return strings.Contains(name, t.text) })
		if a.grades[i] < found && !(t.answerType && !t.known()) && (len(q.quoted) == 0 || quoted) {
			return false // where a name is quoted, that is the thing
		}
		own = own || a.grades[i] >= inList && a.clauses[i] >= 0 && a.evidence.clauses[a.clauses[i]].group == a.evidence.clauses[a.clause].group
	}
	return own
}

// countedUp is how many things stand side by side in a clause right before or behind a word that the question asks about;
// 0 when none do. Of several lists the one with as many things as the question says counts, otherwise the longest.
func (ev *evidence) countedUp(q *question, c *candidate, here, count int) int {
	clause := ev.clauses[here]
	most := 0
	for i, t := range q.terms {
		if t.class <= attribute || t.own {
			continue
		}
		for _, m := range c.terms[i].matches {
			if m.clause != here {
				continue
			}
			for _, beside := range []string{ev.text[clause.start:m.start], ev.text[m.end:clause.end]} {
				length := listLength(beside, listWords().joints...)
				if length == count || listLength(beside, "、") == count {
					return count
				}
				most = max(most, length)
			}
		}
	}
	return most
}

// listLength is how many things a text holds side by side, cut at some joints; 1 when it is no list.
func listLength(text string, joints ...string) int {
	if !strings.Contains(text, "、") {
		return 1
	}
	return len(listItems(text, 0, len(text), joints...))
}

// ordinalOpening finds what opens a thing that is told one by one: 一是, 三要, 第二,.
var ordinalOpening = compile(`(?:^|[:,;。])((?:一|二|三|四|五|六|七|八|九|十)+[是要]|第(?:一|二|三|四|五|六|七|八|九|十)+,|\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\))`)

// firstOrdinals are the ends of those that open the first thing.
var firstOrdinals = []string{"一是", "一要", "一,", "1)", "(一)"}

// ordinalOf is the number of such an opening.
func ordinalOf(opening string) int { return numeral(strings.Trim(opening, "第是要,()")) }

// oneByOne gives the things that are told one by one behind a sentence that holds all that the question is about, as many
// as the question says, any number for 0; nil without such.
func (e *Engine) oneByOne(q *question, count int) []Passage {
	for i, ev := range e.evidence {
		if !slices.ContainsFunc(firstOrdinals, func(first string) bool { return strings.Contains(ev.text, first) }) {
			continue
		}
		at := ordinalOpening.FindStringSubmatchIndex(ev.text)
		if at == nil || ordinalOf(ev.text[at[2]:at[3]]) != 1 {
			continue
		}
		lead := ev.text[:at[2]]
		if i > 0 && at[2] == 0 && ev.previous != nil {
			lead = ev.previous.text
		}
		if !q.spokenOf(lead + "\n" + ev.heading) {
			continue
		}
		if passages := e.run(i); len(passages) > 1 && (count == 0 || len(passages) == count) {
			return passages
		}
	}
	return nil
}

// spokenOf tells whether a text holds all that a question is about.
func (q *question) spokenOf(text string) bool {
	nouns := 0
	for _, t := range q.terms {
		if !t.isThing() {
			continue
		}
		nouns++
		if t.inText(text) < inList {
			return false
		}
	}
	return nouns > 0
}

// run quotes the things that are told one by one from a sentence on: up to the next ordinal, or to the end of the sentence.
func (e *Engine) run(from int) []Passage {
	var passages []Passage
	next, between := 1, 0
	for _, ev := range e.evidence[from:] {
		starts := ev.ordinals(next)
		next += len(starts)
		if between++; len(starts) > 0 {
			between = 0
		}
		if between > mostBetween || ev.sentence.Section != e.evidence[from].sentence.Section {
			break
		}
		for k, start := range starts {
			end := len(ev.text)
			if k+1 < len(starts) {
				end = starts[k+1]
			}
			passages = append(passages, e.stretch(ev, start, end))
		}
	}
	return passages
}

// ordinals are the places in a sentence where the things of a row begin, from a number on: 三是…,四是….
func (ev *evidence) ordinals(next int) []int {
	var starts []int
	for _, at := range ordinalOpening.FindAllStringSubmatchIndex(ev.text, -1) {
		if ordinalOf(ev.text[at[2]:at[3]]) == next {
			starts = append(starts, at[2])
			next++
		}
	}
	return starts
}

// mostBetween is how many sentences may go into the details of one such thing before the next is told.
const mostBetween = 8

// stretch quotes the clauses of a sentence between two places of its normalised text.
func (e *Engine) stretch(ev *evidence, start, end int) Passage {
	first, last := ev.clauses[ev.clauseAt(start)].source, ev.clauses[ev.clauseAt(end-1)].source
	clauses := ev.sentence.Clauses
	span := content.Span{Start: max(clauses[first].Start, ev.sentence.Span.Start+ev.original.Original(start)), End: clauses[last].End}
	p := e.spanPassage(ev.sentence.Section, span)
	p.CutBefore, p.CutAfter = span.Start > ev.sentence.Span.Start, last+1 < len(clauses)
	return p
}

// partsPattern finds a question for the parts of a part: 分了哪几条, 哪八个方面.
var partsPattern = compile(`哪(?:[0-9]+|[一二两三四五六七八九十]+|几|些)?(?:个|大|条|块)*(?:方面|部分|板块|章节|(?:条|块|点)(?:[,?。呢啊]|$))|几(?:个|大)*(?:方面|板块)|(?:[个大]方面|项(?:重点)?工作|项任务).{0,12}哪|` + tasks)

// tasks is a question for what is to be done: the parts of what is headed so, or all that stands there.
const tasks = `(?:主要|重点|目标)(?:任务|工作)(?:都?有|是|包括)?(?:哪些|什么|啥)`

var tasksPattern = compile(tasks)

// partsOf gives the headings of a part's own parts, for a question that asks what it is divided into.
func (e *Engine) partsOf(q *question) (result, bool) {
	at := partsPattern.FindStringIndex(q.text)
	if at == nil || q.wants.strong {
		return result{}, false
	}
	if q.within != nil && len(e.childrenOf(q.within)) > 1 {
		return e.headings(func(s *content.Section) bool { return s.Parent == q.within }), true
	}
	count, _ := q.asksMembers()
	outside, tasked := at, tasksPattern.MatchString(q.text)
	if tasked {
		outside = []int{len(q.text), len(q.text)} // the 主要任务 of 主要任务有哪些 is what a part may be called
	}
	var chosen *content.Section
	best := 0.0
	for _, section := range e.report.Sections {
		children := e.childrenOf(section)
		if len(children) < 2 && !(tasked && section.Heading.Len() > 0) {
			continue
		}
		score := e.titleHolds(q, section, outside)
		if count == len(children) {
			score += countFits
		}
		if q.timing != anyTime && (q.timing == planTime) != section.Plan {
			score -= untimely
		}
		if score > best {
			chosen, best = section, score
		}
	}
	if best < titleMatches {
		return result{}, false
	}
	if len(e.childrenOf(chosen)) < 2 {
		return e.sectionAnswer(q, chosen), true
	}
	if runs := runsOf(e.childrenOf(chosen)); count > 0 {
		if at := slices.IndexFunc(runs, func(run []*content.Section) bool { return len(run) == count }); at >= 0 {
			return e.headings(func(s *content.Section) bool { return slices.Contains(runs[at], s) }), true // and not the goals before them
		}
	}
	return e.headings(func(s *content.Section) bool { return s.Parent == chosen }), true
}

// countFits is what a part gains by having as many parts as the question says.
const countFits = 0.4

func (e *Engine) childrenOf(section *content.Section) []*content.Section {
	var children []*content.Section
	for _, other := range e.report.Sections {
		if other.Parent == section && other.Heading.Len() > 0 {
			children = append(children, other)
		}
	}
	return children
}

// titleHolds is how much of a question's words outside of a stretch a part's title holds, light words too, since titles are
// made of them (重点工作安排).
func (e *Engine) titleHolds(q *question, section *content.Section, outside []int) float64 {
	title := retrieval.Normalise(section.Title).Text
	held, total := 0.0, 0.0
	for _, t := range q.terms {
		if t.own || t.start < outside[1] && outside[0] < t.end || t.number {
			continue
		}
		weight := max(t.weight, classWeight[vague])
		total += weight
		held += weight * t.inText(title)
	}
	for _, year := range q.years {
		total++
		if slices.Contains(yearPattern.FindAllString(title, -1), strconv.Itoa(year)) {
			held++
		}
	}
	if total == 0 {
		return 0
	}
	return held / total
}
