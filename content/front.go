package content

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wenbao/content/lazy"
)

// front is what stands before a report's text: title, date and speaker, down to the salutation.
type front struct {
	stated     frontMatter
	title      string
	lines      []string // all of it, as printed
	paragraphs int      // how many paragraphs it takes up
	first      string   // the first paragraph of the text
}

// longestFront is how many lines are looked through for a salutation.
const longestFront = 12

var (
	yearPattern = lazy.Compile(`((?:19|20)[0-9]{2})年`)
	datedLine   = lazy.Compile(`((?:19|20)[0-9]{2})年[ 　]*([0-9]{1,2})月`)
	onlyDate    = lazy.Compile(`^[（(]?(?:19|20)[0-9]{2}(?:年|-|/|\.)[ 　]*[0-9]{1,2}(?:月|-|/|\.)[ 　]*(?:[0-9]{1,2}日?)?[^\p{Han}]*$`)
	// byline is a date with who spoke: （2003年1月12日 石秀诗）.
	byline = lazy.Compile(`^[（(](?:19|20)[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?[ 　]*[\p{Han}·]{2,16}[）)]$`)
	// issuerPattern is what a title says before its year or its kind.
	issuerPattern = lazy.Compile(`^(.*?)(?:(?:19|20)[0-9]{2}年|工作|(?:人民)?政府)`)
	leadingYear   = lazy.Compile(`^(?:19|20)[0-9]{2}年度?`)
	wordYear      = lazy.Compile(`[一二][〇○零0０一二三四五六七八九]{3}年`)
	wordMonth     = lazy.Compile(`年([一二三四五六七八九十]{1,2})月`)
	wordDay       = lazy.Compile(`月([一二三四五六七八九十]{1,3})日`)
	spacedDate    = lazy.Compile(`([0-9年月])[ 　]+([0-9年月日])`)
)

// plainDates writes the dates of a line in digits and without blanks: 2022年1月 of 二〇二二年一月 and of 2022 年 1 月.
func plainDates(line string) string {
	line = spacedDate.ReplaceAllString(line, "$1$2")
	line = wordYear.ReplaceAllStringFunc(line, func(year string) string {
		date, length := readChineseYear(year)
		if length == 0 {
			return year
		}
		return strconv.Itoa(int(date.Value)/10000) + "年"
	})
	inDigits := func(numeral string) string {
		number := strings.Trim(numeral, "年月日")
		value, ok := ChineseNumeral(number)
		if !ok {
			return numeral
		}
		return strings.Replace(numeral, number, strconv.Itoa(int(value)), 1)
	}
	return wordDay.ReplaceAllStringFunc(wordMonth.ReplaceAllStringFunc(line, inDigits), inDigits)
}

// readFront reads what stands before the text.
func readFront(m manuscript) front {
	f := front{stated: m.stated, title: m.stated.title}
	line := func(i int) string { return m.text[m.paragraphs[i].Start:m.paragraphs[i].End] }
	greeted := -1
	for i := range min(len(m.paragraphs), longestFront) {
		if isSalutation(line(i)) {
			greeted = i
			break
		}
	}
	for i := range m.paragraphs {
		text := line(i)
		if i == greeted {
			f.paragraphs = i + 1
			break
		}
		if m.paragraphs[i].cells != nil || !isShort(text) && !isSource(text) && !(i < greeted && isHeadline(text)) {
			break
		}
		next := ""
		if i+1 < len(m.paragraphs) {
			next = line(i + 1)
		}
		if f.title == "" && i == 0 && !isNumberedLine(text, &m.paragraphs[i]) {
			f.title = strings.Trim(text, "* 　")
		} else if i > greeted && !f.mayHold(text, &m.paragraphs[i]) && !f.isTitle(next) {
			break
		}
		f.lines = append(f.lines, text)
		f.paragraphs = i + 1
	}
	if f.paragraphs < len(m.paragraphs) {
		f.first = line(f.paragraphs)
	}
	return f
}

// isShort tells whether a line is no sentence.
func isShort(text string) bool {
	return utf8.RuneCountInString(text) <= longestLineHeading && !strings.ContainsAny(text, sentenceEnds+"：:")
}

