package weaviate_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"wenbao/retrieval"
	"wenbao/retrieval/disk"
	"wenbao/retrieval/weaviate"
)

var machines = []string{"http://h1:8080", "http://h2:8080", "http://h3:8080"}

// folder writes a folder of reports, a third of which share their headings.
func folder(t testing.TB, reports int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range reports {
		var text strings.Builder
		fmt.Fprintf(&text, "河口县%d年政府工作报告\n各位代表：\n一、%d年工作回顾\n", 2000+i, 2000+i)
		fmt.Fprintf(&text, "（一）办好教育。新建学校%d所，增加学位1200个。教育支出增长8.%d%%。\n", i+3, i%10)
		fmt.Fprintf(&text, "（二）发展工业。规模以上工业增加值增长%d.5%%，新建5G基站%d个。工业投资增长%d%%。\n", i, 100*i+18, i)
		for j := range i % 7 {
			fmt.Fprintf(&text, "建成公路%d公里，公路建设投资%d亿元。\n", 20*j+i, j+1)
		}
		text.WriteString("二、下一年工作安排\n全年新建公路20公里。工业投资增长10%。\n")
		writeFile(t, filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), text.String())
	}
	return dir
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (f *fake) config() weaviate.Config { return weaviate.Config{Hosts: machines, Transport: f} }

func update(t testing.TB, dir string, config weaviate.Config, options weaviate.Options) disk.Summary {
	t.Helper()
	summary, err := weaviate.Update(t.Context(), dir, config, options)
	if err != nil {
		t.Fatalf("Update: %v", err)
	}
	return summary
}

func open(t testing.TB, config weaviate.Config) *weaviate.Corpus {
	t.Helper()
	corpus, err := weaviate.Open(t.Context(), config)
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

// onDisk indexes a folder on disk.
func onDisk(t testing.TB, dir string) *disk.Corpus {
	t.Helper()
	index := filepath.Join(t.TempDir(), "index")
	if _, err := disk.Update(t.Context(), dir, index, disk.Options{}); err != nil {
		t.Fatal(err)
	}
	corpus, err := disk.Open(index)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = corpus.Close() })
	return corpus
}

// questions are searches of many kinds: common and rare words, of sentences and of headings, weighed and limited.
func questions() []retrieval.Query {
	var queries []retrieval.Query
	for _, text := range []string{
		"新建学校多少所", "工业投资增长", "公路建设投资", "办好教育", "工作回顾", "5G基站", "河口县工作安排", "火星", "增长8.5%", "发展工业新建公路", "新建公路还是新建学校",
	} {
		for _, limit := range []int{1, 5, 60} {
			q := retrieval.Query{Limit: limit}
			for i, token := range retrieval.Analyse(text) {
				q.Terms = append(q.Terms, retrieval.Term{Text: token.Text, Weight: 1 + float64(i%3)})
			}
			some := q
			some.Reports = []string{"03.txt", "11.txt", "nowhere.txt", "04.txt"}
			queries = append(queries, q, some)
		}
	}
	return append(queries, retrieval.Query{Limit: 3}, retrieval.Query{Terms: queries[0].Terms, Reports: []string{}, Limit: 3})
}

// equal compares what two engines find.
func equal(t testing.TB, want, got retrieval.Corpus, queries []retrieval.Query) {
	t.Helper()
	wanted, err := want.Search(t.Context(), queries...)
	if err != nil {
		t.Fatal(err)
	}
	found, err := got.Search(t.Context(), queries...)
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range queries {
		same := slices.EqualFunc(wanted[i], found[i], func(a, b retrieval.Found) bool {
			return a.Report == b.Report && a.Sentence == b.Sentence && math.Abs(a.Score-b.Score) < 1e-12
		})
		if !same {
			t.Errorf("%v\n%s", q, difference(wanted[i], found[i]))
		}
	}
}

