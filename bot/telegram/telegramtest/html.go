package telegramtest

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// htmlEntityType gives the entity that a tag makes. The tags that need attributes are told apart in entityOf.
var htmlEntityType = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler", "tg-spoiler": "spoiler",
	"a": "text_link", "tg-emoji": "custom_emoji", "code": "code", "pre": "pre", "blockquote": "blockquote",
}

// htmlCharacters are the named character references that Telegram knows.
var htmlCharacters = map[string]rune{"&lt": '<', "&gt": '>', "&amp": '&', "&quot": '"'}

// htmlParser reads the HTML style of https://core.telegram.org/bots/api#html-style. It accepts and refuses what
// Telegram's parser does, with its messages, and refuses besides the nesting that the documentation forbids.
type htmlParser struct {
	source   string
	at       int // bytes
	out      textBuilder
	open     []htmlTag
	entities []Entity
}

// htmlTag is a start tag whose end is awaited.
type htmlTag struct {
	name       string
	attributes map[string]string
	begin      int // bytes into the source
	offset     int // UTF-16 units into the text
	textBegin  int // bytes into the text
}

// parseHTML gives the text and its entities, in the order in which they end. The text is not trimmed yet.
func parseHTML(source string) (string, []Entity, error) {
	parser := htmlParser{source: source}
	for parser.at < len(source) {
		var err error
		switch source[parser.at] {
		case '&':
			parser.character(&parser.out)
		case '<':
			err = parser.tag()
		default:
			r, size := utf8.DecodeRuneInString(source[parser.at:])
			parser.out.add(r)
			parser.at += size
		}
		if err != nil {
			return "", nil, err
		}
	}
	if n := len(parser.open); n > 0 {
		return "", nil, complain("Can't find end tag corresponding to start tag %q", parser.open[n-1].name)
	}
	return parser.out.text.String(), parser.entities, nil
}

// character reads "&lt;", "&gt;", "&amp;", "&quot;" or a numeric reference, else a plain "&". Telegram shows a
// reference that it does not know as it stands.
func (p *htmlParser) character(out interface{ add(rune) }) {
	rest := p.source[p.at:]
	for name, r := range htmlCharacters {
		after, ok := strings.CutPrefix(rest, name)
		if ok && (after == "" || !isLatin(after[0])) {
			out.add(r)
			p.at += len(name)
			if strings.HasPrefix(after, ";") {
				p.at++
			}
			return
		}
	}
	if r, size := numericReference(rest); size > 0 {
		out.add(r)
		p.at += size
		return
	}
	out.add('&')
	p.at++
}

// numericReference reads "&#1234;" or "&#x4d2;", with or without the semicolon. The size is 0 if there is none.
func numericReference(source string) (rune, int) {
	digits, ok := strings.CutPrefix(source, "&#")
	if !ok {
		return 0, 0
	}
	base, allowed, prefix := 10, "0123456789", 2
	if strings.HasPrefix(digits, "x") {
		base, allowed, prefix, digits = 16, "0123456789abcdefABCDEF", 3, digits[1:]
	}
	end := 0
	for end < len(digits) && strings.IndexByte(allowed, digits[end]) >= 0 {
		end++
	}
	code, err := strconv.ParseUint(digits[:end], base, 32)
	if err != nil || code == 0 || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return 0, 0
	}
	size := prefix + end
	if strings.HasPrefix(digits[end:], ";") {
		size++
	}
	return rune(code), size
}

