package answers

import (
	"fmt"
	"slices"
	"strings"
	"sync"
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
	spansYears      role = "years" // 过去五年, 年均: not one year's figure
)

// untimely is taken off anchors in the part that the question does not ask about; lean is the same for a word that only
// leans to one part.
const (
	untimely = 0.35
	lean     = 0.15
	unasked  = 0.06 // for a target where nothing is said of the time: what was done comes first
)

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
	case q.has[tellsPlan]:
		q.timing = planTime
	}
	if q.timing == reviewTime && q.has[tellsPlan] && q.has[namesThisYear] {
		q.timing = planTime
	}
}

// otherYears are the years of a question that are neither the report's own nor the planned one.
func (q *question) otherYears(e *Engine) []int {
	return slices.DeleteFunc(slices.Clone(q.years), func(year int) bool {
		return year == e.report.Year || year == e.report.PlanYear
	})
}

// weighTime takes off what an anchor's part and its span of years do not fit the question.
func (q *question) weighTime(a *anchor) {
	ev := a.evidence
	if q.timing != anyTime && (q.timing == planTime) != ev.sentence.Section.Plan {
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
	if ev.spansYears(c.start, c.end) != q.has[spansYears] {
		a.score -= lean
	}
}

// yearsWords are the words that tell of several years at once.
var yearsWords = sync.OnceValue(func() []string {
	var words []string
	for word, roles := range generalVocabulary().roles {
		if slices.Contains(roles, spansYears) {
			words = append(words, word)
		}
	}
	return words
})

// spansYears tells whether a part of a sentence tells of several years at once.
func (ev *evidence) spansYears(start, end int) bool {
	return slices.ContainsFunc(yearsWords(), func(word string) bool { return strings.Contains(ev.text[start:end], word) })
}

// wrongTime says why an anchor tells of another time than the question; empty when it does not.
func (e *Engine) wrongTime(q *question, a *anchor) string {
	for _, year := range q.otherYears(e) {
		if !strings.Contains(a.evidence.text, fmt.Sprint(year)) {
			return e.onlyYear(year)
		}
	}
	if !a.untimely {
		return ""
	}
	if q.timing == planTime {
		return fmt.Sprintf("报告没有说到%d年的这项目标。", e.report.PlanYear)
	}
	return fmt.Sprintf("报告没有说到%d年的这项结果。", e.report.Year)
}

func (e *Engine) onlyYear(year int) string {
	return fmt.Sprintf("报告没有说到%d年的这项内容，说的是%d年的工作。", year, e.report.Year)
}
