package answers

import (
	"context"
	"maps"
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # Conversations
//
// 省级的呢?, 它投资多少?, 其中多少家?: a question that leans on the one before inherits its terms, less those in whose place
// it puts something else (省级 for 国家级, one company for another), and looks first where the last answer stood. What it
// inherits helps to choose; its own words are demanded as ever.
const (
	inheritedWeight = 0.4  // of an inherited term's weight
	inSameSentence  = 0.25 // added to anchors in the sentence that answered last
	inSameSection   = 0.08
	inheritedFound  = 0.4 // share of the inherited weight that must be found outside of the last answer's sentence
	ellipsisWeight  = 2.5 // of the one word of an elliptical question
	lightWeight     = 0.2 // of the light words of a question that says nothing itself
	mostInherited   = 12  // terms kept, the newest
)

// Conversation is what an engine remembers of the questions asked before. The zero value is a new conversation. It is
// small and bounded, and belongs to one asker: it must not be used by two goroutines at once.
type Conversation struct {
	terms    []*term
	wants    want
	timing   timing
	evidence []*evidence // that answered last
	last     result
	section  *content.Section // that was asked for by its number or title
	many     *talk            // over many reports; nil over one
}

// Roles of follow-ups.
const (
	asksSource role = "source"  // 出处在哪
	pointsTo   role = "pointer" // 它, 其中, 那
	asksMore   role = "more"    // 还有呢
)

// leans tells whether a question leans on the one before: it points at it, or says nothing itself of what it is about.
func (q *question) leans() bool {
	return q.has[pointsTo] || q.elliptical() || !slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.class >= noun && !t.own && !t.strict && !t.number && !t.answerType && !(t.verbal && t.focus) // 省级的是哪个 does not say what is 省级
	})
}

// saysLittle tells whether a single noun says what a question is about: 营收增长多少 is asked of many things, and most likely
// of what was just talked about.
func (q *question) saysLittle() bool {
	nouns := 0
	for _, t := range q.terms {
		if t.class >= noun && !t.own {
			nouns++
		}
	}
	return nouns == 1 && q.wants.figure
}

// elliptical tells whether a question only names what is to be put in the place of something in the one before: 税收呢?
func (q *question) elliptical() bool {
	return ellipsisPattern.MatchString(q.text)
}

// ellipsisPattern finds the 呢 that puts one thing in the place of another: 税收呢? 营业收入呢,涨了多少?
var ellipsisPattern = compile(`呢(?:[?!。, ]|$)`)

// resolve answers a question in its conversation.
func (e *Engine) resolve(ctx context.Context, c *Conversation, q *question) (result, error) {
	q.slab = slabs.Get().(*slab)
	defer q.slab.putBack() // an answer is made of passages, and holds no anchor
	if c == nil || c.evidence == nil {
		return e.remember(ctx, c, q)
	}
	q.section = c.section
	if q.has[asksSource] && !q.about() && c.last.kind == Found {
		return c.last, nil
	}
	if q.has[asksMore] && !q.about() {
		return result{kind: NotFound, note: "报告里没有更多了。"}, nil
	}
	if passages := e.narrowed(c, q); passages != nil {
		return e.recall(c, q, result{kind: Found, passages: passages}), nil
	}
	if c.section != nil && q.elliptical() && q.about() && !q.wants.strong {
		if section := e.titled(q); section != nil && section != c.section {
			return e.recall(c, q, e.sectionAnswer(q, section)), nil // 讲新赛道的那部分说了什么? 讲新基建的呢?
		}
	}
	if !q.leans() {
		if q.saysLittle() {
			q.recent = c.evidence
		}
		return e.remember(ctx, c, q)
	}
	inherited := c.inherit(e, q)
	r, err := e.remember(ctx, c, inherited)
	if err != nil || r.kind == Found {
		return r, err
	}
	if q.about() && !pronoun.MatchString(q.text) && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.asks(q.text) || s.is(asksList) }) {
		// It may stand alone after all: 那充电桩呢, 增长超过20%的有哪些.
		if alone, err := e.remember(ctx, c, q); err != nil || alone.kind == Found {
			return alone, err
		}
	}
	return r, nil
}

