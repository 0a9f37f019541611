package examplecodes

import (
	"slices"
	"strings"
)

// An otherList is a list of codes that somebody else publishes, with the vendorIds that are sent with them.
type otherList struct {
	title, source, vendorID string
	alsoSentAs              []string
	codes                   []listedCode
	counterparts            []MappedCode
}

// A listedCode is a code of such a list, and what the list calls it.
type listedCode struct{ code, name string }

// The lists by their vendorIds, as texts are compared.
var listsByID = func() map[string]*otherList {
	all := map[string]*otherList{}
	for i := range otherLists {
		list := &otherLists[i]
		for _, id := range append([]string{list.vendorID}, list.alsoSentAs...) {
			all[fold(id)] = list
		}
	}
	return all
}()

// listOf gives the list that a vendorId stands for, nil where it is none of another list.
func listOf(vendorID *string) *otherList {
	return listsByID[strings.Trim(wordOf(vendorID), " ")]
}

// has says whether a code is of the list, by what is compared.
func (l *otherList) has(word string) bool {
	return slices.ContainsFunc(l.codes, func(one listedCode) bool { return fold(one.code) == word })
}

// find gives what the list has for a code.
func (l *otherList) find(sent piece) OtherListCode {
	found := OtherListCode{Title: l.title, VendorID: l.vendorID, Source: l.source, Counterparts: []MappedCode{}}
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
