package telegramtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// describe writes a text with its entities as "text | type@offset+length(detail)".
func describe(text string, entities []Entity) string {
	parts := []string{text}
	for _, e := range entities {
		detail := e.URL + e.Language + e.CustomEmojiID
		if e.User != nil {
			detail = fmt.Sprint(e.User.ID)
		}
		if detail != "" {
			detail = "(" + detail + ")"
		}
		parts = append(parts, fmt.Sprintf("%s@%d+%d%s", e.Type, e.Offset, e.Length, detail))
	}
	return strings.Join(parts, " | ")
}

func TestHTMLThatTelegramParses(t *testing.T) {
	for source, want := range map[string]string{
		"plain":                                    "plain",
		"<b>65.4</b>万个":                            "65.4万个 | bold@0+4",
		"新建<b>5G基站</b>":                            "新建5G基站 | bold@2+4",
		"🚀<i>字</i>🚀":                               "🚀字🚀 | italic@2+1",
		"👨‍👩‍👧 <u>家</u>":                           "👨‍👩‍👧 家 | underline@9+1",
		"<strong>a</strong><em>b</em><ins>c</ins>": "abc | bold@0+1 | italic@1+1 | underline@2+1",
		"<s>a</s> <strike>b</strike> <del>c</del>": "a b c | strikethrough@0+1 | strikethrough@2+1 | strikethrough@4+1",
		"<B>a</b>":                                 "a | bold@0+1",
		"<b>a</>":                                  "a | bold@0+1",
		"<b >a</b >":                               "a | bold@0+1",
		"<b>a<i>b</i>c</b>":                        "abc | bold@0+3 | italic@1+1",
		"<b>a</b><b>b</b>":                         "ab | bold@0+2",
		"<b>a<b>b</b></b>":                         "ab | bold@0+2",
		"<b>ab<a href='a.cn'>cd</a>ef</b>":         "abcdef | bold@0+2 | text_link@2+2(http://a.cn/) | bold@2+2 | bold@4+2",
		"<b>see @some_bot</b>":                     "see @some_bot | bold@0+4 | mention@4+9 | bold@4+9",
		"<b>a</b>\u3000":                           "a\u3000 | bold@0+1",
		"<b></b>a":                                 "a",
		`<span class="tg-spoiler">a</span>`:        "a | spoiler@0+1",
		"<tg-spoiler>a</tg-spoiler>":               "a | spoiler@0+1",
		`<a href="https://t.me/x?start=a&amp;b=1">节</a>`: "节 | text_link@0+1(https://t.me/x?start=a&b=1)",
		`<a href='http://example.com'>a</a>`:             "a | text_link@0+1(http://example.com/)",
		`<a href=example.com>a</a>`:                      "a | text_link@0+1(http://example.com/)",
		`<a>example.com</a>`:                             "example.com | text_link@0+11(http://example.com/)",
		`<a href="nowhere">a</a>`:                        "a",
		`<a href="tg://user?id=42">a</a>`:                "a | text_mention@0+1(42)",
		`<tg-emoji emoji-id="5368">👍</tg-emoji>`:         "👍 | custom_emoji@0+2(5368)",
		"<code>a/b @name_of</code>":                      "a/b @name_of | code@0+12",
		"<pre>a\nb</pre>":                                "a\nb | pre@0+3",
		`<pre><code class="language-go">a</code></pre>`:  "a | pre@0+1(go)",
		"<blockquote>a <b>b</b></blockquote>":            "a b | blockquote@0+3 | bold@2+1",
		"<blockquote expandable>a</blockquote>":          "a | expandable_blockquote@0+1",
		"<blockquote><code>a</code></blockquote>":        "a | blockquote@0+1 | code@0+1",
		"1 &lt; 2 &gt; 0 &amp; &quot;a&quot;":            `1 < 2 > 0 & "a"`,
		"&#20013;&#x6587; &#128640;":                     "中文 🚀",
		"&amp;lt;":                                       "&lt;",
		"a &nbsp; &copy; b & c":                          "a &nbsp; &copy; b & c",
		"a > b":                                          "a > b",
		"&#0; &#55296; &#9999999;":                       "&#0; &#55296; &#9999999;",
		" \n x<b> a </b> \n":                             "x a | bold@2+1",
		" \n <b> a</b>":                                  "a | bold@0+1",
		"x  <b>  </b>":                                   "x",
		"a\r\nb\x07c":                                    "a\nb c",
		"/ask@some_bot 看 @another_bot #数字 https://a.cn/b。": "/ask@some_bot 看 @another_bot #数字 https://a.cn/b。 | " +
			"bot_command@0+13 | mention@16+12 | hashtag@29+3 | url@33+14",
		"请@another_bot": "请@another_bot",
		"1/2 a@b.cn":    "1/2 a@b.cn",
	} {
		text, entities, err := parseHTML(source)
		if err != nil {
			t.Errorf("%q: %v", source, err)
			continue
		}
		got := describe(finish(text, entities))
		if got != want {
			t.Errorf("%q\n got %s\nwant %s", source, got, want)
		}
	}
}

