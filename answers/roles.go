package answers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content"
)

// # Phrases with a role
//
// Some phrases say what is asked rather than what it is asked of: 多少家, 哪些, 是什么时候, 去年. lexicon/questions.txt lists them with
// their roles, and patterns here find those that are open, as number interrogatives with their units are. At each place the longest
// phrase counts, and it must begin and end with a word:
//
//	新开办企业多少家    多少家 asks for a number, in 家
//	多少家庭受益        家 is part of 家庭, so that 多少 alone asks
//	推荐目录里有哪些    the 推荐 of 推荐目录 asks for no advice, once that turns out to be a term (dropRoles)

// trillions is the largest scale in which reports count money.
const trillions = "万亿"

// roleSpan is a phrase of the question that has a role.
type roleSpan struct {
	start, end int // bytes of the normalised question
	roles      []role
	unit       string // that follows a number interrogative: 元 of 多少亿元
	scale      string // 万, 亿 or 万亿 before it
	number     bool
}

func (s roleSpan) is(r role) bool { return slices.Contains(s.roles, r) }

// kindRoles are the roles that say which kind of figure is asked for.
var kindRoles = map[role][]content.Kind{
	"money":            {content.Money},
	"percent":          {content.Percent, content.PercentagePoint},
	"percentage-point": {content.PercentagePoint, content.Percent},
	asksComparison:     {content.PercentagePoint, content.Percent},
	"rank":             {content.Rank},
	"size":             {content.Size, content.Speed},
	"speed":            {content.Speed, content.Size},
	"period":           {content.Period},
	"date":             {content.Date},
}

func kindOf(span roleSpan) bool {
	return slices.ContainsFunc(span.roles, func(r role) bool { _, ok := kindRoles[r]; return ok })
}

func isHint(r role) bool { return strings.HasPrefix(string(r), "hint-") }

func hintOnly(span roleSpan) bool {
	return !slices.ContainsFunc(span.roles, func(r role) bool { return !isHint(r) })
}

func isInterrogative(r rune) bool { return strings.ContainsRune("几多哪何啥什谁怎咋", r) }

// findRoles marks the phrases that have a role, the longest first at each place, on word boundaries only: 多少家 is none
// in 多少家庭.
func (q *question) findRoles(v *vocabulary) {
	starts, ends := make([]bool, len(q.text)+1), make([]bool, len(q.text)+1) // by byte
	for _, token := range q.tokens {
		starts[token.Start], ends[token.End] = true, true
	}
	for at := 0; at < len(q.text); {
		_, size := utf8.DecodeRuneInString(q.text[at:])
		if !starts[at] {
			at += size
			continue
		}
		best := v.roleAt(q.text, at, ends)
		if which := whichOf.FindString(q.text[at:]); len(which) > 0 && at+len(which) >= best && (ends[at+len(which)] || at+len(which) == len(q.text)) {
			q.addSpan(roleSpan{start: at, end: at + len(which), roles: []role{asksList}})
			at += len(which)
			continue
		}
		if span, ok := q.numberAt(at, ends); ok && span.end >= best {
			q.addSpan(span)
			at = span.end
			continue
		}
		for _, interrogative := range []string{"多少", "第几"} {
			if number := strings.LastIndex(q.text[at:max(best, at)], interrogative); number > 0 && at+number+len(interrogative) == best {
				if span, ok := q.numberAt(at+number, ends); ok && span.end > best {
					best = v.roleAt(q.text[:at+number], at, ends) // 占了多少家 asks for 家, whatever 占了多少 would ask for
				}
			}
		}
		if best == 0 {
			at += size
			continue
		}
		q.addSpan(roleSpan{start: at, end: best, roles: v.roles[q.text[at:best]]})
		at = best
	}
}

// whichOf finds what asks for a list of so many: 哪四条, 哪6项.
var whichOf = compile(`^哪(?:[0-9]+|[两二三四五六七八九十]+)大?(?:条|项|点|件|类|种|样|招|步|方面|领域|环节)`)

