//go:build unix

package main

import (
	"context"
	"fmt"
	"testing"

	"wenbao/bot/telegram/telegramtest"
)

// While calls fail as in the fault run and the bot is killed, everybody who asks for a chart gets it.
func TestPicturesOutliveFaultsAndKills(t *testing.T) {
	const groups, questions, kills = 10, 6, 2
	ctx, cancel := context.WithTimeout(t.Context(), faultPatience)
	defer cancel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.FailRandomly(2,
		telegramtest.Chance{Probability: 0.05, Fault: telegramtest.InternalError()},
		telegramtest.Chance{Probability: 0.05, Fault: telegramtest.DropBefore()},
		telegramtest.Chance{Probability: 0.01, Fault: telegramtest.DropAfter()},
	)
	run := &faultRun{t: t, server: server, state: t.TempDir()}
	for i := range groups {
		person := server.Person(fmt.Sprintf("Person %d", i))
		chat := &faultChat{Chat: server.Group(fmt.Sprintf("Group %d", i), person)}
		for range questions {
			chat.asked = append(chat.asked, chat.Type(person, "/chart 增长超过20%的有哪些"))
		}
		run.chats = append(run.chats, chat)
	}
	bot := run.start()
	for kill := range kills {
		sent := groups * questions * (kill + 1) / (kills + 1)
		if err := server.Wait(ctx, func() bool { return server.Count("sendPhoto") >= sent }); err != nil {
			t.Fatal(err)
		}
		if err := bot.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = bot.Wait() // killed
		bot = run.start()
	}
	if err := server.Wait(ctx, func() bool { return server.Pending() == 0 }); err != nil {
		t.Fatalf("%v; %d updates are unconfirmed", err, server.Pending())
	}
	for _, chat := range run.chats {
		shown := make(map[int]bool)
		for _, m := range chat.Messages() {
			if len(m.Photo) > 0 && m.ReplyTo != nil {
				shown[m.ReplyTo.ID] = true
			}
		}
		if len(shown) != len(chat.asked) {
			t.Errorf("%d of %d questions have their charts", len(shown), len(chat.asked))
		}
	}
	for _, call := range server.Malformed() {
		t.Errorf("malformed: %s: %v", call.Method, call.Refusal)
	}
}
