package answers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/retrieval"
)

// # Whether a place is given
//
// 在哪里首发, 落在哪个区: a sentence answers when it names a place that the question does not hold, by what places end with (剑阁县),
// by the lexicon of places, or by a word that nobody knows at the head of the clause (和龙入选…试点县).

// asksPlace tells whether a question asks where: 在哪里首发, 落在哪个区.
func (q *question) asksPlace() bool {
	if q.wants.figure {
		return false
	}
	return slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		if s.is(asksWhere) && utf8.RuneCountInString(q.text[s.start:s.end]) > 1 {
			return true
		}
		next := q.tokenAt(s.end)
		return s.is(asksWhich) && next >= 0 && isPlaceEnd(q.tokens[next].Text)
	})
}

// placeIn tells whether an anchor's sentence, up to the end of its clause, names a place that the question does not hold.
func (e *Engine) placeIn(q *question, a *anchor) bool {
	c := a.evidence.clauses[a.clause]
	return slices.ContainsFunc(a.evidence.words().tokens, func(t retrieval.Token) bool {
		if t.Start == c.start && t.Unknown() && utf8.RuneCountInString(t.Text) > 1 && !strings.Contains(q.text, t.Text) {
			return true // 和龙入选…试点县
		}
		if t.End > c.end {
			return false
		}
		if isPlaceEnd(t.Text) && t.Start > 0 && !strings.Contains(q.text, a.evidence.text[max(0, t.Start-len("市")):t.End]) {
			return true // 剑阁县
		}
		if strings.Contains(q.text, t.Text) {
			return false
		}
		last, size := utf8.DecodeLastRuneInString(t.Text)
		return t.Tag == "ns" || e.vocabulary.places[t.Text] != "" || e.own[t.Text] || isPlaceEnd(string(last)) && (size < len(t.Text) || t.Start > 0)
	})
}

// isPlaceEnd tells whether names of places end with a character.
func isPlaceEnd(character string) bool {
	return slices.Contains(generalVocabulary().roles[character], endsPlace)
}
