"""What makes an entry: the slots of a vendor's form, each a kind of block and what stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .blocks import Block
    from .pattern import Placeholder
    from .text import Text

Kind = Literal["heading", "paragraph", "item", "row", "code"]
KINDS: tuple[Kind, ...] = get_args(Kind)

CODE, TEXT = "code", "text"
"""The placeholders of the code, and of the prose in which the vendor's rules find facts."""
CELL_END = " | "
"""What stands between the cells of a row that states one fact."""


class Piece(NamedTuple):
    """What a placeholder of a slot takes: where it stands in a text, and the form around it.

    `before` and `after` are the slot's fixed words on either side. They begin with a space where
    the words before them end there.
    """

    name: str
    text: Text
    start: int
    end: int
    before: str = " "
    after: str = ""

    @property
    def string(self) -> str:
        """What stands there."""
        return self.text.string[self.start : self.end]


class Cell(NamedTuple):
    """The pattern that a block, or a cell of a table's row, follows.

    `pattern` is as written, `parts` are its fixed texts and the names of its placeholders in turn,
    the first and the last fixed; `regex` reads it, and `placeholders` what stands in each.
    """

    pattern: str
    parts: tuple[str, ...]
    regex: re.Pattern[str]
    placeholders: Mapping[str, Placeholder]

    def match(self, text: Text) -> list[Piece] | None:
        """What its placeholders take of a text, with the fixed words around; None where it differs.

        A mark of the pattern's is not matched by a character that the document has escaped.
        """
        match = self.regex.fullmatch(text.string)
        if match is None:
            return None
        pieces: list[Piece] = []
        done = 0
        for fixed, name in zip(self.parts[::2], self.parts[1::2], strict=False):
            start, end = match.span(name)
            if start < 0:
                break
            if not text.is_markup(done, start):
                return None
            before = fixed if pieces else f" {fixed}"
            pieces.append(Piece(name, text, start, end, before))
            done = end
        if not text.is_markup(done, len(text.string)):
            return None
        if pieces:
            last = pieces[-1]
            pieces[-1] = last._replace(after=text.string[last.end :])
        return pieces


class SlotRule(NamedTuple):
    """That what stands in the placeholders of a slot states a field."""

    id: str
    states: str
    pattern: str
    placeholders: Mapping[str, Placeholder]

    def read(self, texts: Mapping[str, str]) -> dict[str, Any] | None:
        """The values of the placeholders' texts; None where they would be written otherwise."""
        values = {name: one.read(texts[name]) for name, one in self.placeholders.items()}
        is_same = all(
            one.format(values[name]) == texts[name] for name, one in self.placeholders.items()
        )
        return values if is_same else None

    def format(self, values: Mapping[str, Any]) -> str:
        """The text with these values in its placeholders."""
        texts = {name: one.format(values[name]) for name, one in self.placeholders.items()}
        return _PLACEHOLDER.sub(lambda match: texts[match[1]], self.pattern)


