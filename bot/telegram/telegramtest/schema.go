package telegramtest

import (
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// schemaJSON is the part of the Bot API 10.1 that bots send: its methods with their parameters and the types of those.
// The command in trim/ made it of a machine-readable form of https://core.telegram.org/bots/api.
//
//go:embed schema.json
var schemaJSON []byte

// schema holds methods and types by name.
type schema struct {
	Version string
	Methods map[string]objectType
	Types   map[string]objectType
}

// field is a parameter of a method or a field of a type.
type field struct {
	Name     string
	Types    []string // any of them
	Required bool
	Const    string // the word that a "type" must be
}

// objectType is a JSON object of the Bot API: its fields, or the types that it stands for.
type objectType struct {
	Subtypes []string
	Fields   []field
}

// botAPI parses the schema once; nothing writes to it afterwards.
var botAPI = sync.OnceValue(func() *schema {
	var parsed schema
	if err := json.Unmarshal(schemaJSON, &parsed); err != nil {
		panic("telegramtest: schema.json: " + err.Error())
	}
	return &parsed
})

// method finds a method; Telegram does not mind the case of its name.
func (s *schema) method(name string) (string, []field, bool) {
	if known, ok := s.Methods[name]; ok {
		return name, known.Fields, true
	}
	for other, known := range s.Methods {
		if strings.EqualFold(other, name) {
			return other, known.Fields, true
		}
	}
	return "", nil, false
}

// foreign are parameters for what this server lacks, with what Telegram says to those who lack it too.
var foreign = map[string]string{
	"business_connection_id":    "business connection not found",
	"direct_messages_topic_id":  "direct messages topic not found",
	"message_effect_id":         "EFFECT_ID_INVALID",
	"suggested_post_parameters": "suggested posts can be sent only to channel direct messages",
	"allow_paid_broadcast":      "FLOODSKIP_NOT_ALLOWED",
	"rich_message":              "this server does not know rich messages",
}

// check holds a request against a method's parameters. It removes parameters that are null, as libraries send them.
func (s *schema) check(method string, fields []field, r *request) *Refusal {
	for name, text := range r.parameters {
		i := slices.IndexFunc(fields, func(f field) bool { return f.Name == name })
		if i < 0 {
			return malformed("unknown parameter %q of %s", name, method)
		}
		if text == "null" && !slices.Contains(fields[i].Types, "String") {
			delete(r.parameters, name)
			continue
		}
		if complaint := foreign[name]; complaint != "" {
			return malformed("%s", complaint)
		}
		if err := s.checkText(name, fields[i].Types, text); err != nil {
			return malformed("%v", err)
		}
	}
	for name := range r.files {
		i := slices.IndexFunc(fields, func(f field) bool { return f.Name == name })
		if i < 0 || !slices.Contains(fields[i].Types, "InputFile") {
			return malformed("%s takes no file %q", method, name)
		}
	}
	return missing(method, fields, r)
}

// missing refuses what lacks a required parameter. Two of Telegram's own texts for that are known to bots.
func missing(method string, fields []field, r *request) *Refusal {
	for _, f := range fields {
		_, sent := r.files[f.Name]
		if !f.Required || r.parameters[f.Name] != "" || sent {
			continue
		}
		switch {
		case f.Name == "text":
			return malformed("message text is empty")
		case f.Name == "chat_id":
			return malformed("chat_id is empty")
		case method == "setWebhook" && f.Name == "url":
			continue // an empty address removes the webhook
		}
		return malformed("parameter %q of %s is required", f.Name, method)
	}
	return nil
}

// checkText checks a parameter, which comes as a text: its own, or JSON.
func (s *schema) checkText(parameter string, types []string, text string) error {
	if !utf8.ValidString(text) {
		return complain("Strings must be encoded in UTF-8")
	}
	var failure error
	for _, name := range types {
		err := s.checkTextAs(parameter, name, text)
		if err == nil {
			return nil
		}
		if failure == nil || s.fits(name, text) {
			failure = err
		}
	}
	return failure
}

// fits guesses whether an object was meant to be of a type, to complain about what is wrong with it.
func (s *schema) fits(name, text string) bool {
	fields := s.Types[name].Fields
	return len(fields) > 0 && strings.Contains(text, `"`+fields[0].Name+`"`)
}

func (s *schema) checkTextAs(parameter, name, text string) error {
	var err error
	switch name {
	case "String":
		return nil
	case "InputFile":
		return complain("Parameter %q must be a file", parameter)
	case "Integer":
		_, err = strconv.ParseInt(text, 10, 64)
	case "Boolean":
		if !slices.Contains([]string{"true", "false", "True", "False", "1", "0"}, text) {
			err = strconv.ErrSyntax
		}
	default:
		return s.checkJSON(parameter, name, text)
	}
	if err != nil {
		return complain("Parameter %q must be of type %s", parameter, name)
	}
	return nil
}

func (s *schema) checkJSON(parameter, name, text string) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	if err == nil {
		if _, end := decoder.Token(); end != io.EOF {
			err = errors.New("there is more after it")
		}
	}
	switch {
	case err != nil && parameter == "reply_markup":
		return complain("Can't parse reply keyboard markup JSON object")
	case err != nil:
		return complain("Can't parse %s as JSON: %v", parameter, err)
	}
	return s.checkField(parameter, name, value)
}

