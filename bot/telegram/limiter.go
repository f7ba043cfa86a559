package telegram

import (
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// defaultQuestions is how many questions a person may ask a minute.
const defaultQuestions = 20

// mostAskers bounds the people whose questions are counted.
const mostAskers = 8192

// limiter bounds how much each person asks.
type limiter struct {
	perMinute int

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

func newLimiter(perMinute int) *limiter {
	if perMinute == 0 {
		perMinute = defaultQuestions
	}
	return &limiter{perMinute: perMinute, askers: newCache[int64, *allowance](mostAskers)}
}

// ask counts a question of a person.
func (l *limiter) ask(person int64) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, known := l.askers.Get(person)
	if !known {
		every := time.Minute / time.Duration(l.perMinute)
		a = &allowance{questions: rate.NewLimiter(rate.Every(every), l.perMinute)}
		l.askers.Add(person, a)
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
