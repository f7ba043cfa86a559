package answers

import (
	"unicode/utf8"
)

// # Sentences that head others
//
// Reports put small headings into their paragraphs, as sentences of their own: 加快发展现代金融。建立企业上市联席会议制度…;引进并购
// 基金…。大力发展旅游业。…. Such a lead is short, has no comma and no figure, and longer sentences follow it. A question for what is
// done about a thing (在加快发展现代金融方面有哪些打算) is answered with all that stands under the lead that names it, up to the next
// one.

// longestLead is how long a lead is at most, in runes: as long as headings are.
const longestLead = 18

// leadMatches is how much of a question's weight a lead must hold: more than a heading, as there are ten times as many.
const leadMatches = 0.8

// isLead tells whether a sentence heads those behind it.
func (e *Engine) isLead(i int) bool {
	ev := e.evidence[i]
	if len(ev.clauses) != 1 || len(ev.figures) > 0 || ev.semicolon || utf8.RuneCountInString(ev.text) > longestLead || i+1 == len(e.evidence) {
		return false
	}
	next := e.evidence[i+1]
	return next.sentence.Section == ev.sentence.Section && len(next.text) > len(ev.text)
}

// led answers a question for what is done about a thing with what stands under the lead that names it; false without one.
func (e *Engine) led(q *question) (result, bool) {
	if q.within != nil || q.wants.figure || !q.has[asksContents] && !actionsAsked.MatchString(q.text) {
		return result{}, false
	}
	best, lead := leadMatches, -1
	for i := range e.evidence {
		if score := q.heldBy(e.evidence[i].text); score > best && e.isLead(i) {
			best, lead = score, i
		}
	}
	if lead < 0 {
		return result{}, false
	}
	r := result{kind: Found}
	section := e.evidence[lead].sentence.Section
	for i := lead + 1; i < len(e.evidence) && e.evidence[i].sentence.Section == section && !e.isLead(i); i++ {
		r.passages = append(r.passages, e.spanPassage(section, e.evidence[i].sentence.Span))
	}
	return r, true
}

// actionsAsked finds a question for what is done about a thing.
var actionsAsked = compile(`(?:哪些|什么|哪几[项条个])(?:新?的?)(?:打算|举措|措施|做法|安排|部署|动作|任务|工作|办法|招数|考虑|计划)`)

// heldBy is the share of the weight of what a question is about that a text holds; 0 for one that is about nothing.
func (q *question) heldBy(text string) float64 {
	var all mean
	for _, t := range q.terms {
		if t.class != vague && t.class != attribute && !t.own {
			all.add(t.inText(text), t.weight)
		}
	}
	if all.total == 0 {
		return 0
	}
	return all.sum / all.total
}
