package answers

import (
	"slices"
	"strings"
	"testing"
)

func TestYearsWords(t *testing.T) {
	for _, word := range slices.Concat(yearsWords(), oneYearWords()) {
		if !strings.ContainsAny(word, "年五") {
			t.Errorf("%s holds neither 年 nor 五, by which clauses are looked through for such words", word)
		}
	}
}

func TestHorizon(t *testing.T) {
	for _, test := range []struct {
		texts []string // that follow each other
		want  horizon  // behind the last
	}{
		{[]string{"过去五年,是极不平凡的五年。"}, horizon{years: true}},
		{[]string{"过去五年,是极不平凡的五年。", "上市公司新增37家。"}, horizon{years: true}},
		{[]string{"过去五年,是极不平凡的五年。", "2021年,生产总值增长8%。"}, horizon{year: 2021}},
		{[]string{"到2025年,生产总值突破2000亿元。", "城镇化率达到60%。"}, horizon{year: 2025}},
		{[]string{"2021年及过去五年工作回顾"}, horizon{}},
		{[]string{"过去五年,是极不平凡的五年。", "2020年生产总值666.9亿元。"}, horizon{years: true}},
		{[]string{"2021年是起步之年。", "去年,新增上市公司15家。"}, horizon{}},
	} {
		var now horizon
		for _, text := range test.texts {
			clause, _, _ := strings.Cut(strings.TrimSuffix(text, "。"), ",")
			now = now.after(clause)
		}
		if now != test.want {
			t.Errorf("%q: %+v, want %+v", test.texts, now, test.want)
		}
	}
}
