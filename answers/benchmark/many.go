package benchmark

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"wenbao/answers"
	"wenbao/content"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// manyQuestions is how many questions are asked over an index in each run. They are taken from as many reports as they
// can be, more than a library keeps ready.
const manyQuestions = 200

// many measures questions over the reports of an index, from the question to the answer.
func (b *run) many(ctx context.Context) (err error) {
	corpus, err := disk.Open(b.Options.Index)
	if err != nil {
		return err // says what to do
	}
	defer func() { err = errors.Join(err, corpus.Close()) }()
	questions, err := questionsOfMany(ctx, corpus)
	if err != nil {
		return failed("多份报告", err)
	}
	statistics, err := corpus.Statistics(ctx)
	if err != nil {
		return failed("多份报告", err)
	}
	library, err := answers.NewLibrary(ctx, corpus)
	if err != nil {
		return failed("多份报告", err)
	}
	b.result.Questions[Many], b.result.Sentences[Many] = len(questions), statistics.Sentences
	return b.repeat(ctx, Many, func() error {
		used := processTime()
		took := make([]float64, 0, len(questions))
		for _, question := range questions {
			begun := time.Now()
			if _, err := library.Answer(ctx, nil, question); err != nil && !errors.Is(err, answers.ErrEmpty) {
				return failed("多份报告", err)
			}
			took = append(took, float64(time.Since(begun).Nanoseconds()))
		}
		slices.Sort(took)
		b.add(Measurement{Line: Many, Name: "p50", Unit: Nanoseconds, Budget: manyP50}, percentile(took, 50))
		b.add(Measurement{Line: Many, Name: "p99", Unit: Nanoseconds, Budget: manyP99}, percentile(took, 99))
		b.addProcessTime(Many, used, len(questions))
		return nil
	})
}

// questionsOfMany are questions about figures of reports chosen by chance, the same ones each time.
func questionsOfMany(ctx context.Context, corpus retrieval.Corpus) ([]string, error) {
	infos, err := corpus.Reports(ctx)
	if err != nil {
		return nil, err
	}
	infos = slices.DeleteFunc(infos, func(info retrieval.ReportInfo) bool { return info.Year == 0 })
	if len(infos) == 0 {
		return nil, errNoQuestions
	}
	random := rand.New(rand.NewPCG(1, 2))
	all := patterns("many")
	var questions []string
	for range manyQuestions {
		info := infos[random.IntN(len(infos))]
		reports, err := corpus.Load(ctx, info.Key)
		if err != nil {
			return nil, err
		}
		measures := measuresOf(reports[0])
		if len(measures) == 0 {
			continue
		}
		measure := measures[random.IntN(len(measures))]
		placed := strings.NewReplacer("{place}", info.Place, "{year}", strconv.Itoa(info.Year), "{measure}", measure)
		questions = append(questions, placed.Replace(all[len(questions)%len(all)]))
	}
	if len(questions) == 0 {
		return nil, errNoQuestions
	}
	return questions, nil
}

// errNoQuestions tells that nothing can be asked.
var errNoQuestions = errors.New("索引里的报告没有年份或数据，问不出问题；请换一个索引")

// measuresOf are what the figures of a report measure.
func measuresOf(report *content.Report) []string {
	var measures []string
	for sentence := range report.Sentences() {
		for _, figure := range sentence.Figures {
			if measure := strings.TrimSpace(report.Quote(figure.Measure)); measure != "" {
				measures = append(measures, measure)
			}
		}
	}
	return measures
}
