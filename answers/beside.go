package answers

import (
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # What stands beside a figure
//
// Two figures of one clause hold the same words near them, and so nearly the same score. What tells them apart is what stands right
// beside each: whether a word that was found there belongs to the figure, or to the name of something else.
//
//	海洋生产总值480亿元            is not 生产总值: a special kind of it (otherKind)
//	规上企业增加值比重达46%        增加值 is the whole that the share is of, not what the figure counts
//	新认定169家,达到772家          一共多少家 asks for the level reached, 新认定多少家 for the change
//	从270元提高到280元             270元 is what it was, unless that is asked for
//
// What these are worth is among the constants of rank.go. A figure beside which nothing stands that the question is about is
// loose: it may be that of anything, and unmet.go refuses it.

// otherOfItsKind tells whether an anchor speaks of another thing of the kind that is asked about: of the 旅客吞吐量, and of no
// 货邮, where the question is about the 货邮吞吐量.
func (q *question) otherOfItsKind(a *anchor, places []match) bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool {
		if t.headed == nil || t.class < noun || t.strict || t.headed.index != t.index+1 {
			return false
		}
		head := places[t.headed.index]
		if behind := head.clause == a.clause && places[t.index].clause > a.clause; a.grades[t.index] >= found && !behind {
			return false
		}
		return head.end > 0 && a.evidence.qualified(head, places)
	})
}

// beside adds to a figure's score what the words of its own clause say for it and against it; whole tells that they are of
// the whole place.
func (a *anchor) beside(q *question, places []match, whole bool) {
	for i := range q.terms {
		switch place := places[i]; {
		case place.end == 0:
		case place.clause == a.clause:
			a.besideWord(q, places, i)
		case !whole && a.takesOverQualified(q, places, i):
			a.score -= otherKind
		}
	}
	a.special = a.special && !whole
	if a.narrower && !whole {
		a.score -= otherKind
	}
	if a.tellsWhole(q, places) {
		a.score -= wholeOfParts
	}
	a.weighChange(q, places)
}

// takesOverQualified tells whether a percentage takes over what the clause before is about, as a special kind of what the question
// asks for: 县域工业总产值480亿元、增长46%.
func (a *anchor) takesOverQualified(q *question, places []match, i int) bool {
	ev, t, place := a.evidence, q.terms[i], places[i]
	return a.figure.content.Kind == content.Percent && t.isThing() && place.clause == a.clause-1 && place.grade >= sameMeaning &&
		q.bare(i) && ev.qualified(place, places) && !ev.inLonger(t, place)
}

// shareAskedOf finds the share that is asked for right behind what it is a share of: 全省百分之多少的地.
var shareAskedOf = compile(`^的?(?:百分之|几成|多大比[例重])`)

// says tells whether a question holds a word in a phrase that is no term of it: the 新建 of 要新建几个.
func (q *question) says(word *retrieval.Token) bool {
	return word != nil && strings.Contains(q.text, word.Text) &&
		!slices.ContainsFunc(q.terms, func(t *term) bool { return strings.Contains(t.text, word.Text) })
}

