// Package lexicon carries the words of the general language that the program needs: units, question words, synonyms,
// places, and the words that the segmenter knows. They stand in plain text files, one entry a line, each with a comment
// on top that says what it holds and how to add a line; words particular to one report stand beside that report.
//
// [Entries] hands out a file's entries as fields. What an entry means is the business of the package that reads it.
package lexicon

import (
	_ "embed"
	"iter"
	"strings"
)

//go:generate go run ./generate
//go:generate go test wenbao/retrieval wenbao/answers -run Table -update
//go:generate go run ./traditional
//go:generate go run ./pinyin

// Words is the segmenter's dictionary in gse's own format, a line "word frequency part-of-speech" each.
// It is made by go generate from gse's stock dictionary and the term files of this folder.
//
//go:embed words.txt
var Words string

// Entries yields the entries of a file of this folder (units.txt, synonyms.txt, …), split at white space, in the file's
// order and without its comments and blank lines. It panics when there is no such file, which is a programming error.
func Entries(name string) iter.Seq[[]string] { return Fields(text(name)) }

// Lines yields the same entries as lines, for who splits few of them.
func Lines(name string) iter.Seq[string] { return lines(text(name)) }

// Fields yields the entries of any text in the format of this folder's files: fields between spaces or tabs, # at the
// start of a line for a comment.
func Fields(text string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range lines(text) {
			if !yield(Split(line)) {
				return
			}
		}
	}
}

// lines yields the lines with an entry, without the space around them.
func lines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// Split is strings.Fields for a line whose only white space is spaces and tabs: several times as fast on Chinese, and
// the program splits lines before it answers its first question.
func Split(line string) []string {
	fields := make([]string, 0, strings.Count(line, " ")+strings.Count(line, "\t")+1)
	for at := 0; at < len(line); {
		end := at
		for end < len(line) && line[end] != ' ' && line[end] != '\t' {
			end++
		}
		if end > at {
			fields = append(fields, line[at:end])
		}
		at = end + 1
	}
	return fields
}
