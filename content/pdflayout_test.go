package content

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// page sets lines of text as a printer would: each at a left edge and a height, in type of a size, a character after
// another.
func page(lines ...setLine) []glyph {
	var glyphs []glyph
	for _, line := range lines {
		left := line.left
		for _, r := range line.text {
			width := line.size
			if r < utf8.RuneSelf {
				width /= 2
			}
			if r != ' ' {
				glyphs = append(glyphs, glyph{character: r, left: left, right: left + width, base: line.base, size: line.size})
			}
			left += width
		}
	}
	return glyphs
}

type setLine struct {
	left, base, size float64
	text             string
}

func paragraphsOf(m manuscript) []string {
	var texts []string
	for _, p := range m.paragraphs {
		texts = append(texts, m.text[p.Start:p.End])
	}
	return texts
}

func TestLayOut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 28) // a full line, from 100 to 380 at a size of 10
	for _, test := range []struct {
		name  string
		pages [][]glyph
		want  []string
	}{
		{"indented paragraphs", [][]glyph{page(
			setLine{120, 700, 10, long[:3*26]}, setLine{100, 680, 10, long}, setLine{100, 660, 10, "完。"},
			setLine{120, 640, 10, long[:3*26]}, setLine{100, 620, 10, "又完。"},
		)}, []string{long[:3*26] + long + "完。", long[:3*26] + "又完。"}},
		{"paragraphs without an indent end early", [][]glyph{page(
			setLine{100, 700, 10, long}, setLine{100, 680, 10, "完。"}, setLine{100, 660, 10, long}, setLine{100, 640, 10, long},
		)}, []string{long + "完。", long + long}},
		{"a paragraph goes on over the page", [][]glyph{
			page(setLine{100, 700, 10, long}, setLine{100, 680, 10, long}, setLine{240, 50, 10, "— 1 —"}),
			page(setLine{100, 700, 10, long}, setLine{100, 680, 10, "完。"}, setLine{240, 50, 10, "— 2 —"}),
		}, []string{long + long + long + "完。"}},
		{"running heads", [][]glyph{
			page(setLine{100, 800, 8, "县政府文件"}, setLine{100, 700, 10, long}, setLine{200, 50, 8, "第1页 共3页"}),
			page(setLine{100, 800, 8, "县政府文件"}, setLine{100, 700, 10, long}, setLine{200, 50, 8, "第2页 共3页"}),
			page(setLine{100, 800, 8, "县政府文件"}, setLine{100, 700, 10, "完。"}, setLine{200, 50, 8, "第3页 共3页"}),
		}, []string{long + long + "完。"}},
		{"Latin words and numbers", [][]glyph{page(
			setLine{100, 700, 10, "增长 8.1% 到 G20 summit"}, setLine{100, 680, 10, long}, setLine{100, 660, 10, long},
		)}, []string{"增长8.1%到G20 summit", long + long}},
		{"a number that is too long for the line's end", [][]glyph{page(
			setLine{100, 700, 10, long}, setLine{100, 680, 10, long[:3*24]}, setLine{100, 660, 10, "1234567.8%。"}, setLine{100, 640, 10, long},
		)}, []string{long + long[:3*24] + "1234567.8%。", long}},
		{"marks of footnotes", [][]glyph{slices.Concat(
			page(setLine{100, 700, 10, "新建学校3所"}), page(setLine{155, 704, 5, "[1]"}), page(setLine{163, 700, 10, "，很好。"}),
		)}, []string{"新建学校3所，很好。"}},
		{"a table", [][]glyph{page(
			setLine{100, 740, 10, long}, setLine{100, 720, 10, "完。"},
			setLine{100, 700, 10, "产品"}, setLine{200, 700, 10, "产量"}, setLine{300, 700, 10, "增长"}, setLine{300, 688, 10, "（%）"},
			setLine{100, 670, 10, "水泥"}, setLine{200, 670, 10, "12.5"}, setLine{300, 670, 10, "3.4"},
			setLine{100, 650, 10, "纱"}, setLine{200, 650, 10, "1.2"}, setLine{300, 650, 10, "0.6"},
			setLine{100, 620, 10, long},
		)}, []string{long + "完。", "水泥 | 12.5 | 3.4", "纱 | 1.2 | 0.6", long}},
		{"nothing", [][]glyph{nil, {}}, nil},
		{"no sizes", [][]glyph{{{character: '一'}, {character: '二', size: math.NaN()}, {character: '三', size: math.Inf(1)}}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := paragraphsOf(layOut(test.pages)); !slices.Equal(got, test.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"))
			}
		})
	}
}

// FuzzLayOut lays out pages of any characters anywhere: 12 bytes a character.
func FuzzLayOut(f *testing.F) {
	f.Add([]byte("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"), 2)
	f.Fuzz(func(t *testing.T, data []byte, pages int) {
		split := make([][]glyph, 1+uint(pages)%5)
		i := 0
		for chunk := range slices.Chunk(data, 12) {
			if len(chunk) < 12 {
				break
			}
			number := func(at int) float64 { return float64(int16(binary.LittleEndian.Uint16(chunk[at:]))) / 16 }
			g := glyph{character: rune(binary.LittleEndian.Uint16(chunk)), left: number(2), right: number(4), base: number(6), size: number(8), bold: chunk[10]&1 == 1}
			split[i%len(split)] = append(split[i%len(split)], g)
			i++
		}
		m := layOut(split)
		for _, p := range m.paragraphs {
			if p.Start < 0 || p.Start >= p.End || p.End > len(m.text) {
				t.Errorf("paragraph %v of a text of %d bytes", p.Span, len(m.text))
			}
		}
		parse(m)
	})
}
