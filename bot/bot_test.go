package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/content"
	"wenbao/retrieval"
)

func newBot(t *testing.T) *Bot {
	t.Helper()
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	engine := answers.New(report)
	return New(engine)
}

func say(t *testing.T, b *Bot, session *Session, message string) Reply {
	t.Helper()
	reply, err := b.Reply(context.Background(), session, message)
	if err != nil {
		t.Fatalf("%q: %v", message, err)
	}
	return reply
}

func TestCommands(t *testing.T) {
	b := newBot(t)
	for _, test := range []struct {
		messages []string // that say the same
		want     []string // lines among the reply's
	}{
		{[]string{"/目录", "／目录", "、目录", "/sections", "/SECTIONS", " /目录 ", "/目录 一"},
			[]string{"市工业和信息化局2021年工作总结", "  四(三) 抢滩“新基建”", "结语"}},
		{[]string{"/原文 五(六)", "/原文五(六)", "/原文 五（六）", "/section 五(六)", "／原文　五（六）"},
			[]string{"五(六) 搭建产业促进平台", "创新举办世界工业互联网产业大会、青岛国际软件融合创新博览会、青岛时装周等高端展会,广搭朋友圈,聚合新资源。"}},
		{[]string{"/原文 五"}, []string{"五 聚焦改革攻坚,贴心服务建生态", "五(七) 扎实推进企业培训"}},
		{[]string{"/原文", "/section"}, []string{"要看哪一节？请在后面写上章节号，如 /原文 一(一)"}},
		{[]string{"/原文 九"}, []string{"没有这一节。请在后面写上章节号，如 /原文 一(一)"}},
		{[]string{"/数据", "/figures"}, []string{"  四(三) 抢滩“新基建” 4 项", "看某一节的数据：/数据 一(一)"}},
		{[]string{"/数据 四(三)"}, []string{"四(三) 抢滩“新基建”", "· 10018个 年内新建开通5G基站"}},
		{[]string{"/数据 结语"}, []string{"这一节没有数据。"}},
		{[]string{"/数据 九"}, []string{"没有这一节。请在后面写上章节号，如 /数据 一(一)"}},
		{[]string{"/帮助", "/help", "、帮助"}, []string{"/原文 章节号  某一节的原文（/section）"}},
		{[]string{"/nonsense", "/", "/ 目录"}, []string{"没有这个命令。", "/退出  离开（/quit）"}},
	} {
		for _, message := range test.messages {
			lines := strings.Split(say(t, b, new(Session), message).Text(), "\n")
			for _, want := range test.want {
				if !slices.Contains(lines, want) {
					t.Errorf("%q: no line %q in\n%s", message, want, strings.Join(lines, "\n"))
				}
			}
		}
	}
}

func TestLeave(t *testing.T) {
	b := newBot(t)
	for _, message := range []string{"/退出", "/quit", "、退出"} {
		if reply := say(t, b, new(Session), message); !reply.Leave || reply.Text() != "再见。" {
			t.Errorf("%q: %+v", message, reply)
		}
	}
	if say(t, b, new(Session), "退出").Leave {
		t.Error("a word without a slash is a question and leaves nothing")
	}
}

func TestDigitPicksASuggestion(t *testing.T) {
	b := newBot(t)
	for _, digit := range []string{"2", "２", " 2 ", "②"} {
		session := &Session{suggestions: []string{"/帮助", "/目录", "/退出"}}
		if text := say(t, b, session, digit).Text(); !strings.HasPrefix(text, "问：/目录\n\n市工业和信息化局2021年工作总结\n") {
			t.Errorf("%q: %s", digit, text)
		}
		if picked := say(t, b, &Session{suggestions: []string{"/帮助", "/目录"}}, digit).Picked; picked != "/目录" {
			t.Errorf("%q: picked %q", digit, picked)
		}
		if len(session.suggestions) != 0 {
			t.Errorf("%q: the outline suggests nothing, yet %q can be picked", digit, session.suggestions)
		}
	}
	session := &Session{suggestions: []string{"/目录"}}
	if text := say(t, b, session, "2").Text(); strings.Contains(text, "问：") {
		t.Errorf("2 of one suggestion: %s", text)
	}
}

