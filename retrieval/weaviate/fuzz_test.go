package weaviate

import (
	"errors"
	"strings"
	"testing"

	"github.com/weaviate/weaviate/entities/models"

	"wenbao/retrieval"
)

// Whatever somebody else has put into the collections, it is read or refused.
func FuzzManifest(f *testing.F) {
	f.Add([]byte(`{"format":1,"words":"","sentences":1,"sections":1,"reports":[{"key":"a","sentences":1,"number":0}]}`))
	f.Add([]byte(`{"format":1,"words":"` + retrieval.LexiconSum() + `","sentences":2,"sections":1,"reports":[{"key":"a","sentences":2,"number":3}]}`))
	f.Add([]byte(`{"format":2}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := parseManifest(text)
		if err != nil {
			if !errors.Is(err, retrieval.ErrDamaged) && !errors.Is(err, retrieval.ErrOldFormat) {
				t.Errorf("the error is %v", err)
			}
			return
		}
		sentences := 0
		for _, e := range m.Reports {
			if found, known := m.find(e.Key); !known || found.Number != e.Number {
				t.Errorf("%s is not found", e.Key)
			}
			sentences += e.Sentences
		}
		if sentences != m.Sentences || m.Sections < 1 {
			t.Errorf("%+v", m)
		}
	})
}

// What is made into a record comes back from it; anything else is refused.
func FuzzRecord(f *testing.F) {
	f.Add([]byte("manifest"), "")
	f.Add([]byte{}, "H4sIAAAAAAAA")
	f.Fuzz(func(t *testing.T, value []byte, stored string) {
		record, err := recordObject(names{"Corpus", "1"}, "name", value)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpackRecord([]*models.Object{record}); err != nil || string(got) != string(value) {
			t.Errorf("%q comes back as %q, %v", value, got, err)
		}
		_, _ = unpackRecord([]*models.Object{{Properties: map[string]any{valueProperty: stored}}}) // whatever comes, no panic
	})
}

func FuzzHosts(f *testing.F) {
	f.Add("http://h1:8080,https://h2")
	f.Add("http://u:secret@h1")
	f.Fuzz(func(t *testing.T, text string) {
		hosts, err := ParseHosts(text)
		if err != nil {
			if !errors.Is(err, ErrAddress) {
				t.Errorf("the error is %v", err)
			}
			return
		}
		again, err := ParseHosts(strings.Join(hosts, ","))
		if err != nil || len(again) != len(hosts) {
			t.Errorf("%q: %v, and of these %v, %v", text, hosts, again, err)
		}
	})
}
