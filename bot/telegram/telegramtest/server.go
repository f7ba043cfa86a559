package telegramtest

import (
	"cmp"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// DefaultToken and DefaultUsername are the bot's unless [Options] say otherwise.
const (
	DefaultToken    = "7000000001:AAtelegramtest-not-a-real-token-000"
	DefaultUsername = "telegramtest_bot"
)

// Options say what kind of bot it is and how the server behaves. The zero value is a bot in privacy mode with inline
// mode and inline feedback, at the machine's time, without rate limits.
type Options struct {
	Token    string // of the form 123456:ABC…; DefaultToken if empty
	Username string // DefaultUsername if empty
	Name     string // the bot's first name
	Clock    Clock
	// QueryLifetime is how long callback and inline queries may be answered; 15 s if 0.
	QueryLifetime time.Duration
	// NoPrivacy lets the bot read all messages of its groups.
	NoPrivacy bool
	// NoInlineFeedback keeps chosen inline results from the bot.
	NoInlineFeedback bool
	Limits           *Limits
	// WebhookRetry is how long the server waits after a failed delivery, doubled each time up to a minute; 1 s if 0.
	WebhookRetry time.Duration
}

// Server is a Bot API server for one bot. All its methods, and those of people and chats, are safe for concurrent use.
// Scripts that make no sense, such as a tap on a button that is not there, fail the test.
type Server struct {
	options Options
	clock   Clock
	http    *httptest.Server
	t       testing.TB
	closing context.Context
	close   context.CancelFunc
	bot     User

	underWay sync.RWMutex // held for reading by calls until they are recorded; taken before mu

	mu       sync.Mutex // held for short; never while parsing, marshalling or waiting
	bell     bell
	revoked  bool
	people   []*Person
	chats    map[int64]*Chat
	groups   int64
	inlined  map[string]place // by inline_message_id
	files    map[string]File
	queries  map[string]*query
	cache    map[cacheKey]cached
	profile  profile
	updates  updateQueue
	webhook  *webhook
	faults   faults
	limiter  limiter
	log      []Call
	counts   map[string]int
	sequence int64

	deliveries sync.WaitGroup // goroutines that call webhooks
}

// New starts a server. With a test it is closed at the test's end; with nil the caller closes it, and scripts that make
// no sense panic.
func New(t testing.TB, options Options) *Server {
	if options.Clock == nil {
		options.Clock = realClock{}
	}
	options.Token = cmp.Or(options.Token, DefaultToken)
	options.Username = cmp.Or(options.Username, DefaultUsername)
	options.Name = cmp.Or(options.Name, options.Username)
	options.QueryLifetime = cmp.Or(options.QueryLifetime, 15*time.Second)
	options.WebhookRetry = cmp.Or(options.WebhookRetry, time.Second)
	var id int64
	if _, err := fmt.Sscanf(options.Token, "%d:", &id); err != nil {
		panic("telegramtest: a token has the form 123456:ABC")
	}
	s := &Server{
		options: options,
		clock:   options.Clock,
		t:       t,
		bot: User{
			ID: id, IsBot: true, FirstName: options.Name, Username: options.Username, CanJoinGroups: true,
			CanReadAllGroupMessages: options.NoPrivacy, SupportsInlineQueries: true,
		},
		chats:   map[int64]*Chat{},
		inlined: map[string]place{},
		files:   map[string]File{},
		queries: map[string]*query{},
		cache:   map[cacheKey]cached{},
		counts:  map[string]int{},
		profile: newProfile(),
		updates: newUpdateQueue(),
		limiter: newLimiter(options.Limits),
	}
	s.closing, s.close = context.WithCancel(context.Background())
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	if t != nil {
		t.Cleanup(s.Close)
	}
	return s
}

// Close ends all requests and stops listening.
func (s *Server) Close() {
	s.close()
	s.waitForWebhook()
	s.http.CloseClientConnections()
	s.http.Close()
}

// URL is the base of the Bot API: methods are at URL/bot<TOKEN>/<method>.
func (s *Server) URL() string { return s.http.URL }

// Token is the bot's token.
func (s *Server) Token() string { return s.options.Token }

// Bot is the bot as getMe tells of it.
func (s *Server) Bot() User { return s.bot }

// fail ends a script that makes no sense.
func (s *Server) fail(format string, values ...any) {
	message := fmt.Sprintf("telegramtest: "+format, values...)
	if s.t == nil {
		panic(message)
	}
	s.t.Helper()
	s.t.Fatal(message)
}

// response is the body of every answer.
type response struct {
	OK          bool                `json:"ok"`
	Result      any                 `json:"result,omitempty"`
	ErrorCode   int                 `json:"error_code,omitempty"`
	Description string              `json:"description,omitempty"`
	Parameters  *responseParameters `json:"parameters,omitempty"`
}

type responseParameters struct {
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter int   `json:"retry_after,omitempty"`
}

// serve answers a request over HTTP.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if s.networkIsDown() {
		drop()
		return
	}
	token, name, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || !strings.HasPrefix(r.URL.Path, "/bot") || strings.Contains(name, "/") {
		write(w, nil, &Refusal{Code: http.StatusNotFound, Description: "Not Found", Malformed: true})
		return
	}
	if subtle.ConstantTimeCompare([]byte(token), []byte(s.options.Token)) != 1 || s.isRevoked() {
		refusal := &Refusal{Code: http.StatusUnauthorized, Description: "Unauthorized"}
		s.record(&request{method: name}, refusal, nil)
		write(w, nil, refusal)
		return
	}
	read, err := readRequest(name, r)
	if errors.Is(err, errBrokenOff) {
		drop()
	}
	if err != nil {
		refusal := malformed("%v", err)
		s.record(&request{method: name}, refusal, nil)
		write(w, nil, refusal)
		return
	}
	s.answer(w, r, read)
}

