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
	for _, demand := range demands {
		if demand.unmet(e, q, a) {
			return demand.note
		}
	}
	return ""
}

// A demand is what a question may ask for beyond what its words say.
type demand struct {
	unmet func(e *Engine, q *question, a *anchor) bool // asked for, and not met by the anchor
	note  string                                       // to the reader
}

// demands are looked at in this order.
var demands = []demand{
	{lacksPerHead, "报告没有给出平均到每一个的数。"},
	{tellsPerHead, "报告只给出了平均到每一个的数。"},
	{givesYearlyForOne, "报告只给出了几年的平均数。"},
	{tellsTogether, "报告没有分开来说。"},
	{givesGoal, "报告只说了目标，没有说实际上是多少。"},
	{givesPlanned, "报告只说了计划，没有说实际上是多少。"},
	{leavesRestOut, "报告没有列出其余的。"},
	{lacksSuperlative, "报告没有说到所问的比较。"},
	{lacksRank, "报告没有说到所问的名次。"},
	{lacksAverage, "报告没有说到平均数。"},
	{sumsUpYears, "报告只给出了几年合起来的数。"},
	{tellsGrowthOnly, "报告没有说到所占的比重。"},
	{tellsNoChange, "报告没有说到与上一年相比的数字。"},
	{comparesOtherwise, "报告没有说到与上一年相比的数字。"},
	{lacksRemainder, "报告没有说到还剩下的。"},
	{lacksFormer, "报告没有说到以前的数字。"},
	{lacksYearly, "报告没有说到几年的平均数。"},
	{tellsOnlyRateChange, "报告没有说到所问的数字。"},
	{tellsOnlyDifference, "报告只说到了与上一年相比的变化。"},
	{tellsOnlyLevel, "报告只说到了一共有多少。"},
	{lacksName, "报告没有列出名称。"},
	{lacksPlace, "报告没有说在哪里。"},
	{repeatsFigure, "报告没有说到那一年的数字。"},
	{lacksFigure, "报告没有说到所问的数字。"},
	{isAge, "报告没有说到所问的数字。"},
	{isOfSpecialKind, "报告没有说到所问的数字。"},
	{isOfAnything, "报告没有说到所问的数字。"},
}

// lacksPerHead: 户均增收多少 is not answered by what all of them together earned.
func lacksPerHead(_ *Engine, q *question, a *anchor) bool {
	return q.wants.figure && (q.wants.unit == "" || q.wants.unit == "元") && perHead.MatchString(q.text) && !perHead.MatchString(a.evidence.text[:a.evidence.clauses[a.clause].end])
}

// beforeFigure is what stands before an anchor's figure in the clause of the figure, which with 分别 need not be the anchor's.
func (a *anchor) beforeFigure() string {
	return a.evidence.text[a.evidence.clauses[a.figure.clause].start:a.figure.start]
}

// tellsPerHead: 生产总值是多少 is not answered by 人均生产总值超过4万元.
func tellsPerHead(_ *Engine, q *question, a *anchor) bool {
	if a.figure == nil || perHeadAsked.MatchString(q.text) {
		return false
	}
	text := a.beforeFigure()
	return strings.Contains(text, "均") && slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.class >= noun && slices.ContainsFunc(t.variants, func(v variant) bool {
			at := strings.LastIndex(text, v.text)
			return at > 0 && v.grade >= sameMeaning && perHeadBefore.MatchString(text[:at])
		})
	})
}

// givesYearlyForOne: what grew 年均8% did not grow by that in the one year asked about.
func givesYearlyForOne(_ *Engine, q *question, a *anchor) bool {
	return a.figure != nil && !q.has[spansYears] && q.namesOneYear() && yearlyPattern.MatchString(a.beforeFigure())
}

// tellsTogether: 单独 is asked, and “甲”和“乙” are told of as one.
func tellsTogether(_ *Engine, q *question, a *anchor) bool {
	return aloneAsked.MatchString(q.text) && (namedTogether.MatchString(a.clauseText()) || q.inList(a))
}

// inList tells whether a noun of the question stands in a list in brackets that an anchor's sentence counts as one:
// 赋能项目(智能工厂、数字化车间)103个.
func (q *question) inList(a *anchor) bool {
	return slices.ContainsFunc(countedLists.FindAllString(a.evidence.text, -1), func(list string) bool {
		return slices.ContainsFunc(q.terms, func(t *term) bool { return t.class >= noun && strings.Contains(list, t.text) })
	})
}

// givesGoal: 最后实际完成了多少 is not answered by what 完成100亿元的年度任务 was set.
func givesGoal(_ *Engine, q *question, a *anchor) bool {
	return a.figure != nil && outcomeAsked.MatchString(q.text) && goalBehind.MatchString(a.evidence.text[a.figure.end:a.evidence.clauses[a.clause].end])
}

