"""Every file that paths stand for, whatever its name: of folders, zips, packed ones, a pipe."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from qantar.validation.packages.litter import is_litter
from qantar.validation.places.file_source import (
    STANDARD_INPUT,
    FileSource,
    laid_out,
    standard_input,
)
from qantar.validation.places.path_pattern import is_pattern, matching

_ZIP = b"PK\x03\x04"
_SHEET = b"[Content_Types].xml"


@dataclass(frozen=True)
class InputFile:
    """A file to read. problem: why it cannot be, in words."""

    name: str
    source: FileSource | None = None
    problem: str = ""

    @property
    def is_read_once(self) -> bool:
        """Whether its bytes are gone once they were read, as those of a pipe are."""
        return self.source is not None and self.source.path is None and self.source.packed is None

    @contextmanager
    def opened(self) -> Iterator[tuple[Path | None, str]]:
        """The file as plain bytes on this disk, and what is wrong with it, in words.

        Of a damaged packed file the lines before the damage are kept.
        """
        with ExitStack() as stack:
            path, problem = None, self.problem
            if self.source is not None:
                try:
                    plain = stack.enter_context(laid_out(self.source))
                    path, problem = plain.path, " ".join(f.message for f in plain.faults)
                except (OSError, zipfile.BadZipFile) as error:
                    problem = f"{self.name} cannot be read: {error}."
            yield path, problem


def input_files(names: Iterable[str]) -> Iterator[InputFile]:
    """The files that the names stand for, in order; hidden files and litter are left out."""
    for name in names:
        if name == STANDARD_INPUT:
            yield InputFile(name, standard_input("csv"))
        elif is_pattern(name):
            found = matching(name)
            if not found:
                yield InputFile(name, problem=f"No file matches {name}.")
            for path in found:
                yield from _of_path(path)
        else:
            yield from _of_path(Path(name))


def _of_path(path: Path) -> Iterator[InputFile]:
    if path.is_dir():
        inner = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p, path))
        if not inner:
            yield InputFile(str(path), problem=f"There is no file in {path}.")
        for one in inner:
            yield from _of_file(one)
    elif not path.exists():
        yield InputFile(str(path), problem=f"{path} does not exist.")
    elif path.is_file():
        yield from _of_file(path)
    else:
        yield InputFile(str(path), FileSource(str(path), "csv", open_it=lambda: path.open("rb")))


def _is_hidden(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    return any(p.startswith(".") or is_litter(p, is_folder=p != parts[-1]) for p in parts)


def _of_file(path: Path) -> Iterator[InputFile]:
    try:
        with path.open("rb") as handle:
            start = handle.read(4096)
    except OSError as error:
        yield InputFile(str(path), problem=f"{path} cannot be read: {error.strerror}.")
        return
    if start.startswith(_ZIP) and _SHEET not in start:
        yield from _of_zip(path)
    else:
        yield InputFile(str(path), FileSource(str(path), "csv", path=path))


def _of_zip(path: Path) -> Iterator[InputFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, OSError) as error:
        told = f"{path} is a zip that is cut off or damaged ({error}). Fetch it anew."
        yield InputFile(str(path), problem=told)
        return
    found = False
    for member in members:
        parts = Path(member.filename).parts
        if any(p.startswith(".") or is_litter(p, is_folder=p != parts[-1]) for p in parts):
            continue
        found = True
        name = f"{path}/{member.filename}"
        yield InputFile(
            name,
            FileSource(
                name,
                "csv",
                open_it=partial(_opened_member, path, member.filename),
                packed=max(member.compress_size, 1),
            ),
        )
    if not found:
        yield InputFile(str(path), problem=f"There is no file in {path}.")


def _opened_member(path: Path, name: str) -> IO[bytes]:
    # An archive that is closed stays open for the members that are.
    with zipfile.ZipFile(path) as archive:
        return archive.open(name)
