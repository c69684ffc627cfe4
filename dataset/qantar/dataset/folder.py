"""Where releases lie, and in which order."""

import difflib
import re
import tomllib
from os import PathLike
from pathlib import Path
from typing import Literal, get_args

from qantar.dataset.error import DatasetError

PACKAGED = Path(__file__).parent / "releases"
# The validator's own pattern would load all models, and reading a release must start fast.
_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
FIRST_FROZEN = (1, 0, 0)
Format = Literal["parquet", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)


def version_order(version: str) -> tuple[int, int, int]:
    """The numbers of a version such as 1.10.0, by which versions are sorted.

    Raises ``DatasetError`` where the text is not a version.
    """
    match = _VERSION.fullmatch(version)
    if not match:
        raise DatasetError(f"{version!r} is not a version; write three numbers, as in 1.0.0.")
    return int(match[1]), int(match[2]), int(match[3])


def is_frozen_version(version: str) -> bool:
    """Whether a release of the version may never change again."""
    return version_order(version) >= FIRST_FROZEN


def versions(folder: Path | str | None = None) -> list[str]:
    """The versions that are there, oldest first.

    folder: where releases lie; by default those that came with the package.
    """
    place = PACKAGED if folder is None else Path(folder)
    if not place.is_dir():
        return []
    found = [path.name for path in place.iterdir() if _VERSION.fullmatch(path.name)]
    return sorted((name for name in found if (place / name).is_dir()), key=version_order)


def version_below(version: str, folder: Path) -> str | None:
    """The last release before a version."""
    lower = [name for name in versions(folder) if version_order(name) < version_order(version)]
    return lower[-1] if lower else None


def release_folder(version: str | None = None, folder: Path | str | None = None) -> Path:
    """The folder of a release, by default of the latest.

    Raises ``DatasetError`` where there is no such release.
    """
    if folder is not None and not isinstance(folder, str | PathLike):
        raise TypeError(f"folder must be text or a pathlib.Path; got {folder!r:.60}.")
    place = PACKAGED if folder is None else Path(folder)
    there = versions(place)
    if not there:
        raise DatasetError(f"There is no release in {place}; build one with `qantar build`.")
    if version is None:
        return place / there[-1]
    if version not in there:
        raise DatasetError(f"There is no release {version} in {place}, only {', '.join(there)}.")
    return place / version


def path(
    version: str | None = None,
    *,
    table: str | None = None,
    format: Format | None = None,
    folder: Path | str | None = None,
) -> Path:
    """Where a release lies, by default the latest, for tools that read its files themselves.

    table: the file of one table rather than the release's folder. format: of that file,
    ``"parquet"`` by default; without a table the folder of all tables in the format.
    folder: where releases lie; by default those that came with the package.

    The path is absolute. Digests are not checked; `load` does that. Raises ``DatasetError``
    where there is no such release, table or format.
    """
    if table is not None and not isinstance(table, str):
        raise TypeError(f"table must be the name of a table, such as 'events'; got {table!r:.60}.")
    if format is not None and format not in FORMATS:
        raise DatasetError(f"There is no format {format!r}; take one of {', '.join(FORMATS)}.")
    release = release_folder(version, folder).resolve()
    if table is None:
        return release if format is None else release / format
    kind = format or FORMATS[0]
    file = release / kind / f"{table}.{kind}"
    there = sorted(found.stem for found in (release / kind).glob(f"*.{kind}"))
    if table not in there:
        near = difflib.get_close_matches(table, there, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(there)}."
        raise DatasetError(f"There is no table {table!r} in release {release.name}; {hint}")
    return file


def checkout_around(folder: Path) -> Path | None:
    """The checkout of Qantar at or above a folder, if it lies in one."""
    return next((place for place in (folder, *folder.parents) if _is_checkout(place)), None)


def checkout_releases(checkout: Path) -> Path:
    """Where a checkout keeps its releases."""
    return checkout / "dataset" / "qantar" / "dataset" / "releases"


def _is_checkout(folder: Path) -> bool:
    try:
        settings = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(settings.get("project", {}).get("name") == "qantar")
