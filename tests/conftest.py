"""What several test modules are given."""

from pathlib import Path

import pytest

from tests.project import project_of_r4_4_3


@pytest.fixture(scope="session")
def r4_4_3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as of r4.4.3, to read from alone: what a person reads there stays as it is."""
    return project_of_r4_4_3(tmp_path_factory.mktemp("r4.4.3"))
