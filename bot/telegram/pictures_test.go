package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"strings"
	"sync/atomic"
	"testing"

	"wenbao/bot/picture"
	"wenbao/bot/telegram"
	"wenbao/bot/telegram/telegramtest"
)

// painterFunc draws charts and cards alike.
type painterFunc func(context.Context) ([]byte, error)

func (f painterFunc) Chart(ctx context.Context, _ picture.Chart, _ picture.Look) ([]byte, error) {
	return f(ctx)
}
func (f painterFunc) Card(ctx context.Context, _ picture.Card, _ picture.Look) ([]byte, error) {
	return f(ctx)
}

// blank is an empty picture.
func blank(t testing.TB) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 100, 100))); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func paintedBy(painter painterFunc) func(*telegram.Config) {
	return func(config *telegram.Config) { config.Painter = painter }
}

// uploads counts the photos that were uploaded and taken.
func (s *stage) uploads() int {
	count := 0
	for _, call := range s.Calls("sendPhoto") {
		if call.Fault == "" {
			count += len(call.Files)
		}
	}
	return count
}

func TestPictureButtons(t *testing.T) {
	s := newStage(t, nil)
	alice, bob := s.Person("Alice"), s.Person("Bob")
	chat := alice.Private()
	list := s.asks(chat, alice, askedAll)
	s.taps(chat, alice, list, "图表")
	last := s.next(chat, list)
	s.taps(chat, alice, list, "图片")
	s.next(chat, last)
	one := s.asks(chat, alice, askedStations)
	s.taps(chat, alice, one, "上下文")
	one = s.edited(chat, one)
	s.taps(chat, alice, one, "图片") // under the answer with its context too
	last = s.next(chat, one)
	followed := s.asks(chat, alice, "那总数呢") // whose question makes no sense alone
	s.taps(chat, alice, followed, "图片")
	s.next(chat, followed)
	// More passages than a button has room for are found again by their question, on every page.
	long := s.asks(chat, alice, askedLong)
	s.taps(chat, alice, long, "▶")
	long = s.edited(chat, long)
	s.taps(chat, alice, long, "图片")
	s.next(chat, long)
	// What of two questions the report does not say is said below the picture too.
	two := s.asks(chat, alice, askedStations+"？"+askedElsewhere+"？")
	s.taps(chat, alice, two, "图片")
	s.next(chat, two)
	golden(t, "pictures", screen(chat))
	for _, m := range chat.Messages() {
		if sizes := len(m.Photo); sizes > 0 && (m.Photo[sizes-1].Width != 1080 || m.ReplyTo == nil) {
			t.Errorf("not 1080 pixels wide, or no reply:\n%s", looks(m))
		}
	}
	// Neither drawn nor uploaded twice, for whomever.
	drawn := s.uploads()
	s.taps(chat, alice, list, "图表")
	all := chat.Messages()
	s.next(chat, all[len(all)-1])
	list = s.asks(bob.Private(), bob, askedAll)
	s.taps(bob.Private(), bob, list, "图表")
	if again := s.next(bob.Private(), list); len(again.Photo) == 0 || s.uploads() != drawn {
		t.Errorf("%d uploads, want %d; Bob's chat shows\n%s", s.uploads(), drawn, screen(bob.Private()))
	}
	if last.ReplyTo == nil || last.ReplyTo.ID != one.ID {
		t.Errorf("the card replies to %+v", last.ReplyTo)
	}
}

func TestChartCommand(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	chat := alice.Private()
	for _, text := range []string{
		"/chart " + askedAll, "/图表" + askedAll, "/chart", "/chart " + askedStations, "/chart " + askedElsewhere, "/chart 你好",
	} {
		s.asks(chat, alice, text)
	}
	// The answer to an edited question is a picture of its own.
	question := chat.Type(alice, "/chart "+askedStations)
	answer := s.next(chat, question)
	chat.Edit(alice, question, "/chart "+askedAll)
	s.next(chat, answer)
	golden(t, "chart", screen(chat))
}

// In a group a picture stands in the topic of its question, and replies to what asked for it.
func TestPicturesInGroups(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	group := s.Group("Team", alice)
	topic := group.OpenTopic("Charts")
	question := group.TypeInTopic(alice, topic, "/chart "+askedAll)
	s.next(group, question)
	question = group.TypeInTopic(alice, topic, "/ask "+askedStations)
	answer := s.next(group, question)
	s.taps(group, alice, answer, "图片")
	s.next(group, answer)
	golden(t, "group-pictures", screen(group))
}

