package content

import (
	"context"
	"testing"
	"time"
)

// LoadBytes loads a report from the bytes of a file, so that fuzzing need not write files.
func LoadBytes(data []byte, name string) (*Report, error) {
	reader := newFileReader()
	defer reader.close()
	return reader.report(context.Background(), data, name)
}

// SetPipeWait makes the wait for a pipe shorter for a test.
func SetPipeWait(t *testing.T, wait time.Duration) {
	before := pipeWait
	pipeWait = wait
	t.Cleanup(func() { pipeWait = before })
}
