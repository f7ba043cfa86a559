package answers_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wenbao/answers"
	"wenbao/content"
)

// BenchmarkAnswer answers every turn of the development questions, each conversation from its beginning, over and over. Of
// every turn it takes the median of its times, which a busy machine moves little, and tells of them the median (p50-ns), the
// 99th percentile (p99-ns) and the longest (max-ns). One operation is one pass over all questions.
func BenchmarkAnswer(b *testing.B) {
	engine := embeddedEngine(b)
	engine.Prepare()
	var conversations [][]string
	for _, question := range readQuestions(b, "development.jsonl") {
		conversations = append(conversations, question.Turns)
	}
	times := newTimes(engine, conversations)
	times.ask(b) // once without the clock: what is made when it is first needed is made
	times.forget()
	b.ReportAllocs()
	for b.Loop() {
		times.ask(b)
	}
	b.ReportMetric(float64(times.percentile(50)), "p50-ns")
	b.ReportMetric(float64(times.percentile(99)), "p99-ns")
	b.ReportMetric(float64(times.percentile(100)), "max-ns")
	b.ReportMetric(float64(len(times.medians())), "questions")
}

// BenchmarkHostile answers questions that are as long and as full of work as the program lets them be, and tells the longest
// time that any of them takes (max-ns), by the medians of each.
func BenchmarkHostile(b *testing.B) {
	engine := embeddedEngine(b)
	engine.Prepare()
	conversations := hostileConversations(engine.Report())
	times := newTimes(engine, conversations)
	times.ask(b)
	times.forget()
	for b.Loop() {
		times.ask(b)
	}
	b.ReportMetric(float64(times.percentile(50)), "p50-ns")
	b.ReportMetric(float64(times.percentile(100)), "max-ns")
	b.ReportMetric(float64(len(times.medians())), "questions")
	b.Logf("the longest: %s", times.longest())
}

func BenchmarkNew(b *testing.B) {
	report, err := content.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		engine := answers.New(report)
		engine.Prepare()
	}
}

// times collects how long each turn of some conversations takes.
type times struct {
	engine        *answers.Engine
	conversations [][]string
	took          [][][]time.Duration // by conversation and turn
}

func newTimes(engine *answers.Engine, conversations [][]string) *times {
	t := &times{engine: engine, conversations: conversations}
	t.forget()
	return t
}

func (t *times) forget() {
	t.took = make([][][]time.Duration, len(t.conversations))
	for i, turns := range t.conversations {
		t.took[i] = make([][]time.Duration, len(turns))
	}
}

// ask goes through all conversations once.
func (t *times) ask(b *testing.B) {
	for i, turns := range t.conversations {
		var conversation answers.Conversation
		for k, turn := range turns {
			start := time.Now()
			_, err := t.engine.Answer(context.Background(), &conversation, turn)
			t.took[i][k] = append(t.took[i][k], time.Since(start))
			if err != nil && !errors.Is(err, answers.ErrEmpty) {
				b.Fatalf("%.200q: %v", turn, err)
			}
		}
	}
}

// medians are the median times of all turns, in order.
func (t *times) medians() []time.Duration {
	var medians []time.Duration
	for _, turns := range t.took {
		for _, took := range turns {
			medians = append(medians, median(took))
		}
	}
	slices.Sort(medians)
	return medians
}

func (t *times) percentile(percent int) time.Duration {
	medians := t.medians()
	return medians[(len(medians)-1)*percent/100]
}

// longest is the beginning of the turn that takes longest.
func (t *times) longest() string {
	longest, text := time.Duration(0), ""
	for i, turns := range t.took {
		for k, took := range turns {
			if m := median(took); m > longest {
				longest, text = m, t.conversations[i][k]
			}
		}
	}
	const shown = 60 // runes
	runes := []rune(text)
	return longest.String() + " " + string(runes[:min(shown, len(runes))])
}

func median(took []time.Duration) time.Duration {
	took = slices.Clone(took)
	slices.Sort(took)
	return took[len(took)/2]
}

