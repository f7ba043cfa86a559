package answers

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// class says what a term of a question is, and so what it means when the report does not hold it.
type class int

const (
	vague     class = iota // 数量, 完成, 企业: may help to find the sentence, never missed
	attribute              // 增速, 金额: says which figure is wanted, seldom stands in the sentence
	modifier               // adverbs and adjectives
	verb
	noun
	name // companies, places, products, what the lexicon does not know: without it nothing is said about it
)

// Weights of the classes. A name decides what a question is about; a verb is what people paraphrase most.
var classWeight = map[class]float64{vague: 0.2, attribute: 0.3, modifier: 0.35, verb: 0.6, noun: 1, name: 1.3}

// A term is a word of the question by which the answer is found.
type term struct {
	text         string
	start, end   int // bytes of the normalised question
	class        class
	weight       float64
	variants     []variant // itself first, then what may stand for it, of those that the report holds
	parts        []*term   // what a compound is made of: 制造业 and 企业 of 制造业企业; empty for a simple word
	number       bool      // a figure that the question states; it stands for itself only
	index        int       // in the question
	headed       *term     // the noun that it belongs to
	strict       bool      // must stand in the very clause that answers
	focus        bool      // beside the interrogative: what is asked of
	counted      bool      // what is counted: stands behind the figure
	whole        bool      // that parts are asked of
	verbal       bool      // tells what is done, by its part of speech: 突破
	aside        bool      // stands in a part of the question that only leads to it
	place        bool
	organisation bool
	own          bool // names the report's own place, issuer or year, which every sentence is about
	answerType   bool // 哪些企业: names what is asked for rather than what it is about
}

// known tells whether the report holds the term or something that may stand for it.
func (t *term) known() bool { return len(t.variants) > 0 }

// findTerms makes the question's terms of the words that no role uses up.
func (q *question) findTerms(e *Engine) {
	for i := 0; i < len(q.tokens); {
		last, text := q.phraseAt(i, e)
		t := &term{text: text, start: q.tokens[i].Start, end: q.tokens[last].End}
		q.classify(t, q.tokens[i:last+1], e)
		i = last + 1
		if slices.Contains(q.quoted, text) && t.class <= attribute {
			t.class = noun // 带“同比”的数据
		}
		if t.class == dropped {
			continue
		}
		q.terms = append(q.terms, t)
	}
	q.addGiven()
	q.leaveOut()
	q.findFocus()
	q.findHeads()
	q.findPreamble(e)
	for i, t := range q.terms {
		if slices.ContainsFunc(q.spans, func(s roleSpan) bool {
			return s.start == t.end && slices.Contains(sumsUp, q.text[s.start:s.end])
		}) && i+1 < len(q.terms) && q.terms[i+1].class >= noun && e.holdsTerm(q.terms[i+1].text) {
			t.class = vague // 电动车这些新能源车 asks about 新能源车
		}
		e.weigh(t)
		for _, part := range t.parts {
			e.weigh(part)
		}
	}
}

func (e *Engine) weigh(t *term) {
	if t.number {
		if e.holds(t.text) {
			t.variants = []variant{{t.text, 1}}
		}
	} else {
		t.variants = e.variants(t.text)
	}
	t.weight = classWeight[t.class] * e.rarity(t)
	switch {
	case t.focus && t.class > vague:
		t.weight *= focusWeight
	case t.whole && t.aside:
		t.weight *= wholeWeight
	}
	if t.own {
		t.weight = 0
	}
}

// findPreamble marks the words that lead to the question in front of a comma, when what follows says by itself what it is
// about: 听说省里要扶持旅游业,那省级财政五年拿出多少钱. A name there is never an aside.
func (q *question) findPreamble(e *Engine) {
	asking := 0
	for _, span := range q.spans {
		if span.asks(q.text) {
			asking = span.start
		}
	}
	comma := strings.LastIndex(q.text[:asking], ",")
	if comma < 0 || !slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.start > comma && t.class >= noun && !t.own && !t.number && !t.answerType && e.holdsTerm(t.text)
	}) {
		return
	}
	for _, t := range q.terms {
		t.aside = t.end <= comma && t.class < name && !t.number
	}
}

