package answers

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// # Lists
//
// A list question (哪些, 列一下, 都有谁) is answered with every clause of the report that holds what it names, in the
// report's order. Words that stand side by side with 、 或 和 in the question are alternatives: one of them is enough. A
// clause belongs to the list when everything that the question is about was found in it; when no clause holds all of it,
// those belong that come near the best.
const (
	inList      = 0.5  // grade × nearness from which a term counts as found in the clause itself
	nearBest    = 0.85 // of the best score, when no clause holds everything
	wholeFloor  = 0.6  // of the best score, for a clause that holds everything
	nearCeiling = 0.7  // of how well a word is found anywhere: beside 园区 itself what is merely near does not belong
	nearLetter  = 0.97 // the same for words that are meant by the letter: verbs (编制 is not 制定), kinds and quoted words
	mostList    = 40   // longer lists are cut; nobody reads them
)

// asksData is the role of words that ask for the figures of what is listed.
const asksData role = "data"

// joint finds what stands between alternatives. 给 and the like open a whole phrase behind it: the 给银行的补偿资金 of 奖励和给银行的补偿资金.
var joint = compile(`^[ 的]*(?:、|或者?|和|与|以?及|,)(给|对|向|为)?[ 的]*$`)

// A choice is a number of runs of terms that stand side by side; most have one run. A run is some terms without anything between them.
type choice struct {
	runs    [][]int
	phrases bool // of which each says all of its own: 绿色生产、低碳改造, and not the 国家级项目和案例 that are both 国家级
}

// choices are the choices of the question, in order.
func (q *question) choices() []choice {
	var choices []choice
	for i, t := range q.terms {
		if q.countsAsWell(t) && q.repeatsKind() {
			continue
		}
		if len(choices) == 0 {
			choices = append(choices, choice{runs: [][]int{{i}}})
			continue
		}
		last := &choices[len(choices)-1]
		run := len(last.runs) - 1
		between := q.text[q.terms[i-1].end:t.start]
		switch at := joint.FindStringSubmatch(between); {
		case at != nil:
			last.runs = append(last.runs, []int{i})
			last.phrases = last.phrases || at[1] != ""
		case q.countsAsWell(t):
			last.runs = append(last.runs, []int{i})
		case between == "" || between == "的":
			last.runs[run] = append(last.runs[run], i)
		default:
			choices = append(choices, choice{runs: [][]int{{i}}})
		}
	}
	for k := range choices {
		heavy := func(run []int) int {
			return len(slices.DeleteFunc(slices.Clone(run), func(i int) bool { return q.terms[i].class <= attribute }))
		}
		tail := choices[k].runs[len(choices[k].runs)-1]
		end := q.terms[tail[len(tail)-1]].text
		same := func(run []int) bool {
			if first := q.terms[run[0]].text; len(run) == 1 && len(tail) > 1 && first != end && strings.HasSuffix(first, end) {
				return true // 智能制造、绿色制造, of which the lexicon knows one
			}
			return q.terms[run[0]].isThing() && heavy(run) > 1 && heavy(run) == heavy(tail)
		}
		choices[k].phrases = len(choices[k].runs) > 1 && (choices[k].phrases || !slices.ContainsFunc(choices[k].runs, func(run []int) bool { return !same(run) }))
	}
	return choices
}

// alternatives groups the terms: those joined by 、 或 和 与 in the question form a group of which one must be found. A phrase of several
// words is in its group by the heaviest one, which counts as found where the phrase's other nouns are found as well.
func (q *question) alternatives() [][]int {
	var groups [][]int
	for _, choice := range q.choices() {
		for k, run := range choice.runs {
			if choice.phrases {
				run = []int{q.phraseHead(run)}
			}
			if k > 0 {
				groups[len(groups)-1] = append(groups[len(groups)-1], run[0])
				run = run[1:]
			}
			for _, i := range run {
				groups = append(groups, []int{i})
			}
		}
	}
	// 企业、项目、基地: where one of them says nothing, the row only names the kinds of things.
	lightly := func(i int) bool { return q.terms[i].class <= attribute || q.terms[i].own }
	heavy := slices.DeleteFunc(slices.Clone(groups), func(group []int) bool { return slices.ContainsFunc(group, lightly) })
	if len(heavy) == 1 && len(heavy[0]) == 1 && (q.terms[heavy[0][0]].class == verb || q.terms[heavy[0][0]].class == modifier) {
		// 加快建设: a verb alone says too little; the light word that it stands with must be there as well.
		if next := heavy[0][0] + 1; next < len(q.terms) && q.terms[next].class == vague && q.terms[next].known() && q.terms[next].start == q.terms[next-1].end {
			heavy = append(heavy, []int{next})
		}
	}
	return heavy
}

