package telegramtest

import (
	"fmt"
	"net/http"
	"strings"
)

// Refusal is why the server did not do what a request asked for.
type Refusal struct {
	Code        int    // as HTTP status and as error_code
	Description string // in Telegram's words, with the class before the colon: "Bad Request: chat not found"
	RetryAfter  int    // seconds; 0 if the answer names none
	MigrateTo   int64  // the supergroup that a group became, or 0
	// Malformed says that the request broke a rule that the bot could have known. The others are refused for what
	// happened meanwhile: a message was deleted, a person blocked the bot, a query expired.
	Malformed bool
}

// Error is the description.
func (r *Refusal) Error() string { return r.Description }

// complaint is a part of a description, in Telegram's words; some of those begin with a capital letter.
type complaint string

// Error is the complaint itself.
func (c complaint) Error() string { return string(c) }

func complain(format string, values ...any) error { return complaint(fmt.Sprintf(format, values...)) }

// malformed refuses a request that no bot should have made.
func malformed(format string, values ...any) *Refusal {
	refusal := badRequest(format, values...)
	refusal.Malformed = true
	return refusal
}

// badRequest refuses a request for what happened before it. Like Telegram it begins small what is not all capitals.
func badRequest(format string, values ...any) *Refusal {
	reason := fmt.Sprintf(format, values...)
	if len(reason) > 1 && (reason[1] < 'A' || reason[1] > 'Z') {
		reason = strings.ToLower(reason[:1]) + reason[1:]
	}
	return &Refusal{Code: http.StatusBadRequest, Description: "Bad Request: " + reason}
}

func forbidden(reason string) *Refusal {
	return &Refusal{Code: http.StatusForbidden, Description: "Forbidden: " + reason}
}

func conflict(reason string) *Refusal {
	return &Refusal{Code: http.StatusConflict, Description: "Conflict: " + reason}
}

func tooManyRequests(seconds int) *Refusal {
	return &Refusal{
		Code:        http.StatusTooManyRequests,
		Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds),
		RetryAfter:  seconds,
	}
}
