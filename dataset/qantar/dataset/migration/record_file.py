"""Files of JSON and JSON Lines: nested records, or flat rows of a table."""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qantar.dataset.migration.table_file import table_named
from qantar.schema.migration import (
    Account,
    MigrationError,
    Setting,
    migrate_record,
    migrate_rows,
)
from qantar.schema.shape import Row
from qantar.validation.engine.records.row_file import is_nested
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.json.text import Entry, read_json, read_jsonl

_MOST_TOLD = 20


@dataclass(frozen=True)
class _Line:
    """A record with its line. It is read anew, so that numbers stay as they are spelled."""

    line: int
    record: Any


def migrate_json(
    content: bytes, form: str, file: str, *, lasting: Iterable[str], table: str | None = None
) -> tuple[bytes, Account]:
    """The file of records or rows of 0.1.0 as one of 0.2.0; raises MigrationError."""
    lines = _read(content, form, file)
    names = {name for one in lines if isinstance(one.record, dict) for name in one.record}
    if table is None and (is_nested(names) or not names):
        made, account = _migrate_records(lines, file, lasting)
    else:
        odd = next((one.line for one in lines if not isinstance(one.record, dict)), None)
        if odd is not None:
            raise MigrationError(f"{file}, line {odd}: a row is a JSON object.")
        name = table_named(sorted(names), file, table)
        made, account = migrate_rows(name, [one.record for one in lines], lasting=lasting)
    return _written(made, content, form), account


def _read(content: bytes, form: str, file: str) -> list[_Line]:
    read = read_json(content) if form == "json" else read_jsonl(io.BytesIO(content))
    lines: list[_Line] = []
    for item in read:
        if isinstance(item, Fault):
            place = f", line {item.line}" if item.line else ""
            raise MigrationError(f"{file}{place}: {item.message}")
        assert isinstance(item, Entry)
        lines.append(_Line(item.first_line, json.loads(item.text)))
    if not lines:
        raise MigrationError(f"{file} holds no record.")
    return lines


def _migrate_records(
    lines: list[_Line], file: str, lasting: Iterable[str]
) -> tuple[list[Row], Account]:
    account, named = Account(), frozenset(lasting)
    made: list[Row] = []
    refused: list[str] = []
    for one in lines:
        settings: list[Setting] = []
        try:
            record, settings = migrate_record(one.record, lasting=named)
            made.append(record)
        except MigrationError as error:
            refused.append(f"{file}, line {one.line}: {error}")
        account.add("events", settings)
    if refused:
        more = len(refused) - _MOST_TOLD
        left = [f"and {more:,} more records"] if more > 0 else []
        raise MigrationError("\n".join([*refused[:_MOST_TOLD], *left]))
    return made, account


def _written(made: list[Row], content: bytes, form: str) -> bytes:
    if form == "jsonl":
        lines = (json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in made)
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    is_list = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["
    value = made if is_list else made[0]
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
