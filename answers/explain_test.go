package answers

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"wenbao/content"
)

func TestExplainDump(t *testing.T) {
	r, _ := content.Embedded()
	e, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range strings.Split(os.Getenv("Q"), "|") {
		s, _ := e.Explain(context.Background(), strings.Split(q, " / ")...)
		fmt.Println(s)
	}
}
