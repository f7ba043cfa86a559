package content

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"wenbao/content/lazy"
)

// A stance is whether a heading looks back on what was done or ahead at what is to be done.
type stance int

const (
	neither stance = iota
	looksBack
	looksAhead
	looksBoth // 过去五年工作回顾和今后五年目标任务
)

// timePattern finds a word of time in a heading.
var timePattern = lazy.Compile(`(?:19|20)[0-9]{2}|时期|“[一二三四五六七八九十]+五”`)

// quotedWords are words in quotation marks, which name something: “三年初见成效”.
var quotedWords = lazy.Compile(`“[^”]*”`)

// longestBareTitle is how long a heading without a word of time may be to speak of the report's whole time: 工作安排,
// while 坚持规划引领,推进城市建设 is about planning.
const longestBareTitle = 14

// namesTime tells whether a heading names the time or the whole that it is about.
func namesTime(title string) bool {
	return timePattern.MatchString(title) || containsAny(title, layoutWords()["time"])
}

// stanceOf reads the heading of a chapter, or of a part, which has to name a time. Behind a word of the plan, a word of the review takes it back: 目标任务完成情况.
func stanceOf(title string, chapter bool, planYear int) stance {
	words := layoutWords()
	if !namesTime(title) && (!chapter || utf8.RuneCountInString(title) > longestBareTitle || strings.ContainsAny(title, "，,")) {
		return neither
	}
	if startsWithAny(title, words["past-time"]) {
		return looksBack // 一年来,我们锚定目标…
	}
	title = quotedWords.ReplaceAllString(title, "")
	back, ahead := lastOf(title, words["review"]), lastOf(title, words["plan"])
	switch {
	case back < 0 && ahead < 0:
		if planYear > 0 && strings.Contains(title, strconv.Itoa(planYear)+"年") {
			return looksAhead
		}
		return neither
	case ahead < 0, back > ahead:
		return looksBack
	case back < 0:
		return looksAhead
	}
	return looksBoth
}

// lastOf is where the last of some words stands in a text, or -1.
func lastOf(text string, words []string) int {
	last := -1
	for _, word := range words {
		last = max(last, strings.LastIndex(text, word))
	}
	return last
}

// setPlans marks the sections that say what is to be done: those under a heading that says so, and, since reports look
// back first, the chapters behind it. Where no heading does, the plan begins with the paragraph that states the year's
// aims.
func setPlans(report *Report) {
	planYear := 0
	if report.Year > 0 {
		planYear = report.Year + 1
	}
	begun, any := false, false
	for _, section := range report.Sections {
		if section.Heading.Len() == 0 {
			section.Plan = section.Parent != nil && section.Parent.Plan
			continue
		}
		back, isBack := findBack(section.Title)
		switch found := stanceOf(section.Title, section.Parent == nil, planYear); {
		case isBack && back.style == notesLine:
			continue
		case found == looksAhead:
			section.Plan = true
		case found == looksBoth:
			begun = begun || section.Parent == nil
		case found == looksBack:
		case section.Parent != nil:
			section.Plan = section.Parent.Plan
		default:
			section.Plan = begun || opensPlan(report, section, planYear)
		}
		begun = begun || section.Plan && section.Parent == nil
		any = any || section.Plan
	}
	if !any {
		any = planByAims(report, planYear)
	}
	if any {
		report.PlanYear = planYear
	}
}

// opensPlan tells whether a chapter begins with the time to come: 2025年是…, 今后五年….
func opensPlan(report *Report, chapter *Section, planYear int) bool {
	if len(chapter.Sentences) == 0 {
		return false
	}
	return namesPlanTime(report.Quote(chapter.Sentences[0].Span), planYear) || chapter != report.Sections[0] && statesAims(report, chapter)
}

// statesAims tells whether a chapter says itself what the aims are: 今后五年的主要预期目标是…, of a heading that names no time.
func statesAims(report *Report, chapter *Section) bool {
	for _, sentence := range chapter.Sentences {
		if aimsPattern.MatchString(report.Quote(sentence.Span)) {
			return true
		}
	}
	return false
}

// aimsPattern finds a sentence that goes on to count up the aims.
var aimsPattern = lazy.Compile(`(?:预期|主要|奋斗|发展|总体)目标(?:任务)?(?:是|为)[:：]`)

// namesPlanTime tells whether a sentence begins with the time that is planned for.
func namesPlanTime(text string, planYear int) bool {
	return startsWithAny(text, layoutWords()["plan-time"]) || planYear > 0 && strings.HasPrefix(text, strconv.Itoa(planYear)+"年")
}

// planByAims marks the sections from the first paragraph on that states the aims of the year to come.
func planByAims(report *Report, planYear int) bool {
	words := layoutWords()
	begun := false
	for _, section := range report.Sections {
		if begun {
			back, isBack := findBack(section.Title)
			section.Plan = section.Label != closingLabel && (!isBack || back.style != notesLine)
			continue
		}
		for i, sentence := range section.Sentences {
			text := report.Quote(sentence.Span)
			if namesPlanTime(text, planYear) && containsAny(text, words["aims"]) {
				begun = true
				section.Plan = i == 0
				break
			}
		}
	}
	return begun
}
