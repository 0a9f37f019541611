"""A made-up series of firmware releases around the real r4.4.3.

Only r4.4.3 is real: its text is read from spec/. The others are made up, derived from its text
with the sentences of spec/vendor.toml and codes of their own. Between them they hold every kind of
change that there can be, and spec/vendor.toml reads them all as it is.

`SERIES` has the texts by the releases' names, oldest first; `NOTES` says what each release changes
against the one before it; `write_spec` makes a folder of documents of some or all.
"""

import re
import shutil
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.helpers.document_forms import (
    breaks_joined,
    contents_list_absent,
    crlf,
    headings_without_numbers,
    underscores_plain,
)
from tests.helpers.project import ROOT, record_digests

REAL = "r4.4.3"
_TEXT = (ROOT / f"spec/{REAL}.md").read_bytes().decode()
_VENDOR = tomllib.loads((ROOT / "spec/vendor.toml").read_text(encoding="utf-8"))
_RULES: dict[str, dict[str, str]] = {rule["states"]: rule for rule in _VENDOR["rules"]}
_FIRST, SECOND, THIRD = _VENDOR["words"]["product"]

# The vendor's sentences, by the facts that they state.
NON_ERROR = _RULES["may_accompany_non_error_status"]["pattern"]
DEPRECATED = _RULES["deprecated"]["pattern"]
REPLACED = _RULES["replaced_by"]["example"]
NAMED = _RULES["configuration_keys"]["example"]


def only_on(products: str) -> str:
    """The clause that names the only products that send a code, to put in place of a full stop."""
    return _RULES["products"]["pattern"].replace("{products}", products)


def on(product: str, note: str) -> str:
    pattern = _RULES["product_note"]["pattern"]
    return pattern.replace("{product}", product).replace("{note}", note)


def on_connectors(connectors: str) -> str:
    return _RULES["connectors"]["pattern"].replace("{connectors}", connectors)


def replaced_by(keys: str) -> str:
    return _RULES["replaced_by"]["pattern"].replace("{configuration_keys}", keys)


def naming(keys: str) -> str:
    return _RULES["configuration_keys"]["pattern"].replace("{configuration_keys}", keys)


class Draft(NamedTuple):
    """A document in the making: the texts of each code, by the section that it stands in."""

    standard: dict[str, list[str]]
    vendor: dict[str, list[str]]

    def change(self, code: str, old: str, new: str) -> None:
        """Puts other words into the one text of a code, and sees that they change it."""
        texts = self.standard.get(code) or self.vendor[code]
        [text] = texts
        assert text.count(old) == 1, (code, old)
        texts[:] = [text.replace(old, new)]

    def written(self, build: str, day: str) -> str:
        """The document as the vendor writes it."""
        head, heading = _around_entries()
        head = head.replace(_BUILD, build).replace(_DAY, day)
        return f"{head}{_paragraphs(self.standard)}{heading}{_paragraphs(self.vendor)}"


_ENTRY = re.compile(r"^\*\*(.+?)\*\* (.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## \d.*\n\n", re.MULTILINE)
[_BUILD] = re.findall(r"^For (\S+)$", _TEXT, re.MULTILINE)
[_DAY] = re.findall(r"^\w+ \d+, \d{4}$", _TEXT, re.MULTILINE)


def _around_entries() -> tuple[str, str]:
    """What the real document has before the entries of its first section, and of its second."""
    standard, vendor = _HEADING.finditer(_TEXT)
    end_of_standard = _TEXT.rindex("\n\n", 0, vendor.start())
    return _TEXT[: standard.end()], _TEXT[end_of_standard : vendor.end()]


def _paragraphs(entries: dict[str, list[str]]) -> str:
    """Entries sorted by code point, as the vendor's are."""
    return "\n\n".join(
        f"**{code.replace('_', chr(92) + '_')}** {text}"
        for code in sorted(entries)
        for text in entries[code]
    )


def _real() -> Draft:
    """What the real document says."""
    middle = list(_HEADING.finditer(_TEXT))[1].start()
    draft = Draft({}, {})
    for match in _ENTRY.finditer(_TEXT):
        section = draft.standard if match.start() < middle else draft.vendor
        section.setdefault(match[1].replace("\\_", "_"), []).append(match[2])
    return draft


