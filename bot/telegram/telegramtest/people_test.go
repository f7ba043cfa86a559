package telegramtest_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"testing"

	"wenbao/bot/telegram/telegramtest"
)

func TestPrivacyModeInGroups(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice, other := server.Person("Alice"), server.OtherBot("other_bot")
	group := server.Group("讨论组", alice, other)
	name := "@" + telegramtest.DefaultUsername
	answered := must[telegramtest.Message](t, server, "sendMessage",
		parameters{"chat_id": group.ID(), "text": "an answer"})
	typed := group.Type(alice, "among ourselves")
	for _, test := range []struct {
		say  func() telegramtest.Message
		seen bool
	}{
		{func() telegramtest.Message { return group.Type(alice, "a question") }, false},
		{func() telegramtest.Message { return group.Type(alice, "/ask a question") }, true},
		{func() telegramtest.Message { return group.Type(alice, "/ask"+name+" a question") }, true},
		{func() telegramtest.Message { return group.Type(alice, "/ask@other_bot a question") }, false},
		{func() telegramtest.Message { return group.Type(alice, "请 "+name+" 说说") }, true},
		{func() telegramtest.Message { return group.Type(alice, "mail"+name) }, false},
		{func() telegramtest.Message { return group.Type(alice, name+"_fan") }, false},
		{func() telegramtest.Message { return group.Reply(alice, answered, "go on") }, true},
		{func() telegramtest.Message { return group.Reply(alice, typed, "go on") }, false},
		{func() telegramtest.Message { return group.Sticker(alice) }, false},
		{func() telegramtest.Message { return group.Photo(alice, "what is this, "+name+"?") }, true},
		{func() telegramtest.Message { return group.Type(other, "/ask from a bot") }, false},
		{func() telegramtest.Message { return group.ForceType(other, "/ask from a bot") }, true},
	} {
		said := test.say()
		updates := news(t, server)
		if seen := len(updates) == 1 && updates[0].Message.ID == said.ID; seen != test.seen || len(updates) > 1 {
			t.Errorf("%q (reply to %v): the bot got %+v", said.Text+said.Caption, said.ReplyTo, updates)
		}
	}
}

func TestWithoutPrivacyTheBotSeesAllButBots(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{NoPrivacy: true})
	alice, other := server.Person("Alice"), server.OtherBot("other_bot")
	group := server.Group("讨论组", alice, other)
	group.Type(alice, "heard")
	group.Type(other, "unheard")
	if got := texts(news(t, server)); got != "heard" {
		t.Errorf("heard: %q", got)
	}
}

func TestChatsThatTheBotLost(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	alice.Private().Type(alice, "hello")
	group := server.Group("讨论组", alice)
	send := func(id int64) answer {
		t.Helper()
		return call(t, server, "sendMessage", parameters{"chat_id": id, "text": "a"})
	}
	news(t, server)

	alice.Block()
	if got := send(alice.User().ID); got.Description != "Forbidden: bot was blocked by the user" || got.ErrorCode != 403 {
		t.Errorf("blocked: %+v", got)
	}
	if updates := news(t, server); len(updates) != 1 || updates[0].Membership.New.Status != "kicked" {
		t.Errorf("blocked: %+v", updates)
	}
	alice.Unblock()
	if got := send(alice.User().ID); !got.OK {
		t.Errorf("unblocked: %+v", got)
	}

	group.RemoveBot(alice)
	if got := send(group.ID()); got.Description != "Forbidden: bot was kicked from the group chat" {
		t.Errorf("kicked: %+v", got)
	}
	group.AddBot(alice)
	super := group.Migrate()
	got := send(group.ID())
	if got.Description != "Bad Request: group chat was upgraded to a supergroup chat" ||
		got.Parameters.MigrateTo != super.ID() {
		t.Errorf("migrated: %+v", got)
	}
	if got := send(super.ID()); !got.OK {
		t.Errorf("the supergroup: %+v", got)
	}
	must[bool](t, server, "leaveChat", parameters{"chat_id": super.ID()})
	if got := send(super.ID()); got.Description != "Forbidden: bot is not a member of the supergroup chat" {
		t.Errorf("left: %+v", got)
	}
	if got := send(server.GroupWithoutBot("others", alice).ID()); got.Description != "Bad Request: chat not found" {
		t.Errorf("never entered: %+v", got)
	}
	if malformed := server.Malformed(); len(malformed) > 0 {
		t.Errorf("nothing of this is malformed: %+v", malformed)
	}
}

