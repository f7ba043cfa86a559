package disk_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"wenbao/content"
	"wenbao/retrieval"
	"wenbao/retrieval/disk"
)

// reports are the files of a small folder.
func reports() map[string]string {
	files := make(map[string]string)
	for i, town := range []string{"河口县", "临江县", "东山县", "南湖县", "北川县"} {
		files[fmt.Sprintf("%s/202%d.txt", town, i)] = fmt.Sprintf(`%s政府工作报告
各位代表：
一、202%d年工作回顾
（一）办好教育。新建学校%d所，增加学位1200个。教育支出增长8.%d%%。
（二）发展工业。规模以上工业增加值增长%d.5%%，新建5G基站%d个。
二、下一年工作安排
全年新建公路20公里。工业投资增长10%%。`, town, i, i+3, i, i+5, 100*i+18)
	}
	return files
}

func write(t testing.TB, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

// small has every report in a batch of its own, one after another.
var small = disk.Options{Workers: 1, BatchSentences: 1}

func update(t testing.TB, folder, dir string, options disk.Options) disk.Summary {
	t.Helper()
	summary, err := disk.Update(context.Background(), folder, dir, options)
	if err != nil {
		t.Fatalf("Update: %v", err)
	}
	return summary
}

func open(t testing.TB, dir string) *disk.Corpus {
	t.Helper()
	corpus, err := disk.Open(dir)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := corpus.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return corpus
}

func query(text string, limit int, keys ...string) retrieval.Query {
	q := retrieval.Query{Limit: limit, Reports: keys}
	for i, token := range retrieval.Analyse(text) {
		q.Terms = append(q.Terms, retrieval.Term{Text: token.Text, Weight: 1 + float64(i%3)})
	}
	return q
}

func search(t testing.TB, corpus *disk.Corpus, q retrieval.Query) []retrieval.Found {
	t.Helper()
	found, err := corpus.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("Search: %v", err)
	}
	return found[0]
}

// quotes are what a query finds, with the reports' keys.
func quotes(t testing.TB, corpus *disk.Corpus, q retrieval.Query) []string {
	t.Helper()
	var texts []string
	for _, found := range search(t, corpus, q) {
		report, err := corpus.Load(context.Background(), found.Report)
		if err != nil {
			t.Fatalf("Load: %v", err)
		}
		sentence := slices.Collect(report[0].Sentences())[found.Sentence]
		texts = append(texts, found.Report+" "+report[0].Quote(sentence.Span))
	}
	return texts
}

func TestReportsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	folder, dir := t.TempDir(), t.TempDir()
	write(t, folder, reports())
	update(t, folder, dir, disk.Options{})
	corpus := open(t, dir)
	infos, err := corpus.Reports(context.Background())
	if err != nil || len(infos) != len(reports()) {
		t.Fatalf("Reports: %d, %v; want %d", len(infos), err, len(reports()))
	}
	for _, info := range infos {
		want, err := content.Load(filepath.Join(folder, info.Key))
		if err != nil {
			t.Fatal(err)
		}
		got, err := corpus.Load(context.Background(), info.Key)
		if err != nil || !reflect.DeepEqual(got[0], want) {
			t.Errorf("%s comes back as %+v, %v; want %+v", info.Key, got, err, want)
		}
		if info.Title != want.Title || info.Place != want.Place || info.Year != want.Year || info.Path != filepath.Join(folder, info.Key) {
			t.Errorf("%s is listed as %+v", info.Key, info)
		}
	}
	if _, err := corpus.Load(context.Background(), "nowhere.txt"); !errors.Is(err, retrieval.ErrNoReport) {
		t.Errorf("Load of no report: %v", err)
	}
}

