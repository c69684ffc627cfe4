"""Where a coder wrote something: what a sheet makes remembers its file and line."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

_LANGUAGE = tuple(f"qantar.builders.{name}" for name in ("calls", "coding", "origin", "sheet"))


@dataclass(frozen=True)
class Place:
    """A line of a file, from 1; None where the whole file is meant."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}, line {self.line}"


def place_in(path: Path, line: int | None = None) -> Place:
    """A place, with the file told from the current folder where it lies in it."""
    whole, here = path.absolute(), Path.cwd()
    return Place(str(whole.relative_to(here) if whole.is_relative_to(here) else path), line)


def place_of_call() -> Place | None:
    """Where the coding language was called: the nearest frame that is none of its own."""
    frame = sys._getframe()
    while frame.f_globals.get("__name__") in _LANGUAGE:
        if frame.f_back is None:
            return None
        frame = frame.f_back
    return place_in(Path(frame.f_code.co_filename), frame.f_lineno)


@dataclass(frozen=True)
class Written:
    """Something a coder wrote, with where."""

    written_at: Place | None = field(
        default_factory=place_of_call, kw_only=True, compare=False, repr=False
    )
