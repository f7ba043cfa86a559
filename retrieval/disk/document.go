package disk

import (
	"encoding/binary"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"wenbao/content"
	"wenbao/retrieval"
)

// # What bleve holds
//
// A document for each sentence with its words, and one for each section that has sentences with the words of its headings,
// from the chapter down: no sentence repeats what it shares with its neighbours, which would be nearly half of all words.
// And a document for each report with two fields that are stored: its entry of the manifest, and the report packed. Those
// of a report go in together or not at all, so that what the index holds is what has been done.
const (
	textField    = "text"
	headingField = "heading"
	recordField  = "record" // marks the documents of reports, by the one word recordWord
	entryField   = "entry"
	packedField  = "packed"
)

const recordWord = "report"

// kind says what a document is of.
type kind byte

const (
	sentenceKind kind = 's'
	sectionKind  kind = 'h'
	recordKind   kind = 'r'
)

// id names a document: the number of its report, which no other report has had, and its place there.
type id struct {
	report uint32
	kind   kind
	place  uint32 // content.Sentence.Index, or which of the sections that have sentences
}

const idLength = 4 + 1 + 4

// String is the id as bleve has it, as short as can be since there are as many as sentences.
func (i id) String() string {
	text := make([]byte, 0, idLength)
	text = binary.BigEndian.AppendUint32(text, i.report)
	text = append(text, byte(i.kind))
	return string(binary.BigEndian.AppendUint32(text, i.place))
}

func parseID(text string) (id, bool) {
	if len(text) != idLength {
		return id{}, false
	}
	return id{
		binary.BigEndian.Uint32([]byte(text[:4])), kind(text[4]), binary.BigEndian.Uint32([]byte(text[5:])),
	}, true
}

// field is a field of a document whose words are known already: bleve has nothing left to analyse.
type field struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte // of a stored field
	length  int    // in words
	words   index.TokenFrequencies
}

func (f *field) Name() string                                     { return f.name }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) Analyze()                                         {}
func (f *field) Value() []byte                                    { return f.value }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }
func (f *field) Size() int                                        { return len(f.value) }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.words }

// words holds the words of the documents of a batch. Most words stand once in a text, and all texts in which one does so can
// share what bleve is told of it.
type words map[string]word

type word struct {
	text string
	once *index.TokenFreq // says that it stands once in a text
}

// of is the word of a piece of a text.
func (w words) of(piece string) word {
	known, ok := w[piece]
	if !ok {
		known = word{strings.Clone(piece), &index.TokenFreq{Term: []byte(piece)}} // a piece would keep all of its text
		known.once.SetFrequency(1)
		w[known.text] = known
	}
	return known
}

// bytesOfWord is about how long a word is with the punctuation that stands around it, in bytes.
const bytesOfWord = 8

// field makes a field of the words of a text. A word of several parts counts for each of them too.
func (w words) field(name, text string) *field {
	f := &field{name: name, options: index.IndexField, words: make(index.TokenFrequencies, len(text)/bytesOfWord)}
	for piece := range retrieval.IndexedWords(text) {
		f.length++
		word := w.of(piece)
		before, again := f.words[piece]
		if !again {
			f.words[word.text] = word.once
			continue
		}
		count := &index.TokenFreq{Term: word.once.Term}
		count.SetFrequency(before.Frequency() + 1)
		f.words[word.text] = count
	}
	return f
}

func stored(name string, value []byte) *field {
	return &field{name: name, options: index.StoreField, value: value}
}

// documentsOf makes the documents of a report's sentences and sections, and counts them and their words.
func documentsOf(number uint32, words words, report *content.Report) ([]*document.Document, counts) {
	var documents []*document.Document
	var n counts
	add := func(kind kind, place int, f *field) int {
		document := document.NewDocument(id{number, kind, uint32(place)}.String())
		document.AddField(f)
		documents = append(documents, document)
		return f.length
	}
	for _, section := range report.Sections {
		if len(section.Sentences) == 0 {
			continue
		}
		n.HeadingWords += add(sectionKind, len(n.Sections), words.field(headingField, strings.Join(section.Path(report), "\n")))
		n.Sections = append(n.Sections, len(section.Sentences))
		for _, sentence := range section.Sentences {
			n.TextWords += add(sentenceKind, sentence.Index, words.field(textField, report.Quote(sentence.Span)))
		}
	}
	return documents, n
}

// recordDocument makes the document of a report.
func recordDocument(number uint32, entry, packed []byte) *document.Document {
	document := document.NewDocument(id{number, recordKind, 0}.String())
	document.AddField(make(words).field(recordField, recordWord))
	document.AddField(stored(entryField, entry))
	document.AddField(stored(packedField, packed))
	return document
}

// deleteReport takes the documents of a report out, with the batch.
func deleteReport(batch *bleve.Batch, e entry) {
	batch.Delete(id{e.Number, recordKind, 0}.String())
	for section := range e.Sections {
		batch.Delete(id{e.Number, sectionKind, uint32(section)}.String())
	}
	for sentence := range e.Sentences {
		batch.Delete(id{e.Number, sentenceKind, uint32(sentence)}.String())
	}
}
