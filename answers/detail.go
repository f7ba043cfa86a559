package answers

import (
	"strings"

	"wenbao/retrieval"
)

// # What a sentence says, whatever is asked
//
// Choosing an answer asks the same of a sentence for every figure, clause and word that it weighs: whether a figure was
// replaced by another, whether a clause tells of several years. The answers depend on the sentence alone, and most sentences
// are never asked; so each is read when it is first needed, once.

// detail is what was read off a sentence.
type detail struct {
	figures []figureDetail // by figure, and behind them those in names
	named   []figure       // numbers in names
	caption string         // of the table that the sentence is a row of, normalised
	headers []string       // of its columns, normalised
	clauses []clauseDetail // by clause
}

type figureDetail struct {
	formerly, level, milestone bool   // see the methods of these names
	changed                    bool   // tells by how much something changed
	number                     string // its digits, empty without any
}

type clauseDetail struct {
	said  string        // the clause with the remarks in brackets on it
	years bool          // tells of several years at once
	part  bool          // tells of a part of a year
	items []figureRange // joined by 、, when there are several
}

// detail reads a sentence when it is first needed.
func (ev *evidence) detail() *detail {
	ev.read.Do(func() {
		d := detail{named: ev.numbersInNames(), clauses: make([]clauseDetail, len(ev.clauses))}
		d.figures = make([]figureDetail, len(ev.figures)+len(d.named))
		for i := range ev.figures {
			f := &ev.figures[i]
			d.figures[i] = figureDetail{
				formerly: ev.formerly(f), level: ev.isLevel(f), milestone: ev.isMilestone(f), changed: ev.isChange(f),
				number: givenPattern.FindString(ev.text[f.start:f.end]),
			}
		}
		for here, c := range ev.clauses {
			text := ev.text[c.start:c.end]
			read := clauseDetail{said: text, years: ev.spansYears(c.start, c.end), part: partOfYear.MatchString(text)}
			for i, remark := range ev.clauses {
				if ev.remarkOn(here, i) {
					read.said += ev.text[remark.start:remark.end]
				}
			}
			if strings.Contains(text, "、") {
				read.items = listItems(ev.text, c.start, c.end, "、")
			}
			d.clauses[here] = read
		}
		if row := ev.sentence.Row; row != nil {
			d.caption = retrieval.Normalise(row.Table.Caption).Text
			for _, header := range row.Table.Header {
				d.headers = append(d.headers, retrieval.Normalise(header).Text)
			}
		}
		ev.details = &d
	})
	return ev.details
}

// of is the detail of a figure of the sentence.
func (d *detail) of(f *figure) *figureDetail { return &d.figures[f.index] }

// namesOf are the organisations and the quoted names of a clause.
func (ev *evidence) namesOf(here int) []string {
	ev.readNames.Do(func() {
		ev.names = make([][]string, len(ev.clauses))
		for i, c := range ev.clauses {
			text := ev.text[c.start:c.end]
			for _, token := range retrieval.Analyse(text) {
				if token.Tag == "nt" {
					ev.names[i] = append(ev.names[i], token.Text)
				}
			}
			for _, match := range quotedPattern.FindAllStringSubmatch(text, -1) {
				ev.names[i] = append(ev.names[i], match[1])
			}
		}
	})
	return ev.names[here]
}
