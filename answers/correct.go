package answers

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"wenbao/content/lexicon"
	"wenbao/retrieval"
)

// # Typing errors
//
// 公璐, 标扛企业: a mistyped word falls into single characters, since the lexicon lacks it. Such a run is read as a word of
// the report that sounds the same and shares a character with it (公路), or, together with the word beside it, as one of
// the same length that differs in a single character (标杆企业). A word that the report or the lexicon knows is never changed:
// 4G and 6英寸 are asked for as they stand.

// spelling holds the report's words for finding the one that was meant.
type spelling struct {
	byCharacter map[rune][]string // words of two to eight characters
	words       map[string]bool
}

func newSpelling(evidence []*evidence) spelling {
	s := spelling{byCharacter: make(map[rune][]string), words: make(map[string]bool)}
	add := func(word string) {
		n := utf8.RuneCountInString(word)
		if s.words[word] || n < 2 || n > 8 || strings.IndexFunc(word, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) >= 0 {
			return
		}
		s.words[word] = true
		for _, r := range word {
			if list := s.byCharacter[r]; len(list) == 0 || list[len(list)-1] != word {
				s.byCharacter[r] = append(list, word)
			}
		}
	}
	for _, ev := range evidence {
		tokens := ev.words().tokens
		for i, token := range tokens {
			add(token.Text)
			for _, part := range token.Parts {
				add(part)
			}
			if i > 0 && tokens[i-1].End == token.Start {
				add(tokens[i-1].Text + token.Text)
			}
		}
	}
	return s
}

// isWord tells whether a text is one of the words of a spelling. Without one, only the sentences that hold the text are cut
// into words.
func (e *Engine) isWord(text string) bool {
	if e.prepared.Load() {
		return e.spelling().words[text]
	}
	for line := range e.text.EachLine(text) {
		if line >= len(e.evidence) {
			break
		}
		if newSpelling(e.evidence[line : line+1]).words[text] {
			return true
		}
	}
	return false
}

// homophone is that of the spelling of the whole report. Without one, only the sentences are cut into words that hold a text
// which sounds like the run and shares a character with it.
func (e *Engine) homophone(run string) string {
	if e.prepared.Load() {
		return e.spelling().homophone(run)
	}
	characters := []rune(run)
	lines := make(map[int]bool)
	for _, shared := range characters {
		for at := range e.text.Occurrences(string(shared)) {
			if line := e.text.LineAt(at); line < len(e.evidence) && !lines[line] && soundsAround(e.text.Text, at, characters) {
				lines[line] = true
			}
		}
	}
	return newSpelling(e.inOrder(lines)).homophone(run)
}

// oneOff is that of the spelling of the whole report. Without one, only the sentences that hold the firm part are cut into
// words.
func (e *Engine) oneOff(text, firm string) string {
	if e.prepared.Load() {
		return e.spelling().oneOff(text, firm)
	}
	lines := make(map[int]bool)
	for line := range e.text.Each(firm) {
		lines[line] = true
	}
	return newSpelling(e.inOrder(lines)).oneOff(text, firm)
}

// inOrder are the sentences of some lines of the text.
func (e *Engine) inOrder(lines map[int]bool) []*evidence {
	var evidence []*evidence
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		if line < len(e.evidence) {
			evidence = append(evidence, e.evidence[line])
		}
	}
	return evidence
}

