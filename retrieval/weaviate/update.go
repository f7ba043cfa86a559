package weaviate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-openapi/strfmt"
	"github.com/weaviate/weaviate/entities/models"
	"golang.org/x/sync/errgroup"

	"wenbao/content"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// Options are how to index. The zero value suits one machine.
type Options struct {
	Shards   int // to how many parts the sentences are spread, which may be on different machines; 1 when 0
	Replicas int // how many machines each part is on; 1 when 0. With three, one may be away at any time
	// Progress is called whenever more of the work has been done for good, by one goroutine at a time.
	Progress func(disk.Progress)
}

// Update makes a cluster hold the reports of a folder. It writes a new version beside the one that is read and then
// has all who open the corpus read the new one, in one step; those who have it open go on with the one before, which
// the next update removes. Nothing is written when the folder holds what the cluster does.
//
// An update may end at any time, by the context, the process or the cluster: readers keep the version of before, and
// the next update goes on with what has been written. Only one program may write to a corpus at a time.
func Update(ctx context.Context, folder string, config Config, options Options) (disk.Summary, error) {
	if info, err := os.Stat(folder); err != nil {
		return disk.Summary{}, err
	} else if !info.IsDir() {
		return disk.Summary{}, fmt.Errorf("%s 不是文件夹：%w", folder, fs.ErrInvalid)
	}
	files, problems, err := disk.Files(ctx, folder)
	if err != nil {
		return disk.Summary{}, err
	}
	config.Timeout = cmp.Or(config.Timeout, importTimeout)
	s, err := connect(config)
	if err != nil {
		return disk.Summary{}, err
	}
	defer s.close()
	options.Shards, options.Replicas = cmp.Or(options.Shards, 1), cmp.Or(options.Replicas, 1)
	u := &updater{
		server: s, options: options, files: files, config: config,
		names:    names{config.name(), versionOf(files, options)},
		manifest: manifest{Format: formatVersion, Words: retrieval.LexiconSum()},
		counts:   make(wordCounts),
	}
	u.summary.Problems = problems
	err = u.update(ctx)
	slices.SortFunc(u.summary.Problems, func(a, b content.Problem) int { return strings.Compare(a.Path, b.Path) })
	return u.summary, err
}

// versionDigits are enough to tell versions apart.
const versionDigits = 12

// versionOf names a version after all that goes into it, so that the same is written under the same name.
func versionOf(files []disk.File, options Options) string {
	sum := sha256.New()
	fmt.Fprintln(sum, formatVersion, retrieval.LexiconSum(), options.Shards, options.Replicas)
	for _, file := range files {
		fmt.Fprintf(sum, "%q %s\n", file.Key(), file.SHA256)
	}
	return hex.EncodeToString(sum.Sum(nil))[:versionDigits]
}

// updater is one update.
type updater struct {
	server  *server
	config  Config
	options Options
	files   []disk.File
	names   names
	before  manifest // of the version of before, as far as it can be read
	summary disk.Summary

	manifest manifest
	counts   wordCounts
	progress disk.Progress
}

func (u *updater) update(ctx context.Context) error {
	version, err := u.readBefore(ctx)
	if err != nil {
		return err
	}
	if version == u.names.version && len(u.before.Reports) > 0 {
		u.manifest = u.before
		u.describe()
		return nil
	}
	var fresh bool
	err = u.retry(ctx, func() (err error) {
		fresh, err = u.server.create(ctx, u.names, u.options)
		return err
	})
	if err != nil {
		return err
	}
	if err := u.writeReports(ctx, fresh); err != nil {
		return err
	}
	if len(u.manifest.Reports) == 0 { // as of a disk that is not there today: the state of before is worth more than none
		return errors.Join(disk.ErrNoFile, u.server.removeOthers(ctx, u.names.corpus, version))
	}
	if err := u.writeCounts(ctx); err != nil {
		return err
	}
	if err := u.finish(ctx, version); err != nil {
		return err
	}
	u.describe()
	return nil
}

