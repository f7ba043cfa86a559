package answers

import (
	"slices"
	"strings"
)

// # What a list question leaves open
//
// 芯片、软件企业, 成立或者组建, 磁浮也算: what stands side by side in a question is a choice of which one is enough, while whatever else it
// names must be found as well. The things that stand so are runs of words. Where each run says all of its own (绿色生产、低碳改造) it is taken
// as one, by its heaviest word; where the first one qualifies the others too (国家级项目和案例) its words stay apart.

// joint finds what stands between alternatives. 给 and the like open a whole phrase behind it: the 给银行的补偿资金 of 奖励和给银行的补偿资金.
var joint = compile(`^[ 的]*(?:、|或者?|和|与|以?及|,)(给|对|向|为)?[ 的]*$`)

// A choice is a number of runs of terms that stand side by side; most have one run. A run is some terms without anything between them.
type choice struct {
	runs    [][]int
	phrases bool // of which each says all of its own: 绿色生产、低碳改造, and not the 国家级项目和案例 that are both 国家级
}

// choices are the choices of the question, in order.
func (q *question) choices() []choice {
	var choices []choice
	for i, t := range q.terms {
		if q.countsAsWell(t) && q.repeatsKind() {
			continue
		}
		if len(choices) == 0 {
			choices = append(choices, choice{runs: [][]int{{i}}})
			continue
		}
		last := &choices[len(choices)-1]
		run := len(last.runs) - 1
		between := q.text[q.terms[i-1].end:t.start]
		switch at := joint.FindStringSubmatch(between); {
		case at != nil:
			last.runs = append(last.runs, []int{i})
			last.phrases = last.phrases || at[1] != ""
		case q.countsAsWell(t):
			last.runs = append(last.runs, []int{i})
		case between == "" || between == "的":
			last.runs[run] = append(last.runs[run], i)
		default:
			choices = append(choices, choice{runs: [][]int{{i}}})
		}
	}
	for k := range choices {
		heavy := func(run []int) int {
			return len(slices.DeleteFunc(slices.Clone(run), func(i int) bool { return q.terms[i].class <= attribute }))
		}
		tail := choices[k].runs[len(choices[k].runs)-1]
		end := q.terms[tail[len(tail)-1]].text
		same := func(run []int) bool {
			if first := q.terms[run[0]].text; len(run) == 1 && len(tail) > 1 && first != end && strings.HasSuffix(first, end) {
				return true // 智能制造、绿色制造, of which the lexicon knows one
			}
			return q.terms[run[0]].isThing() && heavy(run) > 1 && heavy(run) == heavy(tail)
		}
		behind := q.text[q.terms[tail[len(tail)-1]].end:]
		summed := slices.ContainsFunc(sumsUp, func(word string) bool { return strings.HasPrefix(behind, word) }) // 甲、乙丙这类
		choices[k].phrases = len(choices[k].runs) > 1 && (choices[k].phrases || summed || !slices.ContainsFunc(choices[k].runs, func(run []int) bool { return !same(run) }))
	}
	return choices
}

// alternatives groups the terms: those joined by 、 或 和 与 in the question form a group of which one must be found. A phrase of several
// words is in its group by the heaviest one, which counts as found where the phrase's other nouns are found as well.
func (q *question) alternatives() [][]int {
	var groups [][]int
	for _, choice := range q.choices() {
		for k, run := range choice.runs {
			if choice.phrases {
				run = []int{q.phraseHead(run)}
			}
			if k > 0 {
				groups[len(groups)-1] = append(groups[len(groups)-1], run[0])
				run = run[1:]
			}
			for _, i := range run {
				groups = append(groups, []int{i})
			}
		}
	}
	// 企业、项目、基地: where one of them says nothing, the row only names the kinds of things.
	lightly := func(i int) bool { return q.terms[i].class <= attribute || q.terms[i].own }
	heavy := slices.DeleteFunc(slices.Clone(groups), func(group []int) bool { return slices.ContainsFunc(group, lightly) })
	if len(heavy) == 1 && len(heavy[0]) == 1 && (q.terms[heavy[0][0]].class == verb || q.terms[heavy[0][0]].class == modifier) {
		// 加快建设: a verb alone says too little; the light word that it stands with must be there as well.
		if next := heavy[0][0] + 1; next < len(q.terms) && q.terms[next].class == vague && q.terms[next].known() && q.terms[next].start == q.terms[next-1].end {
			heavy = append(heavy, []int{next})
		}
	}
	return heavy
}

// phraseHead is the heaviest term of a phrase, which the other nouns are to be found with.
func (q *question) phraseHead(run []int) int {
	head := run[0]
	for _, i := range run[1:] {
		if q.terms[i].weight > q.terms[head].weight {
			head = i
		}
	}
	q.terms[head].with = slices.DeleteFunc(slices.Clone(run), func(i int) bool { return i == head || !q.terms[i].isThing() })
	return head
}

// countsAsWellPattern finds a remark of what belongs to a list as well: 有哪几个库?项目库、企业库都算, 跟轨道交通搭边的,磁浮也算,都有哪些.
var countsAsWellPattern = compile(`[,?。;: (]+([^,?。;: ()]{1,20}?)(?:也|都)(?:算上|算|计入|包括在内|包括|在内|可以|行)[,?。) ]*`)

// countsAsWell tells whether a term stands in such a remark.
func (q *question) countsAsWell(t *term) bool {
	at := countsAsWellPattern.FindStringSubmatchIndex(q.text)
	return at != nil && at[2] <= t.start && t.end <= at[3]
}

// repeatsKind tells whether such a remark only names things of the kind that is asked for anyway: the 项目库 of 哪几个库.
func (q *question) repeatsKind() bool {
	remark := countsAsWellPattern.FindStringSubmatch(q.text)
	return slices.ContainsFunc(q.terms, func(t *term) bool { return t.kind && strings.HasSuffix(remark[1], t.text) })
}
