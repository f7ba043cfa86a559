package weaviate_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenbao/retrieval/weaviate"
)

// serverVariable names a weaviate-server, of which the tests start three:
//
//	go install github.com/weaviate/weaviate/cmd/weaviate-server@v1.35.2
//	WENBAO_WEAVIATE_SERVER=$(go env GOPATH)/bin/weaviate-server go test ./retrieval/weaviate
const serverVariable = "WENBAO_WEAVIATE_SERVER"

// patience is how long a test waits for a cluster that should be there in some seconds.
const patience = 2 * time.Minute

// node is one machine of a cluster on the loopback.
type node struct {
	t           *testing.T
	address     string // host:port
	environment []string
	process     *exec.Cmd
	log         *nodeLog
}

// startCluster starts nodes that find one another.
func startCluster(t *testing.T, size int) []*node {
	t.Helper()
	if os.Getenv(serverVariable) == "" {
		t.Skipf("%s names no weaviate-server", serverVariable)
	}
	var first []int // ports of the nodes
	var join []string
	for i := range size {
		first = append(first, freePorts(t))
		join = append(join, fmt.Sprintf("n%d:%d", i+1, first[i]+3))
	}
	var nodes []*node
	for i, port := range first {
		n := &node{t: t, address: fmt.Sprintf("127.0.0.1:%d", port), environment: append(os.Environ(),
			fmt.Sprintf("CLUSTER_HOSTNAME=n%d", i+1), fmt.Sprintf("CLUSTER_GOSSIP_BIND_PORT=%d", port+1),
			fmt.Sprintf("CLUSTER_DATA_BIND_PORT=%d", port+2), fmt.Sprintf("RAFT_PORT=%d", port+3),
			fmt.Sprintf("RAFT_INTERNAL_RPC_PORT=%d", port+4), fmt.Sprintf("GRPC_PORT=%d", port+5),
			fmt.Sprintf("GO_PROFILING_PORT=%d", port+6), fmt.Sprintf("PROMETHEUS_MONITORING_PORT=%d", port+7),
			"CLUSTER_IN_LOCALHOST=true", "CLUSTER_ADVERTISE_ADDR=127.0.0.1", "RAFT_JOIN="+strings.Join(join, ","),
			fmt.Sprintf("RAFT_BOOTSTRAP_EXPECT=%d", size), "DEFAULT_VECTORIZER_MODULE=none",
			"USE_BLOCKMAX_WAND=false", // which loses sentences
			"AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED=true", "DISABLE_TELEMETRY=true", "PERSISTENCE_DATA_PATH="+t.TempDir(),
		)}
		if i > 0 {
			n.environment = append(n.environment, fmt.Sprintf("CLUSTER_JOIN=127.0.0.1:%d", first[0]+1))
		}
		nodes = append(nodes, n)
	}
	for i, n := range nodes {
		n.start()
		if i == 0 {
			n.log.await("attempting to join") // the others end when they do not find it
		}
	}
	for _, n := range nodes {
		n.log.await("Configuring crons")
	}
	return nodes
}

// portsOfNode is how many ports a node has, one after the other: Weaviate takes some to be next to others.
const portsOfNode = 8

// freePorts finds free ports in a row.
func freePorts(t *testing.T) (first int) {
	t.Helper()
	const tries = 100
	for range tries {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		first = listener.Addr().(*net.TCPAddr).Port
		listeners := []net.Listener{listener}
		for port := first + 1; err == nil && port < first+portsOfNode; port++ {
			if listener, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
				listeners = append(listeners, listener)
			}
		}
		for _, listener := range listeners {
			_ = listener.Close()
		}
		if err == nil {
			return first
		}
	}
	t.Fatal("there are no free ports in a row")
	return 0
}

func (n *node) start() {
	n.t.Helper()
	host, port, _ := net.SplitHostPort(n.address)
	n.process = exec.Command(os.Getenv(serverVariable), "--scheme", "http", "--host", host, "--port", port)
	n.process.Env = n.environment
	n.log = newNodeLog(n.t)
	n.process.Stderr, n.process.Stdout = n.log, n.log
	if err := n.process.Start(); err != nil {
		n.t.Fatal(err)
	}
	process := n.process
	n.t.Cleanup(func() { end(process) })
}

