package answers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// # What only leads to the question
//
// 听说省里要扶持旅游业,那省级财政五年拿出多少钱; 我天天坐公交,首批氢能公交有几台 做报告急用: people tell why they ask before they ask,
// and after. A message is cut at its marks, and at its spaces where what stands there is long enough to be a remark; of a part
// that asks nothing little is demanded, where the part that asks says by itself what it is about. And a word there that the
// report does not know is demanded not at all, as long as something that the report knows is asked about.

// findAsides marks the words that only lead to the question. A name that the report may know is never one.
func (q *question) findAsides(e *Engine) {
	if narrowing.MatchString(q.text) && q.endsWord(len("只")) {
		return
	}
	parts := q.segments()
	last := slices.IndexFunc(parts, func(part segment) bool { return !part.speaks }) // part that asks, or says what it is about
	for i, part := range parts {
		things := slices.ContainsFunc(q.terms, func(t *term) bool { return part.start <= t.start && t.end <= part.end && t.isThing() })
		if part.asks || last >= 0 && !parts[last].asks && !part.speaks && things {
			last = i
		}
	}
	if last < 0 || len(parts) == 1 || !parts[last].asks && !slices.ContainsFunc(parts, func(part segment) bool { return part.speaks }) {
		return
	}
	knows := func(within func(t *term) bool) bool {
		return slices.ContainsFunc(q.terms, func(t *term) bool {
			return within(t) && t.class >= noun && !t.verbal && !t.own && !t.number && !t.answerType && e.holdsTerm(t.text)
		})
	}
	asked := knows(func(t *term) bool { return t.start >= parts[last].start && t.end <= parts[last].end && !q.namesSpan(t) })
	settled := knows(func(t *term) bool { return t.end <= parts[last].end })
	said := knows(func(t *term) bool { return true })
	for i, part := range parts {
		if part.asks || i == last {
			continue
		}
		for _, t := range q.terms {
			if t.start < part.start || t.end > part.end || t.number && !q.namesOrganisation(parts[last]) {
				continue
			}
			spans := slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(spansYears) && s.start <= t.start && t.end <= s.end })
			switch {
			case spans: // “十五”这五年 says when
			case part.speaks && asked && !e.holdsTerm(t.text):
				t.class, t.place, t.organisation = vague, false, false // 我在德国总部写简报
			case part.speaks && asked:
				t.class, t.aside = min(t.class, noun), true
			case i < last && asked && part.mark && !t.organisation && !t.place && unicode.Is(unicode.Han, firstRune(t.text)) && !e.holdsTerm(t.text):
				t.class = vague // 写稿要用:
			case t.number && q.namesOrganisation(part) && q.namesOrganisation(parts[last]), t.organisation && q.namesOrganisation(parts[last]):
				t.class = vague // 是甲公司还是乙公司?我记混了,乙公司那个到底多少
			case i < last && asked && part.mark && t.class < name, i > last && settled && part.long && t.class < name && e.holdsTerm(t.text):
				t.aside = true
			case said && part.long && !t.organisation && !t.place && !e.holdsTerm(t.text) && (i > last || unicode.Is(unicode.Han, firstRune(t.text))):
				t.class = vague // 我爸非说, 做ppt急用
			}
		}
	}
}

// namesOrganisation tells whether a part of a message names an organisation.
func (q *question) namesOrganisation(part segment) bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool { return t.organisation && part.start <= t.start && t.end <= part.end })
}

// segment is a part of a message between its marks, or its spaces.
type segment struct {
	start, end int
	asks       bool
	mark       bool // stands between marks, and not between spaces
	long       bool // enough to be an aside rather than a keyword
	speaks     bool // of who asks, or of where they heard of it
}

