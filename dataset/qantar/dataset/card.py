"""The head of a release's README, by which Hugging Face's `load_dataset` finds the tables."""

import json
from typing import Any

from qantar.builders.edition import Edition
from qantar.schema.corpus import languages_of
from qantar.schema.language import tag_of
from qantar.schema.shape import Rows
from qantar.schema.tables import TABLES

FIRST = "events"


def write_card(edition: Edition, rows: Rows) -> str:
    """YAML between two lines of ``---``: licence, language, tags, a configuration for each table.

    Source: https://huggingface.co/docs/hub/datasets-cards
    """
    facts: dict[str, Any] = {
        "pretty_name": edition.title,
        **({"license": edition.license_name.lower()} if edition.license_name else {}),
        "language": languages(rows),
        "tags": list(edition.keywords),
        "size_categories": [_size_category(len(rows[FIRST]))],
    }
    # Every JSON value is YAML, so a title cannot break out of its line.
    lines = [f"{name}: {json.dumps(fact, ensure_ascii=False)}" for name, fact in facts.items()]
    # The library fails on a table without rows, so such a table is no configuration.
    tables = [_configuration(table) for table in TABLES if rows[table]]
    return "\n".join(["---", *lines, "configs:", *tables, "---"])


def languages(rows: Rows) -> list[str]:
    """The languages of the articles and of what was written about them."""
    found = [article.get("language_code") for article in rows["articles"]]
    own = map(tag_of, languages_of(rows))
    return list(dict.fromkeys(code for code in (*found, *own) if code))


def _configuration(table: str) -> str:
    default = "\n  default: true" if table == FIRST else ""
    return f"- config_name: {table}\n  data_files: parquet/{table}.parquet{default}"


def _size_category(number: int) -> str:
    """One of Hugging Face's; rows beyond memory are no matter here."""
    below = ""
    for name, bound in (("1K", 10**3), ("10K", 10**4), ("100K", 10**5), ("1M", 10**6)):
        if number < bound:
            return f"{below}n<{name}"
        below = f"{name}<"
    return f"{below}n<10M"
