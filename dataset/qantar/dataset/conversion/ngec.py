"""NGEC's records, legacy and of 2026.

Source: the coder's own formatter, and the description of its pipeline.
"""

import polars as pl

from qantar.dataset.conversion.country import iso_country
from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.geonames import place_id, precision
from qantar.dataset.conversion.json_party import first_name, first_of, how_many
from qantar.dataset.conversion.ngec_days import TYPES, UNITS, ngec_days
from qantar.dataset.conversion.plover_acts import plover_acts
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import address, point, trimmed, without_fraction

# What NGEC writes for parties of many countries.
_NO_COUNTRY = ("IGO", "NGO", "INT")


def convert(frame: pl.DataFrame, given: Given) -> Converted:
    """The records of a chunk; see `crosswalks/ngec.csv` for each field."""
    days = ngec_days(frame, typed=given.layout.key == "ngec")
    held = _held(frame, days)
    fields = _fields(frame, held, days, given)
    return Converted(
        fields,
        rejects={
            "It has no id.": held["id"].is_null(),
            "The coder found no party, no place and no day in the text.": held["is_empty"],
            "Neither its day nor that of its publication is known.": fields["date_edtf"].is_null(),
            "date_end lies before resolved_date.": days["is_reversed"],
            "It has no event_type.": held["type"].is_null(),
        },
        notes=_notes(frame, held, days),
        unmapped={
            "event_type": held["type"].set(fields["action_code"].is_not_null(), None),
            "actor country": _unmapped(held, fields, "actor_country"),
            "recipient country": _unmapped(held, fields, "target_country"),
            "country_code3": held["country"].set(fields["place_country_code"].is_not_null(), None),
            "feature_code": held["feature"].set(fields["place_precision"].is_not_null(), None),
            "granularity": _beyond(frame, "granularity", UNITS),
            "date_type": _beyond(frame, "date_type", TYPES),
        },
    )


def _held(frame: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    place = pl.coalesce(
        *(trimmed(n) for n in ("resolved_placename", "placename", "search_placename", "event_loc"))
    )
    held = frame.select(
        pl.coalesce(without_fraction("orig_id"), without_fraction("run_id")).alias("id"),
        trimmed("orig_id").is_null().alias("is_of_run"),
        trimmed("event_type").alias("type"),
        trimmed("event_mode").alias("mode"),
        first_name("actor", "wiki", "text").alias("actor"),
        first_name("recipient", "wiki", "text").alias("target"),
        first_of("actor", "country").alias("actor_country"),
        first_of("recipient", "country").alias("target_country"),
        how_many("actor").alias("actors"),
        how_many("recipient").alias("targets"),
        place.alias("place"),
        trimmed("country_code3").alias("country"),
        trimmed("feature_code").alias("feature"),
        pl.coalesce(days["date_latest"], days["date_earliest"])
        .str.to_date("%Y-%m-%d")
        .alias("day"),
        trimmed("resolved_date").is_null().alias("is_undated"),
    )
    found = pl.any_horizontal(pl.col("actor", "target", "place", "country").is_not_null())
    return held.with_columns((~found & pl.col("is_undated")).alias("is_empty"))


def _fields(
    frame: pl.DataFrame, held: pl.DataFrame, days: pl.DataFrame, given: Given
) -> pl.DataFrame:
    acts = plover_acts(held)
    latitude, longitude = point("lat", "lon")
    version = pl.coalesce(trimmed("version"), pl.lit(given.version, pl.String))
    return frame.select(
        event_ids("NGEC", held["id"]).alias("event_id"),
        acts["action_code"],
        held["actor"].alias("actor_name"),
        iso_country(held["actor_country"], held["day"]).alias("actor_country_code"),
        held["target"].alias("target_name"),
        iso_country(held["target_country"], held["day"]).alias("target_country_code"),
        acts["direction"],
        *days.drop("is_reversed"),
        held["place"].alias("place_name"),
        place_id(without_fraction("geonameid"), pl.lit(held["place"])).alias("place_id"),
        iso_country(held["country"], held["day"]).alias("place_country_code"),
        trimmed("admin1_name").alias("admin1_name"),
        latitude.alias("latitude"),
        longitude.alias("longitude"),
        precision(trimmed("feature_code")).alias("place_precision"),
        version.alias("source_version"),
        held["id"].alias("source_event_id"),
        trimmed("event_type").alias("source_action"),
        acts["action_match"],
        address(trimmed("url")).alias("source_url"),
    )


def _notes(frame: pl.DataFrame, held: pl.DataFrame, days: pl.DataFrame) -> dict[str, pl.Series]:
    quote, text = pl.col("anchor_quote"), pl.col("event_text")
    return {
        "It has no orig_id: its id is of one run of the coder only.": held["is_of_run"],
        "The day is not resolved: the act lies before its publication at some time.": (
            days["date_basis"] == "bounded"
        ),
        "There are several actors: actor_name is the first.": held["actors"] > 1,
        "There are several recipients: target_name is the first.": held["targets"] > 1,
        "The quote does not stand in event_text.": frame.select(
            ~text.str.contains(quote, literal=True)
        ).to_series(),
    }


def _unmapped(held: pl.DataFrame, fields: pl.DataFrame, name: str) -> pl.Series:
    known = fields[f"{name}_code"].is_not_null() | held[name].is_in(list(_NO_COUNTRY))
    return held[name].set(known.fill_null(False), None)


def _beyond(frame: pl.DataFrame, name: str, known: tuple[str, ...] | dict[str, str]) -> pl.Series:
    word = trimmed(name)
    return frame.select(
        pl.when(~word.str.to_lowercase().is_in(list(known))).then(word).alias(name)
    ).to_series()
