"""Whatever a line holds, its messages are found in every form, and no line takes long.

What a form has to give is known without the reader: the payload that was put into it. Then lines
that are made to take long, and bytes of all kinds.
`pytest tests/proofs/test_line_fuzz.py -s` prints how long the slowest line took; with
PROPERTY_TIMES=10 in the environment ten times as many lines are drawn, other ones each time.
"""

import html
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.decoding import values
from generator.decoding.lines import decode_line
from generator.decoding.messages import find_messages
from generator.decoding.unread import resembles_message
from tests.helpers.drawn_examples import drawn_by
from tests.helpers.expected_answers import decoder_of
from tests.helpers.project import ROOT

# Every form

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["'", '"', "\\", "\\'", '\\"', "{'", "]}", "%22", "&quot;", "\\x22", "a+b", "]]>", "\x85", "é"]
)
_LEAF = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXT
_VALUE = st.recursive(
    _LEAF.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=5,
)
_PAYLOAD = st.builds(
    lambda info, surplus: {
        "connectorId": 1,
        "errorCode": "GroundFailure",
        "status": "Faulted",
        "info": info,
        "x": surplus,
    },
    _TEXT,
    _VALUE,
)


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def nginx(text: str) -> str:
    plain = {byte for byte in range(32, 127) if chr(byte) not in '"\\'}
    return "".join(chr(b) if b in plain else f"\\x{b:02X}" for b in text.encode())


FORMS: dict[str, Callable[[Any], str]] = {
    "JSON": dumped,
    "ASCII": json.dumps,
    "Python": repr,
    "escaped": lambda value: f"status {dumped(dumped(value))[1:-1]}",
    "escaped twice": lambda value: f"status {dumped(dumped(dumped(value))[1:-1])[1:-1]}",
    "a text": lambda value: dumped({"msg": f"x {dumped(value)}"}),
    "a text of Python": lambda value: dumped({"msg": f"x {value!r}"}),
    "nginx": lambda value: f"status {nginx(dumped(value))}",
    "percent": lambda value: f"status={quote(dumped(value), safe='')}",
    "percent twice": lambda value: f"status={quote(quote(dumped(value)))}",
    "entities": lambda value: f"status {html.escape(dumped(value))}",
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_in_a_line_is_found_in(form: str) -> None:
    @drawn_by(150)
    @given(_PAYLOAD)
    def holds(payload: dict[str, Any]) -> None:
        for value in (payload, [2, "1", "StatusNotification", payload]):
            line = FORMS[form](value)
            [found] = find_messages(line).messages
            assert found.message == value, line
            assert found.payload == payload

    holds()


@drawn_by(300)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), st.booleans())
def test_what_is_in_soap_is_found(info: str, is_cdata: bool) -> None:  # noqa: FBT001
    cdata = info.replace("]]>", "]]]]><![CDATA[>")
    content = f"<![CDATA[{cdata}]]>" if is_cdata else html.escape(info)
    line = f"<a:statusNotificationRequest><a:info>{content}</a:info></a:statusNotificationRequest>"
    [found] = find_messages(line).messages
    assert found.payload == {"info": info.strip(" ")}


# Anything at all

_PIECES = st.sampled_from(
    [
        *('{"', "{'", "[", "]", "}", ":", ",", "'", '"', "\\", '\\"', "\\x22", "\\u0022", "%22"),
        *("&quot;", "&lt;", '""', "<statusNotificationRequest>", "</statusNotificationRequest>"),
        *("<info>", "</info>", "<info/>", "<![CDATA[", "]]>", '[2,"1","StatusNotification",'),
        *('[2,"1","NotifyEvent",{', '{"eventData":[', '{"EventId":1}', "}]", "{}"),
        *("[4,17,", "[3,null,", "connectorId", "error_code", "ErrorCode", "eventData", "status"),
        *("Faulted", "GroundFailure", "None", "True", "1", " ", "\t", "\x00", "é", "\ufeff", "u'"),
        *("[" * 60, '{"a":' * 60, "{'a':" * 60, "9" * 5000, "1e999", "\\ud800", "\\udfff"),
    ]
)


