package answers

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/content/lexicon"
	"wenbao/retrieval"
)

// evidence is a sentence made ready for matching: in normalised form, with its clauses and figures at their places in it.
type evidence struct {
	sentence  *content.Sentence
	text      string
	original  retrieval.Normalised
	clauses   []clause
	figures   []figure
	heading   string    // the headings above it, normalised
	semicolon bool      // stands right behind it
	previous  *evidence // the sentence before it in its section
	topic     *evidence // the one that it goes into the parts of, nil for none
	horizon   horizon   // the time that it tells of
	looksBack bool      // at the year before, in a part that plans the next

	report      *wholeText // that it is a line of
	headingLine int        // of report

	analysed  sync.Once
	its       *words // once it is analysed, as most sentences never are
	read      sync.Once
	details   *detail // once it is read
	readNames sync.Once
	names     [][]string // by clause
}

// words are the words of a sentence.
type words struct {
	tokens []retrieval.Token
	inner  []bool // by byte of the text: inside of a word, so that no match may begin or end there
	// organisations tells of each clause whether it names a company or another organisation.
	organisations []bool
}

type clause struct {
	start, end int
	source     int  // index into the sentence's clauses, of which this is a part when it stands in brackets
	remark     bool // in brackets at the end of its source
	group      int  // clauses between the same two commas; the items of a list share one
}

type figure struct {
	content    *content.Figure
	index      int // in the sentence
	start, end int
	clause     int
	named      bool          // stands in a name: “四年5000亿”行动
	fact       bool          // no number, but a word that answers as one would: 首位
	year       int           // that stands right before it: 793 of 从1997年的793亿元; 0 without one
	shared     []figureRange // with 分别: the words that belong to one figure of several
	member     int           // of the pair, from 0
	pair       [][]string    // with 分别: what the word for several things stands for (城乡); nil without one
}

type figureRange struct {
	start, end  int
	first, last bool // of its list
}

// newEvidence makes sentences ready. The lines are their normalised forms, and behind them those of the headings that the
// parts count: the parts are of each sentence the place of its headings.
func newEvidence(report *content.Report, sentences []*content.Sentence, lines []retrieval.Normalised, parts []int) []*evidence {
	clauses, figures := 0, 0
	for _, sentence := range sentences {
		clauses, figures = clauses+len(sentence.Clauses), figures+len(sentence.Figures)
	}
	const remarks = 8 // about every eighth clause has one in brackets
	room := evidenceRoom{clauses: make([]clause, clauses+clauses/remarks), figures: make([]figure, figures)}
	block := make([]evidence, len(sentences))
	all := make([]*evidence, len(sentences))
	for i, sentence := range sentences {
		ev := &block[i]
		all[i] = ev
		*ev = evidence{sentence: sentence, text: lines[i].Text, original: lines[i], headingLine: len(sentences) + parts[i]}
		ev.heading = lines[ev.headingLine].Text
		if i > 0 && sentences[i-1].Section == sentence.Section {
			ev.previous = all[i-1]
		}
		ev.prepare(report, &room)
	}
	return all
}

// evidenceRoom is room for the parts of a report's sentences, so that they need not be allocated one by one. What it is too
// small for goes elsewhere.
type evidenceRoom struct {
	clauses []clause
	figures []figure
}

