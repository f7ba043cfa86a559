package answers

import (
	"slices"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// # What figure is wanted
//
// The interrogatives and the nouns beside them tell whether a figure is asked for, of which kinds and in which unit. What says it
// itself (第几, 多少亿元) outranks a noun that goes with a kind (增速), and of several the last one counts:
//
//	新开办企业多少家          a count, in 家
//	技改投资增速全省第几      a rank, though 增速 goes with percentages
//	奖了多少                  money, since that is what is spoken of with 奖
//	占比是多少                a percentage, and not by how many points it rose
//	充电桩 总数               nothing asks: a fragment, for which a figure is sought and a sentence will do

// want is what kind of figure answers a question.
type want struct {
	figure bool           // a figure is asked for
	kinds  []content.Kind // of one of these kinds; empty: any but a date
	unit   string         // in this unit, if it names one
	scale  string         // 万, 亿 or 万亿 that the interrogative gives it: 多少万
	strong bool           // the interrogative itself says so (多少亿元, 第几), not only a noun (增速)
	// fragment: nothing asks at all (充电桩 总数), so that a sentence without a figure will do too.
	fragment    bool
	prefersUnit string         // what the question before asked for, when this one does not say
	asksAgain   bool           // and asks for it with a bare 多少: 贷了多少钱 … 那补偿呢,多少
	prefers     []content.Kind // what the question before asked for, when this one does not say
}

// accepts tells whether a figure is of a kind that is asked for. What grew 1.4倍 grew by a share, too.
func (w want) accepts(f *content.Figure) bool {
	if len(w.kinds) == 0 {
		return f.Kind != content.Date && f.Kind != content.Rank // 关了多少 is not answered by 第二批
	}
	return slices.Contains(w.kinds, f.Kind) || f.Unit == multiple && slices.Contains(w.kinds, content.Percent)
}

// multiple is the unit of multiples.
const multiple = "倍"

// findWant tells from the interrogatives and the nouns beside them what figure is asked for.
func (q *question) findWant(v *vocabulary) {
	q.readInterrogatives()
	q.narrowWant(v)
	if q.mentions(levelUnit) && levelsAsked.MatchString(q.text) {
		q.wants = want{figure: true, kinds: []content.Kind{content.Count}, unit: levelUnit, strong: true}
	}
	if !q.wantsOther() && len(q.wants.kinds) == 0 && q.endsWithRate() {
		q.wants.kinds = []content.Kind{content.Percent} // 新能源车产量同比
	}
	q.findFragment()
}

// readInterrogatives takes what the phrases of a question ask for. An interrogative that says it itself (第几, 多少亿元)
// outranks a noun (增速), and of several the last one counts: 技改投资增速全省第几 asks for a rank.
func (q *question) readInterrogatives() {
	for _, span := range q.spans {
		interrogative := span.number || strings.ContainsFunc(q.text[span.start:span.end], isInterrogative)
		for _, r := range span.roles {
			kinds, isKind := kindRoles[r]
			switch {
			case r == role(content.Count):
				q.wants = want{figure: true, kinds: countKinds(span.unit), unit: span.unit, strong: true}
			case r == asksNumber:
				q.wants.figure = q.wants.figure || !q.wants.strong
				q.wants.scale = span.scale
			case isKind && !interrogative && !q.has[asksList] && statedBehind.MatchString(q.text[span.end:]):
				// 总投资758亿元的项目数量 states the 总投资.
			case isKind && (interrogative || !q.wants.strong):
				q.wants = want{figure: q.wants.figure || interrogative, kinds: kinds, unit: span.unit, scale: span.scale, strong: interrogative}
			}
		}
	}
}

// statedBehind finds, behind a word for a measure, how much of it there is: 总投资超过750多亿元.
var statedBehind = compile(`^(?:为|是|超过?|达到?|约|近|大约|差不多|在){0,2}(?:[0-9][0-9.]*(?:多|余|来|几)?[万亿%]|[上过][百千万]*[亿万])`)

// countKinds are the kinds that a count in a unit may come as: 几位 also asks for 4个位次, and 几个 for any measure of things.
func countKinds(unit string) []content.Kind {
	switch unit {
	case "位", "名":
		return []content.Kind{content.Count, content.Rank}
	}
	return []content.Kind{content.Count}
}

// findWhichIsMore notes that a question asks which of two is more: 哪个入选得多, 谁增长得更快.
func (q *question) findWhichIsMore() {
	if q.mentions("哪", "谁") && morePattern.MatchString(q.text) {
		q.has[asksBoth] = true
	}
	if match := oneOfTwo.FindStringSubmatch(q.text); match != nil {
		q.has[asksBoth], q.only = true, match[1]
	}
}

// oneOfTwo finds a question for the figure of that of two things which is more, or less: 甲和乙两个项目,投资大的那个是多少亿.
var oneOfTwo = compile(`[和与跟、].*[两俩](?:个|家|者|项|条)?.*([大多高快长小少低慢短])的(?:那一?[个家项条]|一[个家项条]|是|投|有)?[^,?]{0,4}(?:多少|几)`)

var morePattern = compile(`(?:哪|谁)[^,?]{0,12}(?:多|少|高|低|快|慢|大|小)(?:些|一些|一点|点)?(?:呢|啊)?[?。!]*$`)

// findWhichOnes notes that a question asks for names, and for no figure, where it says itself how many: 哪6家银行.
func (q *question) findWhichOnes() {
	if !q.has[asksNumber] && q.mentions("哪", "名单") && whichOnes.MatchString(q.text) {
		q.has[asksNames] = true
		q.wants = want{}
	}
}

var whichOnes = compile(`哪[0-9几二两三四五六七八九十]+[家个款项名位所]|^[^哪]*名单(?:呢|有吗|有没有)?[?。]*$`)

// narrowWant leaves out kinds of figures that the rest of the question rules out.
func (q *question) narrowWant(v *vocabulary) {
	w := &q.wants
	if q.has[asksComparison] && !q.has[asksBoth] && len(w.kinds) > 1 && !otherSideAsked.MatchString(q.text) {
		w.kinds = w.kinds[:1] // 高于全国多少 is not answered by the other's figure
	}
	if w.figure && len(w.kinds) == 0 && q.countsThings() {
		w.kinds = []content.Kind{content.Count, content.Size} // 多少企业获得贷款 asks for no money; 多少炼铁产能 is in tonnes
	}
	if w.figure && len(w.kinds) == 0 && w.unit == "" && q.mentions("的") && membersAsked.MatchString(q.text) {
		w.kinds = []content.Kind{content.Count} // 还有多少住危房的人 asks for no amount
	}
	if len(w.kinds) == 0 && w.unit == "" && q.mentions("占", "用") && sharePattern.MatchString(q.text) {
		*w = want{figure: true, kinds: []content.Kind{content.Percent}, strong: true}
	}
	if w.figure && len(w.kinds) == 0 && w.unit == "" && q.mentions("产量") && outputAsked.MatchString(q.text) {
		w.kinds = []content.Kind{content.Size, content.Count} // 粮食产量多少 asks for no growth
	}
	if w.figure && len(w.kinds) == 0 && w.unit == "" && q.mentions("率") && rateAsked.MatchString(q.text) {
		w.kinds = []content.Kind{content.Percent} // 参合率到多少了 asks for no number of people
	}
	if w.figure && len(w.kinds) == 0 && w.unit == "" && (q.asksMoney() || q.mentions("金", "款", "经费", "补贴") && moneyMoved.MatchString(q.text)) {
		w.kinds = []content.Kind{content.Money}
	}
	if len(w.kinds) == 0 && w.unit == "" && q.mentions("额") && amountPattern.MatchString(q.text) {
		w.kinds = []content.Kind{content.Money}
	}
	if len(w.kinds) == 0 && w.unit == "" && q.has[asksBoth] && growthPattern.MatchString(q.text) {
		w.kinds = []content.Kind{content.Percent}
	}
	if len(w.kinds) == 0 && w.unit == "" && !q.wantsOther() && q.mentions("增长目标", "增长预期目标", "增长的目标", "增长预期") {
		w.figure, w.kinds = true, []content.Kind{content.Percent} // 生产总值900亿元,增长14.5%
	}
	if len(w.kinds) == 0 && w.unit == "" && q.mentions("数") && totalPattern.MatchString(q.text) {
		w.kinds = []content.Kind{content.Count} // 企业总数 asks for no growth
	}
	if len(w.kinds) > 1 && w.kinds[0] == content.Percent && !q.has[asksComparison] && !q.tellsChange(v) && !rateRaised.MatchString(q.text) {
		w.kinds = w.kinds[:1] // 占比是多少 is not answered by how much it rose
	}
	if w.strong && len(w.kinds) == 2 && w.kinds[0] == content.Percent && q.mentions("涨多少", "涨了多少", "提高多少", "提高了多少") && q.has["hint-money"] {
		w.kinds = append(w.kinds[:2:2], content.Money) // 养老金涨了多少
	}
	namesDay := func(f content.Figure) bool { return f.Kind == content.Date && f.Unit == "日" }
	if slices.Contains(w.kinds, content.Date) && slices.ContainsFunc(q.figures, namesDay) {
		*w = want{} // 7月17日是什么日子
	}
}

// otherSideAsked finds a question that tells of a comparison and goes on to ask for its other side: 高于全国,那全国是多少.
var otherSideAsked = compile(`(?:[高低快慢]于|跑[赢输])[^,;?]*[,;?].*全[国省市球][^,;?]{0,8}多少`)

// membersAsked finds a question for how many people, or places, there are of which something is said: 多少住危房的人.
var membersAsked = compile(`(?:多少|几多?)[^,?;。多少几]{1,14}的(?:人|人口|群众|居民|老人|学生|职工|家庭|村|村子|学校|企业|项目)[呢啊吗?。]*$`)

// sharePattern finds a question for a part's share of a whole: 占到工业总量的多少.
var sharePattern = compile(`占(?:到|了|去|据)?[^地,?]{1,20}的?(?:多少|多大|几)[呢啊?。]*$|占全(?:国|省|市|区|县|球)[?。]*$|[占用]了?全(?:国|省|市|区|县|球)的?(?:多少|几成)的?[^,?0-9]{0,4}[呢啊?。]*$`)

// amountPattern finds a question for an amount by its last character: 净增额是多少.
var amountPattern = compile(`[^名份]额(?:各|分别)?(?:是|为|有)?多少[呢啊?。]*$`)

// moneyMoved finds a question for how much of a sum of money was given, or taken, by a verb between the two: 补偿资金总共办了多少.
var moneyMoved = compile(`(?:资金|[奖赔]金|补[助偿贴]金|补贴|经费|贷款|款项)(?:一共|总共|总计|合计|累计|共|都)*(?:办理?|发放?|下达|拨付?|给|投入?|花|使?用|安排|争取|落实|兑现|收|到位|筹集?|贷|放)(?:出去|下去|了|到|出)*多少[呢啊?。]*$`)

// outputAsked finds a question for an output.
var outputAsked = compile(`产量(?:一共|总共|大概|大约)?(?:是|有|为|达到?|到)?了?多少[呢啊?。]*$`)

// rateAsked finds a question for a rate, by the last character of its name.
var rateAsked = compile(`[^汇频功速]率(?:要|能|已经?|提高|上升|提升|增加|下降|降低|达|是|为|有|到|至|了){0,4}多少[了呢啊?。]*$`)

// rateRaised finds a question for how far something raised a rate, which is told in percentage points: 把增速往上带了多少.
var rateRaised = compile(`(?:增速|增幅|增长速度|涨幅)(?:往上|拉|带|推|抬)`)

// growthPattern finds a comparison of growth: 哪个涨得快.
var growthPattern = compile(`(?:增长|增速|增幅|涨幅|涨|提升|提高)[^,?]{0,6}[快慢猛]`)

// totalPattern finds a question for how many there are of something, by the noun that it ends with.
var totalPattern = compile(`(?:总数|总数量|企业数|项目数|产品数|数量|(?:^|[^给报来])个数|数目|家数|户数|套数|台数|人数)(?:是|有|为|达到|达)?(?:多少|几)?[呢啊?。]*$`)

// asksMoney tells whether a question ends with a bare 多少 right behind a word that money is spoken of with: 奖了多少.
func (q *question) asksMoney() bool {
	for i, span := range q.spans {
		for i > 1 && !q.spans[i-1].is("hint-money") && (q.spans[i-1].is("hint-count") || q.spans[i-1].is(isEmpty) || q.spans[i-1].is(isVague)) {
			i-- // 营业收入合计是多少
		}
		if i > 0 && span.is(asksNumber) && strings.Trim(q.text[span.end:], " ?。呢啊") == "" {
			before := q.spans[i-1]
			return before.is("hint-money") && levelPattern.MatchString(q.text[before.end:span.start])
		}
	}
	return false
}

// levelPattern matches what may stand between such a word and the interrogative.
var levelPattern = compile(`^(?:合计|总共|一共|共计|总计|加起来|累计)?(?:超过|超|达到|达|有|是|为|约|突破)?了?$`)

// wantsOther tells whether a question asks for something else than a figure.
func (q *question) wantsOther() bool {
	return slices.ContainsFunc(otherWants, func(r role) bool { return q.has[r] })
}

// otherWants are the roles by which a question asks for something else than a figure.
var otherWants = []role{asksWho, asksWhere, asksWhich, asksWhat, asksHow, asksList, asksNames, asksCheck, asksBoth, asksContents, asksTitle, asksWhichPart}

// findFragment takes a fragment without an interrogative for a question for its figure: 技改投资 增速, 充电桩 总数.
func (q *question) findFragment() {
	if !q.wants.figure && !q.wantsOther() {
		q.wants.figure, q.wants.fragment = true, true
	}
}

// endsWithChange tells whether the last word that says anything is a change: 企业 营收 净增 大约.
func (q *question) endsWithChange() bool {
	spans := q.spans
	for len(spans) > 0 && spans[len(spans)-1].is(isEmpty) {
		spans = spans[:len(spans)-1]
	}
	if len(spans) == 0 || !spans[len(spans)-1].is("change") {
		return false
	}
	return !slices.ContainsFunc(q.terms, func(t *term) bool { return t.start >= spans[len(spans)-1].end })
}

// endsWithRate tells whether a question ends with a word that asks for a rate of growth.
func (q *question) endsWithRate() bool {
	if len(q.spans) == 0 {
		return false
	}
	last := q.spans[len(q.spans)-1]
	return last.is(asksRate) && strings.Trim(q.text[last.end:], " ?。!,") == ""
}

// tellsChange tells whether a question speaks of a change.
func (q *question) tellsChange(v *vocabulary) bool {
	isChange := func(text string) bool { return slices.Contains(v.roles[text], "change") }
	return slices.ContainsFunc(q.tokens, func(t retrieval.Token) bool { return isChange(t.Text) }) ||
		slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is("change") })
}

