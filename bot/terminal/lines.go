package terminal

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// ErrLineTooLong stands for a line that was longer than the limit and has been skipped.
var ErrLineTooLong = errors.New("这一行太长")

// Lines reads lines of at most limit bytes, in memory of that size however long the lines are. A longer line yields
// ErrLineTooLong and reading goes on; any other error ends it.
func Lines(in io.Reader, limit int) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		reader := bufio.NewReaderSize(in, limit+2) // room for the line's end
		for {
			line, err := reader.ReadSlice('\n')
			tooLong := false
			for err == bufio.ErrBufferFull {
				tooLong = true
				_, err = reader.ReadSlice('\n')
			}
			line = bytes.TrimRight(line, "\r\n")
			switch {
			case err != nil && err != io.EOF:
				yield("", err)
				return
			case tooLong || len(line) > limit:
				if !yield("", ErrLineTooLong) {
					return
				}
			case len(line) > 0 || err == nil:
				if !yield(Decode(line), nil) {
					return
				}
			}
			if err == io.EOF {
				return
			}
		}
	}
}

// Decode reads text as UTF-8 or, where it is not that, as GB18030, which Chinese Windows still writes.
func Decode(text []byte) string {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if utf8.Valid(text) {
		return string(text)
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return strings.ToValidUTF8(string(text), "")
	}
	return string(decoded)
}
