package answers

import (
	"slices"
	"strings"

	"wenbao/retrieval"
)

// # What a report admits
//
// 存在哪些问题, 有什么不足: most reports have a part, or a passage, on what is not good yet, and it is what such a question asks
// for. A question about the problems of something in particular is one like any other.

// namesProblem is the role of the words by which such a passage is known, admitsProblem that of the verbs that open it.
const (
	namesProblem  role = "hint-problem"
	admitsProblem role = "hint-admits"
)

var (
	problemWords = wordsOf(namesProblem)
	admitWords   = wordsOf(admitsProblem)
)

// problems answers with the part on problems, or the sentences that open and hold the passage on them.
func (e *Engine) problems(q *question) (result, bool) {
	if !q.has[asksProblem] || q.about() {
		return result{}, false
	}
	holdsAny := func(text string, words []string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
	}
	for _, section := range e.report.Sections {
		if title := retrieval.Normalise(section.Title).Text; holdsAny(title, problemWords()) && holdsAny(title, admitWords()) {
			return e.sectionAnswer(q, section), true
		}
	}
	// The passage lies in the section with the most sentences that admit something, from the first of them to the last.
	var passage []*evidence
	most := 0
	for _, section := range e.report.Sections {
		var sentences, admitting []*evidence
		for _, ev := range e.evidence {
			if ev.sentence.Section != section {
				continue
			}
			admits := slices.ContainsFunc(ev.clauses, func(c clause) bool {
				text := ev.text[c.start:c.end]
				return holdsAny(text, admitWords()) && holdsAny(text, problemWords())
			})
			if admits {
				admitting = append(admitting, ev)
			}
			if sentences = append(sentences, ev); admits && len(admitting) > most {
				most = len(admitting)
				passage = slices.Clone(sentences[slices.Index(sentences, admitting[0]):])
			}
		}
	}
	r := result{kind: Found}
	for _, ev := range passage {
		r.passages = append(r.passages, e.spanPassage(ev.sentence.Section, ev.sentence.Span))
	}
	return r, len(r.passages) > 0
}
