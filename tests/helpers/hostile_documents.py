"""Made-up hostile documents, by name: texts that look like code, broken files, endless repetition.

All are of the made-up vendor in tests/cases/_project. `TEXTS` and `CODES` are what an error code
may say and be called, however much it looks like something else; `REFUSED` is what no document may
be; `GROWING` is what may be there too often.
"""

import re
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from tests.helpers.made_up_documents import HEAD, document, long_document

# What is legal


TEXTS = {
    "template syntax": r"{{ code }} {% for a in b %} {# c #} {{ ''.\_\_class\_\_ }} <%= d %>",
    "a double quote": 'He said "it hums".',
    "three double quotes": '"""',
    "an open double quote": '"',
    "single quotes": "It's 'one', ''two'', '''three'''.",
    "back quotes": r"\`\` \`command\` \`${here}\`",
    "quotes of every language": "\u201cenglish\u201d \u2018single\u2019 \u201edeutsch\u201c "
    "\u00abfran\u00e7ais\u00bb \u300c\u65e5\u672c\u300d \u2039a\u203a",
    "a backslash at the end": "It ends in \\",
    "two backslashes at the end": "It ends in \\\\\\\\",
    "a backslash and a quote at the end": 'It ends in \\\\"',
    "what looks like an escape": r"\n \t \x41 \u0041 \N{BULLET} \101 \u{41} \U00000041 %0a",
    "the end of a comment": r"*/ // # -- ; (\* {- %} \*/ /\* \*\*/",
    "the end of a script": r"\</script> \<!-- --> ]]> ?> \<style>",
    "holes of every language": "${x} #{x} $(x) {x} {0} {} %s %(x)s %d %% $x @x \\`x\\`",
    "an entity": r"\&amp; \&lt; \&#39; & &;",
    "a tag of documentation": "@deprecated {@link x} @param :param x: \\>\\>\\> import os",
    "what looks like TOML and JSON": r'[[a]] = "b" {"c": null} \[d\]: e',
    "letters of every plane": "\u00e5\u00e4\u00f6 \u20ac \u6f22\u5b57 \U0001f50c \U00020000 "
    "e\u0301 \u0939\u093f",
    "letters from right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "a keyword": "None",
    "a number": "1e309",
    "a long word": "w" * 5_000,
}
"""Texts that are right as they are, as Markdown has them; what looks like code in them is none."""

CODES = (
    "__proto__",
    "constructor",
    "toString",
    "prototype",
    "__init__",
    "__dict__",
    "__members__",
    "_sunder_",
    "None",
    "class",
    "def",
    "lambda",
    "import",
    "await",
    "default",
    "delete",
    "null",
    "undefined",
    "NaN",
    "true",
    "name",
    "value",
    "mro",
    "length",
    "then",
    "ErrorCode",
    "CATALOGUE",
    "Lookup",
    "0",
    "1e3",
    "a b",
    '"',
    "'",
    "`",
    "\\",
    "*/",
    "#",
    "</script>",
    "${dollar}",
    "{{braces}}",
    "%s",
    "../../etc/passwd",
)
"""Codes that mean something else in some language; all are printable ASCII, and so legal."""
NOT_AMONG_CODES = ("hasOwnProperty", "valueOf", "__class__", "__defineGetter__", "keys", "")
"""What every object of a language has, and the catalogue has not."""

_MARK = re.compile(r"([!-/:-@\[-`{-~])")


def escaped(text: str) -> str:
    """A text as Markdown, nothing in it read as a mark."""
    return _MARK.sub(r"\\\1", text)


def told(markdown: str) -> str:
    """What a text of `TEXTS` says."""
    return re.sub(rf"\\{_MARK.pattern}", r"\1", markdown)


def legal_document() -> str:
    """A document of all these: each code once, and a code of its own for each text."""
    entries = dict.fromkeys(CODES, "It hums.")
    entries |= {f"Text{number:02d}": text for number, text in enumerate(TEXTS.values())}
    return document((escaped(code), entries[code]) for code in sorted(entries))


# What is refused


class Refused(NamedTuple):
    """A document that is no document: its bytes, the diagnostic it gets, and where."""

    data: bytes
    rule: str
    line: int
    column: int = 1


HEAD_ONLY = HEAD.format(build="r2.0.0-0-g0123abc", date="January 2, 2024")
"""A document up to where the entries of its second section begin."""
RIGHT = document([("Hum", "It hums.")])
"""A document that all is right with; the others differ from it in one thing."""


