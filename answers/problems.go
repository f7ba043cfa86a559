package answers

import (
	"slices"
	"strings"

	"wenbao/retrieval"
)

// # What a report admits
//
// 存在哪些问题, 市长承认了哪些不足: nearly every report has a part, or a passage, on what is not good yet. It opens with a sentence that sees
// it (我们也清醒地看到,还存在不少困难和问题), goes on with a row of items (主要是:甲不强;乙有待提高。or 一是…;二是…) and closes with what is to be
// done about them (对此,我们将…). A question for the problems alone is answered with all items, and one for those of something
// (产业方面有什么短板) with those that speak of it.

// namesProblem is the role of the words by which such a part is headed, admitsProblem that of the verbs beside them.
const (
	namesProblem  role = "hint-problem"
	admitsProblem role = "hint-admits"
)

var (
	problemWords = wordsOf(namesProblem)
	admitWords   = wordsOf(admitsProblem)
)

// problemNoun is what people and reports call what is not good yet.
const problemNoun = `(?:问题|矛盾|不足之处|不足|短板|弱项|困难|难处|难题|难点|挑战|差距|薄弱环节|薄弱之处|薄弱点|软肋|毛病|缺点|缺陷|欠缺|欠账|痛点|堵点|瓶颈|不好的地方|没做好的地方|做得不好的地方|做得不够的地方|教训|不利因素)`

var (
	problemsAsked = compile(problemNoun)

	// problemFrame matches what a question for the problems consists of besides its own subject.
	problemFrame = compile(giverWords + `|` + problemNoun +
		`|(?:自己|主动|坦率|坦诚|如实|公开|明确|总共|一共|共|也|都|还|又)?(?:承认|坦承|坦言|直言|自认|自曝|自揭|认为|认账|认下|认|检讨|反省|反思|摆出|点出|点了|点到|指出|剖析|总结|归纳|概括|列举|列|数|摆|讲|说|提)(?:到|出|出来|了|过|一下)*` +
		`|存在|面临|面对|碰到|遇到|有待解决|亟待解决|需要解决|仍然|依然|突出|主要|方面|自己|自身|清醒|当前|目前|现在|眼下|发展中|发展|工作中|工作|前进中|道路上|前进道路上|经济社会|全市|全省|全区|全县|全州|全旗|我市|我省|我区|我县|我国|本市|本省|那些|这些|一些` +
		`|(?:[哪几]|[0-9]+|[二两三四五六七八九十]+)?(?:个|项|条|点|种|类|大|处|组|对)*(?:方面)?的?(?:什么|哪些|哪|几|啥|是)*`)

	// problemsElse finds a question that speaks of problems and asks for something else: what is done about them, or how many.
	problemsElse = compile(`解决|化解|破解|克服|应对|整改|处理|治理|办结|攻克|补齐|补上|为什么|为何|怎么|如何|原因|多少|[几0-9]+(?:件|起|宗)`)

	// seesProblems opens the passage.
	seesProblems = compile(`清醒|看到|认识到|意识到|认识|正视|注意到|深知|明白|坦率|感到|存在|面临|仍有|还有|差距`)
	awakeTo      = compile(`清醒|(?:必须|应当|应该|也要|同时|也|要)看到|认识到|意识到|正视|注意到|深知`)

	// problemLead ends what leads to the first item of a row.
	problemLead = compile(`^[^;。]*?(?:` + problemNoun + `|清醒|看到|认识到|集中|艰巨|严峻)[^:;。]*?(?:主要(?:是|有|表现[为在]?|体现[为在]?|集中[在于]?)?|(?:突出)?(?:表现|体现|反映|集中)[为在于]?|如下|一是)?:|^[^;。]*?` + problemNoun + `[^:;。]*?,(?:(?:主要|突出)(?:是|有)|(?:主要|突出|集中)?(?:表现[为在]|体现[为在]|集中[在于]))[,:]?|^(?:主要|突出|具体|集中)(?:是|有|表现[为在]|体现[为在]|反映在|集中[在于])[,:]?|^(?:是|有|表现[为在]|体现[为在]|反映在|集中[在于])[,:]`)

	// fallsShort marks a clause that tells of something that is not good yet.
	fallsShort = compile(`不(?:够|强|足|高|大|优|快|多|深|实|紧|尽|平衡|充分|协调|稳|牢|完善|合理|健全|适应|到位|明显|理想|匹配|相适应|顺|畅|佳|力|全|广|宽|容乐观|断)|[有亟尚][待需]|[仍还]需|尚未|未能|未得到|没有|滞后|薄弱|脆弱|[较偏](?:弱|低|小|少|差|慢|重|窄|轻|大)|压力|矛盾|短板|差距|问题|困难|制约|缺乏|隐患|风险|缓慢|艰巨|繁重|难度|欠账|瓶颈|下降|下滑|严峻|突出|低下|匮乏|乏力|任重|难`)

	// problemsClosed begins what is said when all has been admitted.
	problemsClosed = compile(`^(?:各位代表[,!:])?(?:对此|对(?:于|待)?(?:这些|上述|以上|存在|此类)|针对(?:这些|上述|以上|存在|此)|这些(?:问题|困难|矛盾|不足|短板|都|既|,)|以上(?:问题|困难|矛盾|不足)|上述|面对(?:这些|困难|问题|上述|矛盾|挑战)|为此|(?:接?下来|今后|下一步),?我们|我们(?:一定|必须|要|将|决心|有信心|坚信|相信|会|需要|既)|各位代表|正视|困难(?:和|与|面前)|问题(?:就?是|面前)|解决(?:这些|好)|(?:但是?|同时)?,?我们?(?:也|更|还)?(?:要|应|必须)(?:看到|坚信)|同时也(?:必须|要|应)看到)`)

	// goesOnAdmitting begins a further item behind numbered ones.
	goesOnAdmitting = compile(`^(?:同时|此外|另外|特别是|尤其是|还有)`)
)