// hostileConversations are questions made of the report's own words, which find the most, in the ways that make the most of
// them: as long as questions are read, with as many questions in a message as are answered, lists of lists, and follow-ups
// that lean on all that was asked before. They are always the same.
func hostileConversations(report *content.Report) [][]string {
	random := rand.New(rand.NewPCG(1, 2))
	h := hostile{random: random, longest: 200}
	for sentence := range report.Sentences() {
		h.sentences = append(h.sentences, report.Quote(sentence.Span))
		for _, word := range strings.FieldsFunc(report.Quote(sentence.Span), func(r rune) bool { return strings.ContainsRune("，,、。；;“”（）()", r) }) {
			runes := []rune(word)
			for from := 0; from+1 < len(runes); from += 2 + random.IntN(3) {
				h.words = append(h.words, string(runes[from:min(len(runes), from+2+random.IntN(3))]))
			}
		}
	}
	asking := []string{"哪些", "哪几个", "列一下", "都有谁", "分别", "各是多少", "多少", "和", "、", "增长", "超过20%", "排名", "第几", "占比", "?"}
	units := []string{"家", "个", "亿元", "%", "万", "年", "位"}
	var conversations [][]string
	for range 20 {
		conversations = append(conversations,
			[]string{h.filled(h.word, "")},
			[]string{h.filled(h.word, "、") + "哪些"},
			[]string{h.filled(h.word, "和") + "各多少"},
			[]string{"哪些" + h.filled(h.word, " ")},
			[]string{h.filled(h.word, "") + "分别多少"},
			[]string{h.filled(h.sentence, "")},
			[]string{h.filled(func() string { return h.sentence() + "多少?" }, "")},
			[]string{h.filled(func() string { return h.part(55) + "多少?" }, "")},
			[]string{h.filled(func() string { return h.part(55) + "有哪些?" }, "")},
			[]string{h.filled(func() string { return h.part(40) + "和" + h.part(15) + "各多少?" }, "")},
			[]string{h.filled(func() string { return h.word() + h.one(asking) }, "")},
			[]string{h.filled(func() string { return h.one(asking) }, "")},
			[]string{h.filled(func() string { return strconv.Itoa(random.IntN(100000)) + h.one(units) }, "")},
			[]string{h.filled(func() string { return h.word() + strconv.Itoa(random.IntN(100)) + h.one(units) }, "") + "多少"},
			[]string{h.filled(func() string { return string([]rune(h.word())[:1]) }, "")},
			[]string{h.filled(func() string { return string([]rune(h.word())[:1]) }, "") + "多少"},
			[]string{h.part(60) + "多少", h.part(60) + "哪些", "其中" + h.filled(h.word, "") + "呢", "那" + h.filled(h.word, "、") + "呢", "还有哪些呢"},
			[]string{h.part(60) + "多少", h.filled(func() string { return "那" + h.part(50) + "呢?" }, "")},
		)
	}
	const veryLong = 100_000 // runes
	h.longest = veryLong
	return append(conversations, []string{h.filled(h.word, "和")}, []string{h.filled(h.sentence, "?")}, []string{strings.Repeat("多少", veryLong/2)})
}

// hostile makes up questions.
type hostile struct {
	random           *rand.Rand
	words, sentences []string
	longest          int // runes
}

func (h *hostile) one(of []string) string { return of[h.random.IntN(len(of))] }
func (h *hostile) word() string           { return h.one(h.words) }
func (h *hostile) sentence() string       { return h.one(h.sentences) }

// part is some words in a row.
func (h *hostile) part(runes int) string {
	var text []rune
	for len(text) < runes {
		text = append(text, []rune(h.word())...)
	}
	return string(text[:runes])
}

// filled joins pieces until a question is as long as it may be.
func (h *hostile) filled(piece func() string, joint string) string {
	text := make([]rune, 0, h.longest)
	for len(text) < h.longest-10 {
		text = append(text, []rune(piece()+joint)...)
	}
	return string(text[:h.longest-10])
}
