package telegramtest

import (
	"math"
	"strings"

	"golang.org/x/time/rate"
)

// Limits are how much a bot may send before it meets 429. Telegram speaks of 30 messages a second overall, one a second
// in a chat and 20 a minute in a group, and lets short bursts pass.
type Limits struct {
	PerSecond      float64
	PerChatSecond  float64
	PerGroupMinute float64
}

// TelegramLimits are the limits that https://core.telegram.org/bots/faq#broadcasting-to-users names.
var TelegramLimits = Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20}

// limiter holds the bot against its limits. The server's lock guards it.
type limiter struct {
	limits *Limits
	all    *rate.Limiter
	chats  map[string]*rate.Limiter
}

func newLimiter(limits *Limits) limiter {
	if limits == nil {
		return limiter{}
	}
	return limiter{
		limits: limits,
		all:    rate.NewLimiter(rate.Limit(limits.PerSecond), int(math.Max(limits.PerSecond, 1))),
		chats:  map[string]*rate.Limiter{},
	}
}

// limit refuses a message that comes too soon.
func (s *Server) limit(r *request) *Refusal {
	if s.limiter.limits == nil || !strings.HasPrefix(r.method, "send") || r.method == "sendChatAction" {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	chat := r.text("chat_id")
	own := s.limiter.chats[chat]
	if own == nil {
		// A burst of three passes in a private chat.
		own = rate.NewLimiter(rate.Limit(s.limiter.limits.PerChatSecond), 3)
		if strings.HasPrefix(chat, "-") {
			perMinute := s.limiter.limits.PerGroupMinute
			own = rate.NewLimiter(rate.Limit(perMinute/60), int(math.Max(perMinute, 1)))
		}
		s.limiter.chats[chat] = own
	}
	now := s.clock.Now()
	for _, limiter := range []*rate.Limiter{own, s.limiter.all} {
		reservation := limiter.ReserveN(now, 1)
		if wait := reservation.DelayFrom(now); wait > 0 {
			reservation.CancelAt(now)
			return tooManyRequests(int(math.Ceil(wait.Seconds())))
		}
	}
	return nil
}
