package answers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/content/lexicon"
	"wenbao/retrieval"
)

// # Which reports a question is about
//
// A question over many reports says which of them it means by a place or an issuer and by a year, and the rest of it is the
// subject:
//
//	江州2021年生产总值增长多少    江州, 2021, 生产总值增长多少
//	历年规上工业增加值增速        a row of years, 规上工业增加值增速
//
// A follow-up may change the one and keep the other: 那前年呢, 济南呢, 历年呢 keep the subject, and what names no place is about
// the place talked about.

// scope is the places and the times that a question names.
type scope struct {
	places []string // names as [Library.names] has them
	years  []int
	each   bool // of the years is asked about by itself (2021年和2022年)
	nation bool // the only place is the whole country, which may be named by the way
	row    bool // a row of years: all of them, or those from the first of years to the last
	lately int  // a row of so many years up to the newest report's own
	// What is told from other years: ago from the newest report's own (前年 is 1), step from the one talked about.
	ago, step int
	newest    bool   // 去年, 今年: of the newest report
	word      string // that said row, lately or newest
}

func (s scope) hasTime() bool {
	return len(s.years) > 0 || s.row || s.ago != 0 || s.step != 0 || s.newest
}
func (s scope) isEmpty() bool { return len(s.places) == 0 && !s.hasTime() }

// Roles of words that choose reports.
const (
	asksRow       role = "hint-row" // 历年, 逐年
	yearAgo       role = "hint-year-ago"
	twoYearsAgo   role = "hint-two-years-ago"
	namesEarlier  role = "hint-earlier"
	namesLater    role = "hint-later"
	longestBridge      = len("的") // between a place and the place in it
)

var (
	// yearNumber finds the years of a question, yearRange the first and the last of several.
	yearNumber = compile(`((?:19|20)[0-9]{2})年?度?`)
	yearRange  = compile(`((?:19|20)[0-9]{2})年?(?:到|至|-|—+|~)((?:19|20)[0-9]{2})年?`)
)

// scopeWords are the words that say a time, longest first.
var scopeWords = wordsOf(asksRow, yearAgo, twoYearsAgo, namesEarlier, namesLater, namesLastYear, namesThisYear, namesNextYear)

// read takes a normalised question apart into what it says of places and times, and its subject. Words for the year before
// and after count only in a follow-up, which says little else: of 比上一年增长多少 they are part of the subject.
func (l *Library) read(text string) (s scope, subject string) {
	subject = text
	cut := func(word string) bool {
		at := strings.Index(subject, word)
		if at < 0 {
			return false
		}
		subject = subject[:at] + "\x00" + subject[at+len(word):]
		return true
	}
	s.places, subject = l.placesIn(subject)
	if len(s.places) == 0 && l.nation != "" {
		subject, s.nation = l.nationIn(subject)
		if s.nation {
			s.places = []string{l.nation}
		}
	}
	subject = betweenCuts().ReplaceAllString(subject, "\x00")
	if word, years := latelyIn(subject); years > 0 && !yearNumber.MatchString(subject) && cut(word) {
		s.word = word
		if s.newest = addsUp(subject); !s.newest {
			s.row, s.lately = true, years
		}
	}
	if match := yearRange.FindStringSubmatch(subject); match != nil && cut(match[0]) {
		s.row = true
		s.years = []int{number(match[1]), number(match[2])}
		slices.Sort(s.years)
	}
	for _, match := range yearNumber.FindAllStringSubmatch(subject, -1) {
		cut(match[0])
		s.years = append(s.years, number(match[1]))
	}
	if joined := betweenCuts().ReplaceAllString(subject, "\x00"); len(s.years) > 1 && !s.row && joined != subject {
		subject, s.each = joined, true
	}
	words := slices.Clone(scopeWords())
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	for _, word := range words {
		roles := generalVocabulary().roles[word]
		relative := slices.Contains(roles, namesEarlier) || slices.Contains(roles, namesLater)
		if relative && !isBare(strings.ReplaceAll(subject, word, "")) || !cut(word) {
			if !relative || !slices.Contains(roles, namesLastYear) && !slices.Contains(roles, namesNextYear) || !cut(word) {
				continue
			}
			relative = false
		}
		switch {
		case relative && slices.Contains(roles, namesEarlier):
			s.step--
		case relative:
			s.step++
		case slices.Contains(roles, asksRow):
			s.row, s.word = true, word
		case slices.Contains(roles, yearAgo):
			s.ago = 1
		case slices.Contains(roles, twoYearsAgo):
			s.ago = 2
		default:
			s.newest, s.word = true, word
		}
	}
	subject = strings.ReplaceAll(subject, "\x00", "")
	return s, strings.TrimPrefix(strings.TrimSpace(strings.Trim(subject, " ,。?!")), "的")
}

