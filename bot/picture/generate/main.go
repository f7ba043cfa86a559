// Command generate makes the fonts of ../font from Noto Sans CJK's Simplified Chinese face. It needs Debian's packages
// fonts-noto-cjk and python3-fonttools (apt install fonts-noto-cjk python3-fonttools), and is run by go generate only
// when the fonts are to be renewed; the program itself embeds the files.
//
// The regular weight holds GB 2312 and ASCII: what reports are written with. The bold one holds what figures are written
// with, since only figures are set bold: ASCII, and the characters of the lexicon's units, bounds and numerals.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"wenbao/content/lexicon"
)

// extra are characters beyond GB 2312 that reports use: a zero in years, units, and characters of names and phrases that
// came into the standard tables after 1980.
const extra = "〇㎡㎥²³€£•▲▼勠濛镕啰瞭翀堃喆淼犇鎏燚晞昇珺玥琇煊甯祎赟韡骉翙鲲鲶粿煳啫啶哌唢瑷薹镈镌镉镥锳铽铥铕钬钇饸饹桤桠"

// numerals are what Chinese numerals and ordinals are written with.
const numerals = "〇零一二三四五六七八九十百千万亿两半几第首余多数成倍分之点"

// simplifiedChinese is the face's number in the collection: Japanese, Korean, Simplified, Traditional, Hong Kong.
const simplifiedChinese = "2"

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	fonts := flag.String("fonts", "/usr/share/fonts/opentype/noto", "the folder of NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc")
	flag.Parse()
	for weight, characters := range map[string]map[rune]bool{"Regular": reportCharacters(), "Bold": figureCharacters()} {
		if err := subset(filepath.Join(*fonts, "NotoSansCJK-"+weight+".ttc"), "font/NotoSansSC-"+weight+".otf", characters); err != nil {
			log.Fatal(err)
		}
	}
}

// reportCharacters are ASCII, GB 2312 and a few more.
func reportCharacters() map[rune]bool {
	characters := ascii()
	decoder := simplifiedchinese.GBK.NewDecoder()
	for row := byte(0xa1); row <= 0xf7; row++ { // GB 2312 is that part of GBK
		for cell := byte(0xa1); cell <= 0xfe; cell++ {
			text, err := decoder.Bytes([]byte{row, cell})
			if r, _ := utf8.DecodeRune(text); err == nil && r != utf8.RuneError && !unicode.In(r, unicode.Co) {
				characters[r] = true
			}
		}
	}
	add(characters, extra)
	return characters
}

// figureCharacters are those of figures with their units and bounds.
func figureCharacters() map[rune]bool {
	characters := ascii()
	add(characters, numerals+"、…％℃")
	for fields := range lexicon.Entries("units.txt") {
		add(characters, fields[0])
	}
	for fields := range lexicon.Entries("bounds.txt") {
		add(characters, strings.Join(fields, ""))
	}
	return characters
}

func ascii() map[rune]bool {
	characters := make(map[rune]bool)
	for r := ' '; r <= '~'; r++ {
		characters[r] = true
	}
	return characters
}

func add(characters map[rune]bool, text string) {
	for _, r := range text {
		characters[r] = true
	}
}

// subset writes the part of a font that draws some characters, unhinted and without the tables of a typesetter: the
// program places the characters one by one.
func subset(source, target string, characters map[rune]bool) error {
	list := make([]rune, 0, len(characters))
	for r := range characters {
		list = append(list, r)
	}
	slices.Sort(list)
	file, err := os.CreateTemp("", "characters")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if _, err := file.WriteString(string(list)); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := file.Close(); err != nil {
		return err
	}
	command := exec.Command("/usr/bin/python3", "-m", "fontTools.subset", source, "--font-number="+simplifiedChinese,
		"--text-file="+file.Name(), "--output-file="+target, "--layout-features=", "--no-hinting", "--notdef-outline",
		"--name-IDs=0,1,2,3,4,5,6,13,14", "--drop-tables+=GSUB,GPOS,GDEF,BASE,vhea,vmtx,VORG,DSIG")
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("pyftsubset %s: %w\n%s", source, err, said)
	}
	return nil
}