class Slot(NamedTuple):
    """A place in the form of an entry.

    `kind` is what stands there, a heading of `level`. `cells` are its patterns: one, or in a row
    one for each of `columns`. What stands in a cell that says nothing is one of `empty`; those with
    one of the `needed` placeholders say something. `states` is what all placeholders together
    state, None where each is a field of its own. A paragraph `takes_bullets` where no slot is for
    them: some converters write each paragraph as one.
    """

    id: str
    kind: Kind
    level: int
    cells: tuple[Cell, ...]
    columns: tuple[str, ...] = ()
    empty: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset((CODE,))
    states: str | None = None
    is_optional: bool = False
    is_repeated: bool = False
    takes_bullets: bool = False

    @property
    def names(self) -> set[str]:
        """Its placeholders."""
        return {name for cell in self.cells for name in cell.parts[1::2]}

    def rule_of(self, name: str) -> str:
        """The id of the rule by which a placeholder states its field."""
        return f"{self.id}.{name}"

    @property
    def placeholders(self) -> dict[str, Placeholder]:
        """What states something, by its name."""
        return {
            name: placeholder
            for cell in self.cells
            for name, placeholder in cell.placeholders.items()
            if name not in (CODE, TEXT)
        }

    @property
    def rules(self) -> list[SlotRule]:
        """What its placeholders state: together, or each."""
        if self.states is not None:
            return [self._rule(CELL_END.join(cell.pattern for cell in self.cells), self.states)]
        return [
            SlotRule(self.rule_of(name), name, f"{{{name}}}", {name: placeholder})
            for name, placeholder in self.placeholders.items()
        ]

    def rule_of_row(self, texts: Sequence[Text], states: str) -> SlotRule:
        """What the placeholders of a row state together: its empty cells stand in the pattern."""
        patterns = (
            text.string if self._is_empty(cell, text) else cell.pattern
            for cell, text in zip(self.cells, texts, strict=True)
        )
        return self._rule(CELL_END.join(patterns), states)

    def rule(self, rule_id: str) -> SlotRule | None:
        """The rule of a row with empty cells by its id; None where the id is another slot's."""
        pattern = rule_id.removeprefix(self._id_with(""))
        is_own = self.states is not None and pattern != rule_id
        return self._rule(pattern, str(self.states)) if is_own else None

    def _rule(self, pattern: str, states: str) -> SlotRule:
        names = _PLACEHOLDER.findall(pattern)
        taken = {name: self.placeholders[name] for name in names}
        is_whole = len(taken) == len(self.placeholders)
        return SlotRule(self.id if is_whole else self._id_with(pattern), states, pattern, taken)

    def _id_with(self, pattern: str) -> str:
        return f"{self.id}: {pattern}"

    def _is_empty(self, cell: Cell, text: Text) -> bool:
        # A cell of fixed words always says what they do.
        may_be_empty = cell.placeholders and self.needed.isdisjoint(cell.placeholders)
        return bool(may_be_empty) and text.string in self.empty

    def takes(self, block: Block) -> bool:
        """Whether a block is of its kind."""
        if self.takes_bullets and block.kind == "item":
            return True
        if self.kind == "row" and block.columns != self.columns:
            return False
        return block.kind == self.kind and block.level == self.level

    def match(self, texts: Sequence[Text]) -> list[Piece] | None:
        """What its placeholders take of a block's texts; None where one is not as its pattern."""
        pieces: list[Piece] = []
        fixed = ""
        for number, (cell, text) in enumerate(zip(self.cells, texts, strict=True)):
            fixed += " |" if number else ""
            if self._is_empty(cell, text):
                fixed += f" {text.string}"
                continue
            found = None if text.string in self.empty else cell.match(text)
            if found is None:
                return None
            if not found:
                fixed += f" {text.string}"
                continue
            pieces += [found[0]._replace(before=fixed + found[0].before), *found[1:]]
            fixed = ""
        if pieces and fixed:
            pieces[-1] = pieces[-1]._replace(after=pieces[-1].after + fixed)
        if pieces and self.states is not None:
            # The fixed words are part of what the slot states as a whole.
            pieces[0] = pieces[0]._replace(before=" ")
            pieces[-1] = pieces[-1]._replace(after="")
        return pieces

    def __str__(self) -> str:
        """What a document has in its place, for people."""
        filled = [_shown(cell) for cell in self.cells]
        if self.kind == "row":
            return f"| {' | '.join(filled)} |"
        return _MARKS[self.kind].format("#" * self.level) + "".join(filled)


_SHOWN = re.compile(r"\{(\w+)\}")
_MARKS = {"heading": "{} ", "paragraph": "", "item": "- ", "code": "``` "}


def _shown(cell: Cell) -> str:
    """A pattern as a document fills it: the code, what it means, and the names of fields."""
    text = "and what it means" if CODE in cell.placeholders else "what it means"
    words = {CODE: "Code", TEXT: text}
    return _SHOWN.sub(lambda match: words.get(match[1], match[0]), cell.pattern)


class SectionForm(NamedTuple):
    """A heading of sections: its pattern and level, and where codes under it are sent over OCPP."""

    cell: Cell
    level: int
    sent_in: str

    @property
    def rules(self) -> list[SlotRule]:
        """What the placeholders of its title state."""
        return [
            SlotRule(f"{self.cell.pattern}.{name}", name, f"{{{name}}}", {name: placeholder})
            for name, placeholder in self.cell.placeholders.items()
        ]

    def __str__(self) -> str:
        """What a document has there, for people."""
        return f"{'#' * self.level} {self.cell.pattern}"


