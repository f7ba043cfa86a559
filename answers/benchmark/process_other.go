//go:build !unix

package benchmark

import (
	"os"
	"os/exec"
	"time"
)

func isolate(*exec.Cmd) {}

// resident is unknown here.
func resident(*os.ProcessState) float64 { return 0 }

// processTime is unknown here.
func processTime() time.Duration { return 0 }
