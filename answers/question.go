package answers

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

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

	opposites  [][]string            // by term: what would contradict it, once needed
	sense      *bool                 // whether it asks what a word means, once needed
	total      *bool                 // whether it asks how many there are in all, once needed
	asksFromTo bool                  // what a figure was and what it became
	asksChange bool                  // by how many something rose or fell, in its own unit
	timing     timing                // which part of the report it asks about
	firm       bool                  // and says so itself
	section    *content.Section      // that was talked about
	asksWithin bool                  // asks for that part, and for nothing in it
	within     *content.Section      // that the question names by its number: 第三部分提到几家企业
	answered   map[int]bool          // figures, by their start, that answered the question before
	inherited  []*term               // from the questions before
	recent     []*evidence           // answered before, for a question that says little
	context    map[*evidence]float64 // what a sentence gains by having been talked about
}

// want is what kind of figure answers a question.
type want struct {
	figure bool           // a figure is asked for
	kinds  []content.Kind // of one of these kinds; empty: any but a date
	unit   string         // in this unit, if it names one
	scale  string         // 万 or 亿 that the interrogative gives it: 多少万
	strong bool           // the interrogative itself says so (多少亿元, 第几), not only a noun (增速)
	// fragment: nothing asks at all (充电桩 总数), so that a sentence without a figure will do too.
	fragment    bool
	prefersUnit string         // what the question before asked for, when this one does not say
	prefers     []content.Kind // what the question before asked for, when this one does not say
}

// accepts tells whether a figure is of a kind that is asked for. What grew 1.4倍 grew by a share, too.
func (w want) accepts(f *content.Figure) bool {
	if len(w.kinds) == 0 {
		return f.Kind != content.Date
	}
	return slices.Contains(w.kinds, f.Kind) || f.Unit == multiple && slices.Contains(w.kinds, content.Percent)
}

// multiple is the unit of multiples.
const multiple = "倍"

// roleSpan is a phrase of the question that has a role.
type roleSpan struct {
	start, end int // bytes of the normalised question
	roles      []role
	unit       string // that follows a number interrogative: 元 of 多少亿元
	scale      string // 万 or 亿 before it
	number     bool
}

func (s roleSpan) is(r role) bool { return slices.Contains(s.roles, r) }

// kindRoles are the roles that say which kind of figure is asked for.
var kindRoles = map[role][]content.Kind{
	"money":            {content.Money},
	"percent":          {content.Percent, content.PercentagePoint},
	"percentage-point": {content.PercentagePoint, content.Percent},
	asksComparison:     {content.PercentagePoint, content.Percent},
	"rank":             {content.Rank},
	"size":             {content.Size, content.Speed},
	"speed":            {content.Speed, content.Size},
	"period":           {content.Period},
	"date":             {content.Date},
}

// understand reads a question.
func (e *Engine) understand(text string) *question {
	text = firstRunes(text, longestQuestion)
	text = whatPattern.ReplaceAllString(text, "是多少")
	text = placeholder.ReplaceAllString(text, "")
	text = plusPattern.ReplaceAllString(text, "${1}和$2")
	text = sharePlan.ReplaceAllString(text, "$1 要")
	text = arabic(retrieval.Normalise(tagPattern.ReplaceAllString(text, "")).Text)
	return e.interpret(e.rejoin(e.correct(e.fullYears(text))))
}

// firstRunes is the beginning of a text, of so many runes.
func firstRunes(text string, most int) string {
	runes := 0
	for at := range text {
		if runes == most {
			return text[:at]
		}
		runes++
	}
	return text
}

// separable finds a verb of two characters that 了 or 过 stands inside of: 上了市, 投过产.
var separable = compile(`(\p{Han})(了|过)(\p{Han})`)

// rejoin puts such verbs together where the report knows them: 上了市 is 上市了.
func (e *Engine) rejoin(text string) string {
	return separable.ReplaceAllStringFunc(text, func(found string) string {
		parts := separable.FindStringSubmatch(found)
		if strings.ContainsRune(beginsNumber, []rune(parts[3])[0]) {
			return found // 新增了多少
		}
		if verb := parts[1] + parts[3]; e.isWord(verb) {
			return verb + parts[2]
		}
		return found
	})
}

