package telegram_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"wenbao/bot/telegram"
	"wenbao/bot/telegram/telegramtest"
)

const (
	askedStations  = "2021年新建多少5G基站"
	askedAll       = "增长超过20%的有哪些"
	askedLong      = "全国有哪些"
	askedElsewhere = "青岛市长是谁"
)

func TestPrivateChat(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	s.asks(chat, alice, askedStations)
	s.asks(chat, alice, "那总数呢")
	s.asks(chat, alice, askedElsewhere)
	s.asks(chat, alice, askedAll)
	s.asks(chat, alice, "<b>&amp;</b> 多少")
	s.asks(chat, alice, "你好")
	s.asks(chat, alice, "第四部分第三节讲了什么")
	golden(t, "private", screen(chat))
}

func TestCommands(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	for _, text := range []string{
		"/start", "/ask " + askedStations, "/ask", "/sections", "/sections 五(六)", "/figures", "/figures 四(三)", "/help", "/about",
		"/目录", "／原文 五（六）", "/nonsense", "/sections 九",
	} {
		s.asks(chat, alice, text)
	}
	golden(t, "commands", screen(chat))
}

func TestMenus(t *testing.T) {
	s := newStage(t, nil)
	s.confirmed()
	alice := s.Person("Alice")
	s.asks(alice.Private(), alice, "/start") // the menus are set before the first update is received
	for scope, want := range map[string]string{
		"default":           "start ask chart sections figures help about",
		"all_private_chats": "start ask chart sections figures help about",
		"all_group_chats":   "ask chart sections figures help about",
	} {
		var names []string
		for _, command := range s.Commands(telegramtest.Scope{Type: scope}, "") {
			names = append(names, command.Command)
			if !strings.ContainsFunc(command.Description, func(r rune) bool { return r >= 0x4e00 }) {
				t.Errorf("%s: /%s is described as %q, not in Chinese", scope, command.Command, command.Description)
			}
		}
		if strings.Join(names, " ") != want {
			t.Errorf("%s: %q, want %q", scope, names, want)
		}
	}
}

func TestGroup(t *testing.T) {
	s := newEmptyStage(t, telegramtest.Options{NoPrivacy: true}, nil)
	s.start()
	alice, bob, robot := s.Person("Alice"), s.Person("Bob"), s.OtherBot("other_bot")
	group := s.Group("Team", alice, bob, robot)
	// Silence for what is not the bot's, until somebody asks it.
	for _, text := range []string{
		askedStations, "/sections", "/ask@other_bot " + askedStations, "/start", "mail me@telegramtest_bot.org", "@telegramtest_bot2 多少",
	} {
		group.Type(alice, text)
	}
	group.ForceType(robot, "/ask "+askedStations)
	group.Photo(alice, "@telegramtest_bot 这是什么")
	group.Sticker(bob)
	first := s.asks(group, alice, "/ask "+askedStations)
	s.asks(group, bob, "/ask@telegramtest_bot "+askedElsewhere)
	s.asks(group, bob, "请问 @TelegramTest_Bot 制造业技改投资增速全省第几")
	s.asks(group, alice, "@telegramtest_bot 那总数呢") // Alice's conversation, not Bob's
	s.next(group, group.Reply(bob, first, "哪些企业入选灯塔工厂"))
	s.asks(group, alice, "/help@telegramtest_bot")
	s.asks(group, alice, "@telegramtest_bot")
	golden(t, "group", screen(group))
}

func TestOtherThanText(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	s.next(chat, chat.Photo(alice, "这是什么"))
	s.next(chat, chat.Sticker(alice))
	s.next(chat, chat.Voice(alice))
	golden(t, "media", screen(chat))
}

func TestEditedQuestion(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	question := chat.Type(alice, "2021年新建多少4G基站")
	answer := s.next(chat, question)
	chat.Edit(alice, question, askedStations)
	answer = s.edited(chat, answer)
	if !strings.HasPrefix(answer.Text, "10018个\n") || len(chat.Messages()) != 2 {
		t.Errorf("the edited question is answered by\n%s", screen(chat))
	}
	chat.Delete(answer)
	chat.Edit(alice, question, askedElsewhere)
	if again := s.next(chat, answer); !strings.Contains(again.Text, "市长") {
		t.Errorf("a question whose answer was deleted is answered by\n%s", looks(again))
	}
	// In a group a message becomes a question when a mention is added to it.
	group := s.Group("Team", alice)
	said := group.Type(alice, askedStations)
	group.Edit(alice, said, askedStations+" @telegramtest_bot")
	if answer := s.next(group, said); answer.ReplyTo == nil || answer.ReplyTo.ID != said.ID {
		t.Errorf("answered by\n%s", looks(answer))
	}
}

