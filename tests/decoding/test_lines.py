"""In which forms a line may have a message: what is decoded, what is counted, and what is none."""

import html
import json
from functools import cache
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from generator.decoding.lines import DecodedLine, decode_line
from generator.runtime.decoder import Decoder
from tests.helpers.expected_answers import decoder_of
from tests.helpers.project import ROOT

FAULT = {"connectorId": 1, "errorCode": "GroundFailure", "status": "Faulted", "info": "café"}
FRAME = [2, "1", "StatusNotification", FAULT]
EVENT = {
    "eventId": 7,
    "timestamp": "2026-07-11T08:12:09Z",
    "actualValue": "true",
    "component": {"name": "Connector", "evse": {"id": 3, "connectorId": 1}},
    "variable": {"name": "Problem"},
    "techCode": "NoPPDetected",
}
SPELT_ALL = ["connectorId", "errorCode", "status"]


@cache
def decoder() -> Decoder[Any]:
    return decoder_of(ROOT / "spec")


def decoded(line: str) -> list[DecodedLine]:
    return decode_line(1, line.encode("utf-8", "surrogateescape"), decoder(), None)


def the_answer(line: str) -> Any:  # noqa: ANN401
    """The answer to the one message of a line."""
    [found] = decoded(line)
    assert found.answer is not None, "no message was found"
    return found.answer


def problems(answer: Any) -> list[tuple[str | None, str]]:  # noqa: ANN401
    return [(one["field"], one["problem"]) for one in answer["problems"]]


def json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def escaped_by_nginx(text: str) -> str:
    """As nginx escapes by default: quotes, backslashes, and bytes that are no printable ASCII."""
    is_plain = [32 <= byte < 127 and chr(byte) not in '"\\' for byte in text.encode()]
    pairs = zip(text.encode(), is_plain, strict=True)
    return "".join(chr(byte) if plain else f"\\x{byte:02X}" for byte, plain in pairs)


# Quotes that are escaped

PAYLOAD_TEXT, FRAME_TEXT = json_line(FAULT), json_line(FRAME)
QUOTED = FRAME_TEXT.replace("café", 'caf\\"é\\"')
"""A frame whose info has quotes of its own."""
ESCAPED = {
    "nginx": f'POST /ocpp "{escaped_by_nginx(FRAME_TEXT)}" 200',
    "nginx, with quotes in a text": f'POST /ocpp "{escaped_by_nginx(QUOTED)}" 200',
    "entities": f"<td>{html.escape(FRAME_TEXT)}</td>",
    "entities by number": f"<td>{FRAME_TEXT.replace(chr(34), '&#34;')}</td>",
    "entities twice": f"<td>{html.escape(html.escape(FRAME_TEXT))}</td>",
    "percent": f"GET /ocpp?status={quote(FRAME_TEXT)} HTTP/1.1",
    "percent, of a form": f"status&payload={quote_plus(FRAME_TEXT)}",
    "percent twice": f"GET /ocpp?status={quote(quote(FRAME_TEXT))}",
    "quotes as numbers": "status " + FRAME_TEXT.replace('"', "\\u0022"),
    "all but ASCII as numbers": f"status {json.dumps(FRAME_TEXT)[1:-1]}",
    "quotes in a text of an escaped message": f"status {json_line(QUOTED)[1:-1]}",
    "escaped twice": f"status {json_line(json_line(FRAME_TEXT)[1:-1])[1:-1]}",
    "doubled and escaped": f'"status","{json_line(FRAME_TEXT)[1:-1]}"'.replace('\\"', '\\""'),
    "a record in a record": f'msg="{json_line(json_line({"ocpp": FRAME_TEXT}))[1:-1]}"',
    "a record of nginx": json_line({"request_body": escaped_by_nginx(FRAME_TEXT)}),
}


@pytest.mark.parametrize("line", ESCAPED.values(), ids=ESCAPED.keys())
def test_escaped_quotes_are_read(line: str) -> None:
    answer = the_answer(line)
    assert (answer["condition"], answer["error_code"]) == ("fault", "GroundFailure")
    assert answer["info"] == ('caf"é"' if "quotes in a text" in id_of(line) else "café")
    assert problems(answer) == []


