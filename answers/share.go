package answers

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/content/lexicon"
)

// # Which figure is whose
//
// Reports tell of several things in one breath, and only the order says which figure belongs to which:
//
//	1家工业园区、6家工厂、9款产品分别入选国家绿色工业园区、绿色工厂和绿色设计产品公示名单
//	货物、集装箱吞吐量达到6.3亿吨、2371万标箱,分别居全球第4位、第6位
//	城乡居民收入分别达31063元、15093元,增长8.1%、9%
//
// Where figures stand side by side, by 分别 or with nothing but a joint between them, they are shared out among the items of
// the list before or behind them, in turn: as many figures as items, or a multiple (甲、乙分别从202元、270元提高到209元、280元).
// The list may also be the one of the words between the two commas before, told figure by figure, or one word that names
// several things at once (城乡). What words other than the item's own then say of its figure, sharedNearness weighs.

// share shares the figures of a sentence out among the things that it puts side by side.
func (ev *evidence) share() {
	if !ev.standTogether() {
		return
	}
	var before []figureRange // the list before, which 分别 may take up: 货物、集装箱吞吐量达到6.3亿吨、2371万标箱,分别居第4位、第6位
	var told []figureRange   // what stands between commas with one figure each: 收入22368元,纯收入9249元,分别增长9.3%、8.7%
	var pair [][]string      // and the word for several things: 城乡居民收入分别达31063元、15093元,增长8.1%、9%
	for group := range ev.lastListed() + 1 {
		figures, items := ev.listOf(group)
		if len(figures) == 0 {
			if own := pairIn(ev.groupText(group)); own != nil {
				pair = own // 提高城乡低保标准,月人均分别提高15元和12元
			}
		}
		if len(items) == 1 {
			if own := pairIn(ev.text[items[0].start:items[0].end]); own != nil {
				pair = own
			}
			switch {
			case ev.assignPair(figures, pair):
				continue
			case !ev.ofOneKind(figures):
				// 投资增长19%、全省第一 tells two things of one.
			case len(figures) == len(before):
				items = before
			case len(figures) <= len(told):
				items = told[len(told)-len(figures):]
			}
		}
		ev.assign(figures, items)
		if len(items) < 2 {
			items = ev.itemsOf(group)
		}
		before = items
		switch len(ev.groupFigures(group)) {
		case 0: // 收入22368元,如期实现目标,分别…
		case 1:
			told = append(told, figureRange{start: items[0].start, end: items[len(items)-1].end})
		default:
			told = nil
		}
	}
}

// sharesName tells whether a figure is that of a name of which the list gives the beginning for its own thing, and the rest only once,
// for all of them: the 7% of 城镇、农村居民收入分别增长7%和10% is that of 城镇居民收入.
func (ev *evidence) sharesName(f *figure, name string) bool {
	if len(f.shared) == 0 {
		return false
	}
	own, last := f.shared[0], f.shared[0]
	for i := range ev.figures {
		if other := &ev.figures[i]; len(other.shared) > 0 && ev.clauses[other.clause].group == ev.clauses[f.clause].group && other.shared[0].start > last.start {
			last = other.shared[0]
		}
	}
	if last == own {
		return false
	}
	for at := range name {
		if at >= len("城乡") && strings.HasSuffix(ev.text[own.start:own.end], name[:at]) && strings.Contains(ev.text[last.start:last.end], name[at:]) {
			return true
		}
	}
	return false
}

// lastListed is the last group between two commas whose figures go with a list, -1 without one. What stands behind it is not
// shared out: of most sentences that is all there is.
func (ev *evidence) lastListed() int {
	for group := ev.clauses[len(ev.clauses)-1].group; group >= 0; group-- {
		if figures, _ := ev.listOf(group); len(figures) > 0 {
			return group
		}
	}
	return -1
}