// readBefore finds out which version counts, and what it holds.
func (u *updater) readBefore(ctx context.Context) (version string, err error) {
	err = u.retry(ctx, func() error {
		version, err = u.server.current(ctx, u.names.corpus)
		return err
	})
	if err != nil || version == "" {
		return "", err
	}
	text, err := u.server.record(ctx, names{u.names.corpus, version}, manifestRecord)
	if err == nil {
		u.before, err = parseManifest(text)
	}
	if errors.Is(err, retrieval.ErrDamaged) || errors.Is(err, retrieval.ErrOldFormat) {
		return version, nil // a new one takes its place
	}
	return version, err
}

// # Waves
//
// Reports are written in waves: first the sentences of some, side by side, and when all of these are there, the
// records of their reports. A record says that its report need not be written again.
const (
	waveObjects  = 8_000
	batchObjects = 500
	batchesAhead = 4 // written side by side
)

type wave struct {
	objects   []*models.Object
	records   []*models.Object
	sentences int
	files     int
}

// writeReports reads the files and writes their reports, a wave while the next one is read.
func (u *updater) writeReports(ctx context.Context, fresh bool) error {
	u.progress.OfFiles = len(u.files)
	waves := make(chan *wave)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(waves)
		return u.readReports(ctx, fresh, waves)
	})
	group.Go(func() error {
		for w := range waves {
			if err := u.write(ctx, w.objects); err != nil {
				return err
			}
			if err := u.write(ctx, w.records); err != nil {
				return err
			}
			u.progress.Files += w.files
			u.progress.Sentences += w.sentences
			if u.options.Progress != nil {
				u.options.Progress(u.progress)
			}
		}
		return nil
	})
	return group.Wait()
}

