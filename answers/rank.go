package answers

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

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
//	年内新建开通5G基站10018个,总数达20207个,居全省第一
//
// 新建 speaks about 10018个 fully (own clause) and about 20207个 less (an earlier clause), while 5G基站 reaches 20207个 as
// the subject which a clause without one takes over from the clause before. So 5G基站总数 finds 20207个 and 新建5G基站
// finds 10018个, out of the same sentence. In lists (认定4家甲(居首位)、8家乙) the items are kept apart, but the words before
// the first item reach all of them, since the verb stands only once.
//
// To the score of a figure is added what its unit says (fits exactly, or only in kind), and to all anchors a little for
// words of the question that stand side by side in the text as they do in the question (重点项目 is not 重点改造项目).
const (
	nearOwn       = 1.0  // the anchor's own clause
	nearPastOther = 0.85 // there, but with another figure in between
	nearListHead  = 0.8  // before the first item of the anchor's list
	nearListTail  = 0.6  // behind the last one
	nearListItem  = 0.25 // another item: another thing
	nearRemark    = 0.9  // the clause that a remark in brackets is on
	nearBefore    = 0.72 // the clause before: its subject is taken over
	nearBefore2   = 0.6  // further ahead in the sentence
	nearAfter     = 0.5  // the clause behind: a remark on the anchor
	nearAfter2    = 0.25
	nearHeading   = 0.5  // the heading says what the whole part is about
	nearPrevious  = 0.36 // the sentence before
	nearOther     = 0.2  // with 分别: the word belongs to another figure

	// strictElsewhere takes a strict term (全国, 首批) below found when it stands in another clause.
	strictElsewhere = 0.35

	byParts = 0.9 // how well a compound is found by its parts

	// sharedEdge is how far, in bytes, what is said of all items of a 分别 list reaches into the first and the last one.
	sharedEdge = 15
	// wholeEnough is how much of a compound's weight must be there for it to count fully.
	wholeEnough = 0.7
	// widestGap is how far, in bytes, the parts of a compound may lie apart: ten characters.
	widestGap = 30
	// widestGapTurned is the same for parts in the other order (企业成功上市 for 上市企业): five characters.
	widestGapTurned = 15
	// scattered is what remains of a word that stands apart from the noun which it belongs to in the question.
	scattered = 0.55

	// namesFit is added to a clause that names something where names are asked for.
	namesFit = 0.2
	// contradicted is taken off an anchor that says something else in a term's place. It is small: when nothing else comes
	// near, the contradiction is the reason to refuse.
	contradicted = 0.1
	// opposed is the same for a light word, which never refuses.
	opposed = 0.2

	comparisonFits = 0.25 // 比全市高多少 asks for percentage points, not for the growth that is compared
	countedFits    = 0.06 // for a figure with the word right behind it: 15.3%的税收
	besideFocus    = 0.08 // for a figure right beside the word that is asked of
	hintFits       = 0.06 // 投资 asks for money more likely than for a count
	unitFits       = 0.12 // 多少家 and 31家
	unitSameGroup  = 0.05 // 多少家 and 405户
	unitDiffers    = -0.1
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
	loose     bool      // nothing that the question is about stands in the figure's own clause
	conflict  *term     // a term in whose place the anchor's clause says something else
}

// candidate is a sentence with the places where the question's terms stand in it.
type candidate struct {
	evidence  *evidence
	terms     []presence // by term
	inherited []presence
}

// presence is where a term is present in and around a sentence.
type presence struct {
	matches  []match
	heading  float64 // grade
	previous float64
	parts    []presence
}

func newCandidate(q *question, ev *evidence) candidate {
	c := candidate{evidence: ev, terms: make([]presence, len(q.terms))}
	for i, t := range q.terms {
		c.terms[i] = ev.presence(t)
	}
	for _, t := range q.inherited {
		c.inherited = append(c.inherited, ev.presence(t))
	}
	return c
}

func (ev *evidence) presence(t *term) presence {
	p := presence{matches: ev.find(t), heading: ev.inHeading(t)}
	if ev.previous != nil {
		for _, m := range ev.previous.find(t) {
			p.previous = max(p.previous, m.grade)
		}
		if t.class == name && !ev.goesOn() {
			p.previous /= 2 // a new sentence is about somebody else
		}
	}
	for _, part := range t.parts {
		p.parts = append(p.parts, ev.presence(part))
	}
	return p
}

