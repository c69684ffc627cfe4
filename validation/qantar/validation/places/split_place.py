"""What can be parted into good and bad rows, and where these may be written."""

import os
from collections.abc import Mapping
from pathlib import Path

from qantar.validation.packages.descriptor import DESCRIPTOR
from qantar.validation.places.file_source import STANDARD_INPUT, FileSource
from qantar.validation.places.packed_file import form_of
from qantar.validation.places.path_list import TEXT_KINDS
from qantar.validation.places.path_pattern import is_pattern
from qantar.validation.places.remote_path import is_remote
from qantar.validation.readers.table_file import kind_of

_ONE_FILE = "Name one file whose rows are to be written apart."
_SAVE = "Save each of its sheets as .csv, and name that file."


def refuse_input(name: str, kind: str | None = None) -> FileSource:
    """The file whose rows are parted; raises ValueError, with a sentence, for what is no file."""
    path = Path(name)
    told_kind, packing = form_of(path)
    if name == STANDARD_INPUT:
        raise ValueError(
            "Standard input is read only once, and parted rows are read twice. Write it to a file "
            "first, and name that."
        )
    if is_remote(name):
        raise ValueError(f"{name} is not on this disk. Fetch it first, and name the file.")
    if is_pattern(name):
        raise ValueError(f"{name} is a pattern. {_ONE_FILE}")
    if path.is_dir() or path.name == DESCRIPTOR or (told_kind == "zip" and not kind):
        what = "a zip" if told_kind == "zip" else "a package" if path.is_file() else "a folder"
        raise ValueError(f"{name} is {what}. {_ONE_FILE}")
    if path.exists() and not path.is_file():
        raise ValueError(f"{name} is no plain file, and parted rows are read twice. {_ONE_FILE}")
    if (kind or told_kind) == "xlsx":
        raise ValueError(
            f"{name} is a workbook, whose rows cannot be written apart as they are: formulas, "
            f"formats and names lead from one to another. {_SAVE}"
        )
    return FileSource(name, kind or told_kind, packing, path)


def refuse_outputs(source: FileSource, places: Mapping[str, Path]) -> None:
    """Raise ValueError, with a sentence, for places that rows cannot be written to.

    places: by the name of what is written there, good or bad.
    """
    if not places:
        raise ValueError("Say where to write the good rows, the bad rows, or both.")
    for name, place in places.items():
        _refuse_form(source, name, place)
        if source.path is not None and is_same_place(place, source.path):
            raise ValueError(
                f"The {name} rows cannot go to {place}, which is the file that is read. Name "
                "another place."
            )
    if len(places) > 1 and is_same_place(*places.values()):
        raise ValueError("The good and the bad rows go to one file. Name two.")


def _refuse_form(source: FileSource, name: str, place: Path) -> None:
    kind, packing = form_of(place)
    if packing and source.kind not in TEXT_KINDS:
        raise ValueError(
            f"The {name} rows cannot go to {place}, which ends as a compressed file: "
            f"{source.kind} is compressed within. Leave its last suffix out."
        )
    assert source.path is not None
    plain = source.path.with_suffix("") if source.packing else source.path
    own = {source.kind, kind_of(plain)}
    if kind not in own:
        told = " or ".join(f".{suffix}" for suffix in sorted(own))
        raise ValueError(
            f"The {name} rows cannot go to {place}, which does not end with {told}: rows are "
            f"written in the format in which {source.name} has them."
        )


def is_same_place(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, also where it is not there yet."""
    try:
        return one.samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)
