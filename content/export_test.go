package content

import "context"

// LoadBytes loads a report from the bytes of a file, so that fuzzing need not write files.
func LoadBytes(data []byte, name string) (*Report, error) {
	reader := newFileReader()
	defer reader.close()
	return reader.report(context.Background(), data, name)
}
