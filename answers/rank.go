package answers

import (
	"slices"
	"strings"

	"wenbao/content"
)

// # How an answer is chosen
//
// The index hands over the sentences that hold the question's words. Within them the unit of choice is the anchor: a
// figure when a figure is asked for, otherwise a clause. For each term of the question the best place where it, or a
// word that may stand for it, is found near the anchor is taken:
//
//	score(anchor) = Σ weight(term) × max over places (grade × nearness) / Σ weight(term)
//
// so that 1 means that every word of the question stands in the anchor's own clause.
//
// weight is the term's class (a name weighs more than a verb) times its rarity in the report; grade is how well the word
// found stands for the term (1 for itself, less for synonyms); nearness is how strongly a place speaks about the anchor:
//
//	年内新建开通充电桩10018个,总数达20207个,居全省第一
//
// 新建 speaks about 10018个 fully (own clause) and about 20207个 less (an earlier clause), while 充电桩 reaches 20207个 as
// the subject which a clause without one takes over from the clause before. So 充电桩总数 finds 20207个 and 新建充电桩
// finds 10018个, out of the same sentence. In lists (认定4家甲(居首位)、8家乙) the items are kept apart, but the words before
// the first item reach all of them, since the verb stands only once.
//
// Some words weigh or reach differently. The word beside the interrogative (净增 in 营收净增多少) is the focus: it weighs
// double, and what stands behind the figure does not count for it. A strict term (全国, 首批; lexicon/contrasts.txt) counts
// only in the anchor's own clause. The parts of a noun phrase must stand together (技术 and 示范企业 of 技术创新示范企业).
//
// To the score of a figure is added what its unit says (fits exactly, or only in kind), and to all anchors a little for
// words of the question that stand side by side in the text as they do in the question (重点项目 is not 重点改造项目).
//
// An anchor whose clause says something else in a term's place (省级 for 国家级, another company, one of two peers) is in
// conflict. It keeps its score, less a little: when nothing else comes near, the conflict is the reason to refuse.
//
// The constants were set by hand on the development questions, so that each of these effects decides where it should.
const (
	nearOwn       = 1.0  // the anchor's own clause
	nearPastOther = 0.85 // there, but with another figure in between
	nearListHead  = 0.8  // before the first item of the anchor's list
	nearFirstItem = 0.5  // there, but in the first item's own name
	nearListTail  = 0.6  // behind the list: 甲、乙等大项目实现…
	nearListItem  = 0.25 // another item: another thing
	nearRemark    = 0.9  // the clause that a remark in brackets is on
	nearBefore    = 0.72 // the clause before: its subject is taken over
	nearBefore2   = 0.6  // further ahead in the sentence
	nearAfter     = 0.5  // the clause behind: a remark on the anchor
	nearAfter2    = 0.25
	nearHeading   = 0.5  // the heading says what the whole part is about
	nearPrevious  = 0.36 // the sentence before
	nearSection   = 0.3  // further up in the part
	nearOther     = 0.2  // with 分别: the word belongs to another figure

	// strictElsewhere takes a strict term (全国, 首批) below found when it stands in another clause.
	strictElsewhere = 0.35
	// amountElsewhere takes an amount (过千亿) down, not below found, that stands with another figure of the kind.
	amountElsewhere = 0.6

	byParts = 0.9 // how well a compound is found by its parts

	// sharedEdge is how far, in bytes, what is said of all items of a 分别 list reaches into the last one.
	sharedEdge = 15
	// shortestOwn is how much of the last item, in bytes, must stand before such a word: the 浓度 of 甲、乙平均浓度 is that of
	// both, the 花费 of 人次和总花费 is not.
	shortestOwn = 6
	// wholeEnough is how much of a compound's weight must be there for it to count fully.
	wholeEnough = 0.7
	// partAlone is what remains of a share that is not enough: it is then less than found.
	partAlone = 0.4
	// widestGap is how far, in bytes, the parts of a compound may lie apart: ten characters.
	widestGap = 30
	// widestGapTurned is the same for parts in the other order (企业成功上市 for 上市企业): five characters.
	widestGapTurned = 15
	// scattered is what remains of a word that stands apart from the noun which it belongs to in the question.
	scattered = 0.55

	// namesFit is added to a clause that names something where names are asked for.
	namesFit = 0.2
	// definesFit is added to a clause that says what something is, where that is asked.
	definesFit = 0.2
	// contradicted is taken off an anchor that says something else in a term's place. It is small: when nothing else comes
	// near, the contradiction is the reason to refuse.
	contradicted = 0.1
	// opposed is the same for a light word, which never refuses.
	opposed = 0.2

	comparisonFits = 0.25 // 比全市高多少 asks for percentage points, not for the growth that is compared
	countedFits    = 0.06 // for a figure with the word right behind it: 15.3%的税收
	besideFocus    = 0.08 // for a figure right beside the word that is asked of
	vaguelyFits    = 0.4  // 八百多个 and 835个
	sameAsBefore   = 0.25 // for the unit of the question before, in a follow-up that can only mean it: 拿到贷款的呢
	hintFits       = 0.06 // 投资 asks for money more likely than for a count
	unitFits       = 0.12 // 多少家 and 31家
	unitSameGroup  = 0.05 // 多少家 and 405户
	unitDiffers    = -0.1
	toldLast       = 0.1  // for the sentence that answered before, where the question says little
	otherPart      = 0.5  // for a sentence outside of the part that the question names
	answeredBefore = 0.15 // for the figure that answered the question before: 其中几家拿到贷款
	wholeOfParts   = 0.15 // for the figure of the whole where a part is asked for: 首批60家 in 首批里几家贷到了款
	otherThing     = 0.04 // for a word that is part of another thing's name: 增加值比重
	otherKind      = 0.1  // for a special kind of what the question asks for without qualifying it: 海洋生产总值
	wholePlace     = 0.1  // for what is told of the whole place, as 全市生产总值 is, where the question qualifies it no further
	narrowedScope  = 0.05 // for what a paragraph says that opens with a part of the whole place: 县域经济发展迅速
	headedByYear   = 0.05 // for what stands below a heading that names the year which is planned
	plannedSo      = 0.15 // for a clause that says of its aim what the question says: 力争
	formerFigure   = 0.25 // for the 270元 of 从270元提高到280元, unless it is asked for
	otherChange    = 0.1  // for the 8% of 营业收入增长8%,净增20亿元, where a fragment ends with 净增
	stateFigure    = 0.4  // for the 1660万人 of 贫困人口1660万人,比上年末减少1386万人, where it is asked by how many they were fewer
	totalFits      = 0.3  // for the 772家 of 新认定169家,达到772家, where it is asked how many there are altogether
	changeFigure   = 0.12 // for the 2.2个百分点 of 提高2.2个百分点, where it is asked what was reached
	comparedFigure = 0.3  // more for one that says what it compares with: 比上年提高2.2个百分点
	withoutFits    = 0.2  // for what is told without something, where that is asked for
	totalNamed     = 0.1  // for the 总量 of what is asked for by its bare name
	partFits       = 0.1  // for the 其中智算9万P of 算力达到10万P,其中智算9万P, where a part is asked for
	levelFigure    = 0.3  // for 达290天 where the question asks by how many days they rose
	figureless     = 0.2  // for a clause without a figure, where a fragment names what kind it wants: GDP年均增速
	sideBySide     = 0.06 // for every two words that stand together as in the question

	// found is how much of a term must have been found near the anchor for it not to be missing.
	found = 0.3
)

