package disk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// # Generations
//
// What readers read never changes: each state of the index is a folder of its own, generation-1, generation-2 and so on,
// and the manifest names the one that counts. A writer works on the next one, which nobody reads yet, and puts a new
// manifest in place when it is done. It begins with the files of the current one, linked rather than copied: bleve never
// writes to a segment again, so that a new generation costs what is new in it.
//
// When a writer ends early, however it ends, its generation stays, with all the reports whose batches bleve had made
// last; the next writer goes on with it.
const (
	generationPrefix = "generation-"
	temporarySuffix  = ".tmp"
	formatName       = "format.json" // in a generation: what it is built with
	bleveName        = "bleve"
	// Of bleve's own folder:
	segmentsName = "store"
	boltName     = "root.bolt"
)

func generationDir(dir string, generation int) string {
	return filepath.Join(dir, generationPrefix+strconv.Itoa(generation))
}

// startGeneration makes a new generation, empty or with the contents of another one.
func startGeneration(dir string, generation int, from string) error {
	final := generationDir(dir, generation)
	temporary := final + temporarySuffix
	if err := errors.Join(os.RemoveAll(temporary), os.RemoveAll(final), os.Mkdir(temporary, 0o755)); err != nil {
		return err
	}
	if from != "" {
		if err := cloneFolder(filepath.Join(from, bleveName), filepath.Join(temporary, bleveName)); err != nil {
			return err
		}
	} else {
		empty, err := bleve.NewUsing(filepath.Join(temporary, bleveName), indexMapping(), scorch.Name, scorch.Name, nil)
		if err != nil {
			return err
		}
		if err := empty.Close(); err != nil {
			return err
		}
	}
	text, err := json.Marshal(currentFormat())
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(temporary, formatName), text, 0o644); err != nil {
		return err
	}
	return os.Rename(temporary, final)
}

// indexMapping describes nothing, the documents being made by hand.
func indexMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	return m
}

// cloneFolder links bleve's segments and copies what bleve writes to.
func cloneFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, found fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, name)
		switch {
		case found.IsDir():
			return os.MkdirAll(target, 0o755)
		case filepath.Ext(name) == ".zap" && os.Link(path, target) == nil:
			return nil
		}
		return copyFile(path, target) // a file system without links copies the segments too
	})
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Sync(), target.Close())
}

// isCurrentFormat tells whether a generation is built as this program builds them.
func isCurrentFormat(generationDir string) bool {
	text, err := os.ReadFile(filepath.Join(generationDir, formatName))
	var found format
	return err == nil && json.Unmarshal(text, &found) == nil && found == currentFormat()
}

// removeOthers removes all generations but one. What cannot be removed, as on systems where open files cannot be, goes the
// next time.
func removeOthers(dir string, keep int) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), generationPrefix) && entry.Name() != filepath.Base(generationDir(dir, keep)) {
			_ = os.RemoveAll(filepath.Join(dir, entry.Name()))
		}
	}
}

// openBleve opens the bleve index of a generation. Damaged files make bleve panic as well as fail.
func openBleve(dir string, readOnly bool) (opened bleve.Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("bleve: %v", r)
		}
	}()
	opened, err = bleve.OpenUsing(filepath.Join(dir, bleveName), map[string]any{
		"read_only":              readOnly,
		"bolt_timeout":           "1s", // somebody else's generation would otherwise be waited for without end
		"scorchMergePlanOptions": mergePlan,
	})
	if err != nil {
		return nil, err // rather than bleve's nil, which is none to compare with
	}
	return opened, nil
}

// mergePlan has bleve merge segments later than it does by itself: merging takes as long as indexing, and a search that reads
// twenty segments is hardly slower than one that reads a few.
var mergePlan = map[string]any{"MaxSegmentsPerTier": 20, "SegmentsPerMergeTask": 20, "FloorSegmentSize": 8_000}

// segmentFiles lists bleve's files of a closed generation.
func segmentFiles(generationDir string) ([]file, error) {
	entries, err := os.ReadDir(filepath.Join(generationDir, bleveName, segmentsName))
	if err != nil {
		return nil, err
	}
	files := make([]file, 0, len(entries))
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			return nil, err
		}
		files = append(files, file{entry.Name(), info.Size()})
	}
	return files, nil
}

// records reads the entries of all reports that a bleve index holds.
func records(ctx context.Context, x bleve.Index) (entries []entry, err error) {
	advanced, err := x.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	documents, err := reader.TermFieldReader(ctx, []byte(recordWord), recordField, false, false, false)
	if err != nil {
		return nil, err
	}
	defer documents.Close()
	for {
		found, err := documents.Next(nil)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || found == nil {
			return entries, err
		}
		name, err := reader.ExternalID(found.ID)
		if err != nil {
			return nil, err
		}
		text, err := storedValue(reader, name, entryField)
		if err != nil {
			return nil, err
		}
		var e entry
		if err := json.Unmarshal(text, &e); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
}

// storedValue is a stored field of a document; nil when there is no such document.
func storedValue(reader index.IndexReader, id, field string) ([]byte, error) {
	document, err := reader.Document(id)
	if err != nil || document == nil {
		return nil, err
	}
	var value []byte
	document.VisitFields(func(f index.Field) {
		if f.Name() == field {
			value = f.Value()
		}
	})
	return value, nil
}
