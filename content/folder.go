package content

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// ErrOutside is why a link in a folder is not followed.
var ErrOutside = errors.New("链接指向文件夹外面")

// Problem is a file that could not be loaded as a report, and why: one of the Err… of this package or an error of
// package os. Its text names the file, the reason and the way out.
type Problem struct {
	Path string // as given, or below the folder as given
	Err  error
}

// Error is the text for a person.
func (p Problem) Error() string {
	if errors.Is(p.Err, fs.ErrNotExist) {
		return p.Path + "：没有这个文件或文件夹，请检查路径"
	}
	if errors.Is(p.Err, fs.ErrPermission) {
		return p.Path + "：没有读取的权限，请检查文件的权限"
	}
	return fmt.Sprintf("%s：%v", p.Path, p.Err)
}

// Unwrap is the reason.
func (p Problem) Unwrap() error { return p.Err }

// LoadAll reads the reports of files and folders, as [Load] does each of them, in the order of the paths and of the names
// in a folder and the folders below it. What cannot be read becomes a problem and the others go on. Nothing outside of a
// folder is read: links that lead out of it are problems, others are passed over since what they lead to is read under its
// own name; so are hidden files, pipes and devices. Files are read one after another, so that no more than one of them is
// held beside the reports. When the context ends, the last problem is its error.
func LoadAll(ctx context.Context, paths ...string) ([]*Report, []Problem) {
	l := folderLoader{ctx: ctx, reader: newFileReader(), read: make(map[string]bool)}
	defer l.reader.close()
	for _, path := range paths {
		if err := l.add(path); err != nil {
			l.problem(path, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return l.reports, l.problems
}

type folderLoader struct {
	ctx      context.Context
	reader   *fileReader
	read     map[string]bool // the files, so that none is read twice
	reports  []*Report
	problems []Problem
}

func (l *folderLoader) problem(path string, err error) {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	l.problems = append(l.problems, Problem{path, err})
}

func (l *folderLoader) add(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return l.addFolder(path)
	}
	l.addFile(path, func() (*Report, error) { return l.reader.loadPath(l.ctx, path) })
	return nil
}

// addFile reads a file that has not been read yet.
func (l *folderLoader) addFile(path string, load func() (*Report, error)) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		absolute = path
	}
	if l.read[absolute] {
		return
	}
	l.read[absolute] = true
	report, err := load()
	if err != nil {
		l.problem(path, err)
		return
	}
	l.reports = append(l.reports, report)
}

// addFolder reads the files below a folder. They are opened through [os.Root], which lets no name and no link out.
func (l *folderLoader) addFolder(folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	empty := true
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		path := filepath.Join(folder, filepath.FromSlash(name))
		switch {
		case l.ctx.Err() != nil:
			return l.ctx.Err()
		case err != nil:
			l.problem(path, err)
			return nil
		case name != "." && (isHidden(entry.Name()) || entry.IsDir() && isCache(root.FS(), name)):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			if _, err := root.Stat(name); errors.Is(err, fs.ErrNotExist) {
				l.problem(path, err)
			} else if err != nil {
				l.problem(path, fmt.Errorf("%w，没有读；要读请把文件复制进来", ErrOutside))
			}
			return nil
		case !entry.Type().IsRegular():
			return nil
		}
		empty = false
		l.addFile(path, func() (*Report, error) {
			file, err := root.Open(name)
			if err != nil {
				return nil, err
			}
			defer file.Close()
			return l.reader.load(l.ctx, file, path)
		})
		return nil
	})
	if err == nil && empty {
		err = fmt.Errorf("%w：文件夹里没有文件，请换一个文件夹", ErrEmpty)
	}
	return err
}

// CacheTag is the file by which a folder tells that it holds what programs have made for themselves, and CacheSignature what
// the file begins with (Cache Directory Tagging Specification, https://bford.info/cachedir/). Indexes of reports have it: they
// may stand in the folder of the reports, and are passed over.
const (
	CacheTag       = "CACHEDIR.TAG"
	CacheSignature = "Signature: 8a477f597d28d172789f06886806bc55"
)

// isCache tells whether a folder bears the tag.
func isCache(files fs.FS, folder string) bool {
	tag, err := files.Open(path.Join(folder, CacheTag))
	if err != nil {
		return false
	}
	defer tag.Close()
	signature := make([]byte, len(CacheSignature))
	_, err = io.ReadFull(tag, signature)
	return err == nil && string(signature) == CacheSignature
}

// isHidden tells whether a file is none that its owner sees: .DS_Store, ~$报告.docx, which Word keeps beside an open file.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}
