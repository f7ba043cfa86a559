package answers

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"wenbao/content/lexicon"
	"wenbao/content/lexicon/lexicontest"
	"wenbao/retrieval"
)

// The tables hold what the text files say. With -update they are written, which go generate does.
func TestTables(t *testing.T) {
	update := flag.Lookup("update").Value.String() == "true" // the flag of the golden files

	synonyms := make(map[string][]variant)
	for _, file := range []string{"synonyms.txt", "abbreviations.txt"} {
		for entry := range lexicon.Entries(file) {
			addSynonyms(synonyms, entry)
		}
	}
	signs := map[float64]string{sameMeaning: "=", moreSpecial: ">", nearMeaning: "~"}
	entries, longest := make(map[string]string), 0
	for word, variants := range synonyms {
		var listed []string
		for _, v := range variants {
			listed = append(listed, signs[v.grade]+v.text)
		}
		entries[word] = strings.Join(listed, " ")
		longest = max(longest, utf8.RuneCountInString(word))
	}
	entries[""] = fmt.Sprint(longest)
	lexicontest.Check(t, update, "synonyms.table", entries)

	places := make(map[string]string)
	for entry := range lexicon.Entries("places.txt") {
		places[entry[0]] = entry[1]
	}
	lexicontest.Check(t, update, "places.table", places)

	organisations := make(map[string]string)
	for entry := range lexicon.Entries("organisations.txt") {
		organisations[retrieval.Normalise(entry[0]).Text] = entry[1]
	}
	lexicontest.Check(t, update, "organisations.table", organisations)
}
