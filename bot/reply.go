package bot

import (
	"strings"

	"wenbao/answers"
)

// Style says what a run of text is; how it looks is up to the chat that shows it.
type Style int

// The styles.
const (
	Plain    Style = iota
	Figure         // the figure that answers: large, or bold
	Quote          // the report's own words
	Citation       // where a quote stands
	Heading        // a heading of the report or of a reply
	Number         // what an item of a list begins with; the item's other lines are indented by its width
	Note           // the bot's own words
)

// Run is a piece of text in one style. It holds no line break and no control character.
type Run struct {
	Text  string
	Style Style
}

// Line is a paragraph of a reply; a chat wraps it at its own width. A line without runs is an empty line.
type Line []Run

// Reply is what the bot says to a message.
type Reply struct {
	Lines []Line
	// Suggestions are up to three messages to send next; sending the digit 1, 2 or 3 sends the suggestion.
	Suggestions []string
	examples    bool // suggest what can be asked
	// Answer is what Lines lay out, when the message was a question; nil otherwise. A chat with its own ways of showing
	// quotes and places lays it out itself.
	Answer *answers.Answer
	// Leave says that the asker said goodbye.
	Leave bool
}

// Text is the reply as plain text, without the suggestions and without a line break at its end.
func (r Reply) Text() string {
	var text strings.Builder
	for i, line := range r.Lines {
		if i > 0 {
			text.WriteByte('\n')
		}
		for _, run := range line {
			text.WriteString(run.Text)
		}
	}
	return text.String()
}

func note(text string) Line { return Line{{text, Note}} }
