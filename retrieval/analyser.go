package retrieval

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/go-ego/gse"

	"wenbao/content/lexicon"
)

// AnalyserName is the name under which the analyser is registered with bleve.
const AnalyserName = "wenbao"

// Token is a word of a text.
type Token struct {
	Text  string   // normalised
	Tag   string   // part of speech as in the lexicon: n, v, ns, nz, …; x for a character that it does not know
	Parts []string // the words that a compound is made of, if the lexicon knows them
	Start int      // bytes into the original text
	End   int
}

// Unknown tells whether the lexicon lacks the token.
func (t Token) Unknown() bool { return t.Tag == unknownTag }

const (
	unknownTag = "x"
	numberTag  = "m"
	latinTag   = "eng"
)

// segmenter is gse over our own lexicon. gse's Segmenter only reads once its dictionary is loaded, so that one serves
// all goroutines.
var segmenter = sync.OnceValues(func() (*gse.Segmenter, error) {
	s := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := s.LoadDictStr(lexicon.Words); err != nil {
		return nil, fmt.Errorf("load the lexicon: %w", err)
	}
	return s, nil
})

// Analyse cuts a text into its words, without marks and spaces. The same words serve the index, the question and the
// matching. A decimal number is one token, and so is a Latin word with the digits in it.
func Analyse(text string) []Token {
	return analyse(Normalise(text))
}

func analyse(text Normalised) []Token {
	s, err := segmenter()
	if err != nil {
		panic(err) // the lexicon is part of the program
	}
	var tokens []Token
	for _, segment := range s.Segment([]byte(text.Text)) {
		word := text.Text[segment.Start():segment.End()]
		token := Token{
			Text: word, Tag: segment.Token().Pos(),
			Start: text.Original(segment.Start()), End: text.Original(segment.End()),
		}
		first, size := utf8.DecodeRuneInString(word)
		switch {
		case !unicode.IsLetter(first) && !unicode.IsDigit(first):
			continue
		case size < len(word) && first < utf8.RuneSelf && token.Tag == unknownTag:
			token.Tag = latinTag
			if strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) }) < 0 {
				token.Tag = numberTag
			}
		case first < utf8.RuneSelf && token.Tag == unknownTag:
			token.Tag = latinTag
			if unicode.IsDigit(first) {
				token.Tag = numberTag
			}
		}
		if joined, ok := joinDecimal(tokens, token, text.Text, segment.Start()); ok {
			tokens[len(tokens)-1] = joined
			continue
		}
		for _, part := range segment.Token().Segments() {
			if p := part.Token().Text(); len(p) < len(word) && utf8.RuneCountInString(p) > 1 {
				token.Parts = append(token.Parts, p)
			}
		}
		tokens = append(tokens, token)
	}
	return tokens
}

// joinDecimal joins the 7 of 81.7 to the 81 before it.
func joinDecimal(tokens []Token, token Token, text string, start int) (Token, bool) {
	if len(tokens) == 0 || token.Tag != numberTag || start == 0 || text[start-1] != '.' {
		return token, false
	}
	last := tokens[len(tokens)-1]
	if last.Tag != numberTag || strings.Contains(last.Text, ".") || last.End != token.Start-1 {
		return token, false
	}
	last.Text += "." + token.Text
	last.End = token.End
	return last, true
}

// bleveTokenizer hands the analyser's tokens to bleve: a compound and its parts at the same position.
type bleveTokenizer struct{}

func (bleveTokenizer) Tokenize(input []byte) analysis.TokenStream {
	tokens := Analyse(string(input))
	stream := make(analysis.TokenStream, 0, len(tokens)*3/2)
	for i, token := range tokens {
		add := func(term string) {
			stream = append(stream, &analysis.Token{
				Term: []byte(term), Start: token.Start, End: token.End, Position: i + 1, Type: analysis.Ideographic,
			})
		}
		add(token.Text)
		for _, part := range token.Parts {
			add(part)
		}
	}
	return stream
}

func init() {
	// bleve finds analysers by name in its registry, which is filled at start; the registry is the one global.
	err := registry.RegisterAnalyzer(AnalyserName, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return &analysis.DefaultAnalyzer{Tokenizer: bleveTokenizer{}}, nil
	})
	if err != nil {
		panic(err)
	}
}
