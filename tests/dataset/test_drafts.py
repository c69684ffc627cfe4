"""Every draft that is kept stays as it was released, and valid by the rules as they are now."""

import pytest

from qantar.dataset.digest import DIGESTS, sha256
from qantar.dataset.folder import PACKAGED, is_frozen_version, versions
from qantar.dataset.freeze import release_faults
from qantar.validation import check_path

# SHA-256 of the list of digests of each draft before the latest, which is still being built.
RELEASED = {
    "0.1.0": "a4c30c784c9ef8a8ca74ce6c87a9d6c333689836d6ba745f9ea2a36ecf67f8a6",
    "0.2.0": "5a20571313ddef3b62869f8bb5358052b851b1b91fee230731e2ea50d0c1e9ab",
}
EARLIER = [name for name in versions()[:-1] if not is_frozen_version(name)]


@pytest.mark.parametrize("draft", EARLIER)
def test_an_earlier_draft_is_as_it_was_released(draft: str) -> None:
    release = PACKAGED / draft
    assert sha256((release / DIGESTS).read_bytes()) == RELEASED[draft]
    assert release_faults(release) == []


@pytest.mark.parametrize("version", versions())
def test_every_release_is_valid(version: str) -> None:
    report = check_path(PACKAGED / version)
    # An earlier draft is judged by the schema that it names, and says so.
    assert {fault.rule for fault in report.faults} <= {"schema-version-past"}
    assert report.exit_code == 0