// leaveOut drops the words behind one that leaves them out, up to the next comma: 只算医院,不算乡镇卫生院.
func (q *question) leaveOut() {
	for _, span := range q.spans {
		if !span.is(leavesOut) {
			continue
		}
		end := len(q.text)
		if comma := strings.Index(q.text[span.end:], ","); comma >= 0 {
			end = span.end + comma
		}
		q.terms = slices.DeleteFunc(q.terms, func(t *term) bool { return span.end <= t.start && t.end <= end })
	}
}

// attributive ends the words that only ever qualify a noun: 国家级, 省级.
const attributive = "级"

// findHeads ties the words of a noun phrase to its last noun: the 技术 of 技术创新示范企业 is the 技术 of an enterprise, not of
// anything else that the sentence speaks of. What a whole phrase is about (a company, 增速, 总数) is no part of it.
func (q *question) findHeads() {
	for i, t := range q.terms {
		t.index = i
	}
	for i := len(q.terms) - 1; i > 0; i-- {
		head, member := q.terms[i], q.terms[i-1]
		if member.end != head.start || member.class < verb || member.class == name || member.number || member.focus || member.strict && !strings.HasSuffix(member.text, attributive) {
			continue
		}
		switch {
		case head.headed != nil:
			member.headed = head.headed
		case head.class == noun && !head.number:
			member.headed = head
		}
	}
}

// focusWeight is how much more the word beside the interrogative weighs: 净增 in 营收净增多少 tells which of the figures
// about the 营收 is meant.
const focusWeight = 2

// wholeWeight is how much less a word weighs that names the whole of which a part is asked for.
const wholeWeight = 0.4

// findFocus marks the term before each interrogative, with nothing but empty words between them, and what is counted.
func (q *question) findFocus() {
	for _, span := range q.spans {
		if !span.number && !span.is(asksNumber) && !(kindOf(span) && strings.ContainsFunc(q.text[span.start:span.end], isInterrogative)) {
			continue
		}
		q.findCounted(span)
		before := q.termBefore(span)
		if before == nil || before.end < span.start && !q.emptyBetween(before.end, span.start) {
			continue
		}
		if between := q.text[before.end:max(before.end, span.start)]; strings.ContainsAny(between, "中里") {
			before.whole = true // 项目中有多少个投产: the 项目 are the whole, not what is counted
			continue
		}
		before.focus = true
	}
	q.findWhole()
}

// termBefore is the last term before the end of an interrogative that says what is asked of, or nil.
func (q *question) termBefore(span roleSpan) *term {
	var before *term
	for _, t := range q.terms {
		if t.end <= span.end && t.class > attribute && !t.own && !t.strict {
			before = t
		}
	}
	return before
}

// findCounted marks what an interrogative counts.
func (q *question) findCounted(span roleSpan) {
	for i, t := range q.terms {
		switch {
		case t.start >= span.end && q.emptyBetween(span.end, t.start) && (i == 0 || q.terms[i-1].start < span.end):
			t.counted = true // 多少家企业
		case t.class <= attribute && i > 0 && q.terms[i-1].end == t.start && t.end <= span.start:
			q.terms[i-1].counted = true // 企业数量是多少
		}
	}
}

// findWhole marks the words of a whole in front of the question for a part of it, where the part is named.
func (q *question) findWhole() {
	at := insidePattern.FindStringIndex(q.text)
	if at == nil || !slices.ContainsFunc(q.terms, func(t *term) bool { return t.start >= at[1] && t.class >= noun && !t.own }) {
		return
	}
	for _, t := range q.terms {
		if at[0] <= t.start && t.end <= at[1] {
			t.whole, t.aside, t.focus = true, t.class < name, false
		}
	}
}

