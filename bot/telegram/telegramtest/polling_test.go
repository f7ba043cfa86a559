package telegramtest_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"wenbao/bot/telegram/telegramtest"
)

// texts are the texts of the messages in updates.
func texts(updates []update) string {
	var found []string
	for _, u := range updates {
		if u.Message != nil {
			found = append(found, u.Message.Text)
		}
	}
	return strings.Join(found, " ")
}

func TestUpdatesComeUntilTheyAreConfirmed(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	for i := range 5 {
		alice.Private().Type(alice, fmt.Sprint(i))
	}
	poll := func(p parameters) []update {
		t.Helper()
		return must[[]update](t, server, "getUpdates", p)
	}
	first := poll(nil)
	if texts(first) != "0 1 2 3 4" || first[4].ID != first[0].ID+4 {
		t.Fatalf("first: %+v", first)
	}
	for _, step := range []struct {
		with    parameters
		want    string
		pending int
	}{
		{nil, "0 1 2 3 4", 5},
		{parameters{"limit": 2}, "0 1", 5},
		{parameters{"offset": first[0].ID}, "0 1 2 3 4", 5},
		{parameters{"offset": first[2].ID, "limit": 1}, "2", 3},
		{nil, "2 3 4", 3},
		{parameters{"offset": first[0].ID}, "2 3 4", 3},
		{parameters{"offset": -2}, "3 4", 2},
		{nil, "3 4", 2},
		{parameters{"offset": -100}, "3 4", 2},
		{parameters{"offset": first[4].ID + 1}, "", 0},
		{parameters{"offset": -1}, "", 0},
	} {
		if got := texts(poll(step.with)); got != step.want || server.Pending() != step.pending {
			t.Errorf("getUpdates(%v): %q with %d pending, want %q with %d",
				step.with, got, server.Pending(), step.want, step.pending)
		}
	}
	alice.Private().Type(alice, "5")
	if next := poll(nil); texts(next) != "5" || next[0].ID != first[4].ID+1 {
		t.Errorf("next: %+v", next)
	}
}

func TestALongPollEndsWithNewsOrItsTimeout(t *testing.T) {
	ctx := within(t)
	clock := telegramtest.NewManualClock(time.Unix(1_700_000_000, 0))
	server := telegramtest.New(t, telegramtest.Options{Clock: clock})
	alice := server.Person("Alice")
	polled := make(chan answer, 1)
	poll := func() {
		got, err := try(server, "getUpdates", parameters{"timeout": 30})
		if err != nil {
			got.Description = err.Error()
		}
		polled <- got
	}

	go poll()
	if err := clock.Timers(ctx, 1); err != nil {
		t.Fatal(err)
	}
	alice.Private().Type(alice, "news")
	if got := <-polled; !got.OK || !strings.Contains(string(got.Result), `"text":"news"`) {
		t.Errorf("with news: %+v", got)
	}
	news(t, server)

	if err := server.Wait(ctx, func() bool { return !server.Polling() }); err != nil {
		t.Fatal(err)
	}
	go poll()
	if err := server.Wait(ctx, server.Polling); err != nil {
		t.Fatal(err)
	}
	if err := clock.Timers(ctx, 1); err != nil {
		t.Fatal(err)
	}
	clock.Advance(30 * time.Second)
	if got := <-polled; !got.OK || string(got.Result) != "[]" {
		t.Errorf("after its timeout: %+v", got)
	}
}

func TestOfTwoPollersTheOlderEnds(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	older, newer := make(chan answer, 1), make(chan answer, 1)
	poll := func(into chan answer) {
		got, err := try(server, "getUpdates", parameters{"timeout": 50})
		if err != nil {
			got.Description = err.Error()
		}
		into <- got
	}
	go poll(older)
	if err := server.Wait(ctx, server.Polling); err != nil {
		t.Fatal(err)
	}
	go poll(newer)
	want := "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	if got := <-older; got.ErrorCode != http.StatusConflict || got.Description != want {
		t.Errorf("the older: %+v", got)
	}
	alice.Private().Type(alice, "news")
	if got := <-newer; !got.OK || !strings.Contains(string(got.Result), "news") {
		t.Errorf("the newer: %+v", got)
	}
}