def id_of(line: str) -> str:
    return next(name for name, one in ESCAPED.items() if one == line)


def test_a_plus_is_a_blank_only_in_a_form() -> None:
    payload = {**FAULT, "info": "a b", "timestamp": "2026-07-11T10:12:09+02:00"}
    form = the_answer(f"status={quote_plus(json_line(payload))}")
    url = the_answer(f"status={quote(json_line(payload), safe=':+,{}')}")
    for answer in (form, url):
        assert answer["info"] == "a b"
        assert answer["timestamp"] == "2026-07-11T10:12:09+02:00"


def test_a_sure_message_behind_escapes_wins_over_one_that_is_not() -> None:
    line = f'{{"connectorId": 1, "status": "online"}} recv {json_line(FRAME_TEXT)[1:-1]}'
    assert the_answer(line)["condition"] == "fault"


# As Python prints it

LITERAL = repr({**FAULT, "vendorErrorCode": None, "flag": True, "list": [1, -2.5, {"a": "b"}]})
PYTHON = {
    "a line of its own": LITERAL,
    "a log line": f"DEBUG [cp-7] status {LITERAL} sent",
    "a record of JSON": json_line({"level": "error", "msg": f"refused payload={LITERAL}"}),
    "a frame": repr(FRAME),
    "both quotes": repr({**FAULT, "vendorId": "it's"}),
    "escapes": LITERAL.replace("café", "caf\\u00e9").replace("'b'", "'\\x1b\\xa0\\n\\U0001f50c'"),
    "Python 2": LITERAL.replace("'errorCode'", "u'errorCode'").replace("'café'", "u'caf\\xe9'"),
    "bytes of Python 2": LITERAL.replace("café", "caf\\xc3\\xa9"),
    "words of JavaScript": LITERAL.replace("None", "null").replace("True", "true"),
    "quotes of JSON, words of Python": PAYLOAD_TEXT.replace("}", ', "flag": None}'),
    "escaped": f"status {escaped_by_nginx(LITERAL)}",
}


@pytest.mark.parametrize("line", PYTHON.values(), ids=PYTHON.keys())
def test_what_python_prints_is_read_and_told(line: str) -> None:
    answer = the_answer(line)
    assert (answer["condition"], answer["info"]) == ("fault", "café")
    assert problems(answer) == [(None, "not-json")]


def test_a_literal_comes_back_as_json() -> None:
    [line] = decoded(LITERAL)
    assert line.message is not None
    assert line.message.message == {
        **FAULT,
        "vendorErrorCode": None,
        "flag": True,
        "list": [1, -2.5, {"a": "b"}],
    }
    assert not line.message.is_whole


DOUBTFUL = {
    "a tuple": LITERAL.replace("[1", "(1").replace("}]", "})"),
    "bytes": LITERAL.replace("'GroundFailure'", "b'GroundFailure'"),
    "a call": LITERAL.replace("'GroundFailure'", "str('GroundFailure')"),
    "an object": LITERAL.replace("'GroundFailure'", "<Code.x: 'GroundFailure'>"),
    "texts side by side": LITERAL.replace("'café'", "'caf' 'é'"),
    "an expression": LITERAL.replace("1,", "1 + 1,", 1),
    "an unknown escape": LITERAL.replace("café", "\\N{COFFIN}"),
    "an octal escape": LITERAL.replace("café", "\\101"),
    "no number": LITERAL.replace("-2.5", "nan"),
    "a set": LITERAL.replace("[1", "{1").replace("}]", "}}"),
    "a name that is no text": LITERAL.replace("'flag'", "1"),
    "a comma too much": LITERAL.replace("]}", "],}"),
    "a letter that may be half of one": LITERAL.replace("café", "caf\\xe9"),
    "cut off": LITERAL[:-1],
    "cut off in a text": LITERAL[:80],
    "too deep": LITERAL.replace("[1", "[" * 60 + "1").replace("}]", "}" + "]" * 60),
}


@pytest.mark.parametrize("line", DOUBTFUL.values(), ids=DOUBTFUL.keys())
@pytest.mark.parametrize("is_record", [False, True])
def test_what_is_not_sure_to_be_a_value_is_counted(line: str, is_record: bool) -> None:  # noqa: FBT001
    [found] = decoded(json_line({"level": "error", "msg": line}) if is_record else line)
    assert (found.answer, found.is_unread) == (None, True)