// roleAt is the end of the longest phrase with a role that begins at a place and ends at one of some places, or anywhere
// when there are none; 0 without one.
func (v *vocabulary) roleAt(text string, at int, ends []bool) int {
	end, best := at, 0
	for runes := 0; end < len(text) && runes < v.longestRole; runes++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		if (ends == nil || ends[end] || end == len(text)) && len(v.roles[text[at:end]]) > 0 {
			best = end
		}
	}
	return best
}

func (q *question) addSpan(span roleSpan) {
	q.spans = append(q.spans, span)
	for _, r := range span.roles {
		q.has[r] = true
	}
	if span.number {
		q.has[asksNumber] = true
	}
}

var (
	numberPattern = compile(`^(第几|第多少|多少|几多|几|若干)([十百千万亿]*)`)
	// 几个人 falls into 几 and 个人, 百分之几 and 几个点 hold no unit: they are read as a whole.
	wholePattern = compile(`^(?:百分之?(?:几|多少)|(?:几|多少)个百?分?点|(?:几|多少)个人|(?:几|多少)个?亿$|(?:几|多少)个?亿[^元件人吨美立平千瓦标斤]|[零一二三四五六七八九十百千万]+几)`)
	ordinals     = "第"
	// 这几条 asks for no number.
	pointingPattern = compile(`[这那]$`)
)

// beginsNumber are the characters that such patterns begin with: at most places there is nothing to match.
const beginsNumber = "第多几若百零一二三四五六七八九十千万"

// numberAt reads a number interrogative with its unit: 多少亿元, 几家, 第几位.
func (q *question) numberAt(at int, ends []bool) (roleSpan, bool) {
	if first, _ := utf8.DecodeRuneInString(q.text[at:]); !strings.ContainsRune(beginsNumber, first) {
		return roleSpan{}, false
	}
	if whole := wholePattern.FindString(q.text[at:]); whole != "" {
		return wholeSpan(at, whole), true
	}
	match := numberPattern.FindStringSubmatch(q.text[at:])
	if match == nil || pointingPattern.MatchString(q.text[:at]) && strings.HasPrefix(match[1], "几") {
		return roleSpan{}, false
	}
	ordinal := strings.HasPrefix(match[1], ordinals)
	end, unit, kind, ok := q.unitBehind(at+len(match[0]), match[2], ordinal, ends)
	span := roleSpan{start: at, end: end, number: true}
	if !ok && ordinal {
		if unit, _, ok := content.UnitAt(q.text[end:], false); ok {
			span.end, span.unit, span.roles = end+len(unit), unit, []role{"rank"} // 第几套
			return span, true
		}
	}
	switch {
	case ok:
		span.end += len(unit)
		span.unit = unit
		span.roles = []role{role(kind)}
		if strings.Contains(match[2], trillions) {
			span.scale = trillions
		}
	case ordinal:
		span.roles = []role{"rank"}
	case strings.Contains(match[2], "亿"):
		span.roles = []role{role(content.Money)} // 投了多少亿
	case strings.Contains(match[2], "万"):
		span.roles, span.scale = []role{asksNumber}, "万"
	default:
		return roleSpan{}, false // 多少 and 几 alone, and the fixed phrases that begin with them
	}
	if !ends[span.end] && span.end < len(q.text) {
		return roleSpan{}, false
	}
	return span, true
}

// wholeSpan is the role of an interrogative that is read as a whole: 几个人, 百分之几.
func wholeSpan(at int, whole string) roleSpan {
	span := roleSpan{start: at, end: at + len(whole), number: true}
	switch {
	case strings.Contains(whole, "亿"):
		span.end = at + strings.Index(whole, "亿") + len("亿")
		span.roles = []role{role(content.Money)} // 投了几个亿
	case strings.HasSuffix(whole, "人"):
		span.roles, span.unit = []role{role(content.Count)}, "人"
	case strings.HasSuffix(whole, "点"):
		span.roles = []role{"percentage-point"}
	case strings.HasPrefix(whole, "百分"):
		span.roles = []role{"percent"}
	default:
		span.roles = []role{asksNumber} // 三千零几
	}
	return span
}

