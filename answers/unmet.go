package answers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wenbao/content"
)

// # What a question demands besides its words
//
// A sentence may hold every word of a question and still not answer it: 5年累计投资100亿元 is not what was invested 去年一年, and
// 新增示范企业6家 does not say 哪6家. Each demand is a rule: when it is not met, and what the reader is told then. The first that is
// not met decides; those that name a word of the question come before the others, since they tell the reader more.

// unmet says which demand of the question an anchor does not meet, however well their words agree; empty when it meets all.
func (e *Engine) unmet(q *question, a *anchor) string {
	if a.conflict != nil {
		return fmt.Sprintf("报告没有提到“%s”的这项内容。", strings.ToUpper(a.conflict.text))
	}
	if note := e.wrongTime(q, a); note != "" {
		return note
	}
	if denied := e.denial(q, a); denied != "" {
		return fmt.Sprintf("报告没有说“%s”。", denied)
	}
	if title := e.unknownTitle(q); title != "" {
		return fmt.Sprintf("报告没有提到《%s》。", strings.ToUpper(title))
	}
	until := a.evidence.text[:a.evidence.clauses[a.clause].end]
	switch {
	case q.wants.figure && q.wants.unit == "" && perHead.MatchString(q.text) && !perHead.MatchString(until):
		return "报告没有给出平均到每一个的数。"
	case a.figure != nil && !q.has[spansYears] && q.namesOneYear() && yearlyPattern.MatchString(a.evidence.text[a.evidence.clauses[a.clause].start:a.figure.start]):
		return "报告只给出了几年的平均数。"
	case aloneAsked.MatchString(q.text) && namedTogether.MatchString(a.clauseText()):
		return "报告没有分开来说。"
	case restAsked.MatchString(q.text) && strings.Contains(a.clauseText(), listEnd):
		return "报告没有列出其余的。"
	case superlativeAsked.MatchString(q.text) && !superlative.MatchString(a.evidence.text):
		return "报告没有说到所问的比较。"
	case q.has[asksWho] && q.ranksOther(a):
		return "报告没有说到所问的名次。"
	case averageAsked.MatchString(q.text) && !strings.Contains(a.evidence.text, "均"):
		return "报告没有说到平均数。"
	case singleYear.MatchString(q.text) && q.namesOneYear() && !q.has[spansYears] && a.evidence.horizon.years && !q.namesYearIn(a.evidence.text):
		return "报告只给出了几年合起来的数。"
	case e.otherComparison(q, a):
		return "报告没有说到与上一年相比的数字。"
	case a.figure != nil && q.has[averagesYears] && !yearlyPattern.MatchString(a.evidence.text) && !q.recalls(a):
		return "报告没有说到几年的平均数。"
	case q.wants.figure && q.asksChange && a.tellsRateChange() && !ratesCompared.MatchString(q.text):
		return "报告没有说到所问的数字。"
	case (q.has[asksNames] || q.has[asksWho] || !q.wants.figure && whichOrganisation.MatchString(q.text)) && !q.namesIn(a):
		return "报告没有列出名称。"
	case q.asksPlace() && !e.placeIn(q, a):
		return "报告没有说在哪里。"
	case a.figure == nil && q.wants.fragment && len(q.inherited) == 0 && (len(q.wants.kinds) > 0 || q.endsWithUnknown()):
		return "报告没有说到所问的数字。"
	case a.loose && q.context[a.evidence] < inSameSentence && !q.wants.fragment:
		return "报告没有说到所问的数字。"
	}
	return ""
}

// denial finds a word of the question whose opposite the sentence says.
func (e *Engine) denial(q *question, a *anchor) string {
	for _, word := range q.denied {
		if strings.Contains(a.evidence.text, word) {
			continue
		}
		c := a.evidence.clauses[a.clause]
		text := a.evidence.text[c.start:c.end]
		for _, opposite := range e.vocabulary.exclusive[word] {
			if strings.Contains(text, opposite) && !strings.Contains(q.text, opposite) {
				return word
			}
			if strings.Contains(word, opposite) && strings.Contains(text, opposite) {
				return word // 没完成 holds the 完成 that it denies
			}
		}
	}
	return ""
}

// titlePattern finds the titles of documents.
var titlePattern = compile(`《([^》]{2,40})》`)