// near is how well a term is found near an anchor, and where. A compound that is not there as a whole may be there by
// its parts (高速磁浮…系统 for 高速磁浮系统), unless a part that is a name is missing.
func (p *presence) near(ev *evidence, t *term, here int, f *figure) (float64, match) {
	place := match{clause: -1}
	if t.strict {
		grade := 0.0
		for _, m := range p.matches {
			nearness := nearness(ev, m, here, f)
			if m.clause != here && nearness < nearListHead && !ev.remarkOn(m.clause, here) {
				nearness *= strictElsewhere
			}
			near := m.grade * nearness
			if near > grade {
				grade, place = near, m
			}
		}
		return grade, place
	}
	grade := max(p.heading*nearHeading, p.previous*nearPrevious)
	for _, m := range p.matches {
		near := m.grade * nearness(ev, m, here, f)
		switch distance := ev.clauses[here].group - ev.clauses[m.clause].group; {
		case t.number && (distance > 1 || distance < -1):
			near *= strictElsewhere // 三年 of something else further up
		case t.number && distance == 0:
			near = max(near, m.grade*nearBefore2) // 835个 says which list is meant
		case t.focus && distance < 0:
			near *= strictElsewhere // 净增 of the next figure
		}
		if near > grade {
			grade, place = near, m
		}
	}
	if len(p.parts) == 0 || grade >= byParts {
		return grade, place
	}
	if len(p.matches) > 0 {
		return grade, place
	}
	head := t.head()
	for _, m := range p.parts[head].matches {
		share := p.shareAround(ev, t, head, m)
		if near := byParts * share * m.grade * nearness(ev, m, here, f); near > grade {
			grade, place = near, m
		}
	}
	return grade, place
}

// shareAround is how much of a compound's weight stands around a match of its head, in the compound's own order: parts
// that lie scattered, or the other way round (示范企业 and 企业…示范), are not the compound.
func (p *presence) shareAround(ev *evidence, t *term, head int, of match) float64 {
	var sum, total float64
	for i, part := range t.parts {
		total += part.weight
		best := 0.0
		for _, m := range p.parts[i].matches {
			ahead, behind := of.start-m.end, m.start-of.end
			together := i == head && m.start == of.start || ahead >= 0 && ahead <= gap(i < head) || behind >= 0 && behind <= gap(i > head)
			if together && ev.clauses[m.clause].group == ev.clauses[of.clause].group {
				best = max(best, m.grade)
			}
		}
		if best == 0 && part.class == name {
			return 0
		}
		sum += part.weight * best
	}
	if total == 0 {
		return 0
	}
	share := sum / total
	if share < wholeEnough {
		share /= 2 // 投资 alone is not 技改投资
	}
	return share
}

// gap is how far a part may stand from the head, on its own side of it or on the other.
func gap(ownSide bool) int {
	if ownSide {
		return widestGap
	}
	return widestGapTurned
}

// head is the part that a compound is a kind of: its last one that says something by itself.
func (t *term) head() int {
	for i := len(t.parts) - 1; i > 0; i-- {
		if t.parts[i].class > modifier {
			return i
		}
	}
	return 0
}

// nearness is how strongly a word at a place speaks about a figure, or about a clause when f is nil.
func nearness(ev *evidence, m match, here int, f *figure) float64 {
	if f != nil && len(f.shared) > 0 {
		for i := range ev.figures {
			for _, r := range ev.figures[i].shared {
				if r.start <= m.start && m.end <= r.end {
					switch {
					case &ev.figures[i] == f:
						return nearOwn
					case r.first && m.end-r.start <= sharedEdge:
						return nearListHead // 国家 of 分别入选国家绿色工业园区、绿色工厂… is said of all
					case r.last && r.end-m.start <= sharedEdge:
						return nearListTail
					}
					return nearOther
				}
			}
		}
	}
	if m.clause == here {
		if f != nil && figureBetween(ev, m, f) {
			return nearPastOther
		}
		return nearOwn
	}
	if ev.remarkOn(here, m.clause) {
		return nearRemark
	}
	mine, theirs := ev.clauses[here].group, ev.clauses[m.clause].group
	switch distance := mine - theirs; {
	case distance == 0 && (ev.clauses[here].remark || ev.clauses[m.clause].remark):
		if ev.remarkOn(m.clause, here) {
			return nearAfter
		}
		return nearListItem
	case distance == 0:
		first, last := groupFigures(ev, mine, f)
		switch {
		case first != nil && m.end <= first.start:
			return nearListHead
		case last != nil && m.start >= last.end && m.clause > here:
			return nearListTail
		}
		return nearListItem
	case distance == 1:
		return nearBefore
	case distance > 1:
		return nearBefore2
	case distance == -1:
		return nearAfter
	}
	return nearAfter2
}

func figureBetween(ev *evidence, m match, f *figure) bool {
	for i := range ev.figures {
		other := &ev.figures[i]
		if other != f && other.content.Kind == f.content.Kind && (m.end <= other.start && other.end <= f.start || f.end <= other.start && other.end <= m.start) {
			return true
		}
	}
	return false
}

