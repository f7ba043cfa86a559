package answers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/content/lexicon"
	"wenbao/retrieval"
)

// Engine answers questions over one report. It is safe for concurrent use.
type Engine struct {
	report     *content.Report
	index      searcher
	evidence   []*evidence
	parts      []int // of each sentence, the place of its headings among all of them
	text       *wholeText
	vocabulary *vocabulary
	synonyms   map[string][]variant // particular to the report
	own        map[string]bool      // words for the report's own place, issuer and year
	unitGroups map[string][]int
	spelling   func() spelling // made when it is first needed
	prepared   bool            // the spelling has been made
	words      wordsOfVariants
}

// searcher finds the sentences of a report that hold words. Whatever finds them, the answers are the same.
type searcher interface {
	Search(ctx context.Context, terms []retrieval.Term, limit int) ([]retrieval.Hit, error)
}

// New prepares an engine for a report that is going to be asked many questions.
func New(report *content.Report) (*Engine, error) {
	// The index and the rest take about the same time and do not need each other.
	var index *retrieval.Index
	indexed := make(chan error, 1)
	go func() {
		var err error
		index, err = retrieval.NewIndex(report)
		indexed <- err
	}()
	e := newEngine(report)
	e.prepare()
	if err := <-indexed; err != nil {
		return nil, err
	}
	e.index = index
	return e, nil
}

// prepare makes all ready that questions would otherwise have to wait for.
func (e *Engine) prepare() {
	e.spelling()
	for _, ev := range e.evidence {
		ev.words()
	}
	e.prepared = true
}

// newLight prepares an engine for a report of which there may be only one question: it is ready soon and takes its time at the
// questions, cuts sentences into words only when it looks at them, and looks through the report in place of an index.
func newLight(report *content.Report) *Engine {
	e := newEngine(report)
	e.index = retrieval.NewScan(e.text.Lines, e.parts)
	return e
}

// newEngine makes what both kinds of engines share: all but the index.
func newEngine(report *content.Report) *Engine {
	e := &Engine{
		report: report, vocabulary: generalVocabulary(),
		synonyms: make(map[string][]variant), own: make(map[string]bool), unitGroups: make(map[string][]int),
	}
	group := 0
	for units := range lexicon.Entries("unit-groups.txt") {
		group++
		for _, unit := range units {
			e.unitGroups[unit] = append(e.unitGroups[unit], group)
		}
	}
	for _, name := range report.OwnNames {
		e.own[retrieval.Normalise(name).Text] = true
	}
	for _, line := range report.Synonyms {
		addSynonyms(e.synonyms, line)
	}
	e.readSentences()
	e.addFacts()
	e.findHorizons()
	e.spelling = sync.OnceValue(func() spelling { return newSpelling(e.evidence) })
	return e
}

// readSentences makes the sentences ready, and notes where their words and those of their headings stand.
func (e *Engine) readSentences() {
	var sentences []*content.Sentence
	var lines, headings []string // of the sentences, and of the headings above them
	var section *content.Section
	for sentence := range e.report.Sentences() {
		if sentence.Section != section {
			section = sentence.Section
			headings = append(headings, strings.Join(section.Path(e.report), "\n"))
		}
		sentences = append(sentences, sentence)
		lines = append(lines, e.report.Quote(sentence.Span))
		e.parts = append(e.parts, len(headings)-1)
	}
	text, normalised := retrieval.NormaliseLines(append(lines, headings...))
	e.evidence = newEvidence(e.report, sentences, normalised, e.parts)
	e.text = &wholeText{retrieval.NewLines(text), e.evidence}
	for _, ev := range e.evidence {
		ev.report = e.text
	}
}

// Report is the report that the engine answers from.
func (e *Engine) Report() *content.Report { return e.report }

// mostCandidates is how many sentences are fetched from the index. The right one is among the first few when the
// question shares any rare word with it; the rest is for questions whose words are common.
const mostCandidates = 40