def test_no_line_ends_a_stream() -> None:
    decoder = decoder_of(ROOT / "spec")

    @drawn_by(1500)
    @given(st.lists(_PIECES | st.text(max_size=3), max_size=25).map("".join))
    def holds(line: str) -> None:
        given_line = line.encode("utf-8", "replace")
        [*decoded] = decode_line(1, given_line, decoder, None)
        for one in decoded:
            assert (one.message is None) == (one.answer is None)
            json.dumps(one.message and one.message.message)

    holds()


# Lines that are made to take long

_HOSTILE = {
    "Python's objects in objects": "{'status':",
    "texts without an end": "{'status'{'",
    "the end of a text far away": "{'status':1,",
    "control characters": '{"status\t',
    "JSON that ends as Python": '{"status":[',
    "requests": "<statusNotificationRequest>",
    "requests with CDATA": "<statusNotificationRequest><info><![CDATA[",
    "requests with attributes": "<statusNotificationRequest a='",
    "prefixes": "<status.",
    "entities": "{&amp;quot;status",
    "percent": "{%2522status",
    "bytes": "{\\x5C\\x22status",
    "numbers of characters": "{\\u0022status",
    "backslashes": '\\"{status',
    "all marks": '\\"{&amp;%25\\x22[""status',
    "frames that are cut off": '[4,17,"status"',
    "frames that are not": '[2,"status"',
    "requests that are cut off": '[2,"1","StatusNotification",',
    "fields": "errorCode'''\\\\\\ ",
    "fields of another spelling": "Error_Code='''aaaaaaaaaaaaaaaa",
    "events": '{"EventData":[{"component":',
}


def nested(escape: Callable[[str], str], length: int) -> str:
    """A text with a text in it, and so on, each escaped once more."""
    text = "status&quot;%22"
    while len(text) < length:
        text = escape(text)
    return text


_NESTED = {
    "texts of JSON": lambda text: json.dumps({"a": text + "{'"}),
    "entities in entities": lambda text: (
        "{&quot;a&quot;:&quot;" + text.replace("&", "&amp;") + "&quot;}"
    ),
    "percent in percent": lambda text: "{%22a%22:%22" + text.replace("%", "%25") + "%22}",
}


def seconds(line: str) -> float:
    start = time.perf_counter()
    find_messages(line)
    resembles_message(line)
    return time.perf_counter() - start


def grows(lines: Callable[[int], str]) -> float:
    """How many times as long a line takes that is eight times as long."""
    short, long = 60_000, 480_000
    return min(seconds(lines(long)) for _ in range(2)) / max(
        0.002, min(seconds(lines(short)) for _ in range(3))
    )


@pytest.mark.parametrize("unit", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_a_line_that_is_made_to_take_long_does_not(unit: str) -> None:
    """What is quadratic grows 64 times, what is linear 8 times."""
    assert grows(lambda length: unit * (length // len(unit))) < 25


@pytest.mark.parametrize("end", ["", "<b/></info></statusNotificationRequest>"])
def test_many_sections_of_cdata_take_no_longer(end: str) -> None:
    section = "<![CDATA[x]]>"
    start = "<statusNotificationRequest><info>"
    assert grows(lambda length: start + section * (length // len(section)) + end) < 25


@pytest.mark.parametrize("escape", _NESTED.values(), ids=_NESTED.keys())
def test_texts_in_texts_are_not_read_over_and_over(escape: Callable[[str], str]) -> None:
    """A second at the most; minutes, if each of the readings of each were read in all ways."""
    assert seconds(nested(escape, 250_000)) < 10


@pytest.mark.extended
def test_a_quadratic_reader_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of JSON counts the line ends before it, unless it is told that there are none."""
    monkeypatch.setattr(values, "_TextWithoutLines", str)
    unit = _HOSTILE["control characters"]
    assert grows(lambda length: unit * (length // len(unit))) > 25
