package answers

import (
	"slices"
	"strings"

	"wenbao/content"
)

// # Mentions
//
// 哪里提到了“国际”, 名字里带“山东”的都列出来: such a list asks for a word and not for what it means, so that nothing may stand
// for it. It is every place between two commas that holds the word, or one of the words, letter by letter.

// mentionsWord is the role of words that ask where something is written: 提到, 名字里带.
const mentionsWord role = "hint-mention"

// mentions answers with all places that hold what a question puts in quotation marks; false when it does not ask for that.
func (e *Engine) mentions(q *question) (result, bool) {
	if len(q.quoted) == 0 || !q.asksForMentions() || slices.ContainsFunc(q.terms, func(t *term) bool { return t.kind }) {
		return result{}, false
	}
	var scope *content.Section
	if q.within != nil {
		scope = q.within
	} else if q.has[pointsTo] {
		scope = q.section // 里面带“国家级”的有哪些, asked of a part
	}
	var done []*term // what must be told of them: 举办了哪些名字里带“大会”的
	for _, t := range q.terms {
		if t.class == verb && t.known() && q.besidesMention(t) {
			done = append(done, t)
		}
	}
	r := result{kind: Found}
	for _, ev := range e.evidence {
		if scope != nil && !scope.Span.Contains(ev.sentence.Span) || len(done) > 0 && q.timing == reviewTime && ev.sentence.Section.Plan {
			continue
		}
		for here, c := range ev.clauses {
			holds := func(word string) bool { return holdsInOrder(ev.text[c.start:c.end], word) }
			if slices.ContainsFunc(q.quoted, holds) && !slices.ContainsFunc(done, func(t *term) bool { return t.inText(ev.text) < inList }) {
				first, last := e.widen(ev, here)
				r.passages = e.addPassages(r.passages, []Passage{e.clausePassage(ev, first, last)})
			}
		}
	}
	if len(r.passages) == 0 {
		return result{kind: NotFound, note: "报告没有提到“" + strings.Join(q.quoted, "”“") + "”。"}, true
	}
	return r, true
}

// placesCounted finds a question for how often something is mentioned: the places tell.
var placesCounted = compile(`(?:几|多少)[处次回](?:地方)?(?:提|说|讲|写|出现)|(?:提|说|讲|写|出现)[到了过]{0,2}(?:几|多少)[处次回]`)

// asksForMentions tells whether a question asks for the places where a word is written: by a word that says so, and with
// nothing else that it is about.
func (q *question) asksForMentions() bool {
	places := placesCounted.MatchString(q.text)
	if !q.has[mentionsWord] || q.wants.strong && !places || !q.has[asksList] && !q.has[asksWhere] && !q.elliptical() && !places {
		return false
	}
	return !slices.ContainsFunc(q.terms, func(t *term) bool { return t.class >= noun && !t.own && q.besidesMention(t) })
}

// besidesMention tells whether a term is neither part of what a question puts in quotation marks nor of what asks for it.
func (q *question) besidesMention(t *term) bool {
	quoted := func(word string) bool { return strings.Contains(word, t.text) }
	asks := func(s roleSpan) bool { return s.is(mentionsWord) && s.start <= t.start && t.end <= s.end }
	return !slices.ContainsFunc(q.quoted, quoted) && !slices.ContainsFunc(q.spans, asks)
}

// omission stands for what is left out of a name: “全国……先进单位”.
var omission = compile(`…+|\.{2,}|~+`)

// holdsInOrder tells whether a clause holds a word, or the parts of one that leaves something out, one behind the other.
func holdsInOrder(clause, word string) bool {
	for _, part := range strings.Split(omission.ReplaceAllString(word, "…"), "…") {
		at := strings.Index(clause, part)
		if at < 0 {
			return false
		}
		clause = clause[at+len(part):]
	}
	return true
}
