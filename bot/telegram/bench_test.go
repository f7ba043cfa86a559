package telegram_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"wenbao/bot/telegram/telegramtest"
	"wenbao/content"
)

// BenchmarkUpdates measures updates from their arrival at a local server until their answers stand in the chats: 200
// people ask at the same time, in chats of their own. Server and bot share the machine.
func BenchmarkUpdates(b *testing.B) {
	s := newStage(b, nil)
	var people []*telegramtest.Person
	for i := range 200 {
		people = append(people, s.Person(fmt.Sprintf("Person %d", i)))
	}
	questions := content.EmbeddedExamples()
	s.asks(people[0].Private(), people[0], questions[0]) // all is running
	s.confirmed()
	b.ResetTimer()
	for i := range b.N {
		person := people[i%len(people)]
		person.Private().Type(person, questions[i/len(people)%len(questions)])
	}
	s.confirmed()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

// BenchmarkInline measures inline queries from their arrival at a local server until their answer is there, each a query
// that nobody has asked before, while others ask in their chats.
func BenchmarkInline(b *testing.B) {
	s := newStage(b, nil)
	alice, bob := s.Person("Alice"), s.Person("Bob")
	report := []rune(replies().Report().Text)
	var took []time.Duration
	i := 0
	for b.Loop() {
		bob.Private().Type(bob, string(report[i*7%(len(report)-20):][:12]))
		asked := time.Now()
		query := string(report[i*13%(len(report)-20):][:4+i%8])
		if _, err := alice.Inline(query, "").Answer(s.ctx); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(asked))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
