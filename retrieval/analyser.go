package retrieval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/go-ego/gse"
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

// Analyse cuts a text into its words, without marks and spaces. The same words serve the index, the question and the
// matching. A decimal number is one token, and so is a Latin word with the digits in it.
func Analyse(text string) []Token {
	return analyse(Normalise(text))
}

func analyse(text Normalised) []Token {
	var tokens []Token
	generalDictionary().use(text.Text, func(s *gse.Segmenter, whole bool) {
		tokens = tokensOf(text, s, whole)
	})
	return tokens
}

// tokensOf makes tokens of gse's segments.
func tokensOf(text Normalised, s *gse.Segmenter, whole bool) []Token {
	segments := s.Segment([]byte(text.Text))
	if len(segments) == 0 {
		return nil
	}
	tokens := make([]Token, 0, len(segments))
	for _, segment := range segments {
		word := text.Text[segment.Start():segment.End()]
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsLetter(first) && !unicode.IsDigit(first) {
			continue
		}
		token := Token{
			Text: word, Tag: segment.Token().Pos(),
			Start: text.Original(segment.Start()), End: text.Original(segment.End()),
		}
		if first < utf8.RuneSelf && token.Tag == unknownTag {
			token.Tag = latinTag
			if isNumber(word) {
				token.Tag = numberTag
			}
		}
		if token.Tag == numberTag && joinDecimal(tokens, &token, text, segment.Start()) {
			continue
		}
		token.Parts = partsOf(word, segment.Token(), s, whole)
		tokens = append(tokens, token)
	}
	if len(tokens) == 0 {
		return nil
	}
	return tokens
}

// partsOf gives the words that a word is made of, characters left out.
func partsOf(word string, token *gse.Token, s *gse.Segmenter, whole bool) []string {
	if utf8.RuneCountInString(word) < 3 {
		return nil
	}
	var parts []string
	add := func(segment *gse.Segment) {
		if part := word[segment.Start():segment.End()]; len(part) < len(word) && utf8.RuneCountInString(part) > 1 {
			parts = append(parts, part)
		}
	}
	if whole {
		for _, segment := range token.Segments() {
			add(segment)
		}
		return parts
	}
	segments := s.ModeSegment([]byte(word), true) // what gse computes beforehand when it loads a whole dictionary
	for i := range segments {
		add(&segments[i])
	}
	return parts
}

// isNumber tells whether a word consists of digits.
func isNumber(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// joinDecimal joins a number to the one before it with a point between them, the 7 of 81.7 to the 81; false when it is none. The
// point may be a wide one in the original.
func joinDecimal(tokens []Token, token *Token, text Normalised, start int) bool {
	if len(tokens) == 0 || start == 0 || text.Text[start-1] != '.' {
		return false
	}
	last := &tokens[len(tokens)-1]
	if last.Tag != numberTag || strings.Contains(last.Text, ".") || last.End != text.Original(start-1) {
		return false
	}
	last.Text += "." + token.Text
	last.End = token.End
	return true
}

// bleveTokenizer hands the analyser's tokens to bleve: a compound and its parts at the same position.
type bleveTokenizer struct{}

func (bleveTokenizer) Tokenize(input []byte) analysis.TokenStream { return tokenStream(string(input)) }

// tokenStream is a text's words for bleve.
func tokenStream(text string) analysis.TokenStream {
	tokens := Analyse(text)
	terms := len(tokens)
	for _, token := range tokens {
		terms += len(token.Parts)
	}
	made := make([]analysis.Token, 0, terms) // in one piece: bleve wants pointers
	stream := make(analysis.TokenStream, 0, terms)
	for i, token := range tokens {
		add := func(term string) {
			made = append(made, analysis.Token{
				Term: []byte(term), Start: token.Start, End: token.End, Position: i + 1, Type: analysis.Ideographic,
			})
			stream = append(stream, &made[len(made)-1])
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