// anchor is a figure or a clause that may answer, with what speaks for it.
type anchor struct {
	evidence  *evidence
	clause    int
	figure    *figure // nil when the clause itself is the answer
	score     float64
	grades    []float64 // by term: grade × nearness of its best place
	clauses   []int     // by term: the clause of that place, or -1
	question  *question // that it answers, when one message holds several
	strict    bool      // a strict term is missing in the clause
	opposed   bool      // a light term is contradicted
	inherited float64   // share of the inherited terms that was found
	astray    bool      // none of the things was found that the questions before were about
	untimely  bool      // stands in the part that the question does not ask about
	special   bool      // of a special kind of what the question asks for of the whole place
	narrower  bool      // the figure is that of a special kind, where a bare noun is asked about for one year
	loose     bool      // nothing that the question is about stands in the figure's own clause
	conflict  *term     // a term in whose place the anchor's clause says something else
}

// clauseText is the text of an anchor's own clause.
func (a *anchor) clauseText() string {
	c := a.evidence.clauses[a.clause]
	return a.evidence.text[c.start:c.end]
}

// before is what stands between the last comma and an anchor's figure, or the anchor's own clause.
func (a *anchor) before() string {
	if a.figure == nil {
		return a.clauseText()
	}
	clause := min(a.clause, a.figure.clause)
	return a.evidence.text[a.evidence.groupStart(a.evidence.clauses[clause].group):a.figure.start]
}