// interpret reads a question whose text is normalised and without mistypings.
func (e *Engine) interpret(text string) *question {
	q := &question{text: text, tokens: retrieval.Analyse(text), has: make(map[role]bool), slab: &slab{}, unread: new(int)}
	*q.unread = mostRead
	q.figures = content.Figures(q.text)
	q.findRoles(e.vocabulary)
	q.findBecoming()
	if q.mentions("哪", "谁") && morePattern.MatchString(q.text) {
		q.has[asksBoth] = true
	}
	q.findGiven(e)
	q.findDenied(e.vocabulary)
	q.findWant(e.vocabulary)
	if !q.has[asksNumber] && q.mentions("哪", "名单") && whichOnes.MatchString(q.text) {
		q.has[asksNames] = true
		q.wants = want{}
	}
	q.asksChange = q.changeAsked() || q.endsWithRate()
	q.asksFromTo = q.mentions("从", "由") && bothPattern.MatchString(q.text)
	q.findTerms(e)
	q.dropRoles(e)
	q.findFragment()
	q.findTiming(e)
	q.findPart(e)
	return q
}

// mentions tells whether the text holds one of some words. Most questions hold none of those without which a pattern finds
// nothing, and to see so takes a tenth of the time that the pattern does.
func (q *question) mentions(words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(q.text, word) })
}

// findBecoming takes a 为什么 behind a verb of becoming for a 什么.
func (q *question) findBecoming() {
	for i := range q.spans {
		if i > 0 && q.spans[i].is(asksCause) && q.spans[i-1].is(tellsBecoming) && q.spans[i-1].end == q.spans[i].start {
			q.spans[i].roles = []role{asksWhat}
			delete(q.has, asksCause)
			q.has[asksWhat] = true
		}
	}
}

// whatPattern finds a 为何 that asks for a value and not for a reason: 成长率为何?
var whatPattern = compile(`[为為]何[?？。]*$`)

// plusPattern finds two things that a sign joins: 国家的+省的.
var plusPattern = compile(`(\p{Han}) ?[+＋&＆] ?(\p{Han})`)

// sharePlan finds what is to become of a share, which would otherwise be cut into 比 and 重要.
var sharePlan = compile(`(比重)要`)

// tagPattern finds the tags of markup that comes along when text is copied from a page.
var tagPattern = compile(`</?[a-zA-Z][^<>]{0,60}>`)

// numeralPattern finds Chinese numerals that a report would print in digits: 九十五家, 一千五百五十个.
var numeralPattern = compile(`[一二两三四五六七八九][十百千][零一二三四五六七八九十百千]*|十[一二三四五六七八九]`)

// tenthsPattern is a share in tenths, where nothing else can be meant: 超三成, 占了两成多, 但 not 三成立.
var tenthsPattern = compile(`([超近约过达到占了足有是])([一二两三四五六七八九])成([多的以半呢?,]|$)`)

// dayPattern is a day as people say it: 7月17号.
var dayPattern = compile(`([0-9]月[0-9]{1,2})号`)

// shortYear finds a year as people type it, its century left out: 21年增长多少, but not the length of time in 连续21年.
var shortYear = compile(`(^|[^0-9.零一二三四五六七八九十百第近过满约超续达这前后历时])([0-9]{2})(年(?:$|[^来间内以之前后多余期限连]))`)

// fullYears completes such years where they are not far from the year of the report.
func (e *Engine) fullYears(text string) string {
	return shortYear.ReplaceAllStringFunc(text, func(found string) string {
		parts := shortYear.FindStringSubmatch(found)
		short, _ := strconv.Atoi(parts[2])
		if century := e.report.Year / 100 * 100; max(century+short-e.report.Year, e.report.Year-century-short) <= shortYearReach {
			return parts[1] + strconv.Itoa(century+short) + parts[3]
		}
		return found
	})
}

// shortYearReach is how many years such a year may lie from the report's own: what is further away is more likely a length of
// time.
const shortYearReach = 6

// tenPattern is a ten that counts: 十个.
var tenPattern = compile(`(^|[^0-9一二三四五六七八九百千])十([个家项户名款台])`)

// spelledYear finds a year written digit by digit: 二〇一六年.
var spelledYear = compile(`([一二])([零〇○o0九])([零〇○o0一二三四五六七八九])([零〇○o0一二三四五六七八九])年`)

// spelledLevel finds a level told at length: 市一级.
var spelledLevel = compile(`([省市区县镇])一级`)