// Answer answers a question, taking the conversation before it into account and updating it; a nil conversation is a
// question that stands alone. The error is ErrEmpty or the context's.
func (e *Engine) Answer(ctx context.Context, conversation *Conversation, text string) (Answer, error) {
	answer := Answer{Question: text, Kind: NotFound, Answers: []Passage{}, Related: []Passage{}}
	q := e.understand(text)
	if len(q.tokens) == 0 {
		return answer, ErrEmpty
	}
	var found result
	var err error
	pieces := q.pieces()
	if len(pieces) > 1 {
		if conversation == nil {
			conversation = &Conversation{}
		}
		found, err = e.several(ctx, conversation, pieces[:min(len(pieces), mostPieces)])
	} else {
		found, err = e.resolve(ctx, conversation, q)
	}
	if err != nil {
		return answer, err
	}
	answer.Kind, answer.Note = found.kind, found.note
	if len(pieces) > mostPieces {
		answer.Note = fmt.Sprintf("问题太多，只看了前%d个。", mostPieces) + answer.Note
	}
	if utf8.RuneCountInString(text) > longestQuestion {
		answer.Note = fmt.Sprintf("问题太长，只看了前%d个字。", longestQuestion) + answer.Note
	}
	answer.Answers = append(answer.Answers, found.passages...)
	answer.Related = append(answer.Related, found.related...)
	return answer, nil
}

// mostPieces is how many questions of one message are answered: more than anybody asks in good faith, and few enough for the
// time that a message may take.
const mostPieces = 8

// result is an answer in the making.
type result struct {
	kind     Kind
	passages []Passage
	related  []Passage
	note     string
	section  *content.Section // of an answer about a part
}

// A stage answers the questions of one kind; its second value is false for all others.
type stage struct {
	name   string
	answer func(e *Engine, ctx context.Context, q *question) (result, bool, error)
}

// stages follow each other from the most particular one to the one that answers whatever is left. It is a function since a
// stage may ask for answers itself.
func stages() []stage {
	return []stage{
		{"small talk", atOnce((*Engine).smalltalk)},
		{"unanswerable", (*Engine).refuseAtOnce},
		{"outline", atOnce((*Engine).outline)},
		{"problems", atOnce((*Engine).problems)},
		{"two things", (*Engine).pair},
		{"one each", (*Engine).oneEach},
		{"parts", atOnce((*Engine).partsOf)},
		{"mentions", atOnce((*Engine).mentions)},
		{"members", atOnce((*Engine).members)},
		{"list", atOnce((*Engine).list)},
		{"single", (*Engine).single},
	}
}

// atOnce makes a stage of what needs no search.
func atOnce(answer func(*Engine, *question) (result, bool)) func(*Engine, context.Context, *question) (result, bool, error) {
	return func(e *Engine, _ context.Context, q *question) (result, bool, error) {
		r, ok := answer(e, q)
		return r, ok, nil
	}
}

// find looks for the answer to a question that stands alone, or that brings along what it inherits.
func (e *Engine) find(ctx context.Context, q *question) (result, error) {
	r, _, err := e.pass(ctx, q)
	return r, err
}

// pass passes a question through the stages and tells which one answered it.
func (e *Engine) pass(ctx context.Context, q *question) (result, string, error) {
	if err := ctx.Err(); err != nil {
		return result{}, "", err
	}
	for _, stage := range stages() {
		if r, ok, err := stage.answer(e, ctx, q); ok || err != nil {
			return r, stage.name, err
		}
	}
	return result{kind: NotFound}, "", nil
}

// single answers with the best anchor, or refuses.
func (e *Engine) single(ctx context.Context, q *question) (result, bool, error) {
	candidates, err := e.candidates(ctx, q, mostCandidates)
	if err != nil {
		return result{}, false, err
	}
	anchors := e.anchors(q, candidates)
	top, note := e.choose(q, anchors)
	if note != "" {
		return e.refuseWith(q, note, candidates), true, nil
	}
	readings := e.otherReadings(q, top, anchors)
	if told := slices.IndexFunc(readings, func(a *anchor) bool { return q.tells(a, top) }); told >= 0 {
		top, readings = readings[told], nil
	}
	p := e.passage(q, top)
	for _, other := range append(readings, q.before(top, anchors)...) {
		e.merge(&p, e.passage(q, other))
	}
	return result{kind: Found, passages: []Passage{p}}, true, nil
}

