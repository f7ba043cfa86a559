package telegramtest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of texts, in UTF-16 units after the entities are parsed, and of the entities that a message keeps.
const (
	maxTextUnits    = 4096
	maxCaptionUnits = 1024
	maxEntities     = 100
)

// textBuilder writes a text as Telegram cleans it and counts its UTF-16 units.
type textBuilder struct {
	text  strings.Builder
	units int
}

// add writes a rune. Telegram drops carriage returns, the marks U+2028–U+202E and three combining lines, and blanks
// control characters.
func (b *textBuilder) add(r rune) {
	switch {
	case r == '\r' || r >= 0x2028 && r <= 0x202e || r == 0x30a || r == 0x333 || r == 0x33f:
		return
	case r < ' ' && r != '\n':
		r = ' '
	}
	b.text.WriteRune(r)
	b.units += utf16.RuneLen(r)
}

// clean gives a text as Telegram keeps it.
func clean(text string) string {
	var b textBuilder
	for _, r := range text {
		b.add(r)
	}
	return b.text.String()
}

// utf16Length counts the UTF-16 units of a text.
func utf16Length(text string) int {
	units := 0
	for _, r := range text {
		units += max(utf16.RuneLen(r), 1)
	}
	return units
}

// of is the part of a text that an entity covers.
func (e Entity) of(text string) string {
	units := utf16.Encode([]rune(text))
	begin := min(max(e.Offset, 0), len(units))
	return string(utf16.Decode(units[begin:min(max(begin, e.Offset+e.Length), len(units))]))
}

// finish trims a text, fits its entities to it and to each other as Telegram does, and adds those that Telegram finds.
func finish(text string, entities []Entity) (string, []Entity) {
	units := utf16.Encode([]rune(text))
	kept := join(tighten(units, entities))
	end := len(units)
	for end > 0 && blank(units[end-1]) {
		end--
	}
	first := end
	if len(kept) > 0 {
		first = min(first, kept[0].Offset)
	}
	begin := 0
	for begin < first && blank(units[begin]) {
		begin++
	}
	fitting := kept[:0]
	for _, entity := range kept {
		entity.Length = min(entity.Offset+entity.Length, end) - entity.Offset
		entity.Offset -= begin
		if entity.Length > 0 {
			fitting = append(fitting, entity)
		}
	}
	text = string(utf16.Decode(units[begin:end]))
	return text, atMost(maxEntities, split(addFound(fitting, find(text))))
}

// blank tells the white space that Telegram trims.
func blank(unit uint16) bool { return unit == ' ' || unit == '\n' }

// tighten lets entities begin after white space, and drops those of nothing else.
func tighten(units []uint16, entities []Entity) []Entity {
	var tight []Entity
	for _, entity := range entities {
		for entity.Length > 0 && blank(units[entity.Offset]) {
			entity.Offset++
			entity.Length--
		}
		if entity.Length > 0 {
			tight = append(tight, entity)
		}
	}
	return tight
}

// looks are the entities that may contain each other and be cut into pieces.
var looks = []string{"bold", "italic", "underline", "strikethrough", "spoiler"}

// split cuts looks where other entities begin and end, so that they nest, and drops those within code.
func split(entities []Entity) []Entity {
	others := slices.DeleteFunc(slices.Clone(entities), func(e Entity) bool { return slices.Contains(looks, e.Type) })
	if len(others) == 0 {
		return entities
	}
	pieces := slices.Clone(others)
	for _, look := range entities {
		if slices.Contains(looks, look.Type) {
			pieces = append(pieces, cut(look, others)...)
		}
	}
	sortEntities(pieces)
	return pieces
}

