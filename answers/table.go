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
	headed      = 0.5 // of what words weigh that only the headers hold
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
	subject := subjectOf(told.headers, column)
	mine, theirs, contradicts := false, false, a.conflict != nil
	var gained, total float64
	for i, t := range q.terms {
		before := a.grades[i]
		changes := slices.Contains(generalVocabulary().roles[strings.TrimSuffix(t.text, afterDone)], "change") // 下降 is told under 比上年增长
		if t.own || t.class == vague && !(changes && q.asksChange) {
			continue
		}
		holds := func(header string) bool {
			return t.inText(header) >= nearMeaning || changes && changeHeader.MatchString(header)
		}
		switch {
		case column >= 0 && column < len(told.headers) && holds(told.headers[column]):
			a.grades[i] = max(a.grades[i], nearOwn)
			mine = true
		case subject >= 0 && holds(told.headers[subject]):
			a.grades[i] = max(a.grades[i], nearOwn)
		case slices.ContainsFunc(told.headers, holds):
			a.grades[i] = max(a.grades[i], nearHeading) // the 产量 of 产量增速 is what the row is of
			theirs = true
		case strings.Contains(told.caption, t.text), strings.Contains(told.caption, withoutMeasure(t.text)):
			a.grades[i] = max(a.grades[i], nearHeading)
		case t.class > attribute && a.conflict == nil && a.grades[i] < found && slices.ContainsFunc(generalVocabulary().exclusive[withoutMeasure(t.text)], func(other string) bool {
			return strings.Contains(told.caption, other)
		}):
			a.conflict = t // the 进口额 is in no table of what was sold abroad
		case t.isThing() && a.grades[i] < found && a.conflict == nil:
			a.conflict = t // a row is of what it is called, and of nothing else
		}
		gained += t.weight * (a.grades[i] - before)
		total += t.weight
	}
	if a.conflict != nil && !contradicts {
		a.score -= otherColumn
	}
	if mine {
		a.score += ownColumn
		if total > 0 {
			a.score += headed * gained / total
		}
	}
	if theirs && (!mine || subject >= 0) {
		a.score -= otherColumn
	}
}

// subjectOf is the column whose change or share another one tells, which stands left of it: the 进口额 of the 比上年增长 behind it; -1 where
// a column tells of itself.
func subjectOf(headers []string, column int) int {
	tellsOther := func(i int) bool { return changeHeader.MatchString(headers[i]) || tellsShare(headers[i]) }
	if column < 0 || column >= len(headers) || !tellsOther(column) {
		return -1
	}
	for column > 0 && tellsOther(column) {
		column--
	}
	return column
}

// withoutMeasure is a word without the character of measures that it ends with: 进口 of 进口额.
func withoutMeasure(text string) string {
	for _, measure := range []string{"额", "量"} {
		if bare, ok := strings.CutSuffix(text, measure); ok && len(bare) > len(measure) {
			return bare
		}
	}
	return text
}

// changeHeader finds the header of a column that tells how much something changed.
var changeHeader = compile(`增长|增减|增速|增幅|涨跌|涨幅|升降|变动`)
