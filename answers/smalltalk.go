package answers

import (
	"slices"
	"unicode/utf8"
)

// smalltalk answers what is no question to the report: greetings, thanks, questions about the program. A greeting before
// a question (你好,充电桩有多少) is no small talk, nor is a word of praise in one (空气好的天数有多少).
func (e *Engine) smalltalk(q *question) (result, bool) {
	aboutMe := slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return s.is(isSelf) && utf8.RuneCountInString(q.text[s.start:s.end]) > 2
	})
	asks := slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.asks(q.text) })
	if !aboutMe && slices.ContainsFunc(q.terms, func(t *term) bool { return t.class >= noun && (t.known() || asks) && !t.own }) {
		return result{}, false
	}
	if !aboutMe && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is("hint-count") || kindOf(s) }) {
		return result{}, false // 说总数就行
	}
	notes := []struct {
		role role
		note string
	}{
		{isSelf, "我是问报，一个只按报告原文回答问题的程序，不编造，也不评论。可以问数字、事实、名单，也可以问某一部分讲了什么。"},
		{isGreeting, "你好！我按报告原文回答问题，可以直接问。"},
		{isThanks, "不客气，还可以接着问。"},
		{isFarewell, "再见！"},
		{isPraise, "谢谢，还可以接着问。"},
	}
	for _, n := range notes {
		if q.has[n.role] {
			return result{kind: Help, note: n.note}, true
		}
	}
	return result{}, false
}
