package benchmark

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"wenbao/answers"
)

// answer measures questions of the kinds that people ask, each on its own.
func (b *run) answer(ctx context.Context) error {
	report, err := b.open()
	if err != nil {
		return err
	}
	engine := answers.New(report)
	engine.Prepare()
	questions := questionsOf(report)
	b.result.Questions[Answer] = len(questions)
	defer onOneCore()()
	return b.repeat(ctx, Answer, func() error {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := processTime()
		took, err := timed(ctx, engine, questions)
		if err != nil {
			return failed("回答", err)
		}
		runtime.ReadMemStats(&after)
		slices.Sort(took)
		asked := float64(len(questions))
		b.add(Measurement{Line: Answer, Name: "p50", Unit: Nanoseconds, Budget: answerP50}, percentile(took, 50))
		b.add(Measurement{Line: Answer, Name: "p99", Unit: Nanoseconds, Budget: answerP99}, percentile(took, 99))
		b.addProcessTime(Answer, begun, len(questions))
		b.add(Measurement{Line: Answer, Name: "allocations", Unit: Allocations}, float64(after.Mallocs-before.Mallocs)/asked)
		b.add(Measurement{Line: Answer, Name: "allocated", Unit: Bytes}, float64(after.TotalAlloc-before.TotalAlloc)/asked)
		return nil
	})
}

// hostile measures the slowest of questions that are made to be slow.
func (b *run) hostile(ctx context.Context) error {
	report, err := b.open()
	if err != nil {
		return err
	}
	engine := answers.New(report)
	engine.Prepare()
	questions := hostileQuestions(report)
	b.result.Questions[Hostile] = len(questions)
	defer onOneCore()()
	return b.repeat(ctx, Hostile, func() error {
		took, err := timed(ctx, engine, questions)
		if err != nil {
			return failed("刁难的问题", err)
		}
		slowest := slices.Max(took)
		b.result.Slowest = shortened(questions[slices.Index(took, slowest)])
		b.add(Measurement{Line: Hostile, Name: "slowest", Unit: Nanoseconds, Budget: hostileBudget}, slowest)
		return nil
	})
}

// shortened is the beginning of a long question, with its length.
func shortened(question string) string {
	const most = 12 // characters
	begin := []rune(strings.ToValidUTF8(question[:min(len(question), 4*most)], "�"))
	return fmt.Sprintf("%s…（%d 字节）", string(begin[:min(len(begin), most)]), len(question))
}

// timed asks questions and gives how long each took, in nanoseconds.
func timed(ctx context.Context, engine *answers.Engine, questions []string) ([]float64, error) {
	took := make([]float64, 0, len(questions))
	for _, question := range questions {
		begun := time.Now()
		if _, err := engine.Answer(ctx, nil, question); err != nil && !errors.Is(err, answers.ErrEmpty) {
			return nil, err
		}
		took = append(took, float64(time.Since(begun).Nanoseconds()))
	}
	return took, nil
}

// onOneCore keeps the program to one core, garbage collection included, until the function it gives is called.
func onOneCore() (restore func()) {
	before := runtime.GOMAXPROCS(1)
	return func() { runtime.GOMAXPROCS(before) }
}
