package disk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"wenbao/content"
	"wenbao/retrieval"
)

// source is a file that may hold a report.
type source struct {
	key      string // its path below the folder, with slashes
	path     string
	size     int64
	modified int64 // in nanoseconds since 1970
}

// scan lists the files below a folder in the order of their keys, those below the index left out. As for
// [content.LoadAll], nothing outside of the folder is listed, and hidden files are not; links are problems.
func scan(ctx context.Context, folder, indexDir string) ([]source, []content.Problem, error) {
	var sources []source
	var problems []content.Problem
	if target, err := filepath.EvalSymlinks(folder); err == nil && target != filepath.Clean(folder) {
		folder = target // a link that somebody names is meant
	}
	inside, _ := filepath.Rel(folder, indexDir) // without a relation between the two there is nothing to leave out
	err := filepath.WalkDir(folder, func(path string, found fs.DirEntry, err error) error {
		name, _ := filepath.Rel(folder, path)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == ".":
			return err
		case err != nil:
			problems = append(problems, content.Problem{Path: path, Err: withoutPath(err)})
			return nil
		case name != "." && (isHidden(found.Name()) || name == inside || found.IsDir() && isIndex(path)):
			if found.IsDir() {
				return fs.SkipDir
			}
			return nil
		case found.Type()&fs.ModeSymlink != 0:
			problems = append(problems, content.Problem{Path: path, Err: errLink})
			return nil
		case !found.Type().IsRegular():
			return nil
		}
		info, err := found.Info()
		if err != nil {
			problems = append(problems, content.Problem{Path: path, Err: withoutPath(err)})
			return nil
		}
		sources = append(sources, source{filepath.ToSlash(name), path, info.Size(), info.ModTime().UnixNano()})
		return nil
	})
	return sources, problems, err
}

// isIndex tells whether a folder is an index, or anything else that programs have made for themselves.
func isIndex(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, content.CacheTag))
	return err == nil || holdsIndex(folder)
}

var errLink = fmt.Errorf("%w或别的文件，没有读；要读请把文件复制进来", content.ErrOutside)

// isHidden tells whether a file is none that its owner sees: .DS_Store, ~$报告.docx, which Word keeps beside an open file.
func isHidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") }

// withoutPath is the reason of an error of package os, whose path a problem tells already.
func withoutPath(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// hash is the SHA-256 of the source. It is taken before the source is loaded: should it be written to in between, it has
// another time of modification and another hash the next time.
func (s source) hash() (string, error) {
	opened, err := os.Open(s.path)
	if err != nil {
		return "", withoutPath(err)
	}
	defer opened.Close()
	sum := sha256.New()
	// What is too large for a report need not be read to the end: loading it says so.
	if _, err := io.Copy(sum, io.LimitReader(opened, content.LargestReport+1)); err != nil {
		return "", withoutPath(err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// load reads the report.
func (s source) load(ctx context.Context) (*content.Report, error) {
	reports, problems := content.LoadAll(ctx, s.path)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, problems[0].Err
	}
	if len(reports) == 0 {
		return nil, content.ErrNotReport
	}
	return reports[0], nil
}

// File is a file that may hold a report, for those who index reports elsewhere than on disk.
type File struct {
	source
	SHA256 string // of its bytes, in hexadecimal digits
}

// Key names the file's report: its path below the folder, with slashes.
func (f File) Key() string { return f.key }

// Load reads the file's report, and tells of it what an index does. The problem is content's.
func (f File) Load(ctx context.Context) (retrieval.ReportInfo, *content.Report, error) {
	report, err := f.load(ctx)
	if err != nil {
		return retrieval.ReportInfo{}, nil, err
	}
	info := infoOf(f.source, f.SHA256, report)
	info.Path = f.path
	return info, report, nil
}

// Problem says why the file is not in an index.
func (f File) Problem(err error) content.Problem { return content.Problem{Path: f.path, Err: err} }

// Files lists the files below a folder that may hold reports, in the order of their keys, as [Update] would read them. What
// cannot be read is a problem.
func Files(ctx context.Context, folder string) ([]File, []content.Problem, error) {
	sources, problems, err := scan(ctx, folder, "")
	if err != nil {
		return nil, nil, err
	}
	files := make([]File, 0, len(sources))
	for _, s := range sources {
		sum, err := s.hash()
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			problems = append(problems, content.Problem{Path: s.path, Err: err})
			continue
		}
		files = append(files, File{s, sum})
	}
	return files, problems, nil
}

// Describe reads the reports of a file or a folder without indexing them, one after another, and tells of each what an
// index would. The keys are the paths as given.
func Describe(ctx context.Context, path string) ([]retrieval.ReportInfo, []content.Problem, error) {
	files, problems, err := Files(ctx, path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil, []content.Problem{{Path: path, Err: withoutPath(err)}}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	var infos []retrieval.ReportInfo
	for _, file := range files {
		info, _, err := file.Load(ctx)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			problems = append(problems, file.Problem(err))
			continue
		}
		info.Key = filepath.ToSlash(info.Path)
		infos = append(infos, info)
	}
	return infos, problems, nil
}

// infoOf describes a report that was read from a source.
func infoOf(s source, sum string, report *content.Report) retrieval.ReportInfo {
	sentences := 0
	for range report.Sentences() {
		sentences++
	}
	return retrieval.ReportInfo{
		Key: s.key, Title: report.Title, Issuer: report.Issuer, Place: report.Place, Year: report.Year,
		Sentences: sentences, Size: s.size, SHA256: sum,
	}
}
