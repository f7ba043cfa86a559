package answers

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/retrieval"
)

// # Two things side by side
//
// 绿色工厂和绿色设计产品,哪个入选得多 asks two questions at once. It is taken apart at a word that joins (和, 跟, 与, 、): the
// first question is the text without what stands right of it, the second the text without what stands left of it, each up to
// the next mark or interrogative. A joining word may also be part of a name (软件和信息技术服务业); so every one is tried, and
// that reading wins in which both questions are answered, by different figures, with the best score.
var joining = []string{"、", "和", "与", "跟", "及其", "及", "以及", "还是", "比", "同"}

// perTerm is what every term of a reading adds to its score: of two readings the one that keeps more of the question wins.
const perTerm = 0.02

// pair answers a question about two or more things; false when it is none, or has no reading as one.
func (e *Engine) pair(ctx context.Context, q *question) (result, bool, error) {
	first, second := q.countsTogether()
	says := q.has[asksEach] || q.has[asksBoth] || second > 0 || q.wants.figure && q.joinsMeasures()
	if !says && !e.joinsThings(q) || q.mostlyUnknown() {
		return result{}, false, nil
	}
	answered := make(map[string]*anchor) // by the text of a part, which several readings may share; nil for none
	fails := func(text string) bool {
		top, known := answered[text]
		return known && top == nil
	}
	var chosen []*anchor
	bestScore := 0.0
	readings := q.readings()
	if second > 0 {
		one, other := q.spans[first], q.spans[second]
		readings = [][]string{{q.text[:one.end] + q.text[other.end:], q.text[:one.start] + q.text[other.start:]}}
	}
	for _, reading := range readings {
		for _, text := range reading {
			if slices.ContainsFunc(reading, fails) {
				break // whatever the others say
			}
			if _, known := answered[text]; known {
				continue
			}
			if *q.unread -= utf8.RuneCountInString(text); *q.unread < 0 {
				return e.pairOf(q, chosen)
			}
			top, err := e.part(ctx, q, text)
			if err != nil {
				return result{}, false, err
			}
			if top != nil && !says && top.score < plainlyBoth {
				top = nil
			}
			answered[text] = top
		}
		if slices.ContainsFunc(reading, fails) {
			continue
		}
		var anchors []*anchor
		score := 0.0
		for _, text := range reading {
			top := answered[text]
			anchors = append(anchors, top)
			score += top.score + perTerm*float64(len(top.question.terms))
		}
		if together(anchors) {
			score += inOneSentence * float64(len(anchors))
		}
		if len(anchors) > 1 && distinct(anchors) && score/float64(len(anchors)) > bestScore {
			chosen, bestScore = anchors, score/float64(len(anchors))
		}
		if chosen != nil && (len(anchors) > 2 || bestScore >= plainly) {
			break // things counted up one by one need no other reading, nor what is answered beyond doubt
		}
	}
	return e.pairOf(q, chosen)
}

// countsTogether finds two interrogatives that count the same in two units, side by side: 还有几户、多少口人没脱贫; 0, 0 without.
func (q *question) countsTogether() (first, second int) {
	counts := func(s roleSpan) bool { return s.number && s.unit != "" }
	last := -1
	for i, s := range q.spans {
		if !counts(s) {
			continue
		}
		if last >= 0 && q.spans[last].unit != s.unit && slices.Contains(betweenCounts, q.text[q.spans[last].end:s.start]) {
			return last, i
		}
		last = i
	}
	return 0, 0
}

// saysBefore tells whether a word stands before a place that says what is asked about.
func (q *question) saysBefore(at int) bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool { return t.class > attribute && !t.own && t.end <= at })
}

// betweenCounts are what may stand between them.
var betweenCounts = []string{"", "、", ",", "和", "共", "、共", ",共"}

