package disk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/gofrs/flock"
	"golang.org/x/sync/errgroup"

	"wenbao/content"
	"wenbao/retrieval"
)

// Why an index cannot be written. What the errors say tells a person what to do.
var (
	ErrBusy     = errors.New("另一个 wenbao index 正在写这个索引")
	ErrNotIndex = errors.New("文件夹里有别的东西，不是索引")
	ErrNoFile   = errors.New("文件夹里没有能读的报告")
)

const lockName = "lock"

// Options are how to index. The zero value suits.
type Options struct {
	Workers        int // how many files to work on at once; 0 for one more than there are processors
	BatchSentences int // how many sentences to make last at once; 0 for a number that keeps memory small and bleve busy
	// Progress is called whenever more of the work has been done for good, by one goroutine at a time.
	Progress func(Progress)
}

// Progress is how far the work has come.
type Progress struct {
	Files     int // done, those that cannot be read among them
	OfFiles   int // to do
	Sentences int // of the reports indexed
}

// Summary is what has been done.
type Summary struct {
	Added, Changed, Removed, Unchanged int // reports
	Resumed                            int // those of Added and Changed that an update which ended early had done
	Reports, Sentences                 int // in the index
	Copies                             int // those of the reports whose bytes are another's
	Size                               int64
	Problems                           []content.Problem // what could not be read, in the order of the paths
}

// Update brings the index in a folder up to date with the files in another: it adds, replaces and removes the reports whose
// files are new, changed or gone. A file is taken for unchanged when its size and time of modification are, or its bytes.
// What cannot be read becomes a problem, and is not in the index; the others go on.
//
// An update may end at any time, by the context or with the process: readers keep the state of before, and the next update
// goes on with what has been done.
func Update(ctx context.Context, folder, dir string, options Options) (Summary, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return Summary{}, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return Summary{}, err
	}
	if info, err := os.Stat(folder); err != nil {
		return Summary{}, err
	} else if !info.IsDir() {
		return Summary{}, fmt.Errorf("%s 不是文件夹：%w", folder, fs.ErrInvalid)
	}
	unlock, err := lock(dir)
	if err != nil {
		return Summary{}, err
	}
	defer unlock()
	u := &updater{folder: folder, dir: dir, options: options}
	err = u.update(ctx)
	return u.summary, err
}

