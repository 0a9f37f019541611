"""Made-up documents drawn by Hypothesis: what one says, its form, and what has to come of it.

What a document says and how it is written down are drawn apart. What has to come of it is put
together here from the drawn parts, never from what the generator answers.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import cycle, groupby
from operator import attrgetter
from string import ascii_lowercase
from types import MappingProxyType
from typing import Any, NamedTuple

from hypothesis import strategies as st

from generator.language import ENGLISH
from tests.helpers.project import ROOT

HYPHENS = tuple("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ac")
"""What a word that a line's end broke may end in."""

_REAL = (ROOT / "spec/vendor.toml").read_text(encoding="utf-8")
_WORDS = _REAL[_REAL.index("[words.configuration_key]") : _REAL.index("[prose]")]
_FIELDS = _REAL[_REAL.index("[fields.product_notes]") : _REAL.index("# Which sentences state")]
VENDOR = (
    (ROOT / "tests/cases/_project/spec/vendor.toml").read_text(encoding="utf-8")
    + "\n"
    + _WORDS
    + _FIELDS
    + """
[[rules]]
id = "on-product"
states = "product_note"
pattern = "On {product}, {note}."
example = "On Box, it hums."
cues = []

[[rules]]
id = "on-connector"
states = "connectors"
pattern = "It is sent for connector {connectors} alone."
example = "It is sent for connector 1 alone."
cues = ["connector"]

[[rules]]
id = "deprecated"
states = "deprecated"
pattern = "No charger sends it any longer."
example = "No charger sends it any longer."
cues = ["longer"]

[[rules]]
id = "replaced"
states = "replaced_by"
pattern = "Read {configuration_keys} instead."
example = "Read HumCount instead."
cues = ["instead"]

[[rules]]
id = "key"
states = "configuration_keys"
pattern = "The value of {configuration_keys} is wrong."
example = "The value of HumCount is wrong."
cues = []
"""
)
"""The made-up vendor of the test cases, with the real one's fields that it lacks, and rules."""

TITLE = "Made-Up Error Codes"
PUBLISHER = "Made-Up Chargers AB"
SECTIONS = {"errorCode": "Standard codes", "vendorErrorCode": "Made-Up codes"}
PRODUCTS = ("Box", "Box 2")
STANDARD = ("EVCommunicationError", "GroundFailure", "InternalError", "NoError", "OverVoltage")
"""Some of the codes that OCPP itself has."""
MONTHS = "January February March April May June July August September October November December"

# What a document says


class Fact(NamedTuple):
    """A sentence, or with a comma in front a clause, that states a fact; without its full stop."""

    states: str
    text: str
    value: Any = None
    has_full_stop: bool = True

    @property
    def is_clause(self) -> bool:
        return self.text.startswith(",")

    @property
    def told(self) -> str:
        return self.text + "." * self.has_full_stop


class Prose(NamedTuple):
    """Free text, one space between its words."""

    told: str


class Meaning(NamedTuple):
    """What one entry says: free text and facts in their order."""

    parts: tuple[Prose | Fact, ...]

    @property
    def text(self) -> str:
        return _joined(self.parts)

    @property
    def description(self) -> str:
        """The free text; one that a clause closed keeps the full stop of the clause."""
        kept: list[str] = []
        for part in self.parts:
            if isinstance(part, Prose) or part.states == "configuration_keys":
                kept.append(part.told)
            elif part.is_clause:
                kept[-1] += "." * part.has_full_stop
        return " ".join(kept)

    def values(self, *states: str) -> list[Any]:
        """What the facts of these kinds state."""
        return [p.value for p in self.parts if isinstance(p, Fact) and p.states in states]

    @property
    def expected(self) -> dict[str, object]:
        """The meaning as the JSON has to have it, its place aside."""
        keys = self.values("replaced_by", "configuration_keys")
        return {
            "text": self.text,
            "description": self.description,
            "may_accompany_non_error_status": bool(self.values("may_accompany_non_error_status")),
            "products": [product for one in self.values("products") for product in one],
            "product_notes": self.values("product_note"),
            "connectors": [number for one in self.values("connectors") for number in one],
            "deprecated": self._deprecated,
            "configuration_keys": list(dict.fromkeys(key for one in keys for key in one)),
        }

    @property
    def _deprecated(self) -> dict[str, object] | None:
        if not self.values("deprecated"):
            return None
        kinds = ("deprecated", "replaced_by")
        note = _joined(p for p in self.parts if isinstance(p, Fact) and p.states in kinds)
        replaced_by = [key for one in self.values("replaced_by") for key in one]
        return {"note": note, "replaced_by": replaced_by}