// digits are the digits of such years.
var digits = strings.NewReplacer("零", "0", "〇", "0", "○", "0", "o", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// arabic writes the Chinese numerals of a question in digits, as reports print them.
func arabic(text string) string {
	var b strings.Builder
	from := 0
	for _, at := range numeralPattern.FindAllStringIndex(text, -1) {
		value, ok := content.ChineseNumeral(text[at[0]:at[1]])
		next, _ := utf8.DecodeRuneInString(text[at[1]:])
		if _, _, counts := content.UnitAt(text[at[1]:], false); !ok || !counts && !strings.ContainsRune("万亿余多几", next) {
			continue // 十四五 counts nothing
		}
		b.WriteString(text[from:at[0]])
		b.WriteString(strconv.FormatFloat(value, 'f', -1, 64))
		from = at[1]
	}
	text = b.String() + text[from:]
	text = tenthsPattern.ReplaceAllStringFunc(text, func(found string) string {
		match := tenthsPattern.FindStringSubmatch(found)
		value, _ := content.ChineseNumeral(match[2])
		return match[1] + strconv.Itoa(int(value)*10) + "%" + match[3]
	})
	text = spelledYear.ReplaceAllStringFunc(text, digits.Replace)
	text = spelledLevel.ReplaceAllString(text, "${1}级")
	text = dayPattern.ReplaceAllString(text, "${1}日")
	return tenPattern.ReplaceAllString(text, "${1}10$2")
}

// dropRoles forgets the roles of words that turned out to be parts of terms: the 推荐 of 推荐目录 asks for no advice.
func (q *question) dropRoles(e *Engine) {
	for _, span := range q.spans {
		inside := slices.ContainsFunc(q.terms, func(t *term) bool {
			return t.class > attribute && t.start <= span.start && span.end <= t.end && t.end-t.start > span.end-span.start
		})
		for _, quoted := range q.quoted {
			at := strings.Index(q.text, quoted)
			inside = inside || at <= span.start && span.end <= at+len(quoted)
		}
		if i := q.tokenAt(span.end); i >= 0 && e.holds(q.text[span.start:q.tokens[i].End]) && !span.is(isEmpty) && !span.is(isVague) && !kindOf(span) && !span.number {
			inside = true // 未来 goes on into the report's 未来城市
		}
		if !inside {
			continue
		}
		for _, r := range span.roles {
			if isHint(r) {
				continue // the 贷款 of 贷款支持 goes with money all the same
			}
			q.has[r] = slices.ContainsFunc(q.spans, func(other roleSpan) bool { return other.start != span.start && other.is(r) })
		}
	}
}

// findPart notes the part of the report that a question names, by its number (第三部分提到几家企业) or in a list question by
// its title (锻链工程里有哪些增速), and takes what names it out of the terms.
func (q *question) findPart(e *Engine) {
	if at := ordinalPart.FindStringIndex(q.text); at != nil && (strings.HasSuffix(q.text[:at[1]], "部分") || strings.HasSuffix(q.text[:at[1]], "章")) {
		q.within, _ = e.numbered(q)
		q.leaveTerms(at[0], at[1])
		return
	}
	if at := asideTitle.FindStringSubmatchIndex(q.text); at != nil {
		if q.within = e.sectionTitled(q.text[at[2]:at[3]]); q.within != nil {
			q.leaveTerms(0, at[1])
			q.asksWithin = !q.about() && !q.has[asksNumber]
			return
		}
	}
	if at := insideTitle.FindStringIndex(q.text); at != nil && q.endsWord(at[1]) && q.asksListBehind(at[1]) {
		before := *q
		before.terms = slices.DeleteFunc(slices.Clone(q.terms), func(t *term) bool { return t.end > at[1] })
		if len(slices.DeleteFunc(slices.Clone(before.terms), func(t *term) bool { return t.own })) < 2 {
			return // the 中 of 发展中的问题 is inside of no part
		}
		if q.within = e.titled(&before); q.within != nil {
			q.leaveTerms(0, at[1])
		}
	}
}

// asksListBehind tells whether a list is asked for behind a place, and not before it.
func (q *question) asksListBehind(at int) bool {
	asks := func(s roleSpan) bool { return s.is(asksList) }
	first := slices.IndexFunc(q.spans, asks)
	return first >= 0 && q.spans[first].start >= at
}

// endsWord tells whether a word ends at a place: not at the 中 of 创新中心.
func (q *question) endsWord(at int) bool {
	return slices.ContainsFunc(q.tokens, func(t retrieval.Token) bool { return t.End == at })
}

// insideTitle finds what may be the title of a part in which a list is asked for.
var insideTitle = compile(`^.{2,40}?(?:里面|里头|里|这一?部分|部分|中)`)

// asideTitle finds what may be the title of a part, word by word, in front of the question: 加快项目建设方面,….
var asideTitle = compile(`^(?:在|围绕|关于)?[“"]?([^,，]{4,20}?)[”"]?(?:(?:这一?)?(?:方面|部分|块|节)(?:里|中)?[,]|这一?块|这方面|这一?部分)`)

// sectionTitled is the only part whose title holds a text as it is; nil without one.
func (e *Engine) sectionTitled(text string) *content.Section {
	var found *content.Section
	for _, section := range e.report.Sections {
		if strings.Contains(retrieval.Normalise(section.Title).Text, text) {
			if found != nil {
				return nil
			}
			found = section
		}
	}
	return found
}

// leaveTerms takes the words of a stretch of the question out of what must be found.
func (q *question) leaveTerms(start, end int) {
	if q.within == nil {
		return
	}
	for _, t := range q.terms {
		if start <= t.start && t.end <= end {
			t.class, t.weight, t.own = vague, 0, true
		}
	}
}

// tokenAt is the token that begins at a place, or -1.
func (q *question) tokenAt(start int) int {
	return slices.IndexFunc(q.tokens, func(t retrieval.Token) bool { return t.Start == start })
}

// findRoles marks the phrases that have a role, the longest first at each place, on word boundaries only: 多少家 is none
// in 多少家庭.
func (q *question) findRoles(v *vocabulary) {
	starts, ends := make([]bool, len(q.text)+1), make([]bool, len(q.text)+1) // by byte
	for _, token := range q.tokens {
		starts[token.Start], ends[token.End] = true, true
	}
	for at := 0; at < len(q.text); {
		_, size := utf8.DecodeRuneInString(q.text[at:])
		if !starts[at] {
			at += size
			continue
		}
		best := v.roleAt(q.text, at, ends)
		if which := whichOf.FindString(q.text[at:]); len(which) > 0 && at+len(which) >= best && (ends[at+len(which)] || at+len(which) == len(q.text)) {
			q.addSpan(roleSpan{start: at, end: at + len(which), roles: []role{asksList}})
			at += len(which)
			continue
		}
		if span, ok := q.numberAt(at, ends); ok && span.end >= best {
			q.addSpan(span)
			at = span.end
			continue
		}
		for _, interrogative := range []string{"多少", "第几"} {
			if number := strings.LastIndex(q.text[at:max(best, at)], interrogative); number > 0 && at+number+len(interrogative) == best {
				if span, ok := q.numberAt(at+number, ends); ok && span.end > best {
					best = v.roleAt(q.text[:at+number], at, ends) // 占了多少家 asks for 家, whatever 占了多少 would ask for
				}
			}
		}
		if best == 0 {
			at += size
			continue
		}
		q.addSpan(roleSpan{start: at, end: best, roles: v.roles[q.text[at:best]]})
		at = best
	}
}

// roleAt is the end of the longest phrase with a role that begins at a place and ends at one of some places, or anywhere
// when there are none; 0 without one.
func (v *vocabulary) roleAt(text string, at int, ends []bool) int {
	end, best := at, 0
	for runes := 0; end < len(text) && runes < v.longestRole; runes++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		if (ends == nil || ends[end] || end == len(text)) && len(v.roles[text[at:end]]) > 0 {
			best = end
		}
	}
	return best
}

