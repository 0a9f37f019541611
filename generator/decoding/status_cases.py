"""Cases of StatusNotification, OCPP 1.6."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ..runtime import ocpp
from ..runtime.ocpp import LONGEST_LIST
from .cases import (
    NO_OBJECTS,
    UNKNOWN,
    Case,
    Message,
    all_wrong,
    connectors_of,
    may_go_on,
    sample_codes,
    spelt_otherwise,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Catalogue, ErrorCode
    from ..releases import Build

_STRANGERS = ("__proto__", "constructor", "toString", "hasOwnProperty")
"""Names that every object has in some languages: a look-up must not find those."""
_LOOK_ALIKES = {"k": "\u212a", "s": "\u017f", "i": "\u0131"}
"""Letters that some languages take for one of ASCII's, once they are put into another case."""


def status_notifications(catalogue: Catalogue) -> Iterator[Case]:
    """Cases of StatusNotification, the plain ones first."""
    for code in catalogue.codes:
        connectors = connectors_of(catalogue, code)
        where = {"connectorId": connectors[0]} if connectors else {}
        yield Case(f"{code.code}, Faulted", _message(code, **where))
        yield Case(f"{code.code}, Charging", _message(code, status="Charging", **where))
    yield from _each_release(catalogue)
    yield from _each_firmware(catalogue)
    yield from _each_word_of_the_standard()
    samples = sample_codes(catalogue)
    for code in samples:
        yield from _beyond(code)
        yield from _spelt(code)
        yield from _contradicting(code)
    yield from _zeros(samples[-1:])
    yield from _elsewhere(catalogue)
    yield from _look_alike(catalogue)
    yield from _always_faults(catalogue)
    for code in samples[-1:]:
        yield from _odd_statuses(code)
        yield from _incomplete(code)
        yield from _misnamed(code)
    yield from _lists(catalogue)
    yield from _unknown()
    yield from _wrong_types()


def _message(code: ErrorCode | str, **fields: object) -> Message:
    """A message as a charger sends it for a code, with some fields in place of the usual ones.

    A code that is none of the catalogue's goes into `vendorErrorCode`.
    """
    text = code if isinstance(code, str) else code.code
    standard = not isinstance(code, str) and code.sent_in == "errorCode"
    usual: Message = {
        "connectorId": 2,
        "errorCode": text if standard else ocpp.OTHER_ERROR,
        "status": ocpp.FAULTED,
        "timestamp": "2026-07-11T08:12:09Z",
        "vendorId": "com.example",
    }
    return {**usual, **({} if standard else {"vendorErrorCode": text}), **fields}


def _without(message: Message, field: str) -> Message:
    return {key: value for key, value in message.items() if key != field}


def _each_release(catalogue: Catalogue) -> Iterator[Case]:
    """Each code as of each release in which something began or ended for it."""
    for code in catalogue.codes:
        releases = chain.from_iterable((one.since, one.until) for one in code.revisions)
        first = catalogue.releases[0].name
        for release in dict.fromkeys([first, *filter(None, releases)]):
            if len(catalogue.releases) > 1:
                yield Case(f"{code.code} in {release}", _message(code, status="Charging"), release)


def _each_firmware(catalogue: Catalogue) -> Iterator[Case]:
    """Every way in which a firmware can stand to the releases, and be spelt."""
    spellings = {"describe": _spelt_described, "numbers": _spelt_numbered, "listed": _spelt_listed}
    spelt = spellings[catalogue.vendor.scheme.kind](catalogue.latest.build)
    past_tag = [one.build for one in catalogue.releases if one.build.commits > 1]
    spelt |= {f"a build before {one}": f"{one.tag}-{one.commits - 1}-gfffffff" for one in past_tag}
    for code in catalogue.codes[:1]:
        for what, firmware in spelt.items():
            yield Case(f"firmware: {what}", _message(code), firmware)


def _spelt_described(build: Build) -> dict[str, str]:
    """Spellings of and beside a build that `git describe` names."""
    numbers = ".".join(map(str, build.numbers))
    past_tag = f"{build.tag}-{build.commits}"
    commit = build.commit or ""
    return {
        "the release's name": build.name,
        "its whole build": str(build),
        "its numbers alone": numbers,
        "numbers behind a word": f"abc_R{numbers}",
        "white space around it": f" {build}\n",
        "a build past it": f"{build.tag}-{build.commits + 1}-gfffffff",
        "another build of it": f"{past_tag}-g{_other_commit(commit)}",
        "the beginning of its hash": f"{past_tag}-g{commit[:4]}",
        "too little of its hash": f"{past_tag}-g{commit[:3]}",
        "its hash in upper case": f"{past_tag}-G{commit.upper()}",
        "no hash": past_tag,
        "too many digits for the commits": f"{build.tag}-0000000-g{commit}",
        "a zero more": f"{numbers}.0",
        "one number alone": str(build.numbers[0]),
        "more numbers than a release has": f"{numbers}.0.0.0.0",
        "a number of too many digits": f"{build.numbers[0]}.100000",
        "two words before the numbers": f"a_b{numbers}",
        "a no-break space before it": f"\u00a0{numbers}",
        "a newer one": "99999.0",
        "an older one": "0.0",
        "none": "firmware",
        "nothing": "",
    }


