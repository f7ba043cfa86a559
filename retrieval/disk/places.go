package disk

import (
	"errors"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// places tells the place of each of bleve's documents. Sentences have numbers from 0, in the order of the keys of the reports
// and in a report's own; so do the sections that have sentences. The sentences of a section have numbers in a row.
type places struct {
	of        []int32 // by bleve's number: the sentence's, or that of the section as ^number; noPlace for other documents
	documents []int32 // bleve's number for each sentence
	reports   []int32 // the first sentence of each report, and how many there are
	sections  []int32 // the first sentence of each section, and how many there are
}

const noPlace = math.MinInt32

var errPlaces = errors.New("句子和清单对不上")

// findPlaces reads the ids of all documents once, since bleve numbers them in the order in which its workers finish.
func findPlaces(reader index.IndexReader, reports []entry) (places, error) {
	var p places
	type numbers struct{ report, section, sections int32 } // the first of a report's, and how many sections
	byNumber := make(map[uint32]numbers, len(reports))
	sentences := int32(0)
	for _, e := range reports {
		byNumber[e.Number] = numbers{sentences, int32(len(p.sections)), int32(len(e.Sections))}
		p.reports = append(p.reports, sentences)
		for _, n := range e.Sections {
			p.sections = append(p.sections, sentences)
			sentences += int32(n)
		}
	}
	left := int(sentences) + len(p.sections) + len(reports)
	p.reports = append(p.reports, sentences)
	p.sections = append(p.sections, sentences)

	p.of = slices.Repeat([]int32{noPlace}, documentNumbers(reader))
	documents, err := reader.DocIDReaderAll()
	if err != nil {
		return p, err
	}
	defer documents.Close()
	for {
		document, err := documents.Next()
		if err != nil {
			return p, err
		}
		if document == nil {
			break
		}
		name, err := reader.ExternalID(document)
		if err != nil {
			return p, err
		}
		id, ok := parseID(name)
		first, known := byNumber[id.report]
		if !ok || !known {
			return p, errPlaces
		}
		place := &p.of[document.Value()]
		switch id.kind {
		case sentenceKind:
			*place = first.report + int32(id.place)
		case sectionKind:
			*place = ^(first.section + int32(id.place))
		}
		left--
	}
	if err := p.check(left); err != nil {
		return p, err
	}
	p.documents = make([]int32, sentences)
	for document, place := range p.of {
		if place >= 0 {
			p.documents[place] = int32(document)
		}
	}
	return p, nil
}

// check sees that what was found is what there must be, with so many documents left.
func (p *places) check(left int) error {
	sentences, sections := p.reports[len(p.reports)-1], int32(len(p.sections)-1)
	for _, place := range p.of {
		if place != noPlace && (place >= sentences || ^place >= sections) {
			return errPlaces
		}
	}
	if left != 0 {
		return errPlaces
	}
	return nil
}

// sentencesOf are the numbers of a section's sentences: from the first up to, not including, the second.
func (p *places) sentencesOf(section int32) (from, to int32) {
	return p.sections[section], p.sections[section+1]
}

// reportOf is which report a sentence is in, and its index there.
func (p *places) reportOf(sentence int32) (report, index int) {
	report, exact := slices.BinarySearch(p.reports, sentence)
	if !exact {
		report--
	}
	return report, int(sentence - p.reports[report])
}

// documentNumbers is how many numbers bleve has given to documents, removed ones among them.
func documentNumbers(reader index.IndexReader) int {
	n := 0
	for _, segment := range reader.(*scorch.IndexSnapshot).Segments() {
		n += int(segment.FullSize())
	}
	return n
}
