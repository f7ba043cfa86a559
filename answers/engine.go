package answers

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/content/lexicon"
	"wenbao/retrieval"
)

// # The engine
//
// An engine is made of a report once and answers any number of questions: its sentences are read into evidence, and an index, or for
// a single question a scan, finds those that hold words. Answer reads the question (question.go), parts a message that asks several,
// brings along what a follow-up inherits (conversation.go), and passes each question through the stages (stages.go).

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
	prepared   atomic.Bool     // the spelling has been made
	words      wordsOfVariants
}

// searcher finds the sentences of a report that hold words. Whatever finds them, the answers are the same.
type searcher interface {
	Search(ctx context.Context, terms []retrieval.Term, limit int) ([]retrieval.Hit, error)
}

// New makes an engine for a report. Who asks it many questions lets it [Engine.Prepare].
func New(report *content.Report) *Engine {
	e := newEngine(report)
	e.index = e.newIndex()
	return e
}

// newIndex makes an index of the sentences' words and of those of their headings.
func (e *Engine) newIndex() *retrieval.Index {
	sentences := make([][]retrieval.Token, len(e.evidence))
	var headings [][]retrieval.Token
	for i, ev := range e.evidence {
		sentences[i] = ev.words().tokens
		if e.parts[i] == len(headings) {
			headings = append(headings, retrieval.Analyse(ev.heading))
		}
	}
	return retrieval.NewIndexOf(sentences, headings, e.parts)
}

// Prepare makes all ready that questions would otherwise have to wait for: the spelling of all words. It takes as long as
// some ten questions, which is why an engine that is asked only one goes without; the answers are the same, also while it
// is at work.
func (e *Engine) Prepare() {
	e.spelling()
	e.prepared.Store(true)
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
