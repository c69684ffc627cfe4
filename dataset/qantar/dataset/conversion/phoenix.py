"""Phoenix: OEDA's daily files, those that went through R, and the Cline Center's.

Source: the readers of OEDA's files that are public, and the Cline Center's headers; what the rows
have in truth was measured.
"""

from datetime import date

import polars as pl

from qantar.dataset.conversion.action import cameo_code
from qantar.dataset.conversion.country import cameo_country, country_by_name, iso_country
from qantar.dataset.conversion.days import (
    american_day,
    between,
    calendar_day,
    compact_day,
    day_of_parts,
    iso_day,
)
from qantar.dataset.conversion.event_id import event_ids
from qantar.dataset.conversion.system import Converted, Given
from qantar.dataset.conversion.text import (
    actor_code,
    address,
    number,
    point,
    trimmed,
    without_fraction,
)

_OURS = (
    *("id", "date", "year", "month", "day", "actor", "actor_country", "target"),
    *("target_country", "code", "root", "goldstein", "lat", "long", "place", "region"),
    *("country", "urls"),
)
# By the layout its columns in the order of ours.
_THEIRS = {
    "phoenix": (
        *("EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity"),
        *("TargetActorFull", "TargetActorEntity", "EventCode", "EventRootCode"),
        *("GoldsteinScore", "ActionLat", "ActionLong", "LocationName", "StateName"),
        *("CountryCode", "URLs"),
    ),
    "phoenix-r": (
        *("GID", "Date", "Year", "Month", "Day", "Source", "SourceEntity", "Target"),
        *("TargetEntity", "CAMEO", "RootCode", "Goldstein", "Lat", "Lon", "Geoname"),
        *("AdminInfo", "CountryCode", "URL"),
    ),
    "phoenix-cline": (
        *("eid", "story_date", "year", "month", "day", "source", "source_root", "target"),
        *("target_root", "code", "root_code", "goldstein", "lat", "lon", "placename"),
        *("statename", "countryname", "_none"),
    ),
}
# Programs write it for a day that they do not know. Of the sets of Phoenix only the New York
# Times' goes so far back.
_LOST_DAY = date(1970, 1, 1)
_GOES_BACK = "NYT"
_LETTERS = "^[A-Z]{3}$"
# Countries stand by their formal names, such as Kingdom of Norway.
_FORMAL = r"(?i)\b(?:republic|kingdom|states?|federation|confederation|commonwealth|union"
_FORMAL += r"|principality|duchy|sultanate|emirates?)\b"
_FORMAL_OF = rf"^.*{_FORMAL} of (?:the )?"


def convert(frame: pl.DataFrame, given: Given) -> Converted:
    """The rows of a chunk; see `crosswalks/phoenix.csv` for each field."""
    theirs = dict(zip(_OURS, _THEIRS[given.layout.key], strict=True))
    rows = frame.with_columns(pl.lit(None, pl.String).alias("_none")).select(
        pl.col(name).alias(ours) for ours, name in theirs.items()
    )
    held = _held(rows)
    fields = _fields(rows, held, given)
    return Converted(
        fields,
        rejects={
            "It has no id.": held["id"].is_null(),
            "It has no day of the calendar.": held["told"].is_null(),
            "It has no code of an act.": held["code"].is_null(),
        },
        notes=_notes(rows, held, fields),
        unmapped={
            theirs[ours]: held[ours].set(fields[field].is_not_null(), None)
            for ours, field in (
                ("code", "action_code"),
                ("actor_country", "actor_country_code"),
                ("target_country", "target_country_code"),
                ("country", "place_country_code"),
            )
        },
    )


def _fields(rows: pl.DataFrame, held: pl.DataFrame, given: Given) -> pl.DataFrame:
    latitude, longitude = point("lat", "long")
    fields = rows.select(
        event_ids("PHOENIX", held["id"]).alias("event_id"),
        *held.select(cameo_code(pl.col("code"), pl.col("root")).alias("action_code")),
        actor_code("actor").alias("actor_code"),
        cameo_country(held["actor_country"]).alias("actor_country_code"),
        actor_code("target").alias("target_code"),
        cameo_country(held["target_country"]).alias("target_country_code"),
        *held.select(between(pl.col("day"), pl.col("day"))),
        pl.when(held["is_lost"]).then(pl.lit("none")).alias("date_basis"),
        *_places(held),
        latitude.alias("latitude"),
        longitude.alias("longitude"),
        pl.coalesce(held["version"], pl.lit(given.version, pl.String)).alias("source_version"),
        held["id"].alias("source_event_id"),
        trimmed("code").alias("source_action"),
        number("goldstein").alias("source_intensity"),
        address(trimmed("urls").str.extract("^(.*?)(?:; *https?://.*)?$", 1)).alias("source_url"),
    )
    has_party = pl.col("actor_code").is_not_null() | pl.col("target_code").is_not_null()
    return fields.with_columns(
        pl.when(pl.col("action_code").is_not_null()).then(pl.lit("exact")).alias("action_match"),
        pl.when(has_party).then(pl.lit("directed")).alias("direction"),
    )


