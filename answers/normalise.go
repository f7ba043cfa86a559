package answers

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"wenbao/content"
	"wenbao/retrieval"
)

// # As reports are printed
//
// People write numbers and years as they speak, and reports print them in one way. A question is brought into that form before
// anything is looked for in it:
//
//	九十五家      95家        numerals, where a unit or 万 follows: 十四五 counts nothing and stays
//	超三成        超30%       tenths, where nothing else can be meant: not in 三成立
//	21年, 二〇一六年  2021年, 2016年
//	7月17号       7月17日
//	上了市        上市了      where the report knows the verb
//	国家的+省的   国家的和省的
//	十四五收官那年  十四五末
//	上千家(户)    1000家以上
//	王市长承认    报告里承认    where the report does not name 王市长
//	比前年多给了多少  比上年增加多少   in a report on last year
//	江州经济涨了多少  江州生产总值涨了多少
//	前10个月        1-10月      where the report has it so
//	六G           6G
//
// Each rule says in its pattern where it must not apply; where it is in doubt the text stays as it is.

// firstRunes is the beginning of a text, of so many runes.
func firstRunes(text string, most int) string {
	runes := 0
	for at := range text {
		if runes == most {
			return text[:at]
		}
		runes++
	}
	return text
}

// asPrinted writes a question as reports are printed, as far as that depends on nothing but the question.
func asPrinted(text string) string {
	text = whatPattern.ReplaceAllString(text, "是多少")
	text = placeholder.ReplaceAllString(text, "")
	text = sameUnit.Replace(text)
	text = generation.ReplaceAllStringFunc(text, func(found string) string {
		return strconv.Itoa(strings.Index("零一二三四五六七", found[:len("一")])/len("一")) + "g"
	})
	text = overYears.ReplaceAllString(text, "${1}${2}来${3}")
	text = yearsAhead.ReplaceAllString(text, "${1}来$2")
	text = plusPattern.ReplaceAllString(text, "${1}和$2")
	text = timesLastYear.ReplaceAllString(text, "${1}上年")
	text = roundHundreds.ReplaceAllString(text, "$1$2")
	text = isNonPublic.ReplaceAllString(text, "是 $1")
	text = sharePlan.ReplaceAllString(text, "$1 要")
	text = lastOfPlan.ReplaceAllString(text, "${1}末")
	text = levelNamed.ReplaceAllString(text, "${1}级")
	text = whoAsks.ReplaceAllString(text, "")
	text = whereHeard.ReplaceAllString(text, "")
	text = arabic(retrieval.Normalise(tagPattern.ReplaceAllString(text, "")).Text)
	return asReported(atLeast(otherMeasure.ReplaceAllString(text, "$1")))
}

// sameUnit writes units that people have other names for, or mistype for a word of the language, which no other rule corrects.
var sameUnit = strings.NewReplacer("美金", "美元", "吋", "英寸", "公理", "公里", "百分比点", "百分点")

// generation finds a generation of mobile networks that is written as it is spoken.
var generation = compile(`[二三四五六七][GgＧｇ]`)

// overYears finds how long something went on, told without a word that says so: 五年涨了多少.
var overYears = compile(`(^|[^今后未来前近过去第每十期为这最连续本])([三五]年)(间?(?:涨|增|升|降|提高|提升|新增|新建|累计|总共|一共))`)

// yearsAhead finds the same in front of what went on: 五年生产总值增长多少, but not 五年规划提出增长多少.
var yearsAhead = compile(`^([三五]年)((?:[^规计行攻任目来间内以前后,?。]\p{Han}{1,10})(?:增长|增加|提高|下降|新增|累计)(?:了)?多少)`)

// whatPattern finds a 为何 that asks for a value and not for a reason: 成长率为何?
var whatPattern = compile(`[为為]何[?？。]*$`)

