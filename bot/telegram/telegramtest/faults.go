package telegramtest

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// Fault is trouble that a call meets.
type Fault struct {
	name      string
	before    func(*Server, http.ResponseWriter, *http.Request) // instead of carrying the call out
	delay     time.Duration
	dropAfter bool
}

// FloodWait answers 429 and asks to wait.
func FloodWait(seconds int) Fault {
	return Fault{name: "429", before: func(_ *Server, w http.ResponseWriter, _ *http.Request) {
		write(w, nil, tooManyRequests(seconds))
	}}
}

// InternalError answers 500 as the Bot API does.
func InternalError() Fault {
	return Fault{name: "500", before: func(_ *Server, w http.ResponseWriter, _ *http.Request) {
		write(w, nil, &Refusal{Code: http.StatusInternalServerError, Description: "Internal Server Error"})
	}}
}

// BadGateway answers 502 with a page of HTML, as a proxy before the Bot API does.
func BadGateway() Fault {
	return Fault{name: "502", before: func(_ *Server, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		page := "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
			"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
		_, _ = w.Write([]byte(page)) // nobody is left to tell
	}}
}

// DropBefore breaks the connection before the call takes effect.
func DropBefore() Fault {
	return Fault{name: "dropped before", before: func(*Server, http.ResponseWriter, *http.Request) { drop() }}
}

// DropAfter carries the call out and breaks the connection instead of answering.
func DropAfter() Fault { return Fault{name: "dropped after", dropAfter: true} }

// Slow carries the call out after a time on the server's clock.
func Slow(delay time.Duration) Fault { return Fault{name: "slow", delay: delay} }

// Refuse answers with a refusal of the caller's making.
func Refuse(refusal Refusal) Fault {
	return Fault{name: refusal.Description, before: func(_ *Server, w http.ResponseWriter, _ *http.Request) {
		write(w, nil, &refusal)
	}}
}

// None lets a call of a script pass.
func None() Fault { return Fault{} }

// Chance is a fault that calls of a method meet with a probability, calls of all methods for "".
type Chance struct {
	Method      string
	Probability float64
	Fault       Fault
}

// faults holds the trouble to come. The server's lock guards it.
type faults struct {
	scripts map[string][]Fault // by method in lower case
	chances []Chance
	random  *rand.Rand
	down    bool
	up      chan struct{} // closed when the network is up again
}

// Fail lets the next calls of a method meet faults, one each, in order. The method "" stands for all.
func (s *Server) Fail(method string, script ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults.scripts == nil {
		s.faults.scripts = map[string][]Fault{}
	}
	method = strings.ToLower(method)
	s.faults.scripts[method] = append(s.faults.scripts[method], script...)
}

// FailRandomly lets calls meet faults by chance, the same for the same seed and order of calls. It replaces the chances
// set before; without any it ends the trouble.
func (s *Server) FailRandomly(seed uint64, chances ...Chance) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.random = rand.New(rand.NewPCG(seed, seed))
	s.faults.chances = chances
}

// nextFault is the fault that a call meets, or nil.
func (s *Server) nextFault(method string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range []string{strings.ToLower(method), ""} {
		if script := s.faults.scripts[key]; len(script) > 0 {
			s.faults.scripts[key] = script[1:]
			if script[0].name == "" {
				return nil
			}
			return &script[0]
		}
	}
	for _, chance := range s.faults.chances {
		if chance.Method != "" && !strings.EqualFold(chance.Method, method) {
			continue
		}
		if s.faults.random.Float64() < chance.Probability {
			return &chance.Fault
		}
	}
	return nil
}

// NetworkDown breaks all connections and those that are made until [Server.NetworkUp].
func (s *Server) NetworkDown() {
	s.mu.Lock()
	if !s.faults.down {
		s.faults.down, s.faults.up = true, make(chan struct{})
	}
	s.supersede(nil)
	s.changed()
	s.mu.Unlock()
	s.http.CloseClientConnections()
}

// NetworkUp ends what NetworkDown began.
func (s *Server) NetworkUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults.down {
		s.faults.down = false
		close(s.faults.up)
	}
	s.changed()
}

func (s *Server) networkIsDown() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.faults.down
}

// RevokeToken makes the token worthless, as BotFather's /revoke does.
func (s *Server) RevokeToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
	s.supersede(&Refusal{Code: http.StatusUnauthorized, Description: "Unauthorized"})
	s.changed()
}

func (s *Server) isRevoked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.revoked
}

// sleep waits on the server's clock and tells whether it was let.
func (s *Server) sleep(ctx context.Context, duration time.Duration) bool {
	fired, stop := s.clock.Timer(duration)
	defer stop()
	select {
	case <-fired:
		return true
	case <-ctx.Done():
	case <-s.closing.Done():
	}
	return false
}