// prepare finds the parts of a sentence.
func (ev *evidence) prepare(report *content.Report, room *evidenceRoom) {
	sentence := ev.sentence
	behind := report.Text[sentence.Span.End:]
	ev.semicolon = strings.HasPrefix(behind, ";") || strings.HasPrefix(behind, "；")
	ev.topic = ev.findTopic()
	place := func(span content.Span) (int, int) {
		return ev.normalisedOffset(span.Start - sentence.Span.Start), ev.normalisedOffset(span.End - sentence.Span.Start)
	}
	group := -1
	ev.clauses = room.clauses[:0]
	for i, c := range sentence.Clauses {
		start, end := place(c.Span)
		if i == 0 || !c.Item || !sentence.Clauses[i-1].Item || strings.ContainsAny(ev.text[ev.clauses[len(ev.clauses)-1].end:start], ",，") {
			group++
		}
		main, remarks := splitBrackets(ev.text, start, end)
		ev.clauses = append(ev.clauses, clause{start: main.start, end: main.end, source: i, group: group})
		for _, remark := range remarks {
			ev.clauses = append(ev.clauses, clause{start: remark.start, end: remark.end, source: i, group: group, remark: true})
		}
	}
	room.clauses = room.clauses[min(len(ev.clauses), len(room.clauses)):]
	ev.clauses = slices.Clip(ev.clauses)
	ev.figures, room.figures = room.figures[:0:len(sentence.Figures)], room.figures[len(sentence.Figures):]
	for i := range sentence.Figures {
		start, end := place(sentence.Figures[i].Span)
		f := figure{content: &sentence.Figures[i], start: start, end: end, clause: ev.clauseAt(start)}
		before := ev.text[ev.clauses[f.clause].start:start]
		f.year = yearBefore(before[max(0, len(before)-longestFigureYear):])
		if f.year == 0 && !sentence.Section.Plan && strings.Contains(before, "年") && lastYearBefore.MatchString(before) {
			f.year = report.Year - 1
		}
		ev.figures = append(ev.figures, f)
	}
	if len(ev.figures) > 1 {
		ev.share()
	}
}

// words cuts the sentence into words the first time that they are asked for: of a report that is asked one question, most
// sentences' never are.
func (ev *evidence) words() *words {
	ev.analysed.Do(func() {
		ev.its = &words{
			tokens: retrieval.Analyse(ev.text), inner: make([]bool, len(ev.text)+1), organisations: make([]bool, len(ev.clauses)),
		}
		for _, token := range ev.its.tokens {
			for at := token.Start + 1; at < token.End; at++ {
				ev.its.inner[at] = true
			}
			if token.Tag == "nt" {
				ev.its.organisations[ev.clauseAt(token.Start)] = true
			}
		}
	})
	return ev.its
}

// wordsIn are the words that lie in a stretch of the sentence.
func (ev *evidence) wordsIn(start, end int) []retrieval.Token {
	tokens := ev.words().tokens
	first := sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= start })
	tokens = tokens[first:]
	behind := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > end })
	return tokens[:behind]
}

// wordBefore is the word that ends at a place of the sentence; nil where none does.
func (ev *evidence) wordBefore(at int) *retrieval.Token {
	tokens := ev.words().tokens
	i := sort.Search(len(tokens), func(i int) bool { return tokens[i].End >= at })
	if i == len(tokens) || tokens[i].End != at {
		return nil
	}
	return &tokens[i]
}

// longestFigureYear is how much of the text before a figure, in bytes, figureYear looks at: 1997年底的 and two characters.
const longestFigureYear = len("1997年底的") + 2*utf8.UTFMax

// yearBefore is the year at the end of the text before a figure, 0 for none.
func yearBefore(text string) int {
	if !strings.Contains(text, "年") { // most
		return 0
	}
	match := figureYear.FindStringSubmatch(text)
	if match == nil {
		return 0
	}
	year, _ := strconv.Atoi(match[1])
	return year
}

// lastYearBefore finds the year before the report's own, right before a figure: 从上年的23%提高到54.8%.
var lastYearBefore = compile(`[从由](?:上年|上一年|去年)(?:底|末)?的?$`)

// figureYear finds the year right before a figure.
var figureYear = compile(`((?:19|20)[0-9]{2})年(?:底|末)?的?[^0-9,]{0,2}$`)

