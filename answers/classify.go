package answers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
	"wenbao/retrieval"
)

// classify decides what a term is, in steps that each may overrule the one before: by the part of speech of its tokens, by
// the role of the phrase that it stands in, and by what the lexicon knows it as.
func (q *question) classify(t *term, tokens []retrieval.Token, e *Engine) {
	v := e.vocabulary
	t.verbal = !slices.ContainsFunc(tokens, func(t retrieval.Token) bool { return !strings.HasPrefix(t.Tag, "v") })
	t.class = classOfTag(tokens, len(v.synonyms.of(t.text)) > 0)
	if span := q.roleAt(tokens[0]); span != nil {
		if settled := q.classifyByRole(t, tokens, span, e); settled {
			return
		}
	}
	if t.classifyByName(e); t.class == dropped {
		return
	}
	t.answerType = (t.class == noun || t.class == name && !t.place && !t.organisation && unicode.Is(unicode.Han, firstRune(t.text))) && slices.ContainsFunc(q.spans, func(s roleSpan) bool { return s.end == t.start && q.namesKind(s) }) || t.class == noun && whichSoMany.MatchString(q.text[:t.start])
	t.organisation = t.organisation || tokens[0].Tag == "nt"
	if t.class > vague && len(t.text) > 1 && utf8.RuneCountInString(t.text) == 1 && len(v.synonyms.of(t.text)) == 0 {
		t.class = vague // a lone character says little
	}
	t.strict = v.strict[t.text] || t.place && !t.own
	if t.strict && (t.class == modifier || t.class == verb) {
		t.class = noun // 省级, 首批: something else could stand in its place
	}
	q.split(t, tokens, e)
}

// classifyByRole takes a term for what its phrase makes of it; settled tells that nothing else can be said of it.
func (q *question) classifyByRole(t *term, tokens []retrieval.Token, span *roleSpan, e *Engine) (settled bool) {
	if len(tokens) > 1 {
		if t.end <= span.end && span.is("hint-count") {
			t.class = attribute // 加起来
			return true
		}
		return false
	}
	whole := q.text[span.start:span.end]
	switch {
	case (span.is(asksOutline) || span.is(asksTitle)) && (q.asked(span.start) || q.wants.strong && e.holds(t.text)):
		return false // 哪几个目录: not the report's own
	case span.is(spansYears) && strings.HasPrefix(whole, "十"):
		t.class = noun // 十三五 must be spoken of
		return false
	case span.number, isQuantity(tokens[0]) && kindOf(*span), strings.ContainsFunc(t.text, isInterrogative):
		t.class = dropped
		return true
	case span.is("hint-count"):
		t.class = attribute
		return false
	case !slices.ContainsFunc(span.roles, func(r role) bool { return r != isSuffix && r != "change" && !isHint(r) }):
		return false // 投资 hints at money and is a word of the sentence all the same
	case span.is(isVague) && !span.is(isEmpty):
		t.class = vague
		if utf8.RuneCountInString(t.text) == 1 && span.end-span.start > len(t.text) && !e.holds(whole) {
			t.class = dropped // the 上 of 比上一年, where the report has it otherwise
			return true
		}
		return false
	case kindOf(*span):
		return t.classifyInKind(whole, q.text[t.end:span.end], e.vocabulary.roles[t.text])
	}
	if t.verbal && span.is(tellsPlan) && utf8.RuneCountInString(t.text) > 1 && t.text != whole && len(e.vocabulary.roles[t.text]) == 0 {
		return false // the 建成 of 要建成
	}
	t.class = dropped
	return true
}

// classifyInKind takes a term for its part in a phrase that asks for a kind of figure (投资多少, 总投资), given the whole
// phrase, what follows the term in it, and the term's own roles.
func (t *term) classifyInKind(whole, behind string, own []role) (settled bool) {
	hints := slices.ContainsFunc(own, isHint)
	switch {
	case t.text == whole:
		t.class = attribute
	case strings.ContainsFunc(behind, isInterrogative) && (len(own) == 0 || hints):
		// 投资 of 投资多少 is a word like any other.
	case hints && !strings.ContainsFunc(whole, isInterrogative):
		t.class = attribute // 投资 of 总投资
		return true
	case slices.Contains(own, isVague):
		t.class = vague
	default:
		t.class = dropped
		return true
	}
	return false
}

// whichSoMany finds an interrogative that says how many there are, before what it asks for: 哪两个城市.
var whichSoMany = compile(`哪[0-9两俩二三四五六七八九十几]+[个家座条项款名位]?$`)

// firstRune is the first character of a text.
func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// isQuantity tells whether a token is a numeral or a measure word.
func isQuantity(token retrieval.Token) bool {
	return strings.HasPrefix(token.Tag, "m") || strings.HasPrefix(token.Tag, "q")
}

// isNumeral tells whether a token is a numeral from one to ten.
func isNumeral(text string) bool { return strings.Contains("一二两三四五六七八九十", text) }

// classifyByName takes a term for a name that the report or the lexicon knows. Given figures and years are constraints, not
// words.
func (t *term) classifyByName(e *Engine) {
	switch {
	case e.own[t.text], !e.holds(t.text) && slices.ContainsFunc(e.variants(t.text), func(v variant) bool { return v.grade >= sameThing && e.own[v.text] }): // 穗, of 广州
		t.own = true
		t.class = vague
	case kindOfPlace(t.text) != "":
		t.class, t.place = name, true
	case isOrganisation(t.text):
		t.class, t.organisation = name, true
	case isNumber(t.text):
		t.class = dropped
	case strings.ContainsFunc(t.text, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }):
		t.class = name
	}
}

