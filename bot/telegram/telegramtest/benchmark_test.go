package telegramtest_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/bot/telegram/telegramtest"
)

// BenchmarkConversation measures how many questions a second the server carries to a bot and answers back: 500 people
// type, the bot polls with a library and answers each with a reply in HTML and a keyboard, 16 at a time.
func BenchmarkConversation(b *testing.B) {
	const chats, workers = 500, 16
	server := telegramtest.New(b, telegramtest.Options{})
	transport := &http.Transport{MaxIdleConnsPerHost: workers + 1}
	defer transport.CloseIdleConnections()
	bot, err := tgbotapi.NewBotAPIWithClient(server.Token(), server.URL()+"/bot%s/%s", &http.Client{Transport: transport})
	if err != nil {
		b.Fatal(err)
	}
	people := make([]*telegramtest.Person, chats)
	for i := range people {
		people[i] = server.Person(fmt.Sprint("Person ", i))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		person := people[i%chats]
		person.Private().Type(person, "2021年新建多少5G基站")
	}
	questions := make(chan *tgbotapi.Message, workers)
	var answering sync.WaitGroup
	for range workers {
		answering.Go(func() {
			for question := range questions {
				answer := tgbotapi.NewMessage(question.Chat.ID, "<b>65.4</b>万个\n<blockquote>新建5G基站65.4万个</blockquote>")
				answer.ParseMode = tgbotapi.ModeHTML
				answer.ReplyMarkup = tgbotapi.NewInlineKeyboardMarkup(tgbotapi.NewInlineKeyboardRow(
					tgbotapi.NewInlineKeyboardButtonData("上下文", "context"), tgbotapi.NewInlineKeyboardButtonSwitch("分享", "5G")))
				if _, err := bot.Send(answer); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for offset := 0; server.Pending() > 0; {
		updates, err := bot.GetUpdates(tgbotapi.UpdateConfig{Offset: offset, Limit: 100, Timeout: 1})
		if err != nil {
			b.Fatal(err)
		}
		for _, update := range updates {
			questions <- update.Message
			offset = update.UpdateID + 1
		}
		if len(updates) == 0 {
			break
		}
	}
	close(questions)
	answering.Wait()
	b.StopTimer()
	if sent := server.Count("sendMessage"); sent != b.N {
		b.Fatalf("%d of %d questions were answered", sent, b.N)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}