// mostlyUnknown tells whether the report knows less than half of the nouns of a question, so that there is no use in taking it apart.
// A question over many reports is put to some that do not speak of it.
func (q *question) mostlyUnknown() bool {
	things, known := 0, 0
	for _, t := range q.terms {
		if t.isThing() {
			things++
			if t.known() {
				known++
			}
		}
	}
	return known*2 < things
}

// pairOf answers with the figures of the reading that was chosen; false without one.
func (e *Engine) pairOf(q *question, chosen []*anchor) (result, bool, error) {
	if chosen == nil {
		return result{}, false, nil
	}
	if q.only != "" {
		slices.SortFunc(chosen, func(a, b *anchor) int { return cmp.Compare(a.figure.content.Value, b.figure.content.Value) })
		one := chosen[:1]
		if strings.Contains("大多高快长", q.only) {
			one = chosen[len(chosen)-1:]
		}
		chosen = one
	}
	return result{kind: Found, passages: e.joined(chosen)}, true, nil
}

// plainlyBoth is the score that every part must reach where no word says that two things are asked about: 数字经济园区和大数据
// 平台新增了多少. The 和 of 软件和信息技术服务业 only looks as if there were two.
const plainlyBoth = 1.0

// inOneSentence is what each part of a reading gains when one sentence answers them all: it most likely tells of the one thing
// that is asked about.
const inOneSentence = 0.15

// together tells whether anchors stand in one sentence.
func together(anchors []*anchor) bool {
	return len(anchors) > 1 && !slices.ContainsFunc(anchors, func(a *anchor) bool { return a.evidence != anchors[0].evidence })
}

// plainly is the mean score of a reading that leaves no doubt.
const plainly = 1.2

// joinsThings tells whether a question for a number has two nouns joined in front of the interrogative.
func (e *Engine) joinsThings(q *question) bool {
	if !q.wants.figure {
		return false
	}
	if q.wants.fragment || !q.has[asksNumber] {
		return false
	}
	for i := 1; i < len(q.terms); i++ {
		left, right := q.terms[i-1], q.terms[i]
		if comparedBehind.MatchString(q.text[right.start:]) || left.class < noun && right.class < noun || (left.verbal || right.verbal) && e.joinsSo(left.text, right.text) {
			continue // 新建、改扩建幼儿园 is one thing where the report has it so
		}
		if left.class >= noun && right.class > attribute && slices.Contains(listWords().joints, q.text[left.end:right.start]) {
			return true
		}
	}
	return false
}

// joinsSo tells whether the report joins two words, by whatever joint.
func (e *Engine) joinsSo(left, right string) bool {
	return slices.ContainsFunc(listWords().joints, func(joint string) bool { return e.holds(left + joint + right) })
}

// joinsMeasures tells whether a fragment ends with two words for what is to be told of a thing: 新能源车 产量和增幅.
func (q *question) joinsMeasures() bool {
	if len(q.spans) == 0 {
		return false
	}
	last := q.spans[len(q.spans)-1]
	for i := len(q.spans) - 2; i >= 0 && (last.is(isEmpty) || last.is(isVague)) && !last.is("hint-count"); i-- {
		last = q.spans[i]
	}
	if !last.measures(q.text) || last.end < len(strings.TrimRight(q.text, " ?。呢")) {
		return false
	}
	for _, word := range listWords().joints {
		at := strings.LastIndex(q.text[:last.start], word)
		if at <= 0 || !q.joinsAt(at, word) || strings.ContainsAny(q.text[at:last.start], ",?; ") {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(q.text[:at])
		if strings.ContainsRune(measureEnds, before) || slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.end == at && s.measures(q.text) }) {
			return true
		}
	}
	return false
}

// measureEnds are characters that words for measures end with: 集聚度, 入住率.
const measureEnds = "度率量额数值速幅"

