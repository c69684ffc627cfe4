"""Everything that the page shows, as one JSON document."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from qantar.dataset.explorer.column import encode_table
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.explorer.map import draw_map
from qantar.dataset.explorer.network import lay_out
from qantar.dataset.explorer.party import Parties, find_parties
from qantar.schema.codebook import (
    actions,
    countries,
    gloss_languages,
    names_in_languages,
    stray_actions,
)
from qantar.schema.corpus import languages_of
from qantar.schema.language import tag_of
from qantar.schema.package_tables import OF_THE_CODEBOOK, package_tables
from qantar.schema.past import PAST_VERSIONS, past_schema, shows_past
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row, Rows
from qantar.schema.table import Column, Table
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION

# Beyond this a browser tab runs short of memory; the page says what it leaves out.
MOST_EVENTS = 250_000
# Of the network, in pixels, for screens from wide to narrow.
FRAMES = {"wide": (1060, 640), "middle": (728, 760), "tall": (360, 940)}
# So many actors need the whole height, fewer less, but never less than this share.
_CROWD, _LEAST = 16, 0.45
_OF_CODES = (
    "action_code",
    "action_name",
    "root_code",
    "quad_class_gdelt",
)
_GLOSS = "gloss_"
_SOURCE = "source_"
# Codings and agreement are for statistics, roles and other codes of countries for coders; dyads
# stand in the pairs.
_LEFT_OUT = ("codings", "agreement", "dyads", "actor_roles", "country_codes")
# What the codebook says is said in this language wherever the project has no other it knows.
_OF_INTERFACE = "en"


def prepare(rows: Rows, heading: Heading) -> dict[str, Any]:
    """The page's data; rows: every table, as `complete` leaves them."""
    shown = _shorten(rows)
    is_past = shows_past("events", {name for event in rows["events"] for name in event})
    if is_past:
        # It wrote a day within several and several days alike.
        shown["events"] = [_without(event, "date_extent") for event in shown["events"]]
    parties = find_parties(shown)
    languages = tuple(dict.fromkeys([*heading.languages, *languages_of(rows)]))
    tables = package_tables(languages) | _of_codebook(languages)
    tables["events"] = _with_open_columns(tables["events"], shown["events"])
    told_by = past_schema(PAST_VERSIONS[-1]).tables["events"] if is_past else tables["events"]
    shown |= {"codes": _used_codes(shown), "countries": _used_countries(shown)}
    return {
        "heading": {
            "title": heading.title,
            "version": heading.version,
            "summary": heading.summary,
            "creator": heading.creator,
            "licence": heading.license_title,
            "licence_url": heading.license_url,
        },
        "languages": [[language, tag_of(language)] for language in languages],
        "schema_version": PAST_VERSIONS[-1] if is_past else SCHEMA_VERSION,
        "names": _names(shown),
        "lists": [] if is_past else ["counts", "contexts"],
        "n_all": len(rows["events"]),
        "tables": {
            name: encode_table(table, shown[name])
            for name, table in tables.items()
            if name not in _LEFT_OUT
        },
        "actors": [_bare(actor) for actor in parties.actors],
        "pairs": {
            "e": [pair.event for pair in parties.pairs],
            "a": [pair.actor for pair in parties.pairs],
            "t": [pair.target for pair in parties.pairs],
            "w": [round(pair.weight, 6) for pair in parties.pairs],
        },
        "network": _network(parties),
        "map": draw_map(shown["events"], _countries_in(shown)),
        "derived": sorted(column.name for column in told_by.columns if column.derived),
    }


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _of_codebook(languages: tuple[str, ...]) -> dict[str, Table]:
    """`codes` and `countries` with glosses in the languages that the page can ask for."""
    return {
        name: TABLES[name].in_languages(
            language
            for language in gloss_languages(name)
            if language in (*languages, _OF_INTERFACE)
        )
        for name in OF_THE_CODEBOOK
    }


def _with_open_columns(table: Table, rows: list[Row]) -> Table:
    """The table with what rows keep of their source in columns of its own naming."""
    names = dict.fromkeys(name for row in rows for name in row if name.startswith(_SOURCE))
    added = tuple(
        Column(name, _kind_of(row[name] for row in rows if name in row), "")
        for name in names
        if name not in table.by_name
    )
    return replace(table, columns=table.columns + added) if added else table


