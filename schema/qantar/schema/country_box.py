"""Boxes in which countries lie, to find coordinates that are swapped or of another sign.

The boxes are coarse on purpose: whole degrees, from half a degree to a degree and a half wider
than the land. `python -m qantar.dataset.explorer.country_box` makes them from the map's outlines.
They state no position on borders: where several countries claim a place, it lies in the box of
each.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook import CountryKey, read_rows

BOXES_FILE = "country_boxes.csv"
# How many degrees beyond the box acts are told of a country: at sea, or over the border.
NEAR = 4
# A whole turn, in degrees.
TURN = 360

Change: TypeAlias = Literal["swapped", "latitude sign", "longitude sign", "both signs"]
Point: TypeAlias = tuple[float, float]


class CountryBox(Record):
    """A box around a country, or around one of its parts that lie far apart, in whole degrees.

    A box that crosses 180° has its west above its east, as in GeoJSON (RFC 7946).
    """

    country_code: CountryKey
    west: Annotated[int, Field(ge=-180, le=180)]
    south: Annotated[int, Field(ge=-90, le=90)]
    east: Annotated[int, Field(ge=-180, le=180)]
    north: Annotated[int, Field(ge=-90, le=90)]

    @property
    def unwrapped_east(self) -> int:
        """The east, which lies beyond 180 where the box crosses it."""
        return self.east if self.west <= self.east else self.east + TURN

    def holds(self, latitude: float, longitude: float, beyond: int = 0) -> bool:
        """Whether a point lies in the box, or at most so many degrees beyond its sides."""
        if not self.south - beyond <= latitude <= self.north + beyond:
            return False
        west, east = self.west - beyond, self.unwrapped_east + beyond
        return any(west <= longitude + turn <= east for turn in (0, TURN, -TURN))


@cache
def country_boxes() -> dict[str, tuple[CountryBox, ...]]:
    """The boxes of each country that has any, by its code; the largest first."""
    found: dict[str, list[CountryBox]] = defaultdict(list)
    for row in read_rows(BOXES_FILE, CountryBox):
        found[row["country_code"]].append(CountryBox(**row))
    return {code: tuple(boxes) for code, boxes in found.items()}


def is_inside(country_code: str, latitude: float, longitude: float, beyond: int = 0) -> bool | None:
    """Whether a point lies in a box of the country; None where the country has none.

    >>> is_inside("VNM", 21.03, 105.85), is_inside("VNM", 48.86, 2.35), is_inside("MCO", 0, 0)
    (True, False, None)
    """
    boxes = country_boxes().get(country_code)
    if boxes is None:
        return None
    return any(box.holds(latitude, longitude, beyond) for box in boxes)


def is_outside(country_code: str, latitude: float, longitude: float) -> bool:
    """Whether a point is doubtful: it is far from the country, or may have been meant otherwise.

    Far is more than `NEAR` degrees beyond every box. Nearer points are doubtful only where the
    country has the point that comes of swapping the coordinates or of changing a sign.

    >>> is_outside("SYR", 36.3, 33.5), is_outside("SYR", 33.5, 34.2)
    (True, False)
    """
    if is_inside(country_code, latitude, longitude) is not False:
        return False
    if likelier_point(country_code, latitude, longitude) is not None:
        return True
    return is_inside(country_code, latitude, longitude, NEAR) is False


def likelier_point(
    country_code: str, latitude: float, longitude: float
) -> tuple[Change, Point] | None:
    """Which change of a point's coordinates brings it into the country, and the point then.

    >>> likelier_point("SYR", 36.3, 33.5)
    ('swapped', (33.5, 36.3))
    """
    for change, point in changed_points(latitude, longitude):
        if is_inside(country_code, *point):
            return change, point
    return None


def changed_points(latitude: Any, longitude: Any) -> Iterator[tuple[Change, tuple[Any, Any]]]:
    """What slips of hand or program make of a point, or of arrays of points; likeliest first."""
    yield "swapped", (longitude, latitude)
    yield "longitude sign", (latitude, -longitude)
    yield "latitude sign", (-latitude, longitude)
    yield "both signs", (-latitude, -longitude)
