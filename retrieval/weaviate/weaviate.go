// Package weaviate keeps an index over the sentences of many reports on a Weaviate cluster, which several programs
// can ask.
//
// A folder of reports goes in through [Update]; words go in through [Corpus.Search], and the sentences of all reports
// that hold them come out, best first, in the same order and with the same scores as from package retrieval/disk:
// Weaviate only fetches candidates. [Corpus.Load] gives back a report as it was indexed.
//
//	config := weaviate.Config{Hosts: []string{"http://10.0.0.1:8080", "http://10.0.0.2:8080"}, Key: key}
//	summary, err := weaviate.Update(ctx, "reports", config, weaviate.Options{})
//	corpus, err := weaviate.Open(ctx, config)
//	found, err := corpus.Search(ctx, retrieval.Query{Terms: terms, Limit: 50})
//
// What goes in and out are words of the one analyser, separated by blanks, which is all that Weaviate is to know of
// them.
package weaviate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/weaviate/weaviate-go-client/v5/weaviate/alias"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/batch"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/connection"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/data"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/db"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/fault"
	"github.com/weaviate/weaviate-go-client/v5/weaviate/schema"
	"golang.org/x/sync/errgroup"

	"wenbao/content"
	"wenbao/retrieval"
)

// ErrAddress tells that the address of a cluster cannot be one.
var ErrAddress = errors.New("地址不对")

// Config says where a cluster is.
type Config struct {
	Hosts []string // the machines, each as http://host:port; see ParseHosts
	Key   string   // of the API; none when empty
	Name  string   // of the corpus, for a cluster that holds several; DefaultName when empty. It begins with a capital letter

	Timeout   time.Duration     // of a request to one machine; DefaultTimeout when 0
	Recheck   time.Duration     // how often IsCurrent asks the cluster; DefaultRecheck when 0
	Transport http.RoundTripper // carries the requests; one of its own when nil
}

// What stands for what a configuration leaves out.
const (
	DefaultName    = "Wenbao"
	DefaultTimeout = 5 * time.Second
	DefaultRecheck = 5 * time.Second
	longestRecheck = time.Second // a cluster that takes longer has other worries
	importTimeout  = time.Minute // of a batch
	connections    = 32          // kept open to each host
)

// Corpus is an index on a cluster, open for reading. It implements [retrieval.Corpus]. Its contents stay the same
// while it is open: an update puts a new version beside them, and leaves them there until the next one. IsCurrent tells
// of it, so that the new one can be opened in its place.
type Corpus struct {
	server   *server
	names    names
	manifest manifest
	numbers  map[int]int // places in the manifest, by the numbers of the reports
	text     retrieval.FieldStatistics
	heading  retrieval.FieldStatistics

	recheck time.Duration

	mu      sync.Mutex
	counts  map[int]wordCounts // by the number of their record; they never change
	checked time.Time          // when the cluster was last asked which version counts
}

var _ retrieval.Corpus = (*Corpus)(nil)

// server is a cluster as its client shows it.
type server struct {
	hosts  *hosts
	rest   *connection.Connection // to whichever of them answers
	schema *schema.API
	alias  *alias.API
	data   *data.API
	batch  *batch.API
	idle   interface{ CloseIdleConnections() }
}

// serverVersion tells the client which forms of requests to use: those of all servers that know aliases.
const serverVersion = "1.32.0"

func connect(config Config) (*server, error) {
	config.Timeout = cmp.Or(config.Timeout, DefaultTimeout)
	var idle interface{ CloseIdleConnections() }
	if config.Transport == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConnsPerHost = connections
		config.Transport, idle = transport, transport
	}
	hosts, err := newHosts(config)
	if err != nil {
		return nil, err
	}
	rest := through(hosts)
	version := db.NewDBVersionSupport(db.NewVersionProvider(func() string { return serverVersion }))
	return &server{
		hosts: hosts, rest: rest, idle: idle,
		schema: schema.New(rest), alias: alias.New(rest), data: data.New(rest, version), batch: batch.New(rest, nil, version),
	}, nil
}

// through is a connection whose requests go a certain way.
func through(transport http.RoundTripper) *connection.Connection {
	const anyHost = "weaviate" // stands for all of them
	c := connection.NewConnection("http", anyHost, &http.Client{Transport: transport, CheckRedirect: stay}, 0, nil)
	// The client's finalizer waits for somebody who is there only with OAuth, and all finalizers of the program with it.
	runtime.SetFinalizer(c, nil)
	return c
}

// stay follows no redirection: the key is for the hosts alone.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func (s *server) close() {
	if s.idle != nil {
		s.idle.CloseIdleConnections()
	}
}