// answer carries a request out, with the faults that are due.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, read *request) {
	fault := s.nextFault(read.method)
	if fault != nil && fault.before != nil {
		s.record(read, nil, fault)
		fault.before(s, w, r)
		return
	}
	if fault != nil && fault.delay > 0 && !s.sleep(r.Context(), fault.delay) {
		drop()
		return
	}
	result, refusal := s.carryOut(r.Context(), read, fault)
	if s.networkIsDown() || fault != nil && fault.dropAfter {
		drop()
		return
	}
	write(w, result, refusal)
}

// carryOut carries a request out and records it. Who has seen what a call did finds it among the calls: those who look at
// the calls wait until every call under way is recorded. A long poll is not waited for: it may last.
func (s *Server) carryOut(ctx context.Context, r *request, fault *Fault) (any, *Refusal) {
	if !strings.EqualFold(r.method, "getUpdates") {
		s.underWay.RLock()
		defer s.underWay.RUnlock()
	}
	result, refusal := s.call(ctx, r)
	s.record(r, refusal, fault)
	return result, refusal
}

// handler carries out a method whose parameters fit the schema.
type handler func(s *Server, ctx context.Context, r *request) (any, *Refusal)

// call checks a request and carries it out.
func (s *Server) call(ctx context.Context, r *request) (any, *Refusal) {
	name, fields, ok := botAPI().method(r.method)
	if !ok {
		return nil, &Refusal{Code: http.StatusNotFound, Description: "Not Found: method not found", Malformed: true}
	}
	r.method = name
	if refusal := botAPI().check(name, fields, r); refusal != nil {
		return nil, refusal
	}
	if refusal := s.limit(r); refusal != nil {
		return nil, refusal
	}
	return handlers[name](s, ctx, r)
}

// handlers holds a handler for every method of the schema.
var handlers map[string]handler

func init() { // a literal would refer to itself through answers in webhook responses
	handlers = map[string]handler{
		"getUpdates":             (*Server).getUpdates,
		"setWebhook":             (*Server).setWebhook,
		"deleteWebhook":          (*Server).deleteWebhook,
		"getWebhookInfo":         (*Server).getWebhookInfo,
		"getMe":                  (*Server).getMe,
		"logOut":                 (*Server).yes,
		"close":                  (*Server).yes,
		"sendMessage":            (*Server).sendMessage,
		"sendPhoto":              (*Server).sendPhoto,
		"sendDocument":           (*Server).sendDocument,
		"sendChatAction":         (*Server).sendChatAction,
		"editMessageText":        (*Server).editMessageText,
		"editMessageReplyMarkup": (*Server).editMessageReplyMarkup,
		"deleteMessage":          (*Server).deleteMessage,
		"setMessageReaction":     (*Server).setMessageReaction,
		"answerCallbackQuery":    (*Server).answerCallbackQuery,
		"answerInlineQuery":      (*Server).answerInlineQuery,
		"setMyCommands":          (*Server).setMyCommands,
		"deleteMyCommands":       (*Server).deleteMyCommands,
		"getMyCommands":          (*Server).getMyCommands,
		"setMyName":              (*Server).setMyName,
		"setMyDescription":       (*Server).setMyDescription,
		"setMyShortDescription":  (*Server).setMyShortDescription,
		"leaveChat":              (*Server).leaveChat,
		"getChat":                (*Server).getChat,
		"getChatMember":          (*Server).getChatMember,
	}
}

func (s *Server) getMe(context.Context, *request) (any, *Refusal) { return s.bot, nil }

func (s *Server) yes(context.Context, *request) (any, *Refusal) { return true, nil }

// write answers with a result or a refusal.
func write(w http.ResponseWriter, result any, refusal *Refusal) {
	body := response{OK: refusal == nil, Result: result}
	status := http.StatusOK
	if refusal != nil {
		status = refusal.Code
		body = response{ErrorCode: refusal.Code, Description: refusal.Description}
		if refusal.MigrateTo != 0 || refusal.RetryAfter != 0 {
			body.Parameters = &responseParameters{MigrateTo: refusal.MigrateTo, RetryAfter: refusal.RetryAfter}
		}
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		panic("telegramtest: " + err.Error()) // all results are the server's own types
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encoded) // nobody is left to tell
}

// drop breaks the connection without an answer.
func drop() {
	panic(http.ErrAbortHandler)
}
