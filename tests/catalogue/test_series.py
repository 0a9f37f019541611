"""A made-up series of releases: its documents, and the catalogue that they fold into."""

import json
import random
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.helpers.generated_series import FIRST, LAST, Built, built
from tests.helpers.project import ROOT, files_below
from tests.helpers.project import run as run_generator
from tests.helpers.release_series import NOTES, REAL, SERIES, write_spec

# The documents


def test_every_document_is_well_formed(tmp_path: Path) -> None:
    """Among the others, and before it is one of them."""
    stored = write_spec(tmp_path / "stored")
    for spec in (stored, ROOT / "spec"):
        files = [stored / f"{name}.md" for name in SERIES]
        result = run_generator("lint", *files, "--spec", spec, folder=tmp_path)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_the_real_one_is_among_made_up_ones() -> None:
    assert SERIES[REAL].encode() == (ROOT / "spec" / f"{REAL}.md").read_bytes()
    assert list(NOTES) == list(SERIES)
    for file in (ROOT / "spec").glob("*.md"):
        assert file.stem == REAL or file.stem not in SERIES, "a made-up release has become real"


# The catalogue


def shuffled(seed: int) -> list[str]:
    return random.Random(seed).sample(list(SERIES), len(SERIES))  # noqa: S311 (no secret)


@pytest.mark.parametrize(
    "order", [list(reversed(SERIES)), shuffled(1), shuffled(2)], ids=["newest first", "1", "2"]
)
def test_the_order_in_which_documents_come_does_not_matter(
    order: list[str], series: Built, tmp_path: Path
) -> None:
    assert order != list(SERIES)
    assert files_below(built(order, tmp_path).generated) == files_below(series.generated)


def test_releases_are_in_order(series: Built) -> None:
    catalogue = series.catalogues[LAST]
    assert [release["name"] for release in catalogue["releases"]] == list(SERIES)
    assert catalogue["latest_release"] == LAST


Life = tuple[str, str | None, list[tuple[str, str | None]]]
"""The first release of a code, the first without it, since when and until when each revision."""

LIVES: dict[str, Life] = {
    # Added
    "OcuErrorTemperature2": ("r3.12.6", None, [("r3.12.6", None)]),
    "NgErrorConfiguration": (REAL, None, [(REAL, None)]),
    "CableLockSlow": ("r4.9.3", None, [("r4.9.3", "r4.10.0"), ("r4.10.0", None)]),
    "DoorOpened": ("r4.9.3", None, [("r4.9.3", "r4.10.0"), ("r4.10.0", None)]),
    # Removed
    "SessionEnergyReached": (FIRST, "r4.10.0", [(FIRST, "r4.10.0")]),
    # Removed twice
    "FanBlocked": (FIRST, "r5.0.0", [(FIRST, "r3.12.6"), ("r4.9.3", "r5.0.0")]),
    # Perhaps renamed
    "FrequentPilotChanges": (FIRST, "r3.12.6", [(FIRST, "r3.12.6")]),
    "FrequentPPChanges": ("r3.12.6", None, [("r3.12.6", None)]),
    "OcuErrorTemperature1": (FIRST, "r4.9.3", [(FIRST, "r4.9.3")]),
    "OcuErrorTemperatureSensor1": ("r4.9.3", None, [("r4.9.3", None)]),
    # Spelt in another case: one code
    "EVOverCurrent": (FIRST, None, [(FIRST, None)]),
    "Unknown_Error": (FIRST, None, [(FIRST, None)]),
    # Moved
    "HighTemperature": (FIRST, None, [(FIRST, "r3.12.6"), ("r3.12.6", None)]),
    "PowerSwitchFailure": (FIRST, None, [(FIRST, "r4.10.0"), ("r4.10.0", None)]),
    # A second meaning added and removed
    "GroundFailure": (FIRST, None, [(FIRST, REAL), (REAL, "r4.10.0"), ("r4.10.0", None)]),
    "VentilationNotSupported": (
        FIRST,
        None,
        [(FIRST, "r4.9.3"), ("r4.9.3", "r5.0.0"), ("r5.0.0", None)],
    ),
    # A fact changed
    "CBC_LOOP": (FIRST, None, [(FIRST, REAL), (REAL, "r4.10.0"), ("r4.10.0", None)]),
    "OcuErrorRCMDC": (FIRST, None, [(FIRST, REAL), (REAL, None)]),
    "OcuErrorGPIOExpander": (FIRST, None, [(FIRST, "r4.10.0"), ("r4.10.0", None)]),
    "OcuErrorRelayCount": (FIRST, None, [(FIRST, REAL), (REAL, "r4.10.0"), ("r4.10.0", None)]),
    "OcuErrorSelfTest": (
        FIRST,
        None,
        [(FIRST, "r4.9.3"), ("r4.9.3", "r5.0.0"), ("r5.0.0", None)],
    ),
    "NgClientIncorrectPSK": (FIRST, None, [(FIRST, REAL), (REAL, "r4.10.0"), ("r4.10.0", None)]),
    # A fact changed, then its place alone
    "NgErrorClientLostConnection": (
        FIRST,
        None,
        [(FIRST, REAL), (REAL, "r4.9.3"), ("r4.9.3", None)],
    ),
    # Other words, and a full stop
    "MCU_NOT_RESPONDING": (FIRST, None, [(FIRST, REAL), (REAL, "r5.0.0"), ("r5.0.0", None)]),
    "OcuErrorModbusCommunication": (
        FIRST,
        None,
        [(FIRST, REAL), (REAL, "r5.0.0"), ("r5.0.0", None)],
    ),
}
ALWAYS: Life = (FIRST, None, [(FIRST, None)])


def test_every_code_knows_its_life(series: Built) -> None:
    codes = series.catalogues[LAST]["codes"]
    found = {
        code["code"]: (
            code["first_release"],
            code["removed_in"],
            [(revision["since"], revision["until"]) for revision in code["revisions"]],
        )
        for code in codes
    }
    # The rest of the real document's codes are in every release, and always the same.
    in_real = {code["code"] for code in series.catalogues[REAL]["codes"]} - {"UNKNOWN_ERROR"}
    assert found == {**dict.fromkeys(in_real, ALWAYS), **LIVES}


def test_removed_codes_come_last_the_most_recently_removed_first(series: Built) -> None:
    codes = [code["code"] for code in series.catalogues[LAST]["codes"]]
    assert codes[-4:] == [
        "FanBlocked",
        "SessionEnergyReached",
        "OcuErrorTemperature1",
        "FrequentPilotChanges",
    ]
    assert codes[:2] == ["ConnectorLockFailure", "GroundFailure"]


@pytest.mark.parametrize("schema", ["catalogue", "release"])
def test_json_of_the_series_is_valid(schema: str, series: Built) -> None:
    folder = series.generated / "json"
    files = [folder / "catalogue.json"]
    if schema == "release":
        files = [folder / "releases" / f"{name}.json" for name in SERIES]
    validator = Draft202012Validator(json.loads((folder / f"{schema}.schema.json").read_bytes()))
    for file in files:
        assert list(validator.iter_errors(json.loads(file.read_bytes()))) == []