// insidePattern finds the whole that a question asks for a part of: 在规模以上工业企业利润中,制造业利润是多少.
var insidePattern = regexp.MustCompile(`^.{2,60}?(?:中|里|当中|里面|里头),`)

// emptyBetween tells whether only empty words stand between two places.
func (q *question) emptyBetween(start, end int) bool {
	for _, token := range q.tokens {
		if token.Start < start || token.End > end {
			continue
		}
		span := q.roleAt(token)
		if span == nil || !span.is(isEmpty) && !span.is("change") && !strings.HasPrefix(q.text[span.start:span.end], comparing) {
			return false
		}
	}
	return !strings.ContainsAny(q.text[start:end], ",?;")
}

// comparing begins the phrases that name what is compared with (比上年, 比全市), between a word and its figure.
const comparing = "比"

// addGiven makes terms of the figures that the question states (8505户, 第二批, 三年): they tell which sentence is meant.
// One-digit numbers tell too little, and years are looked at on their own.
func (q *question) addGiven() {
	for _, place := range givenPattern.FindAllStringIndex(q.text, -1) {
		at := place[0]
		if given := q.text[at:place[1]]; len(given) > 1 && !yearPattern.MatchString(given) {
			q.terms = append(q.terms, &term{text: given, start: at, end: at + len(given), class: noun, number: true})
		}
	}
	for _, f := range q.figures {
		if f.Kind == content.Date && f.Unit == "日" {
			q.terms = append(q.terms, &term{text: q.text[f.Start:f.End], start: f.Start, end: f.End, class: noun, number: true})
		}
	}
	for _, period := range periodPattern.FindAllStringSubmatchIndex(q.text, -1) {
		if slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is(spansYears) && s.start <= period[2] && period[3] <= s.end }) {
			continue // 五年来
		}
		text := q.text[period[2]:period[3]]
		q.terms = append(q.terms, &term{text: text, start: period[2], end: period[3], class: noun, number: true})
	}
	slices.SortStableFunc(q.terms, func(a, b *term) int { return a.start - b.start })
	end := 0
	q.terms = slices.DeleteFunc(q.terms, func(t *term) bool { // 三年行动计划 holds the 三年
		if t.start < end {
			return true
		}
		end = t.end
		return false
	})
}

var periodPattern = regexp.MustCompile(`(?:^|[^近几每一二三四五六七八九])([两二三四五六七八九十]年)(?:$|[^度级代份轻])`)

// holdsTerm tells whether the report holds a word or something that may stand for it.
func (e *Engine) holdsTerm(text string) bool { return len(e.variants(text)) > 0 }

// dropped marks a word that is no term.
const dropped class = -1

// phraseAt returns the last token and the text of the term that begins with a token: the longest run of tokens that the
// synonyms know as one, a run of single characters that make up a word the lexicon lacks, or the token alone.
func (q *question) phraseAt(first int, e *Engine) (int, string) {
	v := e.vocabulary
	last := first
	runes := 0
	for i := first; i < len(q.tokens) && runes <= v.longestWord; i++ {
		if i > first && q.tokens[i].Start != q.tokens[i-1].End {
			break
		}
		runes += utf8.RuneCountInString(q.tokens[i].Text)
		text := q.text[q.tokens[first].Start:q.tokens[i].End]
		if i > first && len(v.synonyms[text]) > 0 && !slices.ContainsFunc(v.roles[text], func(r role) bool { return !isHint(r) }) && q.rolesWithin(q.tokens[first].Start, q.tokens[i].End) &&
			e.holdsTerm(text) && !q.allLight(first, i) {
			last = i
		}
	}
	if last == first && q.loose(first) {
		for last+1 < len(q.tokens) && q.loose(last+1) && q.tokens[last+1].Start == q.tokens[last].End {
			last++
		}
	}
	return last, q.text[q.tokens[first].Start:q.tokens[last].End]
}

