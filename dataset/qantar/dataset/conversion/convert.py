"""Files of other systems brought into tables of ours: the one call behind the command."""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from qantar.dataset.conversion.account import Account, FileAccount
from qantar.dataset.conversion.columns import kept_names, output_schema
from qantar.dataset.conversion.converters import CONVERTERS
from qantar.dataset.conversion.destination import ConversionError, opened
from qantar.dataset.conversion.output import Format
from qantar.dataset.conversion.run import Conversion, Tell
from qantar.schema.aside import temporary_folder
from qantar.validation.places.encoding import transcode
from qantar.validation.places.input_file import InputFile, input_files
from qantar.validation.readers.system.start import NotConvertibleError, Start, start_of

TABLES_MADE = ("events", "mentions")


@dataclass(frozen=True)
class _Begun:
    """A file of which rows are converted.

    path: where it lies as plain bytes for the whole run; absent where it is laid out anew.
    """

    file: InputFile
    start: Start
    account: FileAccount
    path: Path | None = None


def convert(
    paths: Iterable[str | Path],
    out: Path,
    *,
    system: str | None = None,
    version: str | None = None,
    partition: str | None = None,
    form: Format | None = None,
    encoding: str | None = None,
    tell: Tell | None = None,
) -> Account:
    """Convert files, folders and zips of other systems' event data into a table of ours.

    out: a .csv, .parquet or .jsonl file. Mentions of events that are there too go beside it, to
    ``NAME-mentions``. Beside it stand ``NAME.report.json``, the account and the declared losses,
    and ``NAME.rejected.jsonl``, every row that was not converted with its reason and its text
    untouched. system: of all files, such as gdelt2; by default told by each file. version: of the
    source's data, for `source_version`. partition: year or country; then `out` is a folder with a
    file of this form for each, and the report in it. encoding: of the files, where they are not
    UTF-8. tell: told the progress.

    Returns the account. Raises ConversionError where nothing can be converted or written, OSError
    where the output cannot be. Output that was there before is then untouched.
    """
    account = Account()
    with ExitStack() as held:
        files = _Files(held, account, system, encoding)
        begun = [*files.begin(input_files([str(path) for path in paths]))]
        if not begun:
            told = " ".join(f"{file.name}: {file.refusal}" for file in account.files)
            raise ConversionError(f"There is nothing to convert. {told}")
        kinds = [kind for kind in TABLES_MADE if any(b.account.table == kind for b in begun)]
        schemas = {kind: _schema(begun, kind) for kind in kinds}
        account.columns = {kind: [*schema] for kind, schema in schemas.items()}
        with opened(out, schemas, partition, form) as made:
            for kind, schema in schemas.items():
                run = Conversion(kind, schema, made.tables[kind], made.rejected, account, version)
                for one in (b for b in begun if b.account.table == kind):
                    files.take(run, one, tell)
            for target in made.tables.values():
                target.close(account.plain())
            written = json.dumps(account.plain(), ensure_ascii=False, indent=1)
            made.report.write(written.encode() + b"\n")
    return account


@dataclass(frozen=True)
class _Files:
    """The files of a run. held: what stays open until its end. encoding: where not UTF-8."""

    held: ExitStack
    account: Account
    system: str | None
    encoding: str | None

    def begin(self, files: Iterable[InputFile]) -> Iterator[_Begun]:
        """The files of which rows can be converted; the account tells of the others."""
        for file in files:
            account = FileAccount(file.name)
            self.account.files.append(account)
            with ExitStack() as stack:
                # A pipe is read once, and an encoding changed once.
                stays = file.is_read_once or self.encoding is not None
                path, problem = (self.held if stays else stack).enter_context(self._opened(file))
                if path is None:
                    account.refusal = problem
                    continue
                start = self._start(path, account)
            if start is not None:
                yield _Begun(file, start, account, path if stays else None)

    def take(self, run: Conversion, begun: _Begun, tell: Tell | None) -> None:
        """Convert the rows of a file."""
        with ExitStack() as stack:
            path, problem = begun.path, ""
            if path is None:
                path, problem = stack.enter_context(self._opened(begun.file))
            if problem:
                begun.account.notes[problem] += 1
            if path is not None:
                run.take(path, begun.start, begun.account, tell or (lambda _: None))

    @contextmanager
    def _opened(self, file: InputFile) -> Iterator[tuple[Path | None, str]]:
        with file.opened() as (path, problem):
            if path is None or self.encoding is None:
                yield path, problem
                return
            with temporary_folder() as folder:
                decoded = folder / "decoded"
                try:
                    transcode(path, self.encoding, decoded)
                except (UnicodeError, LookupError) as error:
                    yield None, f"{file.name} is not {self.encoding}: {error}."
                    return
                yield decoded, problem

    def _start(self, path: Path, account: FileAccount) -> Start | None:
        try:
            start = start_of(path, self.system)
        except NotConvertibleError as error:
            account.refusal = str(error)
            return None
        layout = start.layout
        if (layout.system, layout.holds) not in CONVERTERS:
            account.refusal = f"It looks like {start.told}. There is no converter for it."
            return None
        account.layout, account.system, account.table = layout.key, layout.system, layout.holds
        return start


def _schema(begun: list[_Begun], table: str) -> dict[str, pl.DataType]:
    starts = [one.start for one in begun if one.account.table == table]
    kept = (n for start in starts for n in kept_names(start.layout, start.names).values())
    return output_schema({start.layout.system for start in starts}, kept, table)
