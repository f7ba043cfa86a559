package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wenbao/answers"
	"wenbao/content"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// askSeries answers a question over the reports of an index, with the report that each passage of the answer stands in.
func askSeries(cmd *cobra.Command, dir, question string) (answer answers.Answer, reports []*content.Report, err error) {
	if cmd.Flags().Changed(reportFlag) {
		return answer, nil, fmt.Errorf("--%s 和 --%s 不能一起用：索引里已经有报告", indexFlag, reportFlag)
	}
	corpus, err := disk.Open(dir)
	if err != nil {
		return answer, nil, err
	}
	defer func() { err = errors.Join(err, corpus.Close()) }()
	if answer, err = answerMany(cmd.Context(), corpus, question); err != nil {
		return answer, nil, err
	}
	reports, err = reportsOf(cmd.Context(), corpus, answer.Answers)
	return answer, reports, err
}

// reportsOf loads the report of each passage: one that its name fits, and that says what it quotes where it quotes it. It
// is nil for a passage that has none.
func reportsOf(ctx context.Context, corpus retrieval.Corpus, passages []answers.Passage) ([]*content.Report, error) {
	infos, err := corpus.Reports(ctx)
	if err != nil {
		return nil, err
	}
	loaded := make(map[string]*content.Report)
	reports := make([]*content.Report, len(passages))
	// Titles that say less come last: 政府工作报告 is the end of many a name.
	slices.SortStableFunc(infos, func(a, b retrieval.ReportInfo) int { return cmp.Compare(len(b.Title), len(a.Title)) })
	for i, passage := range passages {
		for _, info := range infos {
			if !isNamed(info, passage.Report) {
				continue
			}
			if loaded[info.Key] == nil {
				found, err := corpus.Load(ctx, info.Key)
				if err != nil {
					return nil, err
				}
				loaded[info.Key] = found[0]
			}
			if report := loaded[info.Key]; passage.End <= len(report.Text) && report.Text[passage.Start:passage.End] == passage.Quote {
				reports[i] = report
				break
			}
		}
	}
	return reports, nil
}

// isNamed tells whether a passage may call a report by a name: its title, behind its place and year where that lacks them.
func isNamed(info retrieval.ReportInfo, name string) bool {
	front, fits := strings.CutSuffix(name, info.Title)
	named := info.Place != "" && strings.Contains(front, info.Place) || strings.Contains(front, strconv.Itoa(info.Year))
	return fits && (front == "" || named)
}
