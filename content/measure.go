package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// setMeasures finds what each figure of a sentence measures, in its own clause: the words behind it when it stands before
// its noun (9家企业…, 15.3%的税收, 45个省首台(套)…), otherwise those before it (工业增加值增长8.1%, 创新产品235个). The noun
// ends where a predicate leads to the next figure: 281名数字专员深入1700多家企业. The last of 6.5%和8.9% measures what the
// first one does. Figures and clauses are in the order of the text.
func setMeasures(text string, clauses []Clause, figures []Figure) {
	words := figureLexicon()
	for i, at := 0, 0; i < len(figures) && at < len(clauses); i++ {
		figure := &figures[i]
		for at < len(clauses)-1 && clauses[at].End < figure.End {
			at++
		}
		clause := clauses[at].Span
		if !clause.Contains(figure.Span) {
			continue
		}
		before, after := Span{clause.Start, figure.Start}, Span{figure.End, clause.End}
		behind, next := i > 0 && figures[i-1].End > clause.Start, i+1 < len(figures) && figures[i+1].Start < clause.End
		if behind {
			before.Start = figures[i-1].End
		}
		if next {
			after.End = figures[i+1].Start
		}
		noun, attribute := words.nounBehind(text, after, figure.Kind, next)
		subject := words.subjectBefore(text, before, behind)
		switch {
		case noun.Len() > 0 && (attribute || subject.Len() == 0 || figure.Kind != Percent && figure.Kind != PercentagePoint):
			figure.Measure = noun
		case subject.Len() > 0:
			figure.Measure = subject
		case behind && clause.Contains(figures[i-1].Measure):
			figure.Measure = figures[i-1].Measure
		default:
			figure.Measure = clause
		}
	}
}

// nounBehind is what stands behind a figure up to the end of its clause, or to another figure: nothing when that is a mark
// or says something of what stands before the figure. An attribute is a figure tied to its noun by 的.
func (w *figureWords) nounBehind(text string, span Span, kind Kind, next bool) (noun Span, attribute bool) {
	inside := text[span.Start:span.End]
	bound := 0
	for _, word := range w.after {
		if strings.HasPrefix(inside, word.text) {
			bound = len(word.text)
			break
		}
	}
	attribute = strings.HasPrefix(inside[bound:], "的")
	switch {
	case attribute:
		span.Start += bound + len("的")
	case bound > 0 || startsWithAny(inside, w.adverb):
		return Span{}, false
	}
	inside = text[span.Start:span.End]
	if length := bracketLength(inside); length > 0 {
		span.Start += length // 4.5万套（间）保障性租赁住房
		inside = inside[length:]
	}
	length := nameLength(inside, kind == Count && !next)
	next = next && length == len(inside) // no mark stands between
	inside = inside[:length]
	if next && utf8.RuneCountInString(inside) <= longestChange && trimWords(inside, w.change, strings.TrimSuffix) != inside {
		return Span{}, false
	}
	if at := firstOf(inside, w.predicate); at >= 0 && (next || attribute) && kind != Period && kind != Date {
		inside = inside[:at]
	}
	if next {
		inside = trimWords(inside, w.linking, strings.TrimSuffix)
		inside = trimWords(inside, w.joining, strings.TrimSuffix)
	}
	span.End = span.Start + len(inside)
	return trimSpan(text, span), attribute
}

// nameLength is how far a name goes at the start of a text: to the first mark outside of quotation marks. A bracket that
// the name goes on behind, as in 首台(套)装备, is none, and neither are the marks of a list when the list is a part of it.
func nameLength(text string, list bool) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == '“' || r == '《':
			if closing := strings.IndexRune(text[at:], closingOf(r)); closing > 0 {
				size = closing
			}
		case r == '(' || r == '（':
			if size = bracketLength(text[at:]); size == 0 {
				return at
			}
		case r == '、' && !list, strings.ContainsRune(")）。！；;：:,，", r):
			return at
		}
		at += size
	}
	return len(text)
}

// bracketLength is how many bytes a bracket has at the start of a text, when words go on behind it; otherwise 0.
func bracketLength(text string) int {
	if !strings.HasPrefix(text, "(") && !strings.HasPrefix(text, "（") {
		return 0
	}
	at := strings.IndexAny(text, ")）")
	if at < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	if !startsWithHan(text[at+size:]) {
		return 0
	}
	return at + size
}

// longestChange is how many runes a verb has that leads from a figure to what it became: 提高到, 逐步提高至.
const longestChange = 5

// subjectBefore is what stands before a figure in its clause, or behind the figure before it, without the words that
// bound the figure. What stands behind a bracket that the figure is in stays, and so do the words before the bracket when
// there are none: 高于全国(6.1%).
func (w *figureWords) subjectBefore(text string, span Span, behind bool) Span {
	inside := strings.TrimRight(text[span.Start:span.End], "(（")
	span.End = span.Start + len(inside)
	if at := strings.LastIndexAny(inside, "(（"); at >= 0 && !strings.ContainsAny(inside[at:], ")）") {
		_, size := utf8.DecodeRuneInString(inside[at:])
		span.Start += at + size
	}
	span = trimSpan(text, span)
	inside = text[span.Start:span.End]
	for _, word := range w.before {
		if strings.HasSuffix(inside, word.text) {
			inside = strings.TrimSuffix(inside, word.text)
			break
		}
	}
	span.End = span.Start + len(inside)
	if behind {
		for _, word := range w.after {
			if rest, cut := strings.CutPrefix(inside, word.text); cut {
				inside = rest
				break
			}
		}
		inside = trimWords(inside, w.joining, strings.TrimPrefix)
		inside = trimWords(inside, w.change, strings.TrimPrefix)
		span.Start = span.End - len(inside)
	}
	if utf8.RuneCountInString(inside) < 2 || !strings.ContainsFunc(inside, unicode.IsLetter) {
		return Span{} // 为, 从 and the like
	}
	return trimSpan(text, span)
}

// firstOf is where the first of some words begins in a text, or -1.
func firstOf(text string, words []string) int {
	first := -1
	for _, word := range words {
		if at := strings.Index(text, word); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

// trimWords takes one of some words off one end of a text.
func trimWords(text string, words []string, trim func(text, word string) string) string {
	at := slices.IndexFunc(words, func(word string) bool { return trim(text, word) != text })
	if at < 0 {
		return text
	}
	return trim(text, words[at])
}
