// Command wenbao answers questions about a Chinese government report with the report's own sentences and figures.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"unicode"
)

// Exit statuses. Scripts rely on them.
const (
	statusAnswered = 0
	statusNotSaid  = 1 // the report does not say; or a score below the minimum; or a file that could not be read
	statusInput    = 2 // usage or input error
)

// exit is an error that ends the program with a status; without a message it ends quietly, since everything has been
// said on the standard output.
type exit struct {
	status  int
	message string
}

func (e exit) Error() string { return e.message }

func main() { os.Exit(run()) }

func run() int {
	err := newRoot().ExecuteContext(context.Background())
	if err == nil {
		return statusAnswered
	}
	status, message := statusInput, inPlainChinese(err)
	var ended exit
	if errors.As(err, &ended) {
		status, message = ended.status, ended.message
	}
	// A reader that has seen enough (… | head) needs no message.
	if message != "" && !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(os.Stderr, "wenbao: "+printable(message))
	}
	return status
}

// printable keeps what somebody typed from acting on the terminal when a message repeats it.
func printable(message string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return '�'
		}
		return r
	}, strings.ToValidUTF8(message, "�"))
}
