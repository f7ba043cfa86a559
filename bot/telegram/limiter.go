package telegram

import (
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

const (
	// defaultQuestions is how many questions a person may ask a minute, and a command is a question too.
	defaultQuestions = 20
	// tapsPerQuestion is how many buttons a person may tap for each question that they may ask.
	tapsPerQuestion = 3
	// groupBacklog is how many minutes of answers may wait for their turn in a group: who asks more would get them when
	// nobody remembers the question, and they would take up the room of others.
	groupBacklog = 2
	// mostAskers bounds the people, and the groups, whose questions are counted.
	mostAskers = 8192
)

// limiter bounds how much each of many asks.
type limiter struct {
	perMinute, burst int

	mu     sync.Mutex
	askers *lru.Cache[int64, *allowance]
}

type allowance struct {
	questions *rate.Limiter
	told      bool // that it is used up
}

// verdict says what becomes of a question.
type verdict int

const (
	allowed verdict = iota
	refuse          // and say so
	ignore          // it has been said
)

// newLimiter lets everybody ask so much a minute, and a burst of it at once.
func newLimiter(perMinute, burst int) *limiter {
	return &limiter{perMinute: perMinute, burst: burst, askers: newCache[int64, *allowance](mostAskers)}
}

// ask counts a question of a person or group.
func (l *limiter) ask(who int64) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, known := l.askers.Get(who)
	if !known {
		every := time.Minute / time.Duration(l.perMinute)
		a = &allowance{questions: rate.NewLimiter(rate.Every(every), l.burst)}
		l.askers.Add(who, a)
	}
	switch {
	case a.questions.Allow():
		a.told = false
		return allowed
	case a.told:
		return ignore
	default:
		a.told = true
		return refuse
	}
}
