"""Days as sources write them, and the bounds and EDTF texts that they become."""

import polars as pl

DAYS = ("date_edtf", "date_extent", "date_earliest", "date_latest")


def compact_day(text: pl.Expr) -> pl.Expr:
    """YYYYMMDD as a day; absent where it is none."""
    day = text.str.to_date("%Y%m%d", strict=False)
    return pl.when(text.str.contains("^[0-9]{8}$")).then(day)


def of_our_time(day: pl.Expr) -> pl.Expr:
    """A day of the years 1900 to 2100; absent elsewhere, where a year lost its century."""
    return pl.when(day.dt.year().is_between(1900, 2100)).then(day)


def iso_day(text: pl.Expr) -> pl.Expr:
    """YYYY-MM-DD with or without a time of day as a day; absent where it is none."""
    return text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)


def any_day(text: pl.Expr) -> pl.Expr:
    """A day as ACLED's files have it: ISO, day/month/year, or with the name of the month."""
    return pl.coalesce(
        iso_day(text),
        text.str.to_date("%d/%m/%Y", strict=False),
        text.str.to_date("%d %B %Y", strict=False),
        text.str.to_date("%d-%B-%Y", strict=False),
    )


def american_day(text: pl.Expr) -> pl.Expr:
    """month/day/year as a day; absent where it is none."""
    return text.str.to_date("%m/%d/%Y", strict=False)


def day_of_parts(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """A day of its year, month and day of the month; absent where it is none."""
    written = pl.format("{}-{}-{}", year, month.str.zfill(2), day.str.zfill(2))
    return written.str.to_date("%Y-%m-%d", strict=False)


def calendar_day(day: pl.Expr) -> pl.Expr:
    """A day of the years 1 to 9999, which a date here can be; absent elsewhere."""
    return pl.when(day.dt.year().is_between(1, 9999)).then(day)


def between(first: pl.Expr, last: pl.Expr) -> list[pl.Expr]:
    """One day out of the days from first to last: EDTF, extent and bounds."""
    low, high = first.dt.to_string("%Y-%m-%d"), last.dt.to_string("%Y-%m-%d")
    same = first == last
    edtf = pl.when(same).then(low).otherwise(pl.format("[{}..{}]", low, high))
    extent = pl.when(same).then(pl.lit("day")).otherwise(pl.lit("within"))
    extent = pl.when(low.is_not_null()).then(extent)
    return [found.alias(name) for name, found in zip(DAYS, (edtf, extent, low, high), strict=True)]


def within_month(day: pl.Expr) -> pl.Expr:
    """EDTF of one day of a day's month."""
    return day.dt.to_string("%Y-%m-XX")
