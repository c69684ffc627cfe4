"""The map: the part of the world where events are, countries as paths, places as points."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from qantar.dataset.explorer.projection import EqualArea, EqualEarth, Point, Projection
from qantar.schema.shape import Row

OUTLINES = Path(__file__).parent / "atlas" / "countries.json"
WIDTH, HEIGHT = 1600, 900
_UNITS = 20
_WIDEST_REGION = 110.0
_NARROWEST = (64.0, 28.0)
_STEP = 3.0
_FINEST = 1
_GRID = 20
Ring = list[Point]
# Outlines that the source gives without a code, and the code of the codebook.
OUTLINED_AS = {"-Kosovo": "XKX"}


@cache
def outlines() -> dict[str, list[Ring]]:
    """Rings in degrees by country, unwrapped at 180°; see the README beside the file."""
    stored = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return {code: [_decode(steps) for steps in rings] for code, rings in stored.items()}


def draw_map(events: Sequence[Row], codes: Iterable[str]) -> dict[str, Any] | None:
    """Outlines and places in a frame of WIDTH by HEIGHT; None where no event has coordinates.

    codes: countries that are to be named. ``p`` holds the places, ``e`` the place of each
    event or -1. A country as a whole is a place without a point: ``x`` and ``y`` are where
    its name stands, and missing where its outline is not in the frame.
    """
    places, by_event = _places(events)
    if not _points(places):
        return None
    box = _box(places)
    project, is_world = _choose(box)
    fit = _fit(project, box, is_world)
    named = set(codes) | {place["c"] for place in places if place["c"]}
    land, labels = [], {}
    for name, rings in outlines().items():
        code = OUTLINED_AS.get(name, name)
        pieces = _draw(rings, project, fit)
        if not pieces:
            continue
        land.append([code, "".join(map(_path, pieces))])
        label = _label_place(max(pieces, key=_size)) if code in named else None
        if label:
            labels[code] = label
    for place in places:
        at = place.pop("at")
        if at is not None:
            place["x"], place["y"] = (round(n) for n in fit(*at))
        elif place["c"] in labels:
            place["x"], place["y"] = labels[place["c"]]
    return {"w": WIDTH, "h": HEIGHT, "land": land, "labels": labels, "p": places, "e": by_event}


def _places(events: Sequence[Row]) -> tuple[list[dict[str, Any]], list[int]]:
    found: dict[tuple[Any, ...], int] = {}
    by_event = []
    for event in events:
        name, precision, country = (
            event.get(f"place_{key}") for key in ("name", "precision", "country_code")
        )
        key: tuple[Any, ...] = (_point(event), name, precision, country)
        if precision == "country" and country:
            # Whatever point a source gives a country, its middle is not where the act was.
            key = (None, None, precision, country)
        elif key[0] is None:
            by_event.append(-1)
            continue
        by_event.append(found.setdefault(key, len(found)))
    places = [
        {"at": point, "n": name, "k": precision, "c": country}
        for point, name, precision, country in found
    ]
    return places, by_event


def _point(event: Row) -> Point | None:
    longitude, latitude = event.get("longitude"), event.get("latitude")
    return None if longitude is None or latitude is None else (longitude, latitude)


def _points(places: Sequence[dict[str, Any]]) -> list[Point]:
    """What has to be in the frame: points, and the mainland where only a country is known."""
    points = [place["at"] for place in places if place["at"] is not None]
    for place in places:
        rings = _outline_of(place["c"]) if place["at"] is None else None
        if rings:
            mainland: Ring = max(rings, key=len)
            points.extend(mainland)
    return points


def _outline_of(country: str) -> list[Ring] | None:
    names = {code: name for name, code in OUTLINED_AS.items()}
    return outlines().get(names.get(country, country))


def _box(places: Sequence[dict[str, Any]]) -> tuple[float, float, float, float]:
    """West, south, east, north of places, and of countries where no nearer place is known."""
    points = _points(places)
    across, along = [x for x, _ in points], [y for _, y in points]
    return min(across), min(along), max(across), max(along)


def _choose(box: tuple[float, float, float, float]) -> tuple[Projection, bool]:
    west, south, east, north = box
    if east - west > _WIDEST_REGION or max(abs(south), abs(north)) > 80:
        return EqualEarth(), True
    return EqualArea((west + east) / 2, (south + north) / 2), False


def _fit(
    project: Projection, box: tuple[float, float, float, float], is_world: bool
) -> Callable[[float, float], Point]:
    west, south, east, north = box
    if is_world:
        west, south, east, north = project.middle - 180, -56.0, project.middle + 180, 80.0
    else:
        wide = max((east - west) * 1.35, _NARROWEST[0]) / 2
        high = max((north - south) * 1.5, _NARROWEST[1]) / 2
        middle, level = (west + east) / 2, (south + north) / 2
        west, east = middle - wide, middle + wide
        south, north = max(level - high, -70), min(level + high, 82)
    level = 0.0 if is_world else (south + north) / 2
    left, right = project(west, level)[0], project(east, level)[0]
    top, bottom = project(project.middle, north)[1], project(project.middle, south)[1]
    scale = min(WIDTH / (right - left), HEIGHT / (bottom - top))

    def fit(longitude: float, latitude: float) -> Point:
        x, y = project(longitude, latitude)
        return (
            WIDTH / 2 + (x - (left + right) / 2) * scale,
            HEIGHT / 2 + (y - (top + bottom) / 2) * scale,
        )

    return fit


def _draw(
    rings: Iterable[Ring], project: Projection, fit: Callable[[float, float], Point]
) -> list[Ring]:
    """What of a country is in the frame."""
    west, east = project.middle - project.reach, project.middle + project.reach
    pieces: list[Ring] = []
    for ring in rings:
        for turn in (-360, 0, 360):
            near = _clip([(x + turn, y) for x, y in ring], west, -88, east, 88)
            flat = [fit(x, y) for x, y in _densify(near)]
            pieces.append(_thin(_clip(flat, -20, -20, WIDTH + 20, HEIGHT + 20)))
    return [piece for piece in pieces if len(piece) > 2]


def _clip(ring: Ring, west: float, south: float, east: float, north: float) -> Ring:
    """The part of a ring inside a box (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept: Ring = []
        for index, point in enumerate(ring):
            before = ring[index - 1]
            is_in = sign * (point[axis] - limit) >= 0
            if is_in != (sign * (before[axis] - limit) >= 0):
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (
                        before[0] + share * (point[0] - before[0]),
                        before[1] + share * (point[1] - before[1]),
                    )
                )
            if is_in:
                kept.append(point)
        ring = kept
    return ring


