package answers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"wenbao/content"
	"wenbao/retrieval"
)

// # When
//
// A report tells of one year and, many of them, plans the next. The same indicator stands in both parts with different
// figures, so the question's wording decides: a year, 去年 or 今年, or words such as 目标 and 力争. A question that names
// neither looks in both. Any other year is answered only by a sentence that names it.
type timing int

const (
	anyTime timing = iota
	reviewTime
	planTime
)

// Roles of words of time.
const (
	namesLastYear   role = "last-year"
	namesThisYear   role = "this-year"
	namesNextYear   role = "next-year"
	namesBeforeLast role = "before-last"
	tellsPlan       role = "plan"
	spansYears      role = "years"  // 过去五年, 年均: not one year's figure
	averagesYears   role = "yearly" // 年均: the average of several
	pastYears       role = "past-years"
	comingYears     role = "coming-years"
)

// untimely is taken off anchors in the part that the question does not ask about; lean is the same for a word that only
// leans to one part.
const (
	untimely = 0.35
	lean     = 0.15
	unasked  = 0.12 // for a target where nothing is said of the time: what was done comes first
)

// A horizon is the time that a passage of the report says it tells of, up to the sentence that says another one: what
// follows 过去五年,…极不平凡 or 到2025年,… is told of those years without naming them again.
type horizon struct {
	years bool // several years at once
	year  int  // the year that was named last, 0 for none
}

// findHorizons reads the horizon of every sentence off the beginnings of the sentences and the headings before it.
func (e *Engine) findHorizons() {
	var now horizon
	past := strconv.Itoa(e.report.Year) + "年"
	var section *content.Section
	for _, ev := range e.evidence {
		if ev.sentence.Section != section {
			section = ev.sentence.Section
			if section.Number != "" || section.Parent == nil {
				now = horizon{}
			}
			now = now.after(retrieval.Normalise(section.Title).Text)
		}
		for _, c := range ev.clauses[:min(2, len(ev.clauses))] {
			now = now.after(ev.text[c.start:c.end])
			if c.end-c.start > longestSalutation {
				break
			}
		}
		ev.horizon = now
		ev.looksBack = ev.sentence.Section.Plan &&
			(strings.HasPrefix(ev.text, past) || looksBackPattern.MatchString(ev.text[:min(len(ev.text), longestLookBack)]))
		opening := ev.text[:min(len(ev.text), len("到2025年"))]
		if !strings.Contains(opening, "19") && !strings.Contains(opening, "20") {
			continue
		}
		if year := yearPattern.FindString(opening); year != "" {
			value, _ := strconv.Atoi(year)
			ev.horizon = horizon{year: value} // 2020年生产总值666.9亿元 speaks for itself alone
		}
	}
}

// after is the horizon behind a clause or a heading. One that names both one year and several says neither.
func (h horizon) after(text string) horizon {
	if !strings.Contains(text, "年") && !strings.Contains(text, "五") {
		return h // as all words of time hold one of the two (TestYearsWords sees to it)
	}
	opening := strings.TrimLeft(aimsOpening.ReplaceAllString(inDigits(text), ""), `“"`)
	year := openingYear.FindStringSubmatch(strings.TrimSpace(opening))
	years := slices.ContainsFunc(yearsWords(), func(word string) bool { return strings.Contains(text, word) })
	switch {
	case lastYears.MatchString(text):
		return horizon{years: true}
	case year != nil && years:
		return horizon{}
	case year != nil:
		value, _ := strconv.Atoi(year[1])
		return horizon{year: value}
	case slices.ContainsFunc(yearsWords(), func(word string) bool { return strings.HasPrefix(opening, word) }):
		return horizon{years: true}
	case slices.ContainsFunc(oneYearWords(), func(word string) bool { return strings.HasPrefix(opening, word) }):
		return horizon{}
	}
	return h
}

// inDigits writes the years of a text in digits that it spells out: 到二〇三五年.
func inDigits(text string) string {
	if !strings.Contains(text, "〇") && !strings.Contains(text, "○") {
		return text
	}
	return spelledYear.ReplaceAllStringFunc(text, digits.Replace)
}

// longestSalutation is how long, in bytes, a first clause may be that only opens the sentence: 各位代表,过去五年….
const longestSalutation = 15

// openingYear finds the year that a passage is opened with: 2021年,…; 到2025年,…; 2021年是….
var openingYear = compile(`^(?:到|至|在)?(?:刚?刚?过去的)?((?:19|20)[0-9]{2})年(?:是|$)`)

