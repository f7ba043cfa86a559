package answers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// contradicts tells whether a clause says something else in the place of the question's i-th term: 省级 where 国家级 is asked
// for, or another company than the one asked about.
func (e *Engine) contradicts(q *question, ev *evidence, here int, f *figure, i int) bool {
	t := q.terms[i]
	if t.number && !q.wants.figure && otherNumber(q, ev, here, t) {
		return true
	}
	opposites := q.oppositesOf(e, i)
	otherOrganisation := t.organisation && ev.words().organisations[here]
	if len(opposites) == 0 && !otherOrganisation {
		return false
	}
	text := ev.detail().clauses[here].said
	if f != nil && len(f.shared) > 0 { // with 分别 the figure's words stand in another clause
		tail := ev.clauses[ev.clauseAt(f.shared[0].start)]
		text += ev.text[tail.start:tail.end]
	}
	if strings.Contains(text, t.text) ||
		slices.ContainsFunc(t.variants, func(v variant) bool { return v.grade >= sameMeaning && strings.Contains(text, v.text) }) {
		return false
	}
	if len(t.parts) > 0 && !slices.ContainsFunc(t.parts, func(part *term) bool { return !strings.Contains(text, part.text) }) {
		return false // 专利授权量 is spoken of in 专利申请量、授权量
	}
	around := text
	if t.class == attribute && f != nil {
		around = ev.text[ev.groupStart(ev.clauses[here].group):ev.clauses[here].end] // 新增 stands before the first item
	}
	return otherOrganisation || slices.ContainsFunc(opposites, func(other string) bool { return strings.Contains(around, other) })
}

// otherNumber tells whether a clause gives another number in the place of one that the question states: 惠科12英寸线投产了没有.
func otherNumber(q *question, ev *evidence, here int, t *term) bool {
	if c := ev.clauses[here]; strings.Contains(ev.text[c.start:c.end], t.text) {
		return false
	}
	for _, stated := range q.figures {
		for i := range ev.figures {
			if f := &ev.figures[i]; f.clause == here && f.content.Unit == stated.Unit && f.content.Value != stated.Value && strings.HasPrefix(q.text[stated.Start:], t.text) {
				return true
			}
		}
	}
	return false
}

// oppositesOf are the words that say something else in the place of the i-th term. Those that the question holds itself are
// none: 国家级、省级名单 asks for both.
func (q *question) oppositesOf(e *Engine, i int) []string {
	if q.opposites == nil {
		q.opposites = make([][]string, len(q.terms))
		for i, t := range q.terms {
			for _, other := range e.vocabulary.exclusive[t.text] {
				if !strings.Contains(q.text, other) {
					q.opposites[i] = append(q.opposites[i], other)
				}
			}
		}
	}
	return q.opposites[i]
}

// memberNamed tells which of the things that one word names together (城乡) a term speaks of, itself or by a word that may
// stand for it; false when it speaks of none or the figure has no such word.
func (e *Engine) memberNamed(t *term, f *figure) (int, bool) {
	if f == nil || f.pair == nil {
		return 0, false
	}
	for member, names := range f.pair {
		for _, name := range names {
			speaks := func(text string) bool {
				rest, found := strings.CutPrefix(text, name)
				return found && (len(rest) <= longestKind || incomeBehind.MatchString(rest))
			}
			if speaks(t.text) || slices.ContainsFunc(e.vocabulary.synonyms.of(t.text), func(v variant) bool { return speaks(v.text) }) {
				return member, true
			}
		}
	}
	return 0, false
}

// incomeBehind finds what the income of those who live there is called: 农村居民人均可支配收入.
var incomeBehind = compile(`^(?:常住)?居民(?:家庭)?(?:年)?人均`)

// longestKind is how much longer, in bytes, than a thing's name a word may be that speaks of the thing: 农村居民, but not
// 城镇新增就业.
const longestKind = 6

// qualified tells whether a noun that the question does not hold stands right before a word, which so names a special kind
// of thing: 海洋生产总值.
func (ev *evidence) qualified(m match, places []match) bool {
	word := ev.wordBefore(m.start)
	return word != nil && foreign(*word, places) || otherThan.MatchString(ev.text[ev.clauses[m.clause].start:m.start])
}

// otherThan finds what a thing leaves out, right before its name: 非农产值.
var otherThan = compile(`非\p{Han}{1,2}$`)