func number(digits string) int {
	value, _ := strconv.Atoi(digits)
	return value
}

// fewYears is how many years 近年 and 近几年 are.
const fewYears = 5

// latelyPattern finds what asks for the latest years; its group is how many they are, where it says so.
var latelyPattern = sync.OnceValue(func() *pattern {
	phrases := wordsFor("lately")
	slices.SortFunc(phrases, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return compile(strings.ReplaceAll(strings.Join(phrases, "|"), "N", `(?:\b[0-9]{1,2}|[二两三四五六七八九十]{1,3})`))
})

var countOfYears = compile(`[0-9]+|[二两三四五六七八九十]+`)

// latelyIn finds what in a text asks for the latest years, and how many these are; 0 without it.
func latelyIn(text string) (word string, years int) {
	word = latelyPattern().FindString(text)
	count := countOfYears.FindString(word)
	if word == "" || count == "" {
		return word, min(len(word), 1) * fewYears
	}
	if value, ok := content.ChineseNumeral(count); ok {
		return word, int(value)
	}
	return word, number(count)
}

var sumWords = sync.OnceValue(func() []string { return wordsFor("sum") })

// tellsYears tells whether a passage tells of several years at once.
func tellsYears(p Passage) bool {
	text := retrieval.Normalise(p.Quote).Text
	return addsUp(text) || slices.ContainsFunc(yearsWords(), func(word string) bool { return strings.Contains(text, word) }) || yearRange.MatchString(text)
}

// addsUp tells whether a question asks what several years come to together.
func addsUp(text string) bool {
	return slices.ContainsFunc(sumWords(), func(word string) bool { return strings.Contains(text, word) })
}

// wordsFor are the words of a role in lexicon/reports.txt.
func wordsFor(role string) []string {
	var words []string
	for entry := range lexicon.Entries("reports.txt") {
		if entry[0] == role {
			words = append(words, entry[1:]...)
		}
	}
	return words
}

// betweenCuts finds what joins places or years that have been cut out: 江州和河阳.
var betweenCuts = sync.OnceValue(func() *pattern {
	return compile(`\x00(?:` + strings.Join(joining, "|") + `|,| )\x00`)
})

// nationIn finds the whole country named as the place of a question, at its beginning or behind a year, and gives the text
// with \x00 in its place. Elsewhere it is most likely what something is compared with (占全国, 居全国第一).
func (l *Library) nationIn(text string) (without string, named bool) {
	for _, word := range l.nationWords {
		at := strings.Index(text, word)
		if at < 0 {
			continue
		}
		before := text[:at]
		for _, time := range []*pattern{yearRange, yearNumber, latelyPattern()} {
			before = time.ReplaceAllString(before, "")
		}
		before = strings.Trim(before, " ,的")
		if before == "" || slices.Contains(scopeWords(), before) {
			return text[:at] + "\x00" + text[at+len(word):], true
		}
	}
	return text, false
}

// placesIn finds the names of places and issuers in a text, the longest first, and gives the text with \x00 in their places.
// Of a place that stands right before one in it (河阳省江州市) only the latter counts.
func (l *Library) placesIn(text string) (names []string, without string) {
	type found struct {
		name       string
		start, end int
	}
	var all []found
	masked := []byte(text)
	for _, name := range l.names {
		if slices.Contains(l.nationWords, name.text) {
			continue // see nationIn
		}
		for from := 0; ; {
			at := strings.Index(string(masked[from:]), name.text)
			if at < 0 {
				break
			}
			start, end := from+at, from+at+len(name.text)
			all = append(all, found{name.text, start, end})
			for i := start; i < end; i++ {
				masked[i] = 0
			}
			from = end
		}
	}
	for _, f := range all {
		within := slices.ContainsFunc(all, func(other found) bool {
			return other.start >= f.end && other.start-f.end <= longestBridge && strings.Trim(text[f.end:other.start], "的") == ""
		})
		if !within && !slices.Contains(names, f.name) {
			names = append(names, f.name)
		}
	}
	without = string(masked)
	for strings.Contains(without, "\x00\x00") {
		without = strings.ReplaceAll(without, "\x00\x00", "\x00")
	}
	return names, without
}

// isBare tells whether a text says nothing of its own: only words that ask, point or fill, or have one of some other roles.
func isBare(text string, others ...role) bool {
	v := generalVocabulary()
	for at := 0; at < len(text); {
		end := v.roleAt(text, at, nil)
		if end > at && slices.ContainsFunc(v.roles[text[at:end]], func(r role) bool {
			return r == isEmpty || r == pointsTo || r == asksNumber || r == asksHow || r == asksWhat || r == "check" || r == asksRow || slices.Contains(others, r)
		}) && !slices.Contains(v.roles[text[at:end]], tellsPlan) {
			at = end
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !strings.ContainsRune(" ,。?!、\x00", r) {
			return false
		}
		at += size
	}
	return true
}

// text says a scope in words that are read as the same one.
func (s scope) text() string {
	text := strings.Join(s.places, "、")
	switch {
	case s.row && len(s.years) == 2:
		text += strconv.Itoa(s.years[0]) + "年到" + strconv.Itoa(s.years[1]) + "年"
	case s.row || s.newest:
		text += s.word
	default:
		for i, year := range s.years {
			if i > 0 {
				text += "、"
			}
			text += strconv.Itoa(year) + "年"
		}
	}
	return text
}

// over is a scope with what a follow-up changes of it.
func (s scope) over(before scope) scope {
	if len(s.places) == 0 {
		s.places = before.places
	}
	if !s.hasTime() {
		s.each, s.years, s.row, s.lately, s.ago, s.newest, s.word = before.each, before.years, before.row, before.lately, before.ago, before.newest, before.word
	}
	return s
}

// nameOf is a name by which reports are chosen, with those that it chooses.
type nameOf struct {
	text    string // normalised
	reports []retrieval.ReportInfo
}

// namesOf collects the names of the places and issuers of reports, the longest first.
func namesOf(reports []retrieval.ReportInfo) []nameOf {
	at := make(map[string]int)
	var names []nameOf
	for _, report := range reports {
		var own []string
		for _, name := range []string{report.Issuer, report.Place, shortPlace(report.Place)} {
			name = retrieval.Normalise(name).Text
			if utf8.RuneCountInString(name) < 2 || slices.Contains(own, name) {
				continue
			}
			own = append(own, name)
			i, known := at[name]
			if !known {
				i = len(names)
				at[name] = i
				names = append(names, nameOf{text: name})
			}
			names[i].reports = append(names[i].reports, report)
		}
	}
	slices.SortStableFunc(names, func(a, b nameOf) int { return cmp.Compare(len(b.text), len(a.text)) })
	return names
}

// ofPlaces are the reports of places, newest first; all of them where none is named.
func (l *Library) ofPlaces(places []string) []retrieval.ReportInfo {
	if len(places) == 0 {
		return l.reports
	}
	chosen := make(map[string]bool)
	for _, name := range l.names {
		if slices.Contains(places, name.text) {
			for _, report := range name.reports {
				chosen[report.Key] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(l.reports), func(r retrieval.ReportInfo) bool { return !chosen[r.Key] })
}

// settle turns times that are told from other years into years.
func (l *Library) settle(s scope, before []int) scope {
	reports := l.ofPlaces(s.places)
	newest := 0
	if len(reports) > 0 {
		newest = reports[0].Year
	}
	last := newest
	if len(before) > 0 {
		last = before[0]
	}
	switch {
	case s.step != 0:
		s.years, s.step = []int{last + s.step}, 0
	case s.ago != 0 && len(before) > 0 && newest-s.ago == last:
		s.years, s.ago = []int{last - s.ago}, 0 // 2021年… 那前年呢, and 2021 is 前年 already
	case s.ago != 0:
		s.years, s.ago = []int{newest - s.ago}, 0
	}
	return s
}

// shortPlace is how a place is called in short: 江州 of 江州市.
func shortPlace(place string) string {
	last, size := utf8.DecodeLastRuneInString(place)
	if short := place[:len(place)-size]; utf8.RuneCountInString(short) > 1 && isPlaceEnd(string(last)) {
		return short
	}
	return place
}

// yearOf tells which year a passage of a report is about, and whether it says what is aimed at.
func yearOf(report *content.Report, p Passage) (year int, target bool) {
	for _, section := range report.Sections {
		for _, sentence := range section.Sentences {
			if sentence.Span.Start <= p.Start && p.Start < sentence.Span.End {
				if section.Plan && report.PlanYear > 0 {
					return report.PlanYear, true
				}
				return report.Year, section.Plan
			}
		}
	}
	return report.Year, false
}