// standTogether tells whether two figures stand between the same two commas: only then is there anything to share out.
func (ev *evidence) standTogether() bool {
	group := -1
	for i := range ev.figures {
		if ev.figures[i].content.Kind == content.Date {
			continue
		}
		own := ev.clauses[ev.figures[i].clause].group
		if own == group {
			return true
		}
		group = own
	}
	return false
}

// ofOneKind tells whether figures are all of the same kind.
func (ev *evidence) ofOneKind(figures []int) bool {
	return !slices.ContainsFunc(figures, func(i int) bool {
		return ev.figures[i].content.Kind != ev.figures[figures[0]].content.Kind
	})
}

// itemsOf are the things that stand side by side between two commas.
func (ev *evidence) itemsOf(group int) []figureRange {
	var items []figureRange
	for _, c := range ev.clauses {
		if c.group == group && !c.remark {
			items = append(items, figureRange{start: c.start, end: c.end})
		}
	}
	if len(items) == 1 {
		return listItems(ev.text, items[0].start, items[0].end, listWords().joints...)
	}
	if len(items) > 0 {
		items[0].first, items[len(items)-1].last = true, true
	}
	return items
}

// assignPair gives figures the things that one word names together (lexicon/lists.txt) in turn, when they come out even, and what
// goes with one of the things is of the same kind as what goes with the other: not of 进出口总额1600亿元、增长7%.
func (ev *evidence) assignPair(figures []int, things [][]string) bool {
	if len(things) == 0 || len(figures)%len(things) != 0 {
		return false
	}
	for turn := range slices.Chunk(figures, len(things)) {
		if !ev.ofOneKind(turn) {
			return false
		}
	}
	for k, i := range figures {
		ev.figures[i].pair, ev.figures[i].member = things, k%len(things)
	}
	return true
}

// pairIn finds the first word that names several things in a text, and gives the things; nil without one.
func pairIn(text string) [][]string {
	first := len(text)
	var things [][]string
	for word, its := range listWords().pairs {
		if at := strings.Index(text, word); at >= 0 && at < first {
			first, things = at, its
		}
	}
	return things
}

// sharedWith are the items of the list that a figure is shared out from, its own among them; nil without one.
func (ev *evidence) sharedWith(f *figure) []figureRange {
	if len(f.shared) == 0 {
		return nil
	}
	var items []figureRange
	for i := range ev.figures {
		if other := &ev.figures[i]; ev.clauses[other.clause].group == ev.clauses[f.clause].group {
			items = append(items, other.shared...)
		}
	}
	return items
}

// listLexicon is what lexicon/lists.txt holds.
type listLexicon struct {
	joints, apart, bounds []string
	pairs                 map[string][][]string // things, each with its names
	ends                  []pairEnd             // of their words
}

// pairEnd is the name of a thing at the end of a word that names several, and what stands before it there.
type pairEnd struct{ before, name string }

var listWords = sync.OnceValue(func() *listLexicon {
	words := &listLexicon{pairs: make(map[string][][]string)}
	for entry := range lexicon.Entries("lists.txt") {
		switch role, rest := entry[0], entry[1:]; role {
		case "joint":
			words.joints = rest
		case "apart":
			words.apart = rest
		case "bound":
			words.bounds = rest
		case "pair":
			for _, names := range rest[1:] {
				words.pairs[rest[0]] = append(words.pairs[rest[0]], strings.Split(names, "/"))
			}
		}
	}
	for word, things := range words.pairs {
		for _, name := range slices.Concat(things...) {
			if before, ok := strings.CutSuffix(word, name); ok {
				words.ends = append(words.ends, pairEnd{before, name})
			}
		}
	}
	return words
})