def _with_build(build: str, rule: str = "release-impossible", column: int = 5) -> Refused:
    return Refused(document([("Hum", "It hums.")], build=build).encode(), rule, 3, column)


def _with_date(date: str, rule: str = "date-impossible") -> Refused:
    return Refused(document([("Hum", "It hums.")], date=date).encode(), rule, 7)


def _with_character(character: str) -> Refused:
    """An entry with a character that cannot be seen in its second word."""
    text = RIGHT.replace("It hums.", f"It h{character}ums.")
    return Refused(text.encode(), "character-invisible", 15, 13)


def _with_entry(text: str, rule: str, column: int = 1, line: int = 15) -> Refused:
    return Refused(f"{HEAD_ONLY}{text}\n".encode(), rule, line, column)


_HIDDEN = {
    "NUL": "\0",
    "escape": "\x1b",
    "backspace": "\b",
    "delete": "\x7f",
    "form feed": "\f",
    "vertical tab": "\v",
    "next line": "\x85",
    "line separator": "\N{LINE SEPARATOR}",
    "paragraph separator": "\N{PARAGRAPH SEPARATOR}",
    "no-break space": "\N{NO-BREAK SPACE}",
    "ideographic space": "\N{IDEOGRAPHIC SPACE}",
    "right-to-left override": "\N{RIGHT-TO-LEFT OVERRIDE}",
    "left-to-right embedding": "\N{LEFT-TO-RIGHT EMBEDDING}",
    "right-to-left isolate": "\N{RIGHT-TO-LEFT ISOLATE}",
    "pop directional isolate": "\N{POP DIRECTIONAL ISOLATE}",
    "right-to-left mark": "\N{RIGHT-TO-LEFT MARK}",
    "Arabic letter mark": "\N{ARABIC LETTER MARK}",
    "zero-width space": "\N{ZERO WIDTH SPACE}",
    "zero-width joiner": "\N{ZERO WIDTH JOINER}",
    "word joiner": "\N{WORD JOINER}",
    "soft hyphen": "\N{SOFT HYPHEN}",
    "byte order mark": "\N{ZERO WIDTH NO-BREAK SPACE}",
    "combining grapheme joiner": "\N{COMBINING GRAPHEME JOINER}",
    "Hangul filler": "\N{HANGUL FILLER}",
    "blank braille": "\N{BRAILLE PATTERN BLANK}",
    "variation selector": "\N{VARIATION SELECTOR-16}",
    "tag": "\N{TAG LATIN SMALL LETTER A}",
    "private use": "\ue000",
    "noncharacter": "\uffff",
    "unassigned": "\U000e0fff",
}
_DIGITS = 5_000
"""More digits than Python turns into a number."""