// longestHeadline is how long, in runes, what stands in one line before the salutation may be: title, occasion and speaker.
const longestHeadline = 120

// isHeadline tells whether a line, however long, is no sentence.
func isHeadline(text string) bool {
	return utf8.RuneCountInString(text) <= longestHeadline && !strings.ContainsAny(text, sentenceEnds)
}

// isTitle tells whether a line is the title once more, which the line before it then belongs to: 中华人民共和国 above
// 2018年国民经济和社会发展统计公报.
func (f *front) isTitle(text string) bool {
	return f.title != "" && strings.Trim(text, "《》*（）() 　") == f.title
}

// isSource tells whether a line says where the report was printed: 来源：南方日报.
func isSource(text string) bool {
	return utf8.RuneCountInString(text) <= longestPlainHeading && startsWithAny(text, layoutWords()["source"]) && !strings.ContainsAny(text, sentenceEnds)
}

func isNumberedLine(text string, p *paragraph) bool {
	_, ok := findNumbered(text, p)
	return ok
}

// mayHold tells whether a line, where no salutation says that all before it is front, belongs to it: the title again, a
// date, who speaks or issues.
func (f *front) mayHold(text string, p *paragraph) bool {
	words := layoutWords()
	runes := utf8.RuneCountInString(text)
	bare := strings.Trim(text, "《》*（）() 　")
	dated := plainDates(text)
	switch {
	case isNumberedLine(text, p) || p.hashes > 1:
		return false
	case strings.Contains(f.title, bare) || strings.HasPrefix(bare, f.title):
		return true
	case onlyDate.MatchString(dated), byline.MatchString(dated), datedLine.MatchString(dated) && (p.dash || containsAny(text, words["meeting"])):
		return true
	case isSource(text):
		return true
	case runes <= 25 && containsAny(text, words["speaker"]) && !strings.ContainsAny(text, "，,"):
		return true
	case runes <= 16 && slices.ContainsFunc(words["office"], func(office string) bool { return strings.HasSuffix(bare, office) }):
		return true
	}
	return containsAny(text, words["delivered"]) && runes <= longestPlainHeading && !containsAny(text, words["review"])
}

// isSalutation tells whether a paragraph is nothing but 各位代表：.
func isSalutation(text string) bool {
	rest := text[len(salutationOf(text)):]
	return len(rest) < len(text) && strings.Trim(rest, "！!：:，, 　") == ""
}

// salutationOf is the salutation that a text begins with, up to its ！ or ：; one that a comma ties to its sentence
// stays with it.
func salutationOf(text string) string {
	for _, word := range layoutWords()["salutation"] {
		rest, ok := strings.CutPrefix(text, word)
		if !ok {
			continue
		}
		for _, mark := range []string{"！", "!", "：", ":"} {
			if strings.HasPrefix(rest, mark) {
				return text[:len(word)+len(mark)]
			}
		}
		if rest == "" {
			return text
		}
	}
	return ""
}

// identify fills in what the front says about the report: year, place, issuer, names.
func (f *front) identify(report *Report) {
	if match := issuerPattern.FindStringSubmatch(leadingYear.ReplaceAllString(f.title, "")); match != nil {
		report.Issuer = strings.TrimSpace(match[1])
	}
	report.Place, report.OwnNames = f.names(report.Text)
	if names := provinceNames(report.Place); names != nil {
		report.Synonyms = append(report.Synonyms, names)
	}
	report.Issuer = tidyIssuer(report.Issuer, report.Place)
	if f.stated.issuer != "" {
		report.Issuer = f.stated.issuer
	}
	if report.Year = f.stated.year; report.Year == 0 {
		report.Year = f.year(report)
	}
}

// tidyIssuer puts the report's place for what a title says before its kind and what names no office: the occasion
// (江州市第三届人民代表大会第四次会议), who speaks there, 省 alone, a slip of the pen (江州市市).
func tidyIssuer(issuer, place string) string {
	issuer = strings.Trim(issuer, "《》*（）() 　")
	rest, ofPlace := strings.CutPrefix(issuer, place)
	switch {
	case strings.Trim(issuer, "0123456789 　"+dateWords) == "":
		return ""
	case slices.Contains(placeSuffixes, issuer), containsAny(issuer, layoutWords()["meeting"]), place != "" && ofPlace && utf8.RuneCountInString(rest) == 1:
		return place
	}
	return issuer
}

