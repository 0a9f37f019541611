"""Test vectors for decoders: messages, each with the answer that a decoder must give.

Made of whatever codes a catalogue has, so that they follow the documents. There is one at least for
every code, for every release in which a code meant something else, for every irregularity that
chargers send, for every other list of codes, and for every branch of docs/decoding.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..contract import FORMAT_VERSION
from ..record import Record
from .catalogue import decoder_of
from .event_cases import notify_events
from .list_cases import messages_of_lists
from .status_cases import status_notifications

if TYPE_CHECKING:
    from ..annotations import Annotations
    from ..model import Catalogue
    from .cases import Case


def vectors_data(catalogue: Catalogue, annotations: Annotations) -> Record:
    """What `vectors.json` holds: inputs and expected answers, in the shape of its schema."""
    decoder = decoder_of(catalogue, annotations)
    return Record(
        "Vectors",
        format_version=FORMAT_VERSION,
        vendor=catalogue.vendor.name,
        status_notifications=[
            _vector("StatusNotificationVector", case, decoder.status_notification)
            for case in (
                *status_notifications(catalogue),
                *messages_of_lists(catalogue, annotations),
            )
        ],
        notify_events=[
            _vector("NotifyEventVector", case, decoder.notify_event)
            for case in notify_events(catalogue)
        ],
    )


def _vector(kind: str, case: Case, decode: Any) -> Record:  # noqa: ANN401
    expected = decode(case.message, case.firmware)
    return Record(
        kind, name=case.name, message=case.message, firmware=case.firmware, expected=expected
    )