// score weighs an anchor of a candidate.
func (e *Engine) score(q *question, c *candidate, here int, f *figure) anchor {
	a := anchor{evidence: c.evidence, clause: here, figure: f}
	a.grades, a.clauses = q.slab.anchor(len(q.terms))
	places := q.slab.scratch(len(q.terms) + len(q.inherited))
	var all mean
	e.weighTerms(q, c, &a, places, &all)
	a.weighInherited(q, c, places, &all)
	if all.total > 0 {
		a.score = all.sum / all.total
	}
	a.addContext(q)
	whole := e.ofWholePlace(q, c.evidence, places)
	if whole {
		a.score += wholePlace
	}
	if f != nil && a.evidence.narrowed(e.report, q) {
		a.score -= narrowedScope
	}
	a.addSideBySide(q, places)
	if q.otherOfItsKind(&a, places) {
		a.score -= otherKind
	}
	if f != nil {
		a.beside(q, places, whole)
		a.loose = a.isLoose(q, places)
	}
	e.weighTime(q, &a)
	if a.conflict != nil || a.strict {
		a.score -= contradicted
	}
	if a.opposed {
		a.score -= opposed
	}
	if clause := a.clauseText(); (f == nil || len(f.shared) == 0) && slices.ContainsFunc(q.excluded, func(other string) bool { return strings.Contains(clause, other) }) {
		a.score -= otherPart
	}
	return a
}

// mean is a mean of grades by weight, in the making.
type mean struct{ sum, total float64 }

func (m *mean) add(grade, weight float64) {
	m.sum += weight * grade
	m.total += weight
}

// weighTerms finds the best place of every term near an anchor, and what contradicts it there.
func (e *Engine) weighTerms(q *question, c *candidate, a *anchor, places []match, all *mean) {
	ev, here, f := a.evidence, a.clause, a.figure
	for i, t := range q.terms {
		grade, place := c.terms[i].near(ev, t, here, f)
		if c.apartFromHead(t, place) {
			grade *= scattered
		}
		member, paired := e.memberNamed(t, f)
		if paired && member == f.member {
			start := ev.clauses[here].start
			grade, place = nearOwn, match{start: start, end: min(start+len("城乡"), f.start), clause: here}
		}
		a.grades[i], a.clauses[i], places[i] = grade, place.clause, place
		a.strict = a.strict || t.strict && grade < found
		if paired && member != f.member || e.contradicts(q, ev, here, f, i) || grade < nearOwn && peerOf(ev, here, place) {
			if t.class > attribute {
				a.conflict = t
				grade = nearOwn // it speaks of the very thing, and says something else of it
			} else {
				a.opposed = true // 一共 where the clause says 新建: rather not, but not never
			}
		}
		all.add(grade, t.weight)
	}
}

// weighInherited does the same for the terms from the questions before, and notes how much of them was found.
func (a *anchor) weighInherited(q *question, c *candidate, places []match, all *mean) {
	var inherited, held float64
	things, heldThings := 0, 0
	for i, t := range q.inherited {
		grade, place := c.inherited[i].near(a.evidence, t, a.clause, a.figure)
		places[len(q.terms)+i] = place
		weight := t.weight * inheritedWeight
		all.add(grade, weight)
		inherited += weight
		if grade >= found {
			held += weight
		}
		if t.isThing() {
			if things++; grade >= found {
				heldThings++
			}
		}
	}
	a.astray = things > 0 && heldThings == 0
	if inherited > 0 {
		a.inherited = held / inherited
	}
}