// phraseHead is the heaviest term of a phrase, which the other nouns are to be found with.
func (q *question) phraseHead(run []int) int {
	head := run[0]
	for _, i := range run[1:] {
		if q.terms[i].weight > q.terms[head].weight {
			head = i
		}
	}
	q.terms[head].with = slices.DeleteFunc(slices.Clone(run), func(i int) bool { return i == head || !q.terms[i].isThing() })
	return head
}

// countsAsWellPattern finds a remark of what belongs to a list as well: 有哪几个库?项目库、企业库都算, 跟轨道交通搭边的,磁浮也算,都有哪些.
var countsAsWellPattern = compile(`[,?。;: (]+([^,?。;: ()]{1,20}?)(?:也|都)(?:算上|算|计入|包括在内|包括|在内|可以|行)[,?。) ]*`)

// countsAsWell tells whether a term stands in such a remark.
func (q *question) countsAsWell(t *term) bool {
	at := countsAsWellPattern.FindStringSubmatchIndex(q.text)
	return at != nil && at[2] <= t.start && t.end <= at[3]
}

// repeatsKind tells whether such a remark only names things of the kind that is asked for anyway: the 项目库 of 哪几个库.
func (q *question) repeatsKind() bool {
	remark := countsAsWellPattern.FindStringSubmatch(q.text)
	return slices.ContainsFunc(q.terms, func(t *term) bool { return t.kind && strings.HasSuffix(remark[1], t.text) })
}

// list collects all that belongs to a list question's answer, by the kind of list that it asks for.
func (e *Engine) list(q *question) (result, bool) {
	if !q.asksForList() {
		return result{}, false
	}
	if limits := q.limits(); len(limits) > 0 {
		return e.figureList(q, limits), true
	}
	if q.asksCompared() {
		if r := e.compared(q); r.kind == Found {
			return r, true
		}
	}
	if r, ok := e.plannedFor(q); ok {
		return r, true
	}
	if r, ok := e.honours(q); ok {
		return r, true
	}
	if len(q.wants.kinds) > 0 || q.countedUnit(e) != "" {
		if r := e.figureList(q, nil); r.kind == Found {
			return r, true
		}
	}
	if q.has[asksTitled] {
		return e.titledList(), true
	}
	if q.asksOrganisations(e) {
		return e.organisationList(q.within), true
	}
	if r, ok := e.countedOut(q); ok {
		return r, true
	}
	if r, ok := e.topicList(q); ok {
		return r, true
	}
	return e.clauseList(q)
}

// countedOut answers a question for things of a kind with the clause that counts them out and closes with their kind: of 在哪些领域
// 取得突破 the 在航天、深海、量子信息等领域取得突破. It is false when no clause does so and holds all else that the question is about.
func (e *Engine) countedOut(q *question) (result, bool) {
	at := slices.IndexFunc(q.terms, func(t *term) bool {
		return slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(asksList) && s.end == t.start })
	})
	if at < 0 || q.wants.figure || q.takesAllIn(at) {
		return result{}, false
	}
	var chosen *anchor
	for _, ev := range e.evidence {
		closing := -1 // of the last clause that counts out
		for from, kind := 0, listEnd+q.terms[at].text; from < len(ev.text); {
			next := strings.Index(ev.text[from:], kind)
			if next < 0 {
				break
			}
			if place := from + next; strings.Contains(ev.groupText(ev.clauses[ev.clauseAt(place)].group), "、") {
				closing = place
			}
			from += next + len(kind)
		}
		if closing < 0 || q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		here := ev.clauseAt(closing)
		c := newCandidate(q, ev)
		a := e.score(q, &c, here, nil)
		tells := false // something of what the question is about, in the sentence itself
		for i, t := range q.terms {
			tells = tells || i != at && t.isThing() && a.clauses[i] >= 0
		}
		if tells && !a.untimely && (chosen == nil || a.score > chosen.score) && e.refusal(q, &a) == "" {
			chosen = &a
		}
	}
	if chosen == nil {
		return result{}, false
	}
	first, last := e.widen(chosen.evidence, chosen.clause)
	for i, t := range q.terms {
		if here := chosen.clauses[i]; here >= 0 && t.isThing() {
			last = max(last, chosen.evidence.clauses[here].source) // 通过甲、乙等办法,切实增加…
		}
	}
	return result{kind: Found, passages: []Passage{e.clausePassage(chosen.evidence, first, last)}}, true
}

