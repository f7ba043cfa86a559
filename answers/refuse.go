package answers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// # When the report does not say
//
// An anchor answers only when what the question is about has been found near it. A term is missing when neither it nor
// anything that may stand for it was found with a grade × nearness of at least the constant found. Then
//
//   - a name that is missing always refuses: what the report says about one company is nothing said about another;
//   - so does a figure that the question states and a verb whose opposite reports say (撤销);
//   - otherwise the missing terms' share of the weight decides, since people paraphrase verbs and common nouns. What only
//     names what is asked for (哪个奖项) hardly counts, a noun that the whole report lacks counts more.
const (
	// mostMissing is the share of the weight that may be missing. Below a quarter even one paraphrased verb refuses
	// questions of four words; above a half 占地多少亩 would be answered with an investment.
	mostMissing = 0.34
	// saysEnough is the weight from which a follow-up that is found whole needs nothing of the question before.
	saysEnough = 1.5
	// seldomSaid is how much a word counts that names what is asked for (哪个奖项, 增速): the sentence seldom holds it.
	seldomSaid = 0.3
	// missingAside is how much a missing word counts that only leads to the question.
	missingAside = 0.3
	// missingVerb is how much a verb counts that is missing but stands elsewhere in the report: verbs are what people
	// paraphrase most.
	missingVerb = 0.7
	// missingOne is how much more a noun counts that is one of a row: what is said of another industry is not said of 第二产业.
	missingOne = 1.5
	// missingPart is how much more a word counts that tells which part of a whole is asked for: 意向里签约的有几个.
	missingPart = 2
	// unknownNoun is how much more a noun counts that the whole report lacks: most questions that no report answers ask for
	// an attribute that it does not give.
	unknownNoun = 1.3
	// unknownQualifier is the same for one that says which of the things is meant that the report does speak of: 博士研究生.
	unknownQualifier = 1.6
)

// refusal says why an anchor does not answer; empty when it does: first what it says or fails to say of what the question
// demands, then how much of the question's words it lacks.
func (e *Engine) refusal(q *question, a *anchor) string {
	if note := e.unmet(q, a); note != "" {
		return note
	}
	c := e.cover(q, a)
	if c.fatal != nil {
		return notSaid(c.fatal)
	}
	if q.context != nil {
		if note, settled := q.followsUp(a, &c); settled {
			return note
		}
	}
	switch enough := c.total > 0 && c.missing/c.total <= mostMissing; {
	case enough && q.has[asksWho] && officePattern.MatchString(q.text) && !a.evidence.namesPerson():
		return "报告没有列出名称。"
	case enough:
		return ""
	case c.heaviest != nil:
		return notSaid(c.heaviest)
	}
	return "报告没有说到这个问题。"
}

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

// endsWithUnknown tells whether the last word of a question names a quantity that the report does not speak of: 食盐专营 销量.
func (q *question) endsWithUnknown() bool {
	if len(q.terms) == 0 {
		return false
	}
	last := q.terms[len(q.terms)-1]
	return last.class == attribute && !last.known()
}

// whichOrganisation finds a question for the name of an organisation.
var whichOrganisation = compile(`哪一?家`)

// officePattern finds an office, for a question that asks who holds it.
var officePattern = compile(`[市省县区州镇乡局厅部处院校]长|主席|书记|主任|总理|董事长|总经理|负责人|领导`)

// namesPerson tells whether a sentence names a person.
func (ev *evidence) namesPerson() bool {
	return slices.ContainsFunc(ev.words().tokens, func(t retrieval.Token) bool { return strings.HasPrefix(t.Tag, "nr") })
}

// recalls tells whether an anchor stands where the question before was answered.
func (q *question) recalls(a *anchor) bool { return q.context[a.evidence] >= inSameSentence }

