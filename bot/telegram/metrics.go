package telegram

import (
	"errors"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus is told. No label holds what somebody wrote or who it was.
type metrics struct {
	registry *prometheus.Registry
	updates  *prometheus.CounterVec   // by kind
	answers  *prometheus.CounterVec   // by kind of answer
	handling *prometheus.HistogramVec // seconds from an update's arrival until it was handled, by kind
	requests *prometheus.HistogramVec // seconds of a request, by method and result
	retries  *prometheus.CounterVec   // by reason
	pictures *prometheus.CounterVec   // by what became of them
	panics   prometheus.Counter
}

// latencies are bounds in seconds: from well under what an answer takes to what a person would not wait for.
var latencies = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}

func newMetrics() *metrics {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	in := promauto.With(registry)
	return &metrics{
		registry: registry,
		updates: in.NewCounterVec(prometheus.CounterOpts{
			Name: "wenbao_telegram_updates_total", Help: "Updates received for the first time.",
		}, []string{"kind"}),
		answers: in.NewCounterVec(prometheus.CounterOpts{
			Name: "wenbao_telegram_answers_total", Help: "Questions answered.",
		}, []string{"kind"}),
		handling: in.NewHistogramVec(prometheus.HistogramOpts{
			Name: "wenbao_telegram_handling_seconds", Help: "From an update's arrival until it was handled.", Buckets: latencies,
		}, []string{"kind"}),
		requests: in.NewHistogramVec(prometheus.HistogramOpts{
			Name: "wenbao_telegram_request_seconds", Help: "Requests to the Bot API.", Buckets: latencies,
		}, []string{"method", "result"}),
		retries: in.NewCounterVec(prometheus.CounterOpts{
			Name: "wenbao_telegram_retries_total", Help: "Requests that failed and were to be tried again.",
		}, []string{"reason"}),
		pictures: in.NewCounterVec(prometheus.CounterOpts{
			Name: "wenbao_telegram_pictures_total", Help: "Pictures asked for: drawn, sent again, or failed.",
		}, []string{"result"}),
		panics: in.NewCounter(prometheus.CounterOpts{
			Name: "wenbao_telegram_panics_total", Help: "Updates that were given up because of a mistake in the program.",
		}),
	}
}

// watch tells the depth of the queues as it is when it is asked for.
func (m *metrics) watch(depth func() int) {
	promauto.With(m.registry).NewGaugeFunc(prometheus.GaugeOpts{
		Name: "wenbao_telegram_queue_depth", Help: "Updates that wait for their handling to begin.",
	}, func() float64 { return float64(depth()) })
}

// called counts a request.
func (m *metrics) called(method string, err error, took time.Duration) {
	result := "ok"
	var failed *requestError
	if errors.As(err, &failed) {
		result = failed.reason()
	}
	m.requests.WithLabelValues(method, result).Observe(took.Seconds())
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}
