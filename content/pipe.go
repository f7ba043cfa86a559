package content

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"time"
)

// pipeWait is how long a pipe is waited for: until somebody opens it for writing, and then for each piece. A program whose
// output is given as a file (--report <(…)) writes at once, or soon.
var pipeWait = 10 * time.Second

// readPipe reads a named pipe to its end, of which no more than a report's file may have. Opening and reading a pipe that
// nobody writes block for as long as that lasts, on some systems without a way to stop them, so that they are left behind
// when the wait is over.
func readPipe(ctx context.Context, path string) ([]byte, error) {
	var data bytes.Buffer
	ended := make(chan error, 1)
	wrote := make(chan struct{}, 1)
	go func() {
		pipe, err := os.Open(path)
		if err == nil {
			_, err = io.Copy(io.MultiWriter(&data, notifier(wrote)), io.LimitReader(pipe, LargestReport+1))
			pipe.Close()
		}
		ended <- err
	}()
	wait := time.NewTimer(pipeWait)
	defer wait.Stop()
	for {
		select {
		case err := <-ended:
			return data.Bytes(), err
		case <-wrote:
			wait.Reset(pipeWait)
		case <-wait.C:
			select {
			case <-wrote: // a busy machine may be late with both
				wait.Reset(pipeWait)
				continue
			default:
			}
			return nil, fmt.Errorf("%w，是管道，等了 %.0f 秒没有人写；请换成报告文件", ErrNotReport, pipeWait.Seconds())
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// notifier tells that something was written.
type notifier chan<- struct{}

func (n notifier) Write(piece []byte) (int, error) {
	select {
	case n <- struct{}{}:
	default: // the last one has not been heard yet
	}
	return len(piece), nil
}