func TestHTMLThatTelegramDoesNotParse(t *testing.T) {
	for source, want := range map[string]string{
		"<b>a":                            `Can't find end tag corresponding to start tag "b"`,
		"a</b>":                           "Unexpected end tag at byte offset 1",
		"字<b>a</i>":                       `Unmatched end tag at byte offset 7, expected "</b>", found "</i>"`,
		"<b><i>a</b></i>":                 `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
		"1 < 2":                           `Unsupported start tag "" at byte offset 2`,
		"1 < 2 > 0":                       `Unsupported start tag "" at byte offset 2`,
		"a <5G> b":                        `Unsupported start tag "5g" at byte offset 2`,
		"<p>a</p>":                        `Unsupported start tag "p" at byte offset 0`,
		"a<br/>b":                         `Unsupported start tag "br/" at byte offset 1`,
		"<b":                              "Unclosed start tag at byte offset 0",
		"<b>a</b":                         "Unclosed end tag at byte offset 4",
		`<a href="x>a</a>`:                "Unclosed start tag at byte offset 0",
		`<a href=>a</a>`:                  "Unexpected end of name token at byte offset 8",
		`<a ="x">a</a>`:                   `Empty attribute name in the tag "a" at byte offset 0`,
		"<span>a</span>":                  `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		"<tg-emoji>👍</tg-emoji>":          "Invalid custom emoji identifier specified",
		"<code><b>a</b></code>":           `Tag "b" can't be nested in tag "code" at byte offset 6`,
		"<pre>a<code>b</code></pre>":      `Tag "code" can't be nested in tag "pre" at byte offset 6`,
		"<b><code>a</code></b>":           `Tag "code" can't be nested in tag "b" at byte offset 3`,
		"<pre><a href='a.cn'>b</a></pre>": `Tag "a" can't be nested in tag "pre" at byte offset 5`,
		"<a href='a.cn'><a href='a.cn'>b</a></a>": `Tag "a" can't be nested in tag "a" at byte offset 15`,
		"<blockquote>a<i><blockquote>b</blockquote></i></blockquote>": `Tag "blockquote" can't be nested in tag ` +
			`"blockquote" at byte offset 16`,
	} {
		_, _, err := parseHTML(source)
		if err == nil || err.Error() != want {
			t.Errorf("%q\n got %v\nwant %s", source, err, want)
		}
	}
}

func TestOnlyTheFirstHundredEntitiesAreKept(t *testing.T) {
	text, entities, err := parseHTML(strings.Repeat("<b>a</b> ", 120))
	if err != nil {
		t.Fatal(err)
	}
	if _, kept := finish(text, entities); len(kept) != maxEntities {
		t.Errorf("%d entities are kept", len(kept))
	}
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<b>a<i>🚀</i></b>", "<pre><code class=\"language-go\">a</code></pre>", "<a href='tg://user?id=1'>x</a>",
		"&#x1F680; &lt",
		"<blockquote expandable> a </blockquote>", "</", "<a href=", " /ask@some_bot #a https://a.cn", "\r\n<u>\u2028</u> ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if !utf8.ValidString(source) {
			t.Skip("requests are refused before")
		}
		text, entities, err := parseHTML(source)
		if err != nil {
			return
		}
		text, entities = finish(text, entities)
		if text != strings.Trim(text, " \n") {
			t.Errorf("%q is not trimmed: %q", source, text)
		}
		if _, err := checkEntities(text, entities); err != nil {
			t.Errorf("%q: %v: %s", source, err, describe(text, entities))
		}
		for i := 1; i < len(entities); i++ {
			last, next := entities[i-1], entities[i]
			if next.Offset < last.Offset {
				t.Errorf("%q: entities without order: %s", source, describe(text, entities))
			}
			crosses := next.Offset < last.Offset+last.Length && next.Offset+next.Length > last.Offset+last.Length
			if crosses && !(slices.Contains(looks, last.Type) && slices.Contains(looks, next.Type)) {
				t.Errorf("%q: entities cross: %s", source, describe(text, entities))
			}
		}
		if again, _, err := parseHTML(escapeHTML(text)); err != nil || again != text {
			t.Errorf("%q gives %q, which escaped gives %q, %v", source, text, again, err)
		}
	})
}

func escapeHTML(text string) string {
	return strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;").Replace(text)
}