func TestReplies(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	chat := alice.Private()
	question := chat.Type(alice, "a question")
	reply := func(p parameters) answer {
		t.Helper()
		return call(t, server, "sendMessage", parameters{"chat_id": chat.ID(), "text": "an answer", "reply_parameters": p})
	}
	if got := reply(parameters{"message_id": question.ID, "quote": "question"}); !got.OK {
		t.Fatalf("%+v", got)
	}
	shown, err := chat.ReplyTo(within(t), question)
	if err != nil || shown.ReplyTo.Text != "a question" {
		t.Errorf("reply: %+v, %v", shown, err)
	}
	got := reply(parameters{"message_id": question.ID, "quote": "else"})
	if got.Description != "Bad Request: QUOTE_TEXT_INVALID" {
		t.Errorf("quote: %+v", got)
	}
	chat.Delete(question)
	got = reply(parameters{"message_id": question.ID})
	if got.Description != "Bad Request: message to be replied not found" {
		t.Errorf("deleted: %+v", got)
	}
	if got := reply(parameters{"message_id": question.ID, "allow_sending_without_reply": true}); !got.OK {
		t.Errorf("allowed: %+v", got)
	}
	if messages := chat.Messages(); len(messages) != 2 || messages[1].ReplyTo != nil || len(chat.History()) != 3 {
		t.Errorf("the chat shows %+v", messages)
	}
}

func TestButtons(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	chat := alice.Private()
	chat.Type(alice, "/start")
	name := telegramtest.DefaultUsername
	rows := []parameters{
		{"text": "callback", "callback_data": "data"},
		{"text": "into", "url": "https://t.me/" + name + "?start=section_3"},
		{"text": "tg", "url": "tg://resolve?domain=" + name + "&start=section_4"},
		{"text": "out", "url": "https://example.com/"},
		{"text": "share", "switch_inline_query": "5G基站"},
		{"text": "here", "switch_inline_query_current_chat": ""},
		{"text": "copy", "copy_text": parameters{"text": "65.4"}},
	}
	shown := must[telegramtest.Message](t, server, "sendMessage", parameters{
		"chat_id": chat.ID(), "text": "an answer", "reply_markup": parameters{"inline_keyboard": [][]parameters{rows, {}}},
	})
	news(t, server)

	tap := chat.Tap(alice, shown, "callback")
	asked := news(t, server)[0].Callback
	if asked.Data != "data" || asked.Message.Text != "an answer" {
		t.Errorf("callback query: %+v", asked)
	}
	must[bool](t, server, "answerCallbackQuery",
		parameters{"callback_query_id": asked.ID, "text": "seen", "show_alert": true})
	if got, err := tap.Answer(ctx); err != nil || got.Text != "seen" || !got.ShowAlert {
		t.Errorf("answer: %+v, %v", got, err)
	}
	if sent := chat.Tap(alice, shown, "into").Sent; sent == nil || sent.Text != "/start section_3" {
		t.Errorf("into: %+v", sent)
	}
	if sent := chat.Tap(alice, shown, "tg").Sent; sent == nil || sent.Text != "/start section_4" {
		t.Errorf("tg: %+v", sent)
	}
	if out := chat.Tap(alice, shown, "out"); out.Sent != nil || out.URL != "https://example.com/" {
		t.Errorf("out: %+v", out)
	}
	news(t, server)
	chat.Tap(alice, shown, "share")
	chat.Tap(alice, shown, "here")
	if updates := news(t, server); updates[0].Inline.Query != "5G基站" || updates[1].Inline.Query != "" {
		t.Errorf("inline queries: %+v", updates)
	}
	if copied := chat.Tap(alice, shown, "copy").Copied; copied != "65.4" {
		t.Errorf("copied: %q", copied)
	}
	must[telegramtest.Message](t, server, "editMessageReplyMarkup",
		parameters{"chat_id": chat.ID(), "message_id": shown.ID})
	now, err := chat.Edited(ctx, shown)
	if err != nil || len(now.Buttons()) > 0 || now.Text != shown.Text || now.Edits != 0 {
		t.Errorf("without keyboard: %+v, %v", now, err)
	}
}