// topicPattern finds a question for all that is told on a topic.
var topicPattern = compile(`方面|这块|这一块|有关|相关|关于|领域`)

// topicList answers a question for all that is told on a topic, or for its figures, with the part that is headed by it; false
// when no title holds the topic.
func (e *Engine) topicList(q *question) (result, bool) {
	if q.within != nil || !q.has[asksData] && !topicPattern.MatchString(q.text) {
		return result{}, false
	}
	section := e.titled(q)
	if section == nil || len(section.Sentences) == 0 || len(e.childrenOf(section)) > 0 || !q.spokenOf(retrieval.Normalise(section.Title).Text) {
		return result{}, false
	}
	r := result{kind: Found}
	for _, ev := range e.evidence {
		if ev.sentence.Section != section || q.has[asksData] && len(ev.sentence.Figures) == 0 {
			continue
		}
		p := e.spanPassage(section, ev.sentence.Span)
		for here := range ev.clauses {
			p.Figures = append(p.Figures, e.clauseFigures(q, ev, here)...)
		}
		r.passages = append(r.passages, p)
	}
	return r, len(r.passages) > 0
}

// topicDataAsked finds a question for all figures of a topic that has no word for a list: 金融方面的数据.
var topicDataAsked = compile(`(?:方面|这块|这一块|有关|相关)的?(?:所有|全部)?(?:数据|数字|指标|数值)[呢啊?。]*$`)

// asksForList tells whether a question asks for a list, rather than for one figure of those that it speaks of.
func (q *question) asksForList() bool {
	data := q.has[asksData] && topicDataAsked.MatchString(q.text)
	return (q.has[asksList] || q.has[asksContents] || data) && (q.about() || q.inherited == nil) &&
		!q.wants.strong && (!q.wants.fragment || data) && !q.has[asksNumber]
}

// listItem is a clause that may belong to a list.
type listItem struct {
	anchor anchor
	score  float64
	whole  bool      // holds all that the question is about
	grades []float64 // by group of alternatives
}

// clauseList collects the clauses that hold what the question names.
func (e *Engine) clauseList(q *question) (result, bool) {
	groups := q.alternatives()
	if len(groups) == 0 {
		return result{}, false
	}
	items := e.listItems(q, groups)
	if said := q.saidOfKind(groups, items); len(said) < len(groups) {
		groups = said
		items = e.listItems(q, groups)
	}
	top := 0.0
	for _, item := range items {
		top = max(top, item.score)
	}
	if top < inList*0.8 {
		return result{}, false
	}
	headings := e.listHeadings(q, groups, nil)
	kind := slices.ContainsFunc(q.terms, func(t *term) bool { return t.kind })
	prune(q, groups, items, kind && len(headings) > 0)
	anyWhole := slices.ContainsFunc(items, func(i listItem) bool { return i.whole })
	var anchors []anchor
	for _, i := range items {
		if anyWhole && i.whole && i.score >= top*wholeFloor || !anyWhole && i.score >= top*nearBest {
			anchors = append(anchors, i.anchor)
		}
	}
	if kind && len(headings) > 1 && !anyWhole {
		return result{kind: Found, passages: headings}, true // the parts of a chapter are its 工程
	}
	if q.has[asksData] {
		anchors = withFigures(anchors)
	}
	if len(anchors) == 0 || len(anchors) > mostList {
		return result{}, false
	}
	if note := e.listRefusal(q, groups, anchors); note != "" {
		return result{kind: NotFound, note: note}, true
	}
	named := q.named(anchors)
	passages := e.listPassages(q, named)
	if anyWhole && len(named) == len(anchors) {
		passages = append(passages, e.listHeadings(q, groups, anchors)...)
		slices.SortStableFunc(passages, func(a, b Passage) int { return cmp.Compare(a.Start, b.Start) })
	}
	return result{kind: Found, passages: passages}, true
}

