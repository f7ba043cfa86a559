package answers

import (
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
		tokens := ev.tokens
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
	for i := 0; i+1 < len(tokens); i++ {
		if !single(i) {
			continue
		}
		for j := i + 1; j < min(i+4, len(tokens)) && single(j) && tokens[j].Start == tokens[j-1].End; j++ {
			run := text[tokens[i].Start:tokens[j].End]
			if e.holds(run) || len(e.vocabulary.roles[run]) > 0 || len(e.vocabulary.synonyms.of(run)) > 0 || e.vocabulary.asksFrom(text, tokens[i:j+1]) {
				continue
			}
			if word := e.spelling.homophone(run); word != "" && e.fits(tokens, i, j, word) {
				return text[:tokens[i].Start] + word + text[tokens[j].End:]
			}
			for _, beside := range []int{i - 1, j + 1} {
				if beside < 0 || beside >= len(tokens) || utf8.RuneCountInString(tokens[beside].Text) < 2 {
					continue
				}
				start, end := min(tokens[i].Start, tokens[beside].Start), max(tokens[j].End, tokens[beside].End)
				if word := e.spelling.oneOff(text[start:end], tokens[beside].Text); word != "" {
					return text[:start] + word + text[end:]
				}
			}
		}
	}
	return text
}

// asksFrom tells whether a phrase with a role begins in a run of characters: the 排第 of 排第几 is no mistyped 排位.
func (v *vocabulary) asksFrom(text string, run []retrieval.Token) bool {
	return slices.ContainsFunc(run, func(t retrieval.Token) bool { return v.roleAt(text, t.Start, nil) > t.End })
}

// fits tells whether the report holds a corrected word together with the word before or behind it in the question, where
// there is one: 往上 is not 网上, though it sounds so.
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
		if e.holds(joined) {
			return true
		}
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