// sameThing is the grade of a variant that is another name of the same thing.
const sameThing = 0.9

// namesKind tells whether the noun behind a phrase names what is asked for: 什么工程, 哪些企业.
func (q *question) namesKind(s roleSpan) bool {
	return s.is(asksWhich) || s.is(asksWhat) || s.is(asksList) || s.is(asksWho) || slices.Contains(sumsUp, q.text[s.start:s.end])
}

// sumsUp are the words behind which a general word takes up what was named before: 贷款、上市这些成果.
var sumsUp = []string{"这些", "那些", "这几个", "这类", "等", "之类", "之类的"}

// asked tells whether an interrogative ends right before a place: 哪几个目录.
func (q *question) asked(at int) bool {
	return slices.ContainsFunc(q.spans, func(s roleSpan) bool {
		return s.end == at && (s.is(asksList) || s.is(asksWhich) || s.is(asksWhat) || s.number)
	})
}

// split finds the parts of a compound. A company or a place is never found by its parts.
func (q *question) split(t *term, tokens []retrieval.Token, e *Engine) {
	v := e.vocabulary
	if t.place || isOrganisation(t.text) || t.class < verb {
		return
	}
	var parts []string
	if held := e.piecesHeld(t.text); t.class == name && len(tokens) > 1 && len(held) > 1 {
		t.class, parts = noun, held // 女足亚冠, where the report has both
	} else if len(tokens) > 1 {
		for _, token := range tokens {
			parts = append(parts, token.Text)
		}
	} else {
		if tag := tokens[0].Tag; strings.HasPrefix(tag, "nr") || tag == "ns" || tag == "nt" {
			return
		}
		parts = splitAt(tokens[0].Text, tokens[0].Parts)
	}
	if len(parts) < 2 {
		return
	}
	for _, text := range parts {
		p := &term{text: text, class: noun, strict: v.strict[text]}
		if analysed := retrieval.Analyse(text); len(analysed) == 1 {
			p.class = classOfTag(analysed, false)
		}
		switch {
		case strings.ContainsFunc(text, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }):
			p.class = name
		case utf8.RuneCountInString(text) == 1:
			p.class = modifier
		case slices.Contains(v.roles[text], isVague) || slices.Contains(v.roles[text], isEmpty):
			p.class = vague
		case p.class == name:
			p.class = noun
		}
		t.parts = append(t.parts, p)
	}
	if !slices.ContainsFunc(t.parts, func(p *term) bool { return p.class > modifier }) {
		t.parts = nil // lone characters are no parts to go by
	}
}

// piecesHeld cuts a run of characters that the lexicon does not know, and the report does not hold, into pieces of two characters
// or more that it does hold; nil where there are none.
func (e *Engine) piecesHeld(run string) []string {
	if e.holds(run) || len(e.synonyms[run]) > 0 || len(e.vocabulary.synonyms.of(run)) > 0 {
		return nil
	}
	var pieces []string
	for runes := []rune(run); len(runes) > 0; {
		length := len(runes)
		for length > 1 && !e.holds(string(runes[:length])) {
			length--
		}
		if length < 2 {
			return nil
		}
		pieces = append(pieces, string(runes[:length]))
		runes = runes[length:]
	}
	return pieces
}

// splitAt cuts a word into its known parts and what stands between them.
func splitAt(word string, parts []string) []string {
	var cut []string
	rest := word
	for _, part := range parts {
		at := strings.Index(rest, part)
		if at < 0 {
			continue
		}
		if at > 0 {
			cut = append(cut, rest[:at])
		}
		cut = append(cut, part)
		rest = rest[at+len(part):]
	}
	if len(cut) > 0 && rest != "" {
		cut = append(cut, rest)
	}
	return cut
}

func isNumber(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }) < 0
}

// classOfTag reads the class off the part of speech, the heaviest of several tokens. Single characters in a row that are
// not known as one word (上路 is) are a word that the lexicon lacks, and so a name.
func classOfTag(tokens []retrieval.Token, known bool) class {
	best := modifier
	if len(tokens) > 1 && !known && !slices.ContainsFunc(tokens, func(t retrieval.Token) bool { return utf8.RuneCountInString(t.Text) > 1 }) {
		if !slices.ContainsFunc(tokens, func(t retrieval.Token) bool { return !strings.HasPrefix(t.Tag, "v") }) {
			return verb // 守住, 参评
		}
		if len(tokens) == 2 && slices.ContainsFunc(tokens, func(t retrieval.Token) bool { return strings.HasPrefix(t.Tag, "v") }) &&
			!slices.ContainsFunc(tokens, func(t retrieval.Token) bool { return strings.HasPrefix(t.Tag, "n") || t.Tag == "j" }) {
			return verb // 撞坏, 别漏, 拆掉
		}
		if len(tokens) == 2 && isNumeral(tokens[0].Text) && !isNumeral(tokens[1].Text) && isQuantity(tokens[1]) {
			return modifier // 十件
		}
		return name // a run of single characters: an unknown word
	}
	for _, token := range tokens {
		c := modifier
		switch tag := token.Tag; {
		case tag == "nt":
			c = name
		case tag == "":
			c = noun
		case tag == "vn" || tag[0] == 'n' || tag == "j" || tag == "l" || tag == "i" || tag == "s" || tag == "eng":
			c = noun
		case tag[0] == 'v':
			c = verb
		case token.Unknown():
			c = modifier
		}
		best = max(best, c)
	}
	return best
}
