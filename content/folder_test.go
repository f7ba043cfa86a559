package content_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wenbao/content"
)

// folder makes a folder of files, by their names.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func titles(reports []*content.Report) []string {
	var titles []string
	for _, report := range reports {
		titles = append(titles, report.Title)
	}
	return titles
}

func TestLoadAll(t *testing.T) {
	t.Parallel()
	root := folder(t, map[string]string{
		"b.txt":            "乙县工作总结\n新建学校3所。",
		"a.md":             "# 甲县工作总结\n\n新建学校4所。",
		"2021/c.html":      "<h1>丙县工作总结</h1><p>新建学校5所。</p>",
		"scan.png":         "\x89PNG\r\n\x1a\n",
		"empty.txt":        "",
		".DS_Store":        "文件夹的设置。",
		".git/d.txt":       "丁县工作总结\n新建学校6所。",
		"~$a.docx":         "打开着的文件。",
		"没有文字/english.txt": "Nothing.",
	})
	reports, problems := content.LoadAll(t.Context(), root, filepath.Join(root, "b.txt"), root, filepath.Join(root, "missing"))
	compareLines(t, "titles", titles(reports), []string{"丙县工作总结", "甲县工作总结", "乙县工作总结"})
	for i, want := range []struct {
		name string
		err  error
		says string
	}{
		{"empty.txt", content.ErrEmpty, "文件是空的"},
		{"scan.png", content.ErrUnsupported, "另存为文本"},
		{filepath.Join("没有文字", "english.txt"), content.ErrNotReport, "没有中文的句子"},
		{"missing", os.ErrNotExist, "请检查路径"},
	} {
		if i >= len(problems) {
			t.Fatalf("only %d problems: %v", len(problems), problems)
		}
		if p := problems[i]; p.Path != filepath.Join(root, want.name) || !errors.Is(p, want.err) || !strings.Contains(p.Error(), want.says) {
			t.Errorf("problem %d is %v, want %v of %s that says %q", i, p, want.err, want.name, want.says)
		}
	}
	if len(problems) != 4 {
		t.Errorf("%d problems, want 4: %v", len(problems), problems)
	}
}

// Nothing outside of a folder is read, whatever links there are in it; what lies inside is read once.
func TestLoadAllFollowsNoLinkOut(t *testing.T) {
	t.Parallel()
	outside := folder(t, map[string]string{"secret.txt": "别处的总结\n不要读。"})
	root := folder(t, map[string]string{"in/a.txt": "甲县工作总结\n新建学校4所。"})
	for name, target := range map[string]string{
		"file.txt": filepath.Join(outside, "secret.txt"), "folder": outside, "up": "..", "again.txt": "in/a.txt", "gone.txt": "nowhere.txt",
	} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Skipf("this system makes no links: %v", err)
		}
	}
	reports, problems := content.LoadAll(t.Context(), root)
	compareLines(t, "titles", titles(reports), []string{"甲县工作总结"})
	var names []string
	for _, problem := range problems {
		names = append(names, filepath.Base(problem.Path))
		if !errors.Is(problem, content.ErrOutside) && !errors.Is(problem, os.ErrNotExist) {
			t.Errorf("%v is neither %v nor a missing file", problem, content.ErrOutside)
		}
	}
	slices.Sort(names)
	compareLines(t, "links out", names, []string{"file.txt", "folder", "gone.txt", "up"})
}

func TestLoadAllOfAnEmptyFolder(t *testing.T) {
	t.Parallel()
	if reports, problems := content.LoadAll(t.Context(), t.TempDir()); len(reports) != 0 || len(problems) != 1 || !errors.Is(problems[0], content.ErrEmpty) {
		t.Errorf("got %v and %v, want no report and %v", reports, problems, content.ErrEmpty)
	}
}

func TestLoadAllEndsWithItsContext(t *testing.T) {
	t.Parallel()
	root := folder(t, map[string]string{"a.txt": "甲县工作总结\n新建学校4所。"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if reports, problems := content.LoadAll(ctx, root, root); len(reports) != 0 || len(problems) != 1 || !errors.Is(problems[0], context.Canceled) {
		t.Errorf("got %v and %v, want no report and %v", reports, problems, context.Canceled)
	}
}

// A folder that says that it holds what a program made for itself is passed over, in silence.
func TestLoadAllPassesCachesOver(t *testing.T) {
	folder := t.TempDir()
	index := filepath.Join(folder, "索引")
	for name, text := range map[string]string{
		filepath.Join(folder, "总结.txt"):        "某局2019年工作总结\n办结案件12件。\n",
		filepath.Join(index, content.CacheTag): content.CacheSignature + "\n",
		filepath.Join(index, "other.txt"):      "某局2020年工作总结\n办结案件13件。\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	reports, problems := content.LoadAll(t.Context(), folder)
	if len(reports) != 1 || len(problems) != 0 {
		t.Errorf("%d reports and the problems %v, want one and none", len(reports), problems)
	}
}
