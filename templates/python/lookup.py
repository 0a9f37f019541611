"""The look-up and the search in the catalogue, and which release answers for a firmware."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import overload

from ._catalogue import CATALOGUE, RELEASES, SCHEME
from ._codes import ErrorCode
from ._records import CodeDetails, FoundRelease, Meaning, Release, SentIn
from ._roles import ROLES, products_of
from ._runtime.firmware import Releases
from ._runtime.ocpp import fold

_BY_CODE = {fold(details.code): details for details in CATALOGUE}
_PLACES = {release.name: place for place, release in enumerate(RELEASES)}


@overload
def lookup(code: ErrorCode, release: None = None) -> CodeDetails: ...


@overload
def lookup(code: str | None, release: str | Release | None = None) -> CodeDetails | None: ...


def lookup(code: str | None, release: str | Release | None = None) -> CodeDetails | None:
    """Find a code as a charger sent it; upper and lower case do not matter, as in OCPP.

    Returns None for a code that no document has, and where none was sent. A charger may run newer
    firmware than the catalogue knows: keep the text that it sent.

    With a release, or the firmware of a station, it answers as of the release that `find_release`
    finds for it: the revisions end with the one that holds for that, and `meanings` and `sent_in`
    are that one's. None if that release does not list the code. A firmware that cannot be read is
    answered as if none were given.

    >>> from example_codes import lookup
    >>> print(lookup("ExampleErrorCode").code)
    ExampleErrorCode
    >>> print(lookup("a code of newer firmware"))
    None
    """
    details = None if code is None else _BY_CODE.get(fold(str(code)))
    asked = releases().answering(release.name if isinstance(release, Release) else release)
    return details if details is None or asked.match == "newest" else _as_of(asked.name, details)


def _as_of(release: str, details: CodeDetails) -> CodeDetails | None:
    """The details without what came later, None if the release does not list the code."""
    place = _PLACES[release]
    for count, revision in enumerate(details.revisions, start=1):
        is_over = revision.until is not None and _PLACES[revision.until] <= place
        if _PLACES[revision.since] <= place and not is_over:
            kept = details.revisions[:count]
            return replace(details, sent_in=revision.sent_in, removed_in=None, revisions=kept)
    return None


def describe(code: str | None, release: str | Release | None = None) -> str | None:
    """Describe a code as a charger sent it: the descriptions of its meanings, a line for each.

    Takes what `lookup` takes, and returns None where that does.

    >>> from example_codes import describe, lookup
    >>> describe("ExampleErrorCode") == lookup("ExampleErrorCode").description
    True
    >>> print(describe("a code of newer firmware"))
    None
    """
    details = lookup(code, release)
    return None if details is None else details.description


def find_codes(
    *,
    product: str | None = None,
    connector: int | None = None,
    deprecated: bool | None = None,
    sent_in: SentIn | None = None,
) -> tuple[CodeDetails, ...]:
    """Find codes by what they mean in the newest release that has them; without arguments, all.

    Those that a product can send, in any upper and lower case; that can be set on a connector; that
    are, or are not, deprecated in all their meanings; that are sent in a field. A document that
    names no products, or no connectors, leaves all of them possible. Codes that were removed are
    among them.

    >>> from example_codes import CATALOGUE, find_codes
    >>> find_codes() == CATALOGUE.codes
    True
    >>> {details.sent_in for details in find_codes(sent_in="errorCode")} <= {"errorCode"}
    True
    """
    return tuple(
        details
        for details in CATALOGUE
        if sent_in in (None, details.sent_in)
        and deprecated in (None, all(map(ROLES.deprecated, details.meanings)))
        and any(_is_possible(meaning, product, connector) for meaning in details.meanings)
    )


def _is_possible(meaning: Meaning, product: str | None, connector: int | None) -> bool:
    """Whether a product can send a code with this meaning for a connector, where they are given."""
    products, connectors = products_of(meaning), ROLES.connectors(meaning)
    is_by_product = product is None or not products or fold(product) in map(fold, products)
    return is_by_product and (connector is None or not connectors or connector in connectors)


def find_release(firmware: str | None) -> FoundRelease:
    """Find the release that answers for a firmware; there is always one.

    Takes the name of a release, in any upper and lower case, and for releases that have numbers the
    spellings that stations and people use, such as `1.2.3` or `abc_R1.2.3.4`. Numbers are compared
    as numbers. It is the firmware's own release, else the nearest before it, else the oldest; and
    the newest where none is given, or none that can be read. `match` says which of these.

    >>> from example_codes import LATEST_RELEASE, find_release
    >>> find_release(LATEST_RELEASE.name).match
    'exact'
    >>> find_release("no firmware").match
    'newest'
    """
    name, match = releases().answering(firmware)
    return FoundRelease(RELEASES[_PLACES[name]], match == "exact", match)


@cache
def releases() -> Releases:
    """The releases, by which firmware they are for; made when they are first needed."""
    return Releases(SCHEME, {one.name: one.build or one.name for one in RELEASES})
