package telegram_test

import (
	"fmt"
	"strings"
	"testing"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/bot/telegram"
	"wenbao/bot/telegram/telegramtest"
	"wenbao/content"
)

// hostile is a report that would break messages if it were put into them as it is.
const hostile = `关于<b>&amp;</b>的工作报告

一、粗体<b>与“引号"&其他
全年新建<i>充电桩</i>120个,完成投资&lt;3亿元。%s新建道路35公里。
二、<a href="x">长段</a>
%s
`

func hostileBot(t *testing.T) *bot.Bot {
	t.Helper()
	long := strings.Repeat("企业培训😀与<服务>并重,", 400)
	many := strings.Repeat("改造厂房17个、仓库23座、", 300)
	engine := answers.New(content.Parse(fmt.Sprintf(hostile, long, many+"全部完成。")))
	return bot.New(engine)
}

// Every page of a report, each of its headlines, and whatever is asked about it is something that Telegram takes. The
// server refuses what Telegram would, and the stage fails the test for it.
func TestEverythingCanBeShown(t *testing.T) {
	for name, replies := range map[string]*bot.Bot{"the embedded report": replies(), "a hostile report": hostileBot(t)} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, func(config *telegram.Config) { config.Bot = replies })
			alice := s.Person("Alice")
			chat := alice.Private()
			for _, command := range []string{"/start", "/help", "/about", "/sections", "/figures"} {
				for _, page := range s.pages(chat, alice, s.asks(chat, alice, command)) {
					for _, e := range page.Entities {
						if e.Type == "text_link" {
							sent, _ := alice.Open(e.URL)
							s.pages(chat, alice, s.next(chat, sent))
						}
					}
				}
			}
			for offset := ""; ; {
				page, err := alice.Inline("", offset).Answer(s.ctx)
				s.must(err)
				for _, result := range page.Results {
					alice.Share(chat, page, result)
				}
				if offset = page.NextOffset; offset == "" {
					break
				}
			}
			for _, question := range []string{
				"新建多少充电桩", "改造了多少", "新建道路多少公里", "<b>与“引号\"&其他", strings.Repeat("多少个", 1000), "有哪些",
				"第二部分讲了什么", "培训",
			} {
				answer := s.asks(chat, alice, question)
				if _, can := answer.Button("上下文"); can {
					s.taps(chat, alice, answer, "上下文")
					s.edited(chat, answer)
				}
				offered, err := alice.Inline(question, "").Answer(s.ctx)
				s.must(err)
				for _, result := range offered.Results {
					alice.Share(chat, offered, result)
				}
			}
			for _, m := range chat.Messages() {
				if m.FromBot() && m.LinkPreview == nil {
					t.Errorf("a link preview is shown in\n%s", looks(m))
				}
			}
		})
	}
}

// pages turns to the last page and gives all of them.
func (s *stage) pages(chat *telegramtest.Chat, who *telegramtest.Person, m telegramtest.Message) []telegramtest.Message {
	s.t.Helper()
	pages := []telegramtest.Message{m}
	for {
		if _, more := m.Button("▶"); !more {
			return pages
		}
		s.taps(chat, who, m, "▶")
		m = s.edited(chat, m)
		pages = append(pages, m)
	}
}
