"""Patterns of paths with ``*``, ``?``, ``[...]`` and ``**``; links are found and not followed."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from qantar.validation.packages.listing import kind_problem
from qantar.validation.packages.litter import is_litter

_WILD = frozenset("*?[")
_ANY_DEPTH = "**"


def is_pattern(path: str) -> bool:
    """Whether a path is meant as a pattern; a file of that very name comes first."""
    return bool(_WILD & {*path}) and not os.path.lexists(path)


def matching(pattern: str) -> list[Path]:
    """What a pattern stands for, without hidden files and litter of programs.

    A link to a folder that it would lead through is given in place of what lies behind it.
    """
    # Path.glob takes hidden files too; glob.glob follows links, in circles where they make one.
    parts = Path(pattern).parts
    fixed = next(n for n, part in enumerate(parts) if _WILD & {*part})
    return sorted({*_found(Path(*parts[:fixed]), parts[fixed:])})


def problem_of(path: Path) -> str | None:
    """Why what was found is no file to read, as the end of a sentence that begins with it."""
    try:
        return kind_problem(path.lstat().st_mode)
    except OSError:
        return None


def _found(folder: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    part, *rest = parts
    if part == _ANY_DEPTH:
        if rest:
            yield from _found(folder, (*rest,))
        for path in _inside(folder, "*"):
            if path.is_symlink():
                if path.is_dir() or not rest:
                    yield path
            else:
                if not rest:
                    yield path
                if path.is_dir():
                    yield from _found(path, parts)
        return
    for path in _inside(folder, part):
        if not rest or (path.is_symlink() and path.is_dir()):
            yield path
        elif path.is_dir():
            yield from _found(path, (*rest,))


def _inside(folder: Path, part: str) -> Iterator[Path]:
    """What lies in a folder and has such a name; what cannot be looked into holds nothing."""
    if not _WILD & {*part}:
        path = folder / part
        if os.path.lexists(path):
            yield path
        return
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return
    for name in names:
        is_meant = not name.startswith(".") or part.startswith(".")
        if is_meant and fnmatch(name, part) and not _is_litter(folder / name):
            yield folder / name


def _is_litter(path: Path) -> bool:
    return not path.is_symlink() and is_litter(path.name, is_folder=path.is_dir())
