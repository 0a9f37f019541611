"""Trouble while `generate` writes: whatever stops it, the old tree stands or the new one."""

import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.project import (
    COMMAND,
    ROOT,
    files_below,
    real_project,
    record_digests,
    run,
    run_faulty,
    run_warm,
)
from tests.helpers.write_faults import (
    IN_PLACE,
    MAY_LEAVE_BOTH,
    MISSING,
    TROUBLES,
    Ground,
    at_change,
    changes_of,
    check_whole_files,
    everything,
    may_mount,
)

pytestmark = pytest.mark.extended

EXPECTED = files_below(ROOT / "generated")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return real_project(tmp_path)


def test_two_runs_at_once_both_leave_the_whole_tree(project: Path) -> None:
    for _ in range(10):
        shutil.rmtree(project / "generated")
        runs = [
            subprocess.Popen([COMMAND, "generate"], cwd=project, stdout=subprocess.DEVNULL)
            for _ in range(2)
        ]
        assert [one.wait(timeout=60) for one in runs] == [0, 0]
        assert files_below(project / "generated") == EXPECTED


def check_whole(generated: Path) -> None:
    """What a person who stopped a run finds there: nothing yet, or all. What waited may be left."""
    tree = {p: text for p, text in files_below(generated).items() if ".ctek-codegen/" not in p}
    assert tree in ({}, EXPECTED), sorted(tree)


def test_a_person_who_stops_a_run_has_the_old_tree_or_the_new(project: Path) -> None:
    """Ctrl-C at moments spread over a run that writes everything."""
    generated = project / "generated"
    shutil.rmtree(generated)
    whole_run = changes_of("generate", project).whole
    statuses: Counter[int] = Counter()
    for step in range(30):
        shutil.rmtree(generated, ignore_errors=True)
        life = whole_run * step / 25
        stopped = run_warm("generate", folder=project, life=life, signal=signal.SIGINT)
        check_whole(generated)
        statuses[stopped.returncode] += 1
    assert statuses[130], "none was stopped"
    assert run("generate", folder=project).returncode == 0
    assert files_below(generated) == EXPECTED


def test_a_person_may_stop_a_process_as_it_starts(project: Path) -> None:
    for step in range(6):
        shutil.rmtree(project / "generated", ignore_errors=True)
        process = subprocess.Popen(
            [COMMAND, "generate"],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.05 * step)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        check_whole(project / "generated")


def test_what_a_killed_run_left_is_cleared_away(project: Path) -> None:
    (project / "generated/.ctek-codegen/new/json").mkdir(parents=True)
    (project / "generated/.ctek-codegen/new/json/catalogue.json").write_text("half")
    assert run("generate", folder=project).returncode == 0
    assert not (project / "generated/.ctek-codegen").exists()


# Trouble at each of the changes that a run makes in the folder


def check_all_or_nothing(ground: Ground, trouble: str, fault: str = "") -> Counter[str]:
    """Brings the trouble at changes, one run each; answers with what was left how often."""
    seen: Counter[str] = Counter()
    beside, project = ground.beside(), ground.project
    changes = changes_of("generate", project, fault=fault).number
    for moment in range(1, changes + 1):
        ground.restore()
        before = at_change(trouble, moment, fault=fault)
        result = run_warm("generate", folder=project, before=before)
        status, said = result.returncode, result.stderr
        assert "Traceback" not in said
        assert status != 2 or "error[output-unwritable]" in said
        tree = {p: w for p, w in everything(ground.output).items() if ".ctek-codegen/" not in p}
        left = "old" if tree == ground.old else "new" if tree == ground.new else "between"
        check_whole_files(tree, ground.old, ground.new)
        assert left != "between" or trouble in MAY_LEAVE_BOTH, "codes.txt are of both trees"
        assert left == "new" or status != 0
        if left == "between" and trouble == "refused_twice":
            assert sum(tree.get(path) != ground.old.get(path) for path in {*tree, *ground.old}) == 1
        seen[left] += 1
        # What the next run makes of it, once the trouble is over.
        checked = run_warm("check", folder=project).stdout
        assert ("error[artefact-" in checked) == (left != "new")
        ground.mend()
        assert ground.beside() == beside
    print(f"\n{trouble}, at {seen.total()} of {changes} changes: {dict(seen)}")
    return seen


def test_what_cannot_be_put_back_keeps_nothing_else_from_it(ground: Ground) -> None:
    """A second refusal hits one of the files that are put back after the first."""
    seen = check_all_or_nothing(ground, "refused_twice")
    assert seen["between"]


@pytest.mark.parametrize("trouble", TROUBLES[:-1])
def test_trouble_at_any_change_leaves_the_old_tree_or_the_new(ground: Ground, trouble: str) -> None:
    seen = check_all_or_nothing(ground, trouble)
    assert seen["old"]


@pytest.mark.parametrize("trouble", TROUBLES[:-1])
def test_a_writer_that_writes_in_place_is_found(ground: Ground, trouble: str) -> None:
    """The proof above can fail."""
    with pytest.raises(AssertionError, match=r"codes\.txt"):
        check_all_or_nothing(ground, trouble, IN_PLACE)


# Two vendors, of whom one is written after the other


