package examplecodes

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The words of OCPP by how they are compared.
var (
	standardCodes  = byFold(errorCodes...)
	statusesByFold = byFold(statuses...)
	statesByFold   = byFold(availabilityStates...)
)

func byFold(words ...string) map[string]string {
	all := make(map[string]string, len(words))
	for _, word := range words {
		all[fold(word)] = word
	}
	return all
}

// DecodeStatusNotification tells what the payload of a StatusNotification of OCPP 1.6 says.
//
// The payload is what [encoding/json] makes of JSON without a type (a map[string]any), or JSON itself as
// []byte or [encoding/json.RawMessage]; a string is refused as json-text. It may be anything: what is odd is
// answered as Problems, beside all that can be read. With the firmware of the station the answer is as of the
// release that [FindRelease] finds for it.
func DecodeStatusNotification(payload any, firmware string) DecodedStatusNotification {
	place, match := answering(firmware)
	asked := asked{place: place, match: match}
	read := fieldsOf(parsed(payload))
	answer := DecodedStatusNotification{
		ConnectorID:  read.number("connectorId", true, greatestNumber),
		ErrorCode:    read.text("errorCode", true),
		Status:       read.text("status", true),
		Timestamp:    read.text("timestamp", false),
		Info:         read.text("info", false),
		VendorID:     read.text("vendorId", false),
		Release:      releases[asked.place].Name,
		ReleaseMatch: asked.match,
		Payload:      payload,
	}
	before := len(*read.problems)
	answer.VendorErrorCode = read.text("vendorErrorCode", false)
	isVendorCodeOdd := len(*read.problems) > before
	standard := pieces(answer.ErrorCode, CodeFieldErrorCode)
	list := listOf(answer.VendorID)
	withZeros := pieces(answer.VendorErrorCode, CodeFieldVendorErrorCode)
	vendor := withoutZeros(standard, withZeros, list)
	sent := append(slices.Clone(standard), vendor...)
	state := wordOf(answer.Status)
	goesOn := isKnown(statusesByFold, state) && state != fold(faulted)

	if answer.ErrorCode != nil && !areStandard(standard) {
		read.note("errorCode", ProblemKindNotInOCPP)
	}
	if answer.Status != nil && state != fold(faulted) && !goesOn {
		read.note("status", ProblemKindNotInOCPP)
	}
	if has(standard, fold(noError)) && (state == fold(faulted) || slices.ContainsFunc(sent, piece.isError)) {
		read.note("errorCode", ProblemKindContradicts)
	}
	if has(standard, fold(otherError)) && len(sent) == len(standard) && !isVendorCodeOdd {
		read.note("vendorErrorCode", ProblemKindMissing)
	}
	if len(vendor) < len(withZeros) {
		read.note("vendorErrorCode", ProblemKindZeros)
	}

	asked.where = numberOr(answer.ConnectorID, "-")
	asked.list = list
	asked.connector = answer.ConnectorID
	asked.goesOn = goesOn
	answer.Condition = ConditionUnknown
	if !read.hidesCondition() {
		answer.Condition = conditionOf(state, goesOn, sent)
	}
	answer.Codes, answer.GoesBeyondDocument, _ = asked.decode(sent)
	answer.Problems = *read.problems
	return answer
}

// DecodeNotifyEvent tells what the payload of a NotifyEvent of OCPP 2.0.1 or 2.1 says, event by event; the codes are
// those of techCode. It takes what [DecodeStatusNotification] takes.
func DecodeNotifyEvent(payload any, firmware string) DecodedNotifyEvent {
	place, match := answering(firmware)
	asked := asked{place: place, match: match}
	read := fieldsOf(parsed(payload))
	events := read.list("eventData")
	answer := DecodedNotifyEvent{
		Release:      releases[asked.place].Name,
		ReleaseMatch: asked.match,
		Events:       make([]DecodedEvent, len(events)),
		Problems:     *read.problems,
		Payload:      payload,
	}
	for i, event := range events {
		answer.Events[i] = decodeEvent(event, asked)
	}
	return answer
}

