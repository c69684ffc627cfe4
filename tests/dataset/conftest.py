"""Made-up releases to read."""

from pathlib import Path

import pytest

from qantar.dataset.release import write_release
from support.made_up import corpus
from support.made_up_history import DOCUMENTS, RELEASES


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One made-up release; read only."""
    folder = tmp_path_factory.mktemp("one")
    return write_release(corpus(), folder, "0.1.0", documents=DOCUMENTS, released="2026-01-31")


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of made-up releases from 0.9.0 to 2.0.0; read only."""
    folder = tmp_path_factory.mktemp("many")
    for version, make in RELEASES.items():
        write_release(make(), folder, version, documents=DOCUMENTS)
    return folder