// addContext adds what a sentence gains by having been talked about, and takes off what lies outside of the part asked about.
func (a *anchor) addContext(q *question) {
	ev := a.evidence
	a.score += q.context[ev]
	if slices.Contains(q.recent, ev) {
		a.score += toldLast
		if q.goesOn {
			a.score += toldLast // in one breath
		}
	}
	if q.within != nil && !q.within.Span.Contains(ev.sentence.Span) {
		a.score -= otherPart
	}
}

// addSideBySide adds what words are worth that stand together as in the question. The inherited ones, which stand behind them,
// are not the question's own words.
func (a *anchor) addSideBySide(q *question, places []match) {
	for i := 1; i < len(q.terms); i++ {
		switch {
		case places[i].end == 0 || places[i-1].end == 0 || q.terms[i-1].end != q.terms[i].start:
		case q.compares(q.terms[i-1]):
			// 比上年增长 stands everywhere.
		case places[i-1].end == places[i].start:
			a.score += sideBySide
		case a.evidence.nounsOnly(places[i-1].end, places[i].start):
			a.score += sideBySide / 2 // 重点集聚区 is in the 重点工业产业集聚区
		}
	}
}

// compares tells whether a term belongs to a phrase that only names what is compared with: 比上年.
func (q *question) compares(t *term) bool {
	return t.class == vague && slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return s.start <= t.start && t.end <= s.end && s.is(isVague) && (strings.HasPrefix(q.text[s.start:], comparing) || strings.HasPrefix(q.text[s.start:], comparingTo))
	})
}

// nounsOnly tells whether a stretch of a sentence is made of nouns, one after the other.
func (ev *evidence) nounsOnly(start, end int) bool {
	if start >= end || end-start > widestGap {
		return false
	}
	at := start
	for _, token := range ev.words().tokens {
		if token.Start == at && at < end && strings.HasPrefix(token.Tag, "n") {
			at = token.End
		}
	}
	return at == end
}

// ofWholePlace tells whether a noun that the question does not qualify was found right behind a name of the report's own
// place: 全市生产总值.
func (e *Engine) ofWholePlace(q *question, ev *evidence, places []match) bool {
	for i, t := range q.terms {
		place := places[i]
		if !t.isThing() || place.end == 0 || !q.bare(i) {
			continue
		}
		if word := ev.wordBefore(place.start); word != nil && e.own[word.Text] {
			return true
		}
	}
	return false
}

// narrowed tells whether a paragraph opens with a part of the whole place, of which the question does not speak.
func (ev *evidence) narrowed(report *content.Report, q *question) bool {
	before := report.Text[:ev.sentence.Span.Start]
	paragraph := strings.TrimPrefix(before[strings.LastIndexByte(before, '\n')+1:], "——")
	return slices.ContainsFunc(partsOfPlace, func(part string) bool {
		return strings.HasPrefix(paragraph, part) && !strings.Contains(q.text, part)
	})
}

// partsOfPlace are the words for such a part.
var partsOfPlace = []string{"县域", "区县", "县区", "园区", "开发区", "高新区", "郊区"}

// apartFromHead tells whether a word was found apart from every place of the noun that it belongs to in the question.
func (c *candidate) apartFromHead(t *term, place match) bool {
	if t.headed == nil || place.clause < 0 {
		return false
	}
	clauses := c.evidence.clauses
	heads := c.terms[t.headed.index].matches
	return len(heads) > 0 && !slices.ContainsFunc(heads, func(m match) bool {
		bare := m.clause > place.clause && m.start == clauses[m.clause].start // 普通高等教育招生5万人,在校生9万人
		return bare || clauses[m.clause].group == clauses[place.clause].group
	})
}

// nouns counts the nouns and names that a question is about.
func (q *question) nouns() int {
	nouns := 0
	for _, t := range q.terms {
		if t.isThing() {
			nouns++
		}
	}
	return nouns
}
