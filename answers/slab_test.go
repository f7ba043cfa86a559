package answers

import "testing"

func TestBlockTake(t *testing.T) {
	var b block[int]
	var taken [][]int
	for n := range 40 { // more than the first block has room for
		items := b.take(n, 4)
		for i := range items {
			items[i] = n
		}
		taken = append(taken, items)
	}
	for n, items := range taken {
		if len(items) != n || cap(items) != n {
			t.Errorf("take(%d) gave %d items, with room for %d", n, len(items), cap(items))
		}
		for _, item := range items {
			if item != n {
				t.Fatalf("the items of take(%d) were handed out again: one is %d", n, item)
			}
		}
	}
}

func TestBlockForget(t *testing.T) {
	var b block[*int]
	items := b.take(3, 4)
	items[2] = new(int)
	b.forget()
	if again := b.take(3, 4); &again[0] != &items[0] {
		t.Error("what was taken back is not handed out again")
	} else if again[2] != nil {
		t.Error("an item still points at what the last question left in it")
	}
	b.take(mostKept+1, 4)
	if b.forget(); b.items != nil {
		t.Errorf("%d items are kept, more than %d", len(b.items), mostKept)
	}
}

func TestSharePlaces(t *testing.T) {
	known := &termPlaces{}
	var s slab
	s.sharePlaces([]*term{{text: "企业", class: noun, variants: []variant{{"企业", 1}}, places: known}})
	same := &term{text: "企业", class: noun, variants: []variant{{"企业", 1}}}
	part := &term{text: "企业", class: noun, variants: []variant{{"企业", 1}}}
	others := []*term{
		{text: "企业", class: vague, variants: same.variants},
		{text: "企业", class: noun, variants: []variant{{"公司", 1}}},
		{text: "企业", class: noun, number: true, variants: same.variants},
		{text: "制造业企业", class: noun, parts: []*term{part}},
	}
	s.sharePlaces(append([]*term{same}, others...))
	if same.places != known || part.places != known {
		t.Error("the places of the same term are not shared")
	}
	for _, other := range others {
		if other.places != nil {
			t.Errorf("%+v has the places of another term", other)
		}
	}
}