// difference tells where two lists part.
func difference(want, got []retrieval.Found) string {
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || want[i].Report != got[i].Report || want[i].Sentence != got[i].Sentence || want[i].Score != got[i].Score {
			const shown = 4
			return fmt.Sprintf("from place %d, of %d and %d\non disk %v\nfound   %v", i, len(want), len(got),
				want[min(i, len(want)):min(i+shown, len(want))], got[min(i, len(got)):min(i+shown, len(got))])
		}
	}
	return "no difference but in the last digits"
}

// Whatever the statistics of the shards are, the sentences are those of the index on disk, in its order and with its
// scores.
func TestSameAsOnDisk(t *testing.T) {
	dir := folder(t, 40)
	for _, shards := range []int{1, 3} {
		t.Run(fmt.Sprint(shards, " shards"), func(t *testing.T) {
			f := newFake(shards)
			summary := update(t, dir, f.config(), weaviate.Options{Shards: shards, Replicas: 3})
			if summary.Added != 40 || summary.Reports != 40 || summary.Sentences < 200 {
				t.Errorf("%+v", summary)
			}
			want, got := onDisk(t, dir), open(t, f.config())
			equal(t, want, got, questions())
			wantInfos, _ := want.Reports(t.Context())
			infos, err := got.Reports(t.Context())
			if err != nil || !reflect.DeepEqual(wantInfos, infos) {
				t.Errorf("Reports: %v, %v, want %v", infos, err, wantInfos)
			}
			wantCounts, _ := want.Statistics(t.Context(), "学校", "工业", "火星")
			counts, err := got.Statistics(t.Context(), "学校", "工业", "火星")
			if err != nil || !reflect.DeepEqual(wantCounts, counts) {
				t.Errorf("Statistics: %v, %v, want %v", counts, err, wantCounts)
			}
			wantReports, _ := want.Load(t.Context(), "07.txt", "00.txt")
			reports, err := got.Load(t.Context(), "07.txt", "00.txt")
			if err != nil || !reflect.DeepEqual(wantReports, reports) {
				t.Errorf("Load: %v, %v", reports, err)
			}
			if _, err := got.Load(t.Context(), "nowhere.txt"); !errors.Is(err, retrieval.ErrNoReport) {
				t.Errorf("Load of nothing: %v", err)
			}
		})
	}
}

// Readers see a version whole or not at all, and those who have one open keep it.
func TestVersions(t *testing.T) {
	dir, f := folder(t, 5), newFake(1)
	if _, err := weaviate.Open(t.Context(), f.config()); !errors.Is(err, retrieval.ErrNoIndex) {
		t.Errorf("nothing indexed: %v", err)
	}
	update(t, dir, f.config(), weaviate.Options{})
	before := open(t, f.config())
	if s := update(t, dir, f.config(), weaviate.Options{}); s.Unchanged != 5 || s.Added != 0 {
		t.Errorf("the same again: %+v", s)
	}
	requests := len(f.requests)
	update(t, dir, f.config(), weaviate.Options{})
	if n := len(f.requests) - requests; n > 3 {
		t.Errorf("%d requests to see that nothing is to do", n)
	}

	writeFile(t, filepath.Join(dir, "00.txt"), "临江县2020年政府工作报告\n一、办好教育\n新建学校99所。\n")
	writeFile(t, filepath.Join(dir, "99.txt"), "东山县2020年政府工作报告\n一、办好教育\n新建学校7所。\n")
	if err := os.Remove(filepath.Join(dir, "01.txt")); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	f.refuse = func(class string) error {
		if strings.HasSuffix(class, "Record") {
			stop() // when the sentences are there
		}
		return nil
	}
	if _, err := weaviate.Update(stopped, dir, f.config(), weaviate.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("an update that is stopped: %v", err)
	}
	f.refuse = nil
	if infos, _ := open(t, f.config()).Reports(t.Context()); len(infos) != 5 || infos[0].Place != "河口县" {
		t.Errorf("readers see half of an update: %+v", infos)
	}
	summary := update(t, dir, f.config(), weaviate.Options{})
	if summary.Added != 1 || summary.Changed != 1 || summary.Removed != 1 || summary.Unchanged != 3 || summary.Resumed != 5 {
		t.Errorf("after the interruption: %+v", summary)
	}
	equal(t, onDisk(t, dir), open(t, f.config()), questions())
	if found, err := before.Search(t.Context(), questions()[0]); err != nil || len(found[0]) == 0 {
		t.Errorf("who has the version of before open: %v, %v", found, err)
	}

	writeFile(t, filepath.Join(dir, "99.txt"), "东山县2020年政府工作报告\n一、办好教育\n新建学校8所。\n")
	update(t, dir, f.config(), weaviate.Options{})
	if len(f.classes) != 6 {
		t.Errorf("%d collections, want those of two versions", len(f.classes))
	}
	if _, err := before.Search(t.Context(), questions()[0]); !errors.Is(err, retrieval.ErrDamaged) {
		t.Errorf("a version that is gone: %v", err)
	}
}

