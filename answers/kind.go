package answers

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// # Kinds of things
//
// 哪些工程, 建了哪些库, 叫“某某工程”的: what is listed are the things of a kind, and their names end with it (“强基”工程, 项目库).
// Where another noun follows, the word only qualifies that one (工程装备 is no 工程), and so the clause names nothing of the kind.

// placeholder is what stands for a name's own part: 叫“某某工程”的.
var placeholder = regexp.MustCompile(`某某|什么什么|(?:XX|xx|××|\*\*|__)+`)

// kindAsked finds the kinds that a list question asks for at its end (哪些工程, 哪些产业园、园区) or its beginning (“工程”有哪些), in
// the first or the second group.
var kindAsked = regexp.MustCompile(`哪[些几](?:个|项|种|类)?[“"]?(\p{Han}+(?:、\p{Han}+)*)[”"]?[呢啊?。]*$|[“"]([^”"]+)[”"](?:的)?(?:都|一共|分别)*(?:有|是)?(?:哪些|哪几个)[呢啊?。]*$`)

// findKind marks the term that names what kind of things a list question asks for.
func (q *question) findKind(v *vocabulary) {
	at := kindAsked.FindStringSubmatchIndex(q.text)
	if at == nil || !q.has[asksList] {
		return
	}
	start, end := max(at[2], at[4]), max(at[3], at[5])
	written := func(s roleSpan) bool { return s.is(mentionsWord) && q.emptyBetween(s.end, start) }
	for _, t := range q.terms {
		lone := utf8.RuneCountInString(t.text) == 1 && slices.Equal(v.roles[t.text], []role{isSuffix}) && !ordinalPart.MatchString(q.text) // 库, but not 事, nor 节
		if t.start < start || t.end > end || t.class < noun && !lone || slices.ContainsFunc(q.spans, written) {
			continue
		}
		if strings.HasSuffix("、"+q.text[start:t.start], "、") && strings.HasPrefix(q.text[t.end:end]+"、", "、") {
			t.kind = true
			t.class = max(t.class, noun)
		}
	}
}

// namesKind tells whether a clause names a thing of the kind that a term stands for.
func (ev *evidence) namesKind(t *term, here int) bool {
	return slices.ContainsFunc(ev.find(t), func(m match) bool {
		return m.clause == here && ev.endsName(m)
	})
}

// endsName tells whether a word is the end of a name: no noun follows it.
func (ev *evidence) endsName(m match) bool {
	tokens := ev.words().tokens
	for i, token := range tokens {
		switch {
		case token.Start < m.end && m.end < token.End:
			return false // 工程师
		case token.Start == m.end:
			return !strings.HasPrefix(token.Tag, "n") && token.Tag != "vn" || i > 0 && tokens[i-1].End < m.end
		}
	}
	return true
}

// saidOfKind leaves out the verbs that the report does not say itself of any thing of the kind that is asked for: what was 上线,
// 开发 and 新增 is all there was 建 of 平台, while 获批了哪些中心 asks for those alone that were 获批.
func (q *question) saidOfKind(groups [][]int, items []listItem) [][]int {
	of := slices.IndexFunc(groups, func(group []int) bool { return q.terms[group[0]].kind })
	if of < 0 {
		return groups
	}
	var said [][]int
	for g, group := range groups {
		verbal := !slices.ContainsFunc(group, func(i int) bool { return q.terms[i].class != verb })
		if !verbal || slices.ContainsFunc(items, func(i listItem) bool { return i.grades[of] >= inList && i.grades[g] >= sameMeaning }) {
			said = append(said, group)
		}
	}
	return said
}