// A change since the year before is asked for in many ways, of which reports have one: they say 比上年增加12亿元. comparedTime finds
// the time, and comparedBy, behind it, the verb.
var (
	comparedTime = compile(`([比较跟和与同])(前年|前一年|一年前|(?:19|20)[0-9]{2}年?)(?:同期|末|底|那年|那一年|那会儿|的时候)?(?:相比|比较|比起来|比|来看)?`)
	comparedBy   = compile(`(^|[比较](?:上一?年|去年|上年度|上年同期|去年同期|期初|(?:19|20)[0-9]{2}年[末底]?|五年前|三年前)(?:相比)?)(?:要|又|还|一共|总共|总的)*(多|少|低|高)(?:出|了|给|花|投|收|拨|安排|拿|挣|产|卖|招|建|办|增){0,3}(?:来|了|出)?(多少|几)`)
	asksNextYear = compile(`今年|本年|新一年`)
)

// changes are the verbs by which reports tell what is spoken of as more or less.
var changes = map[string]string{"多": "增加", "少": "减少", "高": "提高", "低": "下降"}

// againstYearBefore writes a question for a change since the year before as reports do.
func (e *Engine) againstYearBefore(text string) string {
	plans := e.report.PlanYear > 0 && (asksNextYear.MatchString(text) || strings.Contains(text, strconv.Itoa(e.report.PlanYear)))
	text = comparedTime.ReplaceAllStringFunc(text, func(found string) string {
		match := comparedTime.FindStringSubmatch(found)
		before := match[2] != "前年" || !plans
		if year, err := strconv.Atoi(strings.TrimSuffix(match[2], "年")); err == nil {
			before = year == e.report.Year-1 && !plans || year == e.report.Year && plans
		}
		if !before {
			return found
		}
		return "比上年"
	})
	return comparedBy.ReplaceAllStringFunc(text, func(found string) string {
		match := comparedBy.FindStringSubmatch(found)
		return match[1] + changes[match[2]] + match[3]
	})
}

// monthsSoFar finds the first months of a year, of which some reports print the numbers: 1-10月.
var monthsSoFar = compile(`前([0-9]+)个月`)

// firstMonths writes them so where the report does.
func (e *Engine) firstMonths(text string) string {
	if found := monthsSoFar.FindStringSubmatch(text); found != nil && e.holds("1-"+found[1]+"月") {
		return strings.Replace(text, found[0], "1-"+found[1]+"月", 1)
	}
	return text
}

// economyGrew finds the growth of an economy; economyToldOf tells that a report gives it by that name.
var (
	economyGrew   = compile(`经济((?:比上一?年|比去年|较上年|同比|全年|整体|总体|总共|到底|究竟|实际|要|打算|计划|预计|预期|能|会|想|得| )*(?:增长|增速|增幅|涨|增加|发展速度))`)
	economyToldOf = compile(`(?:^|[^动献对])经济(?:总量)?(?:同比|比上年|预计)?增长[0-9.]+%`)
)

// wholeEconomy writes the growth of the whole economy as most reports do, who tell of the 生产总值: not that of 海洋经济.
func (e *Engine) wholeEconomy(text string) string {
	found := economyGrew.FindStringSubmatchIndex(text)
	if found == nil || !e.holds("生产总值") || economyToldOf.MatchString(e.text.Text) {
		return text
	}
	before := text[:found[0]]
	whole := before == "" || strings.HasSuffix(before, "国民") || strings.ContainsAny(lastRunes(before, 1), " ,年月的全国")
	for name := range e.own {
		whole = whole || name != "" && strings.HasSuffix(before, name)
	}
	if !whole {
		return text
	}
	return before + "生产总值" + text[found[2]:]
}

// plusPattern finds two things that a sign joins: 国家的+省的.
var plusPattern = compile(`(\p{Han}) ?[+＋&＆] ?(\p{Han})`)

// sharePlan finds what is to become of a share, which would otherwise be cut into 比 and 重要.
var sharePlan = compile(`(比重)要`)

// timesLastYear finds what is told as so many times the year before the one that a report is on: for who asks, 去年 and 前年.
var timesLastYear = compile(`(相当于)前年`)

// roundHundreds finds a measure word inside of an amount: 10个亿.
var roundHundreds = compile(`([0-9])个([万亿])`)

// lastOfPlan finds the last year of a five-year plan as people call it.
var lastOfPlan = compile(`(五”?)(?:期间|时期|期)?的?(?:收官(?:那一?年|之年|年|时)|最后一年|最后那一?年|结束(?:那一?年|时|的时候))`)