func (q *question) addSpan(span roleSpan) {
	q.spans = append(q.spans, span)
	for _, r := range span.roles {
		q.has[r] = true
	}
	if span.number {
		q.has[asksNumber] = true
	}
}

var (
	numberPattern = compile(`^(第几|第多少|多少|几多|几|若干)([十百千万亿]*)`)
	// 几个人 falls into 几 and 个人, 百分之几 and 几个点 hold no unit: they are read as a whole.
	wholePattern = compile(`^(?:百分之?(?:几|多少)|(?:几|多少)个百?分?点|(?:几|多少)个人|(?:几|多少)个?亿$|(?:几|多少)个?亿[^元件人吨美立平千瓦标斤]|[零一二三四五六七八九十百千万]+几)`)
	ordinals     = "第"
	// 这几条 asks for no number.
	pointingPattern = compile(`[这那]$`)
)

// beginsNumber are the characters that such patterns begin with: at most places there is nothing to match.
const beginsNumber = "第多几若百零一二三四五六七八九十千万"

// numberAt reads a number interrogative with its unit: 多少亿元, 几家, 第几位.
func (q *question) numberAt(at int, ends []bool) (roleSpan, bool) {
	if first, _ := utf8.DecodeRuneInString(q.text[at:]); !strings.ContainsRune(beginsNumber, first) {
		return roleSpan{}, false
	}
	if whole := wholePattern.FindString(q.text[at:]); whole != "" {
		span := roleSpan{start: at, end: at + len(whole), number: true}
		switch {
		case strings.Contains(whole, "亿"):
			span.end = at + strings.Index(whole, "亿") + len("亿")
			span.roles = []role{role(content.Money)} // 投了几个亿
		case strings.HasSuffix(whole, "人"):
			span.roles, span.unit = []role{role(content.Count)}, "人"
		case strings.HasSuffix(whole, "点"):
			span.roles = []role{"percentage-point"}
		case strings.HasPrefix(whole, "百分"):
			span.roles = []role{"percent"}
		default:
			span.roles = []role{asksNumber} // 三千零几
		}
		return span, true
	}
	match := numberPattern.FindStringSubmatch(q.text[at:])
	if match == nil || pointingPattern.MatchString(q.text[:at]) && strings.HasPrefix(match[1], "几") {
		return roleSpan{}, false
	}
	end := at + len(match[0])
	ordinal := strings.HasPrefix(match[1], ordinals)
	unit, kind, ok := content.UnitAt(q.text[end:], ordinal)
	if _, last := utf8.DecodeLastRuneInString(match[2]); last > 0 {
		if longer, itsKind, known := content.UnitAt(q.text[end-last:], ordinal); known && len(longer) > last {
			end, unit, kind, ok = end-last, longer, itsKind, true // the 千 of 多少万千瓦 belongs to the unit
		}
	}
	if ok && !ends[end+len(unit)] && end+len(unit) < len(q.text) {
		_, last := utf8.DecodeLastRuneInString(unit)
		unit, kind, ok = content.UnitAt(unit[:len(unit)-last], ordinal) // a shorter unit that ends with a word
	}
	span := roleSpan{start: at, end: end, number: true}
	if !ok && ordinal {
		if unit, _, ok := content.UnitAt(q.text[end:], false); ok {
			span.end, span.unit, span.roles = end+len(unit), unit, []role{"rank"} // 第几套
			return span, true
		}
	}
	switch {
	case ok:
		span.end += len(unit)
		span.unit = unit
		span.roles = []role{role(kind)}
	case ordinal:
		span.roles = []role{"rank"}
	case strings.Contains(match[2], "亿"):
		span.roles = []role{role(content.Money)} // 投了多少亿
	case strings.Contains(match[2], "万"):
		span.roles, span.scale = []role{asksNumber}, "万"
	default:
		return roleSpan{}, false // 多少 and 几 alone, and the fixed phrases that begin with them
	}
	if !ends[span.end] && span.end < len(q.text) {
		return roleSpan{}, false
	}
	return span, true
}

