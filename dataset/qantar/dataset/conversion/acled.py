"""ACLED, of all layouts since its first.

Source: ACLED's code books; what its rows have in truth was measured.
"""

import polars as pl

from qantar.dataset.conversion.acled_party import country_of_party, parties
from qantar.dataset.conversion.action import mapped
from qantar.dataset.conversion.country import country_by_name, country_on
from qantar.dataset.conversion.days import any_day, between, of_our_time, within_month
from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import looked_up, point, trimmed, whole, without_fraction
from qantar.schema.codebook import admitted_countries
from qantar.schema.systems import LAYOUTS, source_countries

PRECISION = {"1": "city", "2": "region", "3": "region"}
_DAYS_AROUND = 6
_COLUMNS = next(layout.columns for layout in LAYOUTS if layout.key == "acled")


def convert(frame: pl.DataFrame, given: Given) -> Converted:
    """The rows of a chunk; see `crosswalks/acled.csv` for each field."""
    absent = [name for name in _COLUMNS if name not in frame.columns]
    frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    held = frame.select(
        trimmed("event_id_cnty").alias("id"),
        of_our_time(any_day(trimmed("event_date"))).alias("day"),
        without_fraction("time_precision").alias("time_precision"),
        trimmed("event_type").alias("type"),
        trimmed("sub_event_type").alias("sub_type"),
        pl.coalesce(trimmed("sub_event_type"), trimmed("event_type")).alias("action"),
        pl.coalesce(without_fraction("geo_precision"), without_fraction("geo_precis")).alias("geo"),
        whole("fatalities").alias("deaths"),
    )
    acts = mapped(held, "acled", "action")
    sides = parties(frame, acts)
    country = _country(frame, held["day"])
    latitude, longitude = point("latitude", "longitude")
    deaths = pl.col("deaths")
    fields = frame.select(
        event_ids("ACLED", held["id"]).alias("event_id"),
        acts["action_code"],
        sides["actor_name"],
        country_of_party(sides["actor_name"]).alias("actor_country_code"),
        sides["target_name"],
        country_of_party(sides["target_name"]).alias("target_country_code"),
        sides["direction"],
        *_dates(held),
        trimmed("location").alias("place_name"),
        country.alias("place_country_code"),
        trimmed("admin1").alias("admin1_name"),
        latitude.alias("latitude"),
        longitude.alias("longitude"),
        held["geo"].replace_strict(PRECISION, default=None).alias("place_precision"),
        held.select(pl.when(deaths == 0).then(deaths)).to_series().alias("fatalities_low"),
        held.select(pl.when(deaths > 0).then(deaths)).to_series().alias("fatalities_best"),
        pl.lit(given.version, pl.String).alias("source_version"),
        held["id"].alias("source_event_id"),
        held["action"].alias("source_action"),
        acts["action_match"],
    )
    has_code = acts["action_code"].is_not_null()
    return Converted(
        fields,
        rejects={
            "It has no event_id_cnty.": held["id"].is_null(),
            "event_date is no day of the years 1900 to 2100.": held["day"].is_null(),
            "It has neither a sub_event_type nor an event_type.": held["action"].is_null(),
            "Its event_id_cnty is too long for an event id.": fields["event_id"].is_null(),
        },
        notes=_notes(frame, held, fields, sides),
        unmapped={
            "sub_event_type": held["sub_type"].set(has_code, None),
            "event_type": held["type"].set(has_code | held["sub_type"].is_not_null(), None),
            "country": frame.select(trimmed("country"))
            .to_series()
            .set(country.is_not_null(), None),
        },
    )


def _dates(held: pl.DataFrame) -> list[pl.Series]:
    """The day, a day within six days either way, or one of the month."""
    day, precision = pl.col("day"), pl.col("time_precision")
    around = pl.duration(days=_DAYS_AROUND)
    is_month, is_around = precision == "3", precision == "2"
    first = pl.when(is_month).then(day.dt.month_start()).when(is_around).then(day - around)
    last = pl.when(is_month).then(day.dt.month_end()).when(is_around).then(day + around)
    found = held.select(
        "day", "time_precision", *between(first.otherwise(day), last.otherwise(day))
    )
    found = found.with_columns(
        pl.when(is_month).then(within_month(day)).otherwise("date_edtf").alias("date_edtf")
    )
    return found.drop("day", "time_precision").get_columns()


def _country(frame: pl.DataFrame, days: pl.Series) -> pl.Series:
    """The country of the place: by its numbers and letters, else by its name."""
    told = frame.select(
        without_fraction("iso").alias("iso"),
        trimmed("iso3").alias("iso3"),
        without_fraction("gwno").alias("gwno"),
        trimmed("country").alias("country"),
    )
    letters = {code: code for code in admitted_countries()}
    return (
        country_on(told["iso"], days, "iso_numeric")
        .fill_null(looked_up(told["iso3"], letters))
        .fill_null(country_on(told["gwno"], days, "gw"))
        .fill_null(country_by_name(told["country"], source_countries("acled")))
    )


def _notes(
    frame: pl.DataFrame, held: pl.DataFrame, fields: pl.DataFrame, sides: pl.DataFrame
) -> dict[str, pl.Series]:
    told = frame.select(
        (trimmed("latitude").is_not_null() | trimmed("longitude").is_not_null()).alias("point"),
        trimmed("fatalities").is_not_null().alias("deaths"),
        whole("year").alias("year"),
    )
    return {
        "time_precision is 2: the day was widened by six days either way.": (
            held["time_precision"] == "2"
        ),
        "time_precision is 3: the day was widened to its month.": held["time_precision"] == "3",
        "time_precision is not 1, 2 or 3: event_date was taken for the day.": ~(
            held["time_precision"].is_in(["1", "2", "3"]).fill_null(False)
        ),
        "year is not that of event_date: both were kept as they stood.": (
            told["year"] != held["day"].dt.year()
        ),
        "actor2 is who acts by inter1 and inter2: it became the actor.": sides["turned"],
        "Who intervened in a protest is no target: it stands in source_actor2 only.": (
            sides["has_intervention"]
        ),
        "fatalities is no number from 0 on: it stands in source_fatalities only.": (
            told["deaths"]
            & fields["fatalities_low"].is_null()
            & fields["fatalities_best"].is_null()
        ),
        "Latitude and longitude are no point: they stand in source_ columns only.": (
            told["point"] & fields["latitude"].is_null()
        ),
    }