// whoAsks finds what somebody says of their trade before they ask: 我是做汽车研究的,…. What they are otherwise may count: 我们是
// 专精特新企业,能拿多少补贴.
var whoAsks = compile(`^(?:我|俺|我们|咱)(?:家?(?:是|儿子|女儿|孩子|闺女|媳妇|老公))?(?:一[名个位])?(?:(?:做|搞|研究|学|从事|跑|开|教|卖)\p{Han}{1,12}的|\p{Han}{0,6}(?:记者|学生|老师|教师|居民|市民|编辑|分析师|研究员|工程师|退休\p{Han}{0,3}))[,，]`)

// levelNamed finds a level of government that is pointed to: 省里那一级的.
var levelNamed = compile(`(国家|省|市|区|县)里?[那这]一级`)

// whereHeard finds where somebody heard of what they ask about: 抖音上刷到那个磁浮,….
var whereHeard = compile(`(?:抖音|快手|微信|微博|朋友圈|视频|新闻|电视|报纸|手机|网|群)[上里](?:刷|看|听|读|瞧|瞅|传|说|讲)(?:到|见|过|了|说|的|着){0,2}(?:说|讲)?[,，]?`)

// isNonPublic finds 非公经济 behind a 是, which would otherwise be cut into 是非 and 公.
var isNonPublic = compile(`是(非公)`)

// tagPattern finds the tags of markup that comes along when text is copied from a page.
var tagPattern = compile(`</?[a-zA-Z][^<>]{0,60}>`)

// separable finds a verb of two characters that 了 or 过 stands inside of: 上了市, 投过产.
var separable = compile(`(\p{Han})(了|过)(\p{Han})`)

// rejoin puts such verbs together where the report knows them: 上了市 is 上市了.
func (e *Engine) rejoin(text string) string {
	return separable.ReplaceAllStringFunc(text, func(found string) string {
		parts := separable.FindStringSubmatch(found)
		if strings.ContainsRune(beginsNumber, []rune(parts[3])[0]) {
			return found // 新增了多少
		}
		if verb := parts[1] + parts[3]; e.isWord(verb) {
			return verb + parts[2]
		}
		return found
	})
}

// shortYear finds a year as people type it, its century left out: 21年增长多少, but not the length of time in 连续21年.
var shortYear = compile(`(^|[^0-9.零一二三四五六七八九十百第近过满约超续达这前后历时])([0-9]{2})(年(?:$|[^来间内以之前后多余期限连]))`)

// giverPattern finds who gives the report where the question only says that they say something: 王市长在报告里说, 主席承认.
var giverPattern = compile(`(^|[,?。 ])(\p{Han}{0,4}?(?:市长|省长|主席|州长|县长|区长|盟长|旗长|总理))(?:自己|本人|他|她)?(?:(?:在|作|做|的)?(?:这[份次]|今年的?|政府)*(?:工作)?报告(?:里面?|中|上|时)?[,]?|(说|提到|讲到|讲|指出|表示|强调|承认|坦言|坦承|承诺|宣布|提出))`)

// withoutGiver writes 报告里 for who gives the report: it is what they say, and it seldom names them. Somebody whom the report names
// itself may be somebody else.
func (e *Engine) withoutGiver(text string) string {
	return giverPattern.ReplaceAllStringFunc(text, func(found string) string {
		parts := giverPattern.FindStringSubmatch(found)
		if utf8.RuneCountInString(parts[2]) > 2 && e.holds(parts[2]) {
			return found
		}
		return parts[1] + "报告里" + parts[3]
	})
}

// spelledShort is the same in Chinese digits, where no length of time can be meant: 二三年打算, 一五年新增; but not 二三年内.
var spelledShort = compile(`(?:^|[^0-9.零一二三四五六七八九十百第近过满约超续达这前后历时去未来每])(?:[一二][〇零一二三四五六七八九]|[〇零][一二三四五六七八九])年(?:$|[^来间内以之前后多余期限连里])`)

