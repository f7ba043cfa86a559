package telegramtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"wenbao/bot/telegram/telegramtest"
)

// with adds names and values to parameters.
func with(p parameters, more ...any) parameters {
	for i := 0; i < len(more); i += 2 {
		p[more[i].(string)] = more[i+1]
	}
	return p
}

func button(fields ...any) parameters {
	return parameters{"inline_keyboard": [][]parameters{{with(parameters{}, fields...)}}}
}

func entity(kind string, offset, length int) []parameters {
	return []parameters{{"type": kind, "offset": offset, "length": length}}
}

func article(id, title, text string) parameters {
	return parameters{
		"type": "article", "id": id, "title": title,
		"input_message_content": parameters{"message_text": text, "parse_mode": "HTML"},
	}
}

func articles(count int) []parameters {
	var made []parameters
	for i := range count {
		made = append(made, article(fmt.Sprint(i), "a title", "a text"))
	}
	return made
}

// photo is an inline result with a photo that Telegram may have.
func photo(id string, more ...any) []parameters {
	return []parameters{with(parameters{"type": "photo", "id": "1", "photo_file_id": id}, more...)}
}

func TestItRefusesWhatTelegramRefuses(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	chat := alice.Private()
	typed := chat.Type(alice, "a question")
	tap := func() string {
		chat.TapData(alice, typed, "data")
		updates := news(t, server)
		return updates[len(updates)-1].Callback.ID
	}
	inline := func() string {
		alice.Inline(fmt.Sprint(server.Count("answerInlineQuery")), "")
		updates := news(t, server)
		return updates[len(updates)-1].Inline.ID
	}
	to := alice.User().ID
	message := must[telegramtest.Message](t, server, "sendMessage", parameters{"chat_id": to, "text": "shown"})
	stranger := server.Person("Bob").User().ID
	commands := func(name, description string) parameters {
		return parameters{"commands": []parameters{{"command": name, "description": description}}}
	}
	say := func(more ...any) parameters { return with(parameters{"chat_id": to, "text": "a"}, more...) }
	results := func(results any, more ...any) parameters {
		return with(parameters{"inline_query_id": inline(), "results": results}, more...)
	}
	own, voice := chat.Photo(alice, "").Photo[0].FileID, chat.Voice(alice).Voice.FileID
	deepLink := "https://t.me/" + telegramtest.DefaultUsername + "?start="

	for _, test := range []struct {
		method string
		with   parameters
		want   string // the description, or its beginning when it ends in "…"
	}{
		{"sendMesage", parameters{}, "Not Found: method not found"},
		{"sendMessage", parameters{"chat_id": to}, "Bad Request: message text is empty"},
		{"sendMessage", parameters{"chat_id": to, "text": " \n\t"}, "Bad Request: text must be non-empty"},
		{"sendMessage", parameters{"chat_id": to, "text": "<b> </b>", "parse_mode": "HTML"},
			"Bad Request: text must be non-empty"},
		{"sendMessage", parameters{"text": "a"}, "Bad Request: chat_id is empty"},
		{"sendMessage", parameters{"chat_id": 12, "text": "a"}, "Bad Request: chat not found"},
		{"sendMessage", parameters{"chat_id": "@nobody", "text": "a"}, "Bad Request: chat not found"},
		{"sendMessage", parameters{"chat_id": stranger, "text": "a"},
			"Forbidden: bot can't initiate conversation with a user"},
		{"sendMessage", say("parse_mode", "Klingon"), "Bad Request: unsupported parse_mode"},
		{"sendMessage", say("disable_web_page_preview", true),
			`Bad Request: unknown parameter "disable_web_page_preview" of sendMessage`},
		{"sendMessage", say("disable_notification", "maybe"),
			`Bad Request: parameter "disable_notification" must be of type Boolean`},
		{"sendMessage", say("message_thread_id", "one"),
			`Bad Request: parameter "message_thread_id" must be of type Integer`},
		{"sendMessage", say("message_thread_id", 4), "Bad Request: message thread not found"},
		{"sendMessage", say("link_preview_options", parameters{"disabled": true}),
			`Bad Request: unknown field "disabled" of LinkPreviewOptions`},
		{"sendMessage", say("reply_parameters", parameters{"message_id": "1"}),
			`Bad Request: field "message_id" must be of type Number`},
		{"sendMessage", say("reply_parameters", parameters{"message_id": 99}),
			"Bad Request: message to be replied not found"},
		{"sendMessage", say("business_connection_id", "x"),
			"Bad Request: business connection not found"},
		{"sendMessage", parameters{"chat_id": to, "text": strings.Repeat("字", 4097)}, "Bad Request: message is too long"},
		{"sendMessage", parameters{"chat_id": to, "text": strings.Repeat("🚀", 2049)}, "Bad Request: message is too long"},
		{"sendMessage", parameters{"chat_id": to, "text": "<b>open", "parse_mode": "HTML"},
			`Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{"sendMessage", parameters{"chat_id": to, "text": "🚀", "entities": entity("bold", 1, 1)},
			"Bad Request: entity begins in a middle of a UTF-16 symbol at UTF-16 offset 1"},
		{"sendMessage", say("entities", entity("bold", 0, 2)),
			"Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2"},
		{"sendMessage", parameters{"chat_id": to, "text": deepLink + "中文"}, "Bad Request: START_PARAM_INVALID"},
		{"sendMessage", parameters{"chat_id": to, "text": `<a href="` + deepLink + `a.b">x</a>`, "parse_mode": "HTML"},
			"Bad Request: START_PARAM_INVALID"},
		{"sendMessage", say("reply_markup", button("text", "x", "url", deepLink+strings.Repeat("a", 65))),
			"Bad Request: START_PARAM_INVALID"},
		{"sendMessage", say("reply_markup", button("text", "x", "callback_data", strings.Repeat("a", 65))),
			"Bad Request: BUTTON_DATA_INVALID"},
		{"sendMessage", say("reply_markup", button("text", "x", "callback_data", strings.Repeat("字", 22))),
			"Bad Request: BUTTON_DATA_INVALID"},
		{"sendMessage", say("reply_markup", button("text", "x", "callback_data", "")),
			"Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"sendMessage", say("reply_markup", button("text", "x")),
			"Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"sendMessage", say("reply_markup", button("text", " ", "callback_data", "a")),
			"Bad Request: can't parse inline keyboard button: Inline keyboard button text must be non-empty"},
		{"sendMessage", say("reply_markup", button("callback_data", "a")),
			`Bad Request: can't parse inline keyboard button: Can't find field "text"`},
		{"sendMessage", say("reply_markup", button("text", "x", "callback_data", "a", "url", "t.me")),
			"Bad Request: can't parse inline keyboard button: exactly one action must be specified"},
		{"sendMessage", say("reply_markup", button("text", "x", "url", "nowhere")),
			"Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"},
		{"sendMessage", say("reply_markup", "{"), "Bad Request: can't parse reply keyboard markup JSON object"},
		{"sendMessage", say("entities", entity("loud", 0, 1)),
			"Bad Request: can't parse MessageEntity: Unsupported type specified"},
		{"sendMessage", say("entities", entity("text_link", 0, 1)),
			`Bad Request: can't parse MessageEntity: Can't find field "url"`},
		{"sendMessage", say("entities", entity("bold", -1, 1)),
			"Bad Request: receive an entity with incorrect offset -1"},
		{"sendMessage", say("link_preview_options", parameters{"url": "not-a-url"}),
			"Bad Request: WEBPAGE_URL_INVALID"},
		{"sendMessage", say("link_preview_options", parameters{"is_disabled": "yes"}),
			`Bad Request: field "is_disabled" must be of type Boolean`},
		{"sendMessage", say("reply_parameters", parameters{"quote": "a"}),
			`Bad Request: can't find field "message_id"`},
		{"sendMessage", say("reply_markup", parameters{"inline_keyboard": "bad"}),
			`Bad Request: field "inline_keyboard" must be of type Array`},
		{"sendMessage", say("reply_markup", button("text", "x", "url", "ftp://example.com")),
			"Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol"},
		{"sendMessage", say("reply_markup", button("text", "x", "copy_text", parameters{"text": ""})),
			"Bad Request: BUTTON_COPY_TEXT_INVALID"},
		{"sendMessage", say("reply_markup", button("text", "x", "pay", true)),
			"Bad Request: BUTTON_TYPE_INVALID"},
		{"sendMessage", say("reply_markup", button("text", "x", "web_app", parameters{"url": "http://a.cn"})),
			"Bad Request: inline keyboard button Web App URL 'http://a.cn' is invalid: Only HTTPS links are allowed"},
		{"editMessageText", parameters{"text": "a"}, "Bad Request: message identifier is not specified"},
		{"editMessageText", parameters{"chat_id": to, "message_id": 99, "text": "a"},
			"Bad Request: message to edit not found"},
		{"editMessageText", parameters{"chat_id": to, "message_id": typed.ID, "text": "a"},
			"Bad Request: message can't be edited"},
		{"editMessageText", parameters{"chat_id": to, "message_id": message.ID, "text": "<i></i>shown", "parse_mode": "HTML"},
			"Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a " +
				"current content and reply markup of the message"},
		{"editMessageReplyMarkup", parameters{"chat_id": to, "message_id": message.ID},
			"Bad Request: message is not modified…"},
		{"editMessageText", parameters{"inline_message_id": "x", "text": "a"}, "Bad Request: MESSAGE_ID_INVALID"},
		{"deleteMessage", parameters{"chat_id": to, "message_id": 99}, "Bad Request: message to delete not found"},
		{"sendChatAction", parameters{"chat_id": to, "action": "dancing"}, "Bad Request: wrong parameter action in request"},
		{"setMessageReaction", parameters{"chat_id": to, "message_id": typed.ID, "reaction": []parameters{{"type": "wink"}}},
			"Bad Request: unsupported type specified"},
		{"answerCallbackQuery", parameters{"callback_query_id": "1"},
			"Bad Request: query is too old and response timeout expired or query ID is invalid"},
		{"answerCallbackQuery", parameters{"callback_query_id": tap(), "text": strings.Repeat("字", 201)},
			"Bad Request: MESSAGE_TOO_LONG"},
		{"answerCallbackQuery", parameters{"callback_query_id": tap(), "url": "https://example.com"},
			"Bad Request: URL_INVALID"},
		{"answerCallbackQuery", parameters{"callback_query_id": inline()}, "Bad Request: query is too old…"},
		{"answerInlineQuery", parameters{"inline_query_id": "1", "results": articles(1)}, "Bad Request: query is too old…"},
		{"answerInlineQuery", parameters{"inline_query_id": inline()},
			`Bad Request: parameter "results" of answerInlineQuery is required`},
		{"answerInlineQuery", results(articles(51)), "Bad Request: RESULTS_TOO_MUCH"},
		{"answerInlineQuery", results(append(articles(2), articles(1)...)),
			"Bad Request: RESULT_ID_DUPLICATE"},
		{"answerInlineQuery", results([]parameters{article("", "a", "a")}),
			"Bad Request: RESULT_ID_EMPTY"},
		{"answerInlineQuery", results([]parameters{article(strings.Repeat("a", 65), "a", "a")}),
			"Bad Request: RESULT_ID_INVALID"},
		{"answerInlineQuery", results([]parameters{article("1", "", "a")}),
			"Bad Request: ARTICLE_TITLE_EMPTY"},
		{"answerInlineQuery", results([]parameters{article("1", "a", "<b>")}),
			"Bad Request: can't parse entities: Can't find end tag…"},
		{"answerInlineQuery", results([]parameters{{"type": "article", "id": "1", "title": "a"}}),
			`Bad Request: can't parse inline query result: Can't find field "input_message_content"`},
		{"answerInlineQuery", results([]parameters{{"type": "rumour", "id": "1"}}),
			"Bad Request: can't parse inline query result: Unsupported type specified"},
		{"answerInlineQuery", results(photo("unknown")), "Bad Request: wrong file identifier specified"},
		{"answerInlineQuery", results(photo(voice)), "Bad Request: type of file mismatch"},
		{"answerInlineQuery", results(photo(own, "caption", strings.Repeat("字", 1025))),
			"Bad Request: message caption is too long"},
		{"answerInlineQuery", results(photo(own, "caption", "<b>", "parse_mode", "HTML")),
			"Bad Request: can't parse entities: Can't find end tag…"},
		{"answerInlineQuery", results(photo(own, "reply_markup", button("text", "x"))),
			"Bad Request: can't parse inline keyboard button…"},
		{"answerInlineQuery", results([]parameters{{"type": "photo", "id": "1", "photo_url": "https://x.org", "thumbnail_url": "https://x.org"}}),
			"Bad Request: this server knows no inline results but articles and photos that were uploaded"},
		{"answerInlineQuery", results(articles(1), "next_offset", strings.Repeat("1", 65)),
			"Bad Request: NEXT_OFFSET_INVALID"},
		{"answerInlineQuery", results(articles(1), "button", parameters{"text": "a", "start_parameter": "a b"}),
			"Bad Request: START_PARAM_INVALID"},
		{"answerInlineQuery", results(articles(1), "button", parameters{"text": "a"}),
			"Bad Request: can't parse inline query results button…"},
		{"answerInlineQuery", results(articles(1), "button", parameters{"text": "", "start_parameter": "a"}),
			"Bad Request: SWITCH_PM_TEXT_EMPTY"},
		{"setMyCommands", parameters{"commands": []parameters{}}, "Bad Request: at least one bot command must be specified"},
		{"setMyCommands", commands("Ask", "a description"), "Bad Request: BOT_COMMAND_INVALID"},
		{"setMyCommands", commands("问", "a description"), "Bad Request: BOT_COMMAND_INVALID"},
		{"setMyCommands", commands(strings.Repeat("a", 33), "a description"), "Bad Request: BOT_COMMAND_INVALID"},
		{"setMyCommands", commands("ask", ""), "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"},
		{"setMyCommands", commands("ask", strings.Repeat("字", 257)), "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"},
		{"setMyCommands", parameters{"commands": []parameters{{"command": "ask", "description": "a"}},
			"scope": parameters{"type": "moon"}},
			"Bad Request: can't parse BotCommandScope: Unsupported type specified"},
		{"setMyCommands", parameters{"commands": []parameters{{"command": "ask", "description": "a"}},
			"scope": parameters{"type": "chat"}},
			`Bad Request: can't parse BotCommandScope: Can't find field "chat_id"`},
		{"setMyName", parameters{"name": strings.Repeat("a", 65)}, "Bad Request: BOT_TITLE_INVALID"},
		{"setWebhook", parameters{"url": "http://example.com/hook"},
			"Bad Request: bad webhook: An HTTPS URL must be provided for webhook"},
		{"setWebhook", parameters{"url": "https://example.com:8080/"},
			"Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"},
		{"setWebhook", parameters{"url": "https://example.com/", "secret_token": "a b"},
			"Bad Request: secret token contains unallowed characters"},
		{"sendPhoto", parameters{"chat_id": to, "photo": "unknown"}, "Bad Request: wrong file identifier/HTTP URL specified"},
		{"leaveChat", parameters{"chat_id": to}, "Bad Request: chat member status can't be changed in private chats"},
	} {
		got := call(t, server, test.method, test.with)
		beginning, open := strings.CutSuffix(test.want, "…")
		if got.OK || got.Description != test.want && !(open && strings.HasPrefix(got.Description, beginning)) {
			t.Errorf("%s(%.300s)\n got %q\nwant %q", test.method, fmt.Sprint(test.with), got.Description, test.want)
		}
	}
}

func TestItRemembersWhatItRefused(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	alice.Private().Type(alice, "a question")
	call(t, server, "sendMessage", parameters{"chat_id": alice.User().ID, "text": "an answer"})
	call(t, server, "deleteMessage", parameters{"chat_id": alice.User().ID, "message_id": 7})
	call(t, server, "sendMessage", parameters{"chat_id": alice.User().ID, "text": "<p>", "parse_mode": "HTML"})
	if refused := server.Refused(); len(refused) != 2 {
		t.Errorf("refused: %+v", refused)
	}
	malformed := server.Malformed()
	if len(malformed) != 1 || malformed[0].Parameters["text"] != "<p>" ||
		malformed[0].Refusal.Code != http.StatusBadRequest {
		t.Errorf("malformed: %+v", malformed)
	}
	if sent := server.Calls("sendMessage"); len(sent) != 2 || sent[0].Refusal != nil || server.Count("sendMessage") != 2 {
		t.Errorf("calls: %+v", sent)
	}
}

func TestQueriesExpire(t *testing.T) {
	clock := telegramtest.NewManualClock(time.Unix(1_700_000_000, 0))
	server := telegramtest.New(t, telegramtest.Options{Clock: clock})
	alice := server.Person("Alice")
	message := alice.Private().Type(alice, "a question")
	const tooOld = "Bad Request: query is too old and response timeout expired or query ID is invalid"

	tap := alice.Private().TapData(alice, message, "data")
	alice.Inline("5G", "")
	updates := news(t, server)
	clock.Advance(16 * time.Second)
	got := call(t, server, "answerCallbackQuery", parameters{"callback_query_id": updates[1].Callback.ID})
	if got.Description != tooOld || tap.Answered() {
		t.Errorf("late answer to a tap: %+v", got)
	}
	got = call(t, server, "answerInlineQuery", parameters{"inline_query_id": updates[2].Inline.ID, "results": articles(1)})
	if got.Description != tooOld {
		t.Errorf("late answer to an inline query: %+v", got)
	}

	alice.Private().TapData(alice, message, "data")
	id := news(t, server)[0].Callback.ID
	clock.Advance(14 * time.Second)
	must[bool](t, server, "answerCallbackQuery", parameters{"callback_query_id": id})
	if got := call(t, server, "answerCallbackQuery", parameters{"callback_query_id": id}); got.Description != tooOld {
		t.Errorf("second answer: %+v", got)
	}
}

func TestATokenThatIsWrongOrRevoked(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	for path, want := range map[string]string{
		"/bot123:wrong/getMe":           "Unauthorized",
		"/bot" + server.Token():         "Not Found",
		"/":                             "Not Found",
		"/botx" + server.Token() + "/x": "Unauthorized",
	} {
		response, err := http.Get(server.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := read(response); err != nil || got.Description != want {
			t.Errorf("%s: %+v, %v", path, got, err)
		}
	}
	server.RevokeToken()
	if got := call(t, server, "getMe", nil); got.ErrorCode != http.StatusUnauthorized {
		t.Errorf("after RevokeToken: %+v", got)
	}
}
