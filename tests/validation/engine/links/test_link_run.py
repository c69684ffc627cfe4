"""Rules between tables of any size find what they find between tables held in memory."""

import random
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from qantar.dataset.csv_file import write_csv
from qantar.schema import TABLES, Profile
from qantar.schema.patterns import EVENT_ID_PATTERN, MENTION_ID_PATTERN, ColumnKind
from qantar.schema.rule import Join
from qantar.schema.rules import rules
from qantar.schema.shape import Rows
from qantar.schema.table import Column
from qantar.validation import Fault
from qantar.validation.engine.held_table import judge_table
from qantar.validation.engine.links.link_run import faults_between
from qantar.validation.engine.links.linked_table import HeldChunks, LinkedTable
from qantar.validation.readers.csv.chunks import CsvChunks
from qantar.validation.readers.csv.start import begin_csv
from qantar.validation.readers.parquet.chunks import ParquetChunks
from qantar.validation.readers.table_file import Unjudged, read_table
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import faults_of_tables, link_kind, link_rules_of
from qantar.validation.rules.value.rule import mark
from qantar.validation.tables.chunked_table import ChunkedTable
from qantar.validation.tables.key_record import KeyRecords
from support import made_up
from support.held_frames import as_polars
from support.mutations import HOSTILE_TEXTS
from support.told_tables import CODED_TABLES, LANGUAGES

# So many tables tell how often the rules between them are broken.
TRIED = 2_000
Told = Counter[tuple[Any, ...]]


def disturbed_tables(chosen: random.Random) -> Rows:
    """Tables of the made-up corpus, in which up to three links are made anew, well or badly."""
    tables = {n: [dict(r) for r in rows] for n, rows in linked_corpus().items()}
    # Most rules are keys, so that a kind is chosen first.
    kinds = sorted({type(rule) for rule in links()}, key=lambda kind: kind.__name__)
    for kind in chosen.choices(kinds, k=chosen.randrange(4)):
        rule = chosen.choice([rule for rule in links() if isinstance(rule, kind)])
        side = chosen.choice(link_kind(rule).sides(rule))
        name, column = side.table, chosen.choice(side.columns)
        if column in TABLES[name].prose:
            column = f"{column}_{chosen.choice(LANGUAGES)}"
        asked = {c.column: c.is_in for c in side.when}
        if asked.get(column) and chosen.random() < 0.5:
            # A rule that is asked of few values would hardly ever be asked.
            chosen.choice(tables[name])[column] = chosen.choice(asked[column] or ())
        else:
            _disturb(tables, name, column, chosen)
    for name in chosen.sample(sorted(tables), chosen.choice([0, 0, 0, 1, 2])):
        del tables[name]
    return tables


def _disturb(tables: Rows, name: str, column: str, chosen: random.Random) -> None:
    """Drop or repeat a row, or give the column another value, mostly one that it may have."""
    rows = tables[name]
    place = chosen.randrange(len(rows))
    match chosen.choice(["drop", "repeat", "known", "known", "new", "hostile"]):
        case "drop" if len(rows) > 1:
            del rows[place]
        case "repeat":
            rows.append(dict(rows[place]))
        case "hostile":
            rows[place][column] = chosen.choice([*HOSTILE_TEXTS, None])
            if TABLES[name].by_name[column].kind is not ColumnKind.string:
                rows[place][column] = None
        case "new":
            rows[place][column] = _new_value(TABLES[name].by_name[column], chosen)
        case _:
            values = {row[column] for t in tables.values() for row in t if row.get(column)}
            rows[place][column] = chosen.choice([*sorted(values), None])


def _new_value(column: Column, chosen: random.Random) -> Any:
    """A value of the column's form that no row is known to have."""
    if column.enum:
        return chosen.choice(column.enum)
    spelled = {EVENT_ID_PATTERN: "TST-999999", MENTION_ID_PATTERN: "TST-999999-M1"}
    return {
        ColumnKind.integer: chosen.choice([1, 2, 10_000]),
        ColumnKind.boolean: chosen.choice([True, False]),
        ColumnKind.number: 1.5,
    }.get(column.kind, spelled.get(column.pattern or "", "nobody"))


@cache
def links() -> list[LinkRule]:
    """The rules between two tables of which the corpus has rows."""
    held = linked_corpus().keys()
    linking = [rule for name in sorted(held) for rule in link_rules_of(name, Profile.coded)]
    return [rule for rule in linking if is_between(rule) and tables_of(rule) <= held]


