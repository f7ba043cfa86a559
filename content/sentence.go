package content

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks that open and close a bracket or a quotation. Nothing inside of them ends a sentence or a clause: the comma of
// (全国共25个,全省2个均在我市) belongs to the remark.
const (
	openingMarks = "（(“‘《〈「『【["
	closingMarks = "）)”’》〉」』】]"
)

// nesting counts open brackets and quotations. A closing mark without its opening one is passed over.
type nesting int

func (n *nesting) step(r rune) { *n = max(0, *n+nesting(nestingStep(r))) }

// nestingStep is 1 for openingMarks, -1 for closingMarks, and otherwise 0. Every character of a report is asked.
func nestingStep(r rune) int {
	switch r {
	case '（', '(', '“', '‘', '《', '〈', '「', '『', '【', '[':
		return 1
	case '）', ')', '”', '’', '》', '〉', '」', '』', '】', ']':
		return -1
	}
	return 0
}

// splitSentences cuts text[span] into sentences. A sentence keeps its closing mark and what closes a quotation behind
// it; a semicolon is dropped, since the part before it stands alone. Where brackets do not pair up within the span,
// they are not believed, so that one missing bracket does not swallow a paragraph.
func splitSentences(text string, span Span) []Span {
	balanced := pairedMarks(text[span.Start:span.End])
	var sentences []Span
	var depth nesting
	start := span.Start
	flush := func(end int) {
		if trimmed := trimSpan(text, Span{start, end}); trimmed.Len() > 0 && hasWord(text[trimmed.Start:trimmed.End]) {
			sentences = append(sentences, trimmed)
		}
	}
	for at := span.Start; at < span.End; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if balanced {
			depth.step(r)
		}
		end := at + size
		if depth == 0 {
			switch r {
			case '。', '！', '？', '!', '?':
				for end < span.End { // a quotation's closing mark, or a second !
					next, size := utf8.DecodeRuneInString(text[end:])
					if !strings.ContainsRune(closingMarks+"！？!?", next) {
						break
					}
					end += size
				}
				flush(end)
				start = end
			case '；', ';', '\n':
				flush(at)
				start = end
			case '.':
				if isFullStop(text[span.Start:at], text[end:span.End]) {
					flush(end)
					start = end
				}
			}
		} else if (r == '。' || r == '！' || r == '？') && depth == 1 && end < span.End {
			// “……。”: the sentence ends inside of the quotation that closes right behind it, and the text goes on.
			next, size := utf8.DecodeRuneInString(text[end:])
			if next == '”' {
				depth.step(next)
				end += size
				flush(end)
				start = end
			}
		}
		at = end
	}
	flush(span.End)
	return sentences
}

// isFullStop tells whether a point ends a sentence. Behind a percentage it does, where a report was typed in haste: 下降25.7%.固定资产
// 投资…. Behind anything else it is more often part of a number, of a name or of a row of points.
func isFullStop(before, behind string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(behind)
	return unicode.Is(unicode.Han, next) && (last == '%' || last == '％')
}

// longestSentence is how many bytes a sentence may have. No sentence of a report comes near it; it bounds the work on a
// file that is none.
const longestSentence = 4 << 10

// cutLong cuts what is longer than any sentence, at its commas where it has some.
func cutLong(text string, sentence Span) []Span {
	var pieces []Span
	for sentence.Len() > longestSentence {
		end := sentence.Start + longestSentence
		for !utf8.RuneStart(text[end]) {
			end--
		}
		if comma := strings.LastIndexAny(text[sentence.Start:end], "，,、 "); comma > 0 {
			end = sentence.Start + comma
		}
		if piece := trimSpan(text, Span{sentence.Start, end}); piece.Len() > 0 {
			pieces = append(pieces, piece)
		}
		sentence = trimSpan(text, Span{end, sentence.End})
	}
	if sentence.Len() > 0 {
		pieces = append(pieces, sentence)
	}
	return pieces
}

