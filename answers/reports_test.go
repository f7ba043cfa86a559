package answers_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/content"
)

// invented is a report made up for these tests: what follows is true of how reports are worded, and of nothing else.
const invented = `江州市政府工作报告

——2023年1月5日在江州市第八届人民代表大会第二次会议上

各位代表：

现在，我代表市人民政府向大会报告工作。

一、2022年工作回顾

2022年，全市生产总值达到1200亿元，增长5.2%；海洋生产总值增长9.1%。城乡居民人均可支配收入分别达41000元、20500元，增长4.1%、6.3%。江州港货物、集装箱吞吐量达到3200万吨、45万标箱，分别居全省第2位、第3位。困难残疾人生活补贴、重度残疾人护理补贴标准分别从每月180元、240元提高到200元、260元。空气质量优良天数达312天，比上年增加9天。万人发明专利拥有量从2017年的6件增加到2022年的14件。新建公园21个，公园总数达148个。农民人均纯收入增长5%。全市召开的会议和下发的文件分别减少18%和13%。

过去五年，是极不平凡的五年。累计新增上市公司12家。全市生产总值年均增长6.4%。服务业增加值占比由41.5%提高到47%。企业退休人员养老金从“十二五”末月均1980元提高到2860元。

这是城市面貌持续更新的五年。建成公园86个。农民人均纯收入增长52%。

我们也清醒地看到，发展中还存在不少问题：经济总量还不大。产业层次有待提升。民生领域还有短板。

二、2023年工作安排

主要预期目标是：全市生产总值增长6%以上，力争达到7%。实施强基、聚链、育新三大行动。新建公园15个。重点抓好以下工作：

（一）壮大实体经济。技改投资增长12%。新增上市公司4家。

（二）优化营商环境。办好五件实事：一是改造老旧小区30个。二是新建幼儿园6所。三是开通公交线路8条。四是新增停车位5000个。五是建设社区食堂20家。

（三）改善民生。医院床位达到8600张，其中公立医院6100张。安排民生实事资金16亿元，比上年增加2亿元。
`

// asked is a conversation about an invented report, and what answers its last question; nothing does where both are nil.
type asked struct {
	turns   []string
	figures []string // of the answer
	quotes  []string // what its passages begin with, where that matters
}

func TestInventedReport(t *testing.T) {
	ask(t, invented, []asked{
		{turns: []string{"2022年全市生产总值达到多少亿元"}, figures: []string{"1200亿元"}},
		{turns: []string{"2022年生产总值增长多少"}, figures: []string{"5.2%"}}, // not that of the 海洋生产总值
		{turns: []string{"全市生产总值 增长", "2022年生产总值增长"}, figures: []string{"5.2%"}},
		{turns: []string{"今年GDP增长目标是多少"}, figures: []string{"6%"}},
		{turns: []string{"过去五年生产总值年均增长多少"}, figures: []string{"6.4%"}},
		{turns: []string{"2022年新建公园多少个", "今年的目标呢"}, figures: []string{"15个"}},
		{turns: []string{"公园总数多少个"}, figures: []string{"148个"}},
		{turns: []string{"农村居民人均可支配收入是多少元"}, figures: []string{"20500元"}},
		{turns: []string{"城镇居民人均可支配收入增长多少"}, figures: []string{"4.1%"}},
		{turns: []string{"江州港集装箱吞吐量达到多少"}, figures: []string{"45万标箱"}},
		{turns: []string{"江州港集装箱吞吐量全省第几"}, figures: []string{"第3位"}},
		{turns: []string{"重度残疾人护理补贴提高到多少元"}, figures: []string{"260元"}},
		{turns: []string{"空气质量优良天数增加了几天"}, figures: []string{"9天"}},
		{turns: []string{"空气质量优良天数有多少天"}, figures: []string{"312天"}},
		{turns: []string{"2017年万人发明专利拥有量是多少件"}, figures: []string{"6件"}},
		{turns: []string{"万人发明专利拥有量达到多少件"}, figures: []string{"14件"}},
		{turns: []string{"只算公立医院，床位有多少张"}, figures: []string{"6100张"}},
		{turns: []string{"三大行动是哪三个"}, quotes: []string{"实施强基、聚链、育新三大行动"}},
		{turns: []string{"今年要办哪些实事"}, quotes: []string{"一是", "二是", "三是", "四是", "五是"}},
		{turns: []string{"五件实事分别是哪些"}, quotes: []string{"一是", "二是", "三是", "四是", "五是"}},
		{turns: []string{"今年重点抓哪几个方面的工作"}, quotes: []string{"（一）壮大实体经济", "（二）优化营商环境", "（三）改善民生"}},
		{turns: []string{"2023年工作分哪几个方面"}, quotes: []string{"（一）壮大实体经济", "（二）优化营商环境", "（三）改善民生"}},
		{turns: []string{"增长在6%到10%之间的有哪些"}, figures: []string{"9.1%", "6.3%", "6.4%", "6%"}},
		{turns: []string{"存在哪些问题"}, quotes: []string{"经济总量还不大", "产业层次有待提升", "民生领域还有短板"}},
		{turns: []string{"李市长在报告里承认了哪三方面的不足"}, quotes: []string{"经济总量还不大", "产业层次有待提升", "民生领域还有短板"}},
		{turns: []string{"民生方面有什么短板"}, quotes: []string{"民生领域还有短板"}},
		{turns: []string{"2022年优良天数比前一年多了多少天", "空气优良天数比2021年多出几天"}, figures: []string{"9天"}},
		{turns: []string{"空气质量优良天数有多少天", "比前年多出多少？"}, figures: []string{"9天"}},
		{turns: []string{"今年民生实事的钱比去年多给了多少"}, figures: []string{"2亿元"}},
		{turns: []string{"2023年民生实事资金比2022年多安排了多少"}, figures: []string{"2亿元"}},
		{turns: []string{"服务业增加值占比五年前是多少"}, figures: []string{"41.5%"}},
		{turns: []string{"过去五年服务业的占比由多少升到多少"}, figures: []string{"41.5%", "47%"}},
		{turns: []string{"五年前有多少家上市公司"}},
		{turns: []string{"“十二五”末的时候，企业退休的人一个月拿多少养老金"}, figures: []string{"1980元"}},
		{turns: []string{"企业退休人员的养老金，提标以后是多少"}, figures: []string{"2860元"}},
		{turns: []string{"农民人均纯收入五年涨了多少"}, figures: []string{"52%"}},
		{turns: []string{"文件比前年少了多少"}, figures: []string{"13%"}},
		{turns: []string{"过去五年建成公园多少个"}, figures: []string{"86个"}},
		{turns: []string{"2019年生产总值是多少"}},
		{turns: []string{"江州港在哪个区"}},
	})
}

