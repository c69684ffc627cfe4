"""The days of NGEC's records, as far as its coder resolved them."""

from datetime import date

import polars as pl

from qantar.dataset.conversion.days import DAYS, calendar_day, compact_day, iso_day
from qantar.dataset.conversion.text import trimmed

TYPES = ("exact", "approximate", "range", "unresolved")
# How long what is stored as one of its days is in truth; of a week any day may be the first.
UNITS = {"day": "1d", "week": "1d", "month": "1mo", "quarter": "1q", "year": "1y"}
_DAYS_OF_WEEK = 6
# By the unit how EDTF has it; it has no weeks and quarters.
_WRITTEN = {"day": "%Y-%m-%d", "month": "%Y-%m-XX", "year": "%Y-XX-XX"}
# The words in place of those of a date where there were none, or none that were understood.
_NO_DATE = "(?i)using pub|^<.*>$"
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)
_ISO = "%Y-%m-%d"


def ngec_days(frame: pl.DataFrame, *, typed: bool) -> pl.DataFrame:
    """Bounds, EDTF and basis of each record, and whether its last day lies before its first.

    A week, month, quarter or year is meant as a whole. What is not resolved lies before the
    publication at some time. typed: whether records say how a day was resolved; a record that
    should and does not is uncertain.
    """
    held = _held(frame)
    end, day = pl.col("end"), pl.col("day")
    is_range = (pl.col("type") == "range").fill_null(False)
    mark = pl.when(pl.col("type") == "approximate").then(pl.lit("~")).otherwise(pl.lit(""))
    if typed:
        unsure = ~pl.col("type").is_in(TYPES).fill_null(False)
        mark = pl.when(unsure).then(pl.lit("?")).otherwise(mark)
    one = pl.when(pl.col("last") == _last(day)).then(pl.format("{}{}", _written(day), mark))
    single = pl.coalesce(one, pl.format("[{}..{}]", _iso("first"), _iso("last")))
    # Ends that are weeks or quarters are approximate: EDTF has no other word for it.
    about = pl.when(pl.col("unit").is_in(list(_WRITTEN))).then(mark).otherwise(pl.lit("~"))
    begin = pl.format("{}{}", pl.coalesce(_written(day), _iso("day")), about)
    until = pl.format("{}{}", pl.coalesce(_written(end), _iso("end")), about)
    span = pl.format("{}/{}", begin, pl.when(end.is_null()).then(pl.lit("..")).otherwise(until))
    known = pl.when(is_range & (end.is_null() | (end > day))).then(span).otherwise(single)
    edtf = pl.when("is_open").then(pl.format("[..{}]", _iso("limit"))).otherwise(known)
    extent = (
        pl.when(edtf.str.contains("/", literal=True))
        .then(pl.lit("span"))
        .when(edtf.str.contains(r"\[|X"))
        .then(pl.lit("within"))
        .when(edtf.is_not_null())
        .then(pl.lit("day"))
    )
    latest = pl.when(~(is_range & end.is_null())).then(_iso("last"))
    found = (
        edtf,
        extent,
        pl.when(~pl.col("is_open")).then(_iso("first")),
        pl.when("is_open").then(_iso("limit")).otherwise(latest),
    )
    return held.select(
        *(value.alias(name) for name, value in zip(DAYS, found, strict=True)),
        pl.when(pl.col("is_open") & edtf.is_not_null()).then(pl.lit("bounded")).alias("date_basis"),
        ((end < day) & ~pl.col("is_open")).fill_null(False).alias("is_reversed"),
    )


def _held(frame: pl.DataFrame) -> pl.DataFrame:
    held = frame.select(
        _day("resolved_date").alias("day"),
        _day("date_end").alias("end"),
        _day("pub_date").alias("published"),
        pl.coalesce(_word("granularity"), pl.lit("day")).alias("unit"),
        _word("date_type").alias("type"),
        trimmed("date_raw").str.contains(_NO_DATE).fill_null(False).alias("is_made"),
    )
    # The day of publication stands for one that is not known.
    is_published = pl.col("is_made") | (pl.col("type") == "unresolved").fill_null(False)
    is_known = pl.col("day").is_not_null() & pl.col("unit").is_in(list(UNITS))
    slack = (pl.col("unit") == "week") & pl.col("end").is_null()
    slack = pl.when(slack).then(_DAYS_OF_WEEK).otherwise(0)
    first = pl.col("day").dt.truncate(_every()) - pl.duration(days=slack)
    last = _last(pl.max_horizontal("day", "end")) + pl.duration(days=slack)
    published = pl.when(is_published).then(pl.col("day"))
    return held.with_columns(
        (is_published | ~is_known).alias("is_open"),
        pl.coalesce("published", published).alias("limit"),
        first.clip(_FIRST, _LAST).alias("first"),
        last.clip(_FIRST, _LAST).alias("last"),
    )


def _day(name: str) -> pl.Expr:
    text = trimmed(name)
    return calendar_day(pl.coalesce(iso_day(text), compact_day(text)))


def _word(name: str) -> pl.Expr:
    return trimmed(name).str.to_lowercase()


def _iso(name: str) -> pl.Expr:
    return pl.col(name).dt.to_string(_ISO)


def _every() -> pl.Expr:
    return pl.col("unit").replace_strict(UNITS, default="1d", return_dtype=pl.String)


def _last(day: pl.Expr) -> pl.Expr:
    """The last day of the unit that a day stands for."""
    return day.dt.truncate(_every()).dt.offset_by(_every()).dt.offset_by("-1d")


def _written(day: pl.Expr) -> pl.Expr:
    """A day as EDTF has it by its unit; absent for weeks and quarters."""
    written = pl.lit(None, pl.String)
    for unit, form in _WRITTEN.items():
        written = pl.when(pl.col("unit") == unit).then(day.dt.to_string(form)).otherwise(written)
    return written
