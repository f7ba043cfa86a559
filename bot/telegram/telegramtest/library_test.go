package telegramtest_test

import (
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wenbao/bot/telegram/telegramtest"
)

func TestGoTelegramBotAPIWorksAgainstIt(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	bot, err := tgbotapi.NewBotAPIWithAPIEndpoint(server.Token(), server.URL()+"/bot%s/%s")
	if err != nil {
		t.Fatal(err)
	}
	if bot.Self.UserName != telegramtest.DefaultUsername {
		t.Errorf("getMe: %+v", bot.Self)
	}
	alice := server.Person("Alice")
	chat := alice.Private()
	question := chat.Type(alice, "2021年新建多少5G基站")

	updates, err := bot.GetUpdates(tgbotapi.UpdateConfig{Timeout: 30})
	if err != nil || len(updates) != 1 || updates[0].Message.Text != question.Text {
		t.Fatalf("getUpdates: %+v, %v", updates, err)
	}
	message := tgbotapi.NewMessage(updates[0].Message.Chat.ID, "<b>65.4</b>万个")
	message.ParseMode = tgbotapi.ModeHTML
	message.ReplyMarkup = tgbotapi.NewInlineKeyboardMarkup(tgbotapi.NewInlineKeyboardRow(
		tgbotapi.NewInlineKeyboardButtonData("上下文", "context")))
	if _, err := bot.Send(message); err != nil {
		t.Fatal(err)
	}
	answer, err := chat.Next(ctx, question)
	if err != nil || answer.Text != "65.4万个" {
		t.Fatalf("chat shows %+v, %v", answer, err)
	}
	if bold := answer.Marked("bold"); len(bold) != 1 || bold[0] != "65.4" {
		t.Errorf("bold: %q", bold)
	}

	tap := chat.Tap(alice, answer, "上下文")
	updates, err = bot.GetUpdates(tgbotapi.UpdateConfig{Offset: updates[0].UpdateID + 1, Timeout: 30})
	if err != nil || len(updates) != 1 || updates[0].CallbackQuery.Data != "context" {
		t.Fatalf("getUpdates: %+v, %v", updates, err)
	}
	if _, err := bot.Request(tgbotapi.NewCallback(updates[0].CallbackQuery.ID, "好")); err != nil {
		t.Fatal(err)
	}
	if got, err := tap.Answer(ctx); err != nil || got.Text != "好" {
		t.Errorf("tap answered with %+v, %v", got, err)
	}
	if _, err := bot.Send(tgbotapi.NewEditMessageText(alice.User().ID, answer.ID, "改了")); err != nil {
		t.Fatal(err)
	}
	if edited, err := chat.Edited(ctx, answer); err != nil || edited.Text != "改了" || edited.ReplyMarkup != nil {
		t.Errorf("edited: %+v, %v", edited, err)
	}
	if refused := server.Refused(); len(refused) > 0 {
		t.Errorf("refused: %+v", refused)
	}
}
