package lexicon

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// Table is a map from strings to strings that is looked up where it lies, in a file that is part of the program. A start
// has nothing to read or to build, and of the file only the pages come into memory that are looked at.
//
// Tables are made of this folder's text files, which are the place to change anything, by tests of the packages that give
// the lines their meaning: go generate has them write their files, and they fail when one is out of date.
//
// First comes the number of buckets, a power of two, then where each bucket begins, and the end of the last one, all in
// four bytes, little end first. A bucket holds the keys with its hash, each with its value behind it, each of them behind
// its length in two bytes.
type Table string

// Find gives the value of a key.
func (t Table) Find(key string) (value string, found bool) {
	bucket := int(hashOf(key) & (t.number(0) - 1))
	end := int(t.number(bucket + 2))
	for at := int(t.number(bucket + 1)); at < end; {
		known := t.text(at)
		at += 2 + len(known)
		value = t.text(at)
		if known == key {
			return value, true
		}
		at += 2 + len(value)
	}
	return "", false
}

// number reads one of the numbers at the beginning.
func (t Table) number(i int) uint32 {
	b := t[4*i : 4*i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// text reads a text behind its length.
func (t Table) text(at int) string {
	start := at + 2
	return string(t[start : start+int(t[at])+int(t[at+1])<<8])
}

// hashOf is FNV-1a.
func hashOf(key string) uint32 {
	hash := uint32(2166136261)
	for i := range len(key) {
		hash = (hash ^ uint32(key[i])) * 16777619
	}
	return hash
}

// NewTable makes a table. The same entries make the same table.
func NewTable(entries map[string]string) Table {
	count := 1
	for count < len(entries) {
		count *= 2
	}
	buckets := make([][]byte, count)
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		bucket := &buckets[hashOf(key)&uint32(count-1)]
		for _, text := range []string{key, entries[key]} {
			if len(text) > 1<<16-1 {
				panic(fmt.Sprintf("lexicon: %.20q… is too long for a table", text))
			}
			*bucket = append(binary.LittleEndian.AppendUint16(*bucket, uint16(len(text))), text...)
		}
	}
	table := binary.LittleEndian.AppendUint32(nil, uint32(count))
	at := 4 * (1 + count + 1)
	for _, bucket := range buckets {
		table = binary.LittleEndian.AppendUint32(table, uint32(at))
		at += len(bucket)
	}
	table = binary.LittleEndian.AppendUint32(table, uint32(at))
	return Table(append(table, slices.Concat(buckets...)...))
}
