"""Values as the language of a file writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Undefined

from ..record import Record
from .shown import shown, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..shapes.kinds import Type
    from ..shapes.vendors import Shapes
    from .identifiers import Identifiers
    from .syntax import Fields, Syntax
    from .types import Types


class Literals(NamedTuple):
    """Writes values in the syntax of a file.

    `forms` are those of single types by their names, with `{value}` for the literal and
    `{identifier}` for the name of a code, which `name_of` has; `members` name a record's parts.
    """

    syntax: Syntax
    types: Types
    forms: Mapping[str, str]
    shapes: Shapes
    members: Identifiers
    name_of: Callable[[str], str]

    def write(self, value: object, depth: int = 0, type_: Type | None = None) -> str:
        """A value as the language writes it, on lines that are `depth` steps to the right.

        The value is a string, a number, a boolean, None, a record of the contract, or a list of
        these; `type_` is its type, where the language has to know it. Raises TypeError for any
        other value, and where no form for it is declared.
        """
        written = self._write(value, depth, type_)
        if type_ is None or value is None or not type_.is_nullable or type_.item is not None:
            return written
        form = self.syntax.nullable
        name = self.types.write(type_._replace(is_nullable=False)) if "{type}" in form else ""
        return form.format(value=written, type=name)

    def _write(self, value: object, depth: int, type_: Type | None) -> str:
        written = self.syntax.scalar(value)
        if written is not None:
            form = self.forms.get(type_.name) if type_ and value is not None else None
            if form is None:
                return written
            return form.format(value=written, identifier=_Lazy(self.name_of, value))
        if isinstance(value, Record) and self.syntax.record is not None:
            return self._record(value, self.syntax.record, depth)
        if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
            return self._list(value, depth, type_)
        if isinstance(value, Undefined):
            str(value)  # raises, and says what there is
        raise TypeError(f"{subject(value)} no literal form in this file: {shown(value)}")

    def _record(self, record: Record, form: Fields, depth: int) -> str:
        members = {one.name: one for one in self.shapes.record(record.type_name).members}
        fields = [
            form.field.format(
                name=self.members.name(name),
                value=self.write(value, depth + (not form.separator), members[name].type),
            )
            for name, value in record.items()
        ]
        lines = form.separator.join(fields) if form.separator else self._lines(fields, depth)
        return f"{form.open.format(type=record.type_name)}{lines}{form.close.format()}"

    def _list(self, items: Sequence[object], depth: int, type_: Type | None) -> str:
        form = self.syntax.list
        opening, empty = form.open, form.empty
        if "{type}" in opening:
            if type_ is None:
                raise TypeError("a list needs its type in this file")
            name = self.types.write(type_._replace(is_nullable=False))
            opening, empty = (text.replace("{type}", name) for text in (opening, empty))
        if not items:
            return empty
        item_type = type_.item if type_ else None
        own = self.syntax.record
        if own is not None and own.open_in_list:
            own = own._replace(open=own.open_in_list)
        written = [
            self._record(item, own, depth + 1)
            if isinstance(item, Record) and own is not None
            else self.write(item, depth + 1, item_type)
            for item in items
        ]
        if any(isinstance(item, Record) for item in items):
            inner = self._lines(written, depth)
        else:
            inner = form.separator.join(written) + form.trailing
        return f"{opening}{inner}{form.close}"

    def _lines(self, parts: Sequence[str], depth: int) -> str:
        """The parts on lines of their own, one step further to the right."""
        syntax = self.syntax
        start = "\n" + syntax.indent * (depth + 1)
        separator = syntax.list.separator.rstrip()
        behind = separator if syntax.list.trailing or syntax.list.trailing_line else ""
        return start + (separator + start).join(parts) + behind + "\n" + syntax.indent * depth


class _Lazy(NamedTuple):
    """The name of a code, looked up only where a form asks for it."""

    name_of: Callable[[str], str]
    code: object

    def __format__(self, _spec: str) -> str:
        return self.name_of(str(self.code))