// aimsOpening finds what may stand before that year: 主要目标是:到2025年,….
var aimsOpening = compile(`^[^:,]{0,24}(?:目标|任务)是?:`)

// lastYears finds a clause that says of several years what they were, and so opens what is told of them: 这是民生持续改善的五年.
var lastYears = compile(`^(?:这|过去|五年)[^,]*的[三五]年[。]?$`)

// findTiming tells which part of the report a question asks about, and how firmly.
func (q *question) findTiming(e *Engine) {
	report := e.report
	if report.PlanYear == 0 {
		return
	}
	switch {
	case slices.Contains(q.years, report.PlanYear), q.has[namesThisYear]:
		q.timing, q.firm = planTime, true
	case slices.Contains(q.years, report.Year), q.has[namesLastYear]:
		q.timing, q.firm = reviewTime, true
	case q.plans(report.Year) != anyTime:
		q.timing = q.plans(report.Year)
	case q.has[pastYears]:
		q.timing = reviewTime
	case q.has[tellsPlan], q.has[comingYears]:
		q.timing = planTime
	}
	if q.timing == reviewTime && q.has[tellsPlan] && q.has[namesThisYear] {
		q.timing = planTime
	}
}

// plans tells from the five-year plan that a question names whether it asks about what was done or what is to be done.
func (q *question) plans(year int) timing {
	for i, plan := range fiveYearPlans {
		if strings.Contains(q.text, plan) && !strings.Contains(q.text, plan+"末") && !strings.Contains(q.text, plan+"期末") {
			if firstPlanEnd+5*i > year {
				return planTime
			}
			return reviewTime
		}
	}
	return anyTime
}

// otherYears are the years of a question that are neither the report's own nor the planned one.
func (q *question) otherYears(e *Engine) []int {
	return slices.DeleteFunc(slices.Clone(q.years), func(year int) bool {
		return year == e.report.Year || year == e.report.PlanYear
	})
}

// weighTime takes off what an anchor's part and its span of years do not fit the question.
func (e *Engine) weighTime(q *question, a *anchor) {
	ev := a.evidence
	if q.timing != anyTime && (q.timing == planTime) != ev.sentence.Section.Plan && !(q.timing == reviewTime && ev.looksBack) {
		if q.firm {
			a.score -= untimely
			a.untimely = true
		} else {
			a.score -= lean
		}
	}
	if q.timing == anyTime && ev.sentence.Section.Plan {
		a.score -= unasked
	}
	c := ev.clauses[a.clause]
	switch years := ev.detail().clauses[a.clause].years; {
	case q.has[averagesYears] && !yearlyPattern.MatchString(ev.text[:c.end]):
		a.score -= untimely
	case years && !q.has[spansYears] && q.firm && q.namesOneYear():
		a.score -= untimely // 五年累计 is not 去年
	case years != q.has[spansYears] && !(q.has[spansYears] && (ev.horizon.years || q.headedByYears(ev))):
		a.score -= lean
	case !q.has[spansYears] && ev.horizon.years && q.firm && singleYear.MatchString(q.text):
		a.score -= untimely
	case !q.has[spansYears] && ev.horizon.years && q.firm:
		a.score -= lean
	case !q.has[spansYears] && ev.horizon.years:
		a.score -= unasked
	}
	if ev.detail().clauses[a.clause].part && !partOfYear.MatchString(q.text) {
		a.score -= lean // 上半年下降0.8%,…,全年增长4%
	}
	if a.figure != nil && q.namesOneYear() && !q.has[spansYears] && yearlyPattern.MatchString(ev.text[c.start:max(c.start, a.figure.start)]) {
		a.score -= lean
	}
	if a.figure != nil && a.figure.content.Unit == "倍" && q.firm && q.namesOneYear() && !q.mentions("倍") {
		a.score -= lean // nothing grows so in a year: 七十年来生产总值增长215倍
	}
	if ev.sentence.Section.Plan && slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return s.is(tellsPlan) && strings.Contains(ev.text[c.start:c.end], q.text[s.start:s.end])
	}) {
		a.score += plannedSo
	}
	if q.firm && a.figure != nil {
		before := ev.text[c.start:a.figure.start]
		behind := ev.horizon.year != 0 && len(q.years) > 0 && !slices.Contains(q.years, ev.horizon.year) && !yearPattern.MatchString(before) // 到2025年,…;…
		if behind || ev.tellsOfOther(q.years, before) {
			a.score -= lean // by 2020 is not in 2012
			a.untimely = a.untimely || behind && ev.horizon.year > slices.Max(q.years)
		}
	}
	if slices.ContainsFunc(q.otherYears(e), func(year int) bool { return !ev.tellsOf(year) }) {
		a.score -= untimely
	}
	if q.firm && q.timing == planTime && strings.Contains(ev.heading, strconv.Itoa(e.report.PlanYear)+"年") {
		a.score += headedByYear // of an aim of 2016 and one of five years, where the heading says 做好2016年工作
	}
	if a.figure != nil && len(q.years) > 0 && ev.tellsLastOf(q.years, ev.text[:a.figure.start]) {
		a.score -= untimely
	}
	if e.otherComparison(q, a) || lacksRemainder(e, q, a) {
		a.score -= untimely
	}
}