// giverWords names who gives a report, or the report itself, as what says something.
const giverWords = `(?:\p{Han}{0,3}(?:市长|省长|主席|州长|县长|区长|盟长|旗长|总理)|(?:这份|该|本|今年的?)?(?:政府)?(?:工作)?报告)(?:自己|自身|也|本身)?(?:在|里面?|中|上|当中)*(?:对)?|政府(?:自己|也|主动)*(?:在|承认|坦|认|检讨|觉得)`

// problems answers with the part on problems, or the items of the passage on them.
func (e *Engine) problems(q *question) (result, bool) {
	if !problemsAsked.MatchString(q.text) || q.within != nil || q.has[asksCause] || q.has[asksOpinion] || problemsElse.MatchString(q.text) ||
		q.timing == planTime && q.firm || !(q.has[asksList] || q.has[asksWhat] || q.has[asksContents] || q.has[asksProblem] || q.has[asksWhich] || q.wants.figure) {
		return result{}, false
	}
	framed := make([]bool, len(q.text)+1)
	for _, at := range problemFrame.FindAllStringIndex(q.text, -1) {
		for i := at[0]; i < at[1]; i++ {
			framed[i] = true
		}
	}
	var subject []*term
	for _, t := range q.terms {
		if t.own || t.number || !slices.Contains(framed[t.start:t.end], false) {
			continue
		}
		if t.class > attribute || slices.Contains(haveProblems, t.text) {
			subject = append(subject, t)
		}
	}
	if counts := q.wants.strong; counts && (len(subject) > 0 || !slices.Contains(countOfProblems, q.wants.unit)) {
		return result{}, false
	}
	lead, items := e.admission()
	if len(items) == 0 {
		return result{}, false
	}
	holds := func(text string) bool {
		return !slices.ContainsFunc(subject, func(t *term) bool { return t.inText(text) < inList })
	}
	if !holds(lead) {
		items = slices.DeleteFunc(slices.Clone(items), func(p Passage) bool { return !holds(retrieval.Normalise(p.Quote).Text) })
	}
	return result{kind: Found, passages: items}, len(items) > 0
}

// haveProblems are words that are never missed in a sentence elsewhere, but whose problems may be asked for.
var haveProblems = []string{"企业", "公司", "政府"}

// countOfProblems are the units in which the items of the passage are counted: 说了几条问题 is answered with them.
var countOfProblems = []string{"条", "点", "项", "个", "类", "种", "组", "方面"}

