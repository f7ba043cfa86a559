package terminal

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
	"wenbao/retrieval"
)

// awayOnce is a library whose index cannot be reached at the first question.
type awayOnce struct {
	*answers.Library
	asked int
}

func (a *awayOnce) Answer(ctx context.Context, c *answers.Conversation, text string) (answers.Answer, error) {
	if a.asked++; a.asked == 1 {
		return answers.Answer{}, fmt.Errorf("%w：10.0.0.1:8080", retrieval.ErrUnavailable)
	}
	return a.Library.Answer(ctx, c, text)
}

// A line that could not be answered is told in its place, the others are answered, and the error at the end says why.
func TestAnswerWithoutTheIndex(t *testing.T) {
	report := content.Parse("江州市2022年政府工作报告\n\n一、2021年工作回顾\n\n全市生产总值增长8.2%。\n")
	library, err := answers.NewLibrary(t.Context(), retrieval.NewShelf([]*content.Report{report}))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	err = Answer(t.Context(), bot.New(&awayOnce{Library: library}), NewScreen(&out), twice("江州2021年生产总值增长多少"))
	if !errors.Is(err, retrieval.ErrUnavailable) || !strings.Contains(err.Error(), "有 1 行没能回答：") {
		t.Errorf("error %v", err)
	}
	if got := out.String(); !strings.HasPrefix(got, "现在连不上") || !strings.Contains(got, "\n\n8.2%\n") || strings.Contains(got, "10.0.0.1") {
		t.Errorf("shown is\n%s", got)
	}
}

func twice(line string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for range 2 {
			if !yield(line, nil) {
				return
			}
		}
	}
}