func TestComplete(t *testing.T) {
	b := newBot(t)
	for typed, want := range map[string][]string{
		"/":          {"/目录", "/数据", "/原文", "/帮助", "/退出"},
		"/s":         {"/sections", "/section"},
		"/原":         {"/原文"},
		"/原文 四(":     {"/原文 四(一)", "/原文 四(二)", "/原文 四(三)"},
		"/figures 结": {"/figures 结语"},
		"/目录 四":      nil,
		"/原文 九":      nil,
		"新建":         nil,
		"":           nil,
	} {
		if got := b.Complete(t.Context(), &Session{}, typed); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// Of many reports, the labels are those of the one that was chosen.
func TestCompleteOverMany(t *testing.T) {
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	other := *report // an edition of the same title, which is no copy
	other.Text += " "
	library, err := answers.NewLibrary(t.Context(), retrieval.NewShelf([]*content.Report{report, &other}))
	if err != nil {
		t.Fatal(err)
	}
	b, session := New(library), &Session{}
	if got := b.Complete(t.Context(), session, "/原文 四("); got != nil {
		t.Errorf("before one is chosen: %q", got)
	}
	listed := say(t, b, session, "/报告").Text()
	for _, edition := range []string{"（市工业和信息化局2021年工作总结）\n", "（市工业和信息化局2021年工作总结 (2)）\n"} {
		if !strings.Contains(listed, edition) {
			t.Errorf("two editions are not told apart by %q: %s", edition, listed)
		}
	}
	say(t, b, session, "/报告 市工业和信息化局2021年工作总结 (2)")
	if got, want := b.Complete(t.Context(), session, "/原文 四(二"), []string{"/原文 四(二)"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClean(t *testing.T) {
	for message, want := range map[string]string{
		"  新建多少\t5G　基站？\r\n":        "新建多少 5G 基站？",
		"\x1b[31m红\x1b[0m色":         "红色",
		"\x1b]0;title\x07问":         "问",
		"a\x00b\x07c\u009b31md":     "abc31md",
		"左\u202e右\u200b\ufeff":      "左右",
		"坏\xff\xfe的\xe9":            "坏的",
		"<script>alert(1)</script>": "<script>alert(1)</script>",
		"`rm -rf ~` $(id) | & ; '":  "`rm -rf ~` $(id) | & ; '",
		"😀👨‍👩‍👧":                    "😀👨👩👧",
		" \n\t":                     "",
	} {
		if got := Clean(message); got != want {
			t.Errorf("%q: %q, want %q", message, got, want)
		}
	}
}

// Whatever is sent, a short reply comes back that holds nothing a terminal would act on.
func TestBadInput(t *testing.T) {
	b := newBot(t)
	for name, message := range map[string]string{
		"nothing":          "",
		"white space":      " \t\n　",
		"too much":         strings.Repeat("多少个？", 2500),
		"no UTF-8":         "\xff\xfe\xfd",
		"control marks":    "\x00\x01\x1b[2J\x1b[H",
		"emoji":            "😀👍🏽",
		"markup":           "<b>*_多少_*</b> [链接](http://example.com)",
		"shell":            "$(reboot); `id` | cat /etc/passwd > x & '\"",
		"escape sequences": "\x1b]0;owned\x07新建多少\x1b[31m",
		"digits":           "1",
		"one mark":         "？",
	} {
		text := say(t, b, new(Session), message).Text()
		if text == "" || len([]rune(text)) > 500 || strings.ContainsAny(text, "\x00\x01\x07\x1b\u009b") {
			t.Errorf("%s: %q", name, text)
		}
	}
}

func TestTooLongQuestion(t *testing.T) {
	text := say(t, newBot(t), new(Session), "新建多少5G基站"+strings.Repeat("问", 10000)).Text()
	if !strings.Contains(text, "问题太长") || len([]rune(text)) > 500 {
		t.Errorf("%q does not say that the question was cut", text)
	}
}

func TestCancelledReply(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newBot(t).Reply(ctx, new(Session), "新建多少5G基站"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}