def _joined(parts: Iterable[Prose | Fact]) -> str:
    spaced = (
        part.told if isinstance(part, Fact) and part.is_clause else f" {part.told}"
        for part in parts
    )
    return "".join(spaced).removeprefix(" ")


class Entry(NamedTuple):
    """A code and what is said of it; an entry more of the same code says another thing."""

    code: str
    meaning: Meaning


class Made(NamedTuple):
    """What a made-up document says: its build, its date, and the entries of both sections."""

    build: str
    published: date
    entries: Mapping[str, Sequence[Entry]]

    @property
    def name(self) -> str:
        """The tag; of a build past its tag the whole."""
        tag, commits, _ = self.build.split("-")
        return tag if int(commits) == 0 else self.build

    @property
    def all_entries(self) -> list[tuple[str, Entry]]:
        """Every entry with the field that its code is sent in."""
        return [(sent_in, entry) for sent_in, some in self.entries.items() for entry in some]

    @property
    def expected(self) -> dict[str, object]:
        """The release as the JSON has to have it, places and sentences aside."""
        return {
            "name": self.name,
            "build": self.build,
            "commit": self.build.rpartition("-g")[2],
            "published": self.published.isoformat(),
            "title": TITLE,
            "publisher": PUBLISHER,
            "notes": [],
            "sections": [
                {
                    "title": SECTIONS[sent_in],
                    "sent_in": sent_in,
                    "facts": [],
                    "notes": [],
                    "entries": [{"code": e.code, **e.meaning.expected} for e in entries],
                }
                for sent_in, entries in self.entries.items()
            ],
        }

    @property
    def expected_codes(self) -> dict[str, list[dict[str, object]]]:
        """Each code, in the document's order, with its meanings as the JSON has to have them."""
        by_code = groupby((entry for _, entry in self.all_entries), key=lambda entry: entry.code)
        return {code: [entry.meaning.expected for entry in some] for code, some in by_code}


# How it is written down


class Layout(NamedTuple):
    """The form of a document. What is a tuple of texts is gone through again and again.

    `gaps` stand between the words of a paragraph, `spaces` between those of a heading, `blanks`
    between two blocks, `bullets` before entries (an empty one makes a paragraph).
    """

    escapes_all: bool = True
    bold: str = "**"
    gaps: tuple[str, ...] = (" ",)
    spaces: tuple[str, ...] = (" ",)
    blanks: tuple[str, ...] = ("\n\n",)
    bullets: tuple[str, ...] = ("",)
    is_tight: bool = False
    is_numbered: bool = False
    pages: tuple[int, ...] = ()
    start: str = ""
    end: str = "\n"
    line_end: str = "\n"
    byte_order_mark: bool = False


def prose_of(some: Iterable[Made]) -> list[str]:
    """The free text of documents: behind a fact, it has to be declared that it states nothing."""
    meanings = [entry.meaning for made in some for _, entry in made.all_entries]
    parts = [part.told for meaning in meanings for part in meaning.parts if isinstance(part, Prose)]
    sentences = [one for part in parts for one in ENGLISH.sentence.findall(part)]
    return list(dict.fromkeys([*parts, *map(str.rstrip, sentences)]))


def vendor_of(some: Iterable[Made]) -> str:
    """What is known of the made-up vendor whose documents these are."""
    declared = json.dumps(prose_of(some), ensure_ascii=False)
    before, after = VENDOR.split("[prose]\nsentences = []\n")
    return f"{before}[prose]\nsentences = {declared}\n{after}"


PLAIN = Layout()
PUNCTUATION = r"[!-/:-@\[-`{-~]"


def write(made: Made, layout: Layout = PLAIN) -> bytes:
    """The document, as the vendor would publish it."""
    blocks = list(_blocks(made, layout))
    blanks = cycle(layout.blanks)
    text = layout.start
    for (block, bullet), (_, following) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        is_within_list = layout.is_tight and bullet and following
        text += bullet + block + ("\n" if is_within_list else next(blanks))
    text = text.rstrip(" \t\n") + layout.end
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}" * layout.byte_order_mark
    return (mark + text.replace("\n", layout.line_end)).encode()