def _densify(ring: Ring) -> Iterator[Point]:
    """The ring with points between distant ones, since straight lines bend on the map."""
    for index, (x, y) in enumerate(ring):
        before_x, before_y = ring[index - 1]
        pieces = int(max(abs(x - before_x), abs(y - before_y)) / _STEP) + 1
        for piece in range(1, pieces + 1):
            share = piece / pieces
            yield before_x + share * (x - before_x), before_y + share * (y - before_y)


def _thin(ring: Ring) -> Ring:
    """Whole numbers, without points that lie nearly where the last one did."""
    kept: Ring = []
    for x, y in ((round(x), round(y)) for x, y in ring):
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > _FINEST:
            kept.append((x, y))
    return kept


def _path(ring: Ring) -> str:
    steps = [
        f"{int(x - before_x)} {int(y - before_y)}"
        for (before_x, before_y), (x, y) in pairwise(ring)
    ]
    return f"M{int(ring[0][0])} {int(ring[0][1])}l{' '.join(steps)}z"


def _size(ring: Ring) -> float:
    turns = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in turns)) / 2


def _label_place(ring: Ring) -> list[int] | None:
    """The point of a grid that is inside and farthest from the border and from the frame."""
    best, place = 0.0, None
    for x in range(_GRID, WIDTH, _GRID):
        for y in range(_GRID, HEIGHT, _GRID):
            frame = min(x, WIDTH - x, 2 * y, 2 * (HEIGHT - y)) ** 2
            if frame > best and _is_inside(x, y, ring):
                # Names are wide and low.
                near = min((x - px) ** 2 / 4 + (y - py) ** 2 for px, py in ring)
                if min(near, frame) > best:
                    best, place = min(near, frame), [x, y]
    return place


def _is_inside(x: float, y: float, ring: Ring) -> bool:
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _decode(steps: Sequence[int]) -> Ring:
    ring: Ring = []
    x = y = 0
    for across, along in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + along
        ring.append((x / _UNITS, y / _UNITS))
    return ring