// year is the year that the report reports on: a report delivered to a congress early in a year is about the year before,
// one delivered late in a year, or a bulletin or summary named after a year, about that year.
func (f *front) year(report *Report) int {
	if first := plannedFrom(f.title); first > 0 {
		return first - 1
	}
	lines := []string{plainDates(f.title)}
	for _, line := range f.lines {
		lines = append(lines, plainDates(line))
	}
	delivered := slices.ContainsFunc(lines, func(line string) bool { return containsAny(line, layoutWords()["delivered"]) }) ||
		slices.ContainsFunc(lines, func(line string) bool {
			return datedLine.MatchString(line) && containsAny(line, layoutWords()["meeting"])
		})
	year, month := 0, 0
	for _, line := range lines {
		if match := datedLine.FindStringSubmatch(line); match != nil {
			year, _ = strconv.Atoi(match[1])
			month, _ = strconv.Atoi(match[2])
			break
		}
	}
	named := 0
	for _, line := range lines {
		if named == 0 {
			named = yearIn(line)
		}
	}
	switch {
	case !delivered:
		return named
	case year == 0:
		year, month = named, 1
	}
	if year == 0 {
		return lastReviewed(report, 0)
	}
	if reviewed := lastReviewed(report, year); reviewed == year || reviewed == year-1 {
		return reviewed
	}
	if month >= lateMonth {
		return year
	}
	return year - 1
}

// lateMonth is the first month in which a congress hears about the year that is ending.
const lateMonth = 10

// lastReviewed is the latest year, not after a given one, that a chapter names as looked back on; 0 when none does.
func lastReviewed(report *Report, latest int) int {
	last := 0
	for _, section := range report.Sections {
		if section.Parent != nil || stanceOf(section.Title, true, 0) != looksBack {
			continue
		}
		for _, match := range yearPattern.FindAllStringSubmatch(section.Title, -1) {
			if year, _ := strconv.Atoi(match[1]); latest == 0 || year <= latest {
				last = max(last, year)
			}
		}
	}
	return last
}

// yearIn is the first year that a line with plain dates names; 0 without one.
func yearIn(line string) int {
	if match := yearPattern.FindStringSubmatch(line); match != nil {
		year, _ := strconv.Atoi(match[1])
		return year
	}
	return 0
}

var (
	// periodPattern is the time of a plan in its title: （2021—2025年）, （一九五三—一九五七）.
	periodPattern = lazy.Compile(`((?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})年?[ 　]*[-－—–―─~～至到]+[ 　]*(?:(?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})`)
	// fiveYearPlan is the number of a five-year plan in its title: 第十四个五年规划, “十四五”规划.
	fiveYearPlan = lazy.Compile(`第([一二三四五六七八九十]+)个五年(?:规划|计划)|“([一二三四五六七八九十]+)五”`)
	// remarks are what stands in brackets.
	remarks = lazy.Compile(`[（(][^（）()]*[)）]`)
)

// plannedFrom is the first year of the time that a plan is for, by its title: it says the years or which five-year plan
// it is; 0 where it does not, or names no plan.
func plannedFrom(title string) int {
	bare := strings.TrimSuffix(strings.TrimSpace(remarks.ReplaceAllString(title, "")), layoutWords()["report-on"][0])
	if !slices.ContainsFunc(layoutWords()["planned"], func(word string) bool { return strings.HasSuffix(bare, word) }) {
		return 0
	}
	if match := periodPattern.FindStringSubmatch(title); match != nil {
		return yearIn(plainDates(match[1] + "年"))
	}
	match := fiveYearPlan.FindStringSubmatch(title)
	if match == nil {
		return 0
	}
	number, _ := ChineseNumeral(match[1] + match[2])
	switch number := int(number); {
	case number < 1 || number > 20:
		return 0
	case number < 3:
		return 1953 + 5*(number-1)
	default: // the third one began three years late
		return 1966 + 5*(number-3)
	}
}