// listOf finds, between two commas, the figures that go with a list, by 分别 or by nothing but their order, and the list's
// items.
func (ev *evidence) listOf(group int) (figures []int, items []figureRange) {
	figures = ev.groupFigures(group)
	if len(figures) < 2 {
		return nil, nil
	}
	first, last := ev.figures[figures[0]], ev.figures[figures[len(figures)-1]]
	for _, c := range ev.clauses {
		if c.group != group {
			continue
		}
		for _, word := range listWords().apart {
			at := strings.Index(ev.text[c.start:c.end], word)
			if at < 0 {
				continue
			}
			at += c.start
			before := slices.DeleteFunc(slices.Clone(figures), func(i int) bool { return ev.figures[i].end > at })
			start := ev.groupStart(group)
			if from := strings.LastIndexAny(ev.text[start:first.start], "从由"); from >= 0 && len(before) > 1 && len(figures) == 2*len(before) {
				// 面积和产量从2%和3%分别提高到4%和5%
				return figures, listItems(ev.text, start, start+from, listWords().joints...)
			}
			if len(before) > 1 {
				return before, listItems(ev.text, at+len(word), ev.clauses[ev.clauseAt(last.start)].end, listWords().joints...)
			}
			return figures[len(before):], listItems(ev.text, start, at, listWords().joints...)
		}
	}
	for k, i := range figures[1:] {
		if !joins(ev.text[ev.figures[figures[k]].end:ev.figures[i].start]) {
			return nil, nil
		}
	}
	return figures, listItems(ev.text, ev.clauses[first.clause].start, first.start, listWords().joints...)
}

// groupStart is where the words between two commas begin.
func (ev *evidence) groupStart(group int) int {
	first := slices.IndexFunc(ev.clauses, func(c clause) bool { return c.group == group })
	return ev.clauses[first].start
}

// groupText is what stands between two commas.
func (ev *evidence) groupText(group int) string {
	end := ev.groupStart(group)
	for _, c := range ev.clauses {
		if c.group == group {
			end = max(end, c.end)
		}
	}
	return ev.text[ev.groupStart(group):end]
}

// groupFigures are the indexes of the figures between two commas, dates left out.
func (ev *evidence) groupFigures(group int) []int {
	var figures []int
	for i, f := range ev.figures {
		if ev.clauses[f.clause].group == group && f.content.Kind != content.Date && !f.fact {
			figures = append(figures, i)
		}
	}
	return figures
}

// assign gives figures the items of a list in turn, when they come out even.
func (ev *evidence) assign(figures []int, items []figureRange) {
	if len(items) < 2 || len(figures)%len(items) != 0 {
		return
	}
	for k, i := range figures {
		ev.figures[i].shared = append(ev.figures[i].shared, items[k%len(items)])
	}
}

// joins tells whether a text between two figures only joins them: 、, 左右和, 和每年.
func joins(text string) bool {
	for _, bound := range listWords().bounds {
		text = strings.TrimPrefix(text, bound)
	}
	return len(text) <= longestJoint && slices.ContainsFunc(listWords().joints, func(joint string) bool { return strings.HasPrefix(text, joint) })
}

// longestJoint is how long, in bytes, what joins two figures may be: 和每年.
const longestJoint = 9

// levels finds the levels of government side by side in front of one thing: 12件省、市人大代表建议.
var levels = compile(`[件个项名家位条](?:国家|省|市)[、和][省市县区]$`)

// listItems cuts a list at its separators.
func listItems(text string, start, end int, separators ...string) []figureRange {
	var items []figureRange
	from := start
	for at := start; at < end; {
		if !utf8.RuneStart(text[at]) {
			at++
			continue
		}
		size := 0
		for _, separator := range separators {
			if strings.HasPrefix(text[at:end], separator) {
				size = len(separator)
			}
		}
		if size == 0 || levels.MatchString(text[from:min(at+size+len("市"), end)]) {
			at += max(size, 1)
			continue
		}
		items = append(items, figureRange{start: from, end: at})
		at += size
		from = at
	}
	items = append(items, figureRange{start: from, end: end})
	items[0].first, items[len(items)-1].last = true, true
	return items
}