// withFigures keeps those of a list that give figures, for a question that asks for data; all of them where none does.
func withFigures(anchors []anchor) []anchor {
	told := slices.DeleteFunc(slices.Clone(anchors), func(a anchor) bool {
		return len(a.evidence.groupFigures(a.evidence.clauses[a.clause].group)) == 0
	})
	if len(told) == 0 {
		return anchors
	}
	return told
}

// named keeps those of a list that are named rather than counted, for a question that asks for names: of 甲、乙等项目加快建设 and
// 177个项目加快建设 the first; all of them where none is named or names are not asked for.
func (q *question) named(anchors []anchor) []anchor {
	if !q.has[asksNames] && !q.has[asksWho] && !namesAsked.MatchString(q.text) {
		return anchors
	}
	named := slices.DeleteFunc(slices.Clone(anchors), func(a anchor) bool {
		ev := a.evidence
		return slices.ContainsFunc(ev.figures, func(f figure) bool {
			return f.clause == a.clause && f.content.Kind == content.Count && !strings.Contains(ev.text[ev.clauses[a.clause].start:f.start], "、")
		})
	})
	if len(named) == 0 {
		return anchors
	}
	return named
}

// namesAsked finds a list question for names, by what does not say so alone.
var namesAsked = compile(`点名|点了.{0,3}名|点到|有谁|是谁|名字`)

// listItems weighs every clause of the report, or of the part that the question names, where any of the alternatives is near.
func (e *Engine) listItems(q *question, groups [][]int) []listItem {
	var items []listItem
	for _, ev := range e.evidence {
		if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
			continue
		}
		before := q.slab.presences
		c := newCandidate(q, ev)
		if !c.holdsAny(groups) {
			q.slab.presences.backTo(before.items, before.used) // as though it had not been looked at
			continue
		}
		for here := range ev.clauses {
			if a := e.score(q, &c, here, nil); a.conflict == nil && !a.untimely {
				items = append(items, q.listItem(groups, a))
			}
		}
	}
	return items
}

// holdsAny tells whether a term of any group is present in or around a sentence; otherwise each is found nowhere near.
func (c *candidate) holdsAny(groups [][]int) bool {
	return slices.ContainsFunc(groups, func(group []int) bool {
		return slices.ContainsFunc(group, func(i int) bool { return c.terms[i].somewhere() })
	})
}

// listItem grades how well an anchor's own clause holds each group of alternatives.
func (q *question) listItem(groups [][]int, a anchor) listItem {
	item := listItem{anchor: a, whole: true, grades: q.slab.grades.take(len(groups), len(groups)*slabAnchors)}
	clear(item.grades)
	total := 0.0
	for g, group := range groups {
		weight := 0.0
		for _, i := range group {
			own := a.grades[i]
			switch at := a.clauses[i]; {
			case at < 0 || a.evidence.clauses[at].group == a.evidence.clauses[a.clause].group:
			case a.evidence.sameRun(at, a.clause):
				own = max(own, a.evidence.gradeIn(q.terms[i], at)) // beyond a comma, but said of this as well
			default:
				own = min(own, found) // elsewhere in the sentence: it only leans on this clause
			}
			if q.terms[i].kind {
				own = min(own, a.evidence.namesKind(q.terms[i], a.clause))
			}
			for _, other := range q.terms[i].with {
				own = min(own, a.grades[other])
			}
			item.grades[g] = max(item.grades[g], own)
			weight = max(weight, q.terms[i].weight)
		}
		item.score += weight * item.grades[g]
		total += weight
		item.whole = item.whole && item.grades[g] >= inList
	}
	item.score /= total
	return item
}