func isLatin(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isHTMLSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' || c == 0 }

// tag reads a start or end tag.
func (p *htmlParser) tag() error {
	begin := p.at
	p.at++
	if p.at < len(p.source) && p.source[p.at] == '/' {
		return p.endTag(begin)
	}
	return p.startTag(begin)
}

// until gives the lower-case word up to a space or one of the marks.
func (p *htmlParser) until(marks string) string {
	begin := p.at
	for p.at < len(p.source) && !isHTMLSpace(p.source[p.at]) && strings.IndexByte(marks, p.source[p.at]) < 0 {
		p.at++
	}
	return strings.ToLower(p.source[begin:p.at])
}

func (p *htmlParser) skipSpace() {
	for p.at < len(p.source) && isHTMLSpace(p.source[p.at]) {
		p.at++
	}
}

func (p *htmlParser) startTag(begin int) error {
	name := p.until(">")
	if p.at == len(p.source) {
		return complain("Unclosed start tag at byte offset %d", begin)
	}
	if htmlEntityType[name] == "" {
		return complain("Unsupported start tag %q at byte offset %d", name, begin)
	}
	attributes, err := p.attributes(name, begin)
	if err != nil {
		return err
	}
	if name == "span" && attributes["class"] != "tg-spoiler" {
		return complain(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	if err := p.mayNest(name, begin); err != nil {
		return err
	}
	p.open = append(p.open, htmlTag{
		name: name, attributes: attributes, begin: begin, offset: p.out.units, textBegin: p.out.text.Len(),
	})
	return nil
}

// attributes reads up to and with the ">". Those that no tag knows are ignored, as by Telegram.
func (p *htmlParser) attributes(tag string, begin int) (map[string]string, error) {
	attributes := map[string]string{}
	for {
		p.skipSpace()
		if p.at == len(p.source) {
			return nil, complain("Unclosed start tag at byte offset %d", begin)
		}
		if p.source[p.at] == '>' {
			p.at++
			return attributes, nil
		}
		name := p.until("=>/\"'")
		if name == "" {
			return nil, complain("Empty attribute name in the tag %q at byte offset %d", tag, begin)
		}
		p.skipSpace()
		value := ""
		if p.at < len(p.source) && p.source[p.at] == '=' {
			p.at++
			var err error
			if value, err = p.attributeValue(begin); err != nil {
				return nil, err
			}
		}
		if _, ok := attributes[name]; !ok {
			attributes[name] = value
		}
	}
}

// attributeValue reads a value in quotes, or a token of letters, digits, "." and "-".
func (p *htmlParser) attributeValue(begin int) (string, error) {
	p.skipSpace()
	if p.at == len(p.source) {
		return "", complain("Unclosed start tag at byte offset %d", begin)
	}
	quote := p.source[p.at]
	if quote != '"' && quote != '\'' {
		start := p.at
		for p.at < len(p.source) && (isLatin(p.source[p.at]) || strings.IndexByte("0123456789.-", p.source[p.at]) >= 0) {
			p.at++
		}
		if p.at == start || p.at < len(p.source) && !isHTMLSpace(p.source[p.at]) && p.source[p.at] != '>' {
			return "", complain("Unexpected end of name token at byte offset %d", start)
		}
		return strings.ToLower(p.source[start:p.at]), nil
	}
	p.at++
	var value textBuilder
	for p.at < len(p.source) && p.source[p.at] != quote {
		if p.source[p.at] == '&' {
			p.character(&value)
			continue
		}
		r, size := utf8.DecodeRuneInString(p.source[p.at:])
		value.add(r)
		p.at += size
	}
	if p.at == len(p.source) {
		return "", complain("Unclosed start tag at byte offset %d", begin)
	}
	p.at++
	return value.text.String(), nil
}

// mayNest holds a tag against those around it. The documentation: "pre and code entities can't contain other entities,
// … blockquote and expandable_blockquote entities can't be nested, all other entities can't contain each other."
func (p *htmlParser) mayNest(name string, begin int) error {
	alone := []string{"a", "tg-emoji", "code", "pre"}
	for i, outer := range p.open {
		language := outer.name == "pre" && name == "code" && i == len(p.open)-1 && outer.offset == p.out.units
		mono := outer.name == "code" || outer.name == "pre"
		switch {
		case language:
		case mono,
			outer.name == "blockquote" && name == "blockquote",
			(name == "code" || name == "pre") && outer.name != "blockquote",
			slices.Contains(alone, outer.name) && slices.Contains(alone, name):
			return complain("Tag %q can't be nested in tag %q at byte offset %d", name, outer.name, begin)
		}
	}
	return nil
}

func (p *htmlParser) endTag(begin int) error {
	p.at++
	name := p.until(">")
	p.skipSpace()
	if p.at == len(p.source) || p.source[p.at] != '>' {
		return complain("Unclosed end tag at byte offset %d", begin)
	}
	p.at++
	if len(p.open) == 0 {
		return complain("Unexpected end tag at byte offset %d", begin)
	}
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name { // Telegram lets "</>" end any tag
		return complain(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.out.units == tag.offset {
		return nil
	}
	entity, err := p.entityOf(tag)
	if err != nil || entity.Type == "" {
		return err
	}
	p.entities = append(p.entities, entity)
	return nil
}

// entityOf makes the entity of a tag that ends here. Its type is "" if there is none.
func (p *htmlParser) entityOf(tag htmlTag) (Entity, error) {
	entity := Entity{Type: htmlEntityType[tag.name], Offset: tag.offset, Length: p.out.units - tag.offset}
	switch tag.name {
	case "a":
		address := tag.attributes["href"]
		if address == "" {
			address = p.out.text.String()[tag.textBegin:]
		}
		return linkEntity(entity, address), nil
	case "tg-emoji":
		if _, err := strconv.ParseInt(tag.attributes["emoji-id"], 10, 64); err != nil {
			return entity, complain("Invalid custom emoji identifier specified")
		}
		entity.CustomEmojiID = tag.attributes["emoji-id"]
	case "blockquote":
		if _, ok := tag.attributes["expandable"]; ok {
			entity.Type = "expandable_blockquote"
		}
	case "code":
		if n := len(p.open); n > 0 && p.open[n-1].name == "pre" {
			entity.Language = strings.TrimPrefix(tag.attributes["class"], "language-")
		}
	case "pre":
		if n := len(p.entities); n > 0 && p.entities[n-1].Type == "code" && p.entities[n-1].Offset >= tag.offset {
			inner := p.entities[n-1]
			p.entities = p.entities[:n-1]
			if inner.Length == entity.Length {
				entity.Language = inner.Language
			}
		}
	}
	return entity, nil
}

// linkEntity makes a link. Telegram drops a link without a valid address and keeps the text.
func linkEntity(entity Entity, address string) Entity {
	if id, ok := strings.CutPrefix(address, "tg://user?id="); ok {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			entity.Type, entity.User = "text_mention", &User{ID: n}
			return entity
		}
	}
	valid, err := validURL(address)
	if err != nil {
		return Entity{}
	}
	entity.URL = valid
	return entity
}

// validURL gives an address the form in which Telegram keeps it: with a scheme, and with a path.
func validURL(address string) (string, error) {
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	parsed, err := url.Parse(address)
	switch {
	case err != nil:
		return "", complain("Wrong HTTP URL")
	case parsed.Scheme == "tg" || parsed.Scheme == "ton" || parsed.Scheme == "tonsite":
		return address, nil
	case parsed.Scheme != "http" && parsed.Scheme != "https":
		return "", complain("Unsupported URL protocol")
	case !strings.Contains(strings.Trim(parsed.Hostname(), "."), "."):
		return "", complain("Wrong HTTP URL")
	case parsed.Path == "":
		parsed.Path = "/"
		return parsed.String(), nil
	}
	return address, nil
}
