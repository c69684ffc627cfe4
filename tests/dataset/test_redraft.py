"""Every draft that is kept stays as it was released, and valid by the rules as they are now."""

from pathlib import Path

import pytest

from qantar.dataset.digest import DIGESTS, sha256
from qantar.dataset.folder import PACKAGED, versions
from qantar.dataset.freeze import release_faults
from qantar.dataset.redraft import earlier_drafts, is_up_to_date, redraft
from qantar.dataset.release import publish_release, release_files
from qantar.dataset.restoration import read_release
from qantar.validation import check_path

# SHA-256 of the list of digests of each draft before the latest.
RELEASED = {"0.1.0": "a4c30c784c9ef8a8ca74ce6c87a9d6c333689836d6ba745f9ea2a36ecf67f8a6"}


@pytest.mark.parametrize("draft", earlier_drafts(), ids=lambda path: path.name)
def test_an_earlier_draft_is_as_it_was_released(draft: Path) -> None:
    assert sha256((draft / DIGESTS).read_bytes()) == RELEASED[draft.name]
    assert release_faults(draft) == []


@pytest.mark.parametrize("version", versions())
def test_every_release_is_valid(version: str) -> None:
    assert check_path(PACKAGED / version).faults == ()


def test_a_redraft_keeps_records_and_documents(tmp_path: Path) -> None:
    corpus = read_release(PACKAGED / versions()[0])
    files = release_files(corpus, "0.1.0", documents={"NOTE.md": "mine"})
    publish_release(tmp_path, "0.1.0", files | {"csv/codes.csv": b"as it was"})
    again = redraft(tmp_path / "0.1.0")
    assert again == files
    assert not is_up_to_date(tmp_path / "0.1.0", again)
