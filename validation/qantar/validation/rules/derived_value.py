"""Derived columns computed anew and compared with what the tables hold."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qantar.schema.codebook import actions, admitted_countries
from qantar.schema.corpus import Corpus
from qantar.schema.rule import Profile, Severity
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import shown
from qantar.validation.rules.observation import Observed, Tables, fault_by, sound
from qantar.validation.rules.value.rule import BROKEN, name_value

Row = Mapping[str, Any]

TOLERANCE = 1e-9
_WARNING = Severity.warning
# What a row must hold for others to be derived from it.
_ESSENTIAL = {
    "events": ("event_id",),
    "participants": ("event_id", "slot", "ordinal", "actor_id"),
    "mentions": ("event_id", "mention_id", "article_id", "leading"),
    "attributions": ("mention_id",),
    "counts": ("event_id", "ordinal", "kind", "of_whom"),
    "actors": ("actor_id",),
}
_FATALITIES = tuple(name for name in TABLES["events"].by_name if name.startswith("fatalities_"))
# Columns of `events`, and the tables they derive from. What the codebook alone gives has
# rules of its own.
_NEEDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("n_mentions", "n_articles"): ("mentions",),
    ("attributed",): ("mentions", "attributions"),
    ("actor_id", "actor_code", "actor_country_code"): ("participants",),
    ("target_id", "target_code", "target_country_code"): ("participants",),
    ("actor_name", "target_name"): ("participants", "actors"),
    _FATALITIES: ("counts",),
}
# Columns of participants that stand in events and pairs as they are.
_KEPT = ("actor_code", "actor_country_code")
_HOLD_COUNTRIES = ("participants", "actors", "actor_roles")
_DYAD_KEY = ("event_id", "actor_id", "target_id")


def observe_derived(
    tables: Tables, profile: Profile = Profile.coded, languages: Sequence[str] = ()
) -> Iterator[Observed]:
    """Cells that are not what follows from other cells; numbers may differ by 1e-9.

    Judged are events whose own rows and those that belong to them are all sound. languages:
    of the package, the main one first; by default those that its events have.
    """
    if "events" in tables:
        clean, indices = _clean(tables)
        expected = Corpus.from_tables(clean, languages).tables()
        yield from _events(tables, profile, expected["events"], indices)
        yield from _dyads(tables, expected["dyads"], clean, indices)
        if len(indices) == len(tables["events"]) and set(_HOLD_COUNTRIES) <= set(tables):
            yield from _codebook_rows(tables, "countries", expected["countries"])
    yield from _span_articles(tables)
    yield from _codebook_rows(tables, "codes", [action.plain() for action in actions().values()])


def _clean(tables: Tables) -> tuple[dict[str, list[dict[str, Any]]], list[int]]:
    """Rows of the events that can be derived from, and the indices of those events."""
    doubtful: set[Any] = set()
    owner = {
        m["mention_id"]: m.get("event_id")
        for m in tables.get("mentions", ())
        if sound(m, "mention_id")
    }
    kept: dict[str, list[Row]] = {}
    for name, essential in _ESSENTIAL.items():
        kept[name] = []
        for row in tables.get(name, ()):
            is_open = name == "counts" and BROKEN in row.values()
            if sound(row, *essential) and not is_open:
                kept[name].append(row)
            elif name != "actors":
                doubtful.add(row.get("event_id", owner.get(row.get("mention_id"))))
    if doubtful & {BROKEN, None}:
        # A row that may belong to any event leaves none that is certain.
        kept["events"] = []
    indices = [
        n
        for n, row in enumerate(tables["events"])
        if sound(row, *_ESSENTIAL["events"])
        and row.get("action_code") is not BROKEN
        and kept["events"]
        and row["event_id"] not in doubtful
    ]
    kept["events"] = [tables["events"][n] for n in indices]
    kept |= {n: list(tables.get(n, ())) for n in ("actor_roles",)}
    return {
        name: [_stripped(row, _KEPT if name == "participants" else ()) for row in rows]
        for name, rows in kept.items()
    }, indices


def _stripped(row: Row, kept: Collection[str]) -> dict[str, Any]:
    """The row without faulty cells, but for columns that are taken over as they are."""
    return {n: value for n, value in row.items() if value is not BROKEN or n in kept}


def _events(
    tables: Tables, profile: Profile, expected: Sequence[Row], indices: list[int]
) -> Iterator[Observed]:
    columns = [c for names, needs in _NEEDS.items() if set(needs) <= set(tables) for c in names]
    certain_names = all(
        sound(row, "actor_id") and BROKEN not in row.values() for row in tables.get("actors", ())
    )
    for index, wanted in zip(indices, expected, strict=True):
        row = tables["events"][index]
        for column in columns:
            unnamed = column.endswith("_name") and not certain_names and column not in wanted
            left_out = profile is Profile.exchange and row.get(column) is None
            # Converted rows may hold a toll of which no claim is told.
            alone = profile is Profile.exchange and not {*_FATALITIES} & wanted.keys()
            if unnamed or left_out or (alone and column in _FATALITIES):
                continue
            for found in _cell("events", index, row, wanted, column):
                softer = profile is Profile.exchange and column in _FATALITIES
                yield replace(found, fault=found.fault.at(severity=_WARNING)) if softer else found


def _dyads(
    tables: Tables, expected: Sequence[Row], clean: Tables, indices: list[int]
) -> Iterator[Observed]:
    if not {"dyads", "participants"} <= set(tables):
        return
    judged = {row["event_id"]: index for row, index in zip(clean["events"], indices, strict=True)}
    wanted = {_key(row): row for row in expected}
    seen = set()
    for index, row in enumerate(tables["dyads"]):
        key = _key(row)
        if not sound(row, *_DYAD_KEY) or row["event_id"] not in judged:
            continue
        seen.add(key)
        if key not in wanted:
            message = f"{_tell(row)} does not follow from events and participants."
            yield Observed("dyads", index, fault_by("derived-differs", message, column="event_id"))
            continue
        for column in TABLES["dyads"].columns:
            yield from _cell("dyads", index, row, wanted[key], column.name)
    if all(sound(row, *_DYAD_KEY) for row in tables["dyads"]):
        for key, row in wanted.items():
            if key not in seen:
                message = f"{_tell(row)} follows from the participants, but is not in dyads."
                fault = fault_by("derived-differs", message, column="event_id", value=key[0])
                yield Observed("events", judged[key[0]], fault)


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(column) for column in _DYAD_KEY)


def _tell(row: Row) -> str:
    return f"The pair {row['actor_id']} and {row['target_id']} of {row['event_id']}"


def _span_articles(tables: Tables) -> Iterator[Observed]:
    mentions = {
        m["mention_id"]: m
        for m in tables.get("mentions", ())
        if sound(m, "mention_id", "article_id")
    }
    for index, span in enumerate(tables.get("spans", ())):
        mention = mentions.get(span.get("mention_id"))
        if mention is not None and "article_id" in span:
            yield from _cell("spans", index, span, mention, "article_id")


def _codebook_rows(tables: Tables, table: str, expected: Sequence[Row]) -> Iterator[Observed]:
    if table not in tables:
        return
    key = TABLES[table].primary_key[0]
    wanted = {row[key]: row for row in expected}
    known = admitted_countries() if table == "countries" else actions()
    seen = set()
    for index, row in enumerate(tables[table]):
        code = row.get(key)
        seen.add(code)
        if code in wanted:
            for column in TABLES[table].with_names(row).by_name:
                yield from _cell(table, index, row, wanted[code], column)
        elif sound(row, key):
            said = "does not occur in the tables" if code in known else "is not in the codebook"
            fault = fault_by("derived-differs", f"{key} {code} {said}.", column=key, value=code)
            yield Observed(table, index, fault)
    missing = [code for code in wanted if code not in seen]
    if missing and BROKEN not in seen and None not in seen:
        message = f"The table {table} lacks {len(missing)} rows, such as {missing[0]}."
        yield Observed(table, None, fault_by("derived-differs", message, column=key))


def _cell(table: str, index: int, row: Row, wanted: Row, column: str) -> Iterator[Observed]:
    found, expected = row.get(column), wanted.get(column)
    # What follows from a faulty cell is not known.
    if BROKEN in (found, expected) or same(found, expected):
        return
    told = "missing" if found is None else name_value(found)
    should = "nothing" if expected is None else name_value(expected)
    message = f"{column} is {told}, but {should} is expected."
    suggestion = shown(expected)
    fault = fault_by("derived-differs", message, column=column, value=found, suggestion=suggestion)
    yield Observed(table, index, fault)


def same(one: Any, other: Any) -> bool:
    """Whether two cells say the same; numbers are compared within 1e-9."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(one == other)