// allLight tells whether every word of a phrase is light by itself: 平均增幅 is better found word by word.
func (q *question) allLight(first, last int) bool {
	for i := first; i <= last; i++ {
		if span := q.roleAt(q.tokens[i]); span == nil || !span.is(isVague) && !kindOf(*span) {
			return false
		}
	}
	return true
}

// rolesWithin tells whether no phrase with a role reaches beyond a stretch of the question.
func (q *question) rolesWithin(start, end int) bool {
	for _, span := range q.spans {
		if span.start < end && start < span.end && (span.start < start || span.end > end || span.number) {
			return false
		}
	}
	return true
}

// loose tells whether a token is a single Han character without a role: most likely a piece of an unknown word.
func (q *question) loose(i int) bool {
	token := q.tokens[i]
	r, size := utf8.DecodeRuneInString(token.Text)
	if size < len(token.Text) || !unicode.Is(unicode.Han, r) {
		return false
	}
	span := q.roleAt(token)
	if span != nil && !span.is(isSuffix) {
		return false
	}
	// The 线 of 示范线 belongs to the word before it.
	return span == nil || i == 0 || q.tokens[i-1].End != token.Start || utf8.RuneCountInString(q.tokens[i-1].Text) < 2
}

// isSuffix is the role of characters that make a longer word of the one before them.
const isSuffix role = "suffix"

// roleAt is the phrase with a role that a token lies in, or nil.
func (q *question) roleAt(token retrieval.Token) *roleSpan {
	for i := range q.spans {
		if q.spans[i].start <= token.Start && token.End <= q.spans[i].end {
			return &q.spans[i]
		}
	}
	return nil
}

// classify decides what a term is, in steps that each may overrule the one before: by the part of speech of its tokens, by
// the role of the phrase that it stands in, and by what the lexicon knows it as.
func (q *question) classify(t *term, tokens []retrieval.Token, e *Engine) {
	v := e.vocabulary
	t.verbal = !slices.ContainsFunc(tokens, func(t retrieval.Token) bool { return !strings.HasPrefix(t.Tag, "v") })
	t.class = classOfTag(tokens, len(v.synonyms[t.text]) > 0)
	if span := q.roleAt(tokens[0]); span != nil {
		if settled := q.classifyByRole(t, tokens, span, v); settled {
			return
		}
	}
	if t.classifyByName(e); t.class == dropped {
		return
	}
	t.answerType = t.class == noun && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.end == t.start && q.namesKind(s) })
	t.organisation = t.organisation || tokens[0].Tag == "nt"
	if t.class > vague && len(t.text) > 1 && utf8.RuneCountInString(t.text) == 1 && len(v.synonyms[t.text]) == 0 {
		t.class = vague // a lone character says little
	}
	t.strict = v.strict[t.text] || t.place && !t.own
	if t.strict && (t.class == modifier || t.class == verb) {
		t.class = noun // 省级, 首批: something else could stand in its place
	}
	q.split(t, tokens, v)
}

// classifyByRole takes a term for what its phrase makes of it; settled tells that nothing else can be said of it.
func (q *question) classifyByRole(t *term, tokens []retrieval.Token, span *roleSpan, v *vocabulary) (settled bool) {
	if len(tokens) > 1 {
		if t.end <= span.end && span.is("hint-count") {
			t.class = attribute // 加起来
			return true
		}
		return false
	}
	whole := q.text[span.start:span.end]
	switch {
	case (span.is(asksOutline) || span.is(asksTitle)) && q.asked(span.start):
		return false // 哪几个目录: not the report's own
	case span.is(spansYears) && strings.HasPrefix(whole, "十"):
		t.class = noun // 十三五 must be spoken of
		return false
	case span.number, isQuantity(tokens[0]) && kindOf(*span), strings.ContainsFunc(t.text, isInterrogative):
		t.class = dropped
		return true
	case span.is("hint-count"):
		t.class = attribute
		return false
	case !slices.ContainsFunc(span.roles, func(r role) bool { return r != isSuffix && r != "change" && !isHint(r) }):
		return false // 投资 hints at money and is a word of the sentence all the same
	case span.is(isVague) && !span.is(isEmpty):
		t.class = vague
		return false
	case kindOf(*span):
		return t.classifyInKind(whole, q.text[t.end:span.end], v.roles[t.text])
	}
	t.class = dropped
	return true
}