// namesOneYear tells whether a question is about a year that it names, or about the one before or after.
func (q *question) namesOneYear() bool {
	return len(q.years) == 1 || q.has[namesLastYear] || q.has[namesThisYear]
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

// coverage is how much of a question's words was not found near an anchor.
type coverage struct {
	missing, total float64 // weights
	heaviest       *term   // of those that are missing
	fatal          *term   // missing, and the question is about nothing else
}

// cover weighs what of a question an anchor lacks.
func (e *Engine) cover(q *question, a *anchor) coverage {
	var c coverage
	onlyVague := !q.saysSomething()
	inside := slices.ContainsFunc(q.terms, func(t *term) bool { return t.whole && !t.aside })
	nouns := 0
	for _, t := range q.terms {
		if t.class >= noun && !t.own && !t.number {
			nouns++
		}
	}
	for i, t := range q.terms {
		held := a.grades[i] >= found
		if nouns == 1 && t.class >= noun && a.grades[i] <= nearSection {
			held = false // what the question alone is about was last spoken of some sentences before
		}
		switch {
		case t.own:
			continue
		case t.class == vague && !onlyVague:
			if held {
				c.total += t.weight
			}
			continue
		}
		if held && q.namesSpan(t) {
			continue // 十一五 says when, and nothing of what is asked about
		}
		weight := t.weight * missedAs(t, held)
		if !held && t.class == noun && e.vocabulary.oneOfRow[t.text] {
			weight *= missingOne
		}
		if !held && !t.whole && t.class >= verb && inside {
			weight *= missingPart
		}
		c.total += weight
		if held {
			continue
		}
		c.missing += weight
		if c.heaviest == nil || t.weight > c.heaviest.weight {
			c.heaviest = t
		}
		opposed := t.class == verb && !t.known() && len(e.vocabulary.exclusive[t.text]) > 0 // 撤销, 停产: reports say the opposite
		if c.fatal == nil && !t.answerType && (t.class == name || t.number || opposed) {
			c.fatal = t
		}
	}
	return c
}

// namesSpan tells whether a term only says of which years a question asks.
func (q *question) namesSpan(t *term) bool {
	return slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(spansYears) && s.start <= t.start && t.end <= s.end })
}

// missedAs is how much more or less than its weight a word counts in whether an anchor answers.
func missedAs(t *term, held bool) float64 {
	factor := 1.0
	switch {
	case t.answerType || t.class == attribute:
		factor = seldomSaid
	case t.class == noun && !t.known() && t.headed != nil && t.headed.known():
		factor = unknownQualifier
	case t.class == noun && !t.known():
		factor = unknownNoun
	}
	if t.aside && !held {
		factor *= missingAside
	}
	if t.class == verb && t.known() && !held {
		factor *= missingVerb
	}
	return factor
}

// saysSomething tells whether a question has a word that is more than light.
func (q *question) saysSomething() bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool { return t.class > attribute && !t.own })
}

// followsUp judges an anchor for a question that leans on the one before; settled tells that the note, empty for an answer,
// is the last word. What the question inherits counts as found where it stands.
func (q *question) followsUp(a *anchor, c *coverage) (note string, settled bool) {
	if !q.saysSomething() {
		switch {
		case !q.asksAnything():
			return "没有看懂，请再问得完整一些。", true // 啊, 不对
		case q.context[a.evidence] >= inSameSentence:
			return "", true // 一共投了多少 is answered where the answer before stood
		case q.timing != anyTime && a.inherited >= inheritedFound:
			return "", true // 今年的目标呢 is the same for another time
		}
	}
	if q.context[a.evidence] > 0 {
		for _, t := range q.inherited {
			c.total += t.weight * inheritedWeight * a.inherited
		}
	}
	if q.context[a.evidence] < inSameSentence && a.inherited < inheritedFound && (c.missing > 0 || c.total < saysEnough) {
		return "报告没有说到这个问题。", true
	}
	return "", c.total == 0
}

// perHead finds what asks for, or gives, a figure per household, company or person.
var perHead = compile(`每[户家个人亩名台款项]|[人户亩]均`)

// asksAnything tells whether a question without a subject asks at all: 多少, 增速, 投资呢, 哪个.
func (q *question) asksAnything() bool {
	return q.elliptical() || q.has[asksNames] || slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return s.asks(q.text) || kindOf(s) || s.is(asksList) || s.is(asksEach) || s.is(asksBoth) || s.is(asksCheck) && !s.is(isEmpty) || slices.ContainsFunc(s.roles, isHint)
	})
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

// namesIn tells whether an anchor's clause names what it counts: by a proper name or a name in quotation marks that the
// question does not hold, or one by one (A、B2个集群).
func (q *question) namesIn(a *anchor) bool {
	c := a.evidence.clauses[a.clause]
	text := a.evidence.groupText(c.group)
	if q.context != nil && asksWhichCompanies.MatchString(q.text) {
		if counted := a.evidence.figures; slices.ContainsFunc(counted, func(f figure) bool { return f.content.Kind == content.Count }) && !a.evidence.words().organisations[a.clause] && !strings.Contains(a.evidence.text[c.start:c.end], "、") {
			return false // 新增示范6家: it does not say which
		}
	}
	if strings.Contains(text, "、") {
		return true
	}
	counts := false
	for _, f := range a.evidence.figures {
		counts = counts || f.clause == a.clause && f.content.Kind == content.Count && f.content.Value > 1
	}
	if !counts {
		return true // what is named without a count is the name
	}
	return slices.ContainsFunc(a.evidence.namesOf(a.clause), func(name string) bool { return !strings.Contains(q.text, name) })
}

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