// lock takes a folder for the one writer. It makes the folder, and refuses one that somebody uses for something else.
func lock(dir string) (unlock func(), err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, entry := range entries {
		if name := entry.Name(); name != lockName && name != content.CacheTag && !strings.HasPrefix(name, manifestName) && !strings.HasPrefix(name, generationPrefix) {
			return nil, fmt.Errorf("%s：%w，请换一个文件夹", dir, ErrNotIndex)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	tag := content.CacheSignature + "\n# An index of wenbao, to be made again from its reports. See https://bford.info/cachedir/\n"
	if err := os.WriteFile(filepath.Join(dir, content.CacheTag), []byte(tag), 0o644); err != nil {
		return nil, err
	}
	file := flock.New(filepath.Join(dir, lockName))
	locked, err := file.TryLock()
	if err != nil {
		return nil, err
	}
	if !locked {
		return nil, fmt.Errorf("%s：%w，请等它做完", dir, ErrBusy)
	}
	return func() { _ = file.Unlock() }, nil
}

// updater is one update.
type updater struct {
	folder, dir string
	options     Options
	summary     Summary

	manifest   manifest // the one before
	generation int      // the one to write
	resumed    bool     // goes on with the generation of an update that ended early
	bleve      bleve.Index

	number  atomic.Uint32    // of the last report
	touched map[string]int64 // times of modification, by key, of files whose bytes have not changed

	mu       sync.Mutex // of the progress and the summary
	progress Progress
}

func (u *updater) update(ctx context.Context) error {
	sources, problems, err := scan(ctx, u.folder, u.dir)
	if err != nil {
		return err
	}
	u.summary.Problems = problems
	before, err := u.before(ctx)
	if err != nil {
		return err
	}
	defer u.close()
	work, err := u.plan(ctx, sources, before)
	if err != nil {
		return err
	}
	if !u.resumed && len(work.index) == 0 && len(work.remove) == 0 && u.manifest.Generation > 0 {
		return u.keep()
	}
	if u.bleve == nil {
		if err := u.start(); err != nil {
			return fmt.Errorf("写不了索引：%w", err)
		}
	}
	if err := u.apply(ctx, work); err != nil {
		return err
	}
	return u.finish(ctx)
}

// before finds out what has been done: by an update that ended early, or by the one before.
func (u *updater) before(ctx context.Context) (map[string]entry, error) {
	m, err := readManifest(u.dir)
	if err == nil { // an index that nobody can open is built anew
		var corpus *Corpus
		if corpus, err = openCorpus(u.dir, m); err == nil {
			err = corpus.Close()
		}
	}
	switch {
	case err == nil:
		u.manifest = m
		u.generation = m.Generation + 1
	case errors.Is(err, retrieval.ErrNoIndex), errors.Is(err, retrieval.ErrOldFormat), errors.Is(err, retrieval.ErrDamaged):
		u.generation = m.Generation + 1 // a new index takes the place of this one
	default:
		return nil, err
	}
	entries := u.manifest.Reports
	if next := generationDir(u.dir, u.generation); isCurrentFormat(next) {
		if entries, err = u.resume(ctx, next); err != nil {
			return nil, err
		}
	}
	before := make(map[string]entry, len(entries))
	for _, e := range entries {
		before[e.Key] = e
		u.number.Store(max(u.number.Load(), e.Number))
	}
	return before, nil
}

// resume opens the generation of an update that ended early. One that cannot be read is begun anew.
func (u *updater) resume(ctx context.Context, generationDir string) ([]entry, error) {
	opened, err := openBleve(generationDir, false)
	if err == nil {
		var entries []entry
		if entries, err = records(ctx, opened); err == nil {
			u.bleve, u.resumed = opened, true
			return entries, nil
		}
		err = errors.Join(err, opened.Close())
	}
	if ctx.Err() != nil {
		return nil, err
	}
	return u.manifest.Reports, nil
}

// start begins the new generation, on top of the one before if there is one.
func (u *updater) start() error {
	from := ""
	if u.manifest.Generation > 0 {
		from = generationDir(u.dir, u.manifest.Generation)
	}
	if err := startGeneration(u.dir, u.generation, from); err != nil {
		return err
	}
	opened, err := openBleve(generationDir(u.dir, u.generation), false)
	u.bleve = opened
	return err
}

func (u *updater) close() {
	if u.bleve != nil {
		_ = u.bleve.Close() // what had to last, lasts
		u.bleve = nil
	}
}

// work is what an update has to do.
type work struct {
	index  []source
	before map[string]entry // what the index holds
	remove []entry
}

// plan compares the files with what the index holds.
func (u *updater) plan(ctx context.Context, sources []source, before map[string]entry) (work, error) {
	w := work{before: before}
	u.touched = make(map[string]int64)
	found := make(map[string]bool, len(sources))
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return w, err
		}
		found[s.key] = true
		old, known := before[s.key]
		same := known && old.Size == s.size
		if same && old.Modified != s.modified {
			sum, err := s.hash()
			if same = err == nil && sum == old.SHA256; same {
				u.touched[s.key] = s.modified
			}
		}
		if !same {
			w.index = append(w.index, s)
		} else if done, known := u.manifest.find(s.key); !known || done.SHA256 != old.SHA256 {
			u.summary.Resumed++
		}
	}
	for key, old := range before {
		if !found[key] {
			w.remove = append(w.remove, old)
		}
	}
	u.progress.OfFiles = len(w.index)
	return w, nil
}

// keep ends an update that found nothing to do.
func (u *updater) keep() error {
	if len(u.touched) == 0 && u.manifest.Folder == u.folder {
		u.describe(&u.manifest)
		return nil
	}
	u.setModified(u.manifest.Reports)
	u.manifest.Folder = u.folder
	u.describe(&u.manifest)
	return u.manifest.write(u.dir)
}

func (u *updater) setModified(entries []entry) {
	for i := range entries {
		if modified, touched := u.touched[entries[i].Key]; touched {
			entries[i].Modified = modified
		}
	}
}