var (
	// 哪个入选得多, 谁增长得更快: which of two is more.
	morePattern = compile(`(?:哪|谁)[^,?]{0,12}(?:多|少|高|低|快|慢|大|小)(?:些|一些|一点|点)?(?:呢|啊)?[?。!]*$`)
	// 哪6家银行: asks for names.
	whichOnes = compile(`哪[0-9几二两三四五六七八九十]+[家个款项名位所]|^[^哪]*名单(?:呢|有吗|有没有)?[?。]*$`)
	// 哪四条, 哪6项: asks for a list of so many.
	whichOf       = compile(`^哪(?:[0-9]+|[两二三四五六七八九十]+)大?(?:条|项|点|件|类|种|样|招|步|方面|领域|环节)`)
	againstYear   = compile(`[比较]$`)
	sincePattern  = compile(`^年?(?:以来|起)`) // 2012年以来
	yearPattern   = compile(`(?:19|20)[0-9]{2}`)
	quotedPattern = compile(`[“"「『《]([^”"」』》]{1,40})[”"」』》]`)
	givenPattern  = compile(`[0-9]+(?:\.[0-9]+)?`)
)

// findGiven collects the years, figures and names that the question itself states.
func (q *question) findGiven(e *Engine) {
	for _, at := range yearPattern.FindAllStringIndex(q.text, -1) {
		if value, _ := strconv.Atoi(q.text[at[0]:at[1]]); value == e.report.Year-1 && againstYear.MatchString(q.text[:at[0]]) {
			continue // 比2020年前进几位, asked of 2021
		} else if !sincePattern.MatchString(q.text[at[1]:]) {
			q.years = append(q.years, value)
		} else {
			q.has[spansYears] = true
		}
	}
	q.findVaguely(e)
	for _, at := range givenPattern.FindAllStringIndex(q.text, -1) {
		if !q.isVaguely(at[0]) {
			q.given = append(q.given, q.text[at[0]:at[1]])
		}
	}
	for _, match := range quotedPattern.FindAllStringSubmatch(q.text, -1) {
		q.quoted = append(q.quoted, match[1])
	}
}

