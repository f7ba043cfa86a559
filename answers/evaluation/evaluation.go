// Package evaluation scores answers against question files, strictly and by type.
//
//	score := evaluation.NewScore(report.Text)
//	for _, question := range questions {
//		score.Add("dev", question, answer)
//	}
//	fmt.Print(score.Table())
//
// A question is met when, by its type:
//
//	figure        every expected quote is quoted, the figures are exactly the expected ones, the section is right
//	fact          the first answer holds the expected quote (or all answers all of several), the section is right
//	list          the F1 of the quotes is at least 0.8
//	section       at least 0.8 of the expected quotes are quoted
//	unanswerable  no answer is claimed
//	chitchat      no answer is claimed
package evaluation

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"wenbao/answers"
)

// enough is the F1 of a list and the recall of a section from which on they count as met.
const enough = 0.8

// Score counts how answers meet questions.
type Score struct {
	text        string // the report's text, which every quote must stand in
	rows        map[rowKey]*row
	listF1      []float64
	notVerbatim int
	failures    []Failure
}

// Failure is a question that was not met, and why.
type Failure struct {
	Question Question
	Why      string
}

// rowKey names a row of the table: all questions, those of a type, or those of a file.
type rowKey struct{ group, name string }

type row struct {
	asked, met                        int
	figures, figuresExact, figuresHit int // figure questions that were answered
	answerable, refused, quoted       int // questions that the report answers
	citable, cited                    int // figures and facts that were answered
}

// NewScore makes a score for answers over a report's text.
func NewScore(text string) *Score {
	return &Score{text: text, rows: make(map[rowKey]*row)}
}

// FileName is the name under which a question file stands in the table.
func FileName(path string) string {
	name, _, _ := strings.Cut(filepath.Base(path), "_")
	name, _, _ = strings.Cut(name, ".")
	return name
}

// Add counts an answer to a question of a file.
func (s *Score) Add(file string, question Question, answer answers.Answer) {
	keys := []rowKey{{"all", "all"}, {"type", question.Type}, {"file", file}}
	if len(question.Turns) > 1 {
		keys = append(keys, rowKey{"type", "conversation"})
	}
	for _, passage := range slices.Concat(answer.Answers, answer.Related) {
		if !strings.Contains(s.text, passage.Quote) {
			s.notVerbatim++
		}
	}
	judged := judge(question, answer)
	if judged.list {
		s.listF1 = append(s.listF1, judged.f1)
	}
	for _, key := range keys {
		if s.rows[key] == nil {
			s.rows[key] = new(row)
		}
		s.rows[key].count(question, answer, judged)
	}
	if !judged.met {
		s.failures = append(s.failures, Failure{question, judged.why})
	}
}

// judgement is what is found out about one answer.
type judgement struct {
	met          bool
	why          string // it was not met
	quoted       bool   // every expected quote is quoted
	cited        bool   // a right section is cited
	figuresExact bool
	figuresHit   bool // the expected figures are there, perhaps among others
	list         bool
	f1           float64
}

func judge(question Question, answer answers.Answer) judgement {
	var quotes, figures, labels []string
	for _, passage := range answer.Answers {
		quotes = append(quotes, passage.Quote)
		labels = append(labels, passage.Section.Label)
		for _, figure := range passage.Figures {
			figures = append(figures, figure.Text)
		}
	}
	var missing []string
	for _, expected := range question.Quotes {
		if !slices.ContainsFunc(quotes, func(quote string) bool { return strings.Contains(quote, expected) }) {
			missing = append(missing, expected)
		}
	}
	judged := judgement{
		quoted:       len(missing) == 0,
		cited:        cited(question, answer),
		figuresHit:   subset(question.Figures, figures),
		figuresExact: subset(question.Figures, figures) && subset(figures, question.Figures),
	}
	sectionRight := judged.cited || question.Heading != nil
	var why []string
	claimed := answer.Kind == answers.Found
	switch {
	case question.Type == "unanswerable" || question.Type == "chitchat":
		judged.met = !claimed
		why = append(why, "不该回答，却答了："+strings.Join(quotes, " | "))
	case !claimed:
		why = append(why, "没有回答")
	case question.Type == "figure":
		judged.met = judged.quoted && judged.figuresExact && sectionRight
		if !judged.quoted {
			why = append(why, "缺引文："+missing[0])
		}
		if !judged.figuresExact {
			why = append(why, fmt.Sprintf("数据是 %v，应为 %v", figures, question.Figures))
		}
	case question.Type == "fact":
		first := ""
		if len(quotes) > 0 {
			first = quotes[0]
		}
		hit := judged.quoted
		if len(question.Quotes) == 1 {
			hit = strings.Contains(first, question.Quotes[0])
		}
		judged.met = hit && sectionRight
		if !hit {
			why = append(why, "引文是："+first)
		}
	default:
		recall := float64(len(question.Quotes)-len(missing)) / float64(max(1, len(question.Quotes)))
		precision := share(quotes, question.Quotes)
		if recall+precision > 0 {
			judged.f1 = 2 * recall * precision / (recall + precision)
		}
		judged.list = question.Type == "list"
		judged.met = recall >= enough
		if judged.list {
			judged.met = judged.f1 >= enough
		}
		why = append(why, fmt.Sprintf("查全率 %.2f，查准率 %.2f", recall, precision))
	}
	if claimed && !sectionRight && (question.Type == "figure" || question.Type == "fact") {
		why = append(why, fmt.Sprintf("章节是 %v，应为 %v", labels, question.Section))
	}
	if !judged.met {
		judged.why = strings.Join(why, "；")
	}
	return judged
}