# SOAP

SOAP_1_5 = (
    "<cs:statusNotificationRequest><cs:connectorId>1</cs:connectorId>"
    "<cs:status>Faulted</cs:status><cs:errorCode>GroundFailure</cs:errorCode>"
    "<cs:info>café</cs:info></cs:statusNotificationRequest>"
)
ENVELOPE = (
    '<?xml version="1.0"?><S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:cs="urn://Ocpp/Cs/2012/06/"><S:Header><cs:chargeBoxIdentity>cp-7'
    f"</cs:chargeBoxIdentity></S:Header><S:Body>{SOAP_1_5}</S:Body></S:Envelope>"
)
SOAP = {
    "with prefixes": SOAP_1_5,
    "without": SOAP_1_5.replace("cs:", ""),
    "in an envelope": ENVELOPE,
    "in a log line": f"2026-07-11 08:12:09 [INFO] cp-7 >> {ENVELOPE} (12 ms)",
    "attributes": SOAP_1_5.replace(
        "Request>", "Request xmlns='urn://Ocpp/Cs/2012/06/' a=\"/>\">", 1
    ),
    "attributes of a field": SOAP_1_5.replace("<cs:info>", '<cs:info xml:lang="sv">'),
    "CDATA": SOAP_1_5.replace("GroundFailure", "<![CDATA[GroundFailure]]>"),
    "entities": SOAP_1_5.replace("café", "caf&#xE9;"),
    "blanks": SOAP_1_5.replace("><", "> <").replace("Faulted", " Faulted\t"),
    "nil": SOAP_1_5.replace("</cs:info>", '</cs:info><cs:vendorId xsi:nil="true"></cs:vendorId>'),
    "nil and closed": SOAP_1_5.replace("</cs:info>", "</cs:info><vendorId xsi:nil='1' />"),
    "as entities": f"<pre>{html.escape(ENVELOPE)}</pre>",
    "as a text of JSON": json_line({"body": ENVELOPE}),
    "as an escaped text": f"body={json_line(ENVELOPE)[1:-1]}",
    "as Go escapes it": json_line(ENVELOPE).replace("<", "\\u003c").replace(">", "\\u003e")[1:-1],
    "by percent": f"status={quote(ENVELOPE)}",
}


@pytest.mark.parametrize("line", SOAP.values(), ids=SOAP.keys())
def test_soap_is_read(line: str) -> None:
    answer = the_answer(line)
    assert (answer["condition"], answer["connector_id"]) == ("fault", 1)
    assert (answer["error_code"], answer["info"]) == ("GroundFailure", "café")
    assert (answer["vendor_id"], problems(answer)) == (None, [])


def test_what_soap_says_is_typed() -> None:
    lines = {
        "<connectorId>x</connectorId>": [("connectorId", "wrong-type")],
        "<connectorId/>": [("connectorId", "wrong-type")],
        "<connectorId xsi:nil='true'/>": [("connectorId", "missing")],
        "<connectorId>007</connectorId><info/>": [],
    }
    for field, expected in lines.items():
        line = SOAP_1_5.replace("cs:", "").replace("<connectorId>1</connectorId>", field)
        assert problems(the_answer(line)) == expected, field


def test_entities_are_undone_once_and_not_within_cdata() -> None:
    info = "&lt;b&gt; &amp;lt; &unknown; <![CDATA[&lt;]]>&#x110000;"
    answer = the_answer(SOAP_1_5.replace("café", info))
    assert answer["info"] == "<b> &lt; &unknown; &lt;&#x110000;"


def test_several_requests_of_a_line_are_read() -> None:
    cut_off = SOAP_1_5[:90]
    found = decoded(f"{SOAP_1_5} {cut_off} {SOAP_1_5.replace('Faulted', 'Charging')}")
    conditions = [line.answer and line.answer["condition"] for line in found]
    assert conditions == ["fault", "warning", None]
    assert found[-1].is_unread


