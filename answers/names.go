package answers

import (
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # Whether a name is given
//
// 哪些企业入选 and 市长是谁 are answered by names, not by how many there were: a clause that only counts (新增示范企业6家) names
// nobody, one that lists (甲、乙2个集群) or holds a proper name that the question does not hold does.

// namesIn tells whether an anchor's clause names what it counts: by a proper name or a name in quotation marks that the
// question does not hold, or one by one (A、B2个集群).
func (q *question) namesIn(a *anchor) bool {
	c := a.evidence.clauses[a.clause]
	text := a.evidence.groupText(c.group)
	if q.context != nil && asksWhichCompanies.MatchString(q.text) {
		if counted := a.evidence.figures; slices.ContainsFunc(counted, func(f figure) bool { return f.content.Kind == content.Count }) && !a.evidence.words().organisations[a.clause] && !namesSeveral(a.evidence.text[c.start:c.end]) {
			return false // 新增示范6家: it does not say which
		}
	}
	if namesSeveral(text) {
		return true
	}
	counts := false
	for _, f := range a.evidence.figures {
		counts = counts || f.clause == a.clause && f.content.Kind == content.Count && f.content.Value > 1
	}
	if !counts {
		return true // what is named without a count is the name
	}
	return slices.ContainsFunc(a.evidence.namesOf(a.clause), func(name string) bool { return !strings.Contains(q.text, name) })
}

// namesSeveral tells whether a text names several things rather than counts them (6家工厂、9款产品). Behind 分别 stands what each of
// them got.
func namesSeveral(text string) bool {
	text, _, _ = strings.Cut(text, "分别")
	return severalNamed.MatchString(text)
}

var severalNamed = compile(`、[^0-9]`)

// asksWhichCompanies finds a question for the names of companies that were counted before.
var asksWhichCompanies = compile(`哪[几些0-9两三四五六七八九十]+(?:家|个)?(?:企业|公司|单位|工厂|银行)|哪[几0-9两三四五六七八九十]+家`)

// whichOrganisation finds a question for the name of an organisation.
var whichOrganisation = compile(`哪一?家`)

// asksOfficer tells whether a question asks who holds an office.
func (q *question) asksOfficer() bool { return q.has[asksWho] && officePattern.MatchString(q.text) }

// officePattern finds an office, for a question that asks who holds it.
var officePattern = compile(`[市省县区州镇乡局厅部处院校]长|主席|书记|主任|总理|董事长|总经理|负责人|领导`)

// namesPerson tells whether a sentence names a person.
func (ev *evidence) namesPerson() bool {
	return slices.ContainsFunc(ev.words().tokens, func(t retrieval.Token) bool { return strings.HasPrefix(t.Tag, "nr") })
}