def _kind_of(values: Iterable[Any]) -> ColumnKind:
    """Of a column that nobody declared: what all its values are, else text."""
    kinds = {type(value) for value in values}
    for kind, column in ((bool, ColumnKind.boolean), (int, ColumnKind.integer)):
        if kinds == {kind}:
            return column
    return ColumnKind.number if kinds and kinds <= {int, float} else ColumnKind.string


def _bare(actor: Row) -> Row:
    """An actor of the network; who stands in the table `actors` has the name from there."""
    names: dict[str, str] = actor["names"]
    return {"key": actor["key"], **({"name": names[""]} if "" in names else {})}


def _network(parties: Parties) -> dict[str, Any]:
    """The actors shown, the lines of their names, and their places in each frame."""
    share = max(_LEAST, min(1.0, len(parties.actors) / _CROWD))
    frames = {name: (width, round(height * share)) for name, (width, height) in FRAMES.items()}
    placed = {name: lay_out(parties, *size) for name, size in frames.items()}
    return {
        "nodes": [{"a": node.actor, "l": node.names} for node in placed["wide"]],
        "frames": {
            name: {
                "w": width,
                "h": height,
                "at": [[round(node.x), round(node.y)] for node in placed[name]],
            }
            for name, (width, height) in frames.items()
        },
    }


def _shorten(rows: Rows) -> Rows:
    """The rows of the first MOST_EVENTS events."""
    if len(rows["events"]) <= MOST_EVENTS:
        return dict(rows)
    events = rows["events"][:MOST_EVENTS]
    kept = {event["event_id"] for event in events}
    of_events = {
        name: [row for row in content if row.get("event_id", "") in kept]
        for name, content in rows.items()
        if name != "events" and "event_id" in TABLES[name].by_name
    }
    mentions = {row["mention_id"] for row in of_events["mentions"]}
    of_mentions = {
        name: [row for row in rows[name] if row["mention_id"] in mentions]
        for name in ("spans", "attributions")
    }
    return {**rows, **of_events, **of_mentions, "events": events}


def _used_codes(rows: Rows) -> list[Row]:
    """The codes of events with their glosses, and names of roots and of what was considered."""
    by_code = {code: action.plain() for code, action in stray_actions().items()}
    by_code |= {code["action_code"]: code for code in rows["codes"]}
    for code, action in actions().items():
        glosses = {f"gloss_{key}": text for key, text in action.gloss.items()}
        by_code[code] = {**glosses, **by_code.get(code, {})}
    used = {event["action_code"] for event in rows["events"] if "action_code" in event}
    named = {row["value"] for row in rows["alternatives"] if row["field"] == "action_code"}
    named |= {by_code[code].get("root_code") for code in used if code in by_code}
    full = {key: _pick(code, _OF_CODES) for key, code in by_code.items() if key in used}
    short = {
        key: _pick(code, _OF_CODES[:3])
        for key, code in by_code.items()
        if key in named and key not in used
    }
    return [*full.values(), *short.values()]


def _names(rows: Rows) -> dict[str, dict[str, str]]:
    """Names of the codes and contexts on the page, by language."""
    used = [code["action_code"] for code in rows["codes"]]
    used += dict.fromkeys(row["context"] for row in rows.get("contexts", ()))
    return {
        language: {code: names[code] for code in used if code in names}
        for language, names in names_in_languages().items()
    }


def _pick(row: Row, names: tuple[str, ...]) -> Row:
    glosses = [name for name in row if name.startswith(_GLOSS)] if names == _OF_CODES else []
    return {name: row[name] for name in (*names, *glosses) if name in row}


def _countries_in(rows: Rows) -> set[str]:
    names = ("actor_country_code", "target_country_code", "place_country_code")
    found = {event.get(name) for event in rows["events"] for name in names}
    found |= {party.get("actor_country_code") for party in rows["participants"]}
    return {code for code in found if code}


def _used_countries(rows: Rows) -> list[Row]:
    used = _countries_in(rows) | {actor.get("country_code") for actor in rows["actors"]}
    known = {code: country.plain() for code, country in countries().items()}
    for country in rows["countries"]:
        code = country["country_code"]
        known[code] = {**known.get(code, {}), **country}
    return [known[code] for code in sorted(filter(None, used)) if code in known]
