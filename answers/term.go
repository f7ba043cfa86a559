package answers

import (
	"math"
	"slices"
	"strings"
	"sync"
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
	variants     []variant   // itself first, then what may stand for it, of those that the report holds
	parts        []*term     // what a compound is made of: 制造业 and 企业 of 制造业企业; empty for a simple word
	places       *termPlaces // once they have been looked up
	seldom       bool        // the report says it once or twice, so that a whole part may be about it
	number       bool        // a figure that the question states; it stands for itself only
	index        int         // in the question
	headed       *term       // the noun that it belongs to
	strict       bool        // must stand in the very clause that answers
	focus        bool        // beside the interrogative: what is asked of
	counted      bool        // what is counted: stands behind the figure
	whole        bool        // that parts are asked of
	verbal       bool        // tells what is done, by its part of speech: 突破
	aside        bool        // stands in a part of the question that only leads to it
	place        bool
	organisation bool
	kind         bool  // what kind of things a list question asks for: 哪些工程
	own          bool  // names the report's own place, issuer or year, which every sentence is about
	with         []int // the other nouns of the phrase that it stands for among alternatives
	answerType   bool  // 哪些企业: names what is asked for rather than what it is about
}

// known tells whether the report holds the term or something that may stand for it.
func (t *term) known() bool { return len(t.variants) > 0 }

// isThing tells whether a term is a noun or a name that a question is about: not the report's own place, and no figure.
func (t *term) isThing() bool { return t.class >= noun && !t.own && !t.number }

// mostTerms is how many words of a question are looked for, more than the most that any of some thousand questions has, so that
// the longest message is answered at once.
const mostTerms = 40

// findTerms makes the question's terms of the words that no role uses up.
func (q *question) findTerms(e *Engine) {
	for i := 0; i < len(q.tokens); {
		last, text := q.phraseAt(i, e)
		t := &term{text: text, start: q.tokens[i].Start, end: q.tokens[last].End}
		if done, perfective := strings.CutSuffix(t.text, afterDone); perfective && utf8.RuneCountInString(done) > 0 && i == last {
			t.text = done // 办了
			t.end -= len(afterDone)
		}
		q.classify(t, q.tokens[i:last+1], e)
		i = last + 1
		if slices.Contains(q.quoted, text) {
			t.class = max(t.class, noun) // 带“同比”的数据
			if e.holds(text) {
				t.parts = nil // “零增长” is not the 增长 of a 零售总额
			}
		}
		if t.class == dropped {
			continue
		}
		q.terms = append(q.terms, t)
	}
	q.addGiven()
	q.terms = q.terms[:min(len(q.terms), mostTerms)]
	q.leaveOut()
	q.findKind(e.vocabulary)
	q.findFocus()
	q.findHeads()
	q.findAsides(e)
	for i, t := range q.terms {
		if slices.ContainsFunc(q.spans, func(s roleSpan) bool {
			return s.start == t.end && slices.Contains(sumsUp, q.text[s.start:s.end])
		}) && i+1 < len(q.terms) && q.terms[i+1].class >= noun && e.holdsTerm(q.terms[i+1].text) {
			t.class = vague // 电动车这些新能源车 asks about 新能源车
		}
		e.weigh(t)
		if t.number && !t.known() {
			e.findByValue(q, t)
		}
		if i+1 < len(q.terms) && t.end == q.terms[i+1].start {
			// The 研究生 of 博士研究生 stands for itself, and so not for the 博士.
			t.variants = slices.DeleteFunc(t.variants, func(v variant) bool { return v.grade < 1 && v.text == q.terms[i+1].text })
		}
		for _, part := range t.parts {
			e.weigh(part)
		}
	}
	q.joinAlternatives()
}

// joinAlternatives lets what stands for one of two words that the question leaves open stand for the other too: whatever is
// 竣工或者投产 belongs to the list.
func (q *question) joinAlternatives() {
	for i := range len(q.terms) - 1 {
		one, other := q.terms[i], q.terms[i+1]
		if alternatives.MatchString(q.text[one.end:other.start]) {
			both := slices.Concat(one.variants, other.variants)
			one.variants, other.variants = both, both
		}
	}
}

var alternatives = compile(`^或(?:者|是|者是)?$`)

func (e *Engine) weigh(t *term) {
	if t.number {
		for _, text := range []string{t.text, chineseNumeral(t.text)} {
			if text != "" && e.holds(text) {
				t.variants = append(t.variants, variant{text, 1})
			}
		}
	} else {
		t.variants = e.variants(t.text)
	}
	frequency := 0
	if t.known() { // the best variant stands for all
		frequency = e.text.frequency(t.variants[0].text)
	}
	t.seldom = t.known() && frequency <= 2
	t.weight = classWeight[t.class] * e.rarity(frequency)
	switch {
	case t.focus && t.class > vague:
		t.weight *= focusWeight
	case t.aside:
		t.weight *= wholeWeight
	}
	if t.own {
		t.weight = 0
	}
}