def tables_of(rule: LinkRule) -> set[str]:
    return {side.table for side in link_kind(rule).sides(rule)}


def is_between(rule: LinkRule) -> bool:
    return len(link_kind(rule).sides(rule)) > 1


@cache
def linked_corpus() -> Rows:
    """The tables of the made-up corpus, of the codebook only what they name.

    Its offer is a makeshift and depends on the call, so that one change breaks what these ask.
    """
    corpus = made_up.corpus()
    corpus.events[1]["code_fit"] = "approximate"
    corpus.events[1]["relations"][0]["relation"] = "conditional_on"
    tables = {n: rows for n, rows in corpus.tables().items() if rows and n in TABLES}
    named = {v for n, rows in tables.items() if n != "codes" for row in rows for v in row.values()}
    codes = {row["action_code"]: row for row in tables["codes"]}
    while more := {codes[c].get("parent_code") for c in named & codes.keys()} - {None} - named:
        named |= more
    # The only relation is that of a conditional act.
    plain = {"event_id": "TST-000001", "relation": "precedes", "other_event_id": "TST-000002"}
    relations = [*tables["relations"], plain | {"mention_id": "TST-000001-M1"}]
    codes_named = [row for code, row in codes.items() if code in named]
    # The only figure is of all, and has no parts.
    part = {"ordinal": 2, "of_whom": "civilians"}
    counts = [*tables["counts"], tables["counts"][0] | part]
    number = next(span for span in tables["spans"] if span["field"] == "number")
    spans = [*tables["spans"], number | {"ordinal": 2}]
    return tables | {
        "codes": codes_named,
        "relations": relations,
        "counts": counts,
        "spans": spans,
    }


def of_links(tables: Rows, profile: Profile) -> Counter[str]:
    """The rules between tables that the tables break."""
    return Counter(
        placed.rule.id
        for placed in faults_of_tables(
            {n: [mark(TABLES[n], row, profile)[0] for row in rows] for n, rows in tables.items()},
            profile,
        )
        if is_between(placed.rule)
    )


def test_the_tables_that_are_tried_are_as_often_sound_as_not() -> None:
    found = [
        of_links(disturbed_tables(random.Random(seed)), Profile.coded) for seed in range(TRIED)
    ]
    sound = sum(not faults for faults in found)
    assert TRIED / 4 < sound < 3 * TRIED / 4
    assert {rule for faults in found for rule in faults} == {rule.id for rule in links()}


def in_memory(paths: dict[str, Path], profile: Profile) -> Told:
    marked, lines = {}, {}
    for name, path in paths.items():
        read = read_table(path, path.suffix[1:], file=path.name, table=name)
        assert not isinstance(read, Unjudged)
        marked[name], lines[name] = judge_table(read, profile).marked(), read
    return Counter(
        told(lines[placed.table].place(placed.fault.at(row=placed.index + 1)))
        for placed in faults_of_tables(marked, profile)
        if is_between(placed.rule)
    )


def told(fault: Fault) -> tuple[Any, ...]:
    return (fault.file, fault.rule, fault.line, fault.row, fault.column, fault.message)


def as_csv(name: str, rows: list[dict[str, Any]], folder: Path) -> Path:
    path = folder / f"{name}.csv"
    plain = [
        {k: v.replace("\n", " ") if isinstance(v, str) else v for k, v in row.items()}
        for row in rows
    ]
    path.write_bytes(write_csv(CODED_TABLES[name], plain))
    return path


def as_parquet(name: str, rows: list[dict[str, Any]], folder: Path) -> Path:
    path = folder / f"{name}.parquet"
    as_polars(name, rows).write_parquet(path, row_group_size=3)
    return path


