package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var update = flag.Bool("update", false, "write the pictures to the golden files")

// How much a picture may differ from its golden file: another version of the rasterizer may shade edges otherwise.
const (
	farApart  = 64    // of 255, a difference of a pixel that an eye sees
	mostApart = 0.002 // of the pixels
)

func TestPicturesLookAsBefore(t *testing.T) {
	painter := NewPainter(silent(), 1)
	chart := func(c Chart, look Look) func() ([]byte, error) {
		return func() ([]byte, error) { return painter.Chart(t.Context(), c, look) }
	}
	card := func(c Card, look Look) func() ([]byte, error) {
		return func() ([]byte, error) { return painter.Card(t.Context(), c, look) }
	}
	for name, draw := range map[string]func() ([]byte, error){
		"chart-3.png":       chart(chartWith(3).Sorted(), Look{}),
		"chart-15-dark.png": chart(chartWith(15).Sorted(), Look{Dark: true}),
		"chart-3.svg":       chart(chartWith(3).Sorted(), Look{Format: SVG}),
		"card.png":          card(figureCard(), Look{}),
		"card-dark.png":     card(figureCard(), Look{Dark: true}),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := draw()
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v; write it with go test ./bot/picture -update", err)
			}
			if strings.HasSuffix(name, ".svg") {
				if !bytes.Equal(got, want) {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
				return
			}
			compare(t, got, want)
		})
	}
}

func compare(t *testing.T, got, want []byte) {
	t.Helper()
	one, err := png.Decode(bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	other, err := png.Decode(bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	if one.Bounds() != other.Bounds() {
		t.Fatalf("size %v, want %v", one.Bounds().Size(), other.Bounds().Size())
	}
	apart := 0
	for y := range one.Bounds().Dy() {
		for x := range one.Bounds().Dx() {
			if distance(one, other, x, y) > farApart {
				apart++
			}
		}
	}
	if share := float64(apart) / float64(one.Bounds().Dx()*one.Bounds().Dy()); share > mostApart {
		t.Errorf("%.2f%% of the pixels differ; look at them with -update and git diff", 100*share)
	}
}

// distance is the greatest difference of a channel, of 255.
func distance(one, other image.Image, x, y int) int {
	r, g, b, _ := one.At(x, y).RGBA()
	r2, g2, b2, _ := other.At(x, y).RGBA()
	most := 0
	for _, pair := range [][2]uint32{{r, r2}, {g, g2}, {b, b2}} {
		most = max(most, int(pair[0]>>8)-int(pair[1]>>8), int(pair[1]>>8)-int(pair[0]>>8))
	}
	return most
}

func TestSVGIsWellFormed(t *testing.T) {
	chart := chartWith(3)
	chart.Title, chart.Bars[0].Label = "<script>&\"'", "a<b>&amp;\x00"
	file, err := NewPainter(silent(), 1).Chart(t.Context(), chart, Look{Format: SVG})
	if err != nil {
		t.Fatal(err)
	}
	elements := 0
	for decoder := xml.NewDecoder(bytes.NewReader(file)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if element, begins := token.(xml.StartElement); begins {
			elements++
			if element.Name.Local == "script" {
				t.Error("a title became an element")
			}
		}
	}
	if elements < 10 {
		t.Errorf("%d elements, want those of a chart", elements)
	}
}

// Every character of GB 2312 and ASCII can be drawn.
func TestFontHoldsGB2312(t *testing.T) {
	fonts, err := readFonts()
	if err != nil {
		t.Fatal(err)
	}
	typesetter := newTypesetter(fonts)
	characters := 0
	check := func(said string) {
		for _, r := range said {
			characters++
			if typesetter.advance(r, regular) < 0 {
				t.Errorf("%c (%U) is missing", r, r)
			}
		}
	}
	for r := ' '; r <= '~'; r++ {
		check(string(r))
	}
	decoder := simplifiedchinese.HZGB2312.NewDecoder()
	for row := byte(0x21); row <= 0x77; row++ {
		for cell := byte(0x21); cell <= 0x7e; cell++ {
			if said, err := decoder.String("~{" + string([]byte{row, cell}) + "~}"); err == nil && !strings.Contains(said, "\ufffd") {
				check(said)
			}
		}
	}
	if characters < 7000 {
		t.Errorf("%d characters, want those of GB 2312", characters)
	}
}
