"""Paths as users give them, made into the files they stand for: patterns, folders, sheets."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from qantar.validation.faults.fault import Fault
from qantar.validation.packages.folder_tree import FolderTree
from qantar.validation.packages.listing import Entry, Walk
from qantar.validation.packages.litter import is_litter
from qantar.validation.packages.package import is_package
from qantar.validation.places.folder_value import is_partition
from qantar.validation.places.packed_file import form_of
from qantar.validation.rules.observation import fault_by

RECORD_KINDS = ("json", "jsonl")
TEXT_KINDS = ("csv", "tsv", *RECORD_KINDS)
KINDS = (*TEXT_KINDS, "parquet", "xlsx")
KINDS_TOLD = (
    ".csv, .tsv or .tab, .json, .jsonl or .ndjson (each also .gz, .bz2, .xz or .zst), .parquet or "
    ".pq, .xlsx, .zip or a folder; --kind says what a file of another name holds"
)


def is_checkable(path: Path | str) -> bool:
    """Whether a file of this name can be checked; only text is checked compressed."""
    kind, packing = form_of(path)
    return kind in (TEXT_KINDS if packing else (*KINDS, "zip"))


def data_files(folder: Path) -> Iterator[Path | Fault]:
    """Data files and packages below a folder, without what is hidden or litter of programs.

    What is no file, such as a link or a pipe, is a fault. Raises OSError where the folder
    itself cannot be read.
    """
    next(folder.iterdir(), None)

    def is_whole(path: str) -> bool:
        return is_package(folder / path)

    def omitted(path: str, entries: Sequence[Entry]) -> Collection[str]:
        return of_a_writer(path or folder.name, entries)

    walk = Walk(FolderTree(folder), is_package=False, is_whole=is_whole, omitted=omitted)
    for found in walk.found():
        path = folder / found.path
        if found.rule == "path-unsafe":
            yield unsafe(path, found.path, found.problem)
        elif found.is_litter:
            continue
        # What cannot be looked into is handed on, for its check to say so.
        elif found.rule or found.is_folder or is_checkable(path):
            yield path


def without_litter(paths: Iterable[Path | str]) -> list[str]:
    """Paths as a shell may have listed them, without litter of programs.

    Where there is nothing else they are what is meant.
    """
    named = [str(path) for path in paths]
    return [name for name in named if not _is_litter(Path(name))] or named


def _is_litter(path: Path) -> bool:
    try:
        is_folder = path.is_dir()
    except OSError:
        # Such as a name that is too long; its check says so.
        return False
    return is_litter(path.name, is_folder=is_folder)


def unsafe(place: Path, shown: str, problem: str) -> Fault:
    """The fault of what lies at a place and is not read. shown: its path as it is told."""
    return fault_by("path-unsafe", f"The path {shown!r} {problem}.", file=str(place))


def of_a_writer(folder: str, entries: Sequence[Entry]) -> list[str]:
    """Names in a folder that belong to the program that wrote it.

    They begin with an underscore, beside and in folders named as ``year=2022``.
    """
    names = [entry.name for entry in entries]
    partitioned = any(is_partition(name) for name in (folder.rpartition("/")[2], *names))
    return [name for name in names if partitioned and name.startswith("_")]
