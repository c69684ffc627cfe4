"""A repair of a file: each kind of damage in turn, and the account of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from qantar.dataset.repair.blank import empty_words, trim
from qantar.dataset.repair.boolean import mend_booleans
from qantar.dataset.repair.column_kind import kinds_of
from qantar.dataset.repair.country import mend_countries
from qantar.dataset.repair.day import mend_days
from qantar.dataset.repair.gdelt_day import mend_gdelt_days
from qantar.dataset.repair.glued_line import part_lines
from qantar.dataset.repair.index_column import drop_index
from qantar.dataset.repair.ledger import LEFT
from qantar.dataset.repair.load import load
from qantar.dataset.repair.mojibake import mend_letters
from qantar.dataset.repair.number import mend_decimals, mend_whole_numbers
from qantar.dataset.repair.own_code import mend_own_codes
from qantar.dataset.repair.sheet import Sheet
from qantar.dataset.repair.source_code import mend_source_codes
from qantar.dataset.repair.source_id import mend_source_ids
from qantar.dataset.repair.text import RepairError
from qantar.dataset.repair.write import own_separator, written
from qantar.schema.replacement import replacements

__all__ = ["Account", "RepairError", "Repaired", "changes_beside", "mended", "repair"]


@dataclass(frozen=True)
class Account:
    """What a repair did. rows: how many came out; changed, left: how many cells, by kind or column.

    A change of the header or of a whole line counts as one.
    """

    rows: int
    changed: Mapping[str, int]
    left: Mapping[str, int]

    def as_text(self) -> str:
        """The account in lines for people."""
        changed, left = sum(self.changed.values()), sum(self.left.values())
        lines = [f"{_count(self.rows, 'row')}: {_count(changed, 'change')}, {left} left."]
        lines += [f"Changed {kind}: {number:,}" for kind, number in self.changed.items()]
        lines += [f"Left in {column}: {number:,}" for column, number in self.left.items()]
        return "\n".join(lines)


@dataclass(frozen=True)
class Repaired:
    """The content of the mended file, in pieces to be taken once; the changes and the account."""

    content: Iterable[bytes]
    changes: pl.DataFrame
    account: Account


def changes_beside(out: Path) -> Path:
    """Where the changes of a mended file are told."""
    return out.with_name(f"{out.name}.changes.csv")


def repair(path: Path, out: Path, encoding: str | None = None) -> Account:
    """Mend a table of text; write it to `out`, and each change beside it.

    A file with nothing to mend comes out byte for byte. It is held in memory as a whole.
    encoding: of the file, where it is neither UTF-8 nor cp1252. Raises RepairError where it is
    no table that is known, OSError where it cannot be read or written.
    """
    done = mended(path.read_bytes(), encoding)
    told = done.changes.with_columns(pl.col(pl.String).replace("", None))
    with replacements(out, changes_beside(out)) as (file, changes):
        file.writelines(done.content)
        told.write_csv(changes)
    return done.account


def mended(data: bytes, encoding: str | None = None) -> Repaired:
    """What comes of a file's content. Raises RepairError where it is no table that is known."""
    sheet = load(data, encoding)
    _mend(sheet)
    separator = own_separator(sheet)
    if separator != sheet.separator:
        why = "The format has this sign between its cells."
        sheet.ledger.note("*", sheet.separator, separator, "separator", why)
    told = sheet.ledger.told(sheet.names, sheet.places)
    is_left = pl.col("kind") == LEFT
    changed, left = told.filter(~is_left), told.filter(is_left)
    line_end = "\r\n" if data.partition(b"\n")[0].endswith(b"\r") else "\n"
    content = written(sheet, separator, line_end) if len(changed) else (data,)
    account = Account(len(sheet.cells), _counts(changed["kind"]), _counts(left["column"]))
    return Repaired(content, told, account)


def _mend(sheet: Sheet) -> None:
    """Mend each kind of damage; what others need as proof comes first."""
    kinds = kinds_of(sheet)
    part_lines(sheet, kinds)
    drop_index(sheet)
    # A no-break space at an end may be half of a letter.
    mend_letters(sheet, kinds)
    trim(sheet)
    empty_words(sheet, kinds)
    mend_booleans(sheet, kinds)
    mend_decimals(sheet, kinds)
    mend_gdelt_days(sheet)
    mend_whole_numbers(sheet, kinds)
    mend_source_ids(sheet)
    mend_days(sheet, kinds)
    mend_countries(sheet, kinds)
    mend_source_codes(sheet)
    mend_own_codes(sheet, kinds)


def _counts(names: pl.Series) -> dict[str, int]:
    counted = names.value_counts(sort=True, name="count")
    return dict(sorted(counted.iter_rows(), key=lambda one: (-one[1], one[0])))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
