package answers

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"wenbao/content"
	"wenbao/retrieval"
)

// # Many reports
//
// Over many reports a question is answered in two steps. First the reports are chosen that it may be about: by the place, the
// issuer and the year that it names, and of those that are left by a search for its words. Then each of them is asked, as if
// it were the only one, and what they say is put side by side, the newest first. A question for a row of years (历年规上工业
// 增加值增速) asks the reports of all years, each for its own.
const (
	mostAsked   = 5   // reports that a question is put to, when it names none
	mostInRow   = 60  // the same for a row of years
	mostEngines = 256 // kept ready; one takes about a megabyte
	mostHits    = 60  // sentences by which the reports are chosen
)

// ReportInfo is what a library knows of a report.
type ReportInfo = retrieval.ReportInfo

// Library answers questions over the reports of a corpus. It is safe for concurrent use.
type Library struct {
	corpus  retrieval.Corpus
	reports []retrieval.ReportInfo // newest first, without copies
	copies  []retrieval.ReportInfo // what has the same bytes as one of the reports
	names   []nameOf
	// nation is the place of the reports on the whole country, empty where there are none, and nationWords are its names.
	nation      string
	nationWords []string
	engines     *lru.Cache[string, *Engine]
	turns       chan struct{} // holds one for each question to a report that is under way

	examplesMu sync.Mutex
	examples   []string // nil until they have been asked for
}

// talk is what a library remembers of a conversation.
type talk struct {
	scope   scope
	subject string // of the last question, without what it said of places and times
	chosen  []retrieval.ReportInfo
	ones    map[string]*Conversation // with each report that was asked, by its key
}