// splitBrackets takes the remarks in brackets at the end of a clause off it, each part between commas on its own: of
// 2个集群入选(全国共25个,全省2个) the 25个 are said of 全国 alone. A remark that is but a figure belongs to the words before
// it: 高于全国(6.1%).
func splitBrackets(text string, start, end int) (main figureRange, remarks []figureRange) {
	main = figureRange{start: start, end: end}
	inside := text[start:end]
	trimmed := strings.TrimRight(inside, "。!?！？")
	open := strings.LastIndex(trimmed, "(")
	if open <= 0 || !strings.HasSuffix(trimmed, ")") {
		return main, nil
	}
	remark := trimmed[open+1 : len(trimmed)-1]
	if utf8.RuneCountInString(remark) < shortestRemark || !strings.ContainsFunc(remark, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return main, nil
	}
	from := start + open + 1
	for _, part := range strings.Split(remark, ",") {
		remarks = append(remarks, figureRange{start: from, end: from + len(part)})
		from += len(part) + 1
	}
	return figureRange{start: start, end: start + open}, remarks
}

// remarkOn tells whether one clause is a remark in brackets on another.
func (ev *evidence) remarkOn(remark, main int) bool {
	return ev.clauses[remark].remark && !ev.clauses[main].remark && ev.clauses[main].source == ev.clauses[remark].source
}

// shortestRemark is the shortest remark in brackets, in runes, that says something of its own; (套) and (本市) do not.
const shortestRemark = 4

// factWords are the words that answer as a figure would (lexicon/facts.txt), by their kind.
var factWords = sync.OnceValue(func() []factWord {
	var words []factWord
	for entry := range lexicon.Entries("facts.txt") {
		for _, word := range entry[1:] {
			words = append(words, factWord{word, content.Kind(entry[0])})
		}
	}
	return words
})

type factWord struct {
	text string
	kind content.Kind
}

// addFacts puts the words that answer as a figure would beside the figures of the sentences.
func (e *Engine) addFacts() {
	for _, word := range factWords() {
		e.text.visit(word.text, func(sentence, start int) {
			ev := e.evidence[sentence]
			end := start + len(word.text)
			if slices.ContainsFunc(ev.figures, func(f figure) bool { return start < f.end && f.start < end }) {
				return // the 年底 of 2017年底
			}
			ev.figures = append(ev.figures, figure{
				content: &content.Figure{Span: content.Span{Start: start, End: end}, Kind: word.kind, Bound: content.Exact},
				start:   start, end: end, clause: ev.clauseAt(start), fact: true,
			})
			slices.SortFunc(ev.figures, func(a, b figure) int { return a.start - b.start })
		})
	}
	for _, ev := range e.evidence {
		for i := range ev.figures {
			ev.figures[i].index = i
		}
	}
}

// normalisedOffset maps an offset of the sentence's own text into the normalised one.
func (ev *evidence) normalisedOffset(offset int) int {
	return ev.original.Offset(offset)
}

// clauseAt is the clause that a place lies in, or the nearest one before it.
func (ev *evidence) clauseAt(at int) int {
	found := 0
	for i, c := range ev.clauses {
		if c.start <= at {
			found = i
		}
	}
	return found
}

// match is a place where a term stands.
type match struct {
	start, end int
	clause     int
	grade      float64
}

// graded is the match of a term at a place where one of its variants stands; false when it is none.
func (ev *evidence) graded(t *term, v *variant, start int) (match, bool) {
	end := start + len(v.text)
	grade := v.grade
	if t.number && insideNumber(ev.text, start, end) {
		return match{}, false
	}
	inner := ev.words().inner
	if inner[start] && inner[end] {
		grade *= 0.5 // across two words: most likely by chance
	}
	if insidePair(ev.text, start, end) {
		grade *= 0.5 // the 出口 of 进出口
	}
	if t.class == verb && (inner[start] || inner[end]) {
		grade *= 0.5 // the 增加 of 增加值
	}
	if utf8.RuneCountInString(v.text) == 1 && v.text != t.text && (inner[start] || inner[end]) {
		return match{}, false // 省 stands for 省级 as a word only
	}
	return match{start, end, ev.clauseAt(start), grade}, true
}

