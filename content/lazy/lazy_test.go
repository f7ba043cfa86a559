package lazy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every pattern that stands in the program compiles, also those that no test needs.
func TestPatternsCompile(t *testing.T) {
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
			if _, err := regexp.Compile(expression); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			checked++
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