// Open opens the index on a cluster. The errors are ErrNoIndex, ErrOldFormat, ErrDamaged and ErrUnavailable of package
// retrieval; what they say tells a person what to do.
func Open(ctx context.Context, config Config) (*Corpus, error) {
	s, err := connect(config)
	if err != nil {
		return nil, err
	}
	version, err := s.current(ctx, config.name())
	if err != nil {
		return nil, err
	}
	if version == "" {
		return nil, fmt.Errorf("%w，请先运行 wenbao index 报告文件夹 --engine weaviate=地址", retrieval.ErrNoIndex)
	}
	c := &Corpus{
		server: s, names: names{config.name(), version},
		numbers: make(map[int]int), counts: make(map[int]wordCounts),
		recheck: cmp.Or(config.Recheck, DefaultRecheck), checked: time.Now(),
	}
	if err := c.readManifest(ctx); err != nil {
		return nil, err
	}
	s.hosts.check = c.check
	return c, nil
}

func (config Config) name() string {
	if config.Name == "" {
		return DefaultName
	}
	return config.Name
}

func (c *Corpus) readManifest(ctx context.Context) error {
	text, err := c.server.record(ctx, c.names, manifestRecord)
	if err != nil {
		return err
	}
	if c.manifest, err = parseManifest(text); err != nil {
		return err
	}
	for i, e := range c.manifest.Reports {
		c.numbers[e.Number] = i
	}
	c.text, c.heading = c.manifest.statistics()
	return nil
}

// check sees that a machine's copy has all sentences: one that was away while they were written lacks some until the
// others have told it.
func (c *Corpus) check(ctx context.Context, ask http.RoundTripper) error {
	sentences, sections, err := c.names.count(ctx, through(ask))
	if err == nil && (sentences < c.manifest.Sentences || sections < c.manifest.Sections) {
		err = fmt.Errorf("还没有补齐（%d 句，应有 %d 句）", sentences, c.manifest.Sentences)
	}
	return err
}

// Reports lists the reports in the order of their keys.
func (c *Corpus) Reports(context.Context) ([]retrieval.ReportInfo, error) {
	return c.manifest.infos(), nil
}

// loadsAtOnce bounds how many records are read side by side.
const loadsAtOnce = 8

// Load gives back reports as they were indexed, in the order of the keys.
func (c *Corpus) Load(ctx context.Context, keys ...string) ([]*content.Report, error) {
	reports := make([]*content.Report, len(keys))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(loadsAtOnce)
	for i, key := range keys {
		e, known := c.manifest.find(key)
		if !known {
			return nil, errors.Join(fmt.Errorf("%s：%w", key, retrieval.ErrNoReport), group.Wait())
		}
		group.Go(func() error {
			packed, err := c.server.record(ctx, c.names, reportRecord(e.Key))
			if err != nil {
				return err
			}
			if reports[i], err = retrieval.Unpack(packed); err != nil {
				return damaged(fmt.Errorf("%s：%w", e.Key, err))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return reports, nil
}

// Statistics counts in how many sentences each of some words stands.
func (c *Corpus) Statistics(ctx context.Context, words ...string) (retrieval.Statistics, error) {
	counts, err := c.countsOf(ctx, words)
	if err != nil {
		return retrieval.Statistics{}, err
	}
	statistics := retrieval.Statistics{Sentences: c.manifest.Sentences, With: make([]int, len(words))}
	for i, word := range words {
		statistics.With[i] = counts[word].Sentences
	}
	return statistics, nil
}

// IsCurrent tells whether the version that the corpus is open in still is the one that counts. It asks the cluster now and
// then, and takes a version for current while the cluster does not say.
func (c *Corpus) IsCurrent(ctx context.Context) bool {
	if !c.isCheckDue() {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, longestRecheck)
	defer cancel()
	version, err := c.server.current(ctx, c.names.corpus)
	return err != nil || version == "" || version == c.names.version
}

// isCheckDue tells whether the cluster is to be asked again, and that it is being asked.
func (c *Corpus) isCheckDue() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.checked) < c.recheck {
		return false
	}
	c.checked = time.Now()
	return true
}

// Close frees what the corpus holds here; the index stays.
func (c *Corpus) Close() error {
	c.server.close()
	return nil
}

// explained makes an error of the client one of ours: what went wrong below it, or the server's message.
func explained(err error) error {
	var failed *fault.WeaviateClientError
	if !errors.As(err, &failed) {
		return err
	}
	if failed.DerivedFromError != nil {
		var unavailable unavailableError
		if errors.As(failed.DerivedFromError, &unavailable) {
			return unavailable
		}
		return explained(failed.DerivedFromError)
	}
	switch failed.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("%w（Weaviate 说 %d），请把它放在环境变量 %s 里", ErrKey, failed.StatusCode, KeyVariable)
	case http.StatusNotFound:
		return errNotFound
	}
	return fmt.Errorf("不被 Weaviate 接受（%d %s）", failed.StatusCode, shortened(failed.Msg))
}

// KeyVariable is the environment variable for the API's key. There is no flag for it: every process may read the
// flags of the others.
const KeyVariable = "WENBAO_WEAVIATE_API_KEY"

// ErrKey tells that the cluster wants a key, or another one.
var ErrKey = errors.New("API key 不对")

var errNotFound = errors.New("没有这个对象")

// damaged says what to do about an index that lacks something.
func damaged(err error) error {
	return fmt.Errorf("%w（%w），请再运行一次 wenbao index；机器人一直开着的，请重新启动", retrieval.ErrDamaged, err)
}
