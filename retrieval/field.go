package retrieval

import "math"

// field is one field of the sentences of an index: their own text, or the headings above them.
//
// A word scores as in BM25, in the form that bleve has given it, by which the weights of package answers were chosen: the
// square root of how often it stands there in place of the number, and for the mean length of the field how many different
// words it has for each sentence, rounded up.
type field struct {
	numbers  map[string]int32 // of the words, in the order in which they first occur
	postings [][]posting      // by the word's number
	lengths  []float64        // of the sentences, in words
	mean     float64
}

// posting tells how often a word stands in a sentence.
type posting struct{ sentence, times int32 }

// wordsASentence is about how many new words each sentence of a report brings.
const wordsASentence = 16

func newField(sentences int) field {
	return field{numbers: make(map[string]int32, wordsASentence*sentences), lengths: make([]float64, sentences)}
}

// add adds the words of a sentence, each followed by its parts. Sentences come in order.
func (f *field) add(sentence int, tokens []Token) {
	words := 0
	for i := range tokens {
		f.addWord(sentence, tokens[i].Text)
		for _, part := range tokens[i].Parts {
			f.addWord(sentence, part)
		}
		words += 1 + len(tokens[i].Parts)
	}
	f.lengths[sentence] = asLength(words)
}

func (f *field) addWord(sentence int, word string) {
	number, known := f.numbers[word]
	if !known {
		number = int32(len(f.postings))
		f.numbers[word] = number
		f.postings = append(f.postings, nil)
	}
	list := f.postings[number]
	if last := len(list) - 1; last >= 0 && list[last].sentence == int32(sentence) {
		list[last].times++
		return
	}
	f.postings[number] = append(list, posting{int32(sentence), 1})
}

// asLength is a number of words as it comes back from a norm, one through its square root in four bytes.
func asLength(words int) float64 {
	norm := float64(float32(1 / math.Sqrt(float64(words))))
	return 1 / (norm * norm)
}

// finish is called when all sentences have been added.
func (f *field) finish() {
	f.mean = math.Ceil(float64(len(f.postings)) / float64(len(f.lengths)))
}

// find gives the places of a word, and its rarity, by which it is weighed against others. No place is as rare as can be.
func (f *field) find(word string) (found []posting, rarity float64) {
	if number, known := f.numbers[word]; known {
		found = f.postings[number]
	}
	sentences, with := float64(len(f.lengths)), float64(len(found))
	if f.mean > 0 {
		return found, math.Log(1 + (sentences-with+0.5)/(with+0.5))
	}
	return found, 1 + math.Log(sentences/(with+1)) // a field without words
}

// score is what a word of some rarity adds to a sentence.
func (f *field) score(p posting, rarity float64) float64 {
	frequency := math.Sqrt(float64(p.times))
	return rarity * (frequency * BM25K1) / (frequency + BM25K1*(1-BM25B+(BM25B*f.lengths[p.sentence]/f.mean)))
}