// givesPlanned: 实打实投了多少 is not answered by the 计划总投资.
func givesPlanned(_ *Engine, q *question, a *anchor) bool {
	return actualAsked.MatchString(q.text) && plannedTold.MatchString(a.clauseText()) && !q.mentions("计划总", "计划投")
}

var (
	actualAsked = compile(`(?:实打实|真正|真金白银|实际)(?:地|的)?(?:就|都)?(?:投|花|到)|不[要算]计划`)
	plannedTold = compile(`计划(?:总)?投|计划总|拟投`)
)

// leavesRestOut: 其余的是哪些 is not answered by a list that ends with 等.
func leavesRestOut(_ *Engine, q *question, a *anchor) bool {
	return restAsked.MatchString(q.text) && strings.Contains(a.clauseText(), listEnd)
}

// lacksSuperlative: 哪个区最多 is answered only by what says which one leads.
func lacksSuperlative(_ *Engine, q *question, a *anchor) bool {
	return superlativeAsked.MatchString(q.text) && !superlative.MatchString(a.evidence.text)
}

// lacksRank: 谁是第一 is not answered by who is 第三.
func lacksRank(_ *Engine, q *question, a *anchor) bool { return q.has[asksWho] && q.ranksOther(a) }

// lacksAverage: 月均多少 is not answered by the whole year's figure.
func lacksAverage(_ *Engine, q *question, a *anchor) bool {
	return averageAsked.MatchString(q.text) && !strings.Contains(a.evidence.text, "均")
}

// sumsUpYears: 去年一年 is asked, and several years are told of together.
func sumsUpYears(_ *Engine, q *question, a *anchor) bool {
	if !singleYear.MatchString(q.text) || !q.namesOneYear() || q.has[spansYears] || q.namesYearIn(a.evidence.text) {
		return false
	}
	return a.evidence.horizon.years || a.figure != nil && strings.Contains(a.before(), summedUp)
}

// summedUp opens what is told of several years, or of all time.
const summedUp = "累计"

// tellsGrowthOnly: 占多少 is not answered by how much something grew.
func tellsGrowthOnly(_ *Engine, q *question, a *anchor) bool {
	return a.figure != nil && a.figure.content.Kind == content.Percent && a.evidence.sentence.Row == nil && sharePlain.MatchString(q.text) &&
		a.evidence.detail().of(a.figure).changed && !a.evidence.detail().of(a.figure).level && !tellsShare(a.clauseText())
}

// sharePlain finds a question for a share and nothing else.
var sharePlain = compile(`占[^,?]{0,20}(?:多少|几成|百分之几)[呢啊?。]*$`)

// tellsNoChange: 比上年增加多少 is not answered by how many there are.
func tellsNoChange(_ *Engine, q *question, a *anchor) bool {
	if a.figure == nil || !q.againstYear || !q.asksChange {
		return false
	}
	return a.evidence.sentence.Row == nil && !a.evidence.detail().of(a.figure).changed && !moreThan.MatchString(a.before())
}

// moreThan finds what tells of a change without a word of it.
var moreThan = compile(`比|较|净|多|少|减|(?:^|[^新])增|[涨跌升降高低快慢扩缩]`)

// comparesOtherwise: 比上年增长多少 is not answered by what it grew since another time.
func comparesOtherwise(e *Engine, q *question, a *anchor) bool { return e.otherComparison(q, a) }

// lacksYearly: 年均增长多少 is not answered by how much one year did.
func lacksYearly(_ *Engine, q *question, a *anchor) bool {
	return a.figure != nil && q.has[averagesYears] && !yearlyPattern.MatchString(a.evidence.text) && !q.recalls(a)
}

// lacksRemainder: 还剩多少 is not answered by how many were done, but by what they were reduced to.
func lacksRemainder(_ *Engine, q *question, a *anchor) bool {
	if !q.asksRemainder || a.figure != nil && (a.evidence.detail().of(a.figure).level || toPattern.MatchString(a.before())) {
		return false
	}
	return !remainder.MatchString(a.before()) && !remainder.MatchString(a.clauseText())
}

var (
	remainderAsked = compile(`还[剩留]|还[有差].{0,16}没|剩下?的?(?:多少|几)|剩余(?:多少|几)`)
	remainder      = compile(`剩|尚|未|仍|还[有需要]|不足|待|余下|余额|结余|结存|储备|库存`)
)

// lacksFormer: 五年前的起点 is not answered by what was reached since.
func lacksFormer(_ *Engine, q *question, a *anchor) bool {
	if a.figure == nil || !formerAsked.MatchString(q.text) {
		return false
	}
	told := a.evidence.detail().of(a.figure)
	return !told.formerly && !formerAsked.MatchString(a.clauseText())
}

// formerAsked finds a question for what was some years ago.
var formerAsked = compile(`[三五]年(?:之|以)?前|起点|期初`)