// insidePair tells whether a place begins within a word that names several things at once: the 出口 of 进出口, the 乡 of 城乡.
func insidePair(text string, start, end int) bool {
	return slices.ContainsFunc(listWords().ends, func(e pairEnd) bool {
		return strings.HasPrefix(text[start:end], e.name) && strings.HasSuffix(text[:start], e.before)
	})
}

// find returns where a term, or what may stand for it, stands in the sentence. Of matches at the same place the best
// grade counts.
func (ev *evidence) find(t *term) []match { return ev.placesOf(t).in(ev.sentence.Index) }

// placesOf are the places of a term in the report, looked up once.
func (ev *evidence) placesOf(t *term) *termPlaces {
	if t.places == nil || t.places.class != t.class {
		t.places = ev.report.placesOf(t)
	}
	return t.places
}

// insideNumber tells whether a number stands within a longer one: 18 in 10018个.
func insideNumber(text string, start, end int) bool {
	digit := func(at int) bool {
		return at >= 0 && at < len(text) && (text[at] >= '0' && text[at] <= '9' || text[at] == '.')
	}
	return digit(start-1) || digit(end)
}

// addMatch adds a match, in place of one that it overlaps when it is the better of the two: 上涨 rather than its 涨.
func addMatch(matches []match, m match) []match {
	at := slices.IndexFunc(matches, func(other match) bool { return other.start < m.end && m.start < other.end })
	switch {
	case at < 0:
		return append(matches, m)
	case m.grade > matches[at].grade:
		matches[at] = m
	}
	return matches
}

// inHeading grades how well the headings hold a term.
func (ev *evidence) inHeading(t *term) float64 { return ev.placesOf(t).inHeading(ev.headingLine) }

// bySidePattern opens a sentence that goes into the parts of what was told before it: 分季度看, 从产业看.
var bySidePattern = compile(`^[分从按][^,]{2,8}看,`)

// entryPattern opens an entry of a glossary, which goes on to the next one: 15.“千园建设”行动:….
var entryPattern = compile(`^(?:[0-9]{1,3}[.、]|\[[0-9]{1,3}\])[^:,;。]{2,30}:`)

// findTopic is the sentence whose parts a sentence tells of: the last one before it that goes into no parts itself. What is
// behind a semicolon still tells of the same.
func (ev *evidence) findTopic() *evidence {
	switch {
	case ev.previous == nil:
		return nil
	case ev.previous.open():
		return ev.previous.topic
	case entryPattern.MatchString(ev.text):
		return nil
	case entryPattern.MatchString(ev.previous.text):
		return ev.previous
	case ev.previous.topic != nil && entryPattern.MatchString(ev.previous.topic.text):
		return ev.previous.topic
	case !bySidePattern.MatchString(ev.text):
		return nil
	case ev.previous.topic != nil:
		return ev.previous.topic
	}
	first := ev.previous
	for first.previous != nil && first.previous.open() {
		first = first.previous
	}
	return first
}

// open tells whether a sentence ends at a semicolon, which may stand behind it or be its last character.
func (ev *evidence) open() bool { return ev.semicolon || strings.HasSuffix(ev.text, ";") }

// follows tells whether only semicolons stand between another sentence and this one behind it.
func (ev *evidence) follows(other *evidence) bool {
	for before := ev.previous; before != nil && before.open(); before = before.previous {
		if before == other {
			return true
		}
	}
	return false
}

// goesOn tells whether a sentence carries the one before it on, so that it is still about the same: 其中,….
func (ev *evidence) goesOn() bool {
	for _, word := range []string{"其中", "该", "此", "其"} {
		if strings.HasPrefix(ev.text, word) {
			return true
		}
	}
	return false
}
