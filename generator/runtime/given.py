"""What a decoder is given: the codes that are known, what is asked of meanings, other lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    M_co = TypeVar("M_co", covariant=True)

    class KnownRevision(Protocol[M_co]):
        """What a code means from release `since` up to, not including, `until`."""

        @property
        def since(self) -> str:
            """The first release that it holds for."""
            ...

        @property
        def until(self) -> str | None:
            """The first release that it no longer holds for."""
            ...

        @property
        def sent_in(self) -> str:
            """The field in which the document has the code."""
            ...

        @property
        def meanings(self) -> Sequence[M_co]:
            """What the document says of the code."""
            ...

    class KnownCode(Protocol[M_co]):
        """A code of the catalogue."""

        @property
        def code(self) -> str:
            """The code as the newest document spells it."""
            ...

        @property
        def revisions(self) -> Sequence[KnownRevision[M_co]]:
            """What it means from release to release, the oldest first; at least one."""
            ...


class Roles(NamedTuple):
    """What a decoder asks of a meaning: the vendor's fields, by their roles.

    `key` is the name that the field for non-error statuses has in an answer, None where the vendor
    declares none. Each function answers None for what is not known.
    """

    key: str | None
    non_error_status: Callable[[Any], bool | None]
    connectors: Callable[[Any], Sequence[int] | None]
    deprecated: Callable[[Any], bool | None]


class OtherList(NamedTuple):
    """A list of codes that somebody else publishes, and the vendorIds that are sent with them.

    `names` and `counterparts` are by the list's codes: what the list calls them, and which codes of
    the catalogue may mean the same, in the form that answers are to have.
    """

    title: str
    source: str
    vendor_id: str
    also_sent_as: Sequence[str]
    names: Mapping[str, str]
    counterparts: Mapping[str, Sequence[Any]]
