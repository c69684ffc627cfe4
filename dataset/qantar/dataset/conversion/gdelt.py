"""GDELT's events, 1.0 and 2.0.

Source: GDELT event codebooks 1.03 and 2.0; what its rows have in truth was measured.
"""

import polars as pl

from qantar.dataset.conversion.action import cameo_code
from qantar.dataset.conversion.country import cameo_country, country_on
from qantar.dataset.conversion.days import between, compact_day, of_our_time
from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import actor_code, number, trimmed

# ActionGeo_Type: country, US state, US city, city of the world, first division of the world.
PRECISION = {"1": "country", "2": "region", "3": "city", "4": "city", "5": "region"}
VERSIONS = {"gdelt1": "1.0", "gdelt2": "2.0"}
# Of rows of the daily files only: days counted back from the report.
_COUNTED_BACK = (7, 30, 365, 3650)


def convert(frame: pl.DataFrame, given: Given) -> Converted:
    """The rows of a chunk; see `crosswalks/gdelt2.csv` for each field."""
    held = _read(frame)
    lag = (held["added"] - held["day"]).dt.total_days()
    # Files before April 2013 were added later, so that a distance of days says nothing.
    is_daily = held["url"].is_not_null()
    is_placed = held["type"].is_in([*PRECISION]).fill_null(False)
    country = country_on(held["fips"], held["day"], "fips").set(~is_placed, None)
    actor, target = cameo_country(held["actor_letters"]), cameo_country(held["target_letters"])
    parts = frame.with_columns(
        held["day"].alias("_day"),
        held["added"].alias("_added"),
        lag.set(~is_daily, 0).alias("_lag"),
        is_placed.alias("_placed"),
        number("ActionGeo_Lat").alias("_lat"),
        number("ActionGeo_Long").alias("_long"),
    )
    fields = parts.select(
        event_ids("GDELT", held["id"]).alias("event_id"),
        _code(held).alias("action_code"),
        trimmed("Actor1Name").alias("actor_name"),
        actor_code("Actor1Code").alias("actor_code"),
        actor.alias("actor_country_code"),
        trimmed("Actor2Name").alias("target_name"),
        actor_code("Actor2Code").alias("target_code"),
        target.alias("target_country_code"),
        *between(*_bounds()),
        pl.when(pl.col("_lag").is_in(_COUNTED_BACK))
        .then(pl.lit("relative_to_publication"))
        .alias("date_basis"),
        _if_placed(trimmed("ActionGeo_FullName")).alias("place_name"),
        country.alias("place_country_code"),
        _if_pointed(pl.col("_lat")).alias("latitude"),
        _if_pointed(pl.col("_long")).alias("longitude"),
        held["type"].replace_strict(PRECISION, default=None).alias("place_precision"),
        pl.lit(VERSIONS[given.layout.system]).alias("source_version"),
        held["id"].alias("source_event_id"),
        held["code"].alias("source_action"),
        number("GoldsteinScale").alias("source_intensity"),
        pl.when(held["url"].str.contains("^https?://")).then(held["url"]).alias("source_url"),
    )
    has_party = fields["actor_code"].is_not_null() | fields["target_code"].is_not_null()
    fields = fields.with_columns(
        pl.when(pl.col("action_code").is_not_null()).then(pl.lit("exact")).alias("action_match"),
        pl.when(has_party).then(pl.lit("directed")).alias("direction"),
    )
    return Converted(
        fields,
        rejects={
            "It has no GLOBALEVENTID.": held["id"].is_null(),
            "SQLDATE is no day of the years 1900 to 2100.": held["day"].is_null(),
        },
        notes=_notes(held, lag, is_daily, parts, fields),
        unmapped={
            "EventCode": held["code"].set(fields["action_code"].is_not_null(), None),
            "Actor1CountryCode": held["actor_letters"].set(actor.is_not_null(), None),
            "Actor2CountryCode": held["target_letters"].set(target.is_not_null(), None),
            "ActionGeo_CountryCode": held["fips"].set(country.is_not_null() | ~is_placed, None),
        },
    )


def _read(frame: pl.DataFrame) -> pl.DataFrame:
    """What fields are made of, as values."""
    return frame.select(
        trimmed("GLOBALEVENTID").alias("id"),
        of_our_time(compact_day(trimmed("SQLDATE"))).alias("day"),
        of_our_time(compact_day(trimmed("DATEADDED").str.slice(0, 8))).alias("added"),
        trimmed("EventCode").alias("code"),
        trimmed("EventRootCode").alias("root"),
        trimmed("ActionGeo_Type").alias("type"),
        trimmed("ActionGeo_CountryCode").alias("fips"),
        trimmed("Actor1CountryCode").alias("actor_letters"),
        trimmed("Actor2CountryCode").alias("target_letters"),
        trimmed("SOURCEURL").alias("url"),
    )


def _code(held: pl.DataFrame) -> pl.Series:
    return held.select(cameo_code(pl.col("code"), pl.col("root"))).to_series()


def _if_placed(value: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("_placed")).then(value)


def _if_pointed(value: pl.Expr) -> pl.Expr:
    """A coordinate, where there is a place and the point is not that of no point."""
    return pl.when(pl.col("_placed") & ((pl.col("_lat") != 0) | (pl.col("_long") != 0))).then(value)


def _bounds() -> tuple[pl.Expr, pl.Expr]:
    """The first and the last day that the act may be on.

    A report that says "a week ago" of an act gives one day; what it means is wider.
    """
    day, added, lag = pl.col("_day"), pl.col("_added"), pl.col("_lag")
    before = added - pl.duration(days=1)
    decade = (day.dt.year() // 10) * 10
    first = (
        pl.when(lag == 7)
        .then(added - pl.duration(days=13))
        .when(lag == 30)
        .then(added - pl.duration(days=60))
        .when(lag == 365)
        .then(pl.date(added.dt.year() - 1, 1, 1))
        .when(lag == 3650)
        .then(pl.date(decade, 1, 1))
        .otherwise(day)
    )
    last = (
        pl.when(lag.is_in([7, 30, 365]))
        .then(before)
        .when(lag == 3650)
        .then(pl.date(decade + 9, 12, 31))
        .otherwise(day)
    )
    return first, last


def _notes(
    held: pl.DataFrame,
    lag: pl.Series,
    is_daily: pl.Series,
    parts: pl.DataFrame,
    fields: pl.DataFrame,
) -> dict[str, pl.Series]:
    has_point = parts["_lat"].is_not_null()
    address = held["url"].str.contains("^https?://")
    actors = parts.select(
        trimmed(name).is_not_null() & fields[ours].is_null()
        for name, ours in (("Actor1Code", "actor_code"), ("Actor2Code", "target_code"))
    )
    return {
        "The day lies 7, 30, 365 or 3650 days before the report: it was widened.": is_daily
        & lag.is_in(_COUNTED_BACK),
        "The day lies after the day on which the report was added: it was kept.": lag < 0,
        "There are coordinates without a type of place: they stand in source_ columns only.": (
            ~parts["_placed"] & has_point
        ),
        "Latitude and longitude are 0, which is no point: they stand in source_ columns only.": (
            parts["_placed"] & (parts["_lat"] == 0) & (parts["_long"] == 0)
        ),
        "A code of an actor has another form than CAMEO's: it stands in a source_ column only.": (
            actors.to_series(0) | actors.to_series(1)
        ),
        "SOURCEURL is no address: it stands in source_sourceurl only.": ~address,
    }
