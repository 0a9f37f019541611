"""Faults for the generated decoders: each breaks one rule of docs/decoding.md.

A fault is a piece of source and what to put in its place. Each has to fail some vector.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Mutant(NamedTuple):
    """What is broken, and how; `old` stands once in the file."""

    breaks: str
    old: str
    new: str
    file: str

    def of(self, modules: Mapping[str, str]) -> dict[str, str]:
        """The sources with the fault in them."""
        text = modules[self.file]
        assert text.count(self.old) == 1, f"{self.breaks}: {text.count(self.old)} times {self.old}"
        return {**modules, self.file: text.replace(self.old, self.new)}


def _in(file: str, faults: Mapping[str, tuple[str, str]]) -> list[Mutant]:
    return [Mutant(breaks, old, new, file) for breaks, (old, new) in faults.items()]


# Texts

_PIECES = {
    "a list may be one shorter": ("_LONGEST_LIST = 1000", "_LONGEST_LIST = 999"),
    "a list may be one longer": ("_LONGEST_LIST = 1000", "_LONGEST_LIST = 1001"),
    "a long text is stripped": (
        "return [_Piece(text, _word(text), field)]",
        'return [_Piece(text.strip(" "), _word(text.strip(" ")), field)]',
    ),
    "a long text is dropped": ("return [_Piece(text, _word(text), field)]", "return []"),
    "the whole is stripped of any white space": (
        'whole = text.strip(" ")',
        "whole = text.strip()",
    ),
    "the whole is not stripped": ('whole = text.strip(" ")', "whole = text"),
    "pieces are not stripped": ('(part.strip(" ") for part in parts)', "iter(parts)"),
    "pieces are stripped of any white space": (
        '(part.strip(" ") for part in parts)',
        "(part.strip() for part in parts)",
    ),
    "; does not divide": ('re.split("[,;]", whole)', 'whole.split(",")'),
    ", does not divide": ('re.split("[,;]", whole)', 'whole.split(";")'),
    "a blank divides": ('re.split("[,;]", whole)', 're.split("[,; ]", whole)'),
    "a code of the catalogue is divided": (
        '[whole] if _find(_word(whole)) else re.split("[,;]", whole)',
        're.split("[,;]", whole)',
    ),
    "empty pieces are kept": ("for part in stripped if part]", "for part in stripped]"),
    "upper and lower case differ": (
        "text.lower() if text.isascii() else text",
        "text",
    ),
    "a sign for Kelvin is a K": (
        "text.lower() if text.isascii() else text",
        "text.lower()",
    ),
    "a long s is an s": ("text.lower() if text.isascii() else text", "text.upper().lower()"),
    "a letter that is not ASCII's hides the others": (
        "text.lower() if text.isascii() else text",
        'text.encode("ascii", "ignore").decode().lower()',
    ),
    "the catalogue takes a sign for Kelvin": (
        "lookup(word) if word.isascii() else None",
        "lookup(word)",
    ),
}

# StatusNotification

_STATUS = {
    "Faulted is a warning": ('condition = "fault"\n', 'condition = "warning"\n'),
    "Faulted needs a code": (
        "if state == _FAULTED:\n        condition",
        "if state == _FAULTED and (standard or vendor):\n        condition",
    ),
    "no code is no error": (
        "in _NON_ERROR_STATUSES and (standard or vendor):",
        "in _NON_ERROR_STATUSES:",
    ),
    "errorCode is needed": (
        "in _NON_ERROR_STATUSES and (standard or vendor):",
        "in _NON_ERROR_STATUSES and standard:",
    ),
    "an unknown status tells": (
        "elif state in _NON_ERROR_STATUSES and (standard",
        "elif (standard",
    ),
    "every code is a warning": (
        'condition = "warning" if has_error else "none"',
        'condition = "warning"',
    ),
    "there are no warnings": (
        'condition = "warning" if has_error else "none"',
        'condition = "none"',
    ),
    "errorCode alone tells of an error": (
        "has_error = any(piece.is_error for piece in (*standard, *vendor))",
        "has_error = any(piece.is_error for piece in standard)",
    ),
    "OtherError is no error": (
        'return self.word != "noerror"',
        'return self.word not in ("noerror", "othererror")',
    ),
    "NoError is an error": ('return self.word != "noerror"', "return True"),
    "NoError is a code": ('("noerror", "othererror")', '("othererror",)'),
    "OtherError is a code": ('("noerror", "othererror")', '("noerror",)'),
    "a status is missing in the list": (
        '    "reserved",\n    "unavailable",\n}',
        '    "unavailable",\n}',
    ),
    "a code is missing in the list": ('        "PowerMeterFailure",\n', ""),
    "connectorId is not required": ('"connectorId", required=True', '"connectorId"'),
    "errorCode is not required": ('"errorCode", required=True', '"errorCode"'),
    "status is not required": ('"status", required=True', '"status"'),
    "any payload is an object": (
        'fields.note(None, "wrong-type")\n    connector_id',
        "pass\n    connector_id",
    ),
    "an errorCode without a piece is right": ("not (words and words <=", "not (words <="),
    "one errorCode of OCPP's is enough": (
        "words <= _STANDARD_CODES.keys()",
        "words & _STANDARD_CODES.keys()",
    ),
    "any errorCode is right": ('fields.note("errorCode", "not-in-ocpp")', "pass"),
    "any status is right": ('fields.note("status", "not-in-ocpp")', "pass"),
    "nothing contradicts": ('fields.note("errorCode", "contradicts")', "pass"),
    "NoError does not contradict Faulted": ("(state == _FAULTED or has_error)", "has_error"),
    "NoError contradicts Faulted alone": ("(state == _FAULTED or has_error)", "state == _FAULTED"),
    "NoError of vendorErrorCode contradicts": (
        'if "noerror" in words and',
        'if "noerror" in words | {piece.word for piece in vendor} and',
    ),
    "OtherError needs nothing else": ('fields.note("vendorErrorCode", "missing")', "pass"),
    "every message needs vendorErrorCode": ('"othererror" in words and not vendor', "not vendor"),
    "OtherError needs more than a word of OCPP's": (
        '"othererror" in words and not vendor',
        '"othererror" in words and not any(piece.is_code for piece in vendor)',
    ),
    "what is of the wrong type is missing too": (
        "and len(fields.problems) == odd_before",
        "",
    ),
    "problems in another order: status first": (
        "odd_before = len(fields.problems)",
        "odd_before = len(fields.problems); fields.problems.sort(key=lambda one: one.problem)",
    ),
    "vendorErrorCode is read before status": (
        '    status = fields.text("status", required=True)\n',
        '    fields.text("vendorErrorCode")\n    status = fields.text("status", required=True)\n',
    ),
    "vendorErrorCode is told before errorCode": (
        "asked.decode(piece) for piece in (*standard, *vendor)",
        "asked.decode(piece) for piece in (*vendor, *standard)",
    ),
}

# Events

_EVENTS = {
    "cleared says nothing": ('    if cleared:\n        return "none", "cleared"\n', ""),
    "cleared or not, it is over": ("    if cleared:\n", "    if cleared is not None:\n"),
    "severity 4 is no fault": ('"fault" if severity <= 4', '"fault" if severity <= 3'),
    "severity 5 is a fault": ('"fault" if severity <= 4', '"fault" if severity <= 5'),
    "severity 6 is no warning": ('"warning" if severity <= 6', '"warning" if severity <= 5'),
    "severity 7 is a warning": ('"warning" if severity <= 6', '"warning" if severity <= 7'),
    "severity 0 is none": ("if severity is not None:", "if severity:"),
    "severity may be 10": ("greatest=9", "greatest=10"),
    "severity may not be 9": ("greatest=9", "greatest=8"),
    "severity comes before cleared": (
        "    if cleared:\n",
        "    if cleared and severity is None:\n",
    ),
    "the status comes before severity": (
        "    if severity is not None:",
        "    if severity is not None and state not in {_FAULTED, *_NON_ERROR_STATES}:",
    ),
    "any variable is the status": (
        '_word(actual_value) if _word(variable) == "availabilitystate" else None',
        "_word(actual_value)",
    ),
    "Faulted is as any other state": (
        "    if state == _FAULTED:\n        return",
        "    if state == 0:\n        return",
    ),
    "a state is missing in the list": ('{"available", "occupied",', '{"available",'),
    "a status of OCPP 1.6 is one": (
        "if state in _NON_ERROR_STATES:",
        "if state in _NON_ERROR_STATES | _NON_ERROR_STATUSES:",
    ),
    "a state without a code is a warning": (
        '("warning" if any(piece.is_error for piece in pieces) else "none"), "status"',
        '"warning", "status"',
    ),
    "a state with a code is none": (
        '("warning" if any(piece.is_error for piece in pieces) else "none"), "status"',
        '"none", "status"',
    ),
    "a state with NoError is a warning": (
        '("warning" if any(piece.is_error for piece in pieces)',
        '("warning" if pieces',
    ),
    "severity does not go on": ('told_by in ("severity", "status")', 'told_by == "status"'),
    "the status does not go on": ('told_by in ("severity", "status")', 'told_by == "severity"'),
    "a fault goes on": (' and condition != "fault"', ""),
    "what was cleared goes on": ('told_by in ("severity", "status")', "told_by"),
    "the document does not tell": (
        '        condition, told_by = "fault", "document"\n',
        "        pass\n",
    ),
    "an unknown code is a fault": (
        "any(code.may_accompany_non_error_status is False",
        "any(not code.may_accompany_non_error_status",
    ),
    "every code has to be a fault": (
        "any(code.may_accompany_non_error_status is False for code in codes)",
        "codes and all(code.may_accompany_non_error_status is False for code in codes)",
    ),
    "the document tells before the status": (
        "if told_by is None and any(code",
        'if told_by in (None, "status") and any(code',
    ),
    "an event's connector counts": (
        "_Asked(release, match, None, goes_on",
        "_Asked(release, match, connector_id, goes_on",
    ),
    "an event that is none is an object": (
        'fields.note(None, "wrong-type")\n    event_id',
        "pass\n    event_id",
    ),
    "a message that is none is an object": (
        '        fields.note(None, "wrong-type")\n    events =',
        "        pass\n    events =",
    ),
    **{
        f"{field} is not required": (f'"{field}", required=True', f'"{field}"')
        for field in ("eventId", "timestamp", "actualValue", "component", "variable", "id")
    },
    "a component's name is not required": (
        'component.text("name", required=True)',
        'component.text("name")',
    ),
    "a variable's name is not required": (
        '.text("name", required=True)\n    tech_code',
        '.text("name")\n    tech_code',
    ),
    "techInfo is read first": (
        'tech_code, tech_info = fields.text("techCode"), fields.text("techInfo")',
        'tech_info, tech_code = fields.text("techInfo"), fields.text("techCode")',
    ),
    "cleared is read last": (
        'cleared, severity = fields.truth("cleared"), fields.number("severity", greatest=9)',
        'severity, cleared = fields.number("severity", greatest=9), fields.truth("cleared")',
    ),
}

# Codes and releases

_CODES = {
    "an unknown code is as documented": ('None, ("code",), ())', "None, (), ())"),
    "OCPP's spelling is not told": ("code = _STANDARD_CODES.get(piece.word)", "code = None"),
    "an unknown code is told as it was sent": (
        "code = _STANDARD_CODES.get(piece.word)",
        "code = piece.sent",
    ),
    "a code is told as it was sent": (
        "piece.field, newest.code, may_go_on",
        "piece.field, piece.sent, may_go_on",
    ),
    **{
        f"{reason} is no reason": (f'("{reason}", {holds})', f'("{reason}", False)')
        for reason, holds in {
            "release": "held is None",
            "field": 'piece.field not in (details.sent_in, "techCode")',
            "status": "self.goes_on and not may_go_on",
            "connector": "elsewhere",
            "deprecated": "all(meaning.deprecated for meaning in meanings)",
        }.items()
    },
    "techCode is another field": ('(details.sent_in, "techCode")', "(details.sent_in,)"),
    "the field is that of the newest release": (
        "not in (details.sent_in,",
        "not in (newest.sent_in,",
    ),
    "the status is a reason for a fault": ("self.goes_on and not may_go_on", "not may_go_on"),
    "every meaning has to allow the status": ("may_go_on = any(", "may_go_on = all("),
    "a meaning without connectors is for none": (
        "meaning.connectors and self.connector_id not in",
        "self.connector_id not in",
    ),
    "one meaning against the connector is enough": (
        "is not None and all(\n",
        "is not None and any(\n",
    ),
    "no connector is another connector": (
        "elsewhere = self.connector_id is not None and",
        "elsewhere =",
    ),
    "connector 0 is none": (
        "elsewhere = self.connector_id is not None and",
        "elsewhere = bool(self.connector_id) and",
    ),
    "one deprecated meaning is enough": (
        "all(meaning.deprecated for meaning in meanings)",
        "any(meaning.deprecated for meaning in meanings)",
    ),
    "reasons in another order": (
        "for reason, holds in reasons if holds)",
        "for reason, holds in reversed(reasons) if holds)",
    ),
    "the firmware says nothing": (
        "lookup(newest.code, self.release)\n",
        "newest\n",
    ),
    "without a firmware the newest release alone tells": (
        'newest if self.match == "newest" else lookup(newest.code, self.release)',
        "lookup(newest.code, self.release)",
    ),
    "a code of another release means nothing": (
        "meanings = details.meanings\n",
        "meanings = () if held is None else details.meanings\n",
    ),
    "a code of another release has its first meaning": (
        "meanings = details.meanings\n",
        "meanings = details.revisions[0].meanings if held is None else details.meanings\n",
    ),
    "a firmware older than all gets the newest": (
        '(RELEASES[0], "oldest") if',
        '(LATEST_RELEASE, "oldest") if',
    ),
    "a firmware older than all is none": (
        '(RELEASES[0], "oldest") if',
        '(LATEST_RELEASE, "newest") if',
    ),
    "without a firmware the oldest answers": (
        'else (LATEST_RELEASE, "newest")',
        'else (RELEASES[0], "newest")',
    ),
    "near is exact": ('"exact" if found.is_exact else "nearest_earlier"', '"exact"'),
    "exact is near": ('"exact" if found.is_exact else "nearest_earlier"', '"nearest_earlier"'),
}

# Fields

_FIELDS = {
    "a truth value is a number": ("isinstance(value, bool) or not isinstance", "not isinstance"),
    "a text may be a number": (
        "if isinstance(value, bool) or not",
        "value = int(value) if str(value).isdigit() else value\n        if not",
    ),
    "a fraction is no number": ("(int, float)", "int"),
    "a fraction is cut off": (" and value == int(value)", ""),
    "2.0 stays 2.0": ("return int(value)", "return value"),
    "0 is no number": ("0 <= value <=", "0 < value <="),
    "a number may be negative": ("0 <= value <=", "value <="),
    "numbers end one earlier": ("_GREATEST = 2**31 - 1", "_GREATEST = 2**31 - 2"),
    "numbers end one later": ("_GREATEST = 2**31 - 1", "_GREATEST = 2**31"),
    "what is no number is out of bounds": (
        '            self.note(name, "wrong-type")\n        elif',
        '            self.note(name, "not-in-ocpp")\n        elif',
    ),
    "what is out of bounds is no number": (
        'self.note(name, "not-in-ocpp")',
        'self.note(name, "wrong-type")',
    ),
    "an empty text is no text": (
        "if value is None or isinstance(value, str):\n            return value",
        "if value is None or isinstance(value, str):\n            return value or None",
    ),
    "null is a field": (
        "if value is None and required and self.is_object:",
        "if name not in self._values and required and self.is_object:",
    ),
    "null is of the wrong type": (
        "        if value is None or isinstance(value, str):",
        "        if isinstance(value, str) or name not in self._values:",
    ),
    "what is within nothing is missing": (
        "value is None and required and self.is_object",
        "value is None and required",
    ),
    "nothing is missing": ("value is None and required and self.is_object", "False"),
    "any truth is a truth value": (
        "if value is None or isinstance(value, bool):",
        "if value is None or isinstance(value, (bool, int)):",
    ),
    "a list may be an object": (
        'self.note(name, "wrong-type")\n        return []',
        "pass\n        return []",
    ),
    "an object may be anything": ("if value is not None and not inner.is_object:", "if False:"),
    "a field within is told without its place": ("self._path + name", "name"),
}

PYTHON = [
    *_in("_decode.py", _PIECES | _STATUS | _EVENTS | _CODES),
    *_in("_payload.py", _FIELDS),
]

# The same in TypeScript, where the language itself has other traps

_OCPP_TS = {
    "a list may be one longer": ("longestList = 1000;", "longestList = 1001;"),
    "severity 5 is a fault": ("leastSevereFault = 4;", "leastSevereFault = 5;"),
    "severity 6 is no warning": ("leastSevereWarning = 6;", "leastSevereWarning = 5;"),
    "severity may be 10": ("leastSevere = 9;", "leastSevere = 10;"),
    "numbers end one later": ("greatestNumber = 2147483647;", "greatestNumber = 2147483648;"),
}
_DECODE_TS = {
    "the length counts what lies beyond the basic plane twice": (
        " && [...text].length > longestList",
        "",
    ),
    "; does not divide": ("whole.split(/[,;]/)", 'whole.split(",")'),
    "pieces are stripped of any white space": ("    .map(strip)", "    .map((p) => p.trim())"),
    "the whole is stripped of any white space": ("strip(text)", "text.trim()"),
    "a sign for Kelvin is a K": (
        "isAscii(text) ? text.toLowerCase() : text",
        "text.toLowerCase()",
    ),
    "the catalogue takes a sign for Kelvin": (
        "isAscii(word) ? lookup(word) : undefined",
        "lookup(word)",
    ),
    "every object has what a table of words has": (
        "errorCodes.find((code) => code.toLowerCase() === word) ?? null",
        "Object.fromEntries(errorCodes.map((c) => [c.toLowerCase(), c]))[word] ?? null",
    ),
    "severity 0 is none": ("if (severity !== null)", "if (severity)"),
    "connector 0 is none": ("connectorId !== null && connectors", "!!connectorId && connectors"),
    "the status is no deviation": (
        '["status", asked.goesOn && mayGoOn === false]',
        '["status", false]',
    ),
    "a firmware older than all gets the newest": ("releases[0] ?? latestRelease", "latestRelease"),
    "without a firmware the newest release alone answers": (
        'asked.match === "newest" ? newest : lookup(newest.code, asked.release)',
        "lookup(newest.code, asked.release)",
    ),
    "a code of another release means nothing": (
        "held ?? newest;",
        "held ?? { ...newest, meanings: [] };",
    ),
}
_PAYLOAD_TS = {
    "an empty list is an object": (" && !Array.isArray(value)", ""),
    "-0 is answered": ("? value + 0", "? value"),
    "a fraction is a number": ("Number.isInteger(value) &&", ""),
    "an empty text is no field": (
        "this.values[name] : null) ?? null",
        "this.values[name] : null) || null",
    ),
}

TYPESCRIPT = [
    *_in("ocpp.ts", _OCPP_TS),
    *_in("decode.ts", _DECODE_TS),
    *_in("payload.ts", _PAYLOAD_TS),
]

# Where the vendor's documents leave open what a decoder asks

_ANY_MAY_GO_ON = "said.includes(true) ? true : said.includes(null) ? null : false"
_OPEN_TS = {
    "what is not known is no": (_ANY_MAY_GO_ON, "said.includes(true)"),
    "what is not known comes first": (
        _ANY_MAY_GO_ON,
        "said.includes(null) ? null : said.includes(true)",
    ),
    "not known is a deviation": ("asked.goesOn && mayGoOn === false", "asked.goesOn && !mayGoOn"),
    "not known makes a fault": ("([, mayGoOn]) => mayGoOn === false", "([, mayGoOn]) => !mayGoOn"),
    "no connector is among those not known": ("connectors.length > 0 && ", ""),
}

OPEN_TYPESCRIPT = _in("decode.ts", _OPEN_TS)