func TestInlineResultsAreSharedAndEdited(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	alice, bob := server.Person("Alice"), server.Person("Bob")
	elsewhere := server.GroupWithoutBot("elsewhere", alice, bob)
	asking := alice.Inline("5G", "")
	query := news(t, server)[0].Inline
	result := article("r1", "65.4万个", "新建<b>65.4</b>万个")
	result["reply_markup"] = button("text", "上下文", "callback_data", "context")
	must[bool](t, server, "answerInlineQuery", parameters{
		"inline_query_id": query.ID, "results": []parameters{result, article("r2", "b", "c")},
		"next_offset": "10", "cache_time": 60,
		"button": parameters{"text": "open", "start_parameter": "inline"},
	})
	answer, err := asking.Answer(ctx)
	if err != nil || len(answer.Results) != 2 || answer.NextOffset != "10" || answer.Results[0].Title != "65.4万个" ||
		answer.Cached {
		t.Fatalf("answer: %+v, %v", answer, err)
	}

	shared := alice.Share(elsewhere, answer, answer.Results[0])
	if shared.Text != "新建65.4万个" || shared.Marked("bold")[0] != "65.4" || shared.ViaBot == nil || shared.InlineID == "" {
		t.Errorf("shared: %+v", shared)
	}
	updates := news(t, server)
	if len(updates) != 1 || updates[0].Chosen.ResultID != "r1" || updates[0].Chosen.InlineMessageID != shared.InlineID {
		t.Errorf("updates after sharing: %+v", updates)
	}
	elsewhere.Tap(bob, shared, "上下文")
	if tapped := news(t, server)[0].Callback; tapped.InlineMessageID != shared.InlineID || tapped.Message != nil {
		t.Errorf("callback query: %+v", tapped)
	}
	must[bool](t, server, "editMessageText", parameters{"inline_message_id": shared.InlineID, "text": "in its context"})
	if now, err := elsewhere.Edited(ctx, shared); err != nil || now.Text != "in its context" {
		t.Errorf("edited: %+v, %v", now, err)
	}
	if plain := alice.Share(elsewhere, answer, answer.Results[1]); plain.InlineID != "" {
		t.Errorf("without keyboard: %+v", plain)
	}
	if sent := alice.TapButton(answer); sent.Text != "/start inline" {
		t.Errorf("button: %+v", sent)
	}
	news(t, server)

	again, err := bob.Inline("5G", "").Answer(ctx)
	if err != nil || !again.Cached || len(again.Results) != 2 || server.Pending() != 0 {
		t.Errorf("cached: %+v, %v", again, err)
	}
	bob.Inline("5G", "10")
	if next := news(t, server); len(next) != 1 || next[0].Inline.Offset != "10" {
		t.Errorf("next page: %+v", next)
	}
	own := alice.Share(alice.Private(), answer, answer.Results[0])
	updates = news(t, server)
	if len(updates) != 2 || updates[1].Message.ID != own.ID || updates[1].Message.ViaBot == nil {
		t.Errorf("shared with the bot: %+v", updates)
	}
}

// picture is a grey picture of a size.
func picture(t testing.TB, width, height int) []byte {
	t.Helper()
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return encoded.Bytes()
}