// remember finds the answer, and keeps it for follow-ups.
func (e *Engine) remember(ctx context.Context, c *Conversation, q *question) (result, error) {
	r, err := e.find(ctx, q)
	if err != nil || c == nil || r.kind == Help {
		return r, err
	}
	return e.recall(c, q, r), nil
}

// pronoun finds what stands for the thing talked about, so that the question is of nothing else.
var pronoun = compile(`它|这[家项座款条些]|该[公企项]|那些|上述`)

// narrowed are those passages of a list just given to which a follow-up narrows it down: 只要和充电桩有关的. It is nil where nothing is
// narrowed down, or nothing is left.
func (e *Engine) narrowed(c *Conversation, q *question) []Passage {
	if len(c.last.passages) < 2 || q.wants.figure && !q.wants.fragment || !narrowing.MatchString(q.text) {
		return nil
	}
	var passages []Passage
	for _, p := range c.last.passages {
		text := retrieval.Normalise(p.Quote).Text
		lacks, holds := false, false
		for _, t := range q.terms {
			if t.class > attribute && !t.own {
				held := t.inText(text) >= found
				lacks, holds = lacks || !held, holds || held
			}
		}
		if holds && !lacks {
			passages = append(passages, p)
		}
	}
	return passages
}

// recall keeps what follow-ups may lean on.
func (e *Engine) recall(c *Conversation, q *question, r result) result {
	next := Conversation{wants: q.wants, timing: q.timing, last: r, section: r.section}
	if q.has[asksCheck] && !q.wants.figure && len(q.figures) > 0 {
		next.wants = want{figure: true, kinds: []content.Kind{q.figures[0].Kind}, unit: q.figures[0].Unit} // 新建了662个,对吧? 投产的呢?
	}
	for _, t := range q.terms {
		if t.class > vague && !t.own {
			next.terms = append(next.terms, t)
		}
	}
	next.terms = append(next.terms, q.inherited...)
	if len(next.terms) > mostInherited {
		next.terms = next.terms[:mostInherited]
	}
	for _, t := range next.terms {
		t.places, t.headed = nil, nil // a conversation is small
		for _, part := range t.parts {
			part.places = nil
		}
	}
	for _, p := range r.passages {
		if ev := e.evidenceAt(p.Start); ev != nil {
			next.evidence = append(next.evidence, ev)
		}
	}
	if r.kind == Found {
		*c = next
	} else if c.evidence == nil {
		next.evidence = []*evidence{}
		*c = next
	}
	return r
}

// inherit makes the question that a follow-up stands for.
func (c *Conversation) inherit(e *Engine, q *question) *question {
	whole := *q
	whole.context = c.contextOf(e)
	if slices.ContainsFunc(q.spans, roleSpan.tellsTime) && !slices.ContainsFunc(q.terms, func(t *term) bool { return t.class >= noun && !t.own && !q.namesSpan(t) }) {
		for _, ev := range c.evidence {
			whole.context[ev] = inSameSection // 那十二五呢 is answered elsewhere
		}
	}
	whole.opposites = nil
	if q.timing == anyTime && len(q.years) == 0 && !byNow.MatchString(q.text) {
		whole.timing = c.timing // 今年新建多少 … 其中多少在城区: of this year, most likely
	}
	c.inheritTerms(e, q, &whole)
	c.inheritWant(q, &whole)
	if q.has[asksList] && !q.about() && slices.Contains(c.wants.kinds, content.Count) {
		whole.has = maps.Clone(q.has)
		whole.has[asksNames] = true // 投产了几个? 具体是哪些项目?
	}
	if !q.saysSomething() && q.timing != anyTime {
		whole.terms = slices.Clone(whole.terms)
		for i, t := range whole.terms {
			if copied := *t; t.class == vague {
				copied.weight *= lightWeight // 那今年打算添多少: where 打算 stands says nothing
				whole.terms[i] = &copied
			}
		}
	}
	if q.elliptical() {
		whole.terms = slices.Clone(whole.terms)
		for i, t := range whole.terms {
			if copied := *t; t.class > attribute {
				copied.weight *= ellipsisWeight
				copied.counted = true
				whole.terms[i] = &copied
			}
		}
	}
	whole.answered = make(map[int]bool)
	if len(c.last.passages) == 1 {
		for _, f := range c.last.passages[0].Figures {
			whole.answered[f.Start] = true
		}
	}
	return &whole
}