func TestContextButton(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	answer := s.asks(chat, alice, askedStations)
	s.taps(chat, alice, answer, "上下文")
	open := s.edited(chat, answer)
	s.taps(chat, alice, open, "收起上下文")
	closed := s.edited(chat, open)
	if looks(closed) != strings.Replace(looks(answer), "\n", " (edited)\n", 1) {
		t.Errorf("toggled twice it shows\n%s\nwant\n%s", looks(closed), looks(answer))
	}
	golden(t, "context", looks(open))
	// Tapped twice in a hurry, and answered too late for Telegram to show it.
	toggle, _ := closed.Button("上下文")
	s.Fail("answerCallbackQuery", telegramtest.Refuse(telegramtest.Refusal{
		Code: 400, Description: "Bad Request: query is too old and response timeout expired or query ID is invalid",
	}))
	chat.TapData(alice, closed, *toggle.Data)
	_, err := chat.TapData(alice, closed, *toggle.Data).Answer(s.ctx)
	s.must(err)
	s.confirmed()
	if now, _ := chat.Message(closed.ID); now.Text != open.Text || len(chat.Messages()) != 2 {
		t.Errorf("tapped twice in a hurry:\n%s", screen(chat))
	}
	if strings.Contains(s.log.String(), "level=ERROR") {
		t.Errorf("the log complains:\n%s", s.log)
	}
}

// What the bot remembers of an answer may be gone when its question is edited, after a new start.
func TestEditedQuestionAfterANewStart(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	question := chat.Type(alice, "2021年新建多少4G基站")
	answer := s.next(chat, question)
	s.taps(chat, alice, answer, answer.Buttons()[0].Text)
	s.must(s.end())
	s.start()
	before := chat.Messages()
	chat.Edit(alice, question, askedStations)
	if again := s.next(chat, before[len(before)-1]); !strings.HasPrefix(again.Text, "10018个") {
		t.Errorf("answered by\n%s", looks(again))
	}
	// Buttons of before work.
	s.taps(chat, alice, answer, answer.Buttons()[0].Text)
}

func TestBlockedAndUnblocked(t *testing.T) {
	s := newEmptyStage(t, telegramtest.Options{}, nil)
	alice, bob := s.Person("Alice"), s.Person("Bob")
	alice.Private().Type(alice, askedStations)
	alice.Block()
	s.start()
	s.asks(bob.Private(), bob, askedStations)
	s.confirmed()
	if n := s.Count("sendMessage"); n != 2 {
		t.Errorf("%d messages were sent, want one try for each", n)
	}
	alice.Unblock()
	s.asks(alice.Private(), alice, askedStations)
}

func TestSectionPages(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	answer := s.asks(chat, alice, askedStations)
	s.taps(chat, alice, answer, "本节全文")
	section := s.next(chat, answer)
	if now, _ := chat.Message(answer.ID); now.Text != answer.Text {
		t.Error("the answer has gone")
	}
	s.taps(chat, alice, section, "本节数据")
	figures := s.edited(chat, section)
	s.taps(chat, alice, figures, "本节全文")
	if back := s.edited(chat, figures); back.Text != section.Text {
		t.Errorf("back at the section:\n%s", looks(back))
	}
	long := s.asks(chat, alice, "/sections 四")
	first := long.Text
	for page := long; ; page = s.edited(chat, page) {
		if _, more := page.Button("▶"); !more {
			long = page
			break
		}
		s.taps(chat, alice, page, "▶")
	}
	s.taps(chat, alice, long, "◀")
	if back := s.edited(chat, long); back.Text != first {
		t.Errorf("back at the first page:\n%s\nwant\n%s", back.Text, first)
	}
	golden(t, "pages", screen(chat)+looks(long))
}

func TestListPages(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	first := s.asks(chat, alice, askedLong)
	s.taps(chat, alice, first, "▶")
	second := s.edited(chat, first)
	if strings.HasPrefix(second.Text, "1. ") || len(second.Buttons()) < 3 {
		t.Errorf("the second page shows\n%s", looks(second))
	}
	s.taps(chat, alice, second, "2/"+strconv.Itoa(pagesOf(second))) // tells where one is, and does nothing
	s.taps(chat, alice, second, "◀")
	back := s.edited(chat, second)
	if looks(back) != strings.Replace(looks(first), "\n", " (edited)\n", 1) {
		t.Errorf("back at the first page:\n%s\nwant\n%s", looks(back), looks(first))
	}
	golden(t, "list", looks(first)+looks(second))
}

