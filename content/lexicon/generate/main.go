// Generate writes words.txt, the dictionary that the segmenter loads: the common words of gse's Chinese dictionary,
// and over them the terms, places and organisations listed by hand. Run it in content/lexicon, after any change to one
// of its lists:
//
//	go generate               writes words.txt
//	go run ./generate -check  fails if words.txt is not what would be written
//
// A line of words.txt is "word frequency part-of-speech", the only form that gse reads: the file has no room for a
// comment, so what would be said there is said here.
//
// gse's dictionary has 352,000 words, takes seconds to load and is mostly names of people, villages and characters
// of novels. A word of it is taken if
//   - it has at most eight characters, all of them Han or Han with Latin letters and digits, and is not Latin only;
//   - it is as frequent as its part of speech asks for (leastFrequency): single characters must be very common, as must
//     idioms and organisations; abbreviations and verbal nouns, the stuff of reports, may be rare; people never are;
//   - it is not a number with or without its measure (一百, 三家): figures are read by rules, not by a list.
//
// The lists add what these rules miss:
//
//	terms.txt            word part-of-speech   of reports in general, and of people's questions
//	places.txt           word kind [province]  tagged ns
//	organisations.txt    word kind             tagged nt
//	deeds.txt            words                 tagged v, where gse has none
//	../report/terms.txt  word part-of-speech   of the embedded report
//
// A listed word gets the frequency at which the segmenter prefers it to any way of splitting it. A word listed with "-"
// for its part of speech is left out: gse has it, but it does more harm than good (共有 splits 一共有 as 一 共有).
package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"log"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	outputFile    = "words.txt"
	gseModule     = "github.com/go-ego/gse"
	gseDictionary = "data/dict/zh/s_1.txt"

	longestWord = 8

	leaveOut = "-" // in the place of a part of speech

	// gse counts every single character this often, whatever the dictionary says,
	// and takes this distance for a character, or a run of Latin, that it does not know.
	characterFrequency  = 2
	unknownUnitDistance = 32

	// A listed word is at least this frequent: enough to win against a rare word that overlaps it,
	// not enough to break up a common one.
	listedFrequency = 300
)

// lists are the hand-written files, with the part of speech of their words; empty where a line states its own.
var lists = []struct{ file, partOfSpeech string }{
	{"terms.txt", ""},
	{"places.txt", "ns"},
	{"organisations.txt", "nt"},
	{"../report/terms.txt", ""},
}

// deedsFile lists verbs, several to a line, of which those that gse has may be of another part of speech.
const deedsFile = "deeds.txt"

// A word is an entry of a dictionary.
type word struct {
	text         string
	frequency    float64
	partOfSpeech string
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	check := flag.Bool("check", false, "write nothing; fail if "+outputFile+" is not up to date")
	flag.Parse()
	if err := run(*check); err != nil {
		log.Fatal(err)
	}
}

func run(check bool) error {
	path, err := gseDictionaryPath()
	if err != nil {
		return err
	}
	words, err := commonWords(path)
	if err != nil {
		return err
	}
	if err := addListed(words); err != nil {
		return err
	}
	generated := format(words)
	if !check {
		return os.WriteFile(outputFile, generated, 0o644)
	}
	present, err := os.ReadFile(outputFile)
	if err != nil {
		return err
	}
	if !bytes.Equal(present, generated) {
		return errors.New(outputFile + " is out of date: run go generate")
	}
	return nil
}

func gseDictionaryPath() (string, error) {
	list := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", gseModule)
	list.Stderr = os.Stderr
	folder, err := list.Output()
	if err != nil {
		return "", fmt.Errorf("find the module %s: %w", gseModule, err)
	}
	return filepath.Join(strings.TrimSpace(string(folder)), filepath.FromSlash(gseDictionary)), nil
}

// commonWords reads gse's dictionary and keeps the words that the package comment describes.
func commonWords(path string) (map[string]word, error) {
	words := make(map[string]word)
	err := readLines(path, func(fields []string) error {
		if len(fields) != 3 {
			return errors.New("want: word frequency part-of-speech")
		}
		frequency, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return err
		}
		candidate := word{strings.ToLower(fields[0]), frequency, fields[2]}
		if isCommon(candidate) && candidate.frequency > words[candidate.text].frequency {
			words[candidate.text] = candidate
		}
		return nil
	})
	return words, err
}

func isCommon(w word) bool {
	return isWellFormed(w.text) && !isNumber(w) && w.frequency >= leastFrequency(w)
}

// isWellFormed reports whether a word is short and of Han characters, with Latin letters and digits at most among them.
func isWellFormed(text string) bool {
	hasHan := false
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			hasHan = true
		case r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return false
		}
	}
	return hasHan && utf8.RuneCountInString(text) <= longestWord
}

// isNumber reports whether a word is a numeral, or a numeral and a measure.
func isNumber(w word) bool {
	return w.partOfSpeech == "m" && utf8.RuneCountInString(w.text) > 1 &&
		strings.ContainsAny(w.text, "〇零一二三四五六七八九十百千万亿两几数余多半")
}