@pytest.fixture
def two_vendors(tmp_path: Path) -> Path:
    """A project whose output folders, one for each vendor, are out of date in every file."""
    project, cases = tmp_path / "project", ROOT / "tests/cases/_project"
    shutil.copytree(cases / "templates", project / "templates")
    for name in ("first", "second"):
        spec = shutil.copytree(cases / "spec", project / "spec" / name)
        form = (spec / "vendor.toml").read_text().replace("made-up-codes", f"{name}-codes")
        (spec / "vendor.toml").write_text(form)
        record_digests(spec)
    (project / "vendors.toml").write_text("[vendors.first]\n[vendors.second]\n")
    assert run_warm("generate", folder=project).returncode == 0
    shutil.copytree(project / "generated", tmp_path / "new")
    for file in (project / "generated").rglob("*.txt"):
        file.write_bytes(file.read_bytes() + b"old\n")
    shutil.copytree(project / "generated", tmp_path / "old")
    return project


def check_each_vendor(project: Path, trouble: str, fault: str = "") -> Counter[tuple[str, ...]]:
    """Brings the trouble at changes; answers with what was left of the two, how often."""
    seen: Counter[tuple[str, ...]] = Counter()
    output = project / "generated"
    old, new = (
        {name: everything(project.parent / age / name) for name in ("first", "second")}
        for age in ("old", "new")
    )
    for moment in range(1, changes_of("generate", project, fault=fault).number + 1):
        shutil.rmtree(output)
        shutil.copytree(project.parent / "old", output)
        before = at_change(trouble, moment, fault=fault)
        result = run_warm("generate", folder=project, before=before)
        left: list[str] = []
        for name in old:
            tree = everything(output / name)
            tree = {path: text for path, text in tree.items() if ".ctek-codegen/" not in path}
            check_whole_files(tree, old[name], new[name])
            whole = {"old": old[name], "new": new[name]}
            left.append(next((age for age, one in whole.items() if tree == one), "between"))
        seen[tuple(left)] += 1
        assert (left == ["new", "new"]) or result.returncode != 0
        checked = run_warm("check", folder=project).stdout
        assert ("error[artefact-" in checked) == (left != ["new", "new"])
        assert run_warm("generate", folder=project).returncode == 0
        assert {name: everything(output / name) for name in new} == new
    print(f"\n{trouble}, at {seen.total()} changes: {dict(seen)}")
    return seen


@pytest.mark.parametrize("trouble", TROUBLES[:-1])
def test_trouble_at_any_change_leaves_each_vendor_one_tree(two_vendors: Path, trouble: str) -> None:
    seen = check_each_vendor(two_vendors, trouble)
    assert seen["old", "old"]
    assert seen["new", "old"]
    assert set(seen) <= {("old", "old"), ("new", "old"), ("new", "new")}


def test_a_writer_that_writes_a_vendor_in_place_is_found(two_vendors: Path) -> None:
    """The proof above can fail."""
    with pytest.raises(AssertionError, match=r"codes\.txt"):
        check_each_vendor(two_vendors, "killed", IN_PLACE)


# A disk that is full, and one that takes no long files


def test_a_limit_on_the_size_of_files_leaves_the_old_tree(ground: Ground) -> None:
    """The system stops a file in its middle: what was written of it is there, and is taken away."""
    longest = max(len(ground.new[path]) for path in ground.new if ground.new[path] != MISSING)
    for size in (0, 1, longest // 2, longest - 1):
        limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
        result = run_faulty(limit, "generate", folder=ground.project)
        assert result.returncode == 2
        assert "error[output-unwritable]" in result.stderr
        assert "File too large" in result.stderr
        assert everything(ground.output) == ground.old
    ground.mend()


ON_A_SMALL_DISK = """
set -e
options=$1; shift
mount -t tmpfs -o "$options" small generated
cp -a ../old/. generated
"$@" > ../said 2>&1 && status=0 || status=$?
cp -a generated ../left
mount -o remount,size=64m,nr_inodes=10000 generated
"$@" > ../said_then 2>&1
cp -a generated ../mended
exit $status
"""


def run_on_a_small_disk(ground: Ground, options: str) -> tuple[int, str]:
    """Runs `generate` on a real disk with so little room, then again once there is more."""
    for left in ("left", "mended"):
        shutil.rmtree(ground.project.parent / left, ignore_errors=True)
    command = [*may_mount(ground.output), "sh", "-c", ON_A_SMALL_DISK, "sh", options]
    result = subprocess.run(
        [*command, COMMAND, "generate"],
        cwd=ground.project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not result.stderr
    return result.returncode, (ground.project.parent / "said").read_text()


@pytest.mark.parametrize(
    ("options", "sizes"),
    [
        ("nr_inodes=100,size={}k", range(36, 64, 4)),
        ("nr_inodes={}", range(17, 42, 2)),
    ],
)
def test_a_full_disk_leaves_the_old_tree(ground: Ground, options: str, sizes: range) -> None:
    """It is full after so many blocks or files: while they are staged, linked, put in place."""
    seen = {0: 0, 2: 0}
    for size in sizes:
        status, said = run_on_a_small_disk(ground, options.format(size))
        seen[status] += 1
        left = everything(ground.project.parent / "left")
        assert left == (ground.new if status == 0 else ground.old), said
        assert ("No space left on device" in said) == (status == 2)
        assert everything(ground.project.parent / "mended") == ground.new
    print(f"\nfull disks: {seen[2]} told of, {seen[0]} large enough")
    assert seen[0]
    assert seen[2] >= 4
