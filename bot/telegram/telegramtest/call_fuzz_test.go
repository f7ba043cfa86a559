package telegramtest

import (
	"maps"
	"slices"
	"testing"
	"time"
)

// FuzzCall calls methods with whatever comes as JSON: the server must refuse or answer, and what it shows must keep the
// rules of texts.
func FuzzCall(f *testing.F) {
	methods := slices.Sorted(maps.Keys(botAPI().Methods))
	for _, seed := range []string{
		`{"chat_id":5000000001,"text":"<b>a</b>","parse_mode":"HTML","reply_parameters":{"message_id":1}}`,
		`{"chat_id":5000000001,"text":"a","reply_markup":{"inline_keyboard":[[{"text":"b","callback_data":"c"}],[]]}}`,
		`{"chat_id":5000000001,"text":"🚀","entities":[{"type":"bold","offset":0,"length":2}],"link_preview_options":{}}`,
		`{"chat_id":5000000001,"message_id":2,"text":"b"}`,
		`{"inline_query_id":"1","results":[` +
			`{"type":"article","id":"1","title":"a","input_message_content":{"message_text":"b"}}]}`,
		`{"commands":[{"command":"ask","description":"a"}],"scope":{"type":"chat","chat_id":-4000000001}}`,
		`{"offset":-1,"limit":0,"allowed_updates":["message"]}`, `{"url":null}`,
		`{"reaction":[{"type":"emoji","emoji":"👍"}]}`,
	} {
		for i := range methods {
			f.Add(i, seed)
		}
	}
	server := New(f, Options{Clock: NewManualClock(time.Unix(1_700_000_000, 0))})
	alice := server.Person("Alice")
	f.Fuzz(func(t *testing.T, method int, body string) {
		read := &request{
			method: methods[(method%len(methods)+len(methods))%len(methods)], parameters: map[string]string{},
			files: map[string]upload{},
		}
		if read.addJSON([]byte(body)) != nil {
			return
		}
		delete(read.parameters, "timeout") // nobody moves the clock
		if read.method == "setWebhook" {
			return // what it starts outlives the call
		}
		chat := alice.Private()
		chat.Type(alice, "a question")
		result, refusal := server.call(t.Context(), read)
		if (result == nil) == (refusal == nil) {
			t.Fatalf("%s(%s): %v, %v", read.method, body, result, refusal)
		}
		if sent, ok := result.(*Message); ok && (utf16Length(sent.Text) > maxTextUnits || sent.Text+sent.Caption == "") {
			t.Fatalf("%s(%s) shows %q", read.method, body, sent.Text)
		}
	})
}
