package answers

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"wenbao/content"
)

// An engine that was not prepared gives the very same answers: it cuts into words only the sentences that may hold what a
// mistyped word stands for.
func TestUnpreparedEngineAnswersTheSame(t *testing.T) {
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	unprepared := New(report)
	prepared := New(report)
	prepared.Prepare()
	for _, turns := range conversationsOfTests(t) {
		var one, other Conversation
		for _, turn := range turns {
			want, got := answerOf(t, prepared, &one, turn), answerOf(t, unprepared, &other, turn)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %v, want %v", turn, got, want)
			}
		}
	}
}

// conversationsOfTests are the turns of all conversations in testdata.
func conversationsOfTests(t *testing.T) [][]string {
	t.Helper()
	files, err := filepath.Glob("testdata/questions/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no questions: %v", err)
	}
	var conversations [][]string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			var question struct{ Turns []string }
			if err := json.Unmarshal([]byte(line), &question); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			conversations = append(conversations, question.Turns)
		}
	}
	return conversations
}

func answerOf(t *testing.T, e *Engine, conversation *Conversation, question string) Answer {
	t.Helper()
	answer, err := e.Answer(t.Context(), conversation, question)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}