// besideWord weighs a word of the figure's own clause: whether it belongs to the figure or to another thing.
func (a *anchor) besideWord(q *question, places []match, i int) {
	ev, f, t, place := a.evidence, a.figure, q.terms[i], places[i]
	if t.isThing() {
		total := q.nouns() == 1 && totalBehind.MatchString(ev.text[place.end:max(place.end, f.start)])
		if total && !q.asksChange && !addedAsked.MatchString(q.text) {
			a.score += totalNamed
		}
		switch qualified := ev.qualified(place, places) && !ev.inLonger(t, place) && !q.says(ev.wordBefore(place.start)); {
		case qualified && q.bare(i):
			a.score -= otherKind
			a.special = a.special || i > 0 && q.terms[i-1].own && q.nouns() == 1                               // 海洋生产总值 is no 全市生产总值
			a.narrower = a.narrower || q.nouns() == 1 && q.firm && i == 0 && f.content.Kind == content.Percent // nor 去年生产总值
		case total:
		case ev.qualifies(place, places, f) && q.nouns() == 1:
			a.score -= otherKind // GDP能耗 is asked for as such
		case qualified || ev.qualifies(place, places, f):
			a.score -= otherThing
		}
	}
	if ev.denominator(place, f) || t.isThing() && perUnit.MatchString(ev.text[ev.clauses[place.clause].start:place.start]) && !perUnit.MatchString(q.text[:t.start]) {
		a.score -= otherKind
		if t.class >= noun && !q.asksShare() && !shareAskedOf.MatchString(q.text[t.end:]) {
			a.grades[i] = min(a.grades[i], nearOther) // 生产总值 is not what the figure is of
		}
	}
	if t.counted && countedBy(ev.text, f, place) {
		a.score += countedFits
	}
	if t.focus {
		gap := max(f.start-place.end, place.start-f.end)
		a.score += besideFocus * max(0, 1-float64(gap)/widestGap)
	}
	if t.whole && (place.end == f.start || place.start == f.end) {
		a.score -= wholeOfParts
	}
}

// totalBehind finds behind a noun that all of it is counted: 农民工总量为2.7亿人.
var totalBehind = compile(`^总(?:量|数|人数|户数|计)(?:达到?|为|是|有|共)?[^\p{Han}]*$`)

// perUnit finds what makes a word behind it the measure of another thing: 单位GDP能耗.
var perUnit = compile(`(?:单位|(?:^|[^0-9.十百千万多余几])[万亿]元)(?:地区|国内)?$`)

// weighChange weighs whether a figure is a level, a change or what was before the change, as the question asks for one of them.
func (a *anchor) weighChange(q *question, places []match) {
	f := a.figure
	told := a.evidence.detail().of(f)
	if q.mentions(leavingOut...) && withoutAsked.MatchString(q.text) && a.leavesOut() {
		a.score += withoutFits
	}
	if told.milestone && !q.has[tellsMilestone] {
		a.score -= levelFigure
	}
	if q.asksChange && told.level {
		a.score -= levelFigure
	}
	if last := len(q.terms) - 1; q.endsInChange && last >= 0 && places[last].clause != a.clause {
		a.score -= otherChange
	}
	if q.asksChange && !told.level && !told.changed && f.content.Kind != content.Percent && f.content.Kind != content.PercentagePoint {
		a.score -= stateFigure
	}
	if (q.asksChange || growthNamed.MatchString(q.text)) && !told.changed && f.content.Kind == content.Percent && !q.asksShare() && tellsShare(a.beforeFigure()) {
		a.score -= stateFigure
	}
	if q.asksPart() && partOpening.MatchString(","+a.clauseText()) {
		a.score += partFits
	}
	if told.changed && !told.level && (q.asksLevel() || q.asksAmount() && f.content.Kind != content.Percent && f.content.Kind != content.PercentagePoint && yearBase.MatchString(a.before())) {
		a.score -= changeFigure
		if yearBase.MatchString(a.before()) && q.asksLevel() {
			a.score -= comparedFigure // 降到多少 is not 比上年下降1.4个百分点
		}
	}
	if q.asksFromTo && !told.formerly && !a.evidence.hasFormer(f) {
		a.score -= levelFigure
	}
	if told.level && q.asksTotal() && a.isTotal(q, places) {
		a.score += totalFits
	}
	switch {
	case f.year > 0 && len(q.years) > 0:
		if !slices.Contains(q.years, f.year) {
			a.score -= untimely
		}
	case told.formerly && a.namesFormerTime(q, places):
		// 十二五末的56平方公里, where that is asked for.
	case !q.asksFromTo && told.formerly != q.has[asksBefore]:
		a.score -= formerFigure
	}
}

