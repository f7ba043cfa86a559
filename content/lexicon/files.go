package lexicon

import _ "embed"

// The files, each a string of its own: one out of an embed.FS would be copied when it is read.
var (
	//go:embed abbreviations.txt
	abbreviations string
	//go:embed antonyms.txt
	antonyms string
	//go:embed bounds.txt
	bounds string
	//go:embed contrasts.txt
	contrasts string
	//go:embed deeds.txt
	deeds string
	//go:embed facts.txt
	facts string
	//go:embed layout.txt
	layout string
	//go:embed lists.txt
	lists string
	//go:embed organisations.txt
	organisations string
	//go:embed pinyin.txt
	pinyin string
	//go:embed places.txt
	places string
	//go:embed questions.txt
	questions string
	//go:embed reports.txt
	reports string
	//go:embed synonyms.txt
	synonyms string
	//go:embed terms.txt
	terms string
	//go:embed traditional.txt
	traditional string
	//go:embed unit-groups.txt
	unitGroups string
	//go:embed units.txt
	units string
)

// text is a file of this folder.
func text(name string) string {
	switch name {
	case "abbreviations.txt":
		return abbreviations
	case "antonyms.txt":
		return antonyms
	case "bounds.txt":
		return bounds
	case "contrasts.txt":
		return contrasts
	case "deeds.txt":
		return deeds
	case "facts.txt":
		return facts
	case "layout.txt":
		return layout
	case "lists.txt":
		return lists
	case "organisations.txt":
		return organisations
	case "pinyin.txt":
		return pinyin
	case "places.txt":
		return places
	case "questions.txt":
		return questions
	case "reports.txt":
		return reports
	case "synonyms.txt":
		return synonyms
	case "terms.txt":
		return terms
	case "traditional.txt":
		return traditional
	case "unit-groups.txt":
		return unitGroups
	case "units.txt":
		return units
	}
	panic("lexicon: there is no " + name)
}