// interval holds the values from low up to, but without, high.
type interval struct{ low, high float64 }

// vaguePattern finds a number that is given with its first digits only: 800多, 3000零几.
var vaguePattern = compile(`^([0-9]+)(万|亿)?(?:多|余|来|零?几)`)

// findVaguely collects the figures of which the question knows the first digits only: 800多 lies between 800 and 900.
func (q *question) findVaguely(e *Engine) {
	for _, at := range givenPattern.FindAllStringIndex(q.text, -1) {
		if given := q.text[at[0]:at[1]]; strings.HasSuffix(given, "00") && nearlyPattern.MatchString(q.text[:at[0]]) && !e.prints(given) {
			value, _ := strconv.ParseFloat(given, 64)
			q.vaguely = append(q.vaguely, interval{value * (1 - nearly), value * (1 + nearly)})
			q.nearlyAt = append(q.nearlyAt, at[0])
			continue
		}
		match := vaguePattern.FindStringSubmatch(q.text[at[0]:])
		if match == nil {
			continue
		}
		low, _ := strconv.ParseFloat(match[1], 64)
		step := 1.0
		for digits := strings.TrimRight(match[1], "0"); len(digits) < len(match[1]); digits += "0" {
			step *= 10
		}
		switch match[2] {
		case "万":
			low, step = low*1e4, step*1e4
		case "亿":
			low, step = low*1e8, step*1e8
		}
		q.vaguely = append(q.vaguely, interval{low, low + step})
	}
}

// isVaguely tells whether the number at a place of the question is not the figure itself.
func (q *question) isVaguely(at int) bool {
	return vaguePattern.MatchString(q.text[at:]) || slices.Contains(q.nearlyAt, at)
}

// prints tells whether the report holds a number as such, and not within a longer one.
func (e *Engine) prints(number string) bool {
	return slices.ContainsFunc(e.evidence, func(ev *evidence) bool { return holdsNumber(ev.text, number) })
}

