package answers

import (
	"fmt"
	"slices"
	"strings"

	"wenbao/content"
)

// # Other readings
//
// What a question to many reports says of places and times can be meant in two ways. It is read in the likelier one first,
// and in the other when that is not answered:
//
//	江州近五年生产总值增长多少    a row of years; or what the newest report says of the five together
//	全国文明城市有几个          of the country; or of any report, 全国 being part of a name
//	江州和海滨生产总值增长多少    there is no report of 海滨; then of 江州 alone, which is said
//	江州占比2021年比2020年高多少   of the years together, or of each

// leastRows is how many years make a row.
const leastRows = 2

// otherReading is a question that was answered, or not, as it can be meant too, with what it then lacks; false where it can
// be meant but in one way.
func (l *Library) otherReading(q inquiry, answer Answer) (other inquiry, lacking string, is bool) {
	switch unknown, rest := l.besidePlaces(q.normalised); {
	case q.said.lately > 0 && len(answer.Series) < leastRows:
		q.said.row, q.said.lately, q.said.newest, q.together = false, 0, true, answer.Kind == Found
		return q, "", true
	case answer.Kind != NotFound || q.prime != "":
		return q, "", false
	case q.said.nation && len(q.said.years) == 0:
		q.said.places, q.said.nation = nil, false
		return q, "", true
	case len(unknown) > 0:
		q.said, q.subject = l.read(rest)
		q.text = ""
		return q, fmt.Sprintf("没有%s的报告。", strings.Join(unknown, "、")), true
	case !q.said.row && !q.said.each && len(q.said.years) > 1 && q.text != "":
		q.text = ""
		return q, "", true
	}
	return q, "", false
}

// besidePlaces finds places that a question names together with those of reports (江州和海滨), though no report is of them,
// and gives the question without them.
func (l *Library) besidePlaces(text string) (unknown []string, rest string) {
	places, _ := l.placesIn(text)
	for i := 0; i < len(places); {
		start := strings.Index(text, places[i])
		end := start + len(places[i])
		before, joinedBefore := cutJoining(text[:start], strings.CutSuffix)
		after, joinedAfter := cutJoining(text[end:], strings.CutPrefix)
		earlier, later := l.unknownPlace(before, true, joinedBefore), l.unknownPlace(after, false, joinedAfter)
		switch {
		case later != "":
			unknown = append(unknown, later)
			text = text[:end] + after[len(later):]
		case earlier != "":
			unknown = append(unknown, earlier)
			text = strings.TrimSuffix(before, earlier) + text[start:]
		default:
			i++
		}
	}
	return unknown, text
}

// cutJoining cuts a word that joins off an end of a text.
func cutJoining(text string, cut func(string, string) (string, bool)) (rest string, joined bool) {
	longest := text
	for _, word := range joining {
		if rest, found := cut(text, word); found && len(rest) < len(longest) {
			longest = rest
		}
	}
	return longest, len(longest) < len(text)
}

// longestPlace is how many bytes of a text are looked at for the name of a place.
const longestPlace = 30

// unknownPlace is the longest name of a city or a province at the beginning of a text, or at its end, that no report is of;
// empty when there is none, or the text does not stand where a place may.
func (l *Library) unknownPlace(text string, atEnd, mayBe bool) string {
	for length := min(len(text), longestPlace); length > 0 && mayBe; length-- {
		name := text[:length]
		if atEnd {
			name = text[len(text)-length:]
		}
		if !isCity(name) {
			continue
		}
		if slices.ContainsFunc(l.names, func(known nameOf) bool { return known.text == name }) {
			return ""
		}
		return name
	}
	return ""
}

// isCity tells whether a text is the name of a city or a province. Some names that are ordinary words too are known only with
// what the place is (日照市); here they are names.
func isCity(name string) bool {
	return slices.ContainsFunc(append([]string{""}, content.PlaceSuffixes()...), func(suffix string) bool {
		kind := kindOfPlace(name + suffix)
		return kind == "city" || kind == "province"
	})
}

// placeless is the city or province that a question is about of all, where no report is of it: one that it begins with, in
// front of a year or behind it.
func (l *Library) placeless(q inquiry) string {
	if len(q.said.places) > 0 && !q.said.nation || len(q.said.years) == 0 {
		return ""
	}
	year := yearNumber.FindStringIndex(q.normalised)
	if year == nil {
		return ""
	}
	if year[0] == 0 {
		return l.unknownPlace(strings.TrimPrefix(q.normalised[year[1]:], "的"), false, true)
	}
	if place := l.unknownPlace(q.normalised, false, true); len(place) == year[0] {
		return place
	}
	return ""
}
