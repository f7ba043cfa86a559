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
		next := q.tokenAt(s.end)
		if s.is(asksWhere) && utf8.RuneCountInString(q.text[s.start:s.end]) > 1 {
			return next < 0 || !strings.HasSuffix(q.text[:s.end], "块") || !strings.HasPrefix(q.tokens[next].Tag, "n") // 哪块空白 is no place
		}
		return (s.is(asksWhich) || s.is(asksList)) && next >= 0 && isPlaceEnd(q.tokens[next].Text)
	})
}

// asksVenue tells whether a question asks where something is by a kind of place that the report does not know: 在哪个交易所挂牌.
func (e *Engine) asksVenue(q *question) bool {
	return !q.wants.figure && slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		next := q.tokenAt(s.end)
		return s.is(asksWhich) && strings.HasSuffix(q.text[:s.start], "在") && next >= 0 && strings.HasPrefix(q.tokens[next].Tag, "n") && !e.holds(q.tokens[next].Text)
	})
}

// placeIn tells whether an anchor names a place that the question does not hold, in its own clause or the one before it.
func (e *Engine) placeIn(q *question, a *anchor) bool {
	c := a.evidence.clauses[a.clause]
	tokens := a.evidence.words().tokens
	own := a.evidence.groupStart(c.group)
	start := a.evidence.groupStart(max(c.group-1, 0))
	for i, t := range tokens {
		if t.Start < start || t.End > c.end || strings.Contains(q.text, t.Text) && !isPlaceEnd(t.Text) {
			continue
		}
		switch last, size := utf8.DecodeLastRuneInString(t.Text); {
		case strings.HasPrefix(t.Text, "全"):
			if before, _ := utf8.DecodeLastRuneInString(a.evidence.text[:t.Start]); strings.ContainsRune("向到在往", before) {
				return true // 推向全国; but 全市首条 says how far it is the first
			}
		case strings.HasSuffix(t.Text, anyCity):
			// 未来城市 names no city.
		case e.own[t.Text]:
			before := a.evidence.text[:t.Start]
			inName := strings.LastIndex(before, "“") > strings.LastIndex(before, "”") && !strings.HasSuffix(before, "·") // “智造江州”平台
			if t.Start >= own && !inName {
				return true // further up it is most likely who did it
			}
		case t.Tag == "ns" || kindOfPlace(t.Text) != "" || size < len(t.Text) && isPlaceEnd(string(last)) && !strings.HasPrefix(t.Tag, "v"): // 上市 is none
			return true
		case isPlaceEnd(t.Text):
			if i > 0 && tokens[i-1].End == t.Start && !strings.HasPrefix(tokens[i-1].Tag, "v") && !strings.Contains(q.text, tokens[i-1].Text+t.Text) {
				return true // 剑阁县, but not the 省 of 退出省第二批企业
			}
		case t.Start == c.start && isUnknownName(tokens[i:]), i > 0 && slices.Contains(beforePlaces, tokens[i-1].Text) && isUnknownName(tokens[i:]), t.Tag == rareCharacter && t.Start >= own:
			return true // 和龙入选…试点县, 推广卢氏模式
		}
	}
	return false
}

// isUnknownName tells whether some words begin with one that the lexicon does not have: with a word that nobody knows, or with two
// single characters in front of a verb.
func isUnknownName(tokens []retrieval.Token) bool {
	isSingle := func(t retrieval.Token) bool { return utf8.RuneCountInString(t.Text) == 1 }
	return tokens[0].Unknown() && !isSingle(tokens[0]) ||
		len(tokens) > 2 && isSingle(tokens[0]) && isSingle(tokens[1]) && tokens[0].End == tokens[1].Start && strings.HasPrefix(tokens[2].Tag, "v")
}

// beforePlaces are words that the names of the report's own districts stand behind without 区 or 县: 支持罗江办好….
var beforePlaces = []string{"支持", "推动", "指导", "在", "由", "落户", "落地"}

// anyCity is what any city is.
const anyCity = "城市"

// rareCharacter is the part of speech of characters that stand in names only.
const rareCharacter = "x"

// isPlaceEnd tells whether names of places end with a character.
func isPlaceEnd(character string) bool {
	return slices.Contains(generalVocabulary().roles[character], endsPlace)
}