// tellsOnlyRateChange: 零售额增加了多少 is not answered by how many points its 增速 rose.
func tellsOnlyRateChange(_ *Engine, q *question, a *anchor) bool {
	return q.wants.figure && q.asksChange && a.tellsRateChange() && !ratesCompared.MatchString(q.text)
}

// tellsOnlyDifference: 优良天数有多少天 is not answered by 优良天数比上年增加50天.
func tellsOnlyDifference(e *Engine, q *question, a *anchor) bool {
	return a.figure != nil && q.wants.figure && !q.asksChange && !q.has[asksComparison] && !q.tellsChange(e.vocabulary) &&
		a.figure.content.Kind != content.Percent && a.figure.content.Kind != content.PercentagePoint && differenceBefore.MatchString(a.beforeFigure())
}

// tellsOnlyLevel: 新增高速公路多少公里 is not answered by 高速公路通车里程达到552公里.
func tellsOnlyLevel(_ *Engine, q *question, a *anchor) bool {
	return a.figure != nil && q.wants.figure && additionAsked.MatchString(q.text) && !q.asksTotal() &&
		totalBefore.MatchString(a.beforeFigure()) && !additionBefore.MatchString(a.beforeFigure())
}

// lacksName: 哪6家 is not answered by there being six.
func lacksName(_ *Engine, q *question, a *anchor) bool {
	return (q.has[asksNames] || q.has[asksWho] || !q.wants.figure && whichOrganisation.MatchString(q.text)) && !q.namesIn(a)
}

// lacksPlace: 落在哪个区 is not answered by its having come.
func lacksPlace(e *Engine, q *question, a *anchor) bool {
	return (q.asksPlace() || e.asksVenue(q)) && !e.placeIn(q, a)
}

// repeatsFigure: 上一年是多少, after 集聚度是多少, is not answered by the same figure.
func repeatsFigure(_ *Engine, q *question, a *anchor) bool {
	return q.context != nil && q.has[namesEarlier] && a.figure != nil && q.answered[a.figure.content.Start]
}

// lacksFigure: a fragment that names a quantity (充电桩 增速) is not answered by a clause without a figure.
func lacksFigure(_ *Engine, q *question, a *anchor) bool {
	measured := len(q.inherited) == 0 || slices.ContainsFunc(q.spans, kindOf)
	return a.figure == nil && q.wants.fragment && measured && (len(q.wants.kinds) > 0 || q.endsWithUnknown())
}

// isAge: how many are 60岁以上 is not answered by an age.
func isAge(_ *Engine, q *question, a *anchor) bool {
	return a.figure != nil && strings.HasSuffix(a.figure.content.Unit, "岁") && strings.Contains(q.text, "岁") && !strings.HasSuffix(q.wants.unit, "岁")
}

// isOfSpecialKind: 全市生产总值 is not answered by the 海洋生产总值.
func isOfSpecialKind(_ *Engine, q *question, a *anchor) bool { return a.special && !q.wants.fragment }

// isOfAnything: the figure may be that of anything, as nothing that the question is about stands in its clause.
func isOfAnything(_ *Engine, q *question, a *anchor) bool {
	return a.loose && !q.recalls(a) && !q.wants.fragment
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
var perHead = compile(`每[户家人生亩名台款项]|每个(?:[^月季年]|$)|[人户亩]均|一[户家个人][能可](?:以|够)?(?:领|拿|得|分|补)`)

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
		rateBefore.MatchString(a.beforeFigure())
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
	aloneAsked    = compile(`单独|单单|(?:^|[,，里头中])光是?[^伏纤电谷热学缆]`)
	namedTogether = compile(`[”"][、和]?[“"]`)
	// countedLists finds lists in brackets with how many of all of them there are behind.
	countedLists = compile(`\([^()、]+(?:、[^()、]+)+\)[0-9]+`)
	// perHeadAsked finds a question for what there is for each one, perHeadBefore what makes that of the word behind it.
	perHeadAsked  = compile(`均|每|单位`)
	perHeadBefore = compile(`[人户亩]均$`)
	// differenceBefore finds that a figure is by how much something differs from the year before.
	differenceBefore = compile(`[比较](?:上年|去年|上一年|上年同期|年初)[^0-9,、]{0,4}(?:增加|减少|多|少|提高|下降|上升|净增|新增)了?$`)
	// additionAsked finds a question for what was added, additionBefore what tells of it, and totalBefore what tells of all there is.
	additionAsked  = compile(`新[增建修添]|净增`)
	additionBefore = compile(`新|增|净|建成|开工|完成|改`)
	totalBefore    = compile(`(?:总里程|通车里程|总数|总量|总规模|保有量)[^0-9,]{0,4}$|(?:达到?|突破|超过)$`)
	// goalBehind finds what makes a goal of the figure before it.
	goalBehind = compile(`^的\p{Han}{0,8}?(?:目标|任务|指标)`)
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
	superlative      = compile(`最(?:[多大高少低快慢好强早长小]|为|受)|第[一1]|首|榜|领先|唯一`)
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
