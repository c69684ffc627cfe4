"""ICEWS' coded events.

Source: the documents of the Dataverse releases; what its rows have in truth was measured.
"""

import polars as pl

from qantar.dataset.conversion.country import country_by_name
from qantar.dataset.conversion.days import american_day, between, compact_day, iso_day, of_our_time
from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.icews_code import DIFFERING, FILLED, OFF_SCALE, OPEN, ZERO, coded
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import number, point, trimmed, without_fraction
from qantar.schema.systems import source_countries

_COUNTRIES = ("Source Country", "Target Country", "Country")


def convert(frame: pl.DataFrame, given: Given) -> Converted:
    """The rows of a chunk; see `crosswalks/icews.csv` for each field."""
    held = frame.select(
        without_fraction("Event ID").alias("id"),
        _day(trimmed("Event Date")).alias("day"),
        without_fraction("CAMEO Code").alias("code"),
        trimmed("Event Text").alias("label"),
        number("Intensity").alias("intensity"),
        *(trimmed(name) for name in ("City", "District", "Province", *_COUNTRIES)),
    )
    own = source_countries("icews")
    countries = {name: country_by_name(held[name], own) for name in _COUNTRIES}
    acts = coded(held)
    ids = held.select(pl.format("{}_{}", "id", pl.col("day").dt.to_string("%Y%m%d"))).to_series()
    latitude, longitude = point("Latitude", "Longitude")
    fields = frame.select(
        event_ids("ICEWS", ids).alias("event_id"),
        acts["action_code"],
        trimmed("Source Name").alias("actor_name"),
        countries["Source Country"].alias("actor_country_code"),
        trimmed("Target Name").alias("target_name"),
        countries["Target Country"].alias("target_country_code"),
        *held.select(between(pl.col("day"), pl.col("day"))).get_columns(),
        held.select(pl.coalesce("City", "District")).to_series().alias("place_name"),
        countries["Country"].alias("place_country_code"),
        held["Province"].alias("admin1_name"),
        latitude.alias("latitude"),
        longitude.alias("longitude"),
        held.select(_precision()).to_series().alias("place_precision"),
        pl.lit(given.version, pl.String).alias("source_version"),
        held["id"].alias("source_event_id"),
        pl.coalesce(trimmed("CAMEO Code"), trimmed("Event Text")).alias("source_action"),
        held["intensity"].alias("source_intensity"),
    ).with_columns(
        pl.when(pl.col("action_code").is_not_null()).then(pl.lit("exact")).alias("action_match"),
        pl.when(pl.col("actor_name").is_not_null() | pl.col("target_name").is_not_null())
        .then(pl.lit("directed"))
        .alias("direction"),
    )
    return Converted(
        fields,
        rejects={
            "It has no Event ID.": held["id"].is_null(),
            "Event Date is no day of the years 1900 to 2100.": held["day"].is_null(),
            "It has neither a CAMEO Code nor an Event Text.": fields["source_action"].is_null(),
            "Its Event ID is too long for an event id.": fields["event_id"].is_null(),
        },
        notes=_notes(frame, fields, acts["note"]),
        unmapped=_unmapped(held, countries, acts),
    )


def _day(text: pl.Expr) -> pl.Expr:
    """A day as ICEWS' files have it: ISO, YYYYMMDD, or month/day/year."""
    return of_our_time(pl.coalesce(iso_day(text), compact_day(text), american_day(text)))


def _precision() -> pl.Expr:
    """How precise the place is, by what of it is named."""
    return (
        pl.when(pl.col("City").is_not_null())
        .then(pl.lit("city"))
        .when(pl.col("District").is_not_null() | pl.col("Province").is_not_null())
        .then(pl.lit("region"))
        .when(pl.col("Country").is_not_null())
        .then(pl.lit("country"))
    )


def _notes(frame: pl.DataFrame, fields: pl.DataFrame, told: pl.Series) -> dict[str, pl.Series]:
    has_point = frame.select(
        trimmed("Latitude").is_not_null() | trimmed("Longitude").is_not_null()
    ).to_series()
    has_figure = frame.select(trimmed("Intensity").is_not_null()).to_series()
    return {note: told == note for note in (FILLED, OFF_SCALE, DIFFERING, ZERO, OPEN)} | {
        "Latitude and longitude are no point: they stand in source_ columns only.": (
            has_point & fields["latitude"].is_null()
        ),
        "Intensity is no number: it was left out.": (
            has_figure & fields["source_intensity"].is_null()
        ),
    }


def _unmapped(
    held: pl.DataFrame, countries: dict[str, pl.Series], acts: pl.DataFrame
) -> dict[str, pl.Series]:
    """Codes that CAMEO lacks, or labels where there is no code, and names of no country."""
    is_known = acts["action_code"].is_not_null() | (acts["note"] == OPEN).fill_null(False)
    return {
        "CAMEO Code": held["code"].set(is_known, None),
        "Event Text": held["label"].set(is_known | held["code"].is_not_null(), None),
    } | {name: held[name].set(found.is_not_null(), None) for name, found in countries.items()}
