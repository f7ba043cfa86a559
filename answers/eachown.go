package answers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
)

// # What is told of each of several
//
// 东区、西区、港区各要干哪些事: a report tells of such things side by side, each in a sentence or between commas of its own that begins
// with its name (东区加快…;西区完成…;推动港区…). The place where all of them stand so, near each other, answers the question.

var (
	// eachBehind finds what follows the names of several things.
	eachBehind = compile(`(?:(?:这|那)?(?:[0-9]+|[两二三四五六七八九十]+)(?:个|大|座|家|条|县|市|区|地|园|点|项|类|方)[^,、 0-9]{0,4})?(?:各自|各有|各要|各是|分别|各)`)

	// behindYear cuts what stands before the names.
	behindYear = compile(`^.*(?:[,;:。?]|年|今后|报告里?|对|给|让|要求|提出)`)

	// leadsName is what may stand before a name that begins a sentence.
	leadsName = compile(`^(?:——|支持|推动|推进|加快|引导|指导|鼓励|促进|依托|做强|做大|以|在|“|\(|[0-9一二三四五六七八九十]+[.、是]|,)*`)
)

// toDoAsked finds a question for what is to be done, where nothing else tells its time.
var toDoAsked = compile(`要(?:做|干|抓|建|搞|发展|怎么|重点|推进|完成|落实)|抓(?:什么|啥|哪)`)

// mostApart is how many sentences may be told of one of several things before the next.
const mostApart = 4

// eachNamed are the things that a question asks about each of; nil where it names no more than one.
func (e *Engine) eachNamed(q *question) []string {
	at := eachBehind.FindStringIndex(q.text)
	if at == nil {
		return nil
	}
	list := behindYear.ReplaceAllString(strings.TrimRight(q.text[:at[0]], ","), "")
	names := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、 和与及", r) })
	if len(names) < 2 || len(names) > mostItems || slices.ContainsFunc(names, func(name string) bool {
		return utf8.RuneCountInString(name) < 2 || utf8.RuneCountInString(name) > 8 || name != names[0] && !e.holds(name)
	}) {
		return nil
	}
	return names
}

// ofEach answers a question for what is told of each of several things with the place that tells of all of them side by side.
func (e *Engine) ofEach(q *question) (result, bool) {
	if !q.has[asksEach] || q.wants.figure {
		return result{}, false
	}
	names := e.eachNamed(q)
	if names == nil {
		return result{}, false
	}
	type told struct {
		ev    *evidence
		group int // of clauses, that it begins with
		name  int
		index int // of the evidence
	}
	var all []told
	for i, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) || !slices.ContainsFunc(names, func(name string) bool { return strings.Contains(ev.text, lastRunes(name, 2)) }) {
			continue
		}
		for here, c := range ev.clauses {
			if c.remark || here > 0 && ev.clauses[here-1].group == c.group {
				continue
			}
			text := leadsName.ReplaceAllString(ev.text[c.start:c.end], "")
			if name := slices.IndexFunc(names, func(name string) bool { return beginsWith(text, name, name == names[0]) }); name >= 0 {
				all = append(all, told{ev, c.group, name, i})
			}
		}
	}
	best := 0.0
	var chosen []told
	for from := 0; from+len(names) <= len(all); from++ {
		run := all[from : from+len(names)]
		seen := make(map[int]bool)
		near := true
		for k, t := range run {
			seen[t.name] = true
			near = near && (k == 0 || t.ev.sentence.Section == run[k-1].ev.sentence.Section && t.index-run[k-1].index <= mostApart)
		}
		if !near || len(seen) < len(names) {
			continue
		}
		section := run[0].ev.sentence.Section
		if q.timing != anyTime && q.firm && (q.timing == planTime) != section.Plan {
			continue
		}
		score := 1 + q.heldBy(e.around(section, run[0].index, run[len(run)-1].index))
		if q.timing != anyTime && (q.timing == planTime) == section.Plan || q.timing == anyTime && section.Plan && toDoAsked.MatchString(q.text) {
			score++
		}
		if run[0].index != run[len(run)-1].index {
			score += 0.5 // a sentence for each says more
		}
		if score > best {
			best, chosen = score, run
		}
	}
	if chosen == nil {
		return result{}, false
	}
	r := result{kind: Found}
	for k, t := range chosen {
		end := len(t.ev.text)
		if k+1 < len(chosen) && chosen[k+1].ev == t.ev {
			end = t.ev.groupStart(chosen[k+1].group)
		}
		ending, _ := utf8.DecodeLastRuneInString(names[t.name])
		for _, c := range t.ev.clauses {
			if c.group > t.group && c.start < end && othersName(t.ev.text[c.start:c.end], ending) {
				end = c.start // 甲区抓粮食,乙区抓工业: of 乙区 nobody asked
			}
		}
		r.passages = append(r.passages, e.stretch(t.ev, t.ev.groupStart(t.group), end))
	}
	return r, true
}

// beginsWith tells whether a text begins with a name, or with what remains of it without what else stands before it in the question: 说
// 全市基础稳、结构优.
func beginsWith(text, name string, anyRest bool) bool {
	for rest := name; utf8.RuneCountInString(rest) > 2 || rest == name; rest = rest[len(firstRunes(rest, 1)):] {
		if strings.HasPrefix(text, rest) {
			return true
		}
		if !anyRest {
			return false
		}
	}
	return false
}

// lastRunes is the end of a text, of so many runes.
func lastRunes(text string, most int) string {
	runes := []rune(text)
	return string(runes[max(0, len(runes)-most):])
}

// othersName tells whether a clause begins with the name of another thing whose name ends alike.
func othersName(text string, ending rune) bool {
	name, rest, ok := strings.Cut(leadsName.ReplaceAllString(text, ""), string(ending))
	return ok && utf8.RuneCountInString(name) <= longestName && doesPattern.MatchString(rest)
}

// longestName is how long such a name is at most, in runes, without its ending; doesPattern finds what such a thing does.
const longestName = 4

var doesPattern = compile(`^(?:要|加快|重点|依托|做|突出|推进|发展|着力|打造|建设|全力|力争|围绕|抓)`)

// around is the text of some sentences, with what heads them and the sentence before.
func (e *Engine) around(section *content.Section, first, last int) string {
	text := e.evidence[first].heading
	for i := max(first-1, 0); i <= last; i++ {
		if e.evidence[i].sentence.Section == section {
			text += "\n" + e.evidence[i].text
		}
	}
	return text
}