// leavesOut tells whether a figure is told without something: the 18% of 增长6%(剔除减税因素,增长18%).
func (a *anchor) leavesOut() bool {
	ev, f := a.evidence, a.figure
	at := withoutTold.FindAllStringIndex(ev.text[:f.start], -1)
	if len(at) == 0 {
		return false
	}
	from := at[len(at)-1][0]
	return !slices.ContainsFunc(ev.figures, func(other figure) bool {
		return other.start >= from && other.end <= f.start && other.content.Kind == f.content.Kind
	})
}

// leavingOut are the characters that a question which leaves something out holds one of.
var leavingOut = []string{"不", "除", "刨", "撇", "抛", "掉", "减去"}

var (
	// withoutAsked finds a question for a figure without something that the report may also tell it with.
	withoutAsked = compile(`不(?:算|计|考虑|包括|包含|含|把)|[扣剔去刨撇排]除|[刨撇抛]开|[刨扣去减]掉|[刨减]去`)
	withoutTold  = compile(`扣除|剔除|扣减|不(?:考虑|含|包括|包含|计|算)|除去|排除|还原`)
)

// asksAmount tells whether a question asks for no change at all, so that 比上年增加135亿元 is none of what it asks for.
func (q *question) asksAmount() bool {
	return !q.asksChange && !q.againstYear && !q.has[asksRate] && !strings.Contains(q.text, comparing)
}

// hasFormer tells whether another figure is what one was before: 130亿元 for 由130亿元增加至476亿元.
func (ev *evidence) hasFormer(f *figure) bool {
	told := ev.detail()
	return slices.ContainsFunc(ev.figures, func(other figure) bool {
		return told.of(&other).formerly && other.end <= f.start && ev.clauses[other.clause].group == ev.clauses[f.clause].group && other.content.Kind == f.content.Kind
	})
}

// asksPart tells whether a question asks for a part of what was asked about before.
func (q *question) asksPart() bool { return q.context != nil && partAsked.MatchString(q.text) }

var partAsked = compile(`^[^,?]{0,4}(?:其中|里头|里面|当中)`)

// asksLevel tells whether a question asks for what was reached: 今年要达到多少.
func (q *question) asksLevel() bool { return !q.asksChange && levelAsked.MatchString(q.text) }

var levelAsked = compile(`(?:到|至)了?(?:大约|大概)?(?:多少|多[大高长]|百分之几|几)`)

// namesFormerTime tells whether the question names the time that stands before a former figure: “十五”末 for the one of 从“十五”末月均780元
// 提高到1500元.
func (a *anchor) namesFormerTime(q *question, places []match) bool {
	start := a.evidence.clauses[a.clause].start
	for i, t := range q.terms {
		gap := a.figure.start - places[i].end
		if places[i].end == 0 || gap < 0 || !q.namesSpan(t) && !formerPlan.MatchString(t.text) {
			continue
		}
		if gap <= len("末期的") || places[i].start >= start && gap <= longestFormer && endsBehind.MatchString(q.text[t.end:]) {
			return true
		}
	}
	return false
}

// longestFormer is how much, in bytes, may stand between such a time and its figure.
const longestFormer = len("”末的每人每月")

var (
	formerPlan = compile(`^[九十][一二三四]?五$`)
	endsBehind = compile(`^[”"]?(?:规划|计划)?(?:期末|末|结束|收官)`)
)

// isTotal tells whether the level that a figure gives is that of what the question is about: of no other thing, no remark, and no
// aim that is not asked for.
func (a *anchor) isTotal(q *question, places []match) bool {
	ev := a.evidence
	return !ev.clauses[a.clause].remark && (q.timing != planTime || ev.sentence.Section.Plan) && !ev.hasOtherSubject(a.clause, a.figure, places) &&
		!a.lacksThing(q)
}

// lacksThing tells whether a noun, a name or a figure of the question was found no nearer than in a heading.
func (a *anchor) lacksThing(q *question) bool {
	for i, t := range q.terms {
		if t.class >= noun && !t.own && a.grades[i] < nearHeading {
			return true
		}
	}
	return false
}

