"""What is released stays as it was, drafts too, and valid by the schema that it names."""

import shutil
from pathlib import Path

import pytest

from qantar.dataset.digest import DIGESTS, sha256
from qantar.dataset.error import ReleaseError
from qantar.dataset.folder import PACKAGED, versions
from qantar.dataset.freeze import frozen_digests, frozen_faults, keep, release_faults
from qantar.dataset.release import write_release
from qantar.schema.rule import Severity
from qantar.validation import check_path
from support.made_up import corpus

# SHA-256 of the list of digests of each release under schema 0.1.0.
RELEASED = {
    "0.1.0": "a4c30c784c9ef8a8ca74ce6c87a9d6c333689836d6ba745f9ea2a36ecf67f8a6",
    "0.2.0": "5a20571313ddef3b62869f8bb5358052b851b1b91fee230731e2ea50d0c1e9ab",
}


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_draft_is_as_it_was_released(version: str) -> None:
    release = PACKAGED / version
    assert sha256((release / DIGESTS).read_bytes()) == RELEASED[version]
    assert release_faults(release) == []


def test_released_drafts_are_in_the_list_of_what_stays() -> None:
    assert frozen_digests(PACKAGED).items() >= RELEASED.items()
    assert frozen_faults(PACKAGED) == []


def test_a_released_draft_is_not_written_over(tmp_path: Path) -> None:
    shutil.copytree(PACKAGED / "0.1.0", tmp_path / "0.1.0")
    keep(tmp_path, "0.1.0")
    with pytest.raises(ReleaseError, match="what is released stays as it is"):
        write_release(corpus(), tmp_path, "0.1.0", documents={})
    assert release_faults(tmp_path / "0.1.0") == []


@pytest.mark.parametrize("version", versions())
def test_every_release_is_valid(version: str) -> None:
    found = [fault for fault in check_path(PACKAGED / version) if fault.severity != Severity.note]
    assert found == []
