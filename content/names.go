package content

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenbao/content/lazy"
	"wenbao/content/lexicon"
)

// A place's name with what it is: 西藏自治区, 遂宁市.
const placePattern = `(\p{Han}{2,20}?(?:自治区|自治州|自治县|省|市|州|盟|地区|县|区|旗))`

var (
	congressPlace = lazy.Compile(`(?:在|日[ 　]*在?)` + placePattern + `第`)
	titlePlace    = lazy.Compile(`^(?:(?:19|20)[0-9]{2}年)?[ 　]*` + placePattern)
	speakerPlace  = lazy.Compile(`^` + placePattern + `(?:人民政府)?(?:代理|代)?(?:省长|市长|主席|州长|盟长|县长|区长|旗长)`)
	spokenFor     = lazy.Compile(`代表` + placePattern + `(?:人民)?政府`)
	spokenForOwn  = lazy.Compile(`代表(自治区|自治州|自治县|省|市|州|盟|县|区|旗)(?:人民)?政府`)
)

// dateWords stand in no place's name, but before one: 一月五日在….
const dateWords = "年月日在"

// leastMentions is how often a place must stand in a report that names its own only by the way.
const leastMentions = 5

// longestSearched is how much of a text is searched for names of places, in bytes; a report has less.
const longestSearched = 1 << 20

// names finds the place that the report is about and the names that all of it is about: 遂宁 遂宁市 全市 我市.
func (f *front) names(text string) (place string, names []string) {
	words := layoutWords()
	lines := append([]string{f.title}, f.lines...)
	for _, word := range words["national"] {
		if strings.Contains(strings.Join(lines, "\n"), word) || strings.Contains(f.first, "代表"+word) {
			return nationOf(words), words["own-国"]
		}
	}
	suffix := ""
	for _, pattern := range []*lazy.Pattern{congressPlace, titlePlace, speakerPlace, spokenFor} {
		for _, line := range append(lines, f.first) {
			if pattern == titlePlace && line == f.first {
				continue
			}
			if match := pattern.FindStringSubmatch(line); match != nil && place == "" && !strings.ContainsAny(match[1], dateWords) && !slices.Contains(placeSuffixes, match[1]) && utf8.RuneCountInString(stemOf(match[1])) > 1 {
				place = match[1]
				suffix = suffixOf(place)
			}
		}
	}
	if match := spokenForOwn.FindStringSubmatch(f.first); match != nil && place == "" {
		suffix = match[1]
		place = mostNamed(text, suffix)
	}
	switch {
	case place != "":
		names = append(names, place)
		if stem := stemOf(place); stem != place {
			names = append(names, stem)
			if short, cut := strings.CutPrefix(suffix, "自治"); cut {
				names = append(names, stem+short) // 延边州
			}
		}
	case suffix == "" && containsAny(f.title, words["national-title"]):
		return nationOf(words), words["own-国"]
	}
	return place, append(names, words["own-"+suffix]...)
}

// provinceNames are what the province of a city is called in a report of the city, as a line of synonyms: = 辽宁 辽宁省 全省 省内.
// There is none for other places.
func provinceNames(place string) []string {
	province := ""
	for entry := range lexicon.Entries("places.txt") {
		if len(entry) > 2 && entry[0] == place {
			province = entry[2]
		}
	}
	if province == "" {
		return nil
	}
	names, whole := []string{"="}, []string{"全省", "省内"}
	for entry := range lexicon.Entries("places.txt") {
		if entry[1] != "province" || !strings.HasPrefix(entry[0], province) {
			continue
		}
		names = append(names, entry[0])
		if strings.HasSuffix(entry[0], "自治区") {
			whole = []string{"全区", "区内"}
		}
	}
	return append(names, whole...)
}

// nationOf is the place of a national report: the first word for the whole country.
func nationOf(words map[string][]string) string { return words["own-国"][0] }

// mostNamed is the place of a kind that a text names most often, with its suffix.
func mostNamed(text, suffix string) string {
	text = text[:min(len(text), longestSearched)]
	most, place := leastMentions-1, ""
	for entry := range lexicon.Entries("places.txt") {
		name := entry[0]
		if entry[1] != "province" && entry[1] != "city" || !strings.HasSuffix(name, suffix) {
			continue
		}
		if mentions := strings.Count(text, stemOf(name)); mentions > most {
			most, place = mentions, name
		}
	}
	return place
}

func suffixOf(place string) string {
	for _, suffix := range placeSuffixes {
		if strings.HasSuffix(place, suffix) {
			return suffix
		}
	}
	return ""
}

// placeSuffixes are what places are, longest first.
var placeSuffixes = []string{"自治区", "自治州", "自治县", "地区", "省", "市", "州", "盟", "县", "区", "旗"}

// PlaceSuffixes are what places are, longest first: 自治区, 省, 市. The caller must not change them.
func PlaceSuffixes() []string { return placeSuffixes }

// stemOf is a place's name without what it is: 西藏 of 西藏自治区, 广西 of 广西壮族自治区. Names of a single character keep
// it (沙市 is no 沙).
func stemOf(place string) string {
	for _, suffix := range placeSuffixes {
		stem, cut := strings.CutSuffix(place, suffix)
		if !cut {
			continue
		}
		if strings.HasPrefix(suffix, "自治") {
			stem = withoutPeoples(stem)
		}
		if utf8.RuneCountInString(stem) < 2 {
			return place
		}
		return stem
	}
	return place
}

// withoutPeoples takes the peoples off the name of an autonomous place: 延边 of 延边朝鲜族.
func withoutPeoples(stem string) string {
	for again := true; again; {
		again = false
		for _, people := range layoutWords()["people"] {
			if rest, cut := strings.CutSuffix(stem, people); cut && utf8.RuneCountInString(rest) > 1 {
				stem, again = rest, true
			}
		}
	}
	return stem
}