// unknownTitle is a title that the question names and the report does not, not even in a longer form; empty without one.
func (e *Engine) unknownTitle(q *question) string {
	for _, match := range titlePattern.FindAllStringSubmatch(q.text, -1) {
		known := e.holds(match[1]) || slices.ContainsFunc(e.evidence, func(ev *evidence) bool {
			return slices.ContainsFunc(titlePattern.FindAllStringSubmatch(ev.text, -1), func(title []string) bool {
				return shortened(match[1], title[1])
			})
		})
		if !known {
			return match[1]
		}
	}
	return ""
}

// shortened tells whether a name is another one with some of its characters left out.
func shortened(name, whole string) bool {
	for _, r := range name {
		at := strings.IndexRune(whole, r)
		if at < 0 {
			return false
		}
		whole = whole[at+utf8.RuneLen(r):]
	}
	return true
}

// perHead finds what asks for, or gives, a figure per household, company or person.
var perHead = compile(`每[户家个人亩名台款项]|[人户亩]均`)

// endsWithUnknown tells whether the last word of a question names a quantity that the report does not speak of: 食盐专营 销量.
func (q *question) endsWithUnknown() bool {
	if len(q.terms) == 0 {
		return false
	}
	last := q.terms[len(q.terms)-1]
	return last.class == attribute && !last.known()
}

// namesOneYear tells whether a question is about a year that it names, or about the one before or after.
func (q *question) namesOneYear() bool {
	return len(q.years) == 1 || q.has[namesLastYear] || q.has[namesThisYear]
}

// namesYearIn tells whether a text names a year that the question does, or says 去年 or 全年.
func (q *question) namesYearIn(text string) bool {
	return strings.Contains(text, "去年") || strings.Contains(text, "全年") ||
		slices.ContainsFunc(q.years, func(year int) bool { return holdsNumber(text, strconv.Itoa(year)) })
}

// tellsRateChange tells whether an anchor's figure is how much a rate changed, and so not how much the thing itself did:
// 零售总额增速比年初回升9.4个百分点.
func (a *anchor) tellsRateChange() bool {
	return a.figure != nil && a.figure.content.Kind == content.PercentagePoint &&
		rateBefore.MatchString(a.evidence.text[a.evidence.clauses[a.clause].start:a.figure.start])
}

// rates are words for how much something grew.
const rates = `增速|增幅|涨幅|降幅|增长率`

var (
	rateBefore = compile(rates)
	// ratesCompared finds what asks for the change of a rate, or for how far it lies from another.
	ratesCompared = compile(`百分点|个点|回升|回落|加快|放缓|收窄|扩大|提升|提高|高|低|快|慢|比|` + rates)
)

var (
	// aloneAsked finds a question for the figure of one thing alone, namedTogether a clause that tells it of several.
	aloneAsked    = compile(`单独|单单`)
	namedTogether = compile(`[”"][、和]?[“"]`)
	// restAsked finds a question for the names of those that a list leaves out.
	restAsked = compile(`(?:剩下|其余|余下)的?(?:那|这)?[俩两三几四五0-9]*[个家]?(?:都|分别)?(?:叫|是|有)?(?:啥|什么|谁|哪)`)
)

var (
	// averageAsked finds a question for the average of a year, a month or a day.
	averageAsked = compile(`全年平均|年平均|月均|日均|月平均|日平均`)
	// singleYear finds a question for one year alone.
	singleYear = compile(`(?:[0-9]年|去年|那|这|当年)一年|单年`)
)

// superlativeAsked finds a question for the one of many that has most of something, and superlative what tells of such a one.
var (
	superlativeAsked = compile(`(?:哪|谁).{0,12}最[多大高少低快慢好强早]`)
	superlative      = compile(`最|第[一1]|首|榜|领先|唯一`)
)

// ranksOther tells whether a sentence ranks something, and nothing at the rank that a question asks who holds.
func (q *question) ranksOther(a *anchor) bool {
	asked := rankPattern.FindAllStringSubmatch(q.text, -1)
	ranks := rankPattern.FindAllStringSubmatch(a.evidence.text, -1)
	if len(asked) == 0 || len(ranks) == 0 {
		return false
	}
	return !slices.ContainsFunc(ranks, func(rank []string) bool { return numeral(rank[1]) == numeral(asked[len(asked)-1][1]) }) // the last one is asked about
}

var rankPattern = compile(`第([0-9]+|[一二三四五六七八九十]+)(?:位|名|是|$|[,。;)])`)

// clauseText is the text of an anchor's own clause.
func (a *anchor) clauseText() string {
	c := a.evidence.clauses[a.clause]
	return a.evidence.text[c.start:c.end]
}
