"""Paths as users give them, made into the files they stand for: patterns, folders, sheets."""

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from qantar.validation.packages.package import is_package
from qantar.validation.paths.folder_value import is_partition
from qantar.validation.paths.packed_file import form_of

RECORD_KINDS = ("json", "jsonl")
TEXT_KINDS = ("csv", "tsv", *RECORD_KINDS)
KINDS = (*TEXT_KINDS, "parquet", "xlsx")
KINDS_TOLD = (
    ".csv, .tsv or .tab, .json, .jsonl or .ndjson (each also .gz, .bz2, .xz or .zst), .parquet or "
    ".pq, .xlsx, .zip or a folder; --kind says what a file of another name holds"
)
_WILD = frozenset("*?[")


def is_checkable(path: Path | str) -> bool:
    """Whether a file of this name can be checked; only text is checked compressed."""
    kind, packing = form_of(path)
    return kind in (TEXT_KINDS if packing else (*KINDS, "zip"))


def is_pattern(path: str) -> bool:
    """Whether a path is meant as a pattern; a file of that very name comes first."""
    return bool(_WILD & set(path)) and not Path(path).exists()


def matching(pattern: str) -> list[Path]:
    """What a pattern with ``*``, ``?``, ``[...]`` or ``**`` stands for, hidden files left out."""
    # Path.glob takes hidden files too, and no absolute pattern.
    return [Path(found) for found in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207


def data_files(folder: Path) -> Iterator[Path]:
    """Data files and packages below a folder, without what is hidden or a link.

    Beside and in folders named as ``year=2022`` names with a leading underscore belong to the
    program that wrote them, and are left out.
    """
    entries = sorted(folder.iterdir())
    partitioned = any(is_partition(place.name) for place in (folder, *entries))
    for path in entries:
        if path.name.startswith(("_", ".") if partitioned else ".") or path.is_symlink():
            continue
        if path.is_dir():
            # What cannot be looked into is handed on, for its check to say so.
            if not os.access(path, os.R_OK | os.X_OK) or is_package(path):
                yield path
            else:
                yield from data_files(path)
        elif path.is_file() and is_checkable(path):
            yield path
