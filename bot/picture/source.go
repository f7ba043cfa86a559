package picture

import (
	"context"
	"slices"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
)

// ChartFrom makes a chart of an answer of a bot's: as [ChartOf] does where the answer is of one report, otherwise as
// [SeriesOf] does; that of a row of years goes from the oldest to the newest, as time does. The error is ErrNoChart, or
// that of a report which cannot be opened.
func ChartFrom(ctx context.Context, b *bot.Bot, answer answers.Answer) (Chart, error) {
	if len(answer.Answers) == 0 {
		return Chart{}, ErrNoChart
	}
	if len(answer.Series) > 0 {
		answer.Answers = slices.Clone(answer.Answers)
		slices.Reverse(answer.Answers)
	}
	reports, err := reportsOf(ctx, b, answer)
	if err != nil {
		return Chart{}, err
	}
	if !ofOneReport(answer) {
		return SeriesOf(reports, answer)
	}
	chart, err := ChartOf(reports[0], answer)
	chart.Source = answer.Answers[0].Report // which of many reports are called alike
	return chart, err
}

// ChartableFrom tells whether an answer of a bot's has a chart worth offering: one that shows most of its figures.
func ChartableFrom(ctx context.Context, b *bot.Bot, answer answers.Answer) bool {
	if len(answer.Answers) == 0 {
		return false
	}
	reports, err := reportsOf(ctx, b, answer)
	if err != nil {
		return false
	}
	if ofOneReport(answer) {
		return Chartable(reports[0], answer)
	}
	chart, err := SeriesOf(reports, answer)
	return err == nil && len(chart.Bars) > chart.Others
}

// CardFrom makes a card of an answer of a bot's, as [CardOf] does. The error is ErrNoCard, or that of a report which
// cannot be opened.
func CardFrom(ctx context.Context, b *bot.Bot, answer answers.Answer) (Card, error) {
	reports, err := reportsOf(ctx, b, answer)
	if err != nil {
		return Card{}, err
	}
	return CardOf(reports, answer)
}

// reportsOf are the reports that the passages of an answer stand in, one for each.
func reportsOf(ctx context.Context, b *bot.Bot, answer answers.Answer) ([]*content.Report, error) {
	reports := make([]*content.Report, len(answer.Answers))
	for i, passage := range answer.Answers {
		reports[i] = b.Report()
		if reports[i] != nil {
			continue
		}
		var err error
		if reports[i], err = b.Source().Open(ctx, passage.Key); err != nil {
			return nil, err
		}
	}
	return reports, nil
}

// ofOneReport tells whether the passages of an answer stand in the same report. Where there is but one, none has a key.
func ofOneReport(answer answers.Answer) bool {
	for _, passage := range answer.Answers {
		if passage.Key != answer.Answers[0].Key {
			return false
		}
	}
	return true
}
