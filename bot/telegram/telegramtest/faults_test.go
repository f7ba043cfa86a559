package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"wenbao/bot/telegram/telegramtest"
)

func TestFaultsComeInOrder(t *testing.T) {
	clock := telegramtest.NewManualClock(time.Unix(1_700_000_000, 0))
	server := telegramtest.New(t, telegramtest.Options{Clock: clock})
	alice := server.Person("Alice")
	chat := alice.Private()
	chat.Type(alice, "a question")
	send := func() (answer, error) {
		return try(server, "sendMessage", parameters{"chat_id": chat.ID(), "text": "an answer"})
	}
	server.Fail("sendMessage", telegramtest.FloodWait(7), telegramtest.InternalError(), telegramtest.BadGateway(),
		telegramtest.DropBefore(), telegramtest.None(), telegramtest.DropAfter(), telegramtest.Slow(time.Minute))

	if got, err := send(); err != nil || got.ErrorCode != 429 || got.Parameters.RetryAfter != 7 ||
		got.Description != "Too Many Requests: retry after 7" {
		t.Errorf("429: %+v, %v", got, err)
	}
	if got, err := send(); err != nil || got.ErrorCode != 500 {
		t.Errorf("500: %+v, %v", got, err)
	}
	if _, err := send(); err == nil || !strings.Contains(err.Error(), "invalid character '<'") {
		t.Errorf("502: %v", err)
	}
	if _, err := send(); err == nil || len(chat.Messages()) != 1 {
		t.Errorf("dropped before: %v, %d messages", err, len(chat.Messages()))
	}
	if got, err := send(); err != nil || !got.OK || len(chat.Messages()) != 2 {
		t.Errorf("none: %+v, %v", got, err)
	}
	if _, err := send(); err == nil || len(chat.Messages()) != 3 {
		t.Errorf("dropped after: %v, %d messages", err, len(chat.Messages()))
	}
	slow := make(chan error, 1)
	go func() {
		_, err := send()
		slow <- err
	}()
	if err := clock.Timers(within(t), 1); err != nil {
		t.Fatal(err)
	}
	if len(chat.Messages()) != 3 {
		t.Error("the slow answer was quick")
	}
	clock.Advance(time.Minute)
	if err := <-slow; err != nil || len(chat.Messages()) != 4 {
		t.Errorf("slow: %v, %d messages", err, len(chat.Messages()))
	}
	if refused := server.Refused(); len(refused) > 0 {
		t.Errorf("faults are no refusals: %+v", refused)
	}
	var seen []string
	for _, made := range server.Calls("sendMessage") {
		seen = append(seen, made.Fault)
	}
	if got := strings.Join(seen, ","); got != "429,500,502,dropped before,,dropped after,slow" {
		t.Errorf("log: %s", got)
	}
}

func TestFaultsByChanceAreTheSameForTheSameSeed(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	run := func(seed uint64) string {
		server.FailRandomly(seed,
			telegramtest.Chance{Method: "getMe", Probability: 0.2, Fault: telegramtest.FloodWait(1)},
			telegramtest.Chance{Probability: 0.1, Fault: telegramtest.InternalError()})
		codes := ""
		for range 100 {
			codes += string(rune('0' + call(t, server, "getMe", nil).ErrorCode/100))
		}
		return codes
	}
	first := run(1)
	if first != run(1) || first == run(2) {
		t.Errorf("not the seed decides: %s", first)
	}
	waits, errors := strings.Count(first, "4"), strings.Count(first, "5")
	if waits < 10 || waits > 30 || errors < 2 || errors > 18 {
		t.Errorf("%d of 100 met 429 and %d met 500: %s", waits, errors, first)
	}
	server.FailRandomly(1)
	if got := call(t, server, "getMe", nil); !got.OK {
		t.Errorf("after the trouble: %+v", got)
	}
}

func TestTheNetworkGoesDownAndUp(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	broken := make(chan error, 1)
	go func() {
		_, err := try(server, "getUpdates", parameters{"timeout": 50})
		broken <- err
	}()
	if err := server.Wait(ctx, server.Polling); err != nil {
		t.Fatal(err)
	}
	server.NetworkDown()
	if err := <-broken; err == nil {
		t.Error("the long poll was answered")
	}
	if _, err := try(server, "getMe", nil); err == nil {
		t.Error("getMe was answered")
	}
	alice.Private().Type(alice, "meanwhile")
	server.NetworkUp()
	if got := texts(news(t, server)); got != "meanwhile" {
		t.Errorf("afterwards: %q", got)
	}
}