// admission is the passage on problems: the sentence or the title that opens it, and its items; none without one.
func (e *Engine) admission() (lead string, items []Passage) {
	most := 0
	for i, ev := range e.evidence {
		headed := ev.previous == nil && problemsHeaded(retrieval.Normalise(ev.sentence.Section.Title).Text)
		if !headed && (ev.previous != nil && ev.previous.open() || !e.opensProblems(i)) {
			continue
		}
		found, short := e.admitted(i, headed)
		if short < fewestAdmitted {
			continue
		}
		opening := ev.text
		if headed {
			opening = ev.heading
		}
		if awakeTo.MatchString(opening) || headed {
			short += awake
		}
		if short > most {
			lead, items, most = opening, found, short
		}
	}
	return lead, items
}

// problemsHeaded tells whether a title is that of a part on problems.
func problemsHeaded(title string) bool {
	holdsAny := func(words []string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(title, word) })
	}
	return holdsAny(problemWords()) && holdsAny(admitWords())
}

// opensProblems tells whether a sentence, or the row that it begins, sees problems.
func (e *Engine) opensProblems(at int) bool {
	for _, ev := range e.evidence[at:] {
		if problemsAsked.MatchString(ev.text) && seesProblems.MatchString(ev.text) {
			return true
		}
		if !ev.open() {
			return false
		}
	}
	return false
}

// fewestAdmitted is how many clauses must tell of what is not good yet, awake what an opening is worth that sees it, in such clauses.
const (
	fewestAdmitted = 3
	awake          = 6
)

// admitted gives the items of the passage that a sentence opens, or begins under a heading that does, and how many of its clauses tell
// of what is not good yet. It ends where the report turns to what is to be done, and with the paragraph, unless that holds the opening
// alone, or a heading opens it.
func (e *Engine) admitted(from int, headed bool) (items []Passage, short int) {
	next, alone := 1, true
	var numbered []Passage
	for i, ev := range e.evidence[from:] {
		if ev.sentence.Section != e.evidence[from].sentence.Section || len(items) > mostList {
			break
		}
		if i > 0 {
			before := e.evidence[from+i-1]
			between := e.report.Text[before.sentence.Span.End:ev.sentence.Span.Start]
			opensNext := len(ev.ordinals(next)) > 0
			if strings.Contains(between, "\n") && !alone && !headed && !(next > 1 && opensNext) || problemsClosed.MatchString(ev.text) {
				break
			}
			alone = alone && (i == 1 || strings.Contains(between, "\n"))
		}
		start := 0
		if at := problemLead.FindStringIndex(ev.text); at != nil && at[1] < len(ev.text) {
			start = at[1]
		} else if i == 0 && len(ev.ordinals(1)) == 0 && (!headed || awakeTo.MatchString(ev.text)) {
			start = ev.behindSeeing()
		}
		for _, c := range ev.clauses {
			if c.end > start && fallsShort.MatchString(ev.text[c.start:c.end]) {
				short++
			}
		}
		starts := ev.ordinals(next)
		next += len(starts)
		for k, at := range starts {
			end := len(ev.text)
			if k+1 < len(starts) {
				end = starts[k+1]
			}
			numbered = append(numbered, e.stretch(ev, at, end))
		}
		switch {
		case len(starts) > 0:
		case next > 1 && goesOnAdmitting.MatchString(ev.text):
			numbered = append(numbered, e.spanPassage(ev.sentence.Section, ev.sentence.Span))
		case start < len(ev.text):
			items = append(items, e.stretch(ev, start, len(ev.text)))
		}
	}
	if len(numbered) > 1 {
		return numbered, short
	}
	return items, short
}

// behindSeeing is where the opening of the passage begins to tell of problems itself, where it is one of the row (我们也看到,甲不强;乙不高);
// the end of the sentence where it only opens it.
func (ev *evidence) behindSeeing() int {
	if !ev.open() {
		return len(ev.text)
	}
	for here, c := range ev.clauses {
		if here+1 < len(ev.clauses) && awakeTo.MatchString(ev.text[c.start:c.end]) {
			return ev.clauses[here+1].start
		}
	}
	return 0
}