def _held(rows: pl.DataFrame) -> pl.DataFrame:
    text = without_fraction("date")
    days = (compact_day(text), iso_day(text), american_day(text))
    parts = day_of_parts(*(without_fraction(name) for name in ("year", "month", "day")))
    region, country = trimmed("region"), trimmed("country")
    # The two published orders of the columns differ.
    turned = region.str.contains(_LETTERS) & ~country.str.contains(_LETTERS).fill_null(False)
    turned = turned.fill_null(False)
    held = rows.select(
        without_fraction("id").alias("id"),
        calendar_day(pl.coalesce(*days, parts)).alias("told"),
        without_fraction("code").alias("code"),
        without_fraction("root").alias("root"),
        trimmed("actor_country").alias("actor_country"),
        trimmed("target_country").alias("target_country"),
        trimmed("place").alias("place"),
        number("lat").alias("lat"),
        number("long").alias("long"),
        pl.when(turned).then(country).otherwise(region).alias("region"),
        pl.when(turned).then(region).otherwise(country).alias("country"),
    )
    lost = (pl.col("told") == _LOST_DAY) & ~pl.col("id").str.starts_with(_GOES_BACK)
    held = held.with_columns(
        lost.fill_null(False).alias("is_lost"),
        pl.col("id").str.extract("_(v[0-9][0-9.]*)$", 1).alias("version"),
    )
    return held.with_columns(pl.when(~pl.col("is_lost")).then("told").alias("day"))


def _places(held: pl.DataFrame) -> pl.DataFrame:
    """Names, countries and precision. A name may be that of a country, of a region, of a town."""
    country = iso_country(held["country"], held["day"])
    plain = held["place"].str.replace(_FORMAL_OF, "")
    is_country = (country_by_name(held["place"]) == country) | (country_by_name(plain) == country)
    is_region = pl.col("place").str.to_lowercase() == pl.col("region").str.to_lowercase()
    # Towns do not lie on whole degrees.
    is_vague = pl.col("place").str.contains(_FORMAL) | (
        (pl.col("lat") % 1 == 0) & (pl.col("long") % 1 == 0)
    )
    return held.select(
        pl.col("place").alias("place_name"),
        country.alias("place_country_code"),
        pl.col("region").alias("admin1_name"),
        pl.when(is_country.fill_null(False))
        .then(pl.lit("country"))
        .when(is_region.fill_null(False))
        .then(pl.lit("region"))
        .when(pl.col("place").is_not_null() & ~is_vague.fill_null(False))
        .then(pl.lit("city"))
        .alias("place_precision"),
    )


def _notes(rows: pl.DataFrame, held: pl.DataFrame, fields: pl.DataFrame) -> dict[str, pl.Series]:
    actors = (rows["actor"].is_not_null() & fields["actor_code"].is_null()) | (
        rows["target"].is_not_null() & fields["target_code"].is_null()
    )
    return {
        "A leading zero of the code was lost: it is restored from the root.": (
            fields["action_code"] != "cameo:" + held["code"]
        ),
        "The day is 1970-01-01, which stands for a day that was lost: it has no day.": held[
            "is_lost"
        ],
        "A code of an actor has another form than CAMEO's: it stands in a source_ column only.": (
            actors
        ),
        "Latitude and longitude make no point: they stand in source_ columns only.": rows[
            "lat"
        ].is_not_null()
        & fields["latitude"].is_null(),
        "The cell of addresses holds several: source_url is the first.": rows["urls"].str.contains(
            "; *https?://"
        ),
        "The scale is no number: it is left out.": rows["goldstein"].is_not_null()
        & fields["source_intensity"].is_null(),
    }