// sameRun tells whether two clauses stand between the same two commas, or in a row of subjects that one verb is said of, with commas
// between them: 甲厂8英寸、12英寸生产线,乙厂6英寸线建成投产.
func (ev *evidence) sameRun(one, other int) bool {
	from, to := min(ev.clauses[one].group, ev.clauses[other].group), max(ev.clauses[one].group, ev.clauses[other].group)
	for group := from; group < to; group++ {
		if !ev.onlyNames(group) {
			return false
		}
	}
	return true
}

// gradeIn is how well a clause holds a term.
func (ev *evidence) gradeIn(t *term, here int) float64 {
	best := 0.0
	for _, m := range ev.find(t) {
		if m.clause == here {
			best = max(best, m.grade)
		}
	}
	return best
}

// onlyNames tells whether the text between two commas is but a row of nouns, so that what is said of them stands behind the next comma.
func (ev *evidence) onlyNames(group int) bool {
	text := ev.groupText(group)
	if !strings.Contains(text, "、") {
		return false
	}
	start := ev.groupStart(group)
	tokens := ev.wordsIn(start, start+len(text))
	if len(tokens) < 2 || !strings.HasPrefix(tokens[len(tokens)-1].Tag, "n") {
		return false
	}
	last := len(tokens) - 1
	if utf8.RuneCountInString(tokens[last].Text) == 1 {
		last-- // 制造线 is one noun
	}
	return !slices.ContainsFunc(tokens[:last], func(t retrieval.Token) bool { return strings.HasPrefix(t.Tag, "v") && t.Tag != "vn" })
}

// prune takes out what only comes near: where a word itself is found somewhere, what stands for it elsewhere does not
// belong (headed tells that headings hold all of them), and of the clauses about a company those alone that tell of what is listed (哪些荣誉), where there are any.
func prune(q *question, groups [][]int, items []listItem, headed bool) {
	ceiling := make([]float64, len(groups)) // how well each group is found anywhere
	for g, group := range groups {
		if headed && q.terms[group[0]].kind {
			ceiling[g] = 1 // in headings
		}
	}
	for _, item := range items {
		for g, grade := range item.grades {
			ceiling[g] = max(ceiling[g], grade)
		}
	}
	ofKind := slices.ContainsFunc(q.terms, func(t *term) bool { return t.kind })
	for k := range items {
		for g, grade := range items[k].grades {
			least := nearCeiling
			for _, i := range groups[g] {
				switch t := q.terms[i]; {
				case t.class == verb && i+1 < len(q.terms) && q.terms[i+1].start == t.end && q.terms[i+1].class == vague && q.terms[i+1].known():
					// the 示范 of 示范项目 is nothing that is done
				case t.class == verb && ofKind:
					least = max(least, sameMeaning) // a 联盟 that was 组建 or 成立 is there either way
				case t.class == verb, t.kind, slices.Contains(q.quoted, t.text):
					least = nearLetter
				}
			}
			if grade < ceiling[g]*least {
				items[k].whole = false
			}
		}
	}
	listed := q.listed()
	if listed < 0 {
		return
	}
	tells := func(i listItem) bool { return i.whole && i.anchor.grades[listed] >= inList }
	if slices.ContainsFunc(items, tells) {
		for k := range items {
			items[k].whole = tells(items[k])
		}
	}
}

// listHeadings are the headings that hold all that a list question names. A heading may be what is listed (哪些工程);
// otherwise it is left out where text under it is listed already.
func (e *Engine) listHeadings(q *question, groups [][]int, listed []anchor) []Passage {
	var passages []Passage
	mayBeListed := slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.kind || t.class > attribute && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(asksList) && s.end <= t.start })
	})
	kind := slices.ContainsFunc(groups, func(group []int) bool { return slices.ContainsFunc(group, func(i int) bool { return q.terms[i].kind }) })
	for _, section := range e.report.Sections {
		if !mayBeListed && slices.ContainsFunc(listed, func(a anchor) bool { return section.Span.Contains(a.evidence.sentence.Span) }) {
			continue
		}
		title := retrieval.Normalise(section.Title).Text
		above := "" // the heading of a chapter holds what is about its 工程
		if section.Parent != nil {
			above = retrieval.Normalise(section.Parent.Title).Text
		}
		whole := title != "" && (q.within == nil || q.within.Span.Contains(section.Span))
		for _, group := range groups {
			ofKind := slices.ContainsFunc(group, func(i int) bool { return q.terms[i].kind })
			whole = whole && slices.ContainsFunc(group, func(i int) bool {
				return slices.ContainsFunc(q.terms[i].variants, func(v variant) bool {
					if ofKind {
						return v.grade >= nearLetter && strings.Contains(title, v.text)
					}
					return v.grade >= nearCeiling && (strings.Contains(title, v.text) || kind && strings.Contains(above, v.text))
				})
			})
		}
		if whole {
			passages = append(passages, e.headingPassage(section))
		}
	}
	return passages
}

