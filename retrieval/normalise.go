package retrieval

import (
	_ "embed"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wenbao/content/lexicon"
)

// Normalised is a text in the one form in which the program compares texts: compatibility forms folded (NFKC, so 5Ｇ and
// ５Ｇ are 5G, ％ is %), lower case, Traditional characters as Simplified ones, control and format characters as spaces. It
// remembers where every character came from.
type Normalised struct {
	Text  string
	steps []step // nil when the two are alike character by character
}

// step says that from a place on, up to the next step, the normalised text lies as far from the original one as there. Few
// characters change their size: some marks of a sentence.
type step struct{ at, original int32 }

// Original maps an offset into Text to an offset into the original text, both in bytes.
func (n Normalised) Original(offset int) int {
	next := sort.Search(len(n.steps), func(i int) bool { return int(n.steps[i].at) > offset })
	if next > 0 {
		offset += int(n.steps[next-1].original - n.steps[next-1].at)
	}
	if next < len(n.steps) {
		offset = min(offset, int(n.steps[next].original)) // inside of a character that has grown
	}
	return offset
}

// Offset maps an offset into the original text to the first character of Text that came from there, or from behind it.
func (n Normalised) Offset(original int) int {
	offset := original
	next := sort.Search(len(n.steps), func(i int) bool { return int(n.steps[i].original) >= original })
	if next > 0 {
		offset += int(n.steps[next-1].at - n.steps[next-1].original)
	}
	if next < len(n.steps) {
		offset = min(offset, int(n.steps[next].at))
	}
	for offset < len(n.Text) && !utf8.RuneStart(n.Text[offset]) {
		offset++
	}
	return min(offset, len(n.Text))
}

// Normalise brings a text into its normalised form. Invalid UTF-8 becomes spaces.
func Normalise(text string) Normalised {
	simplified := simplifiedCharacters()
	if simplified.plainPrefix(text) == len(text) {
		return Normalised{Text: text}
	}
	n := normaliser{simplified: simplified}
	n.text.Grow(len(text))
	n.add(text)
	return Normalised{Text: n.text.String(), steps: n.steps}
}

// NormaliseLines normalises the lines of a text, which comes back whole, with a line break behind each of them: a report's
// sentences lie in one piece of memory.
func NormaliseLines(lines []string) (text string, normalised []Normalised) {
	size := 0
	for _, line := range lines {
		size += len(line) + len("\n")
	}
	n := normaliser{simplified: simplifiedCharacters()}
	n.text.Grow(size)
	ends := make([]struct{ text, steps int }, len(lines))
	for i, line := range lines {
		n.add(line)
		ends[i].text, ends[i].steps = n.text.Len(), len(n.steps)
		n.text.WriteByte('\n')
	}
	text = n.text.String()
	normalised = make([]Normalised, len(lines))
	start, steps := 0, 0
	for i, end := range ends {
		normalised[i].Text = text[start:end.text]
		if end.steps > steps {
			normalised[i].steps = n.steps[steps:end.steps:end.steps]
		}
		start, steps = end.text+len("\n"), end.steps
	}
	return text, normalised
}

// normaliser puts normalised texts one behind the other.
type normaliser struct {
	simplified *simplifications
	text       strings.Builder
	steps      []step
	start      int // of the text being added
	ahead      int // how far its original is ahead of it, in bytes
}

// add adds the normalised form of a text.
func (n *normaliser) add(text string) {
	n.start, n.ahead = n.text.Len(), 0
	for at := 0; at < len(text); {
		if plain := n.simplified.plainPrefix(text[at:]); plain > 0 { // nearly all of a report
			n.text.WriteString(text[at : at+plain])
			at += plain
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		end := at + size
		if folded, ok := foldCommon(r); ok && startsCommon(text[end:]) {
			n.write(folded, at)
		} else {
			// A character composes with the combining marks behind it; the segment up to the next boundary is folded whole.
			for end < len(text) {
				next := norm.NFKC.PropertiesString(text[end:])
				if next.Size() == 0 || next.BoundaryBefore() {
					break
				}
				end += next.Size()
			}
			n.writeFolded(text[at:end], at)
		}
		n.reach(end)
		at = end
	}
}

// writeFolded writes a segment that came from a place.
func (n *normaliser) writeFolded(segment string, from int) {
	if len(segment) == 1 && segment[0] < utf8.RuneSelf {
		n.write(rune(segment[0]), from)
		return
	}
	for _, folded := range norm.NFKC.String(segment) {
		n.write(folded, from)
	}
}

// write writes a character that came from a place.
func (n *normaliser) write(r rune, from int) {
	n.reach(from)
	if isHan(r) {
		r = n.simplified.of(r)
	} else {
		r = unicode.ToLower(n.simplified.of(r))
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			r = ' '
		}
	}
	n.text.WriteRune(r)
}

// reach says that the next character comes from a place.
func (n *normaliser) reach(original int) {
	at := n.text.Len() - n.start
	if original-at != n.ahead {
		n.ahead = original - at
		n.steps = append(n.steps, step{int32(at), int32(original)})
	}
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

// plainPrefix is how many bytes at the beginning of a text are their own normalised form at a glance: Han characters of the
// basic block that are not Traditional ones, lower-case ASCII, and the marks of Chinese prose. What stands behind them does
// not compose with them.
func (s *simplifications) plainPrefix(text string) int {
	last := 0 // of the plain characters so far
	for at, r := range text {
		switch {
		case isHan(r) && s.of(r) == r:
		case r >= ' ' && r < 0x7f && (r < 'A' || r > 'Z'), isProseMark(r):
		default:
			if _, ok := foldCommon(r); ok {
				return at
			}
			return last
		}
		last = at
	}
	return len(text)
}

// traditionalTable has the Simplified forms of Traditional characters, OpenCC's tables in lexicon/traditional.txt. Nearly all
// of them stand in the two blocks of Han characters from firstHan on, whose forms are under no character, two bytes each:
// stays for a character that has none, and rare for one whose form takes more, and which has an entry of its own like those
// outside of the blocks. go generate in content/lexicon makes it.
//
//go:embed traditional.table
var traditionalTable lexicon.Table

const (
	firstHan  = 0x3400
	behindHan = 0xa000

	stays = 0
	rare  = 1
)

// simplifications maps Traditional characters to Simplified ones.
type simplifications struct{ blocks string }

// of is the Simplified form of a character.
func (s *simplifications) of(r rune) rune {
	if r < firstHan {
		return r
	}
	if r < behindHan {
		at := 2 * (r - firstHan)
		switch simplified := rune(s.blocks[at]) | rune(s.blocks[at+1])<<8; simplified {
		case stays:
			return r
		case rare:
		default:
			return simplified
		}
	}
	if simplified, found := traditionalTable.Find(string(r)); found {
		r, _ = utf8.DecodeRuneInString(simplified)
	}
	return r
}

var simplifiedCharacters = sync.OnceValue(func() *simplifications {
	blocks, _ := traditionalTable.Find("")
	return &simplifications{blocks}
})