// pagesOf reads 5 from a message's button 2/5.
func pagesOf(m telegramtest.Message) int {
	for _, button := range m.Buttons() {
		if _, pages, found := strings.Cut(button.Text, "/"); found {
			n, _ := strconv.Atoi(pages)
			return n
		}
	}
	return 0
}

func TestSuggestions(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	greeting := s.asks(chat, alice, "/start")
	s.taps(chat, alice, greeting, askedStations)
	answer := s.next(chat, greeting)
	if !strings.Contains(answer.Text, "10018个") {
		t.Errorf("the tapped example is answered by\n%s", looks(answer))
	}
	if picked := s.asks(chat, alice, "1"); !strings.HasPrefix(picked.Text, "问："+suggestion(answer)+"\n") {
		t.Errorf("the digit is answered by\n%s", looks(picked))
	}
	s.asks(chat, alice, askedStations)
	// What follows is a follow-up of the tapped question.
	if followed := s.asks(chat, alice, "那总数呢"); !strings.HasPrefix(followed.Text, "20207个") {
		t.Errorf("the follow-up is answered by\n%s", looks(followed))
	}
}

func TestRelatedSentences(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	answer := s.asks(chat, alice, "2022年新建多少5G基站")
	var related string
	for _, button := range answer.Buttons() {
		if strings.Contains(button.Text, "5G基站") {
			related = button.Text
		}
	}
	if related == "" {
		t.Fatalf("no related sentence in\n%s", looks(answer))
	}
	s.taps(chat, alice, answer, related)
	s.next(chat, answer)
	golden(t, "related", screen(chat))
}

func TestCitationOpensTheSection(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	answer := s.asks(chat, alice, askedStations)
	at := slices.IndexFunc(answer.Entities, func(e telegramtest.Entity) bool { return e.Type == "text_link" })
	if at < 0 {
		t.Fatalf("no link in\n%s", looks(answer))
	}
	sent, ok := alice.Open(answer.Entities[at].URL)
	if !ok {
		t.Fatalf("%s leads nowhere", answer.Entities[at].URL)
	}
	if section := s.next(chat, sent); !strings.HasPrefix(section.Text, "四(三) 抢滩“新基建”\n") {
		t.Errorf("the link opens\n%s", looks(section))
	}
}

func TestShareButton(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	s.asks(chat, alice, askedStations)
	follow := s.asks(chat, alice, "那总数呢")
	tap := chat.Tap(alice, follow, "分享")
	offered, err := tap.Inline.Answer(s.ctx)
	s.must(err)
	if len(offered.Results) == 0 || !strings.Contains(offered.Results[0].Title, "20207个") {
		t.Errorf("sharing the answer to a follow-up offers %+v", offered.Results)
	}
}

// Buttons and links of another report, of another version, or of nobody at all are answered kindly.
func TestStaleButtons(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	answer := s.asks(chat, alice, askedStations)
	button, _ := answer.Button("本节全文")
	mine := *button.Data
	for name, data := range map[string]string{
		"another version": "0" + mine[1:], "another report": "1AAAAAA" + mine[7:], "no place of the report": mine[:8] + "zzzzzz",
		"nothing": "x", "a broken number": mine[:8] + "-", "an unknown action": mine[:7] + "!", "a question that is gone": mine[:7] + "q9",
		"a list without its question": mine[:7] + "l1-0", "context of nothing": mine[:7] + "c1-1", "context beyond the end": mine[:7] + "czzzzz-1-1",
	} {
		said, err := chat.TapData(alice, answer, data).Answer(s.ctx)
		s.must(err)
		if !strings.HasSuffix(said.Text, "请重新提问。") || !said.ShowAlert {
			t.Errorf("%s: answered with %+v", name, said)
		}
	}
	if n := len(chat.Messages()); n != 2 {
		t.Errorf("%d messages, want none but the question and its answer", n)
	}
	for _, payload := range []string{"0" + mine[1:], "1AAAAAAs0", "nonsense", "---"} {
		if said := s.asks(chat, alice, "/start "+payload); !strings.HasPrefix(said.Text, "这个链接来自旧的版本或另一份报告") {
			t.Errorf("/start %s: %s", payload, said.Text)
		}
	}
}

func TestAllowChat(t *testing.T) {
	s := newEmptyStage(t, telegramtest.Options{}, nil)
	alice, mallory := s.Person("Alice"), s.Person("Mallory")
	s.config.AllowChats = []int64{alice.User().ID}
	s.start()
	mallory.Private().Type(mallory, askedStations)
	s.asks(alice.Private(), alice, askedStations)
	s.confirmed()
	if n := len(mallory.Private().Messages()); n != 1 {
		t.Errorf("a stranger's chat shows %d messages, want their own", n)
	}
	offered, err := mallory.Inline("5G基站", "").Answer(s.ctx)
	s.must(err)
	if len(offered.Results) != 0 {
		t.Errorf("a stranger is offered %+v", offered.Results)
	}
	offered, err = alice.Inline("5G基站", "").Answer(s.ctx)
	s.must(err)
	if len(offered.Results) == 0 {
		t.Error("who is allowed is offered nothing")
	}
}

