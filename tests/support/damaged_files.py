"""Clean files with a few damages at known places, and the faults that must be found there."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from qantar.schema.shape import Row

COLUMNS = (
    "event_id",
    "record_version",
    "action_code",
    "date_earliest",
    "date_latest",
    "attributed",
    "latitude",
    "longitude",
    "fatalities_best",
    "summary_en",
)
SUMMARIES = (
    "Somebody calls somebody.",
    "Gọi điện, hỏi thăm.",
    'One says "yes", the other "no".',
    "A horse 🐎 and a comma, no more.",
)
# What is told of a damage: rule, column, and by how many lines and rows it stands after.
Told = tuple[str, str | None]
Expected = list[tuple[str, int, int | None, str | None]]


@dataclass(frozen=True)
class Damage:
    """One thing done to a row. told: the fault; rows, lines: how many of each are added."""

    change: Callable[[Row, bytes], bytes]
    told: Told
    lines: int = 0
    rows: int = 0


def clean_row(number: int) -> Row:
    return {
        "event_id": f"TST-{number + 1:06d}",
        "record_version": 1,
        "action_code": "cameo:041",
        "date_earliest": "2021-05-03",
        "date_latest": "2021-05-04",
        "attributed": number % 3 == 0,
        "latitude": 10.5 + number % 7,
        "longitude": -20.25,
        "fatalities_best": number % 4,
        "summary_en": SUMMARIES[number % len(SUMMARIES)],
    }


def csv_line(row: Row, delimiter: str = ",") -> bytes:
    def cell(value: Any) -> str:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return '"' + text.replace('"', '""') + '"' if set(text) & {'"', ",", "\t"} else text

    return (delimiter.join(cell(row[name]) for name in COLUMNS) + "\n").encode()


def json_line(row: Row) -> bytes:
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


def _cell(name: str, value: Any, rule: str, column: str = "") -> tuple[str, dict[str, Any], Told]:
    return name, {name: value}, (rule, column or name)


# Values that are wrong in a CSV file, in a JSON file, or in both.
_VALUES = (
    _cell("latitude", 95, "value-out-of-range"),
    _cell("action_code", "cameo:999", "value-unknown"),
    _cell("action_code", "", "action-code-missing"),
    _cell("attributed", "perhaps", "value-type"),
    _cell("fatalities_best", 1.5, "value-type"),
    _cell("summary_en", "=1+1", "value-malformed"),
    _cell("event_id", "tst 1", "value-malformed"),
    _cell("date_earliest", "2021-06-01", "date-reversed", "date_latest"),
)
_CSV_VALUES = (
    _cell("record_version", "9" * 30, "value-out-of-range"),
    _cell("latitude", "1e999", "value-out-of-range"),
    _cell("date_latest", "2021-02-30", "value-malformed"),
    _cell("longitude", "east", "value-type"),
)
_JSON_VALUES = (
    _cell("date_latest", "2021-02-30", "value-malformed"),
    _cell("latitude", [10.5], "value-type"),
    _cell("summary_en", {"en": "x"}, "value-type"),
)


def _with(change: dict[str, Any], write: Callable[[Row], bytes]) -> Callable[[Row, bytes], bytes]:
    return lambda row, _: write(row | change)


def _without(name: str) -> Callable[[Row, bytes], bytes]:
    return lambda row, _: json_line({k: v for k, v in row.items() if k != name})


def csv_damages(delimiter: str = ",") -> dict[str, Damage]:
    """What can happen to a line of CSV or TSV."""
    mark = delimiter.encode()
    malformed, encoding = ("csv-malformed", None), ("file-encoding", None)
    plain = {"summary_en": "Plain words"}

    def spoil(before: bytes) -> Callable[[Row, bytes], bytes]:
        return lambda row, _: csv_line(row | plain, delimiter).replace(b"Plain", before)

    found = {
        "short": Damage(
            lambda r, _: csv_line(r | plain, delimiter).rpartition(mark)[0] + b"\n", malformed
        ),
        "long": Damage(lambda _, line: line.removesuffix(b"\n") + mark + b"x\n", malformed),
        "unclosed quote": Damage(spoil(b'"Plain'), malformed),
        "quote in a cell": Damage(spoil(b'Pl"ain'), malformed),
        "text after a quote": Damage(spoil(b'"Pl"ain'), malformed),
        "not UTF-8": Damage(spoil(b"Pl\xffain"), encoding),
        "half a character": Damage(spoil(b"Pl\xe1\xbbain"), encoding),
        "NUL": Damage(spoil(b"Pl\0ain"), malformed),
        "lone return": Damage(spoil(b"Pl\rain"), malformed),
        "empty line": Damage(lambda _, line: b"\n" + line, malformed, lines=1, rows=1),
    }
    for number, (name, change, told) in enumerate((*_VALUES, *_CSV_VALUES)):
        write = _with(change, lambda row: csv_line(row, delimiter))
        found[f"{name} {number}"] = Damage(write, told)
    return found


def json_damages() -> dict[str, Damage]:
    """What can happen to a line of JSON Lines."""
    malformed, encoding = ("json-malformed", None), ("file-encoding", None)

    def swap(old: bytes, new: bytes) -> Callable[[Row, bytes], bytes]:
        return lambda _, line: line.replace(old, new, 1)

    found = {
        "not closed": Damage(swap(b"}\n", b"\n"), malformed),
        "text not closed": Damage(swap(b'041"', b"041"), malformed),
        "key twice": Damage(swap(b'{"', b'{"event_id": "TST-0", "'), malformed),
        "no colon": Damage(swap(b'"latitude":', b'"latitude"'), malformed),
        "no comma": Damage(swap(b', "lat', b' "lat'), malformed),
        "single quotes": Damage(swap(b'"cameo:041"', b"'cameo:041'"), malformed),
        "NaN": Damage(swap(b"-20.25", b"NaN"), malformed),
        "overflow": Damage(swap(b"-20.25", b"1e999"), ("value-out-of-range", "longitude")),
        "beyond a double": Damage(
            swap(b'version": 1', b'version": 9007199254740993'),
            ("value-out-of-range", "record_version"),
        ),
        "of many digits": Damage(
            swap(b'version": 1', b'version": 1' + b"0" * 400),
            ("value-out-of-range", "record_version"),
        ),
        "more after it": Damage(swap(b"}\n", b"} x\n"), malformed),
        "half a pair": Damage(swap(b'"cameo:041"', b'"\\ud800"'), malformed),
        "not UTF-8": Damage(swap(b"cameo", b"cam\xffeo"), encoding),
        "NUL": Damage(swap(b"cameo", b"cam\0eo"), malformed),
        "blank line": Damage(lambda _, line: b"\n" + line, ("", None), lines=1),
        "no value": Damage(_without("action_code"), ("action-code-missing", "action_code")),
    }
    for number, (name, change, told) in enumerate((*_VALUES, *_JSON_VALUES)):
        if "" not in change.values():
            found[f"{name} {number}"] = Damage(_with(change, json_line), told)
    return found


def build(
    rows: int, chosen: dict[int, Damage], write: Callable[[Row], bytes], *, line: int = 1
) -> tuple[bytes, Expected]:
    """The lines of a file, and what is wrong: (rule, line, row, column).

    chosen: damages by row (from 0). line: that of the first row.
    """
    expected: Expected = []
    written: list[bytes] = []
    place, row = line, 1
    for number in range(rows):
        clean = clean_row(number)
        damage = chosen.get(number)
        if damage is None:
            written.append(write(clean))
        else:
            written.append(damage.change(clean, write(clean)))
            rule, column = damage.told
            if rule:
                expected.append((rule, place, row, column))
            place, row = place + damage.lines, row + damage.rows
        place, row = place + written[-1].count(b"\n") - (damage.lines if damage else 0), row + 1
    return b"".join(written), expected


@st.composite
def damaged(
    draw: st.DrawFn, damages: dict[str, Damage], most_rows: int = 60
) -> tuple[int, dict[int, Damage]]:
    """How many rows there are, and one to five damages by row."""
    rows = draw(st.integers(1, most_rows))
    places = draw(st.lists(st.integers(0, rows - 1), min_size=1, max_size=5, unique=True))
    kinds = st.sampled_from([*damages])
    return rows, {place: damages[draw(kinds)] for place in places}


def header(delimiter: str = ",") -> bytes:
    return (delimiter.join(COLUMNS) + "\n").encode()


def parquet_bytes(rows: list[Row], group: int) -> bytes:
    """The rows as Parquet of which every page has its checksum."""
    buffer = io.BytesIO()
    table = pa.Table.from_pylist([{name: row[name] for name in COLUMNS} for row in rows])
    pq.write_table(table, buffer, row_group_size=group, write_page_checksum=True)
    return buffer.getvalue()


def spoil_page(data: bytes, group: int, column: str) -> bytes:
    """Turn a byte in the last page of a column in a row group."""
    chunks = pq.read_metadata(io.BytesIO(data)).row_group(group)
    chunk = chunks.column(COLUMNS.index(column))
    end = chunk.data_page_offset + chunk.total_compressed_size
    if chunk.dictionary_page_offset is not None:
        end = chunk.dictionary_page_offset + chunk.total_compressed_size
    return data[: end - 1] + bytes([data[end - 1] ^ 0xFF]) + data[end:]
