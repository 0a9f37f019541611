"""Faults for the decoders: each breaks one rule of docs/decoding.md.

A fault is a piece of source and what to put in its place. Each has to fail some vector; those of
the program's own decoder, which makes the vectors, have to fail an expectation written by hand too.
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
    "a long text is stripped": (
        "return [_Sent(text, fold(text), field)]",
        'return [_Sent(text.strip(" "), fold(text.strip(" ")), field)]',
    ),
    "a long text is dropped": ("return [_Sent(text, fold(text), field)]", "return []"),
    "a text of the greatest length is long": (
        "len(text) > ocpp.LONGEST_LIST",
        "len(text) >= ocpp.LONGEST_LIST",
    ),
    "the length is counted without blanks": (
        "len(text) > ocpp.LONGEST_LIST",
        'len(text.strip(" ")) > ocpp.LONGEST_LIST',
    ),
    "the whole is stripped of any white space": (
        'whole = text.strip(" ")',
        "whole = text.strip()",
    ),
    "the whole is not stripped": ('whole = text.strip(" ")', "whole = text"),
    "pieces are not stripped": ('[piece.strip(" ") for piece in', "[piece for piece in"),
    "pieces are stripped of any white space": (
        '[piece.strip(" ") for piece in',
        "[piece.strip() for piece in",
    ),
    "; does not divide": ('whole.replace(";", ",").split(",")', 'whole.split(",")'),
    ", does not divide": ('whole.replace(";", ",").split(",")', 'whole.split(";")'),
    "a blank divides": (
        'whole.replace(";", ",").split(",")',
        'whole.replace(";", ",").replace(" ", ",").split(",")',
    ),
    "a code of the catalogue is divided": ("(folded := fold(whole)) in self._codes", "False"),
    "empty pieces are kept": ("for piece in pieces if piece]", "for piece in pieces]"),
}

# StatusNotification

_STATUS = {
    "Faulted is a warning": (
        'is_faulted:\n        return "fault"',
        'is_faulted:\n        return "warning"',
    ),
    "Faulted needs a code": (
        'if status.is_faulted:\n        return "fault"',
        'if status.is_faulted and sent:\n        return "fault"',
    ),
    "no code is no error": ("if not status.is_known or not sent:", "if not status.is_known:"),
    "errorCode is needed": (
        "if not status.is_known or not sent:",
        'if not status.is_known or not any(one.field == "errorCode" for one in sent):',
    ),
    "an unknown status tells": ("if not status.is_known or not sent:", "if not sent:"),
    "every code is a warning": (
        'return "warning" if _has_error(sent) else "none"\n',
        'return "warning"\n',
    ),
    "there are no warnings": (
        'return "warning" if _has_error(sent) else "none"\n',
        'return "none"\n',
    ),
    "errorCode alone tells of an error": (
        "else _condition(status, sent),",
        "else _condition(status, sent if vendor_code is None else sent[:1]),",
    ),
    "OtherError is no error": (
        "any(one.folded != _NO_ERROR for one in sent)",
        "any(one.folded not in (_NO_ERROR, _OTHER_ERROR) for one in sent)",
    ),
    "NoError is an error": ("any(one.folded != _NO_ERROR for one in sent)", "any(sent)"),
    "NoError is a code": ("not in (_NO_ERROR, _OTHER_ERROR)]", "not in (_OTHER_ERROR,)]"),
    "OtherError is a code": ("not in (_NO_ERROR, _OTHER_ERROR)]", "not in (_NO_ERROR,)]"),
    "connectorId is not required": ('"connectorId", is_required=True', '"connectorId"'),
    "errorCode is not required": ('"errorCode", is_required=True', '"errorCode"'),
    "status is not required": ('"status", is_required=True', '"status"'),
    "what is no object is at odds with OCPP": (
        "if reader.is_object:\n            _find",
        "if True:\n            reader.add(None, 'missing')\n            _find",
    ),
    "an errorCode without a piece is right": (
        "is_standard = bool(standard) and all(",
        "is_standard = all(",
    ),
    "one errorCode of OCPP's is enough": (
        "bool(standard) and all(one in",
        "bool(standard) and any(one in",
    ),
    "any errorCode is right": ('reader.add("errorCode", "not-in-ocpp")', "pass"),
    "any status is right": ('reader.add("status", "not-in-ocpp")', "pass"),
    "nothing contradicts": ('reader.add("errorCode", "contradicts")', "pass"),
    "NoError does not contradict Faulted": (
        "(status.is_faulted or _has_error(sent))",
        "_has_error(sent)",
    ),
    "NoError contradicts Faulted alone": (
        "(status.is_faulted or _has_error(sent))",
        "status.is_faulted",
    ),
    "NoError of vendorErrorCode contradicts": (
        "if _NO_ERROR in standard and",
        "if any(one.folded == _NO_ERROR for one in sent) and",
    ),
    "OtherError needs nothing else": ('reader.add("vendorErrorCode", "missing")', "pass"),
    "every message needs vendorErrorCode": ("_OTHER_ERROR in standard and len", "len"),
    "OtherError needs more than a word of OCPP's": (
        "len(standard) == len(sent)",
        "not _codes(one for one in sent if one.field != 'errorCode')",
    ),
    "what is of the wrong type is missing too": (" and not is_odd:", ":"),
    "what is not read decides nothing": (
        '"condition": "unknown" if _is_hidden(reader) else _condition(status, sent)',
        '"condition": _condition(status, sent)',
    ),
    "any name in another spelling decides": (' and one["field"] in ocpp.DECIDING_FIELDS', ""),
    "problems in another order: by their kinds": (
        '"problems": reader.problems,\n        }\n\n    def notify_event',
        '"problems": sorted(reader.problems, key=str),\n        }\n\n    def notify_event',
    ),
    "vendorErrorCode is read before status": (
        '        status = _status(reader.text("status"',
        '        reader.text("vendorErrorCode")\n        status = _status(reader.text("status"',
    ),
    "info is read before the timestamp": (
        '("timestamp", "info", "vendorId"))',
        '("info", "timestamp", "vendorId"))',
    ),
    "vendorErrorCode is told before errorCode": (
        "sent = standard + codes_sent",
        "sent = codes_sent + standard",
    ),
    "an unknown status goes on": (
        "status.is_known and not status.is_faulted",
        "not status.is_faulted",
    ),
    "the message goes beyond the document if each code does": (
        'asked.match,\n            "codes": codes,\n            "goes_beyond_document": any(',
        'asked.match,\n            "codes": codes,\n            "goes_beyond_document": all(',
    ),
}

# Events

_EVENTS = {
    "what is not read of an event decides nothing": (
        "        if is_hidden:\n            condition, source",
        "        if False:\n            condition, source",
    ),
    "the document decides where something is not read": (
        "source is None and not is_hidden",
        "source is None",
    ),
    "cleared says nothing": ('    if cleared:\n        return "none", "cleared"\n', ""),
    "cleared or not, it is over": ("    if cleared:\n", "    if cleared is not None:\n"),
    "severity 0 is none": ("if severity is not None:", "if severity:"),
    "severity comes before cleared": (
        "    if cleared:\n",
        "    if cleared and severity is None:\n",
    ),
    "the status comes before severity": (
        "    if severity is not None:",
        "    if severity is not None and fold(actual_value or '') not in _AVAILABILITY_STATES:",
    ),
    "any variable is the status": (
        'is_state = fold(variable or "") == _AVAILABILITY_STATE',
        "is_state = True",
    ),
    "Faulted is as any other state": ("if state == _FAULTED:", "if state == 0:"),
    "a status of OCPP 1.6 is one": (
        "in _AVAILABILITY_STATES:",
        "in _AVAILABILITY_STATES | _STATUSES:",
    ),
    "a state without a code is a warning": (
        '("warning" if _has_error(sent) else "none"), "status"',
        '"warning", "status"',
    ),
    "a state with a code is none": (
        '("warning" if _has_error(sent) else "none"), "status"',
        '"none", "status"',
    ),
    "a state with NoError is a warning": (
        '("warning" if _has_error(sent) else "none"), "status"',
        '("warning" if sent else "none"), "status"',
    ),
    "severity does not go on": ('source in ("severity", "status")', 'source == "status"'),
    "the status does not go on": ('source in ("severity", "status")', 'source == "severity"'),
    "a fault goes on": (' and condition != "fault"', ""),
    "what was cleared goes on": ('source in ("severity", "status")', "source"),
    "the document does not tell": (
        '            condition, source = "fault", "document"\n',
        "            pass\n",
    ),
    "an unknown code is a fault": (
        "any(may_go_on is False for",
        "any(not may_go_on for",
    ),
    "every code has to be a fault": (
        "any(may_go_on is False for _, may_go_on in decoded)",
        "decoded and all(may_go_on is False for _, may_go_on in decoded)",
    ),
    "the document tells before the status": (
        "source is None and not is_hidden",
        'source in (None, "status") and not is_hidden',
    ),
    "an event's connector counts": (
        "self._code(one, asked, place, None, goes_on",
        "self._code(one, asked, place, connector_id, goes_on",
    ),
    **{
        f"{field} is not required": (f'"{field}", is_required=True', f'"{field}"')
        for field in ("eventId", "timestamp", "actualValue", "component", "variable", "id")
    },
    "a component's name is not required": (
        'component.text("name", is_required=True)',
        'component.text("name")',
    ),
    "a variable's name is not required": (
        '.text("name", is_required=True)\n        tech_code',
        '.text("name")\n        tech_code',
    ),
    "a component's evse is required": (
        'component.inner("evse")',
        'component.inner("evse", is_required=True)',
    ),
    "techInfo is read first": (
        'tech_code, tech_info = reader.text("techCode"), reader.text("techInfo")',
        'tech_info, tech_code = reader.text("techInfo"), reader.text("techCode")',
    ),
    "cleared is read last": (
        (
            '        cleared = reader.flag("cleared")\n'
            '        severity = reader.number("severity", greatest=ocpp.LEAST_SEVERE)\n'
        ),
        (
            '        severity = reader.number("severity", greatest=ocpp.LEAST_SEVERE)\n'
            '        cleared = reader.flag("cleared")\n'
        ),
    ),
    "severity is a number of any size": (", greatest=ocpp.LEAST_SEVERE)", ")"),
}

# Codes and releases

_CODES = {
    "an unknown code is as documented": ('code, None, ["code"], ())', "code, None, [], ())"),
    "OCPP's spelling is not told": (
        'sent, place, code, None, ["code"], ()',
        'sent, place, None, None, ["code"], ()',
    ),
    "an unknown code is told as it was sent": (
        'sent, place, code, None, ["code"], ()',
        'sent, place, sent.text, None, ["code"], ()',
    ),
    "a code is spelt as it was sent": (
        "sent, place, known.code, may_go_on",
        "sent, place, sent.text, may_go_on",
    ),
    **{
        f"{reason} is no reason": (f'"{reason}": {holds}', f'"{reason}": False{rest}')
        for reason, holds, rest in (
            ("release", "held is None,", ","),
            ("field", 'sent.field not in (documented.sent_in, "techCode"),', ","),
            ("status", "goes_on and documented.may_go_on is False,", ","),
            ("connector", "connector is not None", ""),
            ("deprecated", "documented.is_deprecated,", ","),
        )
    },
    "techCode is another field": ('(documented.sent_in, "techCode")', "(documented.sent_in,)"),
    "the field is that of the newest release": (
        "sent.field not in (documented.sent_in,",
        "sent.field not in (known.revisions[-1].sent_in,",
    ),
    "the status is a reason for a fault": (
        '"status": goes_on and documented.may_go_on is False',
        '"status": documented.may_go_on is False',
    ),
    "every meaning has to allow the status": (
        "True if True in may_go_on else None if None in may_go_on else False",
        "False if False in may_go_on else None if None in may_go_on else True",
    ),
    "a meaning without connectors is for none": (
        "all(one and connector not in one for one in documented.connectors)",
        "all(connector not in (one or ()) for one in documented.connectors)",
    ),
    "one meaning against the connector is enough": (
        "and all(one and connector not in one",
        "and any(one and connector not in one",
    ),
    "no connector is another connector": (
        '"connector": connector is not None',
        '"connector": True',
    ),
    "connector 0 is none": ('"connector": connector is not None', '"connector": bool(connector)'),
    "one deprecated meaning is enough": (
        "is_deprecated=all(roles.deprecated(",
        "is_deprecated=any(roles.deprecated(",
    ),
    "reasons in another order": (
        "for way, is_so in deviations.items() if is_so]",
        "for way, is_so in reversed(deviations.items()) if is_so]",
    ),
    "the firmware says nothing": (
        'held = -1 if asked.match == "newest" else _revision_at',
        "held = -1 if True else _revision_at",
    ),
    "without a firmware the newest release alone tells": (
        'held = -1 if asked.match == "newest" else _revision_at',
        "held = _revision_at",
    ),
    "a code of another release means nothing": (
        "= documented.may_go_on, documented.meanings\n",
        "= documented.may_go_on, () if held is None else documented.meanings\n",
    ),
    "a code of another release has its first meaning": (
        "known, -1 if held is None else held)",
        "known, 0 if held is None else held)",
    ),
    "what one release says is kept for the others": (
        "if (folded, place) not in self._documented:",
        (
            "place = next((p for f, p in self._documented if f == folded), place)\n"
            "        if (folded, place) not in self._documented:"
        ),
    ),
    "a revision holds for its last release too": (
        "release < places[one.until]",
        "release <= places[one.until]",
    ),
    "a revision does not hold for its first release": (
        "places[one.since] <= release",
        "places[one.since] < release",
    ),
}

# Other lists, zeros, and keys of groups

_LISTS = {
    "vendorId names nothing": ("            if listed\n", "            if False\n"),
    "vendorId is compared with case": (
        'fold(vendor_id.strip(" "))',
        'vendor_id.strip(" ")',
    ),
    "vendorId is not stripped": (
        'fold(vendor_id.strip(" "))',
        "fold(vendor_id)",
    ),
    "vendorId is stripped of any white space": (
        'fold(vendor_id.strip(" "))',
        "fold(vendor_id.strip())",
    ),
    "the ids of drafts name nothing": ("(one.vendor_id, *one.also_sent_as)", "(one.vendor_id,)"),
    "errorCode is of the list too": ('if sent.field == "errorCode":\n', "if False:\n"),
    "errorCode of another list is not OCPP's": (
        'place, code, None, ["list"], ())',
        'place, None, None, ["list"], ())',
    ),
    "another list is no deviation": (
        'place, None, None, ["list"], ())',
        "place, None, None, [], ())",
    ),
    "codes of a list are compared with case": (
        "listed.spellings.get(sent.folded)",
        "listed.spellings.get(sent.folded if sent.text in listed.other_list.names else sent.text)",
    ),
    "a code of a list is told as it was sent": ('"code": spelt,', '"code": spelt and sent.text,'),
    "a code of a list has no name": ("else other.names[spelt]", "else spelt"),
    "a code of a list has no counterpart": (
        '[*other.counterparts.get(spelt or "", ())]',
        "[]",
    ),
    "a list is told by the id that was sent": (
        '"vendor_id": other.vendor_id',
        '"vendor_id": (*other.also_sent_as, other.vendor_id)[0]',
    ),
    "the key is without the list": (
        'f"{place}:{other.vendor_id}:{spelt or sent.text}"',
        'f"{place}:{spelt or sent.text}"',
    ),
    "the key has a list's code as it was sent": (
        'f"{place}:{other.vendor_id}:{spelt or sent.text}"',
        'f"{place}:{other.vendor_id}:{sent.text}"',
    ),
    "the key has the code as it was sent": (
        'f"{place}:{code or sent.text}"',
        'f"{place}:{sent.text}"',
    ),
    "the key has no connector": ('f"{place}:{code or sent.text}"', "code or sent.text"),
    "connector 0 is no place": (
        'place = "-" if connector is None else str(connector)',
        'place = str(connector or "-")',
    ),
    "the connector is not in an event's key": (
        'place if connector is None else f"{place}.{connector}"',
        "place",
    ),
    "connector 0 is not in an event's key": (
        'place if connector is None else f"{place}.{connector}"',
        'f"{place}.{connector}" if connector else place',
    ),
    "zeros are a code": ("one.folded in known or not _is_zero(one.folded)]", "one.folded]"),
    "zeros are none whatever errorCode says": (
        "if not standard or any(one.folded != _NO_ERROR for one in standard):",
        "if False:",
    ),
    "zeros are none without errorCode": (
        "if not standard or any(one.folded != _NO_ERROR for one in standard):",
        "if any(one.folded != _NO_ERROR for one in standard):",
    ),
    "one NoError is enough for zeros": (
        "any(one.folded != _NO_ERROR for one in standard)",
        "all(one.folded != _NO_ERROR for one in standard)",
    ),
    "zeros that are a code are none": ("one.folded in known or not _is_zero", "not _is_zero"),
    "zeros have no prefix": ('folded.removeprefix("0x")', "folded"),
    "a prefix is zeros": ("return bool(digits) and not", "return not"),
    "zeros are told of nobody": ('reader.add("vendorErrorCode", "zeros")', "pass"),
    "zeros are told first": (
        (
            "        if reader.is_object:\n"
            "            _find_problems(reader, error_code, status, sent)\n"
            "        if len(codes_sent) < len(vendors):\n"
            '            reader.add("vendorErrorCode", "zeros")\n'
        ),
        (
            "        if len(codes_sent) < len(vendors):\n"
            '            reader.add("vendorErrorCode", "zeros")\n'
            "        if reader.is_object:\n"
            "            _find_problems(reader, error_code, status, sent)\n"
        ),
    ),
    "a problem that is over says nothing": ('        return "none", "problem"\n', "        pass\n"),
    "any variable is the problem": (
        'if fold(variable or "") == _PROBLEM and fold(actual_value or "") == _PROBLEM_OVER:',
        'if fold(actual_value or "") == _PROBLEM_OVER:',
    ),
    "any value says that there is no problem": (
        'if fold(variable or "") == _PROBLEM and fold(actual_value or "") == _PROBLEM_OVER:',
        'if fold(variable or "") == _PROBLEM:',
    ),
    "severity comes before the problem": (
        'if fold(variable or "") == _PROBLEM and',
        'if severity is None and fold(variable or "") == _PROBLEM and',
    ),
}

# Fields

_FIELDS = {
    "any payload is an object": (
        "        if not self.is_object and not path:\n            self.add(None",
        "        if False:\n            self.add(None",
    ),
    "an object within is told as if it were the whole": (
        "if not self.is_object and not path:",
        "if not self.is_object:",
    ),
    "a truth value is a number": ("isinstance(value, bool) or not isinstance", "not isinstance"),
    "a text may be a number": (
        "if isinstance(value, bool) or not",
        "value = int(value) if str(value).isdigit() else value\n        if not",
    ),
    "a fraction is no number": ("(int, float)", "int"),
    "a fraction is cut off": (" or value != int(value)", ""),
    "2.0 stays 2.0": ("return int(value)", "return value"),
    "0 is no number": ("0 <= value <=", "0 < value <="),
    "a number may be negative": ("0 <= value <=", "value <="),
    "numbers end one earlier": ("<= greatest or", "< greatest or"),
    "what is no number is out of bounds": (
        '(int, float)):\n            self.add(name, "wrong-type")',
        '(int, float)):\n            self.add(name, "not-in-ocpp")',
    ),
    "what is out of bounds is no number": (
        'self.add(name, "not-in-ocpp")',
        'self.add(name, "wrong-type")',
    ),
    "an empty text is no text": (
        "if value is None or isinstance(value, str):\n            return value",
        "if value is None or isinstance(value, str):\n            return value or None",
    ),
    "null is a field": (
        "elif value is None and is_required and self.is_object:",
        "elif name not in self._values and is_required and self.is_object:",
    ),
    "null is of the wrong type": (
        "        if value is None or isinstance(value, str):",
        "        if isinstance(value, str) or name not in self._values:",
    ),
    "what is within nothing is missing": (
        "value is None and is_required and self.is_object",
        "value is None and is_required",
    ),
    "nothing is missing": ("value is None and is_required and self.is_object", "False"),
    "any truth is a truth value": (
        "if value is None or isinstance(value, bool):",
        "if value is None or isinstance(value, (bool, int)):",
    ),
    "a list may be an object": (
        'if value is not None:\n            self.add(name, "wrong-type")\n        return []',
        "return []",
    ),
    "an object may be anything": ("if value is not None and not inner.is_object:", "if False:"),
    "JSON text is of the wrong type": ('return "json-text"', 'return "wrong-type"'),
    "a frame is of the wrong type": ('return "frame"', 'return "wrong-type"'),
    "any list is a frame": ("and _is_request(", "or _is_request("),
    "a frame of any kind is one": ("items[0] == REQUEST and ", ""),
    "a frame needs no action": (" and isinstance(items[2], str)", ""),
    "a name in another spelling is passed over": (
        "if value is None and self._is_spelt_otherwise(name):",
        "if False:",
    ),
    "another spelling counts beside the name itself": (
        "if value is None and self._is_spelt_otherwise(name):",
        "if self._is_spelt_otherwise(name) and name not in list(self._values)[-1:]:",
    ),
    "null in another spelling counts": (
        "if isinstance(key, str) and value is not None",
        "if isinstance(key, str)",
    ),
    "a name in another spelling is missing too": (
        "        elif value is None and is_required",
        "        if value is None and is_required",
    ),
    "a field within is told without its place": ("self._path + name", "name"),
    "what is wrong within an object is lost": (
        'f"{self._path}{name}.", self.problems)',
        'f"{self._path}{name}.", [])',
    ),
}

# How the standard compares texts; its words and limits

_NAMES = {
    "a name may have no _": ('name.replace("_", "")', "name"),
    "a name may have no -": ('.replace("-", "")', ""),
    "the case of a name counts": (
        'return fold(name.replace("_", "").replace("-", ""))',
        'return name.replace("_", "").replace("-", "")',
    ),
    "a name with a letter beyond ASCII is another's": (
        'return fold(name.replace("_", "").replace("-", ""))',
        'return name.replace("_", "").replace("-", "").upper().lower()',
    ),
}
_TEXTS = {
    "upper and lower case differ": ("text.lower() if text.isascii() else text", "text"),
    "a sign for Kelvin is a K": ("text.lower() if text.isascii() else text", "text.lower()"),
    "a long s is an s": ("text.lower() if text.isascii() else text", "text.upper().lower()"),
    "a letter that is not ASCII's hides the others": (
        "text.lower() if text.isascii() else text",
        'text.encode("ascii", "ignore").decode().lower()',
    ),
}
_WORDS = {
    "errorCode does not decide": ('*("errorCode", ', "*("),
    "vendorErrorCode does not decide": ('*("errorCode", "vendorErrorCode"),', '*("errorCode",),'),
    **{
        f"{field} does not decide": (f'"{field}", "{following}"', f'"{following}"')
        for field, following in {
            "techCode": "cleared",
            "cleared": "severity",
            "severity": "variable",
            "variable": "variable.name",
            "variable.name": "actualValue",
        }.items()
    },
    "actualValue does not decide": ('"variable.name", "actualValue")', '"variable.name")'),
    "a list may be one shorter": ("LONGEST_LIST = 1000", "LONGEST_LIST = 999"),
    "a list may be one longer": ("LONGEST_LIST = 1000", "LONGEST_LIST = 1001"),
    "numbers may be one greater": ("GREATEST_NUMBER = 2**31 - 1", "GREATEST_NUMBER = 2**31"),
    "a status is missing in the list": (
        '    "Finishing",\n    "Reserved",\n',
        '    "Finishing",\n',
    ),
    "a code is missing in the list": ('    "PowerMeterFailure",\n', ""),
    "a state is missing in the list": ('("Available", "Occupied",', '("Available",'),
    "severity 4 is no fault": ("LEAST_SEVERE_FAULT = 4", "LEAST_SEVERE_FAULT = 3"),
    "severity 5 is a fault": ("LEAST_SEVERE_FAULT = 4", "LEAST_SEVERE_FAULT = 5"),
    "severity 6 is no warning": ("LEAST_SEVERE_WARNING = 6", "LEAST_SEVERE_WARNING = 5"),
    "severity 7 is a warning": ("LEAST_SEVERE_WARNING = 6", "LEAST_SEVERE_WARNING = 7"),
    "severity may be 10": ("LEAST_SEVERE = 9", "LEAST_SEVERE = 10"),
    "severity may not be 9": ("LEAST_SEVERE = 9", "LEAST_SEVERE = 8"),
}

# Which firmware is meant

_FIRMWARE = {
    "the commits past the tag do not count": (
        "return (firmware.numbers, firmware.commits)",
        "return (firmware.numbers, 0)",
    ),
    "numbers are compared as texts": (
        "return (firmware.numbers, firmware.commits)",
        "return (tuple(map(str, firmware.numbers)), firmware.commits)",
    ),
    "the hash does not count": (
        "return mine.startswith(others) or others.startswith(mine)",
        "return True",
    ),
    "the whole hash is needed": (
        "return mine.startswith(others) or others.startswith(mine)",
        "return mine == others",
    ),
    "the case of a hash counts": (
        '(self.commit or "").lower(), (other.commit or "").lower()',
        '(self.commit or ""), (other.commit or "")',
    ),
    "another build of the same numbers is none": (
        "age(release) <= age(asked)",
        "age(release) < age(asked)",
    ),
    "the first release that is earlier answers": (
        "if earlier is None and age(release)",
        "if age(release)",
    ),
    "a firmware older than all gets the newest": (
        'Answering(self.names[0], "oldest")',
        'Answering(self.names[-1], "oldest")',
    ),
    "a firmware older than all is none": (
        'Answering(self.names[0], "oldest")',
        'Answering(self.names[-1], "newest")',
    ),
    "without a firmware the oldest answers": (
        'Answering(self.names[-1], "newest")',
        'Answering(self.names[0], "newest")',
    ),
    "near is exact": ('Answering(earlier, "nearest_earlier")', 'Answering(earlier, "exact")'),
    "exact is near": (
        'is_one_with(release):\n                return Answering(name, "exact")',
        'is_one_with(release):\n                return Answering(name, "nearest_earlier")',
    ),
    "a name is near": (
        '_BLANKS))):\n            return Answering(name, "exact")',
        '_BLANKS))):\n            return Answering(name, "nearest_earlier")',
    ),
    "a zero more is another release": (
        "while len(numbers) > _SHORTEST and numbers[-1] == 0:",
        "while False:",
    ),
    "a number less is another release": (
        "return (*numbers, *[0] * (_SHORTEST - len(numbers)))",
        "return (*numbers,)",
    ),
    "a line end is no space": (r'_SPACE = r"[ \t\r\n\f\v]*"', r'_SPACE = r"[ \t]*"'),
    "any space is one": (r'_SPACE = r"[ \t\r\n\f\v]*"', r'_SPACE = r"\s*"'),
    "a release has a number": ("{{1,{MOST_NUMBERS - 1}}}", "{{0,{MOST_NUMBERS - 1}}}"),
    "a release has six numbers": ("MOST_NUMBERS = 5", "MOST_NUMBERS = 6"),
    "a number has six digits": (r"(?:\.[0-9]{{1,5}})", r"(?:\.[0-9]{{1,6}})"),
    "a release has no word in front": ("(?:[A-Za-z]{{1,8}}_)?", ""),
    "any text around a firmware is passed over": (
        "re.fullmatch(SPELLINGS[kind], text)",
        "re.search(SPELLINGS[kind], text)",
    ),
    "three digits are a hash": ("([0-9A-Fa-f]{{4,40}})", "([0-9A-Fa-f]{{3,40}})"),
    "G is not the sign of a hash": ("-[gG](", "-g("),
}

PYTHON = [
    *_in("decoder.py", _PIECES | _STATUS | _EVENTS | _CODES | _LISTS),
    *_in("payload.py", _FIELDS),
    *_in("folding.py", _TEXTS),
    *_in("ocpp.py", _NAMES | _WORDS),
    *_in("firmware.py", _FIRMWARE),
]
"""Of generator/runtime."""

_FACADE = {
    "a list stays one": ('tuple(answer["beyond_document"])', 'answer["beyond_document"]'),
    "codes stay plain": ("tuple([_code(one) for one in", "tuple([one for one in"),
    "another list stays plain": ("= OtherListCode(**other)", "= other"),
    "its counterparts stay a list": ('tuple(other["counterparts"])', 'other["counterparts"]'),
    "the package knows no list": ("ROLES, OTHER_LISTS)", "ROLES)"),
    "problems stay plain": ("tuple([Problem(**one) for one in", "tuple([one for one in"),
    "what was decoded is lost": ('answer["payload"] = payload', 'answer["payload"] = None'),
    "an event has the payload of its message": (
        "DecodedEvent(**_with_records(one, event))",
        "DecodedEvent(**_with_records(one, payload))",
    ),
    "the firmware of a message is lost": (
        "_decoder().status_notification(payload, firmware)",
        "_decoder().status_notification(payload)",
    ),
    "the firmware of events is lost": (
        "_decoder().notify_event(payload, firmware)",
        "_decoder().notify_event(payload)",
    ),
}

FACADE = _in("_decode.py", _FACADE)
"""Of the Python package around it."""

# The same in TypeScript, where the language itself has other traps

_OCPP_TS = {
    **{
        f"{field} does not decide": (f'"{field}", ', "")
        for field in (
            *("errorCode", "vendorErrorCode", "techCode", "cleared", "severity"),
            *("variable", "variable.name"),
        )
    },
    "actualValue does not decide": (', "actualValue"', ""),
    "a list may be one longer": ("longestList = 1000;", "longestList = 1001;"),
    "severity 5 is a fault": ("leastSevereFault = 4;", "leastSevereFault = 5;"),
    "severity 6 is no warning": ("leastSevereWarning = 6;", "leastSevereWarning = 5;"),
    "severity may be 10": ("leastSevere = 9;", "leastSevere = 10;"),
    "numbers end one later": ("greatestNumber = 2147483647;", "greatestNumber = 2147483648;"),
}
_DECODE_TS = {
    "what is not read decides nothing": ('isHidden(reader) ? "unknown" : ', ""),
    "any name in another spelling decides": (
        " && field !== null && decidingFields.includes(field)",
        "",
    ),
    "the document decides where something is not read": (" && !hidden &&", " &&"),
    "the length counts what lies beyond the basic plane twice": (
        " && [...text].length > longestList",
        "",
    ),
    "; does not divide": ("whole.split(/[,;]/)", 'whole.split(",")'),
    "pieces are stripped of any white space": ("    .map(strip)", "    .map((p) => p.trim())"),
    "the whole is stripped of any white space": ("strip(text)", "text.trim()"),
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
    "without a firmware the newest release alone answers": (
        'asked.match === "newest" ? newest : lookup(newest.code, asked.release)',
        "lookup(newest.code, asked.release)",
    ),
    "a code of another release means nothing": (
        "held ?? newest;",
        "held ?? { ...newest, meanings: [] };",
    ),
    "vendorId is trimmed": (
        'listsById.get(asWord(strip(vendorId ?? "")))',
        'listsById.get(asWord((vendorId ?? "").trim()))',
    ),
    "vendorId names nothing": ("(list ? decodeOfList(", "(false ? decodeOfList("),
    "the ids of drafts name nothing": ("[list.vendorId, ...list.alsoSentAs]", "[list.vendorId]"),
    "a list is compared with case": ("asWord(code) === word)", "code === word)"),
    "errorCode is of the list too": ('if (field === "errorCode")', "if (false)"),
    "zeros are none without errorCode": (
        "standard.length === 0 || standard.some(isError)",
        "standard.some(isError)",
    ),
    "zeros have no prefix": ("(?:0x)?0+", "0+"),
    "zeros may be within": ("/^(?:0x)?0+$/", "/^(?:0x)?0+/"),
    "zeros are told of nobody": ('reader.note("vendorErrorCode", "zeros");', ""),
    "the key is without the list": (
        "`${place}:${vendorId}:${code ?? sent}`",
        "`${place}:${code ?? sent}`",
    ),
    "the key has the code as it was sent": ("`${place}:${code ?? sent}`", "`${place}:${sent}`"),
    "connector 0 is not in an event's key": (
        'connectorId === null ? "" : `.${connectorId}`',
        'connectorId ? `.${connectorId}` : ""',
    ),
    "a problem that is over says nothing": (
        'return ["none", "problem"];',
        'return ["unknown", null];',
    ),
}
_RELEASES_TS = {
    "a firmware older than all gets the newest": ("releases[0] ?? latestRelease", "latestRelease"),
    "a firmware older than all is none": (', "oldest")', ', "newest")'),
    "near is exact": ('found(release, "nearest_earlier")', 'found(release, "exact")'),
    "a name is near": ('found(named, "exact")', 'found(named, "nearest_earlier")'),
}
_PAYLOAD_TS = {
    "JSON text is of the wrong type": ('return "json-text"', 'return "wrong-type"'),
    "any list is a frame": (' && value[0] === request && typeof value[2] === "string"', ""),
    "a name in another spelling is passed over": ("this.isSpeltOtherwise(name)) {", "false) {"),
    "null in another spelling counts": (" && this.own(key) !== null)", " && key !== name)"),
    "the case of a name counts": ('asWord(name.replace(/[_-]/g, ""))', 'name.replace(/[_-]/g, "")'),
    "a name may have no -": ("/[_-]/g", "/_/g"),
    "an empty list is an object": (" && !Array.isArray(value)", ""),
    "-0 is answered": ("? value + 0", "? value"),
    "a fraction is a number": ("Number.isInteger(value) &&", ""),
    "an empty text is no field": (
        "this.values[name] : null) ?? null",
        "this.values[name] : null) || null",
    ),
}

_TEXTS_TS = {
    "a sign for Kelvin is a K": (
        "isAscii(text) ? text.toLowerCase() : text",
        "text.toLowerCase()",
    ),
    "upper and lower case differ": ("isAscii(text) ? text.toLowerCase() : text", "text"),
}
_JSON_TS = {
    "what was decoded is in the JSON": (
        "release_match: record.releaseMatch,\n    events:",
        "release_match: record.releaseMatch,\n    payload: record.payload,\n    events:",
    ),
    "a part is not in the JSON": ("    condition_from: record.conditionFrom,\n", ""),
    "a name in the JSON is TypeScript's": (
        "    beyond_document: record",
        "    beyondDocument: record",
    ),
    "meanings have TypeScript's names in the JSON": (
        "record.meanings.map(toMeaning)",
        "record.meanings",
    ),
}

TYPESCRIPT = [
    *_in("ocpp.ts", _OCPP_TS),
    *_in("decode.ts", _DECODE_TS),
    *_in("releases.ts", _RELEASES_TS),
    *_in("payload.ts", _PAYLOAD_TS),
    *_in("texts.ts", _TEXTS_TS),
    *_in("json.ts", _JSON_TS),
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
