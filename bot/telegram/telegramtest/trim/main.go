// Command trim makes schema.json of a full description of the Bot API: it keeps what bots send.
//
//	go run ./bot/telegram/telegramtest/trim <telegram-bot-api.json >bot/telegram/telegramtest/schema.json
//
// The input is the Bot API's documentation in JSON: "version", "methods" and "types" by name, with their "fields" and
// "subtypes". The output keeps of each field its name, its types, whether it is required and the word that a "type"
// must be, and of the types those that a parameter may hold.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"slices"
	"strings"
)

type api struct {
	Version string            `json:"version"`
	Methods map[string]object `json:"methods"`
	Types   map[string]object `json:"types"`
}

type object struct {
	Fields   []field  `json:"fields"`
	Subtypes []string `json:"subtypes,omitempty"`
}

type field struct {
	Name        string   `json:"name"`
	Types       []string `json:"types"`
	Required    bool     `json:"required,omitempty"`
	Const       string   `json:"const,omitempty"`
	Description string   `json:"description,omitempty"`
}

// constant finds the word in "Type of the result, must be article" and "Type of the reaction, always “emoji”".
var constant = regexp.MustCompile(`(?:must be|always) [“"]?([a-z_0-9]+)`)

func main() {
	if err := trim(os.Stdin, os.Stdout); err != nil {
		log.Fatal("trim: ", err)
	}
}

func trim(in io.Reader, out io.Writer) error {
	var full api
	if err := json.NewDecoder(in).Decode(&full); err != nil {
		return err
	}
	kept := api{Version: full.Version, Methods: map[string]object{}, Types: map[string]object{}}
	for name, method := range full.Methods {
		kept.Methods[name] = kept.keep(full, method)
	}
	encoded, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	// One method or type a line, so that a new version shows as a readable difference.
	lines := regexp.MustCompile(`"[A-Za-z]+":\{("fields"|"(methods|types)")`).ReplaceAllString(string(encoded), "\n$0")
	_, err = fmt.Fprintln(out, lines)
	return err
}

// keep trims the fields of an object and takes in the types that they name.
func (a *api) keep(full api, o object) object {
	trimmed := object{Fields: []field{}, Subtypes: o.Subtypes}
	for _, f := range o.Fields {
		if match := constant.FindStringSubmatch(f.Description); f.Name == "type" && match != nil {
			f.Const = match[1]
		}
		f.Description = ""
		trimmed.Fields = append(trimmed.Fields, f)
	}
	names := slices.Clone(o.Subtypes)
	for _, f := range o.Fields {
		names = append(names, f.Types...)
	}
	for _, name := range names {
		name = strings.ReplaceAll(name, "Array of ", "")
		inner, known := full.Types[name]
		if _, done := a.Types[name]; known && !done {
			a.Types[name] = object{} // types hold themselves
			a.Types[name] = a.keep(full, inner)
		}
	}
	return trimmed
}
