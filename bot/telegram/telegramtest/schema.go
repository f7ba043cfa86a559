package telegramtest

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
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

// foreign are parameters for what this server lacks. Telegram takes them; a test should not believe that they work.
var foreign = []string{
	"business_connection_id", "direct_messages_topic_id", "message_effect_id", "suggested_post_parameters",
	"allow_paid_broadcast", "rich_message",
}

// check holds a request against a method's parameters. It removes parameters that are null, as libraries send them.
func (s *schema) check(method string, fields []field, r *request) *Refusal {
	for name, text := range r.parameters {
		i := slices.IndexFunc(fields, func(f field) bool { return f.Name == name })
		if i < 0 {
			return malformed("%s has no parameter %q", method, name)
		}
		if text == "null" && !slices.Contains(fields[i].Types, "String") {
			delete(r.parameters, name)
			continue
		}
		if slices.Contains(foreign, name) {
			return malformed("this server does not know parameter %q", name)
		}
		if err := s.checkText(fields[i].Types, text); err != nil {
			return malformed("can't parse parameter %q of %s: %v", name, method, err)
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
func (s *schema) checkText(types []string, text string) error {
	if !utf8.ValidString(text) {
		return complain("strings must be encoded in UTF-8")
	}
	var failure error
	for _, name := range types {
		err := s.checkTextAs(name, text)
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

func (s *schema) checkTextAs(name, text string) error {
	var err error
	switch name {
	case "String":
		return nil
	case "InputFile":
		return complain("a file expected")
	case "Integer":
		_, err = strconv.ParseInt(text, 10, 64)
	case "Float":
		_, err = strconv.ParseFloat(text, 64)
	case "Boolean":
		if !slices.Contains([]string{"true", "false", "True", "False", "1", "0"}, text) {
			err = complain("Boolean expected")
		}
	default:
		decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			return complain("%s expected as JSON: %v", name, err)
		}
		if _, err := decoder.Token(); err != io.EOF {
			return complain("%s expected as JSON, found more than one value", name)
		}
		return s.checkValue(name, value)
	}
	if err != nil {
		return complain("%s expected", name)
	}
	return nil
}

// checkValue checks a value within JSON.
func (s *schema) checkValue(name string, value any) error {
	if element, ok := strings.CutPrefix(name, "Array of "); ok {
		array, ok := value.([]any)
		if !ok {
			return complain("Array expected")
		}
		for i, item := range array {
			if err := s.checkValue(element, item); err != nil {
				return complain("element %d: %v", i, err)
			}
		}
		return nil
	}
	var ok bool
	switch name {
	case "String":
		_, ok = value.(string)
	case "Boolean":
		_, ok = value.(bool)
	case "Float":
		_, ok = value.(json.Number)
	case "Integer":
		var number json.Number
		if number, ok = value.(json.Number); ok {
			_, err := number.Int64()
			ok = err == nil
		}
	default:
		object, isObject := value.(map[string]any)
		if !isObject {
			return complain("%s expected as an Object", name)
		}
		return s.checkObject(name, object)
	}
	if !ok {
		return complain("%s expected", name)
	}
	return nil
}

// checkObject checks an object, with the type among the subtypes that suits it best.
func (s *schema) checkObject(name string, object map[string]any) error {
	known, ok := s.Types[name]
	if !ok {
		return complain("this server does not know %s", name)
	}
	if len(known.Subtypes) == 0 {
		return s.checkFields(name, known.Fields, object)
	}
	failure := complain("%s of an unknown type", name)
	for _, subtype := range known.Subtypes {
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
	for key, value := range object {
		i := slices.IndexFunc(fields, func(f field) bool { return f.Name == key })
		if i < 0 {
			return complain("%s has no field %q", name, key)
		}
		if err := s.checkAny(fields[i].Types, value); err != nil {
			return complain("field %q: %v", key, err)
		}
	}
	for _, f := range fields {
		if _, ok := object[f.Name]; f.Required && !ok {
			return complain("Can't find field %q", f.Name)
		}
	}
	return nil
}

func (s *schema) checkAny(types []string, value any) error {
	var failure error
	for _, name := range types {
		err := s.checkValue(name, value)
		if err == nil {
			return nil
		}
		failure = err
	}
	return failure
}