// apply does the work, in batches each of which is done for good or not at all.
func (u *updater) apply(ctx context.Context, w work) error {
	if err := u.removeReports(ctx, w.remove); err != nil {
		return err
	}
	workers := cmp.Or(u.options.Workers, runtime.GOMAXPROCS(0)+1)
	jobs := make(chan source)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(jobs)
		for _, s := range w.index {
			select {
			case jobs <- s:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range min(workers, len(w.index)) {
		group.Go(func() error {
			b := batcher{updater: u, before: w.before, batch: u.bleve.NewBatch(), words: make(words)}
			for s := range jobs {
				if err := b.add(ctx, s); err != nil {
					return err
				}
			}
			return b.commit(ctx)
		})
	}
	return group.Wait()
}

func (u *updater) removeReports(ctx context.Context, entries []entry) error {
	batch := u.bleve.NewBatch()
	for i, e := range entries {
		deleteReport(batch, e)
		if batch.Size() < u.batchSentences() && i < len(entries)-1 {
			continue
		}
		if err := u.bleve.Batch(batch); err != nil {
			return fmt.Errorf("写不了索引：%w", err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		batch = u.bleve.NewBatch() // as in commit
	}
	return nil
}

func (u *updater) batchSentences() int { return cmp.Or(u.options.BatchSentences, 8_000) }

// finish makes the new generation the one that readers see.
func (u *updater) finish(ctx context.Context) error {
	entries, err := records(ctx, u.bleve)
	if err != nil {
		return fmt.Errorf("写不了索引：%w", err)
	}
	err = u.bleve.Close()
	u.bleve = nil
	if err != nil {
		return fmt.Errorf("写不了索引：%w", err)
	}
	if len(entries) == 0 { // as of a disk that is not there today: the state of before is worth more than none
		_ = os.RemoveAll(generationDir(u.dir, u.generation))
		return fmt.Errorf("%s：%w，索引没有动", u.folder, ErrNoFile)
	}
	u.setModified(entries)
	m := manifest{format: currentFormat(), Generation: u.generation, Folder: u.folder, Reports: entries}
	if m.Files, err = segmentFiles(generationDir(u.dir, u.generation)); err != nil {
		return fmt.Errorf("写不了索引：%w", err)
	}
	if err := m.write(u.dir); err != nil {
		return fmt.Errorf("写不了索引：%w", err)
	}
	u.describe(&m)
	removeOthers(u.dir, u.generation)
	return nil
}

// describe tells what the index holds, and what has become of what it held before.
func (u *updater) describe(m *manifest) {
	for _, e := range m.Reports {
		switch old, known := u.manifest.find(e.Key); {
		case !known:
			u.summary.Added++
		case old.SHA256 != e.SHA256:
			u.summary.Changed++
		default:
			u.summary.Unchanged++
		}
	}
	u.summary.Removed = len(u.manifest.Reports) - u.summary.Changed - u.summary.Unchanged
	u.summary.Reports = len(m.Reports)
	u.summary.Sentences = m.sentences()
	_, copies := retrieval.Distinct(m.infos())
	u.summary.Copies = len(copies)
	for _, f := range m.Files {
		u.summary.Size += f.Size
	}
	slices.SortFunc(u.summary.Problems, func(a, b content.Problem) int { return strings.Compare(a.Path, b.Path) })
}

// batcher puts reports into one batch after another. Each worker has its own.
type batcher struct {
	*updater
	before    map[string]entry
	batch     *bleve.Batch
	words     words // of the batch
	sentences int
	files     int
	problems  []content.Problem
}

// add reads a file and puts its report into the batch.
func (b *batcher) add(ctx context.Context, s source) error {
	old, known := b.before[s.key]
	if known {
		deleteReport(b.batch, old)
	}
	e, err := b.index(ctx, s)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		b.problems = append(b.problems, content.Problem{Path: s.path, Err: err})
	}
	b.files++
	if b.sentences += e.Sentences; b.sentences < b.batchSentences() {
		return nil
	}
	return b.commit(ctx)
}

// index puts the documents of a report into the batch.
func (b *batcher) index(ctx context.Context, s source) (entry, error) {
	sum, err := s.hash()
	if err != nil {
		return entry{}, err
	}
	report, err := s.load(ctx)
	if err != nil {
		return entry{}, err
	}
	number := b.number.Add(1)
	documents, n := documentsOf(number, b.words, report)
	e := entry{
		ReportInfo: infoOf(s, sum, report),
		Number:     number, Modified: s.modified, counts: n,
	}
	text, err := json.Marshal(e)
	if err != nil {
		return entry{}, err
	}
	for _, document := range append(documents, recordDocument(number, text, retrieval.Pack(report))) {
		if err := b.batch.IndexAdvanced(document); err != nil {
			return entry{}, err
		}
	}
	return e, nil
}

// commit makes the batch last: bleve returns when it is on disk.
func (b *batcher) commit(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := b.bleve.Batch(b.batch); err != nil {
		return fmt.Errorf("写不了索引：%w", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.progress.Files += b.files
	b.progress.Sentences += b.sentences
	b.summary.Problems = append(b.summary.Problems, b.problems...)
	b.batch = b.bleve.NewBatch() // a goroutine of bleve's may still read the old one
	clear(b.words)
	b.files, b.sentences, b.problems = 0, 0, nil
	if b.options.Progress != nil {
		b.options.Progress(b.progress)
	}
	return nil
}
