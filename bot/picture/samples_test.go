package picture

import (
	"fmt"
	"strings"

	"wenbao/bot"
)

// chartWith is a chart of some bars, the last of them a target and the one before a fall.
func chartWith(bars int) Chart {
	chart := Chart{Title: "各项指标增长多少", Source: "某市2021年工作总结"}
	for i := range bars {
		chart.Bars = append(chart.Bars, Bar{
			Label:   strings.Repeat("规模以上工业", i%4) + "增加值同比增长",
			Figure:  fmt.Sprintf("%d.%d%%", 3*i+1, i%10),
			Section: fmt.Sprintf("一(%d) 推动“质效”双提升", i+1),
			Value:   float64(3*i+1) + float64(i%10)/10,
		})
	}
	chart.Bars[bars-1].Target, chart.Bars[bars-1].Figure = true, chart.Bars[bars-1].Figure+"以上"
	chart.Bars[bars-2].Value *= -1
	return chart
}

// longestChart has more and longer texts than a chart shows.
func longestChart() Chart {
	chart := chartWith(mostBars + 5)
	chart.Title = strings.Repeat("全市规模以上工业企业营业收入和利润总额", 6)
	for i := range chart.Bars {
		chart.Bars[i].Label = strings.Repeat("新一代信息技术与制造业融合发展试点示范项目、", 4)
		chart.Bars[i].Section = strings.Repeat("强化创新引领,加快新旧动能转换", 3)
	}
	chart.Others = 3
	return chart
}

func figureCard() Card {
	return Card{
		Report: "某市2021年工作总结",
		Link:   "https://t.me/example_bot?start=abc", LinkName: "@example_bot",
		Passages: []CardPassage{{
			Figures: bot.Line{{Text: "约", Style: bot.Figure}, {Text: "12.5万吨", Style: bot.Figure}},
			Quote: bot.Line{
				{Text: "…全年货物吞吐量约", Style: bot.Quote}, {Text: "12.5万吨", Style: bot.Figure},
				{Text: ",同比增长5.2%,位居全省第一,港口综合服务能力(含集装箱)进一步提升。", Style: bot.Quote},
			},
			Section: "二(一) 建设“一流港口”",
		}},
	}
}

// listCard has more and longer quotes than a card shows.
func listCard() Card {
	card := figureCard()
	card.Report = strings.Repeat(card.Report, 8)
	passage := card.Passages[0]
	passage.Quote = append(passage.Quote, bot.Run{Text: strings.Repeat("推动传统产业转型升级,培育壮大新兴产业;", 20), Style: bot.Quote})
	card.Passages = nil
	for range mostPassages + 3 {
		card.Passages = append(card.Passages, passage)
	}
	return card
}