// partOfYear finds what is told of a part of a year only.
var partOfYear = compile(`[上下]半年|前三季度|[一二三四]季度|[一二三四五六七八九十0-9]月份|1[-—至到][0-9]{1,2}月`)

// headedByYears tells whether the years that a question asks about head the part of a sentence: 今后五年的主要目标.
func (q *question) headedByYears(ev *evidence) bool {
	return slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return (s.is(comingYears) || s.is(pastYears)) && strings.Contains(ev.heading, q.text[s.start:s.end])
	})
}

// tellsOfOther tells whether a text names years, and none of those given.
func (ev *evidence) tellsOfOther(years []int, text string) bool {
	named := yearPattern.FindAllString(text, -1)
	return len(named) > 0 && len(years) > 0 && !slices.ContainsFunc(years, func(year int) bool { return slices.Contains(named, strconv.Itoa(year)) })
}

// tellsLastOf tells whether a sentence that names one of the years given tells of another time when it comes to the end of a text:
// 到2025年达到200万人,2030年达到300万人.
func (ev *evidence) tellsLastOf(years []int, text string) bool {
	if !slices.ContainsFunc(years, func(year int) bool { return holdsNumber(ev.text, strconv.Itoa(year)) }) {
		return false
	}
	times := timeNamed.FindAllStringSubmatch(text, -1)
	if len(times) == 0 {
		plan := planEnd.FindStringSubmatch(text)
		return plan != nil && !slices.ContainsFunc(years, func(year int) bool { return planUntil(year) == plan[1] })
	}
	last := times[len(times)-1]
	return last[2] == "" && !slices.ContainsFunc(years, func(year int) bool { return last[3] == strconv.Itoa(year) })
}

// timeNamed finds the times that a sentence goes on to, and not those that it compares with.
var (
	timeNamed = compile(`(^|[,;、:]|[^比较从由自])(?:(20[0-9]{2})年(?:相?比|以来)|((?:19|20)[0-9]{2})年|远期)`)
	planEnd   = compile(`([十九][一二三四]?五)[”"]?期?末`)
)

// looksBackPattern finds what tells of the year before in a part that plans the next.
var looksBackPattern = compile(`^(?:但|而)?去年`)

// longestLookBack is how much of a text, in bytes, that pattern looks at.
const longestLookBack = len("但去年")

// yearlyPattern finds what is told as the average of several years.
var yearlyPattern = compile(`年均|年平均|平均每年|^每年|[^人生户亩名]每年(?:[^每]|$)`)

// tellsOf tells whether a sentence names a year, or stands behind one that does.
func (ev *evidence) tellsOf(year int) bool {
	if ev.horizon.year == year {
		return true
	}
	text := ev.text
	if strings.Contains(text, "《") {
		text = titlePattern.ReplaceAllString(text, "") // 根据《…2035年远景目标的建议》
	}
	if holdsNumber(inDigits(text), strconv.Itoa(year)) {
		return true // and not the 2020 of 20207个
	}
	if slices.ContainsFunc(ev.figures, func(f figure) bool { return f.year == year }) {
		return true // 从上年的23%
	}
	plan := planUntil(year)
	return plan != "" && ev.sentence.Section.Plan && (strings.Contains(ev.text, plan) || strings.Contains(ev.heading, plan))
}

// planUntil names the five-year plan that ends with a year: what 十三五 aims at is to be reached by 2020. The tenth one ended
// with 2005.
func planUntil(year int) string {
	if i := (year - firstPlanEnd) / 5; year%5 == 0 && year >= firstPlanEnd && i < len(fiveYearPlans) {
		return fiveYearPlans[i]
	}
	return ""
}

// fiveYearPlans are the names of the plans, and firstPlanEnd the year that the first of them ended with.
var fiveYearPlans = []string{"十一五", "十二五", "十三五", "十四五", "十五五"}

