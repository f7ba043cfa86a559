package telegram_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/telegram"
	"wenbao/content"
	"wenbao/retrieval"
)

// away is a corpus on machines that can be away.
type away struct {
	retrieval.Corpus
	isAway atomic.Bool
}

func (a *away) failure() error {
	if !a.isAway.Load() {
		return nil
	}
	return fmt.Errorf("%w（10.0.0.1:8080 refused）", retrieval.ErrUnavailable)
}

func (a *away) Search(ctx context.Context, queries ...retrieval.Query) ([][]retrieval.Found, error) {
	if err := a.failure(); err != nil {
		return nil, err
	}
	return a.Corpus.Search(ctx, queries...)
}

func (a *away) Load(ctx context.Context, keys ...string) ([]*content.Report, error) {
	if err := a.failure(); err != nil {
		return nil, err
	}
	return a.Corpus.Load(ctx, keys...)
}

// Whatever is asked while the machines with the reports are away, the asker is told so, and the log why. Afterwards it can be
// asked again.
func TestIndexUnavailable(t *testing.T) {
	corpus := &away{Corpus: retrieval.NewShelf([]*content.Report{
		yearly("江州市", "2022", "2021", "1100", "8.2%"), yearly("江州市", "2023", "2022", "1200", "4.4%"),
	})}
	library, err := answers.NewLibrary(t.Context(), corpus)
	if err != nil {
		t.Fatal(err)
	}
	s := newStage(t, func(config *telegram.Config) { config.Bot = bot.New(library) })
	alice := s.Person("Alice")
	chat := alice.Private()
	list := s.asks(chat, alice, "/sections")
	_, link, _ := strings.Cut(list.Entities[len(list.Entities)-1].URL, "?start=")
	corpus.isAway.Store(true)
	for _, text := range []string{
		"江州2021年生产总值增长多少", "/ask 新建公路多少公里", "/chart 江州历年生产总值增长多少", "/sections 江州2021", "/start " + link,
	} {
		if answer := s.asks(chat, alice, text); !strings.HasPrefix(answer.Text, "现在连不上存放报告的机器") || strings.Contains(answer.Text, "10.0.0.1") {
			t.Errorf("%s: said %q", text, answer.Text)
		}
	}
	offered, err := alice.Inline("江州2021年生产总值增长多少", "").Answer(s.ctx)
	s.must(err)
	if offered.Button == nil || !strings.HasPrefix(offered.Button.Text, "现在连不上") {
		t.Errorf("offered %+v", offered)
	}
	if !strings.Contains(s.log.String(), "10.0.0.1:8080 refused") {
		t.Errorf("the log does not say why:\n%s", s.log)
	}
	corpus.isAway.Store(false)
	if answer := s.asks(chat, alice, "江州2021年生产总值增长多少"); !strings.HasPrefix(answer.Text, "8.2%\n") {
		t.Errorf("afterwards said %q", answer.Text)
	}
}