func TestAPollerThatDiesLosesNothing(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	dying, kill := context.WithCancel(ctx)
	request, err := http.NewRequestWithContext(dying, http.MethodGet,
		server.URL()+"/bot"+server.Token()+"/getUpdates?timeout=50", nil)
	if err != nil {
		t.Fatal(err)
	}
	died := make(chan error, 1)
	go func() {
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			response.Body.Close()
		}
		died <- err
	}()
	if err := server.Wait(ctx, server.Polling); err != nil {
		t.Fatal(err)
	}
	kill()
	if err := <-died; err == nil {
		t.Error("the poll was answered")
	}
	if err := server.Wait(ctx, func() bool { return !server.Polling() }); err != nil {
		t.Fatal(err)
	}
	alice.Private().Type(alice, "news")
	if got := texts(news(t, server)); got != "news" {
		t.Errorf("after the death: %q", got)
	}
}

func TestTheBotChoosesKindsOfUpdates(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	must[[]update](t, server, "getUpdates", parameters{"allowed_updates": []string{"edited_message"}})
	message := alice.Private().Type(alice, "unheard")
	alice.Private().Edit(alice, message, "heard")
	updates := news(t, server) // without the parameter the choice stays
	if len(updates) != 1 || updates[0].Edited == nil || updates[0].Edited.Text != "heard" {
		t.Errorf("edited_message: %+v", updates)
	}
	must[[]update](t, server, "getUpdates", parameters{"allowed_updates": []string{}})
	alice.Private().Type(alice, "heard too")
	if got := texts(news(t, server)); got != "heard too" {
		t.Errorf("all: %q", got)
	}
}

func TestUpdatesAreForgottenAfterADay(t *testing.T) {
	clock := telegramtest.NewManualClock(time.Unix(1_700_000_000, 0))
	server := telegramtest.New(t, telegramtest.Options{Clock: clock})
	alice := server.Person("Alice")
	alice.Private().Type(alice, "old")
	clock.Advance(23 * time.Hour)
	alice.Private().Type(alice, "new")
	clock.Advance(2 * time.Hour)
	if got := texts(news(t, server)); got != "new" {
		t.Errorf("after a day: %q", got)
	}
}

func TestParametersComeInFourWays(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	alice.Private().Type(alice, "hello")
	base := fmt.Sprintf("%s/bot%s/sendMessage", server.URL(), server.Token())
	id := alice.User().ID
	for _, send := range []func() (*http.Response, error){
		func() (*http.Response, error) { return http.Get(fmt.Sprintf("%s?chat_id=%d&text=a", base, id)) },
		func() (*http.Response, error) {
			return http.Post(base, "application/x-www-form-urlencoded", strings.NewReader(fmt.Sprintf("chat_id=%d&text=b", id)))
		},
		func() (*http.Response, error) {
			body := fmt.Sprintf(`{"chat_id":%d,"text":"c","reply_parameters":{"message_id":1},"parse_mode":null}`, id)
			return http.Post(base, "application/json; charset=utf-8", strings.NewReader(body))
		},
		func() (*http.Response, error) {
			body := fmt.Sprintf("--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n%d\r\n"+
				"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nd\r\n--x--\r\n", id)
			return http.Post(base, "multipart/form-data; boundary=x", strings.NewReader(body))
		},
	} {
		response, err := send()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := read(response); err != nil || !got.OK {
			t.Errorf("%+v, %v", got, err)
		}
	}
	var shown []string
	for _, m := range alice.Private().Messages() {
		shown = append(shown, m.Text)
	}
	if want := []string{"hello", "a", "b", "c", "d"}; !slices.Equal(shown, want) {
		t.Errorf("the chat shows %q", shown)
	}
	for kind, body := range map[string]string{
		"application/json": `{"chat_id":`, "text/plain": "chat_id=1", "multipart/form-data": "x",
	} {
		response, err := http.Post(base, kind, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := read(response); err != nil || got.ErrorCode != http.StatusBadRequest {
			t.Errorf("%s: %+v, %v", kind, got, err)
		}
	}
}
