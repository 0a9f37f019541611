"""`add` in trouble: documents and artefacts are old or new together, or the next run ends it."""

import fcntl
import os
import shutil
import subprocess
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from tests.helpers.made_up_documents import document
from tests.helpers.project import COMMAND, ROOT, record_digests, run, run_warm
from tests.helpers.write_faults import (
    MAY_LEAVE_BOTH,
    TROUBLES,
    at_change,
    changes_of,
    everything,
    killed_runs,
)

pytestmark = pytest.mark.extended

SMALL = document([("Hum", "It hums. This may come with any status.")], "r1.1.0-0-g4567def")
STAGING = ".ctek-codegen"


def small_project(folder: Path) -> Path:
    """A small made-up project, up to date, and a new document beside it."""
    project = shutil.copytree(ROOT / "tests/cases/_project", folder / "project")
    record_digests(project / "spec")
    assert run_warm("generate", folder=project).returncode == 0
    (folder / "new.md").write_text(SMALL)
    return project


def without_staging(folder: Path) -> dict[str, str]:
    return {path: what for path, what in everything(folder).items() if STAGING not in path}


def old_and_new(project: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The project before and after the document is taken in; it is left as before."""
    old = everything(project)
    shutil.copytree(project, project.parent / "old")
    assert run_warm("add", "../new.md", folder=project).returncode == 0
    new = everything(project)
    restore(project)
    return old, new


def restore(project: Path) -> None:
    """The folders alone: the project's own is where the commands run."""
    for name in ("spec", "generated"):
        shutil.rmtree(project / name)
        shutil.copytree(project.parent / "old" / name, project / name)


PLACES = ("generated", "spec/")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_at_any_change_leaves_documents_and_artefacts_together(
    trouble: str, tmp_path: Path
) -> None:
    project = small_project(tmp_path)
    old, new = old_and_new(project)
    seen: Counter[str] = Counter()
    changes = changes_of("add ../new.md", project, *PLACES).number
    for moment in range(1, changes + 1):
        restore(project)
        before = at_change(trouble, moment, *PLACES)
        result = run_warm("add", "../new.md", folder=project, before=before)
        assert "Traceback" not in result.stderr
        left = without_staging(project)
        kind = "old" if left == old else "new" if left == new else "between"
        assert kind != "between" or trouble in MAY_LEAVE_BOTH
        assert kind == "new" or result.returncode != 0
        seen[kind] += 1
        checked = run_warm("check", folder=project)
        if checked.returncode != 0:
            # What waits may be left where it could not be cleared away; else all is whole.
            is_told = "error[intake-unfinished]" in checked.stderr
            assert trouble in MAY_LEAVE_BOTH or is_told, checked.stderr
            check_mended(project)
        assert without_staging(project) in (old, new)
    print(f"\n{trouble}, at {seen.total()} of {changes} changes: {dict(seen)}")


def check_mended(project: Path) -> None:
    """The next run ends what was begun."""
    mended = run_warm("generate", folder=project)
    assert mended.returncode == 0, mended.stderr
    assert run_warm("check", folder=project).returncode == 0


KILLS = 120


def test_a_killed_run_leaves_documents_and_artefacts_together(tmp_path: Path) -> None:
    """Kills at random moments."""
    project = small_project(tmp_path)
    old, new = old_and_new(project)
    seen: Counter[str] = Counter()
    for _ in killed_runs(KILLS, "add ../new.md", project, partial(restore, project), *PLACES):
        left = without_staging(project)
        seen["old" if left == old else "new" if left == new else "between"] += 1
        if run_warm("check", folder=project).returncode != 0:
            check_mended(project)
        assert without_staging(project) in (old, new)
    print(f"\n{KILLS} kills survived: {dict(seen)}")
    assert seen["old"]
    assert seen["new"]


def test_what_a_killed_run_began_is_told_and_ended(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    old, new = old_and_new(project)
    killed = "import generator.writing.intake as i, os\ni._put_in_place = lambda _: os._exit(9)"
    assert run_warm("add", "../new.md", folder=project, before=killed).returncode == 9
    assert without_staging(project) == old
    for command in ("check", "explain Hum", "diff latest ../new.md"):
        result = run(*command.split(), folder=project)
        assert result.returncode == 1
        assert "spec: error[intake-unfinished]" in result.stderr
    assert run("generate", folder=project).returncode == 0
    assert everything(project) == new


def test_a_run_that_waited_for_another_finds_its_work_done(tmp_path: Path) -> None:
    """What waits in the folder may be a live run's, which ends before its lock can be had."""
    project = small_project(tmp_path)
    staging = project / "spec" / STAGING
    (staging / "ready").mkdir(parents=True)
    handle = os.open(project / "spec", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    process = subprocess.Popen([COMMAND, "generate"], cwd=project)
    time.sleep(1)
    assert process.poll() is None
    shutil.rmtree(staging)
    os.close(handle)
    assert process.wait(timeout=60) == 0
