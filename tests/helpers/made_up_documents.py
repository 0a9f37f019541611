"""Made-up documents of the made-up vendor in tests/cases/_project, of any length."""

from collections.abc import Iterable

HEAD = """\
# Made-Up Error Codes

For {build}

Made-Up Chargers AB

{date}

## Standard codes

**GroundFailure** The ground is at fault.

## Made-Up codes

"""

TEXTS = (
    "The car has been switching between two states too often.  \nThis may come with any status.",
    "The fan could not be updated, seen only on Box 2.",
    "The inner controller does not answer.",
    "The client has lost its server. It tries again.  \nThis may come with any status.",
)
"""Descriptions in the mix of lengths and facts that real documents have."""


def document(
    entries: Iterable[tuple[str, str]],
    build: str = "r2.0.0-0-g0123abc",
    date: str = "January 2, 2024",
) -> str:
    """A document with these codes and texts, as Markdown has them, in its second section."""
    paragraphs = (f"**{code}** {text}" for code, text in entries)
    return HEAD.format(build=build, date=date) + "\n\n".join(paragraphs)


def long_document(entries: int) -> str:
    """A document with so many entries, sorted."""
    return document(
        (f"Made\\_Up{number:07d}", TEXTS[number % len(TEXTS)]) for number in range(entries)
    )
