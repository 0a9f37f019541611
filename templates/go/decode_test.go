package examplecodes_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"examplecodes"
)

type vector struct {
	Name     string          `json:"name"`
	Message  json.RawMessage `json:"message"`
	Firmware *string         `json:"firmware"`
	Expected json.RawMessage `json:"expected"`
}

func (v vector) firmware() string {
	if v.Firmware == nil {
		return ""
	}
	return *v.Firmware
}

func vectors(t *testing.T) (statusNotifications, notifyEvents []vector) {
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Comment             string   `json:"$comment"`
		FormatVersion       string   `json:"format_version"`
		Vendor              string   `json:"vendor"`
		StatusNotifications []vector `json:"status_notifications"`
		NotifyEvents        []vector `json:"notify_events"`
	}
	read(t, text, &all)
	if len(all.StatusNotifications) == 0 || len(all.NotifyEvents) == 0 {
		t.Fatal("there are no vectors")
	}
	return all.StatusNotifications, all.NotifyEvents
}

// read refuses fields that the type does not have.
func read(t *testing.T, text []byte, into any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatal(err)
	}
}

// forms gives a message in every form in which a program can have it.
func forms(t *testing.T, message json.RawMessage) map[string]any {
	t.Helper()
	var floats, numbers any
	if err := json.Unmarshal(message, &floats); err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(message))
	decoder.UseNumber()
	if err := decoder.Decode(&numbers); err != nil {
		t.Fatal(err)
	}
	return map[string]any{"any": floats, "json.Number": numbers, "json.RawMessage": message, "[]byte": []byte(message)}
}

// same compares as JSON: every field that is expected and no other, null told from nothing.
func same(t *testing.T, answer any, expected json.RawMessage) {
	t.Helper()
	written, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if json.Unmarshal(written, &got) != nil || json.Unmarshal(expected, &want) != nil {
		t.Fatal("no JSON")
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", written, expected)
	}
}

func TestStatusNotificationVectors(t *testing.T) {
	all, _ := vectors(t)
	for _, one := range all {
		t.Run(one.Name, func(t *testing.T) {
			var typed examplecodes.DecodedStatusNotification
			read(t, one.Expected, &typed)
			same(t, typed, one.Expected)
			for form, message := range forms(t, one.Message) {
				answer := examplecodes.DecodeStatusNotification(message, one.firmware())
				same(t, answer, one.Expected)
				if !reflect.DeepEqual(answer.Payload, message) {
					t.Errorf("the payload is not kept: %s", form)
				}
			}
		})
	}
}

func TestNotifyEventVectors(t *testing.T) {
	_, all := vectors(t)
	for _, one := range all {
		t.Run(one.Name, func(t *testing.T) {
			var typed examplecodes.DecodedNotifyEvent
			read(t, one.Expected, &typed)
			same(t, typed, one.Expected)
			for form, message := range forms(t, one.Message) {
				answer := examplecodes.DecodeNotifyEvent(message, one.firmware())
				same(t, answer, one.Expected)
				if !reflect.DeepEqual(answer.Payload, message) {
					t.Errorf("the payload is not kept: %s", form)
				}
			}
		})
	}
}

// What no JSON is, and what only Go has.
func TestOddPayloads(t *testing.T) {
	var nothing map[string]any
	for name, payload := range map[string]any{
		"no JSON":      []byte(`{"status": "Faulted"`),
		"two values":   []byte(`{} {}`),
		"no bytes":     []byte{},
		"nil bytes":    json.RawMessage(nil),
		"a struct":     struct{ Status string }{"Faulted"},
		"a channel":    make(chan int),
		"deep lists":   []byte(strings.Repeat("[", 100_000)),
		"a nil map":    nothing,
		"an odd float": map[string]any{"connectorId": math.NaN()},
		"no number":    map[string]any{"connectorId": json.Number("two")},
		"large":        []byte(`{"connectorId": 1e999}`),
		"no UTF-8":     map[string]any{"status": "\xff", "errorCode": strings.Repeat("\xff", 1001)},
	} {
		t.Run(name, func(t *testing.T) {
			answer := examplecodes.DecodeStatusNotification(payload, "")
			if answer.Condition != examplecodes.ConditionUnknown || len(answer.Problems) == 0 {
				t.Errorf("got %+v", answer)
			}
			if events := examplecodes.DecodeNotifyEvent(payload, ""); len(events.Problems) != 1 {
				t.Errorf("got %+v", events)
			}
		})
	}
}