// namesYearIn tells whether a text names a year that the question does, or says 去年 or 全年.
func (q *question) namesYearIn(text string) bool {
	return strings.Contains(text, "去年") || strings.Contains(text, "全年") ||
		slices.ContainsFunc(q.years, func(year int) bool { return holdsNumber(text, strconv.Itoa(year)) })
}

// clauseText is the text of an anchor's own clause.
func (a *anchor) clauseText() string {
	c := a.evidence.clauses[a.clause]
	return a.evidence.text[c.start:c.end]
}

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

// asksWhichCompanies finds a question for the names of companies that were counted before.
var asksWhichCompanies = compile(`哪[几些0-9两三四五六七八九十]+(?:家|个)?(?:企业|公司|单位|工厂|银行)|哪[几0-9两三四五六七八九十]+家`)

// asksPlace tells whether a question asks where: 在哪里首发, 落在哪个区.
func (q *question) asksPlace() bool {
	if q.wants.figure {
		return false
	}
	return slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		if s.is(asksWhere) && utf8.RuneCountInString(q.text[s.start:s.end]) > 1 {
			return true
		}
		next := q.tokenAt(s.end)
		return s.is(asksWhich) && next >= 0 && isPlaceEnd(q.tokens[next].Text)
	})
}

// placeIn tells whether an anchor's sentence, up to the end of its clause, names a place that the question does not hold.
func (e *Engine) placeIn(q *question, a *anchor) bool {
	c := a.evidence.clauses[a.clause]
	return slices.ContainsFunc(a.evidence.words().tokens, func(t retrieval.Token) bool {
		if t.Start == c.start && t.Unknown() && utf8.RuneCountInString(t.Text) > 1 && !strings.Contains(q.text, t.Text) {
			return true // 和龙入选…试点县
		}
		if t.End > c.end {
			return false
		}
		if isPlaceEnd(t.Text) && t.Start > 0 && !strings.Contains(q.text, a.evidence.text[max(0, t.Start-len("市")):t.End]) {
			return true // 剑阁县
		}
		if strings.Contains(q.text, t.Text) {
			return false
		}
		last, size := utf8.DecodeLastRuneInString(t.Text)
		return t.Tag == "ns" || e.vocabulary.places[t.Text] != "" || e.own[t.Text] || isPlaceEnd(string(last)) && (size < len(t.Text) || t.Start > 0)
	})
}

// isPlaceEnd tells whether names of places end with a character.
func isPlaceEnd(character string) bool {
	return slices.Contains(generalVocabulary().roles[character], endsPlace)
}

// unanswerable says why no report answers a question, whatever it is about; empty when it may.
func (e *Engine) unanswerable(q *question) string {
	switch {
	case q.has[asksOpinion] && !(q.has[asksNumber] && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(asksOpinion) && e.holds(q.text[s.start:s.end]) })):
		return "报告不作评价和预测，这里只按原文回答。"
	case q.has[asksCause] && !(q.has[asksList] && e.holdsAny(asksCause)):
		return "报告没有说明原因。"
	case q.has[asksProblem] && !e.holdsAny(asksProblem):
		return "报告没有说到问题和不足。"
	case q.has[namesBeforeLast] && !againstBefore.MatchString(q.text), q.has[namesNextYear]:
		return fmt.Sprintf("这份报告说的是%d年的工作。", e.report.Year)
	}
	for _, year := range q.otherYears(e) {
		if !slices.ContainsFunc(e.evidence, func(ev *evidence) bool { return ev.tellsOf(year) }) {
			return e.onlyYear(year)
		}
	}
	return ""
}

// againstBefore finds the year before the last where it is only compared with.
var againstBefore = compile(`[比较跟和与同]前年`)

// holdsAny tells whether the report holds any of the words of a role.
func (e *Engine) holdsAny(r role) bool {
	for word, roles := range e.vocabulary.roles {
		if slices.Contains(roles, r) && e.holds(word) {
			return true
		}
	}
	return false
}

func notSaid(t *term) string {
	if t.known() {
		return fmt.Sprintf("报告提到了“%s”，但没有说到所问的内容。", strings.ToUpper(t.text))
	}
	return fmt.Sprintf("报告没有提到“%s”。", strings.ToUpper(t.text))
}