def _spelt_numbered(build: Build) -> dict[str, str]:
    """Spellings of and beside a release that plain numbers name."""
    numbers = ".".join(map(str, build.numbers))
    return {
        "the release's name": build.name,
        "its name in lower case": build.name.lower(),
        "its numbers alone": numbers,
        "its numbers joined by hyphens": numbers.replace(".", "-"),
        "numbers behind a word": f"Firmware {numbers}",
        "numbers behind an abbreviation": f"Rev. {numbers}",
        "white space around it": f" {build}\n",
        "a zero before it": f"0{numbers}",
        "one number alone": str(build.numbers[0]),
        "more numbers than a release has": f"{numbers}.0.0.0",
        "a number of too many digits": f"{build.numbers[0]}.100000",
        "a word behind it": f"{numbers} beta",
        "a no-break space before it": f"\u00a0{numbers}",
        "a newer one": "99999",
        "an older one": "0",
        "none": "firmware",
        "nothing": "",
    }


def _spelt_listed(build: Build) -> dict[str, str]:
    """Spellings of and beside a release that stands in a list."""
    return {
        "the release's name": build.name,
        "its name in upper case": build.name.upper(),
        "its name in lower case": build.name.lower(),
        "white space around it": f" {build}\n",
        "a no-break space before it": f"\u00a0{build}",
        "more than its name": f"{build}.1",
        "none": "firmware",
        "nothing": "",
    }


def _other_commit(commit: str) -> str:
    """A hash as long as this one that begins in another way."""
    return ("0" if commit[0] != "0" else "1") * len(commit)


def _each_word_of_the_standard() -> Iterator[Case]:
    for status in ocpp.STATUSES:
        for code in (ocpp.NO_ERROR, ocpp.OTHER_ERROR):
            message = {"connectorId": 1, "errorCode": code, "status": status}
            yield Case(f"{code}, {status}", message)
    for code in ocpp.ERROR_CODES:
        message = {"connectorId": 1, "errorCode": code, "status": "Unavailable"}
        yield Case(f"{code} of OCPP's own", message)
        lower = {**message, "errorCode": code.lower()}
        yield Case(f"{code} of OCPP's own, in lower case", lower)


def _beyond(code: ErrorCode) -> Iterator[Case]:
    """What no document says: another field, other connectors."""
    text, name = code.code, code.code
    swapped = (
        _message(text)
        if code.sent_in == "errorCode"
        else _without(_message(code), "vendorErrorCode")
    )
    swapped["errorCode"] = ocpp.OTHER_ERROR if code.sent_in == "errorCode" else text
    yield Case(f"{name} in the other field", swapped)
    yield Case(f"{name} in both fields", _message(text, errorCode=text))


def _elsewhere(catalogue: Catalogue) -> Iterator[Case]:
    """Codes that are set on certain connectors only: on each of them, and on others."""
    for code in catalogue.codes:
        numbers = set(connectors_of(catalogue, code))
        if numbers:
            for number in (None, *sorted({*numbers, 0, max(numbers) + 1})):
                message = _message(code, connectorId=number)
                yield Case(f"{code.code} on connector {number}", message)


def _look_alike(catalogue: Catalogue) -> Iterator[Case]:
    """Texts with a letter that only looks like ASCII's, in a code, an errorCode and a status."""
    for letter, look_alike in _LOOK_ALIKES.items():
        what = f"{look_alike!a} for {letter}"
        words = [code for code in catalogue.codes if letter in code.code.lower()]
        for code in words[:1]:
            text = _put(code.code, letter, look_alike)
            yield Case(f"code {code.code}, {what}", _message(code, **{code.sent_in: text}))
        word = next(one for one in ocpp.ERROR_CODES if letter in one.lower())
        message = {"connectorId": 1, "errorCode": _put(word, letter, look_alike)}
        yield Case(f"errorCode {word}, {what}", {**message, "status": ocpp.FAULTED})
    for status in ocpp.STATUSES:
        if "s" in status.lower():
            text = _put(status, "s", _LOOK_ALIKES["s"])
            message = {"connectorId": 1, "errorCode": ocpp.NO_ERROR, "status": text}
            yield Case(f"status {status}, with a long s", message)


