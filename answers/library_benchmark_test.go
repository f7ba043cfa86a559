package answers_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"wenbao/answers"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// indexVariable names an index of many reports for BenchmarkLibrary.
const indexVariable = "WENBAO_INDEX"

// indicators are what people ask of a government's report, with and without the year and the place in front.
var indicators = []string{
	"生产总值增长多少", "地区生产总值达到多少亿元", "一般公共预算收入是多少", "规上工业增加值增速", "固定资产投资增长多少",
	"社会消费品零售总额增长多少", "城镇新增就业多少人", "居民人均可支配收入增长多少", "进出口总额多少", "新建改建多少公里公路",
	"粮食产量多少", "新增高新技术企业多少家", "改造老旧小区多少个", "脱贫多少人", "实际利用外资多少", "旅游收入多少",
	"研发投入占比", "城镇登记失业率", "新建多少所学校", "空气优良天数比例", "5G基站建了多少个", "减税降费多少亿元",
	"居民消费价格涨幅", "单位生产总值能耗下降多少", "养老服务中心建了多少",
}

// libraryQuestions are questions with a place, a year and an indicator, of reports chosen at random but the same each time.
func libraryQuestions(b *testing.B, corpus retrieval.Corpus, n int) []string {
	b.Helper()
	infos, err := corpus.Reports(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	infos = slices.DeleteFunc(infos, func(r retrieval.ReportInfo) bool { return r.Place == "" || r.Year == 0 })
	random := rand.New(rand.NewPCG(5, 7))
	questions := make([]string, n)
	for i := range questions {
		info := infos[random.IntN(len(infos))]
		questions[i] = fmt.Sprintf("%s%d年%s", info.Place, info.Year, indicators[random.IntN(len(indicators))])
	}
	return questions
}

// BenchmarkLibrary tells how long single questions take from the text to the answer, while one or eight clients ask without a
// pause. It asks the index that WENBAO_INDEX names.
func BenchmarkLibrary(b *testing.B) {
	dir := os.Getenv(indexVariable)
	if dir == "" {
		b.Skip("no index: set " + indexVariable + " to one that wenbao index has built")
	}
	corpus, err := disk.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer corpus.Close()
	questions := libraryQuestions(b, corpus, 600)
	for _, clients := range []int{1, 8} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			library, err := answers.NewLibrary(b.Context(), corpus)
			if err != nil {
				b.Fatal(err)
			}
			took := make([][]time.Duration, clients)
			found := make([]int, clients)
			var group sync.WaitGroup
			b.ResetTimer()
			for client := range clients {
				group.Go(func() {
					for i := client; i < b.N; i += clients {
						start := time.Now()
						answer, err := library.Answer(context.Background(), nil, questions[i%len(questions)])
						if err != nil {
							b.Error(err)
							return
						}
						took[client] = append(took[client], time.Since(start))
						if answer.Kind == answers.Found {
							found[client]++
						}
					}
				})
			}
			group.Wait()
			all := slices.Concat(took...)
			slices.Sort(all)
			sum := 0
			for _, n := range found {
				sum += n
			}
			b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(sum)/float64(b.N), "answered")
		})
	}
}
