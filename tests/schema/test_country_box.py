"""Boxes of countries: on which side of 180° a point lies, and which points are doubtful."""

import pytest

from qantar.schema.codebook import admitted_countries
from qantar.schema.country_box import (
    NEAR,
    country_boxes,
    is_inside,
    is_outside,
    likelier_point,
)


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [
        ("VNM", 21.03, 105.85),
        ("VNM", 8.65, 111.92),
        ("FJI", -18.1, 178.4),
        ("FJI", -16.8, -179.9),
        ("FJI", -16.8, 180),
        ("FJI", -16.8, -180),
        ("RUS", 54.7, 20.5),
        ("RUS", 66.0, -170.0),
        ("USA", 52.8, 173.2),
        ("USA", 25.8, -80.2),
        ("NZL", -43.9, -176.5),
        ("NZL", -36.8, 174.8),
        ("KIR", 1.4, 173.0),
        ("KIR", 1.9, -157.4),
        ("PRT", 37.7, -25.7),
        ("ESP", 28.1, -15.4),
        ("CHL", -27.1, -109.4),
        ("FRA", 4.9, -52.3),
        ("PSE", 31.5, 34.4),
        ("XKX", 42.7, 21.2),
        ("SRB", 42.7, 21.2),
        ("CYP", 35.3, 33.9),
        ("SOM", 9.6, 44.1),
    ],
)
def test_a_country_holds_its_places(country: str, latitude: float, longitude: float) -> None:
    assert is_inside(country, latitude, longitude) is True
    assert not is_outside(country, latitude, longitude)


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [("FJI", -16.8, 170.0), ("FRA", 20.0, 0.0), ("USA", 40.0, 100.0), ("CHL", -27.0, -95.0)],
)
def test_a_country_does_not_hold_what_lies_between(
    country: str, latitude: float, longitude: float
) -> None:
    assert is_inside(country, latitude, longitude) is False
    assert is_outside(country, latitude, longitude)


def test_of_a_country_without_a_box_nothing_is_known() -> None:
    assert is_inside("MCO", 43.7, 7.4) is None
    assert is_inside("???", 43.7, 7.4) is None
    assert not is_outside("MCO", 0.0, 0.0)


def test_far_away_is_doubtful_and_at_sea_is_not() -> None:
    (box,) = country_boxes()["ISL"]
    assert not is_outside("ISL", box.north + NEAR, -19.0)
    assert is_outside("ISL", box.north + NEAR + 0.1, -19.0)


def test_near_it_is_doubtful_where_a_slip_leads_into_the_country() -> None:
    assert likelier_point("SYR", 36.3, 33.5) == ("swapped", (33.5, 36.3))
    assert is_outside("SYR", 36.3, 33.5)
    assert likelier_point("SYR", 33.5, 34.2) is None
    assert not is_outside("SYR", 33.5, 34.2)


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "change", "point"),
    [
        ("USA", 40.7, 74.0, "longitude sign", (40.7, -74.0)),
        ("AUS", 33.9, 151.2, "latitude sign", (-33.9, 151.2)),
        ("ARG", 34.6, 58.4, "both signs", (-34.6, -58.4)),
        # A swap is taken for likelier than two signs.
        ("BRA", -47.9, -15.8, "swapped", (-15.8, -47.9)),
    ],
)
def test_the_likelier_point_lies_in_the_country(
    country: str, latitude: float, longitude: float, change: str, point: tuple[float, float]
) -> None:
    assert likelier_point(country, latitude, longitude) == (change, point)
    assert is_inside(country, *point)


def test_boxes_are_of_countries_that_records_may_name() -> None:
    assert country_boxes().keys() <= admitted_countries().keys()
    for boxes in country_boxes().values():
        for box in boxes:
            assert box.south < box.north
            assert box.west < box.unwrapped_east < box.west + 360