// kill ends a node as a power failure would.
func (n *node) kill() { end(n.process) }

func end(process *exec.Cmd) {
	_ = process.Process.Kill() // or it has ended before
	_ = process.Wait()
}

// nodeLog is what a node logs, for those who wait for a part of it.
type nodeLog struct {
	t    *testing.T
	mu   sync.Mutex
	more *sync.Cond
	text strings.Builder
	over bool
}

func newNodeLog(t *testing.T) *nodeLog {
	l := &nodeLog{t: t}
	l.more = sync.NewCond(&l.mu)
	return l
}

func (l *nodeLog) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.more.Broadcast()
	return l.text.Write(text)
}

// await waits until a node has logged something.
func (l *nodeLog) await(part string) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), patience)
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.over = true
		l.more.Broadcast()
	})()
	l.mu.Lock()
	defer l.mu.Unlock()
	for !strings.Contains(l.text.String(), part) {
		if l.more.Wait(); l.over {
			l.t.Fatalf("a node does not log %q:\n%s", part, lastLines(l.text.String()))
		}
	}
}

func lastLines(text string) string {
	lines := bufio.NewScanner(strings.NewReader(text[max(0, len(text)-4_000):]))
	var last strings.Builder
	for lines.Scan() {
		last.WriteString(lines.Text() + "\n")
	}
	return last.String()
}

// killer kills a node when so many requests have gone by.
type killer struct {
	http.RoundTripper
	node  *node
	path  string // that the requests must have
	left  atomic.Int32
	after int32
}

func (k *killer) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, k.path) && k.left.Add(1) == k.after {
		k.node.kill()
	}
	return k.RoundTripper.RoundTrip(r)
}

// Three machines each have all sentences. One may die during questions and another during an import, and one may come
// back that has missed some: the answers are those of the index on disk.
func TestCluster(t *testing.T) {
	nodes := startCluster(t, 3)
	config := weaviate.Config{Timeout: time.Minute}
	for _, n := range nodes {
		config.Hosts = append(config.Hosts, "http://"+n.address)
	}
	replicated := weaviate.Options{Replicas: 3}
	dir := folder(t, 60)
	update(t, dir, config, replicated)
	want := onDisk(t, dir)
	equal(t, want, open(t, config), questions())

	dying := config
	dying.Transport = &killer{RoundTripper: http.DefaultTransport, node: nodes[2], path: "/graphql", after: 20}
	equal(t, want, open(t, dying), questions())
	equal(t, want, open(t, config), questions()) // while it is dead

	nodes[2].start()
	nodes[2].log.await("Configuring crons")
	more := folder(t, 300)
	for _, name := range []string{"extra.txt", "zzz.txt"} {
		writeFile(t, filepath.Join(more, name), "临江县2020年政府工作报告\n一、办好教育\n新建学校99所。\n")
	}
	dying.Transport = &killer{RoundTripper: http.DefaultTransport, node: nodes[1], path: "/batch/objects", after: 3}
	update(t, more, dying, replicated)
	want = onDisk(t, more)
	equal(t, want, open(t, config), questions())

	nodes[1].start()
	nodes[1].log.await("Configuring crons")
	for range 3 { // whoever is asked first
		equal(t, want, open(t, config), questions())
	}
}

// With its sentences spread over the machines, a corpus gives the same answers.
func TestShards(t *testing.T) {
	nodes := startCluster(t, 3)
	config := weaviate.Config{Timeout: time.Minute, Name: "Spread"}
	for _, n := range nodes {
		config.Hosts = append(config.Hosts, "http://"+n.address)
	}
	dir := folder(t, 60)
	update(t, dir, config, weaviate.Options{Shards: 3})
	equal(t, onDisk(t, dir), open(t, config), questions())
}
