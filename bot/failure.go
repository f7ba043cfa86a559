package bot

import (
	"errors"

	"wenbao/retrieval"
)

// What is said to who asked where the index fails. Addresses and causes are for who runs the bot, not for who asks it.
const (
	saidUnavailable = "现在连不上存放报告的机器，没能回答。请过一会儿再问。"
	saidFailed      = "程序出了问题，这一句没能回答。请过一会儿再问。"
)

// Unavailable tells whether a message was not answered because no machine that holds the index does: asking again later
// may help.
func Unavailable(err error) bool { return errors.Is(err, retrieval.ErrUnavailable) }

// Apology is what to tell an asker whose message was not answered because of an error other than the context's.
func Apology(err error) string {
	if Unavailable(err) {
		return saidUnavailable
	}
	return saidFailed
}