// unitBehind is the unit behind an interrogative that ends at a place with some multiplier (the 万 of 多少万), and where it begins:
// the longest that ends with a word.
func (q *question) unitBehind(end int, multiplier string, ordinal bool, ends []bool) (start int, unit string, kind content.Kind, ok bool) {
	unit, kind, ok = content.UnitAt(q.text[end:], ordinal)
	if _, last := utf8.DecodeLastRuneInString(multiplier); last > 0 {
		if longer, itsKind, known := content.UnitAt(q.text[end-last:], ordinal); known && len(longer) > last {
			end, unit, kind, ok = end-last, longer, itsKind, true // the 千 of 多少万千瓦 belongs to the unit
		}
	}
	if ok && !ends[end+len(unit)] && end+len(unit) < len(q.text) {
		_, last := utf8.DecodeLastRuneInString(unit)
		unit, kind, ok = content.UnitAt(unit[:len(unit)-last], ordinal)
	}
	if ok && unit == "升" && risesBehind.MatchString(q.text[end+len(unit):]) {
		return end, "", kind, false // 由多少升到多少
	}
	return end, unit, kind, ok
}

// risesBehind finds behind a 升 that it is no litre.
var risesBehind = compile(`^[到至为了]`)

// findBecoming takes a 为什么 behind a verb of becoming for a 什么, and phrases that ask for a cause or a part's contents where a noun
// follows: 因为什么产业得名, 做什么的项目.
func (q *question) findBecoming() {
	for i := range q.spans {
		s := &q.spans[i]
		becomes := i > 0 && s.is(asksCause) && q.spans[i-1].is(tellsBecoming) && q.spans[i-1].end == s.start
		phrase := q.text[s.start:s.end]
		next := q.tokenAt(s.end)
		noun := next >= 0 && strings.HasPrefix(q.tokens[next].Tag, "n") && !slices.Contains(reasons, q.tokens[next].Text)
		of := s.is(asksCause) && strings.HasPrefix(phrase, "因为") || s.is(asksContents) && strings.HasSuffix(phrase, "的")
		for _, r := range []role{asksCause, asksContents} {
			if (becomes || of && noun) && s.is(r) {
				s.roles = []role{asksWhat}
				delete(q.has, r)
				q.has[asksWhat] = true
			}
		}
	}
}

// reasons are the nouns behind which a cause is asked for all the same.
var reasons = []string{"原因", "缘故", "理由", "缘由"}

// dropRoles forgets the roles of words that turned out to be parts of terms: the 推荐 of 推荐目录 asks for no advice.
func (q *question) dropRoles(e *Engine) {
	for _, span := range q.spans {
		if !q.insideTerm(e, span) {
			continue
		}
		for _, r := range span.roles {
			if isHint(r) {
				continue // the 贷款 of 贷款支持 goes with money all the same
			}
			q.has[r] = slices.ContainsFunc(q.spans, func(other roleSpan) bool { return other.start != span.start && other.is(r) })
		}
	}
}

// insideTerm tells whether a phrase is part of a longer term, of a name in quotation marks, or of a longer word of the report.
func (q *question) insideTerm(e *Engine, span roleSpan) bool {
	inside := slices.ContainsFunc(q.terms, func(t *term) bool {
		return t.class > attribute && t.start <= span.start && span.end <= t.end && t.end-t.start > span.end-span.start
	})
	for _, quoted := range q.quoted {
		at := strings.Index(q.text, quoted)
		inside = inside || at <= span.start && span.end <= at+len(quoted)
	}
	if i := q.tokenAt(span.end); i >= 0 && e.holds(q.text[span.start:q.tokens[i].End]) && !span.is(isEmpty) && !span.is(isVague) && !kindOf(span) && !span.number && !span.is(namesThisYear) && !span.is(namesLastYear) {
		return true // 未来 goes on into the report's 未来城市
	}
	return inside
}
