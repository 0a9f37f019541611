"""How a language writes types, as a target's manifest has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..shapes.kinds import Type


class Types(NamedTuple):
    """The forms of a language's types, by their kinds and names.

    In those of `list` and `pair` (a list of exactly so many) the type of an item is `{item}`; in
    that of `nullable` (`nullable_list` for lists) what may be null is `{type}`. A type that has a
    name may have a form of its own by that; without one a record or enum is written by its name.
    """

    forms: Mapping[str, str] = {}

    def write(self, type_: Type) -> str:
        """The type as the language writes it. Raises KeyError where no form is declared for it."""
        if type_.item is not None:
            form = self.forms["list" if type_.exactly is None else "pair"]
            written = form.format(item=self.write(type_.item))
        elif type_.name in self.forms:
            written = self.forms[type_.name]
        elif type_.kind in ("record", "enum"):
            written = type_.name
        else:
            written = self.forms[type_.kind]
        if not type_.is_nullable:
            return written
        key = "nullable_list" if type_.item and "nullable_list" in self.forms else "nullable"
        return self.forms[key].format(type=written)
