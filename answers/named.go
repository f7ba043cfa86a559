package answers

import (
	"slices"
	"strings"

	"wenbao/content"
)

// # Numbers in names
//
// “四年5000亿”行动 and 三级联动 count nothing in the report's own words, so that their numbers are no figures, and no list of figures
// holds them. But who asks 行动是几年的 or 几级联动 asks for the number in the name. So such numbers are answers only to an interrogative
// that says their unit itself, and where the sentence has no figure of that unit.

// namedLevel finds the number of levels in a name.
var namedLevel = compile(`[二两三四五六七八九十]级`)

// hundredMillion ends amounts of money in names.
const hundredMillion = "亿"

// levelUnit is the unit of levels.
const levelUnit = "级"

// levelsAsked finds a question for a number of levels.
var levelsAsked = compile(`[几多]少?级`)

// numbersInNames are the numbers in a sentence's names, as figures behind its own.
func (ev *evidence) numbersInNames() []figure {
	var named []figure
	add := func(start, end int, f content.Figure) {
		f.Span = content.Span{Start: ev.sentence.Span.Start + ev.original.Original(start), End: ev.sentence.Span.Start + ev.original.Original(end)}
		named = append(named, figure{
			content: &f, index: len(ev.figures) + len(named), start: start, end: end, clause: ev.clauseAt(start), named: true,
		})
	}
	if strings.Contains(ev.text, "“") {
		for _, at := range quotedPattern.FindAllStringSubmatchIndex(ev.text, -1) {
			name := ev.text[at[2]:at[3]]
			for _, f := range content.Figures(name) {
				if f.Unit == "" && strings.HasSuffix(name[f.Start:f.End], hundredMillion) {
					f.Kind, f.Unit = content.Money, "元" // which names leave out
				}
				add(at[2]+f.Start, at[2]+f.End, f)
			}
		}
	}
	if strings.Contains(ev.text, levelUnit) {
		for _, at := range namedLevel.FindAllStringIndex(ev.text, -1) {
			value, _ := content.ChineseNumeral(ev.text[at[0] : at[1]-len(levelUnit)])
			add(at[0], at[1], content.Figure{Kind: content.Count, Unit: levelUnit, Value: value, Bound: content.Exact})
		}
	}
	return named
}

// asksNamed tells whether a question asks for a number that may stand in a name.
func (q *question) asksNamed(f *figure, ev *evidence) bool {
	if q.wants.unit == levelUnit || f.content.Unit == levelUnit {
		return q.wants.unit == f.content.Unit
	}
	own := func(other figure) bool { return other.content.Kind == f.content.Kind && other.clause == f.clause }
	for _, other := range ev.figures {
		if own(other) {
			return false
		}
	}
	name := ev.text[strings.LastIndex(ev.text[:f.start], "“")+len("“") : f.end+max(0, strings.Index(ev.text[f.end:], "”"))]
	if !slices.ContainsFunc(q.terms, func(t *term) bool { return strings.Contains(name, t.text) && (t.class > attribute || t.number) }) {
		return false // the number of another name
	}
	return q.wants.strong && q.wants.accepts(f.content) && len(q.wants.kinds) > 0 && q.wants.kinds[0] != content.Count
}
