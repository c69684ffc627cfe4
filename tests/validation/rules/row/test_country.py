"""Points against countries: whole columns are told just as single rows are, and as SQL is."""

from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import TABLES, Profile
from qantar.schema.country_box import NEAR, country_boxes, is_outside
from qantar.schema.rule import WithinCountry
from qantar.schema.rules import rules
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.rules.row.country import CountryKind
from qantar.validation.tables.cells import Cells

(RULE,) = (rule for rule in rules() if isinstance(rule, WithinCountry))
KIND = CountryKind()
EVENTS = TABLES["events"].by_name


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """A country and a point about the sides of its box, as it is or changed by a slip."""
    code = draw(st.sampled_from(["FJI", "USA", "FRA", "SYR", "VNM", "ARG", "CHL", "RUS", "MCO"]))
    boxes = country_boxes().get(code, country_boxes()["MLT"])
    box = draw(st.sampled_from(boxes))
    off = st.sampled_from([0, 0.001, -0.001, 1, -1, NEAR, -NEAR, NEAR + 0.001, -NEAR - 0.001, 30])
    latitude = draw(st.sampled_from([box.south, box.north])) + draw(off)
    longitude = draw(st.sampled_from([box.west, box.east])) + draw(off)
    if draw(st.booleans()):
        latitude, longitude = longitude, latitude
    latitude *= draw(st.sampled_from([1, -1]))
    longitude *= draw(st.sampled_from([1, -1]))
    return {
        "place_country_code": code,
        "latitude": float(max(-90, min(90, latitude))),
        "longitude": float(max(-180, min(180, longitude))),
    }


def judged(found: list[dict[str, Any]]) -> dict[str, Cells]:
    return {
        name: ColumnJudge(EVENTS[name], Profile.exchange).judge(
            pl.Series(name, [row[name] for row in found])
        )
        for name in RULE.on
    }


@given(st.lists(rows(), min_size=1, max_size=30))
@settings(max_examples=60)
def test_whole_columns_are_told_as_single_rows_are(found: list[dict[str, Any]]) -> None:
    told = KIND.maybe(RULE, judged(found), len(found))
    broken = [any(KIND.faults(RULE, row)) for row in found]
    assert told.tolist() == broken


def test_a_query_tells_the_same_points() -> None:
    dice = np.random.default_rng(1)
    codes = dice.choice([*country_boxes(), "MCO"], 5_000)
    boxes = [country_boxes().get(code, country_boxes()["MLT"])[-1] for code in codes.tolist()]
    found = pl.DataFrame(
        {
            "place_country_code": codes,
            "latitude": [box.north for box in boxes] + dice.uniform(-8, 8, 5_000).round(1),
            "longitude": [box.west for box in boxes] + dice.uniform(-8, 8, 5_000).round(1),
        }
    ).with_columns(pl.col("latitude").clip(-90, 90), pl.col("longitude").clip(-180, 180))
    (flag,) = KIND.flags(RULE)
    joins = ""
    for book in flag.joins:
        listed = ", ".join(f"('{code}', {value})" for code, value in book.values)
        joins += (
            f" LEFT JOIN (VALUES {listed}) AS {book.name}_book({book.name}_code, {book.name})"
            f" ON {book.key} = {book.name}_code"
        )
    base = duckdb.sql("SELECT *, row_number() OVER () AS n FROM found")
    told = duckdb.sql(f"SELECT {flag.where} AS told FROM base{joins} ORDER BY n").fetchall()
    assert base is not None
    expected = [is_outside(*row) for row in found.rows()]
    assert [row[0] for row in told] == expected
    assert 0 < sum(expected) < len(expected)


@pytest.mark.parametrize(
    ("row", "words", "suggestion"),
    [
        (
            ("SYR", 36.3, 33.5),
            "Are latitude and longitude swapped? latitude 36.3, longitude 33.5 is not in Syria "
            "(SYR), but latitude 33.5, longitude 36.3 is.",
            "latitude 33.5, longitude 36.3",
        ),
        (("VNM", 0.0, 0.0), "latitude 0, longitude 0 is not in Vietnam (VNM).", None),
    ],
)
def test_a_fault_asks_for_the_slip(
    row: tuple[str, float, float], words: str, suggestion: str | None
) -> None:
    names = ("place_country_code", "latitude", "longitude")
    (fault,) = KIND.faults(RULE, dict(zip(names, row, strict=True)))
    assert fault.message == f"{words} {RULE.sentence}"
    assert fault.suggestion == suggestion
    assert fault.column == "latitude"
