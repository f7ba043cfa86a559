package telegramtest

import (
	"slices"
	"unicode/utf16"
)

// ownTypes are the entities that a bot may mark itself, foundTypes those that Telegram finds in texts.
var (
	ownTypes = []string{
		"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
		"text_link", "text_mention", "custom_emoji",
	}
	foundTypes = []string{"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)

// checkEntities holds the entities of a request against its text, and gives those that count: what Telegram finds
// itself it does not take from a bot.
func checkEntities(text string, entities []Entity) ([]Entity, error) {
	units := utf16.Encode([]rune(text))
	var own []Entity
	for _, entity := range entities {
		if err := checkEntity(entity); err != nil {
			return nil, err
		}
		end := entity.Offset + entity.Length
		switch {
		case slices.Contains(foundTypes, entity.Type) || entity.Length == 0:
			continue
		case entity.Offset < 0:
			return nil, complain("Receive an entity with incorrect offset %d", entity.Offset)
		case entity.Length < 0:
			return nil, complain("Receive an entity with incorrect length %d", entity.Length)
		case entity.Offset >= len(units):
			return nil, complain("Entity begins after the end of the text at UTF-16 offset %d", entity.Offset)
		case end > len(units):
			return nil, complain("Entity beginning at UTF-16 offset %d ends after the end of the text at UTF-16 offset %d",
				entity.Offset, end)
		case isMiddle(units, entity.Offset):
			return nil, complain("Entity begins in a middle of a UTF-16 symbol at UTF-16 offset %d", entity.Offset)
		case isMiddle(units, end):
			return nil, complain("Entity beginning at UTF-16 offset %d ends in a middle of a UTF-16 symbol", entity.Offset)
		}
		own = append(own, entity)
	}
	return own, nil
}

// checkEntity checks what an entity of its type needs.
func checkEntity(entity Entity) error {
	_, err := validURL(entity.URL)
	switch {
	case !slices.Contains(ownTypes, entity.Type) && !slices.Contains(foundTypes, entity.Type):
		return complain("Can't parse MessageEntity: Unsupported type specified")
	case entity.Type == "text_link" && entity.URL == "":
		return complain("Can't parse MessageEntity: Can't find field %q", "url")
	case entity.Type == "text_link" && err != nil:
		return complain("Entity URL '%s' is invalid: %v", entity.URL, err)
	case entity.Type == "text_mention" && entity.User == nil:
		return complain("Can't parse MessageEntity: Can't find field %q", "user")
	case entity.Type == "custom_emoji" && entity.CustomEmojiID == "":
		return complain("Can't parse MessageEntity: Can't find field %q", "custom_emoji_id")
	}
	return nil
}

// isMiddle tells whether an offset lies within a character.
func isMiddle(units []uint16, offset int) bool {
	return offset < len(units) && units[offset] >= 0xdc00 && units[offset] < 0xe000
}

// cleanWith cleans a text and moves its entities accordingly.
func cleanWith(text string, entities []Entity) (string, []Entity) {
	var b textBuilder
	moved := make([]int, 0, len(text)+1) // by UTF-16 unit of the text as it was
	for _, r := range text {
		for range utf16Length(string(r)) {
			moved = append(moved, b.units)
		}
		b.add(r)
	}
	moved = append(moved, b.units)
	kept := make([]Entity, len(entities))
	for i, entity := range entities {
		entity.Length = moved[entity.Offset+entity.Length] - moved[entity.Offset]
		entity.Offset = moved[entity.Offset]
		kept[i] = entity
	}
	return b.text.String(), kept
}
