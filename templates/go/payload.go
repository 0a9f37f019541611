package examplecodes

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// The fields of an object, read one by one; what is wrong with them goes into problems.
type fields struct {
	values   map[string]any
	isObject bool
	path     string
	problems *[]Problem
}

// fieldsOf reads a payload or an event, which may be anything.
func fieldsOf(value any) fields {
	values, isObject := value.(map[string]any)
	read := fields{values, isObject, "", &[]Problem{}}
	if !isObject {
		*read.problems = append(*read.problems, Problem{nil, formOf(value)})
	}
	return read
}

// formOf tells what is wrong with a payload that is no object.
func formOf(value any) ProblemKind {
	switch given := value.(type) {
	case string, []byte:
		return ProblemKindJsonText
	case []any:
		if len(given) > 2 && isRequest(given[0], given[2]) {
			return ProblemKindFrame
		}
	}
	return ProblemKindWrongType
}

// isRequest tells whether a list is an OCPP-J frame by its first item, and the third, its action.
func isRequest(kind, action any) bool {
	number, isNumber := asNumber(plain(kind))
	_, isText := plain(action).(string)
	return isNumber && number == request && isText
}

// parsed gives what encoding/json makes of a payload that is JSON itself, nil where it is none.
func parsed(payload any) any {
	switch given := payload.(type) {
	case []byte:
		return fromJSON(given)
	case json.RawMessage:
		return fromJSON(given)
	}
	return plain(payload)
}

// plain gives a value as encoding/json makes it. A program that made the payload itself may have structs, pointers,
// and types of its own in it: they are what they are as JSON.
func plain(value any) any {
	switch value.(type) {
	case nil, bool, string, float64, json.Number, map[string]any, []any, []byte:
		return value
	}
	if number := reflect.ValueOf(value); number.CanInt() || number.CanUint() || number.CanFloat() {
		return value
	}
	text, err := json.Marshal(value)
	if err != nil {
		return value
	}
	return fromJSON(text)
}

// fromJSON gives what a text of JSON says, nil where it is none. Numbers stay as they are written: one that is too large
// for a float64 is odd, and no reason to refuse the rest.
func fromJSON(text []byte) any {
	if !json.Valid(text) {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return nil
	}
	return value
}

func (f fields) note(name string, problem ProblemKind) {
	field := f.path + name
	*f.problems = append(*f.problems, Problem{&field, problem})
}

// get gives the value of a field; null says as little as no field at all.
func (f fields) get(name string, isRequired bool) any {
	value := plain(f.values[name])
	if value == nil && f.isSpeltOtherwise(name) {
		f.note(name, ProblemKindSpelling)
	} else if value == nil && isRequired && f.isObject {
		f.note(name, ProblemKindMissing)
	}
	return value
}

// isSpeltOtherwise tells whether a field that is not there by its name stands there by another spelling of it.
func (f fields) isSpeltOtherwise(name string) bool {
	folded := foldName(name)
	for key, value := range f.values {
		if foldName(key) == folded && plain(value) != nil {
			return true
		}
	}
	return false
}

// foldName gives what is equal for all spellings of a field's name: errorCode, ErrorCode, error_code.
func foldName(name string) string { return fold(withoutJoints.Replace(name)) }

var withoutJoints = strings.NewReplacer("_", "", "-", "")

// hidesCondition tells whether a field that decides the condition was not read, since it is spelt in another way.
func (f fields) hidesCondition() bool {
	for _, one := range *f.problems {
		if one.Problem == ProblemKindSpelling && slices.Contains(decidingFields, *one.Field) {
			return true
		}
	}
	return false
}

func (f fields) text(name string, isRequired bool) *string {
	switch value := f.get(name, isRequired).(type) {
	case nil:
	case string:
		return &value
	default:
		f.note(name, ProblemKindWrongType)
	}
	return nil
}

func (f fields) flag(name string) *bool {
	switch value := f.get(name, false).(type) {
	case nil:
	case bool:
		return &value
	default:
		f.note(name, ProblemKindWrongType)
	}
	return nil
}

func (f fields) number(name string, isRequired bool, most float64) *int {
	value := f.get(name, isRequired)
	if value == nil {
		return nil
	}
	number, ok := asNumber(value)
	if !ok {
		f.note(name, ProblemKindWrongType)
		return nil
	}
	if !(number >= 0 && number <= most && number == math.Trunc(number)) {
		f.note(name, ProblemKindNotInOCPP)
		return nil
	}
	whole := int(number)
	return &whole
}

// asNumber takes the numbers of encoding/json, and those of a program that made the payload itself.
func asNumber(value any) (float64, bool) {
	if text, ok := value.(json.Number); ok {
		number, err := strconv.ParseFloat(string(text), 64)
		return number, err == nil || math.IsInf(number, 0)
	}
	switch number := reflect.ValueOf(value); {
	case number.CanFloat():
		return number.Float(), true
	case number.CanInt():
		return float64(number.Int()), true
	case number.CanUint():
		return float64(number.Uint()), true
	}
	return 0, false
}

// list gives the items of a field that is required.
func (f fields) list(name string) []any {
	switch value := f.get(name, true).(type) {
	case nil:
	case []any:
		return value
	default:
		f.note(name, ProblemKindWrongType)
	}
	return nil
}

// object gives the fields of an object within; where it is none, nothing in it is missed.
func (f fields) object(name string, isRequired bool) fields {
	value := f.get(name, isRequired)
	values, isObject := value.(map[string]any)
	if value != nil && !isObject {
		f.note(name, ProblemKindWrongType)
	}
	return fields{values, isObject, f.path + name + ".", f.problems}
}
