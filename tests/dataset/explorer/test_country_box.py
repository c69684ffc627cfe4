"""The codebook's boxes of countries are those of the outlines and of the parts they leave out."""

import csv

from qantar.dataset.explorer.country_box import MARGIN, OUTLYING, boxes_text, make_boxes
from qantar.dataset.explorer.map import outlines
from qantar.schema.codebook import countries
from qantar.schema.codebook_file import CODEBOOK
from qantar.schema.country_box import BOXES_FILE, is_inside

COMMAND = "python -m qantar.dataset.explorer.country_box"


def test_the_boxes_of_the_codebook_are_those_of_the_outlines() -> None:
    stored = (CODEBOOK / BOXES_FILE).read_text(encoding="utf-8")
    assert stored == boxes_text(), f"run {COMMAND}"


def test_every_point_of_an_outline_lies_well_inside() -> None:
    for code, rings in outlines().items():
        if code not in countries():
            continue
        for x, y in (point for ring in rings for point in ring):
            longitude = (x + 180) % 360 - 180
            for by in (-MARGIN, MARGIN):
                assert is_inside(code, max(-90, min(90, y + by)), longitude), code


def test_outlying_parts_lie_inside() -> None:
    with OUTLYING.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for side in ("west", "east"):
                point = float(row["south"]), float(row[side])
                assert is_inside(row["country_code"], *point), row


def test_of_each_country_the_largest_box_comes_first() -> None:
    sizes: dict[str, list[int]] = {}
    for box in make_boxes():
        size = (box.unwrapped_east - box.west) * (box.north - box.south)
        sizes.setdefault(box.country_code, []).append(size)
    assert any(len(found) > 1 for found in sizes.values())
    assert all(found == sorted(found, reverse=True) for found in sizes.values())