def csv_chunks(name: str, path: Path) -> ChunkedTable:
    begun = begin_csv(path, ",")
    assert begun is not None
    # Several chunks of each table, whether it has a row or hundreds.
    size = max(200, path.stat().st_size // 5)
    chunks = CsvChunks(path, begun, ",", TABLES[name], chunk_bytes=size)
    assert sum(chunk.height for chunk in chunks)
    return chunks


def held_chunks(name: str, path: Path) -> ChunkedTable:
    read = read_table(path, path.suffix[1:], file=path.name, table=name)
    assert not isinstance(read, Unjudged)
    return HeldChunks(read)


FORMS: dict[str, tuple[Callable[..., Path], Callable[[str, Path], ChunkedTable]]] = {
    "csv": (as_csv, csv_chunks),
    "parquet": (as_parquet, lambda _, path: ParquetChunks(path, rows=2)),
    "held": (as_csv, held_chunks),
}


@pytest.mark.parametrize("form", FORMS)
@given(st.integers(0, 2**32), st.sampled_from(Profile), st.sampled_from([0, 10**6]))
@settings(max_examples=8, deadline=None)
def test_tables_in_chunks_are_told_the_same_as_in_memory(
    form: str, tmp_path_factory: Any, seed: int, profile: Profile, most: int
) -> None:
    tables = disturbed_tables(random.Random(seed))
    event(", ".join(sorted(of_links(tables, profile))) or "sound")
    assert_told_the_same(form, tables, profile, most, tmp_path_factory.mktemp("linked"))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("most", [0, 10**6])
@pytest.mark.parametrize("profile", Profile)
def test_tables_in_chunks_are_told_the_same_however_long_one_tries(
    form: str, profile: Profile, most: int, tmp_path: Path
) -> None:
    for seed in range(15):
        folder = tmp_path / str(seed)
        folder.mkdir()
        assert_told_the_same(form, disturbed_tables(random.Random(seed)), profile, most, folder)


def assert_told_the_same(
    form: str, tables: Rows, profile: Profile, most: int, folder: Path
) -> None:
    write, open_chunks = FORMS[form]
    paths = {name: write(name, rows, folder) for name, rows in tables.items()}
    linked = {
        name: LinkedTable(name, profile, path.name, open_chunks(name, path))
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
    "span-missing": ("events", {"place_name": "Nowhere"}),
}


@pytest.mark.parametrize("rule", DAMAGES)
@pytest.mark.parametrize("most", [0, 10**6])
def test_each_kind_of_rule_is_judged(rule: str, most: int, tmp_path: Path) -> None:
    tables = dict(linked_corpus())
    name, change = DAMAGES[rule]
    tables[name] = [row | change for row in tables[name]]
    paths = {n: as_csv(n, rows, tmp_path) for n, rows in tables.items()}
    linked = {
        n: LinkedTable(n, Profile.coded, path.name, csv_chunks(n, path))
        for n, path in paths.items()
    }
    found = Counter(map(told, faults_between(linked, Profile.coded, most=most)))
    assert rule in {name for _, name, *_ in found}
    assert found == in_memory(paths, Profile.coded)


@pytest.mark.parametrize("most", [0, 10**6])
def test_of_mentions_with_one_id_the_last_counts(most: int, tmp_path: Path) -> None:
    tables = {name: [dict(row) for row in rows] for name, rows in linked_corpus().items()}
    last, *_ = (row for row in tables["mentions"] if row["event_id"] == "TST-000002")
    tables["events"][0]["place_name"] = "Nowhere"
    # Its span of a place is that of the other event, of which it comes again.
    again = {"mention_id": "TST-000001-M9"}
    tables["mentions"] += [last | again | {"event_id": "TST-000001"}, last | again]
    tables["spans"].append(tables["spans"][0] | again | {"field": "place"})
    paths = {n: as_csv(n, rows, tmp_path) for n, rows in tables.items()}
    linked = {
        n: LinkedTable(n, Profile.coded, path.name, csv_chunks(n, path))
        for n, path in paths.items()
    }
    found = Counter(map(told, faults_between(linked, Profile.coded, most=most)))
    assert found == in_memory(paths, Profile.coded)
    assert any("Nowhere" in str(fault) for fault in found)


@pytest.mark.parametrize("first", ["Rice", " faulty", None])
def test_prose_is_told_in_the_first_language_that_has_it(first: str | None, tmp_path: Path) -> None:
    tables = dict(linked_corpus())
    tables["events"] = [row | {"object_en": first, "object_vi": "Ngô"} for row in tables["events"]]
    paths = {n: as_csv(n, rows, tmp_path) for n, rows in tables.items()}
    linked = {
        n: LinkedTable(n, Profile.coded, path.name, csv_chunks(n, path))
        for n, path in paths.items()
    }
    found = Counter(map(told, faults_between(linked, Profile.coded)))
    assert found == in_memory(paths, Profile.coded)
    columns = {column for _, rule, _, _, column, _ in found if rule == "span-missing"}
    assert columns == {"object_en" if first == "Rice" else "object_vi"}


def test_records_that_spill_are_all_read_back_with_their_equals() -> None:
    hashes = np.random.default_rng(1).integers(0, 2**64, 3_000, np.uint64) | np.uint64(1)
    hashes[::7] = 0
    numbers = np.arange(3_000, dtype=np.int64)
    held, spilt = KeyRecords(), KeyRecords(most=500)
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
