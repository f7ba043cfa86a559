package telegram_test

import (
	"fmt"
	"testing"

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
