package answers

import (
	"slices"
	"strings"
)

// # Measures as people say them
//
// Reports have one name for a measure, which people put into a sentence: 彩电产了多少台 asks for its 产量, 在校高中生有几人 for the 在校生
// of the 高中. Where nothing else can be meant, the question is written with the name of the measure.

// everyday are such sentences, each with words that every one of them holds, and what reports say.
var everyday = []struct {
	holds   string // one of these characters
	pattern *pattern
	printed string
}{
	{"会", compile(`([0-9]年)(会)`), "$1 $2"}, // no 年会
	{"产", compile(`([^投生财流破多少]|^)产(?:了|出了?|过)(多少|几)`), "${1}产量$2"},
	{"粮", compile(`(?:打|收)了(多少|几)(?:[斤吨]|万吨|亿斤)?的?粮食?`), "粮食产量$1"},
	{"粮", compile(`粮食?(?:一共|总共)?(?:打|收)了(多少|几)`), "粮食产量$1"},
	{"就", compile(`新增(?:加)?了?(多少|几)(万)?个?(?:人的?)?(城镇|城市|城里)?的?就业(岗位|机会)`), "${3}新增就业岗位$1${2}"},
	{"就", compile(`新增(?:加)?了?(多少|几)(万)?个?(?:人的?)?(城镇|城市|城里)?的?就业([呢啊?。]*)$`), "${3}新增就业$1${2}人$4"},
	{"就", compile(`(新增(?:城镇|城市)?就业(?:人数|人员)?)(?:的?(?:目标|任务|计划))?(?:要|是|为|有|定|达到|的|得)*(多少|几)(万?)[个人]?([呢啊?。]*)$`), "$1$2${3}人$4"},
	{"控", compile(`控制在(?:多少|几|百分之几|[什啥]么?水平)`), "是多少"},
	{"块", compile(`从几块(.{0,4}?[到至])几块钱?`), "从几元${1}几元"},
	{"总", compile(`(gdp|生产总值|经济)总量(?:一共)?(?:是|有|为|达到?)?(?:多少|多大)?(?:亿元?|钱)?([呢啊?。]*)$`), "生产总值是多少亿元$2"},
	{"增提升下降涨", compile(`(要|打算|计划|准备|预计|力争|想)(增长|提高|上升|下降|降低|上涨|涨)(了?(?:多少|百分之几|几))`), "$1 $2$3"},
	{"涨升", compile(`^([^,;。]*[^的均体总高快慢大小与和、些要是了,;。])的?(?:涨幅|升幅)(?:大概|大约)?(?:是|为|有|达到?)?(?:多少|百分之几|百分之多少)?([呢啊?。]*)$`), "${1}上涨多少$2"},
	{"增", compile(`^([^,;。]*[^的均体总高快慢大小与和、些要是了,;。])的?(?:增速|增幅|增长率|增长速度|增长幅度)(?:大概|大约)?(?:是|为|有|达到?)?(?:多少|百分之几|百分之多少)?([呢啊?。]*)$`), "${1}增长多少$2"},
	{"招", compile(`招了?(多少|几)[个名]?(` + students + `)`), "${2}招生$1人"},
	{"招", compile(`(` + students + `)(?:一共|总共|今年|去年|全年)?招了(多少|几)`), "${1}招生$2"},
	{"在", compile(`在校的?(高中|初中|小学|大学|中学)生`), "${1}在校生"},
	{"外", compile(`(?:实际)?(?:使?用|利用|吸引|引进|吸收)了?(多少|几)(亿?美[元金]的?)?外资`), "实际使用外资${1}$2"},
	{"用", compile(`(外资|外商直接投资)(?:一共|总共)?(?:实际)?(?:使?用|利用)了?(?:一共|总共)?(多少|几)`), "实际使用${1}$2"},
	{"到", compile(`((?:资金|外资|款|钱)[^,?;。]{0,4}?)到了(多少|几)`), "${1}到位$2"},
	{"均", compile(`(?:城里|城市)人?(人均|平均)`), "城镇居民$1"},
	{"均", compile(`(?:村里|乡下|农村|乡村)人?(人均|平均)`), "农村居民$1"},
	{"均", compile(`(全[国省市区州县])人均(可支配收入|消费支出|收入)`), "${1}居民人均$2"},
	{"花", compile(`(人均|平均)(?:一年|每年|每人)?(?:能|要|得|都)?花(?:了|掉|费)?(多少|几)`), "人均消费支出$2"},
	{"人", compile(`(城里人|城镇居民|城市居民|市民|村里人|农民|农村人|农村居民|乡下人|庄稼人|老百姓|居民)([^,?;。]{0,6}?)(?:人均|平均)?(?:一年|全年)?(?:能|要)?[挣赚](?:了|到|下)*(多少|几)钱?`), "${1}${2}人均收入$3"},
	{"人", compile(`男人?(?:和|、|跟|与)?女人?(各|分别)`), "男性和女性$1"},
}

// students are those of a level of school.
const students = `研究生|本专科生?|本科生|专科生|大学生|高中生|初中生|小学生|普通高中|普通本专科|中等职业教育`