@pytest.mark.parametrize("tag", ["statusNotificationResponse", "bootNotificationRequest"])
def test_another_request_is_none(tag: str) -> None:
    line = SOAP_1_5.replace("statusNotificationRequest", tag).replace("errorCode", "reason")
    [found] = decoded(line)
    assert (found.answer, found.is_unread) == (None, False)


# Names that are spelt in another way


def respelt(value: Any, spell: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {spell(name): respelt(item, spell) for name, item in value.items()}
    return [respelt(item, spell) for item in value] if isinstance(value, list) else value


def snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


SPELLINGS = {
    "PascalCase": lambda name: name[0].upper() + name[1:],
    "snake_case": snake,
    "UPPER_SNAKE": lambda name: snake(name).upper(),
    "kebab-case": lambda name: snake(name).replace("_", "-"),
    "lowercase": str.lower,
}
SOME = {name: value for name, value in FAULT.items() if name != "info"}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_names_in_another_spelling_are_read_and_told(spelling: str) -> None:
    spelt = respelt(SOME, SPELLINGS[spelling])
    changed = [name for name in SPELT_ALL if name not in spelt]
    frame = [2, "1", "StatusNotification", spelt]
    for line in (json_line(spelt), json_line(frame), f"cp-7 {json_line({'a': spelt})}"):
        answer = the_answer(line)
        assert (answer["condition"], answer["connector_id"]) == ("fault", 1)
        assert problems(answer) == [(name, "spelling") for name in changed]
    [found] = decoded(json_line(spelt))
    assert found.message is not None
    assert (found.message.message, found.message.is_whole) == (spelt, True)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_names_within_events_too(spelling: str) -> None:
    spell = SPELLINGS[spelling]
    spelt = respelt({"eventData": [EVENT, EVENT]}, spell)
    for line in (json_line(spelt), json_line([2, "1", "NotifyEvent", spelt])):
        answer = the_answer(line)
        assert problems(answer) == [("eventData", "spelling")]
        for event in answer["events"]:
            assert (event["evse_id"], event["tech_code"]) == (3, "NoPPDetected")
            told = [field for field, problem in problems(event) if problem == "spelling"]
            assert ("component.evse.connectorId" in told) == (spell("connectorId") != "connectorId")
            assert ("variable.name" in told) == (spell("name") != "name")


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ({}, ("eventData", "missing")),
        ({"x": 1}, ("eventData", "missing")),
        ({"event_data": None}, ("eventData", "missing")),
        ({"eventData": 7}, ("eventData", "wrong-type")),
        (7, (None, "wrong-type")),
    ],
)
def test_a_frame_without_events_is_answered(payload: object, problem: tuple[str, str]) -> None:
    answer = the_answer(json_line([2, "1", "NotifyEvent", payload]))
    assert (answer["events"], problems(answer)) == ([], [problem])


def test_events_that_are_no_objects_are_answered_beside_others() -> None:
    answer = the_answer(json_line([2, "1", "NotifyEvent", {"eventData": [4, {"EventId": 1}]}]))
    first, second = answer["events"]
    assert problems(first) == [(None, "wrong-type")]
    assert problems(second)[-1] == ("eventId", "spelling")


def test_the_name_itself_wins() -> None:
    answer = the_answer(json_line({**FAULT, "ErrorCode": "WeakSignal", "connector_id": 7}))
    assert (answer["error_code"], answer["connector_id"]) == ("GroundFailure", 1)
    assert problems(answer) == []


def test_null_is_no_field_and_another_spelling_is_one() -> None:
    answer = the_answer(json_line({**FAULT, "errorCode": None, "error_code": "WeakSignal"}))
    assert (answer["error_code"], problems(answer)) == ("WeakSignal", [("errorCode", "spelling")])


def test_problems_of_lines_follow_those_of_the_decoder() -> None:
    answer = the_answer(repr({"ErrorCode": "OtherError", "Status": "Faulted", "ConnectorId": "1"}))
    assert problems(answer) == [
        ("connectorId", "wrong-type"),
        ("vendorErrorCode", "missing"),
        *((name, "spelling") for name in SPELT_ALL),
        (None, "not-json"),
    ]


@pytest.mark.parametrize(
    "action",
    ["statusNotification", "StatusNotificationRequest", "StatusNotification.req"],
)
def test_an_action_in_another_spelling_is_told(action: str) -> None:
    answer = the_answer(f"08:12 {json_line([2, '1', action, SOME])}")
    assert problems(answer) == [("StatusNotification", "spelling")]


