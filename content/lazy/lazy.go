// Package lazy compiles regular expressions when they are first looked for, in a text that may match them. The program has
// some two hundred, of which a question on a report needs a few: all of them compiled before main took a tenth of the time in
// which a process starts and answers.
package lazy

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first used. Its methods are those of [regexp.Regexp].
type Pattern struct {
	expression string
	read       sync.Once
	needs      []string // without one of which a text cannot match, see needsOf; nil when nothing is known
	once       sync.Once
	regexp     *regexp.Regexp
}

// Compile makes a pattern of an expression, which stands in the program and is right: a test compiles every one.
func Compile(expression string) *Pattern { return &Pattern{expression: expression} }

func (p *Pattern) compiled() *regexp.Regexp {
	p.once.Do(p.compile)
	return p.regexp
}

func (p *Pattern) compile() { p.regexp = regexp.MustCompile(p.expression) }

func (p *Pattern) FindSubmatch(b []byte) [][]byte { return p.compiled().FindSubmatch(b) }

func (p *Pattern) MatchString(s string) bool {
	if !p.mayMatch(s) {
		return false
	}
	return p.compiled().MatchString(s)
}

func (p *Pattern) FindString(s string) string {
	if !p.mayMatch(s) {
		return ""
	}
	return p.compiled().FindString(s)
}

func (p *Pattern) FindStringIndex(s string) []int {
	if !p.mayMatch(s) {
		return nil
	}
	return p.compiled().FindStringIndex(s)
}

func (p *Pattern) FindStringSubmatch(s string) []string {
	if !p.mayMatch(s) {
		return nil
	}
	return p.compiled().FindStringSubmatch(s)
}

func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	if !p.mayMatch(s) {
		return nil
	}
	return p.compiled().FindStringSubmatchIndex(s)
}

func (p *Pattern) FindAllString(s string, n int) []string {
	if !p.mayMatch(s) {
		return nil
	}
	return p.compiled().FindAllString(s, n)
}

func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	if !p.mayMatch(s) {
		return nil
	}
	return p.compiled().FindAllStringIndex(s, n)
}

func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	if !p.mayMatch(s) {
		return nil
	}
	return p.compiled().FindAllStringSubmatch(s, n)
}

func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !p.mayMatch(s) {
		return nil
	}
	return p.compiled().FindAllStringSubmatchIndex(s, n)
}

func (p *Pattern) ReplaceAllString(s, by string) string {
	if !p.mayMatch(s) {
		return s
	}
	return p.compiled().ReplaceAllString(s, by)
}

func (p *Pattern) ReplaceAllStringFunc(s string, by func(string) string) string {
	if !p.mayMatch(s) {
		return s
	}
	return p.compiled().ReplaceAllStringFunc(s, by)
}
