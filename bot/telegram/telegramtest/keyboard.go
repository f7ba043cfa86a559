package telegramtest

import (
	"encoding/json"
	"net/url"
	"strings"
)

// Limits of inline keyboards. The number of buttons is known from use, not from the documentation.
const (
	maxDataBytes  = 64
	maxButtons    = 100
	maxCopyUnits  = 256
	maxStartBytes = 64
)

// readMarkup reads the reply_markup of a message: an inline keyboard, or keys that replace the person's own.
func (s *Server) readMarkup(r *request) (*Keyboard, json.RawMessage, *Refusal) {
	text := r.text("reply_markup")
	if text == "" {
		return nil, nil, nil
	}
	if !strings.Contains(text, `"inline_keyboard"`) {
		return nil, json.RawMessage(text), nil
	}
	var keyboard Keyboard
	if refusal := r.decode("reply_markup", &keyboard); refusal != nil {
		return nil, nil, refusal
	}
	shown, refusal := s.checkKeyboard(&keyboard)
	return shown, nil, refusal
}

// checkKeyboard gives the keyboard without empty rows, nil if nothing is left.
func (s *Server) checkKeyboard(keyboard *Keyboard) (*Keyboard, *Refusal) {
	if keyboard == nil {
		return nil, nil
	}
	var rows [][]Button
	count := 0
	for _, row := range keyboard.Rows {
		if len(row) == 0 {
			continue
		}
		for i, button := range row {
			if refusal := s.checkButton(button); refusal != nil {
				return nil, refusal
			}
			row[i].Text = clean(button.Text)
		}
		rows = append(rows, row)
		count += len(row)
	}
	if count > maxButtons {
		return nil, malformed("REPLY_MARKUP_TOO_LONG")
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return &Keyboard{Rows: rows}, nil
}

func (s *Server) checkButton(button Button) *Refusal {
	if strings.TrimSpace(clean(button.Text)) == "" {
		return malformed("can't parse inline keyboard button: Inline keyboard button text must be non-empty")
	}
	switch actions := button.actions(); {
	case actions == 0, button.Data != nil && *button.Data == "":
		return malformed("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case actions > 1:
		return malformed("can't parse inline keyboard button: exactly one action must be specified")
	case button.Data != nil && len(*button.Data) > maxDataBytes:
		return malformed("BUTTON_DATA_INVALID")
	case button.URL != nil:
		return s.checkButtonURL(*button.URL)
	case button.CopyText != nil:
		if n := utf16Length(button.CopyText.Text); n == 0 || n > maxCopyUnits {
			return malformed("BUTTON_COPY_TEXT_INVALID")
		}
	case button.WebApp != nil && !strings.HasPrefix(button.WebApp.URL, "https://"):
		return malformed("inline keyboard button Web App URL '%s' is invalid: Only HTTPS links are allowed",
			button.WebApp.URL)
	case button.Pay || button.CallbackGame != nil:
		return malformed("BUTTON_TYPE_INVALID")
	}
	return nil
}

// actions counts what a button would do.
func (b Button) actions() int {
	count := 0
	for _, set := range []bool{
		b.URL != nil, b.Data != nil, b.WebApp != nil, b.LoginURL != nil, b.SwitchInlineQuery != nil,
		b.SwitchInlineCurrentChat != nil, b.SwitchInlineChosenChat != nil, b.CopyText != nil, b.CallbackGame != nil, b.Pay,
	} {
		if set {
			count++
		}
	}
	return count
}

func (s *Server) checkButtonURL(address string) *Refusal {
	if _, err := validURL(address); err != nil || address == "" {
		if err == nil {
			return malformed("inline keyboard button URL is empty")
		}
		return malformed("inline keyboard button URL '%s' is invalid: %v", address, err)
	}
	return s.checkDeepLink(address)
}

// checkDeepLink refuses a link into the bot with a payload that clients would drop.
func (s *Server) checkDeepLink(address string) *Refusal {
	link, ok := s.deepLink(address)
	if ok && link.starts && !validStart(link.payload) {
		return malformed("START_PARAM_INVALID")
	}
	return nil
}

// deepLink is a link into the bot. See https://core.telegram.org/bots/features#deep-linking.
type deepLink struct {
	payload string
	starts  bool // it has a payload, be it an empty one
	group   bool // it adds the bot to a group
}

// deepLink reads a link; ok is false if it does not lead into the bot.
func (s *Server) deepLink(address string) (link deepLink, ok bool) {
	parsed, err := url.Parse(address)
	if err != nil {
		return link, false
	}
	values := parsed.Query()
	name := strings.Trim(parsed.Path, "/")
	switch host := strings.ToLower(parsed.Host); {
	case parsed.Scheme == "tg" && host == "resolve":
		name = values.Get("domain")
	case host == "" && strings.HasPrefix(strings.ToLower(name), "t.me/"): // a link without its scheme
		name = name[len("t.me/"):]
	case host == "t.me" || host == "telegram.me" || host == "telegram.dog":
	default:
		return link, false
	}
	if !strings.EqualFold(name, s.bot.Username) {
		return link, false
	}
	if values.Has("startgroup") {
		return deepLink{payload: values.Get("startgroup"), starts: values.Get("startgroup") != "", group: true}, true
	}
	return deepLink{payload: values.Get("start"), starts: values.Has("start")}, true
}

// validStart tells whether a start payload is one: 1–64 of the characters A–Z, a–z, 0–9, _ and -.
func validStart(payload string) bool {
	for i := range len(payload) {
		c := payload[i]
		if !isLatin(c) && c != '_' && c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return payload != "" && len(payload) <= maxStartBytes
}
