package weaviate_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"wenbao/retrieval"
)

// fake is a cluster in the process: machines that share what is written to them, unless they are told to fail. It
// does what the package needs of Weaviate, with words scored by the statistics of each of some shards, as Weaviate
// does.
type fake struct {
	shards int

	mu       sync.Mutex
	classes  map[string]map[string]object // by their names and those of the objects
	settings map[string]json.RawMessage
	aliases  map[string]string
	key      string                   // that every request must show
	fail     map[string]failure       // by machine
	requests []*http.Request          // all that came
	lagging  map[string]bool          // machines that count less than there is
	refuse   func(class string) error // of an object of a batch
}

// failure is what a machine does in place of answering.
type failure func(*http.Request) (*http.Response, error)

type object struct {
	Class      string          `json:"class"`
	ID         string          `json:"id"`
	Properties properties      `json:"properties"`
	Result     json.RawMessage `json:"result,omitempty"`
}

type properties map[string]any

func newFake(shards int) *fake {
	return &fake{
		shards: shards, classes: make(map[string]map[string]object), settings: make(map[string]json.RawMessage),
		aliases: make(map[string]string), fail: make(map[string]failure), lagging: make(map[string]bool),
	}
}

// RoundTrip implements http.RoundTripper.
func (f *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	f.requests = append(f.requests, r)
	fail := f.fail[r.URL.Host]
	f.mu.Unlock()
	if fail != nil {
		return fail(r)
	}
	recorder := httptest.NewRecorder()
	f.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

// with changes the fake between requests.
func (f *fake) with(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.key != "" && r.Header.Get("Authorization") != "Bearer "+f.key {
		http.Error(w, "anonymous access not enabled", http.StatusUnauthorized)
		return
	}
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/v1/"), "/")
	name := parts[len(parts)-1]
	switch {
	case parts[0] == "schema":
		f.schema(w, r.Method, name, body)
	case parts[0] == "aliases":
		f.alias(w, r.Method, name, body)
	case parts[0] == "batch":
		f.batch(w, body)
	case parts[0] == "graphql":
		f.graphQL(w, r.URL.Host, body)
	default: // objects/CLASS/ID
		found, known := f.classes[parts[1]][name]
		reply(w, known, found)
	}
}

// reply writes a value, or that there is none.
func reply(w http.ResponseWriter, known bool, value any) {
	if !known {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_ = json.NewEncoder(w).Encode(value) // a recorder takes it
}

func (f *fake) schema(w http.ResponseWriter, method, name string, body []byte) {
	switch {
	case method == http.MethodPost:
		var class struct{ Class string }
		_ = json.Unmarshal(body, &class)
		f.classes[class.Class], f.settings[class.Class] = make(map[string]object), body
		reply(w, true, json.RawMessage(body))
	case method == http.MethodDelete:
		delete(f.classes, name)
	case name == "schema":
		var classes []map[string]string
		for _, name := range slices.Sorted(maps.Keys(f.classes)) {
			classes = append(classes, map[string]string{"class": name})
		}
		reply(w, true, map[string]any{"classes": classes})
	default:
		_, known := f.classes[name]
		reply(w, known, map[string]string{"class": name})
	}
}

func (f *fake) alias(w http.ResponseWriter, method, name string, body []byte) {
	var to struct{ Alias, Class string }
	if method != http.MethodGet {
		_ = json.Unmarshal(body, &to)
		f.aliases[cmp.Or(to.Alias, name)] = to.Class
		name = cmp.Or(to.Alias, name)
	}
	class, known := f.aliases[name]
	reply(w, known, map[string]string{"alias": name, "class": class})
}

func (f *fake) batch(w http.ResponseWriter, body []byte) {
	var sent struct{ Objects []object }
	_ = json.Unmarshal(body, &sent)
	for i, o := range sent.Objects {
		var err error
		if f.refuse != nil {
			err = f.refuse(o.Class)
		}
		if err != nil {
			sent.Objects[i].Result = json.RawMessage(fmt.Sprintf(`{"errors":{"error":[{"message":%q}]}}`, err))
			continue
		}
		f.classes[o.Class][o.ID] = o
	}
	reply(w, true, sent.Objects)
}

// The queries that the package makes.
var (
	countPattern  = regexp.MustCompile(`(\w+):(\w+)\{meta\{count\}\}`)
	searchPattern = regexp.MustCompile(`(\w+):(\w+)\(limit:(\d+)(?:,bm25:\{query:("(?:[^"\\]|\\.)*"),properties:\["words"\]\})?` +
		`(?:,where:\{path:\["(\w+)"\],operator:ContainsAny,valueInt:\[([\d,]*)\]\})?\)\{`)
)

func (f *fake) graphQL(w http.ResponseWriter, machine string, body []byte) {
	var asked struct{ Query string }
	_ = json.Unmarshal(body, &asked)
	data := make(map[string]any)
	for _, match := range countPattern.FindAllStringSubmatch(asked.Query, -1) {
		count := len(f.classes[match[2]])
		if f.lagging[machine] {
			count--
		}
		data[match[1]] = []any{map[string]any{"meta": map[string]int{"count": count}}}
	}
	kind := "Aggregate"
	for _, match := range searchPattern.FindAllStringSubmatch(asked.Query, -1) {
		kind = "Get"
		objects, known := f.classes[match[2]]
		if !known {
			reply(w, true, map[string]any{"errors": []any{map[string]string{
				"message": fmt.Sprintf(`Cannot query field "%s" on type "GetObjectsObj".`, match[2])}}})
			return
		}
		var words string
		_ = json.Unmarshal([]byte(match[4]), &words)
		limit, _ := strconv.Atoi(match[3])
		data[match[1]] = f.search(objects, words, match[5], strings.Split(match[6], ","), limit)
	}
	reply(w, true, map[string]any{"data": map[string]any{kind: data}})
}

// search finds objects as Weaviate does: shard by shard, in single precision.
func (f *fake) search(objects map[string]object, words, property string, numbers []string, limit int) []properties {
	shards := make([][]object, f.shards)
	for _, id := range slices.Sorted(maps.Keys(objects)) {
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(id))
		shard := int(hash.Sum32()) % f.shards
		shards[shard] = append(shards[shard], objects[id])
	}
	var found []properties
	scores := make(map[string]float32)
	for _, shard := range shards {
		of, with := statisticsOf(shard)
		for _, o := range shard {
			score := float32(0)
			length := float64(len(strings.Fields(o.Properties.words())))
			for _, word := range strings.Fields(words) {
				if n := count(o.Properties.words(), word); n > 0 {
					score += float32(of.Score(of.InverseFrequency(with[word]), float64(n), length))
				}
			}
			filtered := property != "" && !slices.Contains(numbers, strconv.Itoa(int(o.Properties[property].(float64))))
			if filtered || words != "" && score == 0 {
				continue
			}
			p := maps.Clone(o.Properties)
			p["Additional"] = map[string]string{"score": fmt.Sprint(score)}
			scores[o.ID], p["id"] = score, o.ID
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b properties) int {
		return cmp.Or(cmp.Compare(scores[b["id"].(string)], scores[a["id"].(string)]), strings.Compare(a["id"].(string), b["id"].(string)))
	})
	return found[:min(limit, len(found))]
}

func (p properties) words() string { return p["words"].(string) }

func count(words, word string) int {
	n := 0
	for other := range strings.FieldsSeq(words) {
		if other == word {
			n++
		}
	}
	return n
}

func statisticsOf(objects []object) (of retrieval.FieldStatistics, with map[string]int) {
	with = make(map[string]int)
	length := 0
	for _, o := range objects {
		words := strings.Fields(o.Properties.words())
		length += len(words)
		slices.Sort(words)
		for _, word := range slices.Compact(words) {
			with[word]++
		}
	}
	return retrieval.FieldStatistics{Count: float64(len(objects)), Mean: float64(length) / float64(len(objects))}, with
}