// part answers one of the questions that a question is taken apart into with a figure; nil without an answer. The parts are
// weighed in the question's room, one after the other.
func (e *Engine) part(ctx context.Context, q *question, text string) (*anchor, error) {
	part := e.interpret(text)
	part.slab = q.slab
	part.slab.presences.forget()
	part.slab.sharePlaces(part.terms)
	part.wants.figure = true
	delete(part.has, asksWho) // 谁的投资大 asks for no name
	delete(part.has, asksNames)
	if len(part.wants.kinds) == 0 && !part.hinted() {
		part.wants = q.wants
		part.wants.figure = true
	}
	candidates, err := e.candidates(ctx, part, mostOfPart)
	if err != nil {
		return nil, err
	}
	top, note := e.choose(part, e.anchors(part, candidates))
	if note != "" || top.figure == nil {
		return nil, nil
	}
	top.question = part
	return top, nil
}

// mostOfPart is how many sentences are looked at for a part: a part is short, and its sentence among the first.
const mostOfPart = 12

// readings are the ways to take a question apart into one question for each thing.
func (q *question) readings() [][]string {
	var readings [][]string
	if items := q.enumeration(); len(items) > 2 && len(items) <= mostItems {
		var reading []string
		start, end := items[0].start, items[len(items)-1].end
		for _, item := range items {
			reading = append(reading, q.text[:start]+q.text[item.start:item.end]+q.text[end:])
		}
		readings = append(readings, reading)
	}
	for at := range q.text {
		for _, word := range joining {
			if !strings.HasPrefix(q.text[at:], word) || at == 0 || at+len(word) >= len(q.text) || !q.joinsAt(at, word) {
				continue
			}
			left, right := q.leftOf(at), q.rightOf(at+len(word))
			if left >= at || right <= at+len(word) {
				continue
			}
			rest := q.text[:left] + " " + q.text[right:]
			first := q.text[left:at]
			second := q.text[at+len(word) : right]
			apart := first + " " + rest
			if left == 0 {
				apart = first + q.text[right:] // which has been read, but for the spaces
			}
			// Both share what stands around them; the second may also lean on the first's own words (增速和全国比).
			readings = append(readings,
				[]string{q.text[:left] + first + q.text[right:], q.text[:left] + second + q.text[right:]},
				[]string{apart, q.text})
			head := q.headOf(left, at)
			if last := q.lastAlike(left, at, right); last >= 0 && last <= head {
				continue // 甲增速和乙增速: neither leans on the other
			}
			if owner := strings.LastIndex(q.text[left:head], ownedBy); owner > 0 && head < at {
				// 集聚区的产业集聚度和营收增速: both are those of the 集聚区, and the second is of no 产业.
				shared := q.text[:left+owner+len(ownedBy)]
				readings = append(readings, []string{q.text[:at] + q.text[right:], shared + second + q.text[right:]})
			}
			if head < at {
				// 汽车产量及其增速: both are those of the 汽车.
				readings = append(readings, []string{q.text[:at] + q.text[right:], q.text[:head] + second + q.text[right:]})
			}
			if tail := q.tailOf(at+len(word), right); tail < right {
				// 国家级和省级单项冠军: both are 单项冠军.
				readings = append(readings, []string{q.text[:at] + q.text[tail:], q.text[:left] + second + q.text[right:]})
			}
		}
	}
	for i := 1; i < len(q.terms); i++ {
		if left, right := q.terms[i-1], q.terms[i]; left.strict && right.strict && strings.Trim(q.text[left.end:right.start], "的 ") == "" {
			readings = append(readings, []string{q.text[:left.end] + q.text[right.end:], q.text[:left.start] + q.text[right.start:]}) // 国家级省级各几家
		}
	}
	return readings[:min(len(readings), mostReadings)]
}

// ownedBy stands between a thing and what is told of it.
const ownedBy = "的"

// mostItems bounds how many things are asked about at once.
const mostItems = 8

// mostReadings bounds how many readings are tried; a question that joins more things than that is no comparison.
const mostReadings = 16