// byNow finds a question for what is the case by now, whatever was asked of before.
var byNow = compile(`目前|现在|现有|已经?|如今|眼下|实际|至今|截至`)

// contextOf is what sentences gain by having answered last, or by standing beside one that did.
func (c *Conversation) contextOf(e *Engine) map[*evidence]float64 {
	context := make(map[*evidence]float64)
	for _, ev := range c.evidence {
		for _, other := range e.evidence {
			if other.sentence.Section == ev.sentence.Section {
				context[other] = inSameSection
			}
		}
	}
	for _, ev := range c.evidence {
		context[ev] = inSameSentence
	}
	return context
}

// inheritTerms gives a follow-up the terms of the questions before, but for those in whose place it puts another.
func (c *Conversation) inheritTerms(e *Engine, q, whole *question) {
	subject := c.subject()
	for _, old := range c.terms {
		replaced := slices.ContainsFunc(q.terms, func(t *term) bool {
			return t.text == old.text || t.organisation && old.organisation || t.place && old.place ||
				slices.Contains(e.vocabulary.exclusive[old.text], t.text)
		})
		if member := e.otherMember(old, q); member != nil {
			member.index = len(whole.terms)
			whole.terms = append(whole.terms[:len(whole.terms):len(whole.terms)], member)
			continue
		}
		switch copied := *old; {
		case replaced:
		case (old.organisation || old == subject && pronoun.MatchString(q.text)) && q.has[pointsTo] && !q.elliptical():
			copied.start, copied.end, copied.headed, copied.index = len(q.text), len(q.text), nil, len(whole.terms)
			whole.terms = append(whole.terms[:len(whole.terms):len(whole.terms)], &copied) // 它 is the company
		default:
			whole.inherited = append(whole.inherited, &copied)
		}
	}
}

// subject is what a conversation is about: the name that it holds, or the noun that says most; nil without one.
func (c *Conversation) subject() *term {
	var subject *term
	for _, t := range c.terms {
		if t.isThing() && !t.answerType && (subject == nil || t.class > subject.class || t.class == subject.class && t.weight > subject.weight) {
			subject = t
		}
	}
	return subject
}

// otherMember is what a term becomes where a follow-up names another thing of the pair that it begins with, and the report has
// it so: 农村居民人均可支配收入 for 城镇居民人均可支配收入, after 农村居民的呢. Otherwise it is nil.
func (e *Engine) otherMember(old *term, q *question) *term {
	for _, things := range listWords().pairs {
		for i, names := range things {
			for _, name := range names {
				rest, ok := strings.CutPrefix(old.text, name)
				if !ok || rest == "" {
					continue
				}
				for j, others := range things {
					for _, other := range others {
						if i == j || !e.holds(other+rest) || !slices.ContainsFunc(q.terms, func(t *term) bool { return strings.HasPrefix(t.text, other) }) {
							continue
						}
						member := &term{text: other + rest, start: len(q.text), end: len(q.text), class: old.class}
						e.weigh(member)
						return member
					}
				}
			}
		}
	}
	return nil
}