// NewLibrary makes a library of a corpus, which stays the caller's to close.
func NewLibrary(ctx context.Context, corpus retrieval.Corpus) (*Library, error) {
	reports, err := corpus.Reports(ctx)
	if err != nil {
		return nil, err
	}
	reports, copies := retrieval.Distinct(reports)
	slices.SortStableFunc(reports, func(a, b retrieval.ReportInfo) int { return cmp.Compare(b.Year, a.Year) })
	engines, err := lru.New[string, *Engine](mostEngines)
	if err != nil {
		return nil, err
	}
	l := &Library{
		corpus: corpus, reports: reports, copies: copies, names: namesOf(reports), nationWords: wordsFor("nation"),
		engines: engines, turns: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	if nation := l.nationWords[0]; slices.ContainsFunc(reports, func(r retrieval.ReportInfo) bool { return r.Place == nation }) {
		l.nation = nation
	}
	return l, nil
}

// Reports lists the reports, the newest first, each once: copies of a file are left out.
func (l *Library) Reports() []ReportInfo { return l.reports }

// Open gives the report of a key. The error is retrieval.ErrNoReport, the context's or the corpus's.
func (l *Library) Open(ctx context.Context, key string) (*content.Report, error) {
	engine, err := l.engine(ctx, key)
	if err != nil {
		return nil, err
	}
	return engine.report, nil
}

// Find lists the reports that words name, the newest first: by a key, or by places, issuers, years and pieces of the title.
func (l *Library) Find(words string) []ReportInfo {
	hasKey := func(r retrieval.ReportInfo) bool { return r.Key == strings.TrimSpace(words) }
	for _, reports := range [][]retrieval.ReportInfo{l.reports, l.copies} {
		if i := slices.IndexFunc(reports, hasKey); i >= 0 {
			return reports[i : i+1]
		}
	}
	s, rest := l.read(retrieval.Normalise(words).Text)
	s = l.settle(s, nil)
	found := l.ofPlaces(s.places)
	if len(s.years) > 0 {
		found = slices.DeleteFunc(slices.Clone(found), func(r retrieval.ReportInfo) bool {
			return !slices.Contains(s.years, r.Year) && !slices.ContainsFunc(s.years, func(year int) bool { return strings.Contains(r.Title, strconv.Itoa(year)) })
		})
		if own := slices.DeleteFunc(slices.Clone(found), func(r retrieval.ReportInfo) bool { return !slices.Contains(s.years, r.Year) }); len(own) > 0 {
			found = own
		}
	}
	if s.newest {
		found = newestOfEach(found)
	}
	for word := range strings.FieldsSeq(rest) {
		found = slices.DeleteFunc(slices.Clone(found), func(r retrieval.ReportInfo) bool {
			return !strings.Contains(retrieval.Normalise(r.Title+"\n"+r.Key).Text, word)
		})
	}
	return found
}

// Answer answers a question, taking the conversation before it into account and updating it; a nil conversation is a question
// that stands alone. The passages of an answer name their reports; their offsets are into the text of each. The error is
// ErrEmpty, the context's or the corpus's.
func (l *Library) Answer(ctx context.Context, conversation *Conversation, text string) (Answer, error) {
	normalised := retrieval.Normalise(text).Text
	if len(retrieval.Analyse(normalised)) == 0 {
		return Answer{Question: text, Kind: NotFound, Answers: []Passage{}, Related: []Passage{}}, ErrEmpty
	}
	said, subject := l.read(normalised)
	if conversation == nil {
		conversation = &Conversation{}
	}
	answer, err := l.resolve(ctx, conversation, inquiry{text: text, normalised: normalised, said: said, subject: subject})
	answer.Question = text
	if now := conversation.many; now != nil && answer.Kind == Found {
		if alone := now.scope.text() + now.subject; now.subject != "" && !strings.Contains(normalised, now.subject) || !slices.Equal(now.scope.places, said.places) {
			answer.Alone = alone
		}
	}
	return answer, err
}

// inquiry is a question to some reports.
type inquiry struct {
	text, normalised string
	said             scope
	subject          string
	prime            string // the subject of the question before, for reports that have not heard it
	together         bool   // only what is told of several years at once is an answer
}

// resolve answers a question in its conversation.
func (l *Library) resolve(ctx context.Context, conversation *Conversation, q inquiry) (Answer, error) {
	before := conversation.many
	if before == nil || before.subject == "" {
		return l.alone(ctx, conversation, q)
	}
	whole := q
	whole.said = l.settle(q.said.over(before.scope), before.scope.years)
	switch {
	case isBare(q.subject) && !q.said.isEmpty(): // 那前年呢, 济南呢, 历年呢
		whole.subject = before.subject
		whole.text = ""
		return l.put(ctx, conversation, whole)
	case l.leans(before, q.text):
		whole.prime = before.subject
		return l.put(ctx, conversation, whole)
	case len(q.said.places) > 0 || len(before.scope.places) == 0:
		return l.alone(ctx, conversation, q)
	}
	// It names no place, and is most likely about the one that was talked about; the table of years was of the other subject.
	whole.text = ""
	if !q.said.row && whole.said.row {
		whole.said.row, whole.said.years, whole.said.word = false, nil, ""
	}
	kept := *conversation
	answer, err := l.put(ctx, &kept, whole)
	if err == nil && answer.Kind == Found {
		*conversation = kept
		return answer, nil
	}
	if err != nil {
		return answer, err
	}
	if other, err := l.alone(ctx, &kept, q); err != nil || other.Kind != NotFound {
		*conversation = kept
		return other, err
	}
	return answer, nil
}

// alone answers a question that names all that it is about.
func (l *Library) alone(ctx context.Context, conversation *Conversation, q inquiry) (Answer, error) {
	if q.said.ago != 0 || q.said.step != 0 {
		q.said, q.text = l.settle(q.said, nil), ""
	}
	conversation.many = nil
	return l.put(ctx, conversation, q)
}

// leans tells whether a question leans on the one before.
func (l *Library) leans(before *talk, text string) bool {
	for _, report := range before.chosen {
		if engine, known := l.engines.Peek(engineKey(report)); known {
			q := engine.understand(text)
			return q.leans() && !q.has[asksList] || q.has[asksSource] || q.has[asksMore]
		}
	}
	return false
}

// put puts a question to the reports that it is about. Where they do not answer it, and it can be meant in another way, it
// is put in that way.
func (l *Library) put(ctx context.Context, conversation *Conversation, q inquiry) (Answer, error) {
	again := *conversation
	answer, err := l.putAsRead(ctx, conversation, q)
	if err != nil {
		return answer, err
	}
	other, lacking, is := l.otherReading(q, answer)
	if !is {
		return answer, nil
	}
	second, err := l.putAsRead(ctx, &again, other)
	if err != nil || second.Kind != Found {
		return answer, err
	}
	*conversation = again
	second.Note = lacking + second.Note
	return second, nil
}

// putAsRead puts a question to the reports that it is about, and puts side by side what they say.
func (l *Library) putAsRead(ctx context.Context, conversation *Conversation, q inquiry) (Answer, error) {
	answer := Answer{Question: q.text, Kind: NotFound, Answers: []Passage{}, Related: []Passage{}}
	if conversation.many == nil && len(q.said.places) == 0 && q.said.hasTime() && isBare(q.subject, spansYears) {
		answer.Note = notUnderstood // 这五年多少 is about nothing, whichever report is asked
		return answer, nil
	}
	aims := mentionsAny(q.subject, tellsPlan)
	chosen, lacking, err := l.choose(ctx, q, aims)
	if err != nil {
		return answer, err
	}
	now := &talk{scope: q.said, subject: q.subject, ones: make(map[string]*Conversation)}
	if q.prime != "" {
		now.subject = q.prime
	}
	if len(chosen) == 0 && lacking == "" {
		return l.greet(ctx, q.normalised, answer)
	}
	all := l.askEach(ctx, conversation.many, chosen, q, aims)
	if q.said.row {
		l.askForOneUnit(ctx, all, chosen, q, aims)
	}
	for i, said := range all {
		if said.err != nil {
			return answer, said.err
		}
		report := chosen[i]
		now.ones[report.Key] = said.conversation
		if said.answer.Kind == Help {
			return said.answer, nil
		}
		if q.together {
			said.answer.Answers = slices.DeleteFunc(said.answer.Answers, func(p Passage) bool { return !tellsYears(p) })
			if len(said.answer.Answers) == 0 && said.answer.Kind == Found {
				said.answer.Kind = NotFound
			}
		}
		if said.answer.Kind == Found {
			now.chosen = append(now.chosen, report)
		}
		if err := l.add(ctx, &answer, report, said.answer, q.said.row); err != nil {
			return answer, err
		}
	}
	if len(now.chosen) == 0 {
		now.chosen = chosen[:min(1, len(chosen))]
	}
	conversation.many = now
	switch unknown := l.placeless(q); {
	case answer.Kind == Found:
		answer.Note, answer.Related = "", []Passage{}
		answer.keepOneKind()
		answer.Note = lacking + answer.Note
	case unknown != "":
		answer.Note = fmt.Sprintf("没有%s的报告，别的报告也没有说到这个问题。", unknown)
	case len(chosen) > 1:
		answer.Note = lacking + noneSays
	case len(chosen) == 0:
		answer.Note = lacking
	default:
		answer.Note = lacking + answer.Note
	}
	answer.Related = answer.Related[:min(len(answer.Related), mostRelated)]
	return answer, nil
}

// saying is what one report says, and the conversation with it.
type saying struct {
	conversation *Conversation
	answer       Answer
	err          error
}

// askEach puts a question to several reports at the same time.
func (l *Library) askEach(ctx context.Context, before *talk, reports []retrieval.ReportInfo, q inquiry, aims bool) []saying {
	said := make([]saying, len(reports))
	if len(reports) == 1 {
		said[0] = l.askOne(ctx, before, reports[0], q, aims)
		return said
	}
	var asking sync.WaitGroup
	failures := make([]any, len(reports))
	for i, report := range reports {
		asking.Go(func() {
			defer func() {
				if failure := recover(); failure != nil {
					failures[i] = fmt.Errorf("%v\n%s", failure, debug.Stack())
				}
			}()
			said[i] = l.askOne(ctx, before, report, q, aims)
		})
	}
	asking.Wait()
	for _, failure := range failures {
		if failure != nil {
			panic(failure) // where the caller may catch it
		}
	}
	return said
}

// askOne puts a question to a report, which first hears the one before when it has not heard it and the question leans on it.
func (l *Library) askOne(ctx context.Context, before *talk, report retrieval.ReportInfo, q inquiry, aims bool) saying {
	said := saying{conversation: &Conversation{}}
	if before != nil && before.ones[report.Key] != nil && q.prime != "" {
		copied := *before.ones[report.Key]
		said.conversation = &copied
	} else if q.prime != "" {
		if _, said.err = l.ask(ctx, said.conversation, report, q.about(report, q.prime, aims)); said.err != nil {
			return said
		}
	}
	said.answer, said.err = l.ask(ctx, said.conversation, report, q.wording(report, aims))
	return said
}

const noneSays = "这些报告没有说到这个问题。"

// wording is the question as a report is asked it. What the question leaves to the conversation, or asks of each year, is
// said in full.
func (q *inquiry) wording(report retrieval.ReportInfo, aims bool) string {
	if q.text != "" && !q.said.row && len(q.said.places) < 2 && !q.said.each {
		return q.text // of several places or years, each report is asked about its own
	}
	return q.about(report, q.subject, aims)
}

// about is a subject with the place and the year of a report.
func (q *inquiry) about(report retrieval.ReportInfo, subject string, aims bool) string {
	var front string
	if len(q.said.places) > 0 {
		front = report.Place
	}
	if q.said.newest && !q.said.row {
		return front + q.said.word + subject
	}
	if year := q.yearOf(report, aims); year > 0 {
		front += fmt.Sprintf("%d年", year)
	}
	return front + subject
}

// yearOf is the year that a report is asked about: in a row its own, or the one that it plans for; otherwise the one of those
// named that it tells of; 0 for none.
func (q *inquiry) yearOf(report retrieval.ReportInfo, aims bool) int {
	first, second := report.Year, report.Year+1
	if aims {
		first, second = second, first
	}
	switch years := q.said.years; {
	case report.Year == 0:
		return 0
	case q.said.row, slices.Contains(years, first):
		return first
	case slices.Contains(years, second):
		return second
	case len(years) > 0:
		return years[0]
	}
	return 0
}

// add adds what a report says to an answer.
func (l *Library) add(ctx context.Context, answer *Answer, report retrieval.ReportInfo, said Answer, row bool) error {
	if said.Kind != Found {
		if answer.Note == "" {
			answer.Note = said.Note
		}
		answer.Related = append(answer.Related, said.Related...)
		return nil
	}
	answer.Kind = Found
	said.Answers = slices.DeleteFunc(said.Answers, func(p Passage) bool { return l.isTold(answer, report, p) })
	if !row {
		answer.Answers = append(answer.Answers, said.Answers...)
		return nil
	}
	opened, err := l.Open(ctx, report.Key)
	if err != nil {
		return err
	}
	for _, p := range said.Answers {
		if len(p.Figures) > 0 {
			year, target := yearOf(opened, p)
			answer.Series = append(answer.Series, YearFigures{Year: year, Place: report.Place, Target: target, Passage: len(answer.Answers)})
		}
		answer.Answers = append(answer.Answers, p)
	}
	return nil
}

// isTold tells whether a passage says again what an answer holds already: the same report may be there in two formats.
func (l *Library) isTold(answer *Answer, report retrieval.ReportInfo, p Passage) bool {
	return slices.ContainsFunc(answer.Answers, func(told Passage) bool {
		other, _ := l.info(told.Key)
		return told.Key != p.Key && other.Place == report.Place && other.Year == report.Year &&
			retrieval.Normalise(told.Quote).Text == retrieval.Normalise(p.Quote).Text
	})
}

// greet answers what is not about any report: greetings, thanks, questions about the program.
func (l *Library) greet(ctx context.Context, text string, answer Answer) (Answer, error) {
	answer.Note = noneSays
	if len(l.reports) == 0 {
		answer.Note = "这里一份报告也没有。"
		return answer, nil
	}
	said, err := l.ask(ctx, nil, l.reports[0], text)
	if err == nil && said.Kind == Help {
		return said, nil
	}
	return answer, err
}

// ask puts a question to one report, whose name its passages then bear. No more are under way than there are processors, the
// others wait for their turn: all of them together would take as long, and those that are nearly done longer.
func (l *Library) ask(ctx context.Context, conversation *Conversation, report retrieval.ReportInfo, text string) (Answer, error) {
	select {
	case l.turns <- struct{}{}:
		defer func() { <-l.turns }()
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	}
	engine, err := l.engine(ctx, report.Key)
	if err != nil {
		return Answer{}, err
	}
	answer, err := engine.Answer(ctx, conversation, text)
	for _, passages := range [][]Passage{answer.Answers, answer.Related} {
		for i := range passages {
			passages[i].Report, passages[i].Key = ReportName(report), report.Key
		}
	}
	return answer, err
}

// engineKey tells apart the states of a report too.
func engineKey(report retrieval.ReportInfo) string { return report.SHA256 + " " + report.Key }

// info is what is known of the report of a key.
func (l *Library) info(key string) (retrieval.ReportInfo, bool) {
	i := slices.IndexFunc(l.reports, func(r retrieval.ReportInfo) bool { return r.Key == key })
	if i < 0 {
		return retrieval.ReportInfo{Key: key}, false
	}
	return l.reports[i], true
}

// engine is the engine of a report, made when it is first needed.
func (l *Library) engine(ctx context.Context, key string) (*Engine, error) {
	info, _ := l.info(key)
	if engine, known := l.engines.Get(engineKey(info)); known {
		return engine, nil
	}
	loaded, err := l.corpus.Load(ctx, key)
	if err != nil {
		return nil, err
	}
	if len(loaded) == 0 {
		return nil, retrieval.ErrNoReport
	}
	engine := New(loaded[0])
	l.engines.Add(engineKey(info), engine)
	return engine, nil
}

// Inherit takes over the engines of a library of before, of those reports that have not changed.
func (l *Library) Inherit(before *Library) {
	for _, report := range l.reports {
		if engine, known := before.engines.Peek(engineKey(report)); known && report.SHA256 != "" {
			l.engines.Add(engineKey(report), engine)
		}
	}
}

// ReportName is a report's title, with the place and the year in front where it does not name them: many a report is called
// 政府工作报告 and nothing else.
func ReportName(report ReportInfo) string {
	var front string
	if !strings.Contains(report.Title, shortPlace(report.Place)) {
		front = report.Place
	}
	if !yearPattern.MatchString(report.Title) && report.Year > 0 {
		front += fmt.Sprintf("%d年", report.Year)
	}
	if front == "" {
		return report.Title
	}
	return front + "：" + report.Title
}
