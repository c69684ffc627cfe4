"""Where releases lie."""

from pathlib import Path

import pytest

from qantar.dataset.error import DatasetError
from qantar.dataset.folder import default_folder, is_frozen_version, version_below, version_order


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


def test_builds_go_to_the_checkout_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "qantar"\n')
    inner = tmp_path / "docs" / "deep"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert default_folder() == tmp_path / "dataset" / "qantar" / "dataset" / "releases"


@pytest.mark.parametrize(
    "settings", [None, '[project]\nname = "other"\n', "[project\n", "[tool]\n"]
)
def test_builds_go_here_elsewhere(
    settings: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if settings:
        (tmp_path / "pyproject.toml").write_text(settings)
    monkeypatch.chdir(tmp_path)
    assert default_folder() == tmp_path / "releases"