// asksTitled is the role of words that ask for all documents with a title: 书名号里的文件.
const asksTitled role = "titled"

// asksCompanies tells whether an interrogative stands right before or behind the word for companies: 哪些企业, 企业是哪些.
func (q *question) asksCompanies(e *Engine) bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool {
		return slices.Contains(e.vocabulary.roles[t.text], "organisation") && slices.ContainsFunc(q.spans, func(s roleSpan) bool {
			return (s.is(asksList) || s.is(asksWhich)) && (s.end == t.start || s.start >= t.end && q.emptyBetween(t.end, s.start))
		})
	})
}

// titledList gives every clause that holds a title in 《》.
func (e *Engine) titledList() result {
	r := result{kind: Found}
	for _, ev := range e.evidence {
		for here, c := range ev.clauses {
			if strings.Contains(ev.text[c.start:c.end], "《") {
				first, last := e.widen(ev, here)
				r.passages = e.addPassages(r.passages, []Passage{e.clausePassage(ev, first, last)})
			}
		}
	}
	if len(r.passages) == 0 {
		return result{kind: NotFound, note: "报告里没有带书名号的文件。"}
	}
	return r
}

// asksOrganisations tells whether a list question asks for nothing but companies, 报告里点名了哪些企业, or for projects by their names,
// which are those of companies.
func (q *question) asksOrganisations(e *Engine) bool {
	asked := false
	for _, t := range q.terms {
		if t.class > attribute && !t.own {
			return false
		}
		asked = asked || slices.Contains(e.vocabulary.roles[t.text], "organisation") || t.text == "项目" && namesAsked.MatchString(q.text)
	}
	return asked
}

// publicBody finds an organisation that is no company.
var publicBody = compile(`(?:中央|国务院|政府|委员?会?|大会|政协|人大|常委会|党委|党组|[^企]局|[厅署]|部|法院|检察院|大学|学院|人民银行|工会|共青团|[妇残文科侨]联|工商联|科协|党派|红十字|解放军|武警[^,、]*|联合会|协会|军区)$`)

// organisationList gives every clause that names an organisation, a name only where it stands first; within a part, if there is one.
func (e *Engine) organisationList(within *content.Section) result {
	r := result{kind: Found}
	seen := make(map[string]bool)
	for _, ev := range e.evidence {
		if within != nil && !within.Span.Contains(ev.sentence.Span) {
			continue
		}
		last := -1
		for _, token := range ev.words().tokens {
			if token.Tag != "nt" || seen[token.Text] || publicBody.MatchString(token.Text) {
				continue
			}
			seen[token.Text] = true
			if first, end := e.widen(ev, ev.clauseAt(token.Start)); first > last {
				r.passages = append(r.passages, e.clausePassage(ev, first, end))
				last = end
			}
		}
	}
	if len(r.passages) == 0 {
		return result{kind: NotFound, note: "报告没有点名企业。"}
	}
	return r
}

// listed is the term behind the interrogative of a list question, which names what is listed; -1 when there is none, or when it stands
// beside a word that takes all in: 有哪些项目和进展.
func (q *question) listed() int {
	listed := slices.IndexFunc(q.terms, func(t *term) bool {
		return t.class == vague && t.known() && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.end == t.start && (s.is(asksList) || s.is(asksWhat)) })
	})
	if listed >= 0 && q.takesAllIn(listed) {
		return -1
	}
	return listed
}

// takesAllIn tells whether a word that no report lists anything by stands beside a term, so that all that is told belongs: the 进展 of 有哪些项目和进展.
func (q *question) takesAllIn(at int) bool {
	next := at + 1
	return next < len(q.terms) && q.terms[next].class == vague && !q.terms[next].known() && joint.MatchString(q.text[q.terms[at].end:q.terms[next].start])
}