// checkField checks the value of a field within JSON.
func (s *schema) checkField(field, name string, value any) error {
	if element, ok := strings.CutPrefix(name, "Array of "); ok {
		array, ok := value.([]any)
		if !ok {
			return complain("Field %q must be of type Array", field)
		}
		for _, item := range array {
			if err := s.checkField(field, element, item); err != nil {
				return err
			}
		}
		return nil
	}
	ok, kind := false, name
	switch name {
	case "String":
		_, ok = value.(string)
	case "Boolean":
		_, ok = value.(bool)
	case "Float", "Integer":
		kind = "Number"
		var number json.Number
		if number, ok = value.(json.Number); ok && name == "Integer" {
			_, err := number.Int64()
			ok = err == nil
		}
	default:
		object, isObject := value.(map[string]any)
		if isObject {
			return s.checkObject(name, object)
		}
		kind = "Object"
	}
	if !ok {
		return complain("Field %q must be of type %s", field, kind)
	}
	return nil
}

// wrapped are the types whose complaints Telegram introduces, and how.
var wrapped = map[string]string{
	"InlineKeyboardButton":     "inline keyboard button",
	"KeyboardButton":           "keyboard button",
	"MessageEntity":            "MessageEntity",
	"InlineQueryResult":        "inline query result",
	"InlineQueryResultsButton": "inline query results button",
	"BotCommand":               "BotCommand",
	"BotCommandScope":          "BotCommandScope",
}

// checkObject checks an object, with the type among the subtypes that suits it best.
func (s *schema) checkObject(name string, object map[string]any) error {
	known, ok := s.Types[name]
	if !ok {
		return complain("This server does not know %s", name)
	}
	err := s.checkFields(name, known.Fields, object)
	if len(known.Subtypes) > 0 {
		err = s.checkSubtypes(known.Subtypes, object)
	}
	if label := wrapped[name]; err != nil && label != "" {
		return complain("Can't parse %s: %v", label, err)
	}
	return err
}

func (s *schema) checkSubtypes(subtypes []string, object map[string]any) error {
	failure := complain("Unsupported type specified")
	for _, subtype := range subtypes {
		if !s.suits(subtype, object) {
			continue
		}
		err := s.checkObject(subtype, object)
		if err == nil {
			return nil
		}
		failure = err
	}
	return failure
}

// suits tells by its "type" or, where there is none, by a required field whether an object is of a subtype.
func (s *schema) suits(name string, object map[string]any) bool {
	for _, f := range s.Types[name].Fields {
		if f.Const != "" {
			return object[f.Name] == f.Const
		}
		if _, ok := object[f.Name]; f.Required && ok {
			return true
		}
	}
	return false
}

func (s *schema) checkFields(name string, fields []field, object map[string]any) error {
	known := map[string]bool{}
	for _, f := range fields {
		known[f.Name] = true
		value, ok := object[f.Name]
		if !ok && f.Required {
			return complain("Can't find field %q", f.Name)
		}
		if !ok {
			continue
		}
		var failure error
		for _, kind := range f.Types {
			if failure = s.checkField(f.Name, kind, value); failure == nil {
				break
			}
		}
		if failure != nil {
			return failure
		}
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if !known[key] {
			return complain("Unknown field %q of %s", key, name)
		}
	}
	return nil
}
