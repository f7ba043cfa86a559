package answers

import (
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # The part that a question confines itself to
//
// 第三部分提到几家企业 asks of one part by its number, 加快项目建设方面,… and 锻链工程里有哪些增速 by its title. What names the part
// need not be found in the sentence that answers, and sentences elsewhere count for little (otherPart in rank.go).

// findPart notes the part of the report that a question names, by its number (第三部分提到几家企业) or in a list question by
// its title (锻链工程里有哪些增速), and takes what names it out of the terms.
func (q *question) findPart(e *Engine) {
	if at := ordinalPart.FindStringIndex(q.text); at != nil && (strings.HasSuffix(q.text[:at[1]], "部分") || strings.HasSuffix(q.text[:at[1]], "章")) {
		q.within, _ = e.numbered(q)
		q.leaveTerms(at[0], at[1])
		return
	}
	if at := asideTitle.FindStringSubmatchIndex(q.text); at != nil {
		if q.within = e.sectionTitled(q.text[at[2]:at[3]]); q.within != nil {
			q.leaveTerms(0, at[1])
			q.asksWithin = !q.about() && !q.has[asksNumber]
			return
		}
	}
	if at := insideTitle.FindStringIndex(q.text); at != nil && q.endsWord(at[1]) && q.asksListBehind(at[1]) {
		before := *q
		before.terms = slices.DeleteFunc(slices.Clone(q.terms), func(t *term) bool { return t.end > at[1] })
		if len(slices.DeleteFunc(slices.Clone(before.terms), func(t *term) bool { return t.own })) < 2 {
			return // the 中 of 发展中的问题 is inside of no part
		}
		if q.within = e.titled(&before); q.within != nil {
			q.leaveTerms(0, at[1])
		}
	}
}

// asksListBehind tells whether a list is asked for behind a place, and not before it.
func (q *question) asksListBehind(at int) bool {
	asks := func(s roleSpan) bool { return s.is(asksList) }
	first := slices.IndexFunc(q.spans, asks)
	return first >= 0 && q.spans[first].start >= at
}

// endsWord tells whether a word ends at a place: not at the 中 of 创新中心.
func (q *question) endsWord(at int) bool {
	return slices.ContainsFunc(q.tokens, func(t retrieval.Token) bool { return t.End == at })
}

// insideTitle finds what may be the title of a part in which a list is asked for.
var insideTitle = compile(`^.{2,40}?(?:里面|里头|里|这一?部分|部分|中)`)

// asideTitle finds what may be the title of a part, word by word, in front of the question: 加快项目建设方面,….
var asideTitle = compile(`^(?:在|围绕|关于)?[“"]?([^,，]{3,20}?)[”"]?(?:[那这]一?(?:节|章|段|部分)(?:里|中)?[,]?|(?:这一?)?(?:方面|部分|块|节)(?:里|中)?[,]|这一?块|这方面|这一?部分)`)

// sectionTitled is the only part whose title holds a text as it is; nil without one.
func (e *Engine) sectionTitled(text string) *content.Section {
	var found *content.Section
	for _, section := range e.report.Sections {
		if strings.Contains(retrieval.Normalise(section.Title).Text, text) {
			if found != nil {
				return nil
			}
			found = section
		}
	}
	return found
}

// leaveTerms takes the words of a stretch of the question out of what must be found.
func (q *question) leaveTerms(start, end int) {
	if q.within == nil {
		return
	}
	for _, t := range q.terms {
		if start <= t.start && t.end <= end {
			t.class, t.weight, t.own = vague, 0, true
		}
	}
}