// ask asks questions about a report and compares what comes out.
func ask(t *testing.T, report string, tests []asked) {
	t.Helper()
	askOf(t, content.Parse(report), tests)
}

func askOf(t *testing.T, report *content.Report, tests []asked) {
	t.Helper()
	engine := answers.New(report)
	for _, test := range tests {
		var conversation answers.Conversation
		var answer answers.Answer
		for _, turn := range test.turns {
			var err error
			if answer, err = engine.Answer(context.Background(), &conversation, turn); err != nil {
				t.Fatal(err)
			}
		}
		var figures, quotes []string
		for _, passage := range answer.Answers {
			quotes = append(quotes, passage.Quote)
			for _, figure := range passage.Figures {
				figures = append(figures, figure.Text)
			}
		}
		if len(test.figures) > 0 && !slices.Equal(figures, test.figures) {
			t.Errorf("%q: figures %q, want %q, of %q", test.turns, figures, test.figures, quotes)
		}
		if test.quotes != nil && !slices.EqualFunc(quotes, test.quotes, func(quote, want string) bool {
			return len(quote) >= len(want) && quote[:len(want)] == want
		}) {
			t.Errorf("%q: %q, want %q", test.turns, quotes, test.quotes)
		}
		if refused := test.figures == nil && test.quotes == nil; refused && answer.Kind != answers.NotFound {
			t.Errorf("%q: %q, want a refusal", test.turns, quotes)
		}
	}
}

// inventedNext is another one, in which the same things are told as a result, as a target and against other years.
const inventedNext = `河阳市政府工作报告

——2021年1月8日在河阳市第九届人民代表大会第五次会议上

各位代表：

现在，我代表市人民政府向大会报告工作。

一、2020年工作回顾

2020年，地区生产总值达到900亿元，地方财政收入达到88亿元，如期实现“双百”目标，分别比上年增长7.2%和9.4%。第三产业增加值占全市生产总值的比重提高到51%。预计万元GDP能耗下降3%。城镇居民人均可支配收入达到33856元，比“十二五”期末增长47%。居民医保补助标准由人均520元增加到580元。获评全国文明城市，跻身全国外贸百强市第8位。河钢公司荣获省长质量奖。新增国家级绿色工厂6家，分布在各县区。开工棚户区改造4300套、老旧小区改造420个。建成美丽村庄150个。东城公司签约项目75个，开工45个，西山公司正式落户。累计进出口总额达到300亿元。帮助2.5万户贫困户脱贫。市级审批事项由436项减少到245项。分季度看，一季度生产总值同比增长5.4%，二季度增长5.2%，三季度增长4.8%，四季度增长4.5%。12月份，新房价格环比上涨的城市个数为6个，下降的为58个；新房价格同比上涨的城市个数为5个，下降的为65个。高技术产业投资增长9%。全年用电量增长6%，12月份用电量环比增长2%。

二、2021年工作安排

（一）落实“十四五”规划。万元GDP能耗比“十三五”期末下降14%。

（二）壮大县域经济。支持东城区建设商贸中心；支持西山县发展茶叶产业。

（三）办好民生实事。光纤宽带使用家庭新增8万户。提高城乡居民最低生活保障标准，月人均补助标准分别提高25元和18元。深入开展“企业服务年”活动。深入开展“招商攻坚年”活动。深入开展“城市建设年”活动。

（四）推进城市更新。支持邛涞办好全省村长论坛。推动65岁及以上老年人健康管理服务率超过60%。确保剩余769户贫困户全部脱贫。算力规模达到10万P以上，其中智算9万P以上。2020年我市被确定为国家创新型城市试点。最低工资标准分为两档，两个档次分别提高到1100元和950元。改造棚户区1.3万套、老旧小区230个。户籍人口城镇化率提高到46%。常住人口和户籍人口城镇化率分别提高1.5和2.1个百分点。全年贷款新增500亿元，比上年多增30亿元。压减炼铁产能50万吨、炼钢产能30万吨。企业退休人员养老金标准月均提高120元以上。

到二〇三五年，全市经济总量比2020年翻一番、超过两千亿元。
`

