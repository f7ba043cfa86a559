package disk

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"wenbao/retrieval"
)

// formatVersion is raised whenever an index of before can no longer be read, or a report of before would be taken apart
// differently in a way that matters.
const formatVersion = 4

// manifestName is the file that makes a folder an index.
const manifestName = "manifest.json"

// format is what an index must have been built with to be read.
type format struct {
	Version int    `json:"format"`
	Words   string `json:"words"` // the SHA-256 of the lexicon: with other words, texts are cut in other places
}

// currentFormat is that of this program.
func currentFormat() format { return format{formatVersion, retrieval.LexiconSum()} }

// manifest says what an index holds and where.
type manifest struct {
	format
	Generation int     `json:"generation"` // the number of the folder with bleve's index
	Folder     string  `json:"folder"`     // with the sources
	Files      []file  `json:"files"`      // of bleve's index, in the order of their names
	Reports    []entry `json:"reports"`    // in the order of their keys
}

// file is a file of bleve's index. An index that lacks some of its bytes is not opened.
type file struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
}

// entry is a report with what is needed to see whether its source has changed, and to score its sentences.
type entry struct {
	retrieval.ReportInfo
	Number   uint32 `json:"number"`   // names the report to bleve
	Modified int64  `json:"modified"` // the source's modification time, in nanoseconds since 1970
	counts
}

// counts are how many sentences and words a report has.
type counts struct {
	Sections     []int `json:"sections"`     // the sentences of each section that has some
	TextWords    int   `json:"textWords"`    // of all sentences together
	HeadingWords int   `json:"headingWords"` // of the headings of those sections together
}

// infos are what is known of the reports.
func (m *manifest) infos() []retrieval.ReportInfo {
	infos := make([]retrieval.ReportInfo, len(m.Reports))
	for i, e := range m.Reports {
		infos[i] = e.ReportInfo
	}
	return infos
}

// readManifest reads the manifest of the index in a folder.
func readManifest(dir string) (manifest, error) {
	m, _, err := readManifestFile(dir)
	return m, err
}

// readManifestFile reads it and says which file it was.
func readManifestFile(dir string) (manifest, fs.FileInfo, error) {
	var info fs.FileInfo
	var data []byte
	opened, err := os.Open(filepath.Join(dir, manifestName))
	if err == nil {
		defer opened.Close()
		if info, err = opened.Stat(); err == nil {
			data, err = io.ReadAll(opened)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil, fmt.Errorf("%s：%w，请先运行 wenbao index 报告文件夹 --out %s", dir, retrieval.ErrNoIndex, dir)
	}
	if err != nil {
		return manifest{}, nil, fmt.Errorf("读不了索引：%w", err)
	}
	m, err := parseManifest(data)
	if err != nil {
		return m, info, fmt.Errorf("%s：%w", dir, err)
	}
	return m, info, nil
}

// holdsIndex tells whether a folder holds an index, of whatever version.
func holdsIndex(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, manifestName))
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	generations, err := filepath.Glob(filepath.Join(dir, generationPrefix+"*"))
	return err == nil && len(generations) > 0
}

// parseManifest reads a manifest. That of another version comes with ErrOldFormat, and has its format and generation only.
func parseManifest(data []byte) (manifest, error) {
	var head struct {
		format
		Generation int `json:"generation"`
	}
	if err := json.Unmarshal(data, &head); err != nil || head.Generation < 1 || head.Version < 1 {
		return manifest{}, damaged(cmp.Or(err, errors.New("没有版本或代号")))
	}
	if head.format != currentFormat() {
		return manifest{format: head.format, Generation: head.Generation},
			fmt.Errorf("%w（格式 %d，本程序用 %d，词表也要一致），请再运行一次 wenbao index，它会重建", retrieval.ErrOldFormat, head.Version, formatVersion)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return manifest{}, damaged(err)
	}
	if err := m.check(); err != nil {
		return manifest{}, err
	}
	return m, nil
}

// check sees that the parts of a manifest can be true together.
func (m *manifest) check() error {
	numbers := make(map[uint32]bool, len(m.Reports))
	for i, e := range m.Reports {
		sentences := 0
		for _, n := range e.Sections {
			if n < 1 || n > e.Sentences {
				return damaged(fmt.Errorf("报告 %s 的数目不对", e.Key))
			}
			sentences += n
		}
		switch {
		case e.Key == "" || i > 0 && m.Reports[i-1].Key >= e.Key:
			return damaged(fmt.Errorf("第 %d 份报告的顺序不对", i+1))
		case e.Sentences < 1 || e.Sentences != sentences || e.TextWords < 0 || e.HeadingWords < 0 || e.Size < 0 || numbers[e.Number]:
			return damaged(fmt.Errorf("报告 %s 的数目不对", e.Key))
		}
		numbers[e.Number] = true
	}
	for _, f := range m.Files {
		if !filepath.IsLocal(f.Name) || f.Size < 0 {
			return damaged(fmt.Errorf("文件名 %q 不对", f.Name))
		}
	}
	return nil
}

// checkFiles sees that bleve's files are there in full. A file cut short would be found out only when a search reads the
// part that is missing.
func (m *manifest) checkFiles(dir string) error {
	for _, f := range m.Files {
		info, err := os.Stat(filepath.Join(generationDir(dir, m.Generation), bleveName, segmentsName, f.Name))
		if err != nil {
			return damaged(err)
		}
		if info.Size() != f.Size {
			return damaged(fmt.Errorf("%s 有 %d 字节，应有 %d", f.Name, info.Size(), f.Size))
		}
	}
	return nil
}

// damaged says what to do about a damaged index.
func damaged(err error) error {
	return fmt.Errorf("%w（%w），请再运行一次 wenbao index，它会重建", retrieval.ErrDamaged, err)
}

// sections is how many sections of all reports have sentences.
func (m *manifest) sections() int {
	n := 0
	for _, e := range m.Reports {
		n += len(e.Sections)
	}
	return n
}

// sentences is how many sentences all reports have.
func (m *manifest) sentences() int {
	n := 0
	for _, e := range m.Reports {
		n += e.Sentences
	}
	return n
}

// place is where the report with a key stands.
func (m *manifest) place(key string) (int, bool) {
	return slices.BinarySearchFunc(m.Reports, key, func(e entry, key string) int { return cmp.Compare(e.Key, key) })
}

// find is the report with a key.
func (m *manifest) find(key string) (entry, bool) {
	i, found := m.place(key)
	if !found {
		return entry{}, false
	}
	return m.Reports[i], true
}

// write puts the manifest in place of the one before, in one step: this is the moment from which readers see the new state.
func (m *manifest) write(dir string) error {
	slices.SortFunc(m.Reports, func(a, b entry) int { return cmp.Compare(a.Key, b.Key) })
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(m); err != nil {
		return err
	}
	return replaceFile(filepath.Join(dir, manifestName), text.Bytes())
}

// replaceFile writes a file so that there is the old one or the new one at any moment, even when the power fails.
func replaceFile(path string, data []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(data)
	if err = errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return err
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the names in a folder last. Not every system can.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	_ = folder.Sync()
	return nil
}
