package picture

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:generate go run ./generate

// The fonts, as made by generate. Their licence is font/OFL.txt.
var (
	//go:embed font/NotoSansSC-Regular.otf
	regularFont string
	//go:embed font/NotoSansSC-Bold.otf
	boldFont string
)

// weight is how heavy characters are.
type weight int

// The weights. The bold font holds only what figures are written with.
const (
	regular weight = iota
	bold
)

// replacement stands for a character that the font lacks.
const replacement = '□'

// fonts are the fonts of both weights. They may be shared between goroutines.
type fonts [2]*sfnt.Font

// readFonts parses the embedded fonts, which copies nothing: their outlines are read when they are drawn.
func readFonts() (*fonts, error) {
	var read fonts
	for weight, file := range map[weight]string{regular: regularFont, bold: boldFont} {
		parsed, err := sfnt.ParseReaderAt(strings.NewReader(file))
		if err != nil {
			return nil, fmt.Errorf("weight %d: %w", weight, err)
		}
		read[weight] = parsed
	}
	return &read, nil
}

// typesetter measures characters. It is for one goroutine.
type typesetter struct {
	fonts   *fonts
	buffer  sfnt.Buffer
	known   map[glyphKey]float64 // advances in ems; negative for a character that the font lacks
	missing map[rune]bool        // characters that were replaced
}

type glyphKey struct {
	character rune
	weight    weight
}

func newTypesetter(fonts *fonts) *typesetter {
	return &typesetter{fonts: fonts, known: make(map[glyphKey]float64), missing: make(map[rune]bool)}
}

// printable replaces what the font lacks and drops what is invisible.
func (t *typesetter) printable(said string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Mn):
			return -1
		case t.advance(r, regular) < 0:
			t.missing[r] = true
			return replacement
		}
		return r
	}, said)
}

// heaviest is the weight asked for where the font has all characters in it; otherwise the regular one.
func (t *typesetter) heaviest(characters string, asked weight) weight {
	for _, r := range characters {
		if t.advance(r, asked) < 0 {
			return regular
		}
	}
	return asked
}

// width is how wide characters are in ems.
func (t *typesetter) width(characters string, weight weight) float64 {
	sum := 0.0
	for _, r := range characters {
		advance := t.advance(r, weight)
		if advance < 0 {
			advance = t.advance(r, regular)
		}
		sum += max(0, advance)
	}
	return sum
}

// advanceScale is the em that advances are asked for in: that of the font's own units, so that nothing is rounded.
const advanceScale = 1000

// advance is the width of a character in ems; negative when the font lacks it.
func (t *typesetter) advance(r rune, weight weight) float64 {
	key := glyphKey{r, weight}
	if advance, known := t.known[key]; known {
		return advance
	}
	advance := -1.0
	face := t.fonts[weight]
	if index, err := face.GlyphIndex(&t.buffer, r); err == nil && index > 0 {
		if wide, err := face.GlyphAdvance(&t.buffer, index, fixed.I(advanceScale), font.HintingNone); err == nil {
			advance = float64(wide) / 64 / advanceScale
		}
	}
	t.known[key] = advance
	return advance
}
