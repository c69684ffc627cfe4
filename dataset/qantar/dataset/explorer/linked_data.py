"""What search engines read: the package as a schema.org Dataset."""

from typing import Any

from qantar.dataset.card import languages
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.facts import MEDIA_TYPES
from qantar.schema.corpus import languages_of
from qantar.schema.package_tables import package_tables
from qantar.schema.shape import Row, Rows


def describe_dataset(rows: Rows, heading: Heading) -> dict[str, Any]:
    """JSON-LD whose context is spelled out, so that reading it fetches nothing."""
    facts: dict[str, Any] = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        "name": heading.title,
        "description": heading.summary or heading.title,
        "version": heading.version,
        "license": heading.license_url,
        "keywords": list(heading.keywords),
        "isAccessibleForFree": True,
        "inLanguage": languages(rows),
        "temporalCoverage": _temporal(rows["events"]),
        "spatialCoverage": _spatial(rows),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": column.name, "description": column.description}
            for column in package_tables(languages_of(rows))["events"].columns
        ],
        "isBasedOn": [
            {"@type": "NewsArticle", "headline": article["title"], "identifier": key}
            for article in rows["articles"]
            if (key := article["article_id"]) and article.get("title")
        ],
    }
    if heading.creator:
        facts["creator"] = {"@type": "Organization", "name": heading.creator}
    if heading.in_release:
        facts["distribution"] = [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": f"{form}/events.{form}",
            }
            for form, media_type in MEDIA_TYPES.items()
        ]
    return {name: value for name, value in facts.items() if value}


def _temporal(events: list[Row]) -> str:
    first = min((e["date_earliest"] for e in events if e.get("date_earliest")), default="..")
    last = max((e["date_latest"] for e in events if e.get("date_latest")), default="..")
    return "" if first == last == ".." else f"{first}/{last}"


def _spatial(rows: Rows) -> list[dict[str, Any]]:
    keys = [f"name_{language}" for language in languages_of(rows)]
    names = {
        country["country_code"]: next((country[key] for key in keys if key in country), None)
        for country in rows["countries"]
    }
    codes = dict.fromkeys(event.get("place_country_code") for event in rows["events"])
    return [
        {"@type": "Place", "name": names.get(code) or code, "identifier": code}
        for code in codes
        if code
    ]
