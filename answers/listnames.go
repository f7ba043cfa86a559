package answers

import (
	"slices"
	"strings"

	"wenbao/content"
)

// # Lists of names
//
// 点名了哪些企业, 书名号里的文件: what is listed is told by its form and not by its words, so every clause that holds one belongs.

// asksTitled is the role of words that ask for all documents with a title: 书名号里的文件.
const asksTitled role = "titled"

// asksCompanies tells whether an interrogative stands right before or behind the word for companies: 哪些企业, 企业是哪些.
func (q *question) asksCompanies(e *Engine) bool {
	return slices.ContainsFunc(q.terms, func(t *term) bool {
		return slices.Contains(e.vocabulary.roles[t.text], "organisation") && slices.ContainsFunc(q.spans, func(s roleSpan) bool {
			return (s.is(asksList) || s.is(asksWhich)) && (s.end == t.start || s.start >= t.end && q.emptyBetween(t.end, s.start))
		})
	})
}

// titledList gives every clause that holds a title in 《》.
func (e *Engine) titledList() result {
	r := result{kind: Found}
	for _, ev := range e.evidence {
		for here, c := range ev.clauses {
			if strings.Contains(ev.text[c.start:c.end], "《") {
				first, last := e.widen(ev, here)
				r.passages = e.addPassages(r.passages, []Passage{e.clausePassage(ev, first, last)})
			}
		}
	}
	if len(r.passages) == 0 {
		return result{kind: NotFound, note: "报告里没有带书名号的文件。"}
	}
	return r
}

// asksOrganisations tells whether a list question asks for nothing but companies, 报告里点名了哪些企业, or for projects by their names,
// which are those of companies.
func (q *question) asksOrganisations(e *Engine) bool {
	asked := false
	for _, t := range q.terms {
		if t.class > attribute && !t.own {
			return false
		}
		asked = asked || slices.Contains(e.vocabulary.roles[t.text], "organisation") || t.text == "项目" && namesAsked.MatchString(q.text)
	}
	return asked
}

// publicBody finds an organisation that is no company.
var publicBody = compile(`(?:中央|国务院|政府|委员?会?|大会|政协|人大|常委会|党委|党组|[^企]局|[厅署]|部|法院|检察院|大学|学院|人民银行|工会|共青团|[妇残文科侨]联|工商联|科协|党派|红十字|解放军|武警[^,、]*|联合会|协会|军区)$`)

// organisationList gives every clause that names an organisation, a name only where it stands first; within a part, if there is one.
func (e *Engine) organisationList(within *content.Section) result {
	r := result{kind: Found}
	seen := make(map[string]bool)
	for _, ev := range e.evidence {
		if within != nil && !within.Span.Contains(ev.sentence.Span) {
			continue
		}
		last := -1
		for _, token := range ev.words().tokens {
			if token.Tag != "nt" || seen[token.Text] || publicBody.MatchString(token.Text) {
				continue
			}
			seen[token.Text] = true
			if first, end := e.widen(ev, ev.clauseAt(token.Start)); first > last {
				r.passages = append(r.passages, e.clausePassage(ev, first, end))
				last = end
			}
		}
	}
	if len(r.passages) == 0 {
		return result{kind: NotFound, note: "报告没有点名企业。"}
	}
	return r
}
