package telegramtest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Limits of answers to inline queries.
const (
	maxResults      = 50
	maxResultID     = 64 // bytes
	maxNextOffset   = 64 // bytes
	maxQueryRunes   = 256
	defaultCacheFor = 300 * time.Second
)

// InlineResult is an inline result: an article, or a photo that Telegram has. This server shares no other kinds.
type InlineResult struct {
	Type        string    `json:"type"`
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	URL         string    `json:"url"`
	Thumbnail   string    `json:"thumbnail_url"`
	Keyboard    *Keyboard `json:"reply_markup"`
	Content     *struct {
		Text        string              `json:"message_text"`
		ParseMode   string              `json:"parse_mode"`
		Entities    []Entity            `json:"entities"`
		LinkPreview *LinkPreviewOptions `json:"link_preview_options"`
	} `json:"input_message_content"`
	PhotoFileID     string   `json:"photo_file_id"` // these are of photos only
	Caption         string   `json:"caption"`
	ParseMode       string   `json:"parse_mode"`
	CaptionEntities []Entity `json:"caption_entities"`

	message Message // what is posted
}

// Message is what is posted when the result is shared.
func (r InlineResult) Message() Message { return r.message }

// ResultsButton is the button above inline results.
type ResultsButton struct {
	Text           string  `json:"text"`
	StartParameter *string `json:"start_parameter"`
	WebApp         *WebApp `json:"web_app"`
}

// InlineAnswer is what a person sees under an inline query.
type InlineAnswer struct {
	Results    []InlineResult
	NextOffset string
	Button     *ResultsButton
	Cached     bool // Telegram answered by itself
	query      string
}

// InlineQuery is what someone typed after the bot's name.
type InlineQuery struct {
	s        *Server
	key      cacheKey
	from     *Person
	answered chan struct{}
	answer   InlineAnswer
}

// cacheKey is what an answer is remembered for; person is 0 if it serves all.
type cacheKey struct {
	query, offset string
	person        int64
}

type cached struct {
	answer InlineAnswer
	until  time.Time
}

// Answer waits until the bot has answered the query.
func (q *InlineQuery) Answer(ctx context.Context) (InlineAnswer, error) {
	select {
	case <-q.answered:
		return q.answer, nil
	case <-ctx.Done():
		return InlineAnswer{}, fmt.Errorf("telegramtest: the inline query was not answered: %w", context.Cause(ctx))
	}
}

