package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/clipperhouse/displaywidth"
	"golang.org/x/term"

	"wenbao/bot"
	"wenbao/bot/linebreak"
)

// Screen shows replies: wrapped and styled on a terminal, as plain text elsewhere.
type Screen struct {
	out    io.Writer
	styled bool
	width  func() int // asked for every reply, since windows change; 0 is without end
}

// NewScreen is a screen on a file or any other writer. Where NO_COLOR is set (no-color.org) or the terminal is a dumb
// one, nothing is styled.
func NewScreen(out io.Writer) *Screen {
	screen := &Screen{out: out, width: func() int { return 0 }}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		screen.styled = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		screen.width = func() int {
			width, _, err := term.GetSize(int(file.Fd()))
			if err != nil {
				return 0
			}
			return width
		}
	}
	return screen
}

// Width is the number of columns, or 0 where there is no end to a line.
func (s *Screen) Width() int { return s.width() }

// suggestionsAbove stands above suggestions and says what to do with them.
const suggestionsAbove = "还可以问（打数字就行）："

// Show shows a reply, with its suggestions numbered as the digits that pick them.
func (s *Screen) Show(reply bot.Reply) error {
	lines := reply.Lines
	if len(reply.Suggestions) > 0 {
		lines = append(lines[:len(lines):len(lines)], bot.Line{}, bot.Line{{Text: suggestionsAbove, Style: bot.Note}})
	}
	for i, suggestion := range reply.Suggestions {
		lines = append(lines, bot.Line{{Text: fmt.Sprintf("%d ", i+1), Style: bot.Number}, {Text: suggestion, Style: bot.Citation}})
	}
	return s.write(lines)
}

// showBlock shows a reply's lines without the empty ones among them, so that an empty line can end it.
func (s *Screen) showBlock(reply bot.Reply) error {
	var lines []bot.Line
	for _, line := range reply.Lines {
		if len(line) > 0 {
			lines = append(lines, line)
		}
	}
	return s.write(append(lines, bot.Line{}))
}

func (s *Screen) write(lines []bot.Line) error {
	var text strings.Builder
	width := s.width()
	for _, line := range lines {
		for _, row := range linebreak.Wrap(line, width, columns) {
			for _, run := range row {
				text.WriteString(s.style(run))
			}
			text.WriteByte('\n')
		}
	}
	_, err := io.WriteString(s.out, text.String())
	return err
}

// columns is how many columns of a screen a character takes up.
func columns(character string, _ bot.Style) int { return displaywidth.String(character) }

// style uses the terminal's own sixteen colours, which people choose to be readable on their background.
func (s *Screen) style(run bot.Run) string {
	if !s.styled {
		return run.Text
	}
	style := lipgloss.NewStyle()
	switch run.Style {
	case bot.Figure:
		style = style.Bold(true).Foreground(lipgloss.Cyan)
	case bot.Heading:
		style = style.Bold(true)
	case bot.Citation:
		style = style.Faint(true)
	default:
		return run.Text
	}
	return style.Render(run.Text)
}
