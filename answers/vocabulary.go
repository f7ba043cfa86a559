package answers

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"wenbao/content/lexicon"
	"wenbao/retrieval"
)

// A role is what a word does in a question, as lexicon/questions.txt lists them.
type role string

const (
	asksNumber     role = "number"
	asksComparison role = "comparison" // by how much one is above the other
	asksWho        role = "who"
	asksWhere      role = "where"
	asksWhich      role = "which"
	asksWhat       role = "what"
	asksHow        role = "how"
	asksList       role = "list"
	asksNames      role = "names"
	asksCheck      role = "check"
	asksBoth       role = "both" // which of two is more
	asksEach       role = "each"
	asksBefore     role = "before"       // what a figure was before it changed
	tellsBecoming  role = "hint-becomes" // 升格为什么 asks for no cause
	endsPlace      role = "hint-place"
	tellsLevel     role = "hint-level"
	asksRate       role = "hint-rate"
	tellsMilestone role = "hint-milestone"
	leavesOut      role = "except"
	asksCause      role = "cause"
	asksOpinion    role = "opinion"
	asksProblem    role = "problem"
	isEmpty        role = "empty"
	isVague        role = "vague"
	isGreeting     role = "greeting"
	isThanks       role = "thanks"
	isFarewell     role = "farewell"
	isPraise       role = "praise"
	isSelf         role = "self"
)

// vocabulary is the general language of questions: roles, synonyms and what excludes what.
type vocabulary struct {
	roles       map[string][]role
	longestRole int // runes
	synonyms    *thesaurus
	// exclusive tells, for a word, the words that say something else in its place: 省级 for 国家级, 下降 for 增长.
	exclusive map[string][]string
	deeds     map[string]bool // verbs that nothing else stands for
	oneOfRow  map[string]bool // things of a row, such as industries, but for the strict ones
	strict    map[string]bool // words that must stand in the very clause that answers
}

// A variant is a word that may stand for another, and how well: 1 means the very same.
type variant struct {
	text  string
	grade float64
}

// Grades of the three kinds of lines in lexicon/synonyms.txt.
const (
	sameMeaning = 0.95
	moreSpecial = 0.75 // the question's general word, the report's special one
	nearMeaning = 0.65
)

var generalVocabulary = sync.OnceValue(readVocabulary)

// ReadLexicon reads what all engines share of the lexicon, once. Who has something else to do before there is an engine lets
// it go on beside that.
func ReadLexicon() { generalVocabulary() }

func readVocabulary() *vocabulary {
	v := &vocabulary{ // of about the sizes that they come to, since growing a map costs as much as filling it
		roles: make(map[string][]role, 3500), synonyms: newThesaurus(),
		exclusive: make(map[string][]string, 1000), strict: make(map[string]bool, 100), oneOfRow: make(map[string]bool, 100),
		deeds: make(map[string]bool, 300),
	}
	for entry := range lexicon.Entries("questions.txt") {
		alone := []role{role(entry[0])} // most words have but one role, and share it
		for _, word := range entry[1:] {
			word = retrieval.Normalise(word).Text
			if roles := v.roles[word]; roles == nil {
				v.roles[word] = alone[:1:1]
			} else {
				v.roles[word] = append(roles, alone...)
			}
			v.longestRole = max(v.longestRole, utf8.RuneCountInString(word))
		}
	}
	for entry := range lexicon.Entries("antonyms.txt") {
		v.addExclusive(entry)
	}
	for entry := range lexicon.Entries("contrasts.txt") {
		v.addContrast(entry)
	}
	for entry := range lexicon.Entries("deeds.txt") {
		for _, word := range entry {
			v.deeds[retrieval.Normalise(word).Text] = true
		}
	}
	return v
}

// kindOfPlace is the kind of a place in lexicon/places.txt, "" for what is none.
func kindOfPlace(word string) string {
	kind, _ := placesTable.Find(word)
	return kind
}

// isOrganisation tells whether a word is a company or an institution of lexicon/organisations.txt.
func isOrganisation(word string) bool {
	_, found := organisationsTable.Find(word)
	return found
}

// addSynonyms reads a line of a synonym file: "= a b", "~ a b" or "> general special…".
func addSynonyms(synonyms map[string][]variant, entry []string) {
	words := make([]string, 0, len(entry)-1)
	for _, word := range entry[1:] {
		words = append(words, retrieval.Normalise(word).Text)
	}
	for i, word := range words {
		if i > 0 && entry[0] == ">" {
			break // only the general word has synonyms
		}
		if variants := addVariants(synonyms[word], words, i, gradeOf(entry[0])); len(variants) > 0 {
			synonyms[word] = variants
		}
	}
}

// gradeOf is the grade that the sign of a line gives.
func gradeOf(sign string) float64 {
	switch sign {
	case ">":
		return moreSpecial
	case "~":
		return nearMeaning
	}
	return sameMeaning
}

// addVariants adds all other words of a line to what may stand for the one at a place, with the best grade that any line
// gives them.
func addVariants(variants []variant, words []string, at int, grade float64) []variant {
	for i, other := range words {
		if i == at {
			continue
		}
		if known := slices.IndexFunc(variants, func(v variant) bool { return v.text == other }); known >= 0 {
			variants[known].grade = max(variants[known].grade, grade)
		} else {
			variants = append(variants, variant{other, grade})
		}
	}
	return variants
}

// addExclusive reads a line of antonyms.txt: "a b | c d".
func (v *vocabulary) addExclusive(words []string) {
	bar := slices.Index(words, "|")
	if bar < 0 {
		return
	}
	left, right := words[:bar:bar], words[bar+1:]
	for _, a := range left {
		v.exclude(a, right)
	}
	for _, b := range right {
		v.exclude(b, left)
	}
}

// exclude adds words to those that say something else in place of one. Most words stand on one line and share its words.
func (v *vocabulary) exclude(word string, others []string) {
	if known := v.exclusive[word]; known == nil {
		v.exclusive[word] = slices.Clip(others)
	} else {
		v.exclusive[word] = append(known, others...)
	}
}

// addContrast reads a line of contrasts.txt: words of which a thing is only one.
func (v *vocabulary) addContrast(words []string) {
	strict := words[0] == "!"
	if strict {
		words = words[1:]
	}
	for _, group := range words {
		for _, word := range strings.Split(group, "/") {
			v.strict[word] = v.strict[word] || strict
		}
		for _, other := range words {
			if group == other {
				continue
			}
			for _, a := range strings.Split(group, "/") {
				v.exclusive[a] = append(v.exclusive[a], strings.Split(other, "/")...)
				v.oneOfRow[a] = !strict
			}
		}
	}
}
