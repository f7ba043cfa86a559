package picture

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/content/lexicon"
)

// Lengths of labels, in characters.
const (
	longestLead   = 20 // of what stands before a figure
	longestHead   = 26 // of the same where it is the whole label
	longestFollow = 14 // of what stands behind a figure
)

// labelOf says in the report's words what a figure measures: what stands before it in its clause (新建泊位 of 12个), or
// before and behind it, with … for the figure between them (完成…工业企业评价). Where that says too little (总数达, 同比增长),
// what stands outside its brackets, what a figure before it measures, or the clause before it stands in front.
func labelOf(report *content.Report, at place) string {
	words := wordsAround(report, at)
	label := words.labelBefore()
	if words.behind {
		label = words.labelBehind()
	}
	if label == "" {
		return words.clause
	}
	return label
}

// words are what stands around a figure.
type words struct {
	lead     string // before it in its clause, from the figure before it on
	item     bool   // it is an item of a list: a 、 stands right before
	outside  string // before the brackets that it stands in
	measure  string
	behind   bool   // the measure stands behind the figure
	follow   string // behind it, as far as the next mark
	previous string // what the nearest figure before it measures
	clause   string // the clause before its own
}

func wordsAround(report *content.Report, at place) words {
	figure := at.sentence.Figures[at.at]
	span := content.WithBound(report.Text, figure.Span)
	clause, before := clauseOf(at, figure.Span)
	w := words{
		measure: strings.TrimSpace(report.Quote(figure.Measure)),
		behind:  figure.Measure.Start >= figure.End,
		follow:  following(report.Text[span.End:at.sentence.Span.End]),
		clause:  strings.TrimSpace(report.Quote(before)),
	}
	from := clause.Start
	for _, other := range at.sentence.Figures[:at.at] {
		if !slices.Contains(compared, other.Kind) {
			continue // 两年平均增长, 第二批企业: a period or a rank is a part of what is measured
		}
		measured := strings.TrimSpace(report.Quote(other.Measure))
		if names(measured) && other.Measure.End <= span.Start && !strings.HasPrefix(w.measure, measured) {
			w.previous = measured
		}
		from = max(from, content.WithBound(report.Text, other.Span).End)
		if other.Measure.Start >= other.End && other.Measure.End <= span.Start {
			from = max(from, other.Measure.End)
		}
	}
	w.lead = report.Text[min(from, span.Start):span.Start]
	w.item = strings.HasSuffix(strings.TrimSpace(w.lead), "、")
	if open := strings.LastIndexAny(w.lead, "(（"); open >= 0 && !strings.ContainsAny(w.lead[open:], ")）") {
		w.outside = strings.Trim(w.lead[:open], leadTrim)
		w.lead = w.lead[open:]
	}
	w.lead = w.lead[strings.LastIndexAny(w.lead, "，,；;：:。|")+1:]
	w.lead = strings.Trim(strings.ToValidUTF8(w.lead, ""), leadTrim)
	if figure.Measure.Len() == 0 || figure.Measure.Contains(figure.Span) {
		w.measure = w.lead
	}
	return w
}

// leadTrim is what no label begins or ends with.
const leadTrim = "()（）、，,；;：: \n"

// clauseOf is the clause that a figure stands in, together with those of its list before it that hold no figure, and the
// clause before that.
func clauseOf(at place, figure content.Span) (clause, before content.Span) {
	clauses := at.sentence.Clauses
	i := slices.IndexFunc(clauses, func(c content.Clause) bool { return c.Contains(figure) })
	if i < 0 {
		return content.Span{Start: figure.Start, End: figure.End}, before
	}
	clause = clauses[i].Span
	holdsFigure := func(c content.Clause) bool {
		return slices.ContainsFunc(at.sentence.Figures, func(f content.Figure) bool {
			return c.Contains(f.Span) && slices.Contains(compared, f.Kind)
		})
	}
	for i > 0 && clauses[i-1].Item && !holdsFigure(clauses[i-1]) {
		i--
		clause.Start = clauses[i].Start
	}
	if i > 0 {
		before = clauses[i-1].Span
	}
	return clause, before
}

// following is the beginning of a text up to a mark; empty when that is far off, or a figure comes first.
func following(text string) string {
	end := strings.IndexAny(text, "，,；;：:。、()（）|\n0123456789")
	if end < 0 {
		end = len(text)
	} else if strings.ContainsRune("0123456789", rune(text[end])) {
		return ""
	}
	text = strings.TrimSpace(text[:end])
	if utf8.RuneCountInString(text) > longestFollow {
		return ""
	}
	return text
}

func (w words) labelBehind() string {
	noun := w.measure
	if !tells(noun) && strings.HasPrefix(w.follow, noun) {
		noun = w.follow
	}
	switch length := utf8.RuneCountInString(w.lead); {
	case length >= 2 && length <= longestLead && !w.item:
		return joined(w.lead, noun)
	case !tells(noun) && !w.item:
		return joined(w.previous, noun)
	}
	return noun
}

func (w words) labelBefore() string {
	label := w.measure
	if mark := strings.LastIndexAny(label, "：:"); mark >= 0 && tells(strings.Trim(label[mark:], leadTrim)) {
		label = strings.TrimLeft(strings.ToValidUTF8(label[mark+1:], ""), leadTrim)
	}
	whole := tells(label) || w.isParallel(label)
	if strings.HasSuffix(w.lead, label) && utf8.RuneCountInString(w.lead) <= longestHead {
		label = w.lead
	}
	switch {
	case whole:
		return label
	case names(w.follow) && label != "":
		return joined(label, w.follow)
	case tells(w.outside):
		return joined(w.outside, label)
	case w.previous != "":
		return joined(w.previous, label)
	}
	return joined(w.clause, label)
}

// isParallel tells whether a short label names a thing of its own, as the figure before it does: 饮料类增长5.3%，烟酒类增长2.3%.
func (w words) isParallel(label string) bool {
	named := changeWords().Replace(label)
	ending := strings.TrimPrefix(label, named)
	return utf8.RuneCountInString(named) == shortestLabel-1 && ending != "" && strings.HasSuffix(w.previous, ending)
}

// joined is two pieces of the report with … for what is left out between them.
func joined(one, other string) string {
	if one == "" || other == "" {
		return one + other
	}
	return one + "…" + other
}

// shortestLabel is how many characters a label has, less the words of change, that tells what is measured.
const shortestLabel = 4

// tells tells whether a label names a thing, rather than only how it changed.
func tells(label string) bool {
	return utf8.RuneCountInString(changeWords().Replace(label)) >= shortestLabel
}

// changeWords drops the words that say how something changed or what a figure does in its clause.
var changeWords = sync.OnceValue(func() *strings.Replacer {
	var words []string
	for fields := range lexicon.Entries("bounds.txt") {
		if slices.Contains([]string{"predicate", "linking", "change"}, fields[0]) {
			words = append(words, fields[2:]...)
		}
	}
	for fields := range lexicon.Entries("questions.txt") {
		if fields[0] == "change" {
			words = append(words, fields[1:]...)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) }) // the longest that fits
	var dropped []string
	for _, word := range words {
		dropped = append(dropped, word, "")
	}
	return strings.NewReplacer(dropped...)
})

// names tells whether some words name a thing at all, if only in two characters (出口).
func names(words string) bool {
	return utf8.RuneCountInString(changeWords().Replace(words)) >= 2
}