OTHERS = {
    "a service": {"error_code": "InternalError", "status": 500},
    "a lock": {"Status": "Available", "ErrorCode": "E17"},
    "a list of connectors": {"connector_id": 1, "status": "Available"},
    "analytics": {"event_data": [{"name": "click"}], "status": "ok"},
    "of 2.0.1": {"evse_id": 1, "connector_id": 1, "connector_status": "Faulted"},
}


@pytest.mark.parametrize("value", OTHERS.values(), ids=OTHERS.keys())
def test_objects_of_other_programs_are_none(value: object) -> None:
    [found] = decoded(json_line(value))
    assert (found.answer, found.is_unread) == (None, False)


def test_a_frame_of_2_0_1_in_another_spelling_is_none() -> None:
    [found] = decoded(json_line([2, "1", "StatusNotification", OTHERS["of 2.0.1"]]))
    assert (found.answer, found.is_unread) == (None, False)


# Frames


@pytest.mark.parametrize("number", [17, 1.5, None, -1])
def test_an_id_may_be_a_number(number: object) -> None:
    [answer] = decoded(json_line([3, number, FAULT]))
    assert answer.answer is None
    for rest in (["FormationViolation", "x", FAULT], ["", "", {"request": FRAME}]):
        [answer] = decoded(json_line([4, number, *rest]))
        assert (answer.answer, answer.is_unread) == (None, False)
    assert the_answer(json_line([2, number, *FRAME[2:]]))["condition"] == "fault"
    [answer] = decoded(json_line([2, number, "DataTransfer", FAULT]))
    assert answer.answer is None


def test_a_list_that_is_no_frame_may_hold_messages() -> None:
    assert the_answer(json_line([2, 3, FAULT]))["condition"] == "fault"


CUT_OFF_OTHERS = {
    "an answer": [3, "1", FAULT],
    "an answer with a number": [3, 17, FAULT],
    "an answer with null": [3, None, FAULT],
    "an error": [4, "17", "FormationViolation", "x", FAULT],
    "an error with a number": [4, 17, "FormationViolation", "x", FAULT],
    "another request": [2, "1", "DataTransfer", FAULT],
    "another request with a number": [2, 17, "DataTransfer", FAULT],
}


@pytest.mark.parametrize("frame", CUT_OFF_OTHERS.values(), ids=CUT_OFF_OTHERS.keys())
def test_what_is_in_another_frame_that_is_cut_off_is_no_message(frame: object) -> None:
    cut_off = json_line(frame)[:-1]
    texts = (cut_off, json_line(cut_off)[1:-1], repr(frame)[:-1], escaped_by_nginx(cut_off))
    for text in texts:
        for line in (text, f"08:12 sent {text} …", json_line({"status": text})):
            assert [found.answer for found in decoded(line)] == [None], line
        found, *others = decoded(f"08:12 [x] sent {text} … received {FRAME_TEXT}")
        assert [one.message for one in others if not one.is_unread] == []
        assert found.message is not None
        assert found.message.message == FRAME


@pytest.mark.parametrize("end", [-1, -2, -20, -60])
@pytest.mark.parametrize("action", ["StatusNotification", "NotifyEvent"])
def test_a_request_that_is_cut_off_is_decoded_or_counted(end: int, action: str) -> None:
    payload = {"eventData": [EVENT]} if action == "NotifyEvent" else FAULT
    text = json_line([2, "1", action, payload])[:end]
    for line in (text, f"08:12 {text}", f"08:12 {json_line(text)[1:-1]}", json_line({"m": text})):
        [found] = decoded(line)
        assert (found.answer is not None) == (end == -1), line
        assert found.is_unread == (end != -1), line


FAULT_TEXT = json_line(FAULT)
SECOND = {"connectorId": 2, "errorCode": "HighTemperature", "status": "Charging"}
BESIDE = {
    "escaped": (json_line(json_line(SECOND))[1:-1], True),
    "escaped by a web server": (escaped_by_nginx(json_line(SECOND)), True),
    "of Python": (repr(SECOND), True),
    "of Python, and more": (repr({**SECOND, "x": (1,)}), False),
    "cut off": (json_line([2, "2", "StatusNotification", SECOND])[:-25], False),
    "SOAP that is cut off": ("<statusNotificationRequest><connectorId>2</connectorId>", False),
    "of Go": ("{ConnectorId:2 ErrorCode:HighTemperature Status:Charging}", False),
}