func TestInventedNextReport(t *testing.T) {
	ask(t, inventedNext, []asked{
		{turns: []string{"2020年地方财政收入比上一年增长百分之几"}, figures: []string{"9.4%"}, quotes: []string{"2020年，地区生产总值"}},
		{turns: []string{"二〇二〇年地区生产总值是多少亿元"}, figures: []string{"900亿元"}},
		{turns: []string{"去年GDP增速是多少"}, figures: []string{"7.2%"}},
		{turns: []string{"去年城镇居民人均可支配收入比上年增长百分之几"}},
		{turns: []string{"居民医保人均补助提高以后是多少钱"}, figures: []string{"580元"}},
		{turns: []string{"到2025年，万元GDP能耗要比十三五末降低百分之几"}, figures: []string{"14%"}},
		{turns: []string{"十三五期间地区生产总值年均增长多少"}},
		{turns: []string{"河阳获得了哪些称号"}, quotes: []string{"获评全国文明城市"}},
		{turns: []string{"外贸百强市里第1名是谁"}},
		{turns: []string{"新增国家级绿色工厂几家", "分别是哪几家企业"}},
		{turns: []string{"报告对东城区、西山县各有什么支持"}, quotes: []string{"支持东城区", "支持西山县"}},
		{turns: []string{"壮大县域经济这一块，打算怎么做"}, quotes: []string{"（二）壮大县域经济", "支持东城区", "支持西山县"}},
		{turns: []string{"今年还要让多少户家庭用上光线宽带"}, figures: []string{"8万户"}},
		{turns: []string{"guangxian宽带今年新增多少户"}, figures: []string{"8万户"}},
		{turns: []string{"农村低保每月人均补助今年涨几块钱"}, figures: []string{"18元"}},
		{turns: []string{"“三个年”活动是哪三个年"}, quotes: []string{"深入开展“企业", "深入开展“招商", "深入开展“城市"}},
		{turns: []string{"我邻居非说咱这儿不行，2020年地区生产总值到底多少亿"}, figures: []string{"900亿元"}},
		{turns: []string{"今年棚改要改多少套，老旧小区又要改几个"}, figures: []string{"1.3万套", "230个"}},
		{turns: []string{"2021年要压减多少炼铁产能"}, figures: []string{"50万吨"}},
		{turns: []string{"户籍人口城镇化率今年要达到多少"}, figures: []string{"46%"}},
		{turns: []string{"企业退休人员的养老金，新一年月均要涨多少"}, figures: []string{"120元"}},
		{turns: []string{"2035年经济总量想超过多少"}, figures: []string{"两千亿元"}},
		{turns: []string{"常住人口城镇化率要提高多少个百分点"}, figures: []string{"1.5"}},
		{turns: []string{"今年贷款新增了多少"}, figures: []string{"500亿元"}},
		{turns: []string{"今年计划再建多少个美丽村庄"}},
		{turns: []string{"今年要改造多少个老旧小区", "目前已经改了多少个"}, figures: []string{"420个"}},
		{turns: []string{"河阳二〇年被国家确定为哪种城市的试点"}, quotes: []string{"2020年我市被确定为"}},
		{turns: []string{"河阳二一年打算建多少个美丽村庄"}},
		{turns: []string{"最低工资今年调完，高低两档分别是多少"}, figures: []string{"1100元", "950元"}},
		{turns: []string{"西山公司签约了几个项目"}},
		{turns: []string{"2020年一年的进出口总额多少"}},
		{turns: []string{"第三产业占比去年提高到多少", "今年呢，想增长几个点"}},
		{turns: []string{"建成的美丽村庄比前年多了多少个"}},
		{turns: []string{"还剩几户没脱贫", "还有多少户没脱贫"}, figures: []string{"769户"}},
		{turns: []string{"市级审批事项精简以后还剩多少项"}, figures: []string{"245项"}},
		{turns: []string{"今年算力规模要达到多大", "其中智算多少"}, figures: []string{"9万P"}},
		{turns: []string{"全省村长论坛交给哪个县来办"}, quotes: []string{"支持邛涞"}},
		{turns: []string{"去年第四季度GDP同比增速"}, figures: []string{"4.5%"}},
		{turns: []string{"12月新房价格比一年前涨了的有几个城市"}, figures: []string{"5个"}},
		{turns: []string{"12月新房价格环比上涨的城市有几个"}, figures: []string{"6个"}},
		{turns: []string{"高技术产业的投资占多少"}},
		{turns: []string{"用电量比上年增长多少"}, figures: []string{"6%"}},
		{turns: []string{"光纤宽带新增多少户，做汇报ppt急用"}, figures: []string{"8万户"}},
	})
}

// A message may ask several questions; of very many the first ones are answered, and it says so.
func TestTooManyQuestions(t *testing.T) {
	engine := embeddedEngine(t)
	var asked []string
	for i := range 12 {
		asked = append(asked, []string{"新建多少5G基站", "关停了多少家化工企业", "数字专员有多少名"}[i%3])
	}
	answer, err := engine.Answer(context.Background(), nil, strings.Join(asked, "？"))
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Answers) != 3 || !strings.Contains(answer.Note, "问题太多") {
		t.Errorf("%d answers, note %q", len(answer.Answers), answer.Note)
	}
}

// told is a second invented report, of how reports head parts of their paragraphs and count things out.
const told = `河阳市政府工作报告

——2023年1月6日在河阳市第五届人民代表大会第三次会议上

现在，我代表市人民政府向大会报告工作。

一、2022年工作回顾

2022年，全市生产总值达到800亿元。进出口总额突破90亿元、增长9.8%。新增铁路里程52公里、高速公路里程62公里。河阳机场年旅客吞吐量近75万人次，居全省第三位；货邮吞吐量达到7.6万吨，居全省第六位。专利授权量8200件、居副省级城市第三位，新增车站3座，快递业务量增长12%，居全省第三位。在载人航天、深海工程、量子信息等领域取得一批重大成果。建成区面积由“十二五”末的56平方公里扩大到73平方公里。甲村获得全省首个“长寿之乡”称号。乙村获评全省绿化先进集体，丙村获评全省防汛先进集体。推进投资过千亿元的17个项目加快建设，4个项目投产。推进“三年500亿”行动、“增产100亿斤”工程，实行三级联动服务。认定国家级示范6家、省级示范10家。限额以上零售额中，粮油类增长9%，汽车类下降1.5%，家具类下降2.7%。专利拥有量80件，是2012年的2倍；居民存款60亿元，是2012年的3倍。

二、2023年工作安排

全市生产总值增长6%左右。力争数字经济核心产业增加值增长12%。

（一）突出发展现代服务业。以产业为基础，补齐短板，加快消费升级。加快发展现代金融。建立企业上市挂牌联席会议制度，加大企业上市力度；引进一批并购基金和中介服务机构。大力发展文化旅游。办好第十届文化旅游节，建设一批旅游度假区。

推动县域协调发展。甲县抓好粮食生产，建设种业基地。乙县做强纺织产业。支持丙县发展港口物流，建设临港园区。突出引进一批企业、培养一批人才、建设一批平台。大力培育未来产业。一是发展氢能产业。二是发展低空产业。

（二）改善民生。新建高标准农田11万亩，改造提升10万亩。

三、加强政府自身建设

坚持改革进取，建设创新政府。增强工作本领。

坚持依法履职，建设法治政府。推进重点立法。

坚持为民清廉，建设服务政府。用心解决问题。

四、远景目标

回顾历程，我们积累了宝贵经验。一是必须解放思想。二是必须依靠群众。

展望未来，要在三个方面实现突破，深入实施“四大战略”：

——着眼产业更强。加快建设产业园区。

——着眼城乡更美。打造美丽村庄。

——着眼百姓更富。拓宽增收渠道。

（一）实施强县战略。壮大县域经济。

（二）实施通道战略。建设河阳港。

（三）实施人才战略。引进工程师。

（四）实施文旅战略。建设古城景区。
`