// leastFrequency returns how frequent a word must be to count as common, by its part of speech in jieba's tags.
func leastFrequency(w word) float64 {
	never := math.Inf(1)
	length := utf8.RuneCountInString(w.text)
	switch w.partOfSpeech {
	case "nrt", "nrfg", "zg", "g", "o": // transcribed names, names of novels, stray characters, sounds
		return never
	case "nr": // people, and the characters that are surnames
		if length > 1 {
			return never
		}
	}
	if length == 1 {
		return 1000
	}
	switch w.partOfSpeech {
	case "j", "vn", "b": // abbreviations, verbal nouns, attributes
		return 50
	case "n":
		if length > 2 {
			return 130
		}
	case "v":
		return 60
	case "a", "d":
		return 60
	case "i", "nt": // idioms, organisations
		return 800
	}
	return 300
}

// addListed adds the words of the lists, short ones first, so that a longer one is weighed against them.
func addListed(words map[string]word) error {
	partsOfSpeech := make(map[string]string)
	for _, list := range lists {
		err := readLines(list.file, func(fields []string) error {
			if len(fields) != 2 && !(len(fields) == 3 && list.file == "places.txt") {
				return errors.New("want two fields, or three for a city")
			}
			text := fields[0]
			if text != strings.ToLower(text) {
				return fmt.Errorf("%s: write it in lower case", text)
			}
			if _, listed := partsOfSpeech[text]; listed {
				return nil
			}
			partsOfSpeech[text] = fields[1]
			if list.partOfSpeech != "" {
				partsOfSpeech[text] = list.partOfSpeech
			}
			return nil
		})
		if err != nil {
			return err
		}
	}

	err := readLines(deedsFile, func(deeds []string) error {
		for _, text := range deeds {
			_, known := words[text]
			if _, listed := partsOfSpeech[text]; !known && !listed {
				partsOfSpeech[text] = "v"
			}
		}
		return nil
	})
	if err != nil {
		return err
	}

	for text, partOfSpeech := range partsOfSpeech {
		if partOfSpeech == leaveOut {
			delete(words, text)
		}
	}
	total := 0.0
	for _, w := range words {
		total += w.frequency
	}
	for _, text := range slices.SortedFunc(maps.Keys(partsOfSpeech), shorterFirst) {
		if partsOfSpeech[text] == leaveOut {
			continue
		}
		frequency := max(listedFrequency, words[text].frequency, leastToStayWhole(text, words, total))
		words[text] = word{text, frequency, partsOfSpeech[text]}
	}
	return nil
}

func shorterFirst(a, b string) int {
	if difference := utf8.RuneCountInString(a) - utf8.RuneCountInString(b); difference != 0 {
		return difference
	}
	return strings.Compare(a, b)
}

// leastToStayWhole returns the frequency at which gse segments text as one word rather than as its likeliest parts.
// gse takes the way with the shortest distance, a word's being log2 of the total frequency over its own.
func leastToStayWhole(text string, words map[string]word, total float64) float64 {
	units := splitUnits(text)
	shortest := make([]float64, len(units)+1)
	for end := 1; end <= len(units); end++ {
		shortest[end] = math.Inf(1)
		for start := range end {
			if start == 0 && end == len(units) {
				continue
			}
			step := distance(units[start:end], words, total)
			shortest[end] = min(shortest[end], shortest[start]+step)
		}
	}
	return math.Ceil(2 * total / math.Exp2(shortest[len(units)]))
}

func distance(units []string, words map[string]word, total float64) float64 {
	w, known := words[strings.Join(units, "")]
	switch {
	case known && utf8.RuneCountInString(w.text) == 1:
		return math.Log2(total / characterFrequency)
	case known:
		return math.Log2(total / w.frequency)
	case len(units) == 1:
		return unknownUnitDistance
	}
	return math.Inf(1)
}

// splitUnits splits text into what gse does not split further: Han characters, and runs of Latin letters and digits.
func splitUnits(text string) []string {
	var units []string
	inRun := false
	for _, r := range text {
		isLatin := r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
		if isLatin && inRun {
			units[len(units)-1] += string(r)
		} else {
			units = append(units, string(r))
		}
		inRun = isLatin
	}
	return units
}

func format(words map[string]word) []byte {
	var lines bytes.Buffer
	for _, text := range slices.Sorted(maps.Keys(words)) {
		w := words[text]
		fmt.Fprintf(&lines, "%s %.0f %s\n", w.text, w.frequency, w.partOfSpeech)
	}
	return lines.Bytes()
}

// readLines calls read with the fields of each line of a file that is neither blank nor a comment.
func readLines(path string, read func(fields []string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	for number := 1; scanner.Scan(); number++ {
		fields := strings.Fields(scanner.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if err := read(fields); err != nil {
			return fmt.Errorf("%s:%d: %w", path, number, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
