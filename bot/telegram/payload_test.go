package telegram

import (
	"errors"
	"regexp"
	"slices"
	"testing"
)

var startPayload = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func TestPayloads(t *testing.T) {
	print := fingerprint("a report")
	for _, p := range []payload{
		{showSection, []int{0}}, {showSection, []int{9_999_999, 12}}, {askQuestion, nil}, {showContext, []int{1, 2, 3, 4, 5, 6}},
	} {
		text, fits := p.encode(print)
		if !fits || !startPayload.MatchString(text) {
			t.Errorf("%v: %q", p, text)
		}
		back, err := decodePayload(text, print)
		if err != nil || back.action != p.action || !slices.Equal(back.numbers, p.numbers) {
			t.Errorf("%q: %v, %v; want %v", text, back, err, p)
		}
		if _, err := decodePayload(text, fingerprint("another report")); !errors.Is(err, errStale) {
			t.Errorf("%q of another report: %v", text, err)
		}
	}
	if text, fits := (payload{showContext, make([]int, 40)}).encode(print); fits {
		t.Errorf("%q is said to fit", text)
	}
}

func FuzzPayload(f *testing.F) {
	print := fingerprint("a report")
	for _, seed := range []string{"", "1" + print + "s1-2", "1" + print + "s-", "1" + print, "1" + print + "c zz-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := decodePayload(text, print)
		if err != nil {
			return
		}
		for _, number := range p.numbers {
			if number < 0 {
				t.Errorf("%q: %v", text, p)
			}
		}
		again, fits := p.encode(print)
		if back, err := decodePayload(again, print); fits && (err != nil || !slices.Equal(back.numbers, p.numbers)) {
			t.Errorf("%q: %v, then %v, %v", text, p, back, err)
		}
	})
}