// segments cuts a message into its parts.
func (q *question) segments() []segment {
	var parts []segment
	start := 0
	cut := func(end int, mark bool) {
		if text := strings.Trim(q.text[start:end], " "); text != "" {
			part := segment{start: start, end: end, mark: mark, long: utf8.RuneCountInString(text) >= shortestAside}
			part.asks = slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.start >= part.start && s.end <= part.end && s.asks(q.text) })
			part.speaks = !part.asks && speaksOfAsker.MatchString(strings.TrimLeft(text, ",?;:。!.… "))
			parts = append(parts, part)
		}
		start = end
	}
	for at, r := range q.text {
		switch {
		case strings.ContainsRune(",?;:。!.…", r) && !(r == '.' && insideNumber(q.text, at, at+1)):
			cut(at, true)
		case r == ' ':
			cut(at, false)
		}
	}
	cut(len(q.text), true)
	return parts
}

// speaksOfAsker finds a part that speaks of who asks, of those for whom they ask, or of where they heard of it.
var speaksOfAsker = compile(`^(?:我|咱|俺)(?:[^要想问]|$)|^(?:领导|老板|老师|客户|客商|同事|孩子|(?:抖音|微信|网|群|电视|手机)[上里])`)

// shortestAside is how long, in runes, a part without an interrogative must be to be a remark: shorter ones are keywords.
const shortestAside = 5

// narrowing opens a question whose first words narrow down what it is about: 只算公立医院,床位有多少.
var narrowing = compile(`^(?:只|仅|单|光)`)

// leaveOut drops the words behind one that leaves them out, up to the next comma: 只算医院,不算乡镇卫生院.
func (q *question) leaveOut() {
	for _, pattern := range []*pattern{apartFrom, notThis, notThat} {
		match := pattern.FindStringSubmatchIndex(q.text)
		if match == nil {
			continue
		}
		for _, t := range q.terms {
			if match[2] <= t.start && t.end <= match[3] {
				q.excluded = append(q.excluded, t.text)
			}
		}
		q.terms = slices.DeleteFunc(q.terms, func(t *term) bool { return match[0] <= t.start && t.end <= match[1] })
	}
	for _, span := range q.spans {
		if !span.is(leavesOut) {
			continue
		}
		end := len(q.text)
		if comma := strings.IndexAny(q.text[span.end:], ",? "); comma >= 0 {
			end = span.end + comma
		}
		q.terms = slices.DeleteFunc(q.terms, func(t *term) bool { return span.end <= t.start && t.end <= end })
	}
}

// apartFrom finds what a question leaves out that asks for another thing: 甲公司之外,另一个大项目.
var apartFrom = compile(`^(?:除了?)?([^,]{2,20}?)(?:(?:之外|以外)(?:,|的)?(?:还有|另外|另|其他)|(?:除外|不算在内|不计在内|不算),)`)

// notThis and notThat find what a question leaves out at its end: 新建的,改造的不算; 当年涨幅,不要两年平均的.
var (
	notThis = compile(`[,;?。]([^,;?。]{2,14}?)的?(?:不算|除外|不计|不要|不算在内)[?。]*$`)
	notThat = compile(`[,;?。 (]我?(?:不要|别要|不算|不看|不是问?|不用说?|不用管)([^计,;?。()][^,;?。()]{1,13}?)的?[?。)]*$`)
)

// attributive ends the words that only ever qualify a noun: 国家级, 省级.
const attributive = "级"

// findHeads ties the words of a noun phrase to its last noun: the 技术 of 技术创新示范企业 is the 技术 of an enterprise, not of
// anything else that the sentence speaks of. What a whole phrase is about (a company, 增速, 总数) is no part of it.
func (q *question) findHeads() {
	for i, t := range q.terms {
		t.index = i
	}
	for i := len(q.terms) - 1; i > 0; i-- {
		head, member := q.terms[i], q.terms[i-1]
		if member.end != head.start || member.class < verb || member.class == name || member.number || member.focus || member.strict && !strings.HasSuffix(member.text, attributive) {
			continue
		}
		switch {
		case head.headed != nil:
			member.headed = head.headed
		case head.class == noun && !head.number:
			member.headed = head
		}
	}
}

// focusWeight is how much more the word beside the interrogative weighs: 净增 in 营收净增多少 tells which of the figures
// about the 营收 is meant.
const focusWeight = 2

// wholeWeight is how much less a word weighs that names the whole of which a part is asked for.
const wholeWeight = 0.4