// inLonger tells whether what stands at a place is the end of a longer word that may stand for the same term: of 集聚区 the
// 产业集聚区.
func (ev *evidence) inLonger(t *term, m match) bool {
	return slices.ContainsFunc(t.variants, func(v variant) bool {
		return v.grade >= sameMeaning && len(v.text) > m.end-m.start && strings.HasSuffix(ev.text[:m.end], v.text)
	})
}

// qualifies tells whether such a noun stands between a word and the figure, which so is the figure of another thing:
// 增加值比重为52.8%.
func (ev *evidence) qualifies(m match, places []match, f *figure) bool {
	between := ev.wordsIn(m.end, f.start)
	return len(between) > 0 && between[0].Start == m.end && foreign(between[0], places)
}

// denominator tells whether a word names what the figure is a share of, rather than what it is the figure of: the 能源消费总量
// of 煤炭占能源消费总量的56.2%.
func (ev *evidence) denominator(m match, f *figure) bool {
	if f.content.Kind != content.Percent || m.end > f.start {
		return false
	}
	c := ev.clauses[m.clause]
	if strings.HasPrefix(ev.text[m.end:], ratioBehind) {
		return true
	}
	before := ev.text[c.start:m.start]
	if strings.HasSuffix(before, shareOf) || strings.HasSuffix(strings.TrimSuffix(before, wholeOf), shareOf) {
		return true
	}
	if wholeBefore.MatchString(before) {
		return true
	}
	return shareBefore.MatchString(before) && shareBehind.MatchString(ev.text[m.end:f.start])
}

// ratioBehind stands behind the second of two things whose ratio is told: 研发经费与生产总值之比达1.8%.
const ratioBehind = "之比"

// wholeBefore finds 占 before the name of a whole of which only the end was looked for: 占地区生产总值31%.
var wholeBefore = compile(`占(?:地区|国内)$`)

// 占全市生产总值的比重提高到60%: what stands before and behind the name of the whole.
var (
	shareBefore = compile(`占(?:全\p{Han}|\p{Han}{2,3})$`)
	shareBehind = compile(`^的?(?:比重|比例|份额)`)
)

// 占 stands between a part and its whole, 全 before the name of many a whole (占全市).
const (
	shareOf = "占"
	wholeOf = "全"
)

// formerly tells whether a figure is what another one of its kind was before: the 270元 of 从270元提高到280元.
func (ev *evidence) formerly(f *figure) bool {
	c := ev.clauses[f.clause]
	first := f.clause
	for first > 0 && ev.clauses[first-1].group == c.group {
		first--
	}
	if !fromPattern.MatchString(ev.text[ev.clauses[first].start:f.start]) {
		return false
	}
	return slices.ContainsFunc(ev.figures, func(other figure) bool {
		return other.start >= f.end && ev.clauses[other.clause].group == c.group && other.content.Kind == f.content.Kind &&
			toPattern.MatchString(ev.text[f.end:other.start])
	})
}

var (
	fromPattern = compile(`[从由][^0-9,]{0,12}(?:[0-9]{4}(?:年[底末]?的?|的))?(?:[0-9.]+[^0-9]*[、和])?[^0-9,]{0,2}$`)
	toPattern   = compile(`(?:到|至|为)(?:[0-9]{4}年[底末]?的?)?(?:[0-9.]+[^0-9]*[、和])?[^0-9,]{0,2}$`)
)

// isLevel tells whether a figure is told as what was reached, rather than as a change: 达290天, 增加值比重为52.8%; but 增速为8%.
func (ev *evidence) isLevel(f *figure) bool {
	start := ev.clauses[f.clause].start
	if raisedTo.MatchString(ev.text[start:f.start]) && !rateBefore.MatchString(ev.text[start:f.start]) {
		return true
	}
	if !slices.ContainsFunc(levelWords(), func(word string) bool { return strings.HasSuffix(ev.text[start:f.start], word) }) {
		return false
	}
	return !slices.ContainsFunc(ev.wordsIn(start, f.start), func(t retrieval.Token) bool {
		roles := generalVocabulary().roles[t.Text]
		return slices.Contains(roles, "change") || slices.Contains(roles, "percent") && strings.ContainsAny(t.Text, "增升涨降减跌")
	})
}

// raisedTo finds what was raised or lowered to a level: 提高到, 降至.
var raisedTo = compile(`[高升降增少大小加长短](?:到|至)[^0-9]{0,6}(?:[0-9.]+[^0-9,;]{0,5}[、和])*$`)

