package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/content"
	"wenbao/retrieval"
)

// failing is a corpus that cannot be reached for a while.
type failing struct {
	retrieval.Corpus
	err error
}

func (f *failing) Search(ctx context.Context, queries ...retrieval.Query) ([][]retrieval.Found, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.Corpus.Search(ctx, queries...)
}

func (f *failing) Load(ctx context.Context, keys ...string) ([]*content.Report, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.Corpus.Load(ctx, keys...)
}

// While the index cannot be reached a message is not answered; once it can, a follow-up is, after what was said before.
func TestUnavailable(t *testing.T) {
	var reports []*content.Report
	for _, text := range []string{
		"江州市2022年政府工作报告\n\n一、2021年工作回顾\n\n全市生产总值增长8.2%。\n",
		"江州市2023年政府工作报告\n\n一、2022年工作回顾\n\n全市生产总值增长4.4%。\n",
	} {
		reports = append(reports, content.Parse(text))
	}
	corpus := &failing{Corpus: retrieval.NewShelf(reports)}
	library, err := answers.NewLibrary(t.Context(), corpus)
	if err != nil {
		t.Fatal(err)
	}
	b := New(library)
	var session Session
	if text := say(t, b, &session, "江州2021年生产总值增长多少").Text(); !strings.HasPrefix(text, "8.2%\n") {
		t.Fatalf("said %q", text)
	}
	corpus.err = errors.Join(retrieval.ErrUnavailable, errors.New("10.0.0.1:8080 refused"))
	_, err = b.Reply(t.Context(), &session, "2022年呢")
	if !Unavailable(err) {
		t.Fatalf("error %v, want that the index is unavailable", err)
	}
	if said := Apology(err); !strings.Contains(said, "连不上") || strings.Contains(said, "10.0.0.1") {
		t.Errorf("the asker is told %q", said)
	}
	for _, info := range library.Reports() {
		if info.Year == 2022 {
			session.report = info.Key
		}
	}
	if text := say(t, b, &session, "/目录").Text(); text != saidUnavailable {
		t.Errorf("/目录 says %q", text)
	}
	corpus.err = nil
	if text := say(t, b, &session, "2022年呢").Text(); !strings.HasPrefix(text, "4.4%\n") {
		t.Errorf("said %q after the index was back", text)
	}
}

func TestApology(t *testing.T) {
	if said := Apology(errors.New("index of 10.0.0.1 is damaged")); said != saidFailed {
		t.Errorf("said %q", said)
	}
}
