package answers

import (
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # How a question is read
//
// A message becomes a question: what kind of answer it asks for, and the words by which to find it. It is read in steps, each of
// which may lean on what the ones before it found:
//
//	normalise.go   writes it as reports are printed: digits, whole years      correct.go  puts mistypings right
//	roles.go       finds the phrases that say what is asked: 多少家, 哪些, 去年
//	given.go       notes what the question itself states: years, figures, names in quotation marks
//	want.go        concludes what kind of figure is wanted, if any
//	term.go        makes terms of the words that remain, by which sentences are found and weighed
//	time.go        tells whether it asks about the year behind or the one ahead
//	within.go      tells which part of the report it confines itself to
//
// So 21年新开办企业多少家 is read as 2021年新开办企业多少家; 多少家 is an interrogative with the unit 家, 2021 is a year that it
// states; a count in 家 is wanted; and 新, 开办 and 企业 are what a sentence must speak of.

// longestQuestion is how much of a question is read, in runes: eight times what people asked at most in some thousand
// questions.
const longestQuestion = 500

// A question is a message understood: what kind of answer it asks for, and the terms by which to find it.
type question struct {
	text   string // normalised
	tokens []retrieval.Token
	slab   *slab
	goesOn bool       // stands behind another question of the same message
	unread *int       // runes that readings of the message as several questions may still have
	spans  []roleSpan // phrases with a role, in order, without overlaps
	terms  []*term
	has    map[role]bool

	wants    want
	years    []int            // years that it names
	figures  []content.Figure // that it states itself
	given    []string         // figures that it names itself, normalised: they are no answers to it
	nearlyAt []int            // places of numbers that are only near to a figure
	vaguely  []interval       // figures that it names with their first digits only: 八百多个
	quoted   []string         // names in quotation or title marks
	excluded []string         // things that it leaves out: the other one is asked for
	denied   []string         // words that contradict others: 没完成

	opposites     [][]string            // by term: what would contradict it, once needed
	sense         *bool                 // whether it asks what a word means, once needed
	total         *bool                 // whether it asks how many there are in all, once needed
	asksFromTo    bool                  // what a figure was and what it became
	againstYear   bool                  // it compares with the year before
	againstMonth  bool                  // with the month or the quarter before
	asksRemainder bool                  // how much is left
	asksChange    bool                  // by how many something rose or fell, in its own unit
	timing        timing                // which part of the report it asks about
	firm          bool                  // and says so itself
	section       *content.Section      // that was talked about
	asksWithin    bool                  // asks for that part, and for nothing in it
	within        *content.Section      // that the question names by its number: 第三部分提到几家企业
	answered      map[int]bool          // figures, by their start, that answered the question before
	inherited     []*term               // from the questions before
	recent        []*evidence           // answered before, for a question that says little
	context       map[*evidence]float64 // what a sentence gains by having been talked about
	changeOpen    bool                  // by a rate or by an amount
	endsInChange  bool                  // a fragment whose last word is a change: 企业 营收 净增
	only          string                // of two things, the figure of that one which is 大, 小, …
}

// understand reads a question.
func (e *Engine) understand(text string) *question {
	text = e.withoutGiver(asPrinted(firstRunes(text, longestQuestion)))
	if changeAlone.MatchString(text) {
		text += "多少" // 生产总值增长
	}
	var excluded []string
	text = leftOut.ReplaceAllStringFunc(text, func(remark string) string {
		excluded = append(excluded, leftOut.FindStringSubmatch(remark)[1])
		return ""
	})
	for _, rewrite := range []func(string) string{
		e.fullYears, e.correct, e.agesAsPrinted, e.inReport, e.againstYearBefore, e.wholeEconomy, e.firstMonths, e.rejoin,
	} {
		text = rewrite(text)
	}
	q := e.interpret(text)
	q.excluded = append(q.excluded, excluded...)
	return q
}

// leftOut finds a remark that leaves out what a question would name as well: 叫“某某行动”的(“行动计划”除外)有哪些.
var leftOut = compile(`[,;。? (（]*[写叫]?[“"]([^”"]{1,12})[”"](?:[之这]?类|的|字样)*(?:不算|除外|不计|不要|不在内|不算在内|不包括在内)[)）。?]*`)

// interpret reads a question whose text is normalised and without mistypings.
func (e *Engine) interpret(text string) *question {
	q := &question{text: text, tokens: retrieval.Analyse(text), has: make(map[role]bool), slab: &slab{}, unread: new(int)}
	*q.unread = mostRead
	q.figures = content.Figures(q.text)
	q.findRoles(e.vocabulary)
	q.findBecoming()
	q.dropComparedYears()
	q.findWhichIsMore()
	q.findGiven(e)
	q.findDenied(e.vocabulary)
	q.findWant(e.vocabulary)
	q.findWhichOnes()
	q.asksChange = q.changeAsked() || q.endsWithRate()
	q.againstYear = q.mentions("比", "较") && yearBase.MatchString(q.text)
	q.againstMonth = q.mentions("比", "较") && monthBase.MatchString(q.text)
	q.asksRemainder = q.wants.figure && q.mentions("剩", "没") && remainderAsked.MatchString(q.text)
	q.asksFromTo = q.mentions("从", "由", "原来", "原先", "先前", "以前") && bothPattern.MatchString(q.text)
	q.findTerms(e)
	q.dropRoles(e)
	q.findFragment()
	q.endsInChange = q.wants.figure && !q.has[asksNumber] && q.endsWithChange()
	q.asksChange = q.asksChange || q.endsInChange
	q.changeOpen = q.asksChange && slices.Contains(q.wants.kinds, content.Percent) && openChange.MatchString(q.text)
	q.findTiming(e)
	q.findPart(e)
	return q
}

// mentions tells whether the text holds one of some words. Most questions hold none of those without which a pattern finds
// nothing, and to see so takes a tenth of the time that the pattern does.
func (q *question) mentions(words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(q.text, word) })
}

// tokenAt is the token that begins at a place, or -1.
func (q *question) tokenAt(start int) int {
	return slices.IndexFunc(q.tokens, func(t retrieval.Token) bool { return t.Start == start })
}

// changeAlone finds a fragment that ends with a change, without an interrogative: how much it was is what is asked.
var changeAlone = compile(`^[^几多哪何啥什谁怎吗没否,?。]{2,20}(?:增长|下降|上涨|回落)$`)
