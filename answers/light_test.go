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

// An engine that looks through the report as it is asked answers as one does that has an index: what fetches the sentences
// only chooses those to be weighed. The two fetch in different orders, so that of questions whose words stand in more
// sentences than are weighed a few get another answer.
func TestLightEngineAnswersAlike(t *testing.T) {
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	indexed, err := New(report)
	if err != nil {
		t.Fatal(err)
	}
	light := newLight(report)
	files, err := filepath.Glob("testdata/questions/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no questions: %v", err)
	}
	asked, different := 0, 0
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
			var one, other Conversation
			for _, turn := range question.Turns {
				want, err := indexed.Answer(t.Context(), &one, turn)
				if err != nil {
					t.Fatal(err)
				}
				got, err := light.Answer(t.Context(), &other, turn)
				if err != nil {
					t.Fatal(err)
				}
				asked++
				if got.Related, want.Related = nil, nil; !reflect.DeepEqual(got, want) {
					different++
					t.Logf("%s: %v, want %v", turn, got.Answers, want.Answers)
				}
			}
		}
	}
	if asked == 0 || different*200 > asked {
		t.Errorf("%d of %d answers differ, want at most one in 200", different, asked)
	}
}