// mostRead bounds how much is read of all the readings of a message, in runes: a fifth more than any question in
// good faith has come to.
const mostRead = 400

// tailOf is where the second word begins behind a place, or end.
func (q *question) tailOf(start, end int) int {
	for _, token := range q.tokens {
		if token.Start > start && token.Start < end {
			return token.Start
		}
	}
	return end
}

// lastAlike is where the last word of a stretch begins, if another one up to last ends with the same word; otherwise -1.
func (q *question) lastAlike(start, end, last int) int {
	lastWord := func(end int) retrieval.Token {
		for i := len(q.tokens) - 1; i >= 0; i-- {
			if token := q.tokens[i]; token.End <= end {
				return token
			}
		}
		return retrieval.Token{}
	}
	word := lastWord(end)
	if word.Text == "" || word.Start < start || word.Text != lastWord(last).Text {
		return -1
	}
	return word.Start
}

// joinsAt tells whether a joining word stands at a place as a word of its own: not in 同比.
func (q *question) joinsAt(at int, word string) bool {
	if comparedBehind.MatchString(q.text[at+len(word):]) {
		return false // 与上年同期相比
	}
	i := q.tokenAt(at)
	return i < 0 || q.tokens[i].End <= at+len(word)
}

// comparedBehind finds what is compared with, behind a word that joins as well.
var comparedBehind = compile(`^(?:上一?年|去年|前年|前一年|同期)[^,?]{0,4}(?:相?比|比较)`)

// dropComparedYears takes the 相比 of 与上年同期相比 for no question about two things.
func (q *question) dropComparedYears() {
	for i := range q.spans {
		s := &q.spans[i]
		if !s.is(asksBoth) {
			continue
		}
		for _, joint := range joining {
			at := strings.LastIndex(q.text[:s.start], joint)
			if at < 0 || at+len(joint)+len(comparedBehind.FindString(q.text[at+len(joint):])) < s.end {
				continue
			}
			s.roles = slices.DeleteFunc(slices.Clone(s.roles), func(r role) bool { return r == asksBoth })
			q.has[asksBoth] = slices.ContainsFunc(q.spans, func(other roleSpan) bool { return other.is(asksBoth) })
			break
		}
	}
}

// headOf is where the last word of a stretch begins that says something, with another such word before it; end without.
func (q *question) headOf(start, end int) int {
	words := 0
	head := end
	for _, t := range q.terms {
		if t.start >= start && t.end <= end {
			words++
			head = t.start
		}
	}
	for _, s := range q.spans {
		if s.start > head && s.end <= end && kindOf(s) {
			words++
			head = s.start // 增幅
		}
	}
	if words < 2 {
		return end
	}
	return head
}

// leftOf is where the thing left of a joining word begins: behind the mark or the interrogative before it.
func (q *question) leftOf(at int) int {
	left := 0
	if mark := strings.LastIndexAny(q.text[:at], ",?;:。、 "); mark >= 0 {
		left = mark + 1
		for left < at && q.text[left]&0xC0 == 0x80 {
			left++
		}
	}
	for _, span := range q.spans {
		if span.end <= at && span.end > left && (span.number || span.is(asksEach) || span.is(asksBoth)) {
			left = span.end
		}
	}
	return left
}

// rightOf is where the thing right of a joining word ends: before the next mark or interrogative.
func (q *question) rightOf(at int) int {
	right := len(q.text)
	if mark := strings.IndexAny(q.text[at:], ",?;:。、 "); mark >= 0 {
		right = at + mark
	}
	for _, span := range q.spans {
		if span.start >= at && span.start < right && (span.number || span.is(asksEach) || span.is(asksBoth) || span.is(asksWho) || pointsBack(q.text[span.start:span.end])) {
			right = span.start
		}
	}
	return right
}

