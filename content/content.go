// Package content holds the reports and their language: what a report is made of, and how its text is taken apart.
//
// Text comes in through [Load] or [LoadAll] (or [Embedded] for the report that the program carries), in any of the formats
// that reports are published in, and goes out as a [Report]: the canonical text, once, and sections, sentences, clauses
// and figures as [Span]s of it. A span counts bytes, so Report.Text[s.Start:s.End] is the quoted text and a quote that is
// not verbatim cannot be written down.
//
//	report, err := content.Embedded() // or content.Load("2022年政府工作报告.md")
//	for _, section := range report.Sections {
//		fmt.Println(section.Label, section.Title)
//		for _, sentence := range section.Sentences {
//			for _, figure := range sentence.Figures {
//				fmt.Println(report.Quote(figure.Span), figure.Kind, figure.Value)
//			}
//		}
//	}
//
// The package knows neither search nor questions nor chats. The words that it needs of the general language (units,
// numerals) stand in package wenbao/content/lexicon.
package content

import (
	"iter"
	"strings"
)

// Span is a part of a report's text: the bytes from Start up to, not including, End.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the span's length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether other lies inside s.
func (s Span) Contains(other Span) bool { return s.Start <= other.Start && other.End <= s.End }

// Report is a report taken apart. It is read-only once parsed and may be shared between goroutines.
type Report struct {
	Title  string
	Issuer string // who reports, as far as the title or the text say it; may be empty
	Place  string // the place that it reports on, 全国 for a national report; may be empty
	Year   int    // the year that it reports on; 0 when unknown
	// PlanYear is the year that its plan is for; 0 when it plans nothing.
	PlanYear int
	// OwnNames are the names of what the whole report is about, its place and its issuer, in all their forms (全市, 我市,
	// 市工信局). Every sentence is about them, so that a question which names them asks for nothing more.
	OwnNames []string
	// Examples are questions that show what can be asked; empty where nobody has written any.
	Examples []string
	// Synonyms are lines of synonyms (as in lexicon/synonyms.txt) for words particular to this report.
	Synonyms [][]string
	Text     string // the canonical text, which every span counts into
	// Sections are in the order of the text: a chapter stands before its parts.
	Sections []*Section
}

// Quote returns the text of a span.
func (r *Report) Quote(s Span) string { return r.Text[s.Start:s.End] }

// Sentences yields every sentence in the order of the text.
func (r *Report) Sentences() iter.Seq[*Sentence] {
	return func(yield func(*Sentence) bool) {
		for _, section := range r.Sections {
			for _, sentence := range section.Sentences {
				if !yield(sentence) {
					return
				}
			}
		}
	}
}

// Section finds a section by its label, or nil. Brackets may be of either width: 四(三) and 四（三） are the same label.
func (r *Report) Section(label string) *Section {
	label = normalizeLabel(label)
	for _, section := range r.Sections {
		if normalizeLabel(section.Label) == label {
			return section
		}
	}
	return nil
}

// Section is a chapter or a part with the text that stands directly under its heading. The text of a chapter's parts
// belongs to the parts; what a chapter says behind its last part is a section of its own, 一(续). In a report without
// headings each paragraph is a section.
type Section struct {
	Label     string   // joined numbers, 四(三); 引言, 结语, 第3段; 一(续); or the title of an unnumbered heading
	Number    string   // as printed, 四、 or (三); empty for an unnumbered one
	Title     string   // without number and closing mark: 抢滩“新基建”
	Level     int      // 1 for chapters, 2 for their parts, and so on
	Parent    *Section // nil for chapters
	Heading   Span     // number and title as printed; empty for 引言, 结语, 第3段 and 一(续), which have none in the text
	Span      Span     // from the heading to the end of the last sentence, parts included
	Sentences []*Sentence
	// Plan is true where the section says what is to be done, rather than what was done.
	Plan bool
}

// Path holds the headings from the chapter down to the section, as printed: 四、聚焦融合发展,…  (三)抢滩“新基建”.
// A section without a heading in the text gives its label; the continuation of a chapter gives the chapter's heading.
func (s *Section) Path(r *Report) []string {
	var path []string
	for at := s; at != nil; at = at.Parent {
		if at.Heading.Len() == 0 && at.Parent != nil {
			continue
		}
		heading := at.Label
		if at.Heading.Len() > 0 {
			heading = strings.TrimSpace(r.Quote(at.Heading))
		}
		path = append([]string{heading}, path...)
	}
	return path
}

// Sentence ends at 。！？ or at a semicolon between parts that stand alone.
type Sentence struct {
	Section *Section
	Index   int // in the report, from 0
	Span    Span
	Clauses []Clause // without gaps but for the marks between them
	Figures []Figure // in the order of the text
	Row     *Row     // of a table, when the sentence is one; nil otherwise
}

// Row is a row of a table: 原煤 | 亿吨 | 45.6 | 10.5. Its numbers are figures without a unit in their text; their unit is
// that of the header, of the cell that names it, or of the caption, and they measure the row's name, without 其中：. A line of
// a table that is set in two halves beside each other holds two rows.
type Row struct {
	Table *Table
	Cells []Span // as many as are filled; an empty one in between has no length
}

// Table is what the rows of a table share.
type Table struct {
	Caption string   // the lines above it, such as 表1 2022年年末人口数及其构成 单位：万人; may be empty
	Header  []string // of each column
}

// Clause is a part of a sentence between commas, or an item of a list whose items each hold a figure of their own
// (1家工业园区、6家工厂、9款产品).
type Clause struct {
	Span
	Item bool // ends, or begins, at a 、 rather than at a comma
}

// Kind says what a figure is.
type Kind string

// The kinds of figures.
const (
	Count           Kind = "count"            // 10018个, 3500多人次
	Money           Kind = "money"            // 81.7亿元
	Percent         Kind = "percent"          // 8.1%
	PercentagePoint Kind = "percentage-point" // 1.1个百分点
	Rank            Kind = "rank"             // 第7位, 第二批
	Size            Kind = "size"             // 8英寸, 113平方公里, 144.8万吨
	Speed           Kind = "speed"            // 600公里 after 时速
	Period          Kind = "period"           // 三年
	Date            Kind = "date"             // 7月17日, 2021年
)

// Kinds lists all kinds, in the order in which help texts name them.
var Kinds = []Kind{Count, Money, Percent, PercentagePoint, Rank, Size, Speed, Period, Date}

// Bound says how a figure bounds what it measures, from the words around it (近, 超过, 以上, 左右) or inside (余, 多).
type Bound string

// The bounds.
const (
	Exact   Bound = "exact"
	About   Bound = "about"    // 约, 左右
	Over    Bound = "over"     // 超过, 突破, 余, 多
	Nearly  Bound = "nearly"   // 近, 接近
	AtLeast Bound = "at-least" // 以上, 不低于
	AtMost  Bound = "at-most"  // 以内, 不超过
)

// Figure is a number with its unit as printed: 10018个, 81.7亿元, 第7位.
type Figure struct {
	Span
	Value float64 // in Unit: 81.7亿元 is 8170000000 元, so that figures of a unit compare
	Unit  string  // without 万 and 亿: 元; 个; %; 位
	Kind  Kind
	Bound Bound
	// Measure is what the figure measures, a span of the figure's own clause: 年内新建开通充电桩 of 10018个.
	Measure Span
}
