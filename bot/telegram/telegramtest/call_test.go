package telegramtest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"wenbao/bot/telegram/telegramtest"
)

// answer is the body of an answer of the Bot API.
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	ErrorCode   int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		MigrateTo  int64 `json:"migrate_to_chat_id"`
		RetryAfter int   `json:"retry_after"`
	} `json:"parameters"`
}

// parameters are those of a call; what is no text goes as JSON.
type parameters map[string]any

// within bounds how long a test may hang before it fails; no test needs it to pass.
func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func (p parameters) form() url.Values {
	form := url.Values{}
	for name, value := range p {
		text, ok := value.(string)
		if !ok {
			encoded, err := json.Marshal(value)
			if err != nil {
				panic(err)
			}
			text = string(encoded)
		}
		form.Set(name, text)
	}
	return form
}

// try makes a call and gives the error of the connection, if any.
func try(server *telegramtest.Server, method string, p parameters) (answer, error) {
	response, err := http.PostForm(server.URL()+"/bot"+server.Token()+"/"+method, p.form())
	if err != nil {
		return answer{}, err
	}
	return read(response)
}

func read(response *http.Response) (answer, error) {
	defer response.Body.Close()
	var got answer
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		return got, err
	}
	if !got.OK && got.ErrorCode != response.StatusCode {
		return got, fmt.Errorf("status %d with error_code %d", response.StatusCode, got.ErrorCode)
	}
	return got, nil
}

func call(t testing.TB, server *telegramtest.Server, method string, p parameters) answer {
	t.Helper()
	got, err := try(server, method, p)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return got
}

// must makes a call that the server must carry out, and decodes its result.
func must[Result any](t testing.TB, server *telegramtest.Server, method string, p parameters) Result {
	t.Helper()
	got := call(t, server, method, p)
	var result Result
	if !got.OK {
		t.Fatalf("%s(%v): %s", method, p, got.Description)
	}
	if err := json.Unmarshal(got.Result, &result); err != nil {
		t.Fatalf("%s: %s: %v", method, got.Result, err)
	}
	return result
}

// uploading makes a call with a file.
func uploading(t testing.TB, server *telegramtest.Server, method, name string, data []byte, p parameters) answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range p.form() {
		if err := form.WriteField(name, values[0]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile(name, "file")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(server.URL()+"/bot"+server.Token()+"/"+method, form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(response)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// update is what tests look at in an Update.
type update struct {
	ID       int64                 `json:"update_id"`
	Message  *telegramtest.Message `json:"message"`
	Edited   *telegramtest.Message `json:"edited_message"`
	Callback *struct {
		ID              string                `json:"id"`
		Data            string                `json:"data"`
		InlineMessageID string                `json:"inline_message_id"`
		Message         *telegramtest.Message `json:"message"`
	} `json:"callback_query"`
	Inline *struct {
		ID, Query, Offset string
	} `json:"inline_query"`
	Chosen *struct {
		ResultID        string `json:"result_id"`
		InlineMessageID string `json:"inline_message_id"`
		Query           string
	} `json:"chosen_inline_result"`
	Membership *struct {
		New struct{ Status string } `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

// news gives the updates that wait, and confirms them.
func news(t testing.TB, server *telegramtest.Server) []update {
	t.Helper()
	updates := must[[]update](t, server, "getUpdates", nil)
	if len(updates) > 0 {
		must[[]update](t, server, "getUpdates", parameters{"offset": updates[len(updates)-1].ID + 1, "limit": 1})
	}
	return updates
}

// A bot that is killed in the middle of a request has asked for nothing that the Bot API does not know.
func TestRequestsThatBreakOffAreNoMistakes(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	connection, err := net.Dial("tcp", strings.TrimPrefix(server.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(connection, "POST /bot%s/sendPhoto HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"+
		"Content-Length: 1000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"p\"\r\n\r\nhalf", server.Token())
	if err != nil {
		t.Fatal(err)
	}
	if err := connection.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if answer, err := io.ReadAll(connection); len(answer) > 0 {
		t.Errorf("answered by %q, %v", answer, err)
	}
	if calls := server.Calls(""); len(calls) > 0 {
		t.Errorf("it counts as %+v", calls)
	}
}