// before are the figures that the answering one changed from, for a question that asks for both: 从多大扩大到多大.
func (q *question) before(top *anchor, anchors []anchor) []*anchor {
	if top.figure == nil || !q.asksFromTo {
		return nil
	}
	told := top.evidence.detail()
	for i := range anchors {
		other := &anchors[i]
		if other.figure != nil && other.evidence == top.evidence && other.figure.content.Unit == top.figure.content.Unit &&
			told.of(other.figure).formerly != told.of(top.figure).formerly {
			return []*anchor{other}
		}
	}
	return nil
}

// otherReadings are the figures of the same sentence that a question may mean as well: 充电桩数量 may be the 新建 or the
// 总数. It is so when two clauses stand on the two sides of a contrast, and the question, which holds but one word, names
// neither.
func (e *Engine) otherReadings(q *question, top *anchor, anchors []anchor) []*anchor {
	subjects := 0
	for _, t := range q.terms {
		if t.class >= verb && !t.own {
			subjects++
		}
	}
	if top.figure == nil || subjects != 1 || len(q.inherited) > 0 {
		return nil
	}
	for i, t := range q.terms {
		if t.class == vague && !t.own && top.clauses[i] == top.clause && top.grades[i] >= sameMeaning*nearOwn {
			return nil // 新开了几个: 新 tells
		}
	}
	var others []*anchor
	for i := range anchors {
		other := &anchors[i]
		if other.figure == nil || other.figure == top.figure || other.evidence != top.evidence ||
			other.figure.content.Unit != top.figure.content.Unit || other.conflict != nil || other.opposed || !q.holdsIn(other) {
			continue
		}
		if e.contrasted(q, top, other) {
			others = append(others, other)
		}
	}
	return others
}

// holdsIn tells whether all nouns of a question stand in an anchor's clause, or in those whose subject it takes over.
func (q *question) holdsIn(a *anchor) bool {
	var places []match
	for i, t := range q.terms {
		if t.class < noun || t.own || t.number {
			continue
		}
		if a.grades[i] < nearBefore2 {
			return false
		}
		if at := slices.IndexFunc(a.evidence.find(t), func(m match) bool { return m.clause == a.clause }); at >= 0 {
			place := a.evidence.find(t)[at]
			if a.evidence.qualifies(place, nil, a.figure) {
				return false // 万元GDP能耗 is something else
			}
			places = append(places, place)
		}
	}
	return len(places) > 0 || !a.evidence.hasOtherSubject(a.clause, a.figure, places)
}

// tells tells whether a light word of the question stands for one of an anchor's own clause, and for none of another's: 现有 for
// the 总数.
func (q *question) tells(a, other *anchor) bool {
	for i, t := range q.terms {
		if t.class == vague && !t.own && a.clauses[i] == a.clause && a.grades[i] >= sameMeaning && other.grades[i] < inList {
			return true
		}
	}
	return false
}

// contrasted tells whether the clauses of two anchors hold words that exclude each other, and the question neither.
func (e *Engine) contrasted(q *question, a, b *anchor) bool {
	clauseText := func(a *anchor) string {
		c := a.evidence.clauses[a.clause]
		return a.evidence.text[c.start:c.end]
	}
	left, right := clauseText(a), clauseText(b)
	for _, token := range retrieval.Analyse(left) {
		if q.speaksOf(a, token) {
			continue // 农民 is 农村居民
		}
		for _, opposite := range e.vocabulary.exclusive[token.Text] {
			if strings.Contains(right, opposite) && !strings.Contains(left, opposite) &&
				!strings.Contains(q.text, opposite) && !strings.Contains(q.text, token.Text) {
				return true
			}
		}
	}
	return false
}

// speaksOf tells whether a word of an anchor's clause is part of what stands for a term of the question there.
func (q *question) speaksOf(a *anchor, token retrieval.Token) bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.class >= noun && slices.ContainsFunc(t.variants, func(v variant) bool {
			c := a.evidence.clauses[a.clause]
			return v.grade >= sameMeaning && strings.Contains(v.text, token.Text) && strings.Contains(a.evidence.text[c.start:c.end], v.text)
		})
	})
}