// classifyInKind takes a term for its part in a phrase that asks for a kind of figure (投资多少, 总投资), given the whole
// phrase, what follows the term in it, and the term's own roles.
func (t *term) classifyInKind(whole, behind string, own []role) (settled bool) {
	hints := slices.ContainsFunc(own, isHint)
	switch {
	case t.text == whole:
		t.class = attribute
	case strings.ContainsFunc(behind, isInterrogative) && (len(own) == 0 || hints):
		// 投资 of 投资多少 is a word like any other.
	case hints && !strings.ContainsFunc(whole, isInterrogative):
		t.class = attribute // 投资 of 总投资
		return true
	case slices.Contains(own, isVague):
		t.class = vague
	default:
		t.class = dropped
		return true
	}
	return false
}

// isQuantity tells whether a token is a numeral or a measure word.
func isQuantity(token retrieval.Token) bool {
	return strings.HasPrefix(token.Tag, "m") || strings.HasPrefix(token.Tag, "q")
}

// classifyByName takes a term for a name that the report or the lexicon knows. Given figures and years are constraints, not
// words.
func (t *term) classifyByName(e *Engine) {
	v := e.vocabulary
	switch {
	case e.own[t.text]:
		t.own = true
		t.class = vague
	case v.places[t.text] != "":
		t.class, t.place = name, true
	case v.names[t.text]:
		t.class, t.organisation = name, true
	case isNumber(t.text):
		t.class = dropped
	case strings.ContainsFunc(t.text, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }):
		t.class = name
	}
}

// namesKind tells whether the noun behind a phrase names what is asked for: 什么工程, 哪些企业.
func (q *question) namesKind(s roleSpan) bool {
	return s.is(asksWhich) || s.is(asksWhat) || s.is(asksList) || s.is(asksWho) || slices.Contains(sumsUp, q.text[s.start:s.end])
}

// sumsUp are the words behind which a general word takes up what was named before: 贷款、上市这些成果.
var sumsUp = []string{"这些", "那些", "这几个", "这类", "等", "之类", "之类的"}

// asked tells whether an interrogative ends right before a place: 哪几个目录.
func (q *question) asked(at int) bool {
	return slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return s.end == at && (s.is(asksList) || s.is(asksWhich) || s.is(asksWhat) || s.number)
	})
}

// split finds the parts of a compound. A company or a place is never found by its parts.
func (q *question) split(t *term, tokens []retrieval.Token, v *vocabulary) {
	if t.place || v.names[t.text] || t.class < verb {
		return
	}
	var parts []string
	if len(tokens) > 1 {
		for _, token := range tokens {
			parts = append(parts, token.Text)
		}
	} else {
		if tag := tokens[0].Tag; strings.HasPrefix(tag, "nr") || tag == "ns" || tag == "nt" {
			return
		}
		parts = splitAt(tokens[0].Text, tokens[0].Parts)
	}
	if len(parts) < 2 {
		return
	}
	for _, text := range parts {
		p := &term{text: text, class: noun, strict: v.strict[text]}
		if analysed := retrieval.Analyse(text); len(analysed) == 1 {
			p.class = classOfTag(analysed, false)
		}
		switch {
		case strings.ContainsFunc(text, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }):
			p.class = name
		case utf8.RuneCountInString(text) == 1:
			p.class = modifier
		case slices.Contains(v.roles[text], isVague) || slices.Contains(v.roles[text], isEmpty):
			p.class = vague
		case p.class == name:
			p.class = noun
		}
		t.parts = append(t.parts, p)
	}
	if !slices.ContainsFunc(t.parts, func(p *term) bool { return p.class > modifier }) {
		t.parts = nil // lone characters are no parts to go by
	}
}