// Whatever goes wrong with a picture, its answer can be read.
func TestPicturesFallBackToWords(t *testing.T) {
	var panics atomic.Bool
	s := newStage(t, paintedBy(func(context.Context) ([]byte, error) {
		if panics.Load() {
			panic("out of paint")
		}
		return nil, errors.New("no paint")
	}))
	alice := s.Person("Alice")
	chat := alice.Private()
	s.asks(chat, alice, "/chart "+askedAll)
	panics.Store(true)
	answer := s.asks(chat, alice, askedStations)
	s.taps(chat, alice, answer, "图片")
	s.next(chat, answer)
	golden(t, "no-pictures", screen(chat))
	s.confirmed()
	for _, want := range []string{"no paint", "out of paint"} {
		if !strings.Contains(s.log.String(), want) {
			t.Errorf("the log does not tell of %q:\n%s", want, s.log)
		}
	}
}

func TestRefusedPicturesFallBackToWords(t *testing.T) {
	s := newStage(t, nil)
	alice := s.Person("Alice")
	group := s.Group("Team", alice)
	for _, description := range []string{
		"Bad Request: not enough rights to send photos to the chat", "Bad Request: PHOTO_INVALID_DIMENSIONS",
	} {
		s.Fail("sendPhoto", telegramtest.Refuse(telegramtest.Refusal{Code: 400, Description: description}))
		if said := s.asks(group, alice, "/chart "+askedAll); !strings.Contains(said.Text, "32.4%") || said.ReplyTo == nil {
			t.Errorf("refused with %q it says\n%s", description, looks(said))
		}
	}
	// A file that Telegram has forgotten is drawn anew, and asked for by its name again.
	if s.asks(group, alice, "/chart "+askedAll); s.uploads() != 1 {
		t.Fatalf("%d uploads, want the first that went well", s.uploads())
	}
	s.Fail("sendPhoto", telegramtest.Refuse(telegramtest.Refusal{
		Code: 400, Description: "Bad Request: wrong file identifier/HTTP URL specified",
	}))
	for range 2 {
		if said := s.asks(group, alice, "/chart "+askedAll); len(said.Photo) == 0 || s.uploads() != 2 {
			t.Errorf("after %d uploads it shows\n%s", s.uploads(), looks(said))
		}
	}
}

func TestPicturesOutliveFailures(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	alice := s.Person("Alice")
	s.Fail("sendPhoto", telegramtest.InternalError(), telegramtest.DropBefore(), telegramtest.BadGateway())
	if said := s.asks(alice.Private(), alice, "/chart "+askedAll); len(said.Photo) == 0 {
		t.Errorf("it shows\n%s", looks(said))
	}
}

// easel is a painter that works only while it is let.
type easel struct {
	began  chan struct{}
	finish chan struct{}
	file   []byte
}

func newEasel(t testing.TB) *easel {
	return &easel{began: make(chan struct{}, 10), finish: make(chan struct{}), file: blank(t)}
}