@pytest.mark.parametrize(("other", "is_read"), BESIDE.values(), ids=BESIDE.keys())
@pytest.mark.parametrize("is_first", [True, False])
def test_a_second_message_on_a_line_is_read_or_counted(
    other: str,
    is_read: bool,  # noqa: FBT001 (of a table)
    is_first: bool,  # noqa: FBT001
) -> None:
    plain = json_line(FAULT)
    one, two = (other, plain) if is_first else (plain, other)
    found = decoded(f"08:12 {one} and {two}")
    codes = [code["code"] for line in found if line.answer for code in line.answer["codes"]]
    assert sorted(codes) == ["GroundFailure", *(["HighTemperature"] if is_read else [])]
    assert [line.is_unread for line in found].count(True) == (not is_read)


def test_one_message_in_two_forms_is_one() -> None:
    text = json_line(FAULT)
    [found] = decoded(f"08:12 {text} raw={json_line(text)[1:-1]}")
    assert found.message is not None


@pytest.mark.parametrize("mark", ["&#39;", "&apos;", "&#039;", "%27", "\\u0027", "\\x27"])
def test_apostrophes_are_escaped_too(mark: str) -> None:
    text = str(SECOND).replace("'", mark)
    assert [code["code"] for code in the_answer(f"08:12 {text}")["codes"]] == ["HighTemperature"]


@pytest.mark.parametrize(
    "line",
    [
        "NotifyEvent(seq_no=0, event_data=[EventDataType(event_id=1, tech_code='CBC_LOOP')])",
        "NotifyEventRequest{EventData:[{EventID:1 TechCode:CBC_LOOP}]}",
        '{"EventData":[{"EventId":1,"TechCode":"CBC',
    ],
)
def test_events_in_other_forms_are_counted(line: str) -> None:
    [found] = decoded(line)
    assert found.answer is None
    assert found.is_unread


def test_the_bytes_of_a_text_are_read_as_journald_writes_it() -> None:
    text = json_line(FRAME).replace("caf", "c\taf")
    record = json_line({"MESSAGE": list(text.encode()), "PRIORITY": "6"})
    assert [code["code"] for code in the_answer(record)["codes"]] == ["GroundFailure"]
    assert decoded(json_line({"status": [0, 255, 300]}))[0].answer is None


@pytest.mark.parametrize(
    "value",
    [
        {"connectorId": 1, "status": "Accepted"},
        {"connectorId": 2, "status": "active", "userId": 5},
        {"errorCode": "InternalError", "status": 500, "message": "x"},
        {"eventType": "click", "eventData": [{"k": "v"}]},
        {"eventType": "click", "eventData": "abc"},
        {"eventData": [1, 2, 3]},
        {"connectorId": {"type": "integer"}, "errorCode": {"enum": []}, "status": {"enum": []}},
    ],
    ids=json_line,
)
def test_what_other_programs_call_so_is_no_message(value: object) -> None:
    for line in (json_line(value), f"08:12 {json_line(value)}"):
        [found] = decoded(line)
        assert found.answer is None, line
        assert not found.is_unread, line


@pytest.mark.parametrize(
    "frame",
    [
        f'INFO [4,1.5,"F","x",{FAULT_TEXT}',
        f'[3,"a\\"b",{FAULT_TEXT}',
        f"[3, UUID('x'), {FAULT!r}]",
        f'[4,{{}},"F","x",{FAULT_TEXT}]',
        f'[4,[],"F","x",{FAULT_TEXT}]',
    ],
)
def test_an_answer_with_any_id_is_none(frame: str) -> None:
    assert [found.answer for found in decoded(frame)] == [None]


def test_fields_of_the_log_beside_a_message_are_none() -> None:
    [found] = decoded(f"08:12 StatusNotification errorCode=GroundFailure {json_line(FAULT)}")
    assert found.message is not None


