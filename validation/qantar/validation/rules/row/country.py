"""A point lies in the country of a code or near it, by the coarse boxes of the codebook."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.schema.codebook import admitted_countries
from qantar.schema.country_box import (
    NEAR,
    TURN,
    Change,
    CountryBox,
    changed_points,
    country_boxes,
    is_outside,
    likelier_point,
)
from qantar.schema.rule import WithinCountry
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.rules.condition import Sees
from qantar.validation.rules.row.kind import CodeTable, Flag, RowKind, marks_of
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import all_sound, never_null, quote
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import SOUND, Cells, CellsByName

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
_ASKED: Mapping[Change, str] = {
    "swapped": "Are latitude and longitude swapped",
    "latitude sign": "Does the latitude have the wrong sign",
    "longitude sign": "Does the longitude have the wrong sign",
    "both signs": "Do both have the wrong sign",
}


# The columns that a query joins to the rows.
_SIDES = ("box_west", "box_south", "box_east", "box_north")


class CountryKind(RowKind[WithinCountry]):
    """Asked where all three columns have a sound value and the country has a box."""

    def faults(self, rule: WithinCountry, row: Row) -> Iterator[Fault]:
        """The fault of a row whose point is doubtful, with the likelier point if there is one."""
        if not is_present(row, rule.country, rule.latitude, rule.longitude):
            return
        code, latitude, longitude = row[rule.country], row[rule.latitude], row[rule.longitude]
        if not is_outside(code, latitude, longitude):
            return
        country = f"{admitted_countries()[code].name['en']} ({code})"
        found = f"{_point(latitude, longitude)} is not in {country}"
        likelier = likelier_point(code, latitude, longitude)
        if likelier is None:
            yield fault_of(rule, rule.latitude, row, found)
        else:
            change, point = likelier
            found = f"{_ASKED[change]}? {found}, but {_point(*point)} is"
            yield fault_of(rule, rule.latitude, row, found, _point(*point))

    def sees(self, rule: WithinCountry) -> Mapping[str, Sees]:
        return {rule.latitude: "value", rule.longitude: "value", rule.country: "value"}

    def maybe(self, rule: WithinCountry, columns: CellsByName, height: int) -> Mask:
        found: Mask = np.zeros(height, np.bool_)
        if not columns.keys() >= {rule.country, rule.latitude, rule.longitude}:
            return found
        sound = np.logical_and.reduce(
            [marks_of(columns, name, height) == SOUND for name in self.sees(rule)]
        )
        rows = np.flatnonzero(sound)
        if not len(rows):
            return found
        places = _places(columns[rule.country], rows)
        latitude, longitude = (
            columns[name].sound_values(rows).cast(pl.Float64).to_numpy()
            for name in (rule.latitude, rule.longitude)
        )
        found[rows] = _outside(places, latitude, longitude)
        return found

    def flags(self, rule: WithinCountry) -> Iterator[Flag]:
        latitude, longitude = rule.latitude, rule.longitude
        changed = (
            (longitude, latitude),
            (latitude, f"-{longitude}"),
            (f"-{latitude}", longitude),
            (f"-{latitude}", f"-{longitude}"),
        )
        likelier = " OR ".join(_inside_in_sql(rule.country, *point) for point in changed)
        books = _code_tables(rule.country)
        where = (
            f"{all_sound(rule.country, latitude, longitude, books[0].name)} "
            f"AND NOT {_inside_in_sql(rule.country, latitude, longitude)} "
            f"AND ({likelier} OR NOT {_inside_in_sql(rule.country, latitude, longitude, NEAR)})"
        )
        yield Flag(rule.id, rule.latitude, never_null(where), books)


KIND = CountryKind()


def _point(latitude: float, longitude: float) -> str:
    return f"latitude {shown(latitude)}, longitude {shown(longitude)}"


def _places(cells: Cells, rows: npt.NDArray[np.int64]) -> Places:
    """Where each row's country stands in the codebook's list of boxes; -1 where it does not."""
    codes = cells.sound_values(rows) if cells.ids is None else cells.held.screened
    known = [*country_boxes()]
    numbers = pl.Series(range(len(known)), dtype=pl.Int64)
    places = codes.replace_strict(known, numbers, default=-1, return_dtype=pl.Int64).to_numpy()
    return places if cells.ids is None else places[cells.ids[rows]]


def _outside(places: Places, latitude: Numbers, longitude: Numbers) -> Mask:
    """Where a point is doubtful, as `is_outside` says of each."""
    found: Mask = (places >= 0) & ~_inside(places, latitude, longitude)
    left = np.flatnonzero(found)
    places, latitude, longitude = places[left], latitude[left], longitude[left]
    is_doubtful: Mask = ~_inside(places, latitude, longitude, NEAR)
    for _, point in changed_points(latitude, longitude):
        is_doubtful |= _inside(places, *point)
    found[left] = is_doubtful
    return found


def _inside(places: Places, latitude: Numbers, longitude: Numbers, beyond: int = 0) -> Mask:
    """Where a point lies in a box of the country at a place in the codebook's list."""
    found: Mask = np.zeros(len(places), np.bool_)
    left = np.arange(len(places))
    # Nearly all points are in the first box without a turn, so the others are few.
    for west, south, east, north in _stacked_boxes():
        for turn in (0, TURN, -TURN):
            at, across, along = places[left], longitude[left] + turn, latitude[left]
            held: Mask = (across >= west[at] - beyond) & (across <= east[at] + beyond)
            held &= (along >= south[at] - beyond) & (along <= north[at] + beyond)
            found[left[held]] = True
            left = left[~held]
    return found


@cache
def _stacked_boxes() -> list[Numbers]:
    """First the largest box of every country, then the second of those that have one, and on.

    Each of shape (4, countries): west, south, east, north; not a number where there is none.
    """
    listed = [*country_boxes().values()]
    stacked = np.full((max(map(len, listed)), 4, len(listed)), np.nan)
    for place, boxes in enumerate(listed):
        for rank, box in enumerate(boxes):
            stacked[rank, :, place] = _sides(box)
    return [*stacked]


def _sides(box: CountryBox) -> tuple[int, int, int, int]:
    return box.west, box.south, box.unwrapped_east, box.north


def _code_tables(key: str) -> tuple[CodeTable, ...]:
    """The sides of the largest box of every country."""
    return tuple(
        CodeTable(key, name, tuple((c, _sides(b[0])[side]) for c, b in country_boxes().items()))
        for side, name in enumerate(_SIDES)
    )


def _inside_in_sql(country: str, latitude: str, longitude: str, beyond: int = 0) -> str:
    """Where a point lies in a box of the country; smaller boxes, which few have, are listed."""
    parts = [_in_box_in_sql(latitude, longitude, _SIDES, beyond)]
    for code, boxes in country_boxes().items():
        for box in boxes[1:]:
            sides = [str(side) for side in _sides(box)]
            held = _in_box_in_sql(latitude, longitude, sides, beyond)
            parts.append(f"({country} = {quote(code)} AND {held})")
    return f"({' OR '.join(parts)})"


def _in_box_in_sql(latitude: str, longitude: str, sides: Sequence[str], beyond: int) -> str:
    west, south, east, north = sides
    across = " OR ".join(
        f"{longitude} + {turn} BETWEEN {west} - {beyond} AND {east} + {beyond}"
        for turn in ("0", str(TURN), f"(-{TURN})")
    )
    return f"({latitude} BETWEEN {south} - {beyond} AND {north} + {beyond} AND ({across}))"
