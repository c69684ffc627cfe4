"""What is reported, and acts spread over days, in every kind of frame."""

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pandas
import polars
import pyarrow
import pytest

from qantar.dataset.views import RULES, reported, spread_over_days
from qantar.schema.derivation import is_reported
from qantar.schema.vocabulary import Certainty, Factuality, Polarity

FORMS: dict[str, Callable[[list[dict[str, Any]]], Any]] = {
    "polars": lambda rows: polars.DataFrame(rows, infer_schema_length=None),
    "pandas": pandas.DataFrame,
    "arrow": pyarrow.Table.from_pylist,
}
STATES = [
    {"event_id": f"TST-{n:06}", "factuality": f, "polarity": p, "certainty": c}
    for n, (f, p, c) in enumerate(
        product((None, *Factuality), (None, *Polarity), (None, *Certainty)), start=1
    )
]


def days(earliest: date | None, latest: date | None, name: str = "TST-000001") -> dict[str, Any]:
    return {"event_id": name, "date_earliest": earliest, "date_latest": latest}


DATED = [
    days(date(2022, 1, 5), date(2022, 1, 8)),
    days(date(2022, 1, 5), date(2022, 1, 5)),
    days(date(2022, 1, 6), None),
    days(None, date(2022, 1, 7)),
    days(None, None),
]


def rows_of(frame: Any) -> list[dict[str, Any]]:
    if isinstance(frame, pandas.DataFrame):
        return frame.astype(object).where(frame.notna(), None).to_dict("records")
    return frame.to_pylist() if isinstance(frame, pyarrow.Table) else frame.to_dicts()


@pytest.mark.parametrize("form", FORMS)
def test_reported_is_what_the_schema_says_of_every_state(form: str) -> None:
    given = FORMS[form](STATES)
    found = reported(given)
    assert type(found) is type(given)
    wanted = [
        row["event_id"]
        for row in STATES
        if is_reported({name: value for name, value in row.items() if value is not None})
    ]
    assert [row["event_id"] for row in rows_of(found)] == wanted


@pytest.mark.parametrize("form", FORMS)
def test_columns_that_are_not_there_are_not_asked(form: str) -> None:
    bare = FORMS[form]([{"event_id": "GED-000001"}, {"event_id": "GED-000002"}])
    assert len(rows_of(reported(bare))) == 2
    told = FORMS[form]([{"occurred": True}, {"occurred": None}, {"occurred": False}])
    assert [row["occurred"] for row in rows_of(reported(told))] == [True, None]


def test_a_lazy_frame_stays_lazy() -> None:
    found = reported(FORMS["polars"](STATES).lazy())
    assert isinstance(found, polars.LazyFrame)
    assert found.collect().equals(reported(FORMS["polars"](STATES)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rule", RULES)
def test_no_event_is_lost_and_open_bounds_are_told(form: str, rule: Any) -> None:
    given = FORMS[form](DATED)
    found = spread_over_days(given, rule)
    assert type(found) is type(given)
    rows = rows_of(found)
    opened = [row["open_bound"] for row in rows[-3:]]
    assert opened == ["end", "start", "both"]
    if rule != "every_day":
        assert sum(row["day_weight"] for row in rows) == len(DATED)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("rule", "numbers", "weights"),
    [
        ("uniform", [5, 6, 7, 8, 5, None, None, None], [0.25] * 4 + [1] * 4),
        ("earliest", [5, 5, 6, None, None], [1] * 5),
        ("every_day", [5, 6, 7, 8, 5, None, None, None], [1] * 8),
    ],
)
def test_each_rule_gives_its_days_and_weights(
    form: str, rule: Any, numbers: list[int | None], weights: list[float]
) -> None:
    rows = rows_of(spread_over_days(FORMS[form](DATED), rule))
    assert [row["day"] and row["day"].day for row in rows] == numbers
    assert [row["day_weight"] for row in rows] == weights


def test_days_are_of_the_kind_that_the_bounds_are() -> None:
    frame = pandas.DataFrame(DATED)
    times = frame.assign(
        **{name: pandas.to_datetime(frame[name]) for name in ("date_earliest", "date_latest")}
    )
    assert spread_over_days(times)["day"].dtype == times["date_earliest"].dtype
    words = frame.assign(date_earliest="2022-01-05", date_latest="2022-01-06")
    assert spread_over_days(words)["day"].iloc[1] == "2022-01-06"
    assert spread_over_days(FORMS["polars"](DATED))["day"].dtype == polars.Date


def test_days_at_the_ends_of_the_calendar() -> None:
    ends = [days(date(1, 1, 1), date(1, 1, 2)), days(date(9999, 12, 31), date(9999, 12, 31))]
    found = spread_over_days(FORMS["polars"](ends))["day"].to_list()
    assert found == [date(1, 1, 1), date(1, 1, 2), date(9999, 12, 31)]


def test_no_events_are_no_days() -> None:
    empty = FORMS["polars"](DATED).head(0)
    assert spread_over_days(empty).height == 0


def test_what_cannot_be_spread_is_refused() -> None:
    frame = FORMS["polars"](DATED)
    with pytest.raises(ValueError, match="take one of uniform, earliest, every_day"):
        spread_over_days(frame, "latest")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="date_latest, which is not there"):
        spread_over_days(frame.drop("date_latest"))
    with pytest.raises(ValueError, match="day already"):
        spread_over_days(frame.with_columns(day=1))
    with pytest.raises(ValueError, match="Row 1 ends on 2022-01-04 before it begins on 2022-01-05"):
        spread_over_days(FORMS["polars"]([days(date(2022, 1, 5), date(2022, 1, 4))]))