// placesAsked finds a list question for places.
var placesAsked = compile(`(?:在|到|于)(?:哪些|哪几个)(?:区|市|县|城市|地方|地区|国家|省)`)

// listRefusal refuses a list when a group of alternatives that names something is found in none of its clauses.
func (e *Engine) listRefusal(q *question, groups [][]int, anchors []anchor) string {
	if (q.has[asksNames] || q.has[asksWho] || len(anchors) == 1 && q.asksCompanies(e)) && !slices.ContainsFunc(anchors, func(a anchor) bool { return q.namesIn(&a) }) {
		return "报告没有列出名称。"
	}
	if placesAsked.MatchString(q.text) && !slices.ContainsFunc(anchors, func(a anchor) bool { return e.placeIn(q, &a) }) {
		return "报告没有说在哪里。"
	}
	for _, group := range groups {
		held := false
		var heaviest *term
		for _, i := range group {
			if t := q.terms[i]; heaviest == nil || t.weight > heaviest.weight {
				heaviest = t
			}
			held = held || slices.ContainsFunc(anchors, func(a anchor) bool { return a.grades[i] >= found })
		}
		if !held && (heaviest.class == name || heaviest.class == noun && !heaviest.known() && !heaviest.answerType) {
			return notSaid(heaviest)
		}
	}
	return ""
}

// listPassages quotes the anchors' clauses, neighbouring ones together, short sentences whole.
func (e *Engine) listPassages(q *question, anchors []anchor) []Passage {
	var passages []Passage
	for i := 0; i < len(anchors); {
		ev := anchors[i].evidence
		first, last := e.widen(ev, anchors[i].clause)
		figures := e.clauseFigures(q, ev, anchors[i].clause)
		j := i + 1
		for ; j < len(anchors) && anchors[j].evidence == ev; j++ {
			from, to := e.widen(ev, anchors[j].clause)
			if from > last+1 {
				break
			}
			last = max(last, to)
			if anchors[j].clause != anchors[j-1].clause {
				figures = append(figures, e.clauseFigures(q, ev, anchors[j].clause)...)
			}
		}
		p := e.clausePassage(ev, first, last)
		p.Figures = append(p.Figures, figures...)
		passages = append(passages, p)
		i = j
	}
	return passages
}

// widen returns the clauses to be quoted for one: the whole sentence where it is short, otherwise those between the same
// two commas.
func (e *Engine) widen(ev *evidence, here int) (first, last int) {
	if utf8.RuneCountInString(e.report.Quote(ev.sentence.Span)) <= longestQuote {
		return 0, len(ev.sentence.Clauses) - 1
	}
	if ev.itemAlone(here) {
		return ev.clauses[here].source, ev.clauses[here].source
	}
	return ev.quotable(here, here)
}

// itemAlone tells whether a list item can be quoted without the others: it holds more than its figure, and no 分别 ties it
// to them.
func (ev *evidence) itemAlone(here int) bool {
	c := ev.clauses[here]
	return !slices.ContainsFunc(listWords().apart, func(word string) bool { return strings.Contains(ev.text[c.start:c.end], word) }) &&
		utf8.RuneCountInString(ev.text[c.start:c.end]) >= shortestItem
}

// shortestItem is the shortest list item, in runes, that is understood without its neighbours.
const shortestItem = 8

func (e *Engine) clausePassage(ev *evidence, first, last int) Passage {
	clauses := ev.sentence.Clauses
	span := content.Span{Start: clauses[first].Start, End: clauses[last].End}
	p := e.spanPassage(ev.sentence.Section, span)
	p.CutBefore, p.CutAfter = first > 0, last+1 < len(clauses)
	return p
}

// clauseFigures are the figures of a clause, for a list that asks for data.
func (e *Engine) clauseFigures(q *question, ev *evidence, here int) []Figure {
	var figures []Figure
	if !q.wants.figure && !q.has[asksData] {
		return nil
	}
	for i := range ev.figures {
		if f := &ev.figures[i]; f.clause == here && !f.fact && f.content.Kind != content.Date && q.wants.accepts(f.content) {
			figures = append(figures, e.figure(f.content))
		}
	}
	return figures
}