// choose picks the anchor that answers, or says why none does.
func (e *Engine) choose(q *question, anchors []anchor) (*anchor, string) {
	if len(anchors) == 0 {
		return nil, "报告没有说到这个问题。"
	}
	top := &anchors[0]
	if top.conflict != nil {
		// The sentence may say it a clause further: of 充电桩总数 in 新建充电桩10018个,总数达20207个.
		for i := range anchors {
			other := &anchors[i]
			if (other.evidence == top.evidence || q.context != nil || other.evidence.follows(top.evidence)) && other.conflict == nil && other.score >= top.score*besideConflict {
				top = other
				break
			}
		}
	}
	note := e.refusal(q, top)
	for i := 1; note != "" && top.conflict == nil && i < len(anchors) && anchors[i].score >= top.score*besideLacking; i++ {
		if other := &anchors[i]; other.conflict == nil && (other.score >= top.score*besideRefused || q.holdsNouns(other)) && e.refusal(q, other) == "" {
			return other, ""
		}
	}
	return top, note
}

// holdsNouns tells whether all nouns and names that a question is about were found near an anchor, and nearer than in a heading.
func (q *question) holdsNouns(a *anchor) bool {
	nouns := 0
	for i, t := range q.terms {
		if t.class < noun || t.own || t.number || t.answerType {
			continue
		}
		if nouns++; a.grades[i] < nearHeading {
			return false
		}
	}
	return nouns > 1
}

// besideRefused is the same for one that does not answer: of 养老金提高10% and 养老金由1386元增加到1561元 only the second tells
// from how much to how much.
const besideRefused = 0.95

// besideLacking is the same for one that holds all nouns of the question, where the better one lacks some: 核电装机容量比上年末增长多少
// is not asked of 发电装机容量…比上年末增长6.5%.
const besideLacking = 0.85

// besideConflict is how near an anchor must come to one that says something else, to be taken in its place.
const besideConflict = 0.85

// anchors weighs all that may answer, best first.
func (e *Engine) anchors(q *question, candidates []candidate) []anchor {
	anchors := make([]anchor, 0, 2*len(candidates))
	for i := range candidates {
		before := len(anchors)
		if q.wants.figure {
			anchors = e.figureAnchors(anchors, q, &candidates[i])
		}
		if !q.wants.figure || q.wants.fragment && len(anchors) == before {
			anchors = e.clauseAnchors(anchors, q, &candidates[i])
			if len(q.wants.kinds) > 0 {
				for k := range anchors[before:] {
					anchors[before+k].score -= figureless
				}
			}
		}
	}
	return best(anchors)
}

// candidates fetches the sentences that hold the question's words.
func (e *Engine) candidates(ctx context.Context, q *question, most int) ([]candidate, error) {
	var terms []retrieval.Term
	for _, t := range append(q.terms[:len(q.terms):len(q.terms)], q.inherited...) {
		variants := t.variants
		for _, part := range t.parts {
			variants = append(variants, part.variants...)
		}
		for _, v := range variants {
			for _, word := range e.words.of(v.text) {
				terms = append(terms, retrieval.Term{Text: word, Weight: max(t.weight, 0.05) * v.grade})
			}
		}
	}
	hits, err := e.index.Search(ctx, terms, most)
	if err != nil {
		return nil, err
	}
	candidates := make([]candidate, 0, len(hits))
	for _, hit := range hits {
		candidates = append(candidates, newCandidate(q, e.evidence[hit.Sentence]))
	}
	for _, ev := range e.evidence { // what was talked about is looked at whether or not it shares a word
		if q.context[ev] > 0 && !slices.ContainsFunc(hits, func(h retrieval.Hit) bool { return h.Sentence == ev.sentence.Index }) {
			candidates = append(candidates, newCandidate(q, ev))
		}
	}
	return candidates, nil
}

// longestQuote is how long, in runes, a sentence may be to be quoted whole.
const longestQuote = 90

