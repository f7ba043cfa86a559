package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
)

// maxRequestBytes is how much a bot may upload: 50 MB and the form around it.
const maxRequestBytes = 51 << 20

// request is a call of a method as it came, before anyone looked at what it means.
type request struct {
	method     string
	parameters map[string]string // text as it is, everything else as JSON
	files      map[string]upload
}

// upload is a file sent as multipart/form-data.
type upload struct {
	name string
	data []byte
}

// errBrokenOff says that a request did not come in whole: whoever sent it has gone.
var errBrokenOff = errors.New("the request broke off")

// wholeBody is a body that knows whether it came in whole, as far as it was read.
type wholeBody struct {
	io.ReadCloser
	brokenOff bool
}

func (b *wholeBody) Read(into []byte) (int, error) {
	n, err := b.ReadCloser.Read(into)
	b.brokenOff = b.brokenOff || err != nil && err != io.EOF
	return n, err
}

// readRequest reads a request. The error is errBrokenOff for one that did not come in whole, and otherwise says what is
// wrong with it.
func readRequest(method string, r *http.Request) (*request, error) {
	body := &wholeBody{ReadCloser: r.Body}
	r.Body = body
	read, err := parseRequest(method, r)
	if body.brokenOff {
		return nil, errBrokenOff
	}
	return read, err
}

// parseRequest takes the parameters out of the address and the body. The Bot API knows four ways: a query string,
// application/x-www-form-urlencoded, multipart/form-data and JSON.
func parseRequest(method string, r *http.Request) (*request, error) {
	read := &request{method: method, parameters: map[string]string{}, files: map[string]upload{}}
	for name, values := range r.URL.Query() {
		read.parameters[name] = values[0]
	}
	if r.Method != http.MethodPost {
		return read, nil
	}
	r.Body = http.MaxBytesReader(nil, r.Body, maxRequestBytes)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && r.Header.Get("Content-Type") != "" {
		return nil, err
	}
	switch kind {
	case "application/json":
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		return read, read.addJSON(body)
	case "multipart/form-data":
		return read, read.addMultipart(r)
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return nil, err
		}
		for name, values := range r.PostForm {
			read.parameters[name] = values[0]
		}
		return read, nil
	}
	if rest, err := io.ReadAll(r.Body); err != nil || len(rest) > 0 {
		return nil, errors.Join(err, fmt.Errorf("the Bot API reads no %q", kind))
	}
	return read, nil
}

// addJSON takes parameters from an object: texts as they are, other values as JSON, null as absent.
func (r *request) addJSON(body []byte) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(body, &values); err != nil {
		return errors.New("can't parse JSON object")
	}
	for name, raw := range values {
		var text string
		switch {
		case string(raw) == "null":
		case raw[0] == '"':
			if err := json.Unmarshal(raw, &text); err != nil {
				return errors.New("can't parse JSON object")
			}
			r.parameters[name] = text
		default:
			r.parameters[name] = string(raw)
		}
	}
	return nil
}

func (r *request) addMultipart(from *http.Request) error {
	if err := from.ParseMultipartForm(maxRequestBytes); err != nil {
		return err
	}
	defer from.MultipartForm.RemoveAll()
	for name, values := range from.MultipartForm.Value {
		r.parameters[name] = values[0]
	}
	for name, headers := range from.MultipartForm.File {
		file, err := headers[0].Open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(file)
		file.Close()
		if err != nil {
			return err
		}
		r.files[name] = upload{name: headers[0].Filename, data: data}
	}
	return nil
}

// text is a parameter, "" if it is absent.
func (r *request) text(name string) string { return r.parameters[name] }

// has tells whether a parameter was sent.
func (r *request) has(name string) bool { _, ok := r.parameters[name]; return ok }

// number is a parameter that the schema knows for an Integer, 0 if it is absent.
func (r *request) number(name string) int64 {
	n, _ := strconv.ParseInt(r.parameters[name], 10, 64)
	return n
}

// truth is a parameter that the schema knows for a Boolean, false if it is absent.
func (r *request) truth(name string) bool {
	switch r.parameters[name] {
	case "true", "True", "1":
		return true
	}
	return false
}

// decode reads a parameter that the schema knows for JSON and leaves the target alone if it is absent.
func (r *request) decode(name string, target any) *Refusal {
	if !r.has(name) {
		return nil
	}
	if err := json.Unmarshal([]byte(r.parameters[name]), target); err != nil {
		return malformed("can't parse parameter %q: %v", name, err)
	}
	return nil
}