// inheritWant lets a follow-up that does not say what it asks for ask for what the question before did.
func (c *Conversation) inheritWant(q, whole *question) {
	otherTime := slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.tellsTime() && !s.is(tellsPlan) }) || len(q.years) > 0
	bare := func(s roleSpan) bool { return otherTime && s.is(asksNumber) && s.unit == "" && !kindOf(s) } // 那2020年是多少
	if q.wants.figure && q.wants.unit == "" && len(q.wants.kinds) == 0 && !slices.Contains(c.wants.kinds, content.Count) {
		whole.wants.prefers, whole.wants.asksAgain = c.wants.kinds, true
	}
	if q.has[asksNames] || slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return !s.is(isEmpty) && !s.is(isVague) && !s.is(pointsTo) && !s.tellsTime() && !hintOnly(s) && !bare(s)
	}) {
		return
	}
	whole.wants = c.wants
	whole.wants.unit, whole.wants.prefersUnit = "", c.wants.unit // 绿色工厂几家 … 绿色设计产品呢: these are counted in 款
	if q.namesRate() {
		whole.wants.kinds = []content.Kind{content.Percent} // 办理了多少件 … 满意率呢
		return
	}
	changes := slices.ContainsFunc(q.terms, func(t *term) bool { return t.class == verb && t.known() })
	if changes || q.namesMoney() || slices.ContainsFunc(q.spans, hintOnly) {
		whole.wants.kinds = nil // 投资呢 after 几个项目 asks for money, 那净增呢 after a growth rate for what was added
		whole.wants.prefers = c.wants.kinds
	}
}

// tellsTime tells whether a phrase says of which time a question asks.
func (s roleSpan) tellsTime() bool {
	return slices.ContainsFunc([]role{spansYears, pastYears, comingYears, namesLastYear, namesThisYear, tellsPlan}, s.is)
}

// namesRate tells whether a term ends with the character of rates.
func (q *question) namesRate() bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool { return t.class > attribute && strings.HasSuffix(t.text, "率") })
}

// namesMoney tells whether a term ends with a word that goes with money: 旅游总收入.
func (q *question) namesMoney() bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool {
		return slices.ContainsFunc(moneyWords(), func(word string) bool { return strings.HasSuffix(t.text, word) })
	})
}

// moneyWords are the words of a sentence that go with money.
var moneyWords = wordsOf("hint-money")

// evidenceAt is the sentence at an offset of the report's text, or nil.
func (e *Engine) evidenceAt(offset int) *evidence {
	for _, ev := range e.evidence {
		if ev.sentence.Span.Start <= offset && offset < ev.sentence.Span.End {
			return ev
		}
	}
	return nil
}

// pieces cuts a message that asks several questions into one text for each. A piece that asks nothing goes with the
// question behind it, as its topic, or at the end with the one before.
func (q *question) pieces() []string {
	var pieces []string
	start, asking := 0, false
	flush := func(end int) {
		if piece := strings.Trim(q.text[start:end], " ,;?。!、"); piece != "" {
			pieces = append(pieces, piece)
		}
		start, asking = end, false
	}
	next := 0
	asks := func(s roleSpan) bool { return s.asks(q.text) }
	if !q.has[asksList] && (q.wants.fragment || !slices.ContainsFunc(q.spans, asks) || q.fewInterrogatives()) {
		asks = func(s roleSpan) bool { return s.asks(q.text) || s.measures(q.text) } // 项目个数 总投资
	}
	parted := -1 // 企业总户数,其中规上的多少户: the whole is asked for as well
	if part := partOpening.FindStringIndex(q.text); part != nil && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.end == part[0] && s.measures(q.text) }) {
		parted = part[0]
	}
	asksAfter := func(at int) bool {
		return slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.start >= at && asks(s) })
	}
	first, second := q.countsTogether()
	together := func(at int) bool {
		return second > 0 && !q.saysBefore(q.spans[first].start) && q.spans[first].end <= at && at <= q.spans[second].start
	}
	for at, r := range q.text {
		for next < len(q.spans) && q.spans[next].end <= at {
			asking = asking || asks(q.spans[next])
			next++
		}
		if (asking || at == parted) && (strings.ContainsRune(",;?。!、 ", r) || q.beginsAnew(at)) && (q.asksAfter(at) || asksAfter(at)) && !together(at) {
			flush(at)
		}
	}
	flush(len(q.text))
	return pieces
}

// partOpening finds where a question goes on to ask for a part.
var partOpening = compile(`[,;](?:这?里面|里头|其中|当中)`)