// asReported writes the measures of a question as reports do.
func asReported(text string) string {
	for _, say := range everyday {
		if strings.ContainsAny(text, say.holds) {
			text = say.pattern.ReplaceAllString(text, say.printed)
		}
	}
	return text
}

// inReport writes what has several names as the report calls it.
func (e *Engine) inReport(text string) string {
	text = e.incomes(text)
	if strings.Contains(text, "人均收入") && !e.holds("人均收入") {
		names := []string{"人均可支配收入", "人均纯收入"}
		if strings.Contains(text, "农") {
			slices.Reverse(names) // as they were told until 2013
		}
		if i := slices.IndexFunc(names, e.holds); i >= 0 {
			text = strings.ReplaceAll(text, "人均收入", names[i])
		}
	}
	if strings.Contains(text, "就业岗位") && !e.holds("就业岗位") {
		text = strings.ReplaceAll(text, "就业岗位", "就业")
	}
	for _, name := range []string{"总人口", "常住人口"} {
		if strings.Contains(text, "多少") && e.holds(name) {
			text = peopleAlone.ReplaceAllString(text, "${1}"+name+"${2}人$3") // 全市一共多少人
		}
	}
	if strings.Contains(text, "gdp") && e.holds("生产总值") {
		text = productAlone.ReplaceAllString(text, "${1}生产总值$2") // whose other figures are of the 单位GDP能耗
	}
	return text
}

// incomeOf finds the income of those who live in a place, of which reports tell by its full name.
var incomeOf = compile(`(城镇居民|城市居民|市民|农村居民|农民|城乡居民|全体居民|^居民|[年的市省区]居民)(?:人均)?收入`)

// incomes writes it so, where the report does.
func (e *Engine) incomes(text string) string {
	found := incomeOf.FindStringSubmatchIndex(text)
	if found == nil {
		return text
	}
	whose := text[found[2]:found[3]]
	if e.holds(whose + "收入") {
		return text
	}
	if whose == "农民" && e.holds("农村居民人均") && !e.holds("农民人均") {
		whose = "农村居民"
	}
	for _, name := range []string{"人均可支配收入", "人均纯收入"} {
		together := e.holds("城乡居民"+name) || e.holds("城乡常住居民"+name)
		switch {
		case e.holds(whose+name) || !together:
		case whose == "农民":
			whose = "农村居民"
		case whose == "市民", whose == "城市居民":
			whose = "城镇居民"
		}
		if e.holds(whose+name) || together {
			return text[:found[0]] + whose + name + text[found[1]:]
		}
	}
	return text
}

// peopleAlone finds a question for how many people a place has.
var peopleAlone = compile(`(全[国省市区州县盟])(?:现在|目前|年末|年底|一共|总共|总的|大概|大约)*有?(多少)(?:口)?人([?。]|,[^,]{0,10}[末底]?[?。]?$|$)`)

// productAlone finds the GDP where it is asked for as such.
var productAlone = compile(`(^|[^位元占均a-z])gdp($|[^a-z能水地电碳综的比强0-9])`)

// ages finds an age of people: 0到14岁的娃, 65岁以上的老人.
var ages = compile(`([0-9]{1,3})(?:周?岁)?(到|至|-|—|~)([0-9]{1,3})周?岁(?:之间|这段)?(?:能?干活|劳动|工作)?的?(?:年龄段|年纪|那拨)?的?(` + people + `)?|([0-9]{1,3})周?岁(?:及|或|和)?以上的?(` + people + `)?`)

// people are words for those of some age.
const people = `老年人口?|老人家?|老头|娃娃?|孩子|小孩|儿童|人口|居民|人群|人`

// agesAsPrinted writes an age as the report does: 65岁以上的老人 are its 65周岁及以上人口.
func (e *Engine) agesAsPrinted(text string) string {
	if !strings.Contains(text, "岁") {
		return text
	}
	text = ages.ReplaceAllStringFunc(text, func(found string) string {
		match := ages.FindStringSubmatch(found)
		var printed []string
		who := match[4]
		if match[2] != "" {
			for _, joint := range []string{"-", "至", "~", "—"} {
				printed = append(printed, match[1]+joint+match[3]+"岁", match[1]+joint+match[3]+"周岁", match[1]+"岁"+joint+match[3]+"岁", match[1]+"周岁"+joint+match[3]+"周岁")
			}
		} else {
			who = match[6]
			for _, above := range []string{"岁及以上", "周岁及以上", "岁以上", "周岁以上"} {
				printed = append(printed, match[5]+above)
			}
		}
		for _, form := range printed {
			if !e.holds(form) {
				continue
			}
			if who == "" || e.holds(form+who) || e.holds(form+"的"+who) || strings.HasPrefix(who, "老") && e.holds(form+"老") {
				return form + who
			}
			return form + "人口"
		}
		return found
	})
	return peopleCounted.ReplaceAllString(text, "$1多少人")
}

// peopleCounted finds how many of some age there are, asked without a unit.
var peopleCounted = compile(`(岁[^,?;。]{0,6}人口(?:一共|总共|大概|全国)?有?)(?:多少|几多)[^0-9\p{Han}]*$`)
