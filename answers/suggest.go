package answers

import (
	"context"
	"strings"
	"unicode/utf8"

	"wenbao/content"
)

// Limits of suggestions.
const (
	mostSuggestions = 3
	shortestMeasure = 5 // runes: 总数达 says nothing by itself
	longestMeasure  = 24
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
			text, ok := e.questionAbout(figure)
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

// questionAbout turns a figure and what it measures into a question, in the report's own words.
func (e *Engine) questionAbout(figure *content.Figure) (string, bool) {
	measure := e.report.Quote(figure.Measure)
	if n := utf8.RuneCountInString(measure); n < shortestMeasure || n > longestMeasure || strings.ContainsAny(measure, "()（）、：:") || strings.Count(measure, "“") != strings.Count(measure, "”") {
		return "", false
	}
	const howMany, which = "多少", "第几"
	var asked string
	switch figure.Kind {
	case content.Count, content.Money, content.PercentagePoint, content.Size:
		asked = howMany + unitPrinted(e.report.Quote(figure.Span))
	case content.Percent:
		asked = howMany
	case content.Rank:
		asked = which
		if !strings.HasPrefix(e.report.Quote(figure.Span), ordinals) {
			asked = howMany + unitPrinted(e.report.Quote(figure.Span)) // 4个位次
		}
	default:
		return "", false
	}
	if figure.Measure.Start >= figure.End {
		return asked + measure, true
	}
	return measure + asked, true
}

// unitPrinted is a figure without its number: 亿元 of 81.7亿元, 人次 of 3500多人次.
func unitPrinted(figure string) string {
	return strings.TrimLeft(figure, "0123456789.,多余一二两三四五六七八九十")
}
