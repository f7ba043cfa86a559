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
		if isHan(r) {
			r = simplified.of(r)
		} else {
			r = unicode.ToLower(simplified.of(r))
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
				r = ' '
			}
		}
		size, _ := b.WriteRune(r)
		for range size {
			offsets = append(offsets, int32(at))
		}
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		end := at + size
		if folded, ok := foldCommon(r); ok && startsCommon(text[end:]) {
			if isHan(r) && simplified.of(r) == r { // nearly all of a report
				b.WriteString(text[at:end])
				offsets = append(offsets, int32(at), int32(at), int32(at))
			} else {
				write(folded, at)
			}
			at = end
			continue
		}
		// A character composes with the combining marks behind it; the segment up to the next boundary is folded whole.
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

// foldCommon gives the NFKC form of the characters that Chinese prose is made of, none of which composes with a
// character before it: what norm would say, only sooner.
func foldCommon(r rune) (rune, bool) {
	switch {
	case r < utf8.RuneSelf, isHan(r), isProseMark(r):
		return r, true
	case r >= '！' && r <= '～': // full-width ASCII
		return r - '！' + '!', true
	}
	return r, false
}

// startsCommon tells whether a text begins with one of the characters of foldCommon, or is empty.
func startsCommon(text string) bool {
	if text == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text)
	_, ok := foldCommon(r)
	return ok
}

// isHan tells whether a character is in the basic block of Han characters.
func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// isProseMark tells whether a character is one of the marks of Chinese prose that NFKC leaves alone.
func isProseMark(r rune) bool {
	switch r {
	case '。', '、', '“', '”', '‘', '’', '《', '》', '【', '】', '—', '·':
		return true
	}
	return false
}

// isPlain tells whether a text is its own normalised form at a glance: only Han characters of the basic block that are
// not Traditional ones, lower-case ASCII, and the marks of Chinese prose.
func isPlain(text string) bool {
	simplified := simplifiedCharacters()
	for _, r := range text {
		switch {
		case r >= 'A' && r <= 'Z', r < ' ', r == 0x7f:
			return false
		case r < utf8.RuneSelf, isProseMark(r):
		case isHan(r) && simplified.of(r) == r:
		default:
			return false
		}
	}
	return true
}

// simplifications maps Traditional characters to Simplified ones. Nearly all of them stand in the two blocks of Han
// characters below firstHan+len(blocks), where 0 says that a character stays as it is.
type simplifications struct {
	blocks [0xa000 - firstHan]rune
	rare   map[rune]rune
}

const firstHan = 0x3400

// of is the Simplified form of a character.
func (s *simplifications) of(r rune) rune {
	simplified := rune(0)
	switch {
	case r < firstHan:
	case r < firstHan+rune(len(s.blocks)):
		simplified = s.blocks[r-firstHan]
	default:
		simplified = s.rare[r]
	}
	if simplified == 0 {
		return r
	}
	return simplified
}

// simplifiedCharacters are OpenCC's tables in lexicon/traditional.txt.
var simplifiedCharacters = sync.OnceValue(func() *simplifications {
	s := &simplifications{rare: make(map[rune]rune)}
	for entry := range lexicon.Entries("traditional.txt") {
		traditional, _ := utf8.DecodeRuneInString(entry[0])
		simplified, _ := utf8.DecodeRuneInString(entry[1])
		if traditional >= firstHan && traditional < firstHan+rune(len(s.blocks)) {
			s.blocks[traditional-firstHan] = simplified
		} else {
			s.rare[traditional] = simplified
		}
	}
	return s
})
