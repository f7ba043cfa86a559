package telegramtest

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// SecretHeader is the header by which a bot knows that a webhook request comes from Telegram.
const SecretHeader = "X-Telegram-Bot-Api-Secret-Token"

const (
	defaultConnections = 40
	maxConnections     = 100
	maxWebhookRetry    = time.Minute
	maxWebhookAnswer   = 1 << 20 // bytes
)

// webhook is where updates go. The server's lock guards what changes.
type webhook struct {
	url         string
	secret      string
	certificate bool
	connections int
	closing     context.Context
	close       context.CancelFunc
	slots       chan struct{}
	client      *http.Client
	queues      map[int64][]*update // by chat; a goroutine works on each that is not empty
	lastError   string
	lastErrorAt time.Time
}

// webhookInfo is the WebhookInfo of the Bot API.
type webhookInfo struct {
	URL                  string   `json:"url"`
	HasCustomCertificate bool     `json:"has_custom_certificate"`
	PendingUpdateCount   int      `json:"pending_update_count"`
	LastErrorDate        int64    `json:"last_error_date,omitempty"`
	LastErrorMessage     string   `json:"last_error_message,omitempty"`
	MaxConnections       int      `json:"max_connections,omitempty"`
	AllowedUpdates       []string `json:"allowed_updates,omitempty"`
}