func TestToldReport(t *testing.T) {
	ask(t, told, []asked{
		{turns: []string{"2022年生产总值增长多少"}}, // 增长9.8% is that of the 进出口
		{turns: []string{"2022年新增的高速公路有多长"}, figures: []string{"62公里"}},
		{turns: []string{"河阳机场的货邮吞吐量在全省排第几"}, figures: []string{"第六位"}},
		{turns: []string{"在哪些领域取得了重大成果"}, quotes: []string{"在载人航天"}},
		{turns: []string{"“十二五”末建成区有多大面积"}, figures: []string{"56平方公里"}},
		{turns: []string{"建成区扩大到多大面积"}, figures: []string{"73平方公里"}},
		{turns: []string{"首个“长寿之乡”在哪个地方"}, quotes: []string{"甲村获得"}},
		{turns: []string{"投资超过一千亿元的项目有多少个"}, figures: []string{"17个"}},
		{turns: []string{"500亿的行动是几年的"}, figures: []string{"三年"}},
		{turns: []string{"增产工程是多少亿元"}}, // 100亿斤 is no money
		{turns: []string{"“三年”行动是多少亿"}, figures: []string{"500亿"}},
		{turns: []string{"实行几级联动服务"}, figures: []string{"三级"}},
		{turns: []string{"示范 国家级 省级 各几家"}, figures: []string{"6家", "10家"}},
		{turns: []string{"2023年的经济增长目标是百分之几"}, figures: []string{"6%"}},
		{turns: []string{"在加快发展现代金融方面有哪些打算"}, quotes: []string{"建立企业上市挂牌联席会议制度", "引进一批并购基金"}},
		{turns: []string{"高标准农田计划新建多少亩？改造提升的不算"}, figures: []string{"11万亩"}},
		{turns: []string{"政府自身建设要建成哪几种政府"}, quotes: []string{"建设创新政府", "建设法治政府", "建设服务政府"}},
		{turns: []string{"哪些指标在全省排第三"}, quotes: []string{"河阳机场年旅客吞吐量", "快递业务量增长12%"}},
		{turns: []string{"政府怎么管好自己，主要提了哪几点要求"}, quotes: []string{"坚持改革进取，建设创新政府", "坚持依法履职，建设法治政府", "坚持为民清廉，建设服务政府"}},
		{turns: []string{"甲县、乙县和丙县三个县各自要抓什么"}, quotes: []string{"甲县抓好", "乙县做强", "支持丙县"}},
		{turns: []string{"要培育的未来产业分哪几块"}, quotes: []string{"一是发展氢能产业", "二是发展低空产业"}},
		{turns: []string{"评上“全省……先进集体”的都有哪些"}, quotes: []string{"乙村获评全省绿化先进集体，丙村"}},
		{turns: []string{"限额以上零售额里哪几类是下降的"}, quotes: []string{"汽车类下降1.5%", "家具类下降2.7%"}},
		{turns: []string{"哪些指标正好是2012年的2倍"}, quotes: []string{"专利拥有量80件，是2012年的2倍"}},
		{turns: []string{"“三个一批”都是什么"}, quotes: []string{"突出引进一批企业、培养一批人才、建设一批平台"}},
		{turns: []string{"三个“着眼”各是什么"}, quotes: []string{"着眼产业更强", "着眼城乡更美", "着眼百姓更富"}},
		{turns: []string{"要在三个方面实现突破，是哪三个方面"}, quotes: []string{"着眼产业更强", "着眼城乡更美", "着眼百姓更富"}},
		{turns: []string{"“四大战略”具体指哪些"}, quotes: []string{"（一）实施强县战略", "（二）实施通道战略", "（三）实施人才战略", "（四）实施文旅战略"}},
		{turns: []string{"总结了哪几条经验"}, quotes: []string{"一是必须解放思想", "二是必须依靠群众"}},
		{turns: []string{"2022年生产总值原来定的增长目标是多少"}},
		{turns: []string{"突出发展现代服务业那部分讲了什么", "讲改善民生的呢"}, quotes: []string{"（二）改善民生", "新建高标准农田11万亩"}},
	})
}

// yearbook is an invented bulletin, whose figures stand in tables.
const yearbook = `# 江州市2022年统计公报

## 一、工业

| 产品名称 | 单位 | 产量 | 比上年增长（%） |
| --- | --- | --- | --- |
| 水 泥 | 万吨 | 21.3 | -10.5 |
| 钢材 | 万吨 | 134.5 | 0.3 |

## 二、对外经济

| 国家和地区 | 出口额（亿元） | 比上年增长（%） | 占出口比重（%） | 进口额（亿元） | 比上年增长（%） |
| --- | --- | --- | --- | --- | --- |
| 东盟 | 379 | 21.7 | 18.0 | 272 | 6.8 |
| 美国 | 387 | 4.2 | 18.4 | 118 | 1.9 |
| 日本 | 201 | -9.5 | 9.6 | 98 | 1.2 |

**表3 2022年货物进出口总额**

| 指标 | 金额（亿元） | 比上年增长（%） |
| --- | --- | --- |
| 货物进出口总额 | 2150 | 5.1 |
| 货物出口额 | 1240 | 6.0 |
| 货物进口额 | 910 | 3.9 |

## 三、人口

| 指标 | 年末数（万人） | 比重（%） |
| --- | --- | --- |
| 全市总人口 | 512 | 100.0 |
| 其中：男性 | 260 | 50.8 |
| 女性 | 252 | 49.2 |
| 其中：0-15岁（含不满16周岁） | 81 | 15.8 |
| 60周岁及以上 | 103 | 20.1 |

全市农民工总量为42万人，其中，本地农民工20万人。年末各项存款余额1800亿元，比年初增加95亿元。全市居民人均可支配收入33000元。普通高中招生2.1万人，在校生6.3万人。城镇居民人均可支配收入41000元，人均消费支出26500元。农村贫困人口为1.2万人，贫困人口标准为每年低于2300元。贫困发生率0.4%，比上年下降0.3个百分点。商品房待售面积30万平方米，商品房销售面积210万平方米。一般公共预算收入95亿元，增长6.6%（如剔除减税降费因素影响，增长18.6%）。实际使用外商直接投资4.2亿美元。
`

func TestTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "公报.md")
	if err := os.WriteFile(path, []byte(yearbook), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := content.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	askOf(t, report, []asked{
		{turns: []string{"水泥产量多少"}, figures: []string{"21.3"}},
		{turns: []string{"水泥产量下降了多少"}, figures: []string{"-10.5"}},
		{turns: []string{"钢材产量增速"}, figures: []string{"0.3"}},
		{turns: []string{"对东盟进口额是多少"}, figures: []string{"272"}},
		{turns: []string{"对美国出口额增长多少"}, figures: []string{"4.2"}},
		{turns: []string{"对日本出口跌了百分之多少"}, figures: []string{"-9.5"}},
		{turns: []string{"对日本进口涨了多少"}, figures: []string{"1.2"}},
		{turns: []string{"对东盟出口占全部出口多少"}, figures: []string{"18.0"}},
		{turns: []string{"水泥产量比上年减少多少"}, figures: []string{"-10.5"}},
		{turns: []string{"铁路货运量增长多少"}},
		{turns: []string{"水泥产了多少吨"}, figures: []string{"21.3"}},
		{turns: []string{"农民工有多少人"}, figures: []string{"42万人"}},
		{turns: []string{"本地农民工有多少人"}, figures: []string{"20万人"}},
		{turns: []string{"存款余额多少"}, figures: []string{"1800亿元"}},
		{turns: []string{"全市人均可支配收入多少"}, figures: []string{"33000元"}},
		{turns: []string{"货物进口多少"}, figures: []string{"910"}},
		{turns: []string{"全市一共多少人"}, figures: []string{"512"}},
		{turns: []string{"男人女人各有多少"}, figures: []string{"260", "252"}},
		{turns: []string{"60岁以上的老人占多大比例"}, figures: []string{"20.1"}},
		{turns: []string{"0到15岁的娃有多少"}, figures: []string{"81"}},
		{turns: []string{"65岁以上的老人有多少"}},
		{turns: []string{"在校高中生几人"}, figures: []string{"6.3万人"}},
		{turns: []string{"城里人均花多少钱"}, figures: []string{"26500元"}},
		{turns: []string{"农村还有多少贫困的人"}, figures: []string{"1.2万人"}},
		{turns: []string{"贫困发生率降到多少"}, figures: []string{"0.4%"}},
		{turns: []string{"商品房卖了多少平米"}, figures: []string{"210万平方米"}},
		{turns: []string{"把减税降费的影响刨掉,一般公共预算收入增长多少"}, figures: []string{"18.6%"}},
		{turns: []string{"一般公共预算收入增长多少"}, figures: []string{"6.6%"}},
		{turns: []string{"实际用了多少外资"}, figures: []string{"4.2亿美元"}},
	})
}

// tallied is an invented report that counts things together, sets goals, and tells what it did in rows.
const tallied = `江州市工作总结

一、产业发展

完成合同外资30亿元的年度招商任务。认定赋能项目(智能工厂、数字化车间)45个、“机器换人”项目13个。2家园区、5家工厂分别入选省级绿色园区、绿色工厂名单。税收增长9.5%，高于全市平均增速3个百分点。甲厂芯片线，乙厂显示屏线顺利投产；丙厂封测项目竣工。丁厂项目加快建设。32家培育企业营业收入增长8%以上，净增20亿元左右。压减炼铁产能70万吨。退休人员养老金标准月均提高60元。一季度生产总值同比增长5%，二季度增长4.6%。市女足勇夺首届洲冠联赛冠军。实际到账外资3.5亿美元、进出口总额30亿美元。从本年秋季起全面免除学杂费。新增贷款120亿元，是上年的1.8倍。推动1300余家企业实施改造，完成450户企业评价。滚动推进投资过千亿元的17个项目加快建设，4个项目纳统。新增销售超百亿企业2家、总数达9家。人均生产总值超过4万元。到2022年底滚动推进重点项目80个、2023年底推进90个。
`

// oneBreath is an invented report that tells of town and country in one breath, and of the product in many.
const oneBreath = `江州市政府工作报告

——2023年1月5日在江州市第八届人民代表大会第二次会议上

现在，我代表市人民政府向大会报告工作。

一、2022年工作回顾

全市地区生产总值完成1200亿元、增长6%。单位GDP能耗下降9%。城镇和农村常住居民人均可支配收入分别达41000元和20500元。研发经费投入与地区生产总值之比达1.8%。

二、2023年工作安排

今年的主要预期目标是：地区生产总值增长6.5%以上。研发经费投入与地区生产总值之比超过2%。确保剩余769户、1705人全部脱贫。
`

func TestReportInOneBreath(t *testing.T) {
	ask(t, oneBreath, []asked{
		{turns: []string{"去年GDP增速"}, figures: []string{"6%"}},
		{turns: []string{"去年GDP多少"}, figures: []string{"1200亿元"}},
		{turns: []string{"单位GDP能耗降了多少"}, figures: []string{"9%"}},
		{turns: []string{"今年GDP目标是多少"}, figures: []string{"6.5%"}},
		{turns: []string{"城里人去年挣了多少钱"}, figures: []string{"41000元"}},
		{turns: []string{"城镇居民人均可支配收入多少"}, figures: []string{"41000元"}},
		{turns: []string{"农村居民人均可支配收入多少"}, figures: []string{"20500元"}},
		{turns: []string{"60岁以上的老人有多少"}},
		{turns: []string{"还剩几户、多少口人没脱贫"}, figures: []string{"769户", "1705人"}},
		{turns: []string{"还有多少户多少人要脱贫"}, figures: []string{"769户", "1705人"}},
	})
}

