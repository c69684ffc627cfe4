"""The names of a file's columns: told by the header, or by what stands in the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from qantar.dataset.repair.text import Record, RepairError
from qantar.schema.rule import Profile
from qantar.schema.systems import LAYOUTS, Layout, bare, layout_of_cells, layout_of_names
from qantar.schema.table import Table
from qantar.schema.tables import TABLES

_LEAST_KNOWN = 0.6
_LEAST_IN_PLACE = 0.9
# Layouts whose header is spoilt, and those that they are meant to be.
_MEANT = {"gdelt2-spoilt": "gdelt2"}
# The headers of these files are in capitals.
_CAPITALS = ("acled-v6",)


@dataclass(frozen=True)
class Header:
    """names: of the columns; is_given: whether the first record has them."""

    names: tuple[str, ...]
    is_given: bool
    layout: Layout | None = None
    table: Table | None = None


def header_of(first: Sequence[Record]) -> Header | None:
    """What the first records of a file say of its columns; None where nothing is known of them.

    Raises RepairError for a layout that holds no events.
    """
    names = first[0].cells
    layout = layout_of_names([name.strip() for name in names])
    if layout is None and (table := _table_of(names)) is not None:
        return Header(names, True, table=table)
    layout = layout or _by_most_names(names)
    if layout is not None:
        meant = next((x for x in LAYOUTS if x.key == _MEANT.get(layout.key)), layout)
        return Header(names, True, _fit(meant))
    found = [(one, held) for one in first if (held := layout_of_cells(one.cells)) is not None]
    if not found:
        return None
    layout = _fit(found[0][1])
    width = max(len(one.cells) for one, held in found if held == layout)
    named = layout.columns[:width] or tuple(f"column_{n + 1}" for n in range(width))
    if layout.key in _CAPITALS:
        named = tuple(name.upper() for name in named)
    return Header(named, False, layout)


def mended_names(header: Header, width: int) -> tuple[str, ...]:
    """The names with those that are blank or stand one column off put right.

    That is so where all else stands in the order of the layout. width: of the rows.
    """
    names, layout = header.names, header.layout
    if layout is None or not layout.columns or not header.is_given:
        return names
    order = layout.columns
    named = layout.named([name.strip() for name in names])
    if width == len(order) < len(names) and {*order} <= {*named}:
        return order
    if len(names) != len(order) or named == order:
        return names
    in_place = [one == other for one, other in zip(named, order, strict=True)]
    wrong = [n for n, is_right in enumerate(in_place) if not is_right]
    if sum(in_place) < _LEAST_IN_PLACE * len(order) or not all(
        not named[n] or _is_one_off(named, order, n) for n in wrong
    ):
        return names
    return tuple(order[n] if n in wrong else name for n, name in enumerate(names))


def _is_one_off(named: Sequence[str], order: Sequence[str], place: int) -> bool:
    """Whether a name belongs to the column beside it, which has none."""
    near = [n for n in (place - 1, place + 1) if 0 <= n < len(order)]
    return any(order[n] == named[place] and not named[n] for n in near)


def _by_most_names(names: Sequence[str]) -> Layout | None:
    """The layout that has most of the names, where those that tell it are damaged."""
    given = {bare(name) for name in names} - {""}
    for layout in LAYOUTS:
        known = given & {bare(name) for name in layout.columns}
        if not layout.nested and len(known) >= _LEAST_KNOWN * max(len(given), len(layout.columns)):
            return layout if known else None
    return None


def _table_of(names: Sequence[str]) -> Table | None:
    """The table of ours that has most of the names."""
    given = {name.strip() for name in names} - {""}
    tables = [table.of(Profile.exchange) for table in TABLES.values()]
    shares = [(len(given & {*table.by_name}), -n) for n, table in enumerate(tables)]
    known, place = max(shares)
    table = tables[-place]
    more = sum(table.is_open_to(name, Profile.exchange) for name in given)
    return table if given and known >= 2 and known + more >= _LEAST_KNOWN * len(given) else None


def _fit(layout: Layout) -> Layout:
    if layout.holds == "none":
        raise RepairError(f"It looks like {layout.article} {layout.name}. {layout.refusal}")
    return layout


def unnamed(names: Sequence[str]) -> list[str]:
    """The columns as a report names them: by number where a name is blank or comes twice."""
    bares = [bare(name) for name in names]
    return [
        name if name.strip() and bares.count(bares[n]) == 1 else f"#{n + 1}"
        for n, name in enumerate(names)
    ]
