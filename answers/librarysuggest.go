package answers

import (
	"context"
	"fmt"

	"wenbao/retrieval"
)

// Suggest offers up to three questions that lie near an answer, each with the place and the year of the report that answers
// it. Every one of them has been tried.
func (l *Library) Suggest(ctx context.Context, answer Answer) ([]string, error) {
	passages := answer.Answers
	if len(passages) == 0 {
		passages = answer.Related
	}
	if len(passages) == 0 {
		return l.Examples(ctx)
	}
	info, known := l.info(passages[0].Key)
	if !known {
		return l.Examples(ctx)
	}
	near := Answer{Answers: []Passage{passages[0]}}
	return l.suggest(ctx, info, near, mostSuggestions)
}

// suggest makes suggestions of one report stand alone among many.
func (l *Library) suggest(ctx context.Context, info retrieval.ReportInfo, near Answer, most int) ([]string, error) {
	engine, err := l.engine(ctx, info.Key)
	if err != nil {
		return nil, err
	}
	questions, err := engine.Suggest(ctx, near)
	if err != nil {
		return nil, err
	}
	var kept []string
	for _, question := range questions {
		if len(kept) == most {
			break
		}
		want, err := engine.Answer(ctx, nil, question)
		if err != nil {
			return nil, err
		}
		if info.Year > 0 && !yearPattern.MatchString(question) {
			question = fmt.Sprintf("%d年", info.Year) + question
		}
		question = info.Place + question
		got, err := engine.Answer(ctx, nil, question)
		if err != nil {
			return nil, err
		}
		if got.Kind == Found && len(want.Answers) > 0 && got.Answers[0].Start == want.Answers[0].Start {
			kept = append(kept, question)
		}
	}
	return kept, nil
}

// Examples are up to three questions that show what can be asked: of the newest reports, each of another place.
func (l *Library) Examples(ctx context.Context) ([]string, error) {
	l.examplesMu.Lock()
	defer l.examplesMu.Unlock()
	if l.examples != nil {
		return l.examples, nil
	}
	examples := []string{}
	for i, info := range newestOfEach(l.reports) {
		if len(examples) == mostSuggestions || i == 2*mostSuggestions {
			break
		}
		example, err := l.suggest(ctx, info, Answer{}, 1)
		if err != nil {
			return nil, err
		}
		examples = append(examples, example...)
	}
	l.examples = examples
	return examples, nil
}