func TestTalliedReport(t *testing.T) {
	ask(t, tallied, []asked{
		{turns: []string{"年度招商任务定的合同外资额度是多大"}, figures: []string{"30亿元"}},
		{turns: []string{"合同外资最后实际做到了多少亿"}},
		{turns: []string{"认定赋能项目多少个"}, figures: []string{"45个"}},
		{turns: []string{"45个赋能项目里头，光智能工厂有几个"}},
		{turns: []string{"几家工厂入选省级绿色工厂名单", "都是哪几家"}},
		{turns: []string{"税收增幅跑赢全市平均多少"}, figures: []string{"3个百分点"}},
		{turns: []string{"我爸想知道税收涨了多少"}, figures: []string{"9.5%"}},
		{turns: []string{"哪些厂竣工或者投产了"}, quotes: []string{"甲厂芯片线", "丙厂封测项目竣工"}},
		{turns: []string{"丙厂的封测项目投产了吗", "甲厂的呢"}, quotes: []string{"甲厂芯片线"}},
		{turns: []string{"培育企业 营业收入 净增"}, figures: []string{"20亿元"}},
		{turns: []string{"压减多少炼铁产能"}, figures: []string{"70万吨"}},
		{turns: []string{"手头滚动推进的重点项目总数"}, figures: []string{"80个"}},
		{turns: []string{"生产总值是多少"}},
		{turns: []string{"人均生产总值是多少"}, figures: []string{"4万元"}},
		{turns: []string{"投资过千亿那批项目是多少个"}, figures: []string{"17个"}},
		{turns: []string{"销售过百亿的企业加起来有几家了"}, figures: []string{"9家"}},
		{turns: []string{"学杂费从啥时候起全部免掉"}, quotes: []string{"从本年秋季起"}},
		{turns: []string{"新增贷款相当于前年的几倍"}, figures: []string{"1.8倍"}},
		{turns: []string{"企业数量上千家(户)的工作有哪些"}, quotes: []string{"推动1300余家企业"}},
		{turns: []string{"退休人员养老金月均要涨多少"}, figures: []string{"60元"}},
		{turns: []string{"第二季度GDP同比增速"}, figures: []string{"4.6%"}},
		{turns: []string{"首届女足洲冠联赛冠军是谁夺得的"}, quotes: []string{"市女足勇夺"}},
		{turns: []string{"实际到账的外资有多少美金"}, figures: []string{"3.5亿美元"}},
	})
}

// aiming is an invented report that says its aims under a heading without a word of time, in the first year of a plan.
const aiming = `江州市政府工作报告

——2021年1月8日在江州市第八届人民代表大会第六次会议上

现在，我代表市人民政府向大会报告工作。

一、2020年工作回顾

2020年，全市生产总值达到1200亿元，增长5.2%。固定资产投资增长6%。农业用电量达到50亿千瓦时。粮食产量稳定在66万吨。

二、奋力开启现代化建设新征程

根据《关于制定第十四个五年规划和二〇三五年远景目标的建议》，全市经济社会发展主要目标是：经济总量超过1600亿元。

固定资产投资年均增长8%以上，常住人口城镇化率达到55%。

到二〇三五年，经济总量超过三千亿元。

城区到“十四五”末达到100万人，2030年达到150万人，远期达到200万人。社会消费品零售总额由300亿元增加至800亿元，地方税收由40亿元增加至90亿元。

三、做好2021年工作

固定资产投资增长10%以上。
`

func TestAimingReport(t *testing.T) {
	ask(t, aiming, []asked{
		{turns: []string{"十四五 固投 年均增速 目标"}, figures: []string{"8%"}},
		{turns: []string{"2020年底常住人口城镇化率到了多少"}},
		{turns: []string{"2035年经济总量想超过多少"}, figures: []string{"三千亿元"}},
		{turns: []string{"2030年城区要达到多少人"}, figures: []string{"150万人"}},
		{turns: []string{"“十四五”末城区要达到多少人"}, figures: []string{"100万人"}},
		{turns: []string{"社零总额从多少涨到多少"}, figures: []string{"300亿元", "800亿元"}},
		{turns: []string{"全市用电量是多少"}},
		{turns: []string{"农业用电量是多少"}, figures: []string{"50亿千瓦时"}},
		{turns: []string{"去年粮食产量稳在什么水平"}, figures: []string{"66万吨"}},
		{turns: []string{"去年固定资产投资涨了多少", "今年呢"}, figures: []string{"10%"}},
	})
}

// shared is an invented report whose lists give the rest of a name only once.
const shared = `江州市政府工作报告

——2023年1月6日在江州市第五届人民代表大会第三次会议上

现在，我代表市人民政府向大会报告工作。

一、2022年工作回顾

城镇居民人均可支配收入增长4%。城镇和农村常住居民人均可支配收入增长3%和7.7%。高速公路通车里程达到552公里。优良天数比上年增加50天。办复12件省、市人大代表建议和34件省、市政协提案，满意率分别为95%和99%。进出口总额160亿元、增长7%，其中出口增长12%，增速居全省第3位。新能源汽车产销量分别增长43%、62%。新建充电站20座。完成河道整治3条。接待游客265万人次，旅游总收入13亿元。发放消费券1亿元。全市生产总值比上年增长6.5%。高校毕业生留江比例首次突破50%，达51.3%。1-10月投资增长16%。

（一）加快建设物流高地。完善港口设施，增开航线2条。

二、2023年工作安排

今年主要预期目标是：地区生产总值900亿元，增长7%，城镇、农村居民人均可支配收入分别增长6%和10%，城镇调查失业率控制在5.5%以内。新建充电站30座。

（一）推动与河阳联动发展。共建产业园。互通公交。
`

