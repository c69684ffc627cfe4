"""Files of other systems brought into tables of ours: the one call behind the command."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from qantar.dataset.conversion.account import Account, FileAccount
from qantar.dataset.conversion.columns import kept_names, output_schema
from qantar.dataset.conversion.converters import CONVERTERS
from qantar.dataset.conversion.destination import ConversionError, opened
from qantar.dataset.conversion.output import Format
from qantar.dataset.conversion.run import Conversion
from qantar.validation.places.input_file import InputFile, input_files
from qantar.validation.readers.system.start import NotConvertibleError, Start, start_of

Tell = Callable[[str], None]
TABLES_MADE = ("events", "mentions")


@dataclass(frozen=True)
class _Begun:
    """A file of which rows are converted."""

    file: InputFile
    start: Start
    account: FileAccount


def convert(
    paths: Iterable[str | Path],
    out: Path,
    *,
    system: str | None = None,
    version: str | None = None,
    partition: str | None = None,
    form: Format | None = None,
    tell: Tell | None = None,
) -> Account:
    """Convert files, folders and zips of other systems' event data into a table of ours.

    out: a .csv, .parquet or .jsonl file. Mentions of events that are there too go beside it, to
    ``NAME-mentions``. Beside it stand ``NAME.report.json``, the account and the declared losses,
    and ``NAME.rejected.jsonl``, every row that was not converted with its reason and its text
    untouched. system: of all files, such as gdelt2; by default told by each file. version: of the
    source's data, for `source_version`. partition: year or country; then `out` is a folder with a
    file of this form for each, and the report in it. tell: told the progress.

    Returns the account. Raises ConversionError where nothing can be converted or written, OSError
    where the output cannot be. Output that was there before is then untouched.
    """
    account = Account()
    begun = [*_begin(input_files([str(path) for path in paths]), account, system)]
    if not begun:
        told = " ".join(f"{file.name}: {file.refusal}" for file in account.files)
        raise ConversionError(f"There is nothing to convert. {told}")
    kinds = [kind for kind in TABLES_MADE if any(b.account.table == kind for b in begun)]
    schemas = {kind: _schema(begun, kind) for kind in kinds}
    account.columns = {kind: [*schema] for kind, schema in schemas.items()}
    with opened(out, schemas, partition, form) as made:
        for kind, schema in schemas.items():
            run = Conversion(kind, schema, made.tables[kind], made.rejected, account, version)
            for one in begun:
                if one.account.table == kind:
                    _take(run, one, tell)
        for target in made.tables.values():
            target.close(account.plain())
        held = json.dumps(account.plain(), ensure_ascii=False, indent=1)
        made.report.write(held.encode() + b"\n")
    return account


def _begin(files: Iterable[InputFile], account: Account, system: str | None) -> Iterable[_Begun]:
    for file in files:
        held = FileAccount(file.name)
        account.files.append(held)
        with file.opened() as (path, problem):
            if path is None:
                held.refusal = problem
                continue
            try:
                start = start_of(path, system)
            except NotConvertibleError as error:
                held.refusal = str(error)
                continue
        layout = start.layout
        if (layout.system, layout.holds) not in CONVERTERS:
            held.refusal = f"It looks like {start.told}. There is no converter for it."
            continue
        held.layout, held.system, held.table = layout.key, layout.system, layout.holds
        yield _Begun(file, start, held)


def _schema(begun: list[_Begun], table: str) -> dict[str, pl.DataType]:
    starts = [one.start for one in begun if one.account.table == table]
    kept = (n for start in starts for n in kept_names(start.layout, start.names).values())
    return output_schema({start.layout.system for start in starts}, kept, table)


def _take(run: Conversion, begun: _Begun, tell: Tell | None) -> None:
    with begun.file.opened() as (path, problem):
        if problem:
            begun.account.notes[problem] += 1
        if path is not None:
            rows = run.take(path, begun.start, begun.account)
            if tell is not None:
                tell(f"{begun.file.name}: {rows:,} rows")