// pairedMarks tells whether every opening mark of the text has its closing one.
func pairedMarks(text string) bool {
	depth := 0
	for _, r := range text {
		if depth += nestingStep(r); depth < 0 {
			return false
		}
	}
	return depth == 0
}

// splitClauses cuts a sentence at its commas, and at a 、 between list items that each hold a figure of their own:
// 竣工199个 has its own figure and must not be mixed up with 重点项目835个 before it, while in 网络化、智能化改造 and in
// 8英寸、12英寸芯片制造线 (two figures of one thing) nothing is gained by a cut.
func splitClauses(text string, sentence Span, figures []Figure) []Clause {
	var clauses []Clause
	var depth nesting
	paired := pairedMarks(text[sentence.Start:sentence.End])
	start, item := sentence.Start, false
	flush := func(end int, endsItem bool) {
		if trimmed := trimSpan(text, Span{start, end}); trimmed.Len() > 0 && hasWord(text[trimmed.Start:trimmed.End]) {
			clauses = append(clauses, Clause{Span: trimmed, Item: item || endsItem})
		}
	}
	items := itemList{text: text, end: sentence.End, figures: figures}
	next := 0 // the first figure that ends behind the offset
	for at := sentence.Start; at < sentence.End; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if paired {
			depth.step(r)
		}
		for next < len(figures) && figures[next].End <= at {
			next++
		}
		inFigure := next < len(figures) && figures[next].Start < at
		if depth == 0 && !inFigure {
			switch r {
			case '，':
				flush(at, false)
				start, item = at+size, false
			case ',':
				if !betweenDigits(text, at) {
					flush(at, false)
					start, item = at+size, false
				}
			case '、':
				if items.apart(start, at, at+size) {
					flush(at, true)
					start, item = at+size, true
				}
			}
		}
		at += size
	}
	flush(sentence.End, false)
	return clauses
}

// itemList tells the items of a sentence's lists apart. It is asked from the first 、 to the last.
type itemList struct {
	text    string
	end     int      // of the sentence
	figures []Figure // other than those before
	before  *Figure  // the last one that ends before the mark
	comma   int      // the first comma behind the mark, or the end
}

// apart tells whether the list items left and right of a 、 each hold a figure, of different things: the left one begins
// at start, the right one goes up to the next comma. Dates are of no thing.
func (l *itemList) apart(start, mark, behind int) bool {
	for len(l.figures) > 0 && (l.figures[0].Kind == Date || l.figures[0].Start < mark) {
		if l.figures[0].Kind != Date {
			l.before = &l.figures[0]
		}
		l.figures = l.figures[1:]
	}
	if l.before == nil || l.before.Start < start || l.before.End > mark || len(l.figures) == 0 {
		return false
	}
	if levels := l.text[l.before.End:mark]; (levels == "国家" || levels == "省" || levels == "市") && strings.ContainsRune("省市县区", firstRune(l.text[behind:])) {
		return false // of one thing at two levels: 12件省、市人大代表建议和34件省、市政协提案
	}
	if l.comma < behind {
		l.comma = clauseEnd(l.text, behind, l.end)
	}
	after := &l.figures[0]
	if after.Start >= l.comma {
		return false
	}
	bare := l.before.End == mark && after.Start == behind && l.before.Unit == after.Unit
	return !bare
}

// clauseEnd is where the clause that at lies in ends: the next comma, or end.
func clauseEnd(text string, at, end int) int {
	if next := strings.IndexAny(text[at:end], ",，"); next >= 0 {
		return at + next
	}
	return end
}

// betweenDigits tells whether the byte at the offset stands between two ASCII digits, as the comma of 1,000 does.
func betweenDigits(text string, at int) bool {
	return at > 0 && at+1 < len(text) && isDigit(text[at-1]) && isDigit(text[at+1])
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// trimSpan takes white space and loose separators off both ends of a span.
func trimSpan(text string, span Span) Span {
	return trimFunc(text, span, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("，,、；;\ufeff\u200b", r)
	})
}

// hasWord tells whether a text holds anything to read.
func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
