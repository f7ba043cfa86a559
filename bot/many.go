package bot

import (
	"fmt"
	"strings"

	"wenbao/answers"
)

// FormatMany lays out an answer whose passages are of several reports: each is cited with the report that it stands in.
func FormatMany(answer answers.Answer) Reply {
	var lines []Line
	switch answer.Kind {
	case answers.Found:
		lines = citedMany(answer.Answers)
	case answers.NotFound:
		lines = append(lines, note(either(answer.Note, "这些报告里没有说到这一点。")))
		if len(answer.Related) > 0 {
			lines = append(append(lines, Line{}, note("报告里相近的句子：")), citedMany(answer.Related)...)
		}
	default:
		lines = append(lines, note(answer.Note))
	}
	return Reply{Lines: lines, Answer: &answer}
}

// citedMany lays out passages one below the other, numbered when there are several.
func citedMany(passages []answers.Passage) []Line {
	var lines []Line
	for i, passage := range passages {
		number := ""
		if len(passages) > 1 {
			number = fmt.Sprintf("%d. ", i+1)
		}
		indent := strings.Repeat(" ", len(number))
		if len(passage.Figures) > 0 {
			lines = append(lines, prefixed(number, FigureLine(passage)))
			number = indent
		}
		lines = append(lines, prefixed(number, QuoteLine(passage)),
			prefixed(indent, Line{{"—— 《" + passage.Report + "》" + passage.Section.Label, Citation}}))
	}
	return lines
}
