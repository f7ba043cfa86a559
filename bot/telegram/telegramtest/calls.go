package telegramtest

import (
	"maps"
	"slices"
	"time"
)

// Call is a request that a bot made and what became of it.
type Call struct {
	Method     string
	Parameters map[string]string // texts as they are, everything else as JSON
	Files      []string          // names of the parameters that were uploaded
	At         time.Time
	Refusal    *Refusal // nil if the server did what was asked, or would have but for the fault
	Fault      string   // the trouble that was made, if any
}

// record writes a call into the log. Long polls that were answered with nothing new are counted but not logged.
func (s *Server) record(r *request, refusal *Refusal, fault *Fault) {
	call := Call{Method: r.method, Parameters: r.parameters, At: s.clock.Now(), Refusal: refusal}
	if fault != nil {
		call.Fault = fault.name
	}
	if len(r.files) > 0 {
		call.Files = slices.Sorted(maps.Keys(r.files))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[r.method]++
	if r.method != "getUpdates" || refusal != nil || fault != nil {
		s.log = append(s.log, call)
	}
	s.changed()
}

// Calls are the calls of a method in order, of all methods for "". Polls that went well are only counted.
func (s *Server) Calls(method string) []Call {
	return s.callsThat(func(call Call) bool { return method == "" || call.Method == method })
}

// Count tells how often a method was called.
func (s *Server) Count(method string) int {
	s.underWay.Lock()
	defer s.underWay.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[method]
}

// Refused are the calls that the server refused by its rules, in order, not those that faults spoiled.
func (s *Server) Refused() []Call {
	return s.callsThat(func(call Call) bool { return call.Refusal != nil })
}

// Malformed are the refused calls that broke a rule which the bot could have known. A test that ends asserts that there
// are none.
func (s *Server) Malformed() []Call {
	return s.callsThat(func(call Call) bool { return call.Refusal != nil && call.Refusal.Malformed })
}

func (s *Server) callsThat(match func(Call) bool) []Call {
	s.underWay.Lock()
	defer s.underWay.Unlock()
	s.mu.Lock()
	log := s.log[:len(s.log):len(s.log)] // what is written never changes
	s.mu.Unlock()
	var calls []Call
	for _, call := range log {
		if match(call) {
			calls = append(calls, call)
		}
	}
	return calls
}
