package answers

import (
	"context"
	"errors"
	"sync"

	"wenbao/content"
	"wenbao/retrieval"
)

// Follower answers from the newest state of a corpus: when an index has been brought up to date it is opened again, between
// two questions. A question is answered from one state, and a state is closed when its last question has been. The question
// that finds the index changed waits for the new state; the others go on with the one before. It is safe for concurrent use.
type Follower struct {
	open   func(context.Context) (retrieval.Corpus, error)
	failed func(error)

	mu      sync.Mutex
	now     *state
	looking bool // a question is seeing whether the state is current, or opening the next one
	closing []error

	said string // the error that was told last; of the one that looks
}

// changing is a corpus that tells whether it still is what would be opened now.
type changing interface {
	IsCurrent(ctx context.Context) bool
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
	now, look := f.take()
	if !look {
		return now
	}
	// Neither looking nor opening, which may take as long as a cluster does not answer, holds the lock.
	next := f.next(ctx, now)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.looking = false
	if next == nil {
		return now
	}
	f.now = next
	next.users++
	now.users-- // of this question
	f.retire(now)
	return next
}

// take gives the state that there is to a question, and tells whether it is the one that has to look for the next.
func (f *Follower) take() (now *state, look bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	look = !f.looking
	f.looking = true
	f.now.users++
	return f.now, look
}

// next opens the state that follows on one; nil when that is current, or the next cannot be opened.
func (f *Follower) next(ctx context.Context, now *state) *state {
	corpus, changes := now.corpus.(changing)
	if !changes || corpus.IsCurrent(ctx) {
		return nil
	}
	next, err := f.load(ctx)
	if err != nil {
		if f.failed != nil && ctx.Err() == nil && err.Error() != f.said {
			f.said = err.Error()
			f.failed(err)
		}
		return nil
	}
	f.said = ""
	next.library.Inherit(now.library)
	return next
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
