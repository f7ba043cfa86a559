package evaluation

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wenbao/answers"
)

// The files in testdata are a small report, questions of every type on it, and answers to them with every mistake that
// scoring tells apart. table.txt is what the project's reference script prints for them:
//
//	score.py report.txt answers.jsonl port_questions.jsonl other.jsonl > table.txt
func scoreOfTestdata(t *testing.T) *Score {
	t.Helper()
	given := make(map[string]answers.Answer)
	file := open(t, "answers.jsonl")
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var answer answers.Answer
		if err := json.Unmarshal(lines.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		given[answer.ID] = answer
	}
	text, err := os.ReadFile("testdata/report.txt")
	if err != nil {
		t.Fatal(err)
	}
	score := NewScore(string(text))
	for _, path := range []string{"port_questions.jsonl", "other.jsonl"} {
		questions, err := Read(open(t, path))
		if err != nil {
			t.Fatal(err)
		}
		for _, question := range questions {
			score.Add(FileName(path), question, given[question.ID])
		}
	}
	return score
}

func open(t *testing.T, name string) *os.File {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func TestTableHoldsTheNumbersOfTheReferenceScript(t *testing.T) {
	want, err := os.ReadFile("testdata/table.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := scoreOfTestdata(t).Table(); got != string(want) {
		t.Errorf("table\n%s\nwant\n%s", got, want)
	}
}

func TestFailuresSayWhy(t *testing.T) {
	want := map[string]string{
		"f2": "数据是 [12个 48个]，应为 [48个]",
		"f4": "章节是 [二]，应为 [一]",
		"f5": "缺引文：建成岸电设施20套；数据是 [3列]，应为 [20套]",
		"f6": "没有回答",
		"w2": "引文是：培训职工1500人次。",
		"l1": "查全率 0.67，查准率 0.67",
		"s2": "查全率 0.50，查准率 1.00",
		"u2": "不该回答，却答了：2020年,新建泊位12个,总数达48个,居全省第一。",
	}
	for _, failure := range scoreOfTestdata(t).Failures() {
		why, expected := want[failure.Question.ID]
		if !expected {
			t.Errorf("%s failed: %s", failure.Question.ID, failure.Why)
		} else if why != failure.Why {
			t.Errorf("%s: %s, want %s", failure.Question.ID, failure.Why, why)
		}
		delete(want, failure.Question.ID)
	}
	if len(want) > 0 {
		t.Errorf("these should have failed too: %v", want)
	}
}

func TestAnswerThatDoesNotExistClaimsNothing(t *testing.T) {
	score := NewScore("")
	score.Add("x", Question{ID: "1", Type: "unanswerable", Turns: []string{"?"}}, answers.Answer{})
	score.Add("x", Question{ID: "2", Type: "figure", Turns: []string{"?"}, Figures: []string{"1个"}}, answers.Answer{})
	if got := score.Percent(); got != 50 {
		t.Errorf("percent %v, want 50: the first is met, the second is not", got)
	}
}

func TestPercentOfNothing(t *testing.T) {
	if got := NewScore("").Percent(); got != 0 {
		t.Errorf("percent %v, want 0", got)
	}
}

func TestRead(t *testing.T) {
	questions, err := Read(strings.NewReader(`{"id":"a","type":"fact","turns":["x"],"section":"一"}` + "\n\n" +
		`{"id":"b","type":"fact","turns":["x"],"heading":["建设"]}` + "\n"))
	if err != nil || len(questions) != 2 {
		t.Fatalf("%d questions, error %v", len(questions), err)
	}
	if !slices.Equal(questions[0].Section, oneOrMore{"一"}) || questions[0].Heading != nil {
		t.Errorf("first question: %+v", questions[0])
	}
	if !slices.Equal(questions[1].Heading, oneOrMore{"建设"}) {
		t.Errorf("second question: %+v", questions[1])
	}
}

func TestReadSaysWhichLineIsWrong(t *testing.T) {
	for name, text := range map[string]string{
		"not JSON":       "\n{",
		"no turns":       "\n" + `{"type":"fact"}`,
		"no type":        "\n" + `{"turns":["x"]}`,
		"endless line":   "\n" + strings.Repeat("x", 1<<20+1),
		"wrong section":  "\n" + `{"turns":["x"],"type":"fact","section":1}`,
		"list of digits": "\n" + `{"turns":["x"],"type":"fact","section":[1]}`,
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "第 2 行") {
			t.Errorf("%s: error %v, want one that names line 2", name, err)
		}
	}
}