// isChange tells whether a word of change stands before a figure in its clause.
func (ev *evidence) isChange(f *figure) bool {
	start := ev.clauses[f.clause].start
	return slices.ContainsFunc(ev.wordsIn(start, f.start), func(t retrieval.Token) bool {
		return slices.Contains(generalVocabulary().roles[t.Text], "change")
	})
}

// isMilestone tells whether a figure only is a mark that was passed: 连续突破200亿元、300亿元大关, or the 50% of 首次突破50%,达51.3%.
func (ev *evidence) isMilestone(f *figure) bool {
	if f.content.Bound == content.Over && slices.ContainsFunc(ev.figures, func(other figure) bool {
		return other.clause == f.clause+1 && other.content.Kind == f.content.Kind && reachedBefore.MatchString(ev.text[ev.clauses[other.clause].start:other.start])
	}) {
		return true
	}
	behind := ev.text[f.end:min(f.end+milestoneReach, len(ev.text))]
	if mark := strings.IndexAny(behind, ",;"); mark >= 0 {
		behind = behind[:mark]
	}
	return slices.ContainsFunc(milestones(), func(word string) bool { return strings.Contains(behind, word) })
}

// reachedBefore finds what stands right before the figure that was reached, in a clause that says no more.
var reachedBefore = compile(`^(?:实际)?(?:达到?了?|为)$`)

// milestoneReach is how far, in bytes, such a word may stand behind its figure, with another figure in between.
const milestoneReach = 24

// milestones are the words behind such a figure.
var milestones = wordsOf(tellsMilestone)

// levelWords stand right before a figure that tells what was reached.
var levelWords = wordsOf(tellsLevel)

// bare tells whether no other noun of the question stands right before a term.
func (q *question) bare(i int) bool {
	return i == 0 || q.terms[i-1].end < q.terms[i].start || q.terms[i-1].own || q.terms[i-1].class < noun
}

// measuredBy tells whether a word of a role names the very measure that is asked for: 里程 where 多长 is asked. There are many
// shares of a thing, and so no such word among those for shares.
func (w want) measuredBy(r role) bool {
	return slices.ContainsFunc(kindRoles[r], func(kind content.Kind) bool {
		return kind != content.Percent && kind != content.PercentagePoint && slices.Contains(w.kinds, kind)
	})
}

// onlyQualifies tells whether every noun of the question that stands in a clause before the figure only qualifies a noun
// that names another measure, which the question does not hold: the GDP of GDP比重.
func (q *question) onlyQualifies(ev *evidence, here int, f *figure, places []match) bool {
	nouns := 0
	for i, t := range q.terms {
		place := places[i]
		if !t.isThing() || place.end == 0 || place.clause != here {
			continue
		}
		nouns++
		if t.organisation || t.place || place.end > f.start {
			return false
		}
		if !slices.ContainsFunc(ev.wordsIn(place.end, f.start), func(next retrieval.Token) bool {
			return next.Start == place.end && foreign(next, places) && !(q.asksChange && rateBefore.MatchString(next.Text)) && // 涨幅 is what 涨了多少 asks for
				slices.ContainsFunc(generalVocabulary().roles[next.Text], func(r role) bool { return kindRoles[r] != nil && !q.wants.measuredBy(r) })
		}) {
			return false
		}
	}
	return nouns > 0
}

// hasOtherSubject tells whether a clause has a noun before the figure that the question does not hold.
func (ev *evidence) hasOtherSubject(here int, f *figure, places []match) bool {
	return slices.ContainsFunc(ev.wordsIn(ev.clauses[here].start, f.start), func(t retrieval.Token) bool {
		return foreign(t, places) &&
			!slices.Contains(generalVocabulary().roles[t.Text], "hint-count") // 总数达 takes its subject over
	})
}

// foreign tells whether a token is a noun that no word of the question was found at.
func foreign(t retrieval.Token, places []match) bool {
	if t.Tag == "" || !strings.ContainsRune("nbjz", rune(t.Tag[0])) && t.Tag != "vn" || t.Tag == "nt" || utf8.RuneCountInString(t.Text) < 2 {
		return false
	}
	return !slices.ContainsFunc(places, func(p match) bool { return p.end > 0 && p.start < t.End && t.Start < p.end })
}

// peerOf tells whether a clause singles out one of several things that stand side by side, and not the one asked about:
// of 家电、船舶2个基地…,其中,家电连续三年获评五星级 the last clause says nothing of 船舶.
func peerOf(ev *evidence, here int, place match) bool {
	if place.clause < 0 || place.clause == here {
		return false
	}
	items := ev.detail().clauses[place.clause].items
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
