"""The name that each code has in a language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Case = Literal["preserve", "Preserve", "camel", "Pascal", "snake", "UPPER_SNAKE", "kebab", "flat"]
CASES: tuple[Case, ...] = get_args(Case)


class Identifiers(NamedTuple):
    """A language's rule for names.

    `prefix` is put before a name that would begin with a digit or be empty; `reserved_suffix`
    behind a reserved word, which without it is an error. `initialisms` are words that are written
    in capitals throughout. Names that are `beside_types` may not be those of a type, or of a value
    of an enum with its type in front. `declared_by` are the words that begin a declaration in the
    language: what the target's own files declare is reserved as well.
    """

    case: Case = "preserve"
    prefix: str = "_"
    reserved: frozenset[str] = frozenset()
    reserved_suffix: str = ""
    initialisms: frozenset[str] = frozenset()
    beside_types: bool = False
    declared_by: tuple[str, ...] = ()

    def declared_in(self, source: str) -> Iterator[str]:
        """The names that a source declares at the beginning of a line."""
        for word in self.declared_by:
            yield from re.findall(rf"^{re.escape(word)}[ \t]+(\w+)", source, re.MULTILINE)

    def name(self, code: str) -> str:
        """The code as a name in this language, reserved or not."""
        name = put_in_case(code, self.case, self.initialisms)
        if not name.strip("_-"):
            # Nothing but punctuation: the characters' numbers distinguish such codes.
            name = put_in_case("_".join(str(ord(character)) for character in code), self.case)
        if not name[:1].isalpha() and name[:1] != "_":
            name = self.prefix + name
        while self.reserved_suffix and name in self.reserved:
            name += self.reserved_suffix
        return name

    def names(self, codes: Iterable[str]) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
        """The name of each code, and each clash: a name, its code, and what has the name already.

        The other one is a code, or the name itself where it is a reserved word.
        """
        names: dict[str, str] = {}
        owners: dict[str, str] = {word: word for word in self.reserved}
        clashes: list[tuple[str, str, str]] = []
        for code in codes:
            name = names[code] = self.name(code)
            if name in owners:
                clashes.append((name, code, owners[name]))
            owners[name] = code
        return names, clashes


# Runs of capitals stay together, and digits with what they follow: RFIDReaderError is RFID, Reader,
# Error; SensorError1 is Sensor, Error1.
_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_JOIN: dict[Case, Callable[[list[str]], str]] = {
    "camel": lambda words: "".join(words[:1]).lower() + "".join(map(str.capitalize, words[1:])),
    "Pascal": lambda words: "".join(map(str.capitalize, words)),
    "snake": lambda words: "_".join(words).lower(),
    "UPPER_SNAKE": lambda words: "_".join(words).upper(),
    "kebab": lambda words: "-".join(words).lower(),
    "flat": lambda words: "".join(words).lower(),
}


@cache
def put_in_case(text: str, case: Case, initialisms: frozenset[str] = frozenset()) -> str:
    """The words of a text as a name; those of `initialisms` in capitals throughout.

    `preserve` keeps all that a name can hold; `Preserve` does so from the first letter or digit on,
    with a capital there: in some languages that makes it public.
    """
    if case == "preserve":
        return re.sub(r"[^A-Za-z0-9_]", "_", text)
    if case == "Preserve":
        kept = put_in_case(text, "preserve").lstrip("_")
        return kept[:1].upper() + kept[1:]
    if initialisms and case == "Pascal":
        words = _WORD.findall(text)
        return "".join(w.upper() if w.lower() in initialisms else w.capitalize() for w in words)
    return _JOIN[case](_WORD.findall(text))
