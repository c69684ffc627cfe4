"""Where releases lie."""

from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.error import DatasetError
from qantar.dataset.folder import (
    checkout_around,
    is_frozen_version,
    path,
    version_below,
    version_order,
    versions,
)


@pytest.mark.parametrize(
    "text", ["1", "1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "1.0.0\n", "", "١.٠.٠"]
)
def test_what_is_no_version_is_told(text: str) -> None:
    with pytest.raises(DatasetError, match="is not a version"):
        version_order(text)


def test_versions_are_ordered_by_number() -> None:
    assert version_order("0.10.0") > version_order("0.9.9")
    assert not is_frozen_version("0.99.0")
    assert is_frozen_version("1.0.0")


def test_the_release_before(releases: Path) -> None:
    assert version_below("1.1.0", releases) == "1.0.0"
    assert version_below("3.0.0", releases) == "2.0.0"
    assert version_below("0.9.0", releases) is None


def test_the_path_of_a_release_and_of_its_files(releases: Path) -> None:
    latest = releases.resolve() / versions(releases)[-1]
    assert path(folder=releases) == latest
    assert path("1.0.0", folder=releases) == latest.with_name("1.0.0")
    assert path(format="csv", folder=releases) == latest / "csv"
    assert path(table="events", folder=releases) == latest / "parquet" / "events.parquet"
    assert path(table="spans", format="csv", folder=releases).read_bytes().startswith(b"mention_id")


def test_the_path_is_whole_wherever_one_stands(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(release.parent)
    assert path(folder=".") == release.resolve()
    assert path().is_dir()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"version": "9.9.9"}, "no release 9.9.9"),
        ({"table": "event"}, "did you mean events"),
        ({"table": "..", "format": "csv"}, "There is no table"),
        ({"format": "xlsx"}, "take one of parquet, csv"),
    ],
)
def test_what_is_not_there_has_no_path(release: Path, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(DatasetError, match=told):
        path(folder=release.parent, **asked)


def test_a_checkout_is_found_from_below(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "qantar"\n')
    inner = tmp_path / "docs" / "deep"
    inner.mkdir(parents=True)
    assert checkout_around(inner) == tmp_path


@pytest.mark.parametrize(
    "settings", [None, '[project]\nname = "other"\n', "[project\n", "[tool]\n"]
)
def test_nothing_else_is_a_checkout(settings: str | None, tmp_path: Path) -> None:
    if settings:
        (tmp_path / "pyproject.toml").write_text(settings)
    assert checkout_around(tmp_path) is None