REFUSED: dict[str, Refused] = {
    # bytes
    "empty": Refused(b"", "title-unknown", 1),
    "nothing but a byte order mark": Refused(b"\xef\xbb\xbf", "title-unknown", 1),
    "nothing but line ends": Refused(b"\r\n" * 9, "title-unknown", 1),
    "an image": Refused(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "document-encoding", 1
    ),
    "an archive": Refused(b"PK\x03\x04\x14\0\0\0\x08\0", "character-invisible", 1, 3),
    "every byte": Refused(bytes(range(256)), "document-encoding", 3, 115),
    "UTF-16 with its mark": Refused(RIGHT.encode("utf-16"), "document-encoding", 1),
    "UTF-16 without its mark": Refused(RIGHT.encode("utf-16-le"), "character-invisible", 1, 2),
    "UTF-32": Refused(RIGHT.encode("utf-32"), "document-encoding", 1),
    "Latin-1": Refused(
        RIGHT.replace("hums", "h\u00fcms").encode("latin-1"), "document-encoding", 15, 13
    ),
    "half a surrogate pair": Refused(
        RIGHT.replace("hums", "h\ud83dms").encode("utf-8", "surrogatepass"),
        "document-encoding",
        15,
        13,
    ),
    "an overlong NUL": Refused(
        RIGHT.encode().replace(b"hums", b"h\xc0\x80ms"), "document-encoding", 15, 13
    ),
    "cut off within a letter": Refused(RIGHT.encode() + b" \xe2\x82", "document-encoding", 15, 18),
    # characters
    **{f"a hidden {name}": _with_character(character) for name, character in _HIDDEN.items()},
    "a code that reads backwards": _with_entry(
        "**\N{RIGHT-TO-LEFT OVERRIDE}muH** It hums.", "character-invisible", 3
    ),
    "a look-alike in a code": _with_entry(
        "**\N{CYRILLIC CAPITAL LETTER EN}um** It hums.", "code-unprintable", 3
    ),
    # line ends
    "line ends of two kinds": Refused(
        RIGHT.replace("\n", "\r\n", 14).encode() + b"\n", "line-ends-mixed", 15, 17
    ),
    "one line end of another kind": Refused(
        RIGHT.replace("\n", "\r\n", 1).encode(), "line-ends-mixed", 2
    ),
    "a lone carriage return": Refused(
        RIGHT.replace("It ", "It\r").encode(), "line-ends-mixed", 15, 11
    ),
    "carriage returns doubled": Refused(
        RIGHT.replace("\n", "\r\r\n").encode(), "line-ends-mixed", 2
    ),
    # releases
    "a release that is a path": _with_build("../../etc-0-g0123abc"),
    "a release that leaves its folder": _with_build("r1/../../x-0-g0123abc"),
    "a release that is a path of Windows": _with_build(r"r1.2.3\\..\\x-0-g0123abc"),
    "a release that is an absolute path": _with_build("/etc/passwd-0-g0123abc"),
    "a release that is a drive": _with_build("C:r1.2.3-0-g0123abc"),
    "a release that is a device": _with_build("NUL-0-g0123abc"),
    "a release that is hidden": _with_build(".r1.2.3-0-g0123abc"),
    "a release that is an option": _with_build("-r1.2.3-0-g0123abc"),
    "a release that is a template": _with_build("{{x}}-0-g0123abc"),
    "a release with a large number": _with_build("r999999999999999999999.1-0-g0123abc"),
    "a release with endless digits": _with_build(f"r{'9' * _DIGITS}.1-0-g0123abc"),
    "a release with endless parts": _with_build(f"r1{'.1' * _DIGITS}"[:9_000] + "-0-g0123abc"),
    "endless commits": _with_build(f"r1.2.3-{'9' * _DIGITS}-g0123abc"),
    "an endless commit": _with_build(f"r1.2.3-0-g{'a' * _DIGITS}"),
    "a negative release": _with_build("r-1.2.3-0-g0123abc"),
    "a release of a fraction": _with_build("r1e5.2-0-g0123abc"),
    "a release in Arabic digits": _with_build("r\u0661.\u0662.\u0663-0-g0123abc"),
    "a release in wide digits": _with_build("r\uff11.2.3-0-g0123abc"),
    "a release of two words": _with_build("r1.2.3-0-g0123abc r1", "release-unreadable", 1),
    "no release": _with_build("", "release-unreadable", 1),
    # dates
    "an endless day": _with_date(f"January {'9' * _DIGITS}, 2024", "date-unreadable"),
    "an endless year": _with_date(f"January 2, 1{'0' * _DIGITS}", "date-unreadable"),
    "a late day": _with_date("January 99999, 2024"),
    "a day of zero": _with_date("January 0, 2024"),
    "a day before the first": _with_date("January -1, 2024", "date-unreadable"),
    "a year of zero": _with_date("January 2, 0"),
    "a late year": _with_date("January 2, 99999"),
    "a leap day without a leap year": _with_date("February 29, 2023"),
    "a day in Arabic digits": _with_date("January \u0662, 2024", "date-unreadable"),
    # numbers elsewhere
    "an endless number of a heading": Refused(
        RIGHT.replace("## Made", f"## {'9' * _DIGITS} Made").encode(), "section-unknown", 13
    ),
    "an endless page": Refused(
        RIGHT.replace(
            "## Standard", f"## Contents\n\n1\tStandard codes\t{'9' * _DIGITS}\n\n## Standard"
        ).encode(),
        "contents-unreadable",
        11,
    ),
    # codes
    "an endless code": _with_entry(f"**{'C' * 9_000}** It hums.", "code-too-long", 3),
    "a code over two lines": _with_entry("**Hum\nHum** It hums.", "entry-unmarked"),
    # markup
    "HTML": _with_entry("**Hum** <script>alert(1)</script>", "inline-unknown", 9),
    "an image from elsewhere": _with_entry(
        "**Hum** ![a](https://example.invalid/a.png)", "inline-unknown", 9
    ),
    "a link that runs": _with_entry("**Hum** [a](javascript:alert)", "inline-unknown", 9),
    "a link of its own kind": _with_entry("**Hum** <http://example.invalid>", "inline-unknown", 9),
    "front matter": Refused(
        f"---\na: !!python/object:os.system\n---\n\n{RIGHT}".encode(), "block-unknown", 1
    ),
    "an include": _with_entry("!INCLUDE /etc/passwd", "entry-unmarked"),
    "one long paragraph": _with_entry(
        "**Hum** It hums." + " It hums." * 2_000, "paragraph-too-long"
    ),
}


