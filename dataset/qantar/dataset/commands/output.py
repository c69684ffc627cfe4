"""What a command is to write, refused before anything is read where it cannot or must not be."""

import os
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from qantar.dataset.commands.option import fail
from qantar.schema.replacement import is_stream
from qantar.validation.packages.descriptor import DESCRIPTOR
from qantar.validation.packages.package import is_package
from qantar.validation.places.file_source import STANDARD_INPUT
from qantar.validation.places.path_pattern import is_pattern, matching
from qantar.validation.places.remote_path import is_remote

_LOCAL_SCHEMES = ("file://", "local://")
_EVERY_FOLDER = "**"
_ELSEWHERE = "name another folder with --out."
# The folders that a coding project is made of.
PROJECT_PARTS = ("articles", "codings", "documents", "registry", "texts")


def refuse_output(
    output: Path, option: str, read: Iterable[Path | str], *, is_folder: bool = False
) -> None:
    """End the command, with status 2, where its output is no place to write to.

    Such is a folder that is missing or closed, and whatever is read: a file, by any path or
    link, and what lies in a folder or matches a pattern. option: the name of the option that
    gave the output. read: as the user names it; ``-`` is standard input. is_folder: whether the
    output is a folder, which may be there.
    """
    for name in read:
        clash = _clash(output, str(name))
        if clash:
            fail(f"{option} {output} {clash}; nothing was read or written. Name another place.")
    hindrance = "" if is_folder and output.is_dir() else _hindrance(output)
    if hindrance:
        fail(f"{option} {output} could not be written: {hindrance}.")


def refuse_release(place: Path, project: Path, articles: Path | None) -> None:
    """End the command, with status 2, where a release would replace or enter what it is made of.

    place: the folder of the release. Releases may lie in the project's own folder, and beside
    the articles' texts.
    """
    parts = [project / part for part in PROJECT_PARTS if (project / part).is_dir()]
    for source in parts:
        if lies_in(place, source):
            fail(f"The release would lie in {source}, which is read; {_ELSEWHERE}")
    for source in (project, *parts, *([] if articles is None else [articles])):
        if lies_in(source, place):
            fail(f"The release would replace {place}, and {source} is read; {_ELSEWHERE}")


def lies_in(output: Path, folder: Path) -> bool:
    """Whether a file, there or not, lies below a folder, or is one that lies there."""
    places = (Path(os.path.abspath(output)), Path(os.path.realpath(output)))  # noqa: PTH100
    above = {parent for place in places for parent in (place, *place.parents)}
    return any(_same(parent, folder) for parent in above) or _is_linked_in(output, folder)


def _clash(output: Path, name: str) -> str:
    """How the output is read itself, as the end of a sentence; empty where it is not."""
    if name == STANDARD_INPUT:
        return "is what standard input is read from" if _is_standard_input(output) else ""
    if is_remote(name):
        inner = (part.removeprefix(s) for part in name.split("::") for s in _LOCAL_SCHEMES)
        return next(filter(None, (_clash(output, part) for part in inner if part[:1] == "/")), "")
    if is_pattern(name):
        if _fits(output, name):
            return f"matches {name}, which is read"
        places = (_clash_with_place(output, found) for found in matching(name))
        return next(filter(None, places), "")
    return _clash_with_place(output, Path(name))


def _clash_with_place(output: Path, place: Path) -> str:
    if place.name == DESCRIPTOR and not place.is_dir():
        place = place.parent
    if not place.is_dir():
        if _same(output, place):
            return f"is the same file as {place}, which is read"
        whole = (folder for folder in (place.parent.parent, place.parent) if is_package(folder))
        held = next((folder for folder in whole if lies_in(output, folder)), None)
        return f"lies in the package {held}, of which {place.name} is read" if held else ""
    return f"lies in {place}, which is read" if lies_in(output, place) else ""


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _is_standard_input(output: Path) -> bool:
    try:
        return os.path.samestat(output.stat(), os.fstat(0))
    except OSError:
        return False


def _is_linked_in(output: Path, folder: Path) -> bool:
    """Whether a file that has several names has one below a folder."""
    try:
        status = output.stat()
    except OSError:
        return False
    if status.st_nlink < 2 or not stat.S_ISREG(status.st_mode):
        return False
    return any(_same(output, path) for path in _files_below(folder))


def _files_below(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names)


def _fits(output: Path, pattern: str) -> bool:
    """Whether a pattern stands for a file, also for one that is not there yet."""
    wanted = Path(os.path.abspath(pattern)).parts  # noqa: PTH100
    places = (os.path.abspath(output), os.path.realpath(output))  # noqa: PTH100
    return any(_match(Path(place).parts, wanted) for place in places)


def _match(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return not parts
    if wanted[0] == _EVERY_FOLDER:
        return any(_match(parts[start:], wanted[1:]) for start in range(len(parts) + 1))
    if not parts or (parts[0].startswith(".") and not wanted[0].startswith(".")):
        return False
    return fnmatch(parts[0], wanted[0]) and _match(parts[1:], wanted[1:])


def _hindrance(output: Path) -> str:
    """What would keep the output from being written, as far as that can be told before."""
    if is_stream(output):
        return ""
    folder = Path(os.path.realpath(output)).parent
    if not folder.is_dir():
        return f"there is no folder {folder}; make it first"
    if output.is_dir():
        return "it is a folder; name a file"
    if not os.access(output if output.exists() else folder, os.W_OK):
        return "you may not write there; name another place"
    return ""
