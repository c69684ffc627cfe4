"""Whatever stands in the cells of a layout, every row is converted or rejected, and is sound."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qantar.dataset.conversion.convert import convert
from qantar.dataset.conversion.destination import beside
from qantar.schema.systems import LAYOUTS, Layout
from qantar.validation import check_path

FIXTURES = Path(__file__).parent / "fixtures"
TABLES = {
    "polecat": "polecat/polecat_weekly.txt",
    "phoenix": "phoenix/events.full.20140620.txt",
    "phoenix-r": "phoenix/phoenix_through_r.csv",
    "phoenix-cline": "phoenix/cline_phoenix_gazette.csv",
}
RECORDS = [
    "ngec/ngec_2026_dates.jsonl",
    "ngec/ngec_legacy.jsonl",
    "ngec/ngec_legacy_date_resolved.jsonl",
    "plover/plover_lines.jsonl",
]
# What is right in some column, and what is right in none.
CELLS = (
    *("", " ", "None", "NA", "null", "NaN", "inf", "-", "=1+1", "@x", "0", "-0", "1e400", "007"),
    *("10", "040", "0311", "4", "3.0", "-9.5", "1000000", "91", "-180.5", "35.9", "0.0"),
    *(
        "20140620",
        "2014-06-20",
        "02/29/1996",
        "01/01/1970",
        "0000-01-01",
        "-001-01-01",
        "9999-12-31",
    ),
    *("2014-13-45", "2014-06-20T00:00:00", "2000-01-01"),
    *(
        "MLT",
        "ISL;MLT",
        "None;MLT",
        "SUN",
        "AFR",
        "IGO",
        "MLTGOV",
        "---GOV",
        "Valletta",
        "a;b",
        ";",
    ),
    *("ASSAULT", "consult", "AGREE", "CRIME", "visit", "PPLC", "ADM1", "PCLI", "AIRP"),
    *("1900001_v0.2.0", "id~/é 1", "x" * 90, "https://gazette.example/a;https://radio.example/b"),
    *("https://gazette.example/ b", "\u00a0", "\u2028", "Næturferja", "🙂", '"', '"a', "é" * 400),
    *("exact", "range", "approximate", "unresolved", "day", "week", "month", "quarter", "year"),
)
cells = st.sampled_from(CELLS) | st.text(
    st.characters(exclude_characters="\t\r\n\0", exclude_categories=["Cs"]), max_size=12
)
values = st.recursive(
    cells | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "wiki", "country", "code", "actorText", "a.b"]), inner
        )
    ),
    max_leaves=6,
)
FIXTURE = [HealthCheck.function_scoped_fixture]
quick = settings(max_examples=6, deadline=None, suppress_health_check=FIXTURE)
long = settings(max_examples=60, deadline=None, suppress_health_check=FIXTURE)


def converted(name: str, data: bytes, count: int) -> None:
    """Convert, and check that nothing is lost on the way and nothing wrong comes out."""
    with TemporaryDirectory() as folder:
        source, out = Path(folder) / name, Path(folder) / "out.csv"
        source.write_bytes(data)
        account = convert([source], out)
        assert account.rows == account.converted + account.rejected == count
        left = beside(out)[1].read_bytes().splitlines()
        assert len(left) == account.rejected
        errors = [
            fault for fault in check_path(out, profile="exchange") if fault.severity == "error"
        ]
        assert not errors, errors[:3]


def written(rows: Sequence[Sequence[str]], separator: str) -> bytes:
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if separator == "," else cell for cell in row]
        for row in rows
    ]
    return "".join(separator.join(row) + "\n" for row in quoted).encode()


def sound_cells(layout: Layout) -> tuple[list[str], list[str]]:
    """The header and a row of a made-up file of a layout."""
    separator = "\t" if TABLES[layout.key].endswith(".txt") else ","
    text = (FIXTURES / TABLES[layout.key]).read_text("utf-8")
    first, *others = csv.reader(io.StringIO(text), delimiter=separator)
    return ([*layout.columns], first) if layout.key == "phoenix" else (first, others[0])


@pytest.mark.parametrize("key", TABLES)
@quick
@given(data=st.data())
def test_any_cells(key: str, data: st.DataObject) -> None:
    try_cells(key, data)


@pytest.mark.slow
@pytest.mark.parametrize("key", TABLES)
@long
@given(data=st.data())
def test_any_cells_however_long_one_tries(key: str, data: st.DataObject) -> None:
    try_cells(key, data)


def try_cells(key: str, data: st.DataObject) -> None:
    (layout,) = (one for one in LAYOUTS if one.key == key)
    header, sound = sound_cells(layout)
    changes = st.dictionaries(st.integers(0, len(sound) - 1), cells, max_size=8)
    rows = [
        [changed.get(place, cell) for place, cell in enumerate(sound)]
        for changed in data.draw(st.lists(changes, min_size=1, max_size=4))
    ]
    separator = "\t" if TABLES[key].endswith(".txt") else ","
    converted("table.txt", written([header, *rows], separator), len(rows))


def changed(record: Any, changes: dict[str, Any]) -> Any:
    """A record with other values under some of its keys, however deep."""
    if isinstance(record, list):
        return [changed(one, changes) for one in record]
    if not isinstance(record, dict):
        return record
    return {key: changes.get(key, changed(value, changes)) for key, value in record.items()}


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("kind", ["jsonl", "json"])
@quick
@given(data=st.data())
def test_any_values(name: str, kind: str, data: st.DataObject) -> None:
    try_values(name, kind, data)


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("kind", ["jsonl", "json"])
@long
@given(data=st.data())
def test_any_values_however_long_one_tries(name: str, kind: str, data: st.DataObject) -> None:
    try_values(name, kind, data)


def try_values(name: str, kind: str, data: st.DataObject) -> None:
    lines = (FIXTURES / name).read_text("utf-8").splitlines()
    # The first tells the layout.
    sound = [json.loads(line) for line in lines]
    keys = sorted({key for one in sound for key in all_keys(one)})
    changes = st.dictionaries(st.sampled_from(keys), values, max_size=8)
    drawn = data.draw(st.lists(st.tuples(st.sampled_from(sound), changes), max_size=4))
    records = [sound[0], *(changed(record, change) for record, change in drawn)]
    if kind == "json":
        text = json.dumps(records, indent=1)
    else:
        text = "".join(json.dumps(one) + "\n" for one in records)
    converted("records.txt", text.encode(), len(records))


def all_keys(record: Any) -> set[str]:
    inner = record.values() if isinstance(record, dict) else record
    if not isinstance(record, dict | list):
        return set()
    return {*(record if isinstance(record, dict) else ())}.union(*(all_keys(one) for one in inner))


@quick
@given(
    damage=st.lists(
        st.tuples(st.integers(0, 10_000), st.sampled_from([b"", b"}", b"{", b'"', b",", b"\n"])),
        max_size=4,
    )
)
def test_any_damage_of_records(damage: list[tuple[int, bytes]]) -> None:
    for name in ("plover/plover_array.json", "ngec/ngec_2026_dates.jsonl"):
        text = (FIXTURES / name).read_bytes()
        for place, piece in damage:
            at = len(text) // 2 + place % (len(text) // 2)
            text = text[:at] + piece + text[at + 1 :]
        with TemporaryDirectory() as folder:
            source, out = Path(folder) / "records.txt", Path(folder) / "out.csv"
            source.write_bytes(text)
            account = convert([source], out)
            assert account.rows == account.converted + account.rejected > 0


@pytest.mark.parametrize("name", ["records.jsonl", "records.json"])
def test_a_record_that_is_no_text_is_rejected(name: str, tmp_path: Path) -> None:
    lines = (FIXTURES / "plover" / "plover_lines.jsonl").read_bytes().splitlines()[:2]
    spoilt = lines[1].replace(b'"', b'"\xff', 1)
    end = b"\n" if name.endswith("l") else b",\n"
    text = end.join([lines[0], spoilt])
    source, out = tmp_path / name, tmp_path / "out.csv"
    source.write_bytes(text if name.endswith("l") else b"[" + text + b"]")
    account = convert([source], out)
    assert (account.converted, account.rejected) == (1, 1)