_BREAK = "  \n"


def _r3_12_6() -> Draft:
    """The real one before it was changed to what it is."""
    draft = _real()
    draft.change("OcuErrorRelayCount", f" {DEPRECATED} {REPLACED}", "")
    draft.change("OcuErrorRCMDC", only_on(SECOND), ".")
    draft.change("NgErrorClientLostConnection", f" {on_connectors('1')}", "")
    draft.change("CBC_LOOP", f"{_BREAK}{NON_ERROR}", "")
    del draft.standard["GroundFailure"][0]
    draft.change("NgClientIncorrectPSK", NAMED, naming("MadeUpPresharedKey"))
    draft.vendor["MCU_NOT_RESPONDING"] = ["The inner controller gives no answer."]
    draft.vendor["OcuErrorModbusCommunication"][0] += "."
    del draft.vendor["NgErrorConfiguration"]
    return draft


def _r3_11_18_1() -> Draft:
    draft = _r3_12_6()
    del draft.vendor["OcuErrorTemperature2"]
    draft.vendor["EvOverCurrent"] = draft.vendor.pop("EVOverCurrent")
    draft.vendor["HighTemperature"] = draft.standard.pop("HighTemperature")
    draft.vendor["FanBlocked"] = [f"The fan cannot turn.{_BREAK}{NON_ERROR}"]
    draft.vendor["FrequentPilotChanges"] = draft.vendor.pop("FrequentPPChanges")
    draft.change("FrequentPilotChanges", "PP signal", "Pilot signal")
    return draft


def _r4_9_3() -> Draft:
    draft = _real()
    draft.vendor["CableLockSlow"] = [
        f"The lock takes long. {on(SECOND, 'the motor is worn')}{_BREAK}{NON_ERROR}"
    ]
    draft.vendor["DoorOpened"] = [f"The door was opened. {on_connectors('1')}"]
    draft.vendor["FanBlocked"] = [f"The fan cannot turn.{_BREAK}{NON_ERROR}"]
    [text] = draft.vendor.pop("OcuErrorTemperature1")
    draft.vendor["OcuErrorTemperatureSensor1"] = [text]
    draft.change("OcuErrorTemperatureSensor1", "sensor 1", "the first sensor")
    draft.vendor["OcuErrorSelfTest"][0] += f". {DEPRECATED}"
    lost = f"{on_connectors('1')}{_BREAK}{NON_ERROR}"
    draft.change("NgErrorClientLostConnection", lost, f"{NON_ERROR}{_BREAK}{on_connectors('1')}")
    draft.vendor["VentilationNotSupported"].append("The fan is switched off by hand.")
    return draft


def _r4_10_0() -> Draft:
    draft = _r4_9_3()
    del draft.standard["GroundFailure"][1]
    draft.change("CBC_LOOP", f"{_BREAK}{NON_ERROR}", "")
    draft.change("CableLockSlow", "the motor is worn", "the motor is cold")
    draft.change("DoorOpened", on_connectors("1"), on_connectors("1 and 2"))
    draft.change("OcuErrorGPIOExpander", only_on(SECOND), only_on(f"{SECOND} and {THIRD}"))
    draft.change("OcuErrorRelayCount", REPLACED, replaced_by("MadeUpCycleCount"))
    draft.change("NgClientIncorrectPSK", NAMED, naming("MadeUpClientKey"))
    del draft.vendor["SessionEnergyReached"]
    draft.vendor["PowerSwitchFailure"] = draft.standard.pop("PowerSwitchFailure")
    draft.vendor["Unknown_Error"] = draft.vendor.pop("UNKNOWN_ERROR")
    return draft


def _r5_0_0() -> Draft:
    draft = _r4_10_0()
    draft.vendor["OcuErrorModbusCommunication"][0] += "."
    draft.change("OcuErrorSelfTest", f" {DEPRECATED}", "")
    draft.vendor["MCU_NOT_RESPONDING"] = ["The inner controller stays silent."]
    del draft.vendor["VentilationNotSupported"][1]
    del draft.vendor["FanBlocked"]
    return draft


