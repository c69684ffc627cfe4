"""The map: the right part of the world, whole countries, places where they belong."""

import json
import re

import pytest

from qantar.dataset.explorer.map import HEIGHT, WIDTH, draw_map, outlines
from qantar.dataset.explorer.projection import EqualArea, EqualEarth
from qantar.schema.codebook import countries


def event(latitude, longitude, **place):
    return {"latitude": latitude, "longitude": longitude, **place}


def test_outlines_are_closed_countries_unwrapped_at_the_date_line():
    unknown = {code for code in outlines() if not code.startswith("-")} - set(countries())
    assert unknown == set()
    for rings in outlines().values():
        for ring in rings:
            steps = [abs(a[0] - b[0]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
            assert max(steps) < 90
    assert max(x for ring in outlines()["RUS"] for x, _ in ring) > 180


def test_without_coordinates_there_is_no_map():
    assert draw_map([{"place_name": "Somewhere"}], []) is None


@pytest.mark.parametrize(
    ("places", "seen", "unseen"),
    [
        ([(48.0, 68.0), (43.35, 77.04)], {"KAZ", "RUS", "CHN"}, {"BRA", "AUS"}),
        ([(65.0, 178.0)], {"RUS", "USA"}, {"FRA"}),
        ([(-17.8, 178.0)], {"FJI"}, {"FRA"}),
        ([(40.0, -100.0), (35.0, 139.0)], {"USA", "JPN", "BRA", "RUS", "NZL"}, set()),
    ],
)
def test_the_part_of_the_world_where_events_are(places, seen, unseen):
    drawn = draw_map([event(*place) for place in places], [])
    codes = {code for code, _ in drawn["land"]}
    assert seen <= codes
    assert not unseen & codes
    for place in drawn["p"]:
        assert 0 <= place["x"] <= WIDTH
        assert 0 <= place["y"] <= HEIGHT


def test_paths_stay_near_the_frame():
    drawn = draw_map([event(40.0, -100.0), event(35.0, 139.0)], ["RUS"])
    for _, path in drawn["land"]:
        for piece in filter(None, path.split("M")):
            start, steps = piece.rstrip("z").split("l")
            x, y = map(int, start.split())
            for dx, dy in re.findall(r"(-?\d+) (-?\d+)", steps):
                x, y = x + int(dx), y + int(dy)
                assert -21 <= x <= WIDTH + 21
                assert -21 <= y <= HEIGHT + 21
    assert "RUS" in drawn["labels"]


def test_equal_places_are_one():
    events = [event(1.0, 2.0, place_name="A"), {}, event(1.0, 2.0, place_name="A")]
    drawn = draw_map(events, [])
    assert drawn["e"] == [0, -1, 0]
    assert json.dumps(drawn)


def test_the_middle_is_the_middle():
    assert EqualArea(68.0, 48.0)(68.0, 48.0) == pytest.approx((0, 0))
    assert EqualEarth()(11.0, 0.0) == pytest.approx((0, 0))
    assert EqualEarth()(191.0, 0.0)[0] == pytest.approx(2.7066, abs=1e-3)


@pytest.mark.parametrize("point", [{}, {"latitude": 39.0, "longitude": 35.0}])
def test_a_country_as_a_whole_has_no_point_of_its_own(point):
    whole = {"place_precision": "country", "place_country_code": "TUR", **point}
    drawn = draw_map([whole, whole | {"place_name": "Türkiye"}, event(48.0, 68.0)], [])
    assert drawn["e"] == [0, 0, 1]
    country = drawn["p"][0]
    assert (country["k"], country["c"]) == ("country", "TUR")
    assert [country["x"], country["y"]] == drawn["labels"]["TUR"]
    assert "at" not in country


def test_a_country_without_an_outline_is_no_map_by_itself():
    tiny = {"place_precision": "country", "place_country_code": "LIE"}
    assert "LIE" not in outlines()
    assert draw_map([tiny], []) is None
    drawn = draw_map([tiny, event(48.0, 68.0)], [])
    assert "x" not in drawn["p"][0]


def test_a_country_without_a_code_in_the_outlines_is_drawn():
    kosovo = {"place_precision": "country", "place_country_code": "XKX"}
    assert "XKX" in {code for code, _ in draw_map([kosovo], [])["land"]}