func TestSearchFindsTheSentence(t *testing.T) {
	t.Parallel()
	folder, dir := t.TempDir(), t.TempDir()
	write(t, folder, reports())
	update(t, folder, dir, disk.Options{})
	corpus := open(t, dir)
	for _, test := range []struct {
		query retrieval.Query
		want  []string
	}{
		{query("5G基站218个", 1), []string{"东山县/2022.txt 规模以上工业增加值增长7.5%，新建5G基站218个。"}},
		{query("学校", 9, "河口县/2020.txt"), []string{
			"河口县/2020.txt 新建学校3所，增加学位1200个。",
		}},
		{query("学校", 2), []string{"东山县/2022.txt 新建学校5所，增加学位1200个。", "临江县/2021.txt 新建学校4所，增加学位1200个。"}}, // by key
		{query("火星", 9), nil},
		{query("学校", 0), nil},
		{query("学校", 9, "nowhere.txt"), nil},
	} {
		if got := quotes(t, corpus, test.query); !slices.Equal(got, test.want) {
			t.Errorf("%v finds %q, want %q", test.query, got, test.want)
		}
	}
	q := query("学校", 9)
	q.Reports = []string{}
	if got := quotes(t, corpus, q); len(got) > 0 {
		t.Errorf("a search in no report finds %q", got)
	}
	statistics, err := corpus.Statistics(context.Background(), "学校", "火星")
	if err != nil || statistics.Sentences != 25 || !slices.Equal(statistics.With, []int{5, 0}) {
		t.Errorf("Statistics: %+v, %v", statistics, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := corpus.Load(ctx, "河口县/2020.txt"); !errors.Is(err, context.Canceled) {
		t.Errorf("Load with an ended context: %v", err)
	}
}

// exhaustive scores every sentence by the formula as the package states it, without any index.
func exhaustive(t testing.TB, corpus *disk.Corpus, q retrieval.Query) []retrieval.Found {
	t.Helper()
	type text struct {
		words  map[string]float64
		length float64
	}
	analyse := func(s string) text {
		x := text{words: make(map[string]float64)}
		for _, token := range retrieval.Analyse(s) {
			for _, word := range append([]string{token.Text}, token.Parts...) {
				x.words[word]++
				x.length++
			}
		}
		return x
	}
	var texts, headings []text // of all sentences, and of all sections
	var all []retrieval.Found
	var sections []int // of all sentences
	infos, _ := corpus.Reports(context.Background())
	for _, info := range infos {
		loaded, err := corpus.Load(context.Background(), info.Key)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range loaded[0].Sections {
			if len(section.Sentences) == 0 {
				continue
			}
			headings = append(headings, analyse(strings.Join(section.Path(loaded[0]), "\n")))
			for _, sentence := range section.Sentences {
				texts = append(texts, analyse(loaded[0].Quote(sentence.Span)))
				all = append(all, retrieval.Found{Report: info.Key, Sentence: sentence.Index})
				sections = append(sections, len(headings)-1)
			}
		}
	}
	scorer := func(texts []text, word string) func(text) float64 {
		n, mean := 0.0, 0.0
		for _, x := range texts {
			mean += x.length / float64(len(texts))
			if x.words[word] > 0 {
				n++
			}
		}
		idf := math.Log(1 + (float64(len(texts))-n+0.5)/(n+0.5))
		return func(x text) float64 {
			tf := x.words[word]
			return idf * tf / (tf + 1.2*(0.25+0.75*x.length/mean))
		}
	}
	for _, term := range q.Terms {
		ofText, ofHeading := scorer(texts, term.Text), scorer(headings, term.Text)
		for i := range all {
			all[i].Score += term.Weight * (ofText(texts[i]) + 0.4*ofHeading(headings[sections[i]]))
		}
	}
	all = slices.DeleteFunc(all, func(f retrieval.Found) bool { return f.Score == 0 })
	slices.SortStableFunc(all, func(a, b retrieval.Found) int { return cmp.Compare(b.Score, a.Score) })
	return all[:min(q.Limit, len(all))]
}

// The search leaves out what cannot be among the first, and finds the same as scoring all.
func TestSearchEqualsExhaustiveScoring(t *testing.T) {
	t.Parallel()
	folder, dir := t.TempDir(), t.TempDir()
	write(t, folder, reports())
	embedded, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	write(t, folder, map[string]string{"qingdao.txt": embedded.Text})
	update(t, folder, dir, disk.Options{BatchSentences: 20})
	corpus := open(t, dir)
	for sentence := range embedded.Sentences() {
		for _, limit := range []int{1, 5, 50} {
			q := query(embedded.Quote(sentence.Span), limit)
			got, want := search(t, corpus, q), exhaustive(t, corpus, q)
			if len(got) != len(want) {
				t.Fatalf("%v: %d found, want %d", q, len(got), len(want))
			}
			for i := range got {
				if math.Abs(got[i].Score-want[i].Score) > 1e-4 {
					t.Errorf("%v: number %d is %+v, want %+v", q, i, got[i], want[i])
					break
				}
			}
			if limit == 5 && sentence.Index%8 > 0 {
				break // the oracle is slow
			}
		}
	}
}

func TestUpdatePicksUpWhatHasChanged(t *testing.T) {
	t.Parallel()
	folder, dir := t.TempDir(), t.TempDir()
	write(t, folder, reports())
	path := func(name string) string { return filepath.Join(folder, filepath.FromSlash(name)) }
	for _, step := range []struct {
		name   string
		change func() error
		want   disk.Summary // its counts of reports
	}{
		{"first", func() error { return nil }, disk.Summary{Added: 5}},
		{"nothing", func() error { return nil }, disk.Summary{Unchanged: 5}},
		{"touched", func() error { return os.Chtimes(path("河口县/2020.txt"), time.Time{}, time.Unix(1e9, 0)) }, disk.Summary{Unchanged: 5}},
		{"added", func() error {
			return os.WriteFile(path("新.txt"), []byte("新县工作总结\n新建桥梁7座。"), 0o644)
		}, disk.Summary{Added: 1, Unchanged: 5}},
		{"changed", func() error {
			return os.WriteFile(path("新.txt"), []byte("新县工作总结\n新建隧道9条。"), 0o644)
		}, disk.Summary{Changed: 1, Unchanged: 5}},
		{"renamed", func() error { return os.Rename(path("新.txt"), path("旧.txt")) }, disk.Summary{Added: 1, Removed: 1, Unchanged: 5}},
		{"broken", func() error { return os.WriteFile(path("旧.txt"), nil, 0o644) }, disk.Summary{Removed: 1, Unchanged: 5}},
		{"removed", func() error { return os.RemoveAll(path("河口县")) }, disk.Summary{Removed: 1, Unchanged: 4}},
	} {
		if err := step.change(); err != nil {
			t.Fatal(err)
		}
		got := update(t, folder, dir, small)
		if got.Added != step.want.Added || got.Changed != step.want.Changed || got.Removed != step.want.Removed || got.Unchanged != step.want.Unchanged {
			t.Errorf("%s: %+v, want %+v", step.name, got, step.want)
		}
		if step.name == "changed" {
			corpus := open(t, dir)
			if got := quotes(t, corpus, query("桥梁", 9)); len(got) > 0 {
				t.Errorf("what has been changed is still found: %q", got)
			}
			if got := quotes(t, corpus, query("隧道", 9)); !slices.Equal(got, []string{"新.txt 新建隧道9条。"}) {
				t.Errorf("what it has been changed to is not found: %q", got)
			}
		}
	}
	if entries, _ := filepath.Glob(filepath.Join(dir, "generation-*")); len(entries) != 1 {
		t.Errorf("generations left: %q", entries)
	}
}

// A reader keeps the state that it opened, and the next one sees the new one.
func TestReadersAreNotDisturbed(t *testing.T) {
	t.Parallel()
	folder, dir := t.TempDir(), t.TempDir()
	write(t, folder, reports())
	update(t, folder, dir, small)
	before := open(t, dir)
	write(t, folder, map[string]string{"河口县/2020.txt": "河口县工作总结\n新建机场1座。"})
	update(t, folder, dir, small)
	if got := quotes(t, before, query("学校3所", 1)); len(got) != 1 || !strings.Contains(got[0], "新建学校3所") {
		t.Errorf("the reader of before finds %q", got)
	}
	if got := quotes(t, open(t, dir), query("机场", 1)); len(got) != 1 {
		t.Errorf("the next reader finds %q", got)
	}
}

// interrupt ends an update when so many files are done.
func interrupt(t *testing.T, folder, dir string, files int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	options := small
	options.Progress = func(p disk.Progress) {
		if p.Files == files {
			cancel()
		}
	}
	if _, err := disk.Update(ctx, folder, dir, options); !errors.Is(err, context.Canceled) {
		t.Fatalf("an interrupted update ends with %v", err)
	}
}

func TestInterruptedUpdateGoesOn(t *testing.T) {
	t.Parallel()
	for files := 1; files <= 4; files++ {
		folder, dir, whole := t.TempDir(), t.TempDir(), t.TempDir()
		write(t, folder, reports())
		interrupt(t, folder, dir, files)
		if _, err := disk.Open(dir); !errors.Is(err, retrieval.ErrNoIndex) {
			t.Errorf("Open of an unfinished index: %v", err)
		}
		if got := update(t, folder, dir, small); got.Resumed != files || got.Added != 5 {
			t.Errorf("resumed after %d files: %+v", files, got)
		}
		update(t, folder, whole, disk.Options{})
		sameAnswers(t, open(t, dir), open(t, whole))
	}
}

// What changes between an interruption and the next update is seen; until then, readers have the state of before.
func TestInterruptedUpdateThenChange(t *testing.T) {
	t.Parallel()
	folder, dir, whole := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, folder, map[string]string{"旧.txt": "旧县工作总结\n新建桥梁7座。"})
	update(t, folder, dir, small)
	write(t, folder, reports())
	interrupt(t, folder, dir, 2)
	if infos, err := open(t, dir).Reports(context.Background()); err != nil || len(infos) != 1 {
		t.Errorf("while unfinished: %v, %v", infos, err)
	}
	changed := reports()
	for name := range changed {
		changed[name] += "\n今年另建水库1座。"
	}
	write(t, folder, changed)
	if err := os.Remove(filepath.Join(folder, "旧.txt")); err != nil {
		t.Fatal(err)
	}
	update(t, folder, dir, small)
	update(t, folder, whole, disk.Options{})
	sameAnswers(t, open(t, dir), open(t, whole))
}

func sameAnswers(t *testing.T, a, b *disk.Corpus) {
	t.Helper()
	for _, text := range []string{"新建学校多少所", "5G基站", "工业投资增长", "水库", "桥梁"} {
		q := query(text, 50)
		if got, want := quotes(t, a, q), quotes(t, b, q); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// killVariable makes the test program update an index, as folder:index, and kill itself in the middle of it.
const killVariable = "WENBAO_TEST_KILL"

func TestMain(m *testing.M) {
	if folder, dir, ok := strings.Cut(os.Getenv(killVariable), "\n"); ok {
		options := small
		options.Progress = func(p disk.Progress) {
			if p.Files == 2 {
				process, _ := os.FindProcess(os.Getpid())
				_ = process.Kill()
				select {} // the kill comes at any moment
			}
		}
		_, err := disk.Update(context.Background(), folder, dir, options)
		fmt.Fprintln(os.Stderr, "not killed:", err)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestKilledUpdateGoesOn(t *testing.T) {
	t.Parallel()
	folder, dir, whole := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, folder, reports())
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	killed := exec.Command(program)
	killed.Env = append(os.Environ(), killVariable+"="+folder+"\n"+dir)
	if out, err := killed.CombinedOutput(); err == nil {
		t.Fatalf("the update was not killed: %s", out)
	}
	if got := update(t, folder, dir, small); got.Resumed < 2 || got.Added != 5 {
		t.Errorf("resumed after a kill: %+v", got)
	}
	update(t, folder, whole, disk.Options{})
	sameAnswers(t, open(t, dir), open(t, whole))
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	t.Parallel()
	folder, dir := t.TempDir(), t.TempDir()
	write(t, folder, reports())
	write(t, folder, map[string]string{"a.txt": "", "b.bin": "\x00\x01\x02", ".hidden": "x", "~$c.docx": "x"})
	if err := os.Symlink("/etc/hostname", filepath.Join(folder, "link.txt")); err != nil {
		t.Skip(err)
	}
	summary := update(t, folder, dir, disk.Options{})
	if summary.Added != 5 || len(summary.Problems) != 3 {
		t.Fatalf("%+v, want 5 reports and 3 problems", summary)
	}
	for i, want := range []error{content.ErrEmpty, content.ErrBinary, content.ErrOutside} {
		if !errors.Is(summary.Problems[i], want) {
			t.Errorf("problem %d is %v, want %v", i, summary.Problems[i], want)
		}
	}
}

func TestUpdateRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write(t, folder, reports())
	other := t.TempDir()
	write(t, other, map[string]string{"photo.jpg": "x"})
	for name, test := range map[string]struct {
		folder, dir string
		want        error
	}{
		"no folder":        {filepath.Join(folder, "missing"), t.TempDir(), os.ErrNotExist},
		"a file":           {filepath.Join(folder, "河口县/2020.txt"), t.TempDir(), os.ErrInvalid},
		"a used folder":    {folder, other, disk.ErrNotIndex},
		"no report at all": {other, t.TempDir(), disk.ErrNoFile},
		"an empty folder":  {t.TempDir(), t.TempDir(), disk.ErrNoFile},
	} {
		if _, err := disk.Update(context.Background(), test.folder, test.dir, small); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	dir := t.TempDir()
	options, tried := small, false
	options.Progress = func(disk.Progress) {
		if !tried {
			tried = true
			if _, err := disk.Update(context.Background(), folder, dir, small); !errors.Is(err, disk.ErrBusy) {
				t.Errorf("a second writer: %v, want %v", err, disk.ErrBusy)
			}
		}
	}
	update(t, folder, dir, options)
}

func TestUnusableIndexes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(t *testing.T, dir string)
		want  error
	}{
		"none":              {func(t *testing.T, dir string) { must(t, os.RemoveAll(dir)) }, retrieval.ErrNoIndex},
		"of another format": {func(t *testing.T, dir string) { edit(t, dir, `"format":`, `"format":99`) }, retrieval.ErrOldFormat},
		"of other words":    {func(t *testing.T, dir string) { edit(t, dir, `"words":"`, `"words":"0`) }, retrieval.ErrOldFormat},
		"no manifest left":  {func(t *testing.T, dir string) { must(t, os.WriteFile(filepath.Join(dir, "manifest.json"), nil, 0o644)) }, retrieval.ErrDamaged},
		"a wrong count":     {func(t *testing.T, dir string) { edit(t, dir, `"sentences":5`, `"sentences":6`) }, retrieval.ErrDamaged},
		"a segment cut short": {func(t *testing.T, dir string) {
			for _, path := range segments(t, dir) {
				must(t, os.Truncate(path, 10))
			}
		}, retrieval.ErrDamaged},
		"a segment missing": {func(t *testing.T, dir string) { must(t, os.Remove(segments(t, dir)[0])) }, retrieval.ErrDamaged},
		"a generation missing": {func(t *testing.T, dir string) {
			must(t, os.RemoveAll(filepath.Join(dir, "generation-1")))
		}, retrieval.ErrDamaged},
		"bleve's root overwritten": {func(t *testing.T, dir string) {
			path := filepath.Join(dir, "generation-1", "bleve", "store", "root.bolt")
			info, err := os.Stat(path)
			must(t, err)
			must(t, os.WriteFile(path, make([]byte, info.Size()), 0o600))
		}, retrieval.ErrDamaged},
	} {
		folder, dir := t.TempDir(), t.TempDir()
		write(t, folder, reports())
		update(t, folder, dir, disk.Options{})
		test.spoil(t, dir)
		if corpus, err := disk.Open(dir); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, %v; want %v", name, corpus, err, test.want)
		}
		// Whatever it was, the next update makes it good.
		if got := update(t, folder, dir, disk.Options{}); got.Reports != 5 {
			t.Errorf("%s: updated to %+v", name, got)
		}
		if got := search(t, open(t, dir), query("学校", 50)); len(got) != 5 {
			t.Errorf("%s: after the update, finds %v", name, got)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func edit(t *testing.T, dir, old, new string) {
	t.Helper()
	path := filepath.Join(dir, "manifest.json")
	data, err := os.ReadFile(path)
	must(t, err)
	if !strings.Contains(string(data), old) {
		t.Fatalf("the manifest has no %s: %s", old, data)
	}
	must(t, os.WriteFile(path, []byte(strings.Replace(string(data), old, new, 1)), 0o644))
}

func segments(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "generation-1", "bleve", "store", "*.zap"))
	must(t, err)
	if len(paths) == 0 {
		t.Fatal("the index has no segment")
	}
	return paths
}
