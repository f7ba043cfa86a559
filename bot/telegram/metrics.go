package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	vm "github.com/VictoriaMetrics/metrics"
)

// metrics are what Prometheus is told. No label holds what somebody wrote or who it was.
//
//	wenbao_telegram_updates_total     updates received for the first time, by kind
//	wenbao_telegram_answers_total     questions answered, by kind of answer
//	wenbao_telegram_handling_seconds  from an update's arrival until it was handled, by kind
//	wenbao_telegram_request_seconds   requests to the Bot API, by method and result
//	wenbao_telegram_retries_total     requests that failed and were to be tried again, by reason
//	wenbao_telegram_pictures_total    pictures asked for: drawn, sent again, or failed
//	wenbao_telegram_panics_total      updates that were given up because of a mistake in the program
//	wenbao_telegram_queue_depth       updates that wait for their handling to begin
type metrics struct{ set *vm.Set }

// latencies are bounds in seconds: from well under what an answer takes to what a person would not wait for.
var latencies = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}

func newMetrics() *metrics {
	m := &metrics{set: vm.NewSet()}
	m.set.GetOrCreateCounter(panicsTotal) // told from the beginning, so that an alarm can watch it
	return m
}

const panicsTotal = "wenbao_telegram_panics_total"

// received counts an update.
func (m *metrics) received(kind string) { m.count("updates", "kind", kind) }

// answered counts a question by the kind of its answer.
func (m *metrics) answered(kind string) { m.count("answers", "kind", kind) }

// retried counts a request that is to be tried again.
func (m *metrics) retried(reason string) { m.count("retries", "reason", reason) }

// pictured counts a picture by what became of it.
func (m *metrics) pictured(result string) { m.count("pictures", "result", result) }

func (m *metrics) panicked() { m.set.GetOrCreateCounter(panicsTotal).Inc() }

// handled notes how long an update took from its arrival.
func (m *metrics) handled(kind string, took time.Duration) {
	m.observe(fmt.Sprintf(`wenbao_telegram_handling_seconds{kind=%q}`, kind), took)
}

// called counts a request.
func (m *metrics) called(method string, err error, took time.Duration) {
	result := "ok"
	var failed *requestError
	if errors.As(err, &failed) {
		result = failed.reason()
	}
	m.observe(fmt.Sprintf(`wenbao_telegram_request_seconds{method=%q,result=%q}`, method, result), took)
}

// watch tells the depth of the queues as it is when it is asked for.
func (m *metrics) watch(depth func() int) {
	m.set.NewGauge("wenbao_telegram_queue_depth", func() float64 { return float64(depth()) })
}

func (m *metrics) count(what, label, value string) {
	m.set.GetOrCreateCounter(fmt.Sprintf("wenbao_telegram_%s_total{%s=%q}", what, label, value)).Inc()
}

func (m *metrics) observe(name string, took time.Duration) {
	m.set.GetOrCreatePrometheusHistogramExt(name, latencies).Update(took.Seconds())
}

// handler serves the bot's metrics, and those of the process.
func (m *metrics) handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		m.set.WritePrometheus(w)
		vm.WriteProcessMetrics(w)
	})
}