// groupFigures are the first and the last figure between two commas, of the kind of a figure where one is given.
func groupFigures(ev *evidence, group int, of *figure) (first, last *figure) {
	for i := range ev.figures {
		if f := &ev.figures[i]; ev.clauses[f.clause].group == group && f.content.Kind != content.Date && (of == nil || f.content.Kind == of.content.Kind) {
			if first == nil {
				first = f
			}
			last = f
		}
	}
	return first, last
}

// score weighs an anchor of a candidate.
func (e *Engine) score(q *question, c *candidate, here int, f *figure) anchor {
	a := anchor{evidence: c.evidence, clause: here, figure: f, grades: make([]float64, len(q.terms)), clauses: make([]int, len(q.terms))}
	places := make([]match, len(q.terms))
	var sum, total float64
	for i, t := range q.terms {
		best, place := c.terms[i].near(c.evidence, t, here, f)
		if t.headed != nil && place.clause >= 0 {
			if head := c.terms[t.headed.index].matches; len(head) > 0 && !slices.ContainsFunc(head, func(m match) bool {
				return c.evidence.clauses[m.clause].group == c.evidence.clauses[place.clause].group
			}) {
				best *= scattered
			}
		}
		a.clauses[i], places[i] = place.clause, place
		a.grades[i] = best
		total += t.weight
		if t.strict && best < found {
			a.strict = true
		}
		if e.contradicts(q, c.evidence, here, f, t) || best < nearOwn && e.peerOf(c.evidence, here, t, place) {
			if t.class > attribute {
				a.conflict = t
				best = nearOwn // it speaks of the very thing, and says something else of it
			} else {
				a.opposed = true // 一共 where the clause says 新建: rather not, but not never
			}
		}
		sum += t.weight * best
	}
	if f != nil {
		a.loose = true
		for i, t := range q.terms {
			if !t.own && !t.number && places[i].end > 0 && (c.evidence.clauses[places[i].clause].group == c.evidence.clauses[here].group || c.evidence.remarkOn(here, places[i].clause)) {
				a.loose = false
			}
			if t.counted && places[i].end > 0 && places[i].clause == here && countedBy(c.evidence.text, f, places[i]) {
				a.score += countedFits
			}
			if t.focus && places[i].end > 0 && places[i].clause == here {
				gap := max(f.start-places[i].end, places[i].start-f.end)
				a.score += besideFocus * max(0, 1-float64(gap)/widestGap)
			}
		}
	}
	var inherited, held float64
	for i, t := range q.inherited {
		near, _ := c.inherited[i].near(c.evidence, t, here, f)
		weight := t.weight * inheritedWeight
		sum += weight * near
		total += weight
		inherited += weight
		if near >= found {
			held += weight
		}
	}
	if total > 0 {
		a.score += sum / total
	}
	if inherited > 0 {
		a.inherited = held / inherited
	}
	a.score += q.context[c.evidence]
	for i := 1; i < len(q.terms); i++ {
		if places[i].end > 0 && places[i-1].end == places[i].start && q.terms[i-1].end == q.terms[i].start {
			a.score += sideBySide
		}
	}
	if a.conflict != nil || a.strict {
		a.score -= contradicted
	}
	if a.opposed {
		a.score -= opposed
	}
	return a
}

// countedBy tells whether a word stands right behind a figure, with at most 的 between them.
func countedBy(text string, f *figure, m match) bool {
	return m.start >= f.end && strings.TrimPrefix(text[f.end:m.start], "的") == ""
}

// contradicts tells whether a clause says something else in a term's place: 省级 where 国家级 is asked for, or another
// company than the one asked about.
func (e *Engine) contradicts(q *question, ev *evidence, here int, f *figure, t *term) bool {
	text := ev.text[ev.clauses[here].start:ev.clauses[here].end]
	for i, c := range ev.clauses {
		if ev.remarkOn(here, i) {
			text += ev.text[c.start:c.end]
		}
	}
	if f != nil && len(f.shared) > 0 { // with 分别 the figure's words stand in another clause
		tail := ev.clauses[ev.clauseAt(f.shared[0].start)]
		text += ev.text[tail.start:tail.end]
	}
	for _, v := range t.variants {
		if v.grade >= sameMeaning && strings.Contains(text, v.text) {
			return false
		}
	}
	if strings.Contains(text, t.text) {
		return false
	}
	for _, other := range e.vocabulary.exclusive[t.text] {
		if strings.Contains(text, other) && !strings.Contains(q.text, other) { // 国家级、省级名单 asks for both
			return true
		}
	}
	return t.organisation && ev.clauses[here].organisation
}

