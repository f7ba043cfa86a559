package telegram

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
)

// Payloads are what buttons and links carry: what is to be done, of which report, and places in its text. They hold at
// most 64 characters of [A-Za-z0-9_-], which is what the Bot API allows in links and more than fits its buttons' 64 bytes.
//
//	1 Xa_8-w s 2f-1
//	│ │      │ └ numbers in base 36, joined by -
//	│ │      └ action
//	│ └ fingerprint of the report's text
//	└ version of the form
type payload struct {
	action  action
	numbers []int
}

// action is what a payload asks for.
type action byte

// The actions, with their numbers. Offsets are bytes into the report's text.
const (
	openSection  action = 't' // start of the section: its text as a message of its own
	showSection  action = 's' // start of the section, page
	showFigures  action = 'f' // start of the section, page
	showOutline  action = 'o' // page
	showCounts   action = 'g' // page
	showPassage  action = 'p' // start, end: a sentence on its own
	showContext  action = 'c' // a passage for each three numbers
	hideContext  action = 'd' // as showContext
	showList     action = 'l' // page, start of the first passage; the question is in the message's other buttons
	askQuestion  action = 'q' // number of the button; the question is the button's text
	drawChart    action = 'b' // a passage for each three numbers; or how many there are, and the start of the first
	drawCard     action = 'k' // as drawChart
	showPosition action = 'n' // which page it is: nothing to do
)

const (
	payloadVersion    = "1"
	fingerprintLength = 6
	longestPayload    = 64
	numberBase        = 36
)

// What is wrong with a payload.
var (
	errStale   = errors.New("a payload of another report or version")
	errPayload = errors.New("not a payload")
)

// fingerprint tells reports apart.
func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:fingerprintLength]
}

// encode gives a payload's text; false when it would be too long.
func (p payload) encode(fingerprint string) (string, bool) {
	text := payloadVersion + fingerprint + string(p.action)
	for i, number := range p.numbers {
		if i > 0 {
			text += "-"
		}
		text += strconv.FormatInt(int64(number), numberBase)
	}
	return text, len(text) <= longestPayload
}

// decodePayload reads a payload. The error is errStale for one that was made for another report or by another version,
// and errPayload for what is none at all.
func decodePayload(text, fingerprint string) (payload, error) {
	const header = len(payloadVersion) + fingerprintLength
	if len(text) < header+1 || len(text) > longestPayload {
		return payload{}, errPayload
	}
	if text[:header] != payloadVersion+fingerprint {
		return payload{}, errStale
	}
	p := payload{action: action(text[header])}
	if p.action < 'a' || p.action > 'z' {
		return payload{}, errPayload
	}
	for number := range strings.SplitSeq(text[header+1:], "-") {
		if number == "" && len(text) == header+1 {
			break
		}
		n, err := strconv.ParseUint(number, numberBase, 31)
		if err != nil {
			return payload{}, errPayload
		}
		p.numbers = append(p.numbers, int(n))
	}
	return p, nil
}

// number is a payload's number, 0 where it has none.
func (p payload) number(i int) int {
	if i >= len(p.numbers) {
		return 0
	}
	return p.numbers[i]
}
