package answers

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	lru "github.com/hashicorp/golang-lru/v2"

	"wenbao/retrieval"
)

// # Many reports
//
// Over many reports a question is answered in two steps. First the reports are chosen that it may be about: by the place, the
// issuer and the year that it names, and of those that are left by a search for its words. Then each of them is asked, as if
// it were the only one, and what they say is put side by side, the newest first. A question for a row of years (历年规上工业
// 增加值增速) asks the reports of all years, the oldest first.
const (
	mostAsked   = 5  // reports that a question is put to, when it names none
	mostInRow   = 40 // the same for a row of years
	mostEngines = 64 // kept ready; one takes some megabytes
	mostHits    = 60 // sentences by which the reports are chosen
)

// asksRow is the role of words that ask for a row of years: 历年, 逐年.
const asksRow role = "hint-row"

// Library answers questions over the reports of a corpus. It is safe for concurrent use.
type Library struct {
	corpus  retrieval.Corpus
	reports []retrieval.ReportInfo // newest first
	engines *lru.Cache[string, *Engine]
}

// NewLibrary makes a library of a corpus, which stays the caller's to close.
func NewLibrary(ctx context.Context, corpus retrieval.Corpus) (*Library, error) {
	reports, err := corpus.Reports(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(reports, func(a, b retrieval.ReportInfo) int { return cmp.Compare(b.Year, a.Year) })
	engines, err := lru.New[string, *Engine](mostEngines)
	if err != nil {
		return nil, err
	}
	return &Library{corpus: corpus, reports: reports, engines: engines}, nil
}

// Answer answers a question that stands alone. The passages of an answer name their reports; their offsets are into the text
// of each. The error is ErrEmpty, the context's or the corpus's.
func (l *Library) Answer(ctx context.Context, text string) (Answer, error) {
	answer := Answer{Question: text, Kind: NotFound, Answers: []Passage{}, Related: []Passage{}}
	normalised := retrieval.Normalise(text).Text
	if len(retrieval.Analyse(normalised)) == 0 {
		return answer, ErrEmpty
	}
	chosen, note, err := l.choose(ctx, normalised)
	if err != nil || len(chosen) == 0 {
		answer.Note = note
		return answer, err
	}
	for _, word := range rowWords() { // 历年来 before 历年
		text = strings.ReplaceAll(text, word, "")
	}
	for _, report := range chosen {
		one, err := l.ask(ctx, report, text)
		if err != nil {
			return answer, err
		}
		switch {
		case one.Kind == Help:
			return one, nil
		case one.Kind == Found:
			answer.Kind = Found
			answer.Answers = append(answer.Answers, one.Answers...)
		case answer.Note == "":
			answer.Note = one.Note
			answer.Related = append(answer.Related, one.Related...)
		}
	}
	switch {
	case answer.Kind == Found:
		answer.Note, answer.Related = "", []Passage{}
	case len(chosen) > 1:
		answer.Note = "这些报告没有说到这个问题。"
	}
	return answer, nil
}

// ask puts a question to one report, whose name its passages then bear.
func (l *Library) ask(ctx context.Context, report retrieval.ReportInfo, text string) (Answer, error) {
	engine, known := l.engines.Get(report.Key)
	if !known {
		loaded, err := l.corpus.Load(ctx, report.Key)
		if err != nil {
			return Answer{}, err
		}
		if engine, err = New(loaded[0]); err != nil {
			return Answer{}, err
		}
		l.engines.Add(report.Key, engine)
	}
	answer, err := engine.Answer(ctx, nil, text)
	for _, passages := range [][]Passage{answer.Answers, answer.Related} {
		for i := range passages {
			passages[i].Report = reportName(report)
		}
	}
	return answer, err
}

// reportName is a report's title, with the place and the year in front where it does not name them: many a report is called
// 政府工作报告 and nothing else.
func reportName(report retrieval.ReportInfo) string {
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

// choose chooses the reports that a normalised question may be about, in the order in which their answers are to stand. When
// there is none, the note says why.
func (l *Library) choose(ctx context.Context, text string) ([]retrieval.ReportInfo, string, error) {
	chosen := l.ofPlace(text)
	row := slices.ContainsFunc(rowWords(), func(word string) bool { return strings.Contains(text, word) })
	if years := yearsIn(text); len(years) > 0 && !row {
		ofYears := ofYears(years, chosen, mentionsAny(text, tellsPlan))
		if len(ofYears) == 0 {
			return nil, noReportOf(years, chosen), nil
		}
		chosen = ofYears
	} else if !row && mentionsAny(text, namesLastYear, namesThisYear, namesNextYear) {
		chosen = newestOfEach(chosen)
	}
	most := mostAsked
	if row {
		most = mostInRow
	}
	if len(chosen) > most {
		var err error
		if chosen, err = l.nearest(ctx, text, chosen, most); err != nil {
			return nil, "", err
		}
	}
	if row {
		slices.SortStableFunc(chosen, func(a, b retrieval.ReportInfo) int { return cmp.Compare(a.Year, b.Year) })
	}
	if len(chosen) == 0 {
		return nil, "这些报告没有说到这个问题。", nil
	}
	return chosen, "", nil
}

// ofYears are the reports on some years, or, for a question about aims, those that plan for them; the others where there are
// none of these.
func ofYears(years []int, reports []retrieval.ReportInfo, aims bool) []retrieval.ReportInfo {
	plans := 0 // by how many years a report's own year lies before the one asked about
	if aims {
		plans = 1
	}
	for _, before := range []int{plans, 1 - plans} {
		chosen := slices.DeleteFunc(slices.Clone(reports), func(r retrieval.ReportInfo) bool { return !slices.Contains(years, r.Year+before) })
		if len(chosen) > 0 {
			return chosen
		}
	}
	return nil
}

// ofPlace are the reports of the places and issuers that a text names, the most exact names first; all of them when it
// names none.
func (l *Library) ofPlace(text string) []retrieval.ReportInfo {
	longest := 0
	var chosen []retrieval.ReportInfo
	for _, report := range l.reports {
		named := 0
		for _, name := range []string{report.Issuer, report.Place, shortPlace(report.Place)} {
			name = retrieval.Normalise(name).Text
			if utf8.RuneCountInString(name) > 1 && strings.Contains(text, name) {
				named = max(named, len(name))
			}
		}
		switch {
		case named == 0 || named < longest && named < len("青岛"):
			continue
		case named > longest:
			longest = named
		}
		chosen = append(chosen, report)
	}
	if len(chosen) == 0 {
		return l.reports
	}
	return chosen
}

// shortPlace is how a place is called in short: 青岛 of 青岛市.
func shortPlace(place string) string {
	last, size := utf8.DecodeLastRuneInString(place)
	if short := place[:len(place)-size]; utf8.RuneCountInString(short) > 1 && isPlaceEnd(string(last)) {
		return short
	}
	return place
}

// nearest are the reports that a search finds the words of a question in, in their order.
func (l *Library) nearest(ctx context.Context, text string, among []retrieval.ReportInfo, most int) ([]retrieval.ReportInfo, error) {
	var terms []retrieval.Term
	roles := generalVocabulary().roles
	for _, token := range retrieval.Analyse(text) {
		light := slices.Contains(roles[token.Text], isEmpty) || slices.Contains(roles[token.Text], isVague)
		if !light && !slices.ContainsFunc(terms, func(t retrieval.Term) bool { return t.Text == token.Text }) {
			terms = append(terms, retrieval.Term{Text: token.Text, Weight: 1})
		}
	}
	query := retrieval.Query{Terms: terms, Limit: mostHits}
	if len(among) < len(l.reports) {
		for _, report := range among {
			query.Reports = append(query.Reports, report.Key)
		}
	}
	found, err := l.corpus.Search(ctx, query)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, hit := range found[0] {
		if len(keys) < most && !slices.Contains(keys, hit.Report) {
			keys = append(keys, hit.Report)
		}
	}
	return slices.DeleteFunc(slices.Clone(among), func(r retrieval.ReportInfo) bool { return !slices.Contains(keys, r.Key) }), nil
}

// newestOfEach keeps of each place the newest report, of reports that stand newest first.
func newestOfEach(reports []retrieval.ReportInfo) []retrieval.ReportInfo {
	seen := make(map[string]bool)
	return slices.DeleteFunc(slices.Clone(reports), func(r retrieval.ReportInfo) bool {
		known := seen[r.Place]
		seen[r.Place] = true
		return known
	})
}

// mentionsAny tells whether a text holds a word of one of some roles.
func mentionsAny(text string, roles ...role) bool {
	return slices.ContainsFunc(retrieval.Analyse(text), func(t retrieval.Token) bool {
		return slices.ContainsFunc(roles, func(r role) bool { return slices.Contains(generalVocabulary().roles[t.Text], r) })
	})
}

// rowWords ask for a row of years.
var rowWords = wordsOf(asksRow)

// yearNumber finds the years of a question.
var yearNumber = regexp.MustCompile(`((?:19|20)[0-9]{2})年?`)

func yearsIn(text string) []int {
	var years []int
	for _, match := range yearNumber.FindAllStringSubmatch(text, -1) {
		year, _ := strconv.Atoi(match[1])
		years = append(years, year)
	}
	return years
}

// noReportOf says that there is no report of some years, and of which there are.
func noReportOf(years []int, reports []retrieval.ReportInfo) string {
	const shown = 6
	var others []string
	for _, report := range reports {
		if year := strconv.Itoa(report.Year); report.Year > 0 && !slices.Contains(others, year) && len(others) < shown {
			others = append(others, year)
		}
	}
	note := fmt.Sprintf("没有说%d年的报告。", years[0])
	if len(others) > 0 {
		note += fmt.Sprintf("有的是%s年的。", strings.Join(others, "、"))
	}
	return note
}