// Who has a version open learns of the next one, asks for it only now and then, and keeps its own while nobody answers.
func TestIsCurrent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir, f := folder(t, 3), newFake(1)
		update(t, dir, f.config(), weaviate.Options{})
		corpus := open(t, f.config())
		asked := len(f.requests)
		if !corpus.IsCurrent(t.Context()) || len(f.requests) != asked {
			t.Errorf("just opened: asked %d times, want none", len(f.requests)-asked)
		}
		time.Sleep(weaviate.DefaultRecheck)
		asked = len(f.requests)
		for range 3 {
			if !corpus.IsCurrent(t.Context()) {
				t.Error("unchanged: not current")
			}
		}
		if n := len(f.requests) - asked; n != 1 {
			t.Errorf("asked %d times, want once", n)
		}
		writeFile(t, filepath.Join(dir, "99.txt"), "东山县2020年政府工作报告\n一、办好教育\n新建学校7所。\n")
		update(t, dir, f.config(), weaviate.Options{})
		silent := func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() }
		f.with(func() { f.fail = map[string]failure{"h1:8080": silent, "h2:8080": silent, "h3:8080": silent} })
		time.Sleep(weaviate.DefaultRecheck)
		if start := time.Now(); !corpus.IsCurrent(t.Context()) || time.Since(start) > time.Second {
			t.Errorf("nobody answers: not current, or after %v", time.Since(start))
		}
		f.with(func() { f.fail = make(map[string]failure) })
		time.Sleep(weaviate.DefaultRecheck)
		if corpus.IsCurrent(t.Context()) {
			t.Error("current, though there is a newer one")
		}
	})
}

func TestUnreadableFiles(t *testing.T) {
	dir, f := folder(t, 2), newFake(1)
	writeFile(t, filepath.Join(dir, "00a.txt"), "")
	summary := update(t, dir, f.config(), weaviate.Options{})
	if len(summary.Problems) != 1 || summary.Reports != 2 {
		t.Errorf("%+v", summary)
	}
	equal(t, onDisk(t, dir), open(t, f.config()), questions())
	if _, err := weaviate.Update(t.Context(), t.TempDir(), f.config(), weaviate.Options{}); !errors.Is(err, disk.ErrNoFile) {
		t.Errorf("an empty folder: %v", err)
	}
}

// down is a machine that nobody reaches.
func down(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }

// unwell is a machine that cannot answer.
func unwell(*http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	http.Error(recorder, "leader not found", http.StatusInternalServerError)
	return recorder.Result(), nil
}

