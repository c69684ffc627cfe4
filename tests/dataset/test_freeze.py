"""Releases from 1.0.0 on never change again."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qantar.dataset.digest import DIGESTS
from qantar.dataset.error import ReleaseError
from qantar.dataset.folder import PACKAGED
from qantar.dataset.freeze import FROZEN, frozen_digests, frozen_faults
from qantar.dataset.release import write_release
from support.made_up_history import DOCUMENTS, draft, first, recoded, second


@pytest.fixture
def folder(releases: Path, tmp_path: Path) -> Path:
    """A copy of the made-up releases that may be damaged."""
    return Path(shutil.copytree(releases, tmp_path / "releases"))


def test_the_releases_of_this_package_are_as_they_were_frozen() -> None:
    assert frozen_faults(PACKAGED) == []


def test_releases_are_frozen_as_they_are_written(releases: Path) -> None:
    assert list(frozen_digests(releases)) == ["1.0.0", "1.1.0", "2.0.0"]
    assert frozen_faults(releases) == []


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0", "2.0.0"])
def test_a_frozen_release_is_not_written_again(folder: Path, version: str) -> None:
    with pytest.raises(ReleaseError, match="is frozen"):
        write_release(first(), folder, version, documents=DOCUMENTS)
    shutil.rmtree(folder / version)
    with pytest.raises(ReleaseError, match="is frozen"):
        write_release(first(), folder, version, documents=DOCUMENTS)


def test_a_release_that_was_not_entered_is_frozen_too(folder: Path) -> None:
    (folder / FROZEN).unlink()
    with pytest.raises(ReleaseError, match="is frozen"):
        write_release(first(), folder, "1.0.0", documents=DOCUMENTS)
    assert len(frozen_faults(folder)) == 3


def test_a_draft_is_not_frozen(folder: Path) -> None:
    write_release(draft(), folder, "0.9.0", documents={})
    assert frozen_faults(folder) == []


def _append(folder: Path, path: str) -> None:
    with (folder / path).open("ab") as file:
        file.write(b"\n")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda f: _append(f, "1.0.0/csv/events.csv"), "csv/events.csv differs"),
        (lambda f: (f / "1.0.0/README.md").unlink(), "README.md is missing"),
        (lambda f: (f / "1.0.0/new.txt").write_text("new"), "new.txt is not in"),
        (lambda f: _append(f, f"1.0.0/{DIGESTS}"), f"its {DIGESTS} has changed"),
        (lambda f: (f / "1.0.0" / DIGESTS).unlink(), f"has no {DIGESTS}"),
        (lambda f: shutil.rmtree(f / "1.0.0"), "1.0.0 is frozen and not in"),
    ],
)
def test_changes_of_frozen_releases_are_found(
    folder: Path, damage: Callable[[Path], object], words: str
) -> None:
    damage(folder)
    [fault] = frozen_faults(folder)
    assert words in fault


def test_an_unexplained_release_is_refused(folder: Path) -> None:
    made = second()
    made.events[0]["summary_en"] = "Another call."
    with pytest.raises(ReleaseError, match="summary_en of TST-000001 differs"):
        write_release(made, folder, "2.0.1", documents=DOCUMENTS)
    assert not (folder / "2.0.1").exists()


def test_a_draft_is_compared_with_the_draft_before(tmp_path: Path) -> None:
    write_release(draft(), tmp_path, "0.8.0", documents={})
    made = recoded(draft(), "0.9.0")
    made.plain["changes"][-1]["fields"] = ";"
    with pytest.raises(ReleaseError, match="names no field"):
        write_release(made, tmp_path, "0.9.0", documents={})
    write_release(recoded(draft(), "0.9.0"), tmp_path, "0.9.0", documents={})


def test_a_damaged_release_is_not_compared_with(folder: Path) -> None:
    _append(folder, "2.0.0/events.jsonl")
    with pytest.raises(ReleaseError, match="cannot be compared"):
        write_release(second(), folder, "2.0.1", documents={})
