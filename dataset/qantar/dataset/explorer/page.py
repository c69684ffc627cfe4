"""The page composed: one HTML file that needs nothing else and lets nothing else in."""

import base64
import hashlib
import json
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from qantar.dataset.explorer.data import prepare
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.linked_data import describe_dataset
from qantar.schema.shape import Rows
from qantar.schema.vocabulary import (
    ActionMatch,
    Certainty,
    CodeFit,
    Confidence,
    ContentStatus,
    DateBasis,
    DateExtent,
    DigestKey,
    Direction,
    Factuality,
    PlacePrecision,
    Polarity,
    Vocabulary,
)

PAGE = "explorer.html"
LANGUAGES = ("en", "vi")
# A record's page says what their values mean.
EXPLAINED: tuple[type[Vocabulary], ...] = (
    CodeFit,
    ActionMatch,
    Direction,
    Factuality,
    Certainty,
    Polarity,
    ContentStatus,
    Confidence,
    DateBasis,
    DateExtent,
    PlacePrecision,
    DigestKey,
)
_HERE = Path(__file__).parent
# In this order, since each builds on those before it.
SCRIPTS = (
    "element",
    "word",
    "table",
    "prose",
    "value",
    "selection",
    "filter",
    "overview",
    "days",
    "timeline",
    "network",
    "map",
    "list",
    "download",
    "digest",
    "text",
    "ledger",
    "article",
    "mention",
    "party",
    "count",
    "record",
    "route",
)


def write_page(rows: Rows, heading: Heading) -> bytes:
    """The page of a package; rows: every table, as `complete` leaves them.

    Depends on the arguments and the code alone.
    """
    style, script = _style(), _script()
    page = Template(_asset("page.html")).substitute(
        policy=_policy(style, script),
        title=escape(heading.title),
        description=escape(heading.summary or heading.title),
        linked_data=_inert_json(describe_dataset(rows, heading)),
        style=style,
        words=_inert_json(_words()),
        data=_inert_json(prepare(rows, heading)),
        script=script,
    )
    return page.encode()


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _style() -> str:
    return _strip("style.css", comment="/*")


@cache
def _script() -> str:
    kept = "\n".join(_strip(f"{name}.js", comment="//") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{kept}\n}})();\n'


def _strip(name: str, *, comment: str) -> str:
    """An asset without indentation and lines of comment; no text in one runs over lines."""
    lines = (line.strip() for line in _asset(name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(comment))


@cache
def _words() -> dict[str, dict[str, str]]:
    """What the page says, by language and key; English meanings come from the vocabularies."""
    words = {
        language: json.loads((_HERE / "words" / f"{language}.json").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
    meanings = {
        f"meaning.{_kebab(kind.__name__)}.{member.value}": member.meaning
        for kind in EXPLAINED
        for member in kind
    }
    return {**words, "en": {**words["en"], **meanings}}


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).strip("-")


def _asset(name: str) -> str:
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


def _inert_json(document: Any) -> str:
    """JSON that cannot end the script element it stands in, nor open a comment there."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