def _in_another_form(text: str) -> str:
    for form in (
        breaks_joined,
        underscores_plain,
        headings_without_numbers,
        contents_list_absent,
        crlf,
    ):
        text = form(text)
    return text


PAST_TAG = "r4.4.3-12-gdeadbeef"
"""A release that is past a tag: the tag is another one's, so its name is the whole build."""

SERIES: dict[str, str] = {
    "ccu_R3.11.18.1": _r3_11_18_1().written("ccu_R3.11.18.1-0-g0a11ce51", "May 3, 2021"),
    "r3.12.6": _r3_12_6().written("r3.12.6-0-g1b22df62", "June 14, 2022"),
    REAL: _TEXT,
    PAST_TAG: _in_another_form(_real().written(PAST_TAG, "February 20, 2024")),
    "r4.9.3": _r4_9_3().written("r4.9.3-0-g2c33ea73", "October 1, 2024"),
    "r4.10.0": _r4_10_0().written("r4.10.0-0-g3d44fb84", "March 11, 2025"),
    "r5.0.0": _r5_0_0().written("r5.0.0-0-g4e550c95", "January 27, 2026"),
}
"""The document of each release by the release's name, oldest first."""

NOTES: dict[str, tuple[str, ...]] = {
    "ccu_R3.11.18.1": ("the first; a release of four numbers",),
    "r3.12.6": (
        "added: OcuErrorTemperature2",
        "spelt in another case: EvOverCurrent is EVOverCurrent",
        "moved from vendorErrorCode to errorCode: HighTemperature",
        "removed: FanBlocked, which returns",
        "perhaps renamed: FrequentPilotChanges to FrequentPPChanges",
    ),
    REAL: (
        "deprecated, with what replaces it: OcuErrorRelayCount",
        "only on one product: OcuErrorRCMDC",
        "only on one connector: NgErrorClientLostConnection",
        "may come with a non-error status: CBC_LOOP",
        "a second meaning, with a product note: GroundFailure",
        "another configuration key: NgClientIncorrectPSK",
        "other words: MCU_NOT_RESPONDING",
        "a full stop lost, the text alone: OcuErrorModbusCommunication",
        "added: NgErrorConfiguration",
    ),
    PAST_TAG: ("another form alone: no contents list, no numbers, other line ends and breaks",),
    "r4.9.3": (
        "added: CableLockSlow, DoorOpened",
        "returned as it was: FanBlocked",
        "perhaps renamed: OcuErrorTemperature1 to OcuErrorTemperatureSensor1",
        "deprecated, without what replaces it (and a full stop): OcuErrorSelfTest",
        "a fact's sentence at another place, the text alone: NgErrorClientLostConnection",
        "a second meaning: VentilationNotSupported",
    ),
    "r4.10.0": (
        "the second meaning removed: GroundFailure",
        "no longer with a non-error status: CBC_LOOP",
        "another product note: CableLockSlow",
        "a second connector: DoorOpened",
        "a second product: OcuErrorGPIOExpander",
        "replaced by another configuration key: OcuErrorRelayCount",
        "another configuration key: NgClientIncorrectPSK",
        "removed: SessionEnergyReached",
        "moved from errorCode to vendorErrorCode: PowerSwitchFailure",
        "spelt in another case: UNKNOWN_ERROR is Unknown_Error",
    ),
    "r5.0.0": (
        "a full stop added, the text alone: OcuErrorModbusCommunication",
        "no longer deprecated: OcuErrorSelfTest",
        "other words: MCU_NOT_RESPONDING",
        "the second meaning removed: VentilationNotSupported",
        "removed once more: FanBlocked",
    ),
}
"""What each release changes against the one before it."""


def write_spec(folder: Path, releases: Iterable[str] = SERIES) -> Path:
    """A folder of documents with these releases, written in the order in which they are named."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "spec/vendor.toml", folder / "vendor.toml")
    for name in releases:
        (folder / f"{name}.md").write_bytes(SERIES[name].encode())
    record_digests(folder)
    return folder
