package content

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"

	"wenbao/content/lazy"
	"wenbao/content/lexicon"
)

// byteOrderMarks are the marks that say in which encoding a text is.
var byteOrderMarks = []struct {
	mark     string
	encoding encoding.Encoding
}{
	{"\xef\xbb\xbf", utf16.UTF8BOM},
	{"\xff\xfe", utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM)},
	{"\xfe\xff", utf16.UTF16(utf16.BigEndian, utf16.ExpectBOM)},
}

// decode reads text whose byte order mark, or else whose characters tell its encoding: UTF-8, UTF-16, GB18030 (with GBK and
// GB2312 in it) or Big5. What reads as Chinese in none of them, or in two, is an error: a text in the wrong characters
// would be worse.
//
// The detectors at hand (gogs/chardet, wlynxg/chardet) judge by the shape of the bytes and take a good part of short
// texts for another encoding: of pieces of 12 characters of real reports, 27 and 6 in a hundred in GBK, 31 and 13 in
// Big5. The characters that come out are the better witness: with the same pieces they say the wrong thing of one in
// two thousand, and nothing of one in a hundred.
func decode(data []byte) (string, error) {
	for _, bom := range byteOrderMarks {
		if bytes.HasPrefix(data, []byte(bom.mark)) {
			return decodeAs(bom.encoding, data)
		}
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", fmt.Errorf("%w，请换成 UTF-8 或 GBK 编码的文本", ErrBinary)
	}
	if isUTF8(data) {
		return strings.ToValidUTF8(string(data), ""), nil
	}
	found, ok := detect(data)
	if !ok {
		return "", fmt.Errorf("%w，或者看不出是哪种编码（UTF-8、UTF-16、GB18030、GBK、Big5 都不像），请另存为 UTF-8 文本", ErrBinary)
	}
	return decodeAs(found, data)
}

func decodeAs(from encoding.Encoding, data []byte) (string, error) {
	decoded, err := from.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("%w（%w），请另存为 UTF-8 文本", ErrBinary, err)
	}
	return string(decoded), nil
}

// isUTF8 tells whether a text is UTF-8; one byte in a thousand that is not may have been cut or garbled on its way.
func isUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	bad, wide := 0, 0
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 2:
			wide++
		}
	}
	return wide > 1000*bad
}

// How a text is recognised by its characters.
const (
	longestSample  = 64 << 10 // bytes that are looked at
	commonHan      = 500      // how many of the most frequent characters count as common
	leastCommon    = 0.4      // share of common characters that makes a text Chinese; of real reports it is above 0.6
	leastAdvantage = 0.25     // by which the share has to be above that in the other encoding
)

// commonCharacters are the most frequent Han characters, by the words that the segmenter knows and how often each occurs.
var commonCharacters = sync.OnceValue(func() map[rune]bool {
	frequency := make(map[rune]int)
	for fields := range lexicon.Fields(lexicon.Words) {
		if len(fields) < 2 {
			continue
		}
		count, _ := strconv.Atoi(fields[1])
		for _, r := range fields[0] {
			if unicode.Is(unicode.Han, r) {
				frequency[r] += count
			}
		}
	}
	characters := slices.SortedFunc(maps.Keys(frequency), func(a, b rune) int {
		return cmp.Or(cmp.Compare(frequency[b], frequency[a]), cmp.Compare(a, b))
	})
	common := make(map[rune]bool, 2*commonHan)
	for _, r := range characters[:min(commonHan, len(characters))] {
		common[r] = true
	}
	for fields := range lexicon.Entries("traditional.txt") {
		traditional, _ := utf8.DecodeRuneInString(fields[0])
		if simplified, _ := utf8.DecodeRuneInString(fields[1]); common[simplified] {
			common[traditional] = true
		}
	}
	for _, r := range "，。、；：“”（）《》％—「」" {
		common[r] = true
	}
	return common
})

// detect tells GB18030 from Big5 by which of them makes the more common characters of a text.
func detect(data []byte) (encoding.Encoding, bool) {
	sample := data[:min(len(data), longestSample)]
	gb, big5 := commonShare(simplifiedchinese.GB18030, sample), commonShare(traditionalchinese.Big5, sample)
	switch {
	case gb >= leastCommon && gb-big5 >= leastAdvantage:
		return simplifiedchinese.GB18030, true
	case big5 >= leastCommon && big5-gb >= leastAdvantage:
		return traditionalchinese.Big5, true
	}
	return nil, false
}

// commonShare is which share of a text's characters outside of ASCII are common in Chinese when it is read in an encoding.
func commonShare(from encoding.Encoding, sample []byte) float64 {
	text, _ := from.NewDecoder().Bytes(sample)
	all, common := 0, 0
	for _, r := range string(text) {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		if commonCharacters()[r] {
			common++
		}
	}
	return float64(common) / float64(max(all, 1))
}

// longestHead is how far into a web page its encoding is looked for, in bytes.
const longestHead = 16 << 10

var (
	charsetPattern = lazy.Compile(`(?is)<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)`)
	xmlPattern     = lazy.Compile(`(?i)^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)`)
)

// decodePage reads a web page. What its bytes tell for sure goes before what the page says of itself, since pages are
// often saved in another encoding than they were served in: its byte order mark, and UTF-8, which nothing else looks like.
func decodePage(data []byte) (string, error) {
	head := data[:min(len(data), longestHead)]
	hasMark := slices.ContainsFunc(byteOrderMarks, func(bom struct {
		mark     string
		encoding encoding.Encoding
	}) bool {
		return bytes.HasPrefix(data, []byte(bom.mark))
	})
	if !hasMark && !isUTF8(data) && bytes.IndexByte(data, 0) < 0 {
		for _, pattern := range []*lazy.Pattern{charsetPattern, xmlPattern} {
			match := pattern.FindSubmatch(head)
			if match == nil {
				continue
			}
			stated, err := htmlindex.Get(string(match[1]))
			if err == nil && commonShare(stated, data[:min(len(data), longestSample)]) >= leastCommon {
				return decodeAs(stated, data)
			}
		}
	}
	return decode(data)
}
