package main

import (
	"strings"
	"testing"
)

func TestTrimKeepsWhatBotsSend(t *testing.T) {
	in := `{
		"version": "Bot API 1.0", "release_date": "today",
		"methods": {"setScope": {"href": "x", "returns": ["Sent"], "fields": [
			{"name": "scopes", "types": ["Array of Scope"], "required": true, "description": "Scopes"}]}},
		"types": {
			"Scope": {"subtypes": ["ScopeAll"], "description": ["a"]},
			"ScopeAll": {"fields": [
				{"name": "type", "types": ["String"], "required": true, "description": "Scope type, must be all"}]},
			"Sent": {"fields": []}
		}
	}`
	want := `{"version":"Bot API 1.0","methods":{
"setScope":{"fields":[{"name":"scopes","types":["Array of Scope"],"required":true}]}},"types":{
"Scope":{"fields":[],"subtypes":["ScopeAll"]},
"ScopeAll":{"fields":[{"name":"type","types":["String"],"required":true,"const":"all"}]}}}
`
	var out strings.Builder
	if err := trim(strings.NewReader(in), &out); err != nil || out.String() != want {
		t.Errorf("got %s%v", out.String(), err)
	}
}
