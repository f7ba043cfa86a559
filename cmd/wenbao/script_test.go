package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts where they compare it")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wenbao": main})
}

// TestScripts runs the program as a shell would; each script in testdata/script shows the use of a command.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Condition: func(name string) (bool, error) {
			switch name {
			case "cluster": // the program has clients for clusters
				return withCluster, nil
			case "weaviate": // and there is one to try them on, whose index may be replaced
				return withCluster && os.Getenv(weaviateVariable) != "", nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv(weaviateVariable, os.Getenv(weaviateVariable))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
		},
	})
}

// weaviateVariable names a Weaviate that the scripts may use, as --engine does: weaviate=http://127.0.0.1:8080. Its index is
// replaced.
const weaviateVariable = "WENBAO_WEAVIATE"

// exits runs a command and checks its exit status: exits 2 wenbao ask.
func exits(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: exits status command [argument...]")
	}
	status := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exited *exec.ExitError
		if !errors.As(err, &exited) {
			ts.Fatalf("%v", err)
		}
		status = exited.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("exit status %d, want %s", status, args[0])
	}
}