// cut gives the pieces of a look between the bounds of other entities.
func cut(look Entity, others []Entity) []Entity {
	bounds := []int{look.Offset, look.Offset + look.Length}
	for _, other := range others {
		for _, bound := range []int{other.Offset, other.Offset + other.Length} {
			if look.Offset < bound && bound < look.Offset+look.Length {
				bounds = append(bounds, bound)
			}
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var pieces []Entity
	for i, bound := range bounds[1:] {
		piece := Entity{Type: look.Type, Offset: bounds[i], Length: bound - bounds[i]}
		if !slices.ContainsFunc(others, func(other Entity) bool {
			code := other.Type == "code" || other.Type == "pre"
			return code && other.Offset <= piece.Offset && piece.Offset < other.Offset+other.Length
		}) {
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

// atMost keeps so many of the entities that a bot made, the looks last. Telegram forgets the rest without a word.
func atMost(limit int, entities []Entity) []Entity {
	left := limit
	keep := make([]bool, len(entities))
	for _, isLook := range []bool{false, true} {
		for i, entity := range entities {
			switch {
			case slices.Contains(looks, entity.Type) != isLook:
			case slices.Contains(foundTypes, entity.Type):
				keep[i] = true
			case left > 0:
				keep[i] = true
				left--
			}
		}
	}
	var kept []Entity
	for i, entity := range entities {
		if keep[i] {
			kept = append(kept, entity)
		}
	}
	return kept
}

// rank orders entities of the same extent, the outer first, as Telegram does. Those that are not here rank at 50.
var rank = map[string]int{
	"blockquote": 1, "expandable_blockquote": 1, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49,
	"bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}

func sortEntities(entities []Entity) {
	slices.SortStableFunc(entities, func(a, b Entity) int {
		return cmp.Or(
			cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length),
			cmp.Compare(cmp.Or(rank[a.Type], 50), cmp.Or(rank[b.Type], 50)),
		)
	})
}

// join orders entities and makes one of looks of the same kind that touch or overlap.
func join(entities []Entity) []Entity {
	sortEntities(entities)
	last := map[string]int{}
	var joined []Entity
	for _, entity := range entities {
		i, seen := last[entity.Type]
		if seen && slices.Contains(looks, entity.Type) && entity.Offset <= joined[i].Offset+joined[i].Length {
			joined[i].Length = max(joined[i].Length, entity.Offset+entity.Length-joined[i].Offset)
			continue
		}
		last[entity.Type] = len(joined)
		joined = append(joined, entity)
	}
	return joined
}

// addFound adds what was found in the text where it is neither code nor part of a link.
func addFound(entities, found []Entity) []Entity {
	if len(found) == 0 {
		return entities
	}
	var covered []Entity
	for _, entity := range entities {
		switch entity.Type {
		case "code", "pre", "text_link", "text_mention", "custom_emoji":
			covered = append(covered, entity)
		}
	}
	for _, entity := range found {
		for len(covered) > 0 && covered[0].Offset+covered[0].Length <= entity.Offset {
			covered = covered[1:]
		}
		if len(covered) == 0 || covered[0].Offset >= entity.Offset+entity.Length {
			entities = append(entities, entity)
		}
	}
	return join(entities)
}

// find finds the bot commands, mentions, hashtags and links in a text, in order. Telegram does so in everyone's texts.
// Links are found only with their scheme.
func find(text string) []Entity {
	var entities []Entity
	units, before := 0, ' '
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		kind, length := "", 0
		switch {
		case r == 'h' && (before >= utf8.RuneSelf || !isWordRune(before)):
			kind, length = "url", linkLength(text[i:])
		case isWordRune(before):
		case r == '/' && before != '/' && before != '<' && before != '>':
			kind, length = "bot_command", commandLength(text[i:])
		case r == '@':
			kind, length = "mention", mentionLength(text[i:])
		case r == '#':
			kind, length = "hashtag", hashtagLength(text[i:])
		}
		if length == 0 {
			length = size
		} else {
			entities = append(entities, Entity{Type: kind, Offset: units, Length: utf16Length(text[i : i+length])})
		}
		units += utf16Length(text[i : i+length])
		before, _ = utf8.DecodeLastRuneInString(text[i : i+length])
		i += length
	}
	return entities
}

// isWordRune tells the runes next to which Telegram finds no command and no mention; Chinese characters are among them.
func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// nameLength counts the ASCII letters, digits and underscores at the beginning of a text.
func nameLength(text string) int {
	for i := range len(text) {
		c := text[i]
		if !isLatin(c) && c != '_' && (c < '0' || c > '9') {
			return i
		}
	}
	return len(text)
}

// endsName tells whether a name may end here: no letter may follow.
func endsName(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !isWordRune(r)
}

// commandLength is the length of "/command" or "/command@bot" in bytes, or 0.
func commandLength(text string) int {
	length := 1 + nameLength(text[1:])
	if length == 1 || length > 65 || strings.HasPrefix(text[length:], "/") {
		return 0
	}
	if strings.HasPrefix(text[length:], "@") {
		if name := nameLength(text[length+1:]); name >= 3 && name <= 32 {
			length += 1 + name
		}
	}
	if !endsName(text[length:]) {
		return 0
	}
	return length
}

// mentionLength is the length of "@name" in bytes, or 0.
func mentionLength(text string) int {
	length := nameLength(text[1:])
	if length < 3 || length > 32 || !endsName(text[1+length:]) {
		return 0
	}
	return 1 + length
}

func hashtagLength(text string) int {
	letters := false
	end := strings.IndexFunc(text[1:], func(r rune) bool {
		letters = letters || unicode.IsLetter(r)
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if end < 0 {
		end = len(text) - 1
	}
	if !letters || end == 0 {
		return 0
	}
	return 1 + end
}

func linkLength(text string) int {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return 0
	}
	end := strings.IndexFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`<>"“”，。；、（）`, r)
	})
	if end < 0 {
		end = len(text)
	}
	link := strings.TrimRight(text[:end], ".,;:!?'")
	if _, err := validURL(link); err != nil {
		return 0
	}
	return len(link)
}
