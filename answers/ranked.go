package answers

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// # Lists by rank
//
// 哪些指标居全省第4位 asks for that very rank among those very many: not the 7th, and not the 4th of the 副省级城市. A rank is one of what
// was named last before it (全球第8、全国第5), and it is told of the clause that names something before it.

var (
	// rankAsked finds the rank in a list question, and what it is a rank of.
	rankAsked = compile(rankScope + `[^,;?。]{0,10}?(?:第([0-9]{1,3}|[一二三四五六七八九十]+)(?:[位名]|[^0-9\p{Han}]|的|有|是|都|哪|$)|(首位|榜首|头名|头一名|老大|冠军))`)

	// rankTold finds a rank in a report.
	rankTold = compile(`第([0-9]{1,3}|[一二三四五六七八九十]+)(?:[位名]|[^0-9\p{Han}]|$)|(首位|榜首)`)

	rankScopes = compile(rankScope)

	// tellsNoSubject finds a clause that goes on about what was named before it.
	tellsNoSubject = compile(`^(?:均|都|分别|稳|继续|连续[0-9\p{Han}]{1,2}年)?(?:居|位居|位列|列|名列|排|位|保持|增长|下降|高于|低于|高出|快于|同比|比|较|跃居|跻身|达|总[量数]|数量|增速|增幅|增量|规模|其中)`)
)

// rankScope is what something may have a rank in.
const rankScope = `(全国|国内|全省|省内|全市|市内|全区|区内|全州|全盟|全县|全球|世界|国际|亚洲|副省级|省会|计划单列|中部|西部|东部|东北|华东|华中|西南|西北|华北|华南|沿海|沿江|长江|长三角|珠三角|大湾区|同类|地级|直辖市|行业)`

// sameScope writes one of two words for a whole as the other.
var sameScope = strings.NewReplacer("国内", "全国", "省内", "全省", "市内", "全市", "区内", "全区", "世界", "全球", "国际", "全球")

// ranked answers a list question for what has one rank; false when it asks for something else as well.
func (e *Engine) ranked(q *question) (result, bool) {
	match, at := rankAsked.FindStringSubmatch(q.text), rankAsked.FindStringIndex(q.text)
	if match == nil || !q.asksForList() || len(q.quoted) > 0 {
		return result{}, false
	}
	scope, rank := sameScope.Replace(match[1]), rankOf(match[2])
	if slices.ContainsFunc(q.terms, func(t *term) bool {
		scope := slices.ContainsFunc(t.variants, func(v variant) bool { return v.grade >= sameMeaning && rankScopes.MatchString(v.text) })
		asks := at[0] <= t.start && t.end <= at[1]
		return t.isThing() && !scope && !asks && !rankScopes.MatchString(t.text) && !rankTold.MatchString(t.text) && !strings.Contains("指标成绩方面数据", t.text)
	}) {
		return result{}, false
	}
	r := result{kind: Found}
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		for _, at := range rankTold.FindAllStringSubmatchIndex(ev.text, -1) {
			told := ""
			if at[2] >= 0 {
				told = ev.text[at[2]:at[3]]
			}
			before := ev.text[max(0, strings.LastIndexAny(ev.text[:at[0]], ",;:")):at[0]]
			scopes := rankScopes.FindAllString(before, -1)
			if rankOf(told) != rank || len(scopes) == 0 || sameScope.Replace(scopes[len(scopes)-1]) != scope {
				continue
			}
			first, last := ev.withSubject(ev.clauseAt(at[0]))
			r.passages = e.addPassages(r.passages, []Passage{e.clausePassage(ev, first, last)})
		}
	}
	if len(r.passages) == 0 {
		return result{kind: NotFound, note: "报告没有说什么排在这个位次。"}, true
	}
	return r, true
}

// rankOf is the number of a rank, 1 for 首位.
func rankOf(number string) int {
	if number == "" {
		return 1
	}
	return numeral(number)
}

// shortestSubject is how many runes before the rank may only go on about what was named before, such as 完成量居.
const shortestSubject = 5

// withSubject are the clauses between two commas that tell a rank, and those before them as far as they go on about what was named there.
func (ev *evidence) withSubject(here int) (first, last int) {
	return ev.goingBack(here, func(text string) bool {
		subject := rankScopes.FindStringIndex(text)
		return subject != nil && utf8.RuneCountInString(text[:subject[0]]) <= shortestSubject || tellsNoSubject.MatchString(text) // 完成量居全省第一
	})
}

// goingBack are the clauses between two commas, and those before them as far as they only go on.
func (ev *evidence) goingBack(here int, goesOn func(string) bool) (first, last int) {
	group := ev.clauses[here].group
	for {
		from := slices.IndexFunc(ev.clauses, func(c clause) bool { return c.group == group && !c.remark })
		if from < 0 {
			return ev.clauses[here].source, ev.clauses[here].source
		}
		first = ev.clauses[from].source
		if from == 0 || !goesOn(ev.text[ev.clauses[from].start:]) {
			break
		}
		group = ev.clauses[from-1].group
	}
	last = ev.clauses[here].source
	for _, c := range ev.clauses {
		if c.group == ev.clauses[here].group {
			last = max(last, c.source)
		}
	}
	return first, last
}