// changeAsked tells whether a question asks by how much something changed: 增加了几天, 增长多少.
func (q *question) changeAsked() bool {
	for i, span := range q.spans {
		text := q.text[span.start:span.end]
		if span.is("percent") && strings.ContainsAny(text, "增涨升降减跌") && strings.ContainsFunc(text, isInterrogative) {
			return true
		}
		asks := span.number || span.is(asksNumber) || kindOf(span) && strings.ContainsFunc(text, isInterrogative)
		for k := i - 1; asks && k >= 0 && strings.Trim(q.text[q.spans[k].end:max(q.spans[k].end, q.spans[k+1].start)], " ") == ""; k-- {
			if q.spans[k].is("change") {
				return !reachedPattern.MatchString(q.text[q.spans[k].end:span.start]) // 提高以后是多少 asks for what was reached
			}
			if !q.spans[k].is(isEmpty) {
				break
			}
		}
	}
	return false
}

// reachedPattern finds between a change and its interrogative that the level reached is asked for.
var reachedPattern = compile(`后|到|至|为`)

// bothPattern finds a question for what a figure was and what it became.
var bothPattern = compile(`(?:[从由]|原来|原先|先前|以前).{0,10}?[多几].*[到至].{0,4}[多几]`)

// countsThings tells whether a bare 多少 or 几 stands right before a noun that is no money and no share.
func (q *question) countsThings() bool {
	for _, span := range q.spans {
		if !span.is(asksNumber) || strings.HasPrefix(q.text[span.start:], "多大") {
			continue // 多大规模 asks for anything
		}
		i := q.tokenAt(span.end)
		if i < 0 || q.tokens[i].Tag == "" || !strings.ContainsRune("nj", rune(q.tokens[i].Tag[0])) {
			continue
		}
		for ; i < len(q.tokens) && strings.ContainsRune("nvj", rune((q.tokens[i].Tag + " ")[0])); i++ {
			if beside := q.roleAt(q.tokens[i]); beside != nil && (slices.ContainsFunc(beside.roles, isHint) || kindOf(*beside)) {
				return false
			}
			if token := q.tokens[i]; slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.is("hint-money") && token.Start <= s.start && s.end == token.End }) {
				return false // 多少外商直接投资
			}
		}
		return true
	}
	return false
}

// hints are the kinds that words of the sentence go with, for a question that does not say which kind it asks for.
var hints = map[role]content.Kind{"hint-count": content.Count, "hint-percent": content.Percent, "hint-money": content.Money}

// hinted tells whether a word of the question goes with a kind of figure.
func (q *question) hinted() bool {
	for r := range hints {
		if q.has[r] {
			return true
		}
	}
	return false
}

func (q *question) hintsAt(kind content.Kind) bool {
	if len(q.wants.kinds) > 0 {
		return false
	}
	for r, hinted := range hints {
		if q.has[r] && (hinted == kind || hinted == content.Percent && kind == content.PercentagePoint) {
			return true
		}
	}
	return false
}
