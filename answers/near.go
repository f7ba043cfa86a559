package answers

import (
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// near is how well a term is found near an anchor, and where. A compound that is not there as a whole may be there by
// its parts (高速磁浮…系统 for 高速磁浮系统), unless a part that is a name is missing.
func (p *presence) near(ev *evidence, t *term, here int, f *figure) (float64, match) {
	place := match{clause: -1}
	if t.strict {
		grade := 0.0
		if t.place && ev.previous != nil && ev.previous.open() {
			grade = p.previous * nearPrevious // 成都旅客…第三位;货邮…第六位
		}
		if t.place {
			grade = max(grade, p.heading*nearHeading)
		}
		for _, m := range p.matches {
			nearness := nearness(ev, m, here, f)
			if m.clause != here && nearness < nearListHead && !ev.remarkOn(m.clause, here) && !(t.place && ev.onlyPlace(m, here)) {
				nearness *= strictElsewhere
			}
			near := m.grade * nearness
			if near > grade {
				grade, place = near, m
			}
		}
		return grade, place
	}
	before := p.previous * nearPrevious
	if t.focus && t.verbal {
		before *= strictElsewhere // what was 办结 in the sentence before is another thing
	}
	grade := max(p.heading*nearHeading, before)
	if f != nil {
		grade = max(grade, p.section*nearSection)
	}
	for _, m := range p.matches {
		near := m.grade * nearness(ev, m, here, f)
		switch distance := ev.clauses[here].group - ev.clauses[m.clause].group; {
		case t.number && strings.HasPrefix(ev.text[m.end:], "月"):
			// 12月份,…: of what is told behind it as well.
		case t.number && (distance > 2 || distance < -1):
			near *= strictElsewhere // 三年 of something else further up
		case t.number && distance == 0:
			near = max(near, m.grade*nearBefore2) // 835个 says which list is meant
		case f != nil && distance == 1 && isAmount(t.text) && sameKindIn(ev, m.clause, f) && !ev.isPart(here, f) && !ev.detail().of(f).level:
			near *= amountElsewhere // 投资过千亿元的17个项目加快建设,4个项目投产: the 4个 are of any size
		case f != nil && t.class == name && distance < 0 && ev.opensWith(m):
			near = min(near, m.grade*nearListItem) // whoever begins the clause behind is what that one tells of
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
	if f != nil && ev.sharesName(f, t.text) {
		return sameMeaning * nearOwn, match{clause: ev.clauseAt(f.shared[0].start), start: f.shared[0].start, end: f.shared[0].end, grade: sameMeaning}
	}
	if len(p.matches) > 0 {
		return grade, place
	}
	head := t.head()
	for _, m := range p.parts[head].matches {
		share := p.shareAround(ev, t, head, m)
		grading := byParts * share
		if f != nil && t.known() {
			grading *= nearMeaning // the report has the word, or one for it: the 经济…增长 of 数字经济…增加值增长 is most likely no 经济增长
		}
		if near := grading * m.grade * nearness(ev, m, here, f); near > grade {
			grade, place = near, m
		}
	}
	return grade, place
}

// isAmount tells whether a word of the question is a round amount: 千亿, 百万.
func isAmount(text string) bool { return strings.Trim(text, "十百千万亿") == "" }

// opensWith tells whether a clause opens with a name, before any verb.
func (ev *evidence) opensWith(m match) bool {
	return !slices.ContainsFunc(ev.wordsIn(ev.clauses[m.clause].start, m.start), func(t retrieval.Token) bool { return strings.HasPrefix(t.Tag, "v") })
}

// onlyPlace tells whether no place is named between a place's own clause and the end of another one further on, which
// so tells of it: 绵阳科技城建设提速,在百强榜中上升至第十七位.
func (ev *evidence) onlyPlace(m match, here int) bool {
	return m.clause < here && !slices.ContainsFunc(ev.words().tokens, func(t retrieval.Token) bool {
		return t.Start >= ev.clauses[m.clause].end && t.Start < ev.clauses[here].end && kindOfPlace(t.Text) != ""
	})
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
		share *= partAlone // 投资 alone is not 技改投资
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
		if near, ok := sharedNearness(ev, m, f); ok {
			return near
		}
	}
	if m.clause == here {
		if f != nil && len(f.shared) == 0 && f.pair == nil && figureBetween(ev, m, f) {
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
		switch {
		case ev.remarkOn(m.clause, here) && f == nil:
			return nearRemark
		case ev.remarkOn(m.clause, here):
			return nearAfter
		}
		return nearListItem
	case distance == 0:
		switch first := firstFigure(ev, mine, f); {
		case first != nil && f != nil && m.end <= first.start && ev.ofFirstItem(m, first, f):
			return nearFirstItem
		case first != nil && m.end <= first.start:
			return nearListHead
		case strings.Contains(ev.text[ev.clauses[m.clause].start:m.start], listEnd):
			return nearListTail
		case f != nil && m.clause > here && ev.verbAt(m) && ev.lastOfList(m, mine):
			return nearListTail // 50个广场、127个球场、9项工程顺利完工
		case f != nil && m.clause > here && !sameKindIn(ev, m.clause, f):
			return nearAfter // the list tells of the figure: 4000户企业以9.9%的用地、贡献了15.3%的税收
		}
		return nearListItem
	case distance > 0 && f != nil && ev.isPart(here, f) && !ev.isPart(m.clause, nil):
		return nearRemark
	case distance == 1 && f != nil && reachedBefore.MatchString(ev.text[ev.clauses[here].start:f.start]):
		return nearRemark // 达51.3% says nothing but how much
	case distance == 1:
		return nearBefore
	case distance > 1:
		return nearBefore2
	case distance == -1 && ev.verbAt(m) && !ev.holdsVerb(mine):
		return nearBefore // 甲公司8英寸线,乙公司6英寸线顺利投产: the verb is that of both
	case distance == -1 && f != nil && sameKindIn(ev, m.clause, f) && ev.clauses[m.clause].start == m.start:
		return nearListItem // it is what the next figure is of
	case distance == -1:
		return nearAfter
	}
	return nearAfter2
}

// verbAt tells whether a verb stands at a place.
func (ev *evidence) verbAt(m match) bool {
	return slices.ContainsFunc(ev.words().tokens, func(t retrieval.Token) bool {
		return t.Start <= m.start && m.end <= t.End && strings.HasPrefix(t.Tag, "v")
	})
}

// holdsVerb tells whether a verb stands in the clauses of a group.
func (ev *evidence) holdsVerb(group int) bool {
	start := ev.groupStart(group)
	return slices.ContainsFunc(ev.wordsIn(start, start+len(ev.groupText(group))), func(t retrieval.Token) bool { return strings.HasPrefix(t.Tag, "v") })
}

// lastOfList tells whether a place stands behind the last figure of a list, and at its end.
func (ev *evidence) lastOfList(m match, group int) bool {
	for i := range ev.figures {
		if ev.clauses[ev.figures[i].clause].group == group && ev.figures[i].start > m.start {
			return false
		}
	}
	return m.clause+1 >= len(ev.clauses) || ev.clauses[m.clause+1].group != group
}

// ofFirstItem tells whether a word before the first figure of a list names the first item alone, and says nothing of another
// figure's: so it is where the figures stand behind what they count, the list has been opened, and the other figure has a name
// of its own: the 大数据 of 入选国家大数据项目3个、信息消费项目2个, but not the 项目 of 推进重点项目9个、竣工2个.
func (ev *evidence) ofFirstItem(m match, first, other *figure) bool {
	c := ev.clauses[first.clause]
	if m.clause != first.clause || strings.TrimRight(ev.text[first.end:c.end], "、") != "" {
		return false
	}
	return len(ev.wordsIn(c.start, m.start)) >= listOpening && len(ev.wordsIn(ev.clauses[other.clause].start, other.start)) > 1
}

// listOpening is how many words open a list: its verb and the level or the place of all of its items.
const listOpening = 2

// isPart tells whether a clause gives the figure of a part of what was told before it, and names nothing but the part: the 农村为30%
// of 系数为28%,其中城镇为27%,农村为30%. With no figure given, it may be any of the clause's.
func (ev *evidence) isPart(here int, f *figure) bool {
	c := ev.clauses[here]
	for i := range ev.figures {
		if other := &ev.figures[i]; other.clause == here && (f == nil || f == other) && isPartOpening(ev.text[c.start:other.start]) {
			return true
		}
	}
	return false
}

// isPartOpening tells whether a clause up to its figure is what partPattern finds, and most are seen not to be by their end.
func isPartOpening(text string) bool {
	return (strings.HasSuffix(text, "为") || strings.HasSuffix(text, "是")) && partPattern.MatchString(text)
}

var partPattern = compile(`^(?:其中:?)?\p{Han}{2,4}[为是]$`)

// sharedNearness is how strongly a word of a list that several figures share speaks about one of them; false for a word
// outside of the list.
func sharedNearness(ev *evidence, m match, f *figure) (float64, bool) {
	holds := func(r figureRange) bool { return r.start <= m.start && m.end <= r.end }
	group := ev.clauses[f.clause].group
	if slices.ContainsFunc(f.shared, holds) {
		return nearOwn, true
	}
	elsewhere := false
	for i := range ev.figures {
		for _, r := range ev.figures[i].shared {
			switch {
			case !holds(r):
			case ev.clauses[ev.figures[i].clause].group != group:
				elsewhere = true // in the list of other figures, unless these take it up
			case r.first && m.end < r.end && !ev.words().inner[m.end]:
				return nearListHead, true // 单位 of 单位能耗和碳排放分别降低… is said of all, what the first item ends with is not
			case r.last && m.start-r.start >= shortestOwn && (r.end-m.start <= sharedEdge || r.end-m.end <= len("增长")) && !ev.ownsHead(f, r, m):
				return nearOwn, true // 浓度 of 甲、乙平均浓度分别为… is that of both
			default:
				return nearOther, true
			}
		}
	}
	return nearOther, elsewhere
}

// ownsHead tells whether the last item of a list ends with a noun of its own, as the ones before do: 召开的会议和下发的文件,
// 12件建议和34件提案.
func (ev *evidence) ownsHead(f *figure, last figureRange, m match) bool {
	owned := func(start, end int) bool {
		return strings.Contains(ev.text[start:end], ownedBy) || slices.ContainsFunc(ev.figures, func(f figure) bool { return start <= f.start && f.end <= end })
	}
	return owned(last.start, m.start) && slices.ContainsFunc(ev.sharedWith(f), func(r figureRange) bool { return r.first && owned(r.start, r.end) })
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

// listEnd closes a list; what stands behind it is said of all items: 甲、乙等大项目实现….
const listEnd = "等"

// sameKindIn tells whether a clause holds a figure of the same kind as another one.
func sameKindIn(ev *evidence, clause int, of *figure) bool {
	return slices.ContainsFunc(ev.figures, func(f figure) bool {
		return f.clause == clause && f.content.Kind == of.content.Kind
	})
}

// firstFigure is the first figure between two commas, of the kind of a figure where one is given.
func firstFigure(ev *evidence, group int, of *figure) *figure {
	for i := range ev.figures {
		if f := &ev.figures[i]; ev.clauses[f.clause].group == group && f.content.Kind != content.Date && (of == nil || f.content.Kind == of.content.Kind) {
			return f
		}
	}
	return nil
}