// soundsAround tells whether a text that sounds like some characters, but is another one, stands around a place.
func soundsAround(text string, at int, characters []rune) bool {
	for range characters {
		end, alike, same := at, true, true
		for _, character := range characters {
			r, size := utf8.DecodeRuneInString(text[end:])
			if alike = size > 0 && soundAlike(character, r); !alike {
				break
			}
			same = same && r == character
			end += size
		}
		if alike && !same {
			return true
		}
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return false
}

// mostCorrections bounds how many words of a question are put right.
const mostCorrections = 8

// correct returns the question with its mistyped words put right.
func (e *Engine) correct(text string) string {
	for range mostCorrections {
		corrected := e.correctOne(text)
		if corrected == text {
			break
		}
		text = corrected
	}
	return text
}

// correctOne puts the first mistyped word right.
func (e *Engine) correctOne(text string) string {
	tokens := retrieval.Analyse(text)
	single := func(i int) bool {
		r, size := utf8.DecodeRuneInString(tokens[i].Text)
		return size == len(tokens[i].Text) && unicode.Is(unicode.Han, r)
	}
	for i := range tokens {
		if joint, place := e.joinedPlace(text, tokens[i]); joint > 0 {
			return text[:tokens[i].Start] + "、" + text[place:]
		}
		if word, start, end := e.spelledOut(text, tokens[i]); word != "" {
			return text[:start] + word + text[end:]
		}
		if word := e.soundsLike(tokens, i); word != "" {
			return text[:tokens[i].Start] + word + text[tokens[i].End:]
		}
	}
	for i := 0; i+1 < len(tokens); i++ {
		if !single(i) || isNumeral(tokens[i].Text) || strings.ContainsRune("几多", firstRune(tokens[i].Text)) {
			continue // 十件 is no mistyped word, and 几级 asks
		}
		for j := i + 1; j < min(i+4, len(tokens)) && single(j) && tokens[j].Start == tokens[j-1].End; j++ {
			run := text[tokens[i].Start:tokens[j].End]
			if e.holds(run) || len(e.vocabulary.roles[run]) > 0 || len(e.vocabulary.synonyms.of(run)) > 0 || e.vocabulary.asksFrom(text, tokens[i:j+1]) {
				continue
			}
			if word := e.homophone(run); word != "" && e.fits(tokens, i, j, word) {
				return text[:tokens[i].Start] + word + text[tokens[j].End:]
			}
			for _, beside := range []int{i - 1, j + 1} {
				if beside < 0 || beside >= len(tokens) || utf8.RuneCountInString(tokens[beside].Text) < 2 {
					continue
				}
				if strings.ContainsAny(run, denying) {
					break // 人没脱贫 is not 人口脱贫
				}
				start, end := min(tokens[i].Start, tokens[beside].Start), max(tokens[j].End, tokens[beside].End)
				if word := e.oneOff(text[start:end], tokens[beside].Text); word != "" {
					return text[:start] + word + text[end:]
				}
			}
		}
	}
	return text
}

// denying are the characters that deny, which nobody mistypes for another word.
const denying = "没未不无"

// joinedPlace finds a place of the report that a joining word before it was read together with: the 平山 of 江州和平山. It gives
// the ends of the joining word and where the place begins, or nothing.
func (e *Engine) joinedPlace(text string, token retrieval.Token) (joint, place int) {
	if e.holds(token.Text) {
		return 0, 0
	}
	for _, word := range joining {
		start := token.Start + len(word)
		if !strings.HasPrefix(token.Text, word) || start >= token.End || token.Start == 0 {
			continue
		}
		_, size := utf8.DecodeRuneInString(text[token.End:])
		if name := text[start : token.End+size]; size > 0 && kindOfPlace(name) != "" && e.holds(name) {
			return len(word), start
		}
	}
	return 0, 0
}

// soundsLike finds the word of the report that was meant by one that the language has and the report has not: 光线宽带 is its
// 光纤宽带. That word must stand in the report beside the same neighbour.
func (e *Engine) soundsLike(tokens []retrieval.Token, i int) string {
	token := tokens[i]
	if n := utf8.RuneCountInString(token.Text); n < 2 || n > 4 || !unicode.Is(unicode.Han, firstRune(token.Text)) || len(e.vocabulary.roles[token.Text]) > 0 || e.holdsTerm(token.Text) {
		return ""
	}
	word := e.homophone(token.Text)
	if word == "" {
		return ""
	}
	before := i > 0 && tokens[i-1].End == token.Start && len(e.vocabulary.roles[tokens[i-1].Text]) == 0 && e.holds(tokens[i-1].Text+word)
	behind := i+1 < len(tokens) && tokens[i+1].Start == token.End && len(e.vocabulary.roles[tokens[i+1].Text]) == 0 && e.holds(word+tokens[i+1].Text)
	if !before && !behind {
		return ""
	}
	return word
}

// spelledOut finds the word of the report that is typed with Latin letters, or begun or ended with them, and where it stands in
// the question: xin能源车 asks for 新能源车, hui科 for 惠科. What the report itself writes so is left as it is.
func (e *Engine) spelledOut(text string, token retrieval.Token) (word string, start, end int) {
	syllables := syllablesOf(token.Text)
	if syllables == nil || e.holdsTerm(token.Text) {
		return "", 0, 0
	}
	begin, behind := token.Start, token.End
	for range longestBeside {
		if r, size := utf8.DecodeLastRuneInString(text[:begin]); unicode.Is(unicode.Han, r) {
			begin -= size
		}
		if r, size := utf8.DecodeRuneInString(text[behind:]); unicode.Is(unicode.Han, r) {
			behind += size
		}
	}
	most := 0
	for candidate := range e.spelling().words {
		for at := range candidate {
			rest, ok := afterSyllables(candidate[at:], syllables)
			if !ok || !strings.HasSuffix(text[begin:token.Start], candidate[:at]) || !strings.HasPrefix(text[token.End:behind], rest) {
				continue
			}
			// The word that takes in most of what stands beside the letters, and of those the one that is said most.
			if weight := 100*(len(candidate[:at])+len(rest)) + e.text.frequency(candidate); weight > most || weight == most && candidate < word {
				most, word, start, end = weight, candidate, token.Start-at, token.End+len(rest)
			}
		}
	}
	return word, start, end
}

// longestBeside is how many characters beside Latin letters may belong to the same word.
const longestBeside = 3

// afterSyllables is what remains of a text behind characters that are read as some syllables.
func afterSyllables(text string, syllables []string) (rest string, ok bool) {
	table := readings()
	for _, syllable := range syllables {
		r, size := utf8.DecodeRuneInString(text)
		if size == 0 || !slices.Contains(table[r], syllable) {
			return "", false
		}
		text = text[size:]
	}
	return text, true
}

// syllablesOf cuts Latin letters into the fewest syllables that characters are read as; nil when they are none.
func syllablesOf(letters string) []string {
	if len(letters) < 2 || len(letters) > longestLetters || strings.ContainsFunc(letters, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return nil
	}
	known := syllables()
	cuts := make([][]string, len(letters)+1) // by the letters that remain
	for start := len(letters) - 1; start >= 0; start-- {
		for end := len(letters); end > start; end-- {
			rest := cuts[end]
			if (end == len(letters) || rest != nil) && known[letters[start:end]] && (cuts[start] == nil || len(rest)+1 < len(cuts[start])) {
				cuts[start] = append([]string{letters[start:end]}, rest...)
			}
		}
	}
	return cuts[0]
}

// longestLetters is how many letters are read as one word: four syllables.
const longestLetters = 24

// syllables are all that characters are read as.
var syllables = sync.OnceValue(func() map[string]bool {
	known := make(map[string]bool)
	for entry := range lexicon.Entries("pinyin.txt") {
		known[entry[0]] = true
	}
	return known
})

// asksFrom tells whether a phrase with a role begins in a run of characters: the 排第 of 排第几 is no mistyped 排位.
func (v *vocabulary) asksFrom(text string, run []retrieval.Token) bool {
	return slices.ContainsFunc(run, func(t retrieval.Token) bool { return v.roleAt(text, t.Start, nil) > t.End })
}

// fits tells whether the report holds a corrected word together with the word before or behind it in the question, where
// there is one, or in a sentence with the noun that it is said of: 往上 is not 网上, though it sounds so, and 整制的河道 is 河道整治.
func (e *Engine) fits(tokens []retrieval.Token, first, last int, word string) bool {
	if utf8.RuneCountInString(word) > 2 {
		return true // three syllables in a row are no accident
	}
	alone := true
	for _, beside := range []int{first - 1, last + 1} {
		if beside < 0 || beside >= len(tokens) || len(e.vocabulary.roles[tokens[beside].Text]) > 0 && beside > last {
			continue
		}
		alone = false
		joined := tokens[beside].Text + word
		if beside > last {
			joined = word + tokens[beside].Text
		}
		if e.holds(joined) || beside < first && e.holds(tokens[beside].Text+"”"+word) {
			return true
		}
	}
	if of := last + 2; !alone && of < len(tokens) && tokens[last+1].Text == "的" && utf8.RuneCountInString(tokens[of].Text) > 1 {
		return slices.ContainsFunc(e.evidence, func(ev *evidence) bool {
			return strings.Contains(ev.text, word) && strings.Contains(ev.text, tokens[of].Text)
		})
	}
	return alone
}

// homophone finds the word of the report that sounds like a run of characters and shares one with it.
func (s spelling) homophone(run string) string {
	characters := []rune(run)
	for _, shared := range characters {
		for _, word := range s.byCharacter[shared] {
			other := []rune(word)
			if len(other) == len(characters) && word != run && !slices.ContainsFunc(indexes(other), func(i int) bool { return !soundAlike(characters[i], other[i]) }) {
				return word
			}
		}
	}
	return ""
}

// oneOff finds the word of the report that differs from a text in one character outside of the part that stands firm.
func (s spelling) oneOff(text, firm string) string {
	characters := []rune(text)
	first, _ := utf8.DecodeRuneInString(firm)
	for _, word := range s.byCharacter[first] {
		other := []rune(word)
		if len(other) != len(characters) || len(other) < 4 || !strings.Contains(word, firm) {
			continue
		}
		differ := 0
		for i := range other {
			if other[i] != characters[i] {
				differ++
			}
		}
		if differ == 1 {
			return word
		}
	}
	return ""
}

func indexes(runes []rune) []int {
	list := make([]int, len(runes))
	for i := range list {
		list[i] = i
	}
	return list
}

// readings are the syllables of the common characters, without tones.
var readings = sync.OnceValue(func() map[rune][]string {
	table := make(map[rune][]string)
	for entry := range lexicon.Entries("pinyin.txt") {
		for _, character := range entry[1] {
			table[character] = append(table[character], entry[0])
		}
	}
	return table
})

// soundAlike tells whether two characters share a reading.
func soundAlike(a, b rune) bool {
	if a == b {
		return true
	}
	table := readings()
	return slices.ContainsFunc(table[a], func(syllable string) bool { return slices.Contains(table[b], syllable) })
}