// asksTotal tells whether a question asks how many there are altogether, and not how many were added.
func (q *question) asksTotal() bool {
	if q.total == nil {
		asks := totalAsked.MatchString(q.text) && !addedAsked.MatchString(q.text)
		q.total = &asks
	}
	return *q.total
}

var (
	totalAsked = compile(`一共|总共|总(?:里程|长度|面积|容量|规模|户数|人数|量)|共[多几]|共有|共计|总计|总数|合起来|加起来|加一起|加在一起|拢共|统共|满打满算|现在|目前|已有|现有|累计有`)
	addedAsked = compile(`新[建增设开认批创签添]|增[加长设]了?|净|加了|多了`)
)

// asksShare tells whether a question asks for a share of a whole.
func (q *question) asksShare() bool {
	return tellsShare(strings.ReplaceAll(q.text, "增长率", "增速"))
}

// growthNamed finds a question for growth by the name of a rate.
var growthNamed = compile(`增速|[增涨升]幅|增长率|增长速度|增长幅度`)

// tellsShare tells whether a text speaks of a share of a whole.
func tellsShare(text string) bool {
	return strings.Contains(text, shareOf) || slices.ContainsFunc(shareWords, func(word string) bool { return strings.Contains(text, word) })
}

// shareWords are the words that ask for a share.
var shareWords = []string{"比重", "比例", "份额", "率"}

// tellsWhole tells whether a figure is that of the whole where a part is asked for: the 利润 of all enterprises for that of
// 制造业 among them.
func (a *anchor) tellsWhole(q *question, places []match) bool {
	whole, lacks := false, false
	for i, t := range q.terms {
		whole = whole || t.whole && places[i].end > 0 && places[i].clause == a.clause
		lacks = lacks || !t.whole && t.isThing() && (a.grades[i] < found || places[i].end > 0 && places[i].clause != a.clause)
	}
	return whole && lacks
}

// toldOfOther tells whether nothing that the question is about stands in a figure's sentence, which has a subject of its own: of
// 进出口总额突破9万亿元、增长9.8% the 增长 is none of what the sentence before told of.
func (a *anchor) toldOfOther(q *question, places []match) bool {
	things := 0
	for i, t := range q.terms {
		if !t.isThing() {
			continue
		}
		if things++; places[i].end > 0 || t.inText(a.evidence.heading) >= found {
			return false
		}
	}
	return things > 0 && len(q.inherited) == 0 && slices.ContainsFunc(a.evidence.wordsIn(0, a.figure.start), func(w retrieval.Token) bool { return foreign(w, places) })
}

// isLoose tells whether nothing that the question is about stands in the figure's own clause, so that the figure may be that
// of anything.
func (a *anchor) isLoose(q *question, places []match) bool {
	ev := a.evidence
	loose := true
	subject := false // a word that says what the clause is about
	for i, place := range places {
		if place.end == 0 || ev.clauses[place.clause].group != ev.clauses[a.clause].group && !ev.remarkOn(a.clause, place.clause) {
			continue
		}
		switch {
		case i >= len(q.terms): // inherited: 今年的目标呢
			if q.inherited[i-len(q.terms)].class > attribute {
				loose, subject = false, true
			}
		case !q.terms[i].own && !q.terms[i].number:
			loose = false
			measure := q.terms[i].class == attribute && q.nouns() > 0 && ev.qualified(place, places) // the 投资 of 综合交通投资
			subject = subject || !q.terms[i].strict && !measure
		}
	}
	other := ev.hasOtherSubject(a.clause, a.figure, places)
	switch {
	case !subject && other, q.onlyQualifies(ev, a.clause, a.figure, places):
		return true // 网络质量全国领先 says nothing of what else leads the country, GDP比重提升1.1个百分点 nothing of the GDP
	case a.toldOfOther(q, places):
		return true
	case !other && a.figure.clause > 0:
		return false // 净增200亿元 is said of what the clause before is about
	}
	return loose
}
