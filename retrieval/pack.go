package retrieval

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"

	"wenbao/content"
)

// # The packed form of a report
//
// An index keeps each report as it was taken apart, so that the numbers of the sentences in the index mean the same
// sentences for good: a later version of the parser may cut a text in another way, and the text alone no longer tells what
// its source set in bold, in cells, or in a block of front matter.
//
// The form is a row of unsigned varints (signed ones zigzagged), strings as their length and bytes, compressed by zstd with
// its checksum. Starts of spans are told from the start before, labels and units by number once they have been told.

// packVersion is raised whenever the packed form changes, and with it the format of the indexes.
const packVersion = 1

// largestPacked bounds what a packed report may unpack to, in bytes: the longest text, and its parts.
const largestPacked = 8 * content.LargestReport

var errPacked = errors.New("damaged packed report")

// Pack packs a report for an index to keep.
func Pack(report *content.Report) []byte {
	p := packer{symbols: make(map[string]int)}
	p.number(packVersion)
	p.report(report)
	return zstdWriter().EncodeAll(p.data, nil)
}

// Unpack gives back the report that Pack packed, equal in all its parts.
func Unpack(packed []byte) (*content.Report, error) {
	data, err := zstdReader().DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPacked, err)
	}
	u := unpacker{data: data}
	if version := u.number(); version != packVersion {
		return nil, fmt.Errorf("%w: version %d, want %d", errPacked, version, packVersion)
	}
	report := u.report()
	if u.failed || len(u.data) > 0 {
		return nil, errPacked
	}
	return report, nil
}

var zstdWriter = sync.OnceValue(func() *zstd.Encoder {
	writer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(true), zstd.WithEncoderConcurrency(0))
	if err != nil {
		panic(err) // only for options that cannot be
	}
	return writer
})

var zstdReader = sync.OnceValue(func() *zstd.Decoder {
	reader, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(largestPacked))
	if err != nil {
		panic(err) // only for options that cannot be
	}
	return reader
})

type packer struct {
	data    []byte
	symbols map[string]int // by number from 1
	at      int            // the start of the last span
}

func (p *packer) number(n int) { p.data = binary.AppendUvarint(p.data, uint64(n)) }
func (p *packer) signed(n int) { p.data = binary.AppendVarint(p.data, int64(n)) }
func (p *packer) real(x float64) {
	p.data = binary.LittleEndian.AppendUint64(p.data, math.Float64bits(x))
}
func (p *packer) string(s string) { p.number(len(s)); p.data = append(p.data, s...) }
func (p *packer) strings(s []string) {
	p.length(len(s), s == nil)
	for _, text := range s {
		p.string(text)
	}
}

// length tells a slice that is nil from one that is empty.
func (p *packer) length(n int, isNil bool) {
	if !isNil {
		n++
	}
	p.number(n)
}

func (p *packer) truth(b bool) {
	if b {
		p.number(1)
	} else {
		p.number(0)
	}
}

// symbol packs a string that occurs again and again.
func (p *packer) symbol(s string) {
	number := p.symbols[s]
	p.number(number)
	if number == 0 {
		p.string(s)
		p.symbols[s] = len(p.symbols) + 1
	}
}

func (p *packer) span(s content.Span) {
	p.signed(s.Start - p.at)
	p.number(s.End - s.Start)
	p.at = s.Start
}

func (p *packer) report(r *content.Report) {
	for _, text := range []string{r.Title, r.Issuer, r.Place, r.Text} {
		p.string(text)
	}
	p.signed(r.Year)
	p.signed(r.PlanYear)
	p.strings(r.OwnNames)
	p.strings(r.Examples)
	p.length(len(r.Synonyms), r.Synonyms == nil)
	for _, words := range r.Synonyms {
		p.strings(words)
	}
	tables := p.tables(r)
	sections := make(map[*content.Section]int, len(r.Sections)) // by number from 1; 0 is none
	p.length(len(r.Sections), r.Sections == nil)
	for i, section := range r.Sections {
		p.number(sections[section.Parent])
		sections[section] = i + 1
		p.section(section, tables)
	}
}

// tables packs the tables, and tells their numbers.
func (p *packer) tables(r *content.Report) map[*content.Table]int {
	numbers := make(map[*content.Table]int)
	var tables []*content.Table
	for sentence := range r.Sentences() {
		if sentence.Row == nil || sentence.Row.Table == nil || numbers[sentence.Row.Table] > 0 {
			continue
		}
		tables = append(tables, sentence.Row.Table)
		numbers[sentence.Row.Table] = len(tables)
	}
	p.number(len(tables))
	for _, table := range tables {
		p.string(table.Caption)
		p.strings(table.Header)
	}
	return numbers
}

func (p *packer) section(s *content.Section, tables map[*content.Table]int) {
	for _, text := range []string{s.Label, s.Number, s.Title} {
		p.symbol(text)
	}
	p.signed(s.Level)
	p.span(s.Heading)
	p.span(s.Span)
	p.truth(s.Plan)
	p.length(len(s.Sentences), s.Sentences == nil)
	for _, sentence := range s.Sentences {
		p.sentence(sentence, tables)
	}
}