func TestPhotosAreUploadedAndUsedAgain(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	alice.Private().Type(alice, "hello")
	picture := func(width, height int) []byte { return picture(t, width, height) }
	to := parameters{"chat_id": alice.User().ID, "caption": "<b>a</b> chart", "parse_mode": "HTML"}
	if got := uploading(t, server, "sendPhoto", "photo", picture(30, 20), to); !got.OK {
		t.Fatalf("%+v", got)
	}
	shown := alice.Private().Messages()[1]
	if shown.Photo[0].Width != 30 || shown.Caption != "a chart" || !slices.Equal(shown.Marked("bold"), []string{"a"}) {
		t.Errorf("shown: %+v", shown)
	}
	must[telegramtest.Message](t, server, "sendPhoto",
		parameters{"chat_id": alice.User().ID, "photo": shown.Photo[0].FileID})
	for want, data := range map[string][]byte{
		"Bad Request: IMAGE_PROCESS_FAILED":     []byte("no picture"),
		"Bad Request: file must be non-empty":   {},
		"Bad Request: PHOTO_INVALID_DIMENSIONS": picture(2100, 100),
	} {
		if got := uploading(t, server, "sendPhoto", "photo", data, to); got.Description != want {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
	to["caption"] = fmt.Sprintf("%01025d", 0)
	got := uploading(t, server, "sendPhoto", "photo", picture(3, 2), to)
	if got.Description != "Bad Request: message caption is too long" {
		t.Errorf("caption: %+v", got)
	}
	delete(to, "caption")
	if got := uploading(t, server, "sendPhoto", "photo", picture(1080, 2000), to); !got.OK {
		t.Errorf("a large photo: %+v", got)
	}
	all := alice.Private().Messages()
	var heights []int
	for _, size := range all[len(all)-1].Photo {
		heights = append(heights, size.Height)
	}
	if want := []int{90, 320, 800, 1280, 2000}; !slices.Equal(heights, want) {
		t.Errorf("a large photo is kept %d pixels high, want %d", heights, want)
	}
	if got := uploading(t, server, "sendDocument", "document", []byte("text"), to); !got.OK {
		t.Errorf("document: %+v", got)
	}
}

func TestPhotosAreSharedFromInlineResults(t *testing.T) {
	ctx := within(t)
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	alice.Private().Type(alice, "hello")
	uploading(t, server, "sendPhoto", "photo", picture(t, 30, 20), parameters{"chat_id": alice.User().ID})
	photo := alice.Private().Messages()[1].Photo[0]
	news(t, server)
	asking := alice.Inline("chart", "")
	offered := parameters{
		"type": "photo", "id": "p1", "photo_file_id": photo.FileID, "caption": "<b>a</b> chart", "parse_mode": "HTML",
		"reply_markup": button("text", "more", "callback_data", "more"),
	}
	must[bool](t, server, "answerInlineQuery", parameters{
		"inline_query_id": news(t, server)[0].Inline.ID, "results": []parameters{offered, article("r1", "b", "c")},
	})
	answer, err := asking.Answer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	shared := alice.Share(alice.Private(), answer, answer.Results[0])
	if len(shared.Photo) != 1 || shared.Photo[0].FileID != photo.FileID || shared.Caption != "a chart" || shared.Text != "" ||
		!slices.Equal(shared.Marked("bold"), []string{"a"}) || shared.InlineID == "" {
		t.Errorf("shared: %+v", shared)
	}
}

func TestTheProfile(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	group := server.Group("讨论组", alice)
	commands := []telegramtest.BotCommand{{Command: "ask", Description: "提问"}, {Command: "help", Description: "帮助"}}
	for _, scope := range []telegramtest.Scope{
		{Type: "default"}, {Type: "all_group_chats"}, {Type: "chat_member", ChatID: group.ID(), UserID: alice.User().ID},
	} {
		with := parameters{"commands": commands, "scope": scope, "language_code": "zh"}
		must[bool](t, server, "setMyCommands", with)
		if got := server.Commands(scope, "zh"); !slices.Equal(got, commands) {
			t.Errorf("%+v: %+v", scope, got)
		}
		got := must[[]telegramtest.BotCommand](t, server, "getMyCommands", parameters{"scope": scope, "language_code": "zh"})
		if !slices.Equal(got, commands) {
			t.Errorf("%+v: %+v", scope, got)
		}
	}
	must[bool](t, server, "deleteMyCommands", parameters{"language_code": "zh"})
	if got := server.Commands(telegramtest.Scope{Type: "default"}, "zh"); len(got) > 0 {
		t.Errorf("deleted: %+v", got)
	}
	must[bool](t, server, "setMyShortDescription", parameters{"short_description": "答问"})
	if got := server.Profile("setMyShortDescription", ""); got != "答问" {
		t.Errorf("short description: %q", got)
	}
}

func TestTopicsOfAForum(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	alice := server.Person("Alice")
	forum := server.Group("论坛", alice)
	thread := forum.OpenTopic("5G")
	forum.TypeInTopic(alice, thread, "/ask a question")
	if got := news(t, server)[0].Message; got.ThreadID != thread || !got.IsTopicMessage {
		t.Errorf("message_thread_id %d, in a topic: %v; want %d, true", got.ThreadID, got.IsTopicMessage, thread)
	}
	sent := must[telegramtest.Message](t, server, "sendMessage",
		parameters{"chat_id": forum.ID(), "text": "a", "message_thread_id": thread})
	if sent.ThreadID != thread {
		t.Errorf("sent: %+v", sent)
	}
}
