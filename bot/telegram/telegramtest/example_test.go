package telegramtest_test

import (
	"context"
	"fmt"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/bot/telegram/telegramtest"
)

// A person asks a bot, which answers with the question in capitals.
func Example() {
	server := telegramtest.New(nil, telegramtest.Options{})
	defer server.Close()
	bot, err := tgbotapi.NewBotAPIWithAPIEndpoint(server.Token(), server.URL()+"/bot%s/%s")
	if err != nil {
		fmt.Println(err)
		return
	}

	alice := server.Person("Alice")
	question := alice.Private().Type(alice, "how many?")

	updates, err := bot.GetUpdates(tgbotapi.UpdateConfig{Timeout: 30})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, update := range updates {
		answer := tgbotapi.NewMessage(update.Message.Chat.ID, "<b>"+strings.ToUpper(update.Message.Text)+"</b>")
		answer.ParseMode = tgbotapi.ModeHTML
		if _, err := bot.Send(answer); err != nil {
			fmt.Println(err)
		}
	}

	shown, err := alice.Private().Next(context.Background(), question)
	fmt.Println(shown.Text, shown.Marked("bold"), err, len(server.Refused()))
	// Output: HOW MANY? [HOW MANY?] <nil> 0
}
