package content

import (
	_ "embed"
	"slices"
	"strings"

	"wenbao/content/lexicon"
)

// The embedded report: the published text of the bureau's report less the page's own furniture, otherwise unchanged to
// the letter; and beside it what is particular to it.
var (
	//go:embed report/qingdao-miit-2021.txt
	embeddedText string
	//go:embed report/names.txt
	embeddedNames string
	//go:embed report/synonyms.txt
	embeddedSynonyms string
	//go:embed report/examples.txt
	embeddedExamples string
)

// Embedded is the report that the program carries.
func Embedded() (*Report, error) {
	report := Parse(embeddedText)
	report.Examples = EmbeddedExamples()
	report.Synonyms = slices.Collect(lexicon.Fields(embeddedSynonyms))
	report.OwnNames = nil
	for names := range lexicon.Fields(embeddedNames) {
		report.OwnNames = append(report.OwnNames, names...)
	}
	return report, nil
}

// EmbeddedExamples are questions that show what can be asked of the embedded report. They cost nothing to get, unlike
// the report itself.
func EmbeddedExamples() []string {
	var examples []string
	for words := range lexicon.Fields(embeddedExamples) {
		examples = append(examples, strings.Join(words, " "))
	}
	return examples
}
