package examplecodes

import (
	"slices"
	"strings"
)

// Lookup finds a code as a charger sent it, whatever its upper and lower case.
//
// There is none for a code that no document has. A charger may run a newer firmware than the catalogue knows: keep
// the text that it sent, do not drop the message.
func Lookup[Code ~string](code Code) (CodeDetails, bool) {
	place, known := byWord[fold(string(code))]
	if !known {
		return CodeDetails{}, false
	}
	return codes[place].clone(), true
}

// ParseErrorCode gives a code as the catalogue spells it, whatever its upper and lower case. One that no document has
// stays as it is, and gets false.
func ParseErrorCode(text string) (ErrorCode, bool) {
	place, known := byWord[fold(text)]
	if !known {
		return ErrorCode(text), false
	}
	return codes[place].Code, true
}

// Describe gives what a code means, in any upper and lower case, see [CodeDetails.Description]. There is nothing for a
// code that no document has.
func Describe[Code ~string](code Code) (string, bool) {
	details, known := Lookup(code)
	return details.Description(), known
}

// LookupAsOf is [Lookup] as of the release that [FindRelease] finds for a firmware, which may be a release's name. The
// revisions end with the one that holds for it, and Meanings and SentIn are that one's. There is none if that release
// does not list the code. A firmware that cannot be read is answered as [Lookup] does.
func LookupAsOf[Code ~string](code Code, firmware string) (CodeDetails, bool) {
	details, known := Lookup(code)
	place, match := answering(firmware)
	if !known || match == ReleaseMatchNewest {
		return details, known
	}
	held := details.heldAt(place)
	if held < 0 {
		return CodeDetails{}, false
	}
	details.SentIn = details.Revisions[held].SentIn
	details.RemovedIn = nil
	details.Revisions = details.Revisions[:held+1]
	return details, true
}

// heldAt gives which revision holds for the release at a place, less than 0 if none does.
func (d CodeDetails) heldAt(place int) int {
	for i, revision := range d.Revisions {
		isOver := revision.Until != nil && places[*revision.Until] <= place
		if places[revision.Since] <= place && !isOver {
			return i
		}
	}
	return -1
}

// The place of each code among all, by its folded text.
var byWord = func() map[string]int {
	all := make(map[string]int, len(codes))
	for i, details := range codes {
		all[fold(string(details.Code))] = i
	}
	return all
}()

// fold gives what is equal for texts that OCPP takes as one: it has ASCII, and compares without case. Other texts stay
// as they are: the lower case of U+212A is k, and is not meant.
func fold(text string) string {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return text
		}
	}
	return strings.ToLower(text)
}

// Meanings is what the code means in the newest release that has it, or in the one that was asked for. There can be
// several.
func (d CodeDetails) Meanings() []Meaning {
	if len(d.Revisions) == 0 {
		return nil
	}
	return d.Revisions[len(d.Revisions)-1].Meanings
}

// Text is what those meanings say in the vendor's words, a line for each that differs from the others.
func (d CodeDetails) Text() string {
	return d.lines(func(meaning Meaning) string { return meaning.Text })
}

// Description is [CodeDetails.Text] without the sentences that became facts.
func (d CodeDetails) Description() string {
	return d.lines(func(meaning Meaning) string { return meaning.Description })
}

func (d CodeDetails) lines(said func(Meaning) string) string {
	var lines []string
	for _, meaning := range d.Meanings() {
		if line := said(meaning); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// Details is [Lookup] of the code.
func (c ErrorCode) Details() (CodeDetails, bool) {
	return Lookup(c)
}

// Text is [CodeDetails.Text] of the code, empty for one that no document has.
func (c ErrorCode) Text() string {
	details, _ := Lookup(c)
	return details.Text()
}

// Description is [CodeDetails.Description] of the code, empty for one that no document has.
func (c ErrorCode) Description() string {
	details, _ := Lookup(c)
	return details.Description()
}

// Releases gives every firmware release that the catalogue knows, the oldest first.
func Releases() []Release {
	return cloneEach(releases)
}

// LatestRelease gives the newest of them.
func LatestRelease() Release {
	return releases[len(releases)-1].clone()
}

// Codes gives every code that a document has had, in the order of the newest document, removed ones last.
func Codes() []CodeDetails {
	return cloneEach(codes)
}

// cloneEach gives a list with a clone of each item.
func cloneEach[T interface{ clone() T }](all []T) []T {
	if all == nil {
		return nil
	}
	cloned := make([]T, len(all))
	for i, one := range all {
		cloned[i] = one.clone()
	}
	return cloned
}

// cloneList gives a copy of a list, nil for nil.
func cloneList[T any](all []T) []T { return slices.Clone(all) }

// copied gives a pointer to a copy, nil for nil.
func copied[T any](value *T) *T {
	if value == nil {
		return nil
	}
	return ptr(*value)
}

func ptr[T any](value T) *T { return &value }