func decodeEvent(event any, asked asked) DecodedEvent {
	read := fieldsOf(plain(event))
	answer := DecodedEvent{
		EventID:     read.number("eventId", true, greatestNumber),
		Timestamp:   read.text("timestamp", true),
		ActualValue: read.text("actualValue", true),
		Payload:     event,
	}
	component := read.object("component", true)
	answer.Component = component.text("name", true)
	evse := component.object("evse", false)
	answer.EVSEID = evse.number("id", true, greatestNumber)
	answer.ConnectorID = evse.number("connectorId", false, greatestNumber)
	answer.Variable = read.object("variable", true).text("name", true)
	answer.TechCode = read.text("techCode", false)
	answer.TechInfo = read.text("techInfo", false)
	answer.Cleared = read.flag("cleared")
	answer.Severity = read.number("severity", false, leastSevere)
	sent := pieces(answer.TechCode, CodeFieldTechCode)

	asked.where = numberOr(answer.EVSEID, "-")
	if answer.ConnectorID != nil {
		asked.where += "." + strconv.Itoa(*answer.ConnectorID)
	}
	isHidden := read.hidesCondition()
	condition, from := answer.statedCondition(sent)
	if isHidden {
		condition, from = ConditionUnknown, ""
	}
	asked.goesOn = (from == ConditionFromSeverity || from == ConditionFromStatus) && condition != ConditionFault
	codes, goesBeyond, isFault := asked.decode(sent)
	answer.Codes, answer.GoesBeyondDocument = codes, goesBeyond
	if from == "" && isFault && !isHidden {
		condition, from = ConditionFault, ConditionFromDocument
	}
	answer.Condition = condition
	if from != "" {
		answer.ConditionFrom = &from
	}
	answer.Problems = *read.problems
	return answer
}

// statedCondition gives the condition that the event itself states, and what states it; both say so if nothing does.
func (e DecodedEvent) statedCondition(sent []piece) (Condition, ConditionFrom) {
	if e.Cleared != nil && *e.Cleared {
		return ConditionNone, ConditionFromCleared
	}
	if wordOf(e.Variable) == fold(problem) && wordOf(e.ActualValue) == fold(problemOver) {
		return ConditionNone, ConditionFromProblem
	}
	if e.Severity != nil {
		switch {
		case *e.Severity <= leastSevereFault:
			return ConditionFault, ConditionFromSeverity
		case *e.Severity <= leastSevereWarning:
			return ConditionWarning, ConditionFromSeverity
		}
		return ConditionNone, ConditionFromSeverity
	}
	state := wordOf(e.ActualValue)
	goesOn := isKnown(statesByFold, state) && state != fold(faulted)
	if wordOf(e.Variable) == fold(availabilityState) && (goesOn || state == fold(faulted)) {
		if goesOn && len(sent) == 0 {
			return ConditionNone, ConditionFromStatus
		}
		return conditionOf(state, goesOn, sent), ConditionFromStatus
	}
	return ConditionUnknown, ""
}

// conditionOf gives what a status and the codes beside it tell.
func conditionOf(state string, goesOn bool, sent []piece) Condition {
	switch {
	case state == fold(faulted):
		return ConditionFault
	case !goesOn || len(sent) == 0:
		return ConditionUnknown
	case slices.ContainsFunc(sent, piece.isError):
		return ConditionWarning
	}
	return ConditionNone
}

func isKnown(words map[string]string, word string) bool {
	_, known := words[word]
	return known
}

// A piece is what was sent for one code, and the same as texts are compared.
type piece struct {
	sent  string
	word  string
	field CodeField
}

func (p piece) isError() bool { return p.word != fold(noError) }

func (p piece) isCode() bool { return p.word != fold(noError) && p.word != fold(otherError) }

// pieces gives what stands in a field: one code, or several with a comma or semicolon between them.
func pieces(text *string, field CodeField) []piece {
	if text == nil {
		return nil
	}
	if utf8.RuneCountInString(*text) > longestList {
		one := piece{*text, fold(*text), field}
		return []piece{one}
	}
	whole := strings.Trim(*text, " ")
	parts := []string{whole}
	if _, known := byWord[fold(whole)]; !known {
		parts = strings.FieldsFunc(whole, func(r rune) bool { return r == ',' || r == ';' })
	}
	var all []piece
	for _, part := range parts {
		if part = strings.Trim(part, " "); part != "" {
			all = append(all, piece{part, fold(part), field})
		}
	}
	return all
}

// withoutZeros leaves out the codes of zeros beside NoError: what some stations send where there is none.
func withoutZeros(standard, vendor []piece, list *otherList) []piece {
	if len(standard) == 0 || slices.ContainsFunc(standard, piece.isError) {
		return vendor
	}
	return slices.DeleteFunc(slices.Clone(vendor), func(one piece) bool {
		if list != nil {
			return isZeros(one.word) && !list.has(one.word)
		}
		_, isKnown := byWord[one.word]
		return isZeros(one.word) && !isKnown
	})
}

func isZeros(word string) bool {
	digits := strings.TrimPrefix(word, "0x")
	return digits != "" && strings.Trim(digits, "0") == ""
}

// wordOf gives a text as it is compared, empty where there is none.
func wordOf(text *string) string {
	if text == nil {
		return ""
	}
	return fold(*text)
}

func has(all []piece, word string) bool {
	return slices.ContainsFunc(all, func(p piece) bool { return p.word == word })
}