// passage quotes what an anchor answers with: the whole sentence where it is short, otherwise the clauses from the first
// to the last one that carry the answer.
func (e *Engine) passage(q *question, a *anchor) Passage {
	sentence := a.evidence.sentence
	span := sentence.Span
	p := Passage{Report: e.report.Title, Figures: []Figure{}}
	if utf8.RuneCountInString(e.report.Quote(span)) > longestQuote {
		first, last := a.clause, a.clause
		for i, c := range a.clauses {
			if c >= 0 && a.grades[i] >= found && q.terms[i].class > vague {
				first, last = min(first, c), max(last, c)
			}
		}
		if a.figure != nil {
			for _, r := range a.evidence.sharedWith(a.figure) {
				first = min(first, a.evidence.clauseAt(r.start)) // 分别 says nothing without what it shares out
			}
		}
		first, last = a.evidence.quotable(first, last)
		span = content.Span{Start: sentence.Clauses[first].Start, End: sentence.Clauses[last].End}
		p.CutBefore, p.CutAfter = first > 0, last+1 < len(sentence.Clauses)
	}
	p.Start, p.End, p.Quote = span.Start, span.End, e.report.Quote(span)
	p.Section = Section{Label: sentence.Section.Label, Path: sentence.Section.Path(e.report)}
	if a.figure != nil && !a.figure.fact {
		for _, f := range q.pick(a.evidence.enumerated(a.figure)) {
			p.Figures = append(p.Figures, e.figure(f.content))
		}
	}
	return p
}

// pick takes the largest or the smallest of figures that are counted up, where the question asks for that one alone: 较大的一种.
func (q *question) pick(figures []*figure) []*figure {
	match := oneOfThem.FindStringSubmatch(q.text)
	if match == nil || len(figures) < 2 {
		return figures
	}
	by := func(a, b *figure) int { return cmp.Compare(a.content.Value, b.content.Value) }
	if match[1] == "大" || match[1] == "高" || match[1] == "长" {
		return []*figure{slices.MaxFunc(figures, by)}
	}
	return []*figure{slices.MinFunc(figures, by)}
}

var oneOfThem = compile(`[较更最]([大小高低长短])的?(?:那|这|一)?[一种个条款档]`)

// quotable widens a run of clauses to whole ones of the sentence between commas, as indexes into the sentence's clauses.
func (ev *evidence) quotable(first, last int) (int, int) {
	for first > 0 && ev.clauses[first-1].group == ev.clauses[first].group {
		first--
	}
	for last+1 < len(ev.clauses) && ev.clauses[last+1].group == ev.clauses[last].group {
		last++
	}
	first, last = ev.clauses[first].source, ev.clauses[last].source
	for clauses := ev.sentence.Clauses; first > 0 && clauses[first].Item && clauses[first-1].Item && ev.sameList(first-1, first); {
		first--
	}
	for clauses := ev.sentence.Clauses; last+1 < len(clauses) && clauses[last].Item && clauses[last+1].Item && ev.sameList(last, last+1); {
		last++
	}
	return first, last
}

// sameList tells whether only a 、 stands between two clauses of the sentence.
func (ev *evidence) sameList(left, right int) bool {
	start := ev.sentence.Span.Start
	clauses := ev.sentence.Clauses
	from, to := ev.normalisedOffset(clauses[left].End-start), ev.normalisedOffset(clauses[right].Start-start)
	return ev.text[from:to] == "、"
}

// figure gives a figure its place in the report.
func (e *Engine) figure(f *content.Figure) Figure {
	return Figure{
		Text: e.report.Quote(f.Span), Value: f.Value, Unit: f.Unit, Kind: f.Kind, Bound: f.Bound, Start: f.Start, End: f.End,
	}
}

// enumerated returns a figure together with those that it is counted up with: 8英寸、12英寸.
func (ev *evidence) enumerated(f *figure) []*figure {
	var run []*figure
	holds := false
	for i := range ev.figures {
		other := &ev.figures[i]
		if len(run) > 0 && (ev.text[run[len(run)-1].end:other.start] != "、" || other.content.Unit != f.content.Unit) {
			if holds {
				break
			}
			run = run[:0]
		}
		run = append(run, other)
		holds = holds || other == f
	}
	if len(f.shared) > 0 || f.pair != nil {
		return []*figure{f} // 分别 gives each its own thing
	}
	return run
}
