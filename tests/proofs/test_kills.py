"""Writing under fire: `generate` killed at random moments, again and again.

`pytest tests/proofs/test_kills.py -s` prints the counts.
"""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.project import real_project, run_warm
from tests.helpers.write_faults import IN_PLACE, check_whole_files, everything, killed_runs

pytestmark = pytest.mark.extended

KILLS = 300


def test_a_killed_run_leaves_the_old_tree_or_the_new_or_says_what_is_amiss(tmp_path: Path) -> None:
    seen = check_kills(tmp_path)
    assert seen["old"]
    assert seen["new"]


def test_a_writer_that_writes_in_place_is_found(tmp_path: Path) -> None:
    """The proof above can fail. The writer takes its time, as one of larger files would."""
    slow = f"import time\n{IN_PLACE}".replace(
        "        with", "        time.sleep(0.01)\n        with"
    )
    with pytest.raises(AssertionError, match="is neither the old file nor the new one"):
        check_kills(tmp_path, slow)


def check_kills(folder: Path, fault: str = "") -> Counter[str]:
    """Kills runs that write every file; answers with what was left how often."""
    project = real_project(folder / "project")
    generated, old_folder = project / "generated", folder / "old"
    new = everything(generated)
    for file in generated.rglob("*"):
        if file.is_file():  # every file of the old tree differs, and each is ours
            file.write_bytes(file.read_bytes() + b"\n")
    (generated / "json/gone.json").write_text(new["json/catalogue.json"])
    shutil.copytree(generated, old_folder)
    old = everything(generated)
    seen: Counter[str] = Counter()

    def restore() -> None:
        shutil.rmtree(generated)
        shutil.copytree(old_folder, generated)

    for _ in killed_runs(KILLS, "generate", project, restore, fault=fault):
        left = {p: what for p, what in everything(generated).items() if ".ctek-" not in p}
        seen["old" if left == old else "new" if left == new else "between"] += 1
        check_whole_files(left, old, new)
        if left not in (old, new):
            assert run_warm("check", folder=project).returncode == 1
        if everything(generated) != new:
            assert run_warm("generate", folder=project).returncode == 0
            assert everything(generated) == new
    print(f"\n{KILLS} kills survived: {dict(seen)}")
    return seen
