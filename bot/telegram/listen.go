package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// readiness says why the bot cannot answer at the moment; "" when it can.
type readiness struct {
	mu  sync.Mutex
	why string
}

func (r *readiness) set(why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.why = why
}

func (r *readiness) get() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.why
}

// listen serves health, metrics and the webhook on an address. The server ends with close.
func (b *Bot) listen() (close func(context.Context) error, err error) {
	listener, err := net.Listen("tcp", b.config.Listen)
	if err != nil {
		return nil, fmt.Errorf("不能在 %s 监听，请检查 --listen：%w", b.config.Listen, err)
	}
	b.log.Info("开始监听", "address", listener.Addr())
	server := &http.Server{
		Handler: b.routes(),
		// Slow senders must not pile up. An update's answer may take its time.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      webhookPatience + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return func(ctx context.Context) error {
		err := server.Shutdown(ctx)
		if err != nil {
			err = errors.Join(err, server.Close())
		}
		if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}, nil
}

// routes are the pages that the bot serves.
func (b *Bot) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if why := b.ready.get(); why != "" {
			http.Error(w, why, http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	mux.Handle("GET /metrics", b.metrics.handler())
	if b.config.WebhookURL != "" {
		mux.HandleFunc(webhookPath(b.config.WebhookURL), func(w http.ResponseWriter, r *http.Request) {
			hook := b.hook.Load()
			if hook == nil { // the server runs before Telegram knows where to send updates
				http.Error(w, "not yet", http.StatusServiceUnavailable)
				return
			}
			hook.ServeHTTP(w, r)
		})
	}
	return mux
}

// webhookPath is the path that a webhook's address has; the proxy in front must leave it as it is.
func webhookPath(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Path == "" {
		return "/"
	}
	return parsed.Path
}