// chineseNumeral writes a number of two digits as names have it: 十 of 十大流域. Others stand in no name, and are empty.
func chineseNumeral(number string) string {
	if len(number) != len("10") || !isNumber(number) || number[0] == '0' || number[1] == '.' {
		return ""
	}
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	tens := digits[number[0]-'0']
	if number[0] == '1' {
		tens = ""
	}
	return tens + "十" + digits[number[1]-'0']
}

// findByValue finds a figure that the question states as the report prints it: 千亿元 for 1000亿元.
func (e *Engine) findByValue(q *question, t *term) {
	stated := slices.IndexFunc(q.figures, func(f content.Figure) bool { return f.Start == t.start && f.Kind != content.Date })
	if stated < 0 {
		return
	}
	for _, ev := range e.evidence {
		for _, f := range ev.figures {
			if f.content.Value == q.figures[stated].Value && f.content.Unit == q.figures[stated].Unit && !f.fact {
				t.variants = []variant{{ev.text[f.start:f.end], 1}}
				return
			}
		}
	}
}

// addGiven makes terms of the figures that the question states (8505户, 第二批, 三年): they tell which sentence is meant.
// One-digit numbers tell too little, and years are looked at on their own.
func (q *question) addGiven() {
	for _, place := range givenPattern.FindAllStringIndex(q.text, -1) {
		at := place[0]
		if given := q.text[at:place[1]]; len(given) > 1 && !strings.HasSuffix(q.text[:at], "哪") && !q.isVaguely(at) && !yearPattern.MatchString(given) {
			if strings.HasPrefix(q.text[at+len(given):], "月") && !strings.HasPrefix(q.text[at+len(given):], "月份额") {
				given += "月" // 12月 only says when
				q.terms = append(q.terms, &term{text: given, start: at, end: at + len(given), class: modifier})
				continue
			}
			q.terms = append(q.terms, &term{text: given, start: at, end: at + len(given), class: noun, number: true})
		}
	}
	for _, f := range q.figures {
		if f.Kind == content.Date && f.Unit == "日" {
			q.terms = append(q.terms, &term{text: q.text[f.Start:f.End], start: f.Start, end: f.End, class: noun, number: true})
		}
	}
	var periods [][]int
	if q.mentions("年") {
		periods = periodPattern.FindAllStringSubmatchIndex(q.text, -1)
	}
	for _, period := range periods {
		if slices.ContainsFunc(q.spans, func(s roleSpan) bool {
			return (s.is(spansYears) || s.is(asksBefore)) && s.start <= period[2] && period[3] <= s.end
		}) {
			continue // 五年来, 五年前
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

var periodPattern = compile(`(?:^|[^近几每一二三四五六七八九])([两二三四五六七八九十]年)(?:$|[^度级代份轻])`)

// holdsTerm tells whether the report holds a word or something that may stand for it.
func (e *Engine) holdsTerm(text string) bool { return len(e.variants(text)) > 0 }

// dropped marks a word that is no term.
const dropped class = -1

// phraseAt returns the last token and the text of the term that begins with a token: the longest run of tokens that the
// synonyms know as one, a run of single characters that make up a word the lexicon lacks, or the token alone.
func (q *question) phraseAt(first int, e *Engine) (int, string) {
	v := e.vocabulary
	last := first
	if quoted := q.quotedAt(first); quoted > first && e.holds(q.text[q.tokens[first].Start:q.tokens[quoted].End]) {
		return quoted, q.text[q.tokens[first].Start:q.tokens[quoted].End] // “之都”
	}
	runes := 0
	for i := first; i < len(q.tokens) && runes <= v.synonyms.longest; i++ {
		if i > first && q.tokens[i].Start != q.tokens[i-1].End {
			break
		}
		runes += utf8.RuneCountInString(q.tokens[i].Text)
		text := q.text[q.tokens[first].Start:q.tokens[i].End]
		if i > first && len(v.synonyms.of(text)) > 0 && !slices.ContainsFunc(v.roles[text], func(r role) bool { return !isHint(r) }) && q.rolesWithin(q.tokens[first].Start, q.tokens[i].End) &&
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

// quotedAt is the last token of what the question puts in quotation marks from a token on, or -1.
func (q *question) quotedAt(first int) int {
	start := q.tokens[first].Start
	for _, quoted := range q.quoted {
		if !strings.HasPrefix(q.text[start:], quoted) || utf8.RuneCountInString(quoted) > longestQuoted {
			continue
		}
		if last := slices.IndexFunc(q.tokens, func(t retrieval.Token) bool { return t.End == start+len(quoted) }); last >= 0 {
			return last
		}
	}
	return -1
}

// longestQuoted is how long, in runes, quoted words are taken for one name; longer ones are found word by word.
const longestQuoted = 8

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
	if span != nil && !span.is(isSuffix) || token.Tag == "p" {
		return false // 往 is part of no name
	}
	if i > 0 && q.tokens[i-1].End == token.Start && isNumber(q.tokens[i-1].Text) && len(q.tokens[i-1].Text) > 2 {
		return false // the 户 of 8505户参评企业 belongs to the number, the 号 of 6号线 does not
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

// variants are the term itself and its synonyms, of those that the report holds, the best first.
func (e *Engine) variants(text string) []variant {
	var variants []variant
	if e.holds(text) {
		variants = append(variants, variant{text, 1})
	}
	for _, list := range [][]variant{e.synonyms[text], e.vocabulary.synonyms.of(text)} {
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
		if bare, ok := strings.CutSuffix(text, situatedAt); ok && utf8.RuneCountInString(bare) > 1 && e.holds(bare) {
			variants = append(variants, variant{bare, sameMeaning}) // 立足于
		}
	}
	if done, again := strings.CutPrefix(text, onceMore); again && !e.holds(text) && isVerb(done) && e.holds(done) {
		variants = append(variants, variant{done, sameMeaning}) // 再建多少套
	}
	variants = e.addTurned(variants, text)
	for _, v := range append([]variant{{text, 1}}, e.vocabulary.synonyms.of(text)...) {
		if reached, ok := strings.CutSuffix(v.text, "到"); ok && utf8.RuneCountInString(reached) > 1 && e.holds(reached+"至") {
			variants = append(variants, variant{reached + "至", min(v.grade, sameMeaning)}) // 增加到, 增加至
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

// isVerb tells whether a text is one word, and a verb.
func isVerb(text string) bool {
	tokens := retrieval.Analyse(text)
	return len(tokens) == 1 && strings.HasPrefix(tokens[0].Tag, "v")
}

// addTurned adds to what stands for a word the same with its verb in front: 改造棚户区 for 棚户区改造.
func (e *Engine) addTurned(variants []variant, text string) []variant {
	variants = e.addTurnedOf(variants, variant{text, 1})
	for _, v := range e.vocabulary.synonyms.of(text) {
		variants = e.addTurnedOf(variants, v)
	}
	return variants
}

// addTurnedOf is addTurned for one of the words that may stand for another.
func (e *Engine) addTurnedOf(variants []variant, v variant) []variant {
	for _, verb := range turningVerbs {
		thing, ends := strings.CutSuffix(v.text, verb)
		if !ends || utf8.RuneCountInString(thing) < 2 {
			continue
		}
		turned := verb + thing
		if e.holds(turned) && !slices.ContainsFunc(variants, func(known variant) bool { return known.text == turned }) {
			variants = append(variants, variant{turned, min(v.grade, sameMeaning)})
		}
	}
	return variants
}

// turningVerbs stand behind what they are done to in a name, and in front of it in a sentence.
var turningVerbs = []string{"改造", "整治", "治理", "修复", "搬迁", "安置", "更新"}

// afterDone ends verbs of what was done.
const afterDone = "了"

// onceMore begins verbs of what is done again.
const onceMore = "再"

// situatedAt ends verbs that say where or in what.
const situatedAt = "于"

// stemMeaning is how well 合同 stands for 合同额.
const stemMeaning = 0.7

// stem takes a character off that only makes a longer word of the one before it, when the report holds what remains.
func (e *Engine) stem(text string) (string, bool) {
	last, size := utf8.DecodeLastRuneInString(text)
	stem := text[:len(text)-size]
	if utf8.RuneCountInString(stem) < 2 || !slices.Contains(e.vocabulary.roles[string(last)], isSuffix) || !e.isWord(stem) {
		return "", false
	}
	return stem, true
}

// holds tells whether the report holds a word, in its sentences or its headings.
func (e *Engine) holds(text string) bool { return e.text.Holds(text) }

// wordsOfVariants are the words that what may stand for a term is made of, once they have been needed. It is safe for
// concurrent use.
type wordsOfVariants struct {
	mu    sync.RWMutex
	words map[string][]string
}

// mostVariants bounds how many variants are kept. Each stands in the report: few reports hold as many that are asked for.
const mostVariants = 1 << 13

// of gives the words of a variant, as the index knows them.
func (w *wordsOfVariants) of(text string) []string {
	w.mu.RLock()
	words, known := w.words[text]
	w.mu.RUnlock()
	if known {
		return words
	}
	for _, token := range retrieval.Analyse(text) {
		words = append(words, token.Text)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.words == nil {
		w.words = make(map[string][]string)
	}
	if len(w.words) < mostVariants {
		w.words[strings.Clone(text)] = words
	}
	return words
}

// rarity is between 0.5 for a word that every sentence holds and 1 for one that a single sentence holds, or none, of as many
// sentences as hold it: the inverse document frequency as Robertson and Spärck Jones define it, scaled to the size of the report.
func (e *Engine) rarity(holding int) float64 {
	n, frequency := float64(len(e.evidence)), float64(holding)
	idf := math.Log(1 + (n-frequency+0.5)/(frequency+0.5))
	return 0.5 + 0.5*idf/math.Log(1+(n+0.5)/0.5)
}
