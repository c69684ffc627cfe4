"""The layouts of other event data, told by the names or the cells of a file's first line.

Source of the layouts: the code books of GDELT 1.0, 2.0 and GKG 2.1, ICEWS, UCDP GED, ACLED,
POLECAT, Phoenix and PLOVER, and the headers and records that these projects publish.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

Holds = Literal["events", "mentions", "none"]
_UNLIKE_DATA = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class Layout:
    """A layout of another system's files.

    key: names the layout; system: as `source_system` has it. marks: names, as `bare` makes them,
    that a header of it has at least. counts: how many columns files without a header have;
    cells: patterns of some of these, by index from 0. columns: the names of all columns in the
    order of files without a header; aliases: by the bare name that some files have, the name in
    `columns`. holds: what its rows are; refusal: why rows that are no events are not converted.
    quoted: whether cells may be in quotes. loose_quotes: separators beside which a quote is a
    letter, unless a pair of them encloses a cell. blanks: words that stand for a blank cell.
    nested: whether it is JSON; its names are then the paths in a record.
    """

    key: str
    name: str
    system: str
    marks: frozenset[str]
    counts: tuple[int, ...] = ()
    cells: Mapping[int, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    holds: Holds = "events"
    refusal: str = ""
    quoted: bool = True
    loose_quotes: str = ""
    blanks: tuple[str, ...] = ()
    nested: bool = False

    @property
    def article(self) -> str:
        """An abbreviation of which the first letter is spoken as a vowel takes "an" too."""
        return "an" if self.name[0] in "AEIO" else "a"

    def named(self, header: Sequence[str]) -> tuple[str, ...]:
        """The names of a header as the layout writes them; others stay as they are."""
        return tuple(self._by_bare.get(bare(name), name) for name in header)

    @cached_property
    def _by_bare(self) -> dict[str, str]:
        return {bare(name): name for name in self.columns} | dict(self.aliases)


def bare(name: str) -> str:
    """A name in small letters and digits only, by which names are the same to people."""
    return _UNLIKE_DATA.sub("", name.removeprefix("ï»¿").casefold())


def layout_of_names(names: Collection[str], *, nested: bool = False) -> Layout | None:
    """The layout whose header has these names, and so many where several have them.

    nested: whether they are paths in records of JSON.
    """
    held = {bare(name) for name in names}
    found = [layout for layout in LAYOUTS if layout.nested == nested and layout.marks <= held]
    return next(
        (layout for layout in found if len(names) in layout.counts), next(iter(found), None)
    )


def layout_of_cells(cells: Sequence[str]) -> Layout | None:
    """The layout of which these cells are a row, where a file has no header."""
    return next((layout for layout in LAYOUTS if _is_row(layout, cells)), None)


def _is_row(layout: Layout, cells: Sequence[str]) -> bool:
    is_told = len(cells) in layout.counts and bool(layout.cells)
    return is_told and all(
        re.fullmatch(pattern, cells[index].strip()) for index, pattern in layout.cells.items()
    )


def _read() -> tuple[Layout, ...]:
    read = json.loads((Path(__file__).parent / "layouts.json").read_text("utf-8"))
    return tuple(
        Layout(
            **{
                **given,
                "marks": frozenset(given["marks"]),
                "counts": tuple(given.get("counts", ())),
                "columns": tuple(given.get("columns", ())),
                "blanks": tuple(given.get("blanks", ())),
                "cells": {int(n): pattern for n, pattern in given.get("cells", {}).items()},
            }
        )
        for given in read
    )


LAYOUTS = _read()
