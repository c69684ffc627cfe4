"""UCDP GED, final and candidate releases.

Source: UCDP GED codebook 26.1; what its rows have in truth was measured.
"""

import re

import polars as pl

from qantar.dataset.conversion.action import mapped
from qantar.dataset.conversion.country import country_by_name, country_on
from qantar.dataset.conversion.days import between, iso_day, of_our_time
from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import number, trimmed, whole, without_fraction

PRECISION = {"1": "city", "2": "city", "3": "region", "4": "region", "5": "region", "6": "country"}
_VERSION = re.compile(r"ged(?:event)?_?v?([0-9]{2})[_.]?([0-9]{1,2})(?:[_.]([0-9]{1,2}))?", re.I)


def convert(frame: pl.DataFrame, given: Given) -> Converted:
    """The rows of a chunk; see `crosswalks/ucdp-ged.csv` for each field."""
    held = _read(frame)
    acts = mapped(held, "ucdp-ged", "type_of_violence")
    by_number = country_on(held["country_id"], held["first"], "gw")
    country = by_number.fill_null(country_by_name(held["country"]))
    days = held.select(
        pl.coalesce("first", "last").alias("first"), pl.coalesce("last", "first").alias("last")
    )
    fields = frame.select(
        event_ids("GED", held["id"]).alias("event_id"),
        acts["action_code"],
        trimmed("side_a").alias("actor_name"),
        country_on(held["gwnoa"], held["first"], "gw").alias("actor_country_code"),
        trimmed("side_b").alias("target_name"),
        country_on(held["gwnob"], held["first"], "gw").alias("target_country_code"),
        acts["direction"],
        *days.select(between(pl.col("first"), pl.col("last"))).get_columns(),
        trimmed("where_coordinates").alias("place_name"),
        country.alias("place_country_code"),
        trimmed("adm_1").alias("admin1_name"),
        number("latitude").alias("latitude"),
        number("longitude").alias("longitude"),
        held["where_prec"].replace_strict(PRECISION, default=None).alias("place_precision"),
        held["low"].alias("fatalities_low"),
        held["best"].alias("fatalities_best"),
        held["high"].alias("fatalities_high"),
        pl.lit(given.version or version_of(given.file), pl.String).alias("source_version"),
        held["id"].alias("source_event_id"),
        held["type_of_violence"].alias("source_action"),
        acts["action_match"],
    )
    return Converted(
        fields,
        rejects={
            "It has no id.": held["id"].is_null(),
            "date_start and date_end are no days of the years 1900 to 2100.": days[
                "first"
            ].is_null(),
            "date_end lies before date_start.": days["last"] < days["first"],
        },
        notes={
            "low is above best: both were kept as they stood.": held["low"] > held["best"],
            "best is above high: both were kept as they stood.": held["best"] > held["high"],
            "event_clarity is 2: the row stands for several events.": frame.select(
                without_fraction("event_clarity") == "2"
            ).to_series(),
        },
        unmapped={
            "type_of_violence": held["type_of_violence"].set(acts["known"], None),
            "country_id": held["country_id"].set(country.is_not_null(), None),
        },
    )


def _read(frame: pl.DataFrame) -> pl.DataFrame:
    """What fields are made of, as values."""
    return frame.select(
        without_fraction("id").alias("id"),
        without_fraction("type_of_violence").alias("type_of_violence"),
        of_our_time(iso_day(trimmed("date_start"))).alias("first"),
        of_our_time(iso_day(trimmed("date_end"))).alias("last"),
        without_fraction("where_prec").alias("where_prec"),
        without_fraction("date_prec").alias("date_prec"),
        without_fraction("gwnoa").alias("gwnoa"),
        without_fraction("gwnob").alias("gwnob"),
        without_fraction("country_id").alias("country_id"),
        trimmed("country").alias("country"),
        *(whole(name).alias(name) for name in ("low", "best", "high")),
    )


def version_of(file: str) -> str | None:
    """The version that the name of a release's file tells, such as ged251-csv.zip.

    >>> version_of("GEDEvent_v24_0_1.csv"), version_of("ged251-csv.zip"), version_of("my.csv")
    ('24.0.1', '25.1', None)
    """
    found = _VERSION.search(file)
    return ".".join(str(int(part)) for part in found.groups() if part) if found else None