// areStandard says whether there are pieces, and all of them among OCPP's sixteen codes.
func areStandard(all []piece) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(p piece) bool {
		_, isStandard := standardCodes[p.word]
		return !isStandard
	})
}

// asked is what codes are decoded with: the release that answers, and what the message says beside them. The list is
// another one that it names, and where is the connector as keys of groups have it. With goesOn charging does, by its
// status.
type asked struct {
	place     int
	match     ReleaseMatch
	list      *otherList
	where     string
	connector *int
	goesOn    bool
}

// decode gives the codes among what was sent, whether the message departs from the document of one, and whether the
// document has one of them with no non-error status.
func (a asked) decode(sent []piece) (decoded []DecodedCode, goesBeyond, isFault bool) {
	decoded = []DecodedCode{}
	for _, one := range sent {
		if one.isCode() {
			code, mayGoOn := a.decodeOne(one)
			decoded = append(decoded, code)
			goesBeyond = goesBeyond || len(code.BeyondDocument) > 0
			isFault = isFault || mayGoOn != nil && !*mayGoOn
		}
	}
	return decoded, goesBeyond, isFault
}

// decodeOne gives a code with its meanings, and whether it may come with a non-error status, nil where that is not
// known.
func (a asked) decodeOne(sent piece) (DecodedCode, *bool) {
	answer := DecodedCode{Sent: sent.sent, Field: sent.field, BeyondDocument: []Deviation{}, Meanings: []Meaning{}}
	place, known := byWord[sent.word]
	if a.list != nil || !known {
		return a.decodeUnknown(sent, answer), nil
	}
	details := codes[place]
	held := len(details.Revisions) - 1
	if a.match != ReleaseMatchNewest {
		held = details.heldAt(a.place)
	}
	inRelease := held >= 0
	if !inRelease {
		held = len(details.Revisions) - 1
	}
	revision := details.Revisions[held]
	mayGoOn := anyMayGoOn(revision.Meanings)
	for _, one := range []struct {
		deviation Deviation
		holds     bool
	}{
		{DeviationRelease, !inRelease},
		{DeviationField, string(sent.field) != string(revision.SentIn) && sent.field != CodeFieldTechCode},
		{DeviationStatus, a.goesOn && mayGoOn != nil && !*mayGoOn},
		{DeviationConnector, a.connector != nil && !slices.ContainsFunc(revision.Meanings, a.isOnConnector)},
		{DeviationDeprecated, !slices.ContainsFunc(revision.Meanings, isInUse)},
	} {
		if one.holds {
			answer.BeyondDocument = append(answer.BeyondDocument, one.deviation)
		}
	}
	answer.Code = ptr(details.Code)
	answer.GroupKey = a.where + ":" + string(details.Code)
	answer.setMayGoOn(mayGoOn)
	answer.Meanings = cloneEach(revision.Meanings)
	return answer, mayGoOn
}

// decodeUnknown completes the answer for a code of which the document says nothing. It may be OCPP's, or of another list;
// errorCode has the words of the standard all the same.
func (a asked) decodeUnknown(sent piece, answer DecodedCode) DecodedCode {
	answer.BeyondDocument = append(answer.BeyondDocument, DeviationCode)
	if a.list != nil {
		answer.BeyondDocument[0] = DeviationList
	}
	if a.list != nil && sent.field != CodeFieldErrorCode {
		other := a.list.find(sent)
		answer.OtherList = &other
		answer.GroupKey = a.where + ":" + other.VendorID + ":" + textOr(other.Code, sent.sent)
		return answer
	}
	name := sent.sent
	if standard, isStandard := standardCodes[sent.word]; isStandard {
		answer.Code, name = ptr(ErrorCode(standard)), standard
	}
	answer.GroupKey = a.where + ":" + name
	return answer
}

func numberOr(number *int, none string) string {
	if number == nil {
		return none
	}
	return strconv.Itoa(*number)
}

func textOr(text *string, none string) string {
	if text == nil {
		return none
	}
	return *text
}

// anyMayGoOn says whether one of the meanings does, nil where none does and some are silent.
func anyMayGoOn(meanings []Meaning) *bool {
	answer := ptr(false)
	for _, meaning := range meanings {
		said := nonErrorStatus(meaning)
		if said != nil && *said {
			return ptr(true)
		}
		if said == nil {
			answer = nil
		}
	}
	return answer
}

// isOnConnector says whether a meaning can be set on the connector of the message.
func (a asked) isOnConnector(meaning Meaning) bool {
	connectors := connectorsOf(meaning)
	return len(connectors) == 0 || slices.Contains(connectors, *a.connector)
}

func isInUse(meaning Meaning) bool { return !isDeprecated(meaning) }
