package answers

import (
	"slices"
	"strconv"
	"strings"

	"wenbao/retrieval"
)

// # The year's work
//
// 今年重点抓哪几个方面的工作 asks for what the plan is divided into: the row of headings under 2023年重点工作, or behind 重点抓好以下工作. Nothing
// in such a question but the time is a word to be looked for.

var (
	// workAsked finds such a question.
	workAsked = compile(workAsking)

	// workFrame matches what it consists of.
	workFrame = compile(workAsking + `|重点|主要|工作|任务|方面|抓好|做好|推进|安排|部署|政府|今年|全年|全市|全省|全区|全县|事情|具体|落实`)

	workTitle     = compile(`工作|任务|安排|部署|重点`)
	workLater     = compile(`五年|“?十[一二三四五]五|时期|目标|思路|总体|自身建设|自身硬|实事|指标|注释|名词`)
	workAnnounced = compile(`(?:抓好|做好|抓实|做实|推进|开展|干好|落实|突出|抓住|围绕)[^。;]{0,12}(?:工作|任务|方面|重点)|以下|如下`)
)

// workAsking is what such a question says.
const workAsking = `(?:重点|主要|具体)[^,?。]{0,3}(?:工作|任务|事情|抓手)[^,?。]{0,8}(?:哪|什么|啥|列)|(?:重点|主要|着重|具体)?[要在]?(?:抓好?|做好?|干好?|推进|从|分)[^,?。]{0,4}哪(?:几|些|[0-9]+)(?:个|大|项|条)?(?:方面|重点|块)[^,?。]{0,3}(?:工作|任务)?|哪(?:几|些|[0-9]+)(?:个|大|项|条)?(?:方面)?的?(?:重点|主要)(?:工作|任务)`

// workEnough is how plainly a row must be that of the year's work.
const workEnough = 1.8

// mainWork answers a question for the year's work with the headings that it is told under; false when it asks for something else, or
// the plan has none.
func (e *Engine) mainWork(q *question) (result, bool) {
	if !workAsked.MatchString(q.text) || q.wants.strong || q.within != nil || q.timing == reviewTime || len(q.quoted) > 0 ||
		slices.ContainsFunc(q.years, func(year int) bool { return year != e.report.Year && year != e.report.Year+1 }) {
		return result{}, false
	}
	framed := workFrame.FindAllStringIndex(q.text, -1)
	if slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.class > attribute && !t.own && !t.number && !slices.ContainsFunc(framed, func(at []int) bool { return at[0] <= t.start && t.end <= at[1] })
	}) {
		return result{}, false
	}
	year, next := strconv.Itoa(e.report.Year), strconv.Itoa(e.report.Year+1) // a report is of the year that it reviews, or plans
	count, _ := q.asksMembers()
	var chosen *row
	best := workEnough
	for _, r := range e.rows() {
		if r.under == nil || !r.under.Plan || count > 0 && len(r.members) != count {
			continue
		}
		title := retrieval.Normalise(r.under.Title).Text
		score := float64(min(len(r.members), 10)) / 10
		if workTitle.MatchString(title) {
			score++
		}
		if strings.Contains(title, year) || strings.Contains(title, next) || strings.Contains(title, "今年") {
			score++
		} else if workLater.MatchString(title) {
			score--
		}
		if before := e.before(&r, 2); len(before) > 1 && workAnnounced.MatchString(before[1]) {
			score++
		}
		if r.under.Level > 1 {
			score -= 0.5
		}
		if score > best {
			best, chosen = score, &r
		}
	}
	if chosen == nil {
		return result{}, false
	}
	return result{kind: Found, passages: chosen.members}, true
}