// silent is a machine that does not answer.
func silent(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// While a machine answers, questions are answered: at once where another refuses, after a timeout where it is silent.
// One that keeps failing is left alone, and tried again later.
func TestFailover(t *testing.T) {
	for name, fail := range map[string]failure{"down": down, "unwell": unwell, "silent": silent} {
		t.Run(name, func(t *testing.T) {
			dir, f := folder(t, 5), newFake(1)
			update(t, dir, f.config(), weaviate.Options{})
			want := onDisk(t, dir)
			synctest.Test(t, func(t *testing.T) {
				got := open(t, f.config())
				f.with(func() { f.fail["h1:8080"], f.fail["h3:8080"] = fail, fail })
				equal(t, want, got, questions())
				toDead := f.count("h1:8080")
				equal(t, want, got, questions())
				if n := f.count("h1:8080") - toDead; n > 1 {
					t.Errorf("%d requests to a machine that has failed all the time", n)
				}
				f.with(func() { clear(f.fail) })
				time.Sleep(time.Minute) // of the bubble's clock
				alive := f.count("h1:8080")
				equal(t, want, got, questions())
				if f.count("h1:8080") == alive {
					t.Error("a machine that is back is not asked")
				}
			})
		})
	}
}

// count counts the requests to a machine.
func (f *fake) count(machine string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, r := range f.requests {
		if r.URL.Host == machine {
			n++
		}
	}
	return n
}

func TestAllDown(t *testing.T) {
	dir, f := folder(t, 2), newFake(1)
	update(t, dir, f.config(), weaviate.Options{})
	synctest.Test(t, func(t *testing.T) {
		corpus := open(t, f.config())
		f.with(func() { f.fail["h1:8080"], f.fail["h2:8080"], f.fail["h3:8080"] = down, unwell, down })
		for range 3 {
			_, err := corpus.Search(t.Context(), questions()[0])
			if !errors.Is(err, retrieval.ErrUnavailable) || !strings.Contains(err.Error(), "h2:8080") {
				t.Errorf("nobody answers: %v", err)
			}
		}
		requests := len(f.requests)
		_, err := corpus.Search(t.Context(), questions()[0])
		if len(f.requests) > requests || !errors.Is(err, retrieval.ErrUnavailable) || !strings.Contains(err.Error(), "先停一会儿") {
			t.Errorf("%d requests, %v", len(f.requests)-requests, err)
		}
		stopped, stop := context.WithCancel(t.Context())
		stop()
		if _, err := corpus.Search(stopped, questions()[0]); !errors.Is(err, context.Canceled) {
			t.Errorf("who does not wait: %v", err)
		}
	})
}

// A machine that missed what was written while it was away is not asked until it has been told.
func TestLaggingMachine(t *testing.T) {
	dir, f := folder(t, 5), newFake(1)
	update(t, dir, f.config(), weaviate.Options{})
	want, got := onDisk(t, dir), open(t, f.config())
	f.with(func() { f.lagging["h1:8080"], f.lagging["h2:8080"] = true, true })
	equal(t, want, got, questions())
	f.with(func() { f.lagging["h3:8080"] = true })
	if _, err := weaviate.Update(t.Context(), dir, f.config(), weaviate.Options{}); err != nil {
		t.Errorf("nothing is to do: %v", err)
	}
	if _, err := open(t, f.config()).Search(t.Context(), questions()[0]); err == nil || !strings.Contains(err.Error(), "还没有补齐") {
		t.Errorf("no machine is whole: %v", err)
	}
}

// What fails on the way in is sent again, and an update that cannot go on changes nothing.
func TestImportTriesAgain(t *testing.T) {
	dir, f := folder(t, 30), newFake(1)
	f.fail["h2:8080"] = down
	refused := 0
	f.refuse = func(class string) error {
		if refused++; refused%3 == 1 && refused < 300 {
			return errors.New("cannot reach enough replicas")
		}
		return nil
	}
	synctest.Test(t, func(t *testing.T) { update(t, dir, f.config(), weaviate.Options{}) })
	f.refuse = nil
	equal(t, onDisk(t, dir), open(t, f.config()), questions())

	writeFile(t, filepath.Join(dir, "99.txt"), "东山县2020年政府工作报告\n一、办好教育\n新建学校7所。\n")
	f.refuse = func(string) error { return errors.New("disk is full") }
	synctest.Test(t, func(t *testing.T) {
		if _, err := weaviate.Update(t.Context(), dir, f.config(), weaviate.Options{}); err == nil || !strings.Contains(err.Error(), "disk is full") {
			t.Errorf("nothing is taken: %v", err)
		}
	})
	if infos, _ := open(t, f.config()).Reports(t.Context()); len(infos) != 30 {
		t.Errorf("%d reports after an update that failed, want those of before", len(infos))
	}
}

func TestKey(t *testing.T) {
	const key = "s3cret-key"
	dir, f := folder(t, 2), newFake(1)
	f.key = key
	config := f.config()
	if _, err := weaviate.Update(t.Context(), dir, config, weaviate.Options{}); !errors.Is(err, weaviate.ErrKey) || !strings.Contains(err.Error(), weaviate.KeyVariable) {
		t.Errorf("without the key: %v", err)
	}
	config.Key = key
	update(t, dir, config, weaviate.Options{})
	corpus := open(t, config)
	f.fail["h1:8080"], f.fail["h2:8080"] = unwell, down
	f.fail["h3:8080"] = func(*http.Request) (*http.Response, error) { // sends elsewhere
		recorder := httptest.NewRecorder()
		recorder.Header().Set("Location", "http://elsewhere/")
		recorder.WriteHeader(http.StatusTemporaryRedirect)
		return recorder.Result(), nil
	}
	for range 6 {
		if _, err := corpus.Search(t.Context(), questions()[0]); err == nil || strings.Contains(err.Error(), key) {
			t.Errorf("the error is %v", err)
		}
	}
	if f.count("elsewhere") > 0 {
		t.Error("the key goes elsewhere")
	}
}

func TestOtherFormats(t *testing.T) {
	dir, f := folder(t, 2), newFake(1)
	update(t, dir, f.config(), weaviate.Options{})
	for _, class := range f.classes {
		clear(class)
	}
	if _, err := weaviate.Open(t.Context(), f.config()); !errors.Is(err, retrieval.ErrDamaged) {
		t.Errorf("without a manifest: %v", err)
	}
	if s := update(t, dir, f.config(), weaviate.Options{}); s.Added != 2 {
		t.Errorf("what is damaged is not written again: %+v", s)
	}
	open(t, f.config())
	f.aliases[weaviate.DefaultName] = "Elsewhere"
	if _, err := weaviate.Open(t.Context(), f.config()); !errors.Is(err, retrieval.ErrDamaged) {
		t.Errorf("an alias of somebody else's: %v", err)
	}
}

func TestSettings(t *testing.T) {
	f := newFake(1)
	update(t, folder(t, 1), f.config(), weaviate.Options{Shards: 4, Replicas: 3})
	for name, setting := range f.settings {
		for _, want := range []string{`"desiredCount":4`, `"factor":3`, `"asyncEnabled":true`, `"skip":true`, `"vectorizer":"none"`} {
			if !strings.Contains(string(setting), want) {
				t.Errorf("%s: %s lacks %s", name, setting, want)
			}
		}
		if !strings.HasSuffix(name, "Record") && !strings.Contains(string(setting), `"tokenization":"whitespace"`) {
			t.Errorf("%s: Weaviate cuts words itself: %s", name, setting)
		}
	}
}

func TestParseHosts(t *testing.T) {
	hosts, err := weaviate.ParseHosts("http://h1:8080, https://h2/")
	if err != nil || !slices.Equal(hosts, []string{"http://h1:8080", "https://h2"}) {
		t.Errorf("%v, %v", hosts, err)
	}
	for _, text := range []string{"", "h1:8080", "ftp://h1", "http://", "http://h1,,http://h2", "http://u:secret@h1", "http://h1/v1", "http://h1?x=1", "http://%zz"} {
		if _, err := weaviate.ParseHosts(text); !errors.Is(err, weaviate.ErrAddress) || strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
