package answers

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
)

// Limits of suggestions.
const (
	mostSuggestions = 3
	shortestClause  = 6 // runes beside the figure: 总数达 says nothing by itself
	longestClause   = 26
)

// Suggest offers up to three questions that the report answers and that lie near an answer: about the other figures of the
// parts that it quotes, then of the parts after them. Every one of them has been tried.
func (e *Engine) Suggest(ctx context.Context, answer Answer) ([]string, error) {
	passages := answer.Answers
	if len(passages) == 0 {
		passages = answer.Related
	}
	if len(passages) == 0 {
		examples, err := e.Examples(ctx)
		return examples[:min(len(examples), mostSuggestions)], err
	}
	answered := make(map[int]bool)
	for _, p := range passages {
		for _, f := range p.Figures {
			answered[f.Start] = true
		}
	}
	first := 0
	if ev := e.evidenceAt(passages[0].Start); ev != nil {
		first = ev.sentence.Index
	}
	return e.suggestFrom(ctx, first, answered)
}

// Examples are questions that show what can be asked: the report's own, or the first ones that its figures make.
func (e *Engine) Examples(ctx context.Context) ([]string, error) {
	if len(e.report.Examples) > 0 {
		return e.report.Examples, nil
	}
	return e.suggestFrom(ctx, 0, nil)
}

// mostTried bounds how many sentences are looked at for suggestions.
const mostTried = 40

// suggestFrom makes questions of the figures from a sentence on, one of a sentence, and keeps those that are answered by
// the figure they were made of.
func (e *Engine) suggestFrom(ctx context.Context, first int, answered map[int]bool) ([]string, error) {
	var suggestions []string
	for i := range min(len(e.evidence), mostTried) {
		sentence := e.evidence[(first+i)%len(e.evidence)].sentence
		for k := range sentence.Figures {
			figure := &sentence.Figures[k]
			text, ok := e.questionAbout(sentence, figure)
			if !ok || answered[figure.Start] {
				continue
			}
			r, err := e.find(ctx, e.understand(text))
			if err != nil {
				return nil, err
			}
			if r.kind == Found && len(r.passages) == 1 && len(r.passages[0].Figures) == 1 && r.passages[0].Figures[0].Start == figure.Start {
				suggestions = append(suggestions, text)
				break
			}
		}
		if len(suggestions) == mostSuggestions {
			break
		}
	}
	return suggestions, nil
}

// questionAbout turns a figure's clause into a question, in the report's own words: 完成8505户工业企业评价 becomes
// 完成多少户工业企业评价. Clauses with more than one figure, or a remark in brackets, make no plain question.
func (e *Engine) questionAbout(sentence *content.Sentence, figure *content.Figure) (string, bool) {
	at := slices.IndexFunc(sentence.Clauses, func(c content.Clause) bool { return c.Contains(figure.Span) })
	if at < 0 {
		return "", false
	}
	clause := sentence.Clauses[at].Span
	for i := range sentence.Figures {
		if other := &sentence.Figures[i]; other != figure && clause.Contains(other.Span) {
			return "", false
		}
	}
	before := e.report.Text[clause.Start:figure.Start]
	after := strings.TrimRight(e.report.Text[figure.End:clause.End], "。！？!?；;")
	if n := utf8.RuneCountInString(before + after); n < shortestClause || n > longestClause || strings.ContainsAny(before+after, "()（）、：:") ||
		strings.Count(before, "“") != strings.Count(before, "”") {
		return "", false
	}
	const howMany, which = "多少", "第几"
	printed := e.report.Quote(figure.Span)
	switch figure.Kind {
	case content.Count, content.Money, content.PercentagePoint, content.Size:
		return before + howMany + unitPrinted(printed) + after, true
	case content.Percent:
		return before + howMany + after, true
	case content.Rank:
		if strings.HasPrefix(printed, ordinals) {
			return before + which + unitPrinted(strings.TrimPrefix(printed, ordinals)) + after, true
		}
		return before + howMany + unitPrinted(printed) + after, true // 4个位次
	}
	return "", false
}

// unitPrinted is a figure without its number: 亿元 of 81.7亿元, 人次 of 3500多人次.
func unitPrinted(figure string) string {
	return strings.TrimLeft(figure, "0123456789.,多余一二两三四五六七八九十")
}
