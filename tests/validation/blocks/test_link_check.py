"""Rules between tables of any size find what they find between tables held in memory."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made_up
from held_frames import as_polars
from mutations import HOSTILE_TEXTS
from qantar.dataset.csv_file import write_csv
from qantar.schema import TABLES, Profile, Severity
from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Join
from qantar.schema.rules import rules
from qantar.schema.shape import Rows
from qantar.validation import Fault
from qantar.validation.blocks.csv_block import CsvBlocks
from qantar.validation.blocks.csv_start import begin_csv
from qantar.validation.blocks.link_check import faults_between, notes_between
from qantar.validation.blocks.link_record import LinkRecords
from qantar.validation.blocks.link_side import LinkRule
from qantar.validation.blocks.linked_table import HeldBlocks, LinkedTable, Rereadable
from qantar.validation.blocks.parquet_block import ParquetBlocks
from qantar.validation.rules.table_rules import faults_of_tables
from qantar.validation.tables.table_file import Unjudged, judge_table, read_table

LINKED = ("events", "participants", "mentions", "spans", "sentences", "changes", "relations")
Told = Counter[tuple[Any, ...]]


@st.composite
def linked_tables(draw: st.DrawFn) -> Rows:
    """Tables of the made-up corpus, rows repeated or dropped, cells emptied or changed."""
    tables = {n: rows for n, rows in made_up.corpus().tables().items() if rows and n in TABLES}
    chosen = random.Random(draw(st.integers(0, 2**32)))
    texts = {c.name for t in LINKED for c in TABLES[t].columns if c.kind is ColumnKind.string}
    values = sorted({r[c] for t in tables.values() for r in t for c in texts if r.get(c)})
    for name in draw(st.lists(st.sampled_from(LINKED), unique=True)):
        rows = [dict(row) for row in tables[name] if chosen.random() < 0.9] or tables[name][:1]
        rows += [dict(chosen.choice(rows)) for _ in range(chosen.randrange(3))]
        for _ in range(chosen.randrange(5)):
            row, column = chosen.choice(rows), chosen.choice(TABLES[name].columns)
            row[column.name] = {
                ColumnKind.integer: chosen.choice([1, 2, 10_000, -1, None]),
                ColumnKind.number: 1.5,
                ColumnKind.boolean: chosen.choice([True, False, None]),
            }.get(column.kind, chosen.choice([*values, *HOSTILE_TEXTS, None]))
        tables[name] = rows
    for name in draw(st.lists(st.sampled_from(LINKED), max_size=2)):
        tables.pop(name, None)
    return tables


def in_memory(paths: dict[str, Path], profile: Profile) -> Told:
    marked, lines = {}, {}
    for name, path in paths.items():
        read = read_table(path, path.suffix[1:], file=path.name, table=name)
        assert not isinstance(read, Unjudged)
        marked[name], lines[name] = judge_table(read, profile).marked(), read
    return Counter(
        told(lines[placed.table].place(placed.fault.at(row=placed.index + 1)))
        for placed in faults_of_tables(marked, profile)
        if isinstance(placed.rule, get_args(LinkRule))
    )


def told(fault: Fault) -> tuple[Any, ...]:
    return (fault.file, fault.rule, fault.line, fault.row, fault.column, fault.message)


def as_csv(name: str, rows: list[dict[str, Any]], folder: Path) -> Path:
    path = folder / f"{name}.csv"
    plain = [
        {k: v.replace("\n", " ") if isinstance(v, str) else v for k, v in row.items()}
        for row in rows
    ]
    path.write_bytes(write_csv(TABLES[name], plain))
    return path


def as_parquet(name: str, rows: list[dict[str, Any]], folder: Path) -> Path:
    path = folder / f"{name}.parquet"
    as_polars(name, rows).write_parquet(path, row_group_size=3)
    return path


def csv_blocks(name: str, path: Path) -> Rereadable:
    begun = begin_csv(path, ",")
    assert begun is not None
    blocks = CsvBlocks(path, begun, ",", TABLES[name], block_bytes=200)
    assert sum(block.height for block in blocks)
    return blocks


def held_blocks(name: str, path: Path) -> Rereadable:
    read = read_table(path, path.suffix[1:], file=path.name, table=name)
    assert not isinstance(read, Unjudged)
    return HeldBlocks(read)


FORMS: dict[str, tuple[Callable[..., Path], Callable[[str, Path], Rereadable]]] = {
    "csv": (as_csv, csv_blocks),
    "parquet": (as_parquet, lambda _, path: ParquetBlocks(path, rows=2)),
    "held": (as_csv, held_blocks),
}


@pytest.mark.parametrize("form", FORMS)
@given(linked_tables(), st.sampled_from(Profile), st.sampled_from([0, 10**6]))
@settings(max_examples=6, deadline=None)
def test_tables_in_blocks_are_told_the_same_as_in_memory(
    form: str, tmp_path_factory: Any, tables: Rows, profile: Profile, most: int
) -> None:
    folder = tmp_path_factory.mktemp("linked")
    write, open_blocks = FORMS[form]
    paths = {name: write(name, rows, folder) for name, rows in tables.items()}
    linked = {
        name: LinkedTable(name, profile, path.name, open_blocks(name, path))
        for name, path in paths.items()
    }
    found = faults_between(linked, profile, most=most)
    assert Counter(map(told, found)) == in_memory(paths, profile)


DAMAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "key-dangling": ("participants", {"actor_id": "nobody"}),
    "leading-factuality-differs": ("mentions", {"factuality": "predicted"}),
    "leading-conditional-differs": ("events", {"conditional": True, "condition_en": "If so."}),
    "leading-mention-count": ("mentions", {"leading": False}),
    "zone-differs": ("mentions", {"zone": "headline"}),
    "span-past-end": ("spans", {"char_end": 9_999}),
    "trigger-missing": ("spans", {"field": "actor"}),
    "version-unexplained": ("events", {"record_version": 7}),
    "coded-sentence-without-mention": ("mentions", {"sentence_no": 4}),
}


@pytest.mark.parametrize("rule", DAMAGES)
@pytest.mark.parametrize("most", [0, 10**6])
def test_each_kind_of_rule_is_judged(rule: str, most: int, tmp_path: Path) -> None:
    tables = {n: rows for n, rows in made_up.corpus().tables().items() if rows}
    name, change = DAMAGES[rule]
    tables[name] = [row | change for row in tables[name]]
    paths = {n: as_csv(n, rows, tmp_path) for n, rows in tables.items()}
    linked = {
        n: LinkedTable(n, Profile.coded, path.name, csv_blocks(n, path))
        for n, path in paths.items()
    }
    found = Counter(map(told, faults_between(linked, Profile.coded, most=most)))
    assert rule in {name for _, name, *_ in found}
    assert found == in_memory(paths, Profile.coded)


def test_what_large_tables_are_not_asked_is_told(tmp_path: Path) -> None:
    tables = made_up.corpus().tables()
    linked = {
        name: LinkedTable(name, Profile.coded, name, csv_blocks(name, as_csv(name, rows, tmp_path)))
        for name, rows in tables.items()
        if name in ("events", "spans", "actors")
    }
    notes = {fault.file: fault for fault in notes_between(linked, linked, Profile.coded)}
    assert notes.keys() == {"events"}
    assert "date-anchor-cycle, span-missing" in notes["events"].message
    assert notes["events"].severity is Severity.note


def test_records_that_spill_are_all_read_back_with_their_equals() -> None:
    hashes = np.random.default_rng(1).integers(0, 2**64, 3_000, np.uint64) | np.uint64(1)
    hashes[::7] = 0
    numbers = np.arange(3_000, dtype=np.int64)
    held, spilt = LinkRecords(), LinkRecords(most=500)
    for part in np.array_split(numbers, 8):
        held.add(hashes[part], part)
        spilt.add(hashes[part], part)
    assert (held.is_spilt, spilt.is_spilt) == (False, True)
    parts = [*spilt.parts(apart=True)]
    assert len(parts) > 1
    again = np.concatenate(parts)
    (whole,) = held.parts(apart=False)
    assert len(whole) == np.count_nonzero(hashes)
    assert sorted(again.tolist()) == sorted(whole.tolist())
    for part in parts:
        assert len(np.unique(part["hash"] >> np.uint64(57))) <= 1
    spilt.close()


def test_what_stands_in_an_order_across_tables_is_whole_numbers() -> None:
    ordered = [r for r in rules() if isinstance(r, Join) and r.operator not in ("==", "!=")]
    assert ordered
    for rule in ordered:
        assert TABLES[rule.table].by_name[rule.left].kind is ColumnKind.integer
        assert TABLES[rule.other_table].by_name[rule.right].kind is ColumnKind.integer