// share is the share of the quotes that hold, or stand in, an expected one.
func share(quotes, expected []string) float64 {
	right := 0
	for _, quote := range quotes {
		if slices.ContainsFunc(expected, func(e string) bool { return strings.Contains(quote, e) || strings.Contains(e, quote) }) {
			right++
		}
	}
	return float64(right) / float64(max(1, len(quotes)))
}

func cited(question Question, answer answers.Answer) bool {
	if question.Heading == nil {
		return slices.ContainsFunc(answer.Answers, func(passage answers.Passage) bool {
			return slices.Contains(question.Section, passage.Section.Label)
		})
	}
	for _, heading := range question.Heading {
		heading = lettersAndDigits(heading)
		if heading == "" || slices.ContainsFunc(answer.Answers, func(passage answers.Passage) bool {
			return strings.Contains(lettersAndDigits(strings.Join(passage.Section.Path, "")), heading)
		}) {
			return true
		}
	}
	return false
}

// lettersAndDigits leaves out what differs between prints of one heading: blanks and marks.
func lettersAndDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, text)
}

func subset(some, all []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

func (r *row) count(question Question, answer answers.Answer, judged judgement) {
	claimed := answer.Kind == answers.Found
	r.asked++
	r.met += one(judged.met)
	switch question.Type {
	case "figure", "fact", "list", "section":
		r.answerable++
		r.refused += one(!claimed)
		r.quoted += one(judged.quoted)
	}
	if claimed && question.Type == "figure" {
		r.figures++
		r.figuresExact += one(judged.figuresExact)
		r.figuresHit += one(judged.figuresHit)
	}
	if claimed && (question.Type == "figure" || question.Type == "fact") {
		r.citable++
		r.cited += one(judged.cited)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Failures are the questions that were not met, in the order in which they were added.
func (s *Score) Failures() []Failure { return s.failures }

// Percent is the share of all questions that were met.
func (s *Score) Percent() float64 {
	all := s.rows[rowKey{"all", "all"}]
	if all == nil {
		return 0
	}
	return percent(all.met, all.asked)
}

// Table is the score in rows: all questions, each file, each type.
func (s *Score) Table() string {
	keys := make([]rowKey, 0, len(s.rows))
	for key := range s.rows {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b rowKey) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.name, b.name))
	})
	var table strings.Builder
	for _, key := range keys {
		r := s.rows[key]
		fmt.Fprintf(&table, "%-5s %-13s %4d/%-4d %5.1f%%", key.group, key.name, r.met, r.asked, percent(r.met, r.asked))
		if r.figures > 0 {
			fmt.Fprintf(&table, "  figures exact %.1f%% hit %.1f%%", percent(r.figuresExact, r.figures), percent(r.figuresHit, r.figures))
		}
		if r.answerable > 0 {
			fmt.Fprintf(&table, "  quotes found %.1f%%  wrongly refused %.1f%%", percent(r.quoted, r.answerable), percent(r.refused, r.answerable))
		}
		if r.citable > 0 {
			fmt.Fprintf(&table, "  cited %.1f%%", percent(r.cited, r.citable))
		}
		table.WriteByte('\n')
	}
	if len(s.listF1) > 0 {
		sum := 0.0
		for _, f1 := range s.listF1 {
			sum += f1
		}
		fmt.Fprintf(&table, "list mean F1 %.3f\n", sum/float64(len(s.listF1)))
	}
	fmt.Fprintf(&table, "quotes not verbatim: %d\n", s.notVerbatim)
	return table.String()
}

func percent(part, whole int) float64 {
	return 100 * float64(part) / float64(whole)
}