def _blocks(made: Made, layout: Layout) -> Iterator[tuple[str, str]]:
    """Each heading and paragraph, with the bullet before it."""
    gaps, spaces, bullets = cycle(layout.gaps), cycle(layout.spaces), cycle(layout.bullets)
    day = made.published
    month = MONTHS.split()[day.month - 1]
    yield _line(f"# {TITLE}", spaces, layout), ""
    for line in (f"For {made.build}", PUBLISHER, f"{month} {day.day}, {day.year}"):
        yield _line(line, gaps, layout), ""
    if layout.pages:
        lines = enumerate(zip(SECTIONS.values(), layout.pages, strict=True), start=1)
        yield _line("## Contents", spaces, layout), ""
        yield "\n".join(f"{number}\t{title}\t{page}" for number, (title, page) in lines), ""
    for number, (sent_in, entries) in enumerate(made.entries.items(), start=1):
        shown = f"{number} " if layout.is_numbered else ""
        yield _line(f"## {shown}{SECTIONS[sent_in]}", spaces, layout), ""
        for entry in entries:
            code = f"{layout.bold}{escape(entry.code, every=layout.escapes_all)}{layout.bold}"
            yield code + _words(entry.meaning.text.split(" "), gaps, layout), next(bullets)


def _line(text: str, gaps: Iterator[str], layout: Layout) -> str:
    first, *words = text.split(" ")
    return first + _words(words, gaps, layout)


def _words(words: Iterable[str], gaps: Iterator[str], layout: Layout) -> str:
    """The words as Markdown, a gap before each."""
    written = before = ""
    for word, gap in zip(words, gaps, strict=False):
        # A line that ends in a word with a hyphen at its end is refused: none is broken there. One
        # that ends in a dash of its own is read.
        is_hyphenated = before.endswith(HYPHENS) and before.strip("".join(HYPHENS))
        space = " " if "\n" in gap and is_hyphenated else gap
        written += space + escape(word, every=layout.escapes_all, begins_line="\n" in space)
        before = word
    return written


# Underscores between letters, and backslashes before one, are themselves without a backslash.
_MEANT = re.compile(r"[*\[<&`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\\(?![A-Za-z0-9])")
_MEANT_FIRST = re.compile(rf"(?=(?!\\){PUNCTUATION})|(?<=^)([0-9]+)(?=[.)])")


def escape(text: str, *, every: bool, begins_line: bool = False) -> str:
    """The text as Markdown: with a backslash before all punctuation, or where one is needed."""
    if every:
        return re.sub(PUNCTUATION, r"\\\g<0>", text)
    text = _MEANT.sub(r"\\\g<0>", text)
    if begins_line and (match := _MEANT_FIRST.match(text)):
        text = f"{match[0]}\\{text[match.end() :]}"
    return text


# What is drawn: texts

# Default-ignorable letters and marks, and the blank Braille pattern: printable to Unicode alone.
_BLANK = "".join(
    chr(number)
    for first, last in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xE0100, 0xE01EF),
    )
    for number in range(first, last + 1)
)
PRINTABLE = st.characters(exclude_categories=["C", "Z"], exclude_characters=_BLANK)
ASCII = st.characters(min_codepoint=0x21, max_codepoint=0x7E)

