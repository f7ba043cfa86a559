package content

import (
	"strings"

	"wenbao/content/lazy"
)

// cleanText makes line ends \n and takes off what no text holds: byte order marks, NULs, invalid bytes.
func cleanText(text string) string {
	text = strings.ToValidUTF8(text, "")
	return strings.NewReplacer("\ufeff", "", "\r\n", "\n", "\r", "\n", "\x00", "").Replace(text)
}

// unmark reads plain text or Markdown and takes its marks off.
func unmark(text string) manuscript {
	text = cleanText(text)
	body, stated := cutFrontMatter(text)
	body = unwrap(body)
	m := manuscript{}
	if isMarkdown(body) {
		m = readMarkdown(body)
	} else {
		m = readPlain(body)
	}
	m.stated = stated
	return m
}

// markdownMarks are what plain text does not hold: bold type, a heading, a row of a table, a link, a comment, a tag.
var markdownMarks = lazy.Compile(`\*\*|__|\]\(|<!--|</?[A-Za-z]+[ >/]|(?m:^#{1,6}[ \t　]|^\|.*\|[ \t]*$)|\\[\\*_#.|\[\]()-]`)

// isMarkdown tells whether a text has marks of Markdown; in a text without them every line stands for itself.
func isMarkdown(text string) bool {
	return strings.ContainsAny(text, "*_]<#|\\") && markdownMarks.MatchString(text)
}

// readPlain reads text without marks, a paragraph a line, and keeps it to the letter.
func readPlain(text string) manuscript {
	var w manuscriptWriter
	w.text.Grow(len(text) + 1)
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			w.blank(line)
			continue
		}
		w.write(line, false)
	}
	m := w.finish()
	if !strings.HasSuffix(text, "\n") {
		m.text = strings.TrimSuffix(m.text, "\n")
	}
	return m
}