const firstPlanEnd = 2010

// Bases of comparison: the year before, or some other time.
var (
	yearBase  = compile(`[比较](?:上一?年|去年|前一年|上年同期)|同比`)
	monthBase = compile(`环比|[比较]上个?(?:月|季度)`)
	otherBase = compile(`[比较][“"]?(?:十[一二三四]?五|[0-9]{4}年|五年前|期初|上个?月|上个?季度)|环比`)
)

// otherComparison tells whether a figure compares with another time than the year before, which the question asks about.
func (e *Engine) otherComparison(q *question, a *anchor) bool {
	if a.figure == nil || !q.againstYear && !q.againstMonth {
		return false
	}
	if basis := basisOf(a); basis != "" && (basis == monthly && q.againstYear || basis == yearly && q.againstMonth) {
		return true
	}
	if !q.againstYear {
		return false
	}
	text := a.before()
	return otherBase.MatchString(text) && !yearBase.MatchString(text) && !strings.Contains(text, strconv.Itoa(e.report.Year-1))
}

// Bases of comparison as bulletins name them.
const (
	yearly  = "同比"
	monthly = "环比"
)

// basisOf is the basis of comparison that a sentence named last in front of a figure.
func basisOf(a *anchor) string {
	before := a.evidence.text[:a.figure.start]
	year, month := strings.LastIndex(before, yearly), strings.LastIndex(before, monthly)
	switch {
	case year > month:
		return yearly
	case month >= 0:
		return monthly
	}
	return ""
}

// yearsWords are the words that tell of several years at once, oneYearWords those that tell of the report's own.
var (
	yearsWords   = wordsOf(spansYears)
	oneYearWords = wordsOf(namesThisYear, namesLastYear)
)

// wordsOf collects the words of some roles.
func wordsOf(roles ...role) func() []string {
	return sync.OnceValue(func() []string {
		var words []string
		for word, its := range generalVocabulary().roles {
			if slices.ContainsFunc(roles, func(r role) bool { return slices.Contains(its, r) }) {
				words = append(words, word)
			}
		}
		return words
	})
}

// spansYears tells whether a part of a sentence tells of several years at once.
func (ev *evidence) spansYears(start, end int) bool {
	text := ev.text[start:end]
	if !strings.Contains(text, "年") && !strings.Contains(text, "五") {
		return false // every such word holds one of the two (TestYearsWords sees to it), and most clauses hold neither
	}
	return slices.ContainsFunc(yearsWords(), func(word string) bool { return strings.Contains(text, word) })
}

// wrongTime says why an anchor tells of another time than the question; empty when it does not.
func (e *Engine) wrongTime(q *question, a *anchor) string {
	for _, year := range q.otherYears(e) {
		if !a.evidence.tellsOf(year) {
			return e.onlyYear(year)
		}
	}
	sentence := a.evidence.text
	switch {
	case q.firm && q.timing == reviewTime && aimAsked.MatchString(q.text) && !tellsAim.MatchString(sentence):
		return fmt.Sprintf("报告没有说到%d年定的目标。", e.report.Year)
	case q.timing == planTime && q.plans(e.report.Year) == anyTime && aimAsked.MatchString(q.text) && !a.evidence.sentence.Section.Plan && !tellsAim.MatchString(sentence):
		return fmt.Sprintf("报告没有说到%d年的这项目标。", e.report.PlanYear)
	case q.firm && q.timing == planTime && outcomeAsked.MatchString(q.text) && a.evidence.sentence.Section.Plan:
		return fmt.Sprintf("报告没有说到%d年的结果。", e.report.PlanYear)
	}
	if !a.untimely {
		return ""
	}
	if q.timing == planTime {
		return fmt.Sprintf("报告没有说到%d年的这项目标。", e.report.PlanYear)
	}
	return fmt.Sprintf("报告没有说到%d年的这项结果。", e.report.Year)
}

// What was aimed at in the year that a report looks back on, and what came of the year that it plans, stand in other reports.
var (
	aimAsked = compile(`目标|原计划|原定|预期`)
	tellsAim = compile(`目标|计划|预期|任务`)
	// outcomeAsked finds a question for what came of an aim.
	outcomeAsked = compile(`实际上?(?:是|有|完成|做到|达到|实现|降|增|涨|到|为|建|新)|最[后终](?:是|实际|完成|做到|达到|实现)`)
)

func (e *Engine) onlyYear(year int) string {
	return fmt.Sprintf("报告没有说到%d年的这项内容，说的是%d年的工作。", year, e.report.Year)
}
