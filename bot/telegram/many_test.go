package telegram_test

import (
	"regexp"
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/telegram"
	"wenbao/bot/telegram/telegramtest"
	"wenbao/content"
	"wenbao/retrieval"
)

// yearly is a small report of a place on a year.
func yearly(place, delivered, reviewed, product, growth string) *content.Report {
	return content.Parse(place + delivered + "年政府工作报告\n\n——" + delivered + "年1月5日在" + place + "第八届人民代表大会上\n\n一、" + reviewed +
		"年工作回顾\n\n全市生产总值达到" + product + "亿元，增长" + growth + "。新建公路12公里。改造危房300套。\n\n二、" + delivered +
		"年工作安排\n\n全市生产总值增长5%以上。\n")
}

// newManyStage is a stage whose bot answers from three reports.
func newManyStage(t *testing.T) *stage {
	t.Helper()
	library, err := answers.NewLibrary(t.Context(), retrieval.NewShelf([]*content.Report{
		yearly("江州市", "2022", "2021", "1100", "8.2%"), yearly("江州市", "2023", "2022", "1200", "4.4%"), yearly("河阳市", "2023", "2022", "700", "5.9%"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	return newStage(t, func(config *telegram.Config) { config.Bot = bot.New(library) })
}

// Over many reports an answer names its report, and its buttons and links lead into that one.
func TestManyReports(t *testing.T) {
	s := newManyStage(t)
	alice := s.Person("Alice")
	chat := alice.Private()
	s.asks(chat, alice, "/start")
	answer := s.asks(chat, alice, "江州2021年生产总值增长多少")
	s.taps(chat, alice, answer, "上下文")
	answer = s.edited(chat, answer)
	s.taps(chat, alice, answer, "本节全文")
	section := s.next(chat, answer)
	if !strings.Contains(section.Text, "1100亿元") {
		t.Errorf("the section is %q, want that of the report on 2021", section.Text)
	}
	s.asks(chat, alice, "河阳呢")
	s.asks(chat, alice, "2022年呢")
	s.asks(chat, alice, "江州历年生产总值达到多少")
	list := s.asks(chat, alice, "/sections")
	s.asks(chat, alice, "/sections 江州2021")
	s.asks(chat, alice, "/figures 河阳")
	s.asks(chat, alice, "/sections 海州")
	s.asks(chat, alice, "/about")
	s.asks(chat, alice, "/help")
	for _, e := range list.Entities {
		if _, payload, linked := strings.Cut(e.URL, "?start="); linked {
			if opened := s.asks(chat, alice, "/start "+payload); !strings.Contains(opened.Text, "工作回顾") {
				t.Errorf("%s opens %q", e.URL, opened.Text)
			}
		}
	}
	golden(t, "many", screen(chat))
}

// A link that leads into a report that is there no more says so.
func TestManyReportsStale(t *testing.T) {
	s := newManyStage(t)
	alice := s.Person("Alice")
	answer := s.asks(alice.Private(), alice, "/start 1AAAAAAs0")
	if !strings.Contains(answer.Text, "打不开了") {
		t.Errorf("said %q", answer.Text)
	}
}

// Behind the words for a report stands the label of its section.
func TestManyReportsSection(t *testing.T) {
	s := newManyStage(t)
	alice := s.Person("Alice")
	for command, want := range map[string]string{
		"/sections 江州2021 一":     `^一 2021年工作回顾\n(.|\n)*1100亿元`,
		"/目录 江州 2021 二":          `^二 2022年工作安排\n`,
		"/figures 河阳 一":          `700亿元`,
		"/sections 江州2021 九":     `^没有这一节。\n\n江州市2022年政府工作报告\n`,
		"/sections 江州2021":       `^江州市2022年政府工作报告\n`,
		"/sections 江州 一":         `^2 份报告\n江州市2023年`, // of which of the two?
		"/sections 海州2021 一":     `^没有这样的报告。`,
		"/sections 江州2021 一 二 三": `^没有这样的报告。`,
	} {
		if shown := s.asks(alice.Private(), alice, command); !regexp.MustCompile(want).MatchString(shown.Text) {
			t.Errorf("%s: shown is %q, want %s", command, shown.Text, want)
		}
	}
}

// Inline mode offers answers of several reports, each with its own.
func TestManyReportsInline(t *testing.T) {
	s := newManyStage(t)
	alice := s.Person("Alice")
	for query, want := range map[string]string{
		"江州2021年生产总值增长多少": `^8\.2%`,
		"2022年新建公路多少公里":   `^12公里`,
	} {
		offered, err := alice.Inline(query, "").Answer(s.ctx)
		s.must(err)
		if len(offered.Results) == 0 || !regexp.MustCompile(want).MatchString(offered.Results[0].Title) {
			t.Errorf("%s: offered %+v", query, offered.Results)
		}
	}
}

// Answers of one of many reports, and of several, have pictures: below the answer, and at once with /chart.
func TestManyReportsPictures(t *testing.T) {
	s := newManyStage(t)
	alice := s.Person("Alice")
	chat := alice.Private()
	taps := func(answer telegramtest.Message, labels ...string) {
		t.Helper()
		for _, label := range labels {
			all := chat.Messages()
			s.taps(chat, alice, answer, label)
			s.next(chat, all[len(all)-1])
		}
	}
	taps(s.asks(chat, alice, "2022年生产总值达到多少"), "图表", "图片") // in two places
	taps(s.asks(chat, alice, "江州2021年生产总值增长多少"), "图片")
	taps(s.asks(chat, alice, "历年呢"), "图表", "图片") // whose question makes no sense alone
	s.asks(chat, alice, "/chart 江州历年生产总值达到多少")
	s.asks(chat, alice, "/chart 江州2021年生产总值增长多少")
	golden(t, "many-pictures", screen(chat))
	drawn := s.uploads()
	if again := s.asks(chat, alice, "/chart 江州历年生产总值达到多少"); len(again.Photo) == 0 || s.uploads() != drawn {
		t.Errorf("%d uploads, want %d; shown is\n%s", s.uploads(), drawn, looks(again))
	}
	offered, err := alice.Inline("江州历年生产总值达到多少", "").Answer(s.ctx)
	s.must(err)
	if len(offered.Results) == 0 || offered.Results[0].Type != "photo" {
		t.Errorf("a picture that Telegram has is not offered: %+v", offered.Results)
	}
}
