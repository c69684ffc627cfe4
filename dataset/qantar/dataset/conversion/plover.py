"""PLOVER's own records, such as its gold standard.

Source: PLOVER's manual, and the form of its gold standard records.
"""

from datetime import date

import polars as pl

from qantar.dataset.conversion.country import iso_country
from qantar.dataset.conversion.days import between, calendar_day, iso_day
from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.json_party import first_name, first_of, how_many
from qantar.dataset.conversion.plover_acts import plover_acts
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import address, trimmed, without_fraction

# Examples of the manual of CAMEO have no day; the gold standard made of them has this one.
_MADE_DAY = date(2000, 1, 1)
_GOLD_STANDARD = "PLOVER-GSR"
# Organisations of several countries have these in the place of a country.
_NO_COUNTRY = ("IGO", "NGO", "INT")


def convert(frame: pl.DataFrame, given: Given) -> Converted:
    """The records of a chunk; see `crosswalks/plover.csv` for each field."""
    held = frame.select(
        without_fraction("id").alias("id"),
        calendar_day(iso_day(trimmed("date"))).alias("told"),
        trimmed("event").alias("type"),
        trimmed("mode").alias("mode"),
        first_name("source", "actorText").alias("actor"),
        first_name("target", "actorText").alias("target"),
        first_of("source", "code").alias("actor_country"),
        first_of("target", "code").alias("target_country"),
        how_many("source").alias("actors"),
        how_many("target").alias("targets"),
    )
    is_made = (pl.col("told") == _MADE_DAY) & pl.col("id").str.starts_with(_GOLD_STANDARD)
    held = held.with_columns(is_made.fill_null(False).alias("is_made"))
    held = held.with_columns(pl.when(~pl.col("is_made")).then("told").alias("day"))
    fields = _fields(frame, held, given)
    return Converted(
        fields,
        rejects={
            "It has no id.": held["id"].is_null(),
            "Its date is no day of the calendar.": held["told"].is_null(),
            "It has no event.": held["type"].is_null(),
        },
        notes={
            "The day is 2000-01-01, which the gold standard has for none: it has no day.": held[
                "is_made"
            ],
            "There are several actors: actor_name is the first.": held["actors"] > 1,
            "There are several targets: target_name is the first.": held["targets"] > 1,
        },
        unmapped={
            "event": held["type"].set(fields["action_code"].is_not_null(), None),
            "source code": _unmapped(held, fields, "actor_country"),
            "target code": _unmapped(held, fields, "target_country"),
        },
    )


def _fields(frame: pl.DataFrame, held: pl.DataFrame, given: Given) -> pl.DataFrame:
    acts = plover_acts(held)
    version = pl.coalesce(trimmed("version"), pl.lit(given.version, pl.String))
    return frame.select(
        event_ids("PLOVER", held["id"]).alias("event_id"),
        acts["action_code"],
        held["actor"].alias("actor_name"),
        iso_country(held["actor_country"], held["day"]).alias("actor_country_code"),
        held["target"].alias("target_name"),
        iso_country(held["target_country"], held["day"]).alias("target_country_code"),
        acts["direction"],
        *held.select(between(pl.col("day"), pl.col("day"))),
        pl.when(held["is_made"]).then(pl.lit("none")).alias("date_basis"),
        version.alias("source_version"),
        held["id"].alias("source_event_id"),
        trimmed("event").alias("source_action"),
        acts["action_match"],
        address(trimmed("url")).alias("source_url"),
    )


def _unmapped(held: pl.DataFrame, fields: pl.DataFrame, name: str) -> pl.Series:
    known = fields[f"{name}_code"].is_not_null() | held[name].is_in(list(_NO_COUNTRY))
    return held[name].set(known.fill_null(False), None)
