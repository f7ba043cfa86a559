package answers

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// # What a question states
//
// What stands in the question cannot be its answer: who asks which of the 56个项目 were finished knows the 56. So the years, figures
// and names that it gives are noted, to be left out of the answer or asked of the sentence. A figure may be given by its first
// digits or as a round one: 八百多个 lies between 800 and 900, and 近500个 may be the 481个 of a report that prints no 500. Words
// that deny something (没完成) are noted, too: a sentence that says the opposite is no answer.

var (
	againstYear   = compile(`[比较]$`)
	setAgainst    = compile(`[跟与和同]$`)
	comparedSo    = compile(`^年?(?:相比|比较|比起来|比|对比)`)
	sincePattern  = compile(`^年?(?:以来|起)`) // 2012年以来
	yearPattern   = compile(`(?:19|20)[0-9]{2}`)
	quotedPattern = compile(`[“"「『《]([^”"」』》]{1,40})[”"」』》]`)
	givenPattern  = compile(`[0-9]+(?:\.[0-9]+)?`)
)

// findGiven collects the years, figures and names that the question itself states.
func (q *question) findGiven(e *Engine) {
	for _, at := range yearPattern.FindAllStringIndex(q.text, -1) {
		against := againstYear.MatchString(q.text[:at[0]]) || setAgainst.MatchString(q.text[:at[0]]) && comparedSo.MatchString(q.text[at[1]:])
		if value, _ := strconv.Atoi(q.text[at[0]:at[1]]); value == e.report.Year-1 && against {
			continue // 比2020年前进几位, 跟2020年比前进几位: asked of 2021
		} else if !sincePattern.MatchString(q.text[at[1]:]) {
			q.years = append(q.years, value)
		} else {
			q.has[spansYears] = true
		}
	}
	q.findVaguely(e)
	for _, at := range givenPattern.FindAllStringIndex(q.text, -1) {
		if !q.isVaguely(at[0]) {
			q.given = append(q.given, q.text[at[0]:at[1]])
		}
	}
	for _, match := range quotedPattern.FindAllStringSubmatch(q.text, -1) {
		q.quoted = append(q.quoted, match[1])
	}
}

// interval holds the values from low up to, but without, high.
type interval struct{ low, high float64 }

// vaguePattern finds a number that is given with its first digits only: 800多, 3000零几.
var vaguePattern = compile(`^([0-9]+)(万|亿)?(?:多|余|来|零?几)`)

// findVaguely collects the figures of which the question knows the first digits only: 800多 lies between 800 and 900.
func (q *question) findVaguely(e *Engine) {
	for _, at := range givenPattern.FindAllStringIndex(q.text, -1) {
		if given := q.text[at[0]:at[1]]; strings.HasSuffix(given, "00") && nearlyPattern.MatchString(q.text[:at[0]]) && !e.prints(given) {
			value, _ := strconv.ParseFloat(given, 64)
			q.vaguely = append(q.vaguely, interval{value * (1 - nearly), value * (1 + nearly)})
			q.nearlyAt = append(q.nearlyAt, at[0])
			continue
		}
		match := vaguePattern.FindStringSubmatch(q.text[at[0]:])
		if match == nil {
			continue
		}
		low, _ := strconv.ParseFloat(match[1], 64)
		step := 1.0
		for digits := strings.TrimRight(match[1], "0"); len(digits) < len(match[1]); digits += "0" {
			step *= 10
		}
		switch match[2] {
		case "万":
			low, step = low*1e4, step*1e4
		case "亿":
			low, step = low*1e8, step*1e8
		}
		q.vaguely = append(q.vaguely, interval{low, low + step})
	}
}

// isVaguely tells whether the number at a place of the question is not the figure itself.
func (q *question) isVaguely(at int) bool {
	return vaguePattern.MatchString(q.text[at:]) || slices.Contains(q.nearlyAt, at)
}

// prints tells whether the report holds a number as such, and not within a longer one.
func (e *Engine) prints(number string) bool {
	return slices.ContainsFunc(e.evidence, func(ev *evidence) bool { return holdsNumber(ev.text, number) })
}

// holdsNumber tells whether a text holds a number as such, and not within a longer one.
func holdsNumber(text, number string) bool {
	for at := strings.Index(text, number); at >= 0; {
		if !insideNumber(text, at, at+len(number)) {
			return true
		}
		next := strings.Index(text[at+1:], number)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return false
}

// nearlyPattern finds what makes the round number behind it another one that the report does not print: 近500个 are 481.
var nearlyPattern = compile(`(?:近|约|差不多|大概|不到)$`)

// nearly is how far off such a number may be.
const nearly = 0.1

// findDenied collects the words of the question that contradict others (没完成, 撤销): what says the opposite is no answer.
func (q *question) findDenied(v *vocabulary) {
	for at := 0; at < len(q.text); {
		end, found := at, 0
		for range longestDenied {
			_, size := utf8.DecodeRuneInString(q.text[end:])
			if end += size; size == 0 {
				break
			}
			if end-at > len("没") && strings.ContainsAny(q.text[at:at+len("没")], "没未不无非") && len(v.exclusive[q.text[at:end]]) > 0 {
				found = end
			}
		}
		if found > at {
			q.denied = append(q.denied, q.text[at:found])
			at = found
			continue
		}
		_, size := utf8.DecodeRuneInString(q.text[at:])
		at += size
	}
}

// longestDenied is the longest word looked up in runes.
const longestDenied = 6