func TestSharedReport(t *testing.T) {
	ask(t, shared, []asked{
		{turns: []string{"今年城镇居民人均可支配收入增长目标是多少"}, figures: []string{"6%"}},
		{turns: []string{"今年农村居民人均可支配收入增长目标"}, figures: []string{"10%"}},
		{turns: []string{"去年农村常住居民人均可支配收入增长多少"}, figures: []string{"7.7%"}},
		{turns: []string{"今年生产总值增长目标是多少"}, figures: []string{"7%"}},
		{turns: []string{"去年新增高速公路多少公里"}},
		{turns: []string{"高速公路通车里程多少公里"}, figures: []string{"552公里"}},
		{turns: []string{"优良天数有多少天"}},
		{turns: []string{"优良天数比上年增加多少天"}, figures: []string{"50天"}},
		{turns: []string{"政协提案的满意率"}, figures: []string{"99%"}},
		{turns: []string{"人大代表建议办理的满意率有多高"}, figures: []string{"95%"}},
		{turns: []string{"单看出口，去年增幅是多少"}, figures: []string{"12%"}},
		{turns: []string{"新能源车销量增长了百分之几"}, figures: []string{"62%"}},
		{turns: []string{"江州2023要新建几座充电站"}, figures: []string{"30座"}},
		{turns: []string{"去年整制的河道有几条"}, figures: []string{"3条"}},       // a typing error
		{turns: []string{"去年为了刺激消费发了多少钱的券"}, figures: []string{"1亿元"}}, // a verb that no report knows
		{turns: []string{"去年充电站拆除了多少座"}},                               // and one that says a deed of its own
		{turns: []string{"那旅游总收入定的目标是多少亿"}},
		{turns: []string{"去年江州经济涨了多少"}, figures: []string{"6.5%"}},
		{turns: []string{"去年海洋经济涨了多少"}},
		{turns: []string{"高校毕业生留江比例是多少"}, figures: []string{"51.3%"}},
		{turns: []string{"前十个月投资增长多少"}, figures: []string{"16%"}},
		{turns: []string{"今年准备怎样与河阳联动发展？"}, quotes: []string{"（一）推动与河阳联动发展", "共建产业园", "互通公交"}},
		{turns: []string{"物流高地打算怎么建设"}, quotes: []string{"（一）加快建设物流高地", "完善港口设施，增开航线2条"}},
	})
}

// gathered is a report whose things of one kind stand in many places, in headings as well.
const gathered = `河阳市工业局2022年工作总结

一、抓好产业集群

实施“头羊工程”，扶持骨干企业。建立重点项目库，组建河阳市装备联合会。河阳电机、12英寸基板制造线，白水6英寸线建成投产；云岭半导体封装项目正式投产。

（一）实施“强链”工程。建设船舶与海洋工程装备基地。技改投资增长12%，居全省首位。

（二）实施“育苗”工程。成立河阳纺织联盟，建立企业培育库。深化园区三年攻坚行动。

二、抓好绿色发展

（一）推进节能降耗。3家企业入选绿色工厂名单，2个案例获评低碳改造优秀案例。建成智能制造车间6个，总数居全省第一。

（二）加大扶持力度。为新上企业兑现奖励2亿元，帮助企业获得贷款9亿元。为4家银行办理风险补偿资金3000万元。地铁2号线开通运营，磁浮示范线开工。编制新材料产业三年行动计划。

（三）争创先进。获评“中国茶叶之都·河阳”“中国丝绸之都·昆山”。入选全国首批节水城市，白水电机获评优秀企业。支持中国石油建成加氢站。
`

func TestGatheredReport(t *testing.T) {
	ask(t, gathered, []asked{
		{turns: []string{"新组建了哪些联盟、联合会"}, quotes: []string{"建立重点项目库，组建河阳市装备联合会", "成立河阳纺织联盟"}},
		{turns: []string{"抓产业集群实施了哪几个工程"}, quotes: []string{"实施“头羊工程”", "（一）实施“强链”工程", "（二）实施“育苗”工程"}},
		{turns: []string{"名字里带“工程”的举措，报告一共提了哪些？"}, quotes: []string{"实施“头羊工程”", "（一）实施“强链”工程", "（二）实施“育苗”工程"}},
		{turns: []string{"建了哪几个库？项目库企业库都算"}, quotes: []string{"建立重点项目库", "成立河阳纺织联盟，建立企业培育库"}},
		{turns: []string{"跟地铁搭边的，磁浮也算，都有哪些"}, quotes: []string{"地铁2号线开通运营，磁浮示范线开工"}},
		{turns: []string{"基板和半导体方面，哪些生产线、项目已经投产了？"}, quotes: []string{"河阳电机、12英寸基板制造线，白水6英寸线建成投产", "云岭半导体封装项目"}},
		{turns: []string{"磁浮方面都有哪些项目和进展"}, quotes: []string{"地铁2号线开通运营，磁浮示范线开工"}},
		{turns: []string{"三年攻坚、三年行动这种按三年来的安排有哪几个"}, quotes: []string{"深化园区三年攻坚行动", "编制新材料产业三年行动计划"}},
		{turns: []string{"哪些指标在全省拿了头名？一个不落地列出来"}, quotes: []string{"技改投资增长12%，居全省首位", "建成智能制造车间6个，总数居全省第一"}},
		{turns: []string{"河阳和昆山分别获评了什么之都"}, quotes: []string{"获评“中国茶叶之都·河阳”"}},
		{turns: []string{"河阳（连昆山在内）拿到了哪些称号、上了哪些城市榜"}, quotes: []string{"获评“中国茶叶之都·河阳”", "入选全国首批节水城市"}},
		{turns: []string{"名字里带“行动”的举措有哪些"}, quotes: []string{"深化园区三年攻坚行动"}},
		{turns: []string{"绿色工厂、低碳改造这类成果有哪些"}, quotes: []string{"3家企业入选绿色工厂名单，2个案例获评低碳改造优秀案例"}},
		{turns: []string{"第二部分点名了哪些企业"}, quotes: []string{"支持中国石油建成加氢站"}},
		{turns: []string{"贷款方面的数据"}, figures: []string{"9亿元"}},
		{turns: []string{"金融支持方面的数据"}, figures: []string{"9亿元"}},
		{turns: []string{"绿色制造、低碳改造有什么成绩"}, quotes: []string{"3家企业入选绿色工厂名单，2个案例获评低碳改造优秀案例"}},
		{turns: []string{"给企业的奖励、贷款和给银行的补偿资金，金额都列出来"}, figures: []string{"2亿元", "9亿元", "3000万元"}},
	})
}

