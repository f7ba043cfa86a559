// Command pinyin makes ../pinyin.txt, the readings of the common Chinese characters, from the tables of
// github.com/mozillazg/go-pinyin (MIT). The program uses the readings to recognise words typed with a homophone (公璐 for
// 公路). That library builds a map of 44,000 characters at every start, which costs more than answering a question, so
// the readings of the characters that occur in words.txt are taken out once, by go generate.
package main

import (
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

const header = `# Readings of characters without tones, "syllable characters". A character stands behind each of its readings.
# Made by go generate from github.com/mozillazg/go-pinyin (MIT) for the characters of words.txt; do not edit.
`

func main() {
	log.SetFlags(0)
	log.SetPrefix("pinyin: ")
	words, err := os.ReadFile("words.txt")
	if err != nil {
		log.Fatal(err)
	}
	syllables := make(map[string][]rune)
	arguments := pinyin.NewArgs()
	arguments.Heteronym = true
	for _, character := range characters(string(words)) {
		for _, syllable := range pinyin.SinglePinyin(character, arguments) {
			if !slices.Contains(syllables[syllable], character) {
				syllables[syllable] = append(syllables[syllable], character)
			}
		}
	}
	var lines []string
	for syllable, characters := range syllables {
		lines = append(lines, fmt.Sprintf("%s %s", syllable, string(characters)))
	}
	slices.Sort(lines)
	if err := os.WriteFile("pinyin.txt", []byte(header+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		log.Fatal(err)
	}
}

// characters are the Han characters of a text, each once, in order.
func characters(text string) []rune {
	var found []rune
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			found = append(found, r)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
