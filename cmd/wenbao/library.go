package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/retrieval"
)

// askMany answers a question over the reports of an index.
func askMany(cmd *cobra.Command, flags corpusFlags, question string) (answer answers.Answer, err error) {
	corpus, err := openCorpus(cmd, flags)
	if err != nil {
		return answer, err
	}
	defer func() { err = errors.Join(err, corpus.Close()) }()
	return answerMany(cmd.Context(), corpus, question)
}

func answerMany(ctx context.Context, corpus retrieval.Corpus, question string) (answers.Answer, error) {
	library, err := answers.NewLibrary(ctx, corpus)
	if err != nil {
		return answers.Answer{}, err
	}
	answer, err := library.Answer(ctx, bot.Clean(question))
	if errors.Is(err, answers.ErrEmpty) {
		err = errors.New("问题里没有文字，请写上要问的内容")
	}
	answer.Text = bot.FormatMany(answer).Text()
	return answer, err
}