// The second list of figures goes with the names of the first.
func TestListsTakenUpAgain(t *testing.T) {
	ask(t, `江州市2022年政府工作报告

一、2021年工作回顾

城镇居民人均可支配收入连年增长。城镇、农村居民人均可支配收入分别达45160元、21600元，分别增长4%、7.1%。
`, []asked{
		{turns: []string{"去年城镇居民人均可支配收入比上年增长百分之几？"}, figures: []string{"4%"}},
		{turns: []string{"农村居民人均可支配收入达到多少元"}, figures: []string{"21600元"}},
	})
}

// spoken is an invented report that is asked as people talk: with who they are and where they heard of it, and with words that no
// report has.
const spoken = `河阳市2016年政府工作报告

——2016年1月6日在河阳市第五届人民代表大会第五次会议上

现在，我代表市人民政府向大会报告工作。

一、2015年和“十二五”时期工作回顾

“十二五”期间城镇化率年均提高1.6个百分点。零售总额达43亿元，年均增长14.4%。2015年，河阳油田生产原油124万吨，较上年增产10万吨。城市信用监测排名由2014年的21名上升为3名。教职人员津补贴由每月480元提高到1000元。推动8家企业成功上市。河阳机场选址初步确定。新增省级标杆企业3家，入选省级基地2个。磁浮快线时速600公里。为新增企业兑现奖励1亿元。新增等级公路120公里，其中高速公路13公里。为6家银行办理贷款风险补偿资金3800万元。合作医疗参保农民增至21万人，参合率提高到91.6%。规上企业以占全省9.9%的用地、贡献了15.3%的税收。推进投资过千亿元的17个项目。规模以上工业增加值92亿元，增长8.5%。生产总值920亿元，增长7.5%；海洋生产总值增长17.1%。高新技术产业占地区生产总值31%，万元地区生产总值水耗下降11.2%。城镇新增就业14万人。粮食产量70万吨。城乡居民人均可支配收入分别增长9%、10.5%。脱贫人口人均纯收入增长13.8%。居民消费价格涨幅2.7%。PM10、PM2.5浓度分别为79.9、56微克/立方米。其中外商直接投资32亿美元。富士电机封测项目正式投产。

县域经济发展迅速。规模以上工业增加值34亿元，增长10.1%。

二、“十三五”目标任务

主要目标是：到2020年，地区生产总值达到160亿元。

三、2016年工作安排

今年地区生产总值增长8%。今年新增等级公路110公里，其中高速公路15公里。
`

func TestSpokenReport(t *testing.T) {
	ask(t, spoken, []asked{
		{turns: []string{"我在德国总部写简报，麻烦告诉我：河阳机场选址定了吗"}, quotes: []string{"河阳机场选址初步确定"}},
		{turns: []string{"抖音上刷到那个磁浮快线，一个钟头能跑多远来着"}, figures: []string{"600公里"}},
		{turns: []string{"写着“省级”二字的内容都摘一下，我跑工业口的记者"}, quotes: []string{"新增省级标杆企业3家，入选省级基地2个"}},
		{turns: []string{"零售总额，整个十二五平均一年增长多少"}, figures: []string{"14.4%"}},
		{turns: []string{"2015年的原油比前一年多产了多少吨"}, figures: []string{"10万吨"}},
		{turns: []string{"城市信用监测从第几名升到了第几名"}, figures: []string{"21名", "3名"}},
		{turns: []string{"教职人员每个月的津补贴，原先多少，提到多少了"}, figures: []string{"480元", "1000元"}},
		{turns: []string{"上市的8家企业是在哪个交易所挂牌的"}},
		{turns: []string{"河阳机场选址定在哪个乡镇"}},
		{turns: []string{"2016年全市生产总值要达到多少亿元"}},
		{turns: []string{"2020年生产总值要达到多少亿元"}, figures: []string{"160亿元"}},
		{turns: []string{"新增企业一家能领多少奖励"}},
		{turns: []string{"今年新增的高速公路有几公里"}, figures: []string{"15公里"}},
		{turns: []string{"贷款风险补偿资金总共办了多少，涉及几家银行"}, figures: []string{"3800万元", "6家"}},
		{turns: []string{"去年GDP增速"}, figures: []string{"7.5%"}},
		{turns: []string{"去年GDP涨幅是百分之几"}, figures: []string{"7.5%"}},
		{turns: []string{"上一年经济涨了几个点"}, figures: []string{"7.5%"}},
		{turns: []string{"今年经济要增长百分之几"}, figures: []string{"8%"}},
		{turns: []string{"去年城里新增了多少个就业岗位"}, figures: []string{"14万人"}},
		{turns: []string{"去年新增了多少城镇就业"}, figures: []string{"14万人"}},
		{turns: []string{"去年打了多少粮食"}, figures: []string{"70万吨"}},
		{turns: []string{"去年农民人均收入增长多少"}, figures: []string{"10.5%"}},
		{turns: []string{"去年农民收入涨了多少"}, figures: []string{"10.5%"}},
		{turns: []string{"去年农村居民人均可支配收入增长多少"}, figures: []string{"10.5%"}},
		{turns: []string{"去年物价涨了百分之几"}, figures: []string{"2.7%"}},
		{turns: []string{"PM2.5去年降到了多少（不是PM10）"}, figures: []string{"56微克/立方米"}},
		{turns: []string{"去年外商直接投资是多少"}, figures: []string{"32亿美元"}},
		{turns: []string{"去年人均GDP是多少元"}},
		{turns: []string{"富士电机投产的是个做什么的项目"}, quotes: []string{"富士电机封测项目正式投产"}},
		{turns: []string{"去年GDP总量"}, figures: []string{"920亿元"}},
		{turns: []string{"参合率到多少了"}, figures: []string{"91.6%"}},
		{turns: []string{"规上企业用掉全省百分之多少的地，又交出了百分之多少的税"}, figures: []string{"9.9%", "15.3%"}},
		{turns: []string{"总投资上千亿的那批项目，数量是多少"}, figures: []string{"17个"}},
		{turns: []string{"河阳全市规上工业2015年增加值多少，涨了多少"}, figures: []string{"92亿元", "8.5%"}},
		{turns: []string{"这份报告的正文分成哪几大部分？各自的标题是什么？"}, quotes: []string{
			"一、2015年和“十二五”时期工作回顾", "二、“十三五”目标任务", "三、2016年工作安排",
		}},
	})
}
