package content

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content/lazy"
)

// longestSigner is how long the line of who signs a report may be, in runes.
const longestSigner = 30

// writtenDate is a date in Chinese numerals: 二〇二二年一月六日.
var writtenDate = lazy.Compile(`^[一二][〇○零0０Ｏ一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$`)

// cutSignature takes the signature off the paragraphs of a body: who reports, and the date below, at the end or before the
// notes and appendices. It says nothing that the report does not say on top.
func cutSignature(text string, paragraphs []paragraph) []paragraph {
	line := func(i int) string { return text[paragraphs[i].Start:paragraphs[i].End] }
	for i := len(paragraphs) - 1; i > 0; i-- {
		if p := paragraphs[i]; p.cells != nil || !onlyDate.MatchString(line(i)) && !writtenDate.MatchString(line(i)) {
			continue
		}
		if i+1 < len(paragraphs) {
			if _, back := findBack(line(i + 1)); !back {
				continue
			}
		}
		first := i
		for first > 1 && isSigner(line(first-1), &paragraphs[first-1]) {
			first--
		}
		return slices.Delete(slices.Clone(paragraphs), first, i+1)
	}
	return paragraphs
}

// isSigner tells whether a line is no more than the name of an office.
func isSigner(text string, p *paragraph) bool {
	if p.cells != nil || utf8.RuneCountInString(text) > longestSigner || strings.ContainsAny(text, sentenceEnds+"，,：:") || isNumberedLine(text, p) {
		return false
	}
	return slices.ContainsFunc(layoutWords()["office"], func(office string) bool { return strings.HasSuffix(text, office) })
}

// longestSpeaker is how long a line of who speaks may be, in runes.
const longestSpeaker = 12

// isSpeaker tells whether a line is no more than an office and a name: 市长 王小明.
func isSpeaker(text string) bool {
	return utf8.RuneCountInString(text) <= longestSpeaker && strings.ContainsAny(text, " 　") &&
		startsWithAny(text, layoutWords()["speaker"]) && !strings.ContainsAny(text, sentenceEnds+"，,、：:")
}
