//go:build unix

package benchmark

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// isolate keeps an interrupt at the terminal from a child: it would end by itself, which looks like a failure. The
// context ends it.
func isolate(command *exec.Cmd) { command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// resident is the most memory that a process has held at once, in bytes; 0 when unknown. See getrusage(2).
func resident(state *os.ProcessState) float64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin", runtime.GOOS == "ios":
		return float64(usage.Maxrss)
	}
	return float64(usage.Maxrss) * 1024
}

// processTime is the processor time that this process has taken, its garbage collection included; 0 when unknown. Other
// work on the machine does not count into it.
func processTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