// pointsBack tells whether a word takes up the things named before it: 这两个大项目.
func pointsBack(word string) bool {
	return strings.HasPrefix(word, "这") || slices.Contains(bothOfThem, word)
}

// bothOfThem are the other words that take up two things named before.
var bothOfThem = []string{"两者", "二者", "两个", "两家"}

// oneEach answers a question for what is told of each of several things: 对甲区、乙市、丙县各有什么支持; false when it is none, or
// when not each of them is answered in a place of its own.
func (e *Engine) oneEach(ctx context.Context, q *question) (result, bool, error) {
	items := q.enumeration()
	if !q.has[asksEach] || q.wants.figure || len(items) < 2 || len(items) > mostItems {
		return result{}, false, nil
	}
	var passages []Passage
	for _, item := range items {
		text := q.text[:items[0].start] + q.text[item.start:item.end] + q.text[items[len(items)-1].end:]
		if *q.unread -= utf8.RuneCountInString(text); *q.unread < 0 {
			return result{}, false, nil
		}
		part := e.interpret(text)
		part.within = q.within
		found, _, err := e.single(ctx, part)
		if err != nil || found.kind != Found {
			return result{}, false, err
		}
		before := len(passages)
		if passages = e.addPassages(passages, found.passages); len(passages) == before {
			return result{}, false, nil
		}
	}
	all := slices.IndexFunc(passages, func(p Passage) bool {
		quote := retrieval.Normalise(p.Quote).Text
		return !slices.ContainsFunc(items, func(item figureRange) bool { return !strings.Contains(quote, q.text[item.start:item.end]) })
	})
	if all >= 0 {
		passages = passages[all : all+1] // one place tells of each of them
	}
	slices.SortStableFunc(passages, func(a, b Passage) int { return cmp.Compare(a.Start, b.Start) })
	return result{kind: Found, passages: passages}, true, nil
}

// enumeration is the run of things joined by 、 in a question.
func (q *question) enumeration() []figureRange {
	first := strings.Index(q.text, "、")
	if first < 0 {
		return nil
	}
	start := q.leftOf(first)
	last := strings.LastIndex(q.text, "、")
	end := q.rightOf(last + len("、"))
	if strings.ContainsAny(q.text[start:last], ",?;") {
		return nil
	}
	return listItems(q.text, start, end, listWords().joints...)
}

func distinct(anchors []*anchor) bool {
	seen := make(map[*figure]bool)
	for _, a := range anchors {
		if seen[a.figure] {
			return false
		}
		seen[a.figure] = true
	}
	return true
}

// joined quotes several anchors; those that touch in one section are one passage, as neighbouring clauses do.
func (e *Engine) joined(anchors []*anchor) []Passage {
	var passages []Passage
	for _, a := range anchors {
		p := e.passage(a.question, a)
		passages = e.addPassage(passages, p, func(other Passage) bool {
			return e.touch(other, p)
		})
	}
	return passages
}

// touch tells whether two passages of a section overlap, or nothing but a mark stands between them.
func (e *Engine) touch(a, b Passage) bool {
	if a.Section.Label != b.Section.Label {
		return false
	}
	if a.Start > b.Start {
		a, b = b, a
	}
	return b.Start <= a.End || strings.Trim(e.report.Text[a.End:b.Start], ",，;；、") == ""
}

// merge widens a passage by another one of the same sentence.
func (e *Engine) merge(into *Passage, p Passage) {
	into.CutBefore = into.CutBefore && (p.CutBefore || into.Start < p.Start)
	into.CutAfter = into.CutAfter && (p.CutAfter || into.End > p.End)
	into.Start, into.End = min(into.Start, p.Start), max(into.End, p.End)
	into.Quote = e.report.Text[into.Start:into.End]
	for _, f := range p.Figures {
		known := func(other Figure) bool { return other.Start == f.Start }
		if !slices.ContainsFunc(into.Figures, known) {
			into.Figures = append(into.Figures, f)
		}
	}
}
