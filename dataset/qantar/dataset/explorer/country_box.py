"""The boxes of countries that checks of coordinates use, made from the map's outlines.

Run ``python -m qantar.dataset.explorer.country_box`` to write them anew.
"""

import csv
import sys
from collections.abc import Iterator
from math import ceil, floor
from pathlib import Path
from typing import NamedTuple

from qantar.dataset.explorer.map import OUTLINES, outlines
from qantar.schema.codebook import admitted_countries
from qantar.schema.codebook_file import CODEBOOK
from qantar.schema.country_box import BOXES_FILE, TURN, CountryBox

# Islands that the outlines leave out, and land that they give to others.
OUTLYING = Path(OUTLINES).parent / "outlying.csv"
# The outlines are simplified by up to 0.1° and rounded to 0.05°.
MARGIN = 0.5
# Parts of a country that lie no more degrees apart have one box.
_GAP = 15.0
_NAMES = {"-Kosovo": "XKX", "-N. Cyprus": "CYP", "-Somaliland": "SOM"}


class _Box(NamedTuple):
    """West, south, east, north in degrees; the east may lie beyond 180, the west not."""

    west: float
    south: float
    east: float
    north: float

    @property
    def size(self) -> float:
        return (self.east - self.west) * (self.north - self.south)


def make_boxes() -> Iterator[CountryBox]:
    """The boxes by country code; of each country the largest first."""
    parts: dict[str, list[_Box]] = {}
    for code, part in (*_outlined(), *_outlying()):
        if code in admitted_countries():
            parts.setdefault(code, []).append(part)
    for code, boxes in sorted(parts.items()):
        for box in sorted(_joined(boxes), key=lambda box: (-box.size, box)):
            yield _rounded(code, box)


def boxes_text() -> str:
    """The file of the codebook, with a line for each box."""
    names = list(CountryBox.model_fields)
    lines = [",".join(names)]
    lines += [",".join(str(getattr(box, name)) for name in names) for box in make_boxes()]
    return "\n".join(lines) + "\n"


def _outlined() -> Iterator[tuple[str, _Box]]:
    for name, rings in outlines().items():
        for ring in rings:
            across, along = [x for x, _ in ring], [y for _, y in ring]
            box = _Box(min(across), min(along), max(across), max(along))
            yield _NAMES.get(name, name), _turned(box)


def _outlying() -> Iterator[tuple[str, _Box]]:
    with OUTLYING.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            west, south, east, north = (
                float(row[side]) for side in ("west", "south", "east", "north")
            )
            yield row["country_code"], _Box(west, south, east + TURN * (east < west), north)


def _turned(box: _Box) -> _Box:
    """The same box with its west from -180 to 180."""
    turn = TURN * floor((box.west + 180) / TURN)
    return box._replace(west=box.west - turn, east=box.east - turn)


def _joined(boxes: list[_Box]) -> list[_Box]:
    """Boxes of parts that lie near each other become one, until no two are near."""
    held = list(boxes)
    for index, first in enumerate(held):
        for second in held[index + 1 :]:
            both = _around(first, second)
            if both is not None:
                held.remove(first)
                held.remove(second)
                return _joined([*held, both])
    return held


def _around(first: _Box, second: _Box) -> _Box | None:
    """The box around two that lie near each other, whichever way round the globe."""
    if max(second.south - first.north, first.south - second.north) > _GAP:
        return None
    for turn in (0, TURN, -TURN):
        west, east = second.west + turn, second.east + turn
        if max(west - first.east, first.west - east) <= _GAP:
            return _turned(
                _Box(
                    min(first.west, west),
                    min(first.south, second.south),
                    max(first.east, east),
                    max(first.north, second.north),
                )
            )
    return None


def _rounded(code: str, box: _Box) -> CountryBox:
    """The box in whole degrees, its sides moved outwards by the margin at least."""
    west, east = floor(box.west - MARGIN), ceil(box.east + MARGIN)
    if east - west >= TURN:
        west, east = -180, 180
    return CountryBox(
        country_code=code,
        west=west + TURN * (west < -180),
        south=max(floor(box.south - MARGIN), -90),
        east=east - TURN * (east > 180),
        north=min(ceil(box.north + MARGIN), 90),
    )


def main() -> None:
    """Write the file into the codebook."""
    path = CODEBOOK / BOXES_FILE
    path.write_text(boxes_text(), encoding="utf-8")
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