// peerOf tells whether a clause singles out one of several things that stand side by side, and not the one asked about:
// of 家电、船舶2个基地…,其中,家电连续三年获评五星级 the last clause says nothing of 船舶.
func (e *Engine) peerOf(ev *evidence, here int, t *term, place match) bool {
	if place.clause < 0 || place.clause == here {
		return false
	}
	c := ev.clauses[place.clause]
	items := listItems(ev.text, c.start, c.end, "、")
	if len(items) < 2 {
		return false
	}
	if last := items[len(items)-1]; place.start > last.start {
		return false // the last item runs into the rest of the clause, which is about all of them
	}
	text := ev.text[ev.clauses[here].start:ev.clauses[here].end]
	for _, item := range items {
		if item.start <= place.start && place.end <= item.end {
			continue
		}
		if peer := ev.text[item.start:item.end]; utf8.RuneCountInString(peer) > 1 && strings.Contains(text, peer) {
			return true
		}
	}
	return false
}

// figureAnchors weighs every figure that could be the answer.
func (e *Engine) figureAnchors(q *question, c *candidate) []anchor {
	var anchors []anchor
	for i := range c.evidence.figures {
		f := &c.evidence.figures[i]
		if !q.wants.accepts(f.content.Kind) || q.states(f, c.evidence) || f.fact && len(q.wants.kinds) == 0 {
			continue
		}
		fit, ok := e.unitFit(q.wants, f.content)
		if !ok {
			continue
		}
		a := e.score(q, c, f.clause, f)
		a.score += fit
		if len(q.wants.kinds) > 1 && f.content.Kind == content.Rank && strings.HasPrefix(c.evidence.text[f.start:], ordinals) {
			a.score -= unitFits // 前进了几位 does not ask for 第7位
		}
		switch {
		case q.has[asksComparison] && f.content.Kind == content.PercentagePoint:
			a.score += comparisonFits
		case slices.Contains(q.wants.prefers, f.content.Kind) || q.hintsAt(f.content.Kind) || len(q.wants.kinds) > 1 && q.wants.kinds[0] == f.content.Kind:
			a.score += hintFits
		}
		anchors = append(anchors, a)
	}
	return anchors
}

// states tells whether the question itself names the figure: who asks about the 56个项目 does not ask for 56个.
func (q *question) states(f *figure, ev *evidence) bool {
	text := ev.text[f.start:f.end]
	number := givenPattern.FindString(text)
	return number != "" && slices.Contains(q.given, number) || number == "" && strings.Contains(q.text, text)
}

// unitFit tells how well a figure's unit goes with the one asked for, and whether it can be the answer at all.
func (e *Engine) unitFit(w want, f *content.Figure) (float64, bool) {
	const anyThing = "个"
	switch {
	case f.Unit == "" && f.Kind == content.Rank && w.unit != "":
		return 0, e.sameUnits(w.unit, "名") // 首位 answers 第几名, not 第几批
	case w.unit == "":
		return 0, true
	case w.unit == f.Unit || strings.HasSuffix(w.unit, f.Unit):
		return unitFits, true
	case f.Kind != content.Count && f.Kind != content.Rank && f.Kind != content.Size && f.Kind != content.Period:
		return 0, true
	case w.unit == anyThing || f.Unit == "":
		return 0, true
	}
	switch {
	case e.sameUnits(w.unit, f.Unit):
		if f.Kind == content.Rank && len(w.kinds) > 1 {
			return unitFits + unitSameGroup, true // 前进了几位 asks for 4个位次, not for 第7位
		}
		return unitSameGroup, true
	case f.Kind == content.Rank:
		return 0, true
	case len(e.unitGroups[w.unit]) > 0 && len(e.unitGroups[f.Unit]) > 0:
		return 0, false
	}
	return unitDiffers, f.Kind == content.Count
}

// sameUnits tells whether two units are used for each other.
func (e *Engine) sameUnits(a, b string) bool {
	return slices.ContainsFunc(e.unitGroups[a], func(group int) bool { return slices.Contains(e.unitGroups[b], group) })
}

// clauseAnchors weighs every clause.
func (e *Engine) clauseAnchors(q *question, c *candidate) []anchor {
	anchors := make([]anchor, 0, len(c.evidence.clauses))
	for i := range c.evidence.clauses {
		a := e.score(q, c, i, nil)
		if q.has[asksNames] && q.namesIn(&a) {
			a.score += namesFit
		}
		anchors = append(anchors, a)
	}
	return anchors
}

// best sorts anchors by score; of equals the earlier one comes first.
func best(anchors []anchor) []anchor {
	slices.SortStableFunc(anchors, func(a, b anchor) int { return cmp.Compare(b.score, a.score) })
	return anchors
}