func TestTooManyQuestions(t *testing.T) {
	s := newStage(t, func(config *telegram.Config) { config.Questions = 2 })
	alice, bob := s.Person("Alice"), s.Person("Bob")
	chat := alice.Private()
	for range 5 {
		chat.Type(alice, askedStations)
	}
	s.confirmed()
	var said []string
	for _, m := range chat.Messages() {
		if m.FromBot() {
			said = append(said, strings.Split(m.Text, "\n")[0])
		}
	}
	if want := []string{"10018个", "10018个", "问得太快了，请过一会儿再问。"}; !slices.Equal(said, want) {
		t.Errorf("five questions, two of them allowed, are answered by %q, want %q", said, want)
	}
	answer := s.asks(bob.Private(), bob, askedStations)
	if !strings.HasPrefix(answer.Text, "10018个") {
		t.Errorf("another person gets %q", answer.Text)
	}
	// Commands and tapped questions count too, other buttons apart.
	s.asks(bob.Private(), bob, "/about")
	if said := s.taps(bob.Private(), bob, answer, suggestion(answer)); said.Text != "问得太快了，请过一会儿再问。" {
		t.Errorf("a tapped question too many is answered by %+v", said)
	}
	for range 5 {
		s.taps(bob.Private(), bob, answer, "本节全文")
	}
	if said := s.taps(bob.Private(), bob, answer, "本节全文"); said.Text != "点得太快了，请过一会儿再点。" {
		t.Errorf("a tap too many is answered by %+v", said)
	}
}

func TestInline(t *testing.T) {
	s := newStage(t, nil)
	alice, bob := s.Person("Alice"), s.Person("Bob")
	elsewhere := s.GroupWithoutBot("Elsewhere", alice, bob)
	offered, err := alice.Inline("5G基站", "").Answer(s.ctx)
	s.must(err)
	shared := alice.Share(elsewhere, offered, offered.Results[0])
	var text strings.Builder
	for _, result := range offered.Results {
		text.WriteString(result.Title + "\n  " + result.Description + "\n")
	}
	golden(t, "inline", text.String()+"\n"+screen(elsewhere))
	for _, e := range shared.Entities {
		if e.Type == "text_link" && !strings.HasPrefix(e.URL, "https://t.me/telegramtest_bot?start=") {
			t.Errorf("a link to %s", e.URL)
		}
	}
	// The button leads into the bot, where it opens the section.
	tap := elsewhere.Tap(bob, shared, "到机器人里看本节")
	if section := s.next(bob.Private(), *tap.Sent); !strings.HasPrefix(section.Text, "四(三)") {
		t.Errorf("the button opens\n%s", looks(section))
	}
}

func TestInlineHeadlines(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	seen := make(map[string]bool)
	pages := 0
	for offset := ""; ; pages++ {
		page, err := alice.Inline("", offset).Answer(s.ctx)
		s.must(err)
		if len(page.Results) > 10 {
			t.Errorf("%d results at %q", len(page.Results), offset)
		}
		for _, result := range page.Results {
			if seen[result.ID] || !strings.ContainsAny(result.Title, "0123456789一二三四五六七八九十千首") {
				t.Errorf("headline %q %q: seen before, or no figure", result.ID, result.Title)
			}
			seen[result.ID] = true
		}
		if offset = page.NextOffset; offset == "" {
			break
		}
	}
	if pages < 2 || len(seen) < 20 {
		t.Errorf("%d headlines on %d pages", len(seen), pages)
	}
}

func TestInlineFindsNothing(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	page, err := alice.Inline(askedElsewhere, "").Answer(s.ctx)
	s.must(err)
	if len(page.Results) != 0 || page.Button == nil {
		t.Fatalf("%+v", page)
	}
	if greeting := s.next(alice.Private(), alice.TapButton(page)); !strings.HasPrefix(greeting.Text, "市工业和信息化局2021年工作总结") {
		t.Errorf("the button leads to\n%s", looks(greeting))
	}
}

func TestSharedAnswersAreNoQuestions(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	offered, err := alice.Inline("5G基站", "").Answer(s.ctx)
	s.must(err)
	alice.Share(chat, offered, offered.Results[0])
	s.asks(chat, alice, askedStations)
	if n := len(chat.Messages()); n != 3 {
		t.Errorf("the chat shows\n%s", screen(chat))
	}
}