// holdsNumber tells whether a text holds a number as such, and not within a longer one.
func holdsNumber(text, number string) bool {
	for at := strings.Index(text, number); at >= 0; {
		if !insideNumber(text, at, at+len(number)) {
			return true
		}
		next := strings.Index(text[at+1:], number)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return false
}

// nearlyPattern finds what makes the round number behind it another one that the report does not print: 近500个 are 481.
var nearlyPattern = compile(`(?:近|约|差不多|大概|不到)$`)

// nearly is how far off such a number may be.
const nearly = 0.1

// findDenied collects the words of the question that contradict others (没完成, 撤销): what says the opposite is no answer.
func (q *question) findDenied(v *vocabulary) {
	for at := 0; at < len(q.text); {
		end, found := at, 0
		for range longestDenied {
			_, size := utf8.DecodeRuneInString(q.text[end:])
			if end += size; size == 0 {
				break
			}
			if end-at > len("没") && strings.ContainsAny(q.text[at:at+len("没")], "没未不无非") && len(v.exclusive[q.text[at:end]]) > 0 {
				found = end
			}
		}
		if found > at {
			q.denied = append(q.denied, q.text[at:found])
			at = found
			continue
		}
		_, size := utf8.DecodeRuneInString(q.text[at:])
		at += size
	}
}

// longestDenied is the longest word looked up in runes.
const longestDenied = 6

// findWant tells from the interrogatives and the nouns beside them what figure is asked for.
func (q *question) findWant(v *vocabulary) {
	q.readInterrogatives()
	q.narrowWant(v)
	if !q.wantsOther() && len(q.wants.kinds) == 0 && q.endsWithRate() {
		q.wants.kinds = []content.Kind{content.Percent} // 新能源车产量同比
	}
	q.findFragment()
}

// wantsOther tells whether a question asks for something else than a figure.
func (q *question) wantsOther() bool {
	return slices.ContainsFunc(otherWants, func(r role) bool { return q.has[r] })
}

// findFragment takes a fragment without an interrogative for a question for its figure: 技改投资 增速, 充电桩 总数.
func (q *question) findFragment() {
	if !q.wants.figure && !q.wantsOther() {
		q.wants.figure, q.wants.fragment = true, true
	}
}

// otherWants are the roles by which a question asks for something else than a figure.
var otherWants = []role{asksWho, asksWhere, asksWhich, asksWhat, asksHow, asksList, asksNames, asksCheck, asksBoth, asksContents, asksTitle, asksWhichPart}

// readInterrogatives takes what the phrases of a question ask for. An interrogative that says it itself (第几, 多少亿元)
// outranks a noun (增速), and of several the last one counts: 技改投资增速全省第几 asks for a rank.
func (q *question) readInterrogatives() {
	for _, span := range q.spans {
		interrogative := span.number || strings.ContainsFunc(q.text[span.start:span.end], isInterrogative)
		for _, r := range span.roles {
			kinds, isKind := kindRoles[r]
			switch {
			case r == role(content.Count):
				q.wants = want{figure: true, kinds: countKinds(span.unit), unit: span.unit, strong: true}
			case r == asksNumber:
				q.wants.figure = q.wants.figure || !q.wants.strong
				q.wants.scale = span.scale
			case isKind && (interrogative || !q.wants.strong):
				q.wants = want{figure: q.wants.figure || interrogative, kinds: kinds, unit: span.unit, strong: interrogative}
			}
		}
	}
}

// narrowWant leaves out kinds of figures that the rest of the question rules out.
func (q *question) narrowWant(v *vocabulary) {
	w := &q.wants
	if q.has[asksComparison] && !q.has[asksBoth] && len(w.kinds) > 1 && !otherSideAsked.MatchString(q.text) {
		w.kinds = w.kinds[:1] // 高于全国多少 is not answered by the other's figure
	}
	if w.figure && len(w.kinds) == 0 && q.countsThings() {
		w.kinds = []content.Kind{content.Count} // 多少企业获得贷款 asks for no money
	}
	if len(w.kinds) == 0 && w.unit == "" && q.mentions("占", "用") && sharePattern.MatchString(q.text) {
		*w = want{figure: true, kinds: []content.Kind{content.Percent}, strong: true}
	}
	if w.figure && len(w.kinds) == 0 && w.unit == "" && q.asksMoney() {
		w.kinds = []content.Kind{content.Money}
	}
	if len(w.kinds) == 0 && w.unit == "" && q.mentions("额") && amountPattern.MatchString(q.text) {
		w.kinds = []content.Kind{content.Money}
	}
	if len(w.kinds) == 0 && w.unit == "" && q.has[asksBoth] && growthPattern.MatchString(q.text) {
		w.kinds = []content.Kind{content.Percent}
	}
	if len(w.kinds) == 0 && w.unit == "" && q.mentions("数") && totalPattern.MatchString(q.text) {
		w.kinds = []content.Kind{content.Count} // 企业总数 asks for no growth
	}
	if len(w.kinds) > 1 && w.kinds[0] == content.Percent && !q.has[asksComparison] && !q.tellsChange(v) {
		w.kinds = w.kinds[:1] // 占比是多少 is not answered by how much it rose
	}
	namesDay := func(f content.Figure) bool { return f.Kind == content.Date && f.Unit == "日" }
	if slices.Contains(w.kinds, content.Date) && slices.ContainsFunc(q.figures, namesDay) {
		*w = want{} // 7月17日是什么日子
	}
}

// otherSideAsked finds a question that tells of a comparison and goes on to ask for its other side: 高于全国,那全国是多少.
var otherSideAsked = compile(`[高低快慢]于[^,;?]*[,;?].*全[国省市球][^,;?]{0,8}多少`)

// sharePattern finds a question for a part's share of a whole: 占到工业总量的多少.
var sharePattern = compile(`占(?:到|了|去|据)?[^地,?]{1,20}的?(?:多少|多大|几)[呢啊?。]*$|占全(?:国|省|市|区|县|球)[?。]*$|[占用]了?全(?:国|省|市|区|县|球)的?(?:多少|几成)的?[^,?0-9]{0,4}[呢啊?。]*$`)

// asksMoney tells whether a question ends with a bare 多少 right behind a word that money is spoken of with: 奖了多少.
func (q *question) asksMoney() bool {
	for i, span := range q.spans {
		for i > 1 && !q.spans[i-1].is("hint-money") && (q.spans[i-1].is("hint-count") || q.spans[i-1].is(isEmpty) || q.spans[i-1].is(isVague)) {
			i-- // 营业收入合计是多少
		}
		if i > 0 && span.is(asksNumber) && strings.Trim(q.text[span.end:], " ?。呢啊") == "" {
			before := q.spans[i-1]
			return before.is("hint-money") && levelPattern.MatchString(q.text[before.end:span.start])
		}
	}
	return false
}

// levelPattern matches what may stand between such a word and the interrogative.
var levelPattern = compile(`^(?:合计|总共|一共|共计|总计|加起来|累计)?(?:超过|超|达到|达|有|是|为|约|突破)?了?$`)

// amountPattern finds a question for an amount by its last character: 净增额是多少.
var amountPattern = compile(`[^名份]额(?:各|分别)?(?:是|为|有)?多少[呢啊?。]*$`)

// growthPattern finds a comparison of growth: 哪个涨得快.
var growthPattern = compile(`(?:增长|增速|增幅|涨幅|涨|提升|提高)[^,?]{0,6}[快慢猛]`)

// totalPattern finds a question for how many there are of something, by the noun that it ends with.
var totalPattern = compile(`(?:总数|总数量|企业数|项目数|产品数|数量|个数|数目|家数|户数|套数|台数|人数)(?:是|有|为|达到|达)?(?:多少|几)?[呢啊?。]*$`)

// endsWithRate tells whether a question ends with a word that asks for a rate of growth.
func (q *question) endsWithRate() bool {
	if len(q.spans) == 0 {
		return false
	}
	last := q.spans[len(q.spans)-1]
	return last.is(asksRate) && strings.Trim(q.text[last.end:], " ?。!,") == ""
}

// hinted tells whether a word of the question goes with a kind of figure.
func (q *question) hinted() bool {
	for r := range hints {
		if q.has[r] {
			return true
		}
	}
	return false
}

// tellsChange tells whether a question speaks of a change.
func (q *question) tellsChange(v *vocabulary) bool {
	isChange := func(text string) bool { return slices.Contains(v.roles[text], "change") }
	return slices.ContainsFunc(q.tokens, func(t retrieval.Token) bool { return isChange(t.Text) }) ||
		slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is("change") })
}

