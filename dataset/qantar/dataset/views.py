"""Views of events: what is reported, and acts spread over the days on which they can have been.

They take and give the kind of frame that they are given: polars, pandas or Arrow. Nothing is
derived anew that a release has; see `load` for its tables.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import narwhals as nw
import numpy as np

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame, IntoFrame

Rule = Literal["uniform", "earliest", "every_day"]
RULES: tuple[Rule, ...] = ("uniform", "earliest", "every_day")
_HAPPENED = {"factuality": ("asserted", "presupposed"), "polarity": ("affirmative",)}
_BOUNDS = ("date_earliest", "date_latest")
_MADE = ("day", "day_weight", "open_bound")
_NO_DAY = np.datetime64("NaT", "D")

Events = TypeVar("Events", bound="IntoFrame")
HeldEvents = TypeVar("HeldEvents", bound="IntoDataFrame")


def reported(events: Events) -> Events:
    """The rows that tell of an act as a fact, or do not say that it is none.

    Coded rows say how sure an act is: kept are those that occurred, which are asserted or
    presupposed, affirmative, and neither probable nor possible. Rows converted from other
    systems say nothing of it, so that `occurred` is absent there; they are kept as reports,
    unless they say how certain the act is.

    events: rows of the table `events`, in any frame that narwhals reads, lazy ones too. Columns
    that are not there are not asked. What comes back is a frame of the same kind.

    >>> import polars
    >>> events = polars.DataFrame({
    ...     "event_id": ["TST-000001", "TST-000002", "GED-000001"],
    ...     "factuality": ["asserted", "predicted", None],
    ...     "polarity": ["affirmative", "affirmative", None],
    ... })
    >>> reported(events)["event_id"].to_list()
    ['TST-000001', 'GED-000001']
    """
    given: Any = events
    frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(given)
    names = set(frame.collect_schema().names())
    asked = [nw.col("certainty").is_null()] if "certainty" in names else []
    if names & _HAPPENED.keys():
        asked.append(_silent(names) | _happened(names))
    elif "occurred" in names:
        asked.append(nw.col("occurred").fill_null(True).cast(nw.Boolean))
    kept: Events = nw.to_native(frame.filter(*asked) if asked else frame)
    return kept


def _silent(names: set[str]) -> "nw.Expr":
    """Whether a row says nothing of whether the act took place."""
    columns = [nw.col(name).is_null() for name in _HAPPENED if name in names]
    return nw.all_horizontal(*columns, ignore_nulls=False)


def _happened(names: set[str]) -> "nw.Expr":
    columns = [
        nw.col(name).is_in(values).fill_null(False)
        for name, values in _HAPPENED.items()
        if name in names
    ]
    return nw.all_horizontal(*columns, ignore_nulls=False)


def spread_over_days(events: HeldEvents, rule: Rule = "uniform") -> HeldEvents:
    """The events with a row for each day that a rule gives them, and what it weighs.

    rule: ``"uniform"`` gives each day from `date_earliest` to `date_latest` an equal weight, one
    in all: of an act within these days it is the chance of each day, of an act that lasts its
    share. ``"earliest"`` gives the first day the whole weight. ``"every_day"`` gives each day the
    weight one, for acts that last: it counts days and not events.

    Three columns are added. `day` is of the kind of `date_earliest`. `day_weight` is a number.
    `open_bound` is ``"start"``, ``"end"`` or ``"both"`` where the date is open before, behind or
    on both sides, else empty. Where a rule needs a bound that is open, the event keeps one row
    without a day and the weight one, so that no event is lost: weights of ``"uniform"`` and
    ``"earliest"`` add up to the number of events.

    events: rows with `date_earliest` and `date_latest`, held in memory: polars, pandas or Arrow.
    Raises ValueError for a rule there is not, where a column lacks or is there already, and
    where a last day is before the first.

    >>> import polars
    >>> events = polars.DataFrame({
    ...     "event_id": ["TST-000001", "TST-000002"],
    ...     "date_earliest": ["2022-01-05", "2022-01-07"],
    ...     "date_latest": ["2022-01-06", None],
    ... })
    >>> spread = spread_over_days(events)
    >>> spread["day"].to_list(), spread["day_weight"].to_list(), spread["open_bound"].to_list()
    (['2022-01-05', '2022-01-06', None], [0.5, 0.5, 1.0], [None, None, 'end'])
    >>> spread_over_days(events, "earliest")["day"].to_list()
    ['2022-01-05', '2022-01-07']
    """
    if rule not in RULES:
        raise ValueError(f"There is no rule {rule!r}; take one of {', '.join(RULES)}.")
    frame = nw.from_native(events, eager_only=True)
    _refuse_columns(frame.columns)
    first, last = (_days(frame[name]) for name in _BOUNDS)
    starts, ends = ~np.isnat(first), ~np.isnat(last)
    _refuse_turned(first, last)
    if rule == "earliest":
        counts = np.ones(len(first), dtype=np.int64)
        begin = first
    else:
        both = starts & ends
        counts = np.where(both, (last - first).astype(np.int64) + 1, 1)
        begin = np.where(both, first, _NO_DAY)
    rows = np.repeat(np.arange(len(first)), counts)
    steps = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    days = begin[rows] + steps.astype("timedelta64[D]")
    weights = 1.0 / counts[rows] if rule == "uniform" else np.ones(len(rows))
    words = np.array([["both", "start"], ["end", None]], dtype=object)
    opened = words[starts.astype(int), ends.astype(int)][rows]
    made = (
        _day_series(days, frame[_BOUNDS[0]]),
        _series("day_weight", weights.tolist(), nw.Float64, frame),
        _series("open_bound", opened.tolist(), nw.String, frame),
    )
    return nw.to_native(frame[rows.tolist(), :].with_columns(*made))


def _refuse_columns(names: list[str]) -> None:
    lacking = [name for name in _BOUNDS if name not in names]
    if lacking:
        raise ValueError(f"Events are spread by {' and '.join(lacking)}, which is not there.")
    taken = [name for name in _MADE if name in names]
    if taken:
        raise ValueError(f"The events have {', '.join(taken)} already; rename or drop it first.")


def _refuse_turned(first: Any, last: Any) -> None:
    turned = np.flatnonzero(last < first)
    if len(turned):
        row = int(turned[0])
        raise ValueError(
            f"Row {row + 1} ends on {last[row]} before it begins on {first[row]}; correct the "
            "dates first."
        )


def _days(series: "nw.Series[Any]") -> Any:
    """Days as numbers of days; those that are not there are NaT."""
    # Words for days come from CSV, times of day from pandas.
    texts = [None if value is None or value != value else str(value)[:10] for value in series]
    return np.array(texts, dtype="datetime64[D]")


def _day_series(days: Any, like: "nw.Series[Any]") -> "nw.Series[Any]":
    dtype = like.dtype
    values: list[Any] = days.tolist()
    if dtype == nw.Date:
        return _series("day", values, nw.Date, like)
    if isinstance(dtype, nw.Datetime):
        times = days.astype("datetime64[us]").tolist()
        return _series("day", times, nw.Datetime, like).cast(dtype)
    if dtype == nw.Object and not any(isinstance(value, str) for value in like):
        return _series("day", values, None, like)
    return _series("day", [_written(value) for value in values], nw.String, like)


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _series(name: str, values: list[Any], dtype: Any, like: Any) -> "nw.Series[Any]":
    return nw.new_series(name, values, dtype, backend=like.implementation)
