package answers

import (
	"context"
	"errors"
	"sync"

	"wenbao/content"
	"wenbao/retrieval"
)

// Follower answers from the newest state of a corpus: when an index has been brought up to date it is opened again, between
// two questions. A question is answered from one state, and a state is closed when its last question has been. It is safe for
// concurrent use.
type Follower struct {
	open   func(context.Context) (retrieval.Corpus, error)
	failed func(error)

	mu      sync.Mutex
	now     *state
	said    string // the error that was told last
	closing []error
}

// state is a corpus with what answers from it.
type state struct {
	corpus  retrieval.Corpus
	library *Library
	users   int
	retired bool
}

// Follow opens a corpus, and opens it again whenever it says that it is not current any more. When that fails, the state of
// before goes on, and failed, which may be nil, is told once of each error.
func Follow(ctx context.Context, open func(context.Context) (retrieval.Corpus, error), failed func(error)) (*Follower, error) {
	f := &Follower{open: open, failed: failed}
	var err error
	f.now, err = f.load(ctx)
	return f, err
}

func (f *Follower) load(ctx context.Context) (*state, error) {
	corpus, err := f.open(ctx)
	if err != nil {
		return nil, err
	}
	library, err := NewLibrary(ctx, corpus)
	if err != nil {
		return nil, errors.Join(err, corpus.Close())
	}
	return &state{corpus: corpus, library: library}, nil
}

// use gives the newest state to a question, which hands it back with done.
func (f *Follower) use(ctx context.Context) *state {
	f.mu.Lock()
	defer f.mu.Unlock()
	if corpus, ok := f.now.corpus.(interface{ IsCurrent() bool }); ok && !corpus.IsCurrent() {
		f.renew(ctx)
	}
	f.now.users++
	return f.now
}

func (f *Follower) renew(ctx context.Context) {
	next, err := f.load(ctx)
	if err != nil {
		if f.failed != nil && ctx.Err() == nil && err.Error() != f.said {
			f.said = err.Error()
			f.failed(err)
		}
		return
	}
	next.library.Inherit(f.now.library)
	before := f.now
	f.now, f.said = next, ""
	f.retire(before)
}

// retire closes a state once nobody uses it. It is called with the lock held.
func (f *Follower) retire(s *state) {
	s.retired = true
	if s.users == 0 {
		f.closing = append(f.closing, s.corpus.Close())
	}
}

func (f *Follower) done(s *state) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s.users--; s.users == 0 && s.retired {
		f.closing = append(f.closing, s.corpus.Close())
	}
}

// Close closes the corpus, and tells what went wrong with it and those of before. No question may be under way.
func (f *Follower) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.retire(f.now)
	return errors.Join(f.closing...)
}

// Answer is [Library.Answer].
func (f *Follower) Answer(ctx context.Context, conversation *Conversation, text string) (Answer, error) {
	s := f.use(ctx)
	defer f.done(s)
	return s.library.Answer(ctx, conversation, text)
}

// Suggest is [Library.Suggest].
func (f *Follower) Suggest(ctx context.Context, answer Answer) ([]string, error) {
	s := f.use(ctx)
	defer f.done(s)
	return s.library.Suggest(ctx, answer)
}

// Examples is [Library.Examples].
func (f *Follower) Examples(ctx context.Context) ([]string, error) {
	s := f.use(ctx)
	defer f.done(s)
	return s.library.Examples(ctx)
}

// Open is [Library.Open].
func (f *Follower) Open(ctx context.Context, key string) (*content.Report, error) {
	s := f.use(ctx)
	defer f.done(s)
	return s.library.Open(ctx, key)
}

// Reports is [Library.Reports].
func (f *Follower) Reports() []ReportInfo {
	s := f.use(context.Background())
	defer f.done(s)
	return s.library.Reports()
}

// Find is [Library.Find].
func (f *Follower) Find(words string) []ReportInfo {
	s := f.use(context.Background())
	defer f.done(s)
	return s.library.Find(words)
}