AWKWARD = (
    *("\\", "a\\", "\\\\", "C:\\temp\\new", "\\u0041", "\\x41", "\\N{BULLET}", "\\n", "\\_", "\\*"),
    *('"', '"""', "'", "'''", "`", "```", "${x}", "$", "$$", "{{ x }}", "{% raw %}", "{# x #}"),
    *("{0}", "{", "}}", "%s", "%(x)s", "%", "*/", "/*", "//", "#", "##", "-->", "<!--", "<b>"),
    *("</script>", "<![CDATA[", "]]>", "<", ">", "&", "&amp;", "&#39;", "**bold**", "__init__"),
    *("*", "_", "a_b", "_a_", "~~~", "[a](b)", "![a](b)", "[a]: b", "]", "1.", "12)", "-", "+"),
    *(
        "=",
        "===",
        "---",
        "***",
        "___",
        "|",
        "a|b",
        "|-|",
        ":-:",
        "://",
        "@param",
        "@",
        "e.g.",
        "4.5",
    ),
    *(".", ",", ";", ":", "?", "!", "...", "(", ")", "null", "None", "undefined", "__proto__"),
    *("\N{FIRE}", "\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL X}", "e\N{COMBINING ACUTE ACCENT}"),
    *("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "\N{LATIN SMALL LETTER LONG S}", "\ufffd"),
    *("\N{ARABIC LETTER AIN}", "\N{CJK UNIFIED IDEOGRAPH-4E2D}", "\N{FULLWIDTH SOLIDUS}"),
)
"""What means something to Markdown, to a language of an output, or to a template."""

# What the rules of VENDOR would take for a fact, or for one in other words.
_SUSPECT = re.compile("status|only|box|connector|instead|longer|value|charger", re.IGNORECASE)


@cache
def free_texts(begin: str = "", end: str = "", max_size: int = 5) -> st.SearchStrategy[str]:
    """Any printable text; with `begin`, `end` it has one of their characters there."""
    word = st.one_of(
        st.sampled_from(AWKWARD),
        st.text(PRINTABLE, min_size=1, max_size=8),
        st.text(ASCII, min_size=1, max_size=8),
    )
    words = st.lists(word, min_size=1, max_size=max_size).map(" ".join)
    first, last = (st.sampled_from(characters or [""]) for characters in (begin, end))
    texts = st.tuples(first, words, last).map("".join)
    return texts.filter(lambda text: not _SUSPECT.search(text))


# What stands between a code and its text where a converter put a mark there, which is refused.
_SEPARATED = re.compile(
    r"[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d:;,\uff1a\uff1b\uff0c.=|~\u2022\u00b7\u2190-\u21ff]+>?"
    r"( |$)"
    r"|[:;,\uff1a\uff1b\uff0c]"
)

# What is drawn: facts

_KEYS = st.lists(st.text(ascii_lowercase, min_size=2, max_size=5), min_size=2, max_size=3).map(
    lambda words: "".join(map(str.capitalize, words))
)


def _list_of(items: st.SearchStrategy[Any], text: str, states: str) -> st.SearchStrategy[Fact]:
    """Facts that list up to three different items, in the place of `{}`."""
    lists = st.lists(items, min_size=1, max_size=3, unique=True)
    return lists.map(lambda some: Fact(states, text.format(listed(some)), some))


def listed(items: Sequence[object]) -> str:
    """The items as the vendor lists them."""
    *first, last = map(str, items)
    return f"{', '.join(first)} and {last}" if first else last


def _note(product: str, note: str) -> Fact:
    return Fact("product_note", f"On {product}, {note}", {"product": product, "note": note})


# A note ends with its sentence: what could end one is left out of it.
_NOTES = free_texts(max_size=3).map(lambda text: " ".join(re.sub("[.!?]", "", text).split()))
_SENTENCES: dict[str, st.SearchStrategy[Fact]] = {
    "may_accompany_non_error_status": st.just(
        Fact("may_accompany_non_error_status", "This may come with any status", value=True)
    ),
    "product_note": st.builds(
        _note, st.sampled_from(PRODUCTS), _NOTES.map(lambda note: note or "it hums")
    ),
    "connectors": _list_of(st.integers(0, 9999), "It is sent for connector {} alone", "connectors"),
    "deprecated": st.just(Fact("deprecated", "No charger sends it any longer", value=True)),
    "replaced_by": _list_of(_KEYS, "Read {} instead", "replaced_by"),
    "configuration_keys": _list_of(_KEYS, "The value of {} is wrong", "configuration_keys"),
}
_CLAUSES = _list_of(st.sampled_from(PRODUCTS), ", seen only on {}", "products")


@st.composite
def meanings(draw: st.DrawFn) -> Meaning:
    """Free text and facts, by the rules of how the vendor puts them together.

    A sentence that a rule reads ends where another begins: what follows its full stop opens as a
    sentence does, what it follows does not break off. A clause follows a word.
    """
    kinds = draw(st.lists(st.sampled_from(list(_SENTENCES)), max_size=3, unique=True))
    if "replaced_by" in kinds and "deprecated" not in kinds:
        kinds.insert(0, "deprecated")
    facts = [draw(_SENTENCES[kind]) for kind in kinds]
    before = draw(st.integers(0, len(facts)))
    has_clause = draw(st.booleans())
    begin = "AZ\"'(" if before else ""
    end = (
        "aZ7)\"'\N{CYRILLIC CAPITAL LETTER ZHE}" if has_clause else ".a!?" if facts[before:] else ""
    )
    text = draw(free_texts(begin, end).filter(lambda text: not _SEPARATED.match(text)))
    parts: list[Prose | Fact] = [*facts[:before], Prose(text)]
    parts += [draw(_CLAUSES)] if has_clause else []
    parts += facts[before:]
    if isinstance(parts[-1], Fact) and draw(st.booleans()):
        parts.append(Prose(draw(free_texts("AZ\"'(", max_size=3))))
    return Meaning(tuple(_unstopped(parts, draw)))


def _unstopped(parts: Sequence[Prose | Fact], draw: st.DrawFn) -> Iterator[Prose | Fact]:
    """The parts, some facts without a full stop: it may be missing before another and at the end.

    Not that of a note with something behind it, which would take that for a part of the note.
    """
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        is_note = isinstance(part, Fact) and part.states == "product_note"
        may_miss = following is None or (isinstance(following, Fact) and not is_note)
        if isinstance(part, Fact) and may_miss and draw(st.booleans()):
            yield part._replace(has_full_stop=False)
        else:
            yield part


# What is drawn: codes


def name_of(code: str) -> str:
    """What two codes differ in that have different names in every language of the outputs."""
    name = re.sub("[^a-z0-9]", "", code.lower()) or "".join(str(ord(c)) for c in code)
    return f"code{name}" if name[0].isdigit() else name


_TAKEN = {name_of(code) for code in STANDARD}
_SPACED = st.lists(st.text(ASCII, min_size=1, max_size=6), min_size=2, max_size=3)
CODES = st.one_of(
    st.from_regex(r"\A[A-Z][A-Za-z]{1,8}[_A-Z][A-Za-z0-9]{1,8}\Z"),
    st.text(ASCII, min_size=1, max_size=10),
    st.text(ASCII, min_size=44, max_size=50),
    st.sampled_from([word for word in AWKWARD if word.isascii()]),
    st.sampled_from(["constructor", "toString", "prototype", "mro", "class", "name", "0"]),
    st.builds(str.join, st.sampled_from([" ", "  "]), _SPACED),
).filter(lambda code: name_of(code) not in _TAKEN and not code.endswith((*":;,-",)))
"""Whatever OCPP's `vendorErrorCode` can hold: up to 50 printable characters of ASCII.

None ends in what is taken for a separator between a code and its text.
"""

# What is drawn: documents


def code_lists(min_size: int, max_size: int) -> st.SearchStrategy[list[str]]:
    """Codes of the vendor's own that can stand in one project."""
    return st.lists(CODES, min_size=min_size, max_size=max_size, unique_by=name_of)


BUILDS = st.builds(
    "{}{}-{}-g{:07x}".format,
    st.sampled_from(["r", "R", "v", "", "FW_r"]),
    st.lists(st.integers(0, 99_999), min_size=2, max_size=5).map(lambda n: ".".join(map(str, n))),
    st.integers(0, 999_999),
    st.integers(0, 16**12 - 1),
)
DATES = st.dates(date(2000, 1, 1))
_FEW_CODES = code_lists(1, 6)


@st.composite
def documents(
    draw: st.DrawFn,
    codes: st.SearchStrategy[list[str]] = _FEW_CODES,
    builds: st.SearchStrategy[str] = BUILDS,
) -> Made:
    """What a document says; `codes` are those of its second section."""
    entries = {
        "errorCode": draw(st.lists(st.sampled_from(STANDARD), min_size=1, max_size=3, unique=True)),
        "vendorErrorCode": draw(codes),
    }
    return Made(
        draw(builds),
        draw(DATES),
        MappingProxyType({field: _entries(draw, sorted(some)) for field, some in entries.items()}),
    )


_ONE_OR_TWO = st.lists(meanings(), min_size=1, max_size=2, unique_by=attrgetter("text"))


def _entries(draw: st.DrawFn, codes: Iterable[str]) -> tuple[Entry, ...]:
    """An entry for each code, for some of them two."""
    return tuple(Entry(code, meaning) for code in codes for meaning in draw(_ONE_OR_TWO))


@st.composite
def projects(draw: st.DrawFn) -> list[Made]:
    """Documents of one vendor, each of another release."""
    codes = draw(code_lists(2, 6))
    releases = draw(st.lists(st.integers(0, 99), min_size=1, max_size=3, unique=True))
    some = st.lists(st.sampled_from(codes), min_size=1, unique=True)
    return [draw(documents(some, st.just(f"r1.{one}.0-0-g0123abc"))) for one in releases]


def _some(*texts: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(texts), min_size=1, max_size=5).map(tuple)


_PAGES = st.tuples(st.integers(1, 9), st.integers(0, 9)).map(lambda two: (two[0], sum(two)))
LAYOUTS = st.builds(
    Layout,
    escapes_all=st.booleans(),
    bold=st.sampled_from(["**", "__"]),
    gaps=_some(" ", "  ", "\t", " \t ", "\n", " \n", "  \n", "    \n", "\\\n", "\n  ", "\n\t"),
    spaces=_some(" ", "  ", "\t"),
    blanks=_some("\n\n", "\n\n\n", "\n \n", "  \n\t\n", " \n\n"),
    bullets=_some("", "- ", "* ", "+ ", "-   ", "-\t"),
    is_tight=st.booleans(),
    is_numbered=st.booleans(),
    pages=st.one_of(st.just(()), _PAGES),
    start=st.sampled_from(["", "\n", " \n\n"]),
    end=st.sampled_from(["", "\n", "\n\n", "  ", " \n"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    byte_order_mark=st.booleans(),
)
"""Every form in which a document is read."""