func (u *updater) readReports(ctx context.Context, fresh bool, waves chan<- *wave) error {
	w := &wave{}
	send := func() error {
		select {
		case waves <- w:
			w = &wave{}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for number, file := range u.files {
		written := false
		if !fresh {
			var err error
			if written, err = u.isWritten(ctx, file.Key()); err != nil {
				return err
			}
		}
		info, report, err := file.Load(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		w.files++
		if err != nil {
			u.summary.Problems = append(u.summary.Problems, file.Problem(err))
			continue
		}
		objects := u.objectsOf(number, info.Key, report)
		u.manifest.Reports = append(u.manifest.Reports, entry{info, number})
		u.manifest.Sentences += info.Sentences
		if written {
			u.summary.Resumed++
			continue
		}
		record, err := recordObject(u.names, reportRecord(info.Key), retrieval.Pack(report))
		if err != nil {
			return err
		}
		w.objects, w.records = append(w.objects, objects...), append(w.records, record)
		if w.sentences += info.Sentences; len(w.objects) >= waveObjects {
			if err := send(); err != nil {
				return err
			}
		}
	}
	return send()
}

// isWritten tells whether all of a report has been written by an update that ended early.
func (u *updater) isWritten(ctx context.Context, key string) (written bool, err error) {
	err = u.retry(ctx, func() error {
		_, err := u.server.record(ctx, u.names, reportRecord(key))
		if written = err == nil; errors.Is(err, retrieval.ErrDamaged) {
			return nil
		}
		return err
	})
	return written, err
}

// objectsOf makes the objects of a report's sentences and sections, and counts their words.
func (u *updater) objectsOf(number int, key string, report *content.Report) []*models.Object {
	var objects []*models.Object
	add := func(kind string, place int, properties map[string]any) {
		objects = append(objects, &models.Object{
			Class: u.names.collection(kind), ID: strfmt.UUID(u.names.object(kind, key+"/"+strconv.Itoa(place))),
			Properties: properties,
		})
	}
	for place, section := range report.Sections {
		if len(section.Sentences) == 0 {
			continue
		}
		heading, length := u.words(strings.Join(section.Path(report), "\n"), func(c *wordCount) { c.Sections++ })
		u.manifest.HeadingWords += length
		u.manifest.Sections++
		id := sectionNumber(number, place)
		add(sectionCollection, place, map[string]any{
			reportProperty: number, sectionProperty: id, countProperty: len(section.Sentences), wordsProperty: heading,
		})
		for _, sentence := range section.Sentences {
			text, length := u.words(report.Quote(sentence.Span), func(c *wordCount) { c.Sentences++ })
			u.manifest.TextWords += length
			add(sentenceCollection, sentence.Index, map[string]any{
				reportProperty: number, sectionProperty: id, sentenceProperty: sentence.Index,
				wordsProperty: text, headingProperty: heading,
			})
		}
	}
	return objects
}

// mostSectionsOfReport is more than a report has. Numbers stay far below 2⁵³, up to which a number of JSON is exact.
const mostSectionsOfReport = 1 << 20

func sectionNumber(report, place int) int { return report*mostSectionsOfReport + place }

// words are the words of a text as Weaviate is given them. Each is counted once.
func (u *updater) words(text string, count func(*wordCount)) (words string, length int) {
	var joined strings.Builder
	seen := make(map[string]bool)
	for word := range retrieval.IndexedWords(text) {
		if length++; length > 1 {
			joined.WriteByte(' ')
		}
		joined.WriteString(word)
		if !seen[word] {
			seen[word] = true
			counted := u.counts[word]
			count(&counted)
			u.counts[strings.Clone(word)] = counted // a word would keep all of its text
		}
	}
	return joined.String(), length
}

// writeCounts writes in how many sentences and sections each word stands.
func (u *updater) writeCounts(ctx context.Context) error {
	spread := make([]wordCounts, countsRecords)
	for i := range spread {
		spread[i] = make(wordCounts)
	}
	for word, count := range u.counts {
		spread[countsNumber(word)][word] = count
	}
	var records []*models.Object
	for number, counts := range spread {
		text, err := json.Marshal(counts)
		if err != nil {
			return err
		}
		record, err := recordObject(u.names, countsRecord(number), text)
		if err != nil {
			return err
		}
		records = append(records, record)
	}
	return u.write(ctx, records)
}

// finish writes the manifest, sees that a machine has all of the version, and makes it the one that counts.
func (u *updater) finish(ctx context.Context, before string) error {
	text, err := json.Marshal(u.manifest)
	if err != nil {
		return err
	}
	record, err := recordObject(u.names, manifestRecord, text)
	if err != nil {
		return err
	}
	if err := u.write(ctx, []*models.Object{record}); err != nil {
		return err
	}
	whole := &Corpus{server: u.server, names: u.names, manifest: u.manifest}
	err = u.retry(ctx, func() error { return u.server.anyHost(ctx, whole.check) })
	if err != nil {
		return fmt.Errorf("新的索引还不完整，原来的没有动：%w", err)
	}
	if err := u.retry(ctx, func() error { return u.server.pointTo(ctx, u.names) }); err != nil {
		return err
	}
	return u.retry(ctx, func() error { return u.server.removeOthers(ctx, u.names.corpus, u.names.version, before) })
}

// describe tells what the cluster holds, and what has become of what it held before.
func (u *updater) describe() {
	for _, e := range u.manifest.Reports {
		switch old, known := u.before.find(e.Key); {
		case !known:
			u.summary.Added++
		case old.SHA256 != e.SHA256:
			u.summary.Changed++
		default:
			u.summary.Unchanged++
		}
	}
	u.summary.Removed = len(u.before.Reports) - u.summary.Changed - u.summary.Unchanged
	u.summary.Reports, u.summary.Sentences = len(u.manifest.Reports), u.manifest.Sentences
	_, copies := retrieval.Distinct(u.manifest.infos())
	u.summary.Copies = len(copies)
}
