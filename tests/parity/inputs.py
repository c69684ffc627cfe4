"""Inputs of which the verdicts are frozen: the same in every run, each with a name."""

import copy
import json
import random
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row, Rows
from qantar.schema.table import Column, Table
from qantar.validation.rules.value.rule import judge_cell
from support import made_up
from support.made_up_package import csv_package, patched_tables, release
from support.mutations import FITTING_TEXTS, HOSTILE_NUMBERS, HOSTILE_TEXTS, SCALAR_VALUES, places
from support.patch import patched
from support.told_tables import TOLD_TABLES

TESTS = Path(__file__).parents[1]
Kind = Literal["tables", "texts", "long tables", "records", "package", "files"]
SMALL, LONG = 10, 420
# What these hold cannot be made anew.
LISTS = ("codes", "countries", "country_codes")
ACTORS = (
    *("actor_id", "represents_id", "target_id", "of_actor_id", "claimant_id"),
    "fatalities_claimant_id",
)
SEEDS = range(2)
RECORD_SEEDS = range(24)
# One of so many inputs is tried in the quick suite.
SHARE = 45


@dataclass(frozen=True)
class Input:
    """What is judged. judged: the tables that are also held as frames, one at a time."""

    name: str
    kind: Kind
    content: Any
    judged: tuple[str, ...] = field(default=())

    @property
    def is_quick(self) -> bool:
        """Whether the quick suite tries it; told by the name, so that others change nothing."""
        return zlib.crc32(self.name.encode()) % SHARE == 0


def counterexamples() -> Iterator[Input]:
    """Tables and records of the counterexamples."""
    for stem, case in _cases("counterexamples"):
        corpus = made_up.corpus()
        whole = patched({"events": corpus.events, "tables": corpus.tables()}, case["patch"])
        name = f"counterexample {stem}: {case['what']}"
        if case["judged"] == "records":
            known = corpus.plain["actors"] if case.get("known", True) else None
            yield Input(name, "records", (whole["events"], known))
            continue
        told = {fault["table"] for fault in case["faults"] if "table" in fault}
        judged = told or {case.get("table", "events")}
        asked = judged.union(*map(_leads_to, judged))
        tables = {n: rows for n, rows in whole["tables"].items() if n in asked}
        yield Input(name, "tables", tables, tuple(sorted(judged)))


def file_cases() -> Iterator[Input]:
    """Files, packages and texts as the counterexamples and the whole verdicts lay them out."""
    for folder in ("counterexamples/files", "verdicts"):
        for stem, case in _cases(folder):
            yield Input(f"{folder} {stem}: {case['what']}", "files", case)


