package examplecodes

import "strings"

// A knownList is a list of codes that somebody else publishes, with the vendorIds that are sent with them.
type knownList struct {
	title, source, vendorID string
	alsoSentAs              []string
	codes                   []listedCode
	counterparts            []MappedCode
}

// A listedCode is a code of such a list, and what the list calls it.
type listedCode struct{ code, name string }

// The lists by their vendorIds, as texts are compared.
var listsByID = func() map[string]*knownList {
	all := map[string]*knownList{}
	for i := range knownLists {
		list := &knownLists[i]
		for _, id := range append([]string{list.vendorID}, list.alsoSentAs...) {
			all[fold(id)] = list
		}
	}
	return all
}()

// listOf gives the list that a vendorId stands for, nil where it is none of another list.
func listOf(vendorID *string) *knownList {
	return listsByID[strings.Trim(wordOf(vendorID), " ")]
}

// find gives what the list has for a code.
func (l *knownList) find(sent piece) OtherList {
	found := OtherList{Title: l.title, VendorID: l.vendorID, Source: l.source, Counterparts: []MappedCode{}}
	for _, one := range l.codes {
		if fold(one.code) == sent.word {
			found.Code, found.Name = ptr(one.code), ptr(one.name)
			for _, row := range l.counterparts {
				if row.To == one.code {
					found.Counterparts = append(found.Counterparts, row)
				}
			}
		}
	}
	return found
}

// withoutZeros leaves out the codes of zeros beside NoError: what some stations send where there is none.
func withoutZeros(standard, vendor []piece, list *knownList) []piece {
	for _, one := range standard {
		if one.isError() {
			return vendor
		}
	}
	if len(standard) == 0 {
		return vendor
	}
	var kept []piece
	for _, one := range vendor {
		_, isKnown := byWord[one.word]
		if list != nil {
			isKnown = list.find(one).Code != nil
		}
		if isKnown || !isZeros(one.word) {
			kept = append(kept, one)
		}
	}
	return kept
}

func isZeros(word string) bool {
	digits := strings.TrimPrefix(word, "0x")
	return digits != "" && strings.Trim(digits, "0") == ""
}