def _put(text: str, letter: str, other: str) -> str:
    """The text with another letter in the place of the first of these, in whichever case."""
    place = text.lower().index(letter)
    return text[:place] + other + text[place + 1 :]


def _spelt(code: ErrorCode) -> Iterator[Case]:
    """Other upper and lower case, blanks, and letters beyond ASCII."""
    field = code.sent_in
    for what, text in {
        "upper case": code.code.upper(),
        "lower case": code.code.lower(),
        "blanks around it": f"  {code.code} ",
        "a tab behind it": f"{code.code}\t",
        "a no-break space behind it": f"{code.code}\u00a0",
        "a letter whose lower case is ASCII's": f"{code.code[:-1]}\u212a",
        "a letter whose upper case is ASCII's": f"{code.code[:-1]}\u017f",
    }.items():
        yield Case(f"{code.code}, {what}", _message(code, **{field: text}))
    word = "othererror" if field == "vendorErrorCode" else code.code.upper()
    yield Case(f"{code.code}, errorCode in another case", _message(code, errorCode=word))


def _odd_statuses(code: ErrorCode) -> Iterator[Case]:
    for what, status in {
        "in lower case": "faulted",
        "in upper case": "SUSPENDEDEV",
        "with a blank": "Faulted ",
        "unknown": "Broken",
    }.items():
        yield Case(f"{code.code}, status {what}", _message(code, status=status))


def _always_faults(catalogue: Catalogue) -> Iterator[Case]:
    """A code that no meaning lets come with a non-error status, where the status is none."""
    for code in catalogue.codes:
        if not may_go_on(catalogue, code):
            yield Case(f"{code.code}, no status known", _message(code, status="Broken"))
            yield Case(f"{code.code}, no status", _without(_message(code), "status"))
            return


def _contradicting(code: ErrorCode) -> Iterator[Case]:
    text = code.code
    for status in ("Faulted", "Available", "Broken"):
        message = _message(text, errorCode=ocpp.NO_ERROR, status=status)
        yield Case(f"NoError with {text} as vendorErrorCode, {status}", message)
    message = _message(text, errorCode="Error")
    yield Case(f"errorCode of no standard with {text} as vendorErrorCode", message)
    surplus = {"custom": {"deep": [1, None]}, "ErrorCode": "NoError", "STATUS": 1}
    yield Case(f"{text} and fields of no standard", _message(code, **surplus))


def _zeros(codes: list[ErrorCode]) -> Iterator[Case]:
    """What stations send in vendorErrorCode where there is no error, and what looks like it."""
    nothing = _message("0", errorCode=ocpp.NO_ERROR, status="Available")
    for text in ("0", "000", "0x0000", "0X0", " 0 ", "0,0x0", "0x", "x0", "00.0", "0\t", "0x1"):
        yield Case(f"{text!a} beside NoError", {**nothing, "vendorErrorCode": text})
    for word in ("NoError,NoError", "NoError,GroundFailure", ocpp.OTHER_ERROR, "", None):
        yield Case(f"zeros beside {word!a}", {**nothing, "errorCode": word})
    yield Case("zeros beside NoError, Faulted", {**nothing, "status": "Faulted"})
    for code in codes:
        text = f"0,{code.code}"
        yield Case(f"{text} beside NoError", {**nothing, "vendorErrorCode": text})
    yield Case("zeros of more characters than a list", {**nothing, "vendorErrorCode": "0" * 1001})


def _incomplete(code: ErrorCode) -> Iterator[Case]:
    message = _message(code, info="Relay 2")
    for field in message:
        yield Case(f"{code.code} without {field}", _without(message, field))
        yield Case(f"{code.code}, {field} null", {**message, field: None})
        yield Case(f"{code.code}, {field} empty", {**message, field: ""})
        for value in (7, True, ["Faulted"], {"errorCode": "NoError"}):
            kind = {int: "number", bool: "truth value", list: "list", dict: "object"}[type(value)]
            yield Case(f"{code.code}, {field} a {kind}", {**message, field: value})
    for number in (0, -1, 1.5, 2.0, -0.0, 2**31 - 1, 2**31, 1e300, "2"):
        yield Case(f"{code.code}, connectorId {number!r}", {**message, "connectorId": number})
    alone = _without(message, "errorCode")
    yield Case(f"{code.code} without errorCode, Charging", {**alone, "status": "Charging"})
    for status in ("Faulted", "Available", "Broken"):
        message = {"connectorId": 1, "status": status}
        yield Case(f"no code at all, {status}", message)
        none = {**message, "vendorErrorCode": ocpp.NO_ERROR}
        yield Case(f"NoError in vendorErrorCode alone, {status}", none)