// changeAsked tells whether a question asks by how much something changed: 增加了几天, 增长多少.
func (q *question) changeAsked() bool {
	for i, span := range q.spans {
		text := q.text[span.start:span.end]
		if span.is("percent") && strings.ContainsAny(text, "增涨升降减跌") && strings.ContainsFunc(text, isInterrogative) {
			return true
		}
		asks := span.number || span.is(asksNumber) || kindOf(span) && strings.ContainsFunc(text, isInterrogative)
		for k := i - 1; asks && k >= 0 && strings.Trim(q.text[q.spans[k].end:max(q.spans[k].end, q.spans[k+1].start)], " ") == ""; k-- {
			if q.spans[k].is("change") {
				return !reachedPattern.MatchString(q.text[q.spans[k].end:span.start]) // 提高以后是多少 asks for what was reached
			}
			if !q.spans[k].is(isEmpty) {
				break
			}
		}
	}
	return false
}

// reachedPattern finds between a change and its interrogative that the level reached is asked for.
var reachedPattern = compile(`后|到|至|为`)

// countsThings tells whether a bare 多少 or 几 stands right before a noun that is no money and no share.
func (q *question) countsThings() bool {
	for _, span := range q.spans {
		if !span.is(asksNumber) {
			continue
		}
		i := q.tokenAt(span.end)
		if i < 0 || q.tokens[i].Tag == "" || !strings.ContainsRune("nj", rune(q.tokens[i].Tag[0])) {
			continue
		}
		for ; i < len(q.tokens) && strings.ContainsRune("nvj", rune((q.tokens[i].Tag + " ")[0])); i++ {
			if beside := q.roleAt(q.tokens[i]); beside != nil && (slices.ContainsFunc(beside.roles, isHint) || kindOf(*beside)) {
				return false
			}
		}
		return true
	}
	return false
}

// hints are the kinds that words of the sentence go with, for a question that does not say which kind it asks for.
var hints = map[role]content.Kind{"hint-count": content.Count, "hint-percent": content.Percent, "hint-money": content.Money}

func (q *question) hintsAt(kind content.Kind) bool {
	if len(q.wants.kinds) > 0 {
		return false
	}
	for r, hinted := range hints {
		if q.has[r] && (hinted == kind || hinted == content.Percent && kind == content.PercentagePoint) {
			return true
		}
	}
	return false
}

// countKinds are the kinds that a count in a unit may come as: 几位 also asks for 4个位次, and 几个 for any measure of things.
func countKinds(unit string) []content.Kind {
	switch unit {
	case "位", "名":
		return []content.Kind{content.Count, content.Rank}
	}
	return []content.Kind{content.Count}
}

func isInterrogative(r rune) bool { return strings.ContainsRune("几多哪何啥什谁怎咋", r) }
