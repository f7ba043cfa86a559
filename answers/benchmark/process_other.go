//go:build !unix

package benchmark

import (
	"os"
	"os/exec"
)

func isolate(*exec.Cmd) {}

// resident is unknown here.
func resident(*os.ProcessState) float64 { return 0 }