class EntryForm(NamedTuple):
    """How a vendor puts its entries: the slots in their order, the first with the code.

    `rules` are those of the slots by their ids. `is_sorted` says that the entries of a section
    stand in the order of their codes, `keeps_markup` that texts may hold links, code and emphasis,
    and keep them, `keeps_notes` that prose may stand outside of entries. `sent_in` is where the
    codes are sent of a document without sections, if they are sent over OCPP.
    """

    slots: tuple[Slot, ...]
    rules: Mapping[str, SlotRule]
    is_sorted: bool
    keeps_markup: bool = False
    keeps_notes: bool = False
    sent_in: str = ""

    @property
    def opener(self) -> Slot:
        """What an entry begins with."""
        return self.slots[0]

    @property
    def kinds(self) -> set[Kind]:
        """The kinds of blocks that stand in it."""
        return {slot.kind for slot in self.slots}

    @property
    def tables(self) -> set[tuple[str, ...]]:
        """The columns of the tables that stand in it."""
        return {slot.columns for slot in self.slots if slot.columns}

    def rule(self, rule_id: str) -> SlotRule | None:
        """The rule of a slot by its id; None where the id is of no slot."""
        rows = (slot.rule(rule_id) for slot in self.slots)
        return self.rules.get(rule_id) or next(filter(None, rows), None)

    def __str__(self) -> str:
        """What its entries look like, for people."""
        return " and then ".join(str(slot) for slot in self.slots)

    def next_slots(self, slot: Slot) -> Iterator[Slot]:
        """The slots that a block behind one can stand in.

        Words alone, such as a heading, head the optional slots behind them: without the one there
        are none of the others.
        """
        if slot.is_repeated:
            yield slot
        is_headless = False
        for one in self.slots[self.slots.index(slot) + 1 :]:
            if not one.names or not one.is_optional:
                is_headless = False
            if not is_headless:
                yield one
            if not one.is_optional:
                return
            is_headless = is_headless or not one.names

    def missing(self, slot: Slot) -> Slot | None:
        """What an entry lacks that ends with a slot."""
        rest = self.slots[self.slots.index(slot) + 1 :]
        return next((one for one in rest if not one.is_optional), None)


def cell(pattern: str, placeholders: Mapping[str, Placeholder]) -> Cell:
    """The pattern of a block or cell.

    The text may be missing behind a space, or a separator stand before it: both have diagnostics of
    their own. Raises ValueError where a brace encloses no known placeholder, or one is twice.
    """
    parts = tuple(_PLACEHOLDER.split(pattern))
    names = parts[1::2]
    for name in names:
        if name not in placeholders:
            raise ValueError(
                f"there is no placeholder {{{name}}}; there are {', '.join(placeholders)}"
            )
    if len(set(names)) < len(names):
        raise ValueError(f"a placeholder stands in it twice: {pattern}")
    if any("{" in fixed or "}" in fixed for fixed in parts[::2]):
        raise ValueError(f"a brace does not enclose a placeholder's name: {pattern}")
    if any(not fixed for fixed in parts[2:-1:2]):
        raise ValueError(f"two placeholders stand with nothing between them: {pattern}")
    regex = _fixed(parts[0])
    for name, fixed in zip(names, parts[2::2], strict=True):
        group = f"(?P<{name}>{placeholders[name].regex})"
        if name == TEXT and regex.endswith(_SPACE):
            regex = f"{regex.removesuffix(_SPACE)}(?:(?:{_SPACE}|(?=[:;,])){group})?"
        else:
            regex += group
        regex += _fixed(fixed)
    taken = {name: placeholders[name] for name in names}
    return Cell(pattern, parts, re.compile(regex), taken)


_PLACEHOLDER = re.compile(r"\{([a-z0-9_]*)\}")
_SPACE = re.escape(" ")


def _fixed(text: str) -> str:
    """What reads a fixed text: bold in either of Markdown's two spellings."""
    return re.escape(text).replace(r"\*\*", "(?:\\*\\*|__)")
