package telegramtest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits of what setMyCommands and its like take.
const (
	maxCommands           = 100
	maxCommandName        = 32
	maxCommandDescription = 256
	maxName               = 64
	maxDescription        = 512
	maxShortDescription   = 120
)

// BotCommand is a command that clients offer.
type BotCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// profile is what the bot says about itself. The server's lock guards it.
type profile struct {
	commands map[string][]BotCommand // by scope and language
	texts    map[string]string       // by method and language
}

func newProfile() profile {
	return profile{commands: map[string][]BotCommand{}, texts: map[string]string{}}
}

// Scope is the BotCommandScope of the Bot API: where and for whom commands are offered.
type Scope struct {
	Type   string `json:"type"`
	ChatID any    `json:"chat_id,omitempty"` // a number or the text "@username"
	UserID int64  `json:"user_id,omitempty"`
}

// key names a scope and a language.
func (s Scope) key(language string) string {
	return fmt.Sprint(s.Type, "/", s.ChatID, "/", s.UserID, "/", language)
}

// Commands are the commands of a scope such as {Type: "all_group_chats"} and a language, "" for all.
func (s *Server) Commands(scope Scope, language string) []BotCommand {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile.commands[scope.key(language)]
}

// scopeKey reads the scope and the language of a request.
func (s *Server) scopeKey(r *request) (string, *Refusal) {
	scope := Scope{Type: "default"}
	if r.has("scope") {
		var read struct {
			Scope
			ChatID json.RawMessage `json:"chat_id"`
		}
		if refusal := r.decode("scope", &read); refusal != nil {
			return "", refusal
		}
		scope = read.Scope
		if len(read.ChatID) > 0 {
			scope.ChatID = strings.Trim(string(read.ChatID), `"`)
			s.mu.Lock()
			defer s.mu.Unlock()
			if _, refusal := s.known(fmt.Sprint(scope.ChatID)); refusal != nil {
				return "", refusal
			}
		}
	}
	language := r.text("language_code")
	if language != "" && (len(language) != 2 || !isLatin(language[0]) || !isLatin(language[1])) {
		return "", malformed("LANGUAGE_CODE_INVALID")
	}
	return scope.key(language), nil
}

func (s *Server) setMyCommands(_ context.Context, r *request) (any, *Refusal) {
	var commands []BotCommand
	if refusal := r.decode("commands", &commands); refusal != nil {
		return nil, refusal
	}
	if len(commands) > maxCommands {
		return nil, malformed("BOT_COMMANDS_TOO_MUCH")
	}
	if len(commands) == 0 {
		return nil, malformed("at least one bot command must be specified")
	}
	seen := map[string]bool{}
	for _, command := range commands {
		if refusal := checkCommand(command, seen); refusal != nil {
			return nil, refusal
		}
	}
	key, refusal := s.scopeKey(r)
	if refusal != nil {
		return nil, refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.profile.commands[key] = commands
	s.changed()
	return true, nil
}

func checkCommand(command BotCommand, seen map[string]bool) *Refusal {
	name := command.Command
	switch length := utf8.RuneCountInString(strings.TrimSpace(command.Description)); {
	case name == "" || len(name) > maxCommandName || nameLength(name) != len(name) || name != strings.ToLower(name):
		return malformed("BOT_COMMAND_INVALID")
	case length == 0 || length > maxCommandDescription:
		return malformed("BOT_COMMAND_DESCRIPTION_INVALID")
	case seen[name]:
		return malformed("BOT_COMMAND_DUPLICATE")
	}
	seen[name] = true
	return nil
}

func (s *Server) deleteMyCommands(_ context.Context, r *request) (any, *Refusal) {
	key, refusal := s.scopeKey(r)
	if refusal != nil {
		return nil, refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.profile.commands, key)
	s.changed()
	return true, nil
}

func (s *Server) getMyCommands(_ context.Context, r *request) (any, *Refusal) {
	key, refusal := s.scopeKey(r)
	if refusal != nil {
		return nil, refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]BotCommand{}, s.profile.commands[key]...), nil
}

// Profile is what setMyName, setMyDescription or setMyShortDescription set, for a language.
func (s *Server) Profile(method, language string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile.texts[method+"/"+language]
}

func (s *Server) setMyName(_ context.Context, r *request) (any, *Refusal) {
	return s.setProfile(r, "name", maxName, "BOT_TITLE_INVALID")
}

func (s *Server) setMyDescription(_ context.Context, r *request) (any, *Refusal) {
	return s.setProfile(r, "description", maxDescription, "BOT_DESCRIPTION_INVALID")
}

func (s *Server) setMyShortDescription(_ context.Context, r *request) (any, *Refusal) {
	return s.setProfile(r, "short_description", maxShortDescription, "BOT_SHORT_DESCRIPTION_INVALID")
}

func (s *Server) setProfile(r *request, parameter string, limit int, complaint string) (any, *Refusal) {
	if utf8.RuneCountInString(r.text(parameter)) > limit {
		return nil, malformed("%s", complaint)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.profile.texts[r.method+"/"+r.text("language_code")] = r.text(parameter)
	s.changed()
	return true, nil
}

func (s *Server) leaveChat(_ context.Context, r *request) (any, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, refusal := s.writable(r.text("chat_id"))
	if refusal != nil {
		return nil, refusal
	}
	if chat.person != nil {
		return nil, malformed("chat member status can't be changed in private chats")
	}
	chat.membership = "left"
	s.changed()
	return true, nil
}

func (s *Server) getChat(_ context.Context, r *request) (any, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, refusal := s.known(r.text("chat_id"))
	if refusal != nil {
		return nil, refusal
	}
	return chat.info, nil
}

func (s *Server) getChatMember(_ context.Context, r *request) (any, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, refusal := s.known(r.text("chat_id"))
	if refusal != nil {
		return nil, refusal
	}
	id := r.number("user_id")
	if id == s.bot.ID && chat.person == nil {
		return chatMember{Status: chat.membership, User: s.bot.inMessages()}, nil
	}
	member := chat.members[id]
	if chat.person != nil && chat.person.user.ID == id {
		member = chat.person
	}
	if member == nil {
		return nil, badRequest("user not found")
	}
	return chatMember{Status: "member", User: &member.user}, nil
}
