package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/terminal"
	"wenbao/content"
	"wenbao/retrieval"
)

// openSource opens what questions are answered from: an index, several reports of --report, or one. The second value closes
// it.
func openSource(cmd *cobra.Command, corpus corpusFlags) (bot.Source, func() error, error) {
	go answers.ReadLexicon() // takes about as long as to read a report
	keep := func() error { return nil }
	if corpus.given() {
		open := func(context.Context) (retrieval.Corpus, error) { return openCorpus(cmd, corpus) }
		follower, err := answers.Follow(cmd.Context(), open, func(err error) {
			fmt.Fprintln(cmd.ErrOrStderr(), printable("索引更新了，但打不开新的，先用原来的："+err.Error()))
		})
		if err != nil {
			return nil, nil, err
		}
		return follower, follower.Close, nil
	}
	reports, err := loadReports(cmd)
	if err != nil {
		return nil, nil, err
	}
	if len(reports) == 1 {
		return answers.New(reports[0]), keep, nil
	}
	library, err := answers.NewLibrary(cmd.Context(), retrieval.NewShelf(reports))
	return library, keep, err
}

// withSource lets a command answer a question or a few from its source, and closes it behind it.
func withSource(cmd *cobra.Command, corpus corpusFlags, run func(b *bot.Bot) error) error {
	source, closeSource, err := openSource(cmd, corpus)
	if err != nil {
		return err
	}
	return errors.Join(run(bot.New(source)), closeSource())
}

// withManyQuestions is withSource for a command that goes on asking. What makes its questions quicker is prepared beside the
// first of them.
func withManyQuestions(cmd *cobra.Command, corpus corpusFlags, run func(b *bot.Bot) error) error {
	source, closeSource, err := openSource(cmd, corpus)
	if err != nil {
		return err
	}
	if engine, ok := source.(*answers.Engine); ok {
		go engine.Prepare()
	}
	return errors.Join(run(bot.New(source)), closeSource())
}

// pickFlag chooses one of many reports for the commands that show one.
const pickFlag = "pick"

// oneReport are the flags of commands that show one report.
type oneReport struct {
	corpus corpusFlags
	words  string
}

func (o *oneReport) add(cmd *cobra.Command) {
	o.corpus.add(cmd, "看索引 `INDEX` 里的报告（要写 --"+pickFlag+"）")
	cmd.Flags().StringVar(&o.words, pickFlag, "", "几份报告里选一份：地方、年份或题目里的字 `WORDS`，如 江州2021")
}

// open opens the report to be shown: the only one, or the one of many that the words name.
func (o *oneReport) open(cmd *cobra.Command) (report *content.Report, err error) {
	source, closeSource, err := openSource(cmd, o.corpus)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeSource()) }()
	if only := bot.New(source).Report(); only != nil {
		if o.words == "" {
			return only, nil
		}
		// Words that name another report are not passed over: an engine of one report takes no heed of them.
		source, err = answers.NewLibrary(cmd.Context(), retrieval.NewShelf([]*content.Report{only}))
		if err != nil {
			return nil, err
		}
	}
	found := source.Find(terminal.Decode([]byte(o.words)))
	switch {
	case len(found) == 1:
		return source.Open(cmd.Context(), found[0].Key)
	case len(found) == 0:
		return nil, fmt.Errorf("没有“%s”这样的报告；有哪些请看 wenbao reports", o.words)
	}
	const most = 10
	var names []string
	for _, name := range bot.ReportNames(found)[:min(len(found), most)] {
		names = append(names, "  "+printable(name))
	}
	said := "要看哪一份报告？请写 --" + pickFlag + " 地方和年份，如 --" + pickFlag + " " + sampleOf(found[0])
	if o.words != "" {
		said = fmt.Sprintf("“%s”有 %d 份，请在 --%s 后面再写细一点", o.words, len(found), pickFlag)
	}
	if len(found) > most {
		names = append(names, fmt.Sprintf("  ……共 %d 份", len(found)))
	}
	return nil, fmt.Errorf("%s：\n%s", said, strings.Join(names, "\n"))
}

// sampleOf is how a report could be picked.
func sampleOf(info answers.ReportInfo) string {
	if info.Place == "" || info.Year == 0 {
		return info.Title
	}
	return fmt.Sprintf("%s%d", info.Place, info.Year)
}
