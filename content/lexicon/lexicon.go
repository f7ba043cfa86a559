// Package lexicon carries the words of the general language that the program needs: units, question words, synonyms,
// places, and the words that the segmenter knows. They stand in plain text files, one entry a line, each with a comment
// on top that says what it holds and how to add a line; words particular to one report stand beside that report.
//
// [Entries] hands out a file's entries as fields. What an entry means is the business of the package that reads it.
package lexicon

import (
	"bufio"
	"embed"
	"fmt"
	"iter"
	"strings"
)

//go:generate go run ./generate
//go:generate go run ./traditional
//go:generate go run ./pinyin

//go:embed *.txt
var files embed.FS

// Words is the segmenter's dictionary in gse's own format, a line "word frequency part-of-speech" each.
// It is made by go generate from gse's stock dictionary and the term files of this folder.
//
//go:embed words.txt
var Words string

// Entries yields the entries of a file of this folder (units.txt, synonyms.txt, …), split at white space, in the file's
// order and without its comments and blank lines. It panics when there is no such file, which is a programming error.
func Entries(name string) iter.Seq[[]string] {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("lexicon: %v", err))
	}
	return Fields(string(text))
}

// Fields yields the entries of any text in the format of this folder's files: fields between white space, # at the start
// of a line for a comment.
func Fields(text string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		lines := bufio.NewScanner(strings.NewReader(text))
		for lines.Scan() {
			line := strings.TrimSpace(lines.Text())
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(strings.Fields(line)) {
				return
			}
		}
	}
}
