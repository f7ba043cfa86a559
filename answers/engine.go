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
// An engine is made of a report once and answers any number of questions: its sentences are read into evidence, which is cut into
// words when a question first looks at it, and a scan of the text finds those that hold words. Answer reads the question (question.go), parts a message that asks several,
// brings along what a follow-up inherits (conversation.go), and passes each question through the stages (stages.go).

// Engine answers questions over one report. It is safe for concurrent use.
type Engine struct {
	report     *content.Report
	scan       *retrieval.Scan
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

// Prepare makes all ready that questions would otherwise have to wait for: the spelling of all words. It takes as long as
// some ten questions, which is why an engine that is asked only one goes without; the answers are the same, also while it
// is at work.
func (e *Engine) Prepare() {
	e.spelling()
	e.prepared.Store(true)
}

// New makes an engine for a report. Who asks it many questions lets it [Engine.Prepare].
func New(report *content.Report) *Engine {
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
	e.scan = retrieval.NewScan(e.text.Lines, e.parts)
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
