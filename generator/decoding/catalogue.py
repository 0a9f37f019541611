"""A decoder of a catalogue, which answers with meanings as the JSON has them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..contract import mapped_code_data, meaning_data
from ..fields import connectors_in, says
from ..runtime.decoder import Decoder
from ..runtime.firmware import Releases
from ..runtime.given import OtherList, Roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..annotations import Annotations, CodeMapping
    from ..fields import Fields
    from ..model import Catalogue
    from ..record import Record


class _Revision(NamedTuple):
    """A revision of the catalogue, its meanings as records."""

    since: str
    until: str | None
    sent_in: str
    meanings: Sequence[Record]


class _Code(NamedTuple):
    """A code of the catalogue with such revisions."""

    code: str
    revisions: Sequence[_Revision]


def decoder_of(catalogue: Catalogue, annotations: Annotations) -> Decoder[Record]:
    """The decoder that the Python package ships, on a catalogue of this run."""
    codes = [
        _Code(
            code.code,
            [
                _Revision(
                    one.since, one.until, one.sent_in, [meaning_data(each) for each in one.meanings]
                )
                for one in code.revisions
            ],
        )
        for code in catalogue.codes
    ]
    scheme = catalogue.vendor.scheme
    releases = Releases(scheme.kind, {one.name: str(one.build) for one in catalogue.releases})
    lists = map(_other_list, annotations.mappings)
    return Decoder(releases, codes, _roles(catalogue.vendor.fields), lists)


def _other_list(mapping: CodeMapping) -> OtherList:
    of = mapping.code_list
    counterparts = {
        code: [mapped_code_data(row) for row in mapping.rows if row.to == code] for code in of.codes
    }
    return OtherList(of.title, of.source, of.vendor_id, of.also_sent_as, of.codes, counterparts)


def _roles(fields: Fields) -> Roles:
    status = fields.of_role("non_error_status")
    return Roles(
        key=status and status.name,
        non_error_status=partial(says, status),
        connectors=partial(connectors_in, fields),
        deprecated=partial(says, fields.of_role("deprecated")),
    )
