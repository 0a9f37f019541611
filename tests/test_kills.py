"""Writing under fire: `generate` killed at random moments, hundreds of times."""

import random
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

from tests.project import COMMAND, ROOT, files_below, real_project, run

NEW = files_below(ROOT / "generated")
KILLS = 300


def test_a_killed_run_leaves_the_old_tree_or_the_new_or_says_what_is_amiss(tmp_path: Path) -> None:
    project = real_project(tmp_path / "project")
    generated, old_folder = project / "generated", tmp_path / "old"
    for file in generated.rglob("*"):
        if file.is_file():  # every file of the old tree differs, and each is ours
            file.write_bytes(file.read_bytes() + b"\n")
    (generated / "json/gone.json").write_bytes(NEW["json/catalogue.json"])
    shutil.copytree(generated, old_folder)
    old = files_below(old_folder)
    seen: Counter[str] = Counter()
    moments = random.Random(4)  # noqa: S311 (moments, not secrets)
    longest = _duration(project)
    for _ in range(KILLS):
        shutil.rmtree(generated)
        shutil.copytree(old_folder, generated)
        process = subprocess.Popen([COMMAND, "generate"], cwd=project, stdout=subprocess.DEVNULL)
        # Most of a run is reading; half of the kills are meant for its end, where it writes.
        earliest = moments.choice((0.0, 0.7))
        time.sleep(longest * moments.uniform(earliest, 1.1))
        process.kill()
        process.wait(timeout=60)
        left = {path: data for path, data in files_below(generated).items() if ".ctek-" not in path}
        seen["old" if left == old else "new" if left == NEW else "between"] += 1
        if left not in (old, NEW):
            assert set(left) <= set(old) | set(NEW)
            assert all(data in (old.get(path), NEW.get(path)) for path, data in left.items())
            assert run("check", folder=project).returncode == 1
        if left != NEW:
            assert run("generate", folder=project).returncode == 0
        assert {p: d for p, d in files_below(generated).items() if ".ctek-" not in p} == NEW
    print(f"\n{KILLS} kills survived: {dict(seen)}")
    assert seen["old"]
    assert seen["new"]


def _duration(project: Path) -> float:
    """Seconds that a whole run takes here and now."""
    start = time.perf_counter()
    run("check", folder=project)
    return time.perf_counter() - start
