package answers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// # Kinds of things
//
// 哪些工程, 建了哪些库, 叫“某某工程”的: what is listed are the things of a kind, and their names end with it (“育新”工程, 项目库), or begin with it where it is quoted (六个“必须…”).
// Where another noun follows, the word only qualifies that one (工程装备 is no 工程), and so the clause names nothing of the kind.

// placeholder is what stands for a name's own part: 叫“某某工程”的.
var placeholder = compile(`某某|什么什么|(?:XX|xx|××|\*\*|__)+`)

// kindAsked finds the kinds that a list question asks for at its end (哪些工程, 哪些产业园、园区) or its beginning (“工程”有哪些), in
// the first or the second group.
var kindAsked = compile(`哪[些几](?:个|项|种|类)?[“"]?(\p{Han}+(?:、\p{Han}+)*)[”"]?[呢啊?。]*$|[“"]([^”"]+)[”"](?:命名|为名|结尾|打头)?的?(?:举措|项目|行动|工作|东西)?,?(?:报告[里中]?|全文|文中)?(?:都|一共|总共|分别)*(?:有|是|提[了到]|说[了到]|写[了到])*(?:哪些|哪几个|啥|什么)(?:[?, ]*(?:请|都|全部|全)*列(?:全|一下|出来))?[呢啊?。]*$`)

// kindsAsked finds a kind of which all sorts are asked for: 各类园区提到了哪些.
var kindsAsked = compile(`各[种类](?:打引号的|各样的?)?[“"]?(\p{Han}{2})[”"]?`)

// measureNamed finds what is named, behind a word that its names hold: of 名字里带“工程”的举措 the 工程装备 is none.
var measureNamed = compile(`^[”"]的(?:举措|行动|活动|计划)`)

// findKind marks the term that names what kind of things a list question asks for.
func (q *question) findKind(v *vocabulary) {
	if !q.has[asksList] {
		return
	}
	text := q.text
	if remark := countsAsWellPattern.FindStringIndex(text); remark != nil && remark[1] == len(text) {
		text = text[:remark[0]]
	}
	at := kindAsked.FindStringSubmatchIndex(text)
	if at == nil {
		at = kindsAsked.FindStringSubmatchIndex(text)
	}
	if at == nil {
		return
	}
	start, end := at[2], at[3]
	if start < 0 {
		start, end = at[4], at[5]
	}
	written := func(s roleSpan) bool {
		return s.is(mentionsWord) && q.emptyBetween(s.end, start) && !measureNamed.MatchString(q.text[end:])
	}
	for _, t := range q.terms {
		lone := utf8.RuneCountInString(t.text) == 1 && slices.Equal(v.roles[t.text], []role{isSuffix}) && !ordinalPart.MatchString(q.text) // 库, but not 事, nor 节
		if t.start < start || t.end > end || t.strict || t.verbal && !measureNamed.MatchString(q.text[end:]) || t.class < noun && !lone || slices.ContainsFunc(q.spans, written) {
			continue
		}
		if strings.HasSuffix("、"+q.text[start:t.start], "、") && strings.HasPrefix(q.text[t.end:end]+"、", "、") {
			t.kind = true
			t.class = max(t.class, noun)
		}
	}
}

// namesKind is how well a clause names a thing of the kind that a term stands for: 三年行动计划 is a 计划, and no 行动.
func (ev *evidence) namesKind(t *term, here int) float64 {
	best := 0.0
	for _, m := range ev.find(t) {
		if m.clause == here && ev.endsName(m) {
			best = max(best, m.grade)
		}
	}
	return best
}

// endsName tells whether a word is the end of a name: no noun follows it.
func (ev *evidence) endsName(m match) bool {
	tokens := ev.words().tokens
	for i, token := range tokens {
		switch {
		case token.Start < m.end && m.end < token.End:
			return false // 工程师
		case token.Start == m.end:
			return !strings.HasPrefix(token.Tag, "n") && token.Tag != "vn" || i > 0 && tokens[i-1].End < m.end
		}
	}
	return true
}

// saidOfKind leaves out the verbs that the report does not say itself of any thing of the kind that is asked for: what was 上线,
// 开发 and 新增 is all there was 建 of 平台, while 获批了哪些中心 asks for those alone that were 获批.
func (q *question) saidOfKind(groups [][]int, items []listItem) [][]int {
	of := slices.IndexFunc(groups, func(group []int) bool { return q.terms[group[0]].kind })
	if of < 0 {
		return groups
	}
	var said [][]int
	for g, group := range groups {
		verbal := !slices.ContainsFunc(group, func(i int) bool { return q.terms[i].class != verb })
		if !verbal || slices.ContainsFunc(items, func(i listItem) bool { return i.grades[of] >= inList && i.grades[g] >= sameMeaning }) {
			said = append(said, group)
		}
	}
	return said
}

// alikePattern finds how many things of what kind a question asks for: “五大战役”是哪五个, 哪七个“力”.
var alikePattern = compile(`([0-9]+|[两二三四五六七八九十几])[个大项条件类种][“"]?(\p{Han}{1,4}?)[”"]?(?:都|具体|分别)*(?:是|有|包括|包含|指|[,?。呢]|$)`)

// namedAlike gives the things that a report names alike, each in a heading or a clause of its own (建设经济强市。… 建设文化强市。…),
// where one part of the report has just as many as the question says, or several for 哪几个; nil without such a part.
func (e *Engine) namedAlike(q *question) []Passage {
	match := alikePattern.FindStringSubmatch(q.text)
	if match == nil {
		return nil
	}
	count, kind := numeral(match[1]), match[2]
	quoted := slices.Contains(q.quoted, kind) // 六个“必须坚持”
	type named struct {
		name    string
		passage Passage
	}
	things := make(map[*content.Section][]named) // by the part that they stand in
	add := func(part *content.Section, text string, passage Passage) {
		name := strings.Trim(text, " 。;,:!?—-“”\"")
		counted := strings.Contains(name, match[1]+"大"+kind) || strings.Contains(name, match[1]+"个"+kind)
		if part == nil || counted || !strings.HasSuffix(name, kind) && !(quoted && strings.HasPrefix(name, kind)) || utf8.RuneCountInString(name) < utf8.RuneCountInString(kind)+2 ||
			slices.ContainsFunc(things[part], func(n named) bool { return n.name == name }) {
			return
		}
		things[part] = append(things[part], named{name, passage})
	}
	for _, section := range e.report.Sections {
		if section.Heading.Len() > 0 {
			add(section.Parent, retrieval.Normalise(section.Title).Text, e.headingPassage(section))
		}
	}
	for _, ev := range e.evidence {
		for here, c := range ev.clauses {
			if !strings.Contains(ev.text[c.start:c.end], kind) {
				continue
			}
			name := ev.text[c.start:c.end]
			for _, quoted := range quotedPattern.FindAllStringSubmatch(name, -1) {
				if strings.HasSuffix(quoted[1], kind) {
					name = quoted[1] // 开展“企业服务年”活动
				}
			}
			add(ev.sentence.Section, name, e.clausePassage(ev, ev.clauses[here].source, ev.clauses[here].source))
		}
	}
	var chosen []named
	for _, section := range e.report.Sections {
		if found := things[section]; len(found) > max(len(chosen), 1) && (count == 0 && len(found) >= fewestAlike || len(found) == count) {
			chosen = found
		}
	}
	var passages []Passage
	for _, thing := range chosen {
		passages = append(passages, thing.passage)
	}
	return passages
}

// fewestAlike is how many things must be named alike where the question does not say how many there are.
const fewestAlike = 3
