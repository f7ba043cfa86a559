package answers

import (
	"slices"
	"strings"
)

// # Rows of tables
//
// A row says little by itself: 美国 | 38706 | 11834. What its numbers are is told by the headers of their columns (出口额, 进口额) and
// by the caption above. A word of the question that heads the number's own column counts as said of it; one that heads another
// column speaks for that one and against this.
const (
	ownColumn   = 0.2
	otherColumn = 0.3
)

// weighColumn adds to the score of a number of a table what the headers say for it and against it.
func (a *anchor) weighColumn(q *question) {
	row := a.evidence.sentence.Row
	if row == nil {
		return
	}
	column := -1
	for i, cell := range row.Cells {
		if cell.Start <= a.figure.content.Start && a.figure.content.End <= cell.End {
			column = i
		}
	}
	told := a.evidence.detail()
	mine, theirs := false, false
	for i, t := range q.terms {
		if t.class == vague || t.own {
			continue
		}
		changes := slices.Contains(generalVocabulary().roles[strings.TrimSuffix(t.text, afterDone)], "change") // 下降 is told under 比上年增长
		holds := func(header string) bool {
			return t.inText(header) >= nearMeaning || changes && changeHeader.MatchString(header)
		}
		switch {
		case column >= 0 && column < len(told.headers) && holds(told.headers[column]):
			a.grades[i] = max(a.grades[i], nearOwn)
			mine = true
		case slices.ContainsFunc(told.headers, holds):
			a.grades[i] = max(a.grades[i], nearHeading) // the 产量 of 产量增速 is what the row is of
			theirs = true
		case strings.Contains(told.caption, t.text):
			a.grades[i] = max(a.grades[i], nearHeading)
		case t.isThing() && a.grades[i] < found && a.conflict == nil:
			a.conflict = t // a row is of what it is called, and of nothing else
		}
	}
	switch {
	case mine:
		a.score += ownColumn
	case theirs:
		a.score -= otherColumn
	}
}

// changeHeader finds the header of a column that tells how much something changed.
var changeHeader = compile(`增长|增减|增速|增幅|涨跌|涨幅|升降|变动`)