func TestRealLimits(t *testing.T) {
	clock := telegramtest.NewManualClock(time.Unix(1_700_000_000, 0))
	server := telegramtest.New(t, telegramtest.Options{Clock: clock, Limits: &telegramtest.TelegramLimits})
	alice := server.Person("Alice")
	alice.Private().Type(alice, "a question")
	group := server.Group("讨论组", alice)
	until429 := func(id int64) (int, answer) {
		for count := 0; ; count++ {
			got := call(t, server, "sendMessage", parameters{"chat_id": id, "text": "an answer"})
			if !got.OK {
				return count, got
			}
		}
	}
	for id, want := range map[int64]int{alice.User().ID: 3, group.ID(): 20} {
		count, got := until429(id)
		if count != want || got.ErrorCode != http.StatusTooManyRequests || got.Parameters.RetryAfter < 1 {
			t.Errorf("chat %d: %d messages, then %+v", id, count, got)
		}
		clock.Advance(time.Duration(got.Parameters.RetryAfter) * time.Second)
		if got := call(t, server, "sendMessage", parameters{"chat_id": id, "text": "an answer"}); !got.OK {
			t.Errorf("after retry_after: %+v", got)
		}
	}
}

func TestNothingIsLostInTrouble(t *testing.T) {
	const people, questions = 20, 15
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	server.FailRandomly(7,
		telegramtest.Chance{Probability: 0.05, Fault: telegramtest.FloodWait(1)},
		telegramtest.Chance{Probability: 0.05, Fault: telegramtest.InternalError()},
		telegramtest.Chance{Probability: 0.02, Fault: telegramtest.DropBefore()},
		telegramtest.Chance{Probability: 0.02, Fault: telegramtest.DropAfter()})
	var typing sync.WaitGroup
	var chats []*telegramtest.Chat
	for i := range people {
		person := server.Person(fmt.Sprint("Person ", i))
		chats = append(chats, person.Private())
		typing.Go(func() {
			for n := range questions {
				person.Private().Type(person, fmt.Sprint(n))
			}
		})
	}

	insist := func(method string, p parameters) answer { // a bot that does not wait before it tries again
		for ctx.Err() == nil {
			if got, err := try(server, method, p); err == nil && got.OK {
				return got
			}
		}
		return answer{}
	}
	offset := int64(0)
	for left := people * questions; left > 0 && ctx.Err() == nil; {
		var updates []update
		got := insist("getUpdates", parameters{"offset": offset, "limit": 10, "timeout": 5})
		if err := json.Unmarshal(got.Result, &updates); err != nil {
			t.Fatal(err)
		}
		for _, u := range updates {
			insist("sendMessage", parameters{
				"chat_id": u.Message.Chat.ID, "text": u.Message.Text, "reply_parameters": parameters{"message_id": u.Message.ID},
			})
			offset = u.ID + 1
			left--
		}
	}
	typing.Wait()
	twice := 0
	for _, chat := range chats {
		last, answered := 0, map[int]bool{}
		for _, m := range chat.Messages() {
			switch {
			case !m.FromBot():
			case m.ReplyTo.ID < last:
				t.Errorf("chat %d: %d was answered after %d", chat.ID(), m.ReplyTo.ID, last)
			case answered[m.ReplyTo.ID]:
				twice++
			default:
				last, answered[m.ReplyTo.ID] = m.ReplyTo.ID, true
			}
		}
		if len(answered) != questions {
			t.Errorf("chat %d: %d of %d questions were answered", chat.ID(), len(answered), questions)
		}
	}
	dropped := 0
	for _, made := range server.Calls("sendMessage") {
		if made.Fault == "dropped after" {
			dropped++
		}
	}
	if twice != dropped || len(server.Refused()) > 0 {
		t.Errorf("%d answers came twice, %d connections broke after an answer; refused: %v", twice, dropped, server.Refused())
	}
}
