"""POLECAT, weekly and yearly files.

Source: the files' own headers and the lists of the package rpolecat.
"""

import polars as pl

from qantar.dataset.conversion.country import iso_country
from qantar.dataset.conversion.days import between, calendar_day, iso_day
from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.geonames import place_id, precision
from qantar.dataset.conversion.plover_acts import plover_acts
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import (
    first_item,
    number,
    point,
    trimmed,
    without_fraction,
)

_NONE = ("None",)


def convert(frame: pl.DataFrame, given: Given) -> Converted:
    """The rows of a chunk; see `crosswalks/polecat.csv` for each field."""
    held = frame.select(
        trimmed("Event ID").alias("id"),
        calendar_day(iso_day(trimmed("Event Date"))).alias("day"),
        iso_day(trimmed("Publication Date")).alias("published"),
        trimmed("Event Type").alias("type"),
        trimmed("Event Mode").alias("mode"),
        _first("Actor Name").alias("actor"),
        _first("Actor Country").alias("actor_country"),
        _first("Recipient Name").alias("target"),
        _first("Recipient Country").alias("target_country"),
        _count("Actor Name").alias("actors"),
        _count("Recipient Name").alias("targets"),
        _first("Country").alias("country"),
        trimmed("Feature Type").alias("feature"),
    )
    fields = _fields(frame, held, given)
    return Converted(
        fields,
        rejects={
            "It has no Event ID.": held["id"].is_null(),
            "Event Date is no day of the calendar.": held["day"].is_null(),
            "It has no Event Type.": held["type"].is_null(),
        },
        notes=_notes(frame, held, fields),
        unmapped={
            column: held[ours].set(fields[field].is_not_null(), None)
            for column, ours, field in (
                ("Event Type", "type", "action_code"),
                ("Actor Country", "actor_country", "actor_country_code"),
                ("Recipient Country", "target_country", "target_country_code"),
                ("Country", "country", "place_country_code"),
                ("Feature Type", "feature", "place_precision"),
            )
        },
    )


def _fields(frame: pl.DataFrame, held: pl.DataFrame, given: Given) -> pl.DataFrame:
    acts = plover_acts(held)
    latitude, longitude = point("Latitude", "Longitude")
    version = pl.coalesce(trimmed("Version"), pl.lit(given.version, pl.String))
    return frame.select(
        event_ids("POLECAT", held["id"]).alias("event_id"),
        acts["action_code"],
        held["actor"].alias("actor_name"),
        iso_country(held["actor_country"], held["day"]).alias("actor_country_code"),
        held["target"].alias("target_name"),
        iso_country(held["target_country"], held["day"]).alias("target_country_code"),
        acts["direction"],
        *held.select(between(pl.col("day"), pl.col("day"))),
        trimmed("Placename").alias("place_name"),
        place_id(without_fraction("GeoNames ID"), trimmed("Placename")).alias("place_id"),
        iso_country(held["country"], held["day"]).alias("place_country_code"),
        trimmed("Province").alias("admin1_name"),
        latitude.alias("latitude"),
        longitude.alias("longitude"),
        precision(trimmed("Feature Type")).alias("place_precision"),
        version.alias("source_version"),
        trimmed("Event ID").alias("source_event_id"),
        trimmed("Event Type").alias("source_action"),
        acts["action_match"],
        number("Intensity").alias("source_intensity"),
    )


def _notes(frame: pl.DataFrame, held: pl.DataFrame, fields: pl.DataFrame) -> dict[str, pl.Series]:
    points, intensity = frame["Latitude"].is_not_null(), frame["Intensity"].is_not_null()
    return {
        "Actor Name holds several actors: actor_name is the first.": held["actors"] > 1,
        "Recipient Name holds several recipients: target_name is the first.": held["targets"] > 1,
        "The day lies after Publication Date: it was kept.": held["day"] > held["published"],
        "Latitude and longitude make no point: they stand in source_ columns only.": points
        & fields["latitude"].is_null(),
        "Intensity is no number: it is left out.": intensity & fields["source_intensity"].is_null(),
    }


def _first(name: str) -> pl.Expr:
    return first_item(trimmed(name), _NONE)


def _count(name: str) -> pl.Expr:
    return trimmed(name).str.split(";").list.len()
