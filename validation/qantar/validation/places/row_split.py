"""Sound and faulty rows of a file written apart, as they stand, in the file's own format."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Unpack

import numpy as np

from qantar.schema.aside import temporary_folder
from qantar.schema.replacement import replacements
from qantar.schema.rule import Severity
from qantar.validation.faults.argument import asked_path
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.report import UNREADABLE, Report
from qantar.validation.faults.untold import Untold, untold_kept
from qantar.validation.places.check import check_path
from qantar.validation.places.encoding import transcode
from qantar.validation.places.file_source import FileSource, laid_out
from qantar.validation.places.options import FileOptions, names_options, refuse_others
from qantar.validation.places.packed_file import form_of, packer
from qantar.validation.places.split_place import refuse_input, refuse_outputs
from qantar.validation.readers.csv.form import CsvForm, csv_form
from qantar.validation.readers.csv.row_bytes import csv_row_bytes
from qantar.validation.readers.expansion import raised_to
from qantar.validation.readers.json.row_bytes import json_list, line_row_bytes
from qantar.validation.readers.parquet.row_copy import ParquetCopy, only
from qantar.validation.readers.row_bytes import RowBytes, RowBytesError, in_encoding
from qantar.validation.tables.array import Mask, RowNumbers

_PIECE = 1 << 20
_NO_RECORDS = b"[]\n"


@dataclass(frozen=True)
class Split:
    """What came of a file whose rows were to be written apart.

    report: on the file. good, bad: how many rows were written; None where nothing was, since
    the file could not be judged. whole: the error that stands at no row, for which all are bad.
    places: where rows were to be written, by "good" and "bad".
    """

    report: Report
    good: int | None = None
    bad: int | None = None
    whole: Fault | None = None
    places: Mapping[str, Path] = field(default_factory=dict)

    def told(self) -> str:
        """What was written, in sentences."""
        if self.good is None or self.bad is None:
            return "The file could not be judged, so no row was written."
        counts = {"good": self.good, "bad": self.bad}
        wrote = " and ".join(
            f"{counts[name]:,} {name} {'row' if counts[name] == 1 else 'rows'} to {place}"
            for name, place in self.places.items()
        )
        why = "All rows are bad, for an error that stands at no row"
        return f"Wrote {wrote}." + (f" {why}: {self.whole.message}" if self.whole else "")


@names_options(FileOptions)
def split_rows(
    path: Path | str,
    *,
    good: Path | str | None = None,
    bad: Path | str | None = None,
    **options: Unpack[FileOptions],
) -> Split:
    """Check a file, and write its rows with an error apart from those without.

    path: a CSV, TSV, JSON Lines, JSON or Parquet file on this disk. good, bad: the files to
    write, of which one may be left out; they end as the file does, but for what they are to be
    compressed with. options: as `check_paths` takes them. Rows are copied byte for byte, Parquet
    with its schema, metadata and compression; the header of a CSV file goes to both. Warnings
    and notes leave a row good. An error that stands at no row, as of a missing column, makes
    all rows bad. Of rows that contradict each other, as by one key, the one that is told is bad.

    Where the file cannot be judged (`exit_code` 2) nothing is written. Raises ValueError for
    places that cannot be, or a file that cannot be parted, OSError where an output cannot be
    written; the old files are then whole.
    """
    refuse_others(options, FileOptions)
    source = refuse_input(str(asked_path(path)), options.get("kind"))
    places = {
        name: Path(asked_path(place))
        for name, place in (("good", good), ("bad", bad))
        if place is not None
    }
    refuse_outputs(source, places)
    before = _state(source)
    with untold_kept() as untold:
        report = check_path(path, **options)
    if report.exit_code == UNREADABLE or source.path is None:
        return Split(report, places=places)
    whole = _whole(report, untold)
    form = csv_form(options.get("separator"), options.get("encoding"), options.get("decimal"))
    with raised_to(options.get("max_expansion")), _read(source, form) as (plain, utf8):
        copy = _Copy(source.kind, plain, utf8, form, _bad_rows(report, untold), whole is not None)
        with replacements(*places.values()) as files, ExitStack() as packed:
            sinks = {
                name: packed.enter_context(packer(file, form_of(place)[1]))
                for (name, place), file in zip(places.items(), files, strict=True)
            }
            good_rows, bad_rows = copy.write(sinks.get("good"), sinks.get("bad"))
            _refuse_change(source, before, report, good_rows + bad_rows)
    return Split(report, good_rows, bad_rows, whole, places)


def _whole(report: Report, untold: Untold) -> Fault | None:
    """The first error that stands at no row, and not for others that do."""
    errors = (fault for fault in report.faults if fault.severity is Severity.error)
    lost = (fault for fault in errors if fault.row is None and fault.message not in untold.messages)
    return next(lost, None)


def _bad_rows(report: Report, untold: Untold) -> RowNumbers:
    """The rows with an error, from 0, in order."""
    errors = (fault.row for fault in report.faults if fault.severity is Severity.error)
    told = np.fromiter((row for row in errors if row is not None), np.int64)
    return np.unique(np.concatenate([told, np.array(untold.rows, np.int64)])) - 1


def _state(source: FileSource) -> tuple[int, int, int] | None:
    if source.path is None or not source.path.exists():
        return None
    status = source.path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _refuse_change(
    source: FileSource, before: tuple[int, int, int] | None, report: Report, rows: int
) -> None:
    counted = report.read[0].rows
    is_counted = source.kind not in ("json", "jsonl")
    if _state(source) != before or (is_counted and counted != rows):
        raise RowBytesError(
            f"{source.name} changed while it was read, so its rows were not written apart. "
            "Try again once nothing writes to it."
        )


@contextmanager
def _read(source: FileSource, form: CsvForm) -> Iterator[tuple[Path, Path]]:
    """The file unpacked, and the same in UTF-8."""
    with laid_out(source) as plain, ExitStack() as opened:
        if plain.path is None:
            raise OSError(f"{source.name} is not what it was when it was judged")
        utf8 = plain.path
        if form.encoding and source.kind != "parquet":
            utf8 = opened.enter_context(temporary_folder()) / "decoded"
            transcode(plain.path, form.encoding, utf8)
        yield plain.path, utf8


@dataclass
class _Copy:
    """A file of which the rows are written apart.

    plain: its bytes; utf8: the same in UTF-8. bad: rows with an error, from 0, in order;
    is_all_bad: whether all rows count as bad.
    """

    kind: str
    plain: Path
    utf8: Path
    form: CsvForm
    bad: RowNumbers
    is_all_bad: bool

    def write(self, good: IO[bytes] | None, bad: IO[bytes] | None) -> tuple[int, int]:
        """Write the rows; returns how many are good, and how many bad."""
        if self.kind == "json":
            return self._write_list(good, bad)
        if self.kind == "parquet":
            return self._write_parquet(good, bad)
        first = faulty = 0
        with self.plain.open("rb") as original:
            for rows in self._rows(original):
                mask = self._mask(first, rows.height)
                for sink, wanted in ((good, ~mask), (bad, mask)):
                    if sink is None:
                        continue
                    if not rows.height:
                        sink.write(rows.data)
                    for run in rows.where(wanted):
                        sink.write(run)
                first += rows.height
                faulty += int(mask.sum())
        return first - faulty, faulty

    def _rows(self, original: IO[bytes]) -> Iterator[RowBytes]:
        if self.kind == "jsonl":
            rows = line_row_bytes(self.utf8)
        else:
            rows = csv_row_bytes(self.utf8, self.form.delimiter(self.kind))
        encoding = self.form.encoding
        return in_encoding(rows, original, encoding) if encoding else rows

    def _mask(self, first: int, height: int) -> Mask:
        """Which of some rows are bad."""
        mask = np.full(height, self.is_all_bad, np.bool_)
        low, high = np.searchsorted(self.bad, (first, first + height))
        mask[self.bad[low:high] - first] = True
        return mask

    def _write_list(self, good: IO[bytes] | None, bad: IO[bytes] | None) -> tuple[int, int]:
        data = self.plain.read_bytes()
        records = json_list(data, self.form.encoding)
        mask = self._mask(0, len(records.spans))
        for sink, wanted in ((good, ~mask), (bad, mask)):
            if sink is None:
                continue
            if wanted.all():
                sink.write(data)
            elif records.is_list:
                for piece in records.only(wanted.tolist()):
                    sink.write(piece)
            else:
                sink.write(_NO_RECORDS)
        faulty = int(mask.sum())
        return len(mask) - faulty, faulty

    def _write_parquet(self, good: IO[bytes] | None, bad: IO[bytes] | None) -> tuple[int, int]:
        copy = ParquetCopy(self.plain)
        height = copy.footer.num_rows
        faulty = height if self.is_all_bad else len(self.bad)
        wanted = [(good, False, height - faulty), (bad, True, faulty)]
        parted = []
        for sink, is_bad, rows in wanted:
            if sink is not None and rows == height:
                _copy_bytes(self.plain, sink)
            elif sink is not None:
                parted.append((copy.writer(sink), is_bad))
        first = 0
        for table in copy.batches() if 0 < faulty < height else ():
            mask = self._mask(first, table.num_rows)
            for writer, is_bad in parted:
                writer.write(only(table, mask if is_bad else ~mask))
            first += table.num_rows
        for writer, _ in parted:
            writer.close()
        return height - faulty, faulty


def _copy_bytes(source: Path, sink: IO[bytes]) -> None:
    with source.open("rb") as handle:
        while piece := handle.read(_PIECE):
            sink.write(piece)
