package weaviate

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/go-openapi/strfmt"
	"github.com/weaviate/weaviate/entities/models"

	"wenbao/retrieval"
)

// formatVersion is raised whenever an index of before can no longer be read.
const formatVersion = 4

// manifest says what a version of a corpus holds. It is written last.
type manifest struct {
	Format       int     `json:"format"`
	Words        string  `json:"words"` // retrieval.LexiconSum
	Sentences    int     `json:"sentences"`
	Sections     int     `json:"sections"` // those that have sentences
	TextWords    int     `json:"textWords"`
	HeadingWords int     `json:"headingWords"` // of each section once
	Reports      []entry `json:"reports"`      // in the order of their keys
}

// entry is a report and the number by which sentences name it. The numbers are in the order of the keys too.
type entry struct {
	retrieval.ReportInfo
	Number int `json:"number"`
}

// parseManifest reads a manifest. The errors are ErrOldFormat and ErrDamaged.
func parseManifest(text []byte) (manifest, error) {
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil || m.Format < 1 {
		return manifest{}, damaged(cmp.Or(err, errors.New("没有版本")))
	}
	if m.Format != formatVersion || m.Words != retrieval.LexiconSum() {
		return manifest{}, fmt.Errorf("%w（格式 %d，本程序用 %d，词表也要一致），请再运行一次 wenbao index，它会重建",
			retrieval.ErrOldFormat, m.Format, formatVersion)
	}
	sentences := 0
	for i, e := range m.Reports {
		if e.Key == "" || e.Sentences < 1 || i > 0 && (m.Reports[i-1].Key >= e.Key || m.Reports[i-1].Number >= e.Number) {
			return manifest{}, damaged(fmt.Errorf("第 %d 份报告不对", i+1))
		}
		sentences += e.Sentences
	}
	if sentences != m.Sentences || m.Sections < 1 || m.Sections > m.Sentences || m.TextWords < 0 || m.HeadingWords < 0 {
		return manifest{}, damaged(errors.New("句数不对"))
	}
	return m, nil
}

// statistics are those of the sentences and of the headings.
func (m *manifest) statistics() (text, heading retrieval.FieldStatistics) {
	sentences, sections := float64(m.Sentences), float64(m.Sections)
	return retrieval.FieldStatistics{Count: sentences, Mean: float64(m.TextWords) / sentences},
		retrieval.FieldStatistics{Count: sections, Mean: float64(m.HeadingWords) / sections}
}

// infos are what is known of the reports.
func (m *manifest) infos() []retrieval.ReportInfo {
	infos := make([]retrieval.ReportInfo, len(m.Reports))
	for i, e := range m.Reports {
		infos[i] = e.ReportInfo
	}
	return infos
}

// find is the report with a key.
func (m *manifest) find(key string) (entry, bool) {
	i, found := slices.BinarySearchFunc(m.Reports, key, func(e entry, key string) int { return cmp.Compare(e.Key, key) })
	if !found {
		return entry{}, false
	}
	return m.Reports[i], true
}

// The names of the records.
const manifestRecord = "manifest"

func countsRecord(number int) string { return "words/" + strconv.Itoa(number) }
func reportRecord(key string) string { return "report/" + key }

// recordObject makes the object of a record.
func recordObject(n names, name string, value []byte) (*models.Object, error) {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := writer.Write(value); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return &models.Object{
		Class: n.collection(recordCollection), ID: strfmt.UUID(n.object(recordCollection, name)),
		Properties: map[string]any{valueProperty: base64.StdEncoding.EncodeToString(packed.Bytes())},
	}, nil
}

// longestRecord bounds what a record may unpack to, in bytes.
const longestRecord = 256 << 20

// quorum has a write, or the reading of one object, count when most of its replicas took part: what was written so is
// read so, whichever of them is away.
const quorum = "QUORUM"

// record reads a record.
func (s *server) record(ctx context.Context, n names, name string) ([]byte, error) {
	found, err := s.data.ObjectsGetter().WithClassName(n.collection(recordCollection)).
		WithID(n.object(recordCollection, name)).WithConsistencyLevel(quorum).Do(ctx)
	if err = explained(err); errors.Is(err, errNotFound) {
		return nil, damaged(fmt.Errorf("%w %s", errNotFound, name))
	} else if err != nil {
		return nil, err
	}
	value, err := unpackRecord(found)
	if err != nil {
		return nil, damaged(fmt.Errorf("%s：%w", name, err))
	}
	return value, nil
}

func unpackRecord(found []*models.Object) ([]byte, error) {
	if len(found) != 1 {
		return nil, errNotFound
	}
	properties, _ := found[0].Properties.(map[string]any)
	text, _ := properties[valueProperty].(string)
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	value, err := io.ReadAll(io.LimitReader(reader, longestRecord+1))
	if err != nil {
		return nil, err // the format ends with a checksum, which has been read unless the record is too long
	}
	if len(value) > longestRecord {
		return nil, errors.New("太长")
	}
	return value, reader.Close()
}