# What is too much


Grown = Callable[[int], str]
"""Makes a document of about so many characters."""


def _repeated(unit: str, before: str = "", behind: str = "") -> Grown:
    """A document of entries as long as they may be, whose texts are a piece again and again."""

    def grown(size: int) -> str:
        text = before + unit * (min(size, ENTRY_AT_MOST) // len(unit)) + behind
        codes = (f"Hum{number:07d}" for number in range(max(1, size // len(text))))
        return document((code, text) for code in codes)

    return grown


def _in_one_line(unit: str, before: str = "", behind: str = "") -> Grown:
    """A document with one entry, whose text is a piece again and again."""
    return lambda size: document([("Hum", before + unit * (size // len(unit)) + behind)])


def _lines(line: str) -> Grown:
    """A document that ends in lines of one form; `{}` is each line's number."""
    return lambda size: HEAD_ONLY + _numbered(line, size)


def _numbered(line: str, size: int) -> str:
    return "".join(line.format(number) for number in range(size // len(line)))


ENTRY_LENGTH = 104
"""How many characters an entry of a long document has, about."""
ENTRY_AT_MOST = 9_900
"""How many characters the text of one entry may have, about."""


def _entries(size: int) -> str:
    return long_document(size // ENTRY_LENGTH)


def _entries_of_one_code(size: int) -> str:
    return document(("Hum", f"It hums {number} times.") for number in range(size // 30))


def _contents_lines(size: int) -> str:
    lines = _numbered("1\tStandard codes {:07d}\t2\n", size)
    return HEAD_ONLY.replace("## Standard codes", f"## Contents\n\n{lines}\n## Standard codes")


def _contents_spaces(size: int) -> str:
    line = f"1 Standard{' ' * size}codes\n"
    return HEAD_ONLY.replace("## Standard codes", f"## Contents\n\n{line}\n## Standard codes")


def _head_lines(size: int) -> str:
    return HEAD_ONLY.replace(
        "## Standard codes", _numbered("Line {:07d}\n\n", size) + "## Standard"
    )


def _backticks(size: int) -> str:
    """Runs of backticks, each longer than the one before, so that none closes another."""
    runs: list[str] = []
    for length in count(1):
        if length * len(runs) // 2 > size:
            break
        runs.append("`" * length)
    return document([("Hum", " ".join(runs))])


def _nested_lists(size: int) -> str:
    """Bullets, each on a line and indented deeper than the one before."""
    depth = int(size**0.5)
    return HEAD_ONLY + "".join(f"{'  ' * level}- a\n" for level in range(depth))


GROWING: dict[str, Grown] = {
    # as many as there may be
    "entries": _entries,
    "entries of one code": _entries_of_one_code,
    "one line of words": _in_one_line("word ", behind="."),
    "one line of one word": _in_one_line("w"),
    "one line of emphasis": _in_one_line("*a_ "),
    "one line of brackets": _in_one_line("["),
    "one line of tags": _in_one_line("<a "),
    "one line of clauses": _in_one_line(", seen only on Box", "It hums"),
    "one line of spaces": _in_one_line(" ", "It hums", "on."),
    "one line of spaces at the end": _in_one_line(" ", "It hums."),
    "one line of backticks of growing length": _backticks,
    "one paragraph of lines": _in_one_line("It hums\n"),
    "one paragraph of lines that may be tables": _in_one_line("|a|b|\n"),
    "entries of words": _repeated("word ", behind="."),
    "entries of one word": _repeated("w"),
    "sentences in one entry": _repeated("It hums. "),
    "lines in one entry": _repeated("It hums\n"),
    "facts in one entry": _repeated("This may come with any status. ", "It hums. "),
    "facts without stops": _repeated("This may come with any status ", "It hums. "),
    "clauses without stops": _repeated(", seen only on Box", "It hums"),
    "products in one fact": _repeated("Box, ", "It hums, seen only on ", "Box."),
    "beginnings of facts": _repeated("This may come with any ", behind="hum"),
    "stops": _repeated(". A"),
    "spaces": _repeated(" ", "It hums", "on."),
    "tabs": _repeated("\t", "It hums", "on."),
    "empty lines": _in_one_line("\n", "It hums."),
    # nothing but what has to be refused
    "wrong paragraphs": _lines("It hums.\n\n"),
    "wrong paragraphs, all different": _lines("It hums {:07d} times.\n\n"),
    "facts in another wording": _lines("**Hum{:07d}** This may come with status.\n\n"),
    "headings": _lines("## Made-Up codes\n\n"),
    "underlined headings": _lines("Made-Up codes\n---\n"),
    "headings without a line between": _lines("# {}\n"),
    "marks of a heading": _repeated("#"),
    "contents lines": _contents_lines,
    "spaces in a contents line": _contents_spaces,
    "lines in the head": _head_lines,
    "table rows": lambda size: HEAD_ONLY + "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * (size // 10),
    "table columns": lambda size: HEAD_ONLY + f"{'|a' * size}|\n{'|-' * size}|\n|b|\n",
    "beginnings of tables": _lines("|a|\n|-|\n\n"),
    "pipes": _repeated("|"),
    "code blocks": _lines("```\n"),
    "indented code": _lines("    a\n\n"),
    "lines across": _lines("* * *\n"),
    "HTML blocks": _lines("<div>\n"),
    "HTML comments": _lines("<!-- {}\n"),
    "numbered items": _lines("1. a\n"),
    "bullets": _lines("- a\n"),
    "empty bullets": _lines("-\n"),
    "nested bullets in one line": _lines("- " * 40 + "a\n"),
    "bullets in one line": _repeated("- "),
    "nested bullets": _nested_lists,
    "nested quotes": lambda size: HEAD_ONLY + ">" * size + " a\n",
    "nested quotes and spaces": lambda size: HEAD_ONLY + "> " * (size // 2) + "a\n",
    "quoted lines": _lines(">>>>>>>>>>>>>>>>>>>>>>>>>>>>>> a\n"),
    "lazy quotes": lambda size: HEAD_ONLY + ">" * 30 + "a\n" + "a\n" * (size // 2),
    "quotes and bullets": lambda size: HEAD_ONLY + "> - " * (size // 4) + "a\n",
    "link definitions": _lines("[a{:07d}]: /b\n"),
    "link definitions, all alike": _lines("[a]: /b\n"),
    "link definitions with open titles": _lines('[a{:07d}]: /b "c\n'),
    "link definitions with open labels": _lines("[a\n"),
    "links to a definition": lambda size: _repeated("[a]")(size) + "\n\n[a]: /b\n",
    # what a paragraph may be full of
    "emphasis": _repeated("*a_ "),
    "emphasis that opens": _repeated("*a "),
    "emphasis that closes": _repeated("a* "),
    "emphasis within emphasis": _repeated("*a " * 300 + "b* " * 300),
    "emphasis of two kinds": _repeated("*a " * 300 + "_b " * 300 + "c* " * 300),
    "bold": _repeated("**a **b "),
    "bold within bold": _repeated("**a"),
    "bold and emphasis": _repeated("a***b**c*"),
    "codes without an end": lambda size: HEAD_ONLY + "**" + "a" * size + "\n",
    "stars": _repeated("*"),
    "underscores": _repeated("_"),
    "brackets": _repeated("["),
    "brackets within brackets": _repeated("[" * 1_500 + "a" + "]" * 1_500),
    "closing brackets": _repeated("]"),
    "beginnings of links": _repeated("[a]("),
    "beginnings of links in angles": _repeated("[a](<b"),
    "beginnings of references": _repeated("[a]["),
    "beginnings of images": _repeated("!["),
    "images": _repeated("![a](b)"),
    "parentheses": _repeated("(", "[a]("),
    "backticks": _repeated("`a"),
    "angles": _repeated("<"),
    "beginnings of tags": _repeated("<a "),
    "beginnings of attributes": _repeated('<a b="'),
    "beginnings of comments": _repeated("<!--", behind=">"),
    "beginnings of instructions": _repeated("<?", behind=">"),
    "beginnings of declarations": _repeated("<!A", behind="]"),
    "beginnings of CDATA": _repeated("<![CDATA[", behind=">"),
    "beginnings of autolinks": _repeated("<http:"),
    "beginnings of addresses": _repeated("<a@"),
    "tags": _repeated("<a>"),
    "attributes": _repeated("b ", "<a "),
    "entities": _repeated("&amp;"),
    "ampersands": _repeated("&"),
    "beginnings of entities": _repeated("&#x"),
    "backslashes": _repeated("\\", behind="a"),
    "escapes": _repeated("\\_", behind="a"),
    "breaks": _repeated("a  \n", behind="a"),
    "breaks as backslashes": _repeated("a\\\n", behind="a"),
    "invisible characters": _repeated("\N{ZERO WIDTH SPACE}"),
}
"""Documents that grow: whatever is said of them has to be said in time linear in their size."""