func (p *packer) sentence(s *content.Sentence, tables map[*content.Table]int) {
	p.number(s.Index)
	p.span(s.Span)
	p.length(len(s.Clauses), s.Clauses == nil)
	for _, clause := range s.Clauses {
		p.span(clause.Span)
		p.truth(clause.Item)
	}
	p.length(len(s.Figures), s.Figures == nil)
	for _, figure := range s.Figures {
		p.span(figure.Span)
		p.real(figure.Value)
		p.symbol(figure.Unit)
		p.symbol(string(figure.Kind))
		p.symbol(string(figure.Bound))
		p.span(figure.Measure)
	}
	p.truth(s.Row != nil)
	if s.Row != nil {
		p.number(tables[s.Row.Table])
		p.length(len(s.Row.Cells), s.Row.Cells == nil)
		for _, cell := range s.Row.Cells {
			p.span(cell)
		}
	}
}

// unpacker reads what packer wrote. Once something is wrong it has failed, and reads zeros.
type unpacker struct {
	data    []byte
	symbols []string
	at      int
	text    int // the length of the report's text
	tables  []*content.Table
	failed  bool
}

func (u *unpacker) fail() {
	u.data, u.failed = nil, true
}

func (u *unpacker) number() int {
	n, size := binary.Uvarint(u.data)
	if size <= 0 || n > math.MaxInt32 {
		u.fail()
		return 0
	}
	u.data = u.data[size:]
	return int(n)
}

func (u *unpacker) signed() int {
	n, size := binary.Varint(u.data)
	if size <= 0 || n > math.MaxInt32 || n < math.MinInt32 {
		u.fail()
		return 0
	}
	u.data = u.data[size:]
	return int(n)
}

func (u *unpacker) real() float64 {
	const size = 8
	if len(u.data) < size {
		u.fail()
		return 0
	}
	x := math.Float64frombits(binary.LittleEndian.Uint64(u.data))
	u.data = u.data[size:]
	return x
}

func (u *unpacker) string() string {
	length := u.number()
	if length > len(u.data) {
		u.fail()
		return ""
	}
	s := string(u.data[:length])
	u.data = u.data[length:]
	return s
}

func (u *unpacker) truth() bool { return u.number() == 1 }

// slice makes a slice as long as packer.length said. Each item takes a byte at least, which bounds how many there can be.
func slice[T any](u *unpacker) []T {
	n := u.number()
	if n == 0 {
		return nil
	}
	if n-1 > len(u.data) {
		u.fail()
		return nil
	}
	return make([]T, n-1)
}

func (u *unpacker) strings() []string {
	texts := slice[string](u)
	for i := range texts {
		texts[i] = u.string()
	}
	return texts
}

func (u *unpacker) symbol() string {
	number := u.number()
	switch {
	case number == 0:
		u.symbols = append(u.symbols, u.string())
		return u.symbols[len(u.symbols)-1]
	case number > len(u.symbols):
		u.fail()
		return ""
	}
	return u.symbols[number-1]
}

func (u *unpacker) span() content.Span {
	start := u.at + u.signed()
	end := start + u.number()
	if u.failed || start < 0 || end > u.text {
		u.fail()
		return content.Span{}
	}
	u.at = start
	return content.Span{Start: start, End: end}
}

func (u *unpacker) report() *content.Report {
	r := &content.Report{Title: u.string(), Issuer: u.string(), Place: u.string(), Text: u.string()}
	u.text = len(r.Text)
	r.Year = u.signed()
	r.PlanYear = u.signed()
	r.OwnNames = u.strings()
	r.Examples = u.strings()
	r.Synonyms = slice[[]string](u)
	for i := range r.Synonyms {
		r.Synonyms[i] = u.strings()
	}
	for range u.number() {
		if u.failed {
			break
		}
		u.tables = append(u.tables, &content.Table{Caption: u.string(), Header: u.strings()})
	}
	r.Sections = slice[*content.Section](u)
	for i := range r.Sections {
		if u.failed {
			break
		}
		parent := u.number()
		if parent > i {
			u.fail()
			break
		}
		r.Sections[i] = &content.Section{}
		if parent > 0 {
			r.Sections[i].Parent = r.Sections[parent-1]
		}
		u.section(r.Sections[i])
	}
	return r
}

func (u *unpacker) section(s *content.Section) {
	s.Label, s.Number, s.Title = u.symbol(), u.symbol(), u.symbol()
	s.Level = u.signed()
	s.Heading = u.span()
	s.Span = u.span()
	s.Plan = u.truth()
	s.Sentences = slice[*content.Sentence](u)
	sentences := make([]content.Sentence, len(s.Sentences)) // in one piece
	for i := range s.Sentences {
		s.Sentences[i] = &sentences[i]
		sentences[i].Section = s
		u.sentence(&sentences[i])
	}
}

func (u *unpacker) sentence(s *content.Sentence) {
	s.Index = u.number()
	s.Span = u.span()
	s.Clauses = slice[content.Clause](u)
	for i := range s.Clauses {
		s.Clauses[i] = content.Clause{Span: u.span(), Item: u.truth()}
	}
	s.Figures = slice[content.Figure](u)
	for i := range s.Figures {
		s.Figures[i] = content.Figure{
			Span: u.span(), Value: u.real(), Unit: u.symbol(), Kind: content.Kind(u.symbol()),
			Bound: content.Bound(u.symbol()), Measure: u.span(),
		}
	}
	if u.truth() {
		s.Row = u.row()
	}
}

func (u *unpacker) row() *content.Row {
	row := &content.Row{}
	switch table := u.number(); {
	case table > len(u.tables):
		u.fail()
	case table > 0:
		row.Table = u.tables[table-1]
	}
	row.Cells = slice[content.Span](u)
	for i := range row.Cells {
		row.Cells[i] = u.span()
	}
	return row
}