func (e *easel) paint(ctx context.Context) ([]byte, error) {
	e.began <- struct{}{}
	select {
	case <-e.finish:
		return e.file, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Who asks while a picture is drawn is answered at once; the update that asked for it is handled when it was sent.
func TestNobodyWaitsForPictures(t *testing.T) {
	easel := newEasel(t)
	s := newStage(t, paintedBy(easel.paint))
	alice := s.Person("Alice")
	chat := alice.Private()
	answer := s.asks(chat, alice, askedStations)
	s.taps(chat, alice, answer, "图片") // is answered before anything is drawn
	<-easel.began
	second := s.asks(chat, alice, askedElsewhere)
	if s.Pending() == 0 {
		t.Error("Telegram is told that a picture was sent that is not drawn yet")
	}
	close(easel.finish)
	if card := s.next(chat, second); len(card.Photo) == 0 || card.ReplyTo.ID != answer.ID {
		t.Errorf("it shows\n%s", screen(chat))
	}
	s.confirmed()
}

// Two who ask for the same picture at the same time wait for one drawing.
func TestSamePictureIsDrawnOnce(t *testing.T) {
	easel := newEasel(t)
	s := newStage(t, paintedBy(easel.paint))
	alice, bob := s.Person("Alice"), s.Person("Bob")
	var asked []telegramtest.Message
	for _, who := range []*telegramtest.Person{alice, bob} {
		asked = append(asked, who.Private().Type(who, "/chart "+askedAll))
	}
	<-easel.began
	close(easel.finish)
	s.next(alice.Private(), asked[0])
	s.next(bob.Private(), asked[1])
	s.next(alice.Private(), alice.Private().Type(alice, "/chart "+askedAll))
	if more := len(easel.began); more > 1 { // the second may have come when the first was done but not sent
		t.Errorf("drawn %d times", 1+more)
	}
}

// A bot that is asked to end finishes the pictures in hand.
func TestPicturesInHandAreFinished(t *testing.T) {
	easel := newEasel(t)
	s := newStage(t, paintedBy(easel.paint))
	alice := s.Person("Alice")
	question := alice.Private().Type(alice, "/chart "+askedAll)
	<-easel.began
	s.stop()
	close(easel.finish)
	s.must(s.result())
	if said := s.next(alice.Private(), question); len(said.Photo) == 0 {
		t.Errorf("it shows\n%s", screen(alice.Private()))
	}
}

// What Telegram has is offered in other chats.
func TestInlinePictures(t *testing.T) {
	s := newStage(t, nil)
	alice, bob := s.Person("Alice"), s.Person("Bob")
	chat := alice.Private()
	offers := func(query string) (photos []telegramtest.InlineResult, all telegramtest.InlineAnswer) {
		all, err := alice.Inline(query, "").Answer(s.ctx)
		s.must(err)
		for _, result := range all.Results {
			if result.Type == "photo" {
				photos = append(photos, result)
			}
		}
		return photos, all
	}
	if photos, _ := offers(askedAll); len(photos) != 0 {
		t.Errorf("before any was drawn, %d pictures are offered", len(photos))
	}
	list := s.asks(chat, alice, "  "+askedAll)
	s.taps(chat, alice, list, "图表")
	chart := s.next(chat, list)
	s.taps(chat, alice, list, "图片")
	s.next(chat, chart)
	photos, all := offers(" " + askedAll) // not the query whose answer Telegram keeps
	if len(photos) != 2 || photos[0].Title != "图表" || photos[1].Title != "图片" || len(all.Results) <= 2 {
		t.Fatalf("offered: %+v", all.Results)
	}
	elsewhere := s.GroupWithoutBot("Elsewhere", alice, bob)
	alice.Share(elsewhere, all, photos[0])
	golden(t, "inline-picture", screen(elsewhere))
	if photos, _ := offers(askedElsewhere); len(photos) != 0 {
		t.Errorf("what the report does not say is offered as a picture: %+v", photos)
	}
}

// Captions of all answers are such as Telegram takes, and tell whole numbers: the server refuses what it would not.
func TestCaptions(t *testing.T) {
	file := blank(t)
	for name, replies := range map[string]func(*telegram.Config){
		"the embedded report": nil,
		"a hostile report":    func(config *telegram.Config) { config.Bot = hostileBot(t) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, func(config *telegram.Config) {
				config.Painter = painterFunc(func(context.Context) ([]byte, error) { return file, nil })
				if replies != nil {
					replies(config)
				}
			})
			alice := s.Person("Alice")
			chat := alice.Private()
			pictures := 0
			for _, question := range []string{
				askedAll, askedLong, askedStations, "新建多少充电桩", "改造了多少", "新建道路多少公里", "改造了哪些", "培训", "第二部分讲了什么",
				"有哪些", "四(三)讲了什么",
			} {
				answer := s.asks(chat, alice, question)
				for _, label := range []string{"图表", "图片"} {
					if _, can := answer.Button(label); !can {
						continue
					}
					last := chat.Messages()[len(chat.Messages())-1]
					s.taps(chat, alice, answer, label)
					shown := s.next(chat, last)
					if len(shown.Photo) == 0 || shown.Caption == "" {
						t.Errorf("%s under %q shows\n%s", label, question, looks(shown))
					}
					pictures++
				}
			}
			if pictures < 3 {
				t.Errorf("%d pictures, want some", pictures)
			}
		})
	}
}
