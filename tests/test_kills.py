"""Writing under fire: `generate` killed at random moments, hundreds of times."""

import random
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.fire import IN_PLACE, Warm, check_whole_files, everything
from tests.project import real_project

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
    with pytest.raises(AssertionError, match=r"^(json|python|typescript)/"):
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
    moments = random.Random(4)  # noqa: S311 (moments, not secrets)
    with Warm(project, fault) as warm, Warm(project, "") as mending:
        longest = _duration(warm)
        for _ in range(KILLS):
            shutil.rmtree(generated)
            shutil.copytree(old_folder, generated)
            # Most of a run is reading; half of the kills are meant for its end, where it writes.
            earliest = moments.choice((0.0, 0.7))
            warm.run("generate", life=longest * moments.uniform(earliest, 1.1))
            left = {p: what for p, what in everything(generated).items() if ".ctek-" not in p}
            seen["old" if left == old else "new" if left == new else "between"] += 1
            check_whole_files(left, old, new)
            if left not in (old, new):
                assert mending.run("check")[0] == 1
            if everything(generated) != new:
                assert mending.run("generate")[0] == 0
                assert everything(generated) == new
    print(f"\n{KILLS} kills survived: {dict(seen)}")
    return seen


def _duration(warm: Warm) -> float:
    """Seconds that a whole run takes here and now, but for the writing."""
    start = time.perf_counter()
    warm.run("check")
    return time.perf_counter() - start
