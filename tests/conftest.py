"""What several test modules are given, and the order in which they run."""

from pathlib import Path

import pytest

from tests.project import project_of_r4_4_3

LONGEST = (
    "test_kills",
    "test_add",
    "test_output_folder",
    "test_series",
    "test_ci",
    "test_mutations",
    "test_python_package",
    "test_typescript_package",
    "test_changelog",
)
"""The modules that take longest; begun first, they leave no worker waiting for them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest modules first; `make test` keeps workers from ordering them anew."""

    def place(item: pytest.Item) -> int:
        name = item.path.stem
        return LONGEST.index(name) if name in LONGEST else len(LONGEST)

    items.sort(key=place)


@pytest.fixture(scope="session")
def r4_4_3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as of r4.4.3, to read from alone: what a person reads there stays as it is."""
    return project_of_r4_4_3(tmp_path_factory.mktemp("r4.4.3"))
