package lazy

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// # Texts that cannot match
//
// Most patterns look for words, and most texts hold none of them. To look for the words of a pattern takes a tenth of what
// it takes to match the pattern, and it need not be compiled for that.

// mayMatch tells whether a text holds one of the strings that a pattern needs.
func (p *Pattern) mayMatch(text string) bool {
	p.read.Do(p.readNeeds)
	if p.needs == nil {
		return true
	}
	for _, need := range p.needs {
		if strings.Contains(text, need) {
			return true
		}
	}
	return false
}

func (p *Pattern) readNeeds() {
	if tree, err := syntax.Parse(p.expression, syntax.Perl); err == nil {
		p.needs = needsOf(tree)
	}
}

// mostNeeds is how many strings are looked for before it is quicker to match the pattern.
const mostNeeds = 12

// needsOf are strings of which whatever matches an expression holds at least one; nil when there are none or too many.
func needsOf(tree *syntax.Regexp) []string {
	var needs []string
	switch tree.Op {
	case syntax.OpLiteral:
		if tree.Flags&syntax.FoldCase == 0 {
			needs = []string{string(tree.Rune)}
		}
	case syntax.OpCharClass:
		for i := 0; i < len(tree.Rune) && len(needs) <= mostNeeds; i += 2 {
			for r := tree.Rune[i]; r <= tree.Rune[i+1] && len(needs) <= mostNeeds; r++ {
				needs = append(needs, string(r))
			}
		}
	case syntax.OpCapture, syntax.OpPlus:
		needs = needsOf(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			needs = needsOf(tree.Sub[0])
		}
	case syntax.OpConcat: // the part that is the quickest to look for
		for _, part := range tree.Sub {
			if of := needsOf(part); of != nil && (needs == nil || len(of) < len(needs) || len(of) == len(needs) && len(of[0]) > len(needs[0])) {
				needs = of
			}
		}
	case syntax.OpAlternate:
		for _, part := range tree.Sub {
			of := needsOf(part)
			if of == nil {
				return nil
			}
			needs = append(needs, of...)
		}
	}
	for _, need := range needs {
		if len(needs) > mostNeeds || strings.ContainsRune(need, utf8.RuneError) { // which stands for bytes that are no UTF-8
			return nil
		}
	}
	return needs
}
