package benchmark

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"
)

// start measures the program from exec to exit. It comes first of all, while this process is small: a child that shares
// its parent's memory until exec, as Go starts them, is counted by Linux as having held as much as the parent did.
func (b *run) start(ctx context.Context) error {
	b.result.Questions[Start] = 1
	return b.repeat(ctx, Start, func() error {
		command := b.Command(ctx)
		isolate(command)
		begun := time.Now()
		_, err := command.Output()
		took := time.Since(begun)
		if err := started(err); err != nil {
			return failed("启动", err)
		}
		used := command.ProcessState.UserTime() + command.ProcessState.SystemTime()
		b.add(Measurement{Line: Start, Name: "wall", Unit: Nanoseconds, Budget: startBudget}, float64(took.Nanoseconds()))
		b.add(Measurement{Line: Start, Name: "cpu", Unit: Nanoseconds}, float64(used.Nanoseconds()))
		if resident := resident(command.ProcessState); resident > 0 {
			b.add(Measurement{Line: Start, Name: "resident", Unit: Bytes, Budget: residentBudget}, resident)
		}
		return nil
	})
}

// statusNotSaid is how the program ends when the report does not say: it has answered.
const statusNotSaid = 1

// started tells what kept the program from answering, if anything: what it said itself, where it said something.
func started(err error) error {
	var exited *exec.ExitError
	switch {
	case !errors.As(err, &exited):
		return err
	case exited.ExitCode() == statusNotSaid:
		return nil
	case len(exited.Stderr) > 0:
		return errors.New(strings.TrimSpace(string(exited.Stderr)))
	}
	return err
}