def _misnamed(code: ErrorCode) -> Iterator[Case]:
    """Names in another spelling: all, one alone, and beside the name as OCPP has it."""
    message = _message(code, info="Relay 2")
    for what, spelt in spelt_otherwise(message):
        yield Case(f"{code.code}, every name {what}", spelt)
    for field, value in message.items():
        odd = f"_{field.upper()}-"
        alone = _without(message, field)
        for status in (ocpp.FAULTED, "Charging"):
            one = {**message, "status": status}
            renamed = {**_without(one, field), odd: one[field]}
            yield Case(f"{code.code}, {field} named {odd}, {status}", renamed)
        yield Case(f"{code.code}, {field} null, and {odd}", {**message, field: None, odd: value})
        yield Case(f"{code.code}, {field} and {odd}", {odd: "NoError", **message})
        yield Case(f"{code.code}, {odd} null", {**alone, odd: None})
        yield Case(f"{code.code}, {field} named {field}s", {**alone, f"{field}s": value})
    for field, look_alike in (("status", "\u017ftatus"), ("status", "STATU\u017f")):
        one = {**_without(message, field), look_alike: ocpp.FAULTED}
        yield Case(f"{code.code}, {field} named {look_alike!a}", one)
    nothing = _message(code, errorCode=ocpp.NO_ERROR, status="Available")
    spelt = _without(nothing, "vendorErrorCode") | {"vendor_error_code": code.code}
    yield Case("a vendor_error_code beside NoError", spelt)


def _lists(catalogue: Catalogue) -> Iterator[Case]:
    """Several codes in one field, and what is none though it looks like it."""
    codes = [code.code for code in catalogue.codes]
    one, other = (codes[0], codes[-1]) if codes else (UNKNOWN, UNKNOWN)
    for what, text in {
        "joined by ,": f"{one},{other}",
        "joined by ;": f"{one};{other}",
        "joined by both, with blanks": f" {one} , {other} ;{one.lower()}",
        "one of them unknown": f"{one},{UNKNOWN};{other}",
        "empty ones between": f",;{one},, ;",
        "nothing but separators": " ,; ;,",
        "NoError among them": f"{ocpp.NO_ERROR},{one}",
        "NoError alone": ocpp.NO_ERROR,
        "OtherError alone": ocpp.OTHER_ERROR,
        "joined by another sign": f"{one}|{other}",
        f"{LONGEST_LIST} characters": f"{one},".ljust(LONGEST_LIST, ";"),
        f"{LONGEST_LIST + 1} characters": f"{one},".ljust(LONGEST_LIST + 1, ";"),
        f"{LONGEST_LIST} characters beyond the basic plane": f"{one},".ljust(
            LONGEST_LIST, "\U0001f50c"
        ),
        f"one code, {LONGEST_LIST} characters with its blanks": one.ljust(LONGEST_LIST),
        f"one code, {LONGEST_LIST + 1} characters with its blanks": one.ljust(LONGEST_LIST + 1),
        f"{LONGEST_LIST + 1} blanks": " " * (LONGEST_LIST + 1),
    }.items():
        for field in ("errorCode", "vendorErrorCode"):
            message = _message(UNKNOWN, errorCode=ocpp.OTHER_ERROR) | {field: text}
            yield Case(f"several codes in {field}: {what}", message)
    everything = ",".join([*codes, *ocpp.ERROR_CODES])[:LONGEST_LIST]
    among = f"{ocpp.OTHER_ERROR},{one}"
    yield Case("OtherError among several codes", {"errorCode": among, "status": "Charging"})
    yield Case("as many codes as fit into a list", _message(everything, status="Reserved"))


def _unknown() -> Iterator[Case]:
    for text in (UNKNOWN, *_STRANGERS, "null", "\u0000", '"\\', "{{ 7 * 7 }}", "' OR 1=1 --"):
        for status in ("Faulted", "Available"):
            yield Case(f"unknown code {text!a}, {status}", _message(text, status=status))
    yield Case("unknown errorCode", _without(_message("", errorCode="Error"), "vendorErrorCode"))


def _wrong_types() -> Iterator[Case]:
    yield Case("an empty object", {})
    for what, message in all_wrong(_message("", info="")):
        yield Case(f"every field {what}", message)
    for value in NO_OBJECTS:
        yield Case(f"a payload that is {value!r}", value)