// fullYears completes such years where they are not far from the year of the report.
func (e *Engine) fullYears(text string) string {
	if e.report.Year == 0 {
		return text
	}
	text = spelledShort.ReplaceAllStringFunc(text, digits.Replace)
	return shortYear.ReplaceAllStringFunc(text, func(found string) string {
		parts := shortYear.FindStringSubmatch(found)
		short, _ := strconv.Atoi(parts[2])
		for _, century := range []int{e.report.Year / 100 * 100, e.report.Year/100*100 - 100, e.report.Year/100*100 + 100} { // 98年, of 2003
			if max(century+short-e.report.Year, e.report.Year-century-short) <= shortYearReach {
				return parts[1] + strconv.Itoa(century+short) + parts[3]
			}
		}
		return found
	})
}

// shortYearReach is how many years such a year may lie from the report's own: what is further away is more likely a length of
// time.
const shortYearReach = 6

// otherMeasure finds a measure word that is given beside another: 家(户).
var otherMeasure = compile(`([个家户项名人])\([个家户项名人]\)`)

// hundreds finds a round number as a lower limit: 上千家.
var hundreds = compile(`(^|[^网线掌以街海马晚早])[上过]([百千万])[余多]?([个家户项名人台条座件])`)

// atLeast writes round numbers that are lower limits as reports print them: 1000家以上.
func atLeast(text string) string {
	return hundreds.ReplaceAllStringFunc(text, func(found string) string {
		parts := hundreds.FindStringSubmatch(found)
		return parts[1] + map[string]string{"百": "100", "千": "1000", "万": "1万"}[parts[2]] + parts[3] + "以上"
	})
}

// arabic writes the Chinese numerals of a question in digits, as reports print them.
func arabic(text string) string {
	var b strings.Builder
	from := 0
	for _, at := range numeralPattern.FindAllStringIndex(text, -1) {
		value, ok := content.ChineseNumeral(text[at[0]:at[1]])
		next, _ := utf8.DecodeRuneInString(text[at[1]:])
		if _, _, counts := content.UnitAt(text[at[1]:], false); !ok || !counts && !strings.ContainsRune("万亿余多几", next) {
			continue // 十四五 counts nothing
		}
		b.WriteString(text[from:at[0]])
		b.WriteString(strconv.FormatFloat(value, 'f', -1, 64))
		from = at[1]
	}
	text = b.String() + text[from:]
	text = tenthsPattern.ReplaceAllStringFunc(text, func(found string) string {
		match := tenthsPattern.FindStringSubmatch(found)
		value, _ := content.ChineseNumeral(match[2])
		return match[1] + strconv.Itoa(int(value)*10) + "%" + match[3]
	})
	text = spelledYear.ReplaceAllStringFunc(text, digits.Replace)
	text = spelledLevel.ReplaceAllString(text, "${1}级")
	text = dayPattern.ReplaceAllString(text, "${1}日")
	return tenPattern.ReplaceAllString(text, "${1}10$2")
}

// numeralPattern finds Chinese numerals that a report would print in digits: 九十五家, 一千五百五十个.
var numeralPattern = compile(`[一二两三四五六七八九][十百千][零一二三四五六七八九十百千]*|十[一二三四五六七八九]`)

// tenthsPattern is a share in tenths, where nothing else can be meant: 超三成, 占了两成多, 但 not 三成立.
var tenthsPattern = compile(`([超近约过达到占了足有是])([一二两三四五六七八九])成([多的以半呢?,]|$)`)

// dayPattern is a day as people say it: 7月17号.
var dayPattern = compile(`([0-9]月[0-9]{1,2})号`)

// tenPattern is a ten that counts: 十个.
var tenPattern = compile(`(^|[^0-9一二三四五六七八九百千])十([个家项户名款台])`)

// spelledYear finds a year written digit by digit: 二〇一六年.
var spelledYear = compile(`([一二])([零〇○o0九])([零〇○o0一二三四五六七八九])([零〇○o0一二三四五六七八九])年`)

// spelledLevel finds a level told at length: 市一级.
var spelledLevel = compile(`([省市区县镇])一级`)

// digits are the digits of such years.
var digits = strings.NewReplacer("零", "0", "〇", "0", "○", "0", "o", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