// splitAt cuts a word into its known parts and what stands between them.
func splitAt(word string, parts []string) []string {
	var cut []string
	rest := word
	for _, part := range parts {
		at := strings.Index(rest, part)
		if at < 0 {
			continue
		}
		if at > 0 {
			cut = append(cut, rest[:at])
		}
		cut = append(cut, part)
		rest = rest[at+len(part):]
	}
	if len(cut) > 0 && rest != "" {
		cut = append(cut, rest)
	}
	return cut
}

func kindOf(span roleSpan) bool {
	return slices.ContainsFunc(span.roles, func(r role) bool { _, ok := kindRoles[r]; return ok })
}

func isHint(r role) bool { return strings.HasPrefix(string(r), "hint-") }

func hintOnly(span roleSpan) bool {
	return !slices.ContainsFunc(span.roles, func(r role) bool { return !isHint(r) })
}

func isNumber(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }) < 0
}

// classOfTag reads the class off the part of speech, the heaviest of several tokens. Single characters in a row that are
// not known as one word (上路 is) are a word that the lexicon lacks, and so a name.
func classOfTag(tokens []retrieval.Token, known bool) class {
	best := modifier
	if len(tokens) > 1 && !known && !slices.ContainsFunc(tokens, func(t retrieval.Token) bool { return utf8.RuneCountInString(t.Text) > 1 }) {
		return name // a run of single characters: an unknown word
	}
	for _, token := range tokens {
		c := modifier
		switch tag := token.Tag; {
		case tag == "nt":
			c = name
		case tag == "":
			c = noun
		case tag == "vn" || tag[0] == 'n' || tag == "j" || tag == "l" || tag == "i" || tag == "s" || tag == "eng":
			c = noun
		case tag[0] == 'v':
			c = verb
		case token.Unknown():
			c = modifier
		}
		best = max(best, c)
	}
	return best
}

// variants are the term itself and its synonyms, of those that the report holds, the best first.
func (e *Engine) variants(text string) []variant {
	var variants []variant
	if e.holds(text) {
		variants = append(variants, variant{text, 1})
	}
	for _, list := range [][]variant{e.synonyms[text], e.vocabulary.synonyms[text]} {
		for _, other := range list {
			if e.holds(other.text) {
				variants = append(variants, other)
			}
		}
	}
	if len(variants) == 0 {
		if stem, ok := e.stem(text); ok {
			variants = append(variants, variant{stem, stemMeaning})
		}
	}
	slices.SortStableFunc(variants, func(a, b variant) int {
		switch {
		case a.grade > b.grade:
			return -1
		case a.grade < b.grade:
			return 1
		}
		return 0
	})
	return variants
}

// stemMeaning is how well 合同 stands for 合同额.
const stemMeaning = 0.7

// stem takes a character off that only makes a longer word of the one before it, when the report holds what remains.
func (e *Engine) stem(text string) (string, bool) {
	last, size := utf8.DecodeLastRuneInString(text)
	stem := text[:len(text)-size]
	if utf8.RuneCountInString(stem) < 2 || !slices.Contains(e.vocabulary.roles[string(last)], isSuffix) || !e.spelling.words[stem] {
		return "", false
	}
	return stem, true
}

// holds tells whether the report holds a word, in its sentences or its headings.
func (e *Engine) holds(text string) bool { return strings.Contains(e.text, text) }

// rarity is between 0.5 for a word that every sentence holds and 1 for one that a single sentence holds, or none: the
// inverse document frequency as Robertson and Spärck Jones define it, scaled to the size of the report.
func (e *Engine) rarity(t *term) float64 {
	n := float64(len(e.evidence))
	frequency := 0.0
	if t.known() { // the best variant stands for all
		for _, ev := range e.evidence {
			if strings.Contains(ev.text, t.variants[0].text) {
				frequency++
			}
		}
	}
	idf := math.Log(1 + (n-frequency+0.5)/(frequency+0.5))
	return 0.5 + 0.5*idf/math.Log(1+(n+0.5)/0.5)
}
