package disk

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"wenbao/retrieval"
)

// goodManifest is a manifest as the program writes it.
func goodManifest(t testing.TB) []byte {
	t.Helper()
	m := manifest{
		format: currentFormat(), Generation: 3, Folder: "/reports", Files: []file{{"000000000001.zap", 17}},
		Reports: []entry{
			{retrieval.ReportInfo{Key: "a.txt", Title: "甲", Sentences: 3, Size: 9}, 1, 5, counts{[]int{1, 2}, 7, 2}},
			{retrieval.ReportInfo{Key: "b.txt", Title: "乙", Sentences: 1, Size: 9}, 2, 5, counts{[]int{1}, 7, 2}},
		},
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Whatever the bytes, a manifest is read in full or refused for one of two reasons, and what is read can be relied on.
func FuzzParseManifest(f *testing.F) {
	f.Add(goodManifest(f))
	for _, text := range []string{
		``, `{}`, `[]`, `null`, `{"format":1}`, `{"format":1,"generation":-1}`, `{"format":2,"words":"x","generation":1}`,
		`{"format":1e999,"generation":1}`, `{"format":1,"generation":1,"reports":[{"key":""}]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseManifest(data)
		if err != nil {
			if !errors.Is(err, retrieval.ErrOldFormat) && !errors.Is(err, retrieval.ErrDamaged) {
				t.Errorf("unexpected error: %v", err)
			}
			if len(m.Reports) > 0 {
				t.Errorf("reports of a manifest that is refused: %v", m.Reports)
			}
			return
		}
		if m.format != currentFormat() || m.Generation < 1 {
			t.Errorf("accepted %+v", m)
		}
		for _, e := range m.Reports {
			if found, ok := m.find(e.Key); !ok || !reflect.DeepEqual(found, e) {
				t.Errorf("report %q is not found", e.Key)
			}
		}
	})
}

func TestParseManifestRefuses(t *testing.T) {
	t.Parallel()
	if _, err := parseManifest(goodManifest(t)); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*manifest){
		"reports out of order":     func(m *manifest) { m.Reports[0].Key = "c.txt" },
		"the same report twice":    func(m *manifest) { m.Reports[0].Key = "b.txt" },
		"the same number twice":    func(m *manifest) { m.Reports[0].Number = 2 },
		"no sentence":              func(m *manifest) { m.Reports[1].Sentences, m.Reports[1].Sections = 0, nil },
		"sections that do not add": func(m *manifest) { m.Reports[0].Sections = []int{1, 1} },
		"a section without any":    func(m *manifest) { m.Reports[0].Sections = []int{0, 3} },
		"a negative count":         func(m *manifest) { m.Reports[0].TextWords = -1 },
		"a file elsewhere":         func(m *manifest) { m.Files[0].Name = "../../etc/passwd" },
		"no generation":            func(m *manifest) { m.Generation = 0 },
	} {
		var m manifest
		if err := json.Unmarshal(goodManifest(t), &m); err != nil {
			t.Fatal(err)
		}
		spoil(&m)
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parseManifest(data); !errors.Is(err, retrieval.ErrDamaged) {
			t.Errorf("%s: %v, want %v", name, err, retrieval.ErrDamaged)
		}
	}
}