func TestNumbersOfGo(t *testing.T) {
	for _, two := range []any{2, int8(2), uint64(2), float32(2), json.Number("2e0")} {
		answer := examplecodes.DecodeStatusNotification(map[string]any{"connectorId": two}, "")
		if answer.ConnectorID == nil || *answer.ConnectorID != 2 {
			t.Errorf("%T: got %v", two, answer.ConnectorID)
		}
	}
}

// What a program makes itself is read as it would be written.
func TestValuesOfGo(t *testing.T) {
	type payload map[string]any
	type notification struct {
		ConnectorID *int    `json:"connectorId"`
		Status      string  `json:"status"`
		Info        *string `json:"info,omitempty"`

		ErrorCode examplecodes.ErrorCode `json:"errorCode"`
	}
	one, code, raw := 1, examplecodes.ErrorCode("GroundFailure"), json.RawMessage(`"GroundFailure"`)
	for name, given := range map[string]any{
		"a struct":           notification{&one, "Faulted", nil, code},
		"a pointer to one":   &notification{&one, "Faulted", nil, code},
		"a map of its own":   payload{"connectorId": 1, "status": "Faulted", "errorCode": "GroundFailure"},
		"values of its own":  map[string]any{"connectorId": &one, "status": "Faulted", "errorCode": code},
		"JSON within":        map[string]any{"connectorId": 1, "status": "Faulted", "errorCode": raw},
		"a pointer to JSON":  &[]json.RawMessage{json.RawMessage(`{"connectorId": 1, "status": "Faulted", "errorCode": "GroundFailure"}`)}[0],
		"a nil pointer info": map[string]any{"connectorId": 1, "status": "Faulted", "errorCode": code, "info": (*string)(nil)},
	} {
		t.Run(name, func(t *testing.T) {
			answer := examplecodes.DecodeStatusNotification(given, "")
			if len(answer.Codes) != 1 || answer.Codes[0].Sent != "GroundFailure" || len(answer.Problems) != 0 {
				t.Errorf("got %+v", answer)
			}
			if answer.ConnectorID == nil || *answer.ConnectorID != 1 || answer.Condition != examplecodes.ConditionFault {
				t.Errorf("got %+v", answer)
			}
		})
	}
	evse := map[string]int{"id": 3}
	events := []map[string]any{{"techCode": code, "cleared": true, "component": map[string]any{"name": "EVSE", "evse": evse}}}
	answer := examplecodes.DecodeNotifyEvent(map[string]any{"eventData": events}, "")
	if len(answer.Events) != 1 || answer.Events[0].EVSEID == nil || len(answer.Events[0].Codes) != 1 {
		t.Errorf("got %+v", answer)
	}
	// A text is no payload, though it may hold one; bytes within are no text.
	for _, given := range []any{`{"status": "Faulted"}`, map[string]any{"status": []byte("Faulted")}} {
		if answer := examplecodes.DecodeStatusNotification(given, ""); answer.Condition != examplecodes.ConditionUnknown {
			t.Errorf("got %+v", answer)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, details := range examplecodes.Codes() {
		for _, spelt := range []string{string(details.Code), strings.ToLower(string(details.Code)), strings.ToUpper(string(details.Code))} {
			found, known := examplecodes.Lookup(spelt)
			if !known || !reflect.DeepEqual(found, details) {
				t.Errorf("%q: got %v", spelt, found)
			}
		}
		if len(details.Meanings()) == 0 {
			t.Errorf("%s means nothing", details.Code)
		}
		for _, release := range examplecodes.Releases() {
			asOf, known := examplecodes.LookupAsOf(details.Code, release.Name)
			if known && (asOf.Code != details.Code || asOf.RemovedIn != nil || len(asOf.Meanings()) == 0) {
				t.Errorf("%s as of %s: got %v", details.Code, release.Name, asOf)
			}
		}
	}
	for _, spelt := range []string{"", "NoDocumentHasThisCode", "\u212a"} {
		if found, known := examplecodes.Lookup(spelt); known {
			t.Errorf("%q: got %v", spelt, found)
		}
	}
	if none := (examplecodes.CodeDetails{}).Meanings(); none != nil {
		t.Errorf("got %v", none)
	}
}

func TestErrorCode(t *testing.T) {
	for _, details := range examplecodes.Codes() {
		code := details.Code
		if found, known := code.Details(); !known || !reflect.DeepEqual(found, details) {
			t.Errorf("%q: got %v", code, found)
		}
		for _, meaning := range details.Meanings() {
			if !isLineOf(code.Text(), meaning.Text) || !isLineOf(code.Description(), meaning.Description) {
				t.Errorf("%q: got %q and %q", code, code.Text(), code.Description())
			}
		}
		if code.Text() != details.Text() || code.Description() != details.Description() {
			t.Errorf("%q: got %q and %q", code, details.Text(), details.Description())
		}
		for _, spelt := range []string{string(code), strings.ToLower(string(code)), strings.ToUpper(string(code))} {
			if parsed, known := examplecodes.ParseErrorCode(spelt); !known || parsed != code {
				t.Errorf("%q: got %q", spelt, parsed)
			}
			if said, known := examplecodes.Describe(spelt); !known || said != code.Description() {
				t.Errorf("%q: got %q", spelt, said)
			}
		}
	}
	for _, spelt := range []string{"", "NoDocumentHasThisCode", "\u212a"} {
		code, isKnown := examplecodes.ParseErrorCode(spelt)
		said, isDescribed := examplecodes.Describe(spelt)
		_, hasDetails := code.Details()
		if string(code) != spelt || isKnown || isDescribed || hasDetails || code.Text()+code.Description()+said != "" {
			t.Errorf("%q: got %q, %q", spelt, code, said)
		}
	}
}

func isLineOf(text, line string) bool {
	return strings.Contains("\n"+text+"\n", "\n"+line+"\n")
}

func TestFindCodes(t *testing.T) {
	all := examplecodes.Codes()
	if found := examplecodes.FindCodes(examplecodes.Filter{}); !reflect.DeepEqual(found, all) {
		t.Errorf("got %v", found)
	}
	count := 0
	for _, field := range []examplecodes.SentIn{examplecodes.SentInErrorCode, examplecodes.SentInVendorErrorCode} {
		for _, isDeprecated := range []bool{true, false} {
			count += len(examplecodes.FindCodes(examplecodes.Filter{SentIn: field, Deprecated: &isDeprecated}))
		}
	}
	if count != len(all) {
		t.Errorf("got %d of %d", count, len(all))
	}
	if found := examplecodes.FindCodes(examplecodes.Filter{SentIn: "elsewhere"}); found == nil || len(found) != 0 {
		t.Errorf("got %v", found)
	}
}

func TestFindRelease(t *testing.T) {
	latest := examplecodes.LatestRelease()
	for _, firmware := range []string{latest.Name, strings.ToUpper(latest.Name), " " + latest.Name + "\n"} {
		if found, ok := examplecodes.FindRelease(firmware); !ok || !found.IsExact || found.Release.Name != latest.Name {
			t.Errorf("%q: got %v", firmware, found)
		}
	}
	// How the first two are read depends on what names the releases.
	standsIn := map[examplecodes.ReleaseMatch]string{
		examplecodes.ReleaseMatchNearestEarlier: latest.Name,
		examplecodes.ReleaseMatchOldest:         examplecodes.Releases()[0].Name,
		examplecodes.ReleaseMatchNewest:         latest.Name,
	}
	for _, firmware := range []string{"99999.0", "0.0", "", "firmware"} {
		found, ok := examplecodes.FindRelease(firmware)
		isNear := found.Match == examplecodes.ReleaseMatchNearestEarlier
		if found.IsExact || ok != isNear || found.Release.Name != standsIn[found.Match] {
			t.Errorf("%q: got %v", firmware, found)
		}
	}
}

// What is done to an answer changes no other.
func TestAnswersAreTheCallersOwn(t *testing.T) {
	before := everything(t)
	for _, details := range examplecodes.Codes() {
		code, revision := details.Code, details.Revisions[len(details.Revisions)-1]
		found, _ := examplecodes.Lookup(code)
		spoil(t, &found)
		asOf, _ := examplecodes.LookupAsOf(code, revision.Since)
		spoil(t, &asOf)
		decoded := examplecodes.DecodeStatusNotification(map[string]any{string(revision.SentIn): string(code)}, "")
		spoil(t, &decoded.Codes)
	}
	matching := examplecodes.FindCodes(examplecodes.Filter{})
	spoil(t, &matching)
	latest := examplecodes.LatestRelease()
	known, _ := examplecodes.FindRelease(latest.Name)
	spoil(t, &known)
	spoil(t, &latest)
	codes, releases := examplecodes.Codes(), examplecodes.Releases()
	spoil(t, &codes)
	spoil(t, &releases)
	if after := everything(t); after != before {
		t.Errorf("the catalogue has changed from\n%s\nto\n%s", before, after)
	}
}

// everything gives the catalogue as JSON, which shares no memory with it.
func everything(t *testing.T) string {
	t.Helper()
	written, err := json.Marshal([]any{examplecodes.Codes(), examplecodes.Releases()})
	if err != nil {
		t.Fatal(err)
	}
	return string(written)
}

// spoil changes everything that can be changed in what a pointer points to, however deep.
func spoil(t *testing.T, pointer any) {
	t.Helper()
	spoilValue(t, reflect.ValueOf(pointer))
}

func spoilValue(t *testing.T, value reflect.Value) {
	t.Helper()
	switch value.Kind() {
	case reflect.Pointer:
		if !value.IsNil() {
			spoilValue(t, value.Elem())
		}
	case reflect.Struct:
		for i := 0; i < value.NumField(); i++ {
			spoilValue(t, value.Field(i))
		}
	case reflect.Slice, reflect.Array:
		for i := 0; i < value.Len(); i++ {
			spoilValue(t, value.Index(i))
		}
	case reflect.String:
		value.SetString("changed")
	case reflect.Int:
		value.SetInt(-1)
	case reflect.Float64:
		value.SetFloat(-1)
	case reflect.Bool:
		value.SetBool(!value.Bool())
	default:
		t.Fatalf("it is not known how to change a %s", value.Type())
	}
}

// Whatever is sent, it is answered, and the answer has no list that is null.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"connectorId": 2, "errorCode": "OtherError", "status": "Faulted", "vendorErrorCode": "a,b;c"}`), "r1.2.3")
	f.Add([]byte(`{"eventData": [{"techCode": "a", "severity": 4, "component": {"evse": {"id": 1}}}, null]}`), "")
	f.Fuzz(func(t *testing.T, message []byte, firmware string) {
		for _, answer := range []any{
			examplecodes.DecodeStatusNotification(message, firmware),
			examplecodes.DecodeNotifyEvent(message, firmware),
		} {
			written, err := json.Marshal(answer)
			if err != nil {
				t.Fatal(err)
			}
			for _, list := range []string{"codes", "problems", "events", "meanings", "beyond_document"} {
				if bytes.Contains(written, []byte(`"`+list+`":null`)) {
					t.Errorf("%s is null: %s", list, written)
				}
			}
		}
	})
}
