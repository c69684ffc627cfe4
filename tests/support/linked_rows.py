"""Rows of events that are alike but for what a test says."""

from typing import Any

import polars as pl

from qantar.dataset.linking.rows import COLUMNS

SHARED: dict[str, Any] = {
    "action_code": "cameo:190",
    "direction": "directed",
    "date_earliest": "2022-03-05",
    "date_latest": "2022-03-05",
    "place_country_code": "BWA",
    "place_precision": "city",
    "latitude": -19.98,
    "longitude": 23.42,
    "actor_name": "Salt Road Column",
    "target_name": "Military (Botswana)",
}
# About so many degrees of latitude are a kilometre.
KM = 1 / 111.2


def row(event_id: str, source: str = "icews", **other: Any) -> dict[str, Any]:
    """A row with an id and a source, and whatever else is to differ."""
    return {"event_id": event_id, "source_system": source} | SHARED | other


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    """Rows as a frame with the columns that rules ask."""
    return pl.DataFrame(list(rows), schema=COLUMNS)


def on(day: str, last: str | None = None) -> dict[str, str]:
    """The bounds of a date."""
    return {"date_earliest": day, "date_latest": last or day}


IN_COUNTRY: dict[str, Any] = {"place_precision": "country", "latitude": None, "longitude": None}