def packages() -> Iterator[Input]:
    """Packages that are not consistent, and a release with a file changed or lost."""
    for stem, case in _cases("observations"):
        files = csv_package(patched_tables(case))
        yield Input(f"package {stem}: {case['what']}", "package", files)
    whole = release()
    for name in sorted(whole):
        if name.startswith(("csv/", "parquet/")) and name.split("/")[1][:5] not in (
            "event",
            "menti",
        ):
            continue
        without = {path: data for path, data in whole.items() if path != name}
        yield Input(f"release without {name}", "package", without)
        cut = whole | {name: whole[name][: len(whole[name]) // 2]}
        yield Input(f"release with half of {name}", "package", cut)
    for seed in SEEDS:
        tables = {name: [dict(row) for row in rows] for name, rows in _corpus().items()}
        chosen = random.Random(f"package {seed}")
        for name in chosen.sample(sorted(tables), 4):
            if tables[name]:
                _change(tables[name], TOLD_TABLES[name], chosen, 2, _typed_value)
        yield Input(f"package with cells changed, {seed}", "package", csv_package(tables))


def generated_tables() -> Iterator[Input]:
    """Short and long tables of every name, with values of the right and of other types."""
    for name in TABLES:
        for seed in SEEDS:
            rows = _rows(name, SMALL, f"{name} {seed}")
            yield _among(f"table {name}, {seed}", "tables", name, rows, _typed_value)
            yield _among(f"table {name} of texts, {seed}", "texts", name, rows, _text_value)
        yield _long_table(name)


def mutated_records() -> Iterator[Input]:
    """Nested records with one to three values changed in each."""
    for seed in RECORD_SEEDS:
        chosen = random.Random(f"records {seed}")
        events = copy.deepcopy(made_up.corpus().events)
        for record in events:
            for _ in range(chosen.randrange(3)):
                _change_record(record, chosen, gently=seed % 2 == 0)
        known = made_up.corpus().plain["actors"] if seed % 4 else None
        yield Input(f"records, {seed}", "records", (events, known))


GROUPS: dict[str, Callable[[], Iterator[Input]]] = {
    "counterexamples": counterexamples,
    "files": file_cases,
    "packages": packages,
    "tables": generated_tables,
    "records": mutated_records,
}


def _cases(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((TESTS / folder).glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        for case in content["cases"] if isinstance(content, dict) else content:
            yield path.stem, case


def _corpus() -> Rows:
    return made_up.corpus().tables()


def _among(
    name: str,
    kind: Kind,
    table: str,
    rows: list[Row],
    value: Callable[[Column, random.Random], Any],
    changes: int = 8,
) -> Input:
    """The rows, changed, among the tables that rules lead to from theirs."""
    changed = [dict(row) for row in rows]
    _change(changed, TOLD_TABLES[table], random.Random(name), changes, value)
    corpus = _corpus()
    others = {other: corpus[other] for other in sorted(_leads_to(table)) if corpus.get(other)}
    return Input(name, kind, {table: changed, **others}, (table,))


def _leads_to(table: str) -> set[str]:
    """The other tables that rules lead to from one."""
    return {getattr(r, "other_table", table) for r in rules_of(table, Profile.coded)} - {table}


def _rows(table: str, count: int, seed: str) -> list[Row]:
    """Rows of the made-up table over and over, most of them copies with ids of their own."""
    chosen = random.Random(seed)
    whole = _corpus().get(table) or [_sound_row(table)]
    rows = (chosen.choice(whole) for _ in range(count))
    return [_copy(row, n if chosen.random() < 0.3 else 0) for n, row in enumerate(rows)]


def _long_table(name: str) -> Input:
    """So many copies of the made-up tables that one of them is long, with some cells changed."""
    corpus = {n: rows for n, rows in _corpus().items() if n in {name, *_leads_to(name)}}
    corpus[name] = corpus[name] or [_sound_row(name)]
    copies = 1 if name in LISTS else -(-LONG // len(corpus[name]))
    tables = {
        n: rows if n in LISTS else [_copy(row, k) for k in range(copies) for row in rows]
        for n, rows in corpus.items()
    }
    _change(tables[name], TOLD_TABLES[name], random.Random(f"long {name}"), 40, _typed_value)
    return Input(f"long table {name}", "long tables", tables, (name,))


def _copy(row: Row, number: int) -> Row:
    """The row as it is in another copy of its tables, where all ids are others."""
    return {name: _renamed(name, value, number) for name, value in row.items()}


def _renamed(name: str, value: Any, number: int) -> Any:
    if not number or not isinstance(value, str):
        return value
    if name in ACTORS or name in ("coder_id", "measure"):
        return f"{value}-{number}" if name != "measure" else f"{value}_{number}"
    event = re.sub(r"TST-000(?=\d{3})", f"TST-{number:03d}", value)
    return event.replace("TST-A0", f"TST-A{number:03d}")


def _sound_row(table: str) -> Row:
    """A row of which each value is right by itself."""
    values = ["made-up", "made_up", *FITTING_TEXTS, 1, True, 2]
    return {
        column.name: next(
            v for v in (*values, *(column.enum or ())) if not judge_cell(column, v, Profile.coded)
        )
        for column in TOLD_TABLES[table].columns
    }


def _change(
    rows: list[Row],
    table: Table,
    chosen: random.Random,
    count: int,
    value: Callable[[Column, random.Random], Any],
) -> None:
    for _ in range(count):
        row, column = chosen.choice(rows), chosen.choice(table.columns)
        changed = value(column, chosen)
        row.pop(column.name, None)
        if changed is not None:
            row[column.name] = changed
    if chosen.random() < 0.5:
        rows.append(dict(chosen.choice(rows)))


def _typed_value(column: Column, chosen: random.Random) -> Any:
    """Nothing, or a value of the column's type that it may have or not."""
    if chosen.random() < 0.15:
        return None
    if column.kind is ColumnKind.boolean:
        return chosen.random() < 0.5
    if column.kind is ColumnKind.integer:
        return chosen.choice([n for n in HOSTILE_NUMBERS if type(n) is int])
    if column.kind is ColumnKind.number:
        return float(chosen.choice(HOSTILE_NUMBERS))
    if column.enum and chosen.random() < 0.6:
        return chosen.choice(column.enum)
    return chosen.choice([t for t in (*FITTING_TEXTS, *HOSTILE_TEXTS) if t])


def _text_value(column: Column, chosen: random.Random) -> Any:
    if column.enum and chosen.random() < 0.3:
        return chosen.choice(column.enum)
    numbers = ["1", "2", "1.0", "1e400", "-0", "0x1", "1_000", "+1", " 1", "true", "TRUE", "inf"]
    return chosen.choice([t for t in (*FITTING_TEXTS, *HOSTILE_TEXTS, *numbers) if t])


def _change_record(record: dict[str, Any], chosen: random.Random, *, gently: bool) -> None:
    path = chosen.choice([*places(record)])
    holder: Any = record
    for step in path[:-1]:
        holder = holder[step]
    if chosen.random() < 0.2:
        del holder[path[-1]]
    elif not gently:
        holder[path[-1]] = copy.deepcopy(chosen.choice([*SCALAR_VALUES, [], {}, [1], {"a": 1}]))
    elif isinstance(holder, dict) and not isinstance(holder[path[-1]], dict | list):
        table = next((step for step in reversed(path) if step in TABLES), "events")
        column = TABLES[table].by_name.get(path[-1])
        if column is not None:
            holder[path[-1]] = _typed_value(column, chosen) or "cameo:036"
