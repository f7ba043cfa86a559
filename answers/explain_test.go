package answers_test

import (
	"strings"
	"testing"
)

// TestExplain holds the parts that an explanation must have for the next person to see why an answer came out.
func TestExplain(t *testing.T) {
	engine := embeddedEngine(t)
	for _, test := range []struct {
		name  string
		turns []string
		want  []string
	}{
		{"the terms, the figure chosen and its parts", []string{"2021年新建多少5G基站"}, []string{"question", "term    新建", "term    5g基站", "anchor", "10018个", "新建=1.00"}},
		{"why it refuses", []string{"年内新建开通6G基站多少个"}, []string{"REFUSED", "6G"}},
		{"what a follow-up inherits", []string{"国家级单项冠军有几家", "省级的呢"}, []string{"inherited 单项冠军", "12家", "context="}},
	} {
		t.Run(test.name, func(t *testing.T) {
			explanation, err := engine.Explain(t.Context(), test.turns...)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range test.want {
				if !strings.Contains(explanation, want) {
					t.Errorf("no %q in\n%s", want, explanation)
				}
			}
		})
	}
}
