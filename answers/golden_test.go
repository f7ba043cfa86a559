package answers_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wenbao/answers"
)

var update = flag.Bool("update", false, "write the answers into the golden files")

// TestGoldenAnswers holds the answers to all questions of the regression set against those of before, to the byte: work on
// speed must not change them. When they are meant to change, go test ./answers -run TestGoldenAnswers -update writes them
// anew, a file for each file of questions and a line for each question, so that the diff tells which answers are others.
func TestGoldenAnswers(t *testing.T) {
	engine := embeddedEngine(t)
	for _, name := range slices.Sorted(maps.Keys(floors)) {
		t.Run(name, func(t *testing.T) {
			var lines strings.Builder
			for _, question := range readQuestions(t, name) {
				fmt.Fprintf(&lines, "%s %s\n", question.ID, inShort(t, lastAnswer(t, engine, question.Turns)))
			}
			path := filepath.Join("testdata", "answers", strings.TrimSuffix(name, ".jsonl")+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(lines.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			golden, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compareLines(t, path, string(golden), lines.String())
		})
	}
}

// inShort is an answer on a line: its kind; the label, place and figures of each passage; the places of related ones in
// brackets; and a digest of the whole answer, with its note and where quotes were cut.
func inShort(t *testing.T, answer answers.Answer) string {
	line := string(answer.Kind)
	for _, p := range answer.Answers {
		line += fmt.Sprintf(" %s:%d-%d", p.Section.Label, p.Start, p.End)
		for _, f := range p.Figures {
			line += "=" + f.Text
		}
	}
	for _, p := range answer.Related {
		line += fmt.Sprintf(" (%s:%d-%d)", p.Section.Label, p.Start, p.End)
	}
	type cut struct{ Before, After bool }
	whole := struct {
		answers.Answer
		Note string
		Cuts []cut
	}{Answer: answer, Note: answer.Note}
	for _, p := range slices.Concat(answer.Answers, answer.Related) {
		whole.Cuts = append(whole.Cuts, cut{p.CutBefore, p.CutAfter})
	}
	encoded, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	digest := fnv.New32a()
	_, _ = digest.Write(encoded) // never fails
	return fmt.Sprintf("%s #%08x", line, digest.Sum32())
}

// compareLines names the first lines that are others.
func compareLines(t *testing.T, path, want, got string) {
	t.Helper()
	const told = 20
	if want == got {
		return
	}
	wanted, others := strings.Split(want, "\n"), 0
	for i, line := range strings.Split(got, "\n") {
		before := ""
		if i < len(wanted) {
			before = wanted[i]
		}
		if line != before {
			if others++; others <= told {
				t.Errorf("%s:%d:\n is %s\nwas %s", path, i+1, line, before)
			}
		}
	}
	t.Errorf("%s: %d answers are others; -update writes them if they are meant to be", path, others)
}