// setWebhook starts to deliver updates to an address. An empty one stops it.
func (s *Server) setWebhook(ctx context.Context, r *request) (any, *Refusal) {
	address := r.text("url")
	if address == "" {
		return s.deleteWebhook(ctx, r)
	}
	if err := checkWebhookURL(address); err != nil {
		return nil, malformed("bad webhook: %v", err)
	}
	secret := r.text("secret_token")
	if r.has("secret_token") && secret != "" {
		switch {
		case len(secret) > 256:
			return nil, malformed("secret token is too long")
		case slices.ContainsFunc([]byte(secret), func(c byte) bool { return !validStart(string(c)) }):
			return nil, malformed("secret token contains unallowed characters")
		}
	}
	transport := &http.Transport{}
	certificate, custom := r.files["certificate"]
	if custom {
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(certificate.data) {
			return nil, malformed("bad webhook: certificate is invalid")
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	connections := int(r.number("max_connections"))
	if connections < 1 {
		connections = defaultConnections
	}
	connections = min(connections, maxConnections)
	transport.MaxIdleConnsPerHost = connections
	hook := &webhook{
		url: address, secret: secret, certificate: custom, connections: connections,
		slots: make(chan struct{}, connections), client: &http.Client{Transport: transport}, queues: map[int64][]*update{},
	}
	hook.closing, hook.close = context.WithCancel(s.closing)

	s.mu.Lock()
	defer s.mu.Unlock()
	if refusal := s.allow(r); refusal != nil {
		hook.close()
		return nil, refusal
	}
	s.dropWebhook(r)
	s.supersede(conflict("terminated by setWebhook request"))
	s.webhook = hook
	for _, u := range s.updates.items {
		if !u.done {
			s.push(hook, u)
		}
	}
	s.changed()
	return true, nil
}

// checkWebhookURL refuses addresses that Telegram would not call. Plain HTTP is for the loopback, as on a Bot API
// server of one's own.
func checkWebhookURL(address string) error {
	parsed, err := url.Parse(address)
	switch {
	case err != nil || parsed.Host == "":
		return complain("invalid webhook URL specified")
	case parsed.Hostname() == "localhost" || net.ParseIP(parsed.Hostname()).IsLoopback():
		return nil
	case parsed.Scheme != "https":
		return complain("An HTTPS URL must be provided for webhook")
	case !slices.Contains([]string{"", "80", "88", "443", "8443"}, parsed.Port()):
		return complain("Webhook can be set up only on ports 80, 88, 443 or 8443")
	}
	return nil
}

// deleteWebhook stops deliveries; what was not delivered waits for getUpdates.
func (s *Server) deleteWebhook(_ context.Context, r *request) (any, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropWebhook(r)
	s.changed()
	return true, nil
}

// dropWebhook stops the webhook, if any, and forgets updates if the request says so. The caller holds the lock.
func (s *Server) dropWebhook(r *request) {
	if s.webhook != nil {
		s.webhook.close()
		s.webhook = nil
	}
	if r.truth("drop_pending_updates") {
		s.updates.confirm(s.updates.next)
	}
}

func (s *Server) getWebhookInfo(context.Context, *request) (any, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info := webhookInfo{PendingUpdateCount: s.updates.pending, AllowedUpdates: s.updates.allowed}
	if hook := s.webhook; hook != nil {
		info.URL, info.HasCustomCertificate, info.MaxConnections = hook.url, hook.certificate, hook.connections
		if hook.lastError != "" {
			info.LastErrorMessage, info.LastErrorDate = hook.lastError, hook.lastErrorAt.Unix()
		}
	}
	return info, nil
}

// push queues an update for delivery. The caller holds the lock.
func (s *Server) push(hook *webhook, u *update) {
	if hook.closing.Err() != nil {
		return
	}
	waiting := hook.queues[u.chat]
	hook.queues[u.chat] = append(waiting, u)
	if len(waiting) == 0 {
		s.deliveries.Go(func() { s.deliverChat(hook, u.chat) })
	}
}

// deliverChat delivers the updates of a chat in order until there are no more. It leaves the queue and ends under one lock: an
// update that came in between would otherwise find an empty queue and start a second delivery of the chat beside this one.
func (s *Server) deliverChat(hook *webhook, chat int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(hook.queues[chat]) > 0 {
		u := hook.queues[chat][0]
		if !u.done {
			s.mu.Unlock()
			taken := s.deliver(hook, u)
			s.mu.Lock()
			if !taken {
				return
			}
		}
		s.updates.finish(u)
		for len(s.updates.items) > 0 && s.updates.items[0].done {
			s.updates.items = s.updates.items[1:]
		}
		hook.queues[chat] = hook.queues[chat][1:]
		s.changed()
	}
	delete(hook.queues, chat)
}

// deliver sends an update until it is taken. It tells whether it was, or else the webhook is gone.
func (s *Server) deliver(hook *webhook, u *update) bool {
	for pause := s.options.WebhookRetry; ; pause = min(2*pause, maxWebhookRetry) {
		if !s.awaitNetwork(hook.closing) {
			return false
		}
		err := s.attempt(hook, u)
		if err == nil {
			return true
		}
		if hook.closing.Err() != nil {
			return false
		}
		s.mu.Lock()
		hook.lastError, hook.lastErrorAt = err.Error(), s.clock.Now()
		s.changed()
		s.mu.Unlock()
		if !s.sleep(hook.closing, pause) {
			return false
		}
	}
}

// awaitNetwork waits until the network is up and tells whether it was worth it.
func (s *Server) awaitNetwork(ctx context.Context) bool {
	s.mu.Lock()
	down, up := s.faults.down, s.faults.up
	s.mu.Unlock()
	if !down {
		return ctx.Err() == nil
	}
	select {
	case <-up:
		return true
	case <-ctx.Done():
		return false
	}
}

// attempt delivers an update once and carries out the call that the bot may have answered with.
func (s *Server) attempt(hook *webhook, u *update) error {
	select {
	case hook.slots <- struct{}{}:
		defer func() { <-hook.slots }()
	case <-hook.closing.Done():
		return hook.closing.Err()
	}
	body, err := json.Marshal(u)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(hook.closing, http.MethodPost, hook.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if hook.secret != "" {
		request.Header.Set(SecretHeader, hook.secret)
	}
	answer, err := hook.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxWebhookAnswer)) // to use the connection again
		return complain("Wrong response from the webhook: %s", answer.Status)
	}
	answered, err := io.ReadAll(io.LimitReader(answer.Body, maxWebhookAnswer))
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(answered)) > 0 {
		s.callFromWebhook(hook.closing, answer.Header, answered)
	}
	return nil
}

// callFromWebhook carries out the call in the body of a webhook's answer. The bot does not learn its result. A body
// that names no method is none, as Telegram sees it.
func (s *Server) callFromWebhook(ctx context.Context, header http.Header, body []byte) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "/", bytes.NewReader(body))
	if err != nil {
		return
	}
	r.Header = header
	read, err := readRequest("", r)
	if err != nil || read.parameters["method"] == "" {
		return
	}
	read.method = read.parameters["method"]
	delete(read.parameters, "method")
	s.carryOut(ctx, read, nil)
}

// waitForWebhook waits for the deliveries that the server's end has stopped.
func (s *Server) waitForWebhook() {
	s.mu.Lock() // whoever starts a delivery holds the lock and sees that the server ends
	s.webhook = nil
	s.mu.Unlock()
	s.deliveries.Wait()
}
