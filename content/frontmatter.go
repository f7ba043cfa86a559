package content

import (
	"strconv"
	"strings"
	"unicode"
)

// frontMatter is what a file says of its report outside of the text: in a block --- … --- on top, or in the head of a web
// page. What it says goes before what the text says; empty fields say nothing.
type frontMatter struct {
	title  string
	issuer string
	year   int // that the report reports on
}

// longestFrontMatter is how many lines a front matter block may have; a text between two rulers is longer.
const longestFrontMatter = 40

// frontMatterFields are the names of the fields that are read, as people and site generators write them.
var frontMatterFields = map[string]func(*frontMatter, string){
	"title":  (*frontMatter).setTitle,
	"标题":     (*frontMatter).setTitle,
	"issuer": func(m *frontMatter, value string) { m.issuer = value },
	"发布机关":   func(m *frontMatter, value string) { m.issuer = value },
	"发布机构":   func(m *frontMatter, value string) { m.issuer = value },
	"year":   (*frontMatter).setYear,
	"年份":     (*frontMatter).setYear,
}

func (m *frontMatter) setYear(value string) {
	year, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(value, "年")))
	if err == nil && year >= 1900 && year < 2100 {
		m.year = year
	}
}

// setTitle takes a title that names more than a year; of others the text's own says more.
func (m *frontMatter) setTitle(value string) {
	if strings.Trim(value, "0123456789年 ") != "" {
		m.title = value
	}
}

// cutFrontMatter takes a front matter block off a text and reads it. The block is YAML to its writers, but a title with a
// colon in it or a stray tab makes many of those on the web no YAML at all, so that it is read line by line: a name, a
// colon, a value, in quotation marks or not; all other lines are passed over.
func cutFrontMatter(text string) (string, frontMatter) {
	var matter frontMatter
	opened := strings.TrimLeftFunc(text, unicode.IsSpace)
	first, rest, found := strings.Cut(opened, "\n")
	if !found || strings.TrimRight(first, " \t") != "---" {
		return text, matter
	}
	lines := 0
	for line := range strings.Lines(rest) {
		rest = rest[len(line):]
		if lines++; lines > longestFrontMatter {
			break
		}
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "---" || line == "..." {
			return rest, matter
		}
		at := strings.IndexAny(line, ":：")
		if at < 0 {
			continue
		}
		value := strings.TrimSpace(strings.TrimLeft(line[at:], ":："))
		if set, ok := frontMatterFields[strings.ToLower(strings.TrimSpace(line[:at]))]; ok {
			set(&matter, unquote(value))
		}
	}
	return text, frontMatter{}
}

// unquote takes the quotation marks off a value that stands between them.
func unquote(value string) string {
	if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
		return value[1 : len(value)-1]
	}
	return value
}
