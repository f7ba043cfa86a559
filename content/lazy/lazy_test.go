package lazy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every pattern that stands in the program compiles, also those that no test needs, and matches what its regular expression
// matches.
func TestPatterns(t *testing.T) {
	texts := []string{"", "年", "２０２１年１２月", "\xff\xfe"}
	for _, file := range []string{"../report/qingdao-miit-2021.txt", "../lexicon/questions.txt", "../lexicon/units.txt", "../pdflayout.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, strings.FieldsFunc(string(text), func(r rune) bool { return strings.ContainsRune("\n。；,，", r) })...)
	}
	checked := 0
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			expression, ok := compiledBy(n)
			if !ok {
				return true
			}
			checked++
			want, err := regexp.Compile(expression)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				return true
			}
			pattern := Compile(expression)
			for _, text := range texts {
				if got := pattern.MatchString(text); got != want.MatchString(text) {
					t.Errorf("%s: %s matches %q: %v", path, expression, text, got)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked == 0 {
		t.Error("no patterns found")
	}
}

func TestNeeds(t *testing.T) {
	for expression, want := range map[string][]string{
		`[从由].{0,10}?[多几].*[到至]`: {"从", "由"},
		`(?:19|20)[0-9]{2}年`:     {"年"},
		`全(?:国|省)?第一`:            {"第一"},
		`a|b*`:                   nil,
		`(?i)meta`:               nil,
		`^[0-9]+$`:               {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		`\p{Han}`:                nil,
		`(?:和|与)|(?:同)`:          {"与", "和", "同"},
		``:                       nil,
	} {
		tree, err := syntax.Parse(expression, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if got := needsOf(tree); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
			t.Errorf("%s needs %q, want %q", expression, got, want)
		}
	}
}

// compiledBy is the expression that a call of Compile, or of a package's own name for it, has for its argument.
func compiledBy(n ast.Node) (string, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return "", false
	}
	switch function := call.Fun.(type) {
	case *ast.Ident:
		ok = function.Name == "compile"
	case *ast.SelectorExpr:
		of, named := function.X.(*ast.Ident)
		ok = named && of.Name == "lazy" && function.Sel.Name == "Compile"
	default:
		ok = false
	}
	literal, constant := call.Args[0].(*ast.BasicLit)
	if !ok || !constant {
		return "", false
	}
	expression, err := strconv.Unquote(literal.Value)
	return expression, err == nil
}

func TestPattern(t *testing.T) {
	pattern := Compile(`([0-9]+)年`)
	if !pattern.MatchString("2021年") || pattern.FindString("在2021年") != "2021年" || pattern.MatchString("年") {
		t.Errorf("%s does not match as its regular expression does", pattern.expression)
	}
}
