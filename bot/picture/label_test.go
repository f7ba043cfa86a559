package picture

import (
	"slices"
	"testing"

	"wenbao/content"
)

// What stands beside the bar of each figure of a sentence that can be drawn.
func TestLabels(t *testing.T) {
	for sentence, want := range map[string][]string{
		"新建泊位12个,总数达80个。":        {"新建泊位", "新建泊位…总数达"},
		"关闭退出省第二批化工生产企业110家。":    {"关闭退出省第二批化工生产企业"},
		"完成8505户工业企业评价。":         {"完成…工业企业评价"},
		"推动近400户工业企业升规纳统。":       {"推动…工业企业升规纳统"},
		"新建100个以上智能工厂。":          {"新建…智能工厂"},
		"其中,投资120亿元的奇瑞汽车项目开工。":   {"投资…奇瑞汽车项目开工"},
		"1家工业园区、6家工厂获评绿色制造单位。":   {"工业园区", "工厂获评绿色制造单位"},
		"获评全国质量强市示范城市(全国共9个)。":   {"获评全国质量强市示范城市…全国共"},
		"食品饮料类增长5.3%,烟酒类增长2.3%。": {"食品饮料类增长", "烟酒类增长"},
		"规上工业增加值增长8.1%,两年平均增长6.8%,高于全国(6.1%)。": {
			"规上工业增加值增长", "规上工业增加值增长…两年平均增长", "规上工业增加值增长…高于全国",
		},
		"新能源汽车整车生产15.2万辆(同比增长71%)。":       {"新能源汽车整车生产", "新能源汽车整车生产…同比增长"},
		"主要预期目标是:全市生产总值增长6%。":             {"全市生产总值增长"},
		"智能家电、轨道交通装备2个产业集群入选国家队。":         {"智能家电、轨道交通装备…产业集群入选国家队"},
		"货物、集装箱吞吐量达到6.3亿吨、2371万标箱,居全省前列。": {"货物、集装箱吞吐量达到", "货物、集装箱吞吐量达到"},
	} {
		report := content.Parse("某市2021年工作总结\n\n一、工作完成情况\n\n" + sentence + "\n")
		var labels []string
		for s := range report.Sentences() {
			for at, figure := range s.Figures {
				if slices.Contains(compared, figure.Kind) {
					labels = append(labels, labelOf(report, place{s, at}))
				}
			}
		}
		if !slices.Equal(labels, want) {
			t.Errorf("%s: %q, want %q", sentence, labels, want)
		}
	}
}