def test_what_is_cut_off_before_its_fields_is_counted() -> None:
    [found] = decoded('08:12 [2,"1","StatusNotification",{"connectorId":1,"sta')
    assert found.is_unread
    [found] = decoded('08:12 [2,"1","StatusNotification",{"evseId":1,"connectorStatus":"Fau')
    assert not found.is_unread


# Control characters


@pytest.mark.parametrize("character", ["\t", "\0", "\x1f"])
def test_control_characters_within_texts_are_told(character: str) -> None:
    payload = PAYLOAD_TEXT.replace("café", f"a{character}b")
    for text in (payload, f'[2,"1","StatusNotification",{payload}]'):
        for line in (text, f"08:12 [x] {text}", json_line({"msg": text})):
            answer = the_answer(line)
            assert answer["info"] == f"a{character}b"
            assert problems(answer) == [(None, "not-json")]


def test_of_events_the_message_is_no_json() -> None:
    line = json_line({"eventData": [EVENT]}).replace("Problem", "Prob\tlem")
    answer = the_answer(line)
    assert problems(answer) == [(None, "not-json")]
    assert [problems(event) for event in answer["events"]] == [[]]


# What is counted, and what is not

COUNTED = {
    "Go": "{ConnectorId:1 ErrorCode:GroundFailure Info: Status:Faulted}",
    "a map of Go": "map[connectorId:1 errorCode:GroundFailure status:Faulted]",
    "a list of Go": "[2 1 StatusNotification map[connectorId:1 errorCode:GroundFailure]]",
    "Java": "StatusNotificationRequest{connectorId=1, errorCode=GroundFailure, status=Faulted}",
    "C#": "StatusNotificationRequest { ConnectorId = 1, ErrorCode = GroundFailure }",
    "Python's dataclass": "StatusNotification(connector_id=1, error_code='GroundFailure')",
    "an enum": "ErrorCode=ChargePointErrorCode.GroundFailure",
    "console.log": "{ connectorId: 1, errorCode: 'GroundFailure', status: 'Faulted' }",
    "a query": "connectorId=1&errorCode=GroundFailure&status=Faulted",
    "a query within a URL": "GET /x?u=connectorId%3D1%26errorCode%3DGroundFailure",
    "YAML": "  errorCode: GroundFailure",
    "logfmt": "level=info connectorId=1 errorCode=GroundFailure",
    "one line of several, of XML": "    <ns:errorCode>GroundFailure</ns:errorCode>",
    "its first line": '<ns:statusNotificationRequest xmlns:ns="urn://Ocpp/Cs/2012/06/">',
    "XML of another spelling": "<ErrorCode>GroundFailure</ErrorCode>",
    "as entities": "&quot;errorCode&quot;:&quot;GroundFailure&quot;,",
    "by percent": "%22vendorErrorCode%22%3A%22X",
    "in a text of JSON": '{"level": "info", "msg": "errorCode=GroundFailure"}',
    "in a text within a text": json_line({"a": [json_line({"m": "errorCode=GroundFailure"})]}),
    "in a text alone": '"status: errorCode=GroundFailure"',
}
NOT_COUNTED = {
    "a head of CSV": "connectorId,errorCode,status,vendorErrorCode",
    "a head of CSV with quotes": '"connectorId","errorCode","status"',
    "another program's error": "ErrorCode: 0x80070005 status=failed",
    "another program's JSON": '{"errorCode": "ECONNREFUSED", "status": 500}',
    "an error that quotes": '[4, "1", "FormationViolation", "errorCode: GroundFailure", {}]',
    "prose": "StatusNotification received from cp-7",
    "a frame of 2.0.1": 'sent [2, "1", "StatusNotification", {"connectorStatus": "Faulted"}]',
}


@pytest.mark.parametrize("line", COUNTED.values(), ids=COUNTED.keys())
def test_what_looks_like_a_message_is_counted(line: str) -> None:
    [found] = decoded(line)
    assert (found.answer, found.is_unread) == (None, True)


@pytest.mark.parametrize("line", NOT_COUNTED.values(), ids=NOT_COUNTED.keys())
def test_what_does_not_is_not(line: str) -> None:
    [found] = decoded(line)
    assert (found.answer, found.is_unread) == (None, False)
