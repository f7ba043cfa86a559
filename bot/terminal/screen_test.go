package terminal

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peterh/liner"

	"wenbao/answers"
	"wenbao/bot"
	"wenbao/content"
)

var update = flag.Bool("update", false, "write what is shown to the golden files")

// golden compares what is shown with a golden file; escape sequences stand in it as ␛.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = strings.ReplaceAll(got, "\x1b", "␛")
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with go test ./bot/terminal -update", err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func newBot(t *testing.T) *bot.Bot {
	t.Helper()
	report, err := content.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	engine := answers.New(report)
	return bot.New(engine)
}

// What a chat shows, in windows of two widths, styled and not.
func TestChatShows(t *testing.T) {
	for _, test := range []struct {
		name   string
		width  int
		styled bool
	}{
		{"wide", 80, true},
		{"narrow", 36, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var shown bytes.Buffer
			screen := &Screen{out: &shown, styled: test.styled, width: func() int { return test.width }}
			b, session := newBot(t), new(bot.Session)
			if err := screen.Show(b.Greeting(t.Context(), session)); err != nil {
				t.Fatal(err)
			}
			for _, message := range []string{
				"2021年新建多少5G基站",
				"那总数呢",
				"关于海尔都说了什么",
				"青岛市长是谁",
				"你好",
				"/原文 四(三)",
				"/数据 四(三)",
				"/帮助",
				"\x1b[31m\u202e",
				"/退出",
			} {
				fmt.Fprintf(&shown, "\n问> %s\n", bot.Clean(message))
				reply, err := b.Reply(context.Background(), session, message)
				if err != nil {
					t.Fatal(err)
				}
				if err := screen.Show(reply); err != nil {
					t.Fatal(err)
				}
			}
			golden(t, test.name, shown.String())
		})
	}
}

func TestNothingIsStyledOutsideATerminal(t *testing.T) {
	var shown bytes.Buffer
	reply := bot.Reply{
		Lines:       []bot.Line{{{Text: "12个", Style: bot.Figure}}, {{Text: "—— 一", Style: bot.Citation}}},
		Suggestions: []string{"那总数呢"},
	}
	if err := NewScreen(&shown).Show(reply); err != nil {
		t.Fatal(err)
	}
	if want := "12个\n—— 一\n\n还可以问（打数字就行）：\n1 那总数呢\n"; shown.String() != want {
		t.Errorf("%q, want %q", shown.String(), want)
	}
}

func TestAnswerLineByLine(t *testing.T) {
	var shown bytes.Buffer
	in := "/原文 五(六)\n\n \n" + strings.Repeat("长", 100) + "\n/退出\n/目录\n"
	err := Answer(context.Background(), newBot(t), NewScreen(&shown), Lines(strings.NewReader(in), 100))
	want := "五(六) 搭建产业促进平台\n" +
		"创新举办世界工业互联网产业大会、青岛国际软件融合创新博览会、青岛时装周等高端展会,广搭朋友圈,聚合新资源。\n\n" +
		"这一行太长，没有读。\n\n" +
		"再见。\n\n"
	if shown.String() != want {
		t.Errorf("got\n%s\nwant\n%s", shown.String(), want)
	}
	if err == nil || !strings.Contains(err.Error(), "有 1 行太长") {
		t.Errorf("error %v, want one about the long line", err)
	}
}

// closedPipe is where nobody reads any more.
type closedPipe struct{ writes int }

func (p *closedPipe) Write([]byte) (int, error) {
	p.writes++
	return 0, os.ErrClosed
}

func TestAnswerEndsWhenNobodyReads(t *testing.T) {
	pipe := new(closedPipe)
	err := Answer(context.Background(), newBot(t), NewScreen(pipe), Lines(strings.NewReader("/目录\n/目录\n"), 100))
	if !errors.Is(err, os.ErrClosed) || pipe.writes != 1 {
		t.Errorf("error %v after %d writes, want %v after the first", err, pipe.writes, os.ErrClosed)
	}
}

func TestHistoryIsKeptInTheStateFolder(t *testing.T) {
	state, home := t.TempDir(), t.TempDir()
	for _, test := range []struct{ state, want string }{
		{state, filepath.Join(state, "wenbao", "history")},
		{"", filepath.Join(home, ".local", "state", "wenbao", "history")},
		{"relative", filepath.Join(home, ".local", "state", "wenbao", "history")},
	} {
		t.Setenv("XDG_STATE_HOME", test.state)
		t.Setenv("HOME", home)
		saveHistory([]string{"新建多少5G基站"})
		file, err := os.Stat(test.want)
		if err != nil {
			t.Fatal(err)
		}
		folder, err := os.Stat(filepath.Dir(test.want))
		if err != nil {
			t.Fatal(err)
		}
		if file.Mode().Perm() != 0o600 || folder.Mode().Perm() != 0o700 {
			t.Errorf("others may read it: file %v, folder %v", file.Mode(), folder.Mode())
		}
		editor := liner.NewLiner()
		loadHistory(editor)
		var kept bytes.Buffer
		if _, err := editor.WriteHistory(&kept); err != nil || kept.String() != "新建多少5G基站\n" {
			t.Errorf("kept %q, error %v", kept.String(), err)
		}
		_ = editor.Close()
	}
}

func TestNoHistoryIsNoHarm(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_STATE_HOME", blocked)
	editor := liner.NewLiner()
	defer editor.Close()
	loadHistory(editor)
	saveHistory([]string{"新建多少5G基站"})
}

// A visit's questions come behind those of before, and the oldest go.
func TestHistoryIsBounded(t *testing.T) {
	var visit []string
	for i := range liner.HistoryLimit {
		visit = append(visit, fmt.Sprintf("问题%d", i))
	}
	for _, test := range []struct {
		history string
		visit   []string
		want    string
	}{
		{"", []string{"一", "一", "二"}, "一\n二\n"},
		{"一\n二\n", []string{"二", "一"}, "一\n二\n一\n"},
		{"一\n二\n", visit, strings.Join(visit, "\n") + "\n"},
		{"一\n二\n", visit[1:], "二\n" + strings.Join(visit[1:], "\n") + "\n"},
	} {
		if got := withVisit(test.history, test.visit); got != test.want {
			t.Errorf("%q and %d questions: got %.40q, want %.40q", test.history, len(test.visit), got, test.want)
		}
	}
}
