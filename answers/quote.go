package answers

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"wenbao/content"
)

// # What is quoted of a sentence
//
// An answer is quoted word for word: the whole sentence where it is no longer than longestQuote, otherwise
// the whole clauses from the first to the last that carry the answer. Lists are not cut: 在甲、乙、丙开设分店 stays together. With it go
// the figures that answer, and no others: 8英寸、12英寸 are one answer of two figures, 较大的一种 asks for one of them.

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
	switch {
	case a.figure == nil || a.figure.fact:
	case a.figure.named:
		p.Figures = append(p.Figures, e.figure(a.figure.content))
	default:
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
