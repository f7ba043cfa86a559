package retrieval

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wenbao/content/lexicon"
)

// Normalised is a text in the one form in which the program compares texts: compatibility forms folded (NFKC, so 5Ｇ and
// ５Ｇ are 5G, ％ is %), lower case, Traditional characters as Simplified ones, control and format characters as spaces. It remembers where
// every byte came from.
type Normalised struct {
	Text    string
	offsets []int32 // of each byte of Text, and of its end, in the original; nil when the two are alike byte by byte
}

// Original maps an offset into Text to an offset into the original text, both in bytes.
func (n Normalised) Original(offset int) int {
	if n.offsets == nil {
		return offset
	}
	return int(n.offsets[offset])
}

// Normalise brings a text into its normalised form. Invalid UTF-8 becomes spaces.
func Normalise(text string) Normalised {
	if isPlain(text) {
		return Normalised{Text: text}
	}
	simplified := simplifiedCharacters()
	var b strings.Builder
	b.Grow(len(text))
	offsets := make([]int32, 0, len(text)+1)
	write := func(r rune, at int) {
		if s, ok := simplified[r]; ok {
			r = s
		}
		r = unicode.ToLower(r)
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			r = ' '
		}
		size, _ := b.WriteRune(r)
		for range size {
			offsets = append(offsets, int32(at))
		}
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		// A character composes with the combining marks behind it; the segment up to the next boundary is folded whole.
		end := at + size
		for end < len(text) {
			next := norm.NFKC.PropertiesString(text[end:])
			if next.Size() == 0 || next.BoundaryBefore() {
				break
			}
			end += next.Size()
		}
		if r < utf8.RuneSelf && end == at+1 {
			write(r, at)
		} else {
			for _, folded := range norm.NFKC.String(text[at:end]) {
				write(folded, at)
			}
		}
		at = end
	}
	return Normalised{Text: b.String(), offsets: append(offsets, int32(len(text)))}
}

// isPlain tells whether a text is its own normalised form at a glance: only Han characters of the basic block that are
// not Traditional ones, lower-case ASCII, and the marks of Chinese prose that NFKC leaves alone.
func isPlain(text string) bool {
	simplified := simplifiedCharacters()
	for _, r := range text {
		switch {
		case r >= 'A' && r <= 'Z', r < ' ', r == 0x7f:
			return false
		case r < utf8.RuneSelf:
		case r >= 0x4e00 && r <= 0x9fff:
			if _, ok := simplified[r]; ok {
				return false
			}
		case strings.ContainsRune("。、“”‘’《》【】—·", r):
		default:
			return false
		}
	}
	return true
}

// simplifiedCharacters maps Traditional characters to Simplified ones, from OpenCC's tables in lexicon/traditional.txt.
var simplifiedCharacters = sync.OnceValue(func() map[rune]rune {
	characters := make(map[rune]rune, 4096)
	for entry := range lexicon.Entries("traditional.txt") {
		traditional, _ := utf8.DecodeRuneInString(entry[0])
		simplified, _ := utf8.DecodeRuneInString(entry[1])
		characters[traditional] = simplified
	}
	return characters
})
