"""What several test modules are given, and the order in which they run."""

from pathlib import Path

import pytest

from tests.helpers.generated_series import Built, built
from tests.helpers.project import project_of_r4_4_3
from tests.helpers.release_series import SERIES
from tests.helpers.write_faults import Ground, prepare

LONGEST = (
    "test_output_trouble",
    "test_kills",
    "test_sql",
    "test_releases",
    "test_ci",
    "test_python_package",
    "test_add_trouble",
    "test_mutations",
    "test_vectors",
    "test_typescript_package",
    "test_go_package",
    "test_other_languages",
    "test_changelog",
    "test_package_gates",
    "test_ocpp_sessions",
    "test_documentation",
)
"""The modules that take longest; begun first, they leave no worker waiting for them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest modules first; the Makefile keeps workers from ordering them anew."""

    def place(item: pytest.Item) -> int:
        name = item.path.stem
        return LONGEST.index(name) if name in LONGEST else len(LONGEST)

    items.sort(key=place)


@pytest.fixture(scope="session")
def r4_4_3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as of r4.4.3, to read from alone: what a person reads there stays as it is."""
    return project_of_r4_4_3(tmp_path_factory.mktemp("r4.4.3"))


@pytest.fixture(scope="session")
def ground_laid_out(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """The ground for trouble while `generate` writes, to copy from."""
    return prepare(tmp_path_factory.mktemp("ground"))


@pytest.fixture
def ground(ground_laid_out: Ground, tmp_path: Path) -> Ground:
    return ground_laid_out.copied_to(tmp_path)


@pytest.fixture(scope="session")
def series(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What is generated from the series of releases; to read from alone."""
    return built(SERIES, tmp_path_factory.mktemp("series"))