// Inline types a query after the bot's name, in any chat. The offset is "" or what the answer before gave for the next.
// While an answer is cached, the bot is not asked.
func (p *Person) Inline(text, offset string) *InlineQuery {
	s := p.s
	if runes := []rune(text); len(runes) > maxQueryRunes {
		text = string(runes[:maxQueryRunes])
	}
	q := &InlineQuery{
		s: s, from: p, key: cacheKey{query: text, offset: offset}, answered: make(chan struct{}),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	for _, person := range []int64{0, p.user.ID} {
		key := q.key
		key.person = person
		if found, ok := s.cache[key]; ok && now.Before(found.until) {
			q.answer = found.answer
			q.answer.Cached = true
			close(q.answered)
			return q
		}
	}
	id := s.open(&query{inline: q})
	s.notify("inline_query", p.user.ID, &inlineQuery{
		ID: id, From: &p.user, Query: text, Offset: offset, ChatType: "sender",
	})
	return q
}

// TapButton taps the button above inline results, which sends "/start" with its parameter.
func (p *Person) TapButton(answer InlineAnswer) Message {
	if answer.Button == nil || answer.Button.StartParameter == nil {
		p.s.fail("the inline answer has no button into the bot")
	}
	return p.private.Type(p, strings.TrimSpace("/start "+*answer.Button.StartParameter))
}

// Share posts an inline result of the answer into a chat, via the bot. With a keyboard the message has an
// inline_message_id, by which the bot edits it; the bot need not be in the chat.
func (p *Person) Share(chat *Chat, answer InlineAnswer, result InlineResult) Message {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	chat.mayWrite(p)
	m := result.message
	m.From, m.ViaBot = &p.user, s.bot.inMessages()
	if m.ReplyMarkup != nil {
		s.sequence++
		m.InlineID = "BQAAAtelegramtest" + strconv.FormatInt(s.sequence, 10)
		s.inlined[m.InlineID] = place{chat: chat, id: len(chat.messages) + 1}
	}
	if chat.person == p {
		p.started = true
	}
	shared := chat.add(m)
	if !s.options.NoInlineFeedback {
		s.notify("chosen_inline_result", p.user.ID, &chosenInlineResult{
			ResultID: result.ID, From: &p.user, InlineMessageID: m.InlineID, Query: answer.query,
		})
	}
	s.tell(chat, shared)
	return *shared
}

func (s *Server) answerInlineQuery(_ context.Context, r *request) (any, *Refusal) {
	answer := InlineAnswer{NextOffset: r.text("next_offset")}
	if refusal := r.decode("results", &answer.Results); refusal != nil {
		return nil, refusal
	}
	if refusal := r.decode("button", &answer.Button); refusal != nil {
		return nil, refusal
	}
	if refusal := s.checkAnswer(&answer); refusal != nil {
		return nil, refusal
	}
	cacheFor := defaultCacheFor
	if r.has("cache_time") {
		cacheFor = time.Duration(r.number("cache_time")) * time.Second
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	q, refusal := s.answerable(r.text("inline_query_id"), true)
	if refusal != nil {
		return nil, refusal
	}
	answer.query = q.inline.key.query
	q.inline.answer = answer
	close(q.inline.answered)
	if cacheFor > 0 {
		key := q.inline.key
		if r.truth("is_personal") {
			key.person = q.inline.from.user.ID
		}
		s.cache[key] = cached{answer: answer, until: s.clock.Now().Add(cacheFor)}
	}
	s.changed()
	return true, nil
}

// checkAnswer refuses an answer that breaks the rules of inline results, and makes their messages.
func (s *Server) checkAnswer(answer *InlineAnswer) *Refusal {
	switch {
	case len(answer.Results) > maxResults:
		return malformed("RESULTS_TOO_MUCH")
	case len(answer.NextOffset) > maxNextOffset:
		return malformed("NEXT_OFFSET_INVALID")
	}
	if refusal := checkResultsButton(answer.Button); refusal != nil {
		return refusal
	}
	seen := map[string]bool{}
	for i := range answer.Results {
		result := &answer.Results[i]
		switch {
		case result.ID == "":
			return malformed("RESULT_ID_EMPTY")
		case len(result.ID) > maxResultID:
			return malformed("RESULT_ID_INVALID")
		case seen[result.ID]:
			return malformed("RESULT_ID_DUPLICATE")
		}
		seen[result.ID] = true
		if refusal := s.checkResult(result); refusal != nil {
			return refusal
		}
	}
	return nil
}

func checkResultsButton(button *ResultsButton) *Refusal {
	switch {
	case button == nil:
		return nil
	case button.Text == "":
		return malformed("SWITCH_PM_TEXT_EMPTY")
	case (button.StartParameter == nil) == (button.WebApp == nil):
		return malformed("can't parse inline query results button: exactly one of the optional fields must be used")
	case button.StartParameter != nil && *button.StartParameter == "":
		return malformed("START_PARAM_EMPTY")
	case button.StartParameter != nil && !validStart(*button.StartParameter):
		return malformed("START_PARAM_INVALID")
	}
	return nil
}

// checkResult checks a result and makes its message.
func (s *Server) checkResult(result *InlineResult) (refusal *Refusal) {
	switch {
	case result.Type == "article":
		refusal = s.checkArticle(result)
	case result.Type == "photo" && result.PhotoFileID != "":
		refusal = s.checkPhotoResult(result)
	default:
		refusal = malformed("this server knows no inline results but articles and photos that were uploaded")
	}
	if refusal != nil {
		return refusal
	}
	result.message.ReplyMarkup, refusal = s.checkKeyboard(result.Keyboard)
	return refusal
}

func (s *Server) checkArticle(result *InlineResult) *Refusal {
	if strings.TrimSpace(result.Title) == "" {
		return malformed("ARTICLE_TITLE_EMPTY")
	}
	for _, address := range []string{result.URL, result.Thumbnail} {
		if _, err := validURL(address); address != "" && err != nil {
			return malformed("can't parse inline query result: %v", err)
		}
	}
	return s.checkContent(result)
}

// checkContent checks the text that is posted for a result.
func (s *Server) checkContent(result *InlineResult) *Refusal {
	content := result.Content
	text, entities, refusal := s.format(content.Text, content.ParseMode, content.Entities, maxTextUnits)
	if refusal != nil {
		return refusal
	}
	if text == "" {
		return malformed("MESSAGE_EMPTY")
	}
	preview, refusal := checkPreview(content.LinkPreview)
	result.message = Message{Text: text, Entities: entities, LinkPreview: preview}
	return refusal
}

// checkPhotoResult checks a photo that Telegram has, and its caption. A text is posted in its place where it has one.
func (s *Server) checkPhotoResult(result *InlineResult) *Refusal {
	s.mu.Lock()
	photo, ok := s.files[result.PhotoFileID]
	s.mu.Unlock()
	switch {
	case !ok:
		return malformed("wrong file identifier specified")
	case photo.Width == 0:
		return malformed("type of file mismatch")
	case result.Content != nil:
		return s.checkContent(result)
	}
	caption, entities, refusal := s.format(result.Caption, result.ParseMode, result.CaptionEntities, maxCaptionUnits)
	result.message = Message{Photo: s.sizes(photo), Caption: caption, CaptionEntities: entities}
	return refusal
}
