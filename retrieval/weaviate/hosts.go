package weaviate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sony/gobreaker/v2"

	"wenbao/retrieval"
)

// # Several machines
//
// Each request goes to the next of the hosts, and to the one after it when that fails; whatever is sent may be sent
// twice, all objects having names of their own. A host that failed some times in a row is left alone for a while, so
// that a dead one costs nothing, and then tried with a single request.
const (
	failuresToRest  = 3
	restTime        = 10 * time.Second
	longestResponse = 256 << 20 // bytes
)

// ParseHosts reads the addresses of a cluster's machines: http://h1:8080,http://h2:8080.
func ParseHosts(text string) ([]string, error) {
	var hosts []string
	for _, address := range strings.Split(text, ",") {
		parsed, err := url.Parse(strings.TrimSpace(address))
		switch {
		case err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https":
			return nil, fmt.Errorf("%w：应该像 http://10.0.0.1:8080,http://10.0.0.2:8080", ErrAddress)
		case parsed.User != nil:
			return nil, fmt.Errorf("%w：里面不要写口令，API key 放在环境变量里", ErrAddress)
		case strings.Trim(parsed.Path, "/") != "" || parsed.RawQuery != "" || parsed.Fragment != "":
			return nil, fmt.Errorf("%w：端口后面不要再写什么", ErrAddress)
		}
		hosts = append(hosts, parsed.Scheme+"://"+parsed.Host)
	}
	return hosts, nil
}

// hosts sends requests to the machines of a cluster. It implements http.RoundTripper.
type hosts struct {
	all       []*host
	next      atomic.Uint32
	key       string        // for the API; none when empty
	timeout   time.Duration // of a request to one host
	transport http.RoundTripper
	// check tells why a host cannot be asked yet, though it answers; nil when all can. It is asked before a host's first
	// query, and again after each failure.
	check func(ctx context.Context, ask http.RoundTripper) error
}

// host is one machine.
type host struct {
	base    *url.URL
	breaker *gobreaker.TwoStepCircuitBreaker[struct{}]
	checked atomic.Bool
}

var errResting = errors.New("刚才一直连不上，先停一会儿")

func newHosts(config Config) (*hosts, error) {
	h := &hosts{key: config.Key, timeout: config.Timeout, transport: config.Transport}
	for _, address := range config.Hosts {
		base, err := url.Parse(address)
		if err != nil {
			return nil, ErrAddress
		}
		breaker := gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
			Timeout:     restTime,
			ReadyToTrip: func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures >= failuresToRest },
			IsExcluded:  func(err error) bool { return errors.Is(err, context.Canceled) }, // who asked does not want to know
		})
		h.all = append(h.all, &host{base: base, breaker: breaker})
	}
	if len(h.all) == 0 {
		return nil, ErrAddress
	}
	return h, nil
}

// RoundTrip sends a request to a host that answers. The error is ErrUnavailable of package retrieval, with what each
// of them said, or the context's.
func (h *hosts) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	body, err := bodyOf(request)
	if err != nil {
		return nil, err
	}
	failures := make([]error, 0, len(h.all))
	first := int(h.next.Add(1))
	for i := range h.all {
		host := h.all[(first+i)%len(h.all)]
		response, err := h.ask(host, request, body)
		if err == nil {
			return response, nil
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		failures = append(failures, fmt.Errorf("%s %w", host.base.Host, err))
	}
	return nil, unavailableError{failures}
}

// ask asks one host, unless it is left alone.
func (h *hosts) ask(host *host, request *http.Request, body []byte) (*http.Response, error) {
	done, err := host.breaker.Allow()
	if err != nil {
		return nil, errResting
	}
	if h.check != nil && isQuery(request) && !host.checked.Load() {
		err = h.check(request.Context(), oneHost{h, host})
	}
	var response *http.Response
	if err == nil {
		response, err = h.send(host, request, body)
	}
	if cause := context.Cause(request.Context()); err != nil && cause != nil {
		done(context.Canceled)
	} else {
		done(err)
	}
	host.checked.Store(err == nil && isQuery(request) || err == nil && host.checked.Load())
	return response, err
}

// isQuery tells whether a request searches, rather than read or write objects by name: then it depends on one machine's
// copy being whole.
func isQuery(request *http.Request) bool { return strings.HasSuffix(request.URL.Path, "/graphql") }

// oneHost asks a certain host, without checking it.
type oneHost struct {
	hosts *hosts
	host  *host
}

func (o oneHost) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := bodyOf(request)
	if err != nil {
		return nil, err
	}
	return o.hosts.send(o.host, request, body)
}

// anyHost asks the hosts one after the other until one agrees.
func (s *server) anyHost(ctx context.Context, agrees func(context.Context, http.RoundTripper) error) error {
	var failures []error
	for _, host := range s.hosts.all {
		err := agrees(ctx, oneHost{s.hosts, host})
		if err == nil || ctx.Err() != nil {
			return err
		}
		failures = append(failures, fmt.Errorf("%s %w", host.base.Host, err))
	}
	return unavailableError{failures}
}

// send sends a request and reads the whole response. A status that says that the host is not well is an error.
func (h *hosts) send(host *host, request *http.Request, body []byte) (*http.Response, error) {
	ctx, cancel := context.WithTimeoutCause(request.Context(), h.timeout, errTimeout)
	defer cancel()
	sent := request.Clone(ctx)
	sent.URL.Scheme, sent.URL.Host, sent.Host = host.base.Scheme, host.base.Host, ""
	if body != nil {
		sent.Body = io.NopCloser(bytes.NewReader(body))
	}
	if h.key != "" {
		sent.Header.Set("Authorization", "Bearer "+h.key)
	}
	response, err := h.transport.RoundTrip(sent)
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, longestResponse))
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, err
	case response.StatusCode >= http.StatusInternalServerError || response.StatusCode == http.StatusTooManyRequests:
		return nil, fmt.Errorf("%s %s", response.Status, shortened(string(text)))
	case isQuery(request) && bytes.Contains(text, queryFailed) && !bytes.Contains(text, noCollection):
		return nil, errors.New(shortened(string(text))) // another machine may have what this one misses
	}
	response.Body = io.NopCloser(bytes.NewReader(text))
	return response, nil
}

// Of a response to a query: that it failed, and that no machine can answer it. In a string, quotes would have
// backslashes.
var (
	queryFailed  = []byte(`"errors":[`)
	noCollection = []byte("Cannot query field")
)

var errTimeout = errors.New("没有按时回答")

// bodyOf reads what is to be sent, so that it can be sent again.
func bodyOf(request *http.Request) ([]byte, error) {
	if request.Body == nil {
		return nil, nil
	}
	defer request.Body.Close()
	return io.ReadAll(request.Body)
}

// longestMessage bounds what is repeated of a server's message, in bytes.
const longestMessage = 300

func shortened(message string) string {
	message = strings.Join(strings.Fields(message), " ")
	if len(message) > longestMessage {
		message = strings.ToValidUTF8(message[:longestMessage], "") + "…"
	}
	return message
}

// unavailableError says what each host said.
type unavailableError struct{ failures []error }

func (e unavailableError) Error() string {
	var text []string
	for _, failure := range e.failures {
		text = append(text, failure.Error())
	}
	return fmt.Sprintf("%s（%s），请检查 Weaviate 的地址，看它是否在运行，过一会儿再试",
		retrieval.ErrUnavailable, strings.Join(text, "；"))
}

func (e unavailableError) Unwrap() []error {
	return append([]error{retrieval.ErrUnavailable}, e.failures...)
}