// findFocus marks the term before each interrogative, with nothing but empty words between them, and what is counted.
func (q *question) findFocus() {
	asked := false
	for _, span := range q.spans {
		if !span.number && !span.is(asksNumber) && !(kindOf(span) && strings.ContainsFunc(q.text[span.start:span.end], isInterrogative)) {
			continue
		}
		q.findCounted(span)
		if q.findInside(span) {
			continue
		}
		before := q.termBefore(span)
		if before == nil || before.end < span.start && !q.emptyBetween(before.end, span.start) {
			continue
		}
		before.focus = true
		asked = true
	}
	if !asked {
		q.findInside(roleSpan{start: len(q.text), end: len(q.text)}) // 首批里贷到款的企业数
	}
	q.findWhole()
}

// findInside marks what stands right before a 中 or 里 that leads to an interrogative: the 项目 of 项目中有多少个投产 are the
// whole, not what is counted. A number that tells how many there are (10个集聚区里) says which whole is meant and no more. It
// tells whether there is such a whole.
func (q *question) findInside(span roleSpan) bool {
	inside := false
	for i, t := range q.terms {
		if t.end > span.start || !insideWord.MatchString(q.text[t.end:]) || q.tokenAt(t.end) < 0 || strings.ContainsAny(q.text[t.end:span.start], ",?;") {
			continue
		}
		if !slices.ContainsFunc(q.terms, func(part *term) bool { return part.start > t.end && part.class > attribute && !part.own }) {
			continue // 省级名单里本市占了几家: of a report on the city that is all of them
		}
		t.whole = true
		inside = inside || q.emptyBetween(t.end, span.start)
		if i > 0 && q.terms[i-1].number && t.start-q.terms[i-1].end <= len("多个") {
			q.terms[i-1].class = vague
		}
	}
	return inside
}

// insideWord finds a word that makes what stands before it a whole.
var insideWord = compile(`^(?:当|之)?(?:中|里)(?:[^的]|$)`)

// termBefore is the last term before the end of an interrogative that says what is asked of, or nil.
func (q *question) termBefore(span roleSpan) *term {
	var before *term
	for _, t := range q.terms {
		if t.end <= span.end && t.class > attribute && !t.own && !t.strict {
			before = t
		}
	}
	return before
}

// findCounted marks what an interrogative counts.
func (q *question) findCounted(span roleSpan) {
	for i, t := range q.terms {
		switch {
		case t.start >= span.end && q.emptyBetween(span.end, t.start) && (i == 0 || q.terms[i-1].start < span.end):
			t.counted = true // 多少家企业
		case t.class <= attribute && i > 0 && q.terms[i-1].end == t.start && t.end <= span.start:
			q.terms[i-1].counted = true // 企业数量是多少
		}
	}
}

// findWhole marks the words of a whole in front of the question for a part of it, where the part is named.
func (q *question) findWhole() {
	if !q.mentions(",") {
		return
	}
	at := insidePattern.FindStringIndex(q.text)
	if at == nil || !slices.ContainsFunc(q.terms, func(t *term) bool { return t.start >= at[1] && t.class >= noun && !t.own }) {
		return
	}
	for _, t := range q.terms {
		if at[0] <= t.start && t.end <= at[1] {
			t.whole, t.aside, t.focus = true, t.class < name, false
		}
	}
}

// insidePattern finds the whole that a question asks for a part of: 在规模以上工业企业利润中,制造业利润是多少.
var insidePattern = compile(`^.{2,60}?(?:中|里|当中|里面|里头),`)

// emptyBetween tells whether only empty words stand between two places. Nothing stands between what overlaps or is the other
// way round.
func (q *question) emptyBetween(start, end int) bool {
	if start > end {
		return false
	}
	for _, token := range q.tokens {
		if token.Start < start || token.End > end {
			continue
		}
		span := q.roleAt(token)
		if span == nil || !span.is(isEmpty) && !span.is("change") && !strings.HasPrefix(q.text[span.start:span.end], comparing) {
			return false
		}
	}
	return !strings.ContainsAny(q.text[start:end], ",?;")
}

// comparing and comparingTo begin the phrases that name what is compared with (比上年, 比全市), between a word and its figure.
const (
	comparing   = "比"
	comparingTo = "较"
)
