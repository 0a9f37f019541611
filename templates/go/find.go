package examplecodes

import "slices"

// A Filter says which codes [FindCodes] gives. A field that is left out restricts nothing.
type Filter struct {
	// The codes that this product can send: those that are said of it, in any upper and lower case, or of no product.
	Product string

	// The codes that can be set on this connector: those that are said of it, or of no connector.
	Connector *int

	// The codes of which every meaning says that they are no longer used, or the others.
	Deprecated *bool

	// The codes that are sent in this field.
	SentIn SentIn
}

// FindCodes gives every code that a filter lets through, in the order of [Codes]. It goes by what a code means in the
// newest release that has it; one of its meanings has to fit product and connector alike.
func FindCodes(filter Filter) []CodeDetails {
	found := []CodeDetails{}
	for _, details := range codes {
		if filter.admits(details) {
			found = append(found, details.clone())
		}
	}
	return found
}

func (f Filter) admits(details CodeDetails) bool {
	meanings := details.Meanings()
	isDeprecated := !slices.ContainsFunc(meanings, isInUse)
	return (f.SentIn == "" || f.SentIn == details.SentIn) &&
		(f.Deprecated == nil || *f.Deprecated == isDeprecated) &&
		slices.ContainsFunc(meanings, f.admitsMeaning)
}

func (f Filter) admitsMeaning(meaning Meaning) bool {
	products, connectors := productsOf(meaning), connectorsOf(meaning)
	isProduct := func(product string) bool { return fold(product) == fold(f.Product) }
	return (f.Product == "" || len(products) == 0 || slices.ContainsFunc(products, isProduct)) &&
		(f.Connector == nil || len(connectors) == 0 || slices.Contains(connectors, *f.Connector))
}
