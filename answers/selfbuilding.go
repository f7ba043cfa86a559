package answers

import (
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # What a government asks of itself
//
// Most reports end with a part on the government itself: 加强政府自身建设, 建设人民满意的服务型政府, 打铁还需自身硬. People ask for it by
// what it is about (政府怎么管好自己, 讲政府作风的那部分), whatever it is headed.

var (
	// selfAsked finds a question for that part.
	selfAsked = compile(selfAsking)

	// selfFrame matches what such a question consists of.
	selfFrame = compile(selfAsking + `|政府|自身|自己|作风|建设|加强|提出|要求|打算|管好|管住|管|约束|部分|章节|章|节|段|块|篇|效能|廉政|工作人员|干部|方面|全面|进一步|从严`)

	// selfWords are what such a part speaks of.
	selfWords = compile(`依法行政|法治|作风|廉洁|廉政|清廉|反腐|担当|效能|形式主义|执行力|勤政|为民|从严|实干|服务型|公信力|政治|能力|本领|学习|履职|政府工作人员`)

	selfTitle   = compile(`自身建设|自身硬`)
	selfBuilt   = compile(`政府.*(?:建设|作风|效能|治理|公信|能力|水平|形象)|(?:建设|打造|塑造|做).*政府`)
	partOfSelf  = compile(`部分|章|节|段|块|篇|方面|要求|打算|措施|举措|提|讲|说|写|点|条`)
	selfCounted = compile(`哪?几|哪些|哪[0-9]|[0-9两二三四五六七八九]+(?:点|条|项|个|方面)`)
)

// selfAsking is what a question for that part says.
const selfAsking = `政府[^,?。]{0,4}(?:自己|自身|自我)|(?:管好|管住|约束|要求)(?:了?政府)?自[己身]|自身建设|打铁[^,?。]{0,4}自身硬|政府[^,?。]{0,2}(?:作风|效能建设|廉政)|自我革命`

// selfEnough is how plainly a part must say so.
const selfEnough = 3

// selfBuilding answers a question for that part as a whole; false when it asks for something else, or the report has none.
func (e *Engine) selfBuilding(q *question) (result, bool) {
	if !q.mentions("政府", "自身", "自己", "自我") || !selfAsked.MatchString(q.text) || !partOfSelf.MatchString(q.text) ||
		q.wants.figure || q.within != nil && !selfTitle.MatchString(q.within.Title) || q.has[asksCause] || q.timing == reviewTime && q.firm || len(q.quoted) > 0 ||
		!q.has[asksContents] && !q.has[asksList] && !q.has[asksHow] && !q.has[asksWhat] {
		return result{}, false
	}
	framed := selfFrame.FindAllStringIndex(q.text, -1)
	if slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.class > attribute && !t.own && !t.number && !slices.ContainsFunc(framed, func(at []int) bool { return at[0] <= t.start && t.end <= at[1] })
	}) {
		return result{}, false
	}
	section := e.selfPart()
	if section == nil {
		return result{}, false
	}
	if q.has[asksContents] || !selfCounted.MatchString(q.text) {
		return e.sectionAnswer(q, section), true
	}
	count, _ := q.asksMembers()
	var chosen *row
	for _, r := range e.rows() {
		if r.section() == section && (count == 0 || len(r.members) == count) && (chosen == nil || len(r.members) > len(chosen.members)) {
			chosen = &r
		}
	}
	if chosen == nil {
		return e.sectionAnswer(q, section), true
	}
	return result{kind: Found, section: section, passages: chosen.members}, true
}

// selfPart is the part on the government itself: the one that says so most plainly in its title and those of its parts, the last
// chapter before others; nil without one.
func (e *Engine) selfPart() *content.Section {
	var last, chosen *content.Section
	for _, section := range e.report.Sections {
		if section.Level == 1 && section.Plan && section.Heading.Len() > 0 {
			last = section
		}
	}
	best := 0.0
	for _, section := range e.report.Sections {
		if !section.Plan || section.Heading.Len() == 0 {
			continue
		}
		title := retrieval.Normalise(section.Title).Text
		titles := title
		for _, child := range e.childrenOf(section) {
			titles += "\n" + retrieval.Normalise(child.Title).Text
		}
		words := selfWords.FindAllString(titles, -1)
		slices.Sort(words)
		score := min(float64(len(slices.Compact(words))), 3)
		if selfTitle.MatchString(title) {
			score += 3
		}
		if selfBuilt.MatchString(title) {
			score++
		}
		if section == last {
			score++
		}
		if strings.Contains(titles, "\n") {
			score += 0.5
		}
		if score > best {
			best, chosen = score, section
		}
	}
	if best < selfEnough {
		return nil
	}
	return chosen
}