// measures tells whether a phrase names what is to be told of a thing: 总数, 个数, 增幅, 总投资.
func (s roleSpan) measures(text string) bool {
	return kindOf(s) || s.is("hint-count") && (strings.HasSuffix(text[s.start:s.end], "数") || strings.HasSuffix(text[s.start:s.end], "量"))
}

// fewInterrogatives tells whether a question is made of keywords between spaces, with an interrogative in but one of them:
// 充电桩总数 省内第几.
func (q *question) fewInterrogatives() bool {
	segments := q.segments()
	asking := 0
	for _, part := range segments {
		if part.asks {
			asking++
		}
		if part.mark && part.end < len(q.text) || part.end-part.start > longestKeyword {
			return false
		}
	}
	return asking == 1 && len(segments) > 1
}

// longestKeyword is how long, in bytes, a keyword is at most: eight characters.
const longestKeyword = 24

// beginsAnew tells whether a word stands right behind an interrogative that counts nothing and begins to ask again:
// 推进了几个竣工了几个.
func (q *question) beginsAnew(at int) bool {
	i := q.tokenAt(at)
	if i < 0 || !strings.HasPrefix(q.tokens[i].Tag, "v") || q.roleAt(q.tokens[i]) != nil && !q.roleAt(q.tokens[i]).is(isVague) {
		return false
	}
	return slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.number && s.end == at })
}

// asks tells whether a phrase is an interrogative by itself.
func (s roleSpan) asks(text string) bool {
	if s.number {
		return true
	}
	for _, r := range []role{asksNumber, asksWho, asksWhich, asksWhat, asksWhere, asksNames, asksHow} {
		if s.is(r) && !s.is(isEmpty) {
			return true
		}
	}
	return kindOf(s) && strings.ContainsFunc(text[s.start:s.end], isInterrogative)
}

// asksAfter tells whether an interrogative stands behind a place.
func (q *question) asksAfter(at int) bool {
	return ellipsisPattern.MatchString(q.text[at:]) ||
		slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.start >= at && s.asks(q.text) })
}

// several answers the questions of a message one after the other, each leaning on the one before where it must.
func (e *Engine) several(ctx context.Context, c *Conversation, pieces []string) (result, error) {
	all := result{kind: NotFound}
	var notes []string
	unread := mostRead
	var before *question
	for _, piece := range pieces {
		q := e.understand(piece)
		if len(q.tokens) == 0 {
			continue
		}
		q.unread = &unread
		q.goesOn = all.kind == Found
		if before != nil && before.firm && q.timing == anyTime && len(q.years) == 0 {
			q.timing, q.firm = before.timing, true // 今年新建多少套,又改造多少个
		}
		before = q
		r, err := e.resolve(ctx, c, q)
		if err != nil {
			return all, err
		}
		switch {
		case r.kind == Found:
			all.kind = Found
			for _, p := range r.passages {
				all.passages = e.addPassage(all.passages, p, func(other Passage) bool { return e.touch(other, p) })
			}
		case all.kind != Found && r.kind == Help:
			all.kind = Help
			notes = append(notes, r.note)
		default:
			notes = append(notes, r.note)
			all.related = append(all.related, r.related...)
		}
	}
	if all.kind == Found {
		all.related = nil
	}
	all.related = all.related[:min(len(all.related), mostRelated)]
	all.note = strings.Join(slices.Compact(notes), "")
	return all, nil
}

// addPassages adds passages to those of an earlier question; what overlaps becomes one.
func (e *Engine) addPassages(passages, more []Passage) []Passage {
	for _, p := range more {
		passages = e.addPassage(passages, p, func(other Passage) bool { return other.Start < p.End && p.Start < other.End })
	}
	return passages
}

// addPassage adds a passage, merged into the first one that it belongs with where there is one.
func (e *Engine) addPassage(passages []Passage, p Passage, belongs func(other Passage) bool) []Passage {
	if at := slices.IndexFunc(passages, belongs); at >= 0 {
		e.merge(&passages[at], p)
		return passages
	}
	return append(passages, p)
}
