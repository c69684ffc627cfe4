"""Whatever can be explored, read into the rows of tables once the validator has passed it."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from qantar.dataset.error import DatasetError
from qantar.dataset.explorer.heading import Heading
from qantar.dataset.load import released_facts
from qantar.dataset.restoration import read_tables
from qantar.schema.codebook import actions
from qantar.schema.corpus import Corpus
from qantar.schema.rule import Profile
from qantar.schema.shape import Row, Rows
from qantar.schema.table import Table
from qantar.schema.tables import TABLES
from qantar.validation.engine.records.row_file import table_of_rows
from qantar.validation.faults.report import Report
from qantar.validation.packages.descriptor import DESCRIPTOR, read_descriptor
from qantar.validation.packages.package import FORMS, is_package
from qantar.validation.packages.store import Archive, Folder, Store
from qantar.validation.places.check import check_paths
from qantar.validation.readers.cell_table import CellTable, plain_rows
from qantar.validation.readers.json.text import Entry, read_json, read_jsonl
from qantar.validation.readers.table_file import Unjudged, kind_of, read_table
from qantar.validation.reports.report import render_text

# Derived from what coding says, on which converted records are silent.
_OF_CODED = ("occurred", "attributed", "n_mentions", "n_articles")
Progress = Callable[[str], None]


def read_source(path: Path, progress: Progress | None = None) -> tuple[Rows, Heading]:
    """The tables at a path and what they say of themselves.

    path: a release's folder, one of its packages, a zip, a table or records. Raises
    ``DatasetError`` with the validator's report where there are faults, or where there are
    no events to show.
    """
    report = _judge(path, progress)
    if report.exit_code:
        raise DatasetError(f"{path} has faults and is not shown:\n{render_text(report)}")
    rows, heading = _read(path)
    if not rows.get("events"):
        raise DatasetError(f"There are no events in {path}.")
    return complete(rows), heading


def _judge(path: Path, progress: Progress | None) -> Report:
    """The report of what is asked of coded rows, or else of converted ones."""
    report = check_paths([path], progress=progress)
    if not report.exit_code:
        return report
    as_converted = check_paths([path], profile=Profile.exchange, progress=progress)
    return report if as_converted.exit_code else as_converted


def read_release_source(release: Path) -> tuple[Rows, Heading]:
    """The tables of a release's folder, digests checked; it was validated when it was made.

    Raises ``DatasetError`` where a file of it was altered.
    """
    heading = Heading.of_descriptor(released_facts(release), release.name)
    return complete(read_tables(release)), heading


def complete(rows: Mapping[str, list[Row]]) -> Rows:
    """Every table, those that are not there empty, and the codebook's rows for codes."""
    full = {name: list(rows.get(name, [])) for name in TABLES}
    full["codes"] = full["codes"] or [action.plain() for action in actions().values()]
    known = {code["action_code"]: code for code in full["codes"]}
    full["events"] = [_with_code(event, known) for event in full["events"]]
    return full


def _with_code(event: Row, known: Mapping[str, Row]) -> Row:
    """The row with what its code says of itself, where a converter left that out."""
    code = known.get(event.get("action_code", ""), {})
    said = {
        "action_name": code.get("action_name"),
        "action_root_code": code.get("root_code"),
    }
    added = {name: value for name, value in said.items() if value and event.get(name) is None}
    return {**event, **added} if added else event


def _read(path: Path) -> tuple[Rows, Heading]:
    if path.name == DESCRIPTOR:
        path = path.parent
    if path.is_dir():
        if not is_package(path):
            raise DatasetError(f"{path} is no package; give a package or a file of events.")
        return _read_package(Folder(path), path.resolve().name)
    if kind_of(path) == "zip":
        with closing(Archive(path, str(path))) as archive:
            return _read_package(archive, path.stem)
    rows = _read_records(path) if kind_of(path) in ("json", "jsonl") else _read_table(path)
    return rows, Heading(path.stem)


def _read_package(store: Store, name: str) -> tuple[Rows, Heading]:
    there = set(store.paths())
    # Parquet first: it is quicker to read.
    places = ("", *(f"{form}/" for form in reversed(FORMS)))
    top = next(place for place in places if f"{place}{DESCRIPTOR}" in there)
    content = store.read(f"{top}{DESCRIPTOR}")
    rows: Rows = {}
    for resource in read_descriptor(content, file=DESCRIPTOR).resources:
        rows[resource.table.name] = _decode(
            store.read(f"{top}{resource.path}"), resource.format, resource.table
        )
    return rows, Heading.of_descriptor(json.loads(content), name)


def _read_table(path: Path) -> Rows:
    read = read_table(path, kind_of(path), file=str(path))
    if isinstance(read, Unjudged) or read.table is None:
        raise DatasetError(f"{path} is not a table that Qantar knows.")
    return {read.table: _present(read)}


def _decode(content: bytes, form: str, table: Table) -> list[Row]:
    read = read_table(content, form, file=table.name, table=table.name)
    if isinstance(read, Unjudged):
        raise DatasetError(f"The table {table.name} cannot be read.")
    return _present(read)


def _present(read: CellTable) -> list[Row]:
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in plain_rows(read.frame)
    ]


def _read_records(path: Path) -> Rows:
    if kind_of(path) == "json":
        items = list(read_json(path.read_bytes()))
    else:
        with path.open("rb") as lines:
            items = list(read_jsonl(lines))
    entries = [item for item in items if isinstance(item, Entry)]
    table = table_of_rows(entries, None)
    values = [entry.record for entry in entries]
    if table:
        return {table: values}
    rows = Corpus(values, {}).tables()
    shown = [_with_source(row, record) for row, record in zip(rows["events"], values, strict=True)]
    return {**rows, "events": shown}


def _with_source(row: Row, record: Row) -> Row:
    """The row with all that a converted record says, and nothing made of its silence."""
    if "factuality" in record:
        return row
    kept = {name: value for name, value in row.items() if name not in _OF_CODED}
    scalars = {n: v for n, v in record.items() if not isinstance(v, list | dict)}
    return {**kept, **{n: v for n, v in scalars.items() if n != "schema_version"}}
