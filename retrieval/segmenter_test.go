package retrieval

import (
	"encoding/binary"
	"flag"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/go-ego/gse"
	"golang.org/x/text/unicode/norm"

	"wenbao/content"
	"wenbao/content/lexicon"
	"wenbao/content/lexicon/lexicontest"
)

// wholeLexicon is gse as gse itself loads the lexicon.
func wholeLexicon(t *testing.T) *gse.Segmenter {
	t.Helper()
	s := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := s.LoadDictStr(lexicon.Words); err != nil {
		t.Fatal(err)
	}
	return s
}

func newTestDictionary(t *testing.T) *dictionary {
	t.Helper()
	d, err := newDictionary(wordsTable)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *dictionary) tokens(text string) (tokens []Token) {
	normalised := Normalise(text)
	d.use(normalised.Text, func(s *gse.Segmenter, whole bool) { tokens = tokensOf(normalised, s, whole) })
	return tokens
}

// lexiconTexts are the report's sentences and every word of the lexicon, alone and before a space.
func lexiconTexts(t *testing.T) []string {
	t.Helper()
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"", " ", "第一章 第一个五年计划", "没有 词表 里 的 字 龘", report.Text}
	for sentence := range report.Sentences() {
		texts = append(texts, report.Quote(sentence.Span))
	}
	for line := range strings.Lines(lexicon.Words) {
		word, _, _ := strings.Cut(line, " ")
		texts = append(texts, word, word+" "+word)
	}
	return texts
}

var update = flag.Bool("update", false, "write the table of the lexicon's words")

func TestWordsTable(t *testing.T) {
	entries := make(map[string]string)
	words, total := 0, 0.0
	for text := range strings.Lines(lexicon.Words) {
		line, err := lineOf(strings.TrimSuffix(text, "\n"))
		if err != nil {
			t.Fatal(err)
		}
		_, first := utf8.DecodeRuneInString(line.word)
		_, second := utf8.DecodeRuneInString(line.word[first:])
		entries[line.word[:first+second]] += text
		words, total = words+1, total+line.frequency
	}
	entries[""] = fmt.Sprintf("%d %.0f", words, total)
	lexicontest.Check(t, *update, "words.table", entries)
	if whole := wholeLexicon(t); total != whole.Dict.TotalFreq() || words != whole.Dict.NumTokens() {
		t.Errorf("%v in %d words, gse has %v in %d", total, words, whole.Dict.TotalFreq(), whole.Dict.NumTokens())
	}
}

func TestTraditionalTable(t *testing.T) {
	entries := make(map[string]string)
	blocks := make([]byte, 2*(behindHan-firstHan))
	for entry := range lexicon.Entries("traditional.txt") {
		traditional, _ := utf8.DecodeRuneInString(entry[0])
		simplified, _ := utf8.DecodeRuneInString(entry[1])
		inBlocks := traditional >= firstHan && traditional < behindHan
		if simplified > 0xffff || !inBlocks {
			entries[entry[0]] = entry[1]
			simplified = rare
		}
		if inBlocks {
			binary.LittleEndian.PutUint16(blocks[2*(traditional-firstHan):], uint16(simplified))
		}
	}
	entries[""] = string(blocks)
	lexicontest.Check(t, *update, "traditional.table", entries)
	if *update {
		return // the program still has the one of before
	}
	for entry := range lexicon.Entries("traditional.txt") {
		if got := Normalise(entry[0]).Text; got != entry[1] {
			t.Errorf("%s is normalised to %s, want %s", entry[0], got, entry[1])
		}
	}
}

func TestPartOfTheLexiconSegmentsAsTheWhole(t *testing.T) {
	whole, part := wholeLexicon(t), newTestDictionary(t)
	part.loading.Do(func() {}) // never the whole
	for i, text := range lexiconTexts(t) {
		d := part
		if i%200 == 0 {
			d = newTestDictionary(t) // with nothing loaded before
		}
		if got, want := d.tokens(text), tokensOf(Normalise(text), whole, true); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestLexiconIsLoadedByManyAtOnce(t *testing.T) {
	whole, d := wholeLexicon(t), newTestDictionary(t)
	texts := lexiconTexts(t)
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range texts {
				text := texts[(i+worker*len(texts)/4)%len(texts)]
				if got, want := d.tokens(text), tokensOf(Normalise(text), whole, true); !reflect.DeepEqual(got, want) {
					t.Errorf("%q: %v, want %v", text, got, want)
					return
				}
			}
		})
	}
	group.Wait()
	for d.whole.Load() == nil { // it comes in its own time; the test's deadline is the limit
		runtime.Gosched()
	}
}

func TestBadLine(t *testing.T) {
	for _, text := range []string{"词", "词 3", "词 x n", "词 1 n", " 3 n", "词 3 "} {
		if line, err := lineOf(text); err == nil {
			t.Errorf("%q is read as %v", text, line)
		}
	}
}

func TestCommonCharactersFoldAsNFKC(t *testing.T) {
	for r := range rune(0x110000) {
		folded, ok := foldCommon(r)
		if !ok {
			continue
		}
		if want := norm.NFKC.String(string(r)); string(folded) != want {
			t.Errorf("%U: %q, want %q", r, folded, want)
		}
		if !norm.NFKC.PropertiesString(string(r)).BoundaryBefore() {
			t.Errorf("%U composes with what stands before it", r)
		}
	}
}
